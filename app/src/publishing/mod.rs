//! Publishing: how an edition becomes live, is corrected, withdrawn or repealed.
//!
//! One transaction makes the edition live, gives the index number, sets the first-publication time, appends the audit
//! row and one row of the feed. Nothing outside the database is touched here: page cache and search index follow the
//! feed, each with its own cursor.

pub mod actions;
pub mod jobs;
pub mod queries;
pub mod restore;
#[cfg(test)]
mod tests;
pub mod validity;

use crate::id::DocumentId;

/// What publication gave to a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The document.
    pub document_id: DocumentId,
    /// Its number in public addresses.
    pub public_number: i64,
    /// Its 索引号.
    pub index_number: String,
}
