//! The annual report (年度报告) on the work of open government information: Art. 50 of the Regulations; up to the year 2018
//! without a national text format. Its figures are counted from the records and registers; nobody types them. Prose
//! refers to figures, is checked while it is written, and what is signed is kept as it was with the ids it was counted
//! from.
//!
//! It reads every register and writes none of them.

pub mod actions;
pub mod body;
pub mod build;
pub mod checks;
pub mod comparison;
pub mod count;
pub mod document;
pub mod figures;
pub mod form;
pub mod output;
pub mod picture;
pub mod prose;
pub mod queries;
pub mod release;
pub mod returns;
pub mod since;
pub mod source;
#[cfg(test)]
pub(crate) mod tests;
pub mod withdrawal;
pub mod words;

use std::collections::BTreeSet;

use kit_db::Tx;
use serde::{Deserialize, Serialize};

use self::{
    count::Scope,
    document::{ReportDocument, ReportState},
    figures::Declarations,
    picture::Picture,
};
use crate::{
    cx::Cx,
    error::{Error, Refusal, Result},
    reference::{Reference, ReportFormat},
};

/// A section as it is being written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Code of the format's section.
    pub code: String,
    /// With its number; empty for the introduction.
    pub heading: String,
    /// The text with its references.
    pub text: String,
    /// Who wrote it last; empty while it is the format's text.
    #[serde(default)]
    pub written_by: String,
    /// Counts its changes, so that whoever writes on an older reading is told, and nobody else.
    #[serde(default)]
    pub version: i64,
}

/// A report as it stands.
#[derive(Debug, Clone)]
pub struct Report {
    /// Identity.
    pub id: String,
    /// The organ it is of; empty for the whole site.
    pub organ_id: String,
    /// The year reported on.
    pub year: i64,
    /// Code of its format.
    pub format: String,
    /// 1 for the first, one more for each correction.
    pub number: i64,
    /// How far it has come.
    pub state: ReportState,
    /// Its title.
    pub title: String,
    /// Its prose.
    pub sections: Vec<Section>,
    /// The pictures that its prose places.
    pub pictures: Vec<Picture>,
    /// What was said of figures without records.
    pub declared: Declarations,
    /// The report as it was signed.
    pub frozen: Option<ReportDocument>,
    /// When it was signed.
    pub cut_off_at: Option<i64>,
    /// Why it corrects the one before.
    pub correction_reason: String,
    /// The record it was published as.
    pub document_id: Option<String>,
    /// The edition of that record that holds it.
    pub edition_id: Option<String>,
    /// When that edition became public.
    pub published_at: Option<i64>,
    /// Everybody who ever wrote or declared anything, of the reports before a correction too: none of them may sign.
    pub authors: BTreeSet<String>,
    /// Who handed it to the signer.
    pub submitted_by: Option<String>,
    /// When its record had been withdrawn as it was handed to the signer, milliseconds UTC; none where it was not.
    pub withdrawal_known_at: Option<i64>,
    /// Who signed.
    pub signed_by: Option<String>,
    /// Who began it.
    pub created_by: String,
    /// Version, for lost races.
    pub version: i64,
}

/// A report in a list, without what it says.
#[derive(Debug, Clone)]
pub struct ReportLine {
    /// Identity.
    pub id: String,
    /// The organ it is of; empty for the whole site.
    pub organ_id: String,
    /// The year reported on.
    pub year: i64,
    /// 1 for the first, one more for each correction.
    pub number: i64,
    /// How far it has come.
    pub state: ReportState,
    /// Its title.
    pub title: String,
    /// Whether the record it was published as is withdrawn.
    pub is_withdrawn: bool,
}

impl ReportLine {
    /// Whether it can still be written.
    pub fn is_open(&self) -> bool {
        matches!(self.state, ReportState::Editing | ReportState::Submitted)
    }
}

impl Report {
    /// What it counts.
    pub fn scope(&self) -> Scope {
        Scope { organ_id: self.organ_id.clone(), year: self.year }
    }

    /// The text of a section.
    pub fn section(&self, code: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.code == code)
    }

    /// A picture that its prose may place.
    pub fn picture(&self, code: &str) -> Option<&Picture> {
        self.pictures.iter().find(|picture| picture.code == code)
    }

    /// Its format.
    ///
    /// # Errors
    /// When no file of `reference/report_formats/` has that code any more.
    pub fn format<'a>(&self, reference: &'a Reference) -> Result<&'a ReportFormat> {
        let missing = || anyhow::anyhow!("annual_report.format of {} is {:?}", self.id, self.format);
        reference.report_formats.get(&self.format).ok_or_else(|| Error::Unexpected(missing()))
    }
}

/// The format for a year.
///
/// # Errors
/// Refused where no format is for it.
pub fn format_of(reference: &Reference, year: i64) -> Result<&ReportFormat> {
    let found = reference.report_formats.iter().find(|format| format.holds(year));
    found.ok_or_else(|| {
        Refusal::Invalid(format!("还没有{year}年度的年报格式；现有格式用于{}", years(reference))).into()
    })
}

/// The years that there are formats for, in words.
pub fn years(reference: &Reference) -> String {
    let years = reference.report_formats.iter().map(|f| format!("{}—{}年", f.from_year, f.to_year));
    years.collect::<Vec<_>>().join("、")
}

/// The year whose report is most likely begun next: `last_year`, or the newest before it that has a format.
pub fn next_year(reference: &Reference, last_year: i64) -> i64 {
    let newest = reference.report_formats.iter().map(|f| f.to_year.min(last_year));
    newest.max().unwrap_or(last_year)
}

/// The newest report of an organ (empty: the whole site) for a year.
///
/// # Errors
/// As the database.
pub fn newest(tx: &mut Tx<'_>, cx: &Cx, organ_id: &str, year: i64) -> Result<Option<Report>> {
    queries::newest(tx, &cx.site_id, organ_id, year)
}

/// The document of an organ (empty: the whole site) and year as it stands: the signed one (while a correction of it is
/// written too), else the one being written, or where nobody has begun one what the format gives.
///
/// # Errors
/// Refused where no format is for the year, or the report was withdrawn.
pub fn current(tx: &mut Tx<'_>, cx: &Cx, organ_id: &str, year: i64) -> Result<ReportDocument> {
    let signed = queries::newest_signed(tx, &cx.site_id, organ_id, year)?;
    if let Some(signed) = &signed {
        withdrawal::check_not_withdrawn(tx, cx, signed)?;
    }
    let report = if signed.is_some() { signed } else { newest(tx, cx, organ_id, year)? };
    match report {
        Some(report) => build::document(tx, cx, &report),
        None => {
            let report = actions::blank(cx, organ_id, year)?;
            build::document(tx, cx, &report)
        }
    }
}

/// The records behind a figure of a signed report, one page of them, and how many there are.
///
/// # Errors
/// As the database.
pub fn frozen_records(
    tx: &mut Tx<'_>,
    cx: &Cx,
    report: &Report,
    code: &str,
    window: source::Window,
) -> Result<(Vec<(source::Register, String)>, i64)> {
    let format = report.format(cx.reference)?;
    let mut found = Vec::new();
    for figure in source::counted(format, code) {
        let Some(kept) = queries::source(tx, &cx.site_id, &report.id, &figure.code)? else { continue };
        let register = source::register(&figure.measure);
        found.extend(source::packed::unpack(&kept)?.into_iter().map(|id| (register, id)));
    }
    let total = i64::try_from(found.len()).unwrap_or(i64::MAX);
    let (offset, limit) = (usize::try_from(window.offset), usize::try_from(window.limit));
    let page = found.into_iter().skip(offset.unwrap_or_default()).take(limit.unwrap_or(usize::MAX));
    Ok((page.collect(), total))
}
