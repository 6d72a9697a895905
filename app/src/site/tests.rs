//! Stories of sites: each host name has its site, and no site's data is reachable from another's host.

use super::actions;
use crate::{
    cx::Cx,
    error::{Error, Refusal},
    id::SiteId,
    test_app::TestApp,
};

#[tokio::test]
async fn the_host_name_decides_which_site_answers() {
    let app = TestApp::start().await;
    let other = app.site("forest").await;
    assert!(app.page("/").await.contains("songling区人民政府"));
    assert!(other.page("/").await.contains("forest区人民政府"));
    let mut uppercase =
        kit_web::test_browser::Browser::new(crate::routes::front(&app.app), "FOREST.gov.test:8080");
    assert!(uppercase.get("/").await.text().contains("forest区人民政府"));
}

#[tokio::test]
async fn a_host_name_that_nobody_has_is_answered_by_nobody() {
    let app = TestApp::start().await;
    for address in ["/", "/catalogue", "/search?q=x", "/documents/1", "/sitemap.xml", "/feeds/latest.atom"] {
        let mut stranger =
            kit_web::test_browser::Browser::new(crate::routes::front(&app.app), "elsewhere.test");
        let reply = stranger.get(address).await;
        assert_eq!(reply.status(), 421, "{address}");
        assert!(!reply.html().contains("songling"), "{address}");
    }
}

#[tokio::test]
async fn a_further_host_name_answers_as_soon_as_it_is_set() {
    let app = TestApp::start().await;
    let stranger =
        || kit_web::test_browser::Browser::new(crate::routes::front(&app.app), "www.songling.test");
    assert_eq!(stranger().get("/").await.status(), 421);
    app.change_site(|profile| profile.hosts.push("www.songling.test".into())).await;
    assert_eq!(stranger().get("/").await.status(), 200);
}

#[tokio::test]
async fn a_changed_name_stands_on_every_page_at_once() {
    let app = TestApp::start().await;
    let record = app.document("任何一件").publish().await;
    for address in ["/", "/columns/policy", &record.address()] {
        assert!(app.page(address).await.contains("songling区人民政府（演示）"));
    }
    app.change_site(|profile| profile.name = "新名称（演示）".into()).await;
    for address in ["/", "/columns/policy", &record.address()] {
        let page = app.get(address).await;
        assert_eq!(page.one("meta[name=SiteName]").attribute("content"), Some("新名称（演示）"), "{address}");
    }
}

#[tokio::test]
async fn data_of_one_site_cannot_be_reached_under_the_host_of_another() {
    let app = TestApp::start().await;
    let other = app.site("forest").await;
    let organ = app.organ("secretariat", "专属机构").await;
    let column = app.column("exclusive", "专属栏目", None).await;
    let record = app
        .document("专属文件")
        .organ("专属机构")
        .column("exclusive")
        .body("专属正文")
        .attach("专属附件.txt", "专属内容")
        .subject("财政", "通知")
        .publish()
        .await;
    record.correct("更正", |_| ()).await;
    app.settle().await;
    let files = record.files().await;
    assert_eq!(app.get(&files[0]).await.status(), 200);
    let (organ, column, document) = (&organ.0, &column.0, &record.id.0);
    let mut addresses: Vec<String> = [
        "/",
        "/catalogue",
        "/sitemap.xml",
        "/site-map",
        "/feeds/latest.atom",
        "/institutions",
        "/institutions/secretariat",
        "/columns/exclusive",
        "/columns/exclusive/feed.atom",
        "/annual-reports",
        "/search?q=%E4%B8%93%E5%B1%9E",
        "/documents/1",
        "/documents/1/print",
        "/documents/1/versions",
        "/documents/1/versions/1",
        "/documents/1/versions/compare?from=1&to=2",
        "/documents/1/qr.svg",
    ]
    .map(str::to_owned)
    .to_vec();
    addresses.extend(files);
    addresses.extend([
        format!("/catalogue?organ={organ}"),
        format!("/catalogue?column={column}"),
        format!("/search?q=%E6%AD%A3%E6%96%87&organ={organ}"),
        "/catalogue?organ=secretariat".to_owned(),
        "/catalogue?column=exclusive".to_owned(),
        "/catalogue?subject=%E8%B4%A2%E6%94%BF".to_owned(),
        format!("/documents/{document}"),
        format!("/institutions/{organ}"),
        format!("/columns/{column}"),
    ]);
    for address in addresses {
        let reply = other.get(&address).await;
        let text = reply.html().replace("搜索“专属”", "").replace("“专属”", "").replace("value=\"专属\"", "");
        assert!(!text.contains("专属"), "{address}: {text}");
        assert!(
            !address.starts_with("/documents/") || reply.status() == 404 || reply.status() == 400,
            "{address}"
        );
    }
}

#[tokio::test]
async fn a_code_and_a_host_name_belong_to_one_site_only() {
    let app = TestApp::start().await;
    let taken = |code: &str, host: &str| {
        let (code, host, app) = (code.to_owned(), host.to_owned(), app.clone());
        async move {
            let mut profile = app.app.site("songling").await.unwrap().profile;
            (profile.code, profile.domain) = (code, host);
            let work = move |tx: &mut kit_db::Tx<'_>, cx: &Cx| actions::create(tx, cx, &profile).map(drop);
            app.app.act(Cx { site_id: SiteId("new".into()), ..app.app.cx(&app.site_id, "test") }, work).await
        }
    };
    assert!(matches!(taken("songling", "new.test").await, Err(Error::Refused(Refusal::CodeTaken(_)))));
    assert!(matches!(taken("new", "songling.gov.test").await, Err(Error::Refused(Refusal::HostTaken(_)))));
    assert!(matches!(taken("New!", "new.test").await, Err(Error::Refused(Refusal::Invalid(_)))));
    assert!(taken("new", "new.test").await.is_ok());
}
