//! The calendar of the desk (日历): a month with its working days and days off, and on each day what is due: steps that
//! wait for me, texts that must be public, columns that need something new, editions that go live by themselves.

use std::collections::{BTreeMap, HashMap};

use askama::Template;
use axum::{extract::Query, response::Response};
use jiff::{
    Span,
    civil::{Date, date},
};
use rules::{
    calendar::{Calendar, DayKind},
    permission::Act,
};

use super::{
    columns,
    home::{self, drafts},
    officer::Officer,
    page::Layout,
};
use crate::{cx::civil_of, error::Result, portal::page::Day};

#[derive(Template)]
#[template(path = "desk/calendar/calendar.html")]
struct CalendarPage {
    layout: Layout,
    title: String,
    before: String,
    after: String,
    weeks: Vec<Vec<DayCell>>,
    coming: Vec<(Day, Vec<Entry>)>,
    n_working_days: usize,
    is_provisional: bool,
}

/// A day of the month's sheet.
struct DayCell {
    day: Day,
    number: i8,
    in_month: bool,
    is_today: bool,
    counts: bool,
    name: String,
    entries: Vec<Entry>,
}

/// Something that is due on a day.
#[derive(Clone)]
struct Entry {
    kind: String,
    text: String,
    href: String,
}

/// `/desk/calendar?month=2026-03`.
pub async fn show(officer: Officer, Query(query): Query<HashMap<String, String>>) -> Response {
    let today = civil_of(officer.cx().at);
    let first = query.get("month").and_then(|month| format!("{month}-01").parse().ok());
    let first: Date = first.unwrap_or(today.first_of_month());
    // The sheet stays where dates can be reckoned with.
    let first = first.clamp(date(2000, 1, 1), date(2100, 12, 1));
    let made = page(&officer, first, today).await;
    officer.answer(made)
}

async fn page(officer: &Officer, first: Date, today: Date) -> Result<Response> {
    let entries = entries(officer).await?;
    let cx = officer.cx();
    let calendar = cx.calendar();
    let weeks = weeks(calendar, first, today, &entries);
    let month = |date: Date| format!("{:04}-{:02}", date.year(), date.month());
    let days = weeks.iter().flatten().filter(|cell| cell.in_month);
    let (n_working_days, last) = (days.filter(|cell| cell.counts).count(), first.last_of_month());
    // Every day of the sheet, so that no number leads nowhere.
    let shown = |cell: Option<&DayCell>| cell.map_or(first, |cell| cell.day.0);
    let from = shown(weeks.first().and_then(|week| week.first()));
    let to = shown(weeks.last().and_then(|week| week.last()));
    let coming = entries.range(from..=to).map(|(date, list)| (Day(*date), list.clone())).collect();
    officer.page(&CalendarPage {
        layout: officer.layout("日历").under(&[("首页", "/desk")]),
        title: format!("{}年{}月", first.year(), first.month()),
        before: month(first.saturating_sub(Span::new().days(1))),
        after: month(last.saturating_add(Span::new().days(1))),
        coming,
        n_working_days,
        is_provisional: calendar.is_provisional(first) || calendar.is_provisional(last),
        weeks,
    })
}

/// What is due, by day.
async fn entries(officer: &Officer) -> Result<BTreeMap<Date, Vec<Entry>>> {
    let mut entries: BTreeMap<Date, Vec<Entry>> = BTreeMap::new();
    let mut add = |day: Date, kind: &str, text: String, href: String| {
        entries.entry(day).or_default().push(Entry { kind: kind.to_owned(), text, href });
    };
    for line in home::waiting(officer).await? {
        add(line.due.on.0, &line.work, line.title, line.href);
    }
    if officer.may(Act::ReadDrafts, None) {
        for line in drafts::of(officer, officer.organs(Act::ReadDrafts)).await? {
            let href = format!("/desk/documents/{}", line.document_id);
            if let Some(due) = line.due {
                add(due.on.0, "公开期限", line.title.clone(), href.clone());
            }
            let hour = line.publish_at.as_deref().and_then(|at| at.get(..10)?.parse().ok());
            if let Some(day) = hour {
                add(day, "定时发布", line.title, href);
            }
        }
    }
    let seen = columns::reach(officer);
    if seen.as_ref().is_none_or(|organs| !organs.is_empty()) {
        for line in officer.read(move |tx, cx| columns::lines(tx, cx, seen.as_deref())).await? {
            if let Some(due_on) = line.due_on {
                add(due_on.0, "栏目更新", line.name, format!("/columns/{}", line.code));
            }
        }
    }
    Ok(entries)
}

/// Whole weeks from Monday to Sunday that hold the month.
fn weeks(
    calendar: &Calendar,
    first: Date,
    today: Date,
    entries: &BTreeMap<Date, Vec<Entry>>,
) -> Vec<Vec<DayCell>> {
    let back = i64::from(first.weekday().to_monday_zero_offset());
    let mut day = first.saturating_sub(Span::new().days(back));
    let mut weeks = Vec::new();
    while day <= first.last_of_month() {
        let week = (0..7).map(|at| {
            let date = day.saturating_add(Span::new().days(at));
            cell(calendar, date, first, today, entries.get(&date).cloned().unwrap_or_default())
        });
        weeks.push(week.collect());
        day = day.saturating_add(Span::new().days(7));
    }
    weeks
}

fn cell(calendar: &Calendar, date: Date, first: Date, today: Date, entries: Vec<Entry>) -> DayCell {
    let kind = calendar.kind_of(date);
    let name = match kind {
        DayKind::MakeUp(name) => format!("{name}调休上班"),
        DayKind::Holiday(name) => name.to_owned(),
        DayKind::Working | DayKind::Weekend => String::new(),
    };
    DayCell {
        day: Day(date),
        number: date.day(),
        in_month: date.first_of_month() == first,
        is_today: date == today,
        counts: kind.counts(),
        name,
        entries,
    }
}
