//! The stored words of stages, gates and deeds, and the way back.

use rules::review::{Deed, Gate, Person, ReturnTo, Stage, Step};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// The word of a gate and, for a round, its number.
pub fn gate(gate: Gate) -> (&'static str, i64) {
    match gate {
        Gate::Round(round) => ("round", i64::try_from(round).unwrap_or(i64::MAX)),
        Gate::Secrecy => ("secrecy", 0),
        Gate::SignOff => ("sign_off", 0),
        Gate::Publication => ("publication", 0),
    }
}

/// The gate of a stored word.
pub fn gate_of(word: &str, round: i64) -> Option<Gate> {
    match word {
        "round" => Some(Gate::Round(usize::try_from(round).ok()?)),
        "secrecy" => Some(Gate::Secrecy),
        "sign_off" => Some(Gate::SignOff),
        "publication" => Some(Gate::Publication),
        _ => None,
    }
}

/// The word of a stage and, for a round, its number.
pub fn stage(stage: Stage) -> (&'static str, i64) {
    match stage {
        Stage::Draft => ("draft", 0),
        Stage::At(at) => gate(at),
        Stage::Scheduled => ("scheduled", 0),
        Stage::Published => ("published", 0),
        Stage::Emergency => ("emergency", 0),
        Stage::Objected => ("objected", 0),
        Stage::Returned => ("returned", 0),
        Stage::Recalled => ("recalled", 0),
    }
}

/// The stage of a stored word.
pub fn stage_of(word: &str, round: i64) -> Option<Stage> {
    match word {
        "draft" => Some(Stage::Draft),
        "scheduled" => Some(Stage::Scheduled),
        "published" => Some(Stage::Published),
        "emergency" => Some(Stage::Emergency),
        "objected" => Some(Stage::Objected),
        "returned" => Some(Stage::Returned),
        "recalled" => Some(Stage::Recalled),
        gate => gate_of(gate, round).map(Stage::At),
    }
}

/// To whom a case was returned, as stored.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    Authors(Vec<String>),
    Gate(String, i64),
}

/// A deed in stored words.
pub struct DeedWords {
    pub deed: &'static str,
    pub step: Option<Step>,
    pub target: Option<Target>,
}

/// The stored words of a deed.
pub fn deed(deed: &Deed) -> DeedWords {
    let plain = |deed| DeedWords { deed, step: None, target: None };
    let at = |deed, step: &Step| DeedWords { deed, step: Some(*step), target: None };
    match deed {
        Deed::Submitted { anew: false } => plain("submitted"),
        Deed::Submitted { anew: true } => plain("submitted_anew"),
        Deed::Changed => plain("changed"),
        Deed::Approved(step) => at("approved", step),
        Deed::Returned(step, to) => DeedWords { target: Some(target(to)), ..at("returned", step) },
        Deed::Refused(step) => at("refused", step),
        Deed::Recalled => plain("recalled"),
        Deed::Published => plain("published"),
        Deed::Scheduled => plain("scheduled"),
        Deed::Unscheduled => plain("unscheduled"),
        Deed::PublishedInEmergency => plain("published_in_emergency"),
        Deed::Upheld => plain("upheld"),
        Deed::Objected => plain("objected"),
    }
}

/// The deed of stored words.
pub fn deed_of(word: &str, step: Option<Step>, target: Option<Target>) -> Result<Deed> {
    let missing = || Error::Unexpected(anyhow::anyhow!("review_entry.deed is {word:?} without its step"));
    let step = || step.ok_or_else(missing);
    Ok(match word {
        "submitted" => Deed::Submitted { anew: false },
        "submitted_anew" => Deed::Submitted { anew: true },
        "changed" => Deed::Changed,
        "approved" => Deed::Approved(step()?),
        "returned" => Deed::Returned(step()?, return_to(target.ok_or_else(missing)?)?),
        "refused" => Deed::Refused(step()?),
        "recalled" => Deed::Recalled,
        "published" => Deed::Published,
        "scheduled" => Deed::Scheduled,
        "unscheduled" => Deed::Unscheduled,
        "published_in_emergency" => Deed::PublishedInEmergency,
        "upheld" => Deed::Upheld,
        "objected" => Deed::Objected,
        _ => return Err(Error::Unexpected(anyhow::anyhow!("review_entry.deed is {word:?}"))),
    })
}

fn target(to: &ReturnTo) -> Target {
    match to {
        ReturnTo::Authors(persons) => {
            Target::Authors(persons.iter().map(|person| person.0.clone()).collect())
        }
        ReturnTo::Gate(to) => {
            let (word, round) = gate(*to);
            Target::Gate(word.to_owned(), round)
        }
    }
}

fn return_to(target: Target) -> Result<ReturnTo> {
    match target {
        Target::Authors(logins) => Ok(ReturnTo::Authors(logins.into_iter().map(Person).collect())),
        Target::Gate(word, round) => {
            let unknown =
                || Error::Unexpected(anyhow::anyhow!("review_entry.target names the gate {word:?}"));
            Ok(ReturnTo::Gate(gate_of(&word, round).ok_or_else(unknown)?))
        }
    }
}

/// What the audit log calls a deed.
pub fn audit_action(deed: &Deed) -> &'static str {
    match deed {
        Deed::Submitted { .. } => "review.submit",
        Deed::Changed => "review.text_changed",
        Deed::Approved(step) if step.gate == Gate::Secrecy => "review.pass_secrecy",
        Deed::Approved(step) if step.gate == Gate::SignOff => "review.sign",
        Deed::Approved(_) => "review.approve",
        Deed::Returned(..) => "review.return",
        Deed::Refused(_) => "review.refuse_secrecy",
        Deed::Recalled => "review.recall",
        Deed::Published => "review.publish",
        Deed::Scheduled => "review.schedule",
        Deed::Unscheduled => "review.unschedule",
        Deed::PublishedInEmergency => "review.publish_emergency",
        Deed::Upheld | Deed::Objected => "review.review_afterwards",
    }
}
