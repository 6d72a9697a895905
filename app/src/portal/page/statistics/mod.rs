//! The open statistics: a few figures, charts with their tables, files.

#[cfg(test)]
mod sample;

use askama::Template;

use super::{Day, Layout, Link};
use crate::chart::ChartView;

/// `/statistics`.
#[derive(Debug, Clone, Template)]
#[template(path = "portal/page/statistics/statistics.html")]
pub struct StatisticsPage {
    /// Around the content.
    pub layout: Layout,
    /// What follows the path in the addresses of the files; empty for the newest year.
    pub query: String,
    /// The years to choose from; the shown one has no address.
    pub years: Vec<Link>,
    /// `2018年`, or `历年`.
    pub period: String,
    /// The day of counting.
    pub as_of: Day,
    /// Records published in the period.
    pub total: i64,
    /// Organs that published any.
    pub organs: usize,
    /// Share published within twenty working days.
    pub on_time: Option<String>,
    /// Half were published within so many days.
    pub median_days: Option<i64>,
    /// Records without a date of writing.
    pub undated: i64,
    /// The calendar of the year.
    pub days: Option<ChartView>,
    /// By month, or by year.
    pub over_time: ChartView,
    /// From writing to publication.
    pub delay: ChartView,
    /// By organ.
    pub organs_chart: ChartView,
    /// By column.
    pub columns_chart: ChartView,
    /// By kind.
    pub kinds_chart: ChartView,
    /// Every organ.
    pub organ_rows: Vec<(String, i64)>,
    /// Every column with records, with those below it.
    pub column_rows: Vec<(String, i64)>,
}
