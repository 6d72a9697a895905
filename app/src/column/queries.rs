//! The rows of columns.

use std::collections::HashMap;

use kit_db::{DbError, Row, Tx, params, sql};

use super::{Column, Edited, NewColumn};
use crate::{
    error::Result,
    id::{ColumnId, OrganId, SiteId},
};

/// Where a column stands.
pub struct Place<'a> {
    pub parent: Option<&'a ColumnId>,
    pub owner: Option<&'a OrganId>,
}

pub fn insert(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    id: &ColumnId,
    new: &NewColumn,
    place: Place<'_>,
) -> Result<()> {
    let sql = sql!(
        "insert into site_column (site_id, column_id, parent_column_id, code, name, column_type, owner_organ_id,
                                  update_interval_days, description, keywords, key_area, statutory_items,
                                  content_types, sort, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1)"
    );
    tx.execute(
        sql,
        params![
            site_id,
            id,
            place.parent,
            &new.code,
            &new.name,
            &new.column_type,
            place.owner,
            new.update_interval_days,
            &new.description,
            serde_json::to_string(&new.keywords)?,
            &new.key_area,
            serde_json::to_string(&new.statutory_items)?,
            serde_json::to_string(&new.content_types)?,
            new.sort,
        ],
    )?;
    Ok(())
}

pub fn by_code(tx: &mut Tx<'_>, site_id: &SiteId, code: &str) -> Result<Option<Column>> {
    let sql = sql!("select * from site_column where site_id = $1 and code = $2");
    tx.query_opt(sql, params![site_id, code])?.as_ref().map(column).transpose()
}

pub fn by_id(tx: &mut Tx<'_>, site_id: &SiteId, id: &ColumnId) -> Result<Option<Column>> {
    let sql = sql!("select * from site_column where site_id = $1 and column_id = $2");
    tx.query_opt(sql, params![site_id, id])?.as_ref().map(column).transpose()
}

/// Every column of the site, sisters in their order.
pub fn all(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<Vec<Column>> {
    let sql = sql!("select * from site_column where site_id = $1 order by sort, code");
    tx.query(sql, params![site_id])?.iter().map(column).collect()
}

fn column(row: &Row) -> Result<Column> {
    Ok(Column {
        id: row.get("column_id")?,
        parent_id: row.get("parent_column_id")?,
        code: row.get("code")?,
        name: row.get("name")?,
        column_type: row.get("column_type")?,
        owner_id: row.get("owner_organ_id")?,
        description: row.get("description")?,
        keywords: serde_json::from_str(&row.get::<String>("keywords")?)?,
        key_area: row.get("key_area")?,
        statutory_items: serde_json::from_str(&row.get::<String>("statutory_items")?)?,
        content_types: serde_json::from_str(&row.get::<String>("content_types")?)?,
        update_interval_days: row.get("update_interval_days")?,
        sort: row.get("sort")?,
        version: row.get("version")?,
    })
}

/// The column above each column that has one.
pub fn parents(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<HashMap<ColumnId, ColumnId>, DbError> {
    let sql = sql!(
        "select column_id, parent_column_id from site_column where site_id = $1 and parent_column_id is not null"
    );
    let rows = tx.query(sql, params![site_id])?;
    rows.iter().map(|row| Ok((row.get("column_id")?, row.get("parent_column_id")?))).collect()
}

pub fn set_owner(tx: &mut Tx<'_>, site_id: &SiteId, id: &ColumnId, owner: &OrganId) -> Result<(), DbError> {
    let sql = sql!(
        "update site_column set owner_organ_id = $3, version = version + 1 where site_id = $1 and column_id = $2"
    );
    tx.execute(sql, params![site_id, id, owner])?;
    Ok(())
}

/// Sets what can be set of a column; no row where somebody was faster.
pub fn update(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    id: &ColumnId,
    edited: &Edited,
    version: i64,
) -> Result<u64> {
    let sql = sql!(
        "update site_column set name = $3, parent_column_id = $4, column_type = $5, owner_organ_id = $6,
                update_interval_days = $7, description = $8, keywords = $9, key_area = $10, statutory_items = $11,
                content_types = $12, sort = $13, version = version + 1
         where site_id = $1 and column_id = $2 and version = $14"
    );
    let params = params![
        site_id,
        id,
        &edited.name,
        edited.parent_id.as_ref(),
        &edited.column_type,
        edited.owner_id.as_ref(),
        edited.update_interval_days,
        &edited.description,
        serde_json::to_string(&edited.keywords)?,
        &edited.key_area,
        serde_json::to_string(&edited.statutory_items)?,
        serde_json::to_string(&edited.content_types)?,
        edited.sort,
        version,
    ];
    Ok(tx.execute(sql, params)?)
}

pub fn delete(tx: &mut Tx<'_>, site_id: &SiteId, id: &ColumnId) -> Result<u64, DbError> {
    tx.execute(sql!("delete from site_column where site_id = $1 and column_id = $2"), params![site_id, id])
}

/// Remembers where the address of a closed column leads; addresses that led to it go on to there.
pub fn lead_on(tx: &mut Tx<'_>, site_id: &SiteId, closed: &Column, to: &ColumnId) -> Result<(), DbError> {
    let onward = sql!("update column_moved set to_column_id = $3 where site_id = $1 and to_column_id = $2");
    tx.execute(onward, params![site_id, &closed.id, to])?;
    let sql = sql!(
        "insert into column_moved (site_id, code, to_column_id) values ($1, $2, $3)
         on conflict (site_id, code) do update set to_column_id = excluded.to_column_id"
    );
    tx.execute(sql, params![site_id, &closed.code, to])?;
    Ok(())
}

/// The code of the column to which the address of a closed one leads.
pub fn moved_to(tx: &mut Tx<'_>, site_id: &SiteId, code: &str) -> Result<Option<String>, DbError> {
    let sql = sql!(
        "select c.code from column_moved m
           join site_column c on c.site_id = m.site_id and c.column_id = m.to_column_id
          where m.site_id = $1 and m.code = $2"
    );
    tx.query_opt(sql, params![site_id, code])?.map(|row| row.get("code")).transpose()
}
