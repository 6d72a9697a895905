//! Staff (工作人员): accounts, the roles they hold for organs, signing in with a second factor, sessions.
//!
//! A role is held for an organ and for a time; acting for somebody (代理) and delegation (委托) are roles with an end and
//! a name. What a role may do is the table in `rules::permission`; which step of a record a person may take is the
//! business of `review`.

pub mod actions;
pub mod password;
pub mod queries;
pub mod roster;
pub mod second_factor;
pub mod session;
pub mod sign_in;
#[cfg(test)]
mod tests;

use rules::permission::{self, Act, Reach, Role};

use crate::id::{AccountId, OrganId};

/// An account as it stands.
#[derive(Debug, Clone)]
pub struct Account {
    /// Identity.
    pub id: AccountId,
    /// What the person types to sign in; also the actor in the audit log.
    pub login: String,
    /// The person's name, as colleagues see it.
    pub name: String,
    /// May it sign in?
    pub state: AccountState,
    /// PHC string of the password (Argon2id).
    pub password_hash: String,
    /// When the password was set, milliseconds UTC.
    pub password_set_at: i64,
    /// The password was given by somebody else and must be changed first.
    pub must_change_password: bool,
    /// Wrong passwords in a row.
    pub n_failures: i64,
    /// Until when it is locked after too many of them.
    pub locked_until: Option<i64>,
    /// Whether the second factor is set up.
    pub has_second_factor: bool,
    /// Version, for lost races.
    pub version: i64,
}

/// Whether an account may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountState {
    /// It may sign in.
    Active,
    /// Closed: its history stays, nobody signs in with it.
    Closed,
}

impl AccountState {
    /// The stored word.
    pub fn code(self) -> &'static str {
        match self {
            AccountState::Active => "active",
            AccountState::Closed => "closed",
        }
    }
}

/// What an administrator sets of a new account.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// Login: small letters, digits, hyphens, dots; unique on the site.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// E-mail address; may be empty.
    pub email: String,
    /// Telephone; may be empty.
    pub phone: String,
    /// PHC string of the first password.
    pub password_hash: String,
    /// Whether it must be changed at the first sign-in.
    pub must_change_password: bool,
}

/// A role held for an organ, for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Identity.
    pub id: String,
    /// Who holds it.
    pub account_id: AccountId,
    /// For which organ.
    pub organ_id: OrganId,
    /// The role.
    pub role: Role,
    /// First day.
    pub from_on: String,
    /// Last day; open where there is none.
    pub to_on: Option<String>,
    /// For whom the holder acts, where the role is another's.
    pub acting_for: Option<AccountId>,
    /// The document or reason behind it.
    pub basis: String,
}

/// What is set of a new grant.
#[derive(Debug, Clone)]
pub struct NewGrant {
    /// Who is to hold it.
    pub account_id: AccountId,
    /// For which organ.
    pub organ_id: OrganId,
    /// The role.
    pub role: Role,
    /// First day.
    pub from_on: String,
    /// Last day.
    pub to_on: Option<String>,
    /// For whom the holder acts.
    pub acting_for: Option<AccountId>,
    /// The document or reason behind it.
    pub basis: String,
}

/// Whether the holder of `grants` may do `act` to what `organ` answers for; without an organ, whether to anything at all.
pub fn may(grants: &[Grant], act: Act, organ: Option<&OrganId>) -> bool {
    grants.iter().any(|grant| match permission::reach(grant.role, act) {
        Reach::Nowhere => false,
        Reach::WholeSite => true,
        Reach::OwnOrgan => organ.is_none_or(|organ| *organ == grant.organ_id),
    })
}

/// The organs to whose records the holder of `grants` may do `act`; `None` is every organ of the site.
pub fn organs(grants: &[Grant], act: Act) -> Option<Vec<OrganId>> {
    let mut organs = Vec::new();
    for grant in grants {
        match permission::reach(grant.role, act) {
            Reach::Nowhere => {}
            Reach::WholeSite => return None,
            Reach::OwnOrgan if organs.contains(&grant.organ_id) => {}
            Reach::OwnOrgan => organs.push(grant.organ_id.clone()),
        }
    }
    Some(organs)
}
