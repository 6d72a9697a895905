//! The rows of the checks: what was read of files, reasons, keys of texts, what the nightly look found.

use std::collections::HashMap;

use kit_db::{DbError, Row, Tx, Value, params, sql};

use super::{Justification, LiveFinding, files::ReadFile, likeness::KEYS};
use crate::{
    cx::Cx,
    id::{ColumnId, DocumentId, OrganId, SiteId},
};

// --- Files

pub fn is_file_read(tx: &mut Tx<'_>, site_id: &SiteId, sha256: &str) -> Result<bool, DbError> {
    let sql = sql!("select read_at from attachment_facts where site_id = $1 and sha256 = $2");
    Ok(tx.query_opt(sql, params![site_id, sha256])?.is_some())
}

pub fn file(tx: &mut Tx<'_>, site_id: &SiteId, sha256: &str) -> Result<Option<ReadFile>, DbError> {
    let sql = sql!("select pieces, hidden, fault from attachment_facts where site_id = $1 and sha256 = $2");
    let read = |row: Row| {
        Ok(ReadFile { pieces: row.get("pieces")?, hidden: row.get("hidden")?, fault: row.get("fault")? })
    };
    tx.query_opt(sql, params![site_id, sha256])?.map(read).transpose()
}

/// Keeps what was read; the same bytes say the same whoever read them first.
pub fn insert_file(tx: &mut Tx<'_>, cx: &Cx, sha256: &str, read: &ReadFile) -> Result<(), DbError> {
    let sql = sql!(
        "insert into attachment_facts (site_id, sha256, pieces, hidden, fault, read_at) values ($1, $2, $3, $4, $5, $6)
         on conflict (site_id, sha256) do nothing"
    );
    let ReadFile { pieces, hidden, fault } = read;
    tx.execute(sql, params![&cx.site_id, sha256, pieces, hidden, fault, cx.at])?;
    Ok(())
}

/// Hashes of all files that were read, of which none needs to be read again.
pub fn files_read(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<Vec<String>, DbError> {
    let sql = sql!("select sha256 from attachment_facts where site_id = $1");
    tx.query(sql, params![site_id])?.iter().map(|row| row.get("sha256")).collect()
}

// --- Reasons

/// The reasons given for findings of a document, by fingerprint.
pub fn justifications(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    document_id: &DocumentId,
) -> Result<HashMap<String, Justification>, DbError> {
    let sql = sql!(
        "select fingerprint, reason, given_by, given_at from finding_justification
          where site_id = $1 and document_id = $2"
    );
    let given = |row: &Row| {
        let justification =
            Justification { reason: row.get("reason")?, by: row.get("given_by")?, at: row.get("given_at")? };
        Ok((row.get("fingerprint")?, justification))
    };
    tx.query(sql, params![site_id, document_id])?.iter().map(given).collect()
}

pub fn set_justification(
    tx: &mut Tx<'_>,
    cx: &Cx,
    document_id: &DocumentId,
    (fingerprint, code): (&str, &str),
    reason: &str,
) -> Result<(), DbError> {
    let sql = sql!(
        "insert into finding_justification (site_id, document_id, fingerprint, code, reason, given_by, given_at)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (site_id, document_id, fingerprint)
         do update set reason = excluded.reason, given_by = excluded.given_by, given_at = excluded.given_at"
    );
    tx.execute(sql, params![&cx.site_id, document_id, fingerprint, code, reason, &cx.actor, cx.at])?;
    Ok(())
}

/// Takes a reason back; gives whether there was one.
pub fn delete_justification(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    document_id: &DocumentId,
    fingerprint: &str,
) -> Result<bool, DbError> {
    let sql = sql!(
        "delete from finding_justification where site_id = $1 and document_id = $2 and fingerprint = $3"
    );
    Ok(tx.execute(sql, params![site_id, document_id, fingerprint])? > 0)
}

// --- Keys of texts

pub fn insert_key(tx: &mut Tx<'_>, site_id: &SiteId, key: i64, id: &DocumentId) -> Result<(), DbError> {
    let sql = sql!(
        "insert into text_key (site_id, text_key, document_id) values ($1, $2, $3)
         on conflict (site_id, text_key, document_id) do nothing"
    );
    tx.execute(sql, params![site_id, key, id])?;
    Ok(())
}

pub fn delete_keys(tx: &mut Tx<'_>, site_id: &SiteId, id: &DocumentId) -> Result<(), DbError> {
    let sql = sql!("delete from text_key where site_id = $1 and document_id = $2");
    tx.execute(sql, params![site_id, id])?;
    Ok(())
}

/// Documents that share keys with a text, those that share most first.
pub fn with_keys(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    keys: &[i64; KEYS],
    except: Option<&DocumentId>,
    limit: i64,
) -> Result<Vec<DocumentId>, DbError> {
    let sql = sql!(
        "select document_id, count(*) as n from text_key
          where site_id = $1 and document_id <> $2
            and text_key in ($4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
          group by document_id order by n desc, document_id limit $3"
    );
    let except = except.map_or("", |id| id.0.as_str());
    let mut values = vec![Value::from(site_id), Value::from(except), Value::from(limit)];
    values.extend(keys.iter().map(|key| Value::from(*key)));
    tx.query(sql, &values)?.iter().map(|row| row.get("document_id")).collect()
}

/// How far the keys have followed the feed.
pub fn keys_position(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<i64, DbError> {
    let sql = sql!("select position from text_key_cursor where site_id = $1");
    Ok(tx.query_opt(sql, params![site_id])?.map(|row| row.get("position")).transpose()?.unwrap_or(0))
}

pub fn set_keys_position(tx: &mut Tx<'_>, site_id: &SiteId, position: i64) -> Result<(), DbError> {
    let sql = sql!(
        "insert into text_key_cursor (site_id, position) values ($1, $2)
         on conflict (site_id) do update set position = excluded.position"
    );
    tx.execute(sql, params![site_id, position])?;
    Ok(())
}

// --- What the nightly look found

/// Replaces what was found in a document.
pub fn replace_live(
    tx: &mut Tx<'_>,
    cx: &Cx,
    document_id: &DocumentId,
    findings: &[LiveFinding],
) -> Result<(), DbError> {
    let sql = sql!("delete from live_finding where site_id = $1 and document_id = $2");
    tx.execute(sql, params![&cx.site_id, document_id])?;
    let sql = sql!(
        "insert into live_finding (site_id, document_id, number, title, public_number, code, weight, sentence, place,
                                   excerpt, fingerprint, justified, column_id, organ_id, found_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"
    );
    for (number, finding) in (1_i64..).zip(findings) {
        let LiveFinding { title, public_number, code, weight, sentence, place, excerpt, .. } = finding;
        let LiveFinding { fingerprint, justified, column_id, organ_id, .. } = finding;
        let values = params![
            &cx.site_id,
            document_id,
            number,
            title,
            *public_number,
            code,
            weight,
            sentence,
            place,
            excerpt,
            fingerprint,
            justified,
            column_id,
            organ_id,
            cx.at
        ];
        tx.execute(sql, values)?;
    }
    Ok(())
}

/// Forgets what was found before the look that began at `before`: those documents are no longer live.
pub fn delete_live_before(tx: &mut Tx<'_>, site_id: &SiteId, before: i64) -> Result<(), DbError> {
    let sql = sql!("delete from live_finding where site_id = $1 and found_at < $2");
    tx.execute(sql, params![site_id, before])?;
    Ok(())
}

/// Which findings are wanted; empty and absent ask for nothing.
#[derive(Debug, Clone, Default)]
pub struct LiveFilter {
    /// Of records of an organ.
    pub organ_id: Option<OrganId>,
    /// Of records of a column.
    pub column_id: Option<ColumnId>,
    /// Of a rule, `rules::check::Code::word`.
    pub code: String,
    /// `blocking` or `advisory`.
    pub weight: String,
}

/// A page of findings, by rule and record, and how many there are in all.
pub fn live_page(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    filter: &LiveFilter,
    offset: i64,
    limit: i64,
) -> Result<(Vec<LiveFinding>, i64), DbError> {
    let LiveFilter { organ_id, column_id, code, weight } = filter;
    let organ = organ_id.as_ref().map_or("", |id| id.0.as_str());
    let column = column_id.as_ref().map_or("", |id| id.0.as_str());
    let sql = sql!(
        "select * from live_finding
          where site_id = $1 and ($2 = '' or organ_id = $2) and ($3 = '' or column_id = $3)
            and ($4 = '' or code = $4) and ($5 = '' or weight = $5)
          order by weight desc, code, public_number, number limit $6 offset $7"
    );
    let rows = tx.query(sql, params![site_id, organ, column, code, weight, limit, offset])?;
    let findings = rows.iter().map(live).collect::<Result<_, _>>()?;
    let sql = sql!(
        "select count(*) as n from live_finding
          where site_id = $1 and ($2 = '' or organ_id = $2) and ($3 = '' or column_id = $3)
            and ($4 = '' or code = $4) and ($5 = '' or weight = $5)"
    );
    Ok((findings, tx.query_one(sql, params![site_id, organ, column, code, weight])?.get("n")?))
}

/// How many findings each rule has, for an overview: code, weight, number.
pub fn live_counts(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<Vec<(String, String, i64)>, DbError> {
    let sql = sql!(
        "select code, weight, count(*) as n from live_finding where site_id = $1
          group by code, weight order by weight desc, n desc, code"
    );
    let counts = tx.query(sql, params![site_id])?;
    counts.iter().map(|row| Ok((row.get("code")?, row.get("weight")?, row.get("n")?))).collect()
}

fn live(row: &Row) -> Result<LiveFinding, DbError> {
    Ok(LiveFinding {
        document_id: row.get("document_id")?,
        title: row.get("title")?,
        public_number: row.get("public_number")?,
        code: row.get("code")?,
        weight: row.get("weight")?,
        sentence: row.get("sentence")?,
        place: row.get("place")?,
        excerpt: row.get("excerpt")?,
        fingerprint: row.get("fingerprint")?,
        justified: row.get("justified")?,
        column_id: row.get("column_id")?,
        organ_id: row.get("organ_id")?,
        found_at: row.get("found_at")?,
    })
}
