//! Stories of an officer who writes: from the empty form to the preview, with and without scripts, alone and together.

use axum::http::{HeaderName, Method};
use kit_web::test_browser::Reply;
use rules::permission::Role;
use serde_json::{Value, json};

use crate::test_app::{Desk, Record, TestApp, photograph};

async fn writer(app: &TestApp, login: &str) -> Desk {
    app.officer(login, Role::InformationOfficer, "government").await
}

fn edition(reply: &Reply) -> String {
    let address = reply.address();
    address.split('/').nth(3).unwrap_or_else(|| panic!("{address} is no edit page")).to_owned()
}

/// Makes a document in the column `policy` and gives the id of its edition.
async fn new_document(app: &TestApp, desk: &mut Desk, kind: &str, title: &str) -> String {
    let column = app.read(|tx, cx| crate::column::queries::by_code(tx, &cx.site_id, "policy")).await.unwrap();
    let organ =
        app.read(|tx, cx| crate::organ::queries::by_code(tx, &cx.site_id, "government")).await.unwrap();
    let fields = [("column", column.id.0.as_str()), ("organ", &organ.id.0), ("kind", kind), ("title", title)];
    let reply = desk.post("/desk/documents", &fields).await;
    assert_eq!(reply.status(), 200, "{}", reply.html());
    edition(&reply)
}

async fn autosave(desk: &mut Desk, id: &str, version: i64, content: Value) -> (u16, Value) {
    let body = json!({ "version": version, "content": content });
    answer(desk.json(&format!("/desk/editions/{id}/autosave"), &body).await)
}

fn answer(reply: Reply) -> (u16, Value) {
    (
        reply.status(),
        serde_json::from_str(reply.html()).unwrap_or_else(|_| panic!("no JSON: {}", reply.html())),
    )
}

fn value(page: &Reply, field: &str) -> String {
    page.one(&format!("#{field}")).attribute("value").unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_new_record_begins_with_column_and_kind_and_shows_only_the_fields_of_its_kind() {
    let app = TestApp::start().await;
    let mut desk = writer(&app, "zhang").await;
    let columns = desk.get("/desk/documents/new").await;
    let link = columns.one(".column-choices a");
    assert_eq!(link.text, "政策文件");
    let kinds = desk.get(link.attribute("href").unwrap()).await;
    assert!(kinds.select("input[name=kind]").len() > 10);
    let id = new_document(&app, &mut desk, "policy_document", "关于招录人员的公告").await;
    let page = desk.get(&format!("/desk/editions/{id}/edit")).await;
    assert_eq!(value(&page, "title"), "关于招录人员的公告");
    assert_eq!(value(&page, "issuing_organ"), "songling区人民政府");
    assert_eq!(page.one("#genre option[selected]").text, "公告");
    assert!(page.select("#index_number").is_empty() && page.select("#validity").is_empty());
    let column = link.attribute("href").unwrap().rsplit_once('=').unwrap().1;
    let empty = desk.post("/desk/documents", &[("column", column), ("title", "")]).await;
    assert_eq!(empty.status(), 422);
    assert!(empty.text().contains("请填写标题"));
}

#[tokio::test]
async fn what_was_chosen_last_time_in_a_column_is_proposed_again() {
    let app = TestApp::start().await;
    let mut desk = writer(&app, "zhang").await;
    let id = new_document(&app, &mut desk, "policy_document", "第一条").await;
    let chosen = json!({ "subject_category": "综合政务/政务公开", "genre": "通报" });
    assert_eq!(autosave(&mut desk, &id, 1, chosen).await.0, 200);
    app.advance_minutes(1);
    let second = new_document(&app, &mut desk, "policy_document", "第二条").await;
    let page = desk.get(&format!("/desk/editions/{second}/edit")).await;
    assert_eq!(page.one("#subject_category option[selected]").text, "综合政务/政务公开");
    assert_eq!(page.one("#genre option[selected]").text, "通报");
    let mut other = writer(&app, "li").await;
    let third = new_document(&app, &mut other, "policy_document", "别人的第一条").await;
    let page = other.get(&format!("/desk/editions/{third}/edit")).await;
    assert_eq!(page.one("#subject_category option[selected]").text, "请选择");
}

#[tokio::test]
async fn a_script_saves_and_reads_back_clean_markup() {
    let app = TestApp::start().await;
    let mut desk = writer(&app, "zhang").await;
    let id = new_document(&app, &mut desk, "notice", "通知").await;
    let body = "<p onclick=\"x\">正文<script>1</script></p>";
    let (status, kept) =
        autosave(&mut desk, &id, 1, json!({ "body_html": body, "keywords": "甲，乙" })).await;
    assert_eq!((status, &kept["version"], &kept["others"]), (200, &json!(2), &json!([])));
    assert_eq!(kept["saved_at"], json!(app.now()));
    let page = desk.get(&format!("/desk/editions/{id}/edit")).await;
    assert_eq!(page.one("#body_html").text, "<p>正文</p>");
    assert_eq!(value(&page, "keywords"), "甲 乙");
    assert_eq!(page.one("form[data-editor]").attribute("data-version"), Some("2"));
    let (status, wrong) = autosave(&mut desk, &id, 2, json!({ "written_on": "2018-02-30" })).await;
    assert_eq!((status, wrong["field"].as_str()), (422, Some("written_on")));
}

#[tokio::test]
async fn of_two_who_write_the_second_is_told_what_the_first_changed_and_loses_nothing() {
    let app = TestApp::start().await;
    let (mut zhang, mut li) = (writer(&app, "zhang").await, writer(&app, "li").await);
    let id = new_document(&app, &mut zhang, "notice", "通知").await;
    autosave(&mut zhang, &id, 1, json!({ "summary": "张写的" })).await;
    let (_, state) = answer(zhang.get(&format!("/desk/editions/{id}/state")).await);
    assert_eq!(state["others"], json!([]));
    let (_, state) = answer(li.get(&format!("/desk/editions/{id}/state")).await);
    assert_eq!((&state["version"], state["others"][0]["name"].as_str()), (&json!(2), Some("演示zhang")));
    assert_eq!((state["saved_by"].as_str(), state["account"].as_str()), (Some("演示zhang"), Some("li")));
    autosave(&mut zhang, &id, 2, json!({ "title": "张改标题" })).await;
    let (status, late) = autosave(&mut li, &id, 2, json!({ "summary": "李写的" })).await;
    assert_eq!((status, &late["version"], late["by"].as_str()), (409, &json!(3), Some("演示zhang")));
    assert_eq!(late["theirs"]["title"].as_str(), Some("张改标题"));
    let (status, kept) = autosave(&mut li, &id, 3, json!({ "summary": "李写的" })).await;
    assert_eq!((status, kept["others"][0]["name"].as_str()), (200, Some("演示zhang")));
    let (_, late) = autosave(&mut zhang, &id, 3, json!({ "summary": "张又写" })).await;
    assert_eq!(late["changed_fields"], json!(["summary"]));
}

#[tokio::test]
async fn without_scripts_the_form_saves_shows_mistakes_and_keeps_what_was_typed_in_a_conflict() {
    let app = TestApp::start().await;
    let (mut zhang, mut li) = (writer(&app, "zhang").await, writer(&app, "li").await);
    let id = new_document(&app, &mut zhang, "notice", "通知").await;
    let address = format!("/desk/editions/{id}");
    let sent = [
        ("version", "1"),
        ("title", "新标题"),
        ("body_html", "第一段\n第二段"),
        ("written_on", "2018-03-01"),
    ];
    let page = zhang.post(&address, &sent).await;
    assert!(page.text().contains("已保存"));
    assert_eq!(page.one("#body_html").text, "<p>第一段</p><p>第二段</p>");
    let wrong = zhang.post(&address, &[("version", "2"), ("title", "又改"), ("written_on", "昨天")]).await;
    assert_eq!((wrong.status(), value(&wrong, "title").as_str()), (422, "又改"));
    assert!(wrong.one("#written_on-error").text.contains("成文日期"));
    let late = li.post(&address, &[("version", "1"), ("title", "李的标题")]).await;
    assert_eq!((late.status(), value(&late, "title").as_str()), (422, "李的标题"));
    assert!(late.text().contains("演示zhang保存了新的内容"));
    let version = late.one("input[name=version]").attribute("value").unwrap().to_owned();
    let saved = li.post(&address, &[("version", &version), ("title", "李的标题")]).await;
    assert_eq!(value(&saved, "title"), "李的标题");
    assert!(zhang.page(&format!("{address}/history")).await.contains("演示zhang"));
}

#[tokio::test]
async fn an_earlier_save_is_compared_and_taken_back() {
    let app = TestApp::start().await;
    let mut desk = writer(&app, "zhang").await;
    let id = new_document(&app, &mut desk, "notice", "通知").await;
    autosave(&mut desk, &id, 1, json!({ "body_html": "<p>好的正文</p>" })).await;
    app.advance_minutes(2);
    autosave(&mut desk, &id, 2, json!({ "body_html": "<p>坏</p>" })).await;
    let list = desk.get(&format!("/desk/editions/{id}/history")).await;
    assert_eq!(list.select("tbody tr").len(), 3);
    let step = desk.get(&format!("/desk/editions/{id}/history/2")).await;
    assert!(step.select("del").iter().any(|del| del.text.contains("好的正文")));
    let back = desk.post(&format!("/desk/editions/{id}/history"), &[("version", "3"), ("step", "2")]).await;
    assert_eq!(back.one("#body_html").text, "<p>好的正文</p>");
}

async fn upload(desk: &mut Desk, id: &str, name: &str, bytes: &[u8], purpose: &str) -> (u16, Value) {
    let announced = json!({ "name": name, "size": bytes.len(), "purpose": purpose });
    let (status, begun) = answer(desk.json(&format!("/desk/editions/{id}/uploads"), &announced).await);
    assert_eq!(status, 200, "{begun}");
    put(desk, begun["upload"].as_str().unwrap(), 0, bytes).await
}

async fn put(desk: &mut Desk, upload: &str, from: usize, bytes: &[u8]) -> (u16, Value) {
    let csrf = desk.csrf();
    let headers = [(HeaderName::from_static("x-csrf-token"), csrf.as_str())];
    let address = format!("/desk/uploads/{upload}?from={from}");
    answer(desk.browser.send(Method::PUT, &address, bytes.to_vec(), &headers).await)
}

#[tokio::test]
async fn a_file_comes_in_parts_goes_on_after_a_break_and_is_shown_to_staff_alone() {
    let app = TestApp::start().await;
    let mut desk = writer(&app, "zhang").await;
    let id = new_document(&app, &mut desk, "notice", "通知").await;
    let announced = json!({ "name": "名册.txt", "size": 6 });
    let (_, begun) = answer(desk.json(&format!("/desk/editions/{id}/uploads"), &announced).await);
    let number = begun["upload"].as_str().unwrap().to_owned();
    assert_eq!(put(&mut desk, &number, 0, b"abc").await, (200, json!({ "upload": number, "received": 3 })));
    assert_eq!(put(&mut desk, &number, 5, b"f").await, (409, json!({ "received": 3 })));
    let (_, state) = answer(desk.get(&format!("/desk/uploads/{number}")).await);
    assert_eq!(state["received"], json!(3));
    let (status, done) = put(&mut desk, &number, 3, b"def").await;
    assert_eq!((status, done["attachment"]["name"].as_str()), (200, Some("名册.txt")));
    let (_, again) = answer(desk.get(&format!("/desk/uploads/{number}")).await);
    assert_eq!(again["attachment"], done["attachment"]);
    let address = format!("/desk/editions/{id}/files/%E5%90%8D%E5%86%8C%2Etxt");
    assert_eq!(desk.get(&address).await.html(), "abcdef");
    let mut stranger = app.officer("zhao", Role::SystemAdministrator, "government").await;
    assert_eq!(stranger.get(&address).await.status(), 403);
    assert_eq!(app.browser().send(Method::GET, &address, "", &[]).await.status(), 303);
    let mut other = writer(&app, "li").await;
    assert_eq!(other.get(&format!("/desk/uploads/{number}")).await.status(), 404);
}

#[tokio::test]
async fn files_are_renamed_ordered_removed_and_put_back() {
    let app = TestApp::start().await;
    let mut desk = writer(&app, "zhang").await;
    let id = new_document(&app, &mut desk, "notice", "通知").await;
    for name in ["甲.txt", "乙.txt", "甲.txt"] {
        assert_eq!(upload(&mut desk, &id, name, b"text", "attachment").await.0, 200);
    }
    let address = format!("/desk/editions/{id}/attachments");
    let names = |list: &Value| -> Vec<String> {
        let all = list["attachments"].as_array().unwrap();
        all.iter().map(|file| file["name"].as_str().unwrap().to_owned()).collect()
    };
    let (_, list) = answer(desk.json(&address, &json!({ "order": [] })).await);
    assert_eq!(names(&list), ["甲.txt", "乙.txt", "甲-2.txt"]);
    let file = |at: usize| list["attachments"][at]["id"].clone();
    let (_, changed) = answer(desk.json(&address, &json!({ "order": [file(2), file(0)] })).await);
    assert_eq!(names(&changed), ["甲-2.txt", "甲.txt", "乙.txt"]);
    let rename = json!({ "rename": { "id": file(1), "name": "名册.exe" } });
    let (_, changed) = answer(desk.json(&address, &rename).await);
    assert_eq!(names(&changed), ["甲-2.txt", "甲.txt", "名册.txt"]);
    let taken = json!({ "rename": { "id": file(1), "name": "甲" } });
    let (status, refused) = answer(desk.json(&address, &taken).await);
    assert!(status >= 400 && refused["error"].as_str().unwrap().contains("甲.txt"));
    let (_, changed) = answer(desk.json(&address, &json!({ "remove": file(2) })).await);
    assert_eq!(names(&changed), ["甲.txt", "名册.txt"]);
    let (_, changed) = answer(desk.json(&address, &json!({ "restore": file(2) })).await);
    assert_eq!(names(&changed), ["甲.txt", "名册.txt", "甲-2.txt"]);
    let page = desk.get(&address).await;
    assert_eq!(page.select("tbody tr").len(), 3);
}

#[tokio::test]
async fn without_scripts_a_file_is_sent_by_a_form_and_renaming_a_picture_renames_it_in_the_text() {
    let app = TestApp::start().await;
    let mut desk = writer(&app, "zhang").await;
    let id = new_document(&app, &mut desk, "notice", "通知").await;
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";
    let form = |csrf: &str| {
        let head = format!(
            "--x\r\ncontent-disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n--x\r\ncontent-disposition: \
             form-data; name=\"file\"; filename=\"图.png\"\r\ncontent-type: image/png\r\n\r\n"
        );
        [head.as_bytes(), png, b"\r\n--x--\r\n"].concat()
    };
    let (address, csrf) = (format!("/desk/editions/{id}/attachments/file"), desk.csrf());
    let kind = [(HeaderName::from_static("content-type"), "multipart/form-data; boundary=x")];
    assert_eq!(desk.browser.send(Method::POST, &address, form("forged"), &kind).await.status(), 403);
    assert_eq!(desk.browser.send(Method::POST, &address, form(&csrf), &kind).await.status(), 303);
    autosave(&mut desk, &id, 1, json!({ "body_html": "<p><img src=\"%E5%9B%BE%2Epng\" alt=\"图\"></p>" }))
        .await;
    let page = desk.get(&format!("/desk/editions/{id}/attachments")).await;
    let file = page.select("tbody input[name=file]").remove(0);
    let file = file.attribute("value").unwrap().to_owned();
    let fields = [("file", file.as_str()), ("do", "rename"), ("name", "示意图")];
    desk.post(&format!("/desk/editions/{id}/attachments/change"), &fields).await;
    let page = desk.get(&format!("/desk/editions/{id}/edit")).await;
    assert!(page.one("#body_html").text.contains("%E7%A4%BA%E6%84%8F%E5%9B%BE%2Epng"));
    let preview = desk.get(&format!("/desk/editions/{id}/preview?mode=phone")).await;
    let src = preview.one(".official img");
    assert_eq!(desk.get(src.attribute("src").unwrap()).await.header("content-type"), Some("image/png"));
    assert!(preview.select(".attachments").is_empty(), "a picture of the text is no attachment of the list");
}

#[tokio::test]
async fn a_click_takes_out_of_a_file_what_it_tells_of_its_maker() {
    let app = TestApp::start().await;
    let mut desk = writer(&app, "zhang").await;
    let id = new_document(&app, &mut desk, "notice", "通知").await;
    desk.send_file(&format!("/desk/editions/{id}/attachments/file"), ("现场.jpg", &photograph())).await;
    app.settle().await;
    let checking = json!({ "version": 1, "content": {} });
    let found = |checked: Value| {
        let all = checked["findings"].as_array().unwrap().clone();
        all.into_iter().find(|finding| finding["code"] == "author_metadata")
    };
    let check = format!("/desk/editions/{id}/check");
    let told = found(answer(desk.json(&check, &checking).await).1).unwrap();
    assert!(told["sentence"].as_str().unwrap().contains("DemoCam"), "{told}");
    assert_eq!(told["mend"], json!({"label": "从文件中去掉", "kind": "clean_file", "value": "metadata"}));

    let address = format!("/desk/editions/{id}/attachments");
    let clean = json!({ "clean": { "name": told["place"]["name"], "what": told["mend"]["value"] } });
    let (status, list) = answer(desk.json(&address, &clean).await);
    assert_eq!((status, &list["attachments"][0]["name"]), (200, &json!("现场.jpg")));
    app.settle().await;
    assert_eq!(found(answer(desk.json(&check, &checking).await).1), None);
    let file = desk.get(&format!("/desk/editions/{id}/files/%E7%8E%B0%E5%9C%BA%2Ejpg")).await;
    assert!(file.bytes().ends_with(b"picture\xff\xd9") && file.bytes().len() < photograph().len());

    for odd in [
        json!({ "clean": { "name": "没有.jpg", "what": "metadata" } }),
        json!({ "clean": { "name": "现场.jpg", "what": "all" } }),
    ] {
        assert_eq!(desk.json(&address, &odd).await.status(), 404);
    }
    desk.send_file(&format!("/desk/editions/{id}/attachments/file"), ("名册.txt", b"text")).await;
    let (status, refused) =
        answer(desk.json(&address, &json!({ "clean": { "name": "名册.txt", "what": "metadata" } })).await);
    assert!(status == 422 && refused["error"].as_str().unwrap().contains("无法自动清理"), "{refused}");
}

#[tokio::test]
async fn the_preview_is_the_public_page_and_stays_private() {
    let app = TestApp::start().await;
    let mut desk = writer(&app, "zhang").await;
    let id = new_document(&app, &mut desk, "policy_document", "关于公开的意见").await;
    autosave(
        &mut desk,
        &id,
        1,
        json!({ "body_html": "<p>正文</p>", "document_number": "松政发〔2026〕1号" }),
    )
    .await;
    let address = format!("/desk/editions/{id}/preview");
    let page = desk.get(&format!("{address}?mode=senior")).await;
    assert_eq!(page.status(), 200);
    assert!(page.one("html").attribute("class").unwrap().contains("senior"));
    assert!(page.text().contains("松政发〔2026〕1号") && page.text().contains("发布时编号"));
    assert_eq!(page.header("cache-control"), Some("no-store"));
    assert_eq!(app.browser().send(Method::GET, &address, "", &[]).await.status(), 303);
}

#[tokio::test]
async fn officers_of_other_organs_and_administrators_reach_neither_page_nor_save() {
    let app = TestApp::start().await;
    app.organ("health", "演示卫生局").await;
    let mut owner = writer(&app, "zhang").await;
    let id = new_document(&app, &mut owner, "notice", "通知").await;
    let others = [
        ("sun", Role::InformationOfficer, "health"),
        ("zhou", Role::Reviewer, "government"),
        ("wu", Role::SystemAdministrator, "government"),
    ];
    for (login, role, organ) in others {
        let mut desk = app.officer(login, role, organ).await;
        assert_eq!(desk.get(&format!("/desk/editions/{id}/edit")).await.status(), 403, "{login}");
        assert_eq!(autosave(&mut desk, &id, 1, json!({ "title": "越权" })).await.0, 403, "{login}");
        assert_eq!(desk.post(&format!("/desk/editions/{id}/delete"), &[]).await.status(), 403, "{login}");
    }
    let mut office = app.officer("zheng", Role::DisclosureOffice, "health").await;
    assert_eq!(autosave(&mut office, &id, 1, json!({ "title": "主管部门可改" })).await.0, 200);
    let elsewhere = app.site("huzhong").await;
    let mut far = writer(&elsewhere, "qian").await;
    assert_eq!(far.get(&format!("/desk/editions/{id}/edit")).await.status(), 404);
}

#[tokio::test]
async fn a_forged_or_missing_token_saves_nothing() {
    let app = TestApp::start().await;
    let mut desk = writer(&app, "zhang").await;
    let id = new_document(&app, &mut desk, "notice", "通知").await;
    let json = (HeaderName::from_static("content-type"), "application/json");
    let body = json!({ "version": 1, "content": { "title": "伪造" } }).to_string();
    let address = format!("/desk/editions/{id}/autosave");
    assert_eq!(
        desk.browser.send(Method::POST, &address, body.clone(), std::slice::from_ref(&json)).await.status(),
        403
    );
    let forged = (HeaderName::from_static("x-csrf-token"), "00");
    assert_eq!(
        desk.browser.send(Method::POST, &address, body.clone(), &[json, forged.clone()]).await.status(),
        403
    );
    let signed_out = app.browser().send(Method::POST, &address, body, &[forged]).await;
    assert_eq!(signed_out.status(), 401);
    assert_eq!(value(&desk.get(&format!("/desk/editions/{id}/edit")).await, "title"), "通知");
}

#[tokio::test]
async fn the_list_shows_mine_then_my_organs_and_narrows() {
    let app = TestApp::start().await;
    let (mut zhang, mut li) = (writer(&app, "zhang").await, writer(&app, "li").await);
    new_document(&app, &mut zhang, "notice", "张的通知100%").await;
    new_document(&app, &mut li, "notice", "李的通知").await;
    let mine = zhang.page("/desk/documents").await;
    assert!(mine.contains("张的通知100%") && !mine.contains("李的通知"));
    let page = zhang.get("/desk/documents").await;
    let organ = page.select("#whose option")[1].clone();
    let all = zhang.page(&format!("/desk/documents?whose={}", organ.attribute("value").unwrap())).await;
    assert!(all.contains("张的通知100%") && all.contains("李的通知"));
    let found = zhang.page("/desk/documents?q=100%25").await;
    assert!(found.contains("张的通知100%"));
    assert!(zhang.page("/desk/documents?q=100_").await.contains("没有符合条件的信息"));
    assert!(zhang.page("/desk/documents?state=live").await.contains("没有符合条件的信息"));
}

#[tokio::test]
async fn a_live_record_gets_a_new_edition_beside_it_and_ones_own_draft_can_be_deleted() {
    let app = TestApp::start().await;
    let live: Record = app.document("第一版").attach("名册.txt", "甲").publish().await;
    let mut desk = writer(&app, "zhang").await;
    let address = format!("/desk/documents/{}/correct", live.id.0);
    let refused = desk.post(&address, &[("reason", "wording"), ("note", "")]).await;
    assert_eq!(refused.status(), 422);
    let page = desk.post(&address, &[("reason", "wording"), ("note", "更正电话")]).await;
    let id = edition(&page);
    assert_eq!((value(&page, "title").as_str(), page.select("[data-attachment]").len()), ("第一版", 1));
    autosave(&mut desk, &id, 1, json!({ "title": "第二版" })).await;
    assert!(app.page(&live.address()).await.contains("第一版"));
    assert_eq!(desk.post(&address, &[("reason", "wording"), ("note", "再改")]).await.status(), 422);
    let mut other = writer(&app, "li").await;
    assert_eq!(other.post(&format!("/desk/editions/{id}/delete"), &[]).await.status(), 403);
    let gone = desk.post(&format!("/desk/editions/{id}/delete"), &[]).await;
    assert!(gone.text().contains("已删除草稿") && gone.text().contains("第一版"));
    assert_eq!(desk.get(&format!("/desk/editions/{id}/edit")).await.status(), 404);
}

#[tokio::test]
async fn what_is_being_typed_is_checked_and_not_saved() {
    let app = TestApp::start().await;
    let mut desk = writer(&app, "zhang").await;
    let id = new_document(&app, &mut desk, "notice", "通知").await;
    let body = json!({ "version": 1, "content": { "body_html": "<p>联系人手机13812345678。</p>", "written_on": "20" } });
    let (status, found) = answer(desk.json(&format!("/desk/editions/{id}/check"), &body).await);
    assert_eq!(status, 200);
    let codes: Vec<&str> =
        found["findings"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
    assert!(codes.contains(&"mobile_number"), "{codes:?}");
    let page = desk.get(&format!("/desk/editions/{id}/edit")).await;
    assert_eq!(page.one("#body_html").text, "");
}
