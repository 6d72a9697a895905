//! Adding columns.

use kit_db::Tx;

use super::{ColumnFile, NewColumn, queries};
use crate::{
    audit::{self, Act},
    change_feed,
    cx::Cx,
    error::{Refusal, Result},
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
    let detail = serde_json::to_string(new)?;
    let act = Act { action: "column.create", object_kind: "column", object_id: &id.0, detail: &detail };
    audit::actions::record(tx, cx, act)?;
    Ok(id)
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
