//! Every change of service items: entering one or many, changing one, ending it. Nothing is deleted: what was in the catalogue in a
//! year is counted in that year.

use kit_db::Tx;

use super::{FIELDS, Item, KINDS, NewItem, queries};
use crate::{
    audit::{self, Act},
    cx::Cx,
    error::{Error, Refusal, Result},
    register,
};

/// What an item cannot be: the field and a sentence.
pub fn check(item: &NewItem) -> Result<(), (&'static str, String)> {
    let fault = |field, sentence: &str| Err((field, sentence.to_owned()));
    let is_address = |address: &str| address.starts_with("https://") || address.starts_with("http://");
    if item.code.is_empty() {
        return fault("code", "请填写事项编码");
    }
    if item.name.is_empty() {
        return fault("name", "请填写事项名称");
    }
    if !KINDS.iter().any(|(code, _)| *code == item.kind) {
        return fault("kind", "请选择事项类型");
    }
    if item.promised_days.zip(item.statutory_days).is_some_and(|(promised, statutory)| promised > statutory) {
        return fault("promised_days", "承诺时限长于法定时限，请核对");
    }
    if !item.online_address.is_empty() && !is_address(&item.online_address) {
        return fault("online_address", "网上办理地址应以https://或http://开头");
    }
    if item.ended_on.as_ref().is_some_and(|ended| *ended < item.entered_on) {
        return fault("ended_on", "退出目录日期早于列入目录日期，请核对");
    }
    Ok(())
}

fn refuse((_, sentence): (&'static str, String)) -> Error {
    Refusal::Invalid(sentence).into()
}

fn taken(code: &str) -> Error {
    Refusal::Invalid(format!("事项编码“{code}”已在使用，请换一个或更改原有事项")).into()
}

/// Enters an item.
///
/// # Errors
/// Refused when it cannot be so, or its code is taken.
pub fn add(tx: &mut Tx<'_>, cx: &Cx, item: &NewItem) -> Result<String> {
    check(item).map_err(refuse)?;
    let id = cx.new_id();
    if queries::insert(tx, cx, &id, item)? == 0 {
        return Err(taken(&item.code));
    }
    record(tx, cx, "service_item.add", &id, &format!("{} {}", item.code, item.name))?;
    Ok(id)
}

/// Enters many items, with one row of the log.
///
/// # Errors
/// As [`add`], at the first that is refused: none is entered then.
pub fn add_many(tx: &mut Tx<'_>, cx: &Cx, items: &[NewItem]) -> Result<Vec<String>> {
    let mut ids = Vec::with_capacity(items.len());
    for item in items {
        check(item).map_err(refuse)?;
        let id = cx.new_id();
        if queries::insert(tx, cx, &id, item)? == 0 {
            return Err(taken(&item.code));
        }
        ids.push(id);
    }
    if !items.is_empty() {
        record(tx, cx, "service_item.add_many", &cx.site_id.0, &format!("新增{}项", items.len()))?;
    }
    Ok(ids)
}

/// Changes an item; `version` is the one that was shown.
///
/// # Errors
/// Not found when there is none, conflict when somebody was faster, else as [`add`].
pub fn change(tx: &mut Tx<'_>, cx: &Cx, id: &str, item: &NewItem, version: i64) -> Result<()> {
    let before = find(tx, cx, id)?;
    check(item).map_err(refuse)?;
    if before.item.code != item.code && queries::by_code(tx, &cx.site_id, &item.code)?.is_some() {
        return Err(taken(&item.code));
    }
    if queries::update(tx, &cx.site_id, id, item, version)? == 0 {
        return Err(Error::Conflict);
    }
    let changed =
        register::difference((tx, cx), FIELDS, |field| before.item.value(field), |field| item.value(field))?;
    record(tx, cx, "service_item.change", id, &format!("{} {changed}", item.code))
}

/// Ends an item on a day.
///
/// # Errors
/// Not found when there is none; refused when it has ended or the day is before its first.
pub fn end(tx: &mut Tx<'_>, cx: &Cx, id: &str, on: &str) -> Result<()> {
    let before = find(tx, cx, id)?;
    if before.item.ended_on.is_some() {
        return Err(Refusal::Invalid("这一事项已经退出目录".to_owned()).into());
    }
    let ended = NewItem { ended_on: Some(on.to_owned()), ..before.item };
    check(&ended).map_err(refuse)?;
    if queries::update(tx, &cx.site_id, id, &ended, before.version)? == 0 {
        return Err(Error::Conflict);
    }
    record(tx, cx, "service_item.end", id, &format!("{} 退出目录日期：{on}", ended.code))
}

fn find(tx: &mut Tx<'_>, cx: &Cx, id: &str) -> Result<Item> {
    queries::by_id(tx, &cx.site_id, id)?.ok_or(Error::NotFound)
}

fn record(tx: &mut Tx<'_>, cx: &Cx, action: &'static str, id: &str, detail: &str) -> Result<()> {
    audit::actions::record(tx, cx, Act { action, object_kind: "service_item", object_id: id, detail })
}
