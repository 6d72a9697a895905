//! The front page: what this place is, one search field, the statutory row, what is new, and how open this year was.
//!
//! It shows figures; it does not compute them.

mod chart;
#[cfg(test)]
mod sample;

use askama::Template;

use super::{DocumentRow, KeyAreaEntry, Layout, Link};
use crate::statistics::MonthDelay;

/// One of the four things the law wants on hand: 指南, 目录, 年报, 依申请公开 (Art. 12, 29, 50).
#[derive(Debug, Clone)]
pub struct StatutoryEntry {
    /// Name and address.
    pub link: Link,
    /// One line that says what the reader finds there.
    pub note: String,
}

/// This year's openness in figures; the template draws them.
#[derive(Debug, Clone)]
pub struct Openness {
    /// The year of all figures.
    pub year: i16,
    /// Up to twelve months, those that have begun.
    pub months: Vec<MonthDelay>,
    /// Requests for disclosure answered this year, if the site counts them.
    pub answered: Option<u32>,
}

/// `/`.
#[derive(Debug, Clone, Template)]
#[template(path = "portal/page/home/home.html")]
pub struct HomePage {
    /// Around the content.
    pub layout: Layout,
    /// Words people look for, as links to their results.
    pub suggestions: Vec<Link>,
    /// All public records.
    pub total: u64,
    /// Of these, documents in force.
    pub in_force: u64,
    /// 指南 · 目录 · 年报 · 依申请公开.
    pub statutory: Vec<StatutoryEntry>,
    /// The key areas with counts and their latest record.
    pub key_areas: Vec<KeyAreaEntry>,
    /// New documents, six or so.
    pub documents: Vec<DocumentRow>,
    /// Where all documents are.
    pub documents_href: String,
    /// New interpretations.
    pub interpretations: Vec<DocumentRow>,
    /// Where all interpretations are.
    pub interpretations_href: String,
    /// Notices (公告公示).
    pub notices: Vec<DocumentRow>,
    /// Where all notices are.
    pub notices_href: String,
    /// The columns of the first level, the way to everything else; may be empty.
    pub columns: Vec<Link>,
    /// The chart; left out when the year has no records yet.
    pub openness: Option<Openness>,
}
