//! The document number (文号) of the form and the numbers cited in the text: form (GB/T 9704-2012, 7.2.5) and duplicates.
//! A correction is proposed only where there is one reading.

use std::ops::Range;

use super::signs::is_han;
use super::{Code, Detail, Finding, Mend, Place, Record, Weight};
use crate::numbering::{DocumentNumber, DocumentNumberFaultKind as Fault};

const FIELD: &str = "document_number";

/// The number of the form; `taken_by` is the title of another record that bears it.
pub(super) fn number(record: &Record<'_>, taken_by: Option<&str>) -> Vec<Finding> {
    let Some(number) = record.document_number.filter(|number| !number.trim().is_empty()) else {
        return Vec::new();
    };
    let taken = taken_by.map(|title| {
        let detail = Detail::Value(title.to_owned());
        Finding::new(Code::NumberTaken, Place::field(FIELD), number).detail(detail)
    });
    form(number).into_iter().chain(taken).collect()
}

fn form(number: &str) -> Option<Finding> {
    let fault = DocumentNumber::parse(number).err()?;
    let is_nothing = fault.kinds == [Fault::Blank];
    let value = if is_nothing { Some(String::new()) } else { fault.proposal };
    // Where there is no proposal the number may be sound in a form we do not know.
    let weight = if value.is_some() { Weight::Blocking } else { Weight::Advisory };
    let mend = value.map(|value| Mend::SetField { field: FIELD.to_owned(), value });
    let finding = Finding::new(Code::NumberForm, Place::field(FIELD), number);
    Some(finding.detail(Detail::Faults(fault.kinds)).weight(weight).mend(mend))
}

/// Cited numbers whose year stands in other brackets than 〔〕.
pub(super) fn cited(record: &Record<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (spot, text) in record.texts() {
        for cited in citations(text) {
            let written = &text[cited.range.clone()];
            let right = format!("〔{}〕{}号", cited.year, cited.serial);
            if written == right {
                continue;
            }
            let finding = Finding::new(Code::NumberForm, spot.place(&cited.range), written)
                .detail(Detail::Faults(vec![Fault::WrongBrackets]))
                .weight(Weight::Advisory);
            findings.push(finding.mend(spot.replace(&cited.range, right)));
        }
    }
    findings
}

/// A cited document number: year, serial and 号 behind the mark of an organ.
pub(super) struct Citation<'a> {
    /// From the opening bracket to 号.
    pub(super) range: Range<usize>,
    pub(super) year: u16,
    pub(super) serial: &'a str,
    /// Whether the brackets are those of the standard.
    pub(super) is_standard: bool,
}

/// The document numbers of a text; the year in any brackets.
pub(super) fn citations(text: &str) -> Vec<Citation<'_>> {
    let opening = ['〔', '[', '［', '【', '（', '(', '﹝'];
    text.match_indices(opening).filter_map(|(at, bracket)| citation_at(text, at, bracket)).collect()
}

fn citation_at<'a>(text: &'a str, at: usize, bracket: &str) -> Option<Citation<'a>> {
    let mut before = text[..at].chars().rev();
    if !(before.next().is_some_and(is_han) && before.next().is_some_and(is_han)) {
        return None;
    }
    let rest = &text[at + bracket.len()..];
    let year: u16 = rest.get(..4)?.parse().ok().filter(|year| (1949..=2099).contains(year))?;
    let close = rest[4..].chars().next().filter(|c| "〕]］】）)﹞".contains(*c))?;
    let rest = &rest[4 + close.len_utf8()..];
    let length = rest.find(|c: char| !c.is_ascii_digit()).filter(|length| (1..=5).contains(length))?;
    let serial = &rest[..length];
    rest[length..].starts_with('号').then(|| Citation {
        range: at..at + bracket.len() + 4 + close.len_utf8() + length + '号'.len_utf8(),
        year,
        serial,
        is_standard: bracket == "〔" && close == '〕',
    })
}

#[cfg(test)]
mod tests {
    use super::super::Text;
    use super::*;

    fn of(written: &str, taken_by: Option<&str>) -> Vec<Finding> {
        let body = Text::default();
        number(&Record { document_number: Some(written), ..Record::of("", &body) }, taken_by)
    }

    #[test]
    fn a_faulty_number_is_corrected_with_one_click() {
        let found = of("松政发[2018]05号", None);
        assert_eq!(found[0].weight, Weight::Blocking);
        let value = "松政发〔2018〕5号".to_owned();
        assert_eq!(found[0].mend, Some(Mend::SetField { field: FIELD.to_owned(), value }));
        assert_eq!(of("松政发〔2018〕5号", None), []);
        assert_eq!(of("第七期", None)[0].weight, Weight::Advisory);
        let nothing = of("无", None);
        assert_eq!(nothing[0].mend, Some(Mend::SetField { field: FIELD.to_owned(), value: String::new() }));
        assert_eq!(of(" ", None), []);
    }

    #[test]
    fn a_number_that_another_record_bears_is_told() {
        let found = of("松政发〔2018〕5号", Some("关于防火的通知"));
        assert_eq!((found.len(), found[0].code), (1, Code::NumberTaken));
    }

    #[test]
    fn cited_numbers_in_wrong_brackets_are_found_and_cases_of_courts_are_not() {
        let body = Text::of_lines(
            "根据国发[2019]5号、财税（2016）36号和国办发〔2017〕94号\n（2019）京01民终5号，2019年(2018)第5号",
        );
        let found = cited(&Record::of("", &body));
        let written: Vec<&str> = found.iter().map(|finding| finding.excerpt.as_str()).collect();
        assert_eq!(written, ["[2019]5号", "（2016）36号"]);
        assert_eq!(found[0].mend, Some(Mend::Replace("〔2019〕5号".to_owned())));
    }
}
