//! Stories of a report whose record was withdrawn: it comes back only as a correction that was handed in and signed by
//! people who knew of the withdrawal, and what was withdrawn stays hidden.

use super::{YEAR, create, finish, report, sign, start, submit, write};
use crate::{
    annual_report::{Report, actions, current, document::ReportState, release},
    document::{self, ChangeReason},
    error::{Error, Refusal, Result},
    id::DocumentId,
    publishing,
    test_app::TestApp,
};

const SECRET: &str = "演示：投诉人住松岭路一号。";

/// A published report that says what it should not.
async fn published(app: &TestApp) -> Report {
    let id = create(app).await;
    finish(app, &id).await;
    write(app, &id, "problems", SECRET).await;
    hand_in(app, &id).await;
    signing(app, &id).await.unwrap();
    publishing(app, &id).await.unwrap();
    report(app, &id).await
}

async fn hand_in(app: &TestApp, id: &str) {
    let now = report(app, id).await;
    app.act(move |tx, cx| actions::submit(tx, cx, &now.id, now.version)).await;
}

async fn signing(app: &TestApp, id: &str) -> Result<()> {
    let (now, cx) = (report(app, id).await, app.app.cx(&app.site_id, "signer"));
    let work = app.app.act(cx, move |tx, cx| actions::sign(tx, cx, (&now.id, now.version), "https://s.test"));
    work.await
}

async fn publishing(app: &TestApp, id: &str) -> Result<()> {
    release::publish(&app.app, app.app.cx(&app.site_id, "signer"), id).await
}

async fn withdraw(app: &TestApp, report: &Report) {
    let id = DocumentId(report.document_id.clone().unwrap());
    let reason = ChangeReason { code: "personal_privacy", note: "" };
    app.act(move |tx, cx| publishing::actions::withdraw(tx, cx, &id, reason)).await;
}

async fn correct(app: &TestApp, report: &Report) -> String {
    let id = report.id.clone();
    let next = app.act(move |tx, cx| actions::correct(tx, cx, &id, "演示更正")).await;
    write(app, &next, "problems", "演示：个别投诉办理不及时。").await;
    next
}

async fn state(app: &TestApp, report: &Report) -> String {
    let id = DocumentId(report.document_id.clone().unwrap());
    app.read(move |tx, cx| document::actions::find(tx, cx, &id)).await.state
}

fn says<T>(answer: &Result<T>, words: &str) -> bool {
    matches!(answer, Err(Error::Refused(Refusal::Invalid(sentence))) if sentence.contains(words))
}

#[tokio::test]
async fn the_correction_of_a_withdrawn_report_takes_its_old_number_and_hides_what_was_before() {
    let app = start().await;
    let first = published(&app).await;
    let address = first.frozen.clone().unwrap().address;
    withdraw(&app, &first).await;
    assert_eq!(state(&app, &first).await, "withdrawn");
    let next = correct(&app, &first).await;
    assert_eq!(state(&app, &first).await, "withdrawn", "a correction that is written shows nothing yet");
    sign(&app, &next).await;
    let next = report(&app, &next).await;
    assert_eq!((state(&app, &next).await.as_str(), &next.document_id), ("live", &first.document_id));
    assert_eq!(next.frozen.unwrap().address, address);
    let edition = crate::id::EditionId(first.edition_id.unwrap());
    let before = app.read(move |tx, cx| document::actions::find_edition(tx, cx, &edition)).await;
    assert_eq!(before.state, "concealed");
}

#[tokio::test]
async fn a_correction_handed_in_before_the_withdrawal_is_not_signed() {
    let app = start().await;
    let first = published(&app).await;
    let next = correct(&app, &first).await;
    submit(&app, &next).await;
    withdraw(&app, &first).await;
    let told = signing(&app, &next).await;
    assert!(says(&told, "请退回编写"), "{told:?}");
    let id = next.clone();
    app.act(move |tx, cx| actions::take_back(tx, cx, &id, "演示：公开的年报已撤回")).await;
    hand_in(&app, &next).await;
    signing(&app, &next).await.unwrap();
    publishing(&app, &next).await.unwrap();
    assert_eq!(state(&app, &first).await, "live");
}

#[tokio::test]
async fn a_correction_signed_before_the_withdrawal_stays_hidden_and_is_corrected_in_its_turn() {
    let app = start().await;
    let first = published(&app).await;
    let second = correct(&app, &first).await;
    submit(&app, &second).await;
    signing(&app, &second).await.unwrap();
    withdraw(&app, &first).await;
    let told = publishing(&app, &second).await;
    assert!(says(&told, "请办理更正"), "{told:?}");
    assert_eq!(state(&app, &first).await, "withdrawn");
    let second = report(&app, &second).await;
    let third = correct(&app, &second).await;
    sign(&app, &third).await;
    let told = publishing(&app, &second.id).await;
    assert!(says(&told, "已被更正"), "{told:?}");
    let (second, third) = (report(&app, &second.id).await, report(&app, &third).await);
    assert_eq!((second.state, third.state), (ReportState::Superseded, ReportState::Frozen));
    assert_eq!(state(&app, &first).await, "live");
    let edition = crate::id::EditionId(second.edition_id.unwrap());
    let gone = app.try_act(move |tx, cx| document::actions::find_edition(tx, cx, &edition)).await;
    assert!(matches!(gone, Err(Error::NotFound)), "the draft that never became public was given up");
}

#[tokio::test]
async fn a_withdrawn_report_is_written_in_no_form_until_its_correction_is_signed() {
    let app = start().await;
    let first = published(&app).await;
    withdraw(&app, &first).await;
    let asked = || {
        let app = app.clone();
        async move { app.try_act(|tx, cx| current(tx, cx, "", YEAR)).await }
    };
    assert!(says(&asked().await, "已撤回"));
    let next = correct(&app, &first).await;
    assert!(says(&asked().await, "已撤回"), "nor while the correction is written from what was withdrawn");
    sign(&app, &next).await;
    let made = asked().await.unwrap();
    assert!(!crate::annual_report::body::text(&made).contains(SECRET));
}
