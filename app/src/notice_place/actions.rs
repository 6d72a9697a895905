//! Every change of places: setting up, changing, removing. Nothing is deleted: what stood in a year is counted in that year.

use kit_db::Tx;

use super::{FIELDS, KINDS, NewPlace, Place, queries};
use crate::{
    audit::{self, Act},
    cx::Cx,
    error::{Error, Refusal, Result},
    register,
};

/// What a place cannot be: the field and a sentence.
pub fn check(place: &NewPlace) -> Result<(), (&'static str, String)> {
    let fault = |field, sentence: &str| Err((field, sentence.to_owned()));
    if place.name.is_empty() {
        return fault("name", "请填写名称");
    }
    if !KINDS.iter().any(|(code, _)| *code == place.kind) {
        return fault("kind", "请选择类别");
    }
    if place.removed_on.as_ref().is_some_and(|removed| *removed < place.set_up_on) {
        return fault("removed_on", "停用日期早于启用日期，请核对");
    }
    Ok(())
}

fn refuse((_, sentence): (&'static str, String)) -> Error {
    Refusal::Invalid(sentence).into()
}

fn taken(place: &NewPlace) -> Error {
    Refusal::Invalid(format!("这个机构已经登记了同一类别的“{}”，请换一个名称", place.name)).into()
}

/// Enters a place.
///
/// # Errors
/// Refused when it cannot be so, or its organ has one of this kind and name.
pub fn add(tx: &mut Tx<'_>, cx: &Cx, place: &NewPlace) -> Result<String> {
    check(place).map_err(refuse)?;
    let id = cx.new_id();
    if queries::insert(tx, cx, &id, place)? == 0 {
        return Err(taken(place));
    }
    record(tx, cx, "notice_place.add", &id, &place.name)?;
    Ok(id)
}

/// Changes a place; `version` is the one that was shown.
///
/// # Errors
/// Not found when there is none, conflict when somebody was faster, else as [`add`].
pub fn change(tx: &mut Tx<'_>, cx: &Cx, id: &str, place: &NewPlace, version: i64) -> Result<()> {
    let before = find(tx, cx, id)?;
    check(place).map_err(refuse)?;
    if !before.place.is_same_as(place) && queries::by_key(tx, &cx.site_id, place)?.is_some() {
        return Err(taken(place));
    }
    if queries::update(tx, &cx.site_id, id, place, version)? == 0 {
        return Err(Error::Conflict);
    }
    let changed = register::difference(
        (tx, cx),
        FIELDS,
        |field| before.place.value(field),
        |field| place.value(field),
    )?;
    record(tx, cx, "notice_place.change", id, &format!("{} {changed}", place.name))
}

/// Removes a place on a day.
///
/// # Errors
/// Not found when there is none; refused when it was removed or the day is before it was set up.
pub fn end(tx: &mut Tx<'_>, cx: &Cx, id: &str, on: &str) -> Result<()> {
    let before = find(tx, cx, id)?;
    if before.place.removed_on.is_some() {
        return Err(Refusal::Invalid("已经停用".to_owned()).into());
    }
    let removed = NewPlace { removed_on: Some(on.to_owned()), ..before.place };
    check(&removed).map_err(refuse)?;
    if queries::update(tx, &cx.site_id, id, &removed, before.version)? == 0 {
        return Err(Error::Conflict);
    }
    record(tx, cx, "notice_place.end", id, &format!("{} 停用日期：{on}", removed.name))
}

fn find(tx: &mut Tx<'_>, cx: &Cx, id: &str) -> Result<Place> {
    queries::by_id(tx, &cx.site_id, id)?.ok_or(Error::NotFound)
}

fn record(tx: &mut Tx<'_>, cx: &Cx, action: &'static str, id: &str, detail: &str) -> Result<()> {
    audit::actions::record(tx, cx, Act { action, object_kind: "notice_place", object_id: id, detail })
}
