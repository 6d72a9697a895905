//! Dates that contradict each other: fields of the form, days that no calendar has, documents cited as a basis that are
//! later than the document itself. Only what is certain is told.

use jiff::civil::Date;

use super::number::citations;
use super::signs::half_width;
use super::{Block, Code, Detail, Finding, Mend, Place, Record};
use crate::numbering::DocumentNumber;

/// What the fields say of each other.
pub(super) fn fields(record: &Record<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let later = |one: Option<Date>, other: Option<Date>| matches!((one, other), (Some(a), Some(b)) if a > b);
    let mut say = |field: &str, value: Option<Date>, code| {
        let written = value.map(|date| date.to_string()).unwrap_or_default();
        findings.push(Finding::new(code, Place::field(field), &written));
    };
    if later(record.in_force_on, record.expires_on) {
        say("expires_on", record.expires_on, Code::ExpiresBeforeInForce);
    }
    if later(record.written_on, record.in_force_on) {
        say("in_force_on", record.in_force_on, Code::InForceBeforeWritten);
    }
    findings.extend(number_year(record));
    findings.extend(signed_date(record));
    findings
}

fn number_year(record: &Record<'_>) -> Option<Finding> {
    let (number, written_on) = (record.document_number?, record.written_on?);
    let stated = DocumentNumber::parse(number).ok()?.year?;
    let expected = written_on.year();
    (i32::from(stated) != i32::from(expected)).then(|| {
        let detail = Detail::Figures { stated: stated.to_string(), expected: expected.to_string() };
        Finding::new(Code::NumberYear, Place::field("document_number"), number).detail(detail)
    })
}

/// The date under the text (落款) is the date of writing.
fn signed_date(record: &Record<'_>) -> Option<Finding> {
    let written_on = record.written_on?;
    let last = record.body.blocks.iter().enumerate().rev().take(4);
    let signed = last.filter_map(|(at, block)| whole_date(&block.text).map(|date| (at, block, date))).next();
    let (at, block, date) = signed.filter(|(_, _, date)| *date != written_on)?;
    let Block { text, .. } = block;
    let detail = Detail::Figures { stated: date.to_string(), expected: written_on.to_string() };
    let mend = Mend::SetField { field: "written_on".to_owned(), value: date.to_string() };
    let place = Place::Block { block: at, range: 0..text.len() };
    Some(Finding::new(Code::SignedDate, place, text.trim()).detail(detail).mend(mend))
}

/// A text that is a date and nothing else: 2018年3月2日, 二〇一八年三月二日.
fn whole_date(text: &str) -> Option<Date> {
    let text = text.trim();
    if text.len() > 60 {
        return None;
    }
    let (year, rest) = text.split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let day = rest.strip_suffix('日')?;
    let year: String = year.trim().chars().map(digit).collect::<Option<_>>()?;
    let small = |text: &str| super::signs::small_number(text).and_then(|n| i8::try_from(n).ok());
    Date::new(year.parse().ok().filter(|year| (1900..=2099).contains(year))?, small(month)?, small(day)?).ok()
}

fn digit(c: char) -> Option<char> {
    let place = "〇一二三四五六七八九".chars().position(|known| known == c || (c == '零' && known == '〇'));
    let folded = half_width(if c == '○' || c == 'O' { '0' } else { c });
    place
        .and_then(|place| char::from_digit(u32::try_from(place).ok()?, 10))
        .or(Some(folded).filter(char::is_ascii_digit))
}

/// Days that no calendar has.
pub(super) fn impossible(record: &Record<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (spot, text) in record.texts() {
        for (at, _) in text.match_indices('年') {
            let Some((from, to)) = impossible_at(text, at) else { continue };
            findings.push(Finding::new(Code::ImpossibleDate, spot.place(&(from..to)), &text[from..to]));
        }
    }
    findings
}

/// Four digits before 年, then month and day, all in half width, and no such day.
fn impossible_at(text: &str, at: usize) -> Option<(usize, usize)> {
    let from = at.checked_sub(4)?;
    let year: i16 =
        text.get(from..at).filter(|year| year.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()?;
    // Five digits are no year.
    if text[..from].ends_with(|c: char| c.is_ascii_digit()) || !(1900..=2099).contains(&year) {
        return None;
    }
    let (month, rest) = number_before(&text[at + '年'.len_utf8()..], '月')?;
    let (day, rest) = number_before(rest, '日')?;
    let is_real = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).is_ok();
    (!is_real).then_some((from, text.len() - rest.len()))
}

/// One or two digits and the sign behind them.
fn number_before(text: &str, sign: char) -> Option<(u8, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text[length..].strip_prefix(sign)?;
    (1..=2).contains(&length).then(|| text[..length].parse().ok().map(|number| (number, rest)))?
}

/// Documents cited that are later than this one: nobody can act on what is not yet written.
pub(super) fn basis(record: &Record<'_>) -> Vec<Finding> {
    let Some(written_on) = record.written_on else { return Vec::new() };
    let own = record.document_number.unwrap_or_default();
    let mut findings = Vec::new();
    for (block, Block { text, .. }) in record.body.blocks.iter().enumerate() {
        for cited in citations(text).into_iter().filter(|cited| cited.is_standard) {
            let written = &text[cited.range.clone()];
            if i32::from(cited.year) <= i32::from(written_on.year()) || own.ends_with(written) {
                continue;
            }
            let detail =
                Detail::Figures { stated: written_on.to_string(), expected: format!("{}年", cited.year) };
            let place = Place::Block { block, range: cited.range.clone() };
            findings.push(Finding::new(Code::BasisLater, place, written).detail(detail));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::Text;
    use super::*;

    fn codes(findings: &[Finding]) -> Vec<Code> {
        findings.iter().map(|finding| finding.code).collect()
    }

    #[test]
    fn fields_that_contradict_each_other_are_told() {
        let body = Text::default();
        let record = Record {
            document_number: Some("松政发〔2017〕5号"),
            written_on: Some(date(2018, 3, 2)),
            in_force_on: Some(date(2018, 3, 1)),
            expires_on: Some(date(2018, 2, 28)),
            ..Record::of("", &body)
        };
        let expected = [Code::ExpiresBeforeInForce, Code::InForceBeforeWritten, Code::NumberYear];
        assert_eq!(codes(&fields(&record)), expected);
        let sound = Record {
            document_number: Some("松政发〔2018〕5号"),
            in_force_on: Some(date(2018, 4, 1)),
            expires_on: Some(date(2023, 3, 31)),
            ..record
        };
        assert_eq!(fields(&sound), []);
    }

    #[test]
    fn the_date_under_the_text_is_the_date_of_writing() {
        for (signed, differs) in [
            ("2018年3月2日", false),
            ("二〇一八年三月二日", false),
            ("2018年3月12日", true),
            ("二〇一八年三月十二日", true),
        ] {
            let body = Text::of_lines(&format!("正文。\n松岭区人民政府\n{signed}\n（此件公开发布）"));
            let record = Record { written_on: Some(date(2018, 3, 2)), ..Record::of("", &body) };
            let found = fields(&record);
            assert_eq!(!found.is_empty(), differs, "{signed}");
            if differs {
                let value = "2018-03-12".to_owned();
                assert_eq!(found[0].mend, Some(Mend::SetField { field: "written_on".to_owned(), value }));
            }
        }
    }

    #[test]
    fn days_that_no_calendar_has_are_told() {
        let body = Text::of_lines(
            "2018年2月30日，2018年13月1日，2020年2月29日，12018年13月1日，2018年2月，9999年13月1日",
        );
        let written: Vec<String> =
            impossible(&Record::of("", &body)).into_iter().map(|f| f.excerpt).collect();
        assert_eq!(written, ["2018年2月30日", "2018年13月1日"]);
    }

    #[test]
    fn a_basis_later_than_the_document_is_told() {
        let body = Text::of_lines("根据国办发〔2019〕5号和国办发〔2018〕5号，松政发〔2019〕9号");
        let record = Record {
            document_number: Some("松政发〔2019〕9号"),
            written_on: Some(date(2018, 12, 30)),
            ..Record::of("", &body)
        };
        let found = basis(&record);
        assert_eq!((found.len(), found[0].excerpt.as_str()), (1, "〔2019〕5号"));
    }
}
