//! Sessions: what a browser shows after signing in. The token is known to the browser alone; the row holds its mark.
//! A session ends by itself after idle time and at the latest after half a day, and by its holder or the security
//! administrator at any time.

use kit_db::Tx;

use super::{Account, Grant, queries};
use crate::{
    audit::{self, Act},
    cx::Cx,
    error::Result,
    id::{AccountId, SiteId},
    secret::Secrets,
};

/// A session lives at most this long, milliseconds.
const LONGEST: i64 = 12 * 60 * 60 * 1_000;
/// How exactly the last request is remembered: a write for each request would cost more than the page.
const SEEN_EVERY: i64 = 60 * 1_000;

/// How far somebody has come with signing in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The password was right, the second factor is still to come.
    Password,
    /// Signed in.
    Full,
}

impl Stage {
    /// The stored word.
    pub fn code(self) -> &'static str {
        match self {
            Stage::Password => "password",
            Stage::Full => "full",
        }
    }
}

/// A session as it stands.
#[derive(Debug, Clone)]
pub struct Session {
    /// Mark of its token.
    pub hash: String,
    /// Whose it is.
    pub account_id: AccountId,
    /// How far it has come.
    pub stage: Stage,
    /// When it began.
    pub created_at: i64,
    /// When it was last used, to the minute.
    pub seen_at: i64,
    /// When it was ended.
    pub ended_at: Option<i64>,
    /// Address it was opened from.
    pub address: String,
    /// Browser it was opened with.
    pub agent: String,
}

/// Where a session is opened from.
#[derive(Debug, Clone, Default)]
pub struct Client {
    /// The client's address.
    pub address: String,
    /// What its browser says of itself; cut short.
    pub agent: String,
}

/// Who is signed in.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The account.
    pub account: Account,
    /// Roles that hold today.
    pub grants: Vec<Grant>,
    /// The session.
    pub session: Session,
}

impl SignedIn {
    /// Whether the last request is so long ago that it must be written down anew.
    pub fn is_to_be_touched(&self, now: i64) -> bool {
        now - self.session.seen_at >= SEEN_EVERY
    }
}

/// The mark under which a token's session is kept.
pub fn mark(secrets: &Secrets, token: &str) -> String {
    secrets.mark("session", token)
}

/// Opens a session for `token`.
pub fn open(
    tx: &mut Tx<'_>,
    cx: &Cx,
    account_id: &AccountId,
    stage: Stage,
    token: &str,
    client: &Client,
) -> Result<()> {
    let session = Session {
        hash: mark(&cx.secrets, token),
        account_id: account_id.clone(),
        stage,
        created_at: cx.at,
        seen_at: cx.at,
        ended_at: None,
        address: client.address.clone(),
        agent: client.agent.chars().take(200).collect(),
    };
    queries::insert_session(tx, &cx.site_id, &session)?;
    Ok(())
}

/// Who shows the session of this mark at `cx.at`; none where it has ended by itself, was ended, or the account is closed.
pub fn find(tx: &mut Tx<'_>, cx: &Cx, hash: &str, idle_minutes: u32) -> Result<Option<SignedIn>> {
    let Some(session) = queries::session(tx, &cx.site_id, hash)? else { return Ok(None) };
    let Some(account) = queries::account(tx, &cx.site_id, &session.account_id)? else { return Ok(None) };
    let grants = queries::grants_on(tx, &cx.site_id, &account.id, &cx.today())?;
    let signed_in = SignedIn { account, grants, session };
    Ok(is_alive(&signed_in, cx.at, idle_minutes).then_some(signed_in))
}

/// Administrators' sessions end after half the idle time (domain 12.1).
fn is_alive(signed_in: &SignedIn, now: i64, idle_minutes: u32) -> bool {
    let session = &signed_in.session;
    let is_administrator = signed_in.grants.iter().any(|grant| grant.role.is_administrator());
    let minutes = i64::from(if is_administrator { idle_minutes.div_ceil(2) } else { idle_minutes });
    session.ended_at.is_none()
        && signed_in.account.state == super::AccountState::Active
        && now - session.seen_at < minutes * 60_000
        && now - session.created_at < LONGEST
}

/// Remembers that the session was used.
pub fn touch(tx: &mut Tx<'_>, site_id: &SiteId, hash: &str, at: i64) -> Result<()> {
    Ok(queries::touch_session(tx, site_id, hash, at)?)
}

/// Ends one session of an account; nothing happens where it has ended.
pub fn end(tx: &mut Tx<'_>, cx: &Cx, account_id: &AccountId, hash: &str) -> Result<()> {
    if queries::end_session(tx, &cx.site_id, account_id, hash, cx.at)? > 0 {
        let act =
            Act { action: "staff.session_end", object_kind: "account", object_id: &account_id.0, detail: "" };
        audit::actions::record(tx, cx, act)?;
    }
    Ok(())
}

/// Ends every session of an account but the one of `kept`.
pub fn end_others(tx: &mut Tx<'_>, cx: &Cx, account_id: &AccountId, kept: Option<&str>) -> Result<()> {
    queries::end_other_sessions(tx, &cx.site_id, account_id, kept.unwrap_or_default(), cx.at)?;
    Ok(())
}
