//! What the clock does: scheduled editions go live, validity that changed by date is brought up to date. Both may run
//! any number of times; a crash between two runs loses nothing because what is due is read from the rows.

use kit_db::Tx;

use super::{actions, queries, validity};
use crate::{cx::Cx, error::Result};

/// What one run did.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Done {
    /// Editions that went live.
    pub published: usize,
    /// Editions that could not, and are drafts again.
    pub returned: usize,
    /// Documents whose validity changed.
    pub revalued: usize,
}

/// Does for one site what is due at the moment of `cx`.
pub fn run_due(tx: &mut Tx<'_>, cx: &Cx) -> Result<Done> {
    let mut done = Done::default();
    for edition_id in queries::due_editions(tx, cx)? {
        match actions::publish(tx, cx, &edition_id) {
            Ok(_) => done.published += 1,
            // What was ready when it was scheduled may lack something now: a person must look at it.
            Err(crate::error::Error::Refused(_)) => {
                actions::unschedule(tx, cx, &edition_id)?;
                done.returned += 1;
            }
            Err(error) => return Err(error),
        }
    }
    done.revalued = validity::refresh_due(tx, cx)?;
    Ok(done)
}

/// Whether [`run_due`] would do anything: asked often, so that it must cost next to nothing.
pub fn is_anything_due(tx: &mut Tx<'_>, cx: &Cx) -> Result<bool> {
    Ok(queries::is_anything_due(tx, cx)?)
}
