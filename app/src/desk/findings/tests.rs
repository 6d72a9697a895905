//! Stories of the list of what the nightly checks found, and of the site's words behind some of it.

use rules::permission::Role;

use crate::test_app::TestApp;

#[tokio::test]
async fn what_is_found_at_night_is_listed_for_those_who_answer_for_it() {
    let app = TestApp::start().await;
    app.organ("forestry", "演示林业局").await;
    app.document("联系办法").body("演示数据：联系电话13812345678。").publish().await;
    let site = app.app.site("songling").await.unwrap();
    crate::check::jobs::look_over(&app.app, &site.id, |_, _| true).await.unwrap();
    let mut own = app.officer("lin", Role::InformationOfficer, "government").await;
    assert!(own.page("/desk/findings").await.contains("联系办法"));
    assert!(own.page("/desk/findings?weight=advisory&code=personal_mobile").await.contains("没有符合条件"));
    let mut other = app.officer("wang", Role::InformationOfficer, "forestry").await;
    assert!(!other.page("/desk/findings").await.contains("联系办法"));
    let mut admin = app.officer("system", Role::SystemAdministrator, "government").await;
    assert_eq!(admin.get("/desk/findings").await.status(), 403);
}

#[tokio::test]
async fn a_word_is_added_found_changed_and_removed() {
    let app = TestApp::start().await;
    let mut office = app.officer("office", Role::DisclosureOffice, "government").await;
    let fields =
        [("kind", "wrong"), ("word", "部暑"), ("right", "部署"), ("note", "演示"), ("blocking", "1")];
    let page = office.post("/desk/words", &fields).await;
    assert!(page.text().contains("已加入词库") && page.text().contains("部暑"), "{}", page.text());
    assert_eq!(office.post("/desk/words", &fields).await.status(), 422, "a word stands there once");
    let id = page.one("tbody a").attribute("href").unwrap().to_owned();
    let changed =
        office.post(&id, &[("kind", "wrong"), ("word", "部暑"), ("right", "部署"), ("note", "又改")]).await;
    assert!(changed.text().contains("又改"), "{}", changed.text());
    let gone = office.post(&format!("{id}/remove"), &[]).await;
    assert!(gone.text().contains("已移出词库") && !gone.text().contains("又改"));
    let mut officer = app.officer("lin", Role::InformationOfficer, "government").await;
    assert_eq!(officer.get("/desk/words").await.status(), 403);
    assert_eq!(officer.post("/desk/words", &fields).await.status(), 403);
}
