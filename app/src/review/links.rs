//! One-time links (一次性审签链接): a leader without an account takes one step of one content. The database keeps the mark
//! of the token and not the token; whoever issues the link answers for its holder and counts as having taken the step.

use kit_db::Tx;
use rules::{
    permission::Act,
    review::{Event, Fingerprint, Gate, Hand, Person, ReturnTo, Stage, Step, Verdict},
};

use super::{
    Actor, Outcome, Remark,
    dossier::{self, Dossier},
    queries, telling, way,
};
use crate::{
    audit,
    cx::Cx,
    error::{Error, Refusal, Result},
    id::CaseId,
};

/// What the marks of these tokens are made for.
const KIND: &str = "review link";
const HOUR: i64 = 3_600_000;

/// A link that was issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Mark of its token.
    pub mark: String,
    /// The case.
    pub case_id: CaseId,
    /// The step that can be taken with it.
    pub step: Step,
    /// The content that can be judged with it.
    pub content: Fingerprint,
    /// Name and post of the holder.
    pub holder: String,
    /// Who issued it, by login.
    pub issued_by: String,
    /// When.
    pub issued_at: i64,
    /// Until when it is good.
    pub expires_at: i64,
    /// When it was used.
    pub used_at: Option<i64>,
    /// When it was made worthless.
    pub withdrawn_at: Option<i64>,
}

impl Link {
    /// Whether it can be used now.
    pub fn is_good(&self, cx: &Cx) -> bool {
        self.used_at.is_none() && self.withdrawn_at.is_none() && cx.at < self.expires_at
    }
}

/// Issues a link for the step at hand; gives the token, which is known to nobody afterwards.
///
/// # Errors
/// Refused at other steps than review and sign-off, without the holder's name, or to whoever could not take the step
/// for reasons of separation; forbidden without the right to it.
pub fn issue(
    tx: &mut Tx<'_>,
    cx: &Cx,
    actor: &Actor,
    case_id: &CaseId,
    step: Step,
    holder: &str,
) -> Result<String> {
    let holder = holder.trim();
    if holder.is_empty() || holder.chars().count() > 40 {
        return Err(Refusal::Invalid("请写明持链接人的姓名和职务，不超过 40 个字".to_owned()).into());
    }
    let mut dossier = Dossier::find(tx, cx, case_id)?;
    dossier.follow_text(tx, cx)?;
    check_issuer(tx, cx, actor, &dossier, step)?;
    let hand = link_hand(holder, &actor.login);
    let seen = dossier.content().clone();
    dossier.case.after(&Event::Decide { step, verdict: Verdict::Approve, hand, seen: seen.clone() })?;
    let token = cx.new_token();
    let hours = i64::from(way::setting(tx, cx)?.link_hours);
    let link = Link {
        mark: cx.secrets.mark(KIND, &token),
        case_id: case_id.clone(),
        step,
        content: seen,
        holder: holder.to_owned(),
        issued_by: actor.login.clone(),
        issued_at: cx.at,
        expires_at: cx.at + hours * HOUR,
        used_at: None,
        withdrawn_at: None,
    };
    queries::insert_link(tx, cx, &link)?;
    record(tx, cx, "review.issue_link", &dossier, holder)?;
    Ok(token)
}

/// Whether somebody may issue a link for a step.
///
/// # Errors
/// Those of reading.
pub fn may_issue(tx: &mut Tx<'_>, cx: &Cx, actor: &Actor, dossier: &Dossier, step: Step) -> Result<bool> {
    match check_issuer(tx, cx, actor, dossier, step) {
        Ok(()) => {
            let hand = link_hand("领导", &actor.login);
            let seen = dossier.content().clone();
            let event = Event::Decide { step, verdict: Verdict::Approve, hand, seen };
            Ok(dossier.case.after(&event).is_ok())
        }
        Err(Error::Forbidden | Error::Refused(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Who may issue a link: for a round whoever may take it, for the signature whoever may sign or publish.
fn check_issuer(tx: &mut Tx<'_>, cx: &Cx, actor: &Actor, dossier: &Dossier, step: Step) -> Result<()> {
    let (act, organ) = match step.gate {
        Gate::Round(_) => dossier.right_for(step),
        Gate::SignOff => (Act::Publish, dossier.organ().cloned()),
        Gate::Secrecy | Gate::Publication => {
            let sentence = "一次性链接只能用于审核和签发；保密审查和发布须由有账号的人员办理";
            return Err(Refusal::Invalid(sentence.to_owned()).into());
        }
    };
    dossier::hand(tx, cx, actor, act, organ.as_ref()).map(drop)
}

/// A holder has no login; the brackets keep the name apart from every login there could be.
fn link_hand(holder: &str, issued_by: &str) -> Hand {
    let person = Person(format!("〔{holder}〕"));
    Hand { person, acting_for: None, issued_by: Some(Person(issued_by.to_owned())) }
}

/// Makes a link worthless.
///
/// # Errors
/// Conflict when it was used or withdrawn before.
pub fn withdraw(tx: &mut Tx<'_>, cx: &Cx, actor: &Actor, case_id: &CaseId, mark: &str) -> Result<()> {
    let dossier = Dossier::find(tx, cx, case_id)?;
    let link = queries::link(tx, &cx.site_id, mark)?.ok_or(Error::NotFound)?;
    if link.issued_by != actor.login {
        dossier::hand(tx, cx, actor, Act::Publish, dossier.organ())?;
    }
    if queries::withdraw_link(tx, cx, case_id, mark)? == 0 {
        return Err(Error::Conflict);
    }
    record(tx, cx, "review.withdraw_link", &dossier, &link.holder)
}

/// What a token opens.
pub struct Opened {
    /// The link.
    pub link: Link,
    /// The case.
    pub dossier: Dossier,
    /// Whether the step can still be taken with it.
    pub is_open: bool,
}

/// Opens what a token leads to: the case, and nothing but it.
///
/// # Errors
/// Not found for a token that was never issued, and for one that is used, withdrawn or too old, all alike.
pub fn open(tx: &mut Tx<'_>, cx: &Cx, token: &str) -> Result<Opened> {
    let mark = cx.secrets.mark(KIND, token);
    let link =
        queries::link(tx, &cx.site_id, &mark)?.filter(|link| link.is_good(cx)).ok_or(Error::NotFound)?;
    let dossier = Dossier::find(tx, cx, &link.case_id)?;
    let is_open = *dossier.content() == link.content
        && dossier.case.stage == Stage::At(link.step.gate)
        && dossier.case.open_steps().contains(&link.step);
    Ok(Opened { link, dossier, is_open })
}

/// The holder approves, or returns the record to its authors.
///
/// # Errors
/// Not found as [`open`]; refused without a reason for a return, or when the step may not be taken any more.
pub fn decide(tx: &mut Tx<'_>, cx: &Cx, token: &str, approves: bool, remark: &Remark) -> Result<Outcome> {
    if !approves && remark.reason.is_empty() {
        return Err(Refusal::Invalid("退回必须写明原因".to_owned()).into());
    }
    if is_used(tx, cx, token)? {
        return Ok(Outcome::Repeated);
    }
    let Opened { link, mut dossier, .. } = open(tx, cx, token)?;
    let authors = dossier.case.authors.iter().cloned().collect();
    let verdict = if approves { Verdict::Approve } else { Verdict::Return(ReturnTo::Authors(authors)) };
    let hand = link_hand(&link.holder, &link.issued_by);
    let event = Event::Decide { step: link.step, verdict, hand, seen: link.content.clone() };
    let outcome = dossier.apply(tx, cx, &event, remark)?;
    if outcome == Outcome::Done {
        // Two clicks at once: one of them uses the link, the other finds it used.
        if queries::use_link(tx, cx, &link.mark)? == 0 {
            return Err(Error::Conflict);
        }
        telling::decided(tx, cx, &dossier)?;
    }
    Ok(outcome)
}

fn is_used(tx: &mut Tx<'_>, cx: &Cx, token: &str) -> Result<bool> {
    let link = queries::link(tx, &cx.site_id, &cx.secrets.mark(KIND, token))?;
    Ok(link.is_some_and(|link| link.used_at.is_some()))
}

fn record(tx: &mut Tx<'_>, cx: &Cx, action: &'static str, dossier: &Dossier, holder: &str) -> Result<()> {
    let object_id = &dossier.edition.id.0;
    audit::actions::record(tx, cx, audit::Act { action, object_kind: "edition", object_id, detail: holder })
}
