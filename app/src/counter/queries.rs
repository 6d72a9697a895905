//! The counter rows.

use kit_db::{DbError, Tx, params, sql};

use crate::id::SiteId;

/// Raises the counter `name` and gives its new value; the first is 1.
pub fn next(tx: &mut Tx<'_>, site_id: &SiteId, name: &str) -> Result<i64, DbError> {
    let sql = sql!(
        "insert into counter (site_id, name, value) values ($1, $2, 1)
         on conflict (site_id, name) do update set value = counter.value + 1
         returning value"
    );
    tx.query_one(sql, params![site_id, name])?.get("value")
}

/// Makes sure that the counter will never give `value` or less again: after a number from outside was taken over.
pub fn raise_to(tx: &mut Tx<'_>, site_id: &SiteId, name: &str, value: i64) -> Result<(), DbError> {
    let sql = sql!(
        "insert into counter (site_id, name, value) values ($1, $2, $3)
         on conflict (site_id, name) do update
         set value = case when counter.value < $3 then $3 else counter.value end"
    );
    tx.execute(sql, params![site_id, name, value])?;
    Ok(())
}

/// The last value given, 0 when none was.
pub fn current(tx: &mut Tx<'_>, site_id: &SiteId, name: &str) -> Result<i64, DbError> {
    let sql = sql!("select value from counter where site_id = $1 and name = $2");
    tx.query_opt(sql, params![site_id, name])?.map_or(Ok(0), |row| row.get("value"))
}
