//! The way of an edition to the public (审签): submission, rounds of review, secrecy review, sign-off, publication.
//!
//! The law of it is `rules::review`; here it meets the rows, the roles and the words people write. Whether the text has
//! changed since somebody looked at it is found out by its digest at every step and by a job in between, so that no
//! feature that writes texts need know of reviews. A case belongs to one edition; nothing of its history is ever removed.

pub mod actions;
pub mod clocks;
mod codes;
pub mod dossier;
pub mod emergency;
pub mod jobs;
pub mod links;
pub mod queries;
pub mod secrecy;
pub mod snapshot;
mod telling;
#[cfg(test)]
mod tests;
pub mod waiting;
pub mod way;

pub use codes::{gate as gate_words, gate_of as gate_of_words, stage_of as stage_of_words};
use rules::review::{Entry, Stage};
use serde::{Deserialize, Serialize};

use crate::{
    id::{CaseId, DocumentId, EditionId},
    staff::Grant,
};

/// Who acts: the account by its login, with the roles it holds today.
#[derive(Debug, Clone)]
pub struct Actor {
    /// Login.
    pub login: String,
    /// Roles of today.
    pub grants: Vec<Grant>,
}

/// What became of an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was done.
    Done,
    /// The same person had done the same already: a second click, a second tab, a retry.
    Repeated,
    /// Nothing was decided, because the text is not the one that was looked at; the case has gone to whoever must see it.
    TextChanged,
}

/// A place in the text that a return points at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The paragraph, counted from 1.
    pub paragraph: usize,
    /// How it begins, so that it is found again after changes.
    pub excerpt: String,
    /// What is the matter with it.
    pub note: String,
}

/// What is written beside a decision.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Remark {
    /// The opinion or reason.
    pub reason: String,
    /// Places in the text.
    pub marks: Vec<Mark>,
}

impl Remark {
    /// Words without places.
    pub fn new(reason: &str) -> Remark {
        Remark { reason: reason.trim().to_owned(), marks: Vec::new() }
    }
}

/// One line of the history as it stands in the database.
#[derive(Debug, Clone)]
pub struct EntryRow {
    /// Place in the history, from 1.
    pub position: i64,
    /// When, milliseconds UTC.
    pub at: i64,
    /// What, by whom, on which content.
    pub entry: Entry,
    /// What was written beside it.
    pub remark: Remark,
}

/// The head of a case.
#[derive(Debug, Clone)]
pub struct CaseRow {
    /// Identity.
    pub id: CaseId,
    /// The edition on its way.
    pub edition_id: EditionId,
    /// The document it is a version of.
    pub document_id: DocumentId,
    /// Where it stands.
    pub stage: Stage,
    /// Digest of what it said when it was last looked at.
    pub content: String,
    /// The way, as it was when the case was submitted; JSON.
    pub way: String,
    /// Whether it was published in an emergency.
    pub emergency: bool,
    /// Who submitted it last.
    pub submitted_by: Option<String>,
    /// When.
    pub submitted_at: Option<i64>,
    /// When something last happened.
    pub changed_at: i64,
    /// Version, for lost races.
    pub version: i64,
}
