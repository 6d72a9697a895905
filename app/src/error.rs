//! The one error type of the product: what an action can answer besides doing the thing. Mistakes in a form are not
//! errors (they are shown beside their fields), and the Chinese sentence for a refusal stands in `words`.

use std::fmt;

use kit_db::DbError;

use crate::check::shown::Shown;

/// Why an action was not done.
#[derive(Debug)]
pub enum Error {
    /// There is nothing of that name that the actor may see.
    NotFound,
    /// The actor's roles do not reach it.
    Forbidden,
    /// The rules say no, with a reason people can act on.
    Refused(Refusal),
    /// Somebody changed the same thing meanwhile.
    Conflict,
    /// Everything else: shown as an error page, the chain goes to the log.
    Unexpected(anyhow::Error),
}

/// A refusal by the rules of the procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The state of the document or edition does not allow the step.
    Step(rules::publication::PublicationRefusal),
    /// The edition lacks what publication needs.
    NotReady(Vec<rules::publication::Shortcoming>),
    /// The way to the public does not allow the step, or not to this person.
    Review(rules::review::ReviewRefusal),
    /// A request about a public record does not allow it, or not to this person.
    Request(rules::standing::RequestRefusal),
    /// A way that cannot be set.
    Way(rules::review::WayFault),
    /// A code (of an organ, a column, a site) is taken already.
    CodeTaken(String),
    /// A host name is served by another site already.
    HostTaken(String),
    /// There is no such thing of that code.
    Unknown {
        /// What was looked for, in the words of staff (栏目, 机构 …).
        what: &'static str,
        /// The code or name given.
        code: String,
    },
    /// The document is the public face of something else, which alone changes it.
    Kept(crate::document::Keeper),
    /// The uploaded file is of a kind that is not accepted.
    Attachment(String),
    /// The checks found what must be mended or justified first.
    Findings(Vec<Shown>),
    /// A value is not allowed; the sentence says which and what would be.
    Invalid(String),
}

/// What does not fit in a field: its name, and the sentence that says so.
pub type Wrong = (&'static str, String);

/// Refuses what does not fit; forms and tables show all of it, an action tells the first.
///
/// # Errors
/// Refused where there is anything.
pub fn refuse_wrong(wrong: Vec<Wrong>) -> Result<()> {
    match wrong.into_iter().next() {
        Some((_, sentence)) => Err(Refusal::Invalid(sentence).into()),
        None => Ok(()),
    }
}

/// The answer of an action.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl From<DbError> for Error {
    fn from(error: DbError) -> Error {
        Error::Unexpected(error.into())
    }
}

impl From<anyhow::Error> for Error {
    fn from(error: anyhow::Error) -> Error {
        Error::Unexpected(error)
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Error {
        Error::Unexpected(error.into())
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Error {
        Error::Unexpected(error.into())
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Error {
        Error::Refused(refusal)
    }
}

impl From<rules::publication::PublicationRefusal> for Error {
    fn from(refusal: rules::publication::PublicationRefusal) -> Error {
        Error::Refused(Refusal::Step(refusal))
    }
}

impl From<rules::review::ReviewRefusal> for Error {
    fn from(refusal: rules::review::ReviewRefusal) -> Error {
        Error::Refused(Refusal::Review(refusal))
    }
}

impl From<rules::standing::RequestRefusal> for Error {
    fn from(refusal: rules::standing::RequestRefusal) -> Error {
        Error::Refused(Refusal::Request(refusal))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::NotFound => f.write_str("没有找到"),
            Error::Forbidden => f.write_str("没有这项权限"),
            Error::Refused(refusal) => f.write_str(&crate::words::refusal(refusal)),
            Error::Conflict => f.write_str("其他人刚刚修改了同一内容，请刷新后再试"),
            Error::Unexpected(error) => write!(f, "{error:#}"),
        }
    }
}

impl std::error::Error for Error {}
