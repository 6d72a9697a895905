//! A record that is an annual report.

use super::Link;
use crate::annual_report::form::html::ReportView;

/// The report in its own form, in the place of the record's text.
#[derive(Debug, Clone)]
pub struct ReportPart {
    /// The text with figures that can be opened.
    pub text: ReportView,
    /// The year reported on.
    pub year: i64,
    /// The report on the year before, if it is public.
    pub before: Option<Link>,
    /// The figures of both years; empty without the year before.
    pub rows: Vec<ComparisonRow>,
}

/// A figure in two years.
#[derive(Debug, Clone)]
pub struct ComparisonRow {
    /// Name of the figure.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// Last year.
    pub before: String,
    /// This year.
    pub now: String,
    /// The change in words.
    pub change: String,
}
