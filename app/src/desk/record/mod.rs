//! The pages of one record over all its editions: overview, comparison, and what is asked about it once it is public
//! (更正、撤回、废止). They read; every change is an action of `standing` or `review`.

pub mod change;
pub mod compare;
pub mod overview;
mod queries;
pub mod request;
#[cfg(test)]
mod tests;

use rules::permission::Act;

use super::officer::Officer;
use crate::{
    document::Document,
    error::{Error, Result},
};

/// Whether this person may do something to a record. A record for which no organ answers is reached only by those who
/// reach the whole site.
pub fn may(officer: &Officer, act: Act, document: &Document) -> bool {
    match (officer.organs(act), &document.responsible_organ_id) {
        (None, _) => true,
        (Some(organs), Some(organ)) => organs.contains(organ),
        (Some(_), None) => false,
    }
}

/// Goes on only where [`may`] read; what somebody may not see is not there.
///
/// # Errors
/// Not found otherwise.
pub fn see(officer: &Officer, document: &Document) -> Result<()> {
    if may(officer, Act::ReadDrafts, document) { Ok(()) } else { Err(Error::NotFound) }
}
