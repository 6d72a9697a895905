//! The way of a column: none to three rounds, then always secrecy review and sign-off.

use thiserror::Error;

/// Local practice knows three levels (初审、复审、终审); a longer way is a wish for delay.
const MOST_ROUNDS: usize = 3;

/// How many of a round's parties must approve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Need {
    /// Every party (会签).
    All,
    /// One of them.
    Any,
}

/// A round of review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// What staff call it, for example 科室审核.
    pub name: String,
    /// Who is asked, all at the same time; each named so that it says who may act for it.
    pub parties: Vec<String>,
    /// How many of them must approve.
    pub need: Need,
}

/// Which steps a site lets one person take on the same content. Authors are let to none, whatever is set here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Separation {
    /// A reviewer of a round may also sign.
    pub reviewer_may_sign: bool,
    /// The secrecy reviewer may also review or sign.
    pub secrecy_may_be_shared: bool,
}

/// Why a way cannot be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Error)]
pub enum WayFault {
    /// More than three rounds.
    #[error("a way has at most three rounds of review")]
    TooManyRounds,
    /// A round that asks nobody.
    #[error("a round asks at least one party")]
    NobodyAsked,
    /// A round without a name.
    #[error("a round has a name")]
    NoName,
}

/// The way of a column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Way {
    rounds: Vec<Round>,
    separation: Separation,
}

impl Way {
    /// A way of these rounds.
    pub fn new(rounds: Vec<Round>, separation: Separation) -> Result<Way, WayFault> {
        if rounds.len() > MOST_ROUNDS {
            return Err(WayFault::TooManyRounds);
        }
        if rounds.iter().any(|round| round.parties.is_empty()) {
            return Err(WayFault::NobodyAsked);
        }
        if rounds.iter().any(|round| round.name.trim().is_empty()) {
            return Err(WayFault::NoName);
        }
        Ok(Way { rounds, separation })
    }

    /// The rounds, in order.
    pub fn rounds(&self) -> &[Round] {
        &self.rounds
    }

    /// What one person may do twice.
    pub fn separation(&self) -> Separation {
        self.separation
    }
}
