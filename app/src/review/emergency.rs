//! Emergency publication (紧急发布): a second person makes a record public before its way is at its end, answers for its
//! secrecy review, and a third person looks at it afterwards within a working day.

use kit_db::Tx;
use rules::{
    permission::Act,
    review::{Event, Fingerprint},
};

use super::{
    Actor, Outcome, Remark,
    dossier::{self, Dossier},
    secrecy::{self, SecrecyForm},
    telling,
};
use crate::{
    cx::Cx,
    error::{Refusal, Result},
    id::CaseId,
    publishing,
};

/// Makes a submitted record public at once. The rounds and the signature are left out, the secrecy review is not: no
/// record reaches the public without it (domain rule 45), so the second person does it here.
///
/// # Errors
/// Refused without a reason or a complete secrecy form, to authors, or when the edition lacks something.
pub fn publish(
    tx: &mut Tx<'_>,
    cx: &Cx,
    actor: &Actor,
    case_id: &CaseId,
    (seen, reason): (&str, &str),
    form: &SecrecyForm,
) -> Result<Outcome> {
    if reason.trim().is_empty() {
        return Err(Refusal::Invalid("紧急发布必须写明紧急的原因".to_owned()).into());
    }
    form.check(cx, true)?;
    let mut dossier = Dossier::find(tx, cx, case_id)?;
    let hand = dossier::hand(tx, cx, actor, Act::PublishEmergency, dossier.organ())?;
    let event = Event::PublishEmergency { hand, seen: Fingerprint(seen.to_owned()) };
    let outcome = dossier.apply(tx, cx, &event, &Remark::new(reason))?;
    if outcome == Outcome::Done {
        secrecy::keep(tx, cx, &dossier, form)?;
        publishing::actions::publish(tx, cx, &dossier.edition.id)?;
        telling::emergency(tx, cx, &dossier)?;
    }
    Ok(outcome)
}

/// A third person says whether an emergency publication may stay. Where it may not, the record stays public until it is
/// corrected or withdrawn, and the disclosure office is told to do that.
///
/// # Errors
/// Refused without an opinion, to authors and to whoever published it.
pub fn review_afterwards(
    tx: &mut Tx<'_>,
    cx: &Cx,
    actor: &Actor,
    case_id: &CaseId,
    upheld: bool,
    opinion: &str,
) -> Result<Outcome> {
    if opinion.trim().is_empty() {
        return Err(Refusal::Invalid("请填写事后审查意见".to_owned()).into());
    }
    let mut dossier = Dossier::find(tx, cx, case_id)?;
    let hand = dossier::hand(tx, cx, actor, Act::PublishEmergency, dossier.organ())?;
    let event = Event::ReviewAfterwards { hand, upheld };
    let outcome = dossier.apply(tx, cx, &event, &Remark::new(opinion))?;
    if outcome == Outcome::Done {
        telling::decided(tx, cx, &dossier)?;
    }
    Ok(outcome)
}
