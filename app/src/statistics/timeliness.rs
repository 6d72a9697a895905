//! How soon after it was written information was published: days between, and the share within the twenty working days
//! of Art. 26 (2019; Art. 18 of 2007), counted with the calendar of working days.

use std::collections::HashMap;

use jiff::civil::Date;
use rules::{
    calendar::Calendar,
    deadline::{PublicationKind, publication_limit},
};
use serde::Serialize;

use super::Count;

/// How soon after writing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Delay {
    /// Records with a date of writing to which a limit applies.
    pub dated: i64,
    /// Records without one: they are not judged.
    pub undated: i64,
    /// Of the dated, published within the limit.
    pub on_time: i64,
    /// Of the dated, later.
    pub late: i64,
    /// Half of the dated were published within so many days; none without dated ones.
    pub median_days: Option<i64>,
    /// The dated by working days taken.
    pub by_working_days: Vec<Count>,
}

/// The limits of the groups in working days, the last group beyond them.
const GROUPS: [(&str, &str, u32); 4] = [
    ("0", "当天", 0),
    ("1-5", "1—5个工作日", 5),
    ("6-10", "6—10个工作日", 10),
    ("11-20", "11—20个工作日", 20),
];

/// The last days of the groups for one day of writing, and the legal limit.
struct Limits {
    groups: [Date; 4],
    due_on: Date,
}

impl Limits {
    fn of(calendar: &Calendar, written_on: Date) -> Option<Limits> {
        let limit = publication_limit(PublicationKind::General, written_on)?;
        let after = |days: u32| calendar.add_working_days(written_on, days).ok();
        let [a, b, c, d] = GROUPS.map(|(_, _, days)| after(days));
        Some(Limits { groups: [a?, b?, c?, d?], due_on: after(limit.working_days)? })
    }
}

/// Counts pairs of the day of writing and the day of publication.
pub fn count(calendar: &Calendar, pairs: &[(Option<String>, String, i64)]) -> Delay {
    let mut limits: HashMap<Date, Option<Limits>> = HashMap::new();
    let mut delay =
        Delay { dated: 0, undated: 0, on_time: 0, late: 0, median_days: None, by_working_days: Vec::new() };
    let mut groups = [0_i64; 5];
    let mut days: Vec<(i64, i64)> = Vec::new();
    for (written_on, listed_on, n) in pairs {
        let dates = written_on
            .as_deref()
            .and_then(|text| text.parse::<Date>().ok())
            .zip(listed_on.parse::<Date>().ok());
        let limited = dates.and_then(|(written, listed)| {
            let limits = limits.entry(written).or_insert_with(|| Limits::of(calendar, written)).as_ref()?;
            Some((limits, written, listed))
        });
        let Some((limits, written, listed)) = limited else {
            delay.undated += n;
            continue;
        };
        delay.dated += n;
        if listed <= limits.due_on {
            delay.on_time += n
        } else {
            delay.late += n
        }
        groups[limits.groups.iter().position(|last| listed <= *last).unwrap_or(4)] += n;
        days.push((i64::from((listed - written).get_days()).max(0), *n));
    }
    delay.median_days = median(days);
    let names = GROUPS.iter().map(|(code, name, _)| (*code, *name)).chain([("21-", "超过20个工作日")]);
    delay.by_working_days = names
        .zip(groups)
        .map(|((code, name), count)| Count { code: code.to_owned(), name: name.to_owned(), count })
        .collect();
    delay
}

/// What was published in a month of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthDelay {
    /// 1 to 12.
    pub month: u8,
    /// Published in it.
    pub published: i64,
    /// Of these not late: within the limit, or without a date to count from.
    pub on_time: i64,
}

/// Counts the same pairs of one year by month, up to `last`.
pub fn by_month(calendar: &Calendar, pairs: &[(Option<String>, String, i64)], last: i8) -> Vec<MonthDelay> {
    let mut due: HashMap<Date, Option<Date>> = HashMap::new();
    let mut months: Vec<MonthDelay> = (1..=last.unsigned_abs().min(12))
        .map(|month| MonthDelay { month, published: 0, on_time: 0 })
        .collect();
    for (written_on, listed_on, n) in pairs {
        let Ok(listed) = listed_on.parse::<Date>() else { continue };
        let written = written_on.as_deref().and_then(|text| text.parse::<Date>().ok());
        let due_on = written.and_then(|written| {
            *due.entry(written).or_insert_with(|| {
                let limit = publication_limit(PublicationKind::General, written)?;
                calendar.add_working_days(written, limit.working_days).ok()
            })
        });
        let place = usize::from(listed.month().unsigned_abs()) - 1;
        let Some(month) = months.get_mut(place) else { continue };
        month.published += n;
        month.on_time += if due_on.is_none_or(|due_on| listed <= due_on) { *n } else { 0 };
    }
    months
}

fn median(mut days: Vec<(i64, i64)>) -> Option<i64> {
    days.sort_unstable();
    let half = (days.iter().map(|(_, n)| n).sum::<i64>() + 1) / 2;
    let mut seen = 0;
    days.into_iter().find_map(|(days, n)| {
        seen += n;
        (seen >= half).then_some(days)
    })
}

impl Delay {
    /// Tenths of a per cent on time, rounded down: 99.96 % is not all. None without dated records.
    pub fn on_time_permille(&self) -> Option<i64> {
        (self.on_time * 1000).checked_div(self.dated)
    }

    /// The share as written: `98.5%`.
    pub fn on_time_text(&self) -> Option<String> {
        let permille = self.on_time_permille()?;
        let rest = permille % 10;
        Some(if rest == 0 { format!("{}%", permille / 10) } else { format!("{}.{rest}%", permille / 10) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::Reference;

    fn pair(written_on: &str, listed_on: &str, n: i64) -> (Option<String>, String, i64) {
        (Some(written_on.to_owned()).filter(|text| !text.is_empty()), listed_on.to_owned(), n)
    }

    #[test]
    fn days_are_working_days_and_what_has_no_date_is_not_judged() {
        let reference = Reference::get();
        let pairs = [
            pair("2018-03-01", "2018-03-01", 4),
            // Friday to Monday: one working day.
            pair("2018-03-02", "2018-03-05", 3),
            // The twentieth and the twenty-first working day after 1 March.
            pair("2018-03-01", "2018-03-29", 2),
            pair("2018-03-01", "2018-03-30", 1),
            pair("", "2018-03-30", 5),
            // Before the first Regulations no limit applied.
            pair("2007-01-05", "2018-03-30", 6),
        ];
        let delay = count(&reference.calendar, &pairs);
        assert_eq!((delay.dated, delay.undated, delay.on_time, delay.late), (10, 11, 9, 1));
        let groups: Vec<i64> = delay.by_working_days.iter().map(|group| group.count).collect();
        assert_eq!(groups, [4, 3, 0, 2, 1]);
        assert_eq!(delay.median_days, Some(3));
        assert_eq!(delay.on_time_text().as_deref(), Some("90%"));
    }

    #[test]
    fn months_count_what_was_late_and_nothing_after_the_last() {
        let calendar = &Reference::get().calendar;
        let pairs = [
            pair("2018-01-02", "2018-01-05", 3),
            pair("2018-01-02", "2018-03-05", 2),
            pair("", "2018-03-06", 1),
            pair("2018-04-02", "2018-04-02", 9),
        ];
        let months: Vec<(i64, i64)> =
            by_month(calendar, &pairs, 3).iter().map(|month| (month.published, month.on_time)).collect();
        assert_eq!(months, [(3, 3), (0, 0), (3, 1)]);
    }

    #[test]
    fn nothing_has_no_share_and_nearly_all_is_not_all() {
        let reference = Reference::get();
        assert_eq!(count(&reference.calendar, &[]).on_time_text(), None);
        let nearly = [pair("2018-03-01", "2018-03-01", 99_999), pair("2018-03-01", "2018-12-30", 1)];
        assert_eq!(count(&reference.calendar, &nearly).on_time_text().as_deref(), Some("99.9%"));
    }
}
