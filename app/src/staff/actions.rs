//! What administrators do to accounts and roles, and what holders do with their own.

use kit_db::Tx;
use rules::permission::{self, Role};

use super::{AccountState, Grant, NewAccount, NewGrant, password, queries, session};
use crate::{
    audit::{self, Act},
    cx::Cx,
    error::{Error, Refusal, Result},
    id::{AccountId, OrganId},
};

/// Opens an account.
///
/// # Errors
/// Refused when the login is taken or has another form than small letters, digits, dots and hyphens.
pub fn create(tx: &mut Tx<'_>, cx: &Cx, new: &NewAccount) -> Result<AccountId> {
    if !is_login(&new.login) {
        return Err(refused("登录名应为 2 到 40 个小写字母、数字、点或连字符"));
    }
    if new.name.trim().is_empty() {
        return Err(refused("请填写姓名"));
    }
    if queries::by_login(tx, &cx.site_id, &new.login)?.is_some() {
        return Err(Refusal::CodeTaken(new.login.clone()).into());
    }
    let id = AccountId(cx.new_id());
    let (email, phone) = sealed_contact(cx, &id, &new.email, &new.phone);
    queries::insert(tx, cx, &id, new, email.as_deref(), phone.as_deref())?;
    record(tx, cx, "staff.create", &id, &new.login)?;
    Ok(id)
}

/// Whether a text has the form of a login.
pub fn is_login(login: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '.';
    (2..=40).contains(&login.len()) && login.chars().all(fits)
}

/// Notes that rows of a table became accounts or roles; each of them has its own line in the log.
pub fn record_import(tx: &mut Tx<'_>, cx: &Cx, file: &str, n_rows: usize) -> Result<()> {
    let detail = format!("{file}：{n_rows} 行");
    let act = Act { action: "staff.import", object_kind: "list", object_id: "staff", detail: &detail };
    audit::actions::record(tx, cx, act)
}

/// Changes name and contact.
///
/// # Errors
/// Conflict when somebody changed the account since `version`.
pub fn change(tx: &mut Tx<'_>, cx: &Cx, id: &AccountId, contact: &Contact, version: i64) -> Result<()> {
    let (email, phone) = sealed_contact(cx, id, &contact.email, &contact.phone);
    let changed = queries::update_contact(
        tx,
        &cx.site_id,
        id,
        &contact.name,
        [email.as_deref(), phone.as_deref()],
        version,
    )?;
    if changed == 0 {
        return Err(Error::Conflict);
    }
    record(tx, cx, "staff.change", id, &contact.name)
}

/// Name and how a person is reached; opened from its seals.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contact {
    /// The person's name.
    pub name: String,
    /// E-mail address; may be empty.
    pub email: String,
    /// Telephone; may be empty.
    pub phone: String,
}

/// How a person is reached.
pub fn contact(tx: &mut Tx<'_>, cx: &Cx, id: &AccountId) -> Result<Contact> {
    let (name, email, phone) = queries::contact(tx, &cx.site_id, id)?.ok_or(Error::NotFound)?;
    let open = |kind: &str, sealed: Option<String>| {
        sealed.and_then(|sealed| cx.secrets.open_sealed(&place(kind, id), &sealed)).unwrap_or_default()
    };
    Ok(Contact { name, email: open("email", email), phone: open("phone", phone) })
}

fn sealed_contact(cx: &Cx, id: &AccountId, email: &str, phone: &str) -> (Option<String>, Option<String>) {
    let seal =
        |kind: &str, text: &str| (!text.trim().is_empty()).then(|| cx.seal(&place(kind, id), text.trim()));
    (seal("email", email), seal("phone", phone))
}

fn place(kind: &str, id: &AccountId) -> String {
    format!("staff_account.{kind}:{}", id.0)
}

/// Sets a password and ends every other session of the account; `kept` is the session of the person who does it.
pub fn set_password(
    tx: &mut Tx<'_>,
    cx: &Cx,
    id: &AccountId,
    phc: &str,
    must_change: bool,
    kept: Option<&str>,
) -> Result<()> {
    let account = queries::account(tx, &cx.site_id, id)?.ok_or(Error::NotFound)?;
    queries::remember_password(tx, &cx.site_id, id, account.password_set_at, &account.password_hash)?;
    queries::set_password(tx, &cx.site_id, id, phc, must_change, cx.at)?;
    session::end_others(tx, cx, id, kept)?;
    record(tx, cx, "staff.password", id, "")
}

/// Whether `new` is the password in use or one of the last; reads hashes, hashes nothing itself.
pub fn is_recent(new: &str, hashes: &[String]) -> Result<bool> {
    for phc in hashes.iter().take(rules::password::REMEMBERED) {
        if password::matches(new, phc)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Closes or opens an account again; a closed one loses its sessions, its history stays.
///
/// # Errors
/// Refused for one's own account.
pub fn set_state(tx: &mut Tx<'_>, cx: &Cx, id: &AccountId, state: AccountState) -> Result<()> {
    let account = queries::account(tx, &cx.site_id, id)?.ok_or(Error::NotFound)?;
    if account.login == cx.actor {
        return Err(refused("不能停用自己的账号"));
    }
    queries::set_state(tx, &cx.site_id, id, state.code())?;
    session::end_others(tx, cx, id, None)?;
    let action = if state == AccountState::Active { "staff.reopen" } else { "staff.close" };
    record(tx, cx, action, id, &account.login)
}

/// Ends every session of an account.
pub fn end_sessions(tx: &mut Tx<'_>, cx: &Cx, id: &AccountId) -> Result<()> {
    session::end_others(tx, cx, id, None)?;
    record(tx, cx, "staff.sessions_end", id, "")
}

/// Lifts the lock of too many failures.
pub fn unlock(tx: &mut Tx<'_>, cx: &Cx, id: &AccountId) -> Result<()> {
    queries::set_failures(tx, &cx.site_id, id, 0, None)?;
    record(tx, cx, "staff.unlock", id, "")
}

/// Gives a role.
///
/// # Errors
/// Refused to oneself, for days in the wrong order, or where the roles may not be held together (domain rule 76).
pub fn grant(tx: &mut Tx<'_>, cx: &Cx, new: &NewGrant) -> Result<String> {
    let account = queries::account(tx, &cx.site_id, &new.account_id)?.ok_or(Error::NotFound)?;
    if account.login == cx.actor {
        return Err(refused("不能给自己授予岗位，请由另一位安全管理员办理"));
    }
    insert_grant(tx, cx, new)
}

fn insert_grant(tx: &mut Tx<'_>, cx: &Cx, new: &NewGrant) -> Result<String> {
    if new.to_on.as_ref().is_some_and(|to| *to < new.from_on) {
        return Err(refused("结束日期早于开始日期"));
    }
    check_together(tx, cx, &new.account_id, new.role)?;
    let id = cx.new_id();
    queries::insert_grant(tx, cx, &id, new)?;
    let detail = format!("{} {} {}", new.role.code(), new.organ_id.0, new.basis);
    record(tx, cx, "staff.grant", &new.account_id, &detail)?;
    Ok(id)
}

fn check_together(tx: &mut Tx<'_>, cx: &Cx, id: &AccountId, role: Role) -> Result<()> {
    let held = queries::grants_from(tx, &cx.site_id, id, &cx.today())?;
    if held.iter().all(|grant| permission::may_hold_together(grant.role, role)) {
        return Ok(());
    }
    Err(refused("系统管理员、安全管理员、审计管理员须由三个人分别担任，且不得兼任其他岗位"))
}

/// Ends a role after a day; a role that has not begun never begins.
pub fn end_grant(tx: &mut Tx<'_>, cx: &Cx, grant_id: &str, on: &str) -> Result<()> {
    let grant = queries::grant(tx, &cx.site_id, grant_id)?.ok_or(Error::NotFound)?;
    queries::end_grant(tx, &cx.site_id, grant_id, on)?;
    record(tx, cx, "staff.grant_end", &grant.account_id, &format!("{} {on}", grant.role.code()))
}

/// Moves the roles of an organ that ends to its successor: each ends the day before `on` and goes on from there, held by
/// the same person, with the basis of the change. Gives how many.
pub fn move_grants(
    tx: &mut Tx<'_>,
    cx: &Cx,
    (from, to): (&OrganId, &OrganId),
    (last_on, on): (&str, &str),
    basis: &str,
) -> Result<u64> {
    let held = queries::grants_of_organ(tx, &cx.site_id, from, on)?;
    for old in &held {
        let new = NewGrant {
            account_id: old.account_id.clone(),
            organ_id: to.clone(),
            role: old.role,
            from_on: on.max(old.from_on.as_str()).to_owned(),
            to_on: old.to_on.clone(),
            acting_for: old.acting_for.clone(),
            basis: basis.to_owned(),
        };
        end_grant(tx, cx, &old.id, last_on)?;
        insert_grant(tx, cx, &new)?;
    }
    Ok(held.len() as u64)
}

/// A holder lets a colleague act for him or her for a time (委托).
///
/// # Errors
/// Refused for administrators' roles, for a role that is held for somebody else, to oneself, without an end, or beyond
/// the end of the role itself.
pub fn delegate(
    tx: &mut Tx<'_>,
    cx: &Cx,
    own: &Grant,
    to: &AccountId,
    period: (&str, &str),
    basis: &str,
) -> Result<String> {
    if own.role.is_administrator() || own.acting_for.is_some() {
        return Err(refused("管理员岗位和受托的岗位不能再委托"));
    }
    if *to == own.account_id {
        return Err(refused("不能委托给自己"));
    }
    let (from_on, to_on) = period;
    if own.to_on.as_ref().is_some_and(|end| end.as_str() < to_on) {
        return Err(refused("委托的期限超过了本岗位的期限"));
    }
    let new = NewGrant {
        account_id: to.clone(),
        organ_id: own.organ_id.clone(),
        role: own.role,
        from_on: from_on.to_owned(),
        to_on: Some(to_on.to_owned()),
        acting_for: Some(own.account_id.clone()),
        basis: basis.to_owned(),
    };
    insert_grant(tx, cx, &new)
}

fn refused(sentence: &str) -> Error {
    Refusal::Invalid(sentence.to_owned()).into()
}

fn record(tx: &mut Tx<'_>, cx: &Cx, action: &'static str, id: &AccountId, detail: &str) -> Result<()> {
    audit::actions::record(tx, cx, Act { action, object_kind: "account", object_id: &id.0, detail })
}
