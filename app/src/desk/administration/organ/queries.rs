//! What hangs on an organ: records, columns, roles.

use std::collections::HashMap;

use kit_db::{DbError, Tx, params, sql};

use crate::id::{ColumnId, OrganId, SiteId};

/// Number of documents that each organ answers for.
pub fn documents(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<HashMap<OrganId, i64>, DbError> {
    let sql = sql!(
        "select responsible_organ_id, count(*) as n_documents from document
         where site_id = $1 and responsible_organ_id is not null group by responsible_organ_id"
    );
    let rows = tx.query(sql, params![site_id])?;
    rows.iter().map(|row| Ok((row.get("responsible_organ_id")?, row.get("n_documents")?))).collect()
}

/// Number of editions in work (draft, in review, scheduled) that an organ answers for.
pub fn open_editions(tx: &mut Tx<'_>, site_id: &SiteId, organ_id: &OrganId) -> Result<i64, DbError> {
    let sql = sql!(
        "select count(*) as n_editions from document d
           join edition e on e.site_id = d.site_id and e.document_id = d.document_id
          where d.site_id = $1 and d.responsible_organ_id = $2
            and e.state not in ('live', 'superseded', 'withdrawn')"
    );
    tx.query_one(sql, params![site_id, organ_id])?.get("n_editions")
}

/// Id and name of the columns that an organ owns.
pub fn columns(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    organ_id: &OrganId,
) -> Result<Vec<(ColumnId, String)>, DbError> {
    let sql = sql!(
        "select column_id, name from site_column where site_id = $1 and owner_organ_id = $2 order by sort, code"
    );
    let rows = tx.query(sql, params![site_id, organ_id])?;
    rows.iter().map(|row| Ok((row.get("column_id")?, row.get("name")?))).collect()
}
