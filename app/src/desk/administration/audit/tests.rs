//! Stories of the log as the audit administrator reads it.

use kit_db::{params, sql};
use rules::permission::Role;

use crate::test_app::{Desk, TestApp};

async fn auditor(app: &TestApp) -> Desk {
    app.officer("shen-ji", Role::AuditAdministrator, "government").await
}

#[tokio::test]
async fn only_the_audit_administrator_reads_the_log() {
    let app = TestApp::start().await;
    for role in Role::ALL {
        let mut desk = app.officer(&role.code().replace('_', "-"), role, "government").await;
        let expected = if role == Role::AuditAdministrator { 200 } else { 403 };
        assert_eq!(desk.get("/desk/admin/audit").await.status(), expected, "{role:?}");
        assert_eq!(desk.get("/desk/admin/audit?format=csv&reason=x").await.status(), expected, "{role:?}");
        if expected == 403 {
            assert_eq!(desk.post("/desk/admin/audit/verify", &[]).await.status(), 403, "{role:?}");
        }
    }
}

#[tokio::test]
async fn the_log_is_read_by_person_kind_of_act_object_and_days() {
    let app = TestApp::start().await;
    app.document("甲").publish().await;
    app.today("2026-03-23");
    let later = app.document("乙").publish().await;
    let mut desk = auditor(&app).await;
    let rows = async |desk: &mut Desk, query: &str| {
        desk.get(&format!("/desk/admin/audit{query}")).await.select("tbody tr").len()
    };
    assert_eq!(rows(&mut desk, "?action=edition.publish").await, 2);
    assert_eq!(rows(&mut desk, "?action=edition.publish&from=2026-03-23").await, 1);
    assert_eq!(rows(&mut desk, "?action=edition.publish&to=2026-03-22").await, 1);
    assert_eq!(rows(&mut desk, "?action=edition.publish&actor=nobody").await, 0);
    assert!(rows(&mut desk, &format!("?object={}", later.id.0)).await >= 2);
    let page = desk.page("/desk/admin/audit?action=edition.publish").await;
    assert!(page.contains("发布") && page.contains("2026-03-23"), "{page}");
}

#[tokio::test]
async fn the_log_goes_on_page_by_page_without_a_row_missing_or_twice() {
    let app = TestApp::start().await;
    for number in 0..60 {
        app.document(&format!("第{number}件")).draft().await;
    }
    let mut desk = auditor(&app).await;
    let (mut address, mut rows) = ("/desk/admin/audit?action=document.create".to_owned(), Vec::new());
    loop {
        let page = desk.get(&address).await;
        rows.extend(
            page.select("tbody td[data-label=对象] a")
                .iter()
                .filter_map(|row| row.attribute("href").map(str::to_owned)),
        );
        let Some(next) =
            page.select("a[rel=next]").first().and_then(|link| link.attribute("href").map(str::to_owned))
        else {
            break;
        };
        address = next;
    }
    let n_rows = rows.len();
    rows.sort();
    rows.dedup();
    assert_eq!((n_rows, rows.len()), (60, 60));
}

#[tokio::test]
async fn the_check_tells_an_intact_chain_from_a_broken_one_and_leaves_its_own_row() {
    let app = TestApp::start().await;
    let mut desk = auditor(&app).await;
    let checked = desk.post("/desk/admin/audit/verify", &[]).await;
    assert!(checked.text().contains("记录完整"), "{}", checked.text());
    assert!(desk.page("/desk/admin/audit").await.contains("核查留痕"));
    app.act(|tx, cx| {
        let change = sql!("update audit_entry set actor = '别人' where site_id = $1 and position = 2");
        Ok(tx.execute(change, params![&cx.site_id])?)
    })
    .await;
    let checked = desk.post("/desk/admin/audit/verify", &[]).await;
    assert!(checked.text().contains("第 2 条有问题"), "{}", checked.text());
}

#[tokio::test]
async fn a_file_of_the_log_holds_the_filtered_rows() {
    let app = TestApp::start().await;
    app.document("甲").publish().await;
    let mut desk = auditor(&app).await;
    let file = desk.get("/desk/admin/audit?action=edition.publish&format=csv&reason=年度检查").await;
    let text = String::from_utf8(file.bytes().to_vec()).unwrap();
    assert_eq!(text.lines().count(), 2, "{text}");
}
