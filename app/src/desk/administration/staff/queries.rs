//! What the list of accounts shows besides the accounts themselves.

use std::collections::HashMap;

use kit_db::{DbError, Tx, params, sql};

use crate::id::{AccountId, OrganId, SiteId};

/// A role that holds on the day: whose, for which organ, its code.
pub type HeldRole = (AccountId, OrganId, String);

/// The roles that hold on a day, of every account.
pub fn roles_on(tx: &mut Tx<'_>, site_id: &SiteId, day: &str) -> Result<Vec<HeldRole>, DbError> {
    let sql = sql!(
        "select account_id, organ_id, role from staff_grant
         where site_id = $1 and from_on <= $2 and (to_on is null or to_on >= $2)
         order by granted_at, grant_id"
    );
    let rows = tx.query(sql, params![site_id, day])?;
    rows.iter().map(|row| Ok((row.get("account_id")?, row.get("organ_id")?, row.get("role")?))).collect()
}

/// When each account last signed in; accounts that never did are missing.
pub fn last_sign_ins(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<HashMap<AccountId, i64>, DbError> {
    let sql = sql!(
        "select account_id, max(created_at) as signed_in_at from staff_session
         where site_id = $1 and stage = 'full' group by account_id"
    );
    let rows = tx.query(sql, params![site_id])?;
    rows.iter().map(|row| Ok((row.get("account_id")?, row.get("signed_in_at")?))).collect()
}
