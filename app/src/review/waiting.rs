//! For whom a case waits: the holders of a role for an organ, or its authors; since when and until when.

use std::collections::BTreeSet;

use kit_db::Tx;
use rules::{
    permission::Role,
    review::{Deed, Event, Gate, ReturnTo, Stage, Step, Verdict},
};

use super::{Actor, dossier::Dossier, queries, telling, way};
use crate::{
    cx::{Cx, civil_of},
    error::{Error, Result},
    id::{AccountId, CaseId, EditionId, OrganId},
    staff,
};

/// What somebody has to do about a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// Take a step of the way.
    Take(Step),
    /// Review an emergency publication afterwards.
    ReviewAfterwards,
    /// Mend a text that came back.
    Mend,
}

/// A piece of work that waits for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenStep {
    /// What is to be done.
    pub work: Work,
    /// Holders of this role are asked.
    pub role: Option<Role>,
    /// For this organ; without one, for the whole site.
    pub organ_id: Option<OrganId>,
    /// Or one account, by its login.
    pub login: Option<String>,
    /// Since when, milliseconds UTC.
    pub since_at: i64,
    /// The last day on which it is in time.
    pub due_on: String,
    /// When others were told that it is late.
    pub escalated_at: Option<i64>,
}

impl OpenStep {
    /// The role that nobody has who may take the step (空岗): the disclosure office is asked instead, which can neither
    /// review secrecy nor sign. It can see to it that somebody is appointed.
    pub fn vacancy(&self) -> Option<Role> {
        match (self.work, self.role) {
            (Work::Take(step), Some(Role::DisclosureOffice)) => match step.gate {
                Gate::Secrecy => Some(Role::SecrecyReviewer),
                Gate::SignOff => Some(Role::Signer),
                Gate::Round(_) | Gate::Publication => None,
            },
            _ => None,
        }
    }

    /// Whether it asks the same of the same, whenever it began.
    fn is_same_as(&self, other: &OpenStep) -> bool {
        let told = |step: &OpenStep| (step.work, step.role, step.organ_id.clone(), step.login.clone());
        told(self) == told(other)
    }
}

/// A piece of work with the record it is about, for lists.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// The case.
    pub case_id: CaseId,
    /// The edition.
    pub edition_id: EditionId,
    /// Title of the edition.
    pub title: String,
    /// The organ that answers for the record.
    pub organ_id: Option<OrganId>,
    /// Who submitted it, by login.
    pub submitted_by: Option<String>,
    /// Whether it is public by emergency.
    pub emergency: bool,
    /// What is to be done and by when.
    pub step: OpenStep,
}

impl Waiting {
    /// Whether its last day is over.
    pub fn is_overdue(&self, cx: &Cx) -> bool {
        self.step.due_on < cx.today()
    }
}

/// Everything that waits for somebody, the most urgent first. Records whose text the person wrote, or on which the
/// person has taken another step, wait for colleagues.
pub fn waiting_for(tx: &mut Tx<'_>, cx: &Cx, actor: &Actor) -> Result<Vec<Waiting>> {
    let setting = way::setting(tx, cx)?;
    let mut found = queries::waiting_for_login(tx, &cx.site_id, &actor.login)?;
    let mut seen = BTreeSet::new();
    for grant in &actor.grants {
        if seen.insert((grant.role, grant.organ_id.clone())) {
            let asked = (grant.role, &grant.organ_id);
            found.extend(queries::waiting_for_role(
                tx,
                &cx.site_id,
                asked,
                &actor.login,
                setting.one_step_only(),
            )?);
        }
    }
    let mut listed = BTreeSet::new();
    // A parallel round may ask one person in two ways; it is one line of work all the same.
    found.retain(|waiting| listed.insert(waiting.case_id.clone()));
    found.sort_by(|a, b| (&a.step.due_on, a.step.since_at).cmp(&(&b.step.due_on, b.step.since_at)));
    Ok(found)
}

/// Writes down for whom a case waits now, and tells those for whom it is new. What was waited for before goes on being
/// waited for since then.
pub fn renew(tx: &mut Tx<'_>, cx: &Cx, dossier: &Dossier) -> Result<()> {
    let Some(Renewed { steps, new }) = renewed(tx, cx, dossier)? else { return Ok(()) };
    queries::replace_open_steps(tx, cx, &dossier.id, &steps)?;
    for step in &new {
        telling::waits(tx, cx, dossier, step)?;
    }
    Ok(())
}

/// Whether a case waits for those for whom it should wait today.
pub fn is_settled(tx: &mut Tx<'_>, cx: &Cx, dossier: &Dossier) -> Result<bool> {
    Ok(renewed(tx, cx, dossier)?.is_none())
}

/// All steps for which a case waits, and those of them that are new.
struct Renewed {
    steps: Vec<OpenStep>,
    new: Vec<OpenStep>,
}

/// For whom a case waits today; none where that is written down already.
fn renewed(tx: &mut Tx<'_>, cx: &Cx, dossier: &Dossier) -> Result<Option<Renewed>> {
    let before = queries::open_steps(tx, &cx.site_id, &dossier.id)?;
    let mut steps = asked(tx, cx, dossier)?;
    let mut new = Vec::new();
    for step in &mut steps {
        match before.iter().find(|known| known.is_same_as(step)) {
            Some(known) => step.clone_from(known),
            None => new.push(step.clone()),
        }
    }
    Ok((steps != before).then_some(Renewed { steps, new }))
}

fn asked(tx: &mut Tx<'_>, cx: &Cx, dossier: &Dossier) -> Result<Vec<OpenStep>> {
    let setting = way::setting(tx, cx)?;
    match dossier.case.stage {
        Stage::At(gate) => {
            let due_on = due_on(cx, setting.step_days);
            let steps = dossier.case.open_steps();
            steps.into_iter().map(|step| asked_at(tx, cx, dossier, gate, step, &due_on)).collect()
        }
        Stage::Emergency => {
            let due_on = due_on(cx, setting.afterwards_days);
            let asked = (Role::Signer, dossier.organ().cloned());
            Ok(vec![asking(tx, cx, dossier, Work::ReviewAfterwards, (asked, &due_on))?])
        }
        Stage::Returned => Ok(to_mend(cx, dossier, &due_on(cx, setting.step_days))),
        _ => Ok(Vec::new()),
    }
}

fn asked_at(
    tx: &mut Tx<'_>,
    cx: &Cx,
    dossier: &Dossier,
    gate: Gate,
    step: Step,
    due_on: &str,
) -> Result<OpenStep> {
    let own = dossier.organ();
    let asked = match gate {
        Gate::Round(round) => {
            let parties = dossier.case.way.rounds().get(round).map(way::parties).unwrap_or_default();
            parties.get(step.party).map_or((Role::Reviewer, own.cloned()), |party| party.asked(own))
        }
        Gate::Secrecy => (Role::SecrecyReviewer, own.cloned()),
        Gate::SignOff | Gate::Publication => (Role::Signer, own.cloned()),
    };
    asking(tx, cx, dossier, Work::Take(step), (asked, due_on))
}

/// Where nobody holds the role who may take the step, the disclosure office is asked instead, so that no work waits for
/// an empty chair.
fn asking(
    tx: &mut Tx<'_>,
    cx: &Cx,
    dossier: &Dossier,
    work: Work,
    ((role, organ_id), due_on): ((Role, Option<OrganId>), &str),
) -> Result<OpenStep> {
    let holders = staff::queries::holders(tx, &cx.site_id, role, organ_id.as_ref(), &cx.today())?;
    let (role, organ_id) = if somebody_may(tx, cx, dossier, work, &holders)? {
        (role, organ_id)
    } else {
        (Role::DisclosureOffice, None)
    };
    let (role, due_on) = (Some(role), due_on.to_owned());
    Ok(OpenStep { work, role, organ_id, login: None, since_at: cx.at, due_on, escalated_at: None })
}

/// Whether one of the holders of a role may take a step. It is not enough to hold the role: whoever wrote the text or, where
/// the site wants it so, took another step of it is as good as nobody.
fn somebody_may(
    tx: &mut Tx<'_>,
    cx: &Cx,
    dossier: &Dossier,
    work: Work,
    holders: &[AccountId],
) -> Result<bool> {
    let step = match work {
        Work::Take(step) if step.gate != Gate::Publication => step,
        _ => return Ok(!holders.is_empty()),
    };
    for id in holders {
        let Some(account) = staff::queries::account(tx, &cx.site_id, id)? else { continue };
        let grants = staff::queries::grants_on(tx, &cx.site_id, id, &cx.today())?;
        let hand = match dossier.hand(tx, cx, &Actor { login: account.login, grants }, step) {
            Ok(hand) => hand,
            Err(Error::Forbidden) => continue,
            Err(error) => return Err(error),
        };
        let seen = dossier.case.content.clone();
        if dossier.case.after(&Event::Decide { step, verdict: Verdict::Approve, hand, seen }).is_ok() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A returned case waits for exactly those to whom it was returned; a refused one for all its authors.
fn to_mend(cx: &Cx, dossier: &Dossier, due_on: &str) -> Vec<OpenStep> {
    let last = dossier.case.entries.last().map(|entry| &entry.deed);
    let logins: Vec<String> = match last {
        Some(Deed::Returned(_, ReturnTo::Authors(persons))) => persons.iter().map(|p| p.0.clone()).collect(),
        _ => dossier.case.authors.iter().map(|person| person.0.clone()).collect(),
    };
    let mend = |login: String| OpenStep {
        work: Work::Mend,
        role: None,
        organ_id: None,
        login: Some(login),
        since_at: cx.at,
        due_on: due_on.to_owned(),
        escalated_at: None,
    };
    logins.into_iter().map(mend).collect()
}

/// The last day of a limit in working days that begins today. Beyond the end of the calendar there is no limit to keep.
fn due_on(cx: &Cx, working_days: u32) -> String {
    let today = civil_of(cx.at);
    let due = cx.calendar().add_working_days(today, working_days);
    due.unwrap_or(today).to_string()
}
