//! Why an event of the way may not happen.

use thiserror::Error;

use super::Gate;

/// A refusal; the sentence for staff is written elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Error)]
pub enum ReviewRefusal {
    /// It is under way or public already.
    #[error("the edition has been submitted already")]
    AlreadySubmitted,
    /// It has not been submitted, or has gone back to its authors.
    #[error("the edition is not under review")]
    NotUnderReview,
    /// The step is not the one at hand: not yet, or no longer.
    #[error("the case is not at this step")]
    NotThisStep,
    /// The way has no such party.
    #[error("the round does not ask this party")]
    UnknownParty,
    /// The same person did the same before: a second click.
    #[error("this person has decided this step already")]
    AlreadyDecided,
    /// Another person has decided for this party.
    #[error("the step has been decided by somebody else")]
    DecidedByAnother,
    /// The text is not the one that was looked at.
    #[error("the text was changed after it was looked at")]
    TextChanged,
    /// An author may not judge the own text (保密审查、签发须由起草人以外的人作出).
    #[error("an author may not decide on the own text")]
    OwnText,
    /// One person, one step.
    #[error("this person has already decided at {0:?}")]
    TwoSteps(Gate),
    /// A return names those concerned.
    #[error("a return is addressed to somebody")]
    NobodyConcerned,
    /// A return goes to authors of the text or to an earlier gate.
    #[error("a return is addressed to authors or to an earlier gate")]
    NotConcerned,
    /// Only the secrecy review refuses; everybody else returns.
    #[error("only the secrecy review can refuse")]
    CannotRefuse,
    /// Only authors take a submission back.
    #[error("only an author may take the submission back")]
    NotAnAuthor,
    /// Steps are still open.
    #[error("not every required step has been taken")]
    NotCleared,
    /// It has a time already.
    #[error("the edition is scheduled already")]
    AlreadyScheduled,
    /// There is no time to take back.
    #[error("the edition is not scheduled")]
    NotScheduled,
    /// It is public already.
    #[error("the edition is public already")]
    AlreadyPublic,
    /// There is nothing to review afterwards.
    #[error("the edition was not published in an emergency, or has been reviewed afterwards")]
    NothingAfterwards,
    /// Whoever published in an emergency does not review it.
    #[error("the person who published in an emergency may not review it afterwards")]
    OwnEmergency,
}
