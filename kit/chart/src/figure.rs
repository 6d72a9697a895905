//! What a chart shows: its kind, categories, series and the words for them.

use crate::{
    bars, calendar,
    canvas::Canvas,
    columns, funnel, line,
    look::Look,
    ring, sentence,
    text::{self, Type},
    ticks::format_number,
};

/// The narrowest picture in pixels; a smaller wish is drawn at this width.
const NARROWEST: u32 = 280;
const WIDEST: u32 = 2400;

/// The widths of the two pictures that a page holds, of which a style sheet shows one.
const PAGE_WIDE: u32 = 600;
const PAGE_NARROW: u32 = 343;

/// The form of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Bars across, one a category: for names of any length. Several series stand below each other.
    Bar,
    /// Columns, one a category: for periods and short names. Several series stand side by side.
    Column,
    /// Bars across whose series are parts of a whole.
    StackedBar,
    /// Columns whose series are parts of a whole.
    StackedColumn,
    /// A line a series over the categories, which follow each other.
    Line,
    /// Categories as parts of one whole.
    Ring,
    /// A field a day; the categories are days, `YYYY-MM-DD`.
    Calendar,
    /// Stages, each a part of the one before.
    Funnel,
}

/// One run of numbers, one a category.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// What the numbers are, e.g. `2018年`.
    pub name: String,
    /// One number a category. Not a number: nothing is known. Negative numbers count as 0.
    pub values: Vec<f64>,
}

impl Series {
    /// A named run of numbers.
    pub fn new(name: impl Into<String>, values: Vec<f64>) -> Series {
        Series { name: name.into(), values }
    }
}

/// A chart to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The form.
    pub kind: Kind,
    /// The name, e.g. `各月办结情况`.
    pub title: String,
    /// What is to be seen, in a sentence; may be empty.
    pub takeaway: String,
    /// What is counted, e.g. `件`; may be empty.
    pub unit: String,
    /// What a category is, for the table's first column, e.g. `月份`; may be empty.
    pub category: String,
    /// The names along the axis.
    pub categories: Vec<String>,
    /// The numbers.
    pub series: Vec<Series>,
}

/// The numbers of a chart, written out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The names of the columns.
    pub head: Vec<String>,
    /// A row a category: its name and its numbers.
    pub rows: Vec<Vec<String>>,
}

impl Figure {
    /// A figure with one series.
    pub fn simple(kind: Kind, title: &str, unit: &str, numbers: &[(&str, f64)]) -> Figure {
        Figure {
            kind,
            title: title.to_owned(),
            takeaway: String::new(),
            unit: unit.to_owned(),
            category: String::new(),
            categories: numbers.iter().map(|(name, _)| (*name).to_owned()).collect(),
            series: vec![Series::new("", numbers.iter().map(|(_, value)| *value).collect())],
        }
    }

    /// Draws the figure as one `<svg>` element, `width` pixels wide.
    pub fn draw(&self, look: &Look, width: u32) -> String {
        let mut canvas = Canvas::new(look, f64::from(width.clamp(NARROWEST, WIDEST)));
        canvas.heading(self);
        if self.is_empty() {
            canvas.text(Type::AXIS, 0.0, 24.0, "暂无数据");
            canvas.reach(48.0);
        } else {
            match self.kind {
                Kind::Bar => bars::draw(&mut canvas, self),
                Kind::StackedBar => bars::draw_stacked(&mut canvas, self),
                Kind::Column | Kind::StackedColumn => columns::draw(&mut canvas, self),
                Kind::Line => line::draw(&mut canvas, self),
                Kind::Ring => ring::draw(&mut canvas, self),
                Kind::Calendar => calendar::draw(&mut canvas, self),
                Kind::Funnel => funnel::draw(&mut canvas, self),
            }
        }
        canvas.finish(&self.title, &self.text_alternative())
    }

    /// The figure for a page: a picture for wide screens and one for phones, of which the style sheet shows one
    /// (classes `chart-wide` and `chart-narrow`, inside a `chart-frame`).
    pub fn draw_for_page(&self) -> String {
        let marked = |width, class: &str| {
            self.draw(&Look::Page, width).replacen("class=\"chart\"", &format!("class=\"chart {class}\""), 1)
        };
        let (wide, narrow) = (marked(PAGE_WIDE, "chart-wide"), marked(PAGE_NARROW, "chart-narrow"));
        format!("<div class=\"chart-frame\">{wide}{narrow}</div>")
    }

    /// The figure in words, from the same numbers.
    pub fn text_alternative(&self) -> String {
        sentence::sentence(self)
    }

    /// The figure as a table, from the same numbers.
    pub fn table(&self) -> Table {
        let sums = self.series.len() > 1 && self.is_stacked();
        let mut head =
            vec![if self.category.is_empty() { "项目".to_owned() } else { self.category.clone() }];
        head.extend(self.series.iter().map(|series| self.with_unit(&series.name)));
        if sums {
            head.push(self.with_unit("合计"));
        }
        let row = |at: usize| {
            let mut row = vec![self.categories[at].clone()];
            let written = |value: Option<f64>| value.map_or_else(|| "—".to_owned(), format_number);
            row.extend((0..self.series.len()).map(|series| written(self.value(series, at))));
            if sums {
                row.push(format_number(self.total(at)));
            }
            row
        };
        Table { head, rows: (0..self.categories.len()).map(row).collect() }
    }

    fn with_unit(&self, name: &str) -> String {
        match (name, self.unit.as_str()) {
            ("", "") => "数量".to_owned(),
            ("", unit) => format!("数量（{unit}）"),
            (name, "") => name.to_owned(),
            (name, unit) => format!("{name}（{unit}）"),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.categories.is_empty() || self.series.is_empty()
    }

    pub(crate) fn is_stacked(&self) -> bool {
        matches!(self.kind, Kind::StackedBar | Kind::StackedColumn)
    }

    /// The number of a series at a category; none where nothing is known.
    pub(crate) fn value(&self, series: usize, at: usize) -> Option<f64> {
        let value = *self.series.get(series)?.values.get(at)?;
        value.is_finite().then(|| value.clamp(0.0, 1e15))
    }

    /// The same, nothing known as nothing there.
    pub(crate) fn drawn(&self, series: usize, at: usize) -> f64 {
        self.value(series, at).unwrap_or(0.0)
    }

    /// The sum over the series at a category.
    pub(crate) fn total(&self, at: usize) -> f64 {
        (0..self.series.len()).map(|series| self.drawn(series, at)).sum()
    }

    /// The sum of a series.
    pub(crate) fn sum(&self, series: usize) -> f64 {
        (0..self.categories.len()).map(|at| self.drawn(series, at)).sum()
    }

    /// The greatest number that a mark has to show.
    pub(crate) fn greatest(&self) -> f64 {
        let stacked = self.is_stacked();
        let at = |at: usize| match stacked {
            true => self.total(at),
            false => (0..self.series.len()).map(|series| self.drawn(series, at)).fold(0.0, f64::max),
        };
        (0..self.categories.len()).map(at).fold(0.0, f64::max)
    }

    pub(crate) fn is_whole(&self) -> bool {
        let whole = |value: &f64| !value.is_finite() || value.fract() == 0.0;
        self.series.iter().all(|series| series.values.iter().all(whole))
    }

    /// A number with its unit: `1,124 件`, `98.5%`.
    pub(crate) fn amount(&self, value: f64) -> String {
        text::amount(&format_number(value), &self.unit)
    }

    /// What appears under the pointer.
    pub(crate) fn tip(&self, at: usize) -> String {
        let name = &self.categories[at];
        let of =
            |series: usize| self.value(series, at).map_or_else(|| "—".to_owned(), |value| self.amount(value));
        if self.series.len() == 1 {
            return format!("{name}：{}", of(0));
        }
        let parts: Vec<String> =
            self.series.iter().enumerate().map(|(n, series)| format!("{} {}", series.name, of(n))).collect();
        format!("{name}：{}", parts.join("，"))
    }
}
