//! What happens to a record after its publication (更正、撤回、废止): asked for by one person with a reason, confirmed by
//! another, told to those whom it concerns, and kept on record with all of that.
//!
//! A correction is only opened here: its edition goes the way of `review` like every other. What the verbs do to the
//! record is `publishing`; the law of two persons is `rules::standing`.

pub mod actions;
pub mod clocks;
pub mod queries;
mod telling;
#[cfg(test)]
mod tests;

use rules::standing::RequestState;

use crate::id::{DocumentId, EditionId, RequestId};

/// What was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 更正: a new edition was opened.
    Correct,
    /// 撤回
    Withdraw,
    /// 废止
    Repeal,
}

impl Kind {
    /// The stored word.
    pub fn code(self) -> &'static str {
        match self {
            Kind::Correct => "correct",
            Kind::Withdraw => "withdraw",
            Kind::Repeal => "repeal",
        }
    }

    fn from_code(code: &str) -> Option<Kind> {
        [Kind::Correct, Kind::Withdraw, Kind::Repeal].into_iter().find(|kind| kind.code() == code)
    }
}

/// Why, and who was told: what every such form asks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grounds {
    /// A code of `reference/correction_reasons.toml` or `reference/withdraw_reasons.toml`; none for a repeal.
    pub reason: String,
    /// What happened, for the record; of a correction what it changes, for readers.
    pub note: String,
    /// Who outside the desk was or will be told: organs, media that reprinted it, applicants.
    pub told: String,
}

/// A request as it stands.
#[derive(Debug, Clone)]
pub struct Request {
    /// Identity.
    pub id: RequestId,
    /// The record.
    pub document_id: DocumentId,
    /// What was asked.
    pub kind: Kind,
    /// Where it stands; a correction is confirmed by its own way of review.
    pub state: RequestState,
    /// Why.
    pub grounds: Grounds,
    /// The edition that a correction opened.
    pub edition_id: Option<EditionId>,
    /// The document that repeals.
    pub repealing: Option<DocumentId>,
    /// From when the repeal holds.
    pub effective_on: Option<String>,
    /// By when the second person is to decide.
    pub due_on: Option<String>,
    /// Who asked, by login.
    pub requested_by: String,
    /// When, milliseconds UTC.
    pub requested_at: i64,
    /// Who decided, by login.
    pub decided_by: Option<String>,
    /// For whom, where somebody acted in another's place.
    pub decided_for: Option<String>,
    /// When.
    pub decided_at: Option<i64>,
    /// In which words.
    pub opinion: Option<String>,
    /// Version, for lost races.
    pub version: i64,
}
