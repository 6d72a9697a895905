//! The rows of accounts, roles, sessions and recovery codes.

use kit_db::{DbError, Row, Tx, params, sql};
use rules::permission::Role;

use super::{
    Account, AccountState, Grant, NewAccount, NewGrant,
    session::{Session, Stage},
};
use crate::{
    cx::Cx,
    error::{Error, Result},
    id::{AccountId, OrganId, SiteId},
};

pub fn insert(
    tx: &mut Tx<'_>,
    cx: &Cx,
    id: &AccountId,
    new: &NewAccount,
    email: Option<&str>,
    phone: Option<&str>,
) -> Result<(), DbError> {
    let sql = sql!(
        "insert into staff_account (site_id, account_id, login, name, email_sealed, phone_sealed, state, password_hash,
                                    password_set_at, must_change_password, n_failures, created_at, version)
         values ($1, $2, $3, $4, $5, $6, 'active', $7, $8, $9, 0, $8, 1)"
    );
    let NewAccount { login, name, password_hash, must_change_password, .. } = new;
    let params =
        params![&cx.site_id, id, login, name, email, phone, password_hash, cx.at, *must_change_password];
    tx.execute(sql, params)?;
    Ok(())
}

pub fn account(tx: &mut Tx<'_>, site_id: &SiteId, id: &AccountId) -> Result<Option<Account>> {
    let sql = sql!("select * from staff_account where site_id = $1 and account_id = $2");
    tx.query_opt(sql, params![site_id, id])?.as_ref().map(account_of).transpose()
}

pub fn by_login(tx: &mut Tx<'_>, site_id: &SiteId, login: &str) -> Result<Option<Account>> {
    let sql = sql!("select * from staff_account where site_id = $1 and login = $2");
    tx.query_opt(sql, params![site_id, login])?.as_ref().map(account_of).transpose()
}

/// Every account of the site, by login.
pub fn all(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<Vec<Account>> {
    let sql = sql!("select * from staff_account where site_id = $1 order by login");
    tx.query(sql, params![site_id])?.iter().map(account_of).collect()
}

fn account_of(row: &Row) -> Result<Account> {
    let state = match row.get::<String>("state")?.as_str() {
        "active" => AccountState::Active,
        "closed" => AccountState::Closed,
        other => return Err(broken("staff_account.state", other)),
    };
    Ok(Account {
        id: row.get("account_id")?,
        login: row.get("login")?,
        name: row.get("name")?,
        state,
        password_hash: row.get("password_hash")?,
        password_set_at: row.get("password_set_at")?,
        must_change_password: row.get("must_change_password")?,
        n_failures: row.get("n_failures")?,
        locked_until: row.get("locked_until")?,
        has_second_factor: row.get::<Option<i64>>("totp_confirmed_at")?.is_some(),
        version: row.get("version")?,
    })
}

fn broken(place: &str, value: &str) -> Error {
    Error::Unexpected(anyhow::anyhow!("{place} is {value:?}"))
}

/// Name, sealed e-mail address, sealed telephone.
pub type SealedContact = (String, Option<String>, Option<String>);

pub fn contact(tx: &mut Tx<'_>, site_id: &SiteId, id: &AccountId) -> Result<Option<SealedContact>, DbError> {
    let sql = sql!(
        "select name, email_sealed, phone_sealed from staff_account where site_id = $1 and account_id = $2"
    );
    let row = tx.query_opt(sql, params![site_id, id])?;
    row.map(|row| Ok((row.get("name")?, row.get("email_sealed")?, row.get("phone_sealed")?))).transpose()
}

pub fn update_contact(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    id: &AccountId,
    name: &str,
    [email, phone]: [Option<&str>; 2],
    version: i64,
) -> Result<u64, DbError> {
    let sql = sql!(
        "update staff_account set name = $3, email_sealed = $4, phone_sealed = $5, version = version + 1
         where site_id = $1 and account_id = $2 and version = $6"
    );
    tx.execute(sql, params![site_id, id, name, email, phone, version])
}

pub fn set_state(tx: &mut Tx<'_>, site_id: &SiteId, id: &AccountId, state: &str) -> Result<(), DbError> {
    let sql = sql!(
        "update staff_account set state = $3, version = version + 1 where site_id = $1 and account_id = $2"
    );
    tx.execute(sql, params![site_id, id, state])?;
    Ok(())
}

pub fn set_failures(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    id: &AccountId,
    failures: i64,
    locked_until: Option<i64>,
) -> Result<(), DbError> {
    let sql = sql!(
        "update staff_account set n_failures = $3, locked_until = $4 where site_id = $1 and account_id = $2"
    );
    tx.execute(sql, params![site_id, id, failures, locked_until])?;
    Ok(())
}

pub fn set_password(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    id: &AccountId,
    phc: &str,
    must_change: bool,
    at: i64,
) -> Result<(), DbError> {
    let sql = sql!(
        "update staff_account set password_hash = $3, must_change_password = $4, password_set_at = $5, n_failures = 0,
                locked_until = null
         where site_id = $1 and account_id = $2"
    );
    tx.execute(sql, params![site_id, id, phc, must_change, at])?;
    Ok(())
}

pub fn remember_password(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    id: &AccountId,
    set_at: i64,
    phc: &str,
) -> Result<(), DbError> {
    let sql = sql!(
        "insert into staff_old_password (site_id, account_id, set_at, password_hash) values ($1, $2, $3, $4)
         on conflict (site_id, account_id, set_at) do update set password_hash = excluded.password_hash"
    );
    tx.execute(sql, params![site_id, id, set_at, phc])?;
    Ok(())
}

/// Hashes of earlier passwords, the newest first.
pub fn old_passwords(tx: &mut Tx<'_>, site_id: &SiteId, id: &AccountId) -> Result<Vec<String>, DbError> {
    let sql = sql!(
        "select password_hash from staff_old_password where site_id = $1 and account_id = $2 order by set_at desc"
    );
    tx.query(sql, params![site_id, id])?.iter().map(|row| row.get("password_hash")).collect()
}

pub fn insert_grant(tx: &mut Tx<'_>, cx: &Cx, id: &str, new: &NewGrant) -> Result<(), DbError> {
    let sql = sql!(
        "insert into staff_grant (site_id, grant_id, account_id, organ_id, role, from_on, to_on, acting_for, basis,
                                  granted_by, granted_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
    );
    let NewGrant { account_id, organ_id, role, from_on, to_on, acting_for, basis } = new;
    let params = params![
        &cx.site_id,
        id,
        account_id,
        organ_id,
        role.code(),
        from_on,
        to_on,
        acting_for.as_ref().map(|id| id.0.clone()),
        basis,
        &cx.actor,
        cx.at,
    ];
    tx.execute(sql, params)?;
    Ok(())
}

pub fn end_grant(tx: &mut Tx<'_>, site_id: &SiteId, grant_id: &str, on: &str) -> Result<(), DbError> {
    let sql = sql!("update staff_grant set to_on = $3 where site_id = $1 and grant_id = $2");
    tx.execute(sql, params![site_id, grant_id, on])?;
    Ok(())
}

pub fn grant(tx: &mut Tx<'_>, site_id: &SiteId, grant_id: &str) -> Result<Option<Grant>> {
    let sql = sql!("select * from staff_grant where site_id = $1 and grant_id = $2");
    tx.query_opt(sql, params![site_id, grant_id])?.as_ref().map(grant_of).transpose()
}

/// Roles that an account holds on a day.
pub fn grants_on(tx: &mut Tx<'_>, site_id: &SiteId, id: &AccountId, day: &str) -> Result<Vec<Grant>> {
    let sql = sql!(
        "select * from staff_grant
         where site_id = $1 and account_id = $2 and from_on <= $3 and (to_on is null or to_on >= $3)
         order by granted_at, grant_id"
    );
    tx.query(sql, params![site_id, id, day])?.iter().map(grant_of).collect()
}

/// Roles that an account holds on a day or later.
pub fn grants_from(tx: &mut Tx<'_>, site_id: &SiteId, id: &AccountId, day: &str) -> Result<Vec<Grant>> {
    let sql = sql!(
        "select * from staff_grant where site_id = $1 and account_id = $2 and (to_on is null or to_on >= $3)
         order by granted_at, grant_id"
    );
    tx.query(sql, params![site_id, id, day])?.iter().map(grant_of).collect()
}

/// Roles held for an organ on a day or later.
pub fn grants_of_organ(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    organ_id: &OrganId,
    day: &str,
) -> Result<Vec<Grant>> {
    let sql = sql!(
        "select * from staff_grant where site_id = $1 and organ_id = $2 and (to_on is null or to_on >= $3)
         order by granted_at, grant_id"
    );
    tx.query(sql, params![site_id, organ_id, day])?.iter().map(grant_of).collect()
}

/// Who holds a role on a day: for one organ, or for any where none is named.
pub fn holders(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    role: Role,
    organ_id: Option<&OrganId>,
    day: &str,
) -> Result<Vec<AccountId>, DbError> {
    let sql = sql!(
        "select distinct g.account_id from staff_grant g
         join staff_account a on a.site_id = g.site_id and a.account_id = g.account_id and a.state = 'active'
         where g.site_id = $1 and g.role = $2 and (cast($3 as text) is null or g.organ_id = $3)
           and g.from_on <= $4 and (g.to_on is null or g.to_on >= $4)
         order by g.account_id"
    );
    let rows = tx.query(sql, params![site_id, role.code(), organ_id, day])?;
    rows.iter().map(|row| row.get("account_id")).collect()
}

fn grant_of(row: &Row) -> Result<Grant> {
    let role: String = row.get("role")?;
    Ok(Grant {
        id: row.get("grant_id")?,
        account_id: row.get("account_id")?,
        organ_id: row.get("organ_id")?,
        role: Role::from_code(&role).ok_or_else(|| broken("staff_grant.role", &role))?,
        from_on: row.get("from_on")?,
        to_on: row.get("to_on")?,
        acting_for: row.get("acting_for")?,
        basis: row.get("basis")?,
    })
}

pub fn insert_session(tx: &mut Tx<'_>, site_id: &SiteId, session: &Session) -> Result<(), DbError> {
    let sql = sql!(
        "insert into staff_session (site_id, session_hash, account_id, stage, created_at, seen_at, address, agent)
         values ($1, $2, $3, $4, $5, $6, $7, $8)"
    );
    let Session { hash, account_id, stage, created_at, seen_at, address, agent, .. } = session;
    tx.execute(sql, params![site_id, hash, account_id, stage.code(), *created_at, *seen_at, address, agent])?;
    Ok(())
}

pub fn session(tx: &mut Tx<'_>, site_id: &SiteId, hash: &str) -> Result<Option<Session>> {
    let sql = sql!("select * from staff_session where site_id = $1 and session_hash = $2");
    tx.query_opt(sql, params![site_id, hash])?.as_ref().map(session_of).transpose()
}

/// Sessions of an account that nobody has ended, the newest first.
pub fn sessions(tx: &mut Tx<'_>, site_id: &SiteId, id: &AccountId) -> Result<Vec<Session>> {
    let sql = sql!(
        "select * from staff_session where site_id = $1 and account_id = $2 and ended_at is null
         order by created_at desc limit 50"
    );
    tx.query(sql, params![site_id, id])?.iter().map(session_of).collect()
}

fn session_of(row: &Row) -> Result<Session> {
    let stage = match row.get::<String>("stage")?.as_str() {
        "password" => Stage::Password,
        "full" => Stage::Full,
        other => return Err(broken("staff_session.stage", other)),
    };
    Ok(Session {
        hash: row.get("session_hash")?,
        account_id: row.get("account_id")?,
        stage,
        created_at: row.get("created_at")?,
        seen_at: row.get("seen_at")?,
        ended_at: row.get("ended_at")?,
        address: row.get("address")?,
        agent: row.get("agent")?,
    })
}

pub fn touch_session(tx: &mut Tx<'_>, site_id: &SiteId, hash: &str, at: i64) -> Result<(), DbError> {
    let sql = sql!("update staff_session set seen_at = $3 where site_id = $1 and session_hash = $2");
    tx.execute(sql, params![site_id, hash, at])?;
    Ok(())
}

pub fn end_session(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    account_id: &AccountId,
    hash: &str,
    at: i64,
) -> Result<u64, DbError> {
    let sql = sql!(
        "update staff_session set ended_at = $4
         where site_id = $1 and account_id = $2 and session_hash = $3 and ended_at is null"
    );
    tx.execute(sql, params![site_id, account_id, hash, at])
}

pub fn end_other_sessions(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    account_id: &AccountId,
    kept: &str,
    at: i64,
) -> Result<(), DbError> {
    let sql = sql!(
        "update staff_session set ended_at = $4
         where site_id = $1 and account_id = $2 and session_hash <> $3 and ended_at is null"
    );
    tx.execute(sql, params![site_id, account_id, kept, at])?;
    Ok(())
}

pub fn totp_sealed(tx: &mut Tx<'_>, site_id: &SiteId, id: &AccountId) -> Result<Option<String>, DbError> {
    let sql = sql!("select totp_sealed from staff_account where site_id = $1 and account_id = $2");
    Ok(tx.query_opt(sql, params![site_id, id])?.map(|row| row.get("totp_sealed")).transpose()?.flatten())
}

pub fn set_totp(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    id: &AccountId,
    sealed: Option<&str>,
    confirmed_at: Option<i64>,
) -> Result<(), DbError> {
    let sql = sql!(
        "update staff_account set totp_sealed = $3, totp_confirmed_at = $4, totp_last_step = null
         where site_id = $1 and account_id = $2"
    );
    tx.execute(sql, params![site_id, id, sealed, confirmed_at])?;
    Ok(())
}

pub fn confirm_totp(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    id: &AccountId,
    at: i64,
    step: i64,
) -> Result<(), DbError> {
    let sql = sql!(
        "update staff_account set totp_confirmed_at = $3, totp_last_step = $4 where site_id = $1 and account_id = $2"
    );
    tx.execute(sql, params![site_id, id, at, step])?;
    Ok(())
}

/// Uses up a step of the clock; no row where it or a later one was used.
pub fn take_totp_step(tx: &mut Tx<'_>, site_id: &SiteId, id: &AccountId, step: i64) -> Result<u64, DbError> {
    let sql = sql!(
        "update staff_account set totp_last_step = $3
         where site_id = $1 and account_id = $2 and totp_confirmed_at is not null
           and (totp_last_step is null or totp_last_step < $3)"
    );
    tx.execute(sql, params![site_id, id, step])
}

pub fn insert_recovery_code(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    id: &AccountId,
    mark: &str,
) -> Result<(), DbError> {
    let sql = sql!("insert into staff_recovery_code (site_id, account_id, code_hash) values ($1, $2, $3)");
    tx.execute(sql, params![site_id, id, mark])?;
    Ok(())
}

pub fn use_recovery_code(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    id: &AccountId,
    mark: &str,
    at: i64,
) -> Result<u64, DbError> {
    let sql = sql!(
        "update staff_recovery_code set used_at = $4
         where site_id = $1 and account_id = $2 and code_hash = $3 and used_at is null"
    );
    tx.execute(sql, params![site_id, id, mark, at])
}

pub fn forget_recovery_codes(tx: &mut Tx<'_>, site_id: &SiteId, id: &AccountId) -> Result<(), DbError> {
    let sql = sql!("delete from staff_recovery_code where site_id = $1 and account_id = $2");
    tx.execute(sql, params![site_id, id])?;
    Ok(())
}
