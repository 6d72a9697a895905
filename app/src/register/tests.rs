//! Stories of tables: what people paste is understood, what is wrong is named with its line, field, value and mend, and the rest
//! goes on.

use super::{Field, Kind, Organs, Table, bad_rows, template};
use crate::test_app::TestApp;

const FIELDS: &[Field] = &[
    Field::required("number", "编号", Kind::Text(10), "演示-1"),
    Field::required("organ", "机构", Kind::Organ, "演示区人民政府"),
    Field::required("day", "日期", Kind::Date, "2018-03-11"),
    Field::optional("count", "件数", Kind::Integer, "3"),
    Field::optional("money", "金额", Kind::Money, "5000"),
    Field::optional("kind", "类别", Kind::Choice(&[("one", "甲类"), ("two", "乙类")]), "甲类"),
];

async fn organs(app: &TestApp, own: Option<&'static str>) -> Organs {
    app.read(move |tx, cx| {
        let id = |organ: crate::organ::Organ| organ.id;
        let own = own.map(|code| crate::organ::queries::by_code(tx, &cx.site_id, code)).transpose()?;
        Organs::of(tx, cx, own.map(|organ| organ.map(id).into_iter().collect()))
    })
    .await
}

fn read(text: &str, organs: &Organs) -> Result<Table, String> {
    let lines = Table::cells("表.csv", text.as_bytes())?;
    Table::read(lines, FIELDS, &["number"], organs)
}

#[tokio::test]
async fn what_people_write_is_understood() {
    let app = TestApp::start().await;
    let organs = organs(&app, None).await;
    let text = "演示区办件统计表,,,,,\n类别,编号*,金额,机构（必填）,日期,件数,备注\n\
                甲类,1,\"5,000.5元\",government,2018年3月1日,\"1,200\",x\n\
                two,2,￥3,songling区人民政府,2018/3/11 10:30,０,\n\
                ,3,,government,20180311,,\n#,4,,government,坏,,\n";
    let table = read(text, &organs).unwrap();
    assert_eq!(table.faults, []);
    assert_eq!(table.unused, ["备注"]);
    let rows: Vec<_> = table
        .rows
        .iter()
        .map(|row| (row.line, row.text("day"), row.number("money"), row.number("count")))
        .collect();
    let day = |text: &str| text.to_owned();
    assert_eq!(
        rows,
        [
            (3, day("2018-03-01"), Some(500_050), Some(1_200)),
            (4, day("2018-03-11"), Some(300), Some(0)),
            (5, day("2018-03-11"), None, None),
        ]
    );
    assert_eq!(table.rows[1].text("kind"), "two");
    assert_eq!(table.rows[2].optional("kind"), None);
    assert_eq!(organs.code(&table.rows[1].organ("organ")), "government");
}

#[tokio::test]
async fn every_fault_is_named_with_line_field_value_and_mend_and_the_rest_goes_on() {
    let app = TestApp::start().await;
    app.organ("finance", "财政局").await;
    let organs = organs(&app, Some("finance")).await;
    let text = "编号,机构,日期,件数,金额,类别\n\
                1,财政局,2018-02-30,,,\n,财政局,2018-03-01,,,\n2,财政局,2018-03-01,-1,1.234,丙类\n\
                3,government,2018-03-01,,,\n4,没有局,2018-03-01,,,\n5,财政局,2018-03-01,,,\n5,财政局,2018-03-02,,,\n\
                一二三四五六七八九十一,财政局,2018-03-01,,,\n";
    let table = read(text, &organs).unwrap();
    let faults: Vec<(usize, &str, &str)> =
        table.faults.iter().map(|fault| (fault.line, fault.head, fault.value.as_str())).collect();
    assert_eq!(
        faults,
        [
            (2, "日期", "2018-02-30"),
            (3, "编号", ""),
            (4, "件数", "-1"),
            (4, "金额", "1.234"),
            (4, "类别", "丙类"),
            (5, "机构", "government"),
            (6, "机构", "没有局"),
            (8, "编号", "5"),
            (9, "编号", "一二三四五六七八九十一"),
        ]
    );
    let mend = |line: usize| table.faults.iter().find(|fault| fault.line == line).unwrap().mend.as_str();
    for (line, words) in
        [(2, "2018-03-11"), (3, "请填写编号"), (5, "职责范围"), (6, "没有名称"), (8, "第7行")]
    {
        assert!(mend(line).contains(words), "{}", mend(line));
    }
    assert_eq!((table.rows.len(), table.n_bad()), (1, 7));
    // The bad lines are given back as they were sent, and can be sent again once they are mended.
    let file = bad_rows("未导入", FIELDS, &table, &table.faults).unwrap();
    let lines = Table::cells("坏.xlsx", &file).unwrap();
    assert_eq!(lines.len(), 8);
    assert_eq!(lines[3][..6], ["2", "财政局", "2018-03-01", "-1", "1.234", "丙类"]);
    assert_eq!(lines[3][6], "4");
    assert!(lines[3][7].contains("件数") && lines[3][7].contains("类别"), "{}", lines[3][7]);
    assert_eq!(Table::read(lines, FIELDS, &["number"], &organs).unwrap().unused, Vec::<String>::new());
}

#[tokio::test]
async fn a_table_without_its_heads_or_without_lines_is_refused_with_the_way_out() {
    let app = TestApp::start().await;
    let organs = organs(&app, None).await;
    for (text, words) in [
        ("", "没有找到表头"),
        ("甲,乙\n1,2\n", "没有找到表头"),
        ("编号,类别\n1,甲类\n", "缺少：机构、日期、件数、金额"),
        ("编号,机构,日期,件数,类别\n1,government,2018-03-01,,\n", "缺少：金额。请下载模板"),
        ("编号,机构,日期,件数,金额,类别\n\n", "没有内容"),
    ] {
        let refused = read(text, &organs).unwrap_err();
        assert!(refused.contains(words), "{text}: {refused}");
    }
    // The template explains itself and gives an example, and neither is read.
    let lines = Table::cells("模板.xlsx", &template("模板", FIELDS).unwrap()).unwrap();
    assert_eq!(lines[0], FIELDS.iter().map(|field| field.head).collect::<Vec<_>>());
    assert!(lines[1][0].contains("必填") && lines[2][0].contains("演示"), "{lines:?}");
    assert!(Table::read(lines, FIELDS, &[], &organs).unwrap_err().contains("没有内容"));
}

#[tokio::test]
async fn an_organ_is_known_by_its_earlier_names_too() {
    let app = TestApp::start().await;
    app.organ("finance", "财政局").await;
    app.reorganise(
        crate::organ::ChangeKind::Rename,
        "2026-03-01",
        &["finance"],
        &["finance"],
        Some("财政和国资局"),
    )
    .await;
    let organs = organs(&app, None).await;
    assert_eq!(organs.find("财政局"), organs.find("finance"));
    assert_eq!(organs.find("财政和国资局"), organs.find("finance"));
    assert!(organs.find("finance").is_some());
}
