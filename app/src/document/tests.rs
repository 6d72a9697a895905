//! Stories of documents: drafts are edited beside what readers see, and nothing is written over unseen.

use super::{actions, queries};
use crate::{error::Error, test_app::TestApp};

#[tokio::test]
async fn a_draft_is_seen_by_nobody_outside() {
    let app = TestApp::start().await;
    app.document("尚在起草的文件").draft().await;
    app.settle().await;
    for address in
        ["/", "/columns/policy", "/catalogue", "/feeds/latest.atom", "/sitemap.xml", "/documents/1"]
    {
        assert!(!app.get(address).await.html().contains("尚在起草"), "{address}");
    }
}

#[tokio::test]
async fn editing_the_next_version_changes_nothing_for_readers_until_it_is_published() {
    let app = TestApp::start().await;
    let record = app.document("现行标题").publish().await;
    let next = record.next_draft("改标题", |content| content.title = "新的标题".into()).await;
    let (edition, mut content) = (next.edition.clone(), next.content().await);
    content.title = "最终的标题".into();
    app.act(move |tx, cx| actions::edit_draft(tx, cx, &edition, &content)).await;
    assert!(app.page(&record.address()).await.contains("现行标题"));
    next.publish().await;
    let page = app.page(&record.address()).await;
    assert!(page.contains("最终的标题") && !page.contains("现行标题"), "{page}");
}

#[tokio::test]
async fn what_is_no_longer_a_draft_cannot_be_written_over() {
    let app = TestApp::start().await;
    let record = app.document("已发布").publish().await;
    let (edition, content) = (record.edition.clone(), record.content().await);
    let late = app.try_act(move |tx, cx| actions::edit_draft(tx, cx, &edition, &content)).await;
    assert!(matches!(late, Err(Error::Conflict)));
}

#[tokio::test]
async fn the_printed_name_stays_and_the_organ_beside_it_is_the_one_that_bears_it() {
    let app = TestApp::start().await;
    let organ = app.organ("forestry", "林业局").await;
    let known = app.document("林业局的文件").organ("林业局").draft().await;
    let unknown = app.document("外单位的文件").organ("省林业厅").draft().await;
    assert_eq!(known.content().await.issuing_organ_id, Some(organ));
    let content = unknown.content().await;
    assert_eq!((content.issuing_organ.as_str(), content.issuing_organ_id), ("省林业厅", None));
}

#[tokio::test]
async fn a_record_is_found_by_its_public_number_and_by_no_other_site() {
    let app = TestApp::start().await;
    let other = app.site("forest").await;
    let record = app.document("编号").publish().await;
    let number = record.number;
    let found = app.read(move |tx, cx| queries::by_public_number(tx, &cx.site_id, number)).await;
    assert_eq!(found.unwrap().id, record.id);
    assert!(other.read(move |tx, cx| queries::by_public_number(tx, &cx.site_id, number)).await.is_none());
    let id = record.id.clone();
    assert!(matches!(other.try_act(move |tx, cx| actions::find(tx, cx, &id)).await, Err(Error::NotFound)));
}
