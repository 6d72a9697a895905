//! The working calendar from the holiday notices (国务院办公厅关于部分节假日安排的通知).
//!
//! It hands the notices to `rules::calendar`; it counts nothing itself.

use rules::calendar::{Calendar, CalendarEntry, HolidayNotice};
use serde::Deserialize;

use super::error::{Problem, ReferenceError};
use super::reading::Source;

const FILE: &str = "calendar/holidays.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    notice: Vec<Notice>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Notice {
    year: i16,
    sources: Vec<String>,
    days: Vec<Day>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Day {
    date: String,
    off_day: bool,
    name: String,
}

/// Reads the calendar.
pub(super) fn read(source: &Source) -> Result<Calendar, ReferenceError> {
    let file: File = source.value(FILE)?;
    let notices = file.notice.into_iter().map(|notice| to_rules(source, notice));
    let notices: Vec<HolidayNotice> = notices.collect::<Result<_, _>>()?;
    Calendar::from_notices(notices).map_err(|error| {
        let message = error.to_string();
        source.error(FILE, "", "", Problem::Calendar { message })
    })
}

fn to_rules(source: &Source, notice: Notice) -> Result<HolidayNotice, ReferenceError> {
    let entries = notice.days.into_iter().map(|day| {
        let date = day.date.parse().map_err(|_| {
            let message = format!("“{}”不是日期", day.date);
            source.error(FILE, "", &day.date, Problem::Calendar { message })
        })?;
        Ok(CalendarEntry { date, off_day: day.off_day, name: day.name })
    });
    Ok(HolidayNotice {
        year: notice.year,
        source: notice.sources.join(" "),
        entries: entries.collect::<Result<_, _>>()?,
    })
}
