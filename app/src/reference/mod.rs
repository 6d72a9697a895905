//! Reference data: the kinds, categories, columns and calendars that the law and national documents
//! fix, read from the files under `reference/`.
//!
//! The files are embedded in the binary, parsed once and checked against each other, so that adding
//! a content type or a column touches no Rust. Nothing here is changed by users: what a site adds or
//! renames lives in its own tables.

mod calendar;
mod catalogue;
mod checks;
mod column;
mod content_type;
mod error;
mod reading;
mod reason;
mod report_format;
mod site_parts;
mod table;
mod word;

pub use catalogue::{Genre, SubjectCategory};
pub use column::{ColumnType, KeyArea, StandardColumn, StatutoryItem, StatutoryLevel};
pub use content_type::{ContentType, HeadField};
pub use error::ReferenceError;
pub use reason::{CorrectionReason, SecrecyBasis, WithdrawReason};
pub use report_format::{
    ArticleClass, ChartData, ChartFormat, DocumentClass, Drawing, HeadLabel, Measure, ProposalCount,
    ReportFigure, ReportFormat, RequestCount, SectionFormat, TableColumn, TableFormat, TrainingCount,
};
pub use site_parts::{FooterItem, FooterValue, OrganKind, Theme, Themes};
pub use table::Table;
pub use word::CommonWord;

use reading::Source;

/// All reference data of one build.
#[derive(Debug)]
pub struct Reference {
    /// Days off and make-up working days of every notice.
    pub calendar: rules::calendar::Calendar,
    /// Kinds of documents, in their order.
    pub content_types: Table<ContentType>,
    /// 法定主动公开内容: Art. 20's fifteen items and the additions of Art. 21.
    pub statutory_items: Table<StatutoryItem>,
    /// 重点领域
    pub key_areas: Table<KeyArea>,
    /// 主题分类, the 22 classes.
    pub subject_categories: Table<SubjectCategory>,
    /// 体裁分类
    pub genres: Table<Genre>,
    /// 栏目类别, the values of the page tag ColumnType.
    pub column_types: Table<ColumnType>,
    /// The column tree of a new site, parents before children.
    pub standard_columns: Table<StandardColumn>,
    /// Why a document may be withdrawn.
    pub withdraw_reasons: Table<WithdrawReason>,
    /// Why a document may be corrected.
    pub correction_reasons: Table<CorrectionReason>,
    /// What a secrecy review rests on.
    pub secrecy_bases: Table<SecrecyBasis>,
    /// 机构类别
    pub organ_kinds: Table<OrganKind>,
    /// 底部功能区, in its order.
    pub footer_items: Table<FooterItem>,
    /// Main colours and papers.
    pub themes: Themes,
    /// Common mistakes of official writing.
    pub words: Table<CommonWord>,
    /// 年度报告格式, side by side.
    pub report_formats: Table<ReportFormat>,
}

impl Reference {
    /// The tables, read once a process.
    pub fn get() -> &'static Reference {
        static REFERENCE: std::sync::OnceLock<Reference> = std::sync::OnceLock::new();
        REFERENCE.get_or_init(|| Reference::load().expect("the embedded tables are checked by a test"))
    }

    /// The content type of a code.
    pub fn content_type(&self, code: &str) -> Option<&ContentType> {
        self.content_types.get(code)
    }

    /// Parses and cross-checks the embedded files; the first error ends it, with file and line.
    pub fn load() -> Result<Self, ReferenceError> {
        Self::from_source(&Source::embedded())
    }

    fn from_source(source: &Source) -> Result<Self, ReferenceError> {
        let reference = Self {
            calendar: calendar::read(source)?,
            content_types: content_type::read(source)?,
            statutory_items: source.table("statutory_items.toml", "item")?,
            key_areas: source.table("key_areas.toml", "area")?,
            subject_categories: source.table("subject_categories.toml", "category")?,
            genres: source.table("genres.toml", "genre")?,
            column_types: source.table("column_types.toml", "column_type")?,
            standard_columns: source.table("standard_columns.toml", "column")?,
            withdraw_reasons: source.table("withdraw_reasons.toml", "reason")?,
            correction_reasons: source.table("correction_reasons.toml", "reason")?,
            secrecy_bases: source.table("secrecy_bases.toml", "basis")?,
            organ_kinds: source.table("organ_kinds.toml", "kind")?,
            footer_items: source.table("footer_items.toml", "item")?,
            themes: site_parts::read_themes(source)?,
            words: source.table("word_list.toml", "word")?,
            report_formats: report_format::read(source)?,
        };
        checks::cross_check(&reference, source)?;
        Ok(reference)
    }
}

#[cfg(test)]
mod tests;
