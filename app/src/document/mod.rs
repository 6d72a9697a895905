//! Documents (信息) and their editions (版本): the identity that never changes, and the versions of its content.
//!
//! Readers see the newest live edition; a draft of the next one can stand beside it. How an edition becomes public is
//! the business of `publishing`, not of this feature.

pub mod actions;
pub mod queries;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::{
    id::{ColumnId, DocumentId, EditionId, OrganId},
    reference::{ContentType, HeadField},
};

/// What an edition says: the fields of the catalogue (国办秘函〔2009〕6号) and the body.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Content {
    /// 标题.
    pub title: String,
    /// 索引号 as another system printed it; kept at first publication if nobody has it.
    pub printed_index_number: Option<String>,
    /// 文号 as printed.
    pub document_number: Option<String>,
    /// 发布机构, under the name it bore.
    pub issuing_organ: String,
    /// The organ of that name, where the site knows it.
    #[serde(skip)]
    pub issuing_organ_id: Option<OrganId>,
    /// 成文日期.
    pub written_on: Option<String>,
    /// 发布日期 printed by the system it came from; empty for what is first published here.
    pub published_on: Option<String>,
    /// 施行日期.
    pub in_force_on: Option<String>,
    /// Last day of the period of validity (有效期).
    pub expires_on: Option<String>,
    /// 时效 as printed by the system it came from.
    pub declared_validity: Option<String>,
    /// 主题分类, `top/child`.
    pub subject_category: Option<String>,
    /// 体裁分类.
    pub genre: Option<String>,
    /// 公开属性: `proactive`, `on_request`, `withheld`.
    pub disclosure_class: String,
    /// Why it is not public, where it is not.
    pub disclosure_reason: Option<String>,
    /// 内容概述.
    pub summary: String,
    /// 关键词.
    pub keywords: Vec<String>,
    /// 来源 (page tag ContentSource).
    pub source: Option<String>,
    /// The body as safe HTML.
    pub body_html: String,
    /// The body as text, for search, differences and export.
    pub body_text: String,
}

impl Content {
    /// The value of a head field that staff fill in; none where it is empty.
    pub fn field(&self, field: HeadField) -> Option<String> {
        let value = match field {
            HeadField::Title => Some(self.title.clone()),
            HeadField::DocumentNumber => self.document_number.clone(),
            HeadField::IssuingOrgan => Some(self.issuing_organ.clone()),
            HeadField::WrittenOn => self.written_on.clone(),
            HeadField::PublishedOn => self.published_on.clone(),
            HeadField::InForceOn => self.in_force_on.clone(),
            HeadField::ExpiresOn => self.expires_on.clone(),
            HeadField::Validity => self.declared_validity.clone(),
            HeadField::SubjectCategory => self.subject_category.clone(),
            HeadField::Genre => self.genre.clone(),
            HeadField::DisclosureClass => Some(self.disclosure_class.clone()),
            HeadField::Keywords => Some(self.keywords.join(" ")),
            HeadField::Summary => Some(self.summary.clone()),
            HeadField::IndexNumber => self.printed_index_number.clone(),
            HeadField::RepealedOn => None,
        };
        value.filter(|value| !value.trim().is_empty())
    }

    /// The value of a head field by its code; none where it is empty or there is no such field.
    pub fn field_of_code(&self, code: &str) -> Option<String> {
        HeadField::from_code(code).and_then(|field| self.field(field))
    }
}

/// Codes of the head fields that a content type requires, that staff fill in and that are empty.
pub fn missing_fields(kind: Option<&ContentType>, content: &Content) -> Vec<String> {
    let Some(kind) = kind else { return Vec::new() };
    let empty = |field: &HeadField| !field.is_computed() && content.field(*field).is_none();
    kind.required_fields().filter(empty).map(|field| field.code().to_owned()).collect()
}

/// What a new document is.
#[derive(Debug, Clone)]
pub struct NewDocument {
    /// A code of `reference/content_types/`.
    pub content_type: String,
    /// Where it is published.
    pub column_id: ColumnId,
    /// Its first edition.
    pub content: Content,
}

/// A document as it stands.
#[derive(Debug, Clone)]
pub struct Document {
    /// Identity.
    pub id: DocumentId,
    /// Kind of content.
    pub content_type: String,
    /// Column.
    pub column_id: ColumnId,
    /// `draft`, `live` or `withdrawn`.
    pub state: String,
    /// 索引号, once given.
    pub index_number: Option<String>,
    /// Number in public addresses, once given.
    pub public_number: Option<i64>,
    /// Set by the server at first publication, never edited (domain rule 44).
    pub first_published_at: Option<i64>,
    /// The edition readers see.
    pub live_edition_id: Option<EditionId>,
    /// The organ that answers for it: its officers may work on it.
    pub responsible_organ_id: Option<OrganId>,
}

/// An edition as it stands.
#[derive(Debug, Clone)]
pub struct Edition {
    /// Identity.
    pub id: EditionId,
    /// The document it is a version of.
    pub document_id: DocumentId,
    /// 1, 2, 3 … within the document.
    pub number: i64,
    /// `draft`, `scheduled`, `live`, `superseded` or `concealed`.
    pub state: String,
    /// Counts every change, so that a change made on an older reading is noticed.
    pub version: i64,
    /// What it says.
    pub content: Content,
}

/// A document as it is live.
#[derive(Debug, Clone)]
pub struct LiveDocument {
    /// The document.
    pub document_id: DocumentId,
    /// The edition readers see.
    pub edition_id: EditionId,
    /// Kind of content.
    pub content_type: String,
    /// Column.
    pub column_id: ColumnId,
    /// Number in public addresses.
    pub public_number: i64,
    /// What it says.
    pub content: Content,
}

/// What keeps a document: something of the platform whose public face it is, and which alone changes it. Withdrawn it can be
/// like every other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keeper {
    /// Its kind, as the audit log names it: `report`.
    pub object_kind: String,
    /// Its id.
    pub object_id: String,
}

/// Why a new edition replaces the live one.
#[derive(Debug, Clone, Copy)]
pub struct ChangeReason<'a> {
    /// A code of `reference/correction_reasons.toml`.
    pub code: &'a str,
    /// What was changed, for readers.
    pub note: &'a str,
}
