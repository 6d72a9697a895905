//! The stories of importing at the desk: a file is uploaded, read in the background, and what was unsure is looked at.

use axum::http::{HeaderName, Method};
use kit_web::test_browser::Reply;
use rules::permission::Role;
use serde_json::json;

use super::plain_name;
use crate::{
    document,
    test_app::{Desk, TestApp},
};

const HERE: &str = "/desk/admin/imports";

/// Sends the form of the page with a file, and follows to the run.
async fn upload(desk: &mut Desk, fields: &[(&str, &str)], file: (&str, &str)) -> Reply {
    let mut body = String::new();
    let mut part = |head: &str, value: &str| {
        body.push_str(&format!("--edge\r\nContent-Disposition: form-data; {head}\r\n\r\n{value}\r\n"));
    };
    for (name, value) in fields {
        part(&format!("name=\"{name}\""), value);
    }
    part(&format!("name=\"file\"; filename=\"{}\"", file.0), file.1);
    body.push_str("--edge--\r\n");
    let form = [(HeaderName::from_static("content-type"), "multipart/form-data; boundary=edge")];
    desk.browser.send(Method::POST, HERE, body, &form).await
}

async fn start(desk: &mut Desk, what: &str, file: (&str, &str)) -> Reply {
    let csrf = desk.csrf();
    let fields = [("csrf", csrf.as_str()), ("what", what), ("column", "policy"), ("publishes", "yes")];
    let sent = upload(desk, &fields, file).await;
    let address = sent.redirect().unwrap_or_else(|| panic!("{}", sent.text())).to_owned();
    desk.get(&address).await
}

fn sure(number: usize) -> String {
    json!({
        "url": format!("https://www.example.gov.cn/{number}.html"),
        "title": format!("演示县人民政府关于演示事项{number}的通知"),
        "excerpt": format!(
            "索引号：11230000/2018-{number:05}\n发布机构：演示县人民政府\n文号：演政发〔2018〕{number}号\n\
             成文日期：2018-03-01\n发布日期：2018-03-02\n演示县人民政府关于演示事项{number}的通知\n\
             各乡镇人民政府：\n现将演示事项{number}通知如下，请遵照执行。（演示数据）"
        ),
    })
    .to_string()
}

/// A page whose printed date can be read in two ways.
fn unsure(number: usize) -> String {
    sure(number)
        .replace("发布日期：2018-03-02", "发布日期：2018111")
        .replace("成文日期：2018-03-01", "成文日期：2018-01-01")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_uploaded_file_is_read_in_the_background_and_its_sender_is_told() {
    let app = TestApp::start().await;
    let mut desk = app.officer("wu", Role::DisclosureOffice, "government").await;
    let lines = format!("{}\n{}\nno json\n", sure(1), unsure(2));
    let waiting = start(&mut desk, "pages", ("pages.jsonl", &lines)).await;
    assert!(waiting.text().contains("等待执行"), "{}", waiting.text());
    app.settle().await;
    let done = desk.get(waiting.address()).await;
    let text = done.text();
    assert!(text.contains("已完成") && text.contains("pages.jsonl 第 3 行"), "{text}");
    let count = |word: &str| {
        let rows = done.select(".facts div");
        rows.iter().find(|row| row.text.starts_with(word)).map(|row| row.text.clone()).unwrap_or_default()
    };
    assert_eq!(
        ["读取", "导入", "其中待核对", "发布", "失败"].map(|word| count(word).replace([' ', '\n'], "")),
        ["读取3", "导入2", "其中待核对1", "发布1", "失败1"]
    );
    let history = desk.get(HERE).await.text();
    assert!(history.contains("读取 3，导入 2，待核对 1，失败 1"), "{history}");
    assert!(desk.get("/desk/messages").await.text().contains("导入“pages.jsonl”已完成"));
    let left = app.app.config.data.join("imports").join(&app.site_id.0);
    assert_eq!(std::fs::read_dir(left).unwrap().count(), 0, "the file is removed when it has been read");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_none_ends_with_its_reason_and_a_form_without_one_is_shown_again() {
    let app = TestApp::start().await;
    let mut desk = app.officer("wu", Role::DisclosureOffice, "government").await;
    let run = start(&mut desk, "documents", ("../sneaky/x.gz", "\u{1f}\u{8b}broken")).await;
    app.settle().await;
    let text = desk.get(run.address()).await.text();
    assert!(text.contains("x.gz") && !text.contains("sneaky"), "{text}");
    let csrf = desk.csrf();
    let empty = upload(&mut desk, &[("csrf", &csrf), ("what", "")], ("x", "")).await;
    assert_eq!(empty.status(), 422);
    assert!(empty.text().contains("请选择要导入的文件") && empty.text().contains("请选择文件内容"));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_taken_without_the_token_or_without_the_permission() {
    let app = TestApp::start().await;
    let mut desk = app.officer("wu", Role::DisclosureOffice, "government").await;
    for csrf in ["", "guessed"] {
        let sent = upload(&mut desk, &[("csrf", csrf), ("what", "pages")], ("pages.jsonl", &sure(1))).await;
        assert_eq!(sent.status(), 403);
    }
    let mut clerk = app.officer("lin", Role::InformationOfficer, "government").await;
    let csrf = clerk.csrf();
    let sent = upload(&mut clerk, &[("csrf", &csrf), ("what", "pages")], ("pages.jsonl", &sure(1))).await;
    assert_eq!(sent.status(), 403);
    for address in [HERE, "/desk/admin/imports/review", "/desk/admin/jobs"] {
        assert_eq!(clerk.get(address).await.status(), 403, "{address}");
    }
    app.settle().await;
    assert!(desk.get(HERE).await.text().contains("还没有导入过文件"));
}

/// Imports unsure records and gives their addresses on the review list.
async fn review_list(app: &TestApp, desk: &mut Desk, n: usize) -> Vec<String> {
    let lines: Vec<String> = (1..=n).map(unsure).collect();
    start(desk, "pages", ("pages.jsonl", &lines.join("\n"))).await;
    app.settle().await;
    let list = desk.get("/desk/admin/imports/review").await;
    list.select("tbody th a").iter().map(|link| link.attribute("href").unwrap().to_owned()).collect()
}

/// What the form of a record holds, with changes.
fn fields<'a>(page: &'a Reply, changes: &[(&'a str, &'a str)]) -> Vec<(String, String)> {
    let found = page.select(".side-by-side form:first-of-type [name]");
    let value = |name: &str, own: String| {
        let change = changes.iter().find(|(changed, _)| *changed == name);
        change.map_or(own, |(_, new)| (*new).to_owned())
    };
    let mut all: Vec<(String, String)> = Vec::new();
    for field in found {
        let name = field.attribute("name").unwrap().to_owned();
        let own = field.attribute("value").map_or_else(|| field.text.clone(), str::to_owned);
        if !["csrf", "decision", "note", "disclosure_class"].contains(&name.as_str()) {
            all.push((name.clone(), value(&name, own)));
        }
    }
    all.push(("disclosure_class".to_owned(), "proactive".to_owned()));
    all
}

async fn decide(desk: &mut Desk, address: &str, fields: &[(String, String)], decision: &str) -> Reply {
    let mut all: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    all.push(("decision", decision));
    desk.post(address, &all).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unsure_record_is_mended_beside_what_was_printed_and_goes_live() {
    let app = TestApp::start().await;
    let mut desk = app.officer("wu", Role::DisclosureOffice, "government").await;
    let list = review_list(&app, &mut desk, 1).await;
    let page = desk.get(&list[0]).await;
    assert!(page.text().contains("2018111") && page.text().contains("缺少年月日分隔"), "{}", page.text());
    let wrong = fields(&page, &[("published_on", "2018年1月11日")]);
    let again = decide(&mut desk, &list[0], &wrong, "accept").await;
    assert_eq!(again.status(), 422);
    assert!(again.text().contains("发布日期应为年-月-日") && again.html().contains("2018年1月11日"));
    let right = fields(&page, &[("published_on", "2018-01-11"), ("title", "演示数据：更正后的标题")]);
    let done = decide(&mut desk, &list[0], &right, "accept").await;
    assert!(done.text().contains("已采用并发布"), "{}", done.text());
    assert!(app.page("/documents/1").await.contains("更正后的标题"));
    assert_eq!(decide(&mut desk, &list[0], &right, "accept").await.status(), 422, "it was decided");
    let accepted = desk.get("/desk/admin/imports/review?state=accepted").await;
    assert_eq!(accepted.select("tbody tr").len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_is_turned_down_only_with_a_reason_and_never_published_by_a_later_import() {
    let app = TestApp::start().await;
    let mut desk = app.officer("wu", Role::DisclosureOffice, "government").await;
    let list = review_list(&app, &mut desk, 1).await;
    let at = desk.get(&list[0]).await.select("[name=imported_at]")[0].attribute("value").unwrap().to_owned();
    let reject =
        |note: &'static str| vec![("decision", "reject"), ("imported_at", at.as_str()), ("note", note)];
    assert_eq!(desk.post(&list[0], &reject(" ")).await.status(), 422);
    assert!(desk.post(&list[0], &reject("演示数据：重复")).await.text().contains("已记为不采用"));
    assert!(desk.get(&list[0]).await.text().contains("不采用（wu）：演示数据：重复"));
    start(&mut desk, "pages", ("pages.jsonl", &unsure(1))).await;
    app.settle().await;
    assert_eq!(app.get("/documents/1").await.status(), 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_are_accepted_at_once_and_each_is_checked_for_itself() {
    let app = TestApp::start().await;
    let mut desk = app.officer("wu", Role::DisclosureOffice, "government").await;
    let list = review_list(&app, &mut desk, 3).await;
    let ids: Vec<String> = list.iter().map(|href| href.rsplit('/').next().unwrap().to_owned()).collect();
    let broken = crate::id::DocumentId(ids[1].clone());
    app.act(move |tx, cx| {
        let newest = document::queries::newest_edition(tx, &cx.site_id, &broken)?.unwrap();
        let content = document::Content { title: String::new(), ..newest.content };
        document::actions::edit_draft(tx, cx, &newest.id, &content)
    })
    .await;
    let all: Vec<(&str, &str)> = ids.iter().map(|id| ("document", id.as_str())).collect();
    let result = desk.post("/desk/admin/imports/review", &all).await;
    assert!(result.text().contains("已采用并发布 2 条；1 条没有通过"), "{}", result.text());
    assert!(result.text().contains("没有标题"));
    assert_eq!(desk.get("/desk/admin/imports/review").await.select("tbody tr").len(), 1);
    let by_reason = desk.get("/desk/admin/imports/review?reason=no_such_reason").await;
    assert!(by_reason.text().contains("没有符合条件的内容"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_sees_and_steers_the_queue() {
    let app = TestApp::start().await;
    let mut desk = app.officer("wu", Role::DisclosureOffice, "government").await;
    start(&mut desk, "pages", ("pages.jsonl", &sure(1))).await;
    let mut admin = app.officer("sys", Role::SystemAdministrator, "government").await;
    let list = admin.get("/desk/admin/jobs?state=ready").await;
    assert!(list.text().contains("批量导入") && list.text().contains("等待执行"), "{}", list.text());
    let rows = list.one("[data-poll]").attribute("data-poll").unwrap().to_owned();
    let fragment = admin.get(&rows).await;
    assert!(fragment.text().contains("批量导入") && fragment.select("body.desk").is_empty());
    let act = |list: &Reply, what: &str| {
        let forms = list.select("tbody form");
        let found = forms.iter().find(|form| form.attribute("action").unwrap().ends_with(what));
        found.unwrap().attribute("action").unwrap().to_owned()
    };
    let cancelled = admin.post(&act(&list, "/cancel"), &[]).await;
    assert!(cancelled.text().contains("已取消"), "{}", cancelled.text());
    app.settle().await;
    assert_eq!(app.get("/documents/1").await.status(), 404);
    let again = admin.post(&act(&cancelled, "/retry"), &[]).await;
    app.settle().await;
    assert_eq!(app.get("/documents/1").await.status(), 200, "{}", again.text());
    let done = admin.get("/desk/admin/jobs?kind=import&state=done").await;
    let gone = admin.post(&act(&done, "/delete"), &[]).await;
    assert!(gone.text().contains("任务记录已删除"));
}

#[test]
fn a_sent_name_is_only_a_name() {
    for (sent, kept) in [
        ("pages.jsonl", "pages.jsonl"),
        ("C:\\数据\\pages.jsonl", "pages.jsonl"),
        ("../../etc/passwd", "passwd"),
        ("..", "导入文件"),
        ("a\r\nb", "ab"),
        ("", "导入文件"),
    ] {
        assert_eq!(plain_name(sent), kept, "{sent}");
    }
}
