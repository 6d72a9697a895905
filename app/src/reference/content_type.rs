//! Content types (信息类别): what kinds of documents there are and how each behaves.
//!
//! Behaviour is read from the properties; no code asks for a type by its name. The form by which
//! staff enter a document and the head that citizens read both follow `head`.

use serde::Deserialize;

use super::error::{Problem, ReferenceError};
use super::reading::Source;
use super::table::{Coded, Table};

const FOLDER: &str = "content_types/";

/// One kind of document.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContentType {
    /// Code, also the name of its file.
    pub code: String,
    /// Chinese name.
    pub name: String,
    /// What belongs there.
    pub description: String,
    /// Place in lists of types.
    pub order: u32,
    /// Code of the genre proposed for new documents.
    pub default_genre: String,
    /// Whether it is registered and reviewed as a normative document (规范性文件).
    pub is_normative: bool,
    /// Whether it may interpret a policy (政策解读).
    pub counts_as_interpretation: bool,
    /// Whether an interpretation of it is expected within three working days.
    pub wants_interpretation: bool,
    /// Whether it can lose its force, so that validity is shown and it can be repealed.
    pub has_validity: bool,
    /// Whether it lapses by itself after the default period (五年, 暂行试行二年).
    pub lapses_by_default: bool,
    /// Whether it consists of a file.
    pub needs_attachment: bool,
    /// Whether it is news or a notice, which the home page lists apart from documents.
    pub is_current_affairs: bool,
    /// Whether it is the disclosure guide (Art. 12), shown at its own address.
    pub is_disclosure_guide: bool,
    /// Whether it is an annual report (Art. 49), listed by year.
    pub is_annual_report: bool,
    /// Which time limit for publication applies.
    pub publication_limit: PublicationLimit,
    /// Codes of the statutory items that its documents may fulfil.
    pub statutory_items: Vec<String>,
    /// The metadata head in its order.
    pub head: Vec<HeadEntry>,
}

impl ContentType {
    /// The head fields that must be filled before publication.
    pub fn required_fields(&self) -> impl Iterator<Item = HeadField> + '_ {
        self.head.iter().filter(|entry| entry.required).map(|entry| entry.field)
    }
}

impl Coded for ContentType {
    fn code(&self) -> &str {
        &self.code
    }
}

/// One line of a metadata head.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadEntry {
    /// What is shown.
    pub field: HeadField,
    /// The label as citizens read it.
    pub label: String,
    /// Whether it must be filled before publication; an empty field prints no label.
    pub required: bool,
    /// Whether it takes the whole width of the head.
    pub wide: bool,
}

/// The fields of an edition that a head can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeadField {
    /// 标题
    Title,
    /// 索引号
    IndexNumber,
    /// 文号
    DocumentNumber,
    /// 发布机构
    IssuingOrgan,
    /// 成文日期
    WrittenOn,
    /// 发布日期
    PublishedOn,
    /// 施行日期
    InForceOn,
    /// 有效期至
    ExpiresOn,
    /// 废止日期
    RepealedOn,
    /// 时效
    Validity,
    /// 主题分类
    SubjectCategory,
    /// 体裁分类
    Genre,
    /// 公开方式
    DisclosureClass,
    /// 关键词
    Keywords,
    /// 内容概述
    Summary,
}

impl HeadField {
    /// The code used in files, forms and the missing fields of `rules::publication`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::IndexNumber => "index_number",
            Self::DocumentNumber => "document_number",
            Self::IssuingOrgan => "issuing_organ",
            Self::WrittenOn => "written_on",
            Self::PublishedOn => "published_on",
            Self::InForceOn => "in_force_on",
            Self::ExpiresOn => "expires_on",
            Self::RepealedOn => "repealed_on",
            Self::Validity => "validity",
            Self::SubjectCategory => "subject_category",
            Self::Genre => "genre",
            Self::DisclosureClass => "disclosure_class",
            Self::Keywords => "keywords",
            Self::Summary => "summary",
        }
    }

    /// The field of a code.
    pub fn from_code(code: &str) -> Option<HeadField> {
        HeadField::deserialize(serde::de::value::StrDeserializer::<serde::de::value::Error>::new(code)).ok()
    }

    /// Whether the product fills the field by itself, so that staff cannot leave it out.
    pub fn is_computed(self) -> bool {
        matches!(self, Self::IndexNumber | Self::PublishedOn | Self::RepealedOn | Self::Validity)
    }
}

/// Which time limit for publication a type falls under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PublicationLimit {
    /// The general one of Art. 26.
    General,
    /// The one for permits and penalties (国办发〔2017〕94号).
    PermitOrPenalty,
}

impl From<PublicationLimit> for rules::deadline::PublicationKind {
    fn from(limit: PublicationLimit) -> Self {
        match limit {
            PublicationLimit::General => Self::General,
            PublicationLimit::PermitOrPenalty => Self::PermitOrPenalty,
        }
    }
}

/// The path of a type's file.
pub(super) fn file_of(code: &str) -> String {
    format!("{FOLDER}{code}.toml")
}

/// Reads one file per type, sorted by `order`.
pub(super) fn read(source: &Source) -> Result<Table<ContentType>, ReferenceError> {
    let mut types: Vec<ContentType> = Vec::new();
    for path in source.paths_in(FOLDER) {
        let content_type: ContentType = source.value(path)?;
        if file_of(&content_type.code) != path {
            let code = content_type.code;
            return Err(source.error(path, &code, "", Problem::FileName { code: code.clone() }));
        }
        types.push(content_type);
    }
    types.sort_by_key(|content_type| content_type.order);
    source.unique(FOLDER, types)
}
