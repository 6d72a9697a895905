//! Documents in all their states, and the days between them; no repeal links are tested here.

use super::*;
use jiff::civil::date;

const TODAY: Date = date(2018, 6, 1);

fn declared(validity: Validity, date: Option<Date>) -> ValidityFacts {
    let declared = Some(PrintedValidity { validity, date });
    ValidityFacts { declared, ..ValidityFacts::default() }
}

#[test]
fn dates_give_the_state_on_every_side_of_them() {
    let facts = ValidityFacts {
        in_force_on: Some(date(2018, 1, 1)),
        expires_on: Some(date(2022, 12, 31)),
        amended_on: Some(date(2019, 7, 1)),
        repealed_on: Some(date(2024, 3, 1)),
        declared: None,
    };
    for (today, expected, next) in [
        (date(2017, 12, 31), Validity::NotYetInForce, Some(date(2018, 1, 1))),
        (date(2018, 1, 1), Validity::InForce, Some(date(2019, 7, 1))),
        (date(2019, 6, 30), Validity::InForce, Some(date(2019, 7, 1))),
        (date(2019, 7, 1), Validity::Amended, Some(date(2023, 1, 1))),
        (date(2022, 12, 31), Validity::Amended, Some(date(2023, 1, 1))),
        (date(2023, 1, 1), Validity::Expired, Some(date(2024, 3, 1))),
        (date(2024, 3, 1), Validity::Repealed, None),
    ] {
        assert_eq!(validity(&facts, today), expected, "{today}");
        assert_eq!(changes_on(&facts, today), next, "{today}");
    }
}

#[test]
fn the_next_change_is_the_first_day_with_another_answer() {
    let facts = ValidityFacts {
        in_force_on: Some(date(2018, 1, 1)),
        expires_on: Some(date(2019, 12, 31)),
        repealed_on: Some(date(2018, 9, 1)),
        declared: parse_printed_validity("有效"),
        ..ValidityFacts::default()
    };
    let mut day = date(2017, 12, 1);
    while day < date(2021, 1, 1) {
        let now = validity(&facts, day);
        let walked = day
            .series(1.day())
            .take_while(|later| *later < date(2022, 1, 1))
            .find(|later| validity(&facts, *later) != now);
        assert_eq!(changes_on(&facts, day), walked, "{day}");
        day = day.checked_add(17.days()).unwrap();
    }
}

#[test]
fn a_document_about_which_nothing_is_known_is_unstated() {
    assert_eq!(validity(&ValidityFacts::default(), TODAY), Validity::Unstated);
    assert_eq!(changes_on(&ValidityFacts::default(), TODAY), None);
}

#[test]
fn a_declaration_holds_until_a_date_says_otherwise() {
    assert_eq!(validity(&declared(Validity::InForce, None), TODAY), Validity::InForce);
    assert_eq!(validity(&declared(Validity::Expired, None), TODAY), Validity::Expired);
    assert_eq!(validity(&declared(Validity::Repealed, None), TODAY), Validity::Repealed);
    let mut facts = declared(Validity::InForce, None);
    facts.expires_on = Some(date(2018, 5, 31));
    assert_eq!(validity(&facts, TODAY), Validity::Expired, "dates go first");
}

#[test]
fn a_dated_declaration_works_from_its_date_on() {
    let facts = declared(Validity::Repealed, Some(date(2020, 8, 13)));
    assert_eq!(validity(&facts, date(2020, 8, 12)), Validity::InForce);
    assert_eq!(validity(&facts, date(2020, 8, 13)), Validity::Repealed);
    assert_eq!(changes_on(&facts, TODAY), Some(date(2020, 8, 13)));
    let until = declared(Validity::InForce, Some(date(2020, 8, 13)));
    assert_eq!(validity(&until, date(2020, 8, 13)), Validity::InForce);
    assert_eq!(validity(&until, date(2020, 8, 14)), Validity::Expired);
}

#[test]
fn printed_values_of_real_heads_are_read() {
    let on = |y, m, d| Some(date(y, m, d));
    for (text, expected, day) in [
        ("有效", Validity::InForce, None),
        (" 有 效 ", Validity::InForce, None),
        ("【现行有效】", Validity::InForce, None),
        ("失效", Validity::Expired, None),
        ("【已失效】", Validity::Expired, None),
        ("无效", Validity::Expired, None),
        ("废止", Validity::Repealed, None),
        ("修改", Validity::Amended, None),
        ("部分失效", Validity::Amended, None),
        ("尚未生效", Validity::NotYetInForce, None),
        ("2020-08-13废止", Validity::Repealed, on(2020, 8, 13)),
        ("2020年8月13日废止", Validity::Repealed, on(2020, 8, 13)),
        ("已于2020.8.13失效", Validity::Expired, on(2020, 8, 13)),
        ("废止（2020/8/13）", Validity::Repealed, on(2020, 8, 13)),
        ("有效期至2025-12-31", Validity::InForce, on(2025, 12, 31)),
    ] {
        let printed = parse_printed_validity(text);
        assert_eq!(printed, Some(PrintedValidity { validity: expected, date: day }), "{text}");
    }
}

#[test]
fn values_that_say_something_else_are_left_to_a_person() {
    for text in [
        "",
        "长期公开",
        "0000-00-00废止",
        "2020-13-01废止",
        "有效期至",
        "有效期至5年",
        "2019-01-01有效",
        "被松政发〔2018〕5号废止",
    ] {
        assert_eq!(parse_printed_validity(text), None, "{text}");
    }
}

#[test]
fn normative_documents_lapse_after_five_years_and_on_trial_after_two() {
    let periods = NormativePeriods::default();
    let from = date(2018, 3, 1);
    assert_eq!(periods.expires_on(from, false), Some(date(2023, 2, 28)));
    assert_eq!(periods.expires_on(from, is_on_trial("松岭区××暂行办法")), Some(date(2020, 2, 29)));
    assert!(!is_on_trial("松岭区××办法"));
    assert_eq!(evaluation_due_on(date(2023, 2, 28)), Some(date(2022, 8, 28)));
    assert_eq!(periods.expires_on(Date::MAX, false), None);
}
