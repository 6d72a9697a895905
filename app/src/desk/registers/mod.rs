//! Registers (台账): what the annual report counts besides records. Here stands what all of them share at the desk: the form of an
//! entry from its declared fields, and the import of a table in three steps: send, look at what would become of it, take it.
//!
//! Each register has its own folder here for its pages, and its own feature for its rows and acts; there is no page that
//! serves them all.

pub mod disclosure_requests;
mod entry;
pub mod finances;
pub mod imports;
pub mod notice_places;
pub mod proposals;
pub mod remedies;
pub mod service_cases;
pub mod service_items;
pub mod trainings;
pub mod wechat_articles;

use kit_web::forms::Form;
use rules::permission::Act;

pub use entry::{Entry, Shape};

use super::{list::State, officer::Officer};
use crate::{
    error::{Error, Refusal, Result},
    id::OrganId,
    register::{Field, Organs, Take},
    words,
};

/// What the import knows of a register.
pub struct Register {
    /// Name in the address of its list, `/desk/registers/CODE`.
    pub code: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// Who keeps it.
    pub act: Act,
    /// The fields of an entry.
    pub fields: &'static [Field],
    /// Names of the fields that tell one entry from another.
    pub key: &'static [&'static str],
    /// What is done with rows.
    pub take: Take,
}

impl Register {
    /// Path of its list.
    pub fn path(&self) -> String {
        format!("/desk/registers/{}", self.code)
    }

    /// Path of its import.
    pub fn import_path(&self) -> String {
        format!("/desk/registers/imports/{}", self.code)
    }
}

/// Every register that takes tables.
const ALL: &[&Register] = &[
    &service_items::REGISTER,
    &service_cases::REGISTER,
    &wechat_articles::REGISTER,
    &notice_places::REGISTER,
    &disclosure_requests::REGISTER,
    &remedies::REGISTER,
    &proposals::REGISTER,
    &trainings::REGISTER,
    &trainings::PARTICIPANTS,
    &finances::REGISTER,
];

fn find(code: &str) -> Result<&'static Register> {
    ALL.iter().find(|register| register.code == code).copied().ok_or(Error::NotFound)
}

/// The organs whose entries an officer keeps, with their names.
///
/// # Errors
/// Forbidden for whoever keeps none.
pub async fn organs(officer: &Officer, act: Act) -> Result<Organs> {
    officer.require(act, None)?;
    let reach = officer.organs(act);
    officer.read(move |tx, cx| Organs::of(tx, cx, reach)).await
}

/// How many entries of a list an organ has.
pub struct OrganCount {
    /// Its name.
    pub name: String,
    /// The same list, of this organ alone.
    pub href: String,
    /// How many.
    pub n: i64,
}

/// The counts of a list by organ, as its head shows them.
pub fn organ_counts(state: &State, organs: &Organs, counts: &[(OrganId, i64)]) -> Vec<OrganCount> {
    let count = |(id, n): &(OrganId, i64)| OrganCount {
        name: organs.name(id).to_owned(),
        href: state.address(&[("organ", organs.code(id))]),
        n: *n,
    };
    counts.iter().map(count).collect()
}

/// The form again with the sentence of a refusal beside `field`.
///
/// # Errors
/// Any error that is no refusal.
pub fn refused(mut entry: Entry, field: &str, error: Error) -> Result<Entry> {
    match error {
        Error::Refused(refusal) => {
            entry.errors.add(field, words::refusal(&refusal));
            Ok(entry)
        }
        error => Err(error),
    }
}

/// A day that a small form must give, `YYYY-MM-DD` however it was written.
///
/// # Errors
/// Refused with `sentence` when it gives none.
pub fn day(form: &Form, name: &str, sentence: &str) -> Result<String> {
    let given = form.optional(name).and_then(|day| day.parse::<jiff::civil::Date>().ok());
    given.map(|day| day.to_string()).ok_or_else(|| Refusal::Invalid(sentence.to_owned()).into())
}
