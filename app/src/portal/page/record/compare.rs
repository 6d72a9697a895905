//! Two versions side by side in reading order: what was taken out, what was put in, the unchanged folded away.
//!
//! It does not compute the difference.

use askama::Template;

use super::VersionRow;
use crate::portal::page::{Layout, Link};

/// A piece of a changed paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DiffPiece {
    /// In both.
    Same(String),
    /// Only in the later version.
    Added(String),
    /// Only in the earlier version.
    Removed(String),
}

/// A paragraph, or a run of unchanged ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DiffBlock {
    /// Paragraphs that are the same in both.
    Unchanged(Vec<String>),
    /// A paragraph that changed within.
    Changed(Vec<DiffPiece>),
    /// A new paragraph.
    Added(String),
    /// A paragraph taken out.
    Removed(String),
}

/// A line of the metadata head that changed. An empty side means the line was not there.
#[derive(Debug, Clone)]
pub struct FieldChange {
    /// 成文日期, 附件 …
    pub label: String,
    /// Earlier value.
    pub before: String,
    /// Later value.
    pub after: String,
}

/// `/documents/{n}/versions/compare?from=1&to=2`.
#[derive(Debug, Clone, Template)]
#[template(path = "portal/page/record/compare.html")]
pub struct ComparePage {
    /// Around the content.
    pub layout: Layout,
    /// The record.
    pub record: Link,
    /// The earlier version.
    pub from: VersionRow,
    /// The later version.
    pub to: VersionRow,
    /// Changed lines of the head, attachments among them.
    pub fields: Vec<FieldChange>,
    /// The text.
    pub blocks: Vec<DiffBlock>,
    /// All versions.
    pub versions_href: String,
}

impl ComparePage {
    /// Paragraphs that differ.
    pub fn changed_paragraphs(&self) -> usize {
        let differs = |block: &&DiffBlock| !matches!(block, DiffBlock::Unchanged(_));
        self.blocks.iter().filter(differs).count()
    }
}
