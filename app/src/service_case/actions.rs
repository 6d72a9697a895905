//! Every change of cases: entering one or tens of thousands, changing one, closing it, taking out what was entered by mistake.

use std::collections::HashSet;

use kit_db::Tx;

use super::{Case, FIELDS, HANDLINGS, NewCase, ROUTES, queries};
use crate::{
    audit::{self, Act},
    cx::Cx,
    error::{Error, Refusal, Result},
    register::{self, Kind},
    service_item,
};

/// What a case cannot be: the field and a sentence.
pub fn check(case: &NewCase) -> Result<(), (&'static str, String)> {
    let fault = |field, sentence: &str| Err((field, sentence.to_owned()));
    if case.number.is_empty() {
        return fault("number", "请填写办件编号");
    }
    for field in FIELDS {
        let n_chars = case.value(field.name).chars().count();
        if let Kind::Text(most) = field.kind
            && field.name != "item"
            && n_chars > most
        {
            return fault(field.name, &format!("{}有{n_chars}字，最多{most}字，请缩短", field.head));
        }
    }
    if !ROUTES.iter().any(|(code, _)| *code == case.route) {
        return fault("route", "请选择办件渠道");
    }
    if !HANDLINGS.iter().any(|(code, _)| *code == case.handling) {
        return fault("handling", "请选择处理方式");
    }
    if case.closed_on.as_ref().is_some_and(|closed| *closed < case.accepted_on) {
        return fault("closed_on", "办结日期早于受理或推送日期，请核对");
    }
    Ok(())
}

fn refuse((_, sentence): (&'static str, String)) -> Error {
    Refusal::Invalid(sentence).into()
}

fn taken(number: &str) -> Error {
    Refusal::Invalid(format!("办件编号“{number}”已在使用，请核对")).into()
}

/// Enters a case.
///
/// # Errors
/// Refused when it cannot be so, or its number is taken.
pub fn add(tx: &mut Tx<'_>, cx: &Cx, case: &NewCase) -> Result<String> {
    check(case).map_err(refuse)?;
    let id = cx.new_id();
    if queries::insert(tx, cx, &id, case)? == 0 {
        return Err(taken(&case.number));
    }
    record(tx, cx, "service_case.add", &id, &case.number)?;
    Ok(id)
}

/// Enters many cases, with one row of the log.
///
/// # Errors
/// As [`add`], naming the first that is refused: none is entered then.
pub fn add_many(tx: &mut Tx<'_>, cx: &Cx, cases: &[NewCase]) -> Result<usize> {
    let mut numbers = HashSet::with_capacity(cases.len());
    for case in cases {
        check(case).map_err(refuse)?;
        if !numbers.insert(case.number.as_str()) {
            return Err(taken(&case.number));
        }
    }
    for part in cases.chunks(queries::AT_ONCE) {
        let part: Vec<(String, &NewCase)> = part.iter().map(|case| (cx.new_id(), case)).collect();
        if insert(tx, cx, &part)? < part.len() as u64 {
            return Err(taken(&first_taken(tx, cx, &part)?));
        }
    }
    if !cases.is_empty() {
        record(tx, cx, "service_case.add_many", &cx.site_id.0, &format!("新增{}件", cases.len()))?;
    }
    Ok(cases.len())
}

fn insert(tx: &mut Tx<'_>, cx: &Cx, part: &[(String, &NewCase)]) -> Result<u64> {
    if part.len() == queries::AT_ONCE {
        return Ok(queries::insert_twenty(tx, cx, part)?);
    }
    let mut inserted = 0;
    for (id, case) in part {
        inserted += queries::insert(tx, cx, id, case)?;
    }
    Ok(inserted)
}

/// The number of a part that another case had before.
fn first_taken(tx: &mut Tx<'_>, cx: &Cx, part: &[(String, &NewCase)]) -> Result<String> {
    let numbers: Vec<&str> = part.iter().map(|(_, case)| case.number.as_str()).collect();
    let known = queries::by_numbers(tx, &cx.site_id, &numbers)?;
    let is_other =
        |(id, case): &&(String, &NewCase)| known.get(&case.number).is_some_and(|known| known.id != *id);
    Ok(part.iter().find(is_other).map(|(_, case)| case.number.clone()).unwrap_or_default())
}

/// Changes a case; `version` is the one that was shown.
///
/// # Errors
/// Not found when there is none, conflict when somebody was faster, else as [`add`].
pub fn change(tx: &mut Tx<'_>, cx: &Cx, id: &str, case: &NewCase, version: i64) -> Result<()> {
    let before = find(tx, cx, id)?;
    check(case).map_err(refuse)?;
    if before.case.number != case.number
        && !queries::by_numbers(tx, &cx.site_id, &[case.number.as_str()])?.is_empty()
    {
        return Err(taken(&case.number));
    }
    if queries::update(tx, &cx.site_id, id, case, version)? == 0 {
        return Err(Error::Conflict);
    }
    let (old, new) = (said(tx, cx, &before.case)?, said(tx, cx, case)?);
    let changed = register::difference((tx, cx), FIELDS, old, new)?;
    record(tx, cx, "service_case.change", id, &format!("{} {changed}", case.number))
}

/// Closes a case on a day; without a result the one that was entered stays. `version` is the one that was shown.
///
/// # Errors
/// Not found when there is none; refused when it is closed or the day is before it was accepted; conflict when somebody was
/// faster.
pub fn close(tx: &mut Tx<'_>, cx: &Cx, id: &str, (on, result): (&str, &str), version: i64) -> Result<()> {
    let before = find(tx, cx, id)?;
    if before.case.closed_on.is_some() {
        return Err(Refusal::Invalid("这一办件已经办结".to_owned()).into());
    }
    let result = if result.trim().is_empty() { &before.case.result } else { result.trim() };
    let closed = NewCase { closed_on: Some(on.to_owned()), result: result.to_owned(), ..before.case.clone() };
    check(&closed).map_err(refuse)?;
    if queries::update(tx, &cx.site_id, id, &closed, version)? == 0 {
        return Err(Error::Conflict);
    }
    let (old, new) = (said(tx, cx, &before.case)?, said(tx, cx, &closed)?);
    let changed = register::difference((tx, cx), FIELDS, old, new)?;
    record(tx, cx, "service_case.close", id, &format!("{} {changed}", closed.number))
}

/// Takes out a case that was entered by mistake; the log keeps what it said, and why it went.
///
/// # Errors
/// Not found when there is none, conflict when somebody was faster, refused without a reason.
pub fn remove(tx: &mut Tx<'_>, cx: &Cx, id: &str, (version, reason): (i64, &str)) -> Result<()> {
    let before = find(tx, cx, id)?;
    if queries::delete(tx, &cx.site_id, id, version)? != 1 {
        return Err(Error::Conflict);
    }
    let told = register::told(FIELDS, said(tx, cx, &before.case)?);
    record(tx, cx, "service_case.remove", id, &register::removal(reason, &told)?)
}

/// What is kept of each field, as the log tells it: of the item its code.
fn said(tx: &mut Tx<'_>, cx: &Cx, case: &NewCase) -> Result<impl Fn(&'static str) -> String + use<>> {
    let item = match &case.item_id {
        Some(id) => service_item::queries::code_of(tx, &cx.site_id, id)?.unwrap_or_default(),
        None => String::new(),
    };
    let case = case.clone();
    Ok(move |field: &'static str| if field == "item" { item.clone() } else { case.value(field) })
}

fn find(tx: &mut Tx<'_>, cx: &Cx, id: &str) -> Result<Case> {
    queries::by_id(tx, &cx.site_id, id)?.ok_or(Error::NotFound)
}

fn record(tx: &mut Tx<'_>, cx: &Cx, action: &'static str, id: &str, detail: &str) -> Result<()> {
    audit::actions::record(tx, cx, Act { action, object_kind: "service_case", object_id: id, detail })
}
