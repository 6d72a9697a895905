//! Percentages that do not follow from the two numbers beside them: 共120件，其中网上90件，占75%; 由100件增加到150件，增长50%.
//! Told only where a sentence leaves no other reading.

use super::signs::half_width;
use super::{Code, Detail, Finding, Record};

/// Every percentage that is certainly wrong.
pub(super) fn shares(record: &Record<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (spot, text) in record.texts() {
        if !text.contains(['%', '％']) {
            continue;
        }
        for sentence in text.split(['。', '；', '\n', '！', '？']) {
            let offset = sentence.as_ptr() as usize - text.as_ptr() as usize;
            for wrong in wrong_in(sentence) {
                let range = offset + wrong.from..offset + wrong.to;
                let detail = Detail::Figures { stated: wrong.stated, expected: wrong.expected };
                let excerpt = &text[offset + wrong.sentence_from..range.end];
                findings.push(Finding::new(Code::Percentage, spot.place(&range), excerpt).detail(detail));
            }
        }
    }
    findings
}

struct Wrong {
    sentence_from: usize,
    from: usize,
    to: usize,
    stated: String,
    expected: String,
}

/// A number of a sentence with what stands before it and its unit.
#[derive(Debug)]
struct Number<'a> {
    value: f64,
    places: usize,
    from: usize,
    to: usize,
    before: &'a str,
    unit: &'a str,
}

impl Number<'_> {
    fn is_percent(&self) -> bool {
        self.unit.starts_with(['%', '％'])
    }
}

fn wrong_in(sentence: &str) -> Vec<Wrong> {
    let numbers = numbers(sentence);
    let triples = numbers.windows(3).filter(|three| three[2].is_percent());
    let judged = triples.filter_map(|three| {
        let [whole, part, percent] = three else { return None };
        if whole.is_percent() || part.is_percent() || !is_one_unit(whole, part) {
            return None;
        }
        let expected = share(whole, part, percent).or_else(|| growth(whole, part, percent))?;
        let step = 10_f64.powi(-i32::try_from(percent.places).ok()?);
        // One in the last place may be rounding in either direction.
        if (expected - percent.value).abs() <= step * 1.05 {
            return None;
        }
        let expected = format!("{expected:.*}%", percent.places.max(1));
        let stated = format!("{}%", &sentence[percent.from..percent.to]);
        Some(Wrong { sentence_from: whole.from, from: percent.from, to: percent.to, stated, expected })
    });
    judged.collect()
}

fn is_one_unit(one: &Number<'_>, other: &Number<'_>) -> bool {
    let unit = |number: &Number<'_>| number.unit.chars().take(1).collect::<String>();
    !one.unit.is_empty() && unit(one) == unit(other) && !one.unit.starts_with(['年', '月', '日', '号', '第'])
}

/// 共A件，其中B件，占C%
fn share(whole: &Number<'_>, part: &Number<'_>, percent: &Number<'_>) -> Option<f64> {
    let is_whole = ["共", "总", "合计", "全部"].iter().any(|word| whole.before.contains(word));
    let is_part = part.before.contains("其中");
    let is_share = percent.before.ends_with(['占', '为', '比']) || percent.before.contains("占");
    let stays =
        !percent.before.contains("增") && !percent.before.contains("同比") && !part.before.contains("增");
    (is_whole && is_part && is_share && stays && whole.value > 0.0 && part.value <= whole.value)
        .then(|| part.value / whole.value * 100.0)
}

/// 由A件增加到B件，增长C%
fn growth(from: &Number<'_>, to: &Number<'_>, percent: &Number<'_>) -> Option<f64> {
    let starts = from.before.ends_with(['由', '从']) || from.before.ends_with("年的");
    let reaches = ["增加到", "增长到", "提高到", "上升到", "增至", "升至", "增加至", "增长至", "提高至"];
    let falls = ["减少到", "下降到", "降低到", "降至", "减至", "下降至", "减少至"];
    let ends = |words: &[&str]| words.iter().any(|word| to.before.ends_with(word));
    let rose =
        ends(&reaches) && ["增长", "增加", "提高", "上升", "增幅"].iter().any(|w| percent.before.contains(w));
    let fell = ends(&falls) && ["下降", "减少", "降低", "降幅"].iter().any(|w| percent.before.contains(w));
    let is_certain = starts && from.value > 0.0 && (rose || fell) && !percent.before.contains("年均");
    is_certain.then(|| (to.value - from.value).abs() / from.value * 100.0)
}

fn numbers(sentence: &str) -> Vec<Number<'_>> {
    let is_part = |c: char| half_width(c).is_ascii_digit() || matches!(half_width(c), '.' | ',');
    let mut numbers = Vec::new();
    let (mut at, mut behind) = (0, 0);
    while let Some(start) = sentence[at..].find(|c| half_width(c).is_ascii_digit()).map(|found| at + found) {
        let length = sentence[start..].find(|c| !is_part(c)).unwrap_or(sentence.len() - start);
        let written = sentence[start..start + length].trim_end_matches(['.', ',', '，', '．']);
        let to = start + written.len();
        let plain: String = written.chars().map(half_width).filter(|c| *c != ',').collect();
        let is_grouped = !written.contains('，');
        if let (Ok(value), true) = (plain.parse(), is_grouped) {
            let places = plain.split_once('.').map_or(0, |(_, places)| places.len());
            let rest = &sentence[to..];
            let unit_end =
                rest.find(|c: char| c.is_ascii_digit() || "，、（( ".contains(c)).unwrap_or(rest.len());
            let before = &sentence[behind..start];
            numbers.push(Number { value, places, from: start, to, before, unit: &rest[..unit_end] });
        }
        (at, behind) = (start + length.max(1), to);
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::super::Text;
    use super::*;

    fn found(text: &str) -> Vec<(String, String)> {
        let body = Text::of_lines(text);
        let say = |finding: Finding| match finding.detail {
            Detail::Figures { stated, expected } => (stated, expected),
            other => panic!("{other:?}"),
        };
        shares(&Record::of("", &body)).into_iter().map(say).collect()
    }

    #[test]
    fn a_share_that_does_not_follow_is_told() {
        let wrong = [("70%".to_owned(), "75.0%".to_owned())];
        assert_eq!(found("全年共受理申请120件，其中网上申请90件，占70%。"), wrong);
        assert_eq!(found("全年共受理申请120件，其中网上申请90件，占75%。"), []);
        assert_eq!(found("全年共受理申请1,200件，其中网上申请400件，占总数的33.3%。"), []);
        assert_eq!(found("全年共受理申请120件，其中网上申请９０件，占７０％。").len(), 1);
    }

    #[test]
    fn a_growth_that_does_not_follow_is_told() {
        assert_eq!(found("申请由100件增加到150件，增长40%。"), [("40%".to_owned(), "50.0%".to_owned())]);
        assert_eq!(found("申请由100件增加到150件，增长50%。"), []);
        assert_eq!(found("申请从150件下降到100件，下降33.3%。"), []);
        assert_eq!(found("申请从150件下降到100件，下降50%。").len(), 1);
    }

    #[test]
    fn what_may_be_read_in_another_way_is_left_alone() {
        for text in [
            "全年共受理申请120件，其中网上申请90件，同比增长70%。",
            "共有120户，其中90人，占70%。",
            "受理120件，办结90件，占70%。",
            "申请由100件增加到150件，年均增长8%。",
            "完成2018年任务的70%。",
            "共120件，其中90件，占70。",
            "占GDP的比重由10%提高到15%，提高5个百分点。",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
