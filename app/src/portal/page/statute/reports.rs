//! The annual reports (政府信息公开工作年度报告, Art. 49 and 50) by year.
//!
//! A report itself is a record; this page lists them.

use askama::Template;

use crate::portal::page::{DocumentRow, Layout};

/// The reports on one year.
#[derive(Debug, Clone)]
pub struct AnnualReportEntry {
    /// The year reported on.
    pub year: i16,
    /// The government's own report.
    pub government: Option<DocumentRow>,
    /// Reports of departments and towns.
    pub units: Vec<DocumentRow>,
}

/// `/annual-reports`.
#[derive(Debug, Clone, Template)]
#[template(path = "portal/page/statute/annual_reports.html")]
pub struct AnnualReportsPage {
    /// Around the content.
    pub layout: Layout,
    /// The newest year first.
    pub years: Vec<AnnualReportEntry>,
}
