//! What an edition needs before the public may read it, as a list of everything that is missing.
//!
//! It reports all shortcomings at once so that an officer mends them in one go. It does not look into
//! the text: personal data and wording are checked elsewhere.

use jiff::civil::Date;
use thiserror::Error;

use crate::disclosure::DisclosureClass;

/// What the check looks at; texts are given as entered.
#[derive(Debug, Clone)]
pub struct EditionFacts<'a> {
    /// 标题
    pub title: &'a str,
    /// 公开属性, once chosen.
    pub disclosure_class: Option<DisclosureClass>,
    /// The body as plain text.
    pub body_text: &'a str,
    /// Number of attachments.
    pub n_attachments: usize,
    /// Whether the content type consists of a file.
    pub needs_attachment: bool,
    /// Codes of head fields that the content type requires and that are empty.
    pub missing_fields: Vec<String>,
    /// 更正说明, what was changed and why.
    pub change_note: &'a str,
    /// Whether an earlier edition has been live.
    pub is_correction: bool,
    /// 成文日期
    pub written_on: Option<Date>,
    /// 发布日期 as it will be shown.
    pub published_on: Option<Date>,
    /// The day on which the document first went live here, or goes live now.
    pub first_published_on: Date,
    /// Whether it was public on an older site: its own date is shown, its head is as it was printed.
    pub is_imported: bool,
}

/// One thing that keeps an edition from being published.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Error)]
pub enum Shortcoming {
    /// No title.
    #[error("the title is empty")]
    NoTitle,
    /// No class; drafts without one may be sent back (国办发〔2016〕80号).
    #[error("the disclosure class has not been chosen")]
    NoDisclosureClass,
    /// Only proactively disclosed documents may appear in public.
    #[error("a document of this disclosure class may not be published")]
    NotProactive,
    /// Neither text nor file.
    #[error("there is neither a body nor an attachment")]
    Empty,
    /// The content type consists of a file.
    #[error("this content type needs an attachment")]
    NoAttachment,
    /// A head field that the content type requires; no empty label is printed.
    #[error("the required field {field} is empty")]
    FieldMissing {
        /// Code of the field.
        field: String,
    },
    /// A correction says what it corrects.
    #[error("a correction needs a note on what was changed and why")]
    NoChangeNote,
    /// Written after it is published.
    #[error("the date of writing is later than the day of publication")]
    WrittenAfterPublication,
    /// A shown date before the real one: 伪造发稿日期, a veto of the inspection (国办秘函〔2019〕19号).
    #[error("the date of publication shown is earlier than the real one")]
    Backdated,
}

/// Everything that keeps the edition from being published; empty when it may go live.
pub fn shortcomings(edition: &EditionFacts<'_>) -> Vec<Shortcoming> {
    let is_blank = |text: &str| text.trim().is_empty();
    let backdated = edition.published_on.is_some_and(|shown| shown < edition.first_published_on);
    let written_late = edition.written_on.is_some_and(|day| day > edition.first_published_on);
    let has_file = edition.n_attachments > 0;
    let class = edition.disclosure_class;
    let mut found: Vec<Shortcoming> = [
        (is_blank(edition.title), Shortcoming::NoTitle),
        (class.is_none(), Shortcoming::NoDisclosureClass),
        (class.is_some_and(|class| !class.may_appear_publicly()), Shortcoming::NotProactive),
        (is_blank(edition.body_text) && !has_file, Shortcoming::Empty),
        (edition.needs_attachment && !has_file, Shortcoming::NoAttachment),
        (edition.is_correction && is_blank(edition.change_note), Shortcoming::NoChangeNote),
        (written_late, Shortcoming::WrittenAfterPublication),
        (backdated && !edition.is_imported, Shortcoming::Backdated),
    ]
    .into_iter()
    .filter_map(|(wrong, shortcoming)| wrong.then_some(shortcoming))
    .collect();
    // What an older site published with an empty head stays public; it is listed for mending instead.
    if !edition.is_imported {
        let missing = edition.missing_fields.iter().cloned();
        found.extend(missing.map(|field| Shortcoming::FieldMissing { field }));
    }
    found
}
