//! The working calendar (工作日): which days count in a period that the law states in working days.
//!
//! Weekends and public holidays do not count, make-up working days (调休上班) do. The State Council
//! General Office publishes one notice a year under 《全国年节及纪念日放假办法》; a notice may list the
//! last days of the December before it. This module does not know where notices come from, and it
//! does not guess holidays of a year without one: it counts weekends only and says "provisional".

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Weekday};
use thiserror::Error;

/// One special day of a holiday notice: a day off, or a make-up working day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarEntry {
    /// The civil date in the zone of the notice.
    pub date: Date,
    /// `true` for a day off, `false` for a day on which people work.
    pub off_day: bool,
    /// The festival that causes it, for example 国庆节.
    pub name: String,
}

/// The holiday notice of one year with the days it lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HolidayNotice {
    /// The year for which the notice was given; its days may begin in the December before.
    pub year: i16,
    /// Where the notice can be read; printed in the ledger of a deadline.
    pub source: String,
    /// Only the special days; ordinary weekends are not listed.
    pub entries: Vec<CalendarEntry>,
}

/// What one day is in the working calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayKind<'a> {
    /// Monday to Friday without an entry.
    Working,
    /// A day on which people work because of a notice, with the festival it makes up for.
    MakeUp(&'a str),
    /// Saturday or Sunday without an entry.
    Weekend,
    /// A day off by notice or local order.
    Holiday(&'a str),
}

impl DayKind<'_> {
    /// Whether the day counts in a period of working days.
    pub fn counts(self) -> bool {
        matches!(self, DayKind::Working | DayKind::MakeUp(_))
    }
}

/// Why a calendar cannot be built or a date not be computed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CalendarError {
    /// Two notices say opposite things about one day.
    #[error("two holiday notices contradict each other on {date}")]
    Contradiction {
        /// The day in question.
        date: Date,
    },
    /// The count runs past the last date that can be written.
    #[error("a period starting on {start} runs past the end of the calendar")]
    OutOfRange {
        /// Where the count began.
        start: Date,
    },
}

/// All notices known to the product, looked up by date.
#[derive(Debug, Clone, Default)]
pub struct Calendar {
    days: BTreeMap<Date, SpecialDay>,
    noticed_years: BTreeSet<i16>,
}

#[derive(Debug, Clone)]
struct SpecialDay {
    off_day: bool,
    name: String,
    source: String,
}

impl Calendar {
    /// Builds the calendar. The same day may be named twice, but not in two ways.
    pub fn from_notices(notices: impl IntoIterator<Item = HolidayNotice>) -> Result<Self, CalendarError> {
        let mut calendar = Self::default();
        for notice in notices {
            // A year whose notice has not been given yet may be listed without days.
            if !notice.entries.is_empty() {
                calendar.noticed_years.insert(notice.year);
            }
            for entry in notice.entries {
                calendar.add_entry(entry, &notice.source)?;
            }
        }
        Ok(calendar)
    }

    fn add_entry(&mut self, entry: CalendarEntry, source: &str) -> Result<(), CalendarError> {
        let CalendarEntry { date, off_day, name } = entry;
        match self.days.get(&date) {
            Some(known) if known.off_day != off_day => Err(CalendarError::Contradiction { date }),
            Some(_) => Ok(()),
            None => {
                let source = source.to_owned();
                self.days.insert(date, SpecialDay { off_day, name, source });
                Ok(())
            }
        }
    }

    /// The same calendar with a day changed by a local order (for example in an epidemic), which
    /// goes before the national notice; `source` names the order.
    #[must_use]
    pub fn with_local_order(mut self, entry: CalendarEntry, source: &str) -> Self {
        let CalendarEntry { date, off_day, name } = entry;
        let source = source.to_owned();
        self.days.insert(date, SpecialDay { off_day, name, source });
        self
    }

    /// The same calendar, for which the notice of that year is known now: its dates are provisional no more.
    #[must_use]
    pub fn with_noticed_year(mut self, year: i16) -> Self {
        self.noticed_years.insert(year);
        self
    }

    /// The last day of a period as `after` counts it, for a period that began after `start` and ends on `due` as this
    /// calendar counts it; none where both count alike. However many working days the period has, it keeps them.
    pub fn moved_to(&self, after: &Calendar, start: Date, due: Date) -> Option<Date> {
        let n = self.working_days_between(start, due);
        let (here, there) = (self.add_working_days(start, n).ok()?, after.add_working_days(start, n).ok()?);
        (here != there).then_some(there)
    }

    /// What the day is, with the name of the festival.
    pub fn kind_of(&self, date: Date) -> DayKind<'_> {
        let weekend = is_weekend(date);
        match self.days.get(&date) {
            Some(day) if day.off_day => DayKind::Holiday(&day.name),
            // 2020-02-03, a Monday, is listed as a working day: redundant, and nothing made up.
            Some(_) if !weekend => DayKind::Working,
            Some(day) => DayKind::MakeUp(&day.name),
            None if weekend => DayKind::Weekend,
            None => DayKind::Working,
        }
    }

    /// The notice or local order that makes the day special.
    pub fn source_of(&self, date: Date) -> Option<&str> {
        self.days.get(&date).map(|day| day.source.as_str())
    }

    /// Whether the day counts in a period of working days.
    pub fn is_working_day(&self, date: Date) -> bool {
        self.kind_of(date).counts()
    }

    /// Whether the date lies in a year whose notice is not known: a result there may change (暂定).
    pub fn is_provisional(&self, date: Date) -> bool {
        !self.noticed_years.contains(&date.year())
    }

    /// The years for which a notice is known.
    pub fn noticed_years(&self) -> impl Iterator<Item = i16> + '_ {
        self.noticed_years.iter().copied()
    }

    /// The day on which the `n`-th working day after `start` falls; `start` itself is not counted.
    pub fn add_working_days(&self, start: Date, n: u32) -> Result<Date, CalendarError> {
        let mut date = start;
        let mut counted = 0;
        while counted < n {
            date = date.tomorrow().map_err(|_| CalendarError::OutOfRange { start })?;
            counted += u32::from(self.is_working_day(date));
        }
        Ok(date)
    }

    /// How many working days lie after `from` up to and including `to`; zero when `to` is not later.
    pub fn working_days_between(&self, from: Date, to: Date) -> u32 {
        from.series(jiff::Span::new().days(1))
            .skip(1)
            .take_while(|date| *date <= to)
            .map(|date| u32::from(self.is_working_day(date)))
            .sum()
    }
}

fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

#[cfg(test)]
pub(crate) mod tests;
