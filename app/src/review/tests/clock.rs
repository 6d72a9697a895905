//! What the clock does to cases: set times, late steps, documents withdrawn under a set time.

use rules::{
    permission::Role,
    review::{Gate, ReviewRefusal as R, Stage},
};

use super::{Office, refused};
use crate::{
    review::{Outcome, actions, jobs, queries, way::Party},
    staff,
};

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

#[tokio::test]
async fn a_round_whose_only_reviewer_wrote_the_text_is_an_empty_chair() {
    let office = Office::open().await;
    let other = office.app.organ("finance", "财政局").await;
    office.hire("only", Role::Reviewer, &other).await;
    let rounds = vec![super::round("会签", true, vec![Party::Organ(other.0.clone())])];
    office.set(move |setting| setting.rounds.clone_from(&rounds)).await;
    let draft = office.draft("审核员自己写的").await;
    draft.write("only", "由唯一的审核员改过").await.unwrap();
    draft.submit("drafter").await.unwrap();
    assert!(office.waiting("only").await.is_empty());
    assert_eq!(office.waiting("office").await.len(), 1, "the disclosure office is asked instead");
}

#[tokio::test]
async fn of_two_organs_asked_together_the_empty_chair_of_one_is_found_beside_the_other() {
    let office = Office::open().await;
    let mut parties = Vec::new();
    for (code, name) in [("finance", "财政局"), ("culture", "文化局")] {
        let organ = office.app.organ(code, name).await;
        office.hire(code, Role::Reviewer, &organ).await;
        parties.push(Party::Organ(organ.0));
    }
    let rounds = vec![super::round("会签", true, parties)];
    office.set(move |setting| setting.rounds.clone_from(&rounds)).await;
    let draft = office.draft("两家会签").await;
    draft.submit("drafter").await.unwrap();
    assert_eq!(office.app.read(jobs::unsettled).await, []);
    office
        .app
        .act(|tx, cx| {
            let account = staff::queries::by_login(tx, &cx.site_id, "culture")?.unwrap();
            staff::actions::set_state(tx, cx, &account.id, staff::AccountState::Closed)
        })
        .await;
    assert_eq!(office.app.read(jobs::unsettled).await, [draft.id().await]);
    crate::background::mind_chairs(&office.app.app).await.unwrap();
    assert_eq!(office.waiting("office").await.len(), 1, "the disclosure office is asked instead of the one");
    assert_eq!(office.waiting("finance").await.len(), 1, "and the other goes on waiting");
    assert_eq!(office.app.read(jobs::unsettled).await, []);
}

#[tokio::test]
async fn who_took_another_step_is_as_good_as_nobody_when_the_last_other_one_leaves() {
    let office = Office::open().await;
    let both = office.app.read(|tx, cx| staff::queries::by_login(tx, &cx.site_id, "keeper")).await.unwrap();
    office.app.grant(&both.id, Role::Signer, "government").await;
    let draft = office.draft("只剩审查过的人").await;
    draft.submit("drafter").await.unwrap();
    draft.approve("reviewer").await.unwrap();
    draft.pass_secrecy("keeper").await.unwrap();
    assert_eq!(office.app.read(jobs::unsettled).await, [], "the signers are there");
    for login in ["signer", "second.signer"] {
        office
            .app
            .act(move |tx, cx| {
                let account = staff::queries::by_login(tx, &cx.site_id, login)?.unwrap();
                staff::actions::set_state(tx, cx, &account.id, staff::AccountState::Closed)
            })
            .await;
    }
    crate::background::mind_chairs(&office.app.app).await.unwrap();
    let id = draft.id().await;
    let steps = office.app.read(move |tx, cx| queries::open_steps(tx, &cx.site_id, &id)).await;
    assert_eq!(steps[0].vacancy(), Some(Role::Signer));
    assert_eq!(office.app.read(jobs::unsettled).await, [], "and that is all there is to it");
}
