//! The rows that remember where imported records came from, and who else has a number.

use kit_db::{DbError, Tx, params, sql};

use super::{Finding, Incoming};
use crate::{cx::Cx, error::Result, id::DocumentId};

/// An earlier import of an address.
pub struct Known {
    /// The record made of it.
    pub document_id: DocumentId,
    /// Hash of what was read then.
    pub content_hash: String,
    /// `sure`, `needs_review`, `accepted` or `rejected`.
    pub review_state: String,
}

pub fn known(tx: &mut Tx<'_>, cx: &Cx, address: &str) -> Result<Option<Known>, DbError> {
    let sql = sql!(
        "select document_id, content_hash, review_state from import_source where site_id = $1 and source_url = $2"
    );
    let row = tx.query_opt(sql, params![&cx.site_id, address])?;
    row.map(|row| {
        Ok(Known {
            document_id: row.get("document_id")?,
            content_hash: row.get("content_hash")?,
            review_state: row.get("review_state")?,
        })
    })
    .transpose()
}

/// What is stored of a source besides its content.
pub struct SourceRow {
    /// How it came: `pages`, `docs`, `page`, `records`.
    pub origin: String,
    /// Hash of what was read.
    pub content_hash: String,
    /// JSON object: label → value as printed.
    pub printed: String,
    /// State on the review list.
    pub review_state: String,
    /// JSON list of findings.
    pub reasons: String,
    /// JSON list of findings.
    pub remarks: String,
    /// Moment, milliseconds UTC.
    pub imported_at: i64,
}

impl SourceRow {
    /// The row of a record that comes in now.
    pub fn of(cx: &Cx, incoming: &Incoming, reasons: &[Finding]) -> Result<SourceRow> {
        Ok(SourceRow {
            origin: incoming.origin.to_owned(),
            content_hash: incoming.content_hash.clone(),
            printed: serde_json::to_string(&printed_object(&incoming.printed))?,
            review_state: if reasons.is_empty() { "sure" } else { "needs_review" }.to_owned(),
            reasons: serde_json::to_string(reasons)?,
            remarks: serde_json::to_string(&incoming.remarks)?,
            imported_at: cx.at,
        })
    }
}

/// Labels as keys; a label that a head prints twice with different values gets a number behind it.
fn printed_object(printed: &[(String, String)]) -> serde_json::Map<String, serde_json::Value> {
    let mut object = serde_json::Map::new();
    for (label, value) in printed {
        let mut key = label.clone();
        let mut n = 2;
        while object.get(&key).is_some_and(|before| before != value) {
            key = format!("{label}（{n}）");
            n += 1;
        }
        object.insert(key, serde_json::Value::String(value.clone()));
    }
    object
}

pub fn put_source(
    tx: &mut Tx<'_>,
    cx: &Cx,
    address: &str,
    document_id: &DocumentId,
    row: &SourceRow,
) -> Result<()> {
    let sql = sql!(
        "insert into import_source (site_id, source_url, origin, document_id, content_hash, printed, review_state,
                                    reasons, remarks, imported_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         on conflict (site_id, source_url) do update
         set origin = $3, content_hash = $5, printed = $6, review_state = $7, reasons = $8, remarks = $9,
             imported_at = $10"
    );
    let SourceRow { origin, content_hash, printed, review_state, reasons, remarks, imported_at } = row;
    let params = params![
        &cx.site_id,
        address,
        origin,
        document_id,
        content_hash,
        printed,
        review_state,
        reasons,
        remarks,
        *imported_at
    ];
    tx.execute(sql, params)?;
    put_reasons(tx, cx, address, &serde_json::from_str::<Vec<Finding>>(reasons)?)
}

/// The codes of the reasons beside their sentences, for lists that look for one.
fn put_reasons(tx: &mut Tx<'_>, cx: &Cx, address: &str, reasons: &[Finding]) -> Result<()> {
    let clear = sql!("delete from import_reason where site_id = $1 and source_url = $2");
    tx.execute(clear, params![&cx.site_id, address])?;
    let insert = sql!(
        "insert into import_reason (site_id, source_url, code) values ($1, $2, $3)
         on conflict (site_id, source_url, code) do nothing"
    );
    for reason in reasons {
        tx.execute(insert, params![&cx.site_id, address, &reason.code])?;
    }
    Ok(())
}

pub fn set_review(
    tx: &mut Tx<'_>,
    cx: &Cx,
    address: &str,
    review_state: &str,
    reasons: &[Finding],
) -> Result<()> {
    let sql = sql!(
        "update import_source set review_state = $3, reasons = $4 where site_id = $1 and source_url = $2"
    );
    tx.execute(sql, params![&cx.site_id, address, review_state, serde_json::to_string(reasons)?])?;
    put_reasons(tx, cx, address, reasons)
}

/// What is to be decided about an imported record.
pub struct Open {
    /// Address it came from.
    pub address: String,
    /// State on the review list.
    pub review_state: String,
    /// When it was last brought in: what a decision must have seen.
    pub imported_at: i64,
}

/// The source of a record.
pub fn open(tx: &mut Tx<'_>, cx: &Cx, id: &DocumentId) -> Result<Option<Open>, DbError> {
    let sql = sql!(
        "select source_url, review_state, imported_at from import_source
          where site_id = $1 and document_id = $2 order by imported_at desc, source_url limit 1"
    );
    let row = tx.query_opt(sql, params![&cx.site_id, id])?;
    row.map(|row| {
        Ok(Open {
            address: row.get("source_url")?,
            review_state: row.get("review_state")?,
            imported_at: row.get("imported_at")?,
        })
    })
    .transpose()
}

/// Who decided what; the reasons stay as they were, for whoever asks later.
pub fn decide(
    tx: &mut Tx<'_>,
    cx: &Cx,
    address: &str,
    review_state: &str,
    note: &str,
) -> Result<(), DbError> {
    let sql = sql!(
        "update import_source set review_state = $3, review_note = $4, reviewed_at = $5, reviewed_by = $6
          where site_id = $1 and source_url = $2"
    );
    tx.execute(sql, params![&cx.site_id, address, review_state, note, cx.at, &cx.actor])?;
    Ok(())
}

/// Title of another record that has the index number, given here or printed elsewhere.
pub fn other_with_index_number(
    tx: &mut Tx<'_>,
    cx: &Cx,
    number: &str,
    own: &DocumentId,
) -> Result<Option<String>, DbError> {
    let printed = sql!(
        "select title from edition
          where site_id = $1 and printed_index_number = $2 and document_id <> $3 limit 1"
    );
    if let Some(row) = tx.query_opt(printed, params![&cx.site_id, number, own])? {
        return Ok(Some(row.get("title")?));
    }
    let given = sql!(
        "select e.title from document d
           join edition e on e.site_id = d.site_id and e.document_id = d.document_id
          where d.site_id = $1 and d.index_number = $2 and d.document_id <> $3 order by e.number desc limit 1"
    );
    tx.query_opt(given, params![&cx.site_id, number, own])?.map(|row| row.get("title")).transpose()
}

/// Title of another record that has the document number.
pub fn other_with_document_number(
    tx: &mut Tx<'_>,
    cx: &Cx,
    number: &str,
    own: &DocumentId,
) -> Result<Option<String>, DbError> {
    let sql = sql!(
        "select title from edition
          where site_id = $1 and document_number = $2 and document_id <> $3 limit 1"
    );
    tx.query_opt(sql, params![&cx.site_id, number, own])?.map(|row| row.get("title")).transpose()
}
