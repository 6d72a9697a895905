//! Stories of service items at the desk: entered, changed, ended, imported with bad lines, kept apart by organ and by site, taken out
//! as a file.

use kit_web::test_browser::Reply;
use rules::permission::Role;

use super::queries;
use crate::{
    register::Table,
    test_app::{Desk, TestApp, whole},
};

const HERE: &str = "/desk/registers/service-items";
const IMPORT: &str = "/desk/registers/imports/service-items";

const FIELDS: [(&str, &str); 7] = [
    ("code", "演示-1"),
    ("name", "演示事项一"),
    ("organ", "finance"),
    ("kind", "permit"),
    ("statutory_days", "20"),
    ("promised_days", "5"),
    ("entered_on", "2018-01-01"),
];

/// The fields with some changed.
fn with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = FIELDS.to_vec();
    fields.retain(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
    fields.extend_from_slice(changes);
    fields
}

/// Two organs, an officer of one of them and one of the disclosure office.
async fn start() -> (TestApp, Desk, Desk) {
    let app = TestApp::start().await;
    app.organ("finance", "财政局").await;
    app.organ("culture", "文化局").await;
    let officer = app.officer("lin", Role::InformationOfficer, "finance").await;
    let office = app.officer("ban", Role::DisclosureOffice, "government").await;
    (app, officer, office)
}

async fn id(app: &TestApp, code: &'static str) -> String {
    app.read(move |tx, cx| Ok(queries::by_code(tx, &cx.site_id, code)?)).await.unwrap().id
}

async fn send(desk: &mut Desk, text: &str) -> Reply {
    desk.send_file(IMPORT, ("事项.csv", whole(super::FIELDS, text).as_bytes())).await
}

/// Confirms what a preview shows.
async fn confirm(desk: &mut Desk, preview: &Reply) -> Reply {
    let form = preview.one(&format!("form[action^='{IMPORT}/']"));
    let address = form.attribute("action").unwrap().to_owned();
    let seen = preview.one("input[name=seen]").attribute("value").unwrap().to_owned();
    desk.post(&address, &[("seen", &seen)]).await
}

#[tokio::test]
async fn an_item_is_entered_changed_and_ended_and_every_step_is_in_the_log() {
    let (app, mut officer, _) = start().await;
    let wrong = officer.post(&format!("{HERE}/new"), &with(&[("code", ""), ("promised_days", "30")])).await;
    assert_eq!(wrong.status(), 422);
    assert!(wrong.text().contains("请填写事项编码"), "{}", wrong.text());
    assert_eq!(wrong.one("#code").attribute("aria-describedby"), Some("code-error"));
    let wrong = officer.post(&format!("{HERE}/new"), &with(&[("kind", "")])).await;
    assert!(wrong.text().contains("请选择事项类型"), "{}", wrong.text());
    let wrong = officer.post(&format!("{HERE}/new"), &with(&[("promised_days", "30")])).await;
    assert!(wrong.text().contains("承诺时限长于法定时限"), "{}", wrong.text());
    let added = officer.post(&format!("{HERE}/new"), &FIELDS).await.text();
    assert!(added.contains("事项已登记") && added.contains("演示事项一"), "{added}");
    assert!(officer.post(&format!("{HERE}/new"), &FIELDS).await.text().contains("已在使用"));
    let one = format!("{HERE}/{}", id(&app, "演示-1").await);
    let changed = with(&[("name", "演示事项（新）"), ("version", "1")]);
    assert!(officer.post(&one, &changed).await.text().contains("事项已保存"));
    assert_eq!(officer.post(&one, &changed).await.status(), 409, "the version shown is an old one");
    let early = officer.post(&format!("{one}/end"), &[("on", "2017-12-31")]).await;
    assert_eq!(early.status(), 422);
    assert!(officer.post(&format!("{one}/end"), &[("on", "2018-06-30")]).await.text().contains("已退出目录"));
    assert!(officer.page(&format!("{HERE}?on=2018-06-30")).await.contains("演示事项（新）"));
    assert!(!officer.page(&format!("{HERE}?on=2018-07-01")).await.contains("演示事项（新）"));
    let log = app.read(|tx, cx| Ok(crate::audit::queries::after(tx, &cx.site_id, 0, 1_000)?)).await;
    let acts: Vec<(&str, &str)> = log
        .iter()
        .filter(|entry| entry.object_kind == "service_item")
        .map(|entry| (entry.action.as_str(), entry.detail.as_str()))
        .collect();
    assert_eq!(
        acts,
        [
            ("service_item.add", "演示-1 演示事项一"),
            ("service_item.change", "演示-1 事项名称：演示事项一→演示事项（新）"),
            ("service_item.end", "演示-1 退出目录日期：2018-06-30"),
        ]
    );
}

#[tokio::test]
async fn nobody_keeps_items_of_another_organ_or_of_another_site() {
    let (app, mut officer, mut office) = start().await;
    let foreign = with(&[("organ", "culture")]);
    let refused = officer.post(&format!("{HERE}/new"), &foreign).await;
    assert_eq!(refused.status(), 422);
    assert!(refused.text().contains("不在您的职责范围内"), "{}", refused.text());
    assert!(office.post(&format!("{HERE}/new"), &foreign).await.text().contains("事项已登记"));
    let one = format!("{HERE}/{}", id(&app, "演示-1").await);
    assert!(!officer.page(HERE).await.contains("演示事项一"));
    assert!(!officer.page(&format!("{HERE}?organ=culture")).await.contains("演示事项一"));
    assert_eq!(officer.get(&one).await.status(), 404);
    assert_eq!(officer.post(&one, &with(&[("version", "1")])).await.status(), 404);
    assert_eq!(officer.post(&format!("{one}/end"), &[("on", "2018-06-30")]).await.status(), 404);
    assert!(office.page(&one).await.contains("演示事项一"));
    let other = app.site("forest").await;
    let mut elsewhere = other.officer("wei", Role::DisclosureOffice, "government").await;
    assert_eq!(elsewhere.get(&one).await.status(), 404);
    assert!(!elsewhere.page(HERE).await.contains("演示事项一"));
    let mut reviewer = app.officer("shen", Role::Reviewer, "finance").await;
    for page in [HERE, IMPORT, &format!("{HERE}/new")] {
        assert_eq!(reviewer.get(page).await.status(), 403, "{page}");
    }
}

#[tokio::test]
async fn a_table_is_shown_first_then_its_good_lines_are_taken_and_the_bad_ones_given_back() {
    let (app, mut officer, mut office) = start().await;
    office.post(&format!("{HERE}/new"), &with(&[("organ", "culture"), ("code", "文-1")])).await;
    officer.post(&format!("{HERE}/new"), &FIELDS).await;
    let text = "事项编码,事项名称,实施机构,事项类型,列入目录日期,承诺时限（工作日）,法定时限（工作日）,备注\n\
                演示-1,演示事项一（改）,财政局,行政许可,2018-01-01,5,20,\n\
                演示-2,演示事项二,财政局,行政许可,2018年1月1日,,,\n\
                演示-3,演示事项三,财政局,行政任性,2018-01-01,,,\n\
                演示-4,演示事项四,文化局,行政许可,2018-01-01,,,\n\
                演示-5,演示事项五,财政局,行政许可,2018-01-01,9,3,\n\
                文-1,演示事项六,财政局,行政许可,2018-01-01,,,\n";
    let preview = send(&mut officer, text).await;
    let shown = preview.text();
    assert!(
        shown.contains("新增 1 条") && shown.contains("更改 1 条") && shown.contains("不能导入 4 行"),
        "{shown}"
    );
    for words in ["第 4 行", "行政任性", "职责范围", "承诺时限长于法定时限", "属于其他机构", "没有用到：备注"]
    {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    assert!(!officer.page(HERE).await.contains("演示事项二"), "nothing is written before it is confirmed");
    let bad = preview.one("a[href$='/bad-rows']").attribute("href").unwrap().to_owned();
    let file = officer.get(&bad).await;
    let lines = Table::cells("坏.xlsx", file.bytes()).unwrap();
    assert_eq!(lines.len(), 5);
    assert_eq!(lines[1][..2], ["演示-3", "演示事项三"]);
    let done = confirm(&mut officer, &preview).await.text();
    assert!(done.contains("导入完成：新增1条，更改1条") && done.contains("没有导入 4 行"), "{done}");
    let list = officer.page(HERE).await;
    assert!(list.contains("演示事项一（改）") && list.contains("演示事项二"), "{list}");
    assert!(!list.contains("演示事项三"));
    let again = send(&mut officer, text).await.text();
    assert!(
        again.contains("新增 0 条") && again.contains("相同 2 条") && again.contains("没有需要写入"),
        "{again}"
    );
    assert_eq!(office.get(preview.address()).await.status(), 404, "an upload belongs to its sender");
    let log = app.read(|tx, cx| Ok(crate::audit::queries::after(tx, &cx.site_id, 0, 1_000)?)).await;
    assert_eq!(log.iter().filter(|entry| entry.action == "register.import").count(), 1);
}

#[tokio::test]
async fn what_was_shown_is_what_is_done() {
    let (_app, mut officer, _) = start().await;
    let text =
        "事项编码,事项名称,实施机构,事项类型,列入目录日期\n演示-1,演示事项一,财政局,行政许可,2018-01-01\n";
    let preview = send(&mut officer, text).await;
    let told = preview.one("[aria-labelledby=lines] tbody tr").text;
    assert!(told.contains("第 2 行 新增 事项编码：演示-1；事项名称：演示事项一；"), "{told}");
    officer.post(&format!("{HERE}/new"), &FIELDS).await;
    assert_eq!(confirm(&mut officer, &preview).await.status(), 409, "the line is new no longer");
    let preview = officer.get(preview.address()).await;
    assert!(preview.text().contains("更改 1 条"), "{}", preview.text());
    assert!(preview.text().contains("第 2 行 更改"), "{}", preview.text());
    assert!(confirm(&mut officer, &preview).await.text().contains("更改1条"));
    assert_eq!(confirm(&mut officer, &preview).await.status(), 409, "a table is taken once");
}

#[tokio::test]
async fn what_is_no_table_is_refused_and_the_template_can_be_had() {
    let (_app, mut officer, _) = start().await;
    for (text, words) in [("", "文件是空的"), ("甲,乙\n", "没有找到表头"), ("事项编码\n1\n", "表头缺少")]
    {
        let refused = officer.send_file(IMPORT, ("事项.csv", text.as_bytes())).await;
        assert_eq!(refused.status(), 422, "{text}");
        assert!(refused.text().contains(words), "{words}: {}", refused.text());
    }
    let picture = officer.send_file(IMPORT, ("事项.xlsx", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")).await;
    assert!(picture.text().contains("文件内容不是表格（xlsx、csv）"), "{}", picture.text());
    let template = officer.get(&format!("{IMPORT}/template")).await;
    let lines = Table::cells("模板.xlsx", template.bytes()).unwrap();
    assert_eq!(lines[0].len(), super::FIELDS.len());
    assert_eq!(officer.get("/desk/registers/imports/no-such").await.status(), 404);
}

#[tokio::test]
async fn an_exported_list_can_be_sent_back_and_changes_nothing() {
    let (_app, mut officer, mut office) = start().await;
    for (code, organ) in [("演示-1", "finance"), ("演示-2", "culture")] {
        office.post(&format!("{HERE}/new"), &with(&[("code", code), ("organ", organ)])).await;
    }
    let file = office.get(&format!("{HERE}?format=xlsx")).await;
    assert_eq!(Table::cells("a.xlsx", file.bytes()).unwrap().len(), 3);
    let preview = office.send_file(IMPORT, ("事项.xlsx", file.bytes())).await.text();
    assert!(preview.contains("相同 2 条") && preview.contains("不能导入 0 行"), "{preview}");
    let own = officer.get(&format!("{HERE}?format=csv")).await;
    let own = Table::cells("a.csv", own.bytes()).unwrap();
    assert_eq!((own.len(), own[1][0].as_str()), (2, "演示-1"));
}

#[tokio::test]
async fn people_read_the_guide_of_an_item_and_of_their_own_site_only() {
    let (app, mut officer, _) = start().await;
    assert!(app.page("/service-items").await.contains("暂时没有"));
    let fields = with(&[
        ("materials", "申请表\n平面图"),
        ("online_address", "https://example.gov.cn/item/1"),
        ("phone", "0457-0003000"),
        ("complaint_phone", "0457-0003000转1"),
        ("code", "<b>1"),
    ]);
    officer.post(&format!("{HERE}/new"), &fields).await;
    let list = app.page("/service-items").await;
    assert!(list.contains("1 个机构的 1 个政务服务事项") && list.contains("演示事项一"), "{list}");
    let id = id(&app, "<b>1").await;
    let guide = app.get(&format!("/service-items/{id}")).await;
    let text = guide.text();
    for words in
        ["演示事项一", "事项编码：<b>1", "承诺时限 5个工作日", "申请材料", "平面图", "财政局", "网上办理"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    let phones = guide.select(".guide-card a[href^='tel:']");
    assert_eq!(phones.len(), 1, "one can be dialled, the other is told");
    assert_eq!(phones[0].attribute("href"), Some("tel:0457-0003000"));
    officer.post(&format!("{HERE}/{id}/end"), &[("on", "2026-03-19")]).await;
    assert!(app.page(&format!("/service-items/{id}")).await.contains("已经停止办理"));
    assert!(app.page("/service-items").await.contains("暂时没有"));
    let other = app.site("forest").await;
    assert_eq!(other.get(&format!("/service-items/{id}")).await.status(), 404);
}
