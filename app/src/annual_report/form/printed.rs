//! What the printed forms say beside the report itself: how far it has come, who signs when, what is attached, and the
//! colophon (版记). One place, so that PDF and DOCX say the same.

use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::{
    annual_report::document::{ReportDocument, ReportState},
    cx::zoned_of,
};

/// A line of the colophon.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Line {
    pub(super) label: &'static str,
    pub(super) value: String,
}

/// The words around a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Printed {
    /// Over every page; empty when it is in force.
    pub(super) running: &'static str,
    /// The day under the organ's name, `YYYY-MM-DD`.
    pub(super) signed_on: Option<Date>,
    /// The same in words; blank spaces for a day that is still to come.
    pub(super) signed_words: String,
    /// Under the title of a correction.
    pub(super) correction: String,
    /// Names of the annexes.
    pub(super) annexes: Vec<&'static str>,
    pub(super) keywords: Vec<String>,
    pub(super) colophon: Vec<Line>,
}

pub(super) const RECORDS: &str = "统计明细";
pub(super) const DEFINITIONS: &str = "指标口径";
pub(super) const QR_WORDS: &str = "扫一扫在手机打开";
/// Heads of the table of definitions.
pub(super) const DEFINITION_HEAD: [&str; 5] = ["指标", "数值", "单位", "口径", "对应记录"];

impl Printed {
    pub(super) fn of(report: &ReportDocument) -> anyhow::Result<Printed> {
        let head = |label: &str| {
            let field = report.head.iter().find(|field| field.label == label);
            field.map_or("", |field| field.value.as_str())
        };
        let cut_off = report.cut_off.as_deref().map(moment).transpose()?;
        let signed_on = day(head("发布日期")).or(cut_off.as_ref().map(|moment| moment.date()));
        let cuts = [';', '；', ',', '，', '、', ' '];
        let keywords =
            head("关键词").split(cuts).filter(|word| !word.is_empty()).map(str::to_owned).collect();
        let annexes = [(!report.annex.is_empty(), RECORDS), (!report.figures.is_empty(), DEFINITIONS)];
        Ok(Printed {
            running: running(report.state),
            signed_on,
            signed_words: signed_on.map_or_else(|| "　　　　年　　月　　日".to_owned(), in_words),
            correction: correction(report),
            annexes: annexes.into_iter().filter(|(there, _)| *there).map(|(_, name)| name).collect(),
            keywords,
            colophon: colophon(report, cut_off.as_ref())?,
        })
    }
}

fn running(state: ReportState) -> &'static str {
    match state {
        ReportState::Editing => "草稿，数字随记录变化",
        ReportState::Submitted => "送签稿，尚未签发",
        ReportState::Frozen => "",
        ReportState::Superseded => "本版已更正，以新版为准",
    }
}

fn correction(report: &ReportDocument) -> String {
    if report.edition < 2 {
        return String::new();
    }
    let reason = report.correction_reason.trim_end_matches('。');
    format!("（第{}版。更正说明：{reason}）", report.edition)
}

fn colophon(report: &ReportDocument, cut_off: Option<&jiff::Zoned>) -> anyhow::Result<Vec<Line>> {
    let period = match (day(&report.period.0), day(&report.period.1)) {
        (Some(first), Some(last)) => format!("{}至{}", in_words(first), in_words(last)),
        _ => format!("{}至{}", report.period.0, report.period.1),
    };
    let cut_off = match cut_off {
        Some(at) => format!("{}{}时{:02}分", in_words(at.date()), at.hour(), at.minute()),
        None => "尚未冻结".to_owned(),
    };
    let mut lines = vec![
        Line { label: "统计期限", value: period },
        Line { label: "数据截止", value: cut_off },
        Line { label: "版　　次", value: format!("第{}版", report.edition) },
        Line { label: "校 验 码", value: grouped(&digest(report)?) },
    ];
    if !report.address.is_empty() {
        lines.push(Line { label: "网　　址", value: report.address.clone() });
    }
    Ok(lines)
}

/// SHA-256 of the report as JSON: the same report in any form has the same.
pub(super) fn digest(report: &ReportDocument) -> anyhow::Result<String> {
    let digest = Sha256::digest(serde_json::to_vec(report)?);
    Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// In eights, so that it can be compared by eye.
fn grouped(digest: &str) -> String {
    let chars: Vec<char> = digest.chars().collect();
    chars.chunks(8).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// A moment as the clocks of the office show it.
pub(super) fn moment(text: &str) -> anyhow::Result<jiff::Zoned> {
    let at: Timestamp = text.parse()?;
    Ok(zoned_of(at.as_millisecond()))
}

/// A day as the head of a record writes it: `2019-03-11`, `2019年3月11日`.
fn day(text: &str) -> Option<Date> {
    let parts: Vec<&str> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let [year, month, day] = parts.as_slice() else { return None };
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

fn in_words(day: Date) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}
