//! Several tables in one XLSX file, a sheet each, in the look of the single sheet. Everything is made in memory: it is for
//! tables that people read, not for exports of a hundred thousand rows.

use super::name::sheet_name;
use super::xlsx::{
    DECLARATION, MAIN, OFFICE, RELATIONSHIPS, cell_width, display_width, package_relations, put, styles,
    too_large, write_cell,
};
use super::{Cell, Kind, Table};
use crate::OfficeError;
use crate::xml::escape_into;
use std::fmt::Write as _;
use std::io::Cursor;
use zip::ZipWriter;

/// Characters that a sheet's name may have.
const LONGEST_NAME: usize = 31;

/// Tables as one XLSX file; sheets of one name get a number.
///
/// # Errors
/// The file would be larger than its format permits.
pub fn to_xlsx_book(tables: &[Table<Vec<Vec<Cell>>>]) -> Result<Vec<u8>, OfficeError> {
    let names = names(tables);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    put(&mut zip, "[Content_Types].xml", &content_types(tables.len()))?;
    put(&mut zip, "_rels/.rels", &package_relations())?;
    put(&mut zip, "xl/_rels/workbook.xml.rels", &relations(tables.len()))?;
    put(&mut zip, "xl/styles.xml", &styles())?;
    for (at, table) in tables.iter().enumerate() {
        put(&mut zip, &format!("xl/worksheets/sheet{}.xml", at + 1), &sheet(table, at == 0))?;
    }
    put(&mut zip, "xl/workbook.xml", &workbook(&names))?;
    Ok(zip.finish().map_err(too_large)?.into_inner())
}

fn names(tables: &[Table<Vec<Vec<Cell>>>]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for table in tables {
        let name = sheet_name(&table.title);
        let mut free = name.clone();
        let mut n = 2;
        while names.contains(&free) {
            let kept: String = name.chars().take(LONGEST_NAME - 3).collect();
            free = format!("{kept}-{n}");
            n += 1;
        }
        names.push(free);
    }
    names
}

fn sheet(table: &Table<Vec<Vec<Cell>>>, is_first: bool) -> String {
    let selected = if is_first { " tabSelected=\"1\"" } else { "" };
    let mut xml = format!(
        "{DECLARATION}<worksheet xmlns=\"{MAIN}\"><sheetViews><sheetView{selected} workbookViewId=\"0\">\
         <pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>\
         <sheetFormatPr defaultRowHeight=\"15\"/>"
    );
    if !table.columns.is_empty() {
        xml.push_str("<cols>");
        for (i, column) in table.columns.iter().enumerate() {
            let body = table.rows.iter().filter_map(|row| row.get(i)).map(cell_width);
            let most = if column.kind == Kind::Text { 60 } else { 24 };
            let width = body.chain([display_width(&column.name)]).max().unwrap_or(0) + 1;
            let (at, width) = (i + 1, width.clamp(8, most));
            _ = write!(xml, "<col min=\"{at}\" max=\"{at}\" width=\"{width}\" customWidth=\"1\"/>");
        }
        xml.push_str("</cols>");
    }
    xml.push_str("<sheetData>");
    let head = table.columns.iter().map(|column| Cell::Text(column.name.clone())).collect();
    for (n, row) in std::iter::once(&head).chain(&table.rows).enumerate() {
        _ = write!(xml, "<row r=\"{}\">", n + 1);
        for (i, cell) in row.iter().enumerate() {
            write_cell(&mut xml, (i, n + 1), cell.clone());
        }
        xml.push_str("</row>");
    }
    xml.push_str("</sheetData></worksheet>");
    xml
}

fn workbook(names: &[String]) -> String {
    let mut xml = format!("{DECLARATION}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>");
    for (at, name) in names.iter().enumerate() {
        xml.push_str("<sheet name=\"");
        escape_into(&mut xml, name);
        _ = write!(xml, "\" sheetId=\"{0}\" r:id=\"rId{0}\"/>", at + 1);
    }
    xml.push_str("</sheets></workbook>");
    xml
}

fn relations(n: usize) -> String {
    let mut xml = format!("{DECLARATION}<Relationships xmlns=\"{RELATIONSHIPS}\">");
    for at in 1..=n {
        _ = write!(
            xml,
            "<Relationship Id=\"rId{at}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet{at}.xml\"/>"
        );
    }
    let styles = n + 1;
    _ = write!(
        xml,
        "<Relationship Id=\"rId{styles}\" Type=\"{OFFICE}/styles\" Target=\"styles.xml\"/></Relationships>"
    );
    xml
}

fn content_types(n: usize) -> String {
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let mut xml = format!(
        "{DECLARATION}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/xl/workbook.xml\" ContentType=\"{kind}.sheet.main+xml\"/>\
         <Override PartName=\"/xl/styles.xml\" ContentType=\"{kind}.styles+xml\"/>"
    );
    for at in 1..=n {
        _ = write!(
            xml,
            "<Override PartName=\"/xl/worksheets/sheet{at}.xml\" ContentType=\"{kind}.worksheet+xml\"/>"
        );
    }
    xml.push_str("</Types>");
    xml
}

#[cfg(test)]
mod tests {
    use super::to_xlsx_book;
    use crate::sheet::{Cell, Column, Kind, Table};

    #[test]
    fn each_table_is_a_sheet_and_the_first_one_is_read_back() {
        let table = |n: i64| Table {
            title: "表".to_owned(),
            columns: vec![Column::new("名称", Kind::Text), Column::new("件数", Kind::Integer)],
            rows: vec![vec![Cell::from("甲<乙>"), Cell::from(n)]],
        };
        let bytes = to_xlsx_book(&[table(3), table(4)]).unwrap();
        let rows = crate::sheet::read("a.xlsx", &bytes, &crate::Limits::default()).unwrap();
        assert_eq!(rows, [["名称", "件数"], ["甲<乙>", "3"]]);
        let pieces = crate::text::extract("a.xlsx", &bytes, &crate::Limits::default()).unwrap();
        let text: String = pieces.iter().map(|piece| format!("{piece:?}")).collect();
        assert!(text.contains('4'), "the second sheet is there: {text}");
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut workbook = String::new();
        std::io::Read::read_to_string(&mut zip.by_name("xl/workbook.xml").unwrap(), &mut workbook).unwrap();
        assert!(workbook.contains("name=\"表\"") && workbook.contains("name=\"表-2\""), "{workbook}");
    }
}
