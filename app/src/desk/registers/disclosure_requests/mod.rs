//! 依申请公开: the list, and the form of one request with its closing. Applicants are not named anywhere here.

pub mod form;
mod list;

use rules::permission::Act;

pub use list::show;

use super::Register;
use crate::disclosure_request;

/// Who keeps it.
const ACT: Act = Act::KeepRegister;
/// Path of the list.
const HERE: &str = "/desk/registers/disclosure-requests";
/// The page of the manual.
const HELP: &str = "registers#disclosure-requests";

/// What the import knows of it.
pub const REGISTER: Register = Register {
    code: "disclosure-requests",
    title: "依申请公开",
    act: ACT,
    fields: &disclosure_request::FIELDS,
    key: &["number"],
    take: disclosure_request::actions::take,
};
