//! One record through the pages: overview, comparison, correction, withdrawal and repeal as browsers send them.

use rules::permission::Role;

use crate::test_app::{Desk, TestApp};

#[tokio::test]
async fn the_overview_shows_every_edition_and_what_this_person_may_do() {
    let app = TestApp::start().await;
    let mut drafter = app.officer("drafter", Role::InformationOfficer, "government").await;
    let mut keeper = app.officer("keeper", Role::SecrecyReviewer, "government").await;
    app.organ("forestry", "林业局").await;
    let mut stranger = app.officer("stranger", Role::InformationOfficer, "forestry").await;
    let record = app.document("收费标准").body("每户一百元。").publish().await;
    let address = format!("/desk/documents/{}", record.id.0);
    assert!(drafter.page(&address).await.contains("更正"));
    assert!(!keeper.get(&address).await.html().contains("/withdraw"));
    assert_eq!(stranger.get(&address).await.status(), 404);
    assert_eq!(stranger.get(&format!("{address}/correct")).await.status(), 404);
    assert_eq!(keeper.get(&format!("{address}/correct")).await.status(), 403);
    let next = record.next_draft("更正金额", |content| content.body_text = "每户二百元。".into()).await;
    let page = drafter.page(&address).await;
    assert!(page.contains("第 2 版") && page.contains("更正金额"), "{page}");
    let compared = drafter.get(&format!("{address}/compare?from=2&to=1")).await;
    assert_eq!(compared.one(".diff del").text, "一");
    assert_eq!(compared.one(".diff ins").text, "二");
    assert_eq!(stranger.get(&format!("{address}/compare?from=1&to=2")).await.status(), 404);
    assert_eq!(drafter.get(&format!("{address}/compare?from=1")).await.status(), 404);
    assert!(!app.get(&record.address()).await.html().contains("二百元"));
    drop(next);
}

#[tokio::test]
async fn a_withdrawal_asked_for_on_one_page_is_confirmed_on_another() {
    let app = TestApp::start().await;
    let mut drafter = app.officer("drafter", Role::InformationOfficer, "government").await;
    let mut signer = app.officer("signer", Role::Signer, "government").await;
    let mut office = app.officer("office", Role::DisclosureOffice, "government").await;
    let record = app.document("误发的名单").publish().await;
    let address = format!("/desk/documents/{}", record.id.0);
    assert!(!drafter.get(&format!("{address}/withdraw")).await.html().contains("at_once"));
    assert!(office.get(&format!("{address}/withdraw")).await.html().contains("at_once"));
    let silent = drafter.post(&format!("{address}/withdraw"), &[("reason", "content_error")]).await;
    assert_eq!(silent.status(), 422);
    let fields = [("reason", "content_error"), ("note", "数字有误"), ("told", "各乡镇"), ("act", "ask")];
    let asked = drafter.post(&format!("{address}/withdraw"), &fields).await;
    assert!(asked.text().contains("等待第二人确认"), "{}", asked.text());
    assert!(signer.page("/desk/reviews").await.contains("误发的名单"));
    let form = signer.get(&address).await;
    let action = form.one(".request-list form").attribute("action").unwrap().to_owned();
    let own = drafter.post(&action, &[("act", "confirm")]).await;
    assert_eq!(own.status(), 403);
    let confirmed = signer.post(&action, &[("act", "confirm")]).await;
    assert!(confirmed.text().contains("已确认并办理") && confirmed.text().contains("各乡镇"));
    assert!(!app.get(&record.address()).await.html().contains("误发的名单"));
}

#[tokio::test]
async fn a_correction_and_a_repeal_are_opened_by_their_forms() {
    let app = TestApp::start().await;
    let mut drafter = app.officer("drafter", Role::InformationOfficer, "government").await;
    let old = app.document("旧办法").kind("normative_document").with(|content| {
        content.document_number = Some("松政规〔2020〕1号".into());
        content.written_on = Some("2020-01-02".into());
        content.published_on = Some("2020-01-03".into());
    });
    let old = old.publish().await;
    let new = app.document("新办法").number("松政规〔2026〕1号").publish().await;
    let address = format!("/desk/documents/{}", old.id.0);
    let repeal = format!("{address}/repeal");
    let unknown = drafter.post(&repeal, &[("by", "松政规〔1999〕1号"), ("on", "2026-04-01")]);
    assert_eq!(unknown.await.status(), 422);
    let asked = drafter.post(&repeal, &[("by", "松政规〔2026〕1号"), ("on", "2026-04-01")]);
    assert!(asked.await.text().contains("已提出废止申请"));
    let address = format!("/desk/documents/{}", new.id.0);
    let silent = drafter.post(&format!("{address}/correct"), &[("reason", "wording")]).await;
    assert_eq!(silent.status(), 422);
    drafter.post(&format!("{address}/correct"), &[("reason", "wording"), ("note", "更正错字")]).await;
    let page = drafter.page(&address).await;
    assert!(page.contains("第 2 版") && page.contains("已建立更正稿"), "{page}");
}

#[tokio::test]
async fn a_correction_left_lying_is_given_up_by_its_drafter_or_the_office_and_the_next_one_can_be_opened() {
    let app = TestApp::start().await;
    let mut drafter = app.officer("drafter", Role::InformationOfficer, "government").await;
    let mut colleague = app.officer("colleague", Role::InformationOfficer, "government").await;
    let mut office = app.officer("office", Role::DisclosureOffice, "government").await;
    let record = app.document("收费标准").body("每户一百元。").publish().await;
    let address = format!("/desk/documents/{}", record.id.0);
    let fields = [("reason", "wording"), ("note", "更正金额")];
    for by_office in [false, true] {
        let opened = drafter.post(&format!("{address}/correct"), &fields).await;
        let edition = opened.address().split('/').nth(3).unwrap().to_owned();
        let discard = format!("/desk/editions/{edition}/delete");
        assert!(!colleague.get(&address).await.html().contains(&discard));
        assert_eq!(colleague.post(&discard, &[]).await.status(), 403);
        let sent = drafter.post(&format!("/desk/editions/{edition}/submit"), &[]).await;
        let recall = format!("{}/recall", sent.address());
        // Nobody takes it away while others look at it.
        assert_eq!(one_of(by_office, &mut drafter, &mut office).post(&discard, &[]).await.status(), 422);
        assert!(!drafter.get(&address).await.html().contains(&discard));
        assert_eq!(drafter.post(&recall, &[("recall_reason", "不更正了")]).await.status(), 200);
        let giver = one_of(by_office, &mut drafter, &mut office);
        assert!(giver.get(&address).await.html().contains(&discard));
        let page = giver.page(&discard).await;
        assert!(page.contains("现行版本继续公开") && page.contains("演示drafter"), "{page}");
        assert!(giver.post(&discard, &[]).await.text().contains("已删除草稿"));
        assert!(drafter.page("/desk/reviews").await.contains("没有等您办理的事项"));
        assert!(app.page(&record.address()).await.contains("每户一百元"));
    }
    assert!(drafter.get(&address).await.html().contains(&format!("{address}/correct")));
    let log = app.read(|tx, cx| Ok(crate::audit::queries::after(tx, &cx.site_id, 0, 1_000)?)).await;
    assert_eq!(log.iter().filter(|entry| entry.action == "edition.delete").count(), 2);
}

fn one_of<'a>(second: bool, one: &'a mut Desk, other: &'a mut Desk) -> &'a mut Desk {
    if second { other } else { one }
}
