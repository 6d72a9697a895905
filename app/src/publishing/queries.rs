//! The statements of publishing: states of documents and editions, links, the change feed.

use kit_db::{DbError, Tx, params, sql};

use super::{
    actions::{Given, Link},
    restore::{EditionStanding, Standing},
};
use crate::{
    cx::Cx,
    document::{ChangeReason, Document},
    id::{ColumnId, DocumentId, EditionId},
};

pub fn start_edition(tx: &mut Tx<'_>, cx: &Cx, id: &EditionId) -> Result<(), DbError> {
    let sql = sql!(
        "update edition set state = 'live', live_at = $3, publish_at = null, version = version + 1
         where site_id = $1 and edition_id = $2"
    );
    tx.execute(sql, params![&cx.site_id, id, cx.at])?;
    Ok(())
}

pub fn end_edition(tx: &mut Tx<'_>, cx: &Cx, id: &EditionId, state: &str) -> Result<(), DbError> {
    let sql = sql!(
        "update edition set state = $3, ended_at = $4, version = version + 1
         where site_id = $1 and edition_id = $2"
    );
    tx.execute(sql, params![&cx.site_id, id, state, cx.at])?;
    Ok(())
}

/// Hides every edition that was public and takes back every set time (`rules::publication::sibling_after`).
pub fn conceal_editions(tx: &mut Tx<'_>, cx: &Cx, document_id: &DocumentId) -> Result<(), DbError> {
    conceal_past(tx, cx, document_id)?;
    let unschedule = sql!(
        "update edition set state = 'draft', publish_at = null, version = version + 1
         where site_id = $1 and document_id = $2 and state = 'scheduled'"
    );
    tx.execute(unschedule, params![&cx.site_id, document_id])?;
    Ok(())
}

/// Hides every edition that was public so far: the one that goes live now takes their place.
pub fn conceal_past(tx: &mut Tx<'_>, cx: &Cx, document_id: &DocumentId) -> Result<(), DbError> {
    let sql = sql!(
        "update edition set state = 'concealed', ended_at = $3, version = version + 1
         where site_id = $1 and document_id = $2 and state in ('live', 'superseded')"
    );
    tx.execute(sql, params![&cx.site_id, document_id, cx.at])?;
    Ok(())
}

pub fn set_schedule(
    tx: &mut Tx<'_>,
    cx: &Cx,
    id: &EditionId,
    state: &str,
    publish_at: Option<i64>,
) -> Result<(), DbError> {
    let sql = sql!(
        "update edition set state = $3, publish_at = $4, version = version + 1
         where site_id = $1 and edition_id = $2"
    );
    tx.execute(sql, params![&cx.site_id, id, state, publish_at])?;
    Ok(())
}

pub fn set_live(
    tx: &mut Tx<'_>,
    cx: &Cx,
    document: &Document,
    edition_id: &EditionId,
    given: &Given,
    listed_on: &str,
) -> Result<(), DbError> {
    let sql = sql!(
        "update document set state = 'live', live_edition_id = $3, index_number = $4, public_number = $5,
                first_published_at = $6, listed_on = $7, withdrawn_at = null, withdrawn_reason = null,
                withdrawn_note = null, version = version + 1
         where site_id = $1 and document_id = $2"
    );
    let Given { public_number, index_number, first_published_at } = given;
    tx.execute(
        sql,
        params![
            &cx.site_id,
            &document.id,
            edition_id,
            index_number,
            *public_number,
            *first_published_at,
            listed_on
        ],
    )?;
    Ok(())
}

/// Numbers of a document that is not live yet.
pub fn reserve(tx: &mut Tx<'_>, cx: &Cx, id: &DocumentId, given: &Given) -> Result<(), DbError> {
    let sql = sql!(
        "update document set index_number = $3, public_number = $4, version = version + 1
         where site_id = $1 and document_id = $2"
    );
    tx.execute(sql, params![&cx.site_id, id, &given.index_number, given.public_number])?;
    Ok(())
}

pub fn set_withdrawn(
    tx: &mut Tx<'_>,
    cx: &Cx,
    document_id: &DocumentId,
    reason: ChangeReason<'_>,
) -> Result<(), DbError> {
    let sql = sql!(
        "update document set state = 'withdrawn', live_edition_id = null, withdrawn_at = $3,
                withdrawn_reason = $4, withdrawn_note = $5, version = version + 1
         where site_id = $1 and document_id = $2"
    );
    tx.execute(sql, params![&cx.site_id, document_id, cx.at, reason.code, reason.note])?;
    Ok(())
}

pub fn set_repealed(tx: &mut Tx<'_>, cx: &Cx, id: &DocumentId, on: &str) -> Result<(), DbError> {
    let sql = sql!(
        "update document set repealed_on = $3, version = version + 1 where site_id = $1 and document_id = $2"
    );
    tx.execute(sql, params![&cx.site_id, id, on])?;
    Ok(())
}

pub fn insert_link(tx: &mut Tx<'_>, cx: &Cx, from: &DocumentId, link: Link<'_>) -> Result<(), DbError> {
    let sql = sql!(
        "insert into document_link (site_id, from_document_id, kind, to_document_id, effective_on, created_at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (site_id, from_document_id, kind, to_document_id) do update set effective_on = $5"
    );
    tx.execute(sql, params![&cx.site_id, from, link.kind, link.to, link.effective_on, cx.at])?;
    Ok(())
}

pub fn index_number_taken(tx: &mut Tx<'_>, cx: &Cx, number: &str) -> Result<bool, DbError> {
    let sql = sql!("select 1 as taken from document where site_id = $1 and index_number = $2");
    Ok(tx.query_opt(sql, params![&cx.site_id, number])?.is_some())
}

pub fn has_open_edition(tx: &mut Tx<'_>, cx: &Cx, document_id: &DocumentId) -> Result<bool, DbError> {
    let sql = sql!(
        "select 1 as found from edition
          where site_id = $1 and document_id = $2 and state in ('draft', 'scheduled') limit 1"
    );
    Ok(tx.query_opt(sql, params![&cx.site_id, document_id])?.is_some())
}

pub fn change_note(tx: &mut Tx<'_>, cx: &Cx, id: &EditionId) -> Result<String, DbError> {
    let sql = sql!("select change_note from edition where site_id = $1 and edition_id = $2");
    let note: Option<String> = tx.query_one(sql, params![&cx.site_id, id])?.get("change_note")?;
    Ok(note.unwrap_or_default())
}

/// The code of the reason for which an edition was made; the first one has none.
pub fn change_reason(tx: &mut Tx<'_>, cx: &Cx, id: &EditionId) -> Result<Option<String>, DbError> {
    let sql = sql!("select change_reason from edition where site_id = $1 and edition_id = $2");
    tx.query_one(sql, params![&cx.site_id, id])?.get("change_reason")
}

/// The publication date that the first edition brought along from another system.
pub fn first_printed_publication(
    tx: &mut Tx<'_>,
    cx: &Cx,
    document_id: &DocumentId,
) -> Result<Option<String>, DbError> {
    let sql = sql!("select published_on from edition where site_id = $1 and document_id = $2 and number = 1");
    tx.query_one(sql, params![&cx.site_id, document_id])?.get("published_on")
}

/// The dates from which the validity of a document is computed.
pub struct ValidityDates {
    pub in_force_on: Option<String>,
    pub expires_on: Option<String>,
    pub repealed_on: Option<String>,
    pub amended_on: Option<String>,
    pub declared: Option<String>,
}

pub fn validity_dates(
    tx: &mut Tx<'_>,
    cx: &Cx,
    document_id: &DocumentId,
) -> Result<Option<ValidityDates>, DbError> {
    let sql = sql!(
        "select e.in_force_on, e.expires_on, e.declared_validity, d.repealed_on,
                (select min(l.effective_on) from document_link l
                  where l.site_id = d.site_id and l.to_document_id = d.document_id and l.kind = 'amends') as amended_on
           from document d
           join edition e on e.site_id = d.site_id and e.edition_id = d.live_edition_id
          where d.site_id = $1 and d.document_id = $2"
    );
    let row = tx.query_opt(sql, params![&cx.site_id, document_id])?;
    row.map(|row| {
        Ok(ValidityDates {
            in_force_on: row.get("in_force_on")?,
            expires_on: row.get("expires_on")?,
            repealed_on: row.get("repealed_on")?,
            amended_on: row.get("amended_on")?,
            declared: row.get("declared_validity")?,
        })
    })
    .transpose()
}

pub fn set_validity(
    tx: &mut Tx<'_>,
    cx: &Cx,
    document_id: &DocumentId,
    validity: &str,
    changes_on: Option<&str>,
) -> Result<(), DbError> {
    let sql = sql!(
        "update document set validity = $3, validity_changes_on = $4 where site_id = $1 and document_id = $2"
    );
    tx.execute(sql, params![&cx.site_id, document_id, validity, changes_on])?;
    Ok(())
}

/// Live documents whose stored validity is out of date today.
pub fn validity_due(tx: &mut Tx<'_>, cx: &Cx) -> Result<Vec<(DocumentId, ColumnId)>, DbError> {
    let sql = sql!(
        "select document_id, column_id from document
          where site_id = $1 and state = 'live' and validity_changes_on <= $2"
    );
    let rows = tx.query(sql, params![&cx.site_id, cx.today()])?;
    rows.iter().map(|row| Ok((row.get("document_id")?, row.get("column_id")?))).collect()
}

/// Scheduled editions of the site whose hour has come, the earliest first.
pub fn due_editions(tx: &mut Tx<'_>, cx: &Cx) -> Result<Vec<EditionId>, DbError> {
    let sql = sql!(
        "select edition_id from edition
          where site_id = $1 and state = 'scheduled' and publish_at <= $2 order by publish_at, edition_id"
    );
    tx.query(sql, params![&cx.site_id, cx.at])?.iter().map(|row| row.get("edition_id")).collect()
}

/// Whether a document's validity has changed by date.
pub fn is_validity_due(tx: &mut Tx<'_>, cx: &Cx) -> Result<bool, DbError> {
    let sql = sql!(
        "select 1 as due from document
          where site_id = $1 and state = 'live' and validity_changes_on <= $2 limit 1"
    );
    Ok(tx.query_opt(sql, params![&cx.site_id, cx.today()])?.is_some())
}

pub fn restore_document(
    tx: &mut Tx<'_>,
    cx: &Cx,
    id: &DocumentId,
    standing: &Standing,
    live: Option<&EditionId>,
) -> Result<(), DbError> {
    let sql = sql!(
        "update document set state = $3, index_number = $4, public_number = $5, first_published_at = $6,
                live_edition_id = $7, listed_on = $8, validity = $9, validity_changes_on = $10, repealed_on = $11,
                withdrawn_at = $12, withdrawn_reason = $13, withdrawn_note = $14, created_at = $15
         where site_id = $1 and document_id = $2"
    );
    let s = standing;
    let (at, reason, note) = match &s.withdrawn {
        Some((at, reason, note)) => (Some(*at), Some(reason), Some(note)),
        None => (None, None, None),
    };
    tx.execute(
        sql,
        params![
            &cx.site_id,
            id,
            &s.state,
            &s.index_number,
            s.public_number,
            s.first_published_at,
            live,
            &s.listed_on,
            &s.validity,
            &s.validity_changes_on,
            &s.repealed_on,
            at,
            reason,
            note,
            s.created_at,
        ],
    )?;
    Ok(())
}

pub fn restore_edition(
    tx: &mut Tx<'_>,
    cx: &Cx,
    id: &EditionId,
    standing: &EditionStanding,
) -> Result<(), DbError> {
    let sql = sql!(
        "update edition set state = $3, change_reason = $4, change_note = $5, publish_at = $6, live_at = $7,
                ended_at = $8, created_at = $9, created_by = $10
         where site_id = $1 and edition_id = $2"
    );
    let s = standing;
    tx.execute(
        sql,
        params![
            &cx.site_id,
            id,
            &s.state,
            &s.change_reason,
            &s.change_note,
            s.publish_at,
            s.live_at,
            s.ended_at,
            s.created_at,
            &s.created_by,
        ],
    )?;
    Ok(())
}
