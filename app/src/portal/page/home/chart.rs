//! Where the bars of the openness chart stand: geometry only, in the units of its view box.
//!
//! It counts nothing and knows no colours.

use super::Openness;

/// Height of the drawing area above the base line.
const HEIGHT: u32 = 160;
/// Distance of the base line from the top: room for the figure over the highest bar.
const BASE: u32 = 184;
/// Width of one month.
const STEP: u32 = 48;
/// Width of a bar.
const BAR: u32 = 28;

/// One month as drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthBar {
    /// 1 to 12.
    pub month: u8,
    /// The figure printed over the bar.
    pub published: u32,
    /// Of these on time.
    pub on_time: u32,
    /// Left edge.
    pub x: u32,
    /// Middle, for the texts.
    pub middle: u32,
    /// Top and height of the whole bar.
    pub y: u32,
    /// Height of the whole bar.
    pub height: u32,
    /// Top of the part on time, which stands on the base line.
    pub on_time_y: u32,
    /// Height of the part on time.
    pub on_time_height: u32,
}

impl Openness {
    /// All published this year.
    pub fn published(&self) -> u32 {
        self.months.iter().map(|month| month.published).sum()
    }

    /// All published on time this year.
    pub fn on_time(&self) -> u32 {
        self.months.iter().map(|month| month.on_time).sum()
    }

    /// Whole per cent on time, rounded down: 99.9 % is not "all".
    pub fn on_time_percent(&self) -> u32 {
        (self.on_time() * 100).checked_div(self.published()).unwrap_or(0)
    }

    /// The bars from January on, the base at zero.
    pub fn bars(&self) -> Vec<MonthBar> {
        let most = self.months.iter().map(|month| month.published).max().unwrap_or(0).max(1);
        let tall = |count: u32| count * HEIGHT / most;
        let bar = |(place, month): (u32, &super::MonthCount)| {
            let x = place * STEP + (STEP - BAR) / 2;
            let (height, on_time_height) = (tall(month.published), tall(month.on_time));
            MonthBar {
                month: month.month,
                published: month.published,
                on_time: month.on_time,
                x,
                middle: x + BAR / 2,
                y: BASE - height,
                height,
                on_time_y: BASE - on_time_height,
                on_time_height,
            }
        };
        (0..).zip(&self.months).map(bar).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::MonthCount;
    use super::*;

    #[test]
    fn the_highest_month_fills_the_chart_and_zero_has_no_height() {
        let openness = Openness {
            year: 2018,
            months: vec![
                MonthCount { month: 1, published: 40, on_time: 10 },
                MonthCount { month: 2, published: 0, on_time: 0 },
            ],
            answered: None,
        };
        let bars = openness.bars();
        assert_eq!((bars[0].height, bars[0].on_time_height), (HEIGHT, HEIGHT / 4));
        assert_eq!((bars[1].height, bars[1].y), (0, BASE));
        assert_eq!(openness.on_time_percent(), 25);
    }

    #[test]
    fn a_year_without_records_has_no_percentage_of_nothing() {
        let empty = Openness { year: 2018, months: Vec::new(), answered: None };
        assert_eq!(empty.on_time_percent(), 0);
        assert!(empty.bars().is_empty());
    }
}
