//! What the clock does to cases: set times, late steps, documents withdrawn under a set time.

use rules::review::{Gate, ReviewRefusal as R, Stage};

use super::{Office, refused};
use crate::review::{Outcome, actions, jobs};

#[tokio::test]
async fn a_cleared_edition_goes_public_at_its_minute_and_the_case_knows() {
    let office = Office::open().await;
    let draft = office.draft("定时公布").await;
    draft.clear().await;
    assert_eq!(draft.schedule("signer", "2026-03-20 10:00").await.unwrap(), Outcome::Done);
    assert_eq!(draft.schedule("signer", "2026-03-20 10:00").await.unwrap(), Outcome::Repeated);
    assert_eq!(refused(draft.schedule("signer", "2026-03-20 11:00").await), R::AlreadyScheduled);
    assert!(draft.write("drafter", "定时之后改").await.is_err(), "a scheduled edition is not written");
    office.app.at("2026-03-20 09:59");
    office.app.settle().await;
    assert!(!draft.is_public().await);
    office.app.at("2026-03-20 10:00");
    office.app.settle().await;
    assert!(draft.is_public().await);
    assert_eq!(draft.stage().await, Stage::Published);
    office.app.settle().await;
    assert_eq!(draft.dossier().await.entries.len(), 6);
}

#[tokio::test]
async fn a_time_taken_back_leaves_the_case_cleared() {
    let office = Office::open().await;
    let draft = office.draft("改变主意").await;
    draft.clear().await;
    draft.schedule("signer", "2026-03-20 10:00").await.unwrap();
    let id = draft.id().await;
    let unschedule = move |tx: &mut kit_db::Tx<'_>, cx: &crate::cx::Cx, actor: &crate::review::Actor| {
        actions::unschedule(tx, cx, actor, &id)
    };
    office.by("signer", unschedule).await.unwrap();
    assert_eq!(draft.stage().await, Stage::At(Gate::Publication));
    office.app.today("2026-03-21");
    office.app.settle().await;
    assert!(!draft.is_public().await);
    draft.publish("signer").await.unwrap();
    assert!(draft.is_public().await);
}

#[tokio::test]
async fn a_set_time_falls_with_the_withdrawal_of_the_document() {
    let office = Office::open().await;
    let first = office.draft("收费标准").await;
    first.clear().await;
    first.publish("signer").await.unwrap();
    let record = first.record.next_draft("更正", |content| content.title = "收费标准（修订）".into()).await;
    let next = super::Draft { office: office.clone(), record };
    next.clear().await;
    next.schedule("signer", "2026-03-20 10:00").await.unwrap();
    first.record.withdraw("content_error", "").await.unwrap();
    office.app.settle().await;
    assert_eq!(next.stage().await, Stage::At(Gate::Publication));
    office.app.at("2026-03-20 10:00");
    office.app.settle().await;
    assert!(!next.is_public().await);
}

#[tokio::test]
async fn a_late_step_is_told_once_to_others() {
    let office = Office::open().await;
    let draft = office.draft("迟迟未审").await;
    draft.submit("drafter").await.unwrap();
    let due = |day: &str| {
        office.app.today(day);
        office.app.read(jobs::due)
    };
    // Two working days from Friday: until Tuesday.
    assert_eq!(due("2026-03-24").await.late, []);
    let late = due("2026-03-25").await.late;
    assert_eq!(late, [draft.id().await]);
    let waiting = office.waiting("reviewer").await;
    assert!(office.app.read(move |_, cx| Ok(waiting[0].is_overdue(cx))).await);
    office.app.settle().await;
    assert_eq!(due("2026-03-26").await.late, []);
    draft.approve("reviewer").await.unwrap();
    assert_eq!(office.waiting("keeper").await[0].step.due_on, "2026-03-30");
}

#[tokio::test]
async fn a_look_at_nothing_new_finds_nothing_due() {
    let office = Office::open().await;
    let draft = office.draft("无事").await;
    draft.submit("drafter").await.unwrap();
    draft.write("drafter", "演示数据：正文。").await.unwrap();
    assert_eq!(office.app.read(jobs::due).await.outdated.len(), 1, "it was written, if to the same words");
    office.app.settle().await;
    assert_eq!(office.app.read(jobs::due).await, jobs::Due::default());
    assert_eq!(draft.dossier().await.entries.len(), 1);
}
