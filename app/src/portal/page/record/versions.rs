//! The published versions of a record, and one of the old ones.
//!
//! Drafts and withheld versions never come here.

use askama::Template;

use super::{Band, RecordBody};
use crate::portal::page::{Layout, Link, Minute};

/// One published version.
#[derive(Debug, Clone)]
pub struct VersionRow {
    /// 1 for the first.
    pub number: u32,
    /// When it went live.
    pub published: Minute,
    /// What changed, in words.
    pub change_note: String,
    /// Its address; the live one leads to the record.
    pub href: String,
    /// Comparison with the version before; none for the first.
    pub compare_href: Option<String>,
    /// Whether it is the live one.
    pub current: bool,
}

/// `/documents/{n}/versions`.
#[derive(Debug, Clone, Template)]
#[template(path = "portal/page/record/versions.html")]
pub struct VersionsPage {
    /// Around the content.
    pub layout: Layout,
    /// The record.
    pub record: Link,
    /// The newest first.
    pub versions: Vec<VersionRow>,
    /// Where the form that compares any two sends its `from` and `to`.
    pub compare_action: String,
}

/// `/documents/{n}/versions/{k}`.
#[derive(Debug, Clone, Template)]
#[template(path = "portal/page/record/old_version.html")]
pub struct OldVersionPage {
    /// Around the content.
    pub layout: Layout,
    /// The old version.
    pub record: RecordBody,
    /// `Band::OldVersion`.
    pub band: Option<Band>,
    /// All versions.
    pub versions_href: String,
    /// Comparison with the live version.
    pub compare_href: String,
}
