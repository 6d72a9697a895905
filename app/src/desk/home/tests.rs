//! Stories of the home, the columns that are due, the calendar, the ledger and the search of the desk.

use rules::permission::Role;

use crate::test_app::TestApp;

#[tokio::test]
async fn an_officer_sees_the_texts_of_the_own_organ_with_their_last_day() {
    let app = TestApp::start().await;
    app.organ("forestry", "演示林业局").await;
    app.document("防火通知").organ("演示林业局").written("2026-03-02").draft().await;
    app.document("区政府通知").draft().await;
    app.act(|tx, cx| {
        let update =
            kit_db::sql!("update edition set created_by = 'lin' where site_id = $1 and title = '防火通知'");
        Ok(tx.execute(update, kit_db::params![&cx.site_id])?)
    })
    .await;
    let mut desk = app.officer("lin", Role::InformationOfficer, "forestry").await;
    let page = desk.get("/desk").await;
    let mine: Vec<String> =
        page.select("#mine ~ .todo .todo-title").into_iter().map(|found| found.text).collect();
    assert_eq!(mine, ["防火通知"]);
    // 2 March 2026 and twenty working days: 30 March.
    assert!(page.text().contains("还有 10 天"), "{}", page.text());
}

#[tokio::test]
async fn columns_of_the_own_organ_are_listed_the_worst_first() {
    let app = TestApp::start().await;
    app.act(|tx, cx| {
        let update = kit_db::sql!("update site_column set update_interval_days = 14 where site_id = $1");
        Ok(tx.execute(update, kit_db::params![&cx.site_id])?)
    })
    .await;
    let mut desk = app.officer("lin", Role::InformationOfficer, "government").await;
    assert!(desk.page("/desk/columns").await.contains("空白栏目"));
    app.document("办法").publish().await;
    assert!(desk.page("/desk/columns").await.contains("正常，还有 14 天"));
    app.today("2026-04-04");
    let mut desk = app.sign_in(&desk.account, false).await;
    assert!(desk.page("/desk/columns?show=pressing").await.contains("超期 1 天"));
    assert!(desk.page("/desk/calendar?month=2026-04").await.contains("政策文件"));
}

#[tokio::test]
async fn the_ledger_shows_every_day_and_why_it_counts() {
    let app = TestApp::start().await;
    let mut desk = app.officer("lin", Role::InformationOfficer, "government").await;
    let page = desk.get("/desk/deadlines/publication?formed_on=2018-02-09&type=permit_result").await;
    assert!(page.one("h1").text.contains("2018年2月24日"), "{}", page.text());
    assert_eq!(page.select(".ledger tbody tr").len(), 16);
    assert!(page.text().contains("春节调休上班"));
    for broken in ["", "?formed_on=yesterday", "?formed_on=1999-01-01"] {
        assert_eq!(desk.get(&format!("/desk/deadlines/publication{broken}")).await.status(), 422, "{broken}");
    }
}

#[tokio::test]
async fn the_search_finds_what_is_public_and_what_the_own_organ_is_writing() {
    let app = TestApp::start().await;
    app.organ("forestry", "演示林业局").await;
    app.document("防火办法").publish().await;
    app.document("防火草案甲").organ("演示林业局").draft().await;
    app.document("防火草案乙").draft().await;
    app.settle().await;
    let mut desk = app.officer("lin", Role::InformationOfficer, "forestry").await;
    let text = desk.page("/desk/search?q=%E9%98%B2%E7%81%AB").await;
    assert!(
        text.contains("防火办法") && text.contains("防火草案甲") && !text.contains("防火草案乙"),
        "{text}"
    );
    assert!(desk.page("/desk/search?q=%25").await.contains("没有标题或文号含"));
    let mut admin = app.officer("system", Role::SystemAdministrator, "government").await;
    let text = admin.page("/desk/search?q=%E9%98%B2%E7%81%AB").await;
    assert!(!text.contains("防火草案"), "an administrator reads no drafts: {text}");
}

#[tokio::test]
async fn pages_of_the_desk_are_never_kept_and_never_shown_to_strangers() {
    let app = TestApp::start().await;
    let mut desk = app.officer("lin", Role::InformationOfficer, "government").await;
    for address in ["/desk", "/desk/columns", "/desk/calendar", "/desk/search", "/desk/account"] {
        let reply = desk.get(address).await;
        assert_eq!((reply.status(), reply.header("cache-control")), (200, Some("no-store")), "{address}");
        let stranger = app.browser().get(address).await;
        assert!(stranger.address().starts_with("/desk/sign-in"), "{address}");
    }
}
