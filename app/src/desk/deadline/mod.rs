//! A clock that can be read: the ledger behind the day by which information must be public (Art. 26), day by day.
//! `/desk/deadlines/publication?formed_on=2026-03-02&type=…`.

use std::collections::HashMap;

use askama::Template;
use axum::{extract::Query, response::Response};
use jiff::civil::Date;
use rules::{
    calendar::Calendar,
    deadline::{DayReason, Ledger, PublicationKind, publication_ledger},
};

use super::{officer::Officer, page::Layout};
use crate::{
    cx::Cx,
    error::{Refusal, Result},
    portal::page::Day,
    reference::Reference,
};

#[derive(Template)]
#[template(path = "desk/deadline/ledger.html")]
struct LedgerPage {
    layout: Layout,
    kind: String,
    formed_on: Day,
    due_on: Day,
    ledger: Ledger,
    lines: Vec<LedgerLine>,
}

struct LedgerLine {
    day: Day,
    weekday: &'static str,
    number: Option<u32>,
    reason: String,
    source: String,
}

/// The ledger page.
pub async fn publication(officer: Officer, Query(query): Query<HashMap<String, String>>) -> Response {
    let made = page(&officer, &query);
    officer.answer(made)
}

fn page(officer: &Officer, query: &HashMap<String, String>) -> Result<Response> {
    let formed_on = query.get("formed_on").and_then(|day| day.parse::<Date>().ok());
    let formed_on = formed_on.ok_or_else(|| Refusal::Invalid("地址中缺少形成日期".to_owned()))?;
    let reference = officer.visit.app.reference;
    let code = query.get("type").map_or("", String::as_str);
    let cx = officer.cx();
    let ledger = publication_ledger(cx.calendar(), publication_kind(reference, code), formed_on);
    let ledger = ledger.ok().flatten().ok_or_else(|| {
        Refusal::Invalid("这个日期早于2008年5月1日，当时还没有公开期限的规定，或者超出了日历".to_owned())
    })?;
    let lines = ledger.days.iter().map(line).collect();
    let kind = reference.content_type(code).map_or_else(|| "一般信息".to_owned(), |kind| kind.name.clone());
    let layout = officer.layout("公开期限").under(&[("首页", "/desk")]);
    officer.page(&LedgerPage {
        layout,
        kind,
        formed_on: Day(formed_on),
        due_on: Day(ledger.due_on),
        ledger,
        lines,
    })
}

/// Under which limit a content type falls; the general one where the type is unknown.
pub fn publication_kind(reference: &Reference, content_type: &str) -> PublicationKind {
    reference
        .content_type(content_type)
        .map_or(PublicationKind::General, |kind| kind.publication_limit.into())
}

/// The day by which information formed on a day must be public; none where no limit holds.
pub fn due_on(cx: &Cx, content_type: &str, formed_on: &str) -> Option<Date> {
    due_on_by(cx.calendar(), cx.reference, content_type, formed_on)
}

/// The same, counted by a certain calendar.
pub fn due_on_by(
    calendar: &Calendar,
    reference: &Reference,
    content_type: &str,
    formed_on: &str,
) -> Option<Date> {
    let formed_on = formed_on.parse().ok()?;
    let kind = publication_kind(reference, content_type);
    Some(publication_ledger(calendar, kind, formed_on).ok()??.due_on)
}

fn line(day: &rules::deadline::LedgerDay) -> LedgerLine {
    let reason = match &day.reason {
        DayReason::StartDay => "形成当日，不计入".to_owned(),
        DayReason::WorkingDay => "工作日".to_owned(),
        DayReason::MakeUpWorkingDay(name) => format!("{name}调休上班"),
        DayReason::Weekend => "周末".to_owned(),
        DayReason::Holiday(name) => format!("{name}放假"),
    };
    LedgerLine {
        day: Day(day.date),
        weekday: weekday(day.date),
        number: day.number,
        reason,
        source: day.source.clone().unwrap_or_default(),
    }
}

/// 周一 to 周日.
pub fn weekday(date: Date) -> &'static str {
    const NAMES: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
    let at = date.weekday().to_monday_zero_offset();
    NAMES[usize::try_from(at).unwrap_or_default() % 7]
}
