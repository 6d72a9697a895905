//! 相关费用: the list with its sums by purpose, and the form of one sum.

pub mod form;
mod list;

use rules::permission::Act;

pub use list::show;

use super::Register;
use crate::finance;

/// Who keeps it.
const ACT: Act = Act::KeepRegister;
/// Path of the list.
const HERE: &str = "/desk/registers/finances";
/// The page of the manual.
const HELP: &str = "registers#finances";

/// What the import knows of it.
pub const REGISTER: Register = Register {
    code: "finances",
    title: "公开工作经费",
    act: ACT,
    fields: &finance::FIELDS,
    key: &["voucher", "organ", "kind", "year", "purpose"],
    take: finance::actions::take,
};
