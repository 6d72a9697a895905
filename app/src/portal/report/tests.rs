//! An annual report on the page of its record.

use crate::{
    annual_report::{actions, tests as reports},
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
