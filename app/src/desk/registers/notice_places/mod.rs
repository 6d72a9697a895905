//! 公开栏、电子显示屏、广播电视: the list of places, and the form of one.

pub mod form;
mod list;

use rules::permission::Act;

pub use list::show;

use super::Register;
use crate::notice_place;

/// Who keeps it.
const ACT: Act = Act::KeepRegister;
/// Path of the list.
const HERE: &str = "/desk/registers/notice-places";
/// The page of the manual.
const HELP: &str = "registers#notice-places";

/// What the import knows of it.
pub const REGISTER: Register = Register {
    code: "notice-places",
    title: "公开栏与显示屏",
    act: ACT,
    fields: notice_place::FIELDS,
    key: &["name", "kind", "organ"],
    take: notice_place::take,
};
