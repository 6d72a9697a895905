//! No order of events gets an edition past the way: the history is judged anew by a reading that shares nothing with
//! the machine but the words.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{
    super::{
        Case, Deed, Entry, Event, Fingerprint, Gate, Hand, Need, Person, ReturnTo, ReviewRefusal, Separation,
        Stage, Step, Verdict, Way,
    },
    content, person, round,
};

const PEOPLE: [&str; 7] = ["drafter", "helper", "office", "finance", "law", "keeper", "signer"];

fn somebody() -> impl Strategy<Value = Person> {
    proptest::sample::select(&PEOPLE[..]).prop_map(person)
}

fn hand() -> impl Strategy<Value = Hand> {
    let other = || proptest::option::weighted(0.1, somebody());
    (somebody(), other(), other()).prop_map(|(person, acting_for, issued_by)| Hand {
        person,
        acting_for,
        issued_by,
    })
}

fn text() -> impl Strategy<Value = Fingerprint> {
    prop_oneof![8 => Just("A"), 2 => Just("B"), 1 => Just("C")].prop_map(content)
}

fn ways() -> Vec<Way> {
    let any = round("审核", &["office", "finance"], Need::Any);
    let all = round("会签", &["finance", "law"], Need::All);
    let lax = Separation { reviewer_may_sign: true, secrecy_may_be_shared: true };
    let made = [
        (vec![], Separation::default()),
        (vec![any.clone()], Separation { reviewer_may_sign: true, secrecy_may_be_shared: false }),
        (vec![all.clone()], Separation::default()),
        (vec![any, all], lax),
    ];
    made.into_iter().map(|(rounds, separation)| Way::new(rounds, separation).unwrap()).collect()
}

fn gate() -> impl Strategy<Value = Gate> {
    proptest::sample::select(vec![
        Gate::Round(0),
        Gate::Round(1),
        Gate::Secrecy,
        Gate::SignOff,
        Gate::Publication,
    ])
}

fn verdict() -> impl Strategy<Value = Verdict> {
    let authors = proptest::collection::vec(somebody(), 0..3);
    prop_oneof![
        12 => Just(Verdict::Approve),
        1 => authors.prop_map(|to| Verdict::Return(ReturnTo::Authors(to))),
        1 => gate().prop_map(|to| Verdict::Return(ReturnTo::Gate(to))),
        1 => Just(Verdict::Refuse),
    ]
}

/// An event without knowing where the case stands.
fn blind() -> impl Strategy<Value = Event> {
    let step = (gate(), 0..3_usize).prop_map(|(gate, party)| Step { gate, party });
    prop_oneof![
        3 => (somebody(), proptest::sample::select(ways()), text())
            .prop_map(|(by, way, content)| Event::Submit { by, way, content }),
        1 => (somebody(), text()).prop_map(|(by, content)| Event::TextChanged { by, content }),
        6 => (step, verdict(), hand(), text())
            .prop_map(|(step, verdict, hand, seen)| Event::Decide { step, verdict, hand, seen }),
        1 => somebody().prop_map(|by| Event::Recall { by }),
        2 => (hand(), text()).prop_map(|(by, seen)| Event::Publish { by, seen }),
        1 => (hand(), text()).prop_map(|(by, seen)| Event::Schedule { by, seen }),
        1 => hand().prop_map(|by| Event::Unschedule { by }),
        1 => text().prop_map(|seen| Event::Due { seen }),
        1 => (hand(), text()).prop_map(|(hand, seen)| Event::PublishEmergency { hand, seen }),
        1 => (hand(), any::<bool>()).prop_map(|(hand, upheld)| Event::ReviewAfterwards { hand, upheld }),
    ]
}

/// What would be next, so that many sequences come through to the end.
fn apt(case: &Case, by: &Hand, way: &Way) -> Event {
    let seen = case.content.clone();
    match case.stage {
        Stage::At(Gate::Publication) => Event::Publish { by: by.clone(), seen },
        Stage::At(gate) => {
            let step = case.open_steps().first().copied().unwrap_or(Step::at(gate));
            Event::Decide { step, verdict: Verdict::Approve, hand: by.clone(), seen }
        }
        Stage::Scheduled => Event::Due { seen },
        Stage::Emergency => Event::ReviewAfterwards { hand: by.clone(), upheld: true },
        _ => Event::Submit { by: by.person.clone(), way: way.clone(), content: seen },
    }
}

/// A step back from wherever the case stands.
fn back(case: &Case, by: &Hand, to: &Verdict) -> Event {
    match (case.stage, to) {
        (Stage::At(gate), Verdict::Return(_)) => {
            let (step, verdict) = (Step::at(gate), to.clone());
            Event::Decide { step, verdict, hand: by.clone(), seen: case.content.clone() }
        }
        (Stage::Scheduled, _) => Event::Unschedule { by: by.clone() },
        _ => Event::Recall { by: person("drafter") },
    }
}

/// One move of the game: any event at all, the one that would be next, or a step back.
#[derive(Debug, Clone)]
enum Move {
    Blind(Event),
    Apt(Hand, Way),
    Back(Hand, Verdict),
}

impl Move {
    fn event(&self, case: &Case) -> Event {
        match self {
            Move::Blind(event) => event.clone(),
            Move::Apt(by, way) => apt(case, by, way),
            Move::Back(by, to) => back(case, by, to),
        }
    }
}

fn moves() -> impl Strategy<Value = Move> {
    // Mostly one way, so that a change of it in between is noticed by what was approved before.
    let way = prop_oneof![6 => Just(ways().remove(1)), 1 => proptest::sample::select(ways())];
    prop_oneof![
        3 => blind().prop_map(Move::Blind),
        12 => (hand(), way).prop_map(|(by, way)| Move::Apt(by, way)),
        1 => (hand(), verdict()).prop_map(|(by, to)| Move::Back(by, to)),
        1 => (hand(), gate()).prop_map(|(by, to)| Move::Back(by, Verdict::Return(ReturnTo::Gate(to)))),
    ]
}

/// Every author that the history names up to its end.
fn authors(first: &BTreeSet<Person>, entries: &[Entry]) -> BTreeSet<Person> {
    let writes = |entry: &&Entry| matches!(entry.deed, Deed::Submitted { .. } | Deed::Changed);
    let named = entries.iter().filter(writes).filter_map(|entry| entry.hand.as_ref());
    first.iter().chain(named.map(|hand| &hand.person)).cloned().collect()
}

/// Approvals of a gate on the last content, each with its people; the slow way.
fn approved(entries: &[Entry], gate: Gate) -> Vec<(usize, BTreeSet<Person>)> {
    let content = &entries.last().unwrap().content;
    let mut found: Vec<(usize, BTreeSet<Person>)> = Vec::new();
    for entry in entries {
        match (&entry.deed, &entry.hand) {
            (Deed::Submitted { anew: true }, _) => found.clear(),
            (Deed::Returned(_, ReturnTo::Gate(to)), _) if entry.content == *content && *to <= gate => {
                found.clear()
            }
            (Deed::Approved(step), Some(hand)) if entry.content == *content && step.gate == gate => {
                found.push((step.party, hand.persons().cloned().collect()));
            }
            _ => {}
        }
    }
    found
}

/// Panics unless everything the way asks for was done on exactly this content by people who may.
fn judge(case: &Case, authors: &BTreeSet<Person>, entries: &[Entry]) {
    let mut people: Vec<(Gate, BTreeSet<Person>)> = Vec::new();
    let rounds = case.way.rounds();
    let gates = (0..rounds.len()).map(Gate::Round).chain([Gate::Secrecy, Gate::SignOff]);
    for gate in gates {
        let mut counted = approved(entries, gate);
        counted.retain(|(_, by)| by.is_disjoint(authors));
        let parties: BTreeSet<usize> = counted.iter().map(|(party, _)| *party).collect();
        let needed = match gate {
            Gate::Round(at) if rounds[at].need == Need::All => rounds[at].parties.len(),
            _ => 1,
        };
        assert!(parties.len() >= needed, "{gate:?} was passed with {parties:?}: {entries:?}");
        people.extend(counted.into_iter().map(|(_, by)| (gate, by)));
    }
    let allowed = case.way.separation();
    for (at, (gate, by)) in people.iter().enumerate() {
        for (other, others) in &people[at + 1..] {
            let let_sign =
                allowed.reviewer_may_sign && matches!((gate, other), (Gate::Round(_), Gate::SignOff));
            let secrecy = *gate == Gate::Secrecy || *other == Gate::Secrecy;
            let let_share = allowed.secrecy_may_be_shared && secrecy && gate != other;
            assert!(let_sign || let_share || by.is_disjoint(others), "{by:?} acted twice: {entries:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_published_without_every_step_on_exactly_this_content_nor_twice_and_nothing_is_lost(
        moves in proptest::collection::vec(moves(), 1..80),
    ) {
        let first: BTreeSet<Person> = [person("drafter")].into();
        let mut case = Case::draft(first.clone(), content("A"));
        for chosen in moves {
            let event = chosen.event(&case);
            let next = match case.after(&event) {
                Ok(next) => next,
                Err(_) => continue,
            };
            prop_assert_eq!(&next.entries[..case.entries.len()], &case.entries[..], "history was rewritten");
            prop_assert_eq!(next.entries.len(), case.entries.len() + 1);
            prop_assert!(case.authors.is_subset(&next.authors));
            case = next;
            prop_assert_eq!(&case.authors, &authors(&first, &case.entries));
            prop_assert_eq!(case.after(&event).map(|again| again.stage.is_public()).ok().filter(|public| *public), None);
            let published = |entry: &&Entry| matches!(entry.deed, Deed::Published | Deed::PublishedInEmergency);
            let n = case.entries.iter().filter(published).count();
            prop_assert_eq!(n, usize::from(case.stage.is_public()), "published twice, or unseen");
            if case.entries.last().is_some_and(|last| last.deed == Deed::Published) {
                judge(&case, &authors(&first, &case.entries), &case.entries);
            }
            if let Some(at) = case.entries.iter().position(|entry| entry.deed == Deed::PublishedInEmergency) {
                let by = case.entries[at].hand.clone().unwrap();
                prop_assert!(!by.is_among(&case.authors), "alone in an emergency");
            }
        }
    }

    #[test]
    fn a_second_click_never_changes_anything(
        events in proptest::collection::vec(hand(), 1..40),
    ) {
        let mut case = Case::draft([person("drafter")], content("A"));
        for by in events {
            let event = apt(&case, &by, &ways()[3]);
            let Ok(next) = case.after(&event) else { continue };
            let again = next.after(&event);
            let told = matches!(
                again,
                Err(ReviewRefusal::AlreadyDecided | ReviewRefusal::AlreadySubmitted | ReviewRefusal::AlreadyPublic
                    | ReviewRefusal::NothingAfterwards)
            );
            prop_assert!(told, "{event:?} twice: {again:?}");
            case = next;
        }
    }
}
