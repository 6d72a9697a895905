//! The secrecy review (保密审查): its form, and what it decides. "先审查、后公开", each record by itself, by another person
//! than the drafter, with opinion, basis and time (国办发〔2010〕57号; 国务院令第711号 Art. 17).

use kit_db::Tx;
use rules::review::{Event, Fingerprint, Gate, Step, Verdict};
use serde::{Deserialize, Serialize};

use super::{Actor, Outcome, Remark, dossier::Dossier, queries, telling};
use crate::{
    cx::Cx,
    error::{Refusal, Result},
    id::CaseId,
};

/// What a secrecy reviewer writes down (保密审查表).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SecrecyForm {
    /// The opinion.
    pub opinion: String,
    /// Codes of `reference/secrecy_bases.toml`.
    pub bases: Vec<String>,
    /// Further basis, in words.
    pub note: String,
    /// Passages that were taken out or masked before publication.
    pub masked: Vec<Masked>,
}

/// A passage that may not be public.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Masked {
    /// Where it stood, without what it said.
    pub place: String,
    /// Why.
    pub reason: String,
}

impl SecrecyForm {
    /// Whether it says what the record of a review must say.
    ///
    /// # Errors
    /// Refused without an opinion or a basis, for a basis that the reference data does not know, or for one that speaks
    /// against publication where the review is passed.
    pub fn check(&self, cx: &Cx, passes: bool) -> Result<()> {
        if self.opinion.trim().is_empty() {
            return Err(Refusal::Invalid("请填写保密审查意见".to_owned()).into());
        }
        if self.bases.is_empty() && self.note.trim().is_empty() {
            return Err(Refusal::Invalid("请选择或者写明保密审查的依据".to_owned()).into());
        }
        for code in &self.bases {
            let unknown = || Refusal::Unknown { what: "保密审查依据", code: code.clone() };
            let basis = cx.reference.secrecy_bases.get(code).ok_or_else(unknown)?;
            if passes && basis.refuses {
                let sentence =
                    format!("所选依据“{}”与通过的结论相反，请改选依据或者作出不通过的结论", basis.name);
                return Err(Refusal::Invalid(sentence).into());
            }
        }
        Ok(())
    }
}

/// The secrecy review is passed.
///
/// # Errors
/// Refused when the form lacks something or the step may not be taken.
pub fn pass(
    tx: &mut Tx<'_>,
    cx: &Cx,
    actor: &Actor,
    case_id: &CaseId,
    seen: &str,
    form: &SecrecyForm,
) -> Result<Outcome> {
    decide(tx, cx, actor, case_id, (seen, Verdict::Approve), form)
}

/// The secrecy review is not passed: the text may not be public as it is and goes back to all its authors.
///
/// # Errors
/// As [`pass`].
pub fn refuse(
    tx: &mut Tx<'_>,
    cx: &Cx,
    actor: &Actor,
    case_id: &CaseId,
    seen: &str,
    form: &SecrecyForm,
) -> Result<Outcome> {
    decide(tx, cx, actor, case_id, (seen, Verdict::Refuse), form)
}

fn decide(
    tx: &mut Tx<'_>,
    cx: &Cx,
    actor: &Actor,
    case_id: &CaseId,
    (seen, verdict): (&str, Verdict),
    form: &SecrecyForm,
) -> Result<Outcome> {
    form.check(cx, verdict == Verdict::Approve)?;
    let mut dossier = Dossier::find(tx, cx, case_id)?;
    let step = Step::at(Gate::Secrecy);
    let hand = dossier.hand(tx, cx, actor, step)?;
    let event = Event::Decide { step, verdict, hand, seen: Fingerprint(seen.to_owned()) };
    let outcome = dossier.apply(tx, cx, &event, &Remark::new(&form.opinion))?;
    if outcome == Outcome::Done {
        keep(tx, cx, &dossier, form)?;
        telling::decided(tx, cx, &dossier)?;
    }
    Ok(outcome)
}

/// Keeps the form beside the line of the history that was written last.
pub(super) fn keep(tx: &mut Tx<'_>, cx: &Cx, dossier: &Dossier, form: &SecrecyForm) -> Result<()> {
    let position = dossier.entries.last().map_or(1, |row| row.position);
    queries::insert_secrecy_form(tx, cx, &dossier.id, position, form)
}
