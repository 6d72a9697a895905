//! The steps of the demonstration's work: each is the action that a member of staff takes at the desk.

use anyhow::anyhow;
use kit_db::Tx;
use rules::{
    check::Code,
    review::{Gate, Person, ReturnTo, Step},
};
use serde::Deserialize;

use super::{
    staff,
    work::{Standing, body},
};
use crate::{
    check,
    cx::{Cx, civil_of, instant_of},
    document,
    error::Result,
    review::{
        self, Actor, Mark, Outcome, Remark,
        actions::Judgement,
        dossier::Dossier,
        secrecy::{self, SecrecyForm},
    },
    standing::{self, Grounds},
};

/// What somebody did.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Handling {
    /// Gave a reason for a finding.
    Justify {
        /// The rule.
        code: String,
        /// The reason.
        reason: String,
    },
    /// Sent it on its way.
    Submit {
        /// What the reviewers are told.
        #[serde(default)]
        note: String,
    },
    /// Wrote it anew.
    Rewrite {
        /// The body.
        body: String,
    },
    /// Approved a round.
    Approve {
        /// The opinion.
        #[serde(default)]
        opinion: String,
    },
    /// Returned it to its authors.
    Return {
        /// Why.
        reason: String,
        /// Where.
        marks: Vec<MarkedPlace>,
    },
    /// Passed the secrecy review.
    Secrecy(Form),
    /// Did not pass it.
    Refuse(Form),
    /// Signed it.
    Sign {
        /// The opinion.
        #[serde(default)]
        opinion: String,
    },
    /// Set the time of its publication.
    Schedule {
        /// Days from now.
        in_days: i32,
        /// Time of the day.
        publish_at: String,
    },
    /// Made it public.
    Publish,
    /// Opened a correction of the public record.
    Correct {
        /// Code of the reason.
        reason: String,
        /// What it changes.
        change: String,
        /// The body as it is to be.
        body: String,
    },
    /// Asked that it be withdrawn.
    Withdraw {
        /// Code of the reason.
        reason: String,
        /// What happened.
        note: String,
        /// Who was told.
        told: String,
    },
}

/// A place that a return points at.
#[derive(Debug, Clone, Deserialize)]
pub struct MarkedPlace {
    paragraph: usize,
    excerpt: String,
    note: String,
}

/// What a secrecy reviewer writes.
#[derive(Debug, Clone, Deserialize)]
pub struct Form {
    opinion: String,
    bases: Vec<String>,
}

impl Handling {
    /// Does it, as the acting person of `cx`.
    pub(super) fn happen(&self, tx: &mut Tx<'_>, cx: &Cx, standing: &mut Standing) -> Result<()> {
        let actor = actor(tx, cx)?;
        match self {
            Handling::Justify { code, reason } => return justify(tx, cx, standing, (code, reason)),
            Handling::Rewrite { body } => return rewrite(tx, cx, standing, body),
            Handling::Correct { reason, change, body } => {
                let grounds = Grounds { reason: reason.clone(), note: change.clone(), ..Grounds::default() };
                let id = &standing.document_id;
                standing.edition_id = standing::actions::open_correction(tx, cx, &actor, id, &grounds, &[])?;
                return rewrite(tx, cx, standing, body);
            }
            Handling::Withdraw { reason, note, told } => {
                let grounds = Grounds { reason: reason.clone(), note: note.clone(), told: told.clone() };
                return standing::actions::request_withdrawal(
                    tx,
                    cx,
                    &actor,
                    &standing.document_id,
                    &grounds,
                )
                .map(drop);
            }
            Handling::Submit { note } => {
                let (_, outcome) = review::actions::submit(tx, cx, &actor, &standing.edition_id, note)?;
                return done(outcome);
            }
            _ => {}
        }
        let dossier = Dossier::of_edition(tx, cx, &standing.edition_id)?;
        done(self.decide(tx, cx, &actor, &dossier)?)
    }

    /// What is decided about a text that was submitted.
    fn decide(&self, tx: &mut Tx<'_>, cx: &Cx, actor: &Actor, dossier: &Dossier) -> Result<Outcome> {
        use review::actions;
        let (id, seen) = (&dossier.id, dossier.content().0.as_str());
        match self {
            Handling::Approve { opinion } => {
                let judgement = judgement(tx, cx, actor, dossier, Remark::new(opinion))?;
                actions::approve(tx, cx, actor, id, &judgement)
            }
            Handling::Sign { opinion } => {
                let step = Step::at(Gate::SignOff);
                let judgement = Judgement { step, seen: seen.to_owned(), remark: Remark::new(opinion) };
                actions::approve(tx, cx, actor, id, &judgement)
            }
            Handling::Return { reason, marks } => {
                let marks = marks.iter().map(MarkedPlace::mark).collect();
                let judgement = judgement(tx, cx, actor, dossier, Remark { reason: reason.clone(), marks })?;
                let authors: Vec<Person> = dossier.case.authors.iter().cloned().collect();
                actions::return_to(tx, cx, actor, id, &judgement, ReturnTo::Authors(authors))
            }
            Handling::Secrecy(form) => secrecy::pass(tx, cx, actor, id, seen, &form.filled()),
            Handling::Refuse(form) => secrecy::refuse(tx, cx, actor, id, seen, &form.filled()),
            Handling::Schedule { in_days, publish_at } => {
                let day = civil_of(cx.at) + jiff::Span::new().days(*in_days);
                let at = instant_of(&format!("{day} {publish_at}"));
                let at = at.ok_or_else(|| anyhow!("看不懂时间 {publish_at}"))?;
                actions::schedule(tx, cx, actor, id, seen, at)
            }
            Handling::Publish => actions::publish(tx, cx, actor, id, seen),
            other => Err(anyhow!("不是审签步骤：{other:?}").into()),
        }
    }
}

impl MarkedPlace {
    fn mark(&self) -> Mark {
        Mark { paragraph: self.paragraph, excerpt: self.excerpt.clone(), note: self.note.clone() }
    }
}

impl Form {
    fn filled(&self) -> SecrecyForm {
        SecrecyForm { opinion: self.opinion.clone(), bases: self.bases.clone(), ..SecrecyForm::default() }
    }
}

fn actor(tx: &mut Tx<'_>, cx: &Cx) -> Result<Actor> {
    let account = staff::account(tx, cx, &cx.actor)?;
    let grants = crate::staff::queries::grants_on(tx, &cx.site_id, &account.id, &cx.today())?;
    Ok(Actor { login: account.login, grants })
}

/// The first open step that the person may take, with the text as it is now.
fn judgement(
    tx: &mut Tx<'_>,
    cx: &Cx,
    actor: &Actor,
    dossier: &Dossier,
    remark: Remark,
) -> Result<Judgement> {
    for step in dossier.case.open_steps() {
        if dossier.hand(tx, cx, actor, step).is_ok() {
            return Ok(Judgement { step, seen: dossier.content().0.clone(), remark });
        }
    }
    Err(anyhow!("{} 此时没有可办的步骤", actor.login).into())
}

fn justify(tx: &mut Tx<'_>, cx: &Cx, standing: &Standing, (code, reason): (&str, &str)) -> Result<()> {
    let wanted = Code::from_word(code);
    let found = check::actions::findings(tx, cx, &standing.edition_id)?;
    let finding = found.into_iter().find(|finding| Some(finding.code) == wanted);
    let finding = finding.ok_or_else(|| anyhow!("没有检查结果 {code}"))?;
    check::actions::justify(tx, cx, &standing.document_id, (&finding.fingerprint, code), reason)
}

fn rewrite(tx: &mut Tx<'_>, cx: &Cx, standing: &Standing, text: &str) -> Result<()> {
    let mut content = document::actions::find_edition(tx, cx, &standing.edition_id)?.content;
    content.body_html = body(text, standing.written_on);
    content.body_text = kit_text::html::to_text(&content.body_html);
    document::actions::edit_draft(tx, cx, &standing.edition_id, &content)
}

fn done(outcome: Outcome) -> Result<()> {
    match outcome {
        Outcome::Done => Ok(()),
        other => Err(anyhow!("没有办成：{other:?}").into()),
    }
}
