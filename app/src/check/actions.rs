//! What others ask of the checks: findings while somebody types and of an edition, what stops a step, and the reasons for
//! what may stay.

use std::collections::HashMap;

use kit_db::Tx;
use rules::check::{self, Code, Facts, Record};

use super::{
    Subject, facts, files, near, queries, reading,
    shown::{Counted, Shown},
};
use crate::{
    audit::{self, Act},
    cx::Cx,
    document,
    error::{Error, Refusal, Result},
    id::{DocumentId, EditionId},
    publishing::actions::date,
};

/// Characters a reason must have at least.
const SHORTEST_REASON: usize = 4;

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
    let words = cx.word_lists.of_site(tx, cx)?;
    let (attachments, in_files) = match subject.edition_id {
        Some(edition_id) => files::findings(tx, cx, edition_id, &words)?,
        None => (Vec::new(), Vec::new()),
    };
    let record = Record {
        title: &content.title,
        summary: &content.summary,
        document_number: content.document_number.as_deref(),
        written_on: content.written_on.as_deref().and_then(date),
        in_force_on: content.in_force_on.as_deref().and_then(date),
        expires_on: content.expires_on.as_deref().and_then(date),
        body: &body,
        attachments: &attachments,
    };
    let missing_fields = facts::missing_fields(cx, subject);
    let number_taken_by = facts::number_taken_by(tx, cx, subject)?;
    let link_targets = facts::link_targets(tx, cx, &body.links)?;
    let similar = near::similar(tx, cx, subject)?;
    let clock = facts::clock(tx, cx, subject)?;
    let mut findings = words.with(|words| {
        let facts = Facts {
            missing_fields: &missing_fields,
            number_taken_by: number_taken_by.as_deref(),
            link_targets: &link_targets,
            words,
            similar: similar.as_ref(),
            clock,
        };
        check::all(&record, &facts)
    });
    findings.extend(in_files);
    let reasons = match subject.document_id {
        Some(id) => queries::justifications(tx, &cx.site_id, id)?,
        None => HashMap::new(),
    };
    let counted = Counted { body: &body, content };
    Ok(findings.iter().map(|finding| Shown::new(finding, &counted, &reasons)).collect())
}

/// The findings that keep an edition from being submitted or published: blocking ones for which nobody gave a reason.
///
/// # Errors
/// Not found when there is no such edition.
pub fn blocking(tx: &mut Tx<'_>, cx: &Cx, edition_id: &EditionId) -> Result<Vec<Shown>> {
    let found = findings(tx, cx, edition_id)?;
    Ok(found.into_iter().filter(Shown::is_blocking).collect())
}

/// Refuses a step while something stops the edition.
///
/// # Errors
/// Refused with [`Refusal::Findings`]; not found when there is no such edition.
pub fn require_none_blocking(tx: &mut Tx<'_>, cx: &Cx, edition_id: &EditionId) -> Result<()> {
    let found = blocking(tx, cx, edition_id)?;
    if found.is_empty() { Ok(()) } else { Err(Refusal::Findings(found).into()) }
}

/// Lets a finding of a document stay, for a reason that reviewers see.
///
/// # Errors
/// Refused when the rule allows no reason or the reason says nothing; not found when there is no such document.
pub fn justify(
    tx: &mut Tx<'_>,
    cx: &Cx,
    document_id: &DocumentId,
    (fingerprint, code): (&str, &str),
    reason: &str,
) -> Result<()> {
    document::actions::find(tx, cx, document_id)?;
    let code = Code::from_word(code).ok_or(Error::NotFound)?;
    let reason = reason.trim();
    if !code.may_be_justified() {
        let label = super::words::label(code);
        return Err(Refusal::Invalid(format!("“{label}”必须改正，不能用说明理由代替")).into());
    }
    if reason.chars().count() < SHORTEST_REASON {
        return Err(Refusal::Invalid("理由至少写四个字，让审核的人看得懂".to_owned()).into());
    }
    queries::set_justification(tx, cx, document_id, (fingerprint, code.word()), reason)?;
    record(tx, cx, "finding.justify", document_id, &format!("{} {fingerprint}：{reason}", code.word()))
}

/// Takes a reason back: the finding counts again.
///
/// # Errors
/// Not found when there was none.
pub fn unjustify(tx: &mut Tx<'_>, cx: &Cx, document_id: &DocumentId, fingerprint: &str) -> Result<()> {
    if !queries::delete_justification(tx, &cx.site_id, document_id, fingerprint)? {
        return Err(Error::NotFound);
    }
    record(tx, cx, "finding.unjustify", document_id, fingerprint)
}

fn record(tx: &mut Tx<'_>, cx: &Cx, action: &'static str, id: &DocumentId, detail: &str) -> Result<()> {
    audit::actions::record(tx, cx, Act { action, object_kind: "document", object_id: &id.0, detail })
}
