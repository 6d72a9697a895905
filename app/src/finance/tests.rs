//! Stories of money for disclosure work: entered in yuan, summed by purpose, imported with bad lines, kept apart.

use rules::permission::Role;

use super::queries;
use crate::{
    register::Table,
    test_app::{Desk, TestApp},
};

const HERE: &str = "/desk/registers/finances";
const IMPORT: &str = "/desk/registers/imports/finances";

const FIELDS: [(&str, &str); 7] = [
    ("kind", "budget"),
    ("year", "2018"),
    ("organ", "finance"),
    ("purpose", "publicity"),
    ("amount", "1,200.50"),
    ("booked_on", "2018-01-20"),
    ("voucher", "演示财预〔2018〕3号"),
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
    let (entries, _) = app.read(move |tx, cx| queries::page(tx, &cx.site_id, &all, (10, 0))).await;
    format!("{HERE}/{}", entries[0].id.0)
}

async fn sums(desk: &mut Desk, address: &str) -> Vec<String> {
    let cells = desk.get(address).await.select("#sums tbody tr").into_iter();
    cells.map(|row| row.text.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[tokio::test]
async fn a_sum_is_entered_in_yuan_kept_in_fen_changed_and_removed() {
    let (app, mut officer, _) = start().await;
    for (changes, sentence) in [
        (vec![("amount", "0")], "金额应大于0"),
        (vec![("amount", "12.345")], "不是金额"),
        (vec![("year", "218")], "年度应为四位数字"),
        (vec![("booked_on", "2026-03-21")], "日期在今天之后"),
        (vec![("kind", "expense"), ("booked_on", "2017-12-31")], "早于所填年度"),
        (vec![("voucher", "")], "请填写文件或凭证号"),
    ] {
        let refused = officer.post(&format!("{HERE}/new"), &with(&changes)).await;
        assert_eq!(refused.status(), 422, "{changes:?}");
        assert!(refused.text().contains(sentence), "{sentence}: {}", refused.text());
    }
    assert!(officer.post(&format!("{HERE}/new"), &FIELDS).await.text().contains("经费已登记"));
    assert!(officer.post(&format!("{HERE}/new"), &FIELDS).await.text().contains("已经登记"));
    let all = queries::Filter::default();
    let kept = app.read(move |tx, cx| queries::page(tx, &cx.site_id, &all, (10, 0))).await.0;
    assert_eq!(kept[0].entry.amount_fen, 120_050);
    let page = page_of(&app).await;
    let changed = with(&[("amount", "1300"), ("version", "1")]);
    assert!(officer.post(&page, &changed).await.text().contains("经费已保存"));
    assert_eq!(officer.post(&page, &changed).await.status(), 409);
    let removal = [("version", "2"), ("reason", "演示：登记错误")];
    assert!(officer.post(&format!("{page}/remove"), &removal).await.text().contains("已删除"));
    let log = app.read(|tx, cx| Ok(crate::audit::queries::after(tx, &cx.site_id, 0, 1_000)?)).await;
    let acts: Vec<&str> =
        log.iter().filter(|e| e.object_kind == "finance").map(|e| e.action.as_str()).collect();
    assert_eq!(acts, ["finance.add", "finance.change", "finance.remove"]);
    let change = log.iter().find(|entry| entry.action == "finance.change").unwrap();
    assert!(change.detail.contains("1200.50→1300"), "{}", change.detail);
}

#[tokio::test]
async fn a_table_is_taken_but_for_its_bad_lines_and_summed_by_purpose() {
    let (_app, mut officer, mut office) = start().await;
    let text = "类别,年度,单位,用途,金额（元）,日期,文件或凭证号,说明\n\
                列入预算,2018,财政局,宣传,2000,2018-01-20,预1,\n列入预算,2018,财政局,培训,1500.5,2018-01-20,预1,\n\
                支出,2018,财政局,宣传,800,2018-05-02,支1,演示\n支出,2018,文化局,网站建设维护,99,2018-05-02,支1,\n\
                支出,2017,财政局,宣传,1,2017-05-02,支0,\n支出,2018,财政局,请客,800,2018-05-02,支2,\n\
                支出,2018,财政局,宣传,零,2018-05-02,支3,\n支出,2018,财政局,宣传,5,2018-05-02,支1,\n";
    let preview = office.send_file(IMPORT, ("经费.csv", text.as_bytes())).await;
    let shown = preview.text();
    assert!(shown.contains("新增 5 条") && shown.contains("不能导入 3 行"), "{shown}");
    for words in ["请客", "不是金额", "与第4行重复"] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let seen = preview.one("input[name=seen]").attribute("value").unwrap().to_owned();
    assert!(office.post(preview.address(), &[("seen", &seen)]).await.text().contains("新增5条"));
    let year = sums(&mut office, &format!("{HERE}?year=2018")).await;
    assert_eq!(year.len(), 4, "{year:?}");
    assert!(year[0].starts_with("宣传") && year[0].contains("2000") && year[0].contains("800"), "{year:?}");
    assert!(year[3].starts_with("合计") && year[3].contains("3500.5") && year[3].contains("899"), "{year:?}");
    let own = sums(&mut officer, &format!("{HERE}?year=2018&kind=expense")).await;
    assert!(own.len() == 2 && own[1].contains("800"), "{own:?}");
    let file = office.get(&format!("{HERE}?format=xlsx&sort=-amount")).await;
    let lines = Table::cells("a.xlsx", file.bytes()).unwrap();
    assert_eq!((lines.len(), lines[1][4].as_str()), (6, "2000"));
    let back = office.send_file(IMPORT, ("a.xlsx", file.bytes())).await.text();
    assert!(back.contains("相同 5 条") && back.contains("不能导入 0 行"), "{back}");
}

#[tokio::test]
async fn nobody_keeps_money_of_another_organ_or_of_another_site() {
    let (app, mut officer, mut office) = start().await;
    let foreign = with(&[("organ", "culture")]);
    assert_eq!(officer.post(&format!("{HERE}/new"), &foreign).await.status(), 422);
    office.post(&format!("{HERE}/new"), &foreign).await;
    let page = page_of(&app).await;
    assert_eq!(officer.get(&page).await.status(), 404);
    assert_eq!(officer.post(&page, &with(&[("version", "1")])).await.status(), 404);
    let removal = [("version", "1"), ("reason", "演示")];
    assert_eq!(officer.post(&format!("{page}/remove"), &removal).await.status(), 404);
    let other = app.site("forest").await;
    let mut elsewhere = other.officer("wei", Role::DisclosureOffice, "government").await;
    assert_eq!(elsewhere.get(&page).await.status(), 404);
    assert!(elsewhere.page(HERE).await.contains("共 0 条"));
    let mut reviewer = app.officer("shen", Role::Reviewer, "finance").await;
    assert_eq!(reviewer.get(HERE).await.status(), 403);
}
