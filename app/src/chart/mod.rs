//! A chart as a part of a page: the picture, its caption, and its numbers as a table one click away. Public pages, the desk
//! and the annual report show their charts through this; `kit_chart` draws them.

use askama::Template;
use kit_chart::{Figure, Kind};

/// A chart with its words and its table.
#[derive(Debug, Clone, Template)]
#[template(path = "chart/chart.html")]
pub struct ChartView {
    /// The name of the chart.
    pub title: String,
    /// What is to be seen, in a sentence; may be empty.
    pub takeaway: String,
    /// The picture; made by `kit_chart`, which escapes what it is given.
    pub svg: String,
    /// Heads of the table.
    pub head: Vec<String>,
    /// Rows of the table: a name and its numbers.
    pub rows: Vec<Vec<String>>,
}

/// Its template escapes what it is given, so it stands in other templates as it is.
impl askama::filters::HtmlSafe for ChartView {}

impl ChartView {
    /// The chart of a figure.
    pub fn new(figure: &Figure) -> ChartView {
        let table = figure.table();
        let mut rows = table.rows;
        if figure.kind == Kind::Calendar {
            // Days on which nothing happened would be most of the table.
            rows.retain(|row| row.iter().skip(1).any(|number| number != "0"));
        }
        ChartView {
            title: figure.title.clone(),
            takeaway: figure.takeaway.clone(),
            svg: figure.draw_for_page(),
            head: table.head,
            rows,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chart_stands_with_its_caption_its_two_pictures_and_its_numbers() {
        let mut figure = Figure::simple(Kind::Bar, "各渠道数量", "条", &[("网站", 1320.0), ("<微信>", 90.0)]);
        figure.takeaway = "网站最多".to_owned();
        let html = ChartView::new(&figure).render().unwrap();
        for expected in ["各渠道数量", "网站最多", "chart-wide", "chart-narrow", "数量（条）", "1,320"]
        {
            assert!(html.contains(expected), "{expected}");
        }
        assert!(html.contains("&#60;微信&#62;") && !html.contains("<微信>"));
    }

    #[test]
    fn the_table_of_a_calendar_leaves_quiet_days_out() {
        let figure =
            Figure::simple(Kind::Calendar, "每天", "条", &[("2018-01-01", 0.0), ("2018-01-02", 10.0)]);
        assert_eq!(ChartView::new(&figure).rows, [["2018-01-02", "10"]]);
    }
}
