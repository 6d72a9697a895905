//! Open statistics of a site: how much was published, by organ, column, kind, month and day, and how soon after writing.
//!
//! They count what every reader can open (the public views) at the moment of asking; nothing is stored. They read across
//! features in SQL and change nothing.

pub mod figures;
pub mod files;
mod gather;
mod memo;
pub mod queries;
#[cfg(test)]
mod tests;
pub mod timeliness;

use serde::Serialize;

pub use gather::{Asked, read, this_year};
pub use memo::YearMemo;
pub use timeliness::{Delay, MonthDelay};

/// Names the form of the files; changes when a field changes its meaning or goes.
pub const FORMAT: &str = "gongkai-statistics-1";

/// The days that are counted, both included, `YYYY-MM-DD`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
}

impl Span {
    /// A calendar year, or all time.
    pub fn of(year: Option<i16>) -> Span {
        match year {
            Some(year) => Span { from: format!("{year:04}-01-01"), to: format!("{year:04}-12-31") },
            None => Span { from: "0000-01-01".to_owned(), to: "9999-12-31".to_owned() },
        }
    }
}

/// A named number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Count {
    /// Code of what is counted, stable over time; empty where records name none.
    pub code: String,
    /// Its name today.
    pub name: String,
    /// How many records.
    pub count: i64,
}

/// How many records a column has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ColumnCount {
    /// Code of the column.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The names from the first level down to it.
    pub path: String,
    /// 1 for the first level.
    pub level: usize,
    /// Records that stand in it.
    pub own: i64,
    /// These and those of the columns below it.
    pub count: i64,
}

/// The statistics of a site over a year or over all time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Statistics {
    /// [`FORMAT`].
    pub format: &'static str,
    /// Name of the site.
    pub site: String,
    /// The day of counting, `YYYY-MM-DD`.
    pub as_of: String,
    /// The year of publication that is counted; none for all years.
    pub year: Option<i16>,
    /// Public records published in that time.
    pub total: i64,
    /// By year of publication, all years.
    pub by_year: Vec<Count>,
    /// By month of publication, `YYYY-MM`; months without a record are 0.
    pub by_month: Vec<Count>,
    /// By day of publication; days without a record are left out.
    pub by_day: Vec<Count>,
    /// By issuing organ, the greatest first.
    pub by_organ: Vec<Count>,
    /// By column, in the order of the tree.
    pub by_column: Vec<ColumnCount>,
    /// By kind of content, the greatest first.
    pub by_content_type: Vec<Count>,
    /// How soon after writing.
    pub timeliness: Delay,
}

impl Statistics {
    /// The years that have records, the newest first.
    pub fn years(&self) -> Vec<i16> {
        self.by_year.iter().rev().filter_map(|count| count.code.parse().ok()).collect()
    }
}
