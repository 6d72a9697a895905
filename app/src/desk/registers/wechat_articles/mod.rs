//! 政务微信: the list of articles published on WeChat, and the form of one.

pub mod form;
mod list;
pub mod queries;

use rules::permission::Act;

pub use list::show;

use super::Register;
use crate::wechat_article;

/// Who keeps it.
const ACT: Act = Act::KeepRegister;
/// Path of the list.
const HERE: &str = "/desk/registers/wechat-articles";
/// The page of the manual.
const HELP: &str = "registers#wechat-articles";

/// What the import knows of it.
pub const REGISTER: Register = Register {
    code: "wechat-articles",
    title: "政务微信文章",
    act: ACT,
    fields: wechat_article::FIELDS,
    key: &["title", "account", "published_on"],
    take: wechat_article::take,
};
