//! Stories of the site as the system administrator keeps it.

use rules::permission::Role;

use crate::{
    site,
    test_app::{Desk, TestApp},
};

async fn administrator(app: &TestApp) -> Desk {
    app.officer("xi-tong", Role::SystemAdministrator, "government").await
}

/// The fields of the form as it is shown, with some changed.
async fn filled(desk: &mut Desk, changes: &[(&str, &str)]) -> Vec<(String, String)> {
    let page = desk.get("/desk/admin/site").await;
    let mut fields: Vec<(String, String)> = Vec::new();
    for input in page.select("form.form-narrow input") {
        let kind = input.attribute("type").unwrap_or("text");
        let chosen = !matches!(kind, "radio" | "checkbox") || input.attribute("checked").is_some();
        let name = input.attribute("name").unwrap_or_default();
        if chosen && name != "csrf" && !changes.iter().any(|(changed, _)| *changed == name) {
            fields.push((name.to_owned(), input.attribute("value").unwrap_or_default().to_owned()));
        }
    }
    fields.extend(changes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    fields
}

async fn send(desk: &mut Desk, changes: &[(&str, &str)]) -> kit_web::test_browser::Reply {
    let fields = filled(desk, changes).await;
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    desk.post("/desk/admin/site", &fields).await
}

#[tokio::test]
async fn the_site_is_kept_by_the_system_administrator_alone() {
    let app = TestApp::start().await;
    for role in Role::ALL {
        let mut desk = app.officer(&role.code().replace('_', "-"), role, "government").await;
        let expected = if role == Role::SystemAdministrator { 200 } else { 403 };
        assert_eq!(desk.get("/desk/admin/site").await.status(), expected, "{role:?}");
        if expected == 403 {
            assert_eq!(desk.post("/desk/admin/site", &[("name", "x")]).await.status(), 403, "{role:?}");
        }
    }
}

#[tokio::test]
async fn a_saved_name_and_a_further_host_hold_at_once() {
    let app = TestApp::start().await;
    let mut desk = administrator(&app).await;
    let changes = [("name", "新名称（演示）"), ("hosts", "www.songling.test"), ("issuer_mark", "演示文件")];
    let saved = send(&mut desk, &changes).await;
    assert!(saved.text().contains("站点设置已保存"), "{}", saved.text());
    assert!(app.page("/").await.contains("新名称（演示）"));
    let mut other = kit_web::test_browser::Browser::new(crate::routes::front(&app.app), "www.songling.test");
    assert_eq!(other.get("/").await.status(), 200);
    let head = app.read(|tx, cx| Ok(site::queries::letter_head(tx, &cx.site_id)?)).await;
    assert_eq!(head.issuer_mark, "演示文件");
}

#[tokio::test]
async fn mistakes_are_named_and_nothing_is_changed() {
    let app = TestApp::start().await;
    let mut desk = administrator(&app).await;
    let wrong = [("name", ""), ("hosts", "https://a.b/c"), ("theme", "neon")];
    let reply = send(&mut desk, &wrong).await;
    assert_eq!(reply.status(), 422);
    for sentence in ["请填写网站名称", "域名只写主机名", "请选择主色"] {
        assert!(reply.text().contains(sentence), "{sentence}");
    }
    let code = send(&mut desk, &[("identification_code", "12")]).await;
    assert!(code.text().contains("应为 10 位"), "{}", code.text());
    assert!(app.page("/").await.contains("songling区人民政府"));
}

#[tokio::test]
async fn a_pattern_is_tried_before_it_is_kept() {
    let app = TestApp::start().await;
    let mut desk = administrator(&app).await;
    let pattern = "{org}/{year}/{serial:6}";
    let tried = send(&mut desk, &[("index_number_pattern", pattern), ("do", "check")]).await;
    assert!(tried.text().contains("/2026/000001"), "{}", tried.text());
    let kept = app.read(|tx, cx| site::queries::by_id(tx, &cx.site_id)).await.unwrap().profile;
    assert_ne!(kept.index_number_pattern, pattern);
    let wrong = send(&mut desk, &[("index_number_pattern", "{org}"), ("do", "check")]).await;
    assert!(wrong.text().contains("规则有误"));
}

#[tokio::test]
async fn the_second_of_two_administrators_is_told() {
    let app = TestApp::start().await;
    let mut desk = administrator(&app).await;
    let first = filled(&mut desk, &[("tagline", "甲")]).await;
    assert!(send(&mut desk, &[("tagline", "乙")]).await.text().contains("已保存"));
    let first: Vec<(&str, &str)> =
        first.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(desk.post("/desk/admin/site", &first).await.status(), 409);
}
