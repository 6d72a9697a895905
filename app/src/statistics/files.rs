//! The statistics as files for programs and spreadsheets: JSON in the form of `schema.json`, CSV with one line a number.

use super::Statistics;

/// The published description of the JSON file (JSON Schema 2020-12).
pub const SCHEMA: &str = include_str!("schema.json");

/// The JSON file.
pub fn json(statistics: &Statistics) -> anyhow::Result<Vec<u8>> {
    Ok(serde_json::to_vec_pretty(statistics)?)
}

/// The CSV file: dimension, code, name and number; with a byte order mark, so that spreadsheets read Chinese right.
pub fn csv(statistics: &Statistics) -> Vec<u8> {
    let mut out = String::from("\u{feff}维度,代码,名称,数量\r\n");
    let mut line = |dimension: &str, code: &str, name: &str, n: i64| {
        let cells = [dimension, code, name].map(cell);
        out.push_str(&format!("{},{},{},{n}\r\n", cells[0], cells[1], cells[2]));
    };
    let period = statistics.period_name();
    line("合计", "total", &format!("{period}发布的信息（条）"), statistics.total);
    let groups = [
        ("年份", &statistics.by_year),
        ("月份", &statistics.by_month),
        ("日期", &statistics.by_day),
        ("机构", &statistics.by_organ),
        ("信息类型", &statistics.by_content_type),
        ("从成文到发布的工作日", &statistics.timeliness.by_working_days),
    ];
    for (dimension, counts) in groups {
        counts.iter().for_each(|count| line(dimension, &count.code, &count.name, count.count));
    }
    for column in &statistics.by_column {
        line("栏目（含下级）", &column.code, &column.path, column.count);
    }
    let delay = &statistics.timeliness;
    line("及时性", "dated", "有成文日期的（条）", delay.dated);
    line("及时性", "undated", "没有成文日期的（条）", delay.undated);
    line("及时性", "on_time", "20个工作日内发布的（条）", delay.on_time);
    line("及时性", "late", "晚于20个工作日发布的（条）", delay.late);
    if let Some(days) = delay.median_days {
        line("及时性", "median_days", "用时的中位数（天）", days);
    }
    out.into_bytes()
}

/// Quoted where commas, quotes or line ends stand inside; a leading sign of a formula is defused, since names are
/// written by people and opened in spreadsheets.
fn cell(text: &str) -> String {
    let text = match text.chars().next() {
        Some('=' | '+' | '@' | '\t' | '\r') => format!("'{text}"),
        _ => text.to_owned(),
    };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}
