//! Adding, changing and closing columns.

use kit_db::Tx;

use super::{ColumnFile, Edited, NewColumn, queries, with_descendants};
use crate::{
    audit::{self, Act},
    change_feed,
    cx::Cx,
    error::{Error, Refusal, Result},
    id::{ColumnId, OrganId},
    organ,
};

/// Adds a column.
///
/// # Errors
/// Refused when the code is taken, or the column above or the owner is unknown.
pub fn create(tx: &mut Tx<'_>, cx: &Cx, new: &NewColumn) -> Result<ColumnId> {
    if queries::by_code(tx, &cx.site_id, &new.code)?.is_some() {
        return Err(Refusal::CodeTaken(new.code.clone()).into());
    }
    let parent = new.parent.as_deref().map(|code| find(tx, cx, code)).transpose()?;
    let owner = new.owner.as_deref().map(|code| owner(tx, cx, code)).transpose()?;
    let id = ColumnId(cx.new_id());
    let place = queries::Place { parent: parent.as_ref(), owner: owner.as_ref() };
    queries::insert(tx, &cx.site_id, &id, new, place)?;
    change_feed::append(tx, cx, change_feed::Kind::Column, None, Some(&id))?;
    record(tx, cx, "column.create", &id, &serde_json::to_string(new)?)?;
    Ok(id)
}

/// Changes what is set of a column, its place in the tree too.
///
/// # Errors
/// Refused where the column would stand below itself; conflict when somebody changed it since `version`.
pub fn edit(tx: &mut Tx<'_>, cx: &Cx, id: &ColumnId, edited: &Edited, version: i64) -> Result<()> {
    let columns = queries::all(tx, &cx.site_id)?;
    if edited.parent_id.as_ref().is_some_and(|parent| with_descendants(&columns, id).contains(parent)) {
        return Err(invalid("上级栏目不能是它自己或它的下级"));
    }
    if queries::update(tx, &cx.site_id, id, edited, version)? == 0 {
        return Err(Error::Conflict);
    }
    change_feed::append(tx, cx, change_feed::Kind::Column, None, Some(id))?;
    record(tx, cx, "column.edit", id, &edited.name)
}

/// Closes a column that holds nothing any more; its address leads on to `target`, where one is named.
///
/// # Errors
/// Refused while columns stand below it, or when it would lead to itself.
pub fn close(tx: &mut Tx<'_>, cx: &Cx, id: &ColumnId, target: Option<&ColumnId>) -> Result<()> {
    let columns = queries::all(tx, &cx.site_id)?;
    let closed = columns.iter().find(|column| column.id == *id).ok_or(Error::NotFound)?;
    if columns.iter().any(|column| column.parent_id.as_ref() == Some(id)) {
        return Err(invalid("请先移动或关闭下级栏目"));
    }
    if target == Some(id) {
        return Err(invalid("接收的栏目不能是它自己"));
    }
    if let Some(target) = target {
        queries::lead_on(tx, &cx.site_id, closed, target)?;
    }
    queries::delete(tx, &cx.site_id, id)?;
    change_feed::append(tx, cx, change_feed::Kind::Column, None, Some(id))?;
    record(tx, cx, "column.close", id, &closed.name)
}

fn invalid(sentence: &str) -> Error {
    Refusal::Invalid(sentence.to_owned()).into()
}

fn record(tx: &mut Tx<'_>, cx: &Cx, action: &'static str, id: &ColumnId, detail: &str) -> Result<()> {
    audit::actions::record(tx, cx, Act { action, object_kind: "column", object_id: &id.0, detail })
}

/// Makes another organ answer for a column.
pub fn change_owner(tx: &mut Tx<'_>, cx: &Cx, id: &ColumnId, owner: &OrganId) -> Result<()> {
    queries::set_owner(tx, &cx.site_id, id, owner)?;
    change_feed::append(tx, cx, change_feed::Kind::Column, None, Some(id))?;
    record(tx, cx, "column.edit", id, &format!("责任单位 {}", owner.0))
}

/// Adds the columns of a file; they stand in its order.
///
/// # Errors
/// As [`create`]; nothing of the file is kept then.
pub fn add_file(tx: &mut Tx<'_>, cx: &Cx, file: &ColumnFile) -> Result<Vec<ColumnId>> {
    let in_order = (1..).zip(&file.columns);
    in_order.map(|(sort, column)| create(tx, cx, &NewColumn { sort, ..column.clone() })).collect()
}

fn find(tx: &mut Tx<'_>, cx: &Cx, code: &str) -> Result<ColumnId> {
    let unknown = || Refusal::Unknown { what: "栏目", code: code.to_owned() };
    Ok(queries::by_code(tx, &cx.site_id, code)?.ok_or_else(unknown)?.id)
}

fn owner(tx: &mut Tx<'_>, cx: &Cx, code: &str) -> Result<OrganId> {
    let unknown = || Refusal::Unknown { what: "机构", code: code.to_owned() };
    Ok(organ::queries::by_code(tx, &cx.site_id, code)?.ok_or_else(unknown)?.id)
}
