//! The rows of organs, their names in time and their changes.

use kit_db::{DbError, Row, Tx, params, sql};

use super::{Change, ChangeRecord, Edited, NewOrgan, Organ, OrganName};
use crate::{
    error::Result,
    id::{OrganId, SiteId},
};

pub fn insert(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    id: &OrganId,
    new: &NewOrgan,
    parent: Option<&OrganId>,
) -> Result<()> {
    let sql = sql!(
        "insert into organ (site_id, organ_id, code, kind, parent_organ_id, short_name, duties, contact,
                            valid_from_on, valid_to_on, sort, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)"
    );
    let contact = serde_json::to_string(&new.contact)?;
    tx.execute(
        sql,
        params![
            site_id,
            id,
            &new.code,
            &new.kind,
            parent,
            &new.short_name,
            &new.duties,
            contact,
            &new.valid_from_on,
            &new.valid_to_on,
            new.sort,
        ],
    )?;
    Ok(())
}

pub fn insert_name(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    id: &OrganId,
    name: &str,
    from_on: &str,
) -> Result<(), DbError> {
    let sql = sql!("insert into organ_name (site_id, organ_id, name, from_on) values ($1, $2, $3, $4)");
    tx.execute(sql, params![site_id, id, name, from_on])?;
    Ok(())
}

/// Ends the name borne now: from `on` another one holds.
pub fn end_name(tx: &mut Tx<'_>, site_id: &SiteId, id: &OrganId, on: &str) -> Result<(), DbError> {
    let sql = sql!("update organ_name set to_on = $3 where site_id = $1 and organ_id = $2 and to_on is null");
    tx.execute(sql, params![site_id, id, on])?;
    Ok(())
}

pub fn end(tx: &mut Tx<'_>, site_id: &SiteId, id: &OrganId, on: &str) -> Result<(), DbError> {
    let sql =
        sql!("update organ set valid_to_on = $3, version = version + 1 where site_id = $1 and organ_id = $2");
    tx.execute(sql, params![site_id, id, on])?;
    Ok(())
}

pub fn insert_change(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    change_id: &str,
    change: &Change,
) -> Result<(), DbError> {
    let sql = sql!(
        "insert into organ_change (site_id, change_id, kind, changed_on, note, basis)
         values ($1, $2, $3, $4, $5, $6)"
    );
    let Change { on, note, basis, .. } = change;
    tx.execute(sql, params![site_id, change_id, change.kind.code(), on, note, basis])?;
    Ok(())
}

pub fn insert_change_part(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    change_id: &str,
    organ_id: &OrganId,
    role: &str,
) -> Result<(), DbError> {
    let sql =
        sql!("insert into organ_change_part (site_id, change_id, organ_id, role) values ($1, $2, $3, $4)");
    tx.execute(sql, params![site_id, change_id, organ_id, role])?;
    Ok(())
}

pub fn by_code(tx: &mut Tx<'_>, site_id: &SiteId, code: &str) -> Result<Option<Organ>> {
    let sql = sql!(
        "select o.*, n.name from organ o
           join organ_name n on n.site_id = o.site_id and n.organ_id = o.organ_id and n.to_on is null
          where o.site_id = $1 and o.code = $2"
    );
    tx.query_opt(sql, params![site_id, code])?.as_ref().map(organ).transpose()
}

/// The organ that bears or bore a name; the newest when several did.
pub fn id_by_name(tx: &mut Tx<'_>, site_id: &SiteId, name: &str) -> Result<Option<OrganId>, DbError> {
    let sql = sql!(
        "select organ_id from organ_name where site_id = $1 and name = $2 order by from_on desc limit 1"
    );
    tx.query_opt(sql, params![site_id, name])?.map(|row| row.get("organ_id")).transpose()
}

/// Every organ of the site, in the order of lists.
pub fn all(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<Vec<Organ>> {
    let sql = sql!(
        "select o.*, n.name from organ o
           join organ_name n on n.site_id = o.site_id and n.organ_id = o.organ_id and n.to_on is null
          where o.site_id = $1 order by o.sort, o.code"
    );
    tx.query(sql, params![site_id])?.iter().map(organ).collect()
}

/// The names of an organ, the oldest first.
pub fn names(tx: &mut Tx<'_>, site_id: &SiteId, id: &OrganId) -> Result<Vec<OrganName>, DbError> {
    let sql = sql!(
        "select name, from_on, to_on from organ_name where site_id = $1 and organ_id = $2 order by from_on"
    );
    let rows = tx.query(sql, params![site_id, id])?;
    let name = |row: &Row| {
        Ok(OrganName { name: row.get("name")?, from_on: row.get("from_on")?, to_on: row.get("to_on")? })
    };
    rows.iter().map(name).collect()
}

/// Every name that organs of the site bear or bore, the oldest first.
pub fn every_name(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<Vec<(OrganId, String)>, DbError> {
    let sql = sql!("select organ_id, name from organ_name where site_id = $1 order by from_on, organ_id");
    let rows = tx.query(sql, params![site_id])?;
    rows.iter().map(|row| Ok((row.get("organ_id")?, row.get("name")?))).collect()
}

/// Every change of organs on the site, the oldest first.
pub fn changes(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<Vec<ChangeRecord>, DbError> {
    let sql = sql!(
        "select c.change_id, c.kind, c.changed_on, c.note, c.basis, p.organ_id, p.role
           from organ_change c
           join organ_change_part p on p.site_id = c.site_id and p.change_id = c.change_id
          where c.site_id = $1 order by c.changed_on, c.change_id, p.role, p.organ_id"
    );
    let mut records: Vec<(String, ChangeRecord)> = Vec::new();
    for row in tx.query(sql, params![site_id])? {
        let change_id: String = row.get("change_id")?;
        if records.last().is_none_or(|(last, _)| *last != change_id) {
            records.push((change_id, change_record(&row)?));
        }
        let Some((_, record)) = records.last_mut() else { continue };
        let side = if row.get::<String>("role")? == "from" { &mut record.from } else { &mut record.to };
        side.push(row.get("organ_id")?);
    }
    Ok(records.into_iter().map(|(_, record)| record).collect())
}

fn change_record(row: &Row) -> Result<ChangeRecord, DbError> {
    Ok(ChangeRecord {
        kind: row.get("kind")?,
        changed_on: row.get("changed_on")?,
        note: row.get("note")?,
        basis: row.get("basis")?,
        from: Vec::new(),
        to: Vec::new(),
    })
}

fn organ(row: &Row) -> Result<Organ> {
    Ok(Organ {
        id: row.get("organ_id")?,
        code: row.get("code")?,
        name: row.get("name")?,
        kind: row.get("kind")?,
        parent_id: row.get("parent_organ_id")?,
        short_name: row.get("short_name")?,
        duties: row.get("duties")?,
        contact: serde_json::from_str(&row.get::<String>("contact")?)?,
        valid_to_on: row.get("valid_to_on")?,
        sort: row.get("sort")?,
        version: row.get("version")?,
    })
}

/// What an organ is called now.
pub fn name_of(tx: &mut Tx<'_>, site_id: &SiteId, id: &OrganId) -> Result<Option<String>, DbError> {
    let sql = sql!("select name from organ_name where site_id = $1 and organ_id = $2 and to_on is null");
    tx.query_opt(sql, params![site_id, id])?.map(|row| row.get("name")).transpose()
}

/// Whether an organ is no more.
pub fn has_ended(tx: &mut Tx<'_>, site_id: &SiteId, id: &OrganId) -> Result<bool, DbError> {
    let sql =
        sql!("select organ_id from organ where site_id = $1 and organ_id = $2 and valid_to_on is not null");
    Ok(tx.query_opt(sql, params![site_id, id])?.is_some())
}

/// The code of an organ.
pub fn code_of(tx: &mut Tx<'_>, site_id: &SiteId, id: &OrganId) -> Result<Option<String>, DbError> {
    let sql = sql!("select code from organ where site_id = $1 and organ_id = $2");
    tx.query_opt(sql, params![site_id, id])?.map(|row| row.get("code")).transpose()
}

/// Sets what can be set of an organ; no row where somebody was faster.
pub fn update(tx: &mut Tx<'_>, site_id: &SiteId, id: &OrganId, edited: &Edited, version: i64) -> Result<u64> {
    let sql = sql!(
        "update organ set kind = $3, parent_organ_id = $4, short_name = $5, duties = $6, contact = $7, sort = $8,
                version = version + 1
         where site_id = $1 and organ_id = $2 and version = $9"
    );
    let Edited { kind, parent_id, short_name, duties, contact, sort } = edited;
    let contact = serde_json::to_string(contact)?;
    let parent = parent_id.as_ref();
    Ok(tx.execute(sql, params![site_id, id, kind, parent, short_name, duties, contact, *sort, version])?)
}

/// Puts every organ below `from` under `to`, except `to` itself.
pub fn move_children(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    from: &OrganId,
    to: &OrganId,
) -> Result<u64, DbError> {
    let sql = sql!(
        "update organ set parent_organ_id = $3, version = version + 1
         where site_id = $1 and parent_organ_id = $2 and organ_id <> $3"
    );
    tx.execute(sql, params![site_id, from, to])
}
