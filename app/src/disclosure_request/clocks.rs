//! The last days of open requests, when the working calendar changes.

use jiff::civil::Date;
use kit_db::Tx;
use rules::calendar::Calendar;

use super::queries;
use crate::{
    cx::Cx,
    error::Result,
    id::{DisclosureRequestId, OrganId},
};

/// A request whose last day of the reply moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedReply {
    /// The request.
    pub id: DisclosureRequestId,
    /// Its number in the register.
    pub number: String,
    /// Who answers.
    pub organ_id: OrganId,
    /// Day of receipt.
    pub received_on: Date,
    /// The last day as it stands.
    pub before: Date,
    /// The last day as it will be.
    pub after: Date,
}

/// The open requests whose last day is another one by the calendar `after`.
pub fn moved(tx: &mut Tx<'_>, cx: &Cx, after: &Calendar) -> Result<Vec<MovedReply>> {
    let mut moved = Vec::new();
    for request in queries::open(tx, &cx.site_id)? {
        let due_on = request.entry.due_on(after)?;
        if due_on != request.due_on {
            moved.push(MovedReply {
                id: request.id,
                number: request.entry.number,
                organ_id: request.entry.organ_id,
                received_on: request.entry.received_on,
                before: request.due_on,
                after: due_on,
            });
        }
    }
    Ok(moved)
}

/// Moves them.
pub fn move_to(tx: &mut Tx<'_>, cx: &Cx, replies: &[MovedReply]) -> Result<()> {
    for reply in replies {
        queries::set_due(tx, cx, &reply.id, reply.after)?;
    }
    Ok(())
}
