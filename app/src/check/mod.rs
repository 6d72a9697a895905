//! Checks while writing (发布前检查): what the rules of `rules::check` find in a record, with the facts they need looked
//! up, the reasons officers gave for what stays, and the nightly look over everything that is live.
//!
//! The way of review asks [`actions::blocking`] whether a step may be taken; pages are elsewhere.

pub mod actions;
mod facts;
mod reading;
pub mod shown;
pub mod words;

use crate::{
    document::Content,
    id::{DocumentId, EditionId},
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
