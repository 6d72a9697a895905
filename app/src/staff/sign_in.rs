//! Signing in: password, then the second factor where the account has one. Five failures in a row lock the account for
//! half an hour (domain rule 75); whoever tries is told the same sentence whatever was wrong.

use kit_db::Tx;

use super::{
    Account, AccountState, queries, second_factor,
    session::{self, Client, Session, Stage},
};
use crate::{
    audit::{self, Act},
    cx::Cx,
    error::{Error, Result},
    id::AccountId,
};

/// Failures in a row that lock an account.
const FAILURES: i64 = 5;
/// How long it stays locked, milliseconds.
const LOCKED_FOR: i64 = 30 * 60 * 1_000;

/// Whether an account may try to sign in now.
pub fn is_open(account: &Account, now: i64) -> bool {
    account.state == AccountState::Active && account.locked_until.is_none_or(|until| until <= now)
}

/// Notes a wrong password or code; the account is `None` where the login does not exist.
pub fn fail(tx: &mut Tx<'_>, cx: &Cx, account_id: Option<&AccountId>) -> Result<()> {
    let mut detail = String::new();
    if let Some(id) = account_id {
        let account = queries::account(tx, &cx.site_id, id)?.ok_or(Error::NotFound)?;
        // While it is locked nothing is counted, or anybody could keep a colleague out for good.
        if is_open(&account, cx.at) {
            let failures = account.n_failures + 1;
            let locked_until = (failures >= FAILURES).then_some(cx.at + LOCKED_FOR);
            let counted = if locked_until.is_some() { 0 } else { failures };
            queries::set_failures(tx, &cx.site_id, id, counted, locked_until)?;
            detail = if locked_until.is_some() { "锁定".to_owned() } else { failures.to_string() };
        } else {
            detail = "已锁定或停用".to_owned();
        }
    }
    let object_id = account_id.map_or("", |id| id.0.as_str());
    let act = Act { action: "staff.sign_in_failed", object_kind: "account", object_id, detail: &detail };
    audit::actions::record(tx, cx, act)
}

/// The password was right: opens a session, full where there is no second factor to show.
///
/// # Errors
/// Forbidden when the account was closed or locked meanwhile.
pub fn pass(tx: &mut Tx<'_>, cx: &Cx, account_id: &AccountId, token: &str, client: &Client) -> Result<Stage> {
    let account = queries::account(tx, &cx.site_id, account_id)?.ok_or(Error::NotFound)?;
    if !is_open(&account, cx.at) {
        return Err(Error::Forbidden);
    }
    let stage = if account.has_second_factor { Stage::Password } else { Stage::Full };
    session::open(tx, cx, account_id, stage, token, client)?;
    if stage == Stage::Full {
        complete(tx, cx, account_id)?;
    }
    Ok(stage)
}

/// Takes the second factor: a code of the moment, or a recovery code. A new session under `token` replaces the one that
/// waited, so that a token seen before the second factor is worth nothing after it.
///
/// # Errors
/// Forbidden when the code is wrong; the failure is noted by the caller in a transaction of its own.
pub fn pass_code(
    tx: &mut Tx<'_>,
    cx: &Cx,
    waiting: &Session,
    code: &str,
    token: &str,
    client: &Client,
) -> Result<()> {
    let account = queries::account(tx, &cx.site_id, &waiting.account_id)?.ok_or(Error::NotFound)?;
    if !is_open(&account, cx.at) || !second_factor::accept(tx, cx, &account.id, code)? {
        return Err(Error::Forbidden);
    }
    queries::end_session(tx, &cx.site_id, &account.id, &waiting.hash, cx.at)?;
    session::open(tx, cx, &account.id, Stage::Full, token, client)?;
    complete(tx, cx, &account.id)
}

fn complete(tx: &mut Tx<'_>, cx: &Cx, account_id: &AccountId) -> Result<()> {
    queries::set_failures(tx, &cx.site_id, account_id, 0, None)?;
    let act = Act { action: "staff.sign_in", object_kind: "account", object_id: &account_id.0, detail: "" };
    audit::actions::record(tx, cx, act)
}
