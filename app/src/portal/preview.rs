//! A draft as its page will look (预览), made by the very code that makes public pages. It reads nothing itself: the desk,
//! which may see drafts, brings everything.

use askama::Template;

use super::{
    page::{Layout, RecordPage},
    queries::{Listed, Live, PublicFile},
    record::{self, Whole},
    visit::Visit,
};
use crate::{
    column::Column,
    cx::date_of,
    document::{Document, Edition},
    error::{Error, Result},
};

/// A draft and what its page shows around it.
pub struct Draft {
    /// The document.
    pub document: Document,
    /// The edition.
    pub edition: Edition,
    /// Its files.
    pub files: Vec<PublicFile>,
    /// All columns.
    pub columns: Vec<Column>,
    /// Code of the issuing organ, where the site knows it.
    pub organ_code: Option<String>,
}

/// The page of a draft, in the reading mode given. Its files are at `file_href`.
///
/// # Errors
/// Unexpected when the template fails.
pub fn page(visit: &Visit, draft: Draft, senior: bool, file_href: impl Fn(&str) -> String) -> Result<String> {
    let whole = whole(visit, draft);
    let mut record = record::body(visit, &whole);
    record.html = super::head::with_pictures_at(&whole.live.body_html, &whole.files, &file_href);
    for (link, file) in record.attachments.iter_mut().zip(&whole.listed_files()) {
        link.href = file_href(&file.name);
    }
    let mut layout: Layout = record::layout(visit, &whole, visit.path.clone());
    layout.senior = senior;
    layout.noindex = true;
    let page = RecordPage {
        layout,
        record,
        band: None,
        relations: Vec::new(),
        versions: (0, String::new()),
        qr_src: String::new(),
        print_href: String::new(),
        previous: None,
        next: None,
    };
    page.render().map_err(|error| Error::Unexpected(error.into()))
}

/// The draft as if it were published now.
fn whole(visit: &Visit, draft: Draft) -> Whole {
    let now = visit.app.clock.now();
    let (document, content) = (draft.document, draft.edition.content);
    let live = Live {
        listed: Listed {
            document_id: document.id,
            content_type: document.content_type,
            column_id: document.column_id,
            public_number: document.public_number.unwrap_or_default(),
            title: content.title,
            document_number: content.document_number,
            issuing_organ: content.issuing_organ,
            issuing_organ_id: content.issuing_organ_id,
            written_on: content.written_on,
            listed_on: content.published_on.clone().unwrap_or_else(|| date_of(now)),
            first_published_at: document.first_published_at.unwrap_or(now),
            validity: "unstated".to_owned(),
            summary: content.summary,
        },
        edition_id: draft.edition.id,
        index_number: document.index_number.unwrap_or_else(|| "发布时编号".to_owned()),
        in_force_on: content.in_force_on,
        expires_on: content.expires_on,
        repealed_on: None,
        subject_category: content.subject_category,
        genre: content.genre,
        keywords: content.keywords,
        source: content.source,
        body_html: content.body_html,
        body_text: content.body_text,
        published_on: content.published_on,
    };
    Whole {
        report: None,
        live,
        files: draft.files,
        links: Vec::new(),
        n_versions: 0,
        columns: draft.columns,
        organ_code: draft.organ_code,
    }
}
