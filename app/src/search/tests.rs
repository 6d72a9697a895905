//! Stories of the search index as a follower of the change feed.

use super::{Followed, follow};
use crate::test_app::TestApp;

async fn titles(app: &TestApp, query: &str) -> Vec<String> {
    let page = app
        .get(&format!(
            "/search?{}",
            url::form_urlencoded::Serializer::new(String::new()).append_pair("q", query).finish()
        ))
        .await;
    assert_eq!(page.status(), 200, "{query:.20}: {}", page.html());
    page.select(".hits a.row-title").into_iter().map(|found| found.text.replace(' ', "")).collect()
}

#[tokio::test]
async fn what_is_published_is_found_by_words_by_number_and_by_index_number() {
    let app = TestApp::start().await;
    let record = app
        .document("关于城镇供热管理的通知")
        .number("松政发〔2018〕5号")
        .body("供热期为十月至次年四月。")
        .publish()
        .await;
    app.settle().await;
    for query in
        ["供热", "松政发〔2018〕5号", "松政发[2018]5号", record.index_number.as_deref().unwrap(), "次年四月"]
    {
        assert_eq!(titles(&app, query).await, ["关于城镇供热管理的通知"], "{query}");
    }
    assert!(titles(&app, "完全没有的词语").await.is_empty());
}

#[tokio::test]
async fn a_search_shows_an_excerpt_with_the_words_marked() {
    let app = TestApp::start().await;
    app.document("通知").body("本办法自发布之日起施行，供热单位应当保证质量。").publish().await;
    app.settle().await;
    let page = app.get("/search?q=%E4%BE%9B%E7%83%AD").await;
    assert!(page.one(".excerpt").text.contains("单位应当保证质量"));
    assert_eq!(page.one(".excerpt mark").text, "供热");
}

#[tokio::test]
async fn a_correction_is_found_by_its_new_words_only() {
    let app = TestApp::start().await;
    let record = app.document("收费通知").body("标准为壹佰元").publish().await;
    app.settle().await;
    record.correct("更正", |content| content.body_text = "标准为贰佰元".into()).await;
    app.settle().await;
    assert!(titles(&app, "壹佰元").await.is_empty());
    assert_eq!(titles(&app, "贰佰元").await, ["收费通知"]);
}

#[tokio::test]
async fn what_is_withdrawn_is_not_shown_even_before_the_index_has_followed() {
    let app = TestApp::start().await;
    let record = app.document("误发的名单").publish().await;
    app.settle().await;
    assert_eq!(titles(&app, "名单").await, ["误发的名单"]);
    record.withdraw("personal_privacy", "").await.unwrap();
    assert!(titles(&app, "名单").await.is_empty());
    app.settle().await;
    assert!(titles(&app, "名单").await.is_empty());
}

#[tokio::test]
async fn following_twice_changes_nothing_and_a_lost_index_is_made_again() {
    let app = TestApp::start().await;
    app.document("第一件通知").publish().await;
    app.document("第二件通知").publish().await.withdraw("other", "原因").await.unwrap();
    let followed = follow(&app.app, &app.site_id, |_| ()).await.unwrap();
    assert!(matches!(followed, Followed::ToTheHead(n) if n > 0));
    assert_eq!(follow(&app.app, &app.site_id, |_| ()).await.unwrap(), Followed::ToTheHead(0));
    assert_eq!(titles(&app, "通知").await, ["第一件通知"]);
    let again = app.second_process().await;
    again.settle().await;
    assert_eq!(titles(&again, "通知").await, ["第一件通知"]);
}

#[tokio::test]
async fn a_search_is_narrowed_by_what_the_page_offers() {
    let app = TestApp::start().await;
    app.document("财政通知").subject("财政、金融、审计", "通知").publish().await;
    app.document("教育通知").subject("科技、教育", "通知").publish().await;
    app.settle().await;
    let all = app.get("/search?q=%E9%80%9A%E7%9F%A5").await;
    let narrowing = all
        .select("a")
        .into_iter()
        .find(|link| link.attribute("href").is_some_and(|href| href.contains("subject=")));
    let href = narrowing.unwrap().attribute("href").unwrap().to_owned();
    let narrowed = app.get(&href).await;
    assert_eq!(narrowed.select(".hits a.row-title").len(), 1);
}

#[tokio::test]
async fn strange_queries_are_answered_with_a_page() {
    let app = TestApp::start().await;
    app.document("通知").publish().await;
    app.settle().await;
    for query in [
        "",
        " ",
        "\"",
        "(",
        "AND OR NOT",
        "*",
        "title:*",
        "[a TO b]",
        "^~",
        "〔〕",
        "😀",
        "的",
        &"长".repeat(400),
        "%",
    ] {
        titles(&app, query).await;
    }
}
