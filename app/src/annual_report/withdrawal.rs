//! The withdrawal (撤回) of the record that a report was published as. It is asked for and decided on the record itself
//! (`standing`) and takes every edition out of public sight; the report stays as it was signed. The way back is a
//! correction: signed by somebody who knows of the withdrawal, it goes public under the old number, and what was withdrawn
//! stays hidden.
//!
//! Nothing is withdrawn here.

use kit_db::Tx;

use super::{Report, queries};
use crate::{
    cx::Cx,
    error::{Refusal, Result},
};

/// The withdrawal of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawal {
    /// When, milliseconds UTC.
    pub at: i64,
    /// Why: a code of `reference/withdraw_reasons.toml`.
    pub reason: String,
}

/// The withdrawal of a report's record; none while the record is public, or never was.
///
/// # Errors
/// As the database.
pub fn of(tx: &mut Tx<'_>, cx: &Cx, report: &Report) -> Result<Option<Withdrawal>> {
    match &report.document_id {
        Some(id) => Ok(queries::withdrawal(tx, &cx.site_id, id)?),
        None => Ok(None),
    }
}

/// Goes on only with a report whose record was not withdrawn since it was handed to the signer: what must not be read may
/// stand in it too.
///
/// # Errors
/// Refused otherwise with `way_out`.
pub fn check_known(tx: &mut Tx<'_>, cx: &Cx, report: &Report, way_out: &str) -> Result<()> {
    let at = of(tx, cx, report)?.map(|withdrawal| withdrawal.at);
    if at.is_none() || at == report.withdrawal_known_at {
        return Ok(());
    }
    let sentence = format!("提交签发以后，公开的这份年报被撤回，不能再按原稿公开：{way_out}");
    Err(Refusal::Invalid(sentence).into())
}

/// Goes on only with a report whose record is not withdrawn: its content is given to nobody outside the desk.
///
/// # Errors
/// Refused otherwise.
pub fn check_not_withdrawn(tx: &mut Tx<'_>, cx: &Cx, report: &Report) -> Result<()> {
    match of(tx, cx, report)? {
        None => Ok(()),
        Some(_) => {
            let year = report.year;
            let sentence =
                format!("{year}年度的年报已撤回，不能再输出：请在“年度报告”中办理更正，更正签发后重新公开");
            Err(Refusal::Invalid(sentence).into())
        }
    }
}
