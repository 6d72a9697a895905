//! How much background work waits and how much of it failed.

use kit_db::{DbError, Tx, params, sql};

use crate::id::SiteId;

/// Numbers of jobs.
#[derive(Debug, Clone, Copy)]
pub struct Jobs {
    /// Not done yet.
    pub n_waiting: i64,
    /// Given up after too many failures.
    pub n_failed: i64,
}

pub fn jobs(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<Jobs, DbError> {
    // all sites: the queue names its tenant itself, here this site's id.
    let sql = sql!(
        "select cast(coalesce(sum(case when state = 'ready' then 1 else 0 end), 0) as bigint) as n_waiting,
                cast(coalesce(sum(case when state = 'failed' then 1 else 0 end), 0) as bigint) as n_failed
           from job where tenant = $1"
    );
    let row = tx.query_one(sql, params![site_id])?;
    Ok(Jobs { n_waiting: row.get("n_waiting")?, n_failed: row.get("n_failed")? })
}
