//! 政务服务事项: the list with counts by organ, and the form of one item. What people see of it stands in the portal.

pub mod form;
mod list;

use rules::permission::Act;

pub use list::show;

use super::Register;
use crate::service_item;

/// Who keeps it.
const ACT: Act = Act::KeepRegister;
/// Path of the list.
const HERE: &str = "/desk/registers/service-items";
/// The page of the manual.
const HELP: &str = "registers#service-items";

/// What the import knows of it.
pub const REGISTER: Register = Register {
    code: "service-items",
    title: "政务服务事项",
    act: ACT,
    fields: service_item::FIELDS,
    key: &["code"],
    take: service_item::take,
};
