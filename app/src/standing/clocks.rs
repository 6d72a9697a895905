//! The last days of requests that wait for a second person, when the working calendar changes.

use kit_db::Tx;
use rules::calendar::Calendar;

use super::queries;
use crate::{
    cx::{Cx, civil_of},
    document,
    error::Result,
    id::{OrganId, RequestId},
};

/// A request whose last day moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedRequest {
    /// The request.
    pub id: RequestId,
    /// What is asked: its code.
    pub kind: &'static str,
    /// The organ that answers for the record.
    pub organ_id: Option<OrganId>,
    /// When it was made, milliseconds UTC.
    pub requested_at: i64,
    /// The last day as it stands.
    pub before: String,
    /// The last day as it will be.
    pub after: String,
}

/// The open requests whose last day another calendar moves.
pub fn moved(tx: &mut Tx<'_>, cx: &Cx, before: &Calendar, after: &Calendar) -> Result<Vec<MovedRequest>> {
    let mut moved = Vec::new();
    for request in queries::open(tx, &cx.site_id)? {
        let Some(due_on) = request.due_on else { continue };
        let Ok(due) = due_on.parse() else { continue };
        let Some(to) = before.moved_to(after, civil_of(request.requested_at), due) else { continue };
        moved.push(MovedRequest {
            organ_id: document::actions::find(tx, cx, &request.document_id)?.responsible_organ_id,
            id: request.id,
            kind: request.kind.code(),
            requested_at: request.requested_at,
            before: due_on,
            after: to.to_string(),
        });
    }
    Ok(moved)
}

/// Moves them.
pub fn move_to(tx: &mut Tx<'_>, cx: &Cx, requests: &[MovedRequest]) -> Result<()> {
    for request in requests {
        queries::set_due(tx, cx, &request.id, &request.after)?;
    }
    Ok(())
}
