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

/// The filter by which a part of the log is read; the index behind each has the order of the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lead {
    /// Every row.
    All,
    /// What happened to one object.
    Object(String),
    /// What one person did.
    Actor(String),
    /// What came from one address.
    Address(String),
    /// Acts of one kind.
    Action(String),
}

/// Up to `limit` rows at or after `floor` and before `position`, the newest first.
pub fn before(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    lead: &Lead,
    (floor, position): (i64, i64),
    limit: i64,
) -> Result<Vec<Entry>, DbError> {
    let rows = match lead {
        Lead::All => {
            let sql = sql!(
                "select * from audit_entry where site_id = $1 and position >= $2 and position < $3
                 order by position desc limit $4"
            );
            tx.query(sql, params![site_id, floor, position, limit])?
        }
        Lead::Object(id) => {
            let sql = sql!(
                "select * from audit_entry where site_id = $1 and object_id = $5 and position >= $2 and position < $3
                 order by position desc limit $4"
            );
            tx.query(sql, params![site_id, floor, position, limit, id])?
        }
        Lead::Actor(login) => {
            let sql = sql!(
                "select * from audit_entry where site_id = $1 and actor = $5 and position >= $2 and position < $3
                 order by position desc limit $4"
            );
            tx.query(sql, params![site_id, floor, position, limit, login])?
        }
        Lead::Address(address) => {
            let sql = sql!(
                "select * from audit_entry where site_id = $1 and address = $5 and position >= $2 and position < $3
                 order by position desc limit $4"
            );
            tx.query(sql, params![site_id, floor, position, limit, address])?
        }
        Lead::Action(action) => {
            let sql = sql!(
                "select * from audit_entry where site_id = $1 and action = $5 and position >= $2 and position < $3
                 order by position desc limit $4"
            );
            tx.query(sql, params![site_id, floor, position, limit, action])?
        }
    };
    rows.iter().map(entry).collect()
}

/// The first position at or after a moment; beyond the end where there is none.
pub fn first_at(tx: &mut Tx<'_>, site_id: &SiteId, at: i64) -> Result<i64, DbError> {
    let sql = sql!(
        "select position from audit_entry where site_id = $1 and at >= $2 order by at, position limit 1"
    );
    Ok(tx
        .query_opt(sql, params![site_id, at])?
        .map(|row| row.get("position"))
        .transpose()?
        .unwrap_or(i64::MAX))
}
