//! Reading whole records for the export; it sees everything of its site and changes nothing.

use kit_db::{DbError, Row, Tx, params, sql};

use super::{ImportTail, LinkTo, OtherEdition, Times, Withdrawn};
use crate::{
    attachment::{self, Attachment},
    document,
    error::Result,
    id::{DocumentId, EditionId, SiteId},
};

/// The row of a document, with what the product's own type leaves out.
pub struct DocumentRow {
    /// What the product knows of it.
    pub id: DocumentId,
    /// Code.
    pub content_type: String,
    /// Column.
    pub column_id: crate::id::ColumnId,
    /// State.
    pub state: String,
    /// Given number.
    pub index_number: Option<String>,
    /// Number in addresses.
    pub public_number: Option<i64>,
    /// Moment.
    pub first_published_at: Option<i64>,
    /// The edition readers see.
    pub live_edition_id: Option<EditionId>,
    /// Date in lists.
    pub listed_on: Option<String>,
    /// Stored word.
    pub validity: String,
    /// Day on which it changes.
    pub validity_changes_on: Option<String>,
    /// Day.
    pub repealed_on: Option<String>,
    /// That it was taken back.
    pub withdrawn: Option<Withdrawn>,
    /// Moment.
    pub created_at: i64,
}

/// Up to `limit` documents after `after` in the order of their ids, which is that of their making.
pub fn documents_after(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    after: &str,
    limit: i64,
) -> Result<Vec<DocumentRow>, DbError> {
    let sql =
        sql!("select * from document where site_id = $1 and document_id > $2 order by document_id limit $3");
    tx.query(sql, params![site_id, after, limit])?.iter().map(document_row).collect()
}

/// How many documents the site has.
pub fn count(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<i64, DbError> {
    let sql = sql!("select count(*) as n from document where site_id = $1");
    tx.query_one(sql, params![site_id])?.get("n")
}

/// One document.
pub fn document(tx: &mut Tx<'_>, site_id: &SiteId, id: &str) -> Result<Option<DocumentRow>, DbError> {
    let sql = sql!("select * from document where site_id = $1 and document_id = $2");
    tx.query_opt(sql, params![site_id, id])?.as_ref().map(document_row).transpose()
}

fn document_row(row: &Row) -> Result<DocumentRow, DbError> {
    let at: Option<i64> = row.get("withdrawn_at")?;
    let reason: Option<String> = row.get("withdrawn_reason")?;
    let note: Option<String> = row.get("withdrawn_note")?;
    let withdrawn =
        at.map(|at| Withdrawn { at, reason: reason.unwrap_or_default(), note: note.unwrap_or_default() });
    Ok(DocumentRow {
        id: row.get("document_id")?,
        content_type: row.get("content_type")?,
        column_id: row.get("column_id")?,
        state: row.get("state")?,
        index_number: row.get("index_number")?,
        public_number: row.get("public_number")?,
        first_published_at: row.get("first_published_at")?,
        live_edition_id: row.get("live_edition_id")?,
        listed_on: row.get("listed_on")?,
        validity: row.get("validity")?,
        validity_changes_on: row.get("validity_changes_on")?,
        repealed_on: row.get("repealed_on")?,
        withdrawn,
        created_at: row.get("created_at")?,
    })
}

/// An edition with its id and its files.
pub struct EditionRow {
    /// Identity.
    pub id: EditionId,
    /// Everything but its files.
    pub edition: OtherEdition,
    /// Its files.
    pub files: Vec<Attachment>,
}

/// The editions of a document in order.
pub fn editions(tx: &mut Tx<'_>, site_id: &SiteId, id: &DocumentId) -> Result<Vec<EditionRow>> {
    let sql = sql!("select * from edition where site_id = $1 and document_id = $2 order by number");
    let rows = tx.query(sql, params![site_id, id])?;
    let mut editions = Vec::with_capacity(rows.len());
    for row in &rows {
        let id: EditionId = row.get("edition_id")?;
        let edition = OtherEdition {
            times: times(row)?,
            content: document::queries::content(row)?,
            attachments: Vec::new(),
        };
        let files = attachment::queries::of_edition(tx, site_id, &id)?;
        editions.push(EditionRow { id, edition, files });
    }
    Ok(editions)
}

fn times(row: &Row) -> Result<Times, DbError> {
    Ok(Times {
        number: row.get("number")?,
        state: row.get("state")?,
        change_reason: row.get("change_reason")?,
        change_note: row.get("change_note")?,
        publish_at: row.get("publish_at")?,
        live_at: row.get("live_at")?,
        ended_at: row.get("ended_at")?,
        created_at: row.get("created_at")?,
        created_by: row.get("created_by")?,
    })
}

/// Links that start at a document.
pub fn links(tx: &mut Tx<'_>, site_id: &SiteId, id: &DocumentId) -> Result<Vec<LinkTo>, DbError> {
    let sql = sql!(
        "select kind, to_document_id, effective_on from document_link
          where site_id = $1 and from_document_id = $2 order by kind, to_document_id"
    );
    let link = |row: &Row| {
        Ok(LinkTo {
            kind: row.get("kind")?,
            to: row.get("to_document_id")?,
            effective_on: row.get("effective_on")?,
        })
    };
    tx.query(sql, params![site_id, id])?.iter().map(link).collect()
}

/// Where a record came from.
pub struct Source {
    /// Its address.
    pub url: String,
    /// JSON object.
    pub printed: String,
    /// JSON list.
    pub reasons: String,
    /// JSON list.
    pub remarks: String,
    /// The rest, without the remarks.
    pub tail: ImportTail,
}

/// Where a document came from, if it came from outside.
pub fn source(tx: &mut Tx<'_>, site_id: &SiteId, id: &DocumentId) -> Result<Option<Source>, DbError> {
    let sql = sql!(
        "select * from import_source where site_id = $1 and document_id = $2 order by source_url limit 1"
    );
    let row = tx.query_opt(sql, params![site_id, id])?;
    row.map(|row| {
        let tail = ImportTail {
            origin: row.get("origin")?,
            content_hash: row.get("content_hash")?,
            review_state: row.get("review_state")?,
            remarks: Vec::new(),
            imported_at: row.get("imported_at")?,
        };
        Ok(Source {
            url: row.get("source_url")?,
            printed: row.get("printed")?,
            reasons: row.get("reasons")?,
            remarks: row.get("remarks")?,
            tail,
        })
    })
    .transpose()
}
