//! The fields of the form: what the content type requires, length and form of title and summary (《党政机关公文处理工作条例》
//! Art. 9: a title is made of organ, subject and kind). Whether a value is true is not checked here.

use super::signs::{bare, is_han};
use super::{Code, Detail, Finding, Mend, Place, Record};

/// A title of fewer characters says nothing.
const SHORTEST_TITLE: usize = 5;
/// A title of more does not fit a list.
const LONGEST_TITLE: usize = 100;
/// A summary of more is no summary (practice of the catalogues: 100 to 500).
const LONGEST_SUMMARY: usize = 300;

/// Kinds of documents (Art. 8 of the same), and of what is issued with them.
const KINDS: [&str; 40] = [
    "决议", "决定", "命令", "令", "公报", "公告", "通告", "意见", "通知", "通报", "报告", "请示", "批复",
    "议案", "函", "纪要", "办法", "规定", "细则", "条例", "规则", "规划", "方案", "计划", "预案", "章程",
    "制度", "标准", "目录", "清单", "名单", "指南", "指引", "要点", "措施", "答复", "复函", "说明", "规程",
    "政策",
];

/// Required fields that are empty; those are not asked for here again.
pub(super) fn required(missing: &[String]) -> Vec<Finding> {
    let finding = |field: &String| {
        Finding::new(Code::RequiredField, Place::field(field), "").detail(Detail::Value(field.clone()))
    };
    missing.iter().map(finding).collect()
}

/// What is odd about the title.
pub(super) fn title(record: &Record<'_>) -> Vec<Finding> {
    let title = record.title;
    let mut findings = Vec::new();
    let mut say = |code, detail, mend| {
        findings.push(Finding::new(code, Place::field("title"), title).detail(detail).mend(mend));
    };
    let n_chars = title.trim().chars().count();
    if n_chars > 0 && !(SHORTEST_TITLE..=LONGEST_TITLE).contains(&n_chars) {
        say(Code::TitleLength, Detail::Count(n_chars), None);
    }
    let clean = clean_title(title);
    if clean != title && !clean.is_empty() {
        say(Code::TitleForm, Detail::None, Some(Mend::SetField { field: "title".to_owned(), value: clean }));
    }
    if record.document_number.is_some() && n_chars >= SHORTEST_TITLE && !names_its_kind(title) {
        say(Code::TitlePattern, Detail::None, None);
    }
    findings
}

/// The title without signs at its ends and without blanks between Chinese characters.
fn clean_title(title: &str) -> String {
    // A question may be a title (政策问答); a full stop may not.
    let ends = |c: char| c.is_whitespace() || "。，；：、,;:.".contains(c);
    let trimmed = title.trim_matches(ends);
    let mut clean = String::with_capacity(trimmed.len());
    let mut chars = trimmed.chars().peekable();
    while let Some(c) = chars.next() {
        let is_gap = c.is_whitespace()
            && clean.ends_with(|last: char| is_han(last) || last.is_whitespace())
            && chars.peek().is_some_and(|next| is_han(*next) || next.is_whitespace());
        if !is_gap {
            clean.push(c);
        }
    }
    clean
}

fn names_its_kind(title: &str) -> bool {
    let mut title = title.trim();
    // 办法（试行）, 规定（2018年修订）
    while let Some(at) =
        title.strip_suffix(['）', ')', '》', '〉']).and_then(|rest| rest.rfind(['（', '(', '《', '〈']))
    {
        if KINDS.iter().any(|kind| title.trim_end_matches(['》', '〉']).ends_with(kind)) {
            return true;
        }
        title = title[..at].trim_end();
    }
    KINDS.iter().any(|kind| title.ends_with(kind))
}

/// What is odd about the summary.
pub(super) fn summary(record: &Record<'_>) -> Vec<Finding> {
    let summary = record.summary.trim();
    let n_chars = summary.chars().count();
    let long = (n_chars > LONGEST_SUMMARY).then(|| {
        Finding::new(Code::SummaryLength, Place::field("summary"), summary).detail(Detail::Count(n_chars))
    });
    let repeats = !summary.is_empty() && bare(summary) == bare(record.title);
    let mend = Mend::SetField { field: "summary".to_owned(), value: String::new() };
    let repeats =
        repeats.then(|| Finding::new(Code::SummaryRepeatsTitle, Place::field("summary"), summary).mend(mend));
    long.into_iter().chain(repeats).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Text;
    use super::*;

    fn codes(title_text: &str, number: Option<&str>) -> Vec<Code> {
        let body = Text::default();
        let record = Record { document_number: number, ..Record::of(title_text, &body) };
        title(&record).into_iter().map(|finding| finding.code).collect()
    }

    #[test]
    fn titles_are_judged_by_length_form_and_kind() {
        assert_eq!(codes("关于印发松岭区防火办法的通知", Some("松政发〔2018〕5号")), []);
        assert_eq!(codes("松岭区防火办法（试行）", Some("松政发〔2018〕5号")), []);
        assert_eq!(codes("关于印发《松岭区防火办法》", Some("松政发〔2018〕5号")), []);
        assert_eq!(codes("松岭区防火工作情况介绍", Some("松政发〔2018〕5号")), [Code::TitlePattern]);
        assert_eq!(codes("松岭区防火工作情况介绍", None), []);
        assert_eq!(codes("通知", None), [Code::TitleLength]);
        assert_eq!(codes(&"长".repeat(101), None), [Code::TitleLength]);
        assert_eq!(codes("", None), []);
        assert_eq!(codes("防火期到了怎么办？", None), []);
    }

    #[test]
    fn stray_signs_and_blanks_of_a_title_go_with_one_click() {
        for (written, clean) in [
            ("关于防火的通知。", "关于防火的通知"),
            (" 关于 防火　的通知", "关于防火的通知"),
            ("2018 年度 Excel 报表说明", "2018 年度 Excel 报表说明"),
        ] {
            assert_eq!(clean_title(written), clean);
        }
        assert_eq!(codes("关于防火的通知。", None), [Code::TitleForm]);
    }

    #[test]
    fn a_summary_is_neither_the_title_again_nor_the_whole_text() {
        let body = Text::default();
        let of = |text: &str| {
            let record = Record { summary: text, ..Record::of("关于防火的通知", &body) };
            summary(&record).into_iter().map(|finding| finding.code).collect::<Vec<_>>()
        };
        assert_eq!(of("关于防火的通知。"), [Code::SummaryRepeatsTitle]);
        assert_eq!(of(&"字".repeat(301)), [Code::SummaryLength]);
        assert_eq!(of(""), []);
        assert_eq!(of("部署春季防火工作。"), []);
    }

    #[test]
    fn every_missing_field_is_named() {
        let found = required(&["title".to_owned(), "written_on".to_owned()]);
        assert_eq!(found.len(), 2);
        assert_eq!(found[1].place, Place::field("written_on"));
    }
}
