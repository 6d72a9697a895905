//! The last days of open steps when the working calendar changes: each step keeps the working days it was given.

use kit_db::Tx;
use rules::calendar::Calendar;

use super::{
    queries,
    waiting::{OpenStep, Work},
};
use crate::{
    cx::{Cx, civil_of},
    error::Result,
    id::{CaseId, OrganId},
};

/// A step whose last day moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedStep {
    /// The case.
    pub case_id: CaseId,
    /// Place among its open steps.
    pub position: i64,
    /// What is to be done.
    pub work: Work,
    /// The organ that answers for the record.
    pub organ_id: Option<OrganId>,
    /// Since when, milliseconds UTC.
    pub since_at: i64,
    /// The last day as it stands.
    pub before: String,
    /// The last day as it will be.
    pub after: String,
}

/// An open step with its place.
pub struct PlacedStep {
    /// The case.
    pub case_id: CaseId,
    /// Place among its open steps.
    pub position: i64,
    /// The organ that answers for the record.
    pub organ_id: Option<OrganId>,
    /// The step.
    pub step: OpenStep,
}

/// The open steps whose last day another calendar moves.
pub fn moved(tx: &mut Tx<'_>, cx: &Cx, before: &Calendar, after: &Calendar) -> Result<Vec<MovedStep>> {
    let moved = |placed: PlacedStep| {
        let PlacedStep { case_id, position, organ_id, step } = placed;
        let due = step.due_on.parse().ok()?;
        let to = before.moved_to(after, civil_of(step.since_at), due)?;
        Some(MovedStep {
            case_id,
            position,
            work: step.work,
            organ_id,
            since_at: step.since_at,
            before: step.due_on,
            after: to.to_string(),
        })
    };
    Ok(queries::all_open_steps(tx, &cx.site_id)?.into_iter().filter_map(moved).collect())
}

/// Moves them. One that is in time again is told of anew when it gets late.
pub fn move_to(tx: &mut Tx<'_>, cx: &Cx, steps: &[MovedStep]) -> Result<()> {
    for step in steps {
        queries::set_due(tx, cx, step)?;
    }
    Ok(())
}
