//! An annual report on the page of its record.

use crate::{
    annual_report::{actions, tests as reports},
    document::ChangeReason,
    id::DocumentId,
    publishing,
    test_app::TestApp,
};

/// The address of the record of a signed report.
async fn path(app: &TestApp, id: &str) -> String {
    let frozen = reports::report(app, id).await.frozen.unwrap();
    frozen.address.strip_prefix("https://s.test").unwrap().to_owned()
}

#[tokio::test]
async fn the_page_opens_every_figure_and_gives_files_with_size_and_digest() {
    let app = reports::start().await;
    let id = reports::signed(&app).await;
    let page = app.get(&path(&app, &id).await).await;
    let links = page.select(".report .figure-link");
    assert!(links.len() > 5, "{}", page.html());
    for link in &links {
        let target = link.attribute("href").unwrap().trim_start_matches('#').to_owned();
        assert!(page.html().contains(&format!("id=\"{target}\"")), "{target} has no definition");
    }
    assert!(!page.select(".report .chart-figure").is_empty() && !page.select(".chart-data table").is_empty());
    let digests = page.select(".digest code");
    assert!(digests.len() >= 2 && digests.iter().all(|found| found.text.len() == "SHA-256 ".len() + 64));
}

#[tokio::test]
async fn both_editions_of_a_corrected_report_stay_readable_in_the_form_of_a_report() {
    let app = reports::start().await;
    let first = reports::signed(&app).await;
    reports::article(&app, "漏计的文章").await;
    let next = app.act(move |tx, cx| actions::correct(tx, cx, &first, "漏计政务微信文章")).await;
    reports::sign(&app, &next).await;
    let path = path(&app, &next).await;
    let now = app.get(&path).await;
    assert!(now.html().contains("第2版（更正）") && now.html().contains("更正原因：漏计政务微信文章"));
    let old = app.get(&format!("{path}/versions/1")).await;
    assert!(!old.select(".report .figure-link").is_empty() && !old.html().contains("第2版（更正）"));
    let wechat = |page: &kit_web::test_browser::Reply| page.select("#f-wechat dt b")[0].text.clone();
    assert_ne!(wechat(&now), wechat(&old));
}

#[tokio::test]
async fn last_years_figures_stand_beside_this_years_as_soon_as_both_are_public() {
    let app = reports::start().await;
    let this = reports::signed(&app).await;
    let path = path(&app, &this).await;
    assert!(app.get(&path).await.select(".report-comparison").is_empty());
    let last = app.act(|tx, cx| actions::create(tx, cx, "", 2017)).await;
    reports::sign(&app, &last).await;
    app.settle().await;
    let page = app.get(&path).await;
    let rows = page.select(".report-comparison tbody tr");
    assert!(rows.iter().any(|row| row.text.contains("增加") || row.text.contains("减少")), "{rows:?}");
    assert!(page.html().contains("<th scope=\"col\">2017年</th>"));
}

async fn withdraw(app: &TestApp, id: &str) {
    let document_id = DocumentId(reports::report(app, id).await.document_id.unwrap());
    let reason = ChangeReason { code: "personal_privacy", note: "" };
    app.act(move |tx, cx| publishing::actions::withdraw(tx, cx, &document_id, reason)).await;
}

/// A report of a year with a sentence that must not be read; its id.
async fn secret(app: &TestApp, year: i64) -> String {
    let id = app.act(move |tx, cx| actions::create(tx, cx, "", year)).await;
    reports::finish(app, &id).await;
    reports::write(app, &id, "problems", SECRET).await;
    let now = reports::report(app, &id).await;
    app.act(move |tx, cx| actions::submit(tx, cx, &now.id, now.version)).await;
    let (now, cx) = (reports::report(app, &id).await, app.app.cx(&app.site_id, "signer"));
    let base_url = "https://s.test".to_owned();
    crate::annual_report::release::sign(&app.app, cx, (&now.id, now.version), base_url).await.unwrap();
    id
}

const SECRET: &str = "演示：投诉人住松岭路一号。";

#[tokio::test]
async fn of_a_withdrawn_report_readers_see_that_it_was_withdrawn_and_nothing_else() {
    let app = reports::start().await;
    let id = secret(&app, 2018).await;
    app.settle().await;
    let path = path(&app, &id).await;
    let page = app.get(&path).await;
    assert!(page.html().contains("松岭路一号") && app.page("/annual-reports").await.contains("2018"));
    let files: Vec<String> = page
        .select("a[href*=\"/files/\"]")
        .iter()
        .map(|link| link.attribute("href").unwrap().to_owned())
        .collect();
    assert!(files.len() >= 4, "{}", page.html());
    let more = ["/print", "/versions", "/versions/1", "/qr.svg"].map(|end| format!("{path}{end}"));
    for address in files.iter().chain(&more) {
        assert_eq!(app.get(address).await.status(), 200, "{address}");
    }
    withdraw(&app, &id).await;
    let gone = app.get(&path).await;
    assert!(gone.status() == 410 && gone.html().contains("去标识化处理"), "{}", gone.html());
    assert!(!gone.html().contains("松岭路一号"));
    for address in files.iter().chain(&more) {
        let answer = app.get(address).await;
        assert!([404, 410].contains(&answer.status()), "{address}: {}", answer.status());
        assert!(!answer.html().contains("松岭路一号"), "{address}");
    }
    app.settle().await;
    for address in ["/annual-reports", "/", "/catalogue", "/feed.xml", "/search?q=松岭路", "/sitemap.xml"]
    {
        let html = app.get(address).await.html().to_owned();
        assert!(!html.contains("松岭路一号") && !html.contains(&format!("{path}\"")), "{address}: {html}");
    }
}

#[tokio::test]
async fn a_withdrawn_report_leaves_the_pages_of_the_year_after_it() {
    let app = reports::start().await;
    let last = secret(&app, 2017).await;
    let this = reports::signed(&app).await;
    app.settle().await;
    let path = path(&app, &this).await;
    let shown = [path.clone(), format!("{path}/versions/1"), format!("{path}/print")];
    for address in &shown {
        let page = app.get(address).await;
        assert!(page.html().contains("<th scope=\"col\">2017年</th>"), "{address}: {}", page.html());
    }
    withdraw(&app, &last).await;
    for address in &shown {
        let page = app.get(address).await;
        assert_eq!(page.status(), 200, "{address}");
        assert!(page.select(".report-comparison").is_empty(), "{address}: {}", page.html());
    }
}

#[tokio::test]
async fn the_correction_of_a_withdrawn_report_is_read_at_the_old_address_without_what_was_before() {
    let app = reports::start().await;
    let id = secret(&app, 2018).await;
    let path = path(&app, &id).await;
    let files: Vec<String> = {
        let page = app.get(&path).await;
        let links = page.select("a[href*=\"/files/\"]");
        links.iter().map(|link| link.attribute("href").unwrap().to_owned()).collect()
    };
    withdraw(&app, &id).await;
    let next = app.act(move |tx, cx| actions::correct(tx, cx, &id, "演示更正")).await;
    reports::write(&app, &next, "problems", "演示：个别投诉办理不及时。").await;
    assert_eq!(app.get(&path).await.status(), 410);
    reports::sign(&app, &next).await;
    app.settle().await;
    let page = app.get(&path).await;
    assert!(page.status() == 200 && page.html().contains("第2版（更正）"), "{}", page.html());
    assert!(app.page("/annual-reports").await.contains("2018"));
    assert_eq!(app.get(&format!("{path}/versions/1")).await.status(), 404);
    let compared = app.get(&format!("{path}/versions/compare?from=1&to=2")).await;
    assert_eq!(compared.status(), 404);
    for address in files {
        assert_eq!(app.get(&address).await.status(), 404, "{address}");
    }
    for address in [path.clone(), format!("{path}/versions"), format!("{path}/print")] {
        assert!(!app.get(&address).await.html().contains("松岭路一号"), "{address}");
    }
}
