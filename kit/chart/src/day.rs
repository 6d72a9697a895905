//! Days of the calendar, just enough to lay them out in weeks.

/// A day as the number of days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day(pub i64);

impl Day {
    /// A day from `2018-11-16`.
    pub(crate) fn parse(text: &str) -> Option<Day> {
        let mut parts = text.splitn(3, '-');
        let year: i64 = parts.next()?.parse().ok().filter(|year| (1..=9999).contains(year))?;
        let month: i64 = parts.next()?.parse().ok().filter(|month| (1..=12).contains(month))?;
        let day: i64 = parts.next()?.parse().ok().filter(|day| (1..=31).contains(day))?;
        let found = Day::new(year, month, day);
        // 2018-02-30 is not a day.
        (found.civil() == (year, month, day)).then_some(found)
    }

    /// Howard Hinnant's `days_from_civil`.
    pub(crate) fn new(year: i64, month: i64, day: i64) -> Day {
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        Day(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
    }

    /// Year, month and day.
    pub(crate) fn civil(self) -> (i64, i64, i64) {
        let days = self.0 + 719_468;
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        (year + era * 400 + i64::from(month <= 2), month, day)
    }

    /// Monday is 0.
    pub(crate) fn weekday(self) -> i64 {
        (self.0 + 3).rem_euclid(7)
    }

    /// `11月16日`.
    pub(crate) fn words(self) -> String {
        let (_, month, day) = self.civil();
        format!("{month}月{day}日")
    }
}

#[cfg(test)]
#[test]
fn days_are_counted_like_the_calendar() {
    assert_eq!(Day::new(1970, 1, 1), Day(0));
    assert_eq!(Day::parse("2018-11-16").map(Day::weekday), Some(4));
    assert_eq!(Day::parse("2000-02-29").map(Day::civil), Some((2000, 2, 29)));
    assert_eq!(Day::parse("2018-02-29"), None);
    assert_eq!(Day::parse("甲"), None);
    for day in -800_000..800_000 {
        let (year, month, date) = Day(day).civil();
        assert_eq!(Day::new(year, month, date), Day(day));
    }
}
