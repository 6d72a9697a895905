//! Exporting a site's records, one JSON object a line in a stable order: first what a reader of the file looks for, then
//! what makes importing it again lossless. The same file comes out of the site it is imported into.
//!
//! Accounts, organs and the log are not in it; the backup is another thing.

pub mod bring_back;
pub mod queries;
pub mod records;

use serde::{Deserialize, Serialize};

use crate::import::Finding;

/// One line of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Address it was imported from.
    pub source_url: Option<String>,
    /// 标题.
    pub title: String,
    /// 索引号: the one given here, else the one printed elsewhere.
    pub index_number: Option<String>,
    /// 文号.
    pub document_number: Option<String>,
    /// 发布机构.
    pub issuing_organ: String,
    /// 成文日期.
    pub written_on: Option<String>,
    /// 发布日期 as readers see it.
    pub published_on: Option<String>,
    /// 时效: the printed word, else the computed one.
    pub validity: Option<String>,
    /// 主题分类.
    pub subject_category: Option<String>,
    /// 公开属性, in Chinese.
    pub disclosure_class: String,
    /// 内容概述.
    pub summary: String,
    /// 关键词.
    pub keywords: Vec<String>,
    /// `draft`, `scheduled`, `live`, `withdrawn`.
    pub state: String,
    /// What a person must look at.
    pub review_reasons: Vec<Finding>,
    /// Label → value exactly as printed.
    pub printed: serde_json::Map<String, serde_json::Value>,
    /// The body as text.
    pub body: String,
    /// What importing it again needs besides; made up where it is missing.
    #[serde(default)]
    pub restore: Option<Restore>,
}

/// The rest of a record.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Restore {
    /// Identity of the document; links name it.
    pub id: String,
    /// Code of the column.
    pub column: String,
    /// The way to it from the nearest standard column (code only), to make those that are missing.
    pub column_path: Vec<ColumnStep>,
    /// Code of the content type.
    pub content_type: String,
    /// Number in public addresses.
    pub public_number: Option<i64>,
    /// 索引号 given here.
    pub index_number: Option<String>,
    /// Milliseconds UTC.
    pub first_published_at: Option<i64>,
    /// Milliseconds UTC.
    pub created_at: i64,
    /// The date by which lists sort it.
    pub listed_on: Option<String>,
    /// The stored word of its validity and the day on which that changes.
    pub validity: String,
    /// See `validity`.
    pub validity_changes_on: Option<String>,
    /// The day it was repealed.
    pub repealed_on: Option<String>,
    /// That it was taken back.
    pub withdrawn: Option<Withdrawn>,
    /// The edition whose fields stand above.
    pub edition: EditionTail,
    /// Its files.
    pub attachments: Vec<AttachedFile>,
    /// All other editions in order.
    pub editions: Vec<OtherEdition>,
    /// Links that start here.
    pub links: Vec<LinkTo>,
    /// How it came in.
    pub import: Option<ImportTail>,
}

/// A column on the way to the record's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnStep {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Code of its ColumnType.
    pub column_type: String,
}

/// That a record was taken back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withdrawn {
    /// Milliseconds UTC.
    pub at: i64,
    /// A code of `reference/withdraw_reasons.toml`.
    pub reason: String,
    /// The sentence.
    pub note: String,
}

/// The fields of an edition that do not stand at the top of the line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EditionTail {
    /// Its circumstances.
    pub times: Times,
    /// 索引号 printed elsewhere.
    pub printed_index_number: Option<String>,
    /// 发布日期 printed elsewhere.
    pub published_on: Option<String>,
    /// 施行日期.
    pub in_force_on: Option<String>,
    /// 有效期至.
    pub expires_on: Option<String>,
    /// 时效 printed elsewhere.
    pub declared_validity: Option<String>,
    /// 体裁.
    pub genre: Option<String>,
    /// `proactive`, `on_request`, `withheld`.
    pub disclosure_class: String,
    /// Why it is not public.
    pub disclosure_reason: Option<String>,
    /// 来源.
    pub source: Option<String>,
    /// The body as safe HTML.
    pub body_html: String,
}

/// Number, state and moments of an edition.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Times {
    /// 1, 2, 3 …
    pub number: i64,
    /// `draft`, `scheduled`, `live`, `superseded`, `concealed`.
    pub state: String,
    /// Code of the reason of the change.
    pub change_reason: Option<String>,
    /// What was changed.
    pub change_note: Option<String>,
    /// Milliseconds UTC.
    pub publish_at: Option<i64>,
    /// Milliseconds UTC.
    pub live_at: Option<i64>,
    /// Milliseconds UTC.
    pub ended_at: Option<i64>,
    /// Milliseconds UTC.
    pub created_at: i64,
    /// Who made it.
    pub created_by: String,
}

/// An edition other than the shown one, whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OtherEdition {
    /// Its circumstances.
    pub times: Times,
    /// What it says.
    pub content: crate::document::Content,
    /// Its files.
    pub attachments: Vec<AttachedFile>,
}

/// A file of an edition.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttachedFile {
    /// Name shown.
    pub name: String,
    /// Media type.
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// SHA-256, hexadecimal; the file's name in a folder of files.
    pub sha256: String,
    /// The bytes in Base64; none where they lie in a folder.
    pub content: Option<String>,
}

/// A link to another record.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkTo {
    /// `repeals`, `amends`, `interprets`, `relates`.
    pub kind: String,
    /// Identity of the other record.
    pub to: String,
    /// From when.
    pub effective_on: Option<String>,
}

/// How a record came in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportTail {
    /// Which command.
    pub origin: String,
    /// Hash of what was read.
    pub content_hash: String,
    /// State on the review list.
    pub review_state: String,
    /// What was noted.
    pub remarks: Vec<Finding>,
    /// Milliseconds UTC.
    pub imported_at: i64,
}
