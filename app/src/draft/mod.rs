//! Texts being written (起草): each save while somebody types, what was saved before, who else has the edition open, and
//! files on their way in.
//!
//! A save states the version it was made on: of two people who write at once the second is told and nothing is
//! overwritten unseen. Whether a text may be submitted or published is not decided here.

pub mod actions;
pub mod jobs;
pub mod queries;
pub mod scan;
#[cfg(test)]
mod tests;
pub mod upload;
pub mod word;

use crate::document::Content;

/// Saves of one person within this time are one step of the history (milliseconds).
pub const STEP: i64 = 60_000;
/// Steps of the history that are kept for an edition.
pub const STEPS: usize = 50;
/// Somebody not heard of for so long has the edition no longer open (milliseconds).
pub const GONE: i64 = 75_000;
/// After a pause of this length, writing is a new spell, which the audit log notes (milliseconds).
pub const SPELL: i64 = 30 * 60_000;

/// Somebody else who has the edition open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Present {
    /// Login of the account.
    pub login: String,
    /// Since when, milliseconds UTC.
    pub since: i64,
}

/// How a save ended.
#[derive(Debug)]
pub enum Outcome {
    /// The text is kept under this version.
    Saved {
        /// The version to state with the next save.
        version: i64,
        /// Who else has the edition open.
        others: Vec<Present>,
    },
    /// Somebody saved since; nothing was changed.
    Behind(Box<Behind>),
}

/// What stands there now, for somebody who wrote on an earlier version.
#[derive(Debug)]
pub struct Behind {
    /// The version now.
    pub version: i64,
    /// Who made it, where that is known.
    pub login: Option<String>,
    /// When.
    pub at: Option<i64>,
    /// What it says.
    pub content: Content,
    /// What the version said on which the refused save was made, where it is still kept.
    pub base: Option<Content>,
}

/// A step of the history.
#[derive(Debug, Clone)]
pub struct Step {
    /// Version of the edition.
    pub version: i64,
    /// Login of the editor; empty for the text as it was before anybody saved here.
    pub login: String,
    /// When it was saved, milliseconds UTC.
    pub saved_at: i64,
    /// What the edition then said; `body_text` is left empty.
    pub content: Content,
}

/// Who has, or had, an edition open.
#[derive(Debug, Clone)]
pub struct Editor {
    /// Login.
    pub login: String,
    /// Since when it has been open.
    pub opened_at: i64,
    /// When the page was last heard of.
    pub seen_at: i64,
    /// When the text was last changed by this person.
    pub edited_at: Option<i64>,
}
