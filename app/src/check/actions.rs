//! What others ask of the checks.

use kit_db::Tx;
use rules::check::{self, Facts, Record};

use super::{
    Subject, facts, reading,
    shown::{Counted, Shown},
};
use crate::{cx::Cx, document, error::Result, id::EditionId, publishing::actions::date};

/// What is wrong with an edition, or worth a look.
///
/// # Errors
/// Not found when there is no such edition.
pub fn findings(tx: &mut Tx<'_>, cx: &Cx, edition_id: &EditionId) -> Result<Vec<Shown>> {
    let edition = document::actions::find_edition(tx, cx, edition_id)?;
    let document = document::actions::find(tx, cx, &edition.document_id)?;
    let subject = Subject {
        document_id: Some(&document.id),
        edition_id: Some(edition_id),
        content_type: &document.content_type,
        content: &edition.content,
    };
    findings_of(tx, cx, &subject)
}

/// The same for what is being typed.
///
/// # Errors
/// Only when the tables cannot be read.
pub fn findings_of(tx: &mut Tx<'_>, cx: &Cx, subject: &Subject<'_>) -> Result<Vec<Shown>> {
    let content = subject.content;
    let body = reading::text_of(&content.body_html);
    let record = Record {
        title: &content.title,
        summary: &content.summary,
        document_number: content.document_number.as_deref(),
        written_on: content.written_on.as_deref().and_then(date),
        in_force_on: content.in_force_on.as_deref().and_then(date),
        expires_on: content.expires_on.as_deref().and_then(date),
        body: &body,
        attachments: &[],
    };
    let missing_fields = facts::missing_fields(cx, subject);
    let number_taken_by = facts::number_taken_by(tx, cx, subject)?;
    let link_targets = facts::link_targets(tx, cx, &body.links)?;
    let clock = facts::clock(tx, cx, subject)?;
    let words = cx.word_lists.of_site(tx, cx)?;
    let findings = words.with(|words| {
        let facts = Facts {
            missing_fields: &missing_fields,
            number_taken_by: number_taken_by.as_deref(),
            link_targets: &link_targets,
            words,
            similar: None,
            clock,
        };
        check::all(&record, &facts)
    });
    let counted = Counted { body: &body, content };
    Ok(findings.iter().map(|finding| Shown::new(finding, &counted, |_| None)).collect())
}
