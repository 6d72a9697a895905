//! The open statistics as readers and programs get them.

use serde_json::Value;

use super::files::SCHEMA;
use crate::test_app::TestApp;

async fn app() -> TestApp {
    let app = TestApp::start().await;
    app.at("2018-03-05 09:00");
    app.document("甲").written("2018-03-01").publish().await;
    app.document("乙").written("2018-01-02").publish().await;
    app.at("2019-02-11 09:00");
    app.document("丙").written("2019-02-11").publish().await;
    app.settle().await;
    app
}

async fn json(app: &TestApp, address: &str) -> Value {
    serde_json::from_str(&app.page(address).await).unwrap()
}

#[tokio::test]
async fn the_page_the_json_and_the_csv_tell_the_same_numbers_of_a_year() {
    let app = app().await;
    let data = json(&app, "/statistics.json?year=2018").await;
    assert_eq!((&data["total"], &data["year"]), (&2.into(), &2018.into()));
    assert_eq!(data["by_month"].as_array().unwrap().len(), 12);
    assert_eq!(data["by_month"][2]["count"], 2);
    assert_eq!(
        data["by_day"],
        serde_json::json!([{"code": "2018-03-05", "name": "2018年3月5日", "count": 2}])
    );
    assert_eq!((&data["timeliness"]["on_time"], &data["timeliness"]["late"]), (&1.into(), &1.into()));
    let page = app.page("/statistics?year=2018").await;
    assert!(page.contains("2018年发布的信息 2 条") && page.contains("20个工作日内发布 50%"), "{page}");
    let csv = app.get("/statistics.csv?year=2018").await;
    let csv = csv.html();
    assert!(
        csv.starts_with("\u{feff}维度,代码,名称,数量\r\n") && csv.contains("月份,2018-03,2018年3月,2\r\n"),
        "{csv}"
    );
}

#[tokio::test]
async fn without_a_year_the_newest_is_shown_and_all_years_can_be_asked_for() {
    let app = app().await;
    let newest = json(&app, "/statistics.json").await;
    assert_eq!((&newest["year"], &newest["total"]), (&2019.into(), &1.into()));
    // Months that have not begun are left out.
    assert_eq!(newest["by_month"].as_array().unwrap().len(), 2);
    let all = json(&app, "/statistics.json?year=all").await;
    assert_eq!((&all["year"], &all["total"]), (&Value::Null, &3.into()));
    assert!(app.get("/statistics").await.html().contains("href=\"/statistics?year=2018\""));
    for address in ["/statistics?year=2017", "/statistics?year=x", "/statistics.csv?year=-1"] {
        assert_eq!(app.get(address).await.status(), 404, "{address}");
    }
}

#[tokio::test]
async fn a_record_that_is_published_or_withdrawn_is_counted_at_once() {
    let app = app().await;
    assert_eq!(json(&app, "/statistics.json").await["total"], 1);
    let record = app.document("丁").written("2019-02-11").publish().await;
    app.settle().await;
    assert_eq!(json(&app, "/statistics.json").await["total"], 2);
    record.withdraw("content_error", "").await.unwrap();
    app.settle().await;
    assert_eq!(json(&app, "/statistics.json").await["total"], 1);
}

#[tokio::test]
async fn the_json_has_every_field_that_the_schema_names_and_no_other() {
    let app = app().await;
    let data = json(&app, "/statistics.json").await;
    let schema = json(&app, "/statistics.schema.json").await;
    assert_eq!(schema, serde_json::from_str::<Value>(SCHEMA).unwrap());
    same_fields(&data, &schema, &schema, "");
}

/// Compares the fields of a value with the properties of a schema, all the way down.
fn same_fields(value: &Value, schema: &Value, root: &Value, at: &str) {
    let schema = match schema["$ref"].as_str() {
        Some(name) => root.pointer(name.trim_start_matches('#')).unwrap(),
        None => schema,
    };
    if let Some(items) = value.as_array() {
        items.iter().for_each(|item| same_fields(item, &schema["items"], root, at));
    }
    if let (Some(fields), Some(properties)) = (value.as_object(), schema["properties"].as_object()) {
        let names = |of: &serde_json::Map<String, Value>| of.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(fields), names(properties), "fields of {at}");
        let required: Vec<&str> =
            schema["required"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        assert_eq!(required.len(), fields.len(), "all fields of {at} are always there");
        fields.iter().for_each(|(name, value)| same_fields(value, &properties[name], root, name));
    }
}

#[tokio::test]
async fn an_empty_site_has_a_page_that_says_so() {
    let app = TestApp::start().await;
    assert!(app.page("/statistics").await.contains("还没有可以统计的信息"));
    assert_eq!(json(&app, "/statistics.json").await["total"], 0);
}

#[tokio::test]
async fn this_year_is_counted_anew_when_something_was_published_and_on_another_day_and_else_not() {
    let app = app().await;
    let memo = app.app.year_memo.clone();
    let count = || {
        let memo = memo.clone();
        app.read(move |tx, cx| memo.this_year(tx, cx))
    };
    let total = |year: &super::memo::Year| {
        let months = year.as_ref().map(|(_, months)| months.iter().map(|month| month.published).sum());
        months.unwrap_or(0_i64)
    };
    let first = count().await;
    assert_eq!(total(&first), 1);
    assert!(std::sync::Arc::ptr_eq(&first, &count().await), "nothing happened, nothing is counted");
    app.document("丁").written("2019-02-11").publish().await;
    let second = count().await;
    assert_eq!(total(&second), 2);
    app.at("2019-02-12 09:00");
    assert!(!std::sync::Arc::ptr_eq(&second, &count().await), "another day has come");
    let mut office = app.officer("ban", rules::permission::Role::DisclosureOffice, "government").await;
    assert!(office.page("/desk").await.contains("2019年"));
}
