//! Stories of cases: entered, closed, taken out with a reason, a year's worth of them in one table, kept apart by organ and site.

use kit_web::test_browser::Reply;
use rules::permission::Role;

use super::{NewCase, actions, queries};
use crate::{
    desk::registers::service_cases::queries as pages,
    error::{Error, Refusal},
    id::OrganId,
    organ,
    register::Table,
    test_app::{Desk, TestApp, whole},
};

const HERE: &str = "/desk/registers/service-cases";
const IMPORT: &str = "/desk/registers/imports/service-cases";

const FIELDS: [(&str, &str); 5] = [
    ("number", "演示-1"),
    ("organ", "finance"),
    ("route", "online"),
    ("handling", "accepted"),
    ("accepted_on", "2018-03-11"),
];

async fn start() -> (TestApp, Desk, Desk) {
    let app = TestApp::start().await;
    app.organ("finance", "财政局").await;
    app.organ("culture", "文化局").await;
    let officer = app.officer("lin", Role::InformationOfficer, "finance").await;
    let office = app.officer("ban", Role::DisclosureOffice, "government").await;
    (app, officer, office)
}

async fn id(app: &TestApp, number: &'static str) -> String {
    let found = app.read(move |tx, cx| Ok(queries::by_numbers(tx, &cx.site_id, &[number])?)).await;
    found[number].id.clone()
}

async fn finance(app: &TestApp) -> OrganId {
    app.read(|tx, cx| organ::queries::by_code(tx, &cx.site_id, "finance")).await.unwrap().id
}

fn case(organ_id: &OrganId, number: String, route: &str) -> NewCase {
    NewCase {
        number,
        item_id: None,
        organ_id: organ_id.clone(),
        route: route.to_owned(),
        handling: "accepted".to_owned(),
        accepted_on: "2018-03-11".to_owned(),
        closed_on: None,
        result: String::new(),
    }
}

async fn confirm(desk: &mut Desk, preview: &Reply) -> Reply {
    let form = preview.one(&format!("form[action^='{IMPORT}/']"));
    let address = form.attribute("action").unwrap().to_owned();
    let seen = preview.one("input[name=seen]").attribute("value").unwrap().to_owned();
    desk.post(&address, &[("seen", &seen)]).await
}

/// An item for cases to name.
async fn enter_item(office: &mut Desk) {
    let item = [
        ("code", "演示-XK"),
        ("name", "演示许可"),
        ("organ", "finance"),
        ("kind", "permit"),
        ("entered_on", "2018-01-01"),
    ];
    office.post("/desk/registers/service-items/new", &item).await;
}

#[tokio::test]
async fn a_case_is_entered_closed_changed_and_taken_out_with_a_reason() {
    let (app, mut officer, _) = start().await;
    let mut fields = FIELDS.to_vec();
    fields.push(("item", "没有的"));
    let wrong = officer.post(&format!("{HERE}/new"), &fields).await;
    assert_eq!(wrong.status(), 422);
    assert!(wrong.text().contains("没有这一编码"), "{}", wrong.text());
    let added = officer.post(&format!("{HERE}/new"), &FIELDS).await.text();
    assert!(added.contains("办件已登记") && added.contains("2018年3月11日"), "{added}");
    assert!(officer.post(&format!("{HERE}/new"), &FIELDS).await.text().contains("已在使用"));
    let one = format!("{HERE}/{}", id(&app, "演示-1").await);
    let close = |on: &'static str, result: &'static str| [("on", on), ("result", result), ("version", "1")];
    let early = officer.post(&format!("{one}/close"), &close("2018-03-10", "")).await;
    assert_eq!(early.status(), 422);
    let long: &'static str = "长".repeat(201).leak();
    assert_eq!(officer.post(&format!("{one}/close"), &close("2018-03-12", long)).await.status(), 422);
    let stale = [("on", "2018-03-12"), ("version", "0")];
    assert_eq!(officer.post(&format!("{one}/close"), &stale).await.status(), 409);
    let closed = officer.post(&format!("{one}/close"), &close("2018-03-12", "准予")).await;
    assert!(closed.text().contains("办件已办结") && closed.text().contains("准予"));
    let mut fields = FIELDS.to_vec();
    fields.extend([("version", "1")]);
    assert_eq!(officer.post(&one, &fields).await.status(), 409);
    fields.pop();
    fields.extend([("version", "2"), ("closed_on", "2018-03-13")]);
    assert!(officer.post(&one, &fields).await.text().contains("办件已保存"));
    let remove = |reason: &'static str, version| [("reason", reason), ("version", version)];
    assert_eq!(officer.post(&format!("{one}/remove"), &remove(" ", "3")).await.status(), 422);
    assert_eq!(officer.post(&format!("{one}/remove"), &remove("重复登记", "2")).await.status(), 409);
    assert!(officer.post(&format!("{one}/remove"), &remove("重复登记", "3")).await.text().contains("已删除"));
    assert_eq!(officer.get(&one).await.status(), 404);
    let log = app.read(|tx, cx| Ok(crate::audit::queries::after(tx, &cx.site_id, 0, 1_000)?)).await;
    let acts: Vec<&str> = log
        .iter()
        .filter(|entry| entry.object_kind == "service_case")
        .map(|entry| entry.action.as_str())
        .collect();
    assert_eq!(
        acts,
        ["service_case.add", "service_case.close", "service_case.change", "service_case.remove"]
    );
    assert!(
        log.last().unwrap().detail.contains("重复登记。原内容：办件编号：演示-1；"),
        "{}",
        log.last().unwrap().detail
    );
}

#[tokio::test]
async fn closing_keeps_the_result_that_was_entered_and_the_log_names_items_and_organs_in_words() {
    let (app, _, mut office) = start().await;
    enter_item(&mut office).await;
    let fields = [&FIELDS[..], &[("result", "准予")]].concat();
    office.post(&format!("{HERE}/new"), &fields).await;
    let one = format!("{HERE}/{}", id(&app, "演示-1").await);
    let closed = office.post(&format!("{one}/close"), &[("on", "2018-03-12"), ("version", "1")]).await;
    assert!(closed.text().contains("准予"), "{}", closed.text());
    let mut moved = fields.clone();
    moved.retain(|(name, _)| *name != "organ");
    moved.extend([("organ", "culture"), ("item", "演示-XK"), ("closed_on", "2018-03-12"), ("version", "2")]);
    assert!(office.post(&one, &moved).await.text().contains("办件已保存"));
    let log = app.read(|tx, cx| Ok(crate::audit::queries::after(tx, &cx.site_id, 0, 1_000)?)).await;
    assert_eq!(log.last().unwrap().detail, "演示-1 办理机构：财政局→文化局；事项编码：（空）→演示-XK");
}

#[tokio::test]
async fn cases_are_counted_by_organ_and_narrowed_by_route_handling_day_and_text() {
    let (app, mut officer, mut office) = start().await;
    for (number, organ, route, handling, on) in [
        ("A-1", "finance", "online", "accepted", "2018-01-31"),
        ("A-2", "finance", "online", "pushed", "2018-02-01"),
        ("B-1", "culture", "paper", "accepted", "2018-02-28"),
    ] {
        let fields = [
            ("number", number),
            ("organ", organ),
            ("route", route),
            ("handling", handling),
            ("accepted_on", on),
        ];
        assert!(office.post(&format!("{HERE}/new"), &fields).await.text().contains("办件已登记"));
    }
    for (query, n) in [
        ("", 3),
        ("?route=online", 2),
        ("?handling=pushed", 1),
        ("?from=2018-02-01&to=2018-02-27", 1),
        ("?organ=culture", 1),
        ("?q=A-", 2),
        ("?q=_", 0),
    ] {
        let page = office.get(&format!("{HERE}{query}")).await;
        assert_eq!(page.select("table.stacked tbody tr").len(), n, "{query}");
    }
    let counts = office.get(HERE).await.select("details.fold tbody tr").len();
    assert_eq!(counts, 2);
    assert_eq!(officer.get(HERE).await.select("table.stacked tbody tr").len(), 2);
    let order = |reply: &Reply| -> Vec<String> {
        reply.select("table.stacked tbody th").iter().map(|found| found.text.clone()).collect()
    };
    assert_eq!(order(&office.get(&format!("{HERE}?sort=number")).await), ["A-1", "A-2", "B-1"]);
    assert_eq!(order(&office.get(&format!("{HERE}?sort=-accepted")).await), ["B-1", "A-2", "A-1"]);
    let other = app.site("forest").await;
    let mut elsewhere = other.officer("wei", Role::DisclosureOffice, "government").await;
    assert_eq!(elsewhere.get(&format!("{HERE}/{}", id(&app, "A-1").await)).await.status(), 404);
    assert_eq!(officer.get(&format!("{HERE}/{}", id(&app, "B-1").await)).await.status(), 404);
}

#[tokio::test]
async fn many_cases_are_entered_at_once_or_none_where_a_number_is_taken() {
    let (app, ..) = start().await;
    let finance = finance(&app).await;
    let cases: Vec<NewCase> =
        (0..1_030).map(|n| case(&finance, format!("演示-{n:05}"), "intranet")).collect();
    let all = cases.clone();
    assert_eq!(app.act(move |tx, cx| actions::add_many(tx, cx, &all)).await, 1_030);
    let count = |app: &TestApp| {
        let app = app.clone();
        async move {
            let wanted = pages::Wanted::default();
            let counts = app.read(move |tx, cx| Ok(pages::by_organ(tx, &cx.site_id, &wanted)?)).await;
            counts.iter().map(|(_, n)| n).sum::<i64>()
        }
    };
    assert_eq!(count(&app).await, 1_030);
    // The thirtieth of forty is there already; of two alike the second is named.
    let mut more: Vec<NewCase> = (0..40).map(|n| case(&finance, format!("新-{n}"), "paper")).collect();
    more[29].number = "演示-00007".to_owned();
    let twice = vec![case(&finance, "双".to_owned(), "paper"), case(&finance, "双".to_owned(), "paper")];
    for (cases, named) in [(more, "演示-00007"), (twice, "双")] {
        match app.try_act(move |tx, cx| actions::add_many(tx, cx, &cases)).await {
            Err(Error::Refused(Refusal::Invalid(sentence))) => {
                assert!(sentence.contains(named), "{sentence}")
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(count(&app).await, 1_030);
    let log = app.read(|tx, cx| Ok(crate::audit::queries::after(tx, &cx.site_id, 0, 1_000)?)).await;
    assert_eq!(log.iter().filter(|entry| entry.action == "service_case.add_many").count(), 1);
}

#[tokio::test]
async fn a_table_of_thousands_with_a_few_bad_lines_is_taken_but_for_those() {
    let (app, mut officer, mut office) = start().await;
    enter_item(&mut office).await;
    let mut text = String::from("办件编号,办理机构,事项编码,办件渠道,处理方式,受理或推送日期,办结日期\n");
    for n in 0..3_000 {
        text.push_str(&format!("演示-{n},财政局,演示-XK,专网,受理,2018-03-{:02},\n", n % 28 + 1));
    }
    text.push_str("演示-7,财政局,,网上,推送,2018-03-01,\n坏-1,财政局,没有,网上,推送,2018-03-01,\n");
    text.push_str("坏-2,财政局,,网上,推送,2018-03-01,2018-02-01\n坏-3,财政局,,电话,推送,2018-03-01,\n");
    let preview = officer.send_file(IMPORT, ("办件.csv", whole(super::FIELDS, &text).as_bytes())).await;
    let shown = preview.text();
    assert!(shown.contains("新增 3000 条") && shown.contains("不能导入 4 行"), "{shown}");
    for words in ["与第9行重复", "没有这一编码", "办结日期早于", "“专网”“内网”“纸质”“网上”之一"]
    {
        assert!(shown.contains(words), "{words}");
    }
    assert!(confirm(&mut officer, &preview).await.text().contains("新增3000条"));
    let list = officer.get(&format!("{HERE}?q=%E6%BC%94%E7%A4%BA%E8%AE%B8%E5%8F%AF&page=60")).await;
    assert_eq!(list.select("table.stacked tbody tr").len(), 50);
    // Exported, changed in one line and sent back.
    let file = officer.get(&format!("{HERE}?format=csv")).await;
    let changed = String::from_utf8(file.bytes().to_vec()).unwrap().replacen("专网", "内网", 1);
    let preview = officer.send_file(IMPORT, ("办件.csv", changed.as_bytes())).await;
    assert!(
        preview.text().contains("更改 1 条") && preview.text().contains("相同 2999 条"),
        "{}",
        preview.text()
    );
    assert!(confirm(&mut officer, &preview).await.text().contains("更改1条"));
    assert_eq!(
        officer.get(&format!("{HERE}?route=intranet")).await.select("table.stacked tbody tr").len(),
        1
    );
    let mut reader = app.officer("shen", Role::Reviewer, "finance").await;
    assert_eq!(reader.get(&format!("{HERE}?format=csv")).await.status(), 403);
    assert_eq!(Table::cells("a.csv", file.bytes()).unwrap().len(), 3_001);
}
