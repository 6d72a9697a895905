//! Stories of suggestions and proposals: received, assigned, replied to by the lead organ, rated, handled again; the rate of
//! replies; tables; other organs and other sites.

use jiff::civil::date;
use rules::{permission::Role, proposal::ProposalKind};

use super::{Entry, Listed, queries};
use crate::{
    register::Table,
    test_app::{Desk, TestApp, whole},
};

const HERE: &str = "/desk/registers/proposals";
const IMPORT: &str = "/desk/registers/imports/proposals";

const FIELDS: [(&str, &str); 6] = [
    ("kind", "suggestion"),
    ("session", "演示区第一届人大第三次会议"),
    ("number", "第1号"),
    ("title", "演示：关于改善林场饮水的建议"),
    ("proposer", "演示代表团"),
    ("received_on", "2025-12-01"),
];

const REPLY: [(&str, &str); 4] = [
    ("replied_on", "2026-03-02"),
    ("reply_number", "演示水函〔2026〕5号"),
    ("reply_class", "A"),
    ("reply_summary", "演示：已列入饮水工程"),
];

fn with<'a>(fields: &[(&'a str, &'a str)], changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = fields.to_vec();
    fields.retain(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
    fields.extend_from_slice(changes);
    fields
}

/// Three organs, the supervision office, and the information officers of two of them.
async fn start() -> (TestApp, Desk, Desk, Desk) {
    let app = TestApp::start().await;
    app.organ("water", "水务局").await;
    app.organ("finance", "财政局").await;
    app.organ("culture", "文化局").await;
    let keeper = app.officer("du", Role::SupervisionOffice, "government").await;
    let water = app.officer("shui", Role::InformationOfficer, "water").await;
    let finance = app.officer("cai", Role::InformationOfficer, "finance").await;
    (app, keeper, water, finance)
}

async fn first(app: &TestApp) -> Listed {
    let entry = Entry {
        kind: ProposalKind::Suggestion,
        session: "演示区第一届人大第三次会议".to_owned(),
        number: "第1号".to_owned(),
        title: String::new(),
        body: String::new(),
        field: String::new(),
        proposer: String::new(),
        received_on: date(2025, 12, 1),
    };
    app.read(move |tx, cx| queries::by_number(tx, &cx.site_id, &entry)).await.unwrap()
}

const ASSIGNED: [(&str, &str); 3] =
    [("assigned_on", "2025-12-05"), ("part-water", "lead"), ("part-finance", "co_handler")];

#[tokio::test]
async fn a_suggestion_goes_from_its_receipt_to_its_rating_and_back_when_nobody_is_content() {
    let (app, mut keeper, mut water, _) = start().await;
    let added = keeper.post(&format!("{HERE}/new"), &FIELDS).await.text();
    assert!(added.contains("已登记，下一步请交办") && added.contains("未交办"), "{added}");
    let page = format!("{HERE}/{}", first(&app).await.id.0);
    assert_eq!(water.get(&page).await.status(), 404, "it was not given to this organ");
    let nobody = keeper.post(&format!("{page}/assign"), &with(&ASSIGNED, &[("part-water", "")])).await;
    assert!(nobody.status() == 422 && nobody.text().contains("至少选择一个主办单位"), "{}", nobody.text());
    let given = with(&ASSIGNED, &[("version", "1")]);
    let assigned = keeper.post(&format!("{page}/assign"), &given).await.text();
    assert!(assigned.contains("应在2026年3月5日前答复") && assigned.contains("水务局"), "{assigned}");
    assert!(keeper.page(&format!("{HERE}?standing=overdue")).await.contains("第1号"), "5 March has passed");
    let reply = with(&REPLY, &[("version", "2")]);
    let replied = water.post(&format!("{page}/reply"), &reply).await.text();
    assert!(replied.contains("答复已登记") && replied.contains("按期办复"), "{replied}");
    let rating = [("rating", "dissatisfied"), ("version", "3")];
    assert_eq!(water.post(&format!("{page}/rate"), &rating).await.status(), 403);
    let rated = keeper.post(&format!("{page}/rate"), &rating).await.text();
    assert!(rated.contains("须重新办理"), "{rated}");
    let again = with(&REPLY, &[("replied_on", "2026-03-16"), ("reply_class", "B"), ("version", "4")]);
    let again = water.post(&format!("{page}/reply"), &again).await.text();
    assert!(again.contains("超期办复"), "{again}");
    keeper.post(&format!("{page}/rate"), &[("rating", "satisfied"), ("version", "5")]).await;
    let late = with(&REPLY, &[("version", "6")]);
    assert_eq!(water.post(&format!("{page}/reply"), &late).await.status(), 422, "it was rated");
    let moved = keeper.post(&format!("{page}/assign"), &with(&ASSIGNED, &[("version", "6")])).await;
    assert!(moved.text().contains("已经答复，不能改变承办单位"), "{}", moved.text());
    let log = app.read(|tx, cx| Ok(crate::audit::queries::after(tx, &cx.site_id, 0, 1_000)?)).await;
    let acts: Vec<&str> =
        log.iter().filter(|e| e.object_kind == "proposal").map(|e| e.action.as_str()).collect();
    let expected = ["add", "assign", "reply", "rate", "reply", "rate"].map(|verb| format!("proposal.{verb}"));
    assert_eq!(acts, expected);
    assert!(log.iter().any(|entry| entry.detail.contains("主办单位：（空）→水务局")));
}

#[tokio::test]
async fn a_reply_needs_its_parts_an_assignment_and_a_lead_organ() {
    let (app, mut keeper, mut water, mut finance) = start().await;
    keeper.post(&format!("{HERE}/new"), &FIELDS).await;
    let page = format!("{HERE}/{}", first(&app).await.id.0);
    let early = keeper.post(&format!("{page}/reply"), &with(&REPLY, &[("version", "1")])).await;
    assert!(early.status() == 422 && early.text().contains("还没有交办"), "{}", early.text());
    keeper.post(&format!("{page}/assign"), &with(&ASSIGNED, &[("version", "1")])).await;
    assert_eq!(finance.get(&page).await.status(), 200, "the co-handler sees it");
    let organs = keeper.get(&format!("{page}/assign")).await.select("#leads tbody select");
    let mut top: Vec<&str> = organs.iter().take(2).filter_map(|one| one.attribute("name")).collect();
    top.sort_unstable();
    assert_eq!(top, ["part-finance", "part-water"], "those with a part stand on top");
    for name in ["replied_on", "reply_number", "reply_class", "reply_summary"] {
        let asked = water.get(&page).await.one(&format!("#{name}"));
        assert!(asked.attribute("required").is_some(), "{name} is a part of every reply");
    }
    let foreign = finance.post(&format!("{page}/reply"), &with(&REPLY, &[("version", "2")])).await;
    assert_eq!(foreign.status(), 403, "the lead replies");
    for (changes, sentence) in [
        (("replied_on", "2025-12-01"), "答复日期应在交办日期之后"),
        (("reply_number", ""), "请填写答复文号"),
        (("reply_class", ""), "请选择答复类别"),
        (("reply_summary", ""), "请填写答复摘要"),
        (("document", "99"), "没有这个编号的页面"),
    ] {
        let refused = water.post(&format!("{page}/reply"), &with(&REPLY, &[changes, ("version", "2")])).await;
        assert_eq!(refused.status(), 422, "{changes:?}");
        assert!(refused.text().contains(sentence), "{sentence}: {}", refused.text());
    }
    let record = app.document("演示：建议答复").publish().await;
    let number = record.number.to_string();
    let reply = with(&REPLY, &[("document", number.as_str()), ("version", "2")]);
    assert!(water.post(&format!("{page}/reply"), &reply).await.text().contains("答复已登记"));
    assert_eq!(first(&app).await.course.reply.unwrap().document_id, Some(record.id.clone()));
    assert_eq!(water.get(&page).await.one("#document").attribute("value"), Some(number.as_str()));
    for path in ["new", "entry"] {
        let path = if path == "new" { format!("{HERE}/new") } else { format!("{page}/entry") };
        assert_eq!(water.get(&path).await.status(), 403, "{path}");
    }
    let removal = [("version", "3"), ("reason", "演示")];
    assert_eq!(water.post(&format!("{page}/remove"), &removal).await.status(), 403);
    let changed = with(&FIELDS, &[("title", "演示：改过的标题"), ("version", "3")]);
    assert!(keeper.post(&format!("{page}/entry"), &changed).await.text().contains("改过的标题"));
    let removal = [("version", "4"), ("reason", "演示")];
    assert!(keeper.post(&format!("{page}/remove"), &removal).await.text().contains("已删除"));
}

const TABLE: &str = "类别,届次,编号,标题,提出人,收到日期,交办日期,主办单位,协办单位,答复日期,答复文号,答复类别,答复摘要,评价\n\
    人大代表建议,2018年会议,第1号,演示一,演示代表,2018-02-01,2018-02-05,水务局,财政局、文化局,2018-05-04,演函1号,A,演示,满意\n\
    人大代表建议,2018年会议,第2号,演示二,演示代表,2018-02-01,2018-02-05,文化局,,2018-06-05,演函2号,B类：正在解决或列入规划逐步解决,演示,基本满意\n\
    政协提案,2018年会议,第1号,演示三,演示委员,2018-02-02,2018-02-05,水务局、财政局,,,,,,\n\
    政协提案,2018年会议,第2号,演示四,演示委员,2018-02-02,2018-02-05,没有局,,,,,,\n\
    政协提案,2018年会议,第3号,演示五,演示委员,2018-02-02,,水务局,,,,,,\n\
    政协提案,2018年会议,第4号,演示六,演示委员,2018-02-02,2018-02-05,水务局,水务局,,,,,\n\
    政协提案,2018年会议,第5号,演示七,演示委员,2018-02-02,,,,2018-03-01,演函3号,A,演示,\n\
    政协提案,2018年会议,第6号,演示八,演示委员,2018-02-02,2018-02-05,水务局,,,,,,满意\n";

#[tokio::test]
async fn a_table_says_the_whole_course_its_bad_lines_stay_out_and_the_rate_is_that_of_the_good_ones() {
    let (app, mut keeper, mut water, _) = start().await;
    let preview = keeper.send_file(IMPORT, ("建议提案.csv", whole(&super::FIELDS, TABLE).as_bytes())).await;
    let shown = preview.text();
    assert!(shown.contains("新增 3 条") && shown.contains("不能导入 5 行"), "{shown}");
    for words in ["没有机构“没有局”", "请填写交办日期", "不能既主办又协办", "还没有交办", "不能登记评价"]
    {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let seen = preview.one("input[name=seen]").attribute("value").unwrap().to_owned();
    assert!(keeper.post(preview.address(), &[("seen", &seen)]).await.text().contains("新增3条"));
    let figures = |reply: &kit_web::test_browser::Reply| -> Vec<String> {
        reply.select("#figures tbody td").into_iter().map(|cell| cell.text).collect()
    };
    let list = keeper.get(HERE).await;
    // Two suggestions, both replied to, one of them late; one proposal without a reply.
    assert_eq!(figures(&list)[..6], ["2", "2", "2", "100%", "1", "100%"]);
    assert_eq!(figures(&list)[6..12], ["1", "1", "0", "0%", "0", "不适用"]);
    assert_eq!(figures(&list)[12..16], ["3", "3", "2", "66.67%"]);
    let none = keeper.get(&format!("{HERE}?from=2019-01-01")).await;
    assert_eq!(figures(&none)[15], "不适用", "nothing received is not 0 %");
    let own = water.page(HERE).await;
    assert!(own.contains("演示一") && own.contains("演示三") && !own.contains("演示二"), "{own}");
    assert!(
        water.page(&format!("{HERE}?standing=on_time&class=A&rating=satisfied")).await.contains("共 1 条")
    );
    let file = keeper.get(&format!("{HERE}?format=xlsx&sort=number")).await;
    assert_eq!(Table::cells("a.xlsx", file.bytes()).unwrap().len(), 4);
    let back = keeper.send_file(IMPORT, ("a.xlsx", file.bytes())).await.text();
    assert!(back.contains("相同 3 条") && back.contains("不能导入 0 行"), "{back}");
    let changed = TABLE.replace("演示一", "演示一（改）").replace("水务局、财政局", "水务局");
    let preview = keeper.send_file(IMPORT, ("b.csv", whole(&super::FIELDS, &changed).as_bytes())).await;
    assert!(preview.text().contains("更改 2 条"), "{}", preview.text());
    let seen = preview.one("input[name=seen]").attribute("value").unwrap().to_owned();
    keeper.post(preview.address(), &[("seen", &seen)]).await;
    let finance =
        app.read(|tx, cx| crate::organ::queries::by_code(tx, &cx.site_id, "finance")).await.unwrap();
    let wanted = queries::Filter { within: Some(format!("|{}|", finance.id.0)), ..Default::default() };
    let (left, _) =
        app.read(move |tx, cx| queries::page(tx, &cx.site_id, &wanted, date(2026, 3, 20), (10, 0))).await;
    assert_eq!(left.len(), 1, "the organ no longer handles the proposal");
}

#[tokio::test]
async fn another_site_never_sees_or_gives_to_what_is_not_its_own() {
    let (app, mut keeper, _, _) = start().await;
    keeper.post(&format!("{HERE}/new"), &FIELDS).await;
    let page = format!("{HERE}/{}", first(&app).await.id.0);
    let other = app.site("forest").await;
    let mut elsewhere = other.officer("wei", Role::DisclosureOffice, "government").await;
    for address in [page.clone(), format!("{page}/entry"), format!("{page}/assign")] {
        assert_eq!(elsewhere.get(&address).await.status(), 404, "{address}");
    }
    assert!(elsewhere.page(HERE).await.contains("共 0 条"));
    let rating = [("rating", "satisfied"), ("version", "1")];
    assert_eq!(elsewhere.post(&format!("{page}/rate"), &rating).await.status(), 404);
    let foreign = app.organ("forestry", "林业局").await;
    let mine = first(&app).await;
    let theirs = Entry { number: "第9号".to_owned(), ..mine.course.entry };
    let refused = other
        .try_act(move |tx, cx| {
            let id = super::actions::add(tx, cx, &theirs)?;
            let given = super::Assignment {
                assigned_on: date(2025, 12, 5),
                leads: vec![foreign.clone()],
                co_handlers: Vec::new(),
            };
            super::actions::assign(tx, cx, &id, &given, 1)
        })
        .await;
    assert!(refused.is_err(), "an organ of another site");
    let mut writer = app.officer("shen", Role::Reviewer, "water").await;
    assert_eq!(writer.get(HERE).await.status(), 403);
}
