//! Keeping an uploaded table from its preview to its confirmation.

use kit_db::Tx;

use super::{Counts, queries};
use crate::{
    audit::{self, Act},
    cx::Cx,
    error::{Error, Result},
};

/// How long an upload is kept, in milliseconds.
const KEPT: i64 = 24 * 60 * 60 * 1_000;

/// A table that was sent to a register.
#[derive(Debug, Clone)]
pub struct Upload {
    /// Code of the register.
    pub register: String,
    /// Name of the file.
    pub file_name: String,
    /// Digest of the file.
    pub sha256: String,
    /// Its rows.
    pub lines: Vec<Vec<String>>,
    /// What came of it, once it was taken.
    pub taken: Option<Counts>,
}

/// Keeps a table for a day.
///
/// # Errors
/// When the tables cannot be written.
pub fn keep(tx: &mut Tx<'_>, cx: &Cx, upload: &Upload) -> Result<String> {
    let id = cx.new_id();
    queries::insert(tx, cx, &id, upload)?;
    Ok(id)
}

/// Lets go of tables that were sent more than a day ago: they may hold what their register was never to keep.
///
/// # Errors
/// When the tables cannot be written.
pub fn sweep(tx: &mut Tx<'_>, cx: &Cx) -> Result<()> {
    Ok(queries::forget_before(tx, &cx.site_id, cx.at - KEPT)?)
}

/// The table that the actor sent to a register.
///
/// # Errors
/// Not found when there is none: it was sent by somebody else, or more than a day ago.
pub fn find(tx: &mut Tx<'_>, cx: &Cx, register: &str, id: &str) -> Result<Upload> {
    queries::by_id(tx, cx, (register, id), cx.at - KEPT)?.ok_or(Error::NotFound)
}

/// Notes what came of a table.
///
/// # Errors
/// Conflict when it was taken meanwhile.
pub fn close(tx: &mut Tx<'_>, cx: &Cx, id: &str, upload: &Upload, counts: Counts) -> Result<()> {
    if queries::set_taken(tx, cx, id, counts)? != 1 {
        return Err(Error::Conflict);
    }
    let Counts { new, changed, same, bad } = counts;
    let Upload { register, file_name, sha256, .. } = upload;
    let detail = format!(
        "{register}：{file_name}（SHA-256 {sha256}）：新增{new}，更改{changed}，相同{same}，未导入{bad}行"
    );
    let act = Act { action: "register.import", object_kind: "register", object_id: id, detail: &detail };
    audit::actions::record(tx, cx, act)
}
