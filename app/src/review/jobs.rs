//! What the clock does: cases follow texts that were changed, scheduled editions go public, late steps are told to
//! others. Each piece is a transaction of its own and may run any number of times.

use kit_db::Tx;
use rules::review::{Event, Hand, Stage};

use super::{Remark, dossier::Dossier, queries, telling, waiting, way};
use crate::{
    cx::Cx,
    error::Result,
    id::{CaseId, EditionId},
    publishing,
};

/// What is due on a site.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Due {
    /// Cases whose edition was written since they were last looked at.
    pub outdated: Vec<CaseId>,
    /// Cases with a step that is late and of which nobody was told.
    pub late: Vec<CaseId>,
}

/// Looks for what is due at the moment of `cx`: asked often, so that it must cost next to nothing.
pub fn due(tx: &mut Tx<'_>, cx: &Cx) -> Result<Due> {
    Ok(Due { outdated: queries::outdated_cases(tx, cx)?, late: queries::late_cases(tx, cx)? })
}

/// Lets a case follow its edition: a changed text goes to whoever must see it, and a scheduled edition whose time was
/// taken back with its document waits for somebody to publish it.
pub fn follow(tx: &mut Tx<'_>, cx: &Cx, case_id: &CaseId) -> Result<()> {
    let mut dossier = Dossier::find(tx, cx, case_id)?;
    if dossier.case.stage == Stage::Scheduled && dossier.edition.state == "draft" {
        let event = Event::Unschedule { by: Hand::of(&cx.actor) };
        dossier.apply(tx, cx, &event, &Remark::default())?;
    }
    if !dossier.follow_text(tx, cx)? {
        queries::note_edition_version(tx, cx, case_id)?;
    }
    Ok(())
}

/// Makes a due edition public; gives whether it is. With a case it must have come to the end of its way with exactly
/// this content; one without (a record brought along from another system) is published as it was scheduled.
pub fn publish_due(tx: &mut Tx<'_>, cx: &Cx, edition_id: &EditionId) -> Result<bool> {
    let mut dossier = Dossier::of_edition(tx, cx, edition_id)?;
    if dossier.row().is_none() {
        return publishing::jobs::publish_due(tx, cx, edition_id);
    }
    let event = Event::Due { seen: dossier.content().clone() };
    if dossier.case.after(&event).is_err() {
        publishing::actions::unschedule(tx, cx, edition_id)?;
        follow(tx, cx, &dossier.id)?;
        return Ok(false);
    }
    let published = publishing::jobs::publish_due(tx, cx, edition_id)?;
    let event = if published { event } else { Event::Unschedule { by: Hand::of(&cx.actor) } };
    dossier.apply(tx, cx, &event, &Remark::default())?;
    telling::decided(tx, cx, &dossier)?;
    Ok(published)
}

/// Cases that wait for a chair that is empty now, or for the disclosure office although the chair was filled. Asked once
/// a minute: somebody was appointed, or left. Only those are named that would wait for somebody else; one that cannot be read
/// is told to the log.
pub fn unsettled(tx: &mut Tx<'_>, cx: &Cx) -> Result<Vec<CaseId>> {
    let setting = way::setting(tx, cx)?;
    let mut unsettled = Vec::new();
    for case_id in queries::unsettled_cases(tx, cx, setting.one_step_only())? {
        let dossier = Dossier::find(tx, cx, &case_id);
        match dossier.and_then(|dossier| waiting::is_settled(tx, cx, &dossier)) {
            Ok(true) => {}
            Ok(false) => unsettled.push(case_id),
            Err(error) => tracing::error!(case = case_id.0, %error, "nobody knows for whom a case waits"),
        }
    }
    Ok(unsettled)
}

/// Lets a case wait for whoever holds the role now.
pub fn settle(tx: &mut Tx<'_>, cx: &Cx, case_id: &CaseId) -> Result<()> {
    let dossier = Dossier::find(tx, cx, case_id)?;
    waiting::renew(tx, cx, &dossier)
}

/// Tells of a late case whoever comes next, and the disclosure office.
pub fn escalate(tx: &mut Tx<'_>, cx: &Cx, case_id: &CaseId) -> Result<()> {
    let dossier = Dossier::find(tx, cx, case_id)?;
    telling::late(tx, cx, &dossier)?;
    queries::note_escalated(tx, cx, case_id)?;
    Ok(())
}
