//! What somebody may decide about a case, found out by trying it on the rules: a form is shown exactly where its act would
//! be done, and where it would not, why not.

use kit_db::Tx;
use rules::{
    permission::Act,
    review::{Case, Event, Gate, Person, ReturnTo, Stage, Step, Verdict},
};

use super::names::{self, Names};
use crate::{
    cx::Cx,
    error::{Error, Refusal, Result},
    review::{
        Actor,
        dossier::{self, Dossier},
        links::Link,
        queries,
    },
    words,
};

/// A step that this person could be asked to take.
pub struct Task {
    /// What staff call it.
    pub name: String,
    /// The word of its gate, in forms.
    pub gate: &'static str,
    /// Number of the round, in forms.
    pub round: i64,
    /// Number of the party, in forms.
    pub party: usize,
    /// Whom it can be returned to.
    pub authors: Vec<(String, String)>,
    /// Earlier gates it can be returned to: value and name.
    pub gates: Vec<(String, String)>,
    /// Why this person may not take it, where that is so.
    pub why_not: Option<String>,
    /// Whether a one-time link can be issued for it.
    pub may_issue_link: bool,
}

impl Task {
    /// Whether the step is of that gate.
    pub fn is(&self, gate: &str) -> bool {
        self.gate == gate
    }

    /// The button that approves.
    pub fn verb(&self) -> &'static str {
        match self.gate {
            "sign_off" => "签发",
            "secrecy" => "审查通过",
            _ => "审核通过",
        }
    }
}

/// What else this person may do with a case.
#[derive(Default)]
pub struct Powers {
    /// See it at all.
    pub may_see: bool,
    /// Take the submission back.
    pub may_recall: bool,
    /// Submit it (again).
    pub may_submit: bool,
    /// Publish it now or at a time.
    pub may_publish: bool,
    /// Take the time back.
    pub may_unschedule: bool,
    /// Publish it in an emergency.
    pub may_publish_emergency: bool,
    /// Review the emergency afterwards.
    pub may_review_afterwards: bool,
    /// Links issued for it, with what became of each.
    pub links: Vec<LinkLine>,
}

/// A link that was issued.
pub struct LinkLine {
    /// Its mark, in forms.
    pub mark: String,
    /// Who holds it.
    pub holder: String,
    /// Who issued it, when, until when.
    pub issued: String,
    /// 有效, 已使用, 已作废, 已过期
    pub state: &'static str,
    /// Whether it can still be used.
    pub is_good: bool,
}

/// What a person may do.
pub fn of(
    tx: &mut Tx<'_>,
    cx: &Cx,
    actor: &Actor,
    dossier: &Dossier,
    names: &Names,
) -> Result<(Vec<Task>, Powers)> {
    let case = present(dossier);
    let mut tasks = Vec::new();
    for step in case.open_steps() {
        tasks.extend(task(tx, cx, actor, dossier, (&case, step), names)?);
    }
    let powers = powers(tx, cx, actor, dossier, (&case, &tasks), names)?;
    Ok((tasks, powers))
}

/// The case as it would stand if it knew the present text.
fn present(dossier: &Dossier) -> Case {
    if dossier.row().is_none() || *dossier.content() == dossier.case.content {
        return dossier.case.clone();
    }
    let by = dossier.case.authors.first().cloned().unwrap_or(Person(String::new()));
    let event = Event::TextChanged { by, content: dossier.content().clone() };
    dossier.case.after(&event).unwrap_or_else(|_| dossier.case.clone())
}

fn task(
    tx: &mut Tx<'_>,
    cx: &Cx,
    actor: &Actor,
    dossier: &Dossier,
    (case, step): (&Case, Step),
    names: &Names,
) -> Result<Option<Task>> {
    let may_issue_link = crate::review::links::may_issue(tx, cx, actor, dossier, step)?;
    let hand = match dossier.hand(tx, cx, actor, step) {
        Ok(hand) => Some(hand),
        Err(Error::Forbidden) => None,
        Err(error) => return Err(error),
    };
    if hand.is_none() && !may_issue_link {
        return Ok(None);
    }
    let seen = dossier.content().clone();
    let authors: Vec<Person> = case.authors.iter().cloned().collect();
    let verdict = match step.gate {
        Gate::Publication => Verdict::Return(ReturnTo::Authors(authors.clone())),
        _ => Verdict::Approve,
    };
    let why_not = match hand {
        Some(hand) => case.after(&Event::Decide { step, verdict, hand, seen }).err(),
        None => None,
    };
    let (gate, round) = crate::review::gate_words(step.gate);
    Ok(Some(Task {
        name: names::gate(step.gate, Some(&case.way)),
        gate,
        round,
        party: step.party,
        authors: authors.into_iter().map(|person| (person.0.clone(), names.person(&person.0))).collect(),
        gates: earlier_gates(case, step.gate),
        why_not: why_not.map(|refusal| words::refusal(&Refusal::Review(refusal))),
        may_issue_link,
    }))
}

fn earlier_gates(case: &Case, gate: Gate) -> Vec<(String, String)> {
    let rounds = (0..case.way.rounds().len()).map(Gate::Round);
    let all = rounds.chain([Gate::Secrecy, Gate::SignOff]);
    let named = |earlier: Gate| {
        let (word, round) = crate::review::gate_words(earlier);
        (format!("{word}-{round}"), names::gate(earlier, Some(&case.way)))
    };
    all.filter(|earlier| *earlier < gate).map(named).collect()
}

fn powers(
    tx: &mut Tx<'_>,
    cx: &Cx,
    actor: &Actor,
    dossier: &Dossier,
    (case, tasks): (&Case, &[Task]),
    names: &Names,
) -> Result<Powers> {
    let own = dossier.organ();
    let mut hand = |act| match dossier::hand(tx, cx, actor, act, own) {
        Ok(hand) => Ok(Some(hand)),
        Err(Error::Forbidden) => Ok(None),
        Err(error) => Err(error),
    };
    let (reads, drafts) = (hand(Act::ReadDrafts)?, hand(Act::Draft)?);
    let (publishes, emergency) = (hand(Act::Publish)?, hand(Act::PublishEmergency)?);
    let me = Person(actor.login.clone());
    let seen = dossier.content().clone();
    let would = |event: Event| case.after(&event).is_ok();
    let is_author = case.authors.contains(&me);
    let with_authors = matches!(case.stage, Stage::Draft | Stage::Returned | Stage::Recalled);
    let emergency_now = emergency.clone().is_some_and(|hand| {
        would(Event::PublishEmergency { hand, seen: seen.clone() })
            && case.stage != Stage::At(Gate::Publication)
    });
    let may_see = reads.is_some() || is_author || !tasks.is_empty();
    let may_publish = publishes.clone().is_some_and(|by| would(Event::Publish { by, seen }))
        && case.stage != Stage::Scheduled;
    let links = if reads.is_some() { queries::links(tx, &cx.site_id, &dossier.id)? } else { Vec::new() };
    Ok(Powers {
        may_see,
        may_recall: drafts.is_some() && would(Event::Recall { by: me }),
        may_submit: with_authors && drafts.is_some(),
        may_publish,
        may_unschedule: publishes.is_some_and(|by| would(Event::Unschedule { by })),
        may_publish_emergency: emergency_now,
        may_review_afterwards: emergency
            .is_some_and(|hand| would(Event::ReviewAfterwards { hand, upheld: true })),
        links: links.iter().map(|link| link_line(cx, names, link)).collect(),
    })
}

fn link_line(cx: &Cx, names: &Names, link: &Link) -> LinkLine {
    let state = match (link.used_at, link.withdrawn_at) {
        (Some(_), _) => "已使用",
        (_, Some(_)) => "已作废",
        _ if link.is_good(cx) => "有效",
        _ => "已过期",
    };
    let by = names.person(&link.issued_by);
    let (at, until) = (names::moment(link.issued_at), names::moment(link.expires_at));
    LinkLine {
        mark: link.mark.clone(),
        holder: link.holder.clone(),
        issued: format!("{by}　{at}签发，{until}前有效"),
        state,
        is_good: link.is_good(cx),
    }
}
