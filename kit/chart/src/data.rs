//! What a chart shows: rows of numbers with the words for them, as table and as sentence.
//!
//! It does NOT draw.

use crate::ticks::format_number;

/// One bar, one column or one part.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The name under or beside the mark.
    pub label: String,
    /// One number per series; negative and not-a-number count as 0.
    pub values: Vec<f64>,
}

impl Row {
    /// A row with one number.
    pub fn new(label: impl Into<String>, value: f64) -> Row {
        Row { label: label.into(), values: vec![value] }
    }

    /// A row with two numbers, stacked.
    pub fn stacked(label: impl Into<String>, first: f64, second: f64) -> Row {
        Row { label: label.into(), values: vec![first, second] }
    }

    /// The sum of the numbers.
    pub fn total(&self) -> f64 {
        self.values.iter().map(|&value| sound(value)).sum()
    }

    /// The number of a series, 0 where there is none.
    pub fn value(&self, series: usize) -> f64 {
        self.values.get(series).copied().map_or(0.0, sound)
    }
}

/// What cannot be drawn is nothing.
fn sound(value: f64) -> f64 {
    if value.is_finite() && value > 0.0 { value.min(1e15) } else { 0.0 }
}

/// The words for a chart, given by the caller, who knows what the numbers mean.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    /// The title, e.g. `各月办结情况`.
    pub title: String,
    /// The unit after a number, e.g. `件`.
    pub unit: String,
    /// What a row is, for the table's first column, e.g. `月份`.
    pub row: String,
    /// The name of each series, e.g. `按时`, `超期`.
    pub series: Vec<String>,
}

/// A drawn chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    svg: String,
    sentence: String,
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Chart {
    pub(crate) fn new(svg: String, words: &Words, rows: &[Row]) -> Chart {
        Chart {
            svg,
            sentence: sentence(words, rows),
            head: head(words, rows),
            rows: rows.iter().map(|row| cells(row, n_series(rows))).collect(),
        }
    }

    /// The picture: one `<svg>` element, ready to stand in a page.
    pub fn svg(&self) -> &str {
        &self.svg
    }

    /// The chart as a Chinese sentence: total, greatest, least.
    pub fn text_alternative(&self) -> &str {
        &self.sentence
    }

    /// The numbers as a table: the head and the rows, already written out.
    pub fn table(&self) -> (&[String], &[Vec<String>]) {
        (&self.head, &self.rows)
    }
}

pub(crate) fn n_series(rows: &[Row]) -> usize {
    rows.iter().map(|row| row.values.len()).max().unwrap_or(1).max(1)
}

fn head(words: &Words, rows: &[Row]) -> Vec<String> {
    let named = |at: usize| words.series.get(at).cloned().unwrap_or_else(|| "数量".to_owned());
    let with_unit = |name: String| match words.unit.as_str() {
        "" => name,
        unit => format!("{name}（{unit}）"),
    };
    let first = if words.row.is_empty() { "项目".to_owned() } else { words.row.clone() };
    let mut head = vec![first];
    head.extend((0..n_series(rows)).map(|at| with_unit(named(at))));
    if n_series(rows) > 1 {
        head.push(with_unit("合计".to_owned()));
    }
    head
}

fn cells(row: &Row, n_series: usize) -> Vec<String> {
    let mut cells = vec![row.label.clone()];
    cells.extend((0..n_series).map(|at| format_number(row.value(at))));
    if n_series > 1 {
        cells.push(format_number(row.total()));
    }
    cells
}

/// `各月办结情况：共 12 项，合计 340 件，其中按时 338 件、超期 2 件；最多的是 3月（45 件），最少的是 2月（12 件）。`
pub(crate) fn sentence(words: &Words, rows: &[Row]) -> String {
    let title = &words.title;
    if rows.is_empty() {
        return format!("{title}：暂无数据。");
    }
    let amount = |value: f64| match words.unit.as_str() {
        "" => format_number(value),
        unit => format!("{} {unit}", format_number(value)),
    };
    let total: f64 = rows.iter().map(Row::total).sum();
    let mut text = format!("{title}：共 {} 项，合计 {}", rows.len(), amount(total));
    if n_series(rows) > 1 {
        let part = |(at, name): (usize, &String)| {
            format!("{name} {}", amount(rows.iter().map(|row| row.value(at)).sum()))
        };
        let parts: Vec<String> = words.series.iter().enumerate().map(part).collect();
        if !parts.is_empty() {
            text.push_str(&format!("，其中{}", parts.join("、")));
        }
    }
    text.push_str(&extremes(rows, &amount));
    text.push('。');
    text
}

fn extremes(rows: &[Row], amount: &dyn Fn(f64) -> String) -> String {
    let by_total = |a: &&Row, b: &&Row| a.total().total_cmp(&b.total());
    // The first of equals, in both directions.
    let most = rows.iter().rev().max_by(by_total);
    let least = rows.iter().min_by(by_total);
    match (most, least) {
        (Some(most), Some(least)) if rows.len() > 1 && most.total() > least.total() => format!(
            "；最多的是{}（{}），最少的是{}（{}）",
            most.label,
            amount(most.total()),
            least.label,
            amount(least.total())
        ),
        _ if rows.len() > 1 => "；各项相同".to_owned(),
        _ => String::new(),
    }
}
