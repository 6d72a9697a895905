//! One-time links: one step, one content, one use; the issuer counts as having taken the step.

use rules::review::{Gate, ReviewRefusal as R, Stage, Step};

use super::{Draft, Office};
use crate::{
    error::{Error, Refusal, Result},
    review::{Outcome, Remark, links, queries},
};

async fn issue(draft: &Draft, by: &str, gate: Gate) -> Result<String> {
    let id = draft.id().await;
    let work = move |tx: &mut kit_db::Tx<'_>, cx: &crate::cx::Cx, actor: &crate::review::Actor| {
        links::issue(tx, cx, actor, &id, Step::at(gate), "演示区长")
    };
    draft.office.by(by, work).await
}

async fn decide(office: &Office, token: &str, approves: bool, reason: &str) -> Result<Outcome> {
    let (token, remark) = (token.to_owned(), Remark::new(reason));
    office.app.try_act(move |tx, cx| links::decide(tx, cx, &token, approves, &remark)).await
}

async fn at_sign_off(office: &Office) -> Draft {
    let draft = office.draft("请领导签发").await;
    draft.submit("drafter").await.unwrap();
    draft.approve("reviewer").await.unwrap();
    draft.pass_secrecy("keeper").await.unwrap();
    draft
}

#[tokio::test]
async fn a_leader_signs_by_a_link_that_is_good_once() {
    let office = Office::open().await;
    let draft = at_sign_off(&office).await;
    let token = issue(&draft, "office", Gate::SignOff).await.unwrap();
    assert_eq!(decide(&office, &token, true, "同意").await.unwrap(), Outcome::Done);
    assert_eq!(decide(&office, &token, true, "同意").await.unwrap(), Outcome::Repeated);
    assert_eq!(draft.stage().await, Stage::At(Gate::Publication));
    let last = draft.dossier().await.entries.last().unwrap().entry.hand.clone().unwrap();
    assert_eq!(last.person.0, "〔演示区长〕");
    assert_eq!(last.issued_by.unwrap().0, "office");
    let id = draft.id().await;
    let kept = office.app.read(move |tx, cx| queries::links(tx, &cx.site_id, &id)).await;
    assert!(kept[0].used_at.is_some() && kept[0].mark != token, "the token itself is kept nowhere");
}

#[tokio::test]
async fn a_link_is_issued_by_nobody_who_could_not_take_the_step() {
    let office = Office::open().await;
    let draft = at_sign_off(&office).await;
    assert!(matches!(issue(&draft, "drafter", Gate::SignOff).await, Err(Error::Forbidden)));
    assert!(matches!(issue(&draft, "reviewer", Gate::SignOff).await, Err(Error::Forbidden)));
    assert!(matches!(issue(&draft, "keeper", Gate::Secrecy).await, Err(Error::Refused(Refusal::Invalid(_)))));
    draft.write("office", "公开办改过").await.unwrap();
    let early = issue(&draft, "office", Gate::Round(0)).await;
    assert!(matches!(early, Err(Error::Refused(Refusal::Review(R::OwnText)))));
}

#[tokio::test]
async fn whoever_issued_a_link_takes_no_further_step() {
    let office = Office::open().await;
    let draft = office.draft("审核也用链接").await;
    draft.submit("drafter").await.unwrap();
    let token = issue(&draft, "office", Gate::Round(0)).await.unwrap();
    decide(&office, &token, true, "").await.unwrap();
    draft.pass_secrecy("keeper").await.unwrap();
    let again = issue(&draft, "office", Gate::SignOff).await;
    assert!(matches!(again, Err(Error::Refused(Refusal::Review(R::TwoSteps(Gate::Round(0)))))));
}

#[tokio::test]
async fn a_link_that_is_old_withdrawn_or_wrong_is_not_found() {
    let office = Office::open().await;
    let draft = at_sign_off(&office).await;
    let token = issue(&draft, "office", Gate::SignOff).await.unwrap();
    assert!(matches!(decide(&office, "0000", true, "").await, Err(Error::NotFound)));
    office.app.advance_minutes(24 * 60);
    assert!(matches!(decide(&office, &token, true, "").await, Err(Error::NotFound)));
    let token = issue(&draft, "office", Gate::SignOff).await.unwrap();
    let id = draft.id().await;
    let shown = id.clone();
    let newest = office.app.read(move |tx, cx| queries::links(tx, &cx.site_id, &shown)).await.remove(0);
    let mark = newest.mark;
    let withdraw = move |tx: &mut kit_db::Tx<'_>, cx: &crate::cx::Cx, actor: &crate::review::Actor| {
        links::withdraw(tx, cx, actor, &id, &mark)
    };
    office.by("office", withdraw).await.unwrap();
    assert!(matches!(decide(&office, &token, true, "").await, Err(Error::NotFound)));
    assert_eq!(draft.stage().await, Stage::At(Gate::SignOff));
}

#[tokio::test]
async fn a_text_changed_after_the_link_was_issued_cannot_be_signed_by_it() {
    let office = Office::open().await;
    let draft = at_sign_off(&office).await;
    let token = issue(&draft, "office", Gate::SignOff).await.unwrap();
    draft.write("helper", "悄悄改了").await.unwrap();
    assert_eq!(decide(&office, &token, true, "").await.unwrap(), Outcome::TextChanged);
    assert_eq!(draft.stage().await, Stage::At(Gate::Round(0)));
}

#[tokio::test]
async fn a_leader_returns_with_a_reason() {
    let office = Office::open().await;
    let draft = at_sign_off(&office).await;
    let token = issue(&draft, "office", Gate::SignOff).await.unwrap();
    assert!(matches!(decide(&office, &token, false, "").await, Err(Error::Refused(Refusal::Invalid(_)))));
    decide(&office, &token, false, "标题再斟酌").await.unwrap();
    assert_eq!(draft.stage().await, Stage::Returned);
    assert_eq!(office.waiting("drafter").await.len(), 1);
}
