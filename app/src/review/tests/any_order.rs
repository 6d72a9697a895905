//! No order of steps, no second click, no other tab and no lost race gets a record past its way: random histories
//! through the real actions over a real database, judged anew from the rows after every step.

use std::{cell::RefCell, collections::BTreeMap};

use kit_db::Tx;
use proptest::{
    prelude::*,
    test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner},
};
use rules::review::{Deed, Gate, Hand, Person, ReturnTo, Step};

use super::{Draft, Office, form, round};
use crate::{
    cx::Cx,
    error::{Error, Result},
    id::CaseId,
    review::{
        Actor, Outcome, Remark,
        actions::{self, Judgement},
        dossier::Dossier,
        emergency, secrecy,
        snapshot::Snapshot,
        way::Party,
    },
};

const PEOPLE: [&str; 8] =
    ["drafter", "helper", "reviewer", "second.reviewer", "keeper", "signer", "second.signer", "office"];

/// One thing that somebody does, perhaps twice, perhaps from a page opened long ago.
#[derive(Debug, Clone)]
struct Move {
    by: &'static str,
    what: What,
    /// The same request arrives twice.
    twice: bool,
    /// The page shows the text as it was before the last change.
    stale: bool,
    /// The transaction loses a race and runs again.
    races: bool,
}

#[derive(Debug, Clone)]
enum What {
    Write(u8),
    Attach(u8),
    Submit,
    Approve {
        round: usize,
        party: usize,
    },
    PassSecrecy,
    RefuseSecrecy,
    Sign,
    Return(Gate, Option<Gate>),
    Recall,
    Publish,
    Schedule,
    Unschedule,
    Emergency,
    Afterwards(bool),
    /// The clock goes on by ten minutes and does what is due.
    Wait,
    /// A correction of what is public is opened.
    Correct,
    /// The record is withdrawn by the way around the reviews.
    Withdraw,
    /// Whatever is next, by somebody who can: on, set for later, or back.
    Next(Bend),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bend {
    On,
    Later,
    Back,
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let gates =
        || proptest::sample::select(vec![Gate::Round(0), Gate::Secrecy, Gate::SignOff, Gate::Publication]);
    let what = prop_oneof![
        3 => (0..3_u8).prop_map(What::Write),
        1 => (0..2_u8).prop_map(What::Attach),
        3 => Just(What::Submit),
        3 => (0..2_usize, 0..2_usize).prop_map(|(round, party)| What::Approve { round, party }),
        2 => Just(What::PassSecrecy),
        1 => Just(What::RefuseSecrecy),
        2 => Just(What::Sign),
        2 => (gates(), proptest::option::of(gates())).prop_map(|(from, to)| What::Return(from, to)),
        1 => Just(What::Recall),
        3 => Just(What::Publish),
        2 => Just(What::Schedule),
        1 => Just(What::Unschedule),
        1 => Just(What::Emergency),
        1 => any::<bool>().prop_map(What::Afterwards),
        2 => Just(What::Wait),
        2 => Just(What::Correct),
        1 => Just(What::Withdraw),
        24 => Just(What::Next(Bend::On)),
        8 => Just(What::Next(Bend::Later)),
        2 => Just(What::Next(Bend::Back)),
    ];
    let odds = prop::bool::weighted;
    let one = (proptest::sample::select(&PEOPLE[..]), what, odds(0.3), odds(0.15), odds(0.1))
        .prop_map(|(by, what, twice, stale, races)| Move { by, what, twice, stale, races });
    proptest::collection::vec(one, 20..60)
}

#[test]
fn no_order_of_steps_clicks_and_tabs_publishes_without_every_step_or_twice_or_loses_a_text() {
    let on_server = std::env::var_os("GONGKAI_TEST_DATABASE").is_some();
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    let cases = asked.unwrap_or(if on_server { 10 } else { 40 });
    let config = Config { cases, max_shrink_iters: 60, failure_persistence: None, ..Config::default() };
    let mut runner = match asked {
        Some(_) => TestRunner::new(config),
        None => TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha)),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let office = runtime.block_on(open());
    let happened = RefCell::new(BTreeMap::<&str, usize>::new());
    let outcome = runner.run(&moves(), |moves| {
        for what in runtime.block_on(live_through(&office, &moves)) {
            *happened.borrow_mut().entry(what).or_default() += 1;
        }
        Ok::<(), TestCaseError>(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
    let happened = happened.into_inner();
    println!("what happened: {happened:?}");
    for deed in
        ["published", "scheduled", "emergency", "returned", "refused", "changed", "corrected", "repeated"]
    {
        assert!(happened.get(deed).is_some_and(|times| *times > 0), "{deed} never happened: {happened:?}");
    }
}

async fn open() -> Office {
    let office = Office::open().await;
    let rounds = vec![
        round("会签", true, vec![Party::OwnOrgan, Party::DisclosureOffice]),
        round("终审", false, vec![Party::OwnOrgan, Party::DisclosureOffice]),
    ];
    office.set(move |setting| setting.rounds.clone_from(&rounds)).await;
    office
}

/// One record with its way, and what must never change again.
struct Life {
    draft: Draft,
    /// What the page of a slow reader shows.
    shown: String,
    /// Histories of all its cases as they were, to see that they only grow.
    kept: BTreeMap<String, Vec<rules::review::Entry>>,
    /// What was last written, by edition.
    written: BTreeMap<String, String>,
    happened: Vec<&'static str>,
}

async fn live_through(office: &Office, moves: &[Move]) -> Vec<&'static str> {
    let draft = office.draft("随机的一生").await;
    let shown = draft.seen().await;
    let mut life =
        Life { draft, shown, kept: BTreeMap::new(), written: BTreeMap::new(), happened: Vec::new() };
    for chosen in moves {
        if chosen.races {
            office.app.app.db.inject_lost_races(1);
        }
        let chosen = match chosen.what {
            What::Next(bend) => life.next(chosen, bend).await,
            _ => chosen.clone(),
        };
        let seen = if chosen.stale { life.shown.clone() } else { life.draft.seen().await };
        let _ = life.take(&chosen, &seen).await;
        if chosen.twice {
            let before = life.draft.dossier().await;
            let n_entries = before.entries.len();
            let again = life.take(&chosen, &seen).await;
            let after = life.draft.dossier().await;
            if after.id == before.id && after.entries.len() != n_entries {
                // A second request may do something only where the first one did not.
                assert!(!matches!(again, Ok(Outcome::Repeated)), "{chosen:?} was done twice");
            }
            if matches!(again, Ok(Outcome::Repeated)) {
                life.happened.push("repeated");
            }
        }
        life.shown = if chosen.stale { life.shown } else { seen };
        life.judge().await;
    }
    life.happened
}

impl Life {
    /// What would be next, by somebody who could do it.
    async fn next(&self, chosen: &Move, bend: Bend) -> Move {
        use rules::review::Stage;
        let dossier = self.draft.dossier().await;
        let (by, what) = match dossier.case.stage {
            Stage::At(Gate::Round(round)) => {
                let party = dossier.case.open_steps().first().map_or(0, |step| step.party);
                let by = match (round, party) {
                    (_, 1) => "office",
                    (0, _) => "reviewer",
                    _ => "second.reviewer",
                };
                (by, What::Approve { round, party })
            }
            Stage::At(Gate::Secrecy) if bend == Bend::Back => ("keeper", What::RefuseSecrecy),
            Stage::At(Gate::Secrecy) => ("keeper", What::PassSecrecy),
            Stage::At(Gate::SignOff) if bend == Bend::Back => ("signer", What::Return(Gate::SignOff, None)),
            Stage::At(Gate::SignOff) => ("signer", What::Sign),
            Stage::At(Gate::Publication) if bend == Bend::Later => ("second.signer", What::Schedule),
            Stage::At(Gate::Publication) => ("second.signer", What::Publish),
            Stage::Scheduled if bend == Bend::Back => ("signer", What::Unschedule),
            Stage::Scheduled => ("signer", What::Wait),
            Stage::Emergency => ("office", What::Afterwards(true)),
            Stage::Published | Stage::Objected => ("drafter", What::Correct),
            Stage::Draft | Stage::Returned | Stage::Recalled => ("drafter", What::Submit),
        };
        Move { by, what, ..chosen.clone() }
    }

    async fn take(&mut self, chosen: &Move, seen: &str) -> Result<Outcome> {
        let outcome = self.attempt(chosen, seen).await;
        match &outcome {
            Ok(Outcome::Done) => self.note(&chosen.what),
            Ok(Outcome::Repeated | Outcome::TextChanged)
            | Err(Error::Refused(_) | Error::Forbidden | Error::Conflict | Error::NotFound) => {}
            Err(Error::Unexpected(error)) => panic!("{chosen:?}: {error:#}"),
        }
        outcome
    }

    fn note(&mut self, what: &What) {
        self.happened.push(match what {
            What::Write(_) | What::Attach(_) => "changed",
            What::Publish => "published",
            What::Schedule => "scheduled",
            What::Emergency => "emergency",
            What::Return(..) => "returned",
            What::RefuseSecrecy => "refused",
            What::Correct => "corrected",
            _ => "else",
        });
    }

    async fn attempt(&mut self, chosen: &Move, seen: &str) -> Result<Outcome> {
        let (office, draft, by) = (self.draft.office.clone(), self.draft.clone(), chosen.by);
        match chosen.what.clone() {
            What::Write(n) => {
                let text = format!("第{n}稿");
                draft.write(by, &text).await?;
                self.written.insert(draft.record.edition.0.clone(), text);
                Ok(Outcome::Done)
            }
            What::Attach(n) => {
                draft.record.attach(&format!("附件{n}.txt"), b"text").await?;
                Ok(Outcome::Done)
            }
            What::Submit => draft.submit(by).await,
            What::Return(from, to) => {
                let authors = ReturnTo::Authors(vec![Person("drafter".to_owned())]);
                draft.return_from(by, from, to.map_or(authors, ReturnTo::Gate), Remark::new("再看看")).await
            }
            What::Wait => {
                office.app.advance_minutes(10);
                office.app.settle().await;
                Ok(Outcome::Repeated)
            }
            What::Correct => self.correct(by).await,
            What::Withdraw => draft.record.withdraw("other", "演示数据").await.map(|()| Outcome::Done),
            what => {
                let (id, seen) = (draft.id().await, seen.to_owned());
                office.by(by, move |tx, cx, actor| decide(tx, cx, actor, &what, (&id, &seen))).await
            }
        }
    }

    async fn correct(&mut self, by: &str) -> Result<Outcome> {
        let id = self.draft.record.id.clone();
        let open = move |tx: &mut kit_db::Tx<'_>, cx: &crate::cx::Cx, _: &crate::review::Actor| {
            let reason = crate::document::ChangeReason { code: "wording", note: "更正文字" };
            crate::publishing::actions::open_correction(tx, cx, &id, reason)
        };
        let edition = self.draft.office.by(by, open).await?;
        self.draft.record.edition = edition;
        Ok(Outcome::Done)
    }

    /// Everything that must hold, read from the rows.
    async fn judge(&mut self) {
        let document = self.draft.record.id.clone();
        let (editions, live) = self
            .draft
            .office
            .app
            .read(move |tx, cx| {
                let sql = kit_db::sql!(
                    "select edition_id, state, body_text from edition where site_id = $1 and document_id = $2"
                );
                let rows = tx.query(sql, kit_db::params![&cx.site_id, &document])?;
                let mut editions = Vec::new();
                for row in &rows {
                    let id = crate::id::EditionId(row.get("edition_id")?);
                    let (state, body): (String, String) = (row.get("state")?, row.get("body_text")?);
                    editions.push((state, body, Dossier::of_edition(tx, cx, &id)?));
                }
                let live = crate::document::actions::find(tx, cx, &document)?.live_edition_id;
                Ok((editions, live))
            })
            .await;
        assert!(editions.iter().filter(|(state, ..)| state == "live").count() <= 1);
        for (state, body, dossier) in &editions {
            if let Some(written) = self.written.get(&dossier.edition.id.0) {
                assert_eq!(body, written, "a text was lost");
            }
            let kept = self.kept.entry(dossier.edition.id.0.clone()).or_default();
            assert_eq!(&dossier.case.entries[..kept.len()], &kept[..], "history was rewritten");
            kept.clone_from(&dossier.case.entries);
            let was_public = ["live", "superseded", "concealed"].contains(&state.as_str());
            assert_eq!(was_public, dossier.case.stage.is_public(), "{state}: {:?}", dossier.case.stage);
            if was_public {
                justify(dossier);
            }
        }
        assert_eq!(live.is_some(), editions.iter().any(|(state, ..)| state == "live"));
    }
}

/// What is sent from the page of a case that showed `seen`.
fn decide(
    tx: &mut Tx<'_>,
    cx: &Cx,
    actor: &Actor,
    what: &What,
    (id, seen): (&CaseId, &str),
) -> Result<Outcome> {
    let approve = |tx: &mut Tx<'_>, step| {
        let judgement = Judgement { step, seen: seen.to_owned(), remark: Remark::default() };
        actions::approve(tx, cx, actor, id, &judgement)
    };
    match *what {
        What::Approve { round, party } => approve(tx, Step { gate: Gate::Round(round), party }),
        What::Sign => approve(tx, Step::at(Gate::SignOff)),
        What::PassSecrecy => secrecy::pass(tx, cx, actor, id, seen, &form()),
        What::RefuseSecrecy => secrecy::refuse(tx, cx, actor, id, seen, &form()),
        What::Recall => actions::recall(tx, cx, actor, id, ""),
        What::Publish => actions::publish(tx, cx, actor, id, seen),
        What::Schedule => actions::schedule(tx, cx, actor, id, seen, cx.at + 5 * 60_000),
        What::Unschedule => actions::unschedule(tx, cx, actor, id),
        What::Emergency => emergency::publish(tx, cx, actor, id, (seen, "紧急"), &form()),
        What::Afterwards(upheld) => emergency::review_afterwards(tx, cx, actor, id, upheld, "意见"),
        _ => unreachable!("done elsewhere"),
    }
}

/// Panics unless an edition that was public had every right to be, on exactly the content that it has.
fn justify(dossier: &Dossier) {
    let entries = &dossier.case.entries;
    let public = |deed: &Deed| matches!(deed, Deed::Published | Deed::PublishedInEmergency);
    let published: Vec<usize> = (0..entries.len()).filter(|at| public(&entries[*at].deed)).collect();
    assert_eq!(published.len(), 1, "published twice: {entries:?}");
    let last = &entries[published[0]];
    assert_eq!(
        last.content,
        fingerprint(&dossier.now),
        "another text is public than the one that was decided on"
    );
    let mut seen_by: Vec<(Gate, &Hand)> = Vec::new();
    for entry in &entries[..published[0]] {
        if let (Deed::Approved(step), Some(hand)) = (&entry.deed, &entry.hand)
            && entry.content == last.content
            && !hand.is_among(&dossier.case.authors)
        {
            seen_by.push((step.gate, hand));
        }
    }
    let gates = [Gate::Round(0), Gate::Round(1), Gate::Secrecy, Gate::SignOff];
    if last.deed == Deed::PublishedInEmergency {
        let hand = last.hand.as_ref().unwrap();
        assert!(!hand.is_among(&dossier.case.authors), "alone in an emergency");
    } else {
        for gate in gates {
            assert!(seen_by.iter().any(|(seen, _)| *seen == gate), "{gate:?} is missing: {entries:?}");
        }
        let signed = seen_by.iter().filter(|(gate, _)| *gate == Gate::SignOff);
        for (_, signer) in signed {
            assert!(seen_by.iter().all(|(gate, hand)| *gate == Gate::SignOff || !hand.meets(signer)));
        }
    }
}

fn fingerprint(snapshot: &Snapshot) -> rules::review::Fingerprint {
    snapshot.fingerprint().unwrap()
}
