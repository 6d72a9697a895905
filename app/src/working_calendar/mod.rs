//! The working calendar of a site (工作日历): the national notices that come with the software, and the notices that the
//! site's administrator adds: a local order for days off or make-up working days, or the yearly notice before the software
//! brings it. A local notice goes before the national one on the days that it names.
//!
//! Whatever is counted in working days is counted by `Cx::calendar`. Periods that are open when a notice is added, changed or
//! ended are counted anew, and the differences are shown before anything is done. It guesses no holidays.

pub mod actions;
mod cache;
pub mod moves;
pub mod queries;
#[cfg(test)]
mod tests;

pub use cache::Calendars;
use jiff::civil::Date;
use rules::calendar::{Calendar, CalendarEntry};

use crate::reference::Reference;

/// A day that a notice names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeDay {
    /// The day.
    pub on: Date,
    /// A day off; otherwise people work.
    pub off_day: bool,
    /// The festival or occasion.
    pub name: String,
}

/// What an administrator says of a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewNotice {
    /// 文号; the basis of every day counted differently.
    pub document_number: String,
    /// Its title.
    pub title: String,
    /// The year whose yearly notice it is, where it is one.
    pub noticed_year: Option<i16>,
    /// Its days, in order, each once.
    pub days: Vec<NoticeDay>,
}

/// A notice of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Identity.
    pub id: String,
    /// What it says.
    pub says: NewNotice,
    /// Who changed it last.
    pub changed_by: String,
    /// When, milliseconds UTC.
    pub changed_at: i64,
    /// When it ended; its days count as without it since then.
    pub ended_at: Option<i64>,
    /// Version, for lost races.
    pub version: i64,
}

/// What is to be done to the notices of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A further notice.
    Add(NewNotice),
    /// Another wording or other days; id and the version that was read.
    Edit(String, i64, NewNotice),
    /// It holds no more; id and the version that was read.
    End(String, i64),
}

/// The calendar with the notices of a site.
pub fn merged<'a>(reference: &Reference, notices: impl IntoIterator<Item = &'a NewNotice>) -> Calendar {
    let mut calendar = reference.calendar.clone();
    for notice in notices {
        for day in &notice.days {
            let entry = CalendarEntry { date: day.on, off_day: day.off_day, name: day.name.clone() };
            calendar = calendar.with_local_order(entry, &notice.document_number);
        }
        if let Some(year) = notice.noticed_year {
            calendar = calendar.with_noticed_year(year);
        }
    }
    calendar
}
