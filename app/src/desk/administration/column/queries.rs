//! How many documents lie in columns.

use std::collections::HashMap;

use kit_db::{DbError, Tx, params, sql};

use crate::id::{ColumnId, SiteId};

/// Number of documents in each column that has any, in whatever state.
pub fn documents(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<HashMap<ColumnId, i64>, DbError> {
    let sql =
        sql!("select column_id, count(*) as n_documents from document where site_id = $1 group by column_id");
    let rows = tx.query(sql, params![site_id])?;
    rows.iter().map(|row| Ok((row.get("column_id")?, row.get("n_documents")?))).collect()
}

/// The content types of what lies in a column, drafts too, with how many there are of each.
pub fn content_types(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    column_id: &ColumnId,
) -> Result<Vec<(String, i64)>, DbError> {
    let sql = sql!(
        "select content_type, count(*) as n_documents from document
          where site_id = $1 and column_id = $2 group by content_type order by content_type"
    );
    let rows = tx.query(sql, params![site_id, column_id])?;
    rows.iter().map(|row| Ok((row.get("content_type")?, row.get("n_documents")?))).collect()
}
