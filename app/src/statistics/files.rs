//! The statistics as files for programs and spreadsheets: JSON in the form of `schema.json`, CSV with one line a number.

use kit_office::sheet::{self, Cell, Column, Format, Kind, Table};

use super::Statistics;

/// The published description of the JSON file (JSON Schema 2020-12).
pub const SCHEMA: &str = include_str!("schema.json");

/// The JSON file.
pub fn json(statistics: &Statistics) -> anyhow::Result<Vec<u8>> {
    Ok(serde_json::to_vec_pretty(statistics)?)
}

/// The CSV file: dimension, code, name and number.
///
/// # Errors
/// As the writer of sheets.
pub fn csv(statistics: &Statistics) -> anyhow::Result<Vec<u8>> {
    let columns = vec![
        Column::new("维度", Kind::Text),
        Column::new("代码", Kind::Text),
        Column::new("名称", Kind::Text),
        Column::new("数量", Kind::Integer),
    ];
    let table = Table { title: "公开统计".to_owned(), columns, rows: rows(statistics) };
    Ok(sheet::write(Format::Csv, table)?)
}

fn rows(statistics: &Statistics) -> Vec<Vec<Cell>> {
    let line = |dimension: &str, code: &str, name: &str, n: i64| {
        vec![Cell::from(dimension), Cell::from(code), Cell::from(name), Cell::Integer(n)]
    };
    let period = statistics.period_name();
    let mut rows = vec![line("合计", "total", &format!("{period}发布的信息（条）"), statistics.total)];
    let groups = [
        ("年份", &statistics.by_year),
        ("月份", &statistics.by_month),
        ("日期", &statistics.by_day),
        ("机构", &statistics.by_organ),
        ("信息类型", &statistics.by_content_type),
        ("从成文到发布的工作日", &statistics.timeliness.by_working_days),
    ];
    for (dimension, counts) in groups {
        rows.extend(counts.iter().map(|count| line(dimension, &count.code, &count.name, count.count)));
    }
    let of_column =
        |column: &super::ColumnCount| line("栏目（含下级）", &column.code, &column.path, column.count);
    rows.extend(statistics.by_column.iter().map(of_column));
    let delay = &statistics.timeliness;
    rows.push(line("及时性", "dated", "有成文日期的（条）", delay.dated));
    rows.push(line("及时性", "undated", "没有成文日期的（条）", delay.undated));
    rows.push(line("及时性", "on_time", "20个工作日内发布的（条）", delay.on_time));
    rows.push(line("及时性", "late", "晚于20个工作日发布的（条）", delay.late));
    rows.extend(delay.median_days.map(|days| line("及时性", "median_days", "用时的中位数（天）", days)));
    rows
}
