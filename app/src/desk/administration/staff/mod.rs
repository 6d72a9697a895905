//! Accounts (人员): the system administrator opens and closes them, the security administrator gives roles and ends
//! sessions. Passwords are never shown but once, when they are given.

pub mod account;
pub mod change;
mod first_password;
pub mod import;
pub mod list;
pub mod new;
pub mod queries;
#[cfg(test)]
mod tests;

use rules::permission::{Act, Role};

use crate::{
    desk::officer::Officer,
    error::{Error, Result},
    words,
};

/// Who sees accounts at all.
const SEEN_BY: [Act; 3] = [Act::ManageAccount, Act::GrantRole, Act::ManageSession];

/// Goes on only for somebody who keeps accounts, roles or sessions.
fn require_any(officer: &Officer) -> Result<()> {
    if SEEN_BY.iter().any(|act| officer.may(*act, None)) { Ok(()) } else { Err(Error::Forbidden) }
}

/// Every role with its word, for choices.
fn role_options() -> Vec<(String, String)> {
    Role::ALL.iter().map(|role| (role.code().to_owned(), words::role(*role).to_owned())).collect()
}
