//! The annual report at the desk: begun, written, answered by a unit, signed by another person, corrected.

use rules::permission::Role;

use crate::{
    annual_report::tests::{create, finish, organ, report, start},
    test_app::TestApp,
};

async fn id_of(app: &TestApp) -> String {
    app.read(|tx, cx| Ok(crate::annual_report::newest(tx, cx, "", 2018)?.unwrap().id)).await
}

#[tokio::test]
async fn the_office_begins_a_report_writes_it_and_opens_the_records_behind_a_figure() {
    let app = start().await;
    let mut office = app.officer("ban", Role::DisclosureOffice, "government").await;
    let begun = office.post("/desk/annual-reports", &[("year", "2018"), ("organ", "")]).await;
    assert!(begun.text().contains("已建立"), "{}", begun.text());
    let here = format!("/desk/annual-reports/{}", id_of(&app).await);
    let page = office.page(&here).await;
    assert!(page.contains("主动公开政府信息 7 条") && page.contains("是空白，不能当作零"), "{page}");
    let records = office.page(&format!("{here}/figures/active_total")).await;
    assert!(records.contains("演示办法") && records.contains("文章乙"), "{records}");
    let text = "演示：主要问题。{{figure:website}}条。";
    let saved = office.post(&format!("{here}/sections/problems"), &[("version", "1"), ("text", text)]).await;
    assert!(saved.text().contains("演示：主要问题。 5 条。"), "{}", saved.text());
    let stale = office.post(&format!("{here}/sections/problems"), &[("version", "1"), ("text", "旧")]).await;
    assert_eq!(stale.status(), 409);
    let declared = [("version", "2"), ("figure", "budget"), ("declared", "zero")];
    assert!(office.post(&format!("{here}/declare"), &declared).await.text().contains("已说明：本年没有"));
    let early = office.post(&format!("{here}/submit"), &[("version", "3")]).await;
    assert_eq!(early.status(), 422);
    let xlsx = office.get(&format!("{here}/figures/website?format=xlsx")).await;
    assert_eq!(xlsx.status(), 200);
    assert_eq!(office.get(&format!("{here}/forms/json")).await.status(), 200);
    assert!(office.page("/desk/annual-reports").await.contains("编写中"));
}

#[tokio::test]
async fn a_unit_sees_what_it_is_asked_for_and_answers_beside_its_own_records() {
    let app = start().await;
    let mut office = app.officer("ban", Role::DisclosureOffice, "government").await;
    let mut unit = app.officer("lin", Role::InformationOfficer, "culture").await;
    let id = create(&app).await;
    let culture = organ(&app).await.0;
    let units = format!("/desk/annual-reports/{id}/units");
    let past = office.post(&units, &[("organ", &culture), ("due_on", "2019-01-01"), ("note", "")]).await;
    assert_eq!(past.status(), 422);
    office.post(&units, &[("organ", &culture), ("due_on", "2019-02-20"), ("note", "请核对")]).await;
    let list = unit.page("/desk/annual-reports").await;
    assert!(list.contains("2019-02-20") && list.contains("待填报"), "{list}");
    assert!(!list.contains("编写中"), "a unit sees its own work only");
    let mine = format!("{units}/{culture}");
    assert!(unit.page(&mine).await.contains("请核对"));
    let odd = unit.post(&mine, &[("version", "1"), ("website", "很多"), ("comment", "")]).await;
    assert!(odd.text().contains("应当填写不小于零的整数"), "{}", odd.text());
    let sent = [("version", "1"), ("website", "3"), ("wechat", "2"), ("comment", "演示说明")];
    assert!(unit.post(&mine, &sent).await.text().contains("已填报"));
    let seen = office.page(&units).await;
    assert!(seen.contains("自报3，登记1") && seen.contains("演示说明"), "{seen}");
    let back = office.post(&units, &[("back", &culture), ("note", "请补登记")]).await;
    assert!(back.text().contains("已退回"), "{}", back.text());
    assert_eq!(unit.get(&format!("/desk/annual-reports/{id}")).await.status(), 403);
    let mut other = app.officer("cai", Role::InformationOfficer, "government").await;
    assert_eq!(other.get(&mine).await.status(), 403);
}

#[tokio::test]
async fn the_signer_is_another_person_and_the_signed_report_is_public_and_can_be_corrected() {
    let app = start().await;
    let mut office = app.officer("ban", Role::DisclosureOffice, "government").await;
    let mut signer = app.officer("qian", Role::Signer, "government").await;
    let mut elsewhere = app.officer("wen", Role::Signer, "culture").await;
    let id = create(&app).await;
    finish(&app, &id).await;
    let here = format!("/desk/annual-reports/{id}");
    let version = report(&app, &id).await.version.to_string();
    assert!(
        office.post(&format!("{here}/submit"), &[("version", &version)]).await.text().contains("已提交签发")
    );
    assert_eq!(office.post(&format!("{here}/sign"), &[]).await.status(), 403);
    assert_eq!(elsewhere.post(&format!("{here}/sign"), &[]).await.status(), 403);
    let back = signer.post(&format!("{here}/take-back"), &[("reason", "演示：请补充")]).await;
    assert!(back.text().contains("已退回编写"), "{}", back.text());
    let version = report(&app, &id).await.version.to_string();
    office.post(&format!("{here}/submit"), &[("version", &version)]).await;
    let signed = signer.post(&format!("{here}/sign"), &[]).await.text();
    assert!(signed.contains("已签发并公开") && signed.contains("与签发时相同"), "{signed}");
    let address = report(&app, &id).await.frozen.unwrap().address;
    let path = format!("/{}", address.splitn(4, '/').last().unwrap());
    assert!(app.page(&path).await.replace(' ', "").contains("主动公开政府信息7条"));
    let records = signer.page(&format!("{here}/figures/active_total")).await;
    assert!(records.contains("签发时统计的记录") && records.contains("文章乙"), "{records}");
    let corrected = office.post(&format!("{here}/correct"), &[("reason", "演示更正")]).await.text();
    assert!(corrected.contains("已开始更正") && corrected.contains("演示更正"), "{corrected}");
}
