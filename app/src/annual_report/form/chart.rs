//! A report's diagrams as charts: the same numbers for the page, for paper and for files.

use kit_chart::{Figure, Kind, Look, Palette, Series};

use crate::annual_report::document::{Cell, ChartKind, ReportChart, ReportTable};

/// Characters of the longest name that stands under a column; longer ones stand beside bars.
const SHORT: usize = 4;
/// Pixels that a diagram is wide on a printed page.
const ON_PAPER: u32 = 620;

/// The chart of a diagram.
pub fn figure(chart: &ReportChart) -> Figure {
    Figure {
        kind: kind(chart),
        title: chart.caption.clone(),
        takeaway: chart.takeaway.clone(),
        unit: chart.unit.clone(),
        category: String::new(),
        categories: chart.categories.clone(),
        series: chart.series.iter().map(|series| Series::new(&series.name, series.values.clone())).collect(),
    }
}

/// The numbers of a diagram as a table with what is to be taken from it below: wherever no picture is shown.
pub fn table(chart: &ReportChart) -> ReportTable {
    let kit_chart::Table { head, rows } = figure(chart).table();
    let cell = |(at, text): (usize, String)| Cell { text, figure: None, is_number: at > 0 };
    ReportTable {
        code: chart.code.clone(),
        caption: chart.caption.clone(),
        head,
        rows: rows.into_iter().map(|row| row.into_iter().enumerate().map(cell).collect()).collect(),
        note: chart.takeaway.clone(),
    }
}

/// The diagram as SVG with its own colours, for a typeset document; caption and takeaway are the document's.
pub fn chart_svg(chart: &ReportChart) -> String {
    figure(chart).draw(&Look::Paper(Palette::BLUE), ON_PAPER)
}

/// Periods stand as columns from left to right, names as bars from top to bottom.
fn kind(chart: &ReportChart) -> Kind {
    let upright = follow_each_other(&chart.categories);
    match chart.kind {
        ChartKind::Bar | ChartKind::GroupedBar if upright => Kind::Column,
        ChartKind::Bar | ChartKind::GroupedBar => Kind::Bar,
        ChartKind::StackedBar if upright => Kind::StackedColumn,
        ChartKind::StackedBar => Kind::StackedBar,
        ChartKind::Line => Kind::Line,
        ChartKind::Ring => Kind::Ring,
        ChartKind::Calendar => Kind::Calendar,
        ChartKind::Funnel => Kind::Funnel,
    }
}

/// Months, quarters or years: short names that begin with a number.
fn follow_each_other(categories: &[String]) -> bool {
    let short = |name: &String| {
        let numbered = name.trim_start_matches('第').starts_with(|c: char| c.is_ascii_digit());
        let digits = name.chars().filter(char::is_ascii_digit).count();
        numbered && name.chars().count() - digits <= SHORT - 2
    };
    categories.len() > 2 && categories.iter().all(short)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annual_report::document;

    fn chart(kind: ChartKind, categories: &[&str]) -> ReportChart {
        ReportChart {
            code: "演示".into(),
            caption: "演示图".into(),
            takeaway: "一句话".into(),
            kind,
            unit: "条".into(),
            categories: categories.iter().map(|name| (*name).to_owned()).collect(),
            series: vec![document::Series { name: "数量".into(), values: vec![3.0; categories.len()] }],
            figures: Vec::new(),
        }
    }

    #[test]
    fn months_and_years_become_columns_and_names_become_bars() {
        let kinds =
            |names: &[&str]| [ChartKind::Bar, ChartKind::StackedBar].map(|k| figure(&chart(k, names)).kind);
        assert_eq!(kinds(&["1月", "2月", "12月"]), [Kind::Column, Kind::StackedColumn]);
        assert_eq!(kinds(&["2016年", "2017年", "2018年"]), [Kind::Column, Kind::StackedColumn]);
        assert_eq!(kinds(&["政府网站", "政务微信", "公开栏"]), [Kind::Bar, Kind::StackedBar]);
        assert_eq!(kinds(&["6个镇场", "3个管护区", "2个社区"])[0], Kind::Bar);
    }

    #[test]
    fn on_paper_a_diagram_brings_its_colours() {
        let svg = chart_svg(&chart(ChartKind::Bar, &["政府网站", "政务微信"]));
        assert!(svg.contains("#174c7c") && svg.contains("Noto Sans CJK SC") && !svg.contains("chart-main"));
    }
}
