//! Publishing: the states of a document and of its editions, and what staff may do in each.
//!
//! A document keeps its identity; each text of it is an edition. Correcting a live document opens an
//! edition beside the live one, so that nothing that was public disappears without a record, and a
//! repealed document stays readable (国办发〔2017〕47号). Review comes before this table and is not
//! part of it; neither is the number that a document gets when it first goes live.

use thiserror::Error;

mod readiness;

pub use readiness::{EditionFacts, Shortcoming, shortcomings};

/// State of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DocumentState {
    /// No edition has ever been live.
    Draft,
    /// An edition is live.
    Live,
    /// It was live and has been taken back (撤回).
    Withdrawn,
}

/// State of an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EditionState {
    /// Being written or reviewed.
    Draft,
    /// To go live at a set time.
    Scheduled,
    /// What the public reads.
    Live,
    /// Was live, replaced by a later edition, still readable as history.
    Superseded,
    /// Was live, taken out of public sight by withdrawal.
    Concealed,
}

/// What staff, or the clock for a scheduled edition, can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Event {
    /// The edition goes live now.
    Publish,
    /// The edition gets a time at which it goes live.
    Schedule,
    /// The time is taken back.
    Unschedule,
    /// A new edition is opened beside the last one (更正).
    Correct,
    /// The document is taken out of public sight (撤回).
    Withdraw,
    /// The document loses its force and stays readable (废止).
    Repeal,
}

impl Event {
    /// Every event, in the order of the procedure.
    pub const ALL: [Self; 6] =
        [Self::Publish, Self::Schedule, Self::Unschedule, Self::Correct, Self::Withdraw, Self::Repeal];
}

/// Why an event may not happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Error)]
pub enum PublicationRefusal {
    /// The document has never been public.
    #[error("the document has never been live")]
    NeverLive,
    /// The document has been withdrawn.
    #[error("the document has been withdrawn")]
    Withdrawn,
    /// The edition is live already.
    #[error("the edition is live already")]
    AlreadyLive,
    /// The edition has a time already; change or remove that first.
    #[error("the edition is scheduled already")]
    AlreadyScheduled,
    /// There is no time to take back.
    #[error("the edition is not scheduled")]
    NotScheduled,
    /// An edition of the past cannot go live again; open a new one.
    #[error("the edition belongs to the past of the document")]
    PastEdition,
    /// Another edition is open; finish or discard it first.
    #[error("another edition is open already")]
    EditionAlreadyOpen,
    /// The event is for an edition that is or was live.
    #[error("the edition has not been live")]
    EditionNotLive,
}

use DocumentState as D;
use EditionState as E;
use Event as V;
use PublicationRefusal as R;

type DocumentRow = (D, V, Result<D, R>);
type EditionRow = (E, V, Result<E, R>);

/// What becomes of the document. A scheduled edition changes nothing for it until its time comes.
const DOCUMENT_TABLE: [DocumentRow; 18] = [
    (D::Draft, V::Publish, Ok(D::Live)),
    (D::Draft, V::Schedule, Ok(D::Draft)),
    (D::Draft, V::Unschedule, Ok(D::Draft)),
    (D::Draft, V::Correct, Err(R::NeverLive)),
    (D::Draft, V::Withdraw, Err(R::NeverLive)),
    (D::Draft, V::Repeal, Err(R::NeverLive)),
    (D::Live, V::Publish, Ok(D::Live)),
    (D::Live, V::Schedule, Ok(D::Live)),
    (D::Live, V::Unschedule, Ok(D::Live)),
    (D::Live, V::Correct, Ok(D::Live)),
    (D::Live, V::Withdraw, Ok(D::Withdrawn)),
    (D::Live, V::Repeal, Ok(D::Live)),
    // A withdrawn document comes back only as a new edition, under its old number.
    (D::Withdrawn, V::Publish, Ok(D::Live)),
    (D::Withdrawn, V::Schedule, Ok(D::Withdrawn)),
    (D::Withdrawn, V::Unschedule, Ok(D::Withdrawn)),
    (D::Withdrawn, V::Correct, Ok(D::Withdrawn)),
    (D::Withdrawn, V::Withdraw, Err(R::Withdrawn)),
    (D::Withdrawn, V::Repeal, Err(R::Withdrawn)),
];

/// What becomes of the edition at which the event is aimed. Correct, withdraw and repeal are aimed
/// at the live edition, or, to bring a withdrawn document back, correct at the concealed one.
const EDITION_TABLE: [EditionRow; 30] = [
    (E::Draft, V::Publish, Ok(E::Live)),
    (E::Draft, V::Schedule, Ok(E::Scheduled)),
    (E::Draft, V::Unschedule, Err(R::NotScheduled)),
    (E::Draft, V::Correct, Err(R::EditionNotLive)),
    (E::Draft, V::Withdraw, Err(R::EditionNotLive)),
    (E::Draft, V::Repeal, Err(R::EditionNotLive)),
    (E::Scheduled, V::Publish, Ok(E::Live)),
    (E::Scheduled, V::Schedule, Err(R::AlreadyScheduled)),
    (E::Scheduled, V::Unschedule, Ok(E::Draft)),
    (E::Scheduled, V::Correct, Err(R::EditionNotLive)),
    (E::Scheduled, V::Withdraw, Err(R::EditionNotLive)),
    (E::Scheduled, V::Repeal, Err(R::EditionNotLive)),
    (E::Live, V::Publish, Err(R::AlreadyLive)),
    (E::Live, V::Schedule, Err(R::AlreadyLive)),
    (E::Live, V::Unschedule, Err(R::NotScheduled)),
    (E::Live, V::Correct, Ok(E::Live)),
    (E::Live, V::Withdraw, Ok(E::Concealed)),
    (E::Live, V::Repeal, Ok(E::Live)),
    (E::Superseded, V::Publish, Err(R::PastEdition)),
    (E::Superseded, V::Schedule, Err(R::PastEdition)),
    (E::Superseded, V::Unschedule, Err(R::NotScheduled)),
    (E::Superseded, V::Correct, Err(R::PastEdition)),
    (E::Superseded, V::Withdraw, Err(R::PastEdition)),
    (E::Superseded, V::Repeal, Err(R::PastEdition)),
    (E::Concealed, V::Publish, Err(R::PastEdition)),
    (E::Concealed, V::Schedule, Err(R::PastEdition)),
    (E::Concealed, V::Unschedule, Err(R::NotScheduled)),
    (E::Concealed, V::Correct, Ok(E::Concealed)),
    (E::Concealed, V::Withdraw, Err(R::Withdrawn)),
    (E::Concealed, V::Repeal, Err(R::PastEdition)),
];

/// The state of the document after an event, or why the event may not happen.
pub fn document_after(state: DocumentState, event: Event) -> Result<DocumentState, R> {
    let row = DOCUMENT_TABLE.iter().find(|(from, what, _)| (*from, *what) == (state, event));
    row.expect("the table has a row for every state and event; a test counts them").2
}

/// The state of the edition at which an event is aimed, or why the event may not happen.
pub fn edition_after(state: EditionState, event: Event) -> Result<EditionState, R> {
    let row = EDITION_TABLE.iter().find(|(from, what, _)| (*from, *what) == (state, event));
    row.expect("the table has a row for every state and event; a test counts them").2
}

/// What an accepted event does to the other editions of the same document.
pub fn sibling_after(state: EditionState, event: Event) -> EditionState {
    match (event, state) {
        (Event::Publish, E::Live) => E::Superseded,
        // Nothing of a withdrawn document stays readable, and nothing of it goes live by the clock.
        (Event::Withdraw, E::Live | E::Superseded) => E::Concealed,
        (Event::Withdraw, E::Scheduled) => E::Draft,
        (_, unchanged) => unchanged,
    }
}

/// What becomes of an earlier edition when the new one goes live because the earlier ones hold what
/// must not be read, such as personal data (去标识化). In place of `sibling_after` for `Publish`.
pub fn edition_concealed_by_correction(state: EditionState) -> EditionState {
    match state {
        E::Live | E::Superseded => E::Concealed,
        unchanged => unchanged,
    }
}

/// Whether a new edition may be opened: one open edition at a time, or two officers would publish
/// over each other.
pub fn check_correct(state: DocumentState, has_open_edition: bool) -> Result<(), R> {
    document_after(state, Event::Correct)?;
    if has_open_edition { Err(R::EditionAlreadyOpen) } else { Ok(()) }
}

/// Whether the public may read an edition; everything else is decided from this, at read time.
pub fn is_readable(document: DocumentState, edition: EditionState) -> bool {
    document == D::Live && matches!(edition, E::Live | E::Superseded)
}

#[cfg(test)]
mod tests;
