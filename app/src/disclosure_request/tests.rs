//! Stories of disclosure requests: entered, closed with a lawful result, complained about, imported with bad lines, kept apart by
//! organ and by site, taken out as a file.

use jiff::civil::{Date, date};
use rules::{
    outcome::Outcome,
    permission::Role,
    request::{ApplicantKind, Complaint, Way},
};

use super::{Closing, Entry, actions, queries};
use crate::{
    error::Error,
    register::Table,
    test_app::{Desk, TestApp, whole},
};

const HERE: &str = "/desk/registers/disclosure-requests";
const IMPORT: &str = "/desk/registers/imports/disclosure-requests";

const FIELDS: [(&str, &str); 6] = [
    ("number", "2026-0001"),
    ("organ", "finance"),
    ("subject", "演示：某项目征地批准文件"),
    ("applicant_kind", "natural_person"),
    ("way", "online"),
    ("received_on", "2026-02-09"),
];

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

async fn one(app: &TestApp, number: &'static str) -> super::Listed {
    app.read(move |tx, cx| queries::by_number(tx, &cx.site_id, number)).await.unwrap()
}

async fn acts(app: &TestApp) -> Vec<(String, String)> {
    let log = app.read(|tx, cx| Ok(crate::audit::queries::after(tx, &cx.site_id, 0, 1_000)?)).await;
    let ours = log.into_iter().filter(|entry| entry.object_kind == "disclosure_request");
    ours.map(|entry| (entry.action, entry.detail)).collect()
}

fn entry(organ: crate::id::OrganId, received_on: Date) -> Entry {
    Entry {
        number: format!("演示-{received_on}"),
        organ_id: organ,
        subject: "演示".to_owned(),
        applicant: ApplicantKind::Enterprise,
        way: Way::Letter,
        received_on,
        extended_on: None,
        closing: None,
        complaint: Complaint::None,
        complained_on: None,
        corrected_on: None,
        fee_fen: 0,
    }
}

#[tokio::test]
async fn a_request_is_entered_extended_closed_and_removed_and_every_step_is_in_the_log() {
    let (app, mut officer, _) = start().await;
    assert!(officer.get(&format!("{HERE}/new")).await.html().contains("2026-0001"), "a free number is there");
    let added = officer.post(&format!("{HERE}/new"), &FIELDS).await.text();
    assert!(added.contains("申请已登记") && added.contains("办理中"), "{added}");
    // 20 working days from 9 February 2026, over the Spring Festival with its make-up days.
    assert_eq!(one(&app, "2026-0001").await.due_on, date(2026, 3, 13));
    assert!(officer.page(&format!("{HERE}?standing=overdue")).await.contains("2026-0001"));
    let page = format!("{HERE}/{}", one(&app, "2026-0001").await.id.0);
    let extended = with(&[("extended_on", "2026-03-10"), ("version", "1")]);
    assert!(officer.post(&page, &extended).await.text().contains("申请已保存"));
    assert_eq!(officer.post(&page, &extended).await.status(), 409, "the version shown is an old one");
    assert!(!officer.page(&format!("{HERE}?standing=overdue")).await.contains("2026-0001"));
    let close = |result: &'static str| [("on", "2026-03-18"), ("result", result), ("version", "2")];
    let old = officer.post(&format!("{page}/close"), &close("old_agreed")).await;
    assert_eq!(old.status(), 422, "a result of the form up to 2018");
    let closed = officer.post(&format!("{page}/close"), &close("third_party_rights")).await.text();
    assert!(closed.contains("申请已办结") && closed.contains("保护第三方合法权益"), "{closed}");
    let again = [("on", "2026-03-18"), ("result", "disclosed"), ("version", "3")];
    assert_eq!(officer.post(&format!("{page}/close"), &again).await.status(), 422, "it is closed already");
    let removal = [("version", "3"), ("reason", "")];
    assert_eq!(
        officer.post(&format!("{page}/remove"), &removal).await.status(),
        422,
        "a reason is asked for"
    );
    let removal = [("version", "3"), ("reason", "演示：重复登记")];
    assert!(officer.post(&format!("{page}/remove"), &removal).await.text().contains("申请已删除"));
    let acts = acts(&app).await;
    let names: Vec<&str> = acts.iter().map(|(action, _)| action.as_str()).collect();
    assert_eq!(
        names,
        [
            "disclosure_request.add",
            "disclosure_request.change",
            "disclosure_request.close",
            "disclosure_request.remove"
        ]
    );
    assert_eq!(acts[1].1, "2026-0001：延期告知日期：（空）→2026-03-10");
    assert!(acts[2].1.contains("办理结果：（空）→不予公开：保护第三方合法权益"), "{}", acts[2].1);
    assert!(acts[3].1.contains("重复登记") && acts[3].1.contains("征地批准文件"), "{}", acts[3].1);
}

#[tokio::test]
async fn what_does_not_fit_the_law_is_refused_beside_its_field() {
    let (_app, mut officer, _) = start().await;
    for (changes, sentence) in [
        (vec![("received_on", "2026-03-21")], "收到日期在今天之后"),
        (vec![("handled_on", "2026-02-08"), ("outcome", "disclosed")], "答复日期应在收到日期之后"),
        (vec![("handled_on", "2026-02-20")], "请选择办理结果"),
        (vec![("outcome", "disclosed")], "请填写答复日期"),
        (vec![("extended_on", "2026-03-16")], "原期限（2026-03-13）届满前告知"),
        (
            vec![("extended_on", "2026-03-05"), ("handled_on", "2026-03-04"), ("outcome", "disclosed")],
            "答复以后不能延期",
        ),
        (vec![("handled_on", "2026-02-20"), ("outcome", "old_agreed")], "不是2019年以后办理结果"),
        (vec![("complained_on", "2026-03-01")], "请选择投诉的情况"),
        (vec![("complaint", "corrected"), ("complained_on", "2026-03-01")], "请填写纠正日期"),
        (vec![("corrected_on", "2026-03-01")], "只有“投诉属实并纠正”的才填"),
        (vec![("subject", "张三 13800138000 的材料")], "台账不记申请人的身份"),
        (vec![("applicant_kind", "somebody")], "不在可选范围内"),
        (vec![("fee", "-1")], "不是金额"),
    ] {
        let refused = officer.post(&format!("{HERE}/new"), &with(&changes)).await;
        assert_eq!(refused.status(), 422, "{changes:?}");
        assert!(refused.text().contains(sentence), "{sentence}: {}", refused.text());
    }
    officer.post(&format!("{HERE}/new"), &FIELDS).await;
    let twice = officer.post(&format!("{HERE}/new"), &FIELDS).await;
    assert!(twice.text().contains("已经登记，请换一个编号"), "{}", twice.text());
}

#[tokio::test]
async fn requests_of_2018_have_results_of_the_form_of_2018_and_the_period_of_its_law() {
    let app = TestApp::start().await;
    let organ = app.organ("finance", "财政局").await;
    let mut old = entry(organ.clone(), date(2018, 3, 1));
    old.closing =
        Some(Closing { handled_on: date(2018, 3, 23), outcome: Outcome::from_code("old_agreed").unwrap() });
    old.complaint = Complaint::Corrected;
    (old.complained_on, old.corrected_on) = (Some(date(2018, 4, 2)), Some(date(2018, 4, 20)));
    let id = app.act(move |tx, cx| actions::add(tx, cx, &old)).await;
    let listed = app.read(move |tx, cx| actions::find(tx, cx, &id)).await;
    assert_eq!(listed.due_on, date(2018, 3, 22));
    assert_eq!(listed.standing(date(2026, 3, 20)), super::Standing::Late);
    let page = |complaint: &'static str, standing: &'static str| {
        let wanted = queries::Filter {
            from: "2018-01-01".to_owned(),
            to: "2018-12-31".to_owned(),
            complaint: complaint.to_owned(),
            standing: standing.to_owned(),
            outcome: "old_agreed".to_owned(),
            ..queries::Filter::default()
        };
        app.read(move |tx, cx| queries::page(tx, &cx.site_id, &wanted, date(2026, 3, 20), (10, 0)))
    };
    assert_eq!(page("any", "late").await.1, 1);
    assert_eq!(page("corrected", "").await.1, 1);
    assert_eq!(page("pending", "").await.1, 0);
    assert_eq!(page("", "on_time").await.1, 0);
    let mut new = entry(organ, date(2018, 3, 2));
    new.closing =
        Some(Closing { handled_on: date(2018, 3, 9), outcome: Outcome::from_code("disclosed").unwrap() });
    let refused = app.try_act(move |tx, cx| actions::add(tx, cx, &new)).await;
    assert!(matches!(refused, Err(Error::Refused(_))));
}

#[tokio::test]
async fn last_days_of_open_requests_follow_the_working_calendar_and_are_shown_before() {
    let (app, mut officer, _) = start().await;
    officer.post(&format!("{HERE}/new"), &FIELDS).await;
    let answered = with(&[("number", "2026-0002"), ("handled_on", "2026-03-10"), ("outcome", "disclosed")]);
    officer.post(&format!("{HERE}/new"), &answered).await;
    let mut administrator = app.officer("xi-tong", Role::SystemAdministrator, "government").await;
    let path = "/desk/admin/calendar/notices/new";
    let order = [
        ("document_number", "松政办发〔2026〕9号"),
        ("title", "关于防汛期间放假的通知"),
        ("days", "2026-03-12至2026-03-13 放假 防汛应急"),
    ];
    let preview = administrator.post(path, &order).await;
    for words in ["依申请公开 2026-0001 的答复", "财政局", "2026年3月13日", "2026年3月17日"]
    {
        assert!(preview.text().contains(words), "{words}: {}", preview.text());
    }
    assert!(!preview.text().contains("2026-0002"), "it was answered");
    assert_eq!(one(&app, "2026-0001").await.due_on, date(2026, 3, 13), "nothing was done yet");
    let seen = preview.one("input[name=seen]").attribute("value").unwrap().to_owned();
    let all = [&order[..], &[("confirmed", "yes"), ("seen", seen.as_str())]].concat();
    let done = administrator.post(path, &all).await.text();
    assert!(done.contains("1 个未办结的期限已重新计算"), "{done}");
    assert_eq!(one(&app, "2026-0001").await.due_on, date(2026, 3, 17));
    assert_eq!(one(&app, "2026-0002").await.due_on, date(2026, 3, 13));
    let page = format!("{HERE}/{}", one(&app, "2026-0002").await.id.0);
    let fields = [&answered[..], &[("fee", "12.5"), ("version", "1")]].concat();
    assert!(officer.post(&page, &fields).await.text().contains("申请已保存"));
    assert_eq!(one(&app, "2026-0002").await.due_on, date(2026, 3, 13), "it was answered by the days of then");
    let mut fields = [&answered[..], &[("version", "2")]].concat();
    fields.retain(|(name, _)| !["handled_on", "outcome"].contains(name));
    assert!(officer.post(&page, &fields).await.text().contains("申请已保存"));
    assert_eq!(one(&app, "2026-0002").await.due_on, date(2026, 3, 17), "it is open again");
}

#[tokio::test]
async fn an_extension_told_in_time_stays_one_when_a_later_notice_shortens_the_period() {
    let (app, mut officer, _) = start().await;
    // Told on the last day of the period.
    officer.post(&format!("{HERE}/new"), &with(&[("extended_on", "2026-03-13")])).await;
    let mut administrator = app.officer("xi-tong", Role::SystemAdministrator, "government").await;
    let order = [
        ("document_number", "松政办发〔2026〕9号"),
        ("title", "关于防汛期间调休的通知"),
        ("days", "2026-03-07 上班 防汛"),
    ];
    let path = "/desk/admin/calendar/notices/new";
    let preview = administrator.post(path, &order).await;
    let seen = preview.one("input[name=seen]").attribute("value").unwrap().to_owned();
    let all = [&order[..], &[("confirmed", "yes"), ("seen", seen.as_str())]].concat();
    assert!(administrator.post(path, &all).await.text().contains("未办结的期限已重新计算"));
    let new = with(&[("number", "2026-0002"), ("extended_on", "2026-03-13")]);
    let late = officer.post(&format!("{HERE}/new"), &new).await;
    assert!(late.text().contains("原期限（2026-03-12）届满前告知"), "{}", late.text());
    let page = format!("{HERE}/{}", one(&app, "2026-0001").await.id.0);
    let kept = with(&[("extended_on", "2026-03-13"), ("fee", "12.5"), ("version", "1")]);
    let kept = officer.post(&page, &kept).await;
    assert!(kept.text().contains("申请已保存"), "{}", kept.text());
    for changes in [[("extended_on", "2026-03-16")], [("received_on", "2026-02-06")]] {
        let mut fields = with(&[("extended_on", "2026-03-13"), ("version", "2")]);
        fields.retain(|(name, _)| *name != changes[0].0);
        fields.extend(changes);
        let moved = officer.post(&page, &fields).await;
        assert!(moved.text().contains("届满前告知"), "{changes:?}: {}", moved.text());
    }
    let file = officer.get(&format!("{HERE}?format=xlsx")).await;
    let back = officer.send_file(IMPORT, ("申请.xlsx", file.bytes())).await.text();
    assert!(back.contains("相同 1 条"), "{back}");
    let close = [("on", "2026-03-18"), ("result", "disclosed"), ("version", "2")];
    let closed = officer.post(&format!("{page}/close"), &close).await.text();
    assert!(closed.contains("申请已办结"), "{closed}");
}

#[tokio::test]
async fn days_are_kept_and_compared_in_one_form_however_they_were_written() {
    let (app, mut officer, _) = start().await;
    officer.post(&format!("{HERE}/new"), &FIELDS).await;
    assert!(officer.page(&format!("{HERE}?from=20260209&to=20260209")).await.contains("共 1 条"));
    let mut case = app.officer("wen", Role::InformationOfficer, "culture").await;
    let fields = [
        ("number", "演示-1"),
        ("organ", "culture"),
        ("route", "online"),
        ("handling", "accepted"),
        ("accepted_on", "2026-03-11"),
    ];
    case.post("/desk/registers/service-cases/new", &fields).await;
    let list = case.get("/desk/registers/service-cases").await;
    let page = list.one("table.stacked tbody a").attribute("href").unwrap().to_owned();
    let closed = case.post(&format!("{page}/close"), &[("on", "20260312"), ("version", "1")]).await.text();
    assert!(closed.contains("2026年3月12日"), "{closed}");
}

#[tokio::test]
async fn a_table_without_a_column_leaves_what_is_kept_alone() {
    let (app, mut officer, _) = start().await;
    officer.post(&format!("{HERE}/new"), &with(&[("fee", "12.5")])).await;
    let text = "编号,受理机关,申请内容,申请人类型,收到方式,收到日期\n\
                2026-0001,财政局,演示：某项目征地批准文件,自然人,网络,2026-02-09\n";
    let refused = officer.send_file(IMPORT, ("申请.csv", text.as_bytes())).await;
    assert_eq!(refused.status(), 422);
    assert!(refused.text().contains("缺少：延期告知日期、答复日期"), "{}", refused.text());
    assert_eq!(one(&app, "2026-0001").await.entry.fee_fen, 1_250);
}

#[tokio::test]
async fn a_table_that_was_sent_is_kept_for_a_day_and_no_longer() {
    let (app, mut officer, _) = start().await;
    let text =
        "编号,受理机关,申请内容,申请人类型,收到方式,收到日期\n2026-0001,财政局,演示,自然人,网络,2026-02-09\n";
    let preview = officer.send_file(IMPORT, ("申请.csv", whole(&super::FIELDS, text).as_bytes())).await;
    let id = preview.address().rsplit('/').next().unwrap().to_owned();
    app.today("2026-03-22");
    crate::work::run_due(&app.app).await;
    let kept = app
        .app
        .db
        .read({
            let cx = crate::cx::Cx { actor: "lin".to_owned(), ..app.app.cx(&app.site_id, "lin") };
            move |tx| crate::register::queries::by_id(tx, &cx, ("disclosure-requests", &id), 0)
        })
        .await;
    assert!(kept.unwrap().is_none(), "it went in the night");
}

#[tokio::test]
async fn nobody_keeps_requests_of_another_organ_or_of_another_site() {
    let (app, mut officer, mut office) = start().await;
    let foreign = with(&[("organ", "culture")]);
    let refused = officer.post(&format!("{HERE}/new"), &foreign).await;
    assert!(refused.status() == 422 && refused.text().contains("职责范围"), "{}", refused.text());
    assert!(office.post(&format!("{HERE}/new"), &foreign).await.text().contains("申请已登记"));
    let page = format!("{HERE}/{}", one(&app, "2026-0001").await.id.0);
    assert!(!officer.page(&format!("{HERE}?organ=culture")).await.contains("2026-0001"));
    assert_eq!(officer.get(&page).await.status(), 404);
    assert_eq!(officer.post(&page, &with(&[("version", "1")])).await.status(), 404);
    let close = [("on", "2026-03-18"), ("result", "disclosed"), ("version", "1")];
    assert_eq!(officer.post(&format!("{page}/close"), &close).await.status(), 404);
    let removal = [("version", "1"), ("reason", "演示")];
    assert_eq!(officer.post(&format!("{page}/remove"), &removal).await.status(), 404);
    assert!(office.page(&page).await.contains("2026-0001"));
    let other = app.site("forest").await;
    let mut elsewhere = other.officer("wei", Role::DisclosureOffice, "government").await;
    assert_eq!(elsewhere.get(&page).await.status(), 404);
    assert!(!elsewhere.page(HERE).await.contains("2026-0001"));
    let mut reviewer = app.officer("shen", Role::Reviewer, "finance").await;
    for page in [HERE, IMPORT, &format!("{HERE}/new")] {
        assert_eq!(reviewer.get(page).await.status(), 403, "{page}");
    }
}

#[tokio::test]
async fn a_table_is_taken_but_for_its_bad_lines_and_an_export_can_be_sent_back() {
    let (_app, mut officer, mut office) = start().await;
    office.post(&format!("{HERE}/new"), &with(&[("organ", "culture"), ("number", "文-1")])).await;
    officer.post(&format!("{HERE}/new"), &FIELDS).await;
    let text = "编号,受理机关,申请内容,申请人类型,收到方式,收到日期,答复日期,办理结果,收取费用\n\
                2026-0001,财政局,演示：某项目征地批准文件,自然人,网络,2026-02-09,2026-03-02,部分公开,12.5\n\
                2018-0001,财政局,演示甲,商业企业,信函,2018-05-02,2018-05-20,同意公开答复,\n\
                2018-0002,财政局,演示乙,科研机构,当面,2018-05-02,2018-05-20,予以公开,\n\
                2018-0003,文化局,演示丙,其他,传真,2018-05-02,,,\n\
                文-1,财政局,演示丁,其他,传真,2018-05-02,,,\n";
    let preview = officer.send_file(IMPORT, ("申请.csv", whole(&super::FIELDS, text).as_bytes())).await;
    let shown = preview.text();
    assert!(
        shown.contains("新增 1 条") && shown.contains("更改 1 条") && shown.contains("不能导入 3 行"),
        "{shown}"
    );
    for words in ["第 4 行", "不是2018年以前办理结果", "职责范围", "是其他机构登记的"]
    {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let seen = preview.one("input[name=seen]").attribute("value").unwrap().to_owned();
    let done = officer.post(preview.address(), &[("seen", &seen)]).await.text();
    assert!(done.contains("新增1条，更改1条"), "{done}");
    assert!(officer.page(HERE).await.contains("部分公开"));
    let file = officer.get(&format!("{HERE}?format=xlsx")).await;
    let lines = Table::cells("a.xlsx", file.bytes()).unwrap();
    assert_eq!(lines.len(), 3, "{lines:?}");
    let back = officer.send_file(IMPORT, ("a.xlsx", file.bytes())).await.text();
    assert!(back.contains("相同 2 条") && back.contains("不能导入 0 行"), "{back}");
}
