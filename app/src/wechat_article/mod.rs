//! Articles published on WeChat (政务微信): what an account published when, which record it shows, and whether it was taken back. The
//! sending itself is no part of this register.

pub mod actions;
pub mod queries;
mod taking;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use crate::{
    id::{DocumentId, OrganId},
    register::{Fault, Field, Kind, Row},
};

pub use taking::{records, take};

/// An article as it is entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewArticle {
    /// The organ that published it.
    pub organ_id: OrganId,
    /// The record it shows, where there is one.
    pub document_id: Option<DocumentId>,
    /// The account that published it.
    pub account: String,
    /// Its title.
    pub title: String,
    /// Its address.
    pub address: String,
    /// The day it was published.
    pub published_on: String,
    /// The day it was taken back.
    pub withdrawn_on: Option<String>,
    /// Why it was taken back.
    pub withdrawn_reason: Option<String>,
}

/// An article of the register.
#[derive(Debug, Clone)]
pub struct Article {
    /// Identity.
    pub id: String,
    /// Version, for lost races.
    pub version: i64,
    /// What it says.
    pub article: NewArticle,
}

/// The fields of an entry.
pub const FIELDS: &[Field] = &[
    Field::required("title", "标题", Kind::Text(200), "演示：办事大厅春节期间办公时间"),
    Field::required("organ", "发布机构", Kind::Organ, "演示区人民政府"),
    Field::required("account", "公众号", Kind::Text(60), "演示区发布"),
    Field::required("published_on", "发布日期", Kind::Date, "2018-03-11")
        .noted("同一公众号同一天同一标题只登记一次"),
    Field::optional("address", "文章地址", Kind::Text(500), "https://mp.weixin.qq.com/s/yanshi")
        .noted("以https://或http://开头"),
    Field::optional("record", "信息索引号", Kind::Text(60), "000000000-2018-00001")
        .noted("与网站上的某条信息对应时填写"),
    Field::optional("withdrawn_on", "撤回日期", Kind::Date, "").noted("没有撤回的不填"),
    Field::optional("withdrawn_reason", "撤回原因", Kind::Text(200), "").noted("撤回的必填"),
];

impl NewArticle {
    /// The article that a row gives; `records` has the ids of records by their index numbers.
    ///
    /// # Errors
    /// What it cannot be, at its field.
    pub fn of(row: &Row, records: &HashMap<String, DocumentId>) -> Result<NewArticle, Fault> {
        let document_id = match row.optional("record") {
            None => None,
            Some(number) => match records.get(&number) {
                Some(id) => Some(id.clone()),
                None => return Err(row.fault("record", "没有这一索引号的信息，请核对，或留空")),
            },
        };
        let article = NewArticle {
            organ_id: row.organ("organ"),
            document_id,
            account: row.text("account"),
            title: row.text("title"),
            address: row.text("address"),
            published_on: row.text("published_on"),
            withdrawn_on: row.optional("withdrawn_on"),
            withdrawn_reason: row.optional("withdrawn_reason"),
        };
        match actions::check(&article) {
            Ok(()) => Ok(article),
            Err((field, mend)) => Err(row.fault(field, mend)),
        }
    }

    /// What is kept of a field of [`FIELDS`]; of its record the id.
    pub fn value(&self, field: &str) -> String {
        match field {
            "title" => self.title.clone(),
            "organ" => self.organ_id.0.clone(),
            "account" => self.account.clone(),
            "published_on" => self.published_on.clone(),
            "address" => self.address.clone(),
            "record" => self.document_id.as_ref().map(|id| id.0.clone()).unwrap_or_default(),
            "withdrawn_on" => self.withdrawn_on.clone().unwrap_or_default(),
            "withdrawn_reason" => self.withdrawn_reason.clone().unwrap_or_default(),
            _ => String::new(),
        }
    }

    /// What tells it from every other.
    pub fn key(&self) -> [String; 3] {
        [self.account.clone(), self.published_on.clone(), self.title.clone()]
    }
}
