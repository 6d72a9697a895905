//! Adding organs and recording their changes.

use kit_db::Tx;

use super::{Change, ChangeKind, Edited, NewOrgan, Organ, OrganFile, queries};
use crate::{
    audit::{self, Act},
    change_feed,
    cx::Cx,
    error::{Error, Refusal, Result},
    id::OrganId,
};

/// Adds an organ.
///
/// # Errors
/// Refused when the code is taken or the organ above is unknown.
pub fn create(tx: &mut Tx<'_>, cx: &Cx, new: &NewOrgan) -> Result<OrganId> {
    if queries::by_code(tx, &cx.site_id, &new.code)?.is_some() {
        return Err(Refusal::CodeTaken(new.code.clone()).into());
    }
    let parent = new.parent.as_deref().map(|code| find(tx, cx, code)).transpose()?;
    let id = OrganId(cx.new_id());
    queries::insert(tx, &cx.site_id, &id, new, parent.map(|organ| organ.id).as_ref())?;
    queries::insert_name(tx, &cx.site_id, &id, &new.name, new.valid_from_on.as_deref().unwrap_or(""))?;
    change_feed::append(tx, cx, change_feed::Kind::Organ, None, None)?;
    record(tx, cx, "organ.create", &id, &serde_json::to_string(new)?)?;
    Ok(id)
}

/// Changes what is set of an organ.
///
/// # Errors
/// Refused where the organ would stand below itself; conflict when somebody changed it since `version`.
pub fn edit(tx: &mut Tx<'_>, cx: &Cx, id: &OrganId, edited: &Edited, version: i64) -> Result<()> {
    let organs = queries::all(tx, &cx.site_id)?;
    let mut above = edited.parent_id.as_ref();
    // No way up is longer than there are organs; a ring among others ends here too.
    for _ in 0..=organs.len() {
        let Some(next) = above else { break };
        if next == id {
            return Err(invalid("上级机构不能是它自己或它的下级".to_owned()));
        }
        above = organs.iter().find(|organ| organ.id == *next).and_then(|organ| organ.parent_id.as_ref());
    }
    if queries::update(tx, &cx.site_id, id, edited, version)? == 0 {
        return Err(Error::Conflict);
    }
    change_feed::append(tx, cx, change_feed::Kind::Organ, None, None)?;
    record(tx, cx, "organ.edit", id, &edited.short_name)
}

/// Puts the organs below one under another; gives how many.
pub fn move_children(tx: &mut Tx<'_>, cx: &Cx, from: &OrganId, to: &OrganId) -> Result<u64> {
    let n_moved = queries::move_children(tx, &cx.site_id, from, to)?;
    if n_moved > 0 {
        change_feed::append(tx, cx, change_feed::Kind::Organ, None, None)?;
        record(tx, cx, "organ.edit", from, &format!("{n_moved} 个下级机构移至 {}", to.0))?;
    }
    Ok(n_moved)
}

/// Adds the organs of a file, then records its changes.
///
/// # Errors
/// As [`create`] and [`change`]; nothing of the file is kept then.
pub fn add_file(tx: &mut Tx<'_>, cx: &Cx, file: &OrganFile) -> Result<()> {
    for organ in &file.organs {
        create(tx, cx, organ)?;
    }
    file.changes.iter().try_for_each(|recorded| change(tx, cx, recorded))
}

/// Records a merge, a split or a rename: organs that end keep their name and their records, organs that begin must
/// have been added before.
///
/// # Errors
/// Refused when a code is unknown or the change lacks a side.
pub fn change(tx: &mut Tx<'_>, cx: &Cx, change: &Change) -> Result<()> {
    let from = find_all(tx, cx, &change.from)?;
    let to = find_all(tx, cx, &change.to)?;
    let last_day = last_day_before(change)?;
    let change_id = cx.new_id();
    queries::insert_change(tx, &cx.site_id, &change_id, change)?;
    for (organs, role) in [(&from, "from"), (&to, "to")] {
        for organ in organs {
            queries::insert_change_part(tx, &cx.site_id, &change_id, &organ.id, role)?;
        }
    }
    let ends = |organ: &&Organ| !to.iter().any(|after| after.id == organ.id);
    for organ in from.iter().filter(ends) {
        queries::end(tx, &cx.site_id, &organ.id, &last_day)?;
    }
    if let (Some(name), Some(organ)) = (&change.new_name, to.first()) {
        rename(tx, cx, &organ.id, name, &change.on)?;
    }
    change_feed::append(tx, cx, change_feed::Kind::Organ, None, None)?;
    record_change(tx, cx, change, &from)
}

/// Checks a change and gives the last day of the organs that end with it.
fn last_day_before(change: &Change) -> Result<String> {
    let sides = match change.kind {
        ChangeKind::Merge => change.from.len() >= 2 && change.to.len() == 1,
        ChangeKind::Split => change.from.len() == 1 && change.to.len() >= 2,
        ChangeKind::Rename => change.from.len() == 1 && change.to.len() == 1,
    };
    if !sides {
        return Err(invalid("机构变更的前后不成立：合并须多变一，拆分须一变多，更名须一对一".to_owned()));
    }
    let day = change.on.parse::<jiff::civil::Date>().and_then(jiff::civil::Date::yesterday);
    day.map(|day| day.to_string())
        .map_err(|_| invalid(format!("机构变更的日期“{}”应写作 2026-03-20 的样子", change.on)))
}

fn invalid(sentence: String) -> Error {
    Error::Refused(Refusal::Invalid(sentence))
}

fn rename(tx: &mut Tx<'_>, cx: &Cx, id: &OrganId, name: &str, on: &str) -> Result<()> {
    queries::end_name(tx, &cx.site_id, id, on)?;
    queries::insert_name(tx, &cx.site_id, id, name, on)?;
    Ok(())
}

fn record_change(tx: &mut Tx<'_>, cx: &Cx, change: &Change, from: &[Organ]) -> Result<()> {
    let detail = serde_json::to_string(change)?;
    for organ in from {
        record(tx, cx, "organ.change", &organ.id, &detail)?;
    }
    Ok(())
}

fn record(tx: &mut Tx<'_>, cx: &Cx, action: &'static str, id: &OrganId, detail: &str) -> Result<()> {
    audit::actions::record(tx, cx, Act { action, object_kind: "organ", object_id: &id.0, detail })
}

fn find(tx: &mut Tx<'_>, cx: &Cx, code: &str) -> Result<Organ> {
    let unknown = || Refusal::Unknown { what: "机构", code: code.to_owned() };
    Ok(queries::by_code(tx, &cx.site_id, code)?.ok_or_else(unknown)?)
}

fn find_all(tx: &mut Tx<'_>, cx: &Cx, codes: &[String]) -> Result<Vec<Organ>> {
    codes.iter().map(|code| find(tx, cx, code)).collect()
}
