//! The way of an edition before it may be public: rounds of review set for its column, the secrecy review, the
//! sign-off, and only then publication (送审、审核、保密审查、签发、发布).
//!
//! "先审查、后公开" and "一事一审" (国办发〔2010〕57号): no item reaches the public without a secrecy review by a person
//! other than its drafter. Every approval is given to exactly one content, named by its fingerprint, and counts for no
//! other; every person takes one step only. It does not know who holds which role and what is written on the forms.

use std::collections::BTreeSet;

mod case;
mod refusal;
mod way;

pub use case::Case;
pub use refusal::ReviewRefusal;
pub use way::{Need, Round, Separation, Way, WayFault};

/// Somebody who acts: an account, or the holder of a one-time link.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Person(pub String);

/// Names one content of an edition, text, fields and files together: a digest computed elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Fingerprint(pub String);

/// A place that every edition must pass, in the order of the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gate {
    /// A round of review of the column, counted from zero (审核).
    Round(usize),
    /// 保密审查
    Secrecy,
    /// 签发
    SignOff,
    /// Everything is approved; somebody makes it public (发布).
    Publication,
}

/// What one reviewer decides: a gate, and in a round the party for which it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Step {
    /// Where.
    pub gate: Gate,
    /// Which of the round's parties; zero at the other gates.
    pub party: usize,
}

impl Step {
    /// The only step of a gate without parties.
    pub fn at(gate: Gate) -> Step {
        Step { gate, party: 0 }
    }
}

/// Where an edition stands on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Not yet submitted.
    Draft,
    /// Waits at a gate.
    At(Gate),
    /// Will be public at a set time.
    Scheduled,
    /// Public, by the whole way.
    Published,
    /// Public by emergency; the review afterwards is open (先发后审).
    Emergency,
    /// Public by emergency, and the review afterwards found that it should not be.
    Objected,
    /// With its authors again.
    Returned,
    /// Taken back by its authors (撤回送审).
    Recalled,
}

impl Stage {
    /// Whether somebody other than the authors has to do something.
    pub fn is_under_way(self) -> bool {
        matches!(self, Stage::At(_) | Stage::Emergency)
    }

    /// Whether the public can read the edition.
    pub fn is_public(self) -> bool {
        matches!(self, Stage::Published | Stage::Emergency | Stage::Objected)
    }
}

/// The person who acts, and those for whose account it is done: all of them have taken the step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hand {
    /// Who acts.
    pub person: Person,
    /// In whose place (代理).
    pub acting_for: Option<Person>,
    /// Who issued the one-time link that was used and answers for its holder.
    pub issued_by: Option<Person>,
}

impl Hand {
    /// Somebody who acts for himself.
    pub fn of(person: &str) -> Hand {
        Hand { person: Person(person.to_owned()), acting_for: None, issued_by: None }
    }

    /// Everybody who has a part in the act.
    pub fn persons(&self) -> impl Iterator<Item = &Person> {
        [Some(&self.person), self.acting_for.as_ref(), self.issued_by.as_ref()].into_iter().flatten()
    }

    /// Whether two acts have a person in common.
    pub fn meets(&self, other: &Hand) -> bool {
        self.persons().any(|person| other.persons().any(|known| known == person))
    }

    /// Whether one of the persons is in the set.
    pub fn is_among(&self, persons: &BTreeSet<Person>) -> bool {
        self.persons().any(|person| persons.contains(person))
    }
}

/// To whom a case is returned: exactly those who must do something now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReturnTo {
    /// Authors, by name.
    Authors(Vec<Person>),
    /// An earlier gate, which decides again.
    Gate(Gate),
}

/// What a reviewer says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It may go on.
    Approve,
    /// Somebody must look at it again.
    Return(ReturnTo),
    /// It may not be public as it is (保密审查不通过); back to all its authors.
    Refuse,
}

/// What happens to a case. `seen` is the content that the person had before his eyes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// An author sends the edition on its way (送审).
    Submit {
        /// Who.
        by: Person,
        /// The way of its column today.
        way: Way,
        /// What is submitted.
        content: Fingerprint,
    },
    /// Somebody changed the text or the files.
    TextChanged {
        /// Who.
        by: Person,
        /// What it is now.
        content: Fingerprint,
    },
    /// A reviewer, secrecy reviewer or signer decides.
    Decide {
        /// Which step.
        step: Step,
        /// What.
        verdict: Verdict,
        /// By whom.
        hand: Hand,
        /// On what.
        seen: Fingerprint,
    },
    /// An author takes the submission back.
    Recall {
        /// Who.
        by: Person,
    },
    /// Makes it public now.
    Publish {
        /// Who.
        by: Hand,
        /// What.
        seen: Fingerprint,
    },
    /// Sets the time of publication.
    Schedule {
        /// Who.
        by: Hand,
        /// What.
        seen: Fingerprint,
    },
    /// Takes the time back.
    Unschedule {
        /// Who.
        by: Hand,
    },
    /// The set time has come.
    Due {
        /// What the edition says at that moment.
        seen: Fingerprint,
    },
    /// A second person makes it public before the way is at its end (紧急发布).
    PublishEmergency {
        /// The second person.
        hand: Hand,
        /// What.
        seen: Fingerprint,
    },
    /// A third person looks at an emergency publication afterwards.
    ReviewAfterwards {
        /// Who.
        hand: Hand,
        /// Whether it may stay.
        upheld: bool,
    },
}

/// What was done, as it stays in the history of the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// Sent on its way; `anew` when the way is another one than before, so that earlier approvals do not fit it.
    Submitted {
        /// Whether no earlier approval counts.
        anew: bool,
    },
    /// The text was changed.
    Changed,
    /// A step was approved.
    Approved(Step),
    /// Returned from a step.
    Returned(Step, ReturnTo),
    /// Refused at a step.
    Refused(Step),
    /// Taken back by an author.
    Recalled,
    /// Made public, by hand or by the clock.
    Published,
    /// Given a time.
    Scheduled,
    /// The time was taken back.
    Unscheduled,
    /// Made public in an emergency.
    PublishedInEmergency,
    /// Found right afterwards.
    Upheld,
    /// Found wrong afterwards.
    Objected,
}

/// One line of the history: nothing is ever taken out of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What.
    pub deed: Deed,
    /// By whom; the clock has no hand.
    pub hand: Option<Hand>,
    /// On which content.
    pub content: Fingerprint,
}

#[cfg(test)]
mod tests;
