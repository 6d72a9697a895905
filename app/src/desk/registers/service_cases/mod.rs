//! 办件: the list with counts by organ, and the form of one case.

pub mod form;
mod list;
pub mod queries;

use rules::permission::Act;

pub use list::show;

use super::Register;
use crate::service_case;

/// Who keeps it.
const ACT: Act = Act::KeepRegister;
/// Path of the list.
const HERE: &str = "/desk/registers/service-cases";
/// The page of the manual.
const HELP: &str = "registers#service-cases";

/// What the import knows of it.
pub const REGISTER: Register = Register {
    code: "service-cases",
    title: "办件",
    act: ACT,
    fields: service_case::FIELDS,
    key: &["number"],
    take: service_case::take,
};
