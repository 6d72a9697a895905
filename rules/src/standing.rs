//! Requests to take back or end what is public: withdrawal (撤回) and repeal (废止) are asked for by one person and
//! confirmed by another; only an emergency withdrawal acts at once and is reviewed by another person afterwards.
//!
//! What a withdrawn or repealed document then is stands in `publication`; correction goes the way of `review`.

use thiserror::Error;

/// Where a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RequestState {
    /// Waits for a second person.
    Open,
    /// Confirmed and done.
    Confirmed,
    /// Refused by the second person; nothing was done.
    Refused,
    /// Taken back by whoever asked.
    TakenBack,
    /// Done at once in an emergency; waits for the review afterwards.
    Emergency,
    /// Found right afterwards.
    Upheld,
    /// Found wrong afterwards: the record is to be published again.
    Objected,
}

/// What can be done about a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RequestEvent {
    /// A second person agrees.
    Confirm,
    /// A second person does not.
    Refuse,
    /// Whoever asked changed his mind.
    TakeBack,
    /// A second person finds the emergency right.
    Uphold,
    /// A second person finds it wrong.
    Object,
}

/// Why it may not be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Error)]
pub enum RequestRefusal {
    /// It has been decided, or was taken back.
    #[error("the request has been settled already")]
    Settled,
    /// Only emergencies are reviewed afterwards.
    #[error("the request is not an emergency that waits for its review")]
    NotAnEmergency,
    /// The second person is the first one.
    #[error("whoever asked may not decide on the request")]
    OwnRequest,
    /// Only whoever asked takes back.
    #[error("only whoever asked may take the request back")]
    NotTheAsker,
}

use RequestEvent as E;
use RequestRefusal as R;
use RequestState as S;

/// The state after an event, by the one who asked or by another.
///
/// # Errors
/// Why the event may not happen.
pub fn request_after(state: S, event: E, by_asker: bool) -> Result<S, R> {
    let next = match (state, event) {
        (S::Open, E::Confirm) => S::Confirmed,
        (S::Open, E::Refuse) => S::Refused,
        (S::Open, E::TakeBack) if by_asker => return Ok(S::TakenBack),
        (S::Open, E::TakeBack) => return Err(R::NotTheAsker),
        (S::Emergency, E::Uphold) => S::Upheld,
        (S::Emergency, E::Object) => S::Objected,
        (S::Open, E::Uphold | E::Object) => return Err(R::NotAnEmergency),
        _ => return Err(R::Settled),
    };
    if by_asker { Err(R::OwnRequest) } else { Ok(next) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATES: [S; 7] =
        [S::Open, S::Confirmed, S::Refused, S::TakenBack, S::Emergency, S::Upheld, S::Objected];
    const EVENTS: [E; 5] = [E::Confirm, E::Refuse, E::TakeBack, E::Uphold, E::Object];

    #[test]
    fn every_request_is_settled_once_and_by_the_right_person() {
        for state in STATES {
            for event in EVENTS {
                for by_asker in [false, true] {
                    let expected = match (state, event, by_asker) {
                        (S::Open, E::Confirm, false) => Ok(S::Confirmed),
                        (S::Open, E::Refuse, false) => Ok(S::Refused),
                        (S::Open, E::TakeBack, true) => Ok(S::TakenBack),
                        (S::Emergency, E::Uphold, false) => Ok(S::Upheld),
                        (S::Emergency, E::Object, false) => Ok(S::Objected),
                        (S::Open, E::TakeBack, false) => Err(R::NotTheAsker),
                        (S::Open, E::Confirm | E::Refuse, true) => Err(R::OwnRequest),
                        (S::Emergency, E::Uphold | E::Object, true) => Err(R::OwnRequest),
                        (S::Open, _, _) => Err(R::NotAnEmergency),
                        _ => Err(R::Settled),
                    };
                    assert_eq!(
                        request_after(state, event, by_asker),
                        expected,
                        "{state:?} {event:?} {by_asker}"
                    );
                }
            }
        }
    }
}
