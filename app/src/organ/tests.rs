//! Stories of organs: reorganised organs keep their names, their pages and their records.

use super::{Change, ChangeKind, actions};
use crate::{
    error::{Error, Refusal},
    test_app::{Record, TestApp},
};

/// A record that an organ has issued.
async fn issued(app: &TestApp, organ: &str) -> Record {
    app.document(&format!("{organ}的通知")).organ(organ).publish().await
}

/// The titles that the catalogue lists under an organ's code, sorted.
async fn listed(app: &TestApp, code: &str) -> Vec<String> {
    let page = app.get(&format!("/catalogue?organ={code}")).await;
    let mut titles: Vec<String> =
        page.select(".rows a.row-title").into_iter().map(|found| found.text).collect();
    titles.sort();
    titles
}

#[tokio::test]
async fn after_a_merge_records_are_found_under_the_old_names_and_the_new_one() {
    let app = TestApp::start().await;
    app.organ("culture", "文化局").await;
    app.organ("tourism", "旅游局").await;
    issued(&app, "文化局").await;
    issued(&app, "旅游局").await;
    app.organ("culture-tourism", "文体广电和旅游局").await;
    app.reorganise(ChangeKind::Merge, "2026-03-01", &["culture", "tourism"], &["culture-tourism"], None)
        .await;
    issued(&app, "文体广电和旅游局").await;
    app.settle().await;
    assert_eq!(
        listed(&app, "culture-tourism").await,
        ["文体广电和旅游局的通知", "文化局的通知", "旅游局的通知"]
    );
    assert_eq!(listed(&app, "culture").await, ["文体广电和旅游局的通知", "文化局的通知"]);
}

#[tokio::test]
async fn after_a_split_the_parts_show_the_records_of_the_whole_and_not_of_each_other() {
    let app = TestApp::start().await;
    app.organ("health", "卫生和计划生育局").await;
    issued(&app, "卫生和计划生育局").await;
    app.organ("public-health", "卫生健康局").await;
    app.organ("medical-insurance", "医疗保障局").await;
    app.reorganise(
        ChangeKind::Split,
        "2026-03-01",
        &["health"],
        &["public-health", "medical-insurance"],
        None,
    )
    .await;
    issued(&app, "卫生健康局").await;
    issued(&app, "医疗保障局").await;
    app.settle().await;
    assert_eq!(listed(&app, "medical-insurance").await, ["医疗保障局的通知", "卫生和计划生育局的通知"]);
}

#[tokio::test]
async fn after_a_renaming_both_names_lead_to_the_same_organ_and_old_records_keep_the_old_name() {
    let app = TestApp::start().await;
    app.organ("forestry", "林业局").await;
    let old = issued(&app, "林业局").await;
    app.reorganise(ChangeKind::Rename, "2026-03-01", &["forestry"], &["forestry"], Some("林业和草原局"))
        .await;
    issued(&app, "林业和草原局").await;
    let imported_late = issued(&app, "林业局").await;
    app.settle().await;
    assert_eq!(listed(&app, "forestry").await, ["林业和草原局的通知", "林业局的通知", "林业局的通知"]);
    assert!(app.page(&old.address()).await.contains("林业局"));
    assert!(app.page(&imported_late.address()).await.contains("林业局"));
    let institution = app.page("/institutions/forestry").await;
    assert!(institution.contains("林业和草原局") && institution.contains("林业局"), "{institution}");
}

#[tokio::test]
async fn an_organ_that_has_ended_keeps_its_page() {
    let app = TestApp::start().await;
    app.organ("culture", "文化局").await;
    app.organ("tourism", "旅游局").await;
    app.organ("culture-tourism", "文体广电和旅游局").await;
    app.reorganise(ChangeKind::Merge, "2026-03-01", &["culture", "tourism"], &["culture-tourism"], None)
        .await;
    let ended = app.page("/institutions/culture").await;
    assert!(ended.contains("文化局") && ended.contains("文体广电和旅游局"), "{ended}");
    assert!(app.page("/institutions/culture-tourism").await.contains("由下列机构合并组成"));
}

#[tokio::test]
async fn a_change_without_its_sides_and_a_code_in_use_are_refused() {
    let app = TestApp::start().await;
    app.organ("culture", "文化局").await;
    let change = |kind, from: &[&str], to: &[&str]| {
        let owned = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect();
        Change {
            kind,
            on: "2026-03-01".into(),
            from: owned(from),
            to: owned(to),
            new_name: None,
            note: String::new(),
            basis: String::new(),
        }
    };
    let merge_of_one = change(ChangeKind::Merge, &["culture"], &["government"]);
    let refused = app.try_act(move |tx, cx| actions::change(tx, cx, &merge_of_one)).await;
    assert!(matches!(refused, Err(Error::Refused(Refusal::Invalid(_)))));
    let unknown = change(ChangeKind::Rename, &["nobody"], &["culture"]);
    let refused = app.try_act(move |tx, cx| actions::change(tx, cx, &unknown)).await;
    assert!(matches!(refused, Err(Error::Refused(Refusal::Unknown { .. }))));
    let again = app
        .try_act(|tx, cx| {
            let new = super::NewOrgan {
                code: "culture".into(),
                name: "又一个".into(),
                kind: "department".into(),
                parent: None,
                short_name: String::new(),
                duties: String::new(),
                contact: super::OrganContact::default(),
                valid_from_on: None,
                valid_to_on: None,
                sort: 0,
            };
            actions::create(tx, cx, &new)
        })
        .await;
    assert!(matches!(again, Err(Error::Refused(Refusal::CodeTaken(_)))));
}
