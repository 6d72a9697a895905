//! Stories of what happens after publication: two persons for withdrawal and repeal, a correction that drops a file, an
//! emergency that acts at once and is looked at afterwards.

use rules::{permission::Role, standing::RequestEvent};

use super::{Grounds, Kind, actions, queries};
use crate::{
    cx::Cx,
    error::{Error, Refusal, Result},
    id::RequestId,
    review::Actor,
    staff::queries as staff_queries,
    test_app::{Record, TestApp},
};

async fn office() -> TestApp {
    let app = TestApp::start().await;
    for (login, role) in [
        ("drafter", Role::InformationOfficer),
        ("signer", Role::Signer),
        ("office", Role::DisclosureOffice),
        ("second.office", Role::DisclosureOffice),
    ] {
        let account = app.account(login).await;
        app.grant(&account, role, "government").await;
    }
    app
}

fn grounds(reason: &str) -> Grounds {
    Grounds {
        reason: reason.to_owned(),
        note: "演示数据：情况说明".to_owned(),
        told: "转载的媒体".to_owned(),
    }
}

async fn by<T: Send + 'static>(
    app: &TestApp,
    login: &str,
    mut work: impl FnMut(&mut kit_db::Tx<'_>, &Cx, &Actor) -> Result<T> + Send + 'static,
) -> Result<T> {
    let cx = app.app.cx(&app.site_id, login);
    let login = login.to_owned();
    app.app
        .act(cx, move |tx, cx| {
            let account = staff_queries::by_login(tx, &cx.site_id, &login)?.unwrap();
            let grants = staff_queries::grants_on(tx, &cx.site_id, &account.id, &cx.today())?;
            work(tx, cx, &Actor { login: login.clone(), grants })
        })
        .await
}

async fn ask(app: &TestApp, record: &Record, login: &str, reason: &str) -> Result<RequestId> {
    let (id, grounds) = (record.id.clone(), grounds(reason));
    by(app, login, move |tx, cx, actor| actions::request_withdrawal(tx, cx, actor, &id, &grounds)).await
}

async fn decide(app: &TestApp, login: &str, id: &RequestId, event: RequestEvent) -> Result<super::Request> {
    let id = id.clone();
    by(app, login, move |tx, cx, actor| actions::decide(tx, cx, actor, &id, event, "意见")).await
}

#[tokio::test]
async fn a_withdrawal_is_asked_for_by_one_and_confirmed_by_another() {
    let app = office().await;
    let record = app.document("误发的名单").publish().await;
    let unknown = ask(&app, &record, "drafter", "because").await;
    assert!(matches!(unknown, Err(Error::Refused(Refusal::Unknown { .. }))));
    let request = ask(&app, &record, "signer", "published_by_mistake").await.unwrap();
    assert_eq!(
        ask(&app, &record, "signer", "published_by_mistake").await.unwrap(),
        request,
        "a second click"
    );
    assert_eq!(app.get(&record.address()).await.status(), 200);
    let own = decide(&app, "signer", &request, RequestEvent::Confirm).await;
    assert!(matches!(own, Err(Error::Refused(Refusal::Request(_)))));
    assert!(matches!(decide(&app, "drafter", &request, RequestEvent::Confirm).await, Err(Error::Forbidden)));
    decide(&app, "office", &request, RequestEvent::Confirm).await.unwrap();
    decide(&app, "office", &request, RequestEvent::Confirm).await.unwrap();
    let page = app.get(&record.address()).await;
    assert!(page.html().contains("本信息发布有误"), "{}", page.text());
    assert!(!page.html().contains("演示数据：情况说明"));
    let late = decide(&app, "second.office", &request, RequestEvent::Refuse).await;
    assert!(matches!(late, Err(Error::Refused(Refusal::Request(_)))));
}

#[tokio::test]
async fn a_request_refused_or_taken_back_changes_nothing() {
    let app = office().await;
    let record = app.document("继续公开").publish().await;
    let request = ask(&app, &record, "drafter", "other").await.unwrap();
    decide(&app, "signer", &request, RequestEvent::Refuse).await.unwrap();
    let request = ask(&app, &record, "drafter", "other").await.unwrap();
    let taken = decide(&app, "signer", &request, RequestEvent::TakeBack).await;
    assert!(matches!(taken, Err(Error::Refused(Refusal::Request(_)))));
    decide(&app, "drafter", &request, RequestEvent::TakeBack).await.unwrap();
    assert_eq!(app.get(&record.address()).await.status(), 200);
    let id = record.id.clone();
    assert_eq!(app.read(move |tx, cx| queries::of_document(tx, &cx.site_id, &id)).await.len(), 2);
}

#[tokio::test]
async fn the_disclosure_office_withdraws_at_once_and_another_looks_at_it() {
    let app = office().await;
    let record = app.document("泄露个人信息").publish().await;
    let at_once = |login: &'static str| {
        let (app, id) = (app.clone(), record.id.clone());
        async move {
            let grounds = grounds("personal_privacy");
            by(&app, login, move |tx, cx, actor| actions::withdraw_emergency(tx, cx, actor, &id, &grounds))
                .await
        }
    };
    assert!(matches!(at_once("signer").await, Err(Error::Forbidden)));
    let request = at_once("office").await.unwrap();
    assert_eq!(at_once("office").await.unwrap(), request);
    assert!(!app.get(&record.address()).await.html().contains("泄露个人信息"));
    let own = decide(&app, "office", &request, RequestEvent::Uphold).await;
    assert!(matches!(own, Err(Error::Refused(Refusal::Request(_)))));
    decide(&app, "second.office", &request, RequestEvent::Uphold).await.unwrap();
}

#[tokio::test]
async fn a_repeal_names_its_document_and_the_repealed_one_stays_readable() {
    let app = office().await;
    let dated =
        |title: &str, on: &str| app.document(title).kind("policy_document").written(on).in_force(on, None);
    let old = dated("旧办法", "2016-02-01").publish().await;
    let new = dated("新办法", "2026-03-01").publish().await;
    let (old_id, new_id) = (old.id.clone(), new.id.clone());
    let asked = by(&app, "drafter", move |tx, cx, actor| {
        let by = (&new_id, "2026-04-01");
        actions::request_repeal(tx, cx, actor, &old_id, by, &Grounds::default())
    });
    let request = asked.await.unwrap();
    decide(&app, "signer", &request, RequestEvent::Confirm).await.unwrap();
    app.today("2026-04-01");
    app.settle().await;
    assert!(app.page(&old.address()).await.contains("本文件已废止"));
}

#[tokio::test]
async fn a_de_identifying_correction_can_drop_a_file_and_goes_the_whole_way() {
    let app = office().await;
    let record =
        app.document("救助名单").attach("名单.txt", "身份证号码").attach("说明.txt", "说明").publish().await;
    let files = record.files().await;
    let hash = {
        let edition = record.edition.clone();
        app.read(move |tx, cx| Ok(crate::attachment::queries::of_edition(tx, &cx.site_id, &edition)?))
            .await
            .remove(0)
            .file
            .sha256
    };
    let (id, silent) = (record.id.clone(), Grounds { note: " ".to_owned(), ..grounds("de_identification") });
    let refused =
        by(&app, "drafter", move |tx, cx, actor| actions::open_correction(tx, cx, actor, &id, &silent, &[]));
    assert!(matches!(refused.await, Err(Error::Refused(Refusal::Invalid(_)))));
    let id = record.id.clone();
    let opened = by(&app, "drafter", move |tx, cx, actor| {
        actions::open_correction(
            tx,
            cx,
            actor,
            &id,
            &grounds("de_identification"),
            std::slice::from_ref(&hash),
        )
    });
    let next = Record { edition: opened.await.unwrap(), ..record.clone() };
    assert_eq!(app.get(&files[0]).await.status(), 200, "nothing changes for readers yet");
    let next = next.publish().await;
    assert_eq!(app.get(&files[0]).await.status(), 404);
    assert_eq!(next.files().await, [files[1].clone()]);
    let id = record.id.clone();
    let kept = app.read(move |tx, cx| queries::of_document(tx, &cx.site_id, &id)).await;
    assert_eq!((kept.len(), kept[0].kind, kept[0].grounds.told.as_str()), (1, Kind::Correct, "转载的媒体"));
}
