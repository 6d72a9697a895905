//! What the forms of a case say: which step, on what, to whom, which places, and the form of the secrecy review.

use kit_web::forms::Form;
use rules::review::{Person, ReturnTo, Step};

use super::{case_page::MASK_ROWS, sheet};
use crate::{
    error::{Error, Result},
    review::{
        Mark, Remark,
        secrecy::{Masked, SecrecyForm},
        snapshot::Snapshot,
    },
};

/// The step that a form is about.
///
/// # Errors
/// Not found where the form names none: it was not made by our page.
pub fn step(form: &Form) -> Result<Step> {
    let gate = gate(form.raw("at").unwrap_or_default()).ok_or(Error::NotFound)?;
    let party = form.raw("party").and_then(|party| party.parse().ok()).ok_or(Error::NotFound)?;
    Ok(Step { gate, party })
}

/// A gate as forms name it: `round-0`, `secrecy-0`.
pub fn gate(value: &str) -> Option<rules::review::Gate> {
    let (word, round) = value.split_once('-')?;
    crate::review::gate_of_words(word, round.parse().ok()?)
}

/// To whom a return goes: to an earlier gate where one was chosen, otherwise to the authors that were ticked.
pub fn return_to(form: &Form) -> ReturnTo {
    match form.optional("gate_to").as_deref().and_then(gate) {
        Some(gate) => ReturnTo::Gate(gate),
        None => ReturnTo::Authors(form.all("to").map(|login| Person(login.to_owned())).collect()),
    }
}

/// The reason of a return with the places that were ticked.
pub fn remark(form: &Form, snapshot: &Snapshot) -> Remark {
    let paragraphs = snapshot.paragraphs();
    let ticked = form.all("mark").filter_map(|number| number.parse::<usize>().ok());
    let mark = |number: usize| {
        let text = paragraphs.get(number.checked_sub(1)?)?;
        let note = form.text(&format!("mark-{number}"));
        Some(Mark { paragraph: number, excerpt: sheet::excerpt(text), note })
    };
    Remark { reason: form.text("reason"), marks: ticked.filter_map(mark).collect() }
}

/// The form of a secrecy review.
pub fn secrecy(form: &Form) -> SecrecyForm {
    let rows = form.all("mask_place").zip(form.all("mask_reason")).take(MASK_ROWS);
    let filled = rows.filter(|(place, reason)| !(place.trim().is_empty() && reason.trim().is_empty()));
    SecrecyForm {
        opinion: form.text("opinion"),
        bases: form.all("basis").map(str::to_owned).collect(),
        note: form.text("basis_note"),
        masked: filled
            .map(|(place, reason)| Masked {
                place: place.trim().to_owned(),
                reason: reason.trim().to_owned(),
            })
            .collect(),
    }
}
