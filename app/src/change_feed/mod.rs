//! The change feed: one row for every change that something outside the transaction must follow. Consumers keep their
//! own cursor, may see a row twice and must not mind. Rows carry no content, only what to look at again.

pub mod queries;

use kit_db::{DbError, Tx};

use crate::{
    counter,
    cx::Cx,
    id::{ColumnId, DocumentId, SiteId},
};

const COUNTER: &str = "change_feed";

/// What kind of thing changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A document: published, corrected, withdrawn, repealed, linked.
    Document,
    /// A column.
    Column,
    /// An organ.
    Organ,
    /// What is set of the site.
    Site,
}

impl Kind {
    const ALL: [Kind; 4] = [Kind::Document, Kind::Column, Kind::Organ, Kind::Site];

    /// The word stored.
    pub fn code(self) -> &'static str {
        match self {
            Kind::Document => "document",
            Kind::Column => "column",
            Kind::Organ => "organ",
            Kind::Site => "site",
        }
    }

    /// The kind of a stored word.
    pub fn from_code(code: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// One row of the feed.
#[derive(Debug, Clone)]
pub struct Change {
    /// Place in the site's feed, from 1 without gaps.
    pub position: i64,
    /// What kind of thing changed.
    pub kind: Kind,
    /// The document, where it is one.
    pub document_id: Option<DocumentId>,
    /// The column it is or lies in.
    pub column_id: Option<ColumnId>,
}

/// Appends a change in the transaction that makes it, so that positions become visible in their order.
pub fn append(
    tx: &mut Tx<'_>,
    cx: &Cx,
    kind: Kind,
    document_id: Option<&DocumentId>,
    column_id: Option<&ColumnId>,
) -> Result<(), DbError> {
    let position = counter::queries::next(tx, &cx.site_id, COUNTER)?;
    let change = Change { position, kind, document_id: document_id.cloned(), column_id: column_id.cloned() };
    queries::insert_change(tx, cx, &change)
}

/// Up to `limit` changes after `position`, in order.
pub fn after(tx: &mut Tx<'_>, site_id: &SiteId, position: i64, limit: i64) -> Result<Vec<Change>, DbError> {
    queries::changes_after(tx, site_id, position, limit)
}

/// The position of the newest change, 0 when there is none.
pub fn head(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<i64, DbError> {
    counter::queries::current(tx, site_id, COUNTER)
}
