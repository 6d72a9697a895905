//! The rows of columns.

use std::collections::HashMap;

use kit_db::{DbError, Row, Tx, params, sql};

use super::{Column, NewColumn};
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
