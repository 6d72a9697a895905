//! From the draft to the reader, with returns, changes and corrections on the way.

use rules::review::{Gate, Person, ReturnTo, ReviewRefusal as R, Stage, Step};

use super::{Draft, Office, form, refused, round};
use crate::{
    error::{Error, Refusal},
    review::{
        Mark, Outcome, Remark, actions, queries,
        secrecy::{self, SecrecyForm},
        waiting::Work,
        way::{self, Party},
    },
};

fn to_drafter() -> ReturnTo {
    ReturnTo::Authors(vec![Person("drafter".to_owned())])
}

#[tokio::test]
async fn a_record_goes_through_every_hand_and_is_public_at_once() {
    let office = Office::open().await;
    let draft = office.draft("供热管理办法").await;
    assert_eq!(draft.submit("drafter").await.unwrap(), Outcome::Done);
    assert_eq!(draft.stage().await, Stage::At(Gate::Round(0)));
    draft.approve("reviewer").await.unwrap();
    draft.pass_secrecy("keeper").await.unwrap();
    draft.sign("signer").await.unwrap();
    assert!(!draft.is_public().await);
    assert_eq!(draft.publish("signer").await.unwrap(), Outcome::Done);
    assert!(office.app.page("/documents/1").await.contains("供热管理办法"));
    assert_eq!(draft.stage().await, Stage::Published);
    let forms = {
        let id = draft.id().await;
        office.app.read(move |tx, cx| queries::secrecy_forms(tx, &cx.site_id, &id)).await
    };
    assert_eq!(forms, [(3, form())]);
}

#[tokio::test]
async fn a_second_click_another_tab_and_a_retry_change_nothing() {
    let office = Office::open().await;
    let draft = office.draft("供热管理办法").await;
    office.app.app.db.inject_lost_races(3);
    assert_eq!(draft.submit("drafter").await.unwrap(), Outcome::Done);
    assert_eq!(draft.submit("drafter").await.unwrap(), Outcome::Repeated);
    let (id, seen, round) = (draft.id().await, draft.seen().await, Step::at(Gate::Round(0)));
    let both = tokio::join!(
        draft.approve_seen("reviewer", &id, round, seen.clone()),
        draft.approve_seen("reviewer", &id, round, seen.clone()),
    );
    let mut outcomes = [both.0.unwrap(), both.1.unwrap()];
    outcomes.sort_by_key(|outcome| *outcome == Outcome::Repeated);
    assert_eq!(outcomes, [Outcome::Done, Outcome::Repeated]);
    // The colleague who opened the page before finds the step taken.
    assert_eq!(refused(draft.approve_seen("second.reviewer", &id, round, seen).await), R::NotThisStep);
    draft.pass_secrecy("keeper").await.unwrap();
    assert_eq!(draft.pass_secrecy("keeper").await.unwrap(), Outcome::Repeated);
    draft.sign("signer").await.unwrap();
    assert_eq!(draft.sign("signer").await.unwrap(), Outcome::Repeated);
    let both = tokio::join!(draft.publish("signer"), draft.publish("signer"));
    let mut outcomes = [both.0.unwrap(), both.1.unwrap()];
    outcomes.sort_by_key(|outcome| *outcome == Outcome::Repeated);
    assert_eq!(outcomes, [Outcome::Done, Outcome::Repeated]);
    assert_eq!(refused(draft.publish("office").await), R::AlreadyPublic);
    let dossier = draft.dossier().await;
    assert_eq!(dossier.entries.len(), 5);
    assert_eq!(draft.record.row().await.public_number, Some(1));
}

#[tokio::test]
async fn a_return_goes_with_reason_and_places_to_those_concerned_and_comes_back_mended() {
    let office = Office::open().await;
    let draft = office.draft("供热管理办法").await;
    draft.write("helper", "第一条。\n第二条。").await.unwrap();
    draft.submit("drafter").await.unwrap();
    let silent = draft.return_from("reviewer", Gate::Round(0), to_drafter(), Remark::default()).await;
    assert!(matches!(silent, Err(Error::Refused(Refusal::Invalid(_)))));
    let mark = Mark { paragraph: 2, excerpt: "第二条。".to_owned(), note: "写明温度".to_owned() };
    let remark = Remark { reason: "请补充温度标准".to_owned(), marks: vec![mark] };
    draft.return_from("reviewer", Gate::Round(0), to_drafter(), remark.clone()).await.unwrap();
    assert_eq!(draft.stage().await, Stage::Returned);
    let waiting = office.waiting("drafter").await;
    assert_eq!((waiting.len(), waiting[0].step.work), (1, Work::Mend));
    assert!(office.waiting("helper").await.is_empty(), "only the person named is concerned");
    assert_eq!(draft.dossier().await.entries.last().unwrap().remark, remark);
    draft.write("drafter", "第一条。\n第二条，不低于二十度。").await.unwrap();
    draft.submit("drafter").await.unwrap();
    assert_eq!(draft.stage().await, Stage::At(Gate::Round(0)));
    assert!(office.waiting("drafter").await.is_empty());
}

#[tokio::test]
async fn a_text_changed_after_it_was_looked_at_is_decided_by_nobody_and_goes_back() {
    let office = Office::open().await;
    let draft = office.draft("供热管理办法").await;
    draft.submit("drafter").await.unwrap();
    draft.approve("reviewer").await.unwrap();
    draft.pass_secrecy("keeper").await.unwrap();
    let (id, seen) = (draft.id().await, draft.seen().await);
    draft.write("helper", "改了正文。").await.unwrap();
    let late = draft.approve_seen("signer", &id, Step::at(Gate::SignOff), seen).await.unwrap();
    assert_eq!(late, Outcome::TextChanged);
    let dossier = draft.dossier().await;
    assert_eq!(dossier.case.stage, Stage::At(Gate::Round(0)));
    assert!(dossier.case.authors.contains(&Person("helper".to_owned())));
    let looked_at = dossier.entries.iter().find(|row| row.entry.content != *dossier.content()).unwrap();
    let before = crate::review::snapshot::kept;
    let content = looked_at.entry.content.clone();
    let kept = office.app.read(move |tx, cx| before(tx, cx, &content)).await.unwrap();
    assert_eq!(
        (kept.content.body_text.as_str(), dossier.now.content.body_text.as_str()),
        ("演示数据：正文。", "改了正文。")
    );
}

#[tokio::test]
async fn a_new_file_is_a_change_too_and_the_case_follows_without_anybody_opening_it() {
    let office = Office::open().await;
    let draft = office.draft("供热管理办法").await;
    draft.clear().await;
    assert_eq!(draft.stage().await, Stage::At(Gate::Publication));
    draft.record.attach("价目.txt", "每平方米二十元".as_bytes()).await.unwrap();
    office.app.settle().await;
    assert_eq!(draft.stage().await, Stage::At(Gate::Round(0)));
    assert_eq!(refused(draft.publish("signer").await), R::NotCleared);
    // The same text again is the same content: what was approved of it stands.
    let edition = draft.record.edition.clone();
    let remove = move |tx: &mut kit_db::Tx<'_>, cx: &crate::cx::Cx| {
        let file = crate::attachment::queries::of_edition(tx, &cx.site_id, &edition)?.remove(0);
        crate::attachment::actions::detach(tx, cx, &edition, &file.id)
    };
    office.app.act(remove).await;
    office.app.settle().await;
    assert_eq!(draft.stage().await, Stage::At(Gate::Publication));
}

#[tokio::test]
async fn a_correction_takes_the_same_way_beside_the_live_record() {
    let office = Office::open().await;
    let draft = office.draft("收费标准").await;
    draft.clear().await;
    draft.publish("signer").await.unwrap();
    let next = draft.record.next_draft("更正收费标准", |_| ()).await;
    let next = Draft { office: office.clone(), record: next };
    next.write("drafter", "每户二百元。").await.unwrap();
    next.submit("drafter").await.unwrap();
    assert_eq!(refused(next.publish("signer").await), R::NotCleared);
    assert!(!office.app.page("/documents/1").await.contains("每户二百元"));
    next.approve("reviewer").await.unwrap();
    next.pass_secrecy("keeper").await.unwrap();
    next.sign("signer").await.unwrap();
    next.publish("signer").await.unwrap();
    assert!(office.app.page("/documents/1").await.contains("每户二百元"));
    assert_ne!(next.id().await, draft.id().await);
}

#[tokio::test]
async fn a_submission_can_be_taken_back_by_its_authors_until_it_is_public() {
    let office = Office::open().await;
    let draft = office.draft("供热管理办法").await;
    draft.submit("drafter").await.unwrap();
    let recall = |by: &'static str| {
        let (office, draft) = (office.clone(), draft.clone());
        async move {
            let id = draft.id().await;
            office.by(by, move |tx, cx, actor| actions::recall(tx, cx, actor, &id, "再改一改")).await
        }
    };
    assert_eq!(refused(recall("reviewer").await), R::NotAnAuthor);
    assert_eq!(recall("drafter").await.unwrap(), Outcome::Done);
    assert_eq!(recall("drafter").await.unwrap(), Outcome::Repeated);
    assert_eq!(draft.stage().await, Stage::Recalled);
    assert!(office.waiting("reviewer").await.is_empty());
    draft.clear().await;
    draft.publish("signer").await.unwrap();
    assert_eq!(refused(recall("drafter").await), R::AlreadyPublic);
}

#[tokio::test]
async fn a_column_has_its_own_rounds_and_hands_them_down() {
    let office = Office::open().await;
    let column = office.app.column("budget", "预算", None).await;
    office.app.column("budget-year", "年度预算", Some("budget")).await;
    let finance = office.app.organ("finance", "财政局").await;
    office.hire("treasurer", rules::permission::Role::Reviewer, &finance).await;
    let parties = vec![Party::Organ(finance.0.clone()), Party::OwnOrgan];
    let rounds = vec![round("会签", true, parties), round("终审", true, vec![Party::DisclosureOffice])];
    office.app.act(move |tx, cx| way::set_rounds(tx, cx, &column, Some(&rounds))).await;
    let record = office.app.document("预算公开").column("budget-year").draft().await;
    let draft = Draft { office: office.clone(), record };
    draft.submit("drafter").await.unwrap();
    let party = |party| Step { gate: Gate::Round(0), party };
    assert_eq!(office.waiting("treasurer").await.len(), 1);
    assert!(matches!(draft.approve_at("reviewer", party(0)).await, Err(Error::Forbidden)));
    draft.approve_at("treasurer", party(0)).await.unwrap();
    assert!(office.waiting("treasurer").await.is_empty());
    assert_eq!(draft.stage().await, Stage::At(Gate::Round(0)));
    draft.approve_at("reviewer", party(1)).await.unwrap();
    assert_eq!(draft.stage().await, Stage::At(Gate::Round(1)));
    let last = Step::at(Gate::Round(1));
    assert_eq!(office.waiting("office").await.len(), 1);
    draft.approve_at("office", last).await.unwrap();
    assert_eq!(draft.stage().await, Stage::At(Gate::Secrecy));
}

#[tokio::test]
async fn a_secrecy_review_needs_opinion_and_basis_and_a_refusal_goes_back_to_all_authors() {
    let office = Office::open().await;
    let draft = office.draft("供热管理办法").await;
    draft.submit("drafter").await.unwrap();
    draft.approve("reviewer").await.unwrap();
    let (id, seen) = (draft.id().await, draft.seen().await);
    let pass = |form: SecrecyForm| {
        let (office, id, seen) = (office.clone(), id.clone(), seen.clone());
        async move {
            office.by("keeper", move |tx, cx, actor| secrecy::pass(tx, cx, actor, &id, &seen, &form)).await
        }
    };
    let silent = SecrecyForm { opinion: " ".to_owned(), ..form() };
    let baseless = SecrecyForm { bases: Vec::new(), ..form() };
    let unknown = SecrecyForm { bases: vec!["because".to_owned()], ..form() };
    let contrary = SecrecyForm { bases: vec!["is_secret".to_owned()], ..form() };
    for wrong in [silent, baseless, unknown, contrary.clone()] {
        assert!(matches!(pass(wrong).await, Err(Error::Refused(_))));
    }
    assert!(matches!(draft.approve_at("keeper", Step::at(Gate::Secrecy)).await, Err(Error::Refused(_))));
    let refusal = move |tx: &mut kit_db::Tx<'_>, cx: &crate::cx::Cx, actor: &crate::review::Actor| {
        secrecy::refuse(tx, cx, actor, &id, &seen, &contrary)
    };
    office.by("keeper", refusal).await.unwrap();
    assert_eq!(draft.stage().await, Stage::Returned);
    assert_eq!(office.waiting("drafter").await.len(), 1);
}

#[tokio::test]
async fn what_lacks_something_is_not_submitted_and_not_signed() {
    let office = Office::open().await;
    let draft = office.draft("供热管理办法").await;
    draft.write("drafter", "").await.unwrap();
    assert!(matches!(draft.submit("drafter").await, Err(Error::Refused(Refusal::NotReady(_)))));
    assert_eq!(draft.stage().await, Stage::Draft);
    assert!(draft.dossier().await.entries.is_empty());
}
