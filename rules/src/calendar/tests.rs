//! The tables of dates that every count of working days must give; it does not test deadlines.

use super::*;
use jiff::civil::date;

/// The calendar of the repository's own reference data, read without any parser but `lines`.
pub(crate) fn national() -> Calendar {
    let text = include_str!("../../../reference/calendar/holidays.toml");
    let mut notices: Vec<HolidayNotice> = Vec::new();
    for line in text.lines() {
        if let Some(year) = line.strip_prefix("year = ") {
            let year = year.parse().unwrap();
            notices.push(HolidayNotice { year, source: String::new(), entries: Vec::new() });
        } else if line.trim_start().starts_with("{ date") {
            let quoted: Vec<&str> = line.split('"').collect();
            notices.last_mut().unwrap().entries.push(CalendarEntry {
                date: quoted[1].parse().unwrap(),
                off_day: line.contains("off_day = true"),
                name: quoted[3].to_owned(),
            });
        }
    }
    Calendar::from_notices(notices).unwrap()
}

const VECTORS: [(&str, [&str; 5]); 15] = [
    ("2018-02-09", ["2018-02-13", "2018-02-24", "2018-03-07", "2018-03-14", "2018-04-12"]),
    ("2018-12-28", ["2019-01-03", "2019-01-09", "2019-01-21", "2019-01-28", "2019-02-28"]),
    ("2019-01-25", ["2019-01-30", "2019-02-03", "2019-02-20", "2019-02-27", "2019-03-27"]),
    ("2019-04-26", ["2019-04-30", "2019-05-08", "2019-05-20", "2019-05-27", "2019-06-25"]),
    ("2020-01-20", ["2020-01-23", "2020-02-06", "2020-02-18", "2020-02-25", "2020-03-24"]),
    ("2020-09-25", ["2020-09-29", "2020-10-12", "2020-10-22", "2020-10-29", "2020-11-26"]),
    ("2021-02-05", ["2021-02-09", "2021-02-20", "2021-03-03", "2021-03-10", "2021-04-08"]),
    ("2022-01-28", ["2022-02-07", "2022-02-11", "2022-02-23", "2022-03-02", "2022-03-30"]),
    ("2023-01-16", ["2023-01-19", "2023-01-30", "2023-02-09", "2023-02-16", "2023-03-16"]),
    ("2023-12-29", ["2024-01-04", "2024-01-10", "2024-01-22", "2024-01-29", "2024-02-29"]),
    ("2024-09-10", ["2024-09-13", "2024-09-20", "2024-10-08", "2024-10-14", "2024-11-11"]),
    ("2025-01-24", ["2025-02-05", "2025-02-10", "2025-02-20", "2025-02-27", "2025-03-27"]),
    ("2025-09-25", ["2025-09-29", "2025-10-11", "2025-10-22", "2025-10-29", "2025-11-26"]),
    ("2026-02-10", ["2026-02-13", "2026-02-26", "2026-03-09", "2026-03-16", "2026-04-14"]),
    ("2026-09-18", ["2026-09-22", "2026-09-29", "2026-10-15", "2026-10-22", "2026-11-19"]),
];

#[test]
fn every_vector_of_the_table_is_met() {
    let calendar = national();
    for (start, expected) in VECTORS {
        for (n, due) in [3, 7, 15, 20, 40].into_iter().zip(expected) {
            let start: Date = start.parse().unwrap();
            let computed = calendar.add_working_days(start, n).unwrap();
            assert_eq!(computed.to_string(), due, "{start} + {n}");
            assert_eq!(calendar.working_days_between(start, computed), n, "{start} .. {due}");
        }
    }
}

#[test]
fn each_year_has_its_known_number_of_working_days() {
    let calendar = national();
    let expected =
        [249, 251, 250, 250, 250, 249, 250, 250, 249, 250, 249, 250, 250, 249, 250, 249, 249, 251, 248, 248];
    for (year, n) in (2007..).zip(expected) {
        let new_years_eve = date(year - 1, 12, 31);
        assert_eq!(calendar.working_days_between(new_years_eve, date(year, 12, 31)), n, "{year}");
    }
}

#[test]
fn late_december_is_found_in_the_notice_of_the_following_year() {
    let calendar = national();
    assert_eq!(calendar.kind_of(date(2006, 12, 30)), DayKind::MakeUp("元旦"));
    assert!(!calendar.noticed_years().any(|year| year == 2006));
}

#[test]
fn a_year_without_notice_counts_weekends_only_and_is_provisional() {
    let calendar = national();
    assert!(!calendar.is_provisional(date(2026, 12, 31)));
    assert!(calendar.is_provisional(date(2031, 10, 1)));
    assert!(calendar.is_working_day(date(2031, 10, 1)), "no holiday is guessed");
    assert!(!calendar.is_working_day(date(2031, 10, 4)), "a Saturday");
}

#[test]
fn a_weekday_listed_as_working_is_no_make_up_day() {
    assert_eq!(national().kind_of(date(2020, 2, 3)), DayKind::Working);
}

#[test]
fn contradicting_notices_are_refused_and_a_local_order_goes_first() {
    let entry = |off_day| CalendarEntry { date: date(2020, 2, 1), off_day, name: "春节".to_owned() };
    let notice = |off_day| HolidayNotice { year: 2020, source: String::new(), entries: vec![entry(off_day)] };
    let refused = Calendar::from_notices([notice(true), notice(false)]).unwrap_err();
    assert_eq!(refused, CalendarError::Contradiction { date: date(2020, 2, 1) });
    let local = Calendar::from_notices([notice(true)]).unwrap().with_local_order(entry(false), "令");
    assert!(local.is_working_day(date(2020, 2, 1)));
    assert_eq!(local.source_of(date(2020, 2, 1)), Some("令"));
}

#[test]
fn a_count_past_the_end_of_the_calendar_is_an_error_and_not_a_panic() {
    let last = Date::MAX;
    assert_eq!(national().add_working_days(last, 1), Err(CalendarError::OutOfRange { start: last }));
    assert_eq!(national().working_days_between(last, last), 0);
}
