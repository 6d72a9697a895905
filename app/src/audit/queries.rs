//! The rows of the log: inserted and read, never changed.

use kit_db::{DbError, Row, Tx, params, sql};

use super::Entry;
use crate::id::SiteId;

pub fn insert(tx: &mut Tx<'_>, site_id: &SiteId, entry: &Entry) -> Result<(), DbError> {
    let sql = sql!(
        "insert into audit_entry (site_id, position, at, actor, action, object_kind, object_id, detail, previous_hash, hash, address)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
    );
    let Entry { position, at, actor, address, action, object_kind, object_id, detail, previous_hash, hash } =
        entry;
    let params = params![
        site_id,
        *position,
        *at,
        actor,
        action,
        object_kind,
        object_id,
        detail,
        previous_hash,
        hash,
        address
    ];
    tx.execute(sql, params)?;
    Ok(())
}

pub fn hash_at(tx: &mut Tx<'_>, site_id: &SiteId, position: i64) -> Result<String, DbError> {
    let sql = sql!("select hash from audit_entry where site_id = $1 and position = $2");
    tx.query_one(sql, params![site_id, position])?.get("hash")
}

/// Up to `limit` rows after `position`, in order.
pub fn after(tx: &mut Tx<'_>, site_id: &SiteId, position: i64, limit: i64) -> Result<Vec<Entry>, DbError> {
    let sql = sql!(
        "select position, at, actor, action, object_kind, object_id, detail, previous_hash, hash, address
         from audit_entry where site_id = $1 and position > $2 order by position limit $3"
    );
    tx.query(sql, params![site_id, position, limit])?.iter().map(entry).collect()
}

fn entry(row: &Row) -> Result<Entry, DbError> {
    Ok(Entry {
        position: row.get("position")?,
        at: row.get("at")?,
        actor: row.get("actor")?,
        address: row.get("address")?,
        action: row.get("action")?,
        object_kind: row.get("object_kind")?,
        object_id: row.get("object_id")?,
        detail: row.get("detail")?,
        previous_hash: row.get("previous_hash")?,
        hash: row.get("hash")?,
    })
}
