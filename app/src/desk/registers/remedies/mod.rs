//! 行政复议、行政诉讼: the list, and the form of one case with its end. Parties are not named here.

pub mod form;
mod list;

use rules::permission::Act;

pub use list::show;

use super::Register;
use crate::remedy;

/// Who keeps it.
const ACT: Act = Act::KeepRegister;
/// Path of the list.
const HERE: &str = "/desk/registers/remedies";
/// The page of the manual.
const HELP: &str = "registers#remedies";

/// What the import knows of it.
pub const REGISTER: Register = Register {
    code: "remedies",
    title: "行政复议、行政诉讼",
    act: ACT,
    fields: &remedy::FIELDS,
    key: &["number", "kind"],
    take: remedy::actions::take,
};
