//! Stories of accounts as the administrators keep them.

use axum::http::{HeaderName, Method};
use kit_web::test_browser::Reply;
use rules::permission::Role;

use crate::{
    audit,
    test_app::{Desk, TestApp},
};

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

/// Opens an account as the system administrator does, and gives its address and its first password.
async fn opened(desk: &mut Desk, login: &str) -> (String, String) {
    let page = desk.post("/desk/admin/staff/new", &[("login", login), ("name", "演示新人")]).await;
    let address = page.one(".buttons a").attribute("href").unwrap().to_owned();
    (address, page.one("code.secret").text)
}

#[tokio::test]
async fn a_new_account_gets_a_first_password_once_which_the_rules_accept() {
    let app = TestApp::start().await;
    let mut desk = system(&app).await;
    let (address, password) = opened(&mut desk, "xin").await;
    assert_eq!(rules::password::check(&password, "xin"), Ok(()), "{password}");
    assert!(!desk.page(&address).await.contains(&password));
    let again = desk.post("/desk/admin/staff/new", &[("login", "xin"), ("name", "演示")]).await;
    assert_eq!(again.status(), 422);
    assert!(again.text().contains("已被使用"));
    let renewed = desk.post(&format!("{address}/password"), &[]).await;
    assert_ne!(renewed.one("code.secret").text, password);
}

#[tokio::test]
async fn the_system_administrator_opens_accounts_and_the_security_administrator_gives_roles_never_the_other_way()
 {
    let app = TestApp::start().await;
    let mut system = system(&app).await;
    let mut security = app.officer("an-quan", Role::SecurityAdministrator, "government").await;
    let (address, _) = opened(&mut system, "xin").await;
    let organ =
        app.read(|tx, cx| crate::organ::queries::by_code(tx, &cx.site_id, "government")).await.unwrap().id;
    let grant =
        [("role", "reviewer"), ("organ", organ.0.as_str()), ("from_on", "2026-03-20"), ("basis", "演示任命")];
    let grants = format!("{address}/grants");
    assert_eq!(system.post(&grants, &grant).await.status(), 403);
    assert_eq!(
        security.post("/desk/admin/staff/new", &[("login", "x1"), ("name", "演示")]).await.status(),
        403
    );
    assert_eq!(security.post(&format!("{address}/state"), &[("state", "closed")]).await.status(), 403);
    let given = security.post(&grants, &grant).await;
    assert!(given.text().contains("岗位已授予") && given.text().contains("演示任命"), "{}", given.text());
    assert!(!security.page(&address).await.contains("电子邮箱"));
    assert!(!system.page(&address).await.contains("授予岗位"));
    let mixed = [
        ("role", "audit_administrator"),
        ("organ", organ.0.as_str()),
        ("from_on", "2026-03-20"),
        ("basis", "演示"),
    ];
    let refused = security.post(&grants, &mixed).await;
    assert_eq!(refused.status(), 422);
    assert!(refused.text().contains("三个人分别担任"));
    let without_basis =
        security.post(&grants, &[("role", "reviewer"), ("organ", &organ.0), ("from_on", "soon")]).await;
    assert!(without_basis.text().contains("请填写依据") && without_basis.text().contains("日期应为"));
    let id = security
        .get(&address)
        .await
        .one("form[action$='/grants/end'] input[name=grant]")
        .attribute("value")
        .unwrap()
        .to_owned();
    let ended = security.post(&format!("{address}/grants/end"), &[("grant", &id)]).await;
    assert!(ended.text().contains("至2026年3月20日"), "{}", ended.text());
}

#[tokio::test]
async fn a_closed_account_loses_its_sessions_and_may_come_back() {
    let app = TestApp::start().await;
    let mut system = system(&app).await;
    let mut lin = app.officer("lin", Role::InformationOfficer, "government").await;
    let address = format!("/desk/admin/staff/{}", lin.account.0);
    let kept = [("name", "演示林"), ("email", "lin@gov.test"), ("phone", "0000-0000"), ("version", "1")];
    assert!(system.post(&format!("{address}/contact"), &kept).await.text().contains("已保存"));
    assert_eq!(system.post(&format!("{address}/contact"), &kept).await.status(), 409);
    assert!(system.get(&address).await.html().contains("lin@gov.test"));
    assert_eq!(lin.get("/desk").await.status(), 200);
    assert!(system.post(&format!("{address}/state"), &[("state", "closed")]).await.text().contains("已停用"));
    assert!(lin.get("/desk").await.address().starts_with("/desk/sign-in"));
    assert!(
        system.post(&format!("{address}/state"), &[("state", "active")]).await.text().contains("重新启用")
    );
    let own = format!("/desk/admin/staff/{}", system.account.0);
    assert_eq!(system.post(&format!("{own}/state"), &[("state", "closed")]).await.status(), 422);
}

#[tokio::test]
async fn the_security_administrator_ends_sessions_unlocks_and_resets_second_factors() {
    let app = TestApp::start().await;
    let mut security = app.officer("an-quan", Role::SecurityAdministrator, "government").await;
    let mut signer = app.officer("qian", Role::Signer, "government").await;
    let address = format!("/desk/admin/staff/{}", signer.account.0);
    assert_eq!(signer.get("/desk").await.status(), 200);
    let page = security.get(&address).await;
    let session = page.one("button[name=session]").attribute("value").unwrap().to_owned();
    assert!(
        security
            .post(&format!("{address}/sessions"), &[("session", &session)])
            .await
            .text()
            .contains("已强制退出")
    );
    assert!(signer.get("/desk").await.address().starts_with("/desk/sign-in"));
    let reset = security.post(&format!("{address}/second-factor"), &[]).await;
    assert!(reset.text().contains("动态口令已重置"), "{}", reset.text());
    let id = signer.account.clone();
    app.act(move |tx, cx| {
        Ok(crate::staff::queries::set_failures(tx, &cx.site_id, &id, 5, Some(cx.at + 60_000))?)
    })
    .await;
    assert!(security.page(&address).await.contains("锁定至"));
    assert!(security.post(&format!("{address}/unlock"), &[]).await.text().contains("已解除锁定"));
    assert!(!security.page(&address).await.contains("锁定至"));
}

/// Sends a table to the page of imports.
async fn send_table(desk: &mut Desk, name: &str, text: &str) -> Reply {
    let csrf = desk.csrf();
    let part = |head: &str, value: &str| {
        format!("--edge\r\nContent-Disposition: form-data; {head}\r\n\r\n{value}\r\n")
    };
    let file = part(&format!("name=\"file\"; filename=\"{name}\""), text);
    let body = format!("{}{file}--edge--\r\n", part("name=\"csrf\"", &csrf));
    let form = [(HeaderName::from_static("content-type"), "multipart/form-data; boundary=edge")];
    desk.browser.send(Method::POST, "/desk/admin/staff/import", body, &form).await
}

/// Presses the button of the page that shows what would be done.
async fn confirm(desk: &mut Desk, shown: &Reply) -> Reply {
    let value = |name: &str| {
        let found = shown.select(&format!("form[action$=confirm] [name={name}]"));
        found[0].attribute("value").unwrap().to_owned()
    };
    let (file, lines) = (value("file"), value("lines"));
    desk.post("/desk/admin/staff/import/confirm", &[("file", &file), ("lines", &lines)]).await
}

const TABLE: &str = "登录名,姓名,电子邮箱,电话,机构,岗位,开始日期,结束日期,依据\n\
    chen,演示陈,chen@example.gov.cn,,government,信息员,2026/3/1,,演发〔2026〕1号\n\
    Wrong Name,演示错,,,government,信息员,,,演发〔2026〕1号\n\
    zhou,,zhou-at-example,,government,没有的岗位,,,\n\
    chen,演示重,,,government,审核员,,,演发〔2026〕1号\n\
    li,演示李,,,government,审核员,,,演发〔2026〕1号\n";

#[tokio::test]
async fn a_table_of_staff_is_looked_at_row_by_row_and_only_its_good_rows_become_accounts() {
    let app = TestApp::start().await;
    let mut desk = system(&app).await;
    let shown = send_table(&mut desk, "名册.csv", TABLE).await;
    let problems: Vec<String> =
        shown.select("[aria-labelledby=problems] tbody tr").iter().map(|row| row.text.clone()).collect();
    let told =
        |row: &str, field: &str| problems.iter().any(|line| line.contains(row) && line.contains(field));
    assert!(told("第 3 行", "登录名"), "{problems:?}");
    assert!(told("第 4 行", "姓名") && told("第 4 行", "电子邮箱"), "{problems:?}");
    assert!(told("第 5 行", "姓名却是“演示陈”"), "{problems:?}");
    assert!(
        !desk.page("/desk/admin/staff?q=chen").await.contains("演示陈"),
        "nothing is written before it is confirmed"
    );
    let done = confirm(&mut desk, &shown).await;
    let passwords = done.select("code.secret");
    assert_eq!(passwords.len(), 2, "{}", done.text());
    assert!(desk.page("/desk/admin/staff?q=chen").await.contains("演示陈"));
    assert!(!desk.page("/desk/admin/staff?q=zhou").await.contains("zhou-at"));
    let again = confirm(&mut desk, &shown).await;
    assert_eq!(again.status(), 422, "the same form once more opens nothing");
    let carried = done.one("[name=people]").attribute("value").unwrap().to_owned();
    let file =
        desk.post("/desk/admin/staff/import/passwords", &[("format", "csv"), ("people", &carried)]).await;
    let text = String::from_utf8(file.bytes().to_vec()).unwrap();
    assert!(text.contains("chen,演示陈,") && text.contains(&passwords[0].text), "{text}");
    let log = app.read(|tx, cx| Ok(audit::queries::after(tx, &cx.site_id, 0, 1_000)?)).await;
    let told: Vec<String> = log.iter().map(|entry| format!("{} {}", entry.action, entry.detail)).collect();
    assert!(told.iter().any(|line| line == "staff.import 名册.csv：2 行"), "{told:?}");
    assert!(told.iter().any(|line| line == "list.export 首次口令 2 个"), "{told:?}");
    assert!(told.iter().all(|line| !line.contains(&passwords[0].text)), "no password is in the log");
}

#[tokio::test]
async fn the_roles_of_the_same_table_are_given_by_the_security_administrator() {
    let app = TestApp::start().await;
    let mut desk = system(&app).await;
    let shown = send_table(&mut desk, "名册.csv", TABLE).await;
    confirm(&mut desk, &shown).await;
    let mut security = app.officer("an-quan", Role::SecurityAdministrator, "government").await;
    let shown = send_table(&mut security, "名册.csv", TABLE).await;
    let text = shown.text();
    assert!(text.contains("没有登录名为“zhou”的账号") && text.contains("没有“没有的岗位”这一岗位"), "{text}");
    let done = confirm(&mut security, &shown).await;
    assert!(done.text().contains("已授予 3 个岗位"), "{}", done.text());
    let list = security.page("/desk/admin/staff?role=reviewer").await;
    assert!(list.contains("演示李"), "{list}");
}

#[tokio::test]
async fn further_rows_of_a_person_are_further_roles_and_none_is_given_twice() {
    let app = TestApp::start().await;
    let mut desk = system(&app).await;
    let table = "登录名,姓名,机构,岗位,开始日期,依据\nchen,演示陈,government,信息员,2026-03-01,演发〔2026〕1号\n\
                 chen,演示陈,government,审核员,,演发〔2026〕1号\nchen,,government,审核员,,演发〔2026〕1号\n";
    let shown = send_table(&mut desk, "名册.csv", table).await;
    assert!(shown.text().contains("开设 1 个账号"), "{}", shown.text());
    assert_eq!(confirm(&mut desk, &shown).await.select("code.secret").len(), 1);
    let mut security = app.officer("an-quan", Role::SecurityAdministrator, "government").await;
    let shown = send_table(&mut security, "名册.csv", table).await;
    assert!(shown.text().contains("已有这一机构的这一岗位（2026-03-20起长期）"), "{}", shown.text());
    assert!(confirm(&mut security, &shown).await.text().contains("已授予 2 个岗位"));
    app.today("2026-03-25");
    let account = security.account.clone();
    let mut security = app.sign_in(&account, true).await;
    let again = send_table(&mut security, "名册.csv", table).await.text();
    assert!(again.contains("没有可以导入的行"), "{again}");
}

#[tokio::test]
async fn tables_are_brought_in_by_administrators_alone_and_what_is_no_table_is_told() {
    let app = TestApp::start().await;
    let mut officer = app.officer("lin", Role::InformationOfficer, "government").await;
    assert_eq!(officer.get("/desk/admin/staff/import").await.status(), 403);
    assert_eq!(send_table(&mut officer, "名册.csv", TABLE).await.status(), 403);
    let mut desk = system(&app).await;
    let template = desk.get("/desk/admin/staff/import/template?format=csv").await;
    assert!(String::from_utf8(template.bytes().to_vec()).unwrap().contains("登录名,姓名,电子邮箱"));
    assert_eq!(send_table(&mut desk, "名册.pdf", "%PDF-1.4 x").await.status(), 422);
    let nameless = send_table(&mut desk, "名册.csv", "登录名,姓名\n,演示甲\n,演示乙\n").await.text();
    assert_eq!(nameless.matches("没有填写登录名").count(), 2, "{nameless}");
    let headless = send_table(&mut desk, "名册.csv", "姓名\n演示甲\n").await;
    assert!(headless.text().contains("没有找到“登录名”这一列"), "{}", headless.text());
}
