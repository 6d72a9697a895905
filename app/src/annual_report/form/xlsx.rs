//! The report's numbers as a workbook: the figures with their definitions, then every table and the numbers of every
//! diagram on a sheet of its own.

use kit_office::sheet::{Cell, Column, Kind, Table, to_xlsx_book};

use super::{chart, printed::moment};
use crate::annual_report::document::{Block, FigureNumber, FigureValue, ReportDocument, ReportTable};

type Sheet = Table<Vec<Vec<Cell>>>;

/// The report as XLSX.
///
/// # Errors
/// When a table is longer than a sheet.
pub fn render(document: &ReportDocument) -> anyhow::Result<Vec<u8>> {
    let tables = document.blocks().filter_map(|block| match block {
        Block::Table(table) => Some(table_sheet(table)),
        Block::Chart(drawn) => Some(table_sheet(&chart::table(drawn))),
        _ => None,
    });
    let sheets: Vec<Sheet> =
        [about(document), figures(&document.figures)].into_iter().chain(tables).collect();
    Ok(to_xlsx_book(&sheets)?)
}

fn about(document: &ReportDocument) -> Sheet {
    let row = |label: &str, value: &str| vec![Cell::from(label), Cell::from(value)];
    let head = document.head.iter().map(|field| row(&field.label, &field.value));
    let own = [
        row("名称", &document.title),
        row("编制单位", &document.organ_name),
        row("统计期限", &format!("{}至{}", document.period.0, document.period.1)),
        row("统计时点", &cut_off(document)),
        row("版次", &document.edition.to_string()),
        row("更正原因", &document.correction_reason),
        row("网址", &document.address),
    ];
    Table {
        title: "说明".to_owned(),
        columns: vec![Column::new("项目", Kind::Text), Column::new("内容", Kind::Text)],
        rows: own.into_iter().chain(head).collect(),
    }
}

/// When the figures were counted, as people write it.
fn cut_off(document: &ReportDocument) -> String {
    let Some(at) = &document.cut_off else { return "未签发，数据随登记变化".to_owned() };
    let written = |at: jiff::Zoned| {
        format!("{}年{}月{}日{}时{:02}分", at.year(), at.month(), at.day(), at.hour(), at.minute())
    };
    moment(at).map_or_else(|_| at.clone(), written)
}

/// A value as a number where it is one; a blank stays empty, what does not apply is a dash.
fn value(figure: &FigureValue) -> Cell {
    match figure.value {
        FigureNumber::Count(n) => Cell::Integer(n),
        FigureNumber::Percent { .. } | FigureNumber::NotApplicable => Cell::from(figure.text.as_str()),
        FigureNumber::Money { .. } => number(&figure.text),
        FigureNumber::Blank => Cell::Empty,
    }
}

/// A printed number as a number, with or without signs between thousands; anything else stays text.
fn number(text: &str) -> Cell {
    let plain = text.replace(',', "");
    if let Ok(whole) = plain.parse::<i64>() {
        return Cell::Integer(whole);
    }
    plain.parse::<f64>().map_or_else(|_| Cell::from(text), Cell::Decimal)
}

fn figures(figures: &[FigureValue]) -> Sheet {
    let row = |figure: &FigureValue| {
        vec![
            Cell::from(figure.name.as_str()),
            value(figure),
            Cell::from(figure.unit.as_str()),
            Cell::from(figure.n_sources),
            Cell::from(figure.definition.as_str()),
            Cell::from(figure.code.as_str()),
        ]
    };
    let columns = vec![
        Column::new("统计项", Kind::Text),
        Column::new("数值", Kind::Integer),
        Column::new("单位", Kind::Text),
        Column::new("依据的记录数", Kind::Integer),
        Column::new("统计口径", Kind::Text),
        Column::new("代码", Kind::Text),
    ];
    Table { title: "统计数".to_owned(), columns, rows: figures.iter().map(row).collect() }
}

fn table_sheet(table: &ReportTable) -> Sheet {
    let is_number = |i: usize| table.rows.iter().all(|row| row.get(i).is_none_or(|cell| cell.is_number));
    let kind = |i: usize| if is_number(i) { Kind::Integer } else { Kind::Text };
    let columns = table.head.iter().enumerate().map(|(i, head)| Column::new(head, kind(i))).collect();
    let cell = |cell: &crate::annual_report::document::Cell| {
        if cell.is_number { number(&cell.text) } else { Cell::from(cell.text.as_str()) }
    };
    let rows = table.rows.iter().map(|row| row.iter().map(cell).collect()).collect();
    Table { title: table.caption.clone(), columns, rows }
}
