//! The demonstration district (演示数据): sites, organs, columns and records from `demo/`, loaded through the same actions
//! that staff use, at the moments the data gives. A site is loaded in one transaction: it is there whole or not at all.
//!
//! Nothing else in the product knows of it, and nothing is loaded where a site of the same code exists. Staff and work are
//! added to a demonstration that lacks them.

mod cases;
pub mod load;
mod registers;
pub mod report;
pub mod staff;
#[cfg(test)]
mod tests;
pub mod work;
mod work_step;

use serde::Deserialize;

/// A line of `records.jsonl`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Name by which other lines refer to it.
    pub key: String,
    /// Code of its column.
    pub column: String,
    /// Code of its content type.
    pub content_type: String,
    /// Title.
    pub title: String,
    /// 文号.
    #[serde(default)]
    pub document_number: Option<String>,
    /// Code of the issuing organ.
    pub organ: String,
    /// 成文日期.
    #[serde(default)]
    pub written_on: Option<String>,
    /// When it was first published, `YYYY-MM-DD HH:MM` in Beijing.
    #[serde(default)]
    pub published_at: Option<String>,
    /// 施行日期.
    #[serde(default)]
    pub in_force_on: Option<String>,
    /// 有效期至.
    #[serde(default)]
    pub expires_on: Option<String>,
    /// 主题分类.
    #[serde(default)]
    pub subject_category: Option<String>,
    /// 体裁分类.
    #[serde(default)]
    pub genre: Option<String>,
    /// 公开属性.
    pub disclosure_class: String,
    /// Why it is not public.
    #[serde(default)]
    pub disclosure_reason: Option<String>,
    /// 内容概述.
    #[serde(default)]
    pub summary: String,
    /// 关键词.
    #[serde(default)]
    pub keywords: Vec<String>,
    /// 来源.
    #[serde(default)]
    pub source: Option<String>,
    /// The body as HTML.
    #[serde(default)]
    pub body: String,
    /// Its files.
    #[serde(default)]
    pub attachments: Vec<AttachedFile>,
    /// Later versions, in order.
    #[serde(default)]
    pub editions: Vec<LaterEdition>,
    /// That it was taken back.
    #[serde(default)]
    pub withdrawn: Option<TakenBack>,
    /// Records it repeals.
    #[serde(default)]
    pub repeals: Vec<String>,
    /// Records it interprets.
    #[serde(default)]
    pub interprets: Vec<String>,
    /// Records it belongs together with.
    #[serde(default)]
    pub relates: Vec<String>,
    /// `draft` or `scheduled` where it is not published.
    #[serde(default)]
    pub state: Option<String>,
    /// When a scheduled one is to go live.
    #[serde(default)]
    pub publish_at: Option<String>,
}

/// A file of a record.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttachedFile {
    /// Name shown.
    pub name: String,
    /// Name in the folder `files/`.
    pub file: String,
}

/// A later version: what is not named stays as it was.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LaterEdition {
    /// When it went live.
    pub published_at: String,
    /// What was changed, for readers.
    pub change_reason: String,
    /// New title.
    #[serde(default)]
    pub title: Option<String>,
    /// New body.
    #[serde(default)]
    pub body: Option<String>,
    /// New summary.
    #[serde(default)]
    pub summary: Option<String>,
    /// New 文号.
    #[serde(default)]
    pub document_number: Option<String>,
    /// New 成文日期.
    #[serde(default)]
    pub written_on: Option<String>,
    /// New 有效期至.
    #[serde(default)]
    pub expires_on: Option<String>,
}

/// That a record was taken back.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TakenBack {
    /// When.
    pub at: String,
    /// Why, for readers.
    pub reason: String,
}
