//! The audit log (留痕): who did what to which object when, append-only and hash-chained (domain rule 77).
//!
//! Each row's hash covers the row and the hash before it, so a row that is changed or taken out breaks the chain at a
//! place that `gongkai audit verify` names. It keeps no page views.

pub mod action;
pub mod actions;
pub mod queries;
#[cfg(test)]
mod tests;

/// One act, as it is to be remembered.
#[derive(Debug, Clone, Copy)]
pub struct Act<'a> {
    /// What was done, as `object.verb`.
    pub action: &'static str,
    /// Kind of the object acted on.
    pub object_kind: &'static str,
    /// Its id.
    pub object_id: &'a str,
    /// What a reader needs besides: old and new values, the reason given.
    pub detail: &'a str,
}

/// One row of the log.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Place in the site's chain, from 1.
    pub position: i64,
    /// Moment, milliseconds UTC.
    pub at: i64,
    /// Who.
    pub actor: String,
    /// From which address; empty for commands and the clock.
    pub address: String,
    /// What was done.
    pub action: String,
    /// Kind of object.
    pub object_kind: String,
    /// Id of the object.
    pub object_id: String,
    /// What else was noted.
    pub detail: String,
    /// Hash of the row before.
    pub previous_hash: String,
    /// Hash of this row.
    pub hash: String,
}

/// What a walk along the chain found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Every row follows from the one before.
    Intact {
        /// Rows walked.
        entries: i64,
        /// Hash of the last row, to be anchored elsewhere.
        head: String,
    },
    /// The first row that does not.
    Broken {
        /// Its position.
        position: i64,
        /// What is wrong with it, in Chinese.
        reason: String,
    },
}
