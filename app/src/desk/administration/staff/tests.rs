//! Stories of accounts as the administrators keep them.

use rules::permission::Role;

use crate::test_app::{Desk, TestApp};

async fn system(app: &TestApp) -> Desk {
    app.officer("xi-tong", Role::SystemAdministrator, "government").await
}

#[tokio::test]
async fn the_list_of_accounts_is_shown_to_those_who_keep_accounts_roles_or_sessions_and_to_nobody_else() {
    let app = TestApp::start().await;
    for role in Role::ALL {
        let mut desk = app.officer(&role.code().replace('_', "-"), role, "government").await;
        let keeps = matches!(role, Role::SystemAdministrator | Role::SecurityAdministrator);
        let expected = if keeps { 200 } else { 403 };
        assert_eq!(desk.get("/desk/admin/staff").await.status(), expected, "{role:?}");
        assert_eq!(desk.get("/desk/admin/staff?format=csv&reason=x").await.status(), expected, "{role:?}");
    }
}

#[tokio::test]
async fn the_list_is_filtered_and_sorted_by_its_address() {
    let app = TestApp::start().await;
    let mut desk = system(&app).await;
    app.officer("lin", Role::InformationOfficer, "government").await;
    app.account("wu").await;
    let rows = |address: &'static str, desk: Desk| async move {
        let mut desk = desk;
        let page = desk.get(address).await;
        let logins: Vec<String> = page.select("tbody th a").into_iter().map(|found| found.text).collect();
        (logins.join(" "), desk)
    };
    for (address, expected) in [
        ("/desk/admin/staff", "lin wu xi-tong"),
        ("/desk/admin/staff?sort=-login", "xi-tong wu lin"),
        ("/desk/admin/staff?q=LIN", "lin"),
        ("/desk/admin/staff?role=information_officer", "lin"),
        ("/desk/admin/staff?gap=roleless", "wu"),
        ("/desk/admin/staff?gap=unused", "wu"),
        ("/desk/admin/staff?state=closed", ""),
    ] {
        let (logins, back) = rows(address, desk).await;
        desk = back;
        assert_eq!(logins, expected, "{address}");
    }
}

#[tokio::test]
async fn a_file_of_accounts_asks_for_a_reason_and_the_log_keeps_it() {
    let app = TestApp::start().await;
    let mut desk = system(&app).await;
    app.account("wu").await;
    let asked = desk.get("/desk/admin/staff?format=csv&q=wu").await;
    assert!(asked.text().contains("请写明用途"), "{}", asked.text());
    let file = desk.get("/desk/admin/staff?format=csv&q=wu&reason=季度清查").await;
    assert!(file.header("content-disposition").is_some_and(|value| value.contains("csv")));
    let text = String::from_utf8(file.bytes().to_vec()).unwrap();
    assert!(text.contains("wu,演示wu,无岗位,启用") && !text.contains("xi-tong"), "{text}");
    let log = app.read(|tx, cx| Ok(crate::audit::queries::after(tx, &cx.site_id, 0, 1_000)?)).await;
    let entry = log.iter().find(|entry| entry.action == "list.export").unwrap();
    assert!(entry.detail.contains("季度清查") && entry.actor == "xi-tong", "{entry:?}");
}
