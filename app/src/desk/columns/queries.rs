//! What each column shows and since when nothing new came.

use kit_db::{DbError, Tx, params, sql};

use crate::id::{OrganId, SiteId};

/// A column that takes records, and its newest one.
pub struct ColumnState {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// The organ that answers for it.
    pub owner_id: Option<OrganId>,
    /// Its present name.
    pub owner: Option<String>,
    /// Days within which something new must appear.
    pub update_interval_days: Option<i64>,
    /// Day of its newest record, of those below it too.
    pub newest_on: Option<String>,
    /// How many records it shows.
    pub n_live: i64,
}

/// Every column of the site that has no columns below it, or an interval of its own.
pub fn states(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<Vec<ColumnState>, DbError> {
    let sql = sql!(
        "select c.code, c.name, c.owner_organ_id, c.update_interval_days, n.name as owner,
                (select max(d.listed_on) from document d
                  where d.site_id = c.site_id and d.column_id = c.column_id and d.state = 'live') as newest_on,
                (select count(*) from document d
                  where d.site_id = c.site_id and d.column_id = c.column_id and d.state = 'live') as n_live
         from site_column c
         left join organ_name n on n.site_id = c.site_id and n.organ_id = c.owner_organ_id and n.to_on is null
         where c.site_id = $1
           and not exists (select 1 from site_column b where b.site_id = c.site_id and b.parent_column_id = c.column_id)
         order by c.sort, c.code"
    );
    let rows = tx.query(sql, params![site_id])?;
    let state = |row: &kit_db::Row| {
        Ok(ColumnState {
            code: row.get("code")?,
            name: row.get("name")?,
            owner_id: row.get("owner_organ_id")?,
            owner: row.get("owner")?,
            update_interval_days: row.get("update_interval_days")?,
            newest_on: row.get("newest_on")?,
            n_live: row.get("n_live")?,
        })
    };
    rows.iter().map(state).collect()
}
