//! The verbs of the way: submit, approve, return, recall, sign, publish, schedule. Each may be sent twice (a second
//! click, another tab, a retry) and does its work once; each is refused to whoever may not do it.

use kit_db::Tx;
use rules::review::{Event, Fingerprint, Gate, Person, ReturnTo, Stage, Step, Verdict};

use super::{
    Actor, Outcome, Remark,
    dossier::{self, Dossier},
    queries, telling, way,
};
use crate::{
    check,
    cx::{Cx, minute_of},
    document, draft,
    error::{Refusal, Result},
    id::{CaseId, EditionId},
    publishing,
};

/// A decision on what somebody saw.
#[derive(Debug, Clone)]
pub struct Judgement {
    /// Which step.
    pub step: Step,
    /// The digest of the content that was shown.
    pub seen: String,
    /// What is written beside it.
    pub remark: Remark,
}

/// Sends a draft on its way; a case is opened where there was none. Gives the case.
///
/// # Errors
/// Refused when something is missing or blocks publication, no organ answers for the record, or it is on its way already.
pub fn submit(
    tx: &mut Tx<'_>,
    cx: &Cx,
    actor: &Actor,
    edition_id: &EditionId,
    note: &str,
) -> Result<(CaseId, Outcome)> {
    let mut dossier = Dossier::of_edition(tx, cx, edition_id)?;
    document::actions::check_free(tx, cx, &dossier.document.id)?;
    if dossier.organ().is_none() {
        return Err(Refusal::Invalid("没有机关对这条信息负责，请先选择发布机构".to_owned()).into());
    }
    dossier::hand(tx, cx, actor, rules::permission::Act::Draft, dossier.organ())?;
    let way = way::of_column(tx, cx, &dossier.document.column_id)?;
    let (by, content) = (Person(actor.login.clone()), dossier.content().clone());
    let outcome = dossier.apply(tx, cx, &Event::Submit { by, way, content }, &Remark::new(note))?;
    if outcome == Outcome::Done {
        check_fit(tx, cx, &dossier)?;
    }
    Ok((dossier.id, outcome))
}

/// What must be in order before people are asked to look, and again before somebody signs.
fn check_fit(tx: &mut Tx<'_>, cx: &Cx, dossier: &Dossier) -> Result<()> {
    publishing::actions::check_ready(tx, cx, &dossier.document, &dossier.edition)?;
    check::actions::require_none_blocking(tx, cx, &dossier.edition.id)
}

/// A reviewer approves, or the signer signs: the last step before publication, with everything checked once more.
///
/// # Errors
/// Refused when the step may not be taken; the secrecy review has its own form.
pub fn approve(
    tx: &mut Tx<'_>,
    cx: &Cx,
    actor: &Actor,
    case_id: &CaseId,
    judgement: &Judgement,
) -> Result<Outcome> {
    if judgement.step.gate == Gate::Secrecy {
        return Err(Refusal::Invalid("保密审查须填写保密审查表".to_owned()).into());
    }
    decide(tx, cx, actor, case_id, judgement, Verdict::Approve)
}

/// Returns a case to authors or to an earlier gate, with the reason and the places in the text.
///
/// # Errors
/// Refused without a reason, or when the step may not be taken.
pub fn return_to(
    tx: &mut Tx<'_>,
    cx: &Cx,
    actor: &Actor,
    case_id: &CaseId,
    judgement: &Judgement,
    to: ReturnTo,
) -> Result<Outcome> {
    if judgement.remark.reason.is_empty() {
        return Err(Refusal::Invalid("退回必须写明原因，对方才知道改什么".to_owned()).into());
    }
    decide(tx, cx, actor, case_id, judgement, Verdict::Return(to))
}

fn decide(
    tx: &mut Tx<'_>,
    cx: &Cx,
    actor: &Actor,
    case_id: &CaseId,
    judgement: &Judgement,
    verdict: Verdict,
) -> Result<Outcome> {
    let mut dossier = Dossier::find(tx, cx, case_id)?;
    let Judgement { step, seen, remark } = judgement;
    let hand = dossier.hand(tx, cx, actor, *step)?;
    let signs = step.gate == Gate::SignOff && verdict == Verdict::Approve;
    let event = Event::Decide { step: *step, verdict, hand, seen: Fingerprint(seen.clone()) };
    let outcome = dossier.apply(tx, cx, &event, remark)?;
    if outcome == Outcome::Done {
        if signs {
            check_fit(tx, cx, &dossier)?;
        }
        telling::decided(tx, cx, &dossier)?;
    }
    Ok(outcome)
}

/// An author takes the submission back.
///
/// # Errors
/// Refused to anybody else, and once it is scheduled or public; forbidden to an author who drafts here no more.
pub fn recall(tx: &mut Tx<'_>, cx: &Cx, actor: &Actor, case_id: &CaseId, reason: &str) -> Result<Outcome> {
    let mut dossier = Dossier::find(tx, cx, case_id)?;
    let by = Person(actor.login.clone());
    if dossier.case.authors.contains(&by) {
        dossier::hand(tx, cx, actor, rules::permission::Act::Draft, dossier.organ())?;
    }
    dossier.apply(tx, cx, &Event::Recall { by }, &Remark::new(reason))
}

/// Makes a cleared edition public now.
///
/// # Errors
/// Refused while a step is open, or when the edition lacks something.
pub fn publish(tx: &mut Tx<'_>, cx: &Cx, actor: &Actor, case_id: &CaseId, seen: &str) -> Result<Outcome> {
    let mut dossier = Dossier::find(tx, cx, case_id)?;
    let by = dossier.hand(tx, cx, actor, Step::at(Gate::Publication))?;
    let event = Event::Publish { by, seen: Fingerprint(seen.to_owned()) };
    let outcome = dossier.apply(tx, cx, &event, &Remark::default())?;
    if outcome == Outcome::Done {
        publishing::actions::publish(tx, cx, &dossier.edition.id)?;
        telling::decided(tx, cx, &dossier)?;
    }
    Ok(outcome)
}

/// Sets the time at which a cleared edition goes public.
///
/// # Errors
/// As [`publish`]; also refused for a time that is over.
pub fn schedule(
    tx: &mut Tx<'_>,
    cx: &Cx,
    actor: &Actor,
    case_id: &CaseId,
    seen: &str,
    publish_at: i64,
) -> Result<Outcome> {
    let mut dossier = Dossier::find(tx, cx, case_id)?;
    let by = dossier.hand(tx, cx, actor, Step::at(Gate::Publication))?;
    let event = Event::Schedule { by, seen: Fingerprint(seen.to_owned()) };
    let outcome = dossier.apply(tx, cx, &event, &Remark::new(&minute_of(publish_at)))?;
    if outcome == Outcome::Done {
        publishing::actions::schedule(tx, cx, &dossier.edition.id, publish_at)?;
        telling::decided(tx, cx, &dossier)?;
    }
    Ok(outcome)
}

/// Takes the time back; the edition is cleared as before.
///
/// # Errors
/// Refused when there is no time.
pub fn unschedule(tx: &mut Tx<'_>, cx: &Cx, actor: &Actor, case_id: &CaseId) -> Result<Outcome> {
    let mut dossier = Dossier::find(tx, cx, case_id)?;
    let by = dossier.hand(tx, cx, actor, Step::at(Gate::Publication))?;
    let outcome = dossier.apply(tx, cx, &Event::Unschedule { by }, &Remark::default())?;
    if outcome == Outcome::Done {
        publishing::actions::unschedule(tx, cx, &dossier.edition.id)?;
    }
    Ok(outcome)
}

/// A text on its way is first recalled or returned: nobody takes it from under the eyes of those who look at it.
///
/// # Errors
/// Refused while it is on its way.
pub fn check_not_under_way(tx: &mut Tx<'_>, cx: &Cx, edition_id: &EditionId) -> Result<()> {
    let row = queries::case_of_edition(tx, &cx.site_id, edition_id)?;
    let rests = |stage| matches!(stage, Stage::Draft | Stage::Returned | Stage::Recalled);
    if row.is_none_or(|row| rests(row.stage)) {
        return Ok(());
    }
    Err(Refusal::Invalid("这一稿正在审签，请先撤回送审或者退回，再放弃".to_owned()).into())
}

/// Gives up an edition that was never public; its case, if it has one, waits for nobody any more. Who may do that is
/// found out by whoever asks.
///
/// # Errors
/// Refused while it is on its way; conflict when it is no draft.
pub fn discard(tx: &mut Tx<'_>, cx: &Cx, edition_id: &EditionId) -> Result<()> {
    check_not_under_way(tx, cx, edition_id)?;
    if let Some(row) = queries::case_of_edition(tx, &cx.site_id, edition_id)? {
        queries::replace_open_steps(tx, cx, &row.id, &[])?;
    }
    draft::actions::delete(tx, cx, edition_id)
}
