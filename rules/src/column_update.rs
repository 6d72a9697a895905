//! When a column (栏目) must have something new: its update interval, counted from the newest visible record.
//!
//! 国办秘函〔2019〕19号 fails a site for 动态 columns without anything new for two weeks, 通知公告 and 政策文件 columns for six
//! months, and for empty columns; the interval itself is a setting of the column. A warning comes a sixth of the interval
//! before, four days at least, which gives the ten days and five months that supervisors warn at.

use jiff::{Span, civil::Date};

/// How a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Past its day.
    Overdue {
        /// Days since the day on which something new was due.
        days: i32,
    },
    /// Nothing visible in it (空白栏目).
    Empty,
    /// Its day is near.
    DueSoon {
        /// Days that are left.
        days: i32,
    },
    /// There is time.
    Fresh {
        /// Days that are left.
        days: i32,
    },
    /// It needs nothing new.
    NoInterval,
}

/// A column's next day and how it stands today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Update {
    /// The last day on which something new is in time; none for an empty column and one without an interval.
    pub due_on: Option<Date>,
    /// How it stands.
    pub standing: Standing,
}

/// How a column stands on `today`, given the day of its newest visible record and its interval in days.
pub fn update(newest_on: Option<Date>, interval_days: Option<u32>, today: Date) -> Update {
    let Some(newest_on) = newest_on else {
        return Update { due_on: None, standing: Standing::Empty };
    };
    let Some(interval) = interval_days.filter(|days| *days > 0) else {
        return Update { due_on: None, standing: Standing::NoInterval };
    };
    let due_on = newest_on.saturating_add(Span::new().days(i64::from(interval)));
    let left = today.until(due_on).map_or(0, |span| span.get_days());
    let warn_at = i32::try_from(interval / 6).unwrap_or(i32::MAX).max(4);
    let standing = match left {
        left if left < 0 => Standing::Overdue { days: -left },
        left if left <= warn_at => Standing::DueSoon { days: left },
        left => Standing::Fresh { days: left },
    };
    Update { due_on: Some(due_on), standing }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_column_is_told_from_its_newest_record_and_its_interval() {
        let today = date(2026, 3, 20);
        for (newest, interval, due, standing) in [
            (Some(date(2026, 3, 20)), Some(14), Some(date(2026, 4, 3)), Standing::Fresh { days: 14 }),
            (Some(date(2026, 3, 11)), Some(14), Some(date(2026, 3, 25)), Standing::Fresh { days: 5 }),
            // Ten days without anything new: the warning of domain 5.4.
            (Some(date(2026, 3, 10)), Some(14), Some(date(2026, 3, 24)), Standing::DueSoon { days: 4 }),
            (Some(date(2026, 3, 6)), Some(14), Some(date(2026, 3, 20)), Standing::DueSoon { days: 0 }),
            (Some(date(2026, 3, 5)), Some(14), Some(date(2026, 3, 19)), Standing::Overdue { days: 1 }),
            (Some(date(2025, 10, 21)), Some(180), Some(date(2026, 4, 19)), Standing::DueSoon { days: 30 }),
            (Some(date(2025, 10, 22)), Some(180), Some(date(2026, 4, 20)), Standing::Fresh { days: 31 }),
            (Some(date(2020, 1, 1)), None, None, Standing::NoInterval),
            (Some(date(2020, 1, 1)), Some(0), None, Standing::NoInterval),
            (None, Some(14), None, Standing::Empty),
            (None, None, None, Standing::Empty),
        ] {
            assert_eq!(
                update(newest, interval, today),
                Update { due_on: due, standing },
                "{newest:?} {interval:?}"
            );
        }
    }

    #[test]
    fn what_is_worst_comes_first() {
        let mut standings = [
            Standing::NoInterval,
            Standing::Fresh { days: 9 },
            Standing::DueSoon { days: 2 },
            Standing::Empty,
            Standing::Overdue { days: 3 },
        ];
        standings.sort();
        assert!(
            matches!(standings[0], Standing::Overdue { .. }) && matches!(standings[4], Standing::NoInterval)
        );
    }
}
