//! Stories of columns: codes are unique, what is named must exist, and a new column is seen at once.

use super::{NewColumn, actions, path, queries, with_descendants};
use crate::{
    error::{Error, Refusal},
    test_app::TestApp,
};

fn new(code: &str, parent: Option<&str>, owner: Option<&str>) -> NewColumn {
    NewColumn {
        code: code.to_owned(),
        name: format!("栏目{code}"),
        parent: parent.map(str::to_owned),
        column_type: "policy".to_owned(),
        owner: owner.map(str::to_owned),
        update_interval_days: Some(14),
        description: String::new(),
        keywords: Vec::new(),
        key_area: None,
        statutory_items: Vec::new(),
        content_types: Vec::new(),
        sort: 1,
    }
}

#[tokio::test]
async fn a_code_in_use_and_unknown_columns_and_organs_are_refused() {
    let app = TestApp::start().await;
    let attempts = [
        (new("policy", None, None), Refusal::CodeTaken("policy".into())),
        (new("x", Some("nowhere"), None), Refusal::Unknown { what: "栏目", code: "nowhere".into() }),
        (new("x", None, Some("nobody")), Refusal::Unknown { what: "机构", code: "nobody".into() }),
    ];
    for (column, expected) in attempts {
        let refused = app.try_act(move |tx, cx| actions::create(tx, cx, &column)).await;
        assert!(matches!(refused, Err(Error::Refused(refusal)) if refusal == expected));
    }
}

#[tokio::test]
async fn the_same_code_may_be_used_on_two_sites() {
    let app = TestApp::start().await;
    let other = app.site("forest").await;
    let (one, two) =
        (app.column("news", "本区要闻", None).await, other.column("news", "林区要闻", None).await);
    assert_ne!(one, two);
    assert!(app.page("/columns/news").await.contains("本区要闻"));
    assert!(other.page("/columns/news").await.contains("林区要闻"));
}

#[tokio::test]
async fn a_new_column_stands_in_the_site_map_at_once() {
    let app = TestApp::start().await;
    app.page("/site-map").await;
    app.column("news", "政务要闻", Some("policy")).await;
    assert!(app.page("/site-map").await.contains("政务要闻"));
    assert!(app.page("/columns/policy").await.contains("政务要闻"));
}

#[tokio::test]
async fn a_column_knows_what_stands_above_and_below_it() {
    let app = TestApp::start().await;
    let middle = app.column("middle", "中间", Some("policy")).await;
    let lowest = app.column("lowest", "最下", Some("middle")).await;
    let columns = app.read(|tx, cx| queries::all(tx, &cx.site_id)).await;
    let names: Vec<&str> = path(&columns, &lowest).iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["政策文件", "中间", "最下"]);
    assert_eq!(with_descendants(&columns, &middle), [middle.clone(), lowest]);
}
