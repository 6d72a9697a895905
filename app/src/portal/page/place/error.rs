//! Pages for what is not there, was withdrawn, or went wrong: what happened, what it means, what to do next.
//!
//! It never tells whether a withheld record exists.

use askama::Template;

use crate::portal::page::{Layout, Link};

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// 404.
    NotFound,
    /// 410: it was public and was withdrawn.
    Gone,
    /// 400: the address cannot be read.
    BadRequest,
    /// 429.
    TooMany,
    /// 500.
    Broken,
}

impl ErrorKind {
    /// The HTTP status as a number.
    pub fn status(self) -> u16 {
        match self {
            Self::NotFound => 404,
            Self::Gone => 410,
            Self::BadRequest => 400,
            Self::TooMany => 429,
            Self::Broken => 500,
        }
    }

    /// What happened.
    pub fn title(self) -> &'static str {
        match self {
            Self::NotFound => "没有找到这个页面",
            Self::Gone => "这条信息已经撤回",
            Self::BadRequest => "网址写得不完整",
            Self::TooMany => "访问过于频繁",
            Self::Broken => "页面暂时打不开",
        }
    }

    /// What it means and what to do.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::NotFound => {
                "网址可能抄写有误，或者页面从未存在。公开过的信息网址不会改变，可以用标题或文号搜索。"
            }
            Self::Gone => "它曾经公开，现已由发布机构撤回，不再提供阅读。需要了解情况的，请与发布机构联系。",
            Self::BadRequest => "网址里的条件无法识别。请从目录重新选择，或者直接搜索。",
            Self::TooMany => "短时间内的请求太多。请稍等一分钟再试，您看到的内容不会因此丢失。",
            Self::Broken => {
                "问题出在网站一方，不是您的操作有误。请稍后再试；如果一直这样，请把下面的编号告诉我们。"
            }
        }
    }
}

/// Every error page.
#[derive(Debug, Clone, Template)]
#[template(path = "portal/page/place/error.html")]
pub struct ErrorPage {
    /// Around the content.
    pub layout: Layout,
    /// What happened.
    pub kind: ErrorKind,
    /// More, where it is known: the reason of a withdrawal, the field that cannot be read. May be empty.
    pub detail: String,
    /// Number of the request, for 500.
    pub request_number: Option<String>,
    /// Pages near the address: the column, records with like titles, the successor.
    pub nearby: Vec<Link>,
}
