//! The way, step by step; what no order of steps can do is in `any_order`.

mod any_order;

use super::{
    Case, Deed, Event, Fingerprint, Gate, Hand, Need, Person, ReturnTo, ReviewRefusal as R, Round,
    Separation, Stage, Step, Verdict, Way, WayFault,
};

pub(super) fn content(name: &str) -> Fingerprint {
    Fingerprint(name.to_owned())
}

pub(super) fn person(name: &str) -> Person {
    Person(name.to_owned())
}

pub(super) fn round(name: &str, parties: &[&str], need: Need) -> Round {
    Round { name: name.to_owned(), parties: parties.iter().map(|party| (*party).to_owned()).collect(), need }
}

fn way(rounds: Vec<Round>) -> Way {
    Way::new(rounds, Separation::default()).unwrap()
}

fn one_round() -> Way {
    way(vec![round("科室审核", &["office"], Need::All)])
}

fn submit(by: &str, way: &Way, text: &str) -> Event {
    Event::Submit { by: person(by), way: way.clone(), content: content(text) }
}

fn decide(gate: Gate, verdict: Verdict, by: &str, seen: &str) -> Event {
    Event::Decide { step: Step::at(gate), verdict, hand: Hand::of(by), seen: content(seen) }
}

fn approve(gate: Gate, by: &str, seen: &str) -> Event {
    decide(gate, Verdict::Approve, by, seen)
}

fn approve_for(gate: Gate, party: usize, by: &str) -> Event {
    Event::Decide {
        step: Step { gate, party },
        verdict: Verdict::Approve,
        hand: Hand::of(by),
        seen: content("A"),
    }
}

fn to_drafter() -> Verdict {
    Verdict::Return(ReturnTo::Authors(vec![person("drafter")]))
}

fn changed(by: &str, text: &str) -> Event {
    Event::TextChanged { by: person(by), content: content(text) }
}

fn publish(by: &str, seen: &str) -> Event {
    Event::Publish { by: Hand::of(by), seen: content(seen) }
}

/// A case that has gone through these events, all of which must be allowed.
fn through(events: &[Event]) -> Case {
    let start = Case::draft([person("drafter")], content("A"));
    events.iter().fold(start, |case, event| case.after(event).unwrap_or_else(|r| panic!("{event:?}: {r}")))
}

fn cleared() -> Vec<Event> {
    vec![
        submit("drafter", &one_round(), "A"),
        approve(Gate::Round(0), "reviewer", "A"),
        approve(Gate::Secrecy, "keeper", "A"),
        approve(Gate::SignOff, "signer", "A"),
    ]
}

#[test]
fn the_whole_way_leads_through_rounds_secrecy_review_and_sign_off_to_publication() {
    let stages = [
        Stage::At(Gate::Round(0)),
        Stage::At(Gate::Secrecy),
        Stage::At(Gate::SignOff),
        Stage::At(Gate::Publication),
        Stage::Published,
    ];
    let mut case = Case::draft([person("drafter")], content("A"));
    for (event, stage) in cleared().into_iter().chain([publish("drafter", "A")]).zip(stages) {
        case = case.after(&event).unwrap();
        assert_eq!(case.stage, stage, "{event:?}");
    }
    assert_eq!(case.entries.len(), 5);
}

#[test]
fn every_way_has_secrecy_review_and_sign_off_and_at_most_three_rounds() {
    let rounds = |n: usize| vec![round("审核", &["office"], Need::All); n];
    for n in 0..=3 {
        let case = through(&[submit("drafter", &way(rounds(n)), "A")]);
        let first = if n == 0 { Gate::Secrecy } else { Gate::Round(0) };
        assert_eq!(case.stage, Stage::At(first), "{n} rounds");
    }
    let none = Separation::default();
    assert_eq!(Way::new(rounds(4), none), Err(WayFault::TooManyRounds));
    assert_eq!(Way::new(vec![round("审核", &[], Need::Any)], none), Err(WayFault::NobodyAsked));
    assert_eq!(Way::new(vec![round(" ", &["office"], Need::Any)], none), Err(WayFault::NoName));
}

#[test]
fn what_is_refused_in_which_stage() {
    let drafted = through(&[]);
    let submitted = through(&cleared()[..1]);
    let at_sign_off = through(&cleared()[..3]);
    let all = through(&cleared());
    let published = all.after(&publish("drafter", "A")).unwrap();
    let scheduled = all.after(&Event::Schedule { by: Hand::of("drafter"), seen: content("A") }).unwrap();
    let returned = submitted.after(&decide(Gate::Round(0), to_drafter(), "reviewer", "A")).unwrap();
    let recall = |by: &str| Event::Recall { by: person(by) };
    let unschedule = Event::Unschedule { by: Hand::of("drafter") };
    let due = Event::Due { seen: content("A") };
    let resubmit = submit("drafter", &one_round(), "A");
    let table: Vec<(&Case, Event, R)> = vec![
        (&drafted, approve(Gate::Round(0), "reviewer", "A"), R::NotUnderReview),
        (&drafted, publish("drafter", "A"), R::NotUnderReview),
        (&drafted, recall("drafter"), R::NotUnderReview),
        (&submitted, resubmit.clone(), R::AlreadySubmitted),
        (&submitted, approve(Gate::Secrecy, "keeper", "A"), R::NotThisStep),
        (&submitted, approve(Gate::Round(1), "reviewer", "A"), R::NotThisStep),
        (&submitted, approve_for(Gate::Round(0), 1, "reviewer"), R::UnknownParty),
        (&submitted, approve(Gate::Round(0), "reviewer", "B"), R::TextChanged),
        (&submitted, publish("signer", "A"), R::NotCleared),
        (&submitted, due.clone(), R::NotScheduled),
        (&submitted, recall("reviewer"), R::NotAnAuthor),
        (&submitted, decide(Gate::Round(0), Verdict::Refuse, "reviewer", "A"), R::CannotRefuse),
        (&at_sign_off, approve(Gate::Round(0), "other", "A"), R::NotThisStep),
        (&all, approve(Gate::Publication, "signer", "A"), R::NotThisStep),
        (&all, publish("drafter", "B"), R::TextChanged),
        (&all, unschedule.clone(), R::NotScheduled),
        (&scheduled, resubmit.clone(), R::AlreadySubmitted),
        (&scheduled, recall("drafter"), R::AlreadyScheduled),
        (&scheduled, Event::Schedule { by: Hand::of("drafter"), seen: content("A") }, R::AlreadyScheduled),
        (&scheduled, Event::Due { seen: content("B") }, R::TextChanged),
        (&scheduled, decide(Gate::SignOff, to_drafter(), "signer", "A"), R::AlreadyScheduled),
        (&published, resubmit.clone(), R::AlreadyPublic),
        (&published, publish("drafter", "A"), R::AlreadyPublic),
        (&published, due, R::AlreadyPublic),
        (&published, changed("drafter", "B"), R::AlreadyPublic),
        (&published, recall("drafter"), R::AlreadyPublic),
        (&published, unschedule, R::AlreadyPublic),
        (&returned, publish("drafter", "A"), R::NotUnderReview),
        (&returned, approve(Gate::Round(0), "reviewer", "A"), R::NotUnderReview),
    ];
    for (case, event, refusal) in table {
        assert_eq!(case.after(&event).map(|next| next.stage), Err(refusal), "{:?} {event:?}", case.stage);
    }
}

#[test]
fn whoever_wrote_changed_or_submitted_a_text_decides_nothing_about_it() {
    for at in 1..cleared().len() {
        let before = through(&cleared()[..at]);
        let Stage::At(gate) = before.stage else { panic!("{:?}", before.stage) };
        assert_eq!(before.after(&approve(gate, "drafter", "A")), Err(R::OwnText), "{gate:?}");
        let deputy = Hand { acting_for: Some(person("drafter")), ..Hand::of("deputy") };
        let linked = Hand { issued_by: Some(person("drafter")), ..Hand::of("leader") };
        for hand in [deputy, linked] {
            let event =
                Event::Decide { step: Step::at(gate), verdict: Verdict::Approve, hand, seen: content("A") };
            assert_eq!(before.after(&event), Err(R::OwnText), "{gate:?}");
        }
    }
    let helped = through(&[changed("helper", "B"), submit("chief", &way(Vec::new()), "B")]);
    for author in ["drafter", "helper", "chief"] {
        assert_eq!(helped.after(&approve(Gate::Secrecy, author, "B")), Err(R::OwnText), "{author}");
    }
}

#[test]
fn one_person_takes_one_step_except_where_the_site_lets_it_be_two() {
    let reviewer_signs = |separation: Separation| {
        let way = Way::new(vec![round("审核", &["office"], Need::All)], separation).unwrap();
        let case = through(&[
            submit("drafter", &way, "A"),
            approve(Gate::Round(0), "reviewer", "A"),
            approve(Gate::Secrecy, "keeper", "A"),
        ]);
        (
            case.after(&approve(Gate::SignOff, "reviewer", "A")).map(|next| next.stage),
            case.after(&approve(Gate::SignOff, "keeper", "A")).map(|next| next.stage),
        )
    };
    let done = Ok(Stage::At(Gate::Publication));
    let (round, secrecy) = (Err(R::TwoSteps(Gate::Round(0))), Err(R::TwoSteps(Gate::Secrecy)));
    let table = [(false, false, round, secrecy), (true, false, done, secrecy), (false, true, round, done)];
    for (reviewer_may_sign, secrecy_may_be_shared, reviewer, keeper) in table {
        let separation = Separation { reviewer_may_sign, secrecy_may_be_shared };
        assert_eq!(reviewer_signs(separation), (reviewer, keeper), "{separation:?}");
    }
}

#[test]
fn a_parallel_round_needs_all_parties_or_any_and_no_person_speaks_for_two() {
    let parties = ["finance", "legal"];
    let all = through(&[submit("drafter", &way(vec![round("会签", &parties, Need::All)]), "A")]);
    let gate = Gate::Round(0);
    let one = all.after(&approve_for(gate, 1, "lawyer")).unwrap();
    assert_eq!(one.stage, Stage::At(gate));
    assert_eq!(one.open_steps(), [Step { gate, party: 0 }]);
    assert_eq!(one.after(&approve_for(gate, 0, "lawyer")), Err(R::TwoSteps(gate)));
    assert_eq!(one.after(&approve_for(gate, 1, "another")), Err(R::DecidedByAnother));
    assert_eq!(one.after(&approve_for(gate, 0, "treasurer")).unwrap().stage, Stage::At(Gate::Secrecy));
    let any = through(&[submit("drafter", &way(vec![round("审核", &parties, Need::Any)]), "A")]);
    assert_eq!(any.after(&approve_for(gate, 1, "lawyer")).unwrap().stage, Stage::At(Gate::Secrecy));
}

#[test]
fn a_second_click_is_told_from_a_second_person() {
    let case = through(&cleared()[..2]);
    assert_eq!(case.after(&approve(Gate::Round(0), "reviewer", "A")), Err(R::AlreadyDecided));
    assert_eq!(case.after(&approve(Gate::Round(0), "another", "A")), Err(R::NotThisStep));
    let refuse = decide(Gate::Secrecy, Verdict::Refuse, "keeper", "A");
    let refused = case.after(&refuse).unwrap();
    assert_eq!((refused.stage, refused.after(&refuse)), (Stage::Returned, Err(R::AlreadyDecided)));
    let back = decide(Gate::Secrecy, to_drafter(), "keeper", "A");
    let returned = case.after(&back).unwrap();
    assert_eq!(returned.after(&back), Err(R::AlreadyDecided));
    let recalled = case.after(&Event::Recall { by: person("drafter") }).unwrap();
    assert_eq!(recalled.after(&Event::Recall { by: person("drafter") }), Err(R::AlreadyDecided));
}

#[test]
fn a_changed_text_goes_back_to_the_first_gate_that_has_not_seen_it() {
    let case = through(&cleared());
    let other = case.after(&changed("drafter", "B")).unwrap();
    assert_eq!(other.stage, Stage::At(Gate::Round(0)));
    let restored = other.after(&changed("drafter", "A")).unwrap();
    assert_eq!(restored.stage, Stage::At(Gate::Publication));
    // Whoever changes the text becomes an author: the own approval counts no longer, even of the old text.
    let by_keeper = case.after(&changed("keeper", "B")).unwrap().after(&changed("drafter", "A")).unwrap();
    assert_eq!(by_keeper.stage, Stage::At(Gate::Secrecy));
    let scheduled = case.after(&Event::Schedule { by: Hand::of("signer"), seen: content("A") }).unwrap();
    assert_eq!(scheduled.after(&changed("drafter", "B")).unwrap().stage, Stage::At(Gate::Round(0)));
    assert_eq!(scheduled.after(&changed("drafter", "A")).unwrap().stage, Stage::Scheduled);
}

#[test]
fn approvals_of_the_same_content_stand_when_it_is_submitted_again() {
    let mut events = cleared()[..2].to_vec();
    events.push(decide(Gate::Secrecy, to_drafter(), "keeper", "A"));
    let unchanged = through(&events).after(&submit("drafter", &one_round(), "A")).unwrap();
    assert_eq!(unchanged.stage, Stage::At(Gate::Secrecy));
    events.push(changed("drafter", "B"));
    let mended = through(&events).after(&submit("drafter", &one_round(), "B")).unwrap();
    assert_eq!(mended.stage, Stage::At(Gate::Round(0)));
    // The column asks somebody else now: the earlier approval was not his.
    events.pop();
    let other_way = way(vec![round("科室审核", &["law"], Need::All)]);
    assert_eq!(
        through(&events).after(&submit("drafter", &other_way, "A")).unwrap().stage,
        Stage::At(Gate::Round(0))
    );
}

#[test]
fn a_return_goes_to_authors_or_to_an_earlier_gate_which_decides_again() {
    let case = through(&cleared());
    let back = |gate, to| decide(gate, Verdict::Return(to), "publisher", "A");
    let to_round = case.after(&back(Gate::Publication, ReturnTo::Gate(Gate::Round(0)))).unwrap();
    assert_eq!((to_round.stage, to_round.approvals().count()), (Stage::At(Gate::Round(0)), 0));
    let to_secrecy = case.after(&back(Gate::Publication, ReturnTo::Gate(Gate::Secrecy))).unwrap();
    assert_eq!((to_secrecy.stage, to_secrecy.approvals().count()), (Stage::At(Gate::Secrecy), 1));
    let stranger = ReturnTo::Authors(vec![person("drafter"), person("stranger")]);
    for (to, refusal) in [
        (ReturnTo::Authors(Vec::new()), R::NobodyConcerned),
        (stranger, R::NotConcerned),
        (ReturnTo::Gate(Gate::Publication), R::NotConcerned),
        (ReturnTo::Gate(Gate::Round(1)), R::NotConcerned),
    ] {
        assert_eq!(case.after(&back(Gate::Publication, to.clone())), Err(refusal), "{to:?}");
    }
}

#[test]
fn an_emergency_needs_a_second_person_and_a_third_one_afterwards() {
    let case = through(&cleared()[..2]);
    let emergency = |by: &str| Event::PublishEmergency { hand: Hand::of(by), seen: content("A") };
    assert_eq!(case.after(&emergency("drafter")), Err(R::OwnText));
    let live = case.after(&emergency("duty officer")).unwrap();
    assert_eq!(
        (live.stage, live.after(&emergency("duty officer"))),
        (Stage::Emergency, Err(R::AlreadyPublic))
    );
    let afterwards = |by: &str, upheld| Event::ReviewAfterwards { hand: Hand::of(by), upheld };
    assert_eq!(live.after(&afterwards("drafter", true)), Err(R::OwnText));
    assert_eq!(live.after(&afterwards("duty officer", true)), Err(R::OwnEmergency));
    let upheld = live.after(&afterwards("signer", true)).unwrap();
    assert_eq!(upheld.stage, Stage::Published);
    assert!(upheld.entries.iter().any(|entry| entry.deed == Deed::PublishedInEmergency));
    assert_eq!(upheld.after(&afterwards("signer", true)), Err(R::NothingAfterwards));
    assert_eq!(live.after(&afterwards("signer", false)).unwrap().stage, Stage::Objected);
}
