//! What the clock does: scheduled editions go live, validity that changed by date is brought up to date. Both may run
//! any number of times; a crash between two runs loses nothing because what is due is read from the rows.

use kit_db::Tx;

use super::{actions, queries, validity};
use crate::{
    cx::Cx,
    error::{Error, Result},
    id::EditionId,
};

/// What is due on a site.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Due {
    /// Scheduled editions whose hour has come, the earliest first.
    pub editions: Vec<EditionId>,
    /// Whether the validity of any document has changed by date.
    pub validity: bool,
}

/// Looks for what is due at the moment of `cx`: asked often, so that it must cost next to nothing.
pub fn due(tx: &mut Tx<'_>, cx: &Cx) -> Result<Due> {
    Ok(Due { editions: queries::due_editions(tx, cx)?, validity: queries::is_validity_due(tx, cx)? })
}

/// Makes one due edition live, in a transaction of its own so that a broken one holds up no other; gives whether it is.
/// What was ready when it was scheduled may lack something now: then it is a draft again for a person to look at.
pub fn publish_due(tx: &mut Tx<'_>, cx: &Cx, edition_id: &EditionId) -> Result<bool> {
    match actions::publish(tx, cx, edition_id) {
        Ok(_) => Ok(true),
        Err(Error::Refused(_)) => actions::unschedule(tx, cx, edition_id).map(|()| false),
        Err(error) => Err(error),
    }
}

/// Brings every validity up to date; gives how many documents changed.
pub fn revalue_due(tx: &mut Tx<'_>, cx: &Cx) -> Result<usize> {
    validity::refresh_due(tx, cx)
}
