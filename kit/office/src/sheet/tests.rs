//! Tables written and read back.

use super::{Cell, Column, Format, Kind, Table, to_csv, to_xlsx, write};
use crate::Limits;
use jiff::civil::date;
use proptest::prelude::*;
use std::io::Read;

fn table(rows: Vec<Vec<Cell>>) -> Table<Vec<Vec<Cell>>> {
    let columns = vec![
        Column::new("名称", Kind::Text),
        Column::new("件数", Kind::Integer),
        Column::new("金额（万元）", Kind::Decimal),
        Column::new("日期", Kind::Date),
    ];
    Table { title: "2018年/统计".to_owned(), columns, rows }
}

fn part(package: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(package)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn sheet(rows: Vec<Vec<Cell>>) -> String {
    part(&to_xlsx(table(rows)).unwrap(), "xl/worksheets/sheet1.xml")
}

#[test]
fn a_sheet_has_its_head_in_view_and_filtered() {
    let bytes =
        to_xlsx(table(vec![vec!["甲".into(), 3.into(), 1.5.into(), date(2018, 5, 1).into()]])).unwrap();
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("ySplit=\"1\"") && sheet.contains("state=\"frozen\""));
    assert!(sheet.contains("<autoFilter ref=\"A1:D2\"/>"));
    assert!(sheet.contains("<c r=\"D2\" s=\"5\"><v>43221</v></c>"), "{sheet}");
    let workbook = part(&bytes, "xl/workbook.xml");
    assert!(workbook.contains("name=\"2018年统计\"") && workbook.contains("'2018年统计'!$A$1:$D$2"));
}

#[test]
fn text_stays_text_in_a_sheet_whatever_it_looks_like() {
    let sheet = sheet(vec![vec!["=1+1".into()], vec!["007".into()], vec!["_x0041_<&\u{1}".into()]]);
    assert!(
        sheet.contains("t=\"inlineStr\"><is><t xml:space=\"preserve\">=1+1</t>") && !sheet.contains("<f>")
    );
    assert!(sheet.contains(">007</t>"));
    assert!(sheet.contains(">_x005F_x0041_&lt;&amp;</t>"));
}

#[test]
fn numbers_that_a_spreadsheet_would_round_are_written_as_text() {
    let sheet = sheet(vec![vec![Cell::Empty, 9_007_199_254_740_993.into(), f64::NAN.into()]]);
    assert!(sheet.contains(">9007199254740993</t>"));
    assert!(!sheet.contains("NaN") && !sheet.contains("r=\"C2\""));
}

#[test]
fn days_before_spreadsheets_count_are_written_as_text() {
    let sheet = sheet(vec![vec![Cell::Empty, Cell::Empty, Cell::Empty, date(1899, 1, 1).into()]]);
    assert!(sheet.contains(">1899-01-01</t>"));
}

#[test]
fn columns_are_wide_enough_for_chinese() {
    let sheet = sheet(vec![vec!["关于进一步做好二〇一八年度有关工作的通知".into()]]);
    let width = sheet.split("<col min=\"1\" max=\"1\" width=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!((40..=60).contains(&width.parse::<usize>().unwrap()), "{width}");
}

#[test]
fn a_long_table_is_written_in_pieces_and_keeps_every_row() {
    let rows = (0..5_000_i64).map(|n| vec![Cell::from(format!("第{n}行")), n.into()]);
    let head = table(Vec::new());
    let bytes = to_xlsx(Table { title: head.title, columns: head.columns, rows }).unwrap();
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    assert_eq!(sheet.matches("<row ").count(), 5_001);
    assert!(sheet.contains(">第4999行</t>") && sheet.contains("<autoFilter ref=\"A1:D5001\"/>"));
}

#[test]
fn the_same_table_gives_the_same_bytes() {
    let rows = || table(vec![vec!["甲".into()]]);
    for format in [Format::Xlsx, Format::Csv] {
        assert_eq!(write(format, rows()).unwrap(), write(format, rows()).unwrap());
    }
}

#[test]
fn a_csv_never_begins_a_cell_as_a_formula() {
    let rows = ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1"];
    let table = table(rows.iter().map(|text| vec![Cell::from(*text)]).collect());
    let text = String::from_utf8(to_csv(table).unwrap()).unwrap();
    assert!(
        text.contains(
            "\r\n'=cmd|' /C calc'!A0\r\n'+1\r\n'-1\r\n'@SUM(A1)\r\n'\t=1\r\n\"'\r=1\"\r\n'＝1+1\r\n"
        )
    );
}

#[test]
fn numbers_below_zero_stay_numbers_in_a_csv() {
    let bytes = to_csv(table(vec![vec![Cell::Empty, (-5).into(), (-0.5).into(), date(2018, 1, 2).into()]]));
    assert!(String::from_utf8(bytes.unwrap()).unwrap().ends_with("\r\n,-5,-0.5,2018-01-02\r\n"));
}

#[test]
fn a_csv_is_read_in_any_of_the_usual_encodings_and_keeps_its_row_numbers() {
    let expected = [vec!["名称", "数"], vec![], vec!["甲,乙", "\"1\"\n2"]];
    let text = "名称,数\r\n\r\n\"甲,乙\",\"\"\"1\"\"\n2\"\r\n";
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let gbk = b"\xc3\xfb\xb3\xc6,\xca\xfd\n\n\"\xbc\xd7,\xd2\xd2\",\"\"\"1\"\"\n2\"";
    for bytes in [text.as_bytes(), format!("\u{feff}{text}").as_bytes(), &utf16, gbk] {
        assert_eq!(super::read("表.csv", bytes, &Limits::default()).unwrap(), expected);
    }
}

proptest! {
    #[test]
    fn what_is_written_as_csv_is_read_back(rows in prop::collection::vec(prop::collection::vec("[^\0]{1,12}", 1..5), 1..8)) {
        let cells = rows.iter().map(|row| row.iter().map(|text| Cell::from(text.as_str())).collect());
        let columns = vec![Column::new("甲", Kind::Text), Column::new("乙", Kind::Text)];
        let bytes = to_csv(Table { title: String::new(), columns, rows: cells }).unwrap();
        let read = super::read("a.csv", &bytes, &Limits::default()).unwrap();
        prop_assert_eq!(&read[1..], &rows[..]);
    }
}

fn read(bytes: &[u8]) -> Vec<Vec<String>> {
    super::read("表.xlsx", bytes, &Limits::default()).unwrap()
}

#[test]
fn what_is_written_as_a_sheet_is_read_back_row_by_row() {
    let bytes = to_xlsx(table(vec![
        vec!["=甲_x0041_\n乙".into(), 3.into(), 1.25.into(), date(2018, 5, 1).into()],
        vec![],
        vec![Cell::Empty, Cell::Empty, (-0.1).into()],
    ]));
    let head = ["名称", "件数", "金额（万元）", "日期"].map(str::to_owned).to_vec();
    let first = ["=甲_x0041_\n乙", "3", "1.25", "2018-05-01"].map(str::to_owned).to_vec();
    let last = ["", "", "-0.1"].map(str::to_owned).to_vec();
    assert_eq!(read(&bytes.unwrap()), [head, first, vec![], last]);
}

#[test]
fn the_first_sheet_that_is_shown_is_read_with_strings_of_every_kind() {
    let strings =
        "<sst><si><t>共</t><rPh><t>gong</t></rPh></si><si><r><t>富</t></r><r><t>文</t></r></si></sst>";
    let cells = r#"<sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>9</v></c></row>
        <row r="4"><c r="B4" t="b"><v>1</v></c><c r="D4" t="e"><v>#N/A</v></c><c t="str"><f>A1</f><v>算</v></c></row></sheetData>"#;
    let sheets =
        [("藏", "state=\"hidden\"", "<sheetData><row><c><v>1</v></c></row></sheetData>"), ("显", "", cells)];
    let bytes = crate::testing::xlsx(&sheets, &[("xl/sharedStrings.xml", strings.as_bytes())]);
    let expected: [&[&str]; 4] = [&["共", "富文"], &[], &[], &["", "TRUE", "", "#N/A", "算"]];
    assert_eq!(read(&bytes), expected);
}

#[test]
fn cells_far_apart_do_not_fill_the_memory() {
    let cells = r#"<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData>"#;
    let bytes = crate::testing::xlsx(&[("a", "", cells)], &[]);
    let rows = read(&bytes);
    assert_eq!((rows.len(), rows[1_048_575].len()), (1_048_576, 16_384));
    let wide = format!("<sheetData>{}</sheetData>", "<row><c r=\"XFD1\"><v>1</v></c></row>".repeat(400));
    let bytes = crate::testing::xlsx(&[("a", "", &wide)], &[]);
    assert!(matches!(super::read("a", &bytes, &Limits::default()), Err(crate::OfficeError::TooLarge { .. })));
}

proptest! {
    #[test]
    fn any_sheet_is_read_or_refused(inside in "(<(row|c|v|t|is|f|/row|/c|/v|col) ?(r=\"[A-C]?[0-9]{0,8}\")? ?(t=\"(s|b|str)\")?>|[0-9.e]{1,9}){0,20}") {
        let bytes = crate::testing::xlsx(&[("a", "", &inside)], &[("xl/styles.xml", inside.as_bytes())]);
        _ = super::read("a.xlsx", &bytes, &Limits::default());
    }
}
