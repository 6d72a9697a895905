//! Messages about cases, said to the log until officers have a place to read them.

use kit_db::Tx;

use crate::{cx::Cx, error::Result, id::AccountId};

/// What a message is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Something waits for the officer.
    Task,
    /// Something came back.
    Returned,
    /// A step of one's own matter was taken.
    Progress,
    /// Something is overdue.
    Due,
}

/// What an officer is to be told.
#[derive(Debug, Clone, Copy)]
pub struct Message<'a> {
    /// What it is about.
    pub kind: Kind,
    /// One sentence.
    pub text: &'a str,
    /// Where to act.
    pub href: &'a str,
}

/// Tells an officer something.
pub fn tell(_tx: &mut Tx<'_>, _cx: &Cx, to: &AccountId, message: Message<'_>) -> Result<()> {
    tracing::debug!(to = to.0, kind = ?message.kind, text = message.text, href = message.href, "told");
    Ok(())
}
