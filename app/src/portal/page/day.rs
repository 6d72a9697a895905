//! Dates as a Chinese reader expects them on a page: 2018年3月11日, and 09:05 where the minute is shown.
//!
//! No arithmetic: what a date means in law is `rules`' business.

use std::fmt;

use jiff::civil::{Date, DateTime};

/// A civil date as printed: `2018年3月11日`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub Date);

impl Day {
    /// Reads the `YYYY-MM-DD` of a date column.
    pub fn parse(text: &str) -> Option<Self> {
        text.parse().ok().map(Self)
    }

    /// `2018-03-11`, for the `datetime` attribute.
    pub fn iso(&self) -> String {
        self.0.to_string()
    }
}

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        Self(date)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.0;
        write!(f, "{}年{}月{}日", date.year(), date.month(), date.day())
    }
}

/// A publication moment in China's time, to the minute, as 《政府网站发展指引》 wants it on every article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Minute(pub DateTime);

impl Minute {
    /// `2018-03-11 09:05`, the form of the official tag PubDate.
    pub fn tag(&self) -> String {
        self.0.strftime("%Y-%m-%d %H:%M").to_string()
    }

    /// `2018-03-11T09:05+08:00`, for the `datetime` attribute.
    pub fn iso(&self) -> String {
        self.0.strftime("%Y-%m-%dT%H:%M+08:00").to_string()
    }

    /// The day alone.
    pub fn day(&self) -> Day {
        Day(self.0.date())
    }
}

impl From<DateTime> for Minute {
    fn from(moment: DateTime) -> Self {
        Self(moment)
    }
}

impl fmt::Display for Minute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.day(), self.0.strftime("%H:%M"))
    }
}

#[cfg(test)]
mod tests {
    use super::{Day, Minute};
    use jiff::civil::date;

    #[test]
    fn a_day_is_printed_without_leading_zeros() {
        assert_eq!(Day(date(2018, 3, 1)).to_string(), "2018年3月1日");
        assert_eq!(Day::parse("2018-03-01").map(|d| d.iso()), Some("2018-03-01".into()));
        assert_eq!(Day::parse("2018-13-01"), None);
    }

    #[test]
    fn the_publication_tag_has_hours_and_minutes() {
        let minute = Minute(date(2018, 3, 11).at(9, 5, 59, 0));
        assert_eq!(minute.tag(), "2018-03-11 09:05");
        assert_eq!(minute.to_string(), "2018年3月11日 09:05");
    }
}
