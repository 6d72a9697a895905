//! The checks while somebody writes: what is typed is looked at as if it were saved, and nothing is.

use axum::response::Response;
use rules::permission::Act;
use serde::{Deserialize, Serialize};

use super::{
    fields::{self, BODY},
    open,
    saving::{Sent, cleaned},
};
use crate::{
    check::{Subject, actions, shown::Shown},
    desk::{form::DeskJson, officer::Officer},
    error::Result,
    id::EditionId,
    portal::visit::Address,
};

/// What was found.
#[derive(Debug, Serialize)]
struct Found {
    findings: Vec<Shown>,
}

/// `POST /desk/editions/{id}/check`.
pub async fn check(Address(id): Address<String>, sent: DeskJson<Sent>) -> Response {
    let DeskJson { officer, value } = sent;
    let made = findings(&officer, id, value).await;
    officer.answer_json(made)
}

async fn findings(officer: &Officer, id: String, sent: Sent) -> Result<Found> {
    let mut values = sent.content;
    let body = match values.remove(BODY) {
        Some(markup) => Some(cleaned(markup).await?),
        None => None,
    };
    let (grants, id) = (officer.grants.clone(), EditionId(id));
    officer
        .read(move |tx, cx| {
            let opened = open(tx, cx, &grants, &id, Act::Draft)?;
            // A value that cannot be kept yet, such as half a date, is left out of what is checked.
            let (content, _) = fields::apply(opened.kind, &opened.edition.content, &values, body);
            let subject = Subject {
                document_id: Some(&opened.document.id),
                edition_id: Some(&id),
                content_type: &opened.kind.code,
                content: &content,
            };
            Ok(Found { findings: actions::findings_of(tx, cx, &subject)? })
        })
        .await
}

/// A reason for leaving a finding as it is.
#[derive(Debug, Deserialize)]
pub struct Reason {
    code: String,
    fingerprint: String,
    /// Empty to take an earlier reason back.
    reason: String,
}

/// `POST /desk/editions/{id}/justify`.
pub async fn justify(Address(id): Address<String>, sent: DeskJson<Reason>) -> Response {
    let DeskJson { officer, value } = sent;
    let (grants, id) = (officer.grants.clone(), EditionId(id));
    let made = officer.act(move |tx, cx| {
        let document = open(tx, cx, &grants, &id, Act::Draft)?.document.id;
        let Reason { code, fingerprint, reason } = &value;
        if reason.trim().is_empty() {
            return actions::unjustify(tx, cx, &document, fingerprint);
        }
        actions::justify(tx, cx, &document, (fingerprint, code), reason)
    });
    officer.answer_json(made.await.map(|()| serde_json::json!({ "kept": true })))
}
