//! This year's openness as a chart and as figures of its sentence.

use super::Openness;
use crate::{chart::ChartView, statistics::figures};

impl Openness {
    /// All published this year.
    pub fn published(&self) -> i64 {
        self.months.iter().map(|month| month.published).sum()
    }

    /// All published on time this year.
    pub fn on_time(&self) -> i64 {
        self.months.iter().map(|month| month.on_time).sum()
    }

    /// Whole per cent on time, rounded down: 99.9 % is not "all".
    pub fn on_time_percent(&self) -> i64 {
        (self.on_time() * 100).checked_div(self.published()).unwrap_or(0)
    }

    /// Columns from January on: on time below, late above.
    pub fn chart(&self) -> ChartView {
        ChartView::new(&figures::chart_of_openness(self.year, &self.months))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::MonthDelay;

    #[test]
    fn late_and_on_time_are_told_apart_and_added_up() {
        let openness = Openness {
            year: 2018,
            months: vec![
                MonthDelay { month: 1, published: 40, on_time: 10 },
                MonthDelay { month: 2, published: 0, on_time: 0 },
            ],
            answered: None,
        };
        assert_eq!(openness.chart().rows, [["1月", "10", "30", "40"], ["2月", "0", "0", "0"]]);
        assert_eq!(openness.on_time_percent(), 25);
    }

    #[test]
    fn a_year_without_records_has_no_percentage_of_nothing() {
        let empty = Openness { year: 2018, months: Vec::new(), answered: None };
        assert_eq!(empty.on_time_percent(), 0);
        assert!(empty.chart().rows.is_empty());
    }
}
