//! Checks while writing (发布前检查): what the rules of `rules::check` find in a record, with the facts they need looked
//! up, the reasons officers gave for what stays, and the nightly look over everything that is live.
//!
//! The way of review asks [`actions::blocking`] whether a step may be taken; pages are elsewhere.

pub mod actions;
mod facts;
mod files;
pub mod jobs;
mod likeness;
mod near;
pub mod queries;
mod reading;
pub mod shown;
#[cfg(test)]
mod tests;
pub mod words;

use crate::{
    document::Content,
    id::{ColumnId, DocumentId, EditionId, OrganId},
};

/// What is checked: an edition as it is stored, or what somebody is typing.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The document, once it has been saved.
    pub document_id: Option<&'a DocumentId>,
    /// The edition whose attachments belong to it, once it has been saved.
    pub edition_id: Option<&'a EditionId>,
    /// A code of `reference/content_types/`.
    pub content_type: &'a str,
    /// What it says, its body cleaned.
    pub content: &'a Content,
}

/// A reason an officer gave for a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Justification {
    /// The reason.
    pub reason: String,
    /// Who gave it.
    pub by: String,
    /// When, milliseconds UTC.
    pub at: i64,
}

/// A finding in a live record, as the nightly look left it. Personal data is masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveFinding {
    /// The record.
    pub document_id: DocumentId,
    /// Its title.
    pub title: String,
    /// The number in its address.
    pub public_number: i64,
    /// The rule, `rules::check::Code::word`.
    pub code: String,
    /// `blocking` or `advisory`.
    pub weight: String,
    /// What is wrong.
    pub sentence: String,
    /// Where, in words.
    pub place: String,
    /// The words at the place.
    pub excerpt: String,
    /// What a justification is kept under.
    pub fingerprint: String,
    /// The reason given for it.
    pub justified: Option<String>,
    /// The record's column.
    pub column_id: ColumnId,
    /// The organ that issued it, where the site knows it.
    pub organ_id: Option<OrganId>,
    /// When it was found, milliseconds UTC.
    pub found_at: i64,
}
