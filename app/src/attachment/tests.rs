//! Stories of attachments: private until the edition is live, stable in their address, served in parts.

use http::{Method, header::RANGE};

use crate::{
    error::{Error, Refusal},
    test_app::TestApp,
};

#[tokio::test]
async fn a_file_is_private_until_its_edition_is_live() {
    let app = TestApp::start().await;
    let mut record = app.document("附有名册").attach("名册.txt", "张三李四").draft().await;
    record.number = 1;
    let address = record.files().await.remove(0);
    assert_eq!(app.get(&address).await.status(), 404);
    record.schedule("2026-03-20 10:00").await.unwrap();
    assert_eq!(app.get(&address).await.status(), 404);
    app.at("2026-03-20 10:00");
    app.settle().await;
    let file = app.get(&address).await;
    assert_eq!((file.status(), file.html()), (200, "张三李四"));
    assert_eq!(file.header("cache-control"), Some("no-cache"));
    let link = app.get(&record.address()).await.one(".attachments a");
    assert_eq!((link.text.as_str(), link.attribute("href")), ("名册.txt", Some(address.as_str())));
}

#[tokio::test]
async fn a_file_of_the_next_edition_is_private_beside_the_live_one() {
    let app = TestApp::start().await;
    let record = app.document("两版附件").attach("第一版.txt", "第一版").publish().await;
    let next = record.next_draft("换附件", |_| ()).await;
    next.attach("第二版.txt", "第二版".as_bytes()).await.unwrap();
    let files = next.files().await;
    assert_eq!(app.get(&files[0]).await.status(), 200);
    assert_eq!(app.get(&files[1]).await.status(), 404);
    assert!(!app.get(&record.address()).await.html().contains("第二版"));
    next.publish().await;
    assert_eq!(app.get(&files[1]).await.html(), "第二版");
}

#[tokio::test]
async fn the_address_of_a_file_stays_the_same_through_corrections() {
    let app = TestApp::start().await;
    let record = app.document("附件不变").attach("标准.txt", "一百元").publish().await;
    let before = record.files().await;
    let corrected = record.correct("更正标题", |content| content.title = "附件仍不变".into()).await;
    assert_eq!(corrected.files().await, before);
    assert_eq!(app.get(&before[0]).await.html(), "一百元");
    corrected.withdraw("other", "原因").await.unwrap();
    assert_eq!(app.get(&before[0]).await.status(), 404);
}

#[tokio::test]
async fn a_part_of_a_file_can_be_asked_for() {
    let app = TestApp::start().await;
    let record = app.document("大文件").attach("数据.txt", "0123456789").publish().await;
    let address = record.files().await.remove(0);
    let mut browser = app.browser();
    let part = browser.send(Method::GET, &address, "", &[(RANGE, "bytes=2-4")]).await;
    assert_eq!(
        (part.status(), part.html(), part.header("content-range")),
        (206, "234", Some("bytes 2-4/10"))
    );
    let beyond = browser.send(Method::GET, &address, "", &[(RANGE, "bytes=20-")]).await;
    assert_eq!(beyond.status(), 416);
    let head = browser.send(Method::HEAD, &address, "", &[]).await;
    assert_eq!((head.status(), head.bytes().len(), head.header("content-length")), (200, 0, Some("10")));
    let etag = head.header("etag").unwrap().to_owned();
    let known = browser.send(Method::GET, &address, "", &[(http::header::IF_NONE_MATCH, &etag)]).await;
    assert_eq!(known.status(), 304);
}

#[tokio::test]
async fn a_file_of_another_record_or_a_shortened_hash_is_not_found() {
    let app = TestApp::start().await;
    let record = app.document("有附件").attach("标准.txt", "一百元").publish().await;
    app.document("没有附件").publish().await;
    let address = record.files().await.remove(0);
    assert_eq!(app.get(&address.replace("/documents/1/", "/documents/2/")).await.status(), 404);
    let hash = address.split('/').nth(4).unwrap();
    for wrong in [&hash[..8], "..", "%2e%2e", "________________", ""] {
        let other = address.replace(hash, wrong);
        let reply = app.get(&other).await;
        assert!([400, 404].contains(&reply.status()) && !reply.html().contains("一百元"), "{other}");
    }
}

#[tokio::test]
async fn programs_pages_and_nameless_files_are_refused_and_a_live_edition_takes_no_file() {
    let app = TestApp::start().await;
    let draft = app.document("收附件").draft().await;
    for (name, bytes) in [
        ("病毒.exe", b"MZ\x90\0".as_slice()),
        ("网页.html", b"<!doctype html><html></html>"),
        ("空.txt", b""),
    ] {
        assert!(
            matches!(draft.attach(name, bytes).await, Err(Error::Refused(Refusal::Attachment(_)))),
            "{name}"
        );
    }
    assert!(matches!(draft.attach("/", b"text").await, Err(Error::Refused(Refusal::Attachment(_)))));
    draft.attach("../../上级/名册.txt", b"text").await.unwrap();
    let record = draft.publish().await;
    assert!(!record.files().await[0].contains("%2F"));
    assert_eq!(app.get(&record.address()).await.one(".attachments a").text, "名册.txt");
    assert!(matches!(record.attach("后来.txt", b"text").await, Err(Error::Conflict)));
}

#[tokio::test]
async fn the_same_bytes_are_stored_once_and_big_files_stream_through() {
    let app = TestApp::start().await;
    let bytes: Vec<u8> = (0..3_000_000_u32).map(|n| b'a' + (n % 23) as u8).collect();
    let first = app.document("大附件").draft().await;
    let one = first.attach("一.txt", &bytes).await.unwrap();
    let two = first.attach("二.txt", &bytes).await.unwrap();
    assert_eq!(one, two);
    let record = first.publish().await;
    let file = app.get(&record.files().await[1]).await;
    assert_eq!(file.bytes().len(), bytes.len());
    assert!(file.bytes() == bytes.as_slice());
    let place = app.app.files.place(&app.site_id, &one);
    let stored = std::fs::read_dir(place.parent().unwrap()).unwrap().count();
    assert_eq!(stored, 1);
}
