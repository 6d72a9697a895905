//! Messages to officers (消息): on the desk always, by e-mail where the officer wants it. A message is one sentence and the
//! address of the page where something is to be done; it holds no personal data, since letters leave the house.
//!
//! Letters are gathered: the first goes out a minute after what it tells of, further ones wait until ten minutes after
//! the one before and tell everything that came meanwhile. What was read at the desk in time is not mailed.

pub mod actions;
pub mod jobs;
mod letter;
pub mod queries;
#[cfg(test)]
mod tests;

use crate::id::MessageId;

/// What a message is about: what an officer may choose to have by e-mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Something waits for the officer (待我办理).
    Task,
    /// Something came back (被退回).
    Returned,
    /// A step of one's own matter was taken, or it is finished (办理进展).
    Progress,
    /// Something is due or overdue (到期提醒).
    Due,
    /// What the product itself has to say: an import is done, a job failed (系统消息).
    System,
}

impl Kind {
    /// Every kind, in the order of the preferences.
    pub const ALL: [Kind; 5] = [Kind::Task, Kind::Returned, Kind::Progress, Kind::Due, Kind::System];

    /// The word in the table.
    pub fn code(self) -> &'static str {
        match self {
            Kind::Task => "task",
            Kind::Returned => "returned",
            Kind::Progress => "progress",
            Kind::Due => "due",
            Kind::System => "system",
        }
    }

    /// What officers read.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Task => "待我办理",
            Kind::Returned => "退回修改",
            Kind::Progress => "办理进展",
            Kind::Due => "到期提醒",
            Kind::System => "系统消息",
        }
    }

    /// The kind of a word.
    pub fn of(code: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether it goes by e-mail where the officer has chosen nothing: what one must act on does.
    pub fn is_mailed_unasked(self) -> bool {
        matches!(self, Kind::Task | Kind::Returned | Kind::Due)
    }
}

/// What an officer is to be told.
#[derive(Debug, Clone, Copy)]
pub struct Message<'a> {
    /// What it is about.
    pub kind: Kind,
    /// One sentence, complete without its page.
    pub text: &'a str,
    /// Where to act: a path of the site, `/desk/…`.
    pub href: &'a str,
}

/// A message as it stands on the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    /// Its id.
    pub id: MessageId,
    /// What it is about.
    pub kind: Kind,
    /// The sentence.
    pub text: String,
    /// Where to act.
    pub href: String,
    /// When it came, milliseconds UTC.
    pub created_at: i64,
    /// When it was read.
    pub read_at: Option<i64>,
}
