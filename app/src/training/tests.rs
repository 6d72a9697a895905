//! Stories of trainings and tests: entered, people by table and by form, results by unit, personal data taken out with a reason.

use rules::permission::Role;

use super::queries;
use crate::{
    register::Table,
    test_app::{Desk, TestApp},
};

const HERE: &str = "/desk/registers/trainings";
const PEOPLE: &str = "/desk/registers/training-participants";
const IMPORT: &str = "/desk/registers/imports/training-participants";

const FIELDS: [(&str, &str); 6] = [
    ("kind", "test"),
    ("title", "演示能力测试"),
    ("held_on", "2018-11-16"),
    ("host", "government"),
    ("full_score", "100"),
    ("pass_score", "60"),
];

fn with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = FIELDS.to_vec();
    fields.retain(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
    fields.extend_from_slice(changes);
    fields
}

/// Two organs, an officer of one of them and one of the disclosure office, with a test entered.
async fn start() -> (TestApp, Desk, Desk, String) {
    let app = TestApp::start().await;
    app.organ("finance", "财政局").await;
    app.organ("culture", "文化局").await;
    let officer = app.officer("lin", Role::InformationOfficer, "finance").await;
    let mut office = app.officer("ban", Role::DisclosureOffice, "government").await;
    let added = office.post(&format!("{HERE}/new"), &FIELDS).await.text();
    assert!(added.contains("已登记，下一步请登记或导入参加人员"), "{added}");
    let held =
        app.read(|tx, cx| queries::by_title(tx, &cx.site_id, "2018-11-16", "演示能力测试")).await.unwrap();
    (app, officer, office, format!("{HERE}/{}", held.id.0))
}

const TABLE: &str = "举办日期,培训或测试名称,单位,姓名,职务,是否参加,成绩\n\
    2018-11-16,演示能力测试,财政局,演示甲,信息员,,80\n2018-11-16,演示能力测试,财政局,演示乙,,参加,59\n\
    2018-11-16,演示能力测试,文化局,演示甲,,参加,91\n2018-11-16,演示能力测试,文化局,演示丙,,缺席,\n\
    2018-11-16,演示能力测试,文化局,演示丁,,缺席,70\n2018-11-16,演示能力测试,文化局,演示戊,,,101\n\
    2018-11-17,演示能力测试,文化局,演示己,,,70\n";

async fn take(office: &mut Desk, table: &str) -> String {
    let preview = office.send_file(IMPORT, ("名单.csv", table.as_bytes())).await;
    let shown = preview.text();
    let seen = preview.one("input[name=seen]").attribute("value").unwrap().to_owned();
    office.post(preview.address(), &[("seen", &seen)]).await;
    shown
}

#[tokio::test]
async fn a_table_of_people_gives_the_results_by_unit_and_its_bad_lines_stay_out() {
    let (app, mut officer, mut office, page) = start().await;
    let shown = take(&mut office, TABLE).await;
    assert!(shown.contains("新增 4 条") && shown.contains("不能导入 3 行"), "{shown}");
    for words in ["缺席的没有成绩", "成绩应在0到满分100之间", "没有这个名称的培训或测试"]
    {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let cells = |reply: &kit_web::test_browser::Reply| -> Vec<String> {
        reply.select("#units ~ .table-wrap td").into_iter().map(|cell| cell.text).collect()
    };
    let results = cells(&office.get(&page).await);
    assert_eq!(results[..7], ["2", "1", "1", "1", "91.0", "91", "91"]);
    assert_eq!(results[7..], ["2", "2", "2", "1", "69.5", "80", "59"]);
    let own = officer.get(&page).await;
    assert_eq!(cells(&own).len(), 7, "an officer sees the own unit");
    assert!(!own.text().contains("更改登记"), "{}", own.text());
    assert!(officer.page(PEOPLE).await.contains("演示乙"));
    assert!(!officer.page(PEOPLE).await.contains("演示丙"));
    assert!(office.page(&format!("{PEOPLE}?result=failed")).await.contains("共 1 条"));
    assert!(office.page(&format!("{PEOPLE}?result=absent&sort=-score")).await.contains("演示丙"));
    assert!(office.page(HERE).await.contains("2个单位，3人"));
    let changed = take(&mut office, &TABLE.replace(",59\n", ",61\n")).await;
    assert!(changed.contains("更改 1 条") && changed.contains("相同 3 条"), "{changed}");
    assert_eq!(cells(&office.get(&page).await)[10], "2");
    let log = app.read(|tx, cx| Ok(crate::audit::queries::after(tx, &cx.site_id, 0, 1_000)?)).await;
    assert!(log.iter().any(|entry| entry.detail == "演示能力测试：名单新增0人，更改1人"));
}

#[tokio::test]
async fn names_and_scores_are_taken_out_with_a_reason_and_can_be_sent_back() {
    let (_app, _, mut office, _) = start().await;
    take(&mut office, TABLE).await;
    let asked = office.page(&format!("{PEOPLE}?format=xlsx")).await;
    assert!(asked.contains("导出原因"), "{asked}");
    let reason = "%E6%BC%94%E7%A4%BA%E6%A0%B8%E5%AF%B9";
    let file = office.get(&format!("{PEOPLE}?format=xlsx&reason={reason}")).await;
    assert_eq!(Table::cells("a.xlsx", file.bytes()).unwrap().len(), 5);
    let back = office.send_file(IMPORT, ("a.xlsx", file.bytes())).await.text();
    assert!(back.contains("相同 4 条") && back.contains("不能导入 0 行"), "{back}");
    let file = office.get(&format!("{HERE}?format=csv")).await;
    let import = "/desk/registers/imports/trainings";
    let back = office.send_file(import, ("a.csv", file.bytes())).await.text();
    assert!(back.contains("相同 1 条"), "{back}");
}

#[tokio::test]
async fn people_are_put_on_the_list_by_their_own_organ_and_taken_off_it() {
    let (_app, mut officer, mut office, page) = start().await;
    let person = [("organ", "finance"), ("name", "演示甲"), ("attended", "yes"), ("score", "70")];
    assert_eq!(officer.get(&page).await.status(), 404, "nobody of the organ is on it, and another held it");
    assert!(office.post(&format!("{page}/participants"), &person).await.text().contains("参加人员已登记"));
    let other = [("organ", "culture"), ("name", "演示乙"), ("attended", "yes"), ("score", "70")];
    assert_eq!(officer.post(&format!("{page}/participants"), &other).await.status(), 422);
    let own = [("organ", "finance"), ("name", "演示丙"), ("attended", "no"), ("score", "70")];
    let wrong = officer.post(&format!("{page}/participants"), &own).await;
    assert!(wrong.status() == 422 && wrong.text().contains("缺席的没有成绩"), "{}", wrong.text());
    office.post(&format!("{page}/participants"), &other).await;
    let list = office.get(PEOPLE).await;
    let removals: Vec<String> = list
        .select("td form")
        .into_iter()
        .filter_map(|form| form.attribute("action").map(str::to_owned))
        .collect();
    assert_eq!(removals.len(), 2);
    let mut refused = 0;
    for removal in &removals {
        refused += i32::from(officer.post(removal, &[]).await.status() == 404);
    }
    assert_eq!(refused, 1, "an officer takes the own people off");
    let left = office.get(PEOPLE).await;
    assert!(left.text().contains("共 1 条") && left.text().contains("演示乙"), "{}", left.text());
}

#[tokio::test]
async fn the_log_tells_how_many_people_were_listed_and_names_nobody_in_full() {
    let (app, _, mut office, page) = start().await;
    take(&mut office, TABLE).await;
    let person = [("organ", "finance"), ("name", "演示甲"), ("attended", "yes"), ("score", "70")];
    office.post(&format!("{page}/participants"), &person).await;
    let log = app.read(|tx, cx| Ok(crate::audit::queries::after(tx, &cx.site_id, 0, 1_000)?)).await;
    let told: Vec<&str> = log
        .iter()
        .filter(|entry| entry.action == "training.set_participant")
        .map(|entry| entry.detail.as_str())
        .collect();
    assert_eq!(told.len(), 2, "one row for the table: {told:?}");
    assert!(told[0].contains("名单新增4人，更改0人"), "{told:?}");
    assert!(told[1].contains("演**") && !told.concat().contains("演示甲"), "{told:?}");
}

#[tokio::test]
async fn a_test_is_changed_and_removed_by_its_host_and_never_reached_from_elsewhere() {
    let (app, mut officer, mut office, page) = start().await;
    for (changes, sentence) in [
        (vec![("pass_score", "")], "请填写合格分"),
        (vec![("pass_score", "101")], "不大于满分"),
        (vec![("full_score", ""), ("pass_score", "")], "测试须填写满分和合格分"),
        (vec![("kind", "training")], "培训没有分数"),
        (vec![("held_on", "2026-03-21")], "在今天之后"),
        (vec![], "已经登记"),
    ] {
        let refused = office.post(&format!("{HERE}/new"), &with(&changes)).await;
        assert_eq!(refused.status(), 422, "{changes:?}");
        assert!(refused.text().contains(sentence), "{sentence}: {}", refused.text());
    }
    take(&mut office, TABLE).await;
    let entry = format!("{page}/entry");
    assert_eq!(officer.get(&entry).await.status(), 403, "another organ held it");
    assert_eq!(officer.post(&entry, &with(&[("version", "1")])).await.status(), 403);
    let low = with(&[("full_score", "90"), ("version", "1")]);
    let refused = office.post(&entry, &low).await;
    assert!(refused.text().contains("成绩应在0到满分90之间"), "{}", refused.text());
    let changed = with(&[("place", "演示会议室"), ("version", "1")]);
    assert!(office.post(&entry, &changed).await.text().contains("演示会议室"));
    assert_eq!(office.post(&entry, &changed).await.status(), 409);
    let other = app.site("forest").await;
    let mut elsewhere = other.officer("wei", Role::DisclosureOffice, "government").await;
    for address in [page.clone(), entry.clone()] {
        assert_eq!(elsewhere.get(&address).await.status(), 404, "{address}");
    }
    assert!(elsewhere.page(PEOPLE).await.contains("共 0 条"));
    let removal = [("version", "2"), ("reason", "演示：登记错误")];
    assert_eq!(officer.post(&format!("{page}/remove"), &removal).await.status(), 403);
    let mut host = app.officer("fu", Role::InformationOfficer, "government").await;
    let refused = host.post(&format!("{page}/remove"), &removal).await;
    assert!(refused.status() == 422 && refused.text().contains("名单上有"), "{}", refused.text());
    assert!(office.page(PEOPLE).await.contains("演示丙"), "people of other organs stay");
    assert!(office.post(&format!("{page}/remove"), &removal).await.text().contains("已删除"));
    assert!(office.page(PEOPLE).await.contains("共 0 条"));
}
