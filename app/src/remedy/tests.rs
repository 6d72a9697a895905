//! Stories of reconsiderations and lawsuits.

use rules::permission::Role;

use super::queries;
use crate::{
    register::Table,
    test_app::{Desk, TestApp, whole},
};

const HERE: &str = "/desk/registers/remedies";
const IMPORT: &str = "/desk/registers/imports/remedies";
const REQUESTS: &str = "/desk/registers/disclosure-requests";

const FIELDS: [(&str, &str); 6] = [
    ("kind", "reconsideration"),
    ("number", "演示复字〔2026〕1号"),
    ("organ", "finance"),
    ("subject", "演示：不服答复"),
    ("body", "演示市人民政府"),
    ("filed_on", "2026-01-12"),
];

fn with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = FIELDS.to_vec();
    fields.retain(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
    fields.extend_from_slice(changes);
    fields
}

async fn start() -> (TestApp, Desk, Desk) {
    let app = TestApp::start().await;
    app.organ("finance", "财政局").await;
    app.organ("culture", "文化局").await;
    let officer = app.officer("lin", Role::InformationOfficer, "finance").await;
    let office = app.officer("ban", Role::DisclosureOffice, "government").await;
    (app, officer, office)
}

async fn page_of(app: &TestApp) -> String {
    let all = queries::Filter::default();
    let (cases, _) = app.read(move |tx, cx| queries::page(tx, &cx.site_id, &all, (10, 0))).await;
    format!("{HERE}/{}", cases[0].id.0)
}

#[tokio::test]
async fn a_case_is_entered_changed_ended_and_removed_and_every_step_is_in_the_log() {
    let (app, mut officer, _) = start().await;
    for (changes, sentence) in [
        (vec![("closed_on", "2026-02-01")], "请选择结果"),
        (vec![("outcome", "upheld")], "请填写审结日期"),
        (vec![("after_reconsideration", "yes")], "行政复议不填这一项"),
        (vec![("filed_on", "2026-03-21")], "不晚于今天"),
        (vec![("request", "2026-0009")], "没有编号2026-0009"),
        (vec![("subject", "11010519491231002X 不服")], "台账不记当事人的身份"),
    ] {
        let refused = officer.post(&format!("{HERE}/new"), &with(&changes)).await;
        assert_eq!(refused.status(), 422, "{changes:?}");
        assert!(refused.text().contains(sentence), "{sentence}: {}", refused.text());
    }
    assert!(officer.post(&format!("{HERE}/new"), &FIELDS).await.text().contains("案件已登记"));
    assert!(officer.post(&format!("{HERE}/new"), &FIELDS).await.text().contains("已经登记"));
    // The same number may be a lawsuit's.
    let suit = with(&[("kind", "litigation"), ("after_reconsideration", "yes"), ("filed_on", "2026-03-02")]);
    let added = officer.post(&format!("{HERE}/new"), &suit).await.text();
    assert!(added.contains("行政诉讼（复议后起诉）"), "{added}");
    let filed = officer.page(&format!("{HERE}?kind=reconsideration&outcome=pending")).await;
    assert!(filed.contains("共 1 条"), "{filed}");
    let all = queries::Filter { kind: "reconsideration".to_owned(), ..queries::Filter::default() };
    let (cases, _) = app.read(move |tx, cx| queries::page(tx, &cx.site_id, &all, (10, 0))).await;
    let page = format!("{HERE}/{}", cases[0].id.0);
    let changed = with(&[("note", "演示：补充材料"), ("version", "1")]);
    assert!(officer.post(&page, &changed).await.text().contains("案件已保存"));
    assert_eq!(officer.post(&page, &changed).await.status(), 409);
    let close = [("on", "2026-03-10"), ("result", "corrected"), ("version", "2")];
    assert!(officer.post(&format!("{page}/close"), &close).await.text().contains("结果纠正"));
    let removal = [("version", "3"), ("reason", "演示：登记错误")];
    assert!(officer.post(&format!("{page}/remove"), &removal).await.text().contains("案件已删除"));
    let log = app.read(|tx, cx| Ok(crate::audit::queries::after(tx, &cx.site_id, 0, 1_000)?)).await;
    let acts: Vec<&str> =
        log.iter().filter(|entry| entry.object_kind == "remedy").map(|entry| entry.action.as_str()).collect();
    assert_eq!(acts, ["remedy.add", "remedy.add", "remedy.change", "remedy.close", "remedy.remove"]);
}

#[tokio::test]
async fn a_case_names_its_request_which_then_stays() {
    let (app, mut officer, _) = start().await;
    let request = [
        ("number", "2026-0001"),
        ("organ", "finance"),
        ("subject", "演示"),
        ("applicant_kind", "social"),
        ("way", "letter"),
        ("received_on", "2026-01-05"),
    ];
    officer.post(&format!("{REQUESTS}/new"), &request).await;
    officer.post(&format!("{HERE}/new"), &with(&[("request", "2026-0001")])).await;
    let page = page_of(&app).await;
    assert_eq!(officer.get(&page).await.one("#request").attribute("value"), Some("2026-0001"));
    let request = app
        .read(|tx, cx| crate::disclosure_request::queries::by_number(tx, &cx.site_id, "2026-0001"))
        .await
        .unwrap();
    let removal = [("version", "1"), ("reason", "演示")];
    let refused = officer.post(&format!("{REQUESTS}/{}/remove", request.id.0), &removal).await;
    assert!(refused.status() == 422 && refused.text().contains("关联着这件申请"), "{}", refused.text());
    officer.post(&page, &with(&[("version", "1")])).await;
    let removed = officer.post(&format!("{REQUESTS}/{}/remove", request.id.0), &removal).await;
    assert!(removed.text().contains("申请已删除"), "{}", removed.text());
}

#[tokio::test]
async fn a_case_is_never_tied_to_the_request_of_another_organ() {
    let (app, mut officer, mut office) = start().await;
    let request = [
        ("number", "2026-0001"),
        ("organ", "culture"),
        ("subject", "演示"),
        ("applicant_kind", "social"),
        ("way", "letter"),
        ("received_on", "2026-01-05"),
    ];
    office.post(&format!("{REQUESTS}/new"), &request).await;
    let tied = with(&[("request", "2026-0001")]);
    let refused = officer.post(&format!("{HERE}/new"), &tied).await;
    assert!(refused.status() == 422 && refused.text().contains("由其他机关受理"), "{}", refused.text());
    let request =
        app.read(|tx, cx| crate::disclosure_request::queries::by_number(tx, &cx.site_id, "2026-0001")).await;
    officer.post(&format!("{HERE}/new"), &FIELDS).await;
    let refused = app
        .try_act(move |tx, cx| {
            let all = queries::Filter::default();
            let known = queries::page(tx, &cx.site_id, &all, (10, 0))?.0.remove(0);
            let request_id = request.as_ref().map(|request| request.id.clone());
            let entry = super::Entry { request_id, ..known.entry };
            super::actions::change(tx, cx, &known.id, &entry, known.version)
        })
        .await;
    assert!(refused.is_err(), "nor by any other way");
}

#[tokio::test]
async fn nobody_keeps_cases_of_another_organ_or_of_another_site() {
    let (app, mut officer, mut office) = start().await;
    let foreign = with(&[("organ", "culture")]);
    assert_eq!(officer.post(&format!("{HERE}/new"), &foreign).await.status(), 422);
    office.post(&format!("{HERE}/new"), &foreign).await;
    let page = page_of(&app).await;
    assert_eq!(officer.get(&page).await.status(), 404);
    assert_eq!(officer.post(&page, &with(&[("version", "1")])).await.status(), 404);
    let close = [("on", "2026-03-10"), ("result", "upheld"), ("version", "1")];
    assert_eq!(officer.post(&format!("{page}/close"), &close).await.status(), 404);
    assert_eq!(office.get(&page).await.status(), 200);
    let other = app.site("forest").await;
    let mut elsewhere = other.officer("wei", Role::DisclosureOffice, "government").await;
    assert_eq!(elsewhere.get(&page).await.status(), 404);
    let mut supervisor = app.officer("du", Role::SupervisionOffice, "government").await;
    assert_eq!(supervisor.get(HERE).await.status(), 403);
}

#[tokio::test]
async fn a_table_is_taken_but_for_its_bad_lines_and_an_export_can_be_sent_back() {
    let (_app, mut officer, mut office) = start().await;
    office.post(&format!("{HERE}/new"), &with(&[("organ", "culture"), ("number", "文-1")])).await;
    let text = "类别,案号,被申请（被告）机关,案由,受理机关,提起日期,复议后起诉,审结日期,结果\n\
                行政复议,演-1,财政局,演示,演示市政府,2018-03-01,,2018-05-02,结果维持\n\
                行政诉讼,演-1,财政局,演示,演示法院,2018-03-01,否,,\n\
                行政复议,演-2,财政局,演示,演示市政府,2018-03-01,,2018-02-02,结果维持\n\
                行政复议,演-3,文化局,演示,演示市政府,2018-03-01,,,\n\
                行政复议,文-1,财政局,演示,演示市政府,2018-03-01,,,\n";
    let preview = officer.send_file(IMPORT, ("案件.csv", whole(&super::FIELDS, text).as_bytes())).await;
    let shown = preview.text();
    assert!(shown.contains("新增 2 条") && shown.contains("不能导入 3 行"), "{shown}");
    for words in ["审结日期应在提起日期之后", "职责范围", "是其他机构登记的"] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let seen = preview.one("input[name=seen]").attribute("value").unwrap().to_owned();
    assert!(officer.post(preview.address(), &[("seen", &seen)]).await.text().contains("新增2条"));
    let file = officer.get(&format!("{HERE}?format=csv")).await;
    let lines = Table::cells("a.csv", file.bytes()).unwrap();
    assert_eq!(lines.len(), 3, "{lines:?}");
    let back = officer.send_file(IMPORT, ("a.csv", file.bytes())).await.text();
    assert!(back.contains("相同 2 条") && back.contains("不能导入 0 行"), "{back}");
}
