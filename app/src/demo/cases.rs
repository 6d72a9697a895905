//! Cases (办件) of a demonstration site. The data say how many there were of a service item in each month of a year by a route; every
//! single one becomes a row with a number of its own and its days, always the same ones.

use anyhow::anyhow;
use jiff::civil::{Date, date};
use kit_db::Tx;

use crate::{
    cx::{Cx, civil_of},
    error::Result,
    service_case::{self, NewCase},
    service_item,
};

/// Cells before those of the months: year, code of the item, route, handling.
const BEFORE_MONTHS: usize = 4;
/// Cases entered between two looks at the progress.
const AT_ONCE: usize = 2_000;

/// A service item, as far as its cases need it.
struct Item {
    /// A case of it, without number and days.
    case: NewCase,
    promised_days: u32,
}

/// Enters the cases of a table whose first line are the heads. Tells `done` how many lines are behind.
///
/// # Errors
/// Unexpected, when a line does not fit; it is named.
pub(super) fn enter(tx: &mut Tx<'_>, cx: &Cx, lines: &[Vec<String>], done: &dyn Fn(usize)) -> Result<()> {
    let mut cases = Vec::new();
    for (at, line) in lines.iter().enumerate().skip(1) {
        let named = |error: anyhow::Error| error.context(format!("service_cases.csv 第{}行", at + 1));
        let item = item(tx, cx, line)?;
        expand(cx, line, &item, &mut cases).map_err(named)?;
    }
    // As the counter of an office gives numbers: one after the other, in the order of the days.
    cases.sort_by(|one: &NewCase, other| {
        (&one.accepted_on, &one.item_id, &one.route).cmp(&(&other.accepted_on, &other.item_id, &other.route))
    });
    number(&mut cases);
    for (at, part) in cases.chunks(AT_ONCE).enumerate() {
        service_case::actions::add_many(tx, cx, part)?;
        done(lines.len() * (at * AT_ONCE + part.len()) / cases.len().max(1));
    }
    Ok(())
}

fn item(tx: &mut Tx<'_>, cx: &Cx, line: &[String]) -> Result<Item> {
    let [_, code, route, handling, ..] = line else { return Err(anyhow!("少于{BEFORE_MONTHS}列").into()) };
    let known = service_item::queries::by_code(tx, &cx.site_id, code)?;
    let known = known.ok_or_else(|| anyhow!("没有事项 {code}"))?;
    let promised_days = known.item.promised_days.and_then(|days| u32::try_from(days).ok()).unwrap_or(1);
    let case = NewCase {
        number: String::new(),
        item_id: Some(known.id),
        organ_id: known.item.organ_id,
        route: route.clone(),
        handling: handling.clone(),
        accepted_on: String::new(),
        closed_on: None,
        result: String::new(),
    };
    Ok(Item { case, promised_days })
}

/// Adds every case of a line.
fn expand(cx: &Cx, line: &[String], item: &Item, cases: &mut Vec<NewCase>) -> anyhow::Result<()> {
    let year: i16 = line[0].parse()?;
    let months = &line[BEFORE_MONTHS..];
    anyhow::ensure!(months.len() == 12, "应有十二个月");
    let seed = line[1].bytes().map(usize::from).sum::<usize>() + line[2].len();
    for (month, cell) in (1..).zip(months) {
        let n_cases: usize = cell.parse()?;
        let days = if n_cases > 0 { working_days(cx, year, month) } else { Vec::new() };
        anyhow::ensure!(n_cases == 0 || !days.is_empty(), "{year}年{month}月还没有工作日");
        for nth in 0..n_cases {
            let at = (nth * 7 + seed * 5 + usize::from(month.unsigned_abs())) % days.len();
            cases.push(case(cx, item, days[at], nth + seed)?);
        }
    }
    Ok(())
}

/// The working days of a month, up to today.
fn working_days(cx: &Cx, year: i16, month: i8) -> Vec<Date> {
    let (first, today) = (date(year, month, 1), civil_of(cx.at));
    let month = first.series(jiff::Span::new().days(1)).take_while(|day| day.month() == first.month());
    month.filter(|day| *day <= today && cx.calendar().is_working_day(*day)).collect()
}

/// A case of a day: most end sooner than was promised, what has not ended by today is open.
fn case(cx: &Cx, item: &Item, accepted_on: Date, nth: usize) -> anyhow::Result<NewCase> {
    let is_pushed = item.case.handling == "pushed";
    let wait = if is_pushed { 0 } else { nth as u32 % (item.promised_days + 1) };
    let closed_on = cx.calendar().add_working_days(accepted_on, wait)?;
    let is_closed = closed_on <= civil_of(cx.at);
    let result = match (is_closed, is_pushed) {
        (false, _) => "",
        (true, true) => "已推送",
        (true, false) if nth.is_multiple_of(67) => "不予许可或者退回",
        (true, false) => "办结",
    };
    Ok(NewCase {
        accepted_on: accepted_on.to_string(),
        closed_on: is_closed.then(|| closed_on.to_string()),
        result: result.to_owned(),
        ..item.case.clone()
    })
}

fn number(cases: &mut [NewCase]) {
    let (mut year, mut serial) = (String::new(), 0);
    for case in cases {
        if !case.accepted_on.starts_with(&year) || year.is_empty() {
            year = case.accepted_on[..4].to_owned();
            serial = 0;
        }
        serial += 1;
        case.number = format!("BJ{year}{serial:06}");
    }
}
