//! Stories of the public pages: what they carry for readers and for inspectors, and that what is kept in memory is
//! never older than what was committed.

mod model;
mod reach;

use http::Method;
use kit_db::{Tx, params, sql};
use kit_web::test_browser::Reply;

use super::cache::Pages;
use crate::{change_feed, cx::Cx, organ::ChangeKind, test_app::TestApp};

fn tag(page: &Reply, name: &str) -> Option<String> {
    let found = page.select(&format!("meta[name={name}]"));
    assert!(found.len() < 2, "{name} stands twice on {}", page.address());
    found.first().map(|found| found.attribute("content").unwrap_or_default().to_owned())
}

#[tokio::test]
async fn every_page_carries_the_tags_of_the_site() {
    let app = TestApp::start().await;
    let record = app.document("文件").publish().await;
    record.correct("更正", |_| ()).await;
    app.settle().await;
    let profile = app.app.site("songling").await.unwrap().profile;
    let addresses = [
        "/",
        "/columns/policy",
        "/catalogue",
        "/search?q=x",
        "/documents/1",
        "/documents/1/print",
        "/documents/1/versions",
        "/documents/1/versions/1",
        "/documents/1/versions/compare?from=1&to=2",
        "/key-areas",
        "/statutory-items",
        "/disclosure-guide",
        "/institutions",
        "/institutions/government",
        "/annual-reports",
        "/apply",
        "/site-map",
        "/no-such-page",
    ];
    for address in addresses {
        let page = app.get(address).await;
        assert_eq!(tag(&page, "SiteName").as_ref(), Some(&profile.name), "{address}");
        assert_eq!(tag(&page, "SiteDomain").as_ref(), Some(&profile.domain), "{address}");
        assert_eq!(tag(&page, "SiteIDCode").as_ref(), Some(&profile.identification_code), "{address}");
        assert!(
            page.select("meta").iter().all(|meta| meta.attribute("content") != Some("")),
            "an empty tag on {address}"
        );
    }
}

#[tokio::test]
async fn home_and_column_pages_carry_the_four_tags_of_columns() {
    let app = TestApp::start().await;
    let addresses = [
        ("/", "首页"),
        ("/columns/policy", "政策文件"),
        ("/catalogue", "信息公开目录"),
        ("/disclosure-guide", "信息公开指南"),
        ("/annual-reports", "信息公开年报"),
        ("/statistics", "信息公开统计"),
        ("/apply", "依申请公开"),
        ("/institutions", "机构职能"),
        ("/statutory-items", "信息公开目录"),
    ];
    for (address, kind) in addresses {
        let page = app.get(address).await;
        for name in ["ColumnName", "ColumnDescription", "ColumnKeywords"] {
            assert!(tag(&page, name).is_some_and(|content| !content.is_empty()), "{name} on {address}");
        }
        assert_eq!(tag(&page, "ColumnType").as_deref(), Some(kind), "{address}");
        assert_eq!(tag(&page, "ArticleTitle"), None, "{address}");
    }
}

#[tokio::test]
async fn the_page_of_a_record_carries_the_tags_of_articles() {
    let app = TestApp::start().await;
    app.at("2026-03-20 10:19");
    let record = app
        .document("关于“三公”经费的<公告>")
        .with(|content| {
            content.keywords = vec!["经费".into(), "公开".into()];
            content.summary = "概述".into();
        })
        .publish()
        .await;
    let page = app.get(&record.address()).await;
    let expected = [
        ("ArticleTitle", "关于“三公”经费的<公告>"),
        ("PubDate", "2026-03-20 10:19"),
        ("ContentSource", "songling区人民政府"),
        ("Keywords", "经费,公开"),
        ("Description", "概述"),
        ("ColumnName", "政策文件"),
        ("ColumnType", "政策文件"),
        ("Url", "https://songling.gov.test/documents/1"),
    ];
    for (name, content) in expected {
        assert_eq!(tag(&page, name).as_deref(), Some(content), "{name}");
    }
}

#[tokio::test]
async fn the_head_of_a_record_prints_no_empty_label() {
    let app = TestApp::start().await;
    let sparse = app.document("只有标题").publish().await;
    let full = app
        .document("全部登记")
        .kind("normative_document")
        .number("松政发〔2026〕5号")
        .written("2026-03-01")
        .in_force("2026-04-01", Some("2031-03-31"))
        .subject("财政、金融、审计", "通知")
        .publish()
        .await;
    for (record, least) in [(&sparse, 3), (&full, 9)] {
        for path in ["", "/print", "/versions/1"] {
            let page = app.get(&format!("{}{path}", record.address())).await;
            let (labels, values) = (page.select("dl.card dt"), page.select("dl.card dd"));
            assert_eq!(labels.len(), values.len());
            assert!(
                values.iter().chain(&labels).all(|found| !found.text.trim().is_empty()),
                "{}",
                page.html()
            );
            assert!(!path.is_empty() || labels.len() >= least, "{} labels", labels.len());
        }
    }
    let head = app.get(&sparse.address()).await;
    assert!(head.select("dl.card dt").iter().all(|label| label.text != "文号"));
}

#[tokio::test]
async fn a_record_with_markup_in_its_fields_shows_it_as_text() {
    let app = TestApp::start().await;
    let nasty = "<script>alert(1)</script>\"'&";
    let record = app
        .document(nasty)
        .number(nasty)
        .organ(nasty)
        .subject(nasty, nasty)
        .attach("x<b>\"&.txt", "x")
        .with(|content| {
            content.summary = nasty.into();
            content.keywords = vec![nasty.into()];
            content.source = Some(nasty.into());
        })
        .publish()
        .await;
    record.correct(nasty, |content| content.body_text = nasty.into()).await;
    app.settle().await;
    for address in [
        "/",
        "/columns/policy",
        "/catalogue",
        "/documents/1",
        "/documents/1/print",
        "/documents/1/versions",
        "/documents/1/versions/compare?from=1&to=2",
        "/search?q=alert",
        "/feeds/latest.atom",
        "/institutions",
    ] {
        let page = app.get(address).await;
        assert_eq!(page.status(), 200, "{address}");
        assert!(!page.html().contains("<script>alert"), "{address}");
    }
}

#[tokio::test]
async fn the_cached_home_page_and_lists_are_replaced_by_a_publication() {
    let app = TestApp::start().await;
    let addresses = [
        "/",
        "/columns/policy",
        "/catalogue",
        "/feeds/latest.atom",
        "/columns/policy/feed.atom",
        "/sitemap.xml",
        "/institutions/government",
    ];
    for address in addresses {
        app.get(address).await;
    }
    app.document("刚刚发布的通知").kind("notice").publish().await;
    app.settle().await;
    for address in addresses {
        let shown = app.get(address).await;
        let wanted = if address == "/sitemap.xml" { "/documents/1" } else { "刚刚发布的通知" };
        assert!(shown.html().contains(wanted), "{address}: {}", shown.html());
    }
}

#[tokio::test]
async fn a_catalogue_asked_for_before_the_index_followed_does_not_stay() {
    let app = TestApp::start().await;
    app.settle().await;
    app.document("索引尚未跟上的通知").publish().await;
    app.get("/catalogue").await;
    app.settle().await;
    assert!(app.page("/catalogue").await.contains("索引尚未跟上的通知"));
}

#[tokio::test]
async fn a_change_made_by_another_process_replaces_what_is_cached_here() {
    let app = TestApp::start().await;
    let record = app.document("旧标题").publish().await;
    let elsewhere = app.second_process().await;
    for address in ["/", "/columns/policy", &record.address()] {
        assert!(elsewhere.get(address).await.html().contains("旧标题") || address == "/");
    }
    record.correct("更正", |content| content.title = "新标题".into()).await;
    app.document("另一件").publish().await;
    elsewhere.settle().await;
    assert!(elsewhere.page(&record.address()).await.contains("新标题"));
    let column = elsewhere.page("/columns/policy").await;
    assert!(column.contains("新标题") && column.contains("另一件") && !column.contains("旧标题"), "{column}");
}

#[tokio::test]
async fn following_the_feed_again_takes_nothing_out_of_the_cache() {
    let app = TestApp::start().await;
    app.document("一件").publish().await;
    app.settle().await;
    app.get("/").await;
    let kept = app.app.pages.cache.figures().pages;
    assert!(kept > 0);
    for _ in 0..3 {
        app.settle().await;
    }
    assert_eq!(app.app.pages.cache.figures().pages, kept);
    let other = Pages::with_budget(1 << 20);
    other.follow(&app.app.db, &app.site_id).await.unwrap();
    other.follow(&app.app.db, &app.site_id).await.unwrap();
}

#[tokio::test]
async fn a_link_made_before_publication_shows_on_the_other_page_once_it_is_public() {
    let app = TestApp::start().await;
    let policy = app.document("惠民政策").publish().await;
    let draft = app.document("惠民政策解读").kind("interpretation").draft().await;
    draft.link("interprets", &policy).await;
    assert!(!app.page(&policy.address()).await.contains("惠民政策解读"));
    let interpretation = draft.publish().await;
    assert!(app.page(&policy.address()).await.contains("惠民政策解读"));
    interpretation.withdraw("content_error", "").await.unwrap();
    assert!(!app.page(&policy.address()).await.contains("惠民政策解读"));
    interpretation.correct("核实后恢复", |_| ()).await;
    assert!(app.page(&policy.address()).await.contains("惠民政策解读"));
}

#[tokio::test]
async fn an_organ_is_shown_as_ended_from_the_day_of_the_change() {
    let app = TestApp::start().await;
    app.organ("old", "旧局").await;
    app.organ("new", "新局").await;
    app.reorganise(ChangeKind::Rename, "2026-04-01", &["old"], &["new"], None).await;
    app.at("2026-03-31 23:59");
    app.settle().await;
    assert!(!app.page("/institutions/old").await.contains("已经撤销"));
    app.at("2026-04-01 00:00");
    app.settle().await;
    assert!(app.page("/institutions/old").await.contains("已经撤销 自 2026年4月1日 起"));
}

#[tokio::test]
async fn an_address_of_the_earlier_site_leads_to_the_imported_record() {
    let app = TestApp::start().await;
    let record = app.document("从旧网站来").publish().await;
    let hidden = app.document("尚未发布").draft().await;
    for (record, url) in [
        (&record, "http://songling.gov.test/xxgk/2018/0311/55.html?id=7"),
        (&hidden, "http://songling.gov.test/xxgk/56.html"),
    ] {
        let (id, url) = (record.id.clone(), url.to_owned());
        app.act(move |tx: &mut Tx<'_>, cx: &Cx| {
            let source = sql!(
                "insert into import_source (site_id, source_url, origin, document_id, content_hash, printed, review_state,
                                            reasons, remarks, imported_at)
                 values ($1, $2, 'page', $3, '', '[]', 'none', '[]', '[]', 0)"
            );
            Ok(tx.execute(source, params![&cx.site_id, url.as_str(), &id])?)
        })
        .await;
    }
    let old = app.browser().send(Method::GET, "/xxgk/2018/0311/55.html?id=7", "", &[]).await;
    assert_eq!((old.status(), old.redirect()), (301, Some("/documents/1")));
    for nothing in ["/xxgk/2018/0311/55.html", "/xxgk/56.html", "/xxgk/57.html"] {
        assert_eq!(app.get(nothing).await.status(), 404, "{nothing}");
    }
}

#[tokio::test]
async fn addresses_that_cannot_be_read_lead_to_a_page_that_helps() {
    let app = TestApp::start().await;
    for address in [
        "/documents/abc",
        "/documents/0",
        "/documents/-1",
        "/documents/99999999999999999999",
        "/documents/1/versions/x",
        "/documents/1/versions/compare",
        "/columns/none",
        "/columns/none/feed.atom",
        "/key-areas/none",
        "/institutions/none",
        "/x/y/z",
    ] {
        let page = app.get(address).await;
        assert_eq!(page.status(), 404, "{address}: {}", page.html());
        assert!(page.text().contains("公开目录"), "{address}: {}", page.text());
    }
}

#[tokio::test]
async fn the_senior_mode_is_a_cookie_and_has_its_own_pages_in_memory() {
    let app = TestApp::start().await;
    app.document("一件").publish().await;
    let plain = app.get("/").await.html().to_owned();
    let mut reader = app.browser();
    let senior = reader.get("/reading-mode?senior=1&return=/").await.html().to_owned();
    assert_ne!(plain, senior);
    assert_eq!(reader.get("/").await.html(), senior);
    assert_eq!(app.get("/").await.html(), plain);
    let away = reader.send(Method::GET, "/reading-mode?senior=0&return=//elsewhere.test/", "", &[]).await;
    assert_eq!(away.redirect(), Some("/"));
}

#[tokio::test]
async fn a_column_lists_what_stands_below_it_too_and_turns_its_pages() {
    let app = TestApp::start().await;
    app.column("local", "本区政策", Some("policy")).await;
    for n in 1..=21 {
        app.document(&format!("本区政策第{n}件")).column("local").publish().await;
    }
    let above = app.get("/columns/policy").await;
    assert_eq!(above.select(".rows a.row-title").len(), 20);
    assert_eq!(above.select(".rows a.row-title")[0].text, "本区政策第21件");
    let second = app.get("/columns/policy?page=2").await;
    assert_eq!(second.select(".rows a.row-title")[0].text, "本区政策第1件");
    app.document("本区政策第22件").column("local").publish().await;
    assert_eq!(app.get("/columns/policy?page=2").await.select(".rows a.row-title").len(), 2);
}

#[tokio::test]
async fn annual_reports_and_the_guide_stand_on_their_own_pages() {
    let app = TestApp::start().await;
    app.document("2025年政府信息公开工作年度报告")
        .kind("annual_report")
        .written("2026-01-20")
        .publish()
        .await;
    app.document("政府信息公开指南")
        .kind("disclosure_guide")
        .written("2026-01-20")
        .body("指南的正文")
        .publish()
        .await;
    app.settle().await;
    let reports = app.page("/annual-reports").await;
    assert!(reports.contains("2025") && reports.contains("年度报告"), "{reports}");
    assert!(app.page("/disclosure-guide").await.contains("指南的正文"));
}

#[tokio::test]
async fn what_is_published_twice_at_once_is_published_once() {
    let app = TestApp::start().await;
    let draft = app.document("两人同时点发布").draft().await;
    let both: Vec<_> = (0..2)
        .map(|_| {
            tokio::spawn({
                let draft = draft.clone();
                async move { draft.try_publish().await.is_ok() }
            })
        })
        .collect();
    let mut n_published = 0;
    for one in both {
        n_published += usize::from(one.await.unwrap());
    }
    assert_eq!(n_published, 1);
    let changes = app.read(|tx, cx| Ok(change_feed::after(tx, &cx.site_id, 0, 100)?)).await;
    assert_eq!(changes.iter().filter(|change| change.document_id.as_ref() == Some(&draft.id)).count(), 1);
}
