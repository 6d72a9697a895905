//! What the desk tells of a report whose record was withdrawn: when, why, by whom, and what to do.

use kit_db::Tx;
use rules::{permission::Act, standing::RequestState};

use crate::{
    annual_report::{Report, queries, withdrawal},
    cx::Cx,
    desk::{
        officer::Officer,
        record::may,
        review::names::{Names, moment},
    },
    document::{self, Document},
    error::Result,
    id::DocumentId,
    standing::{self, Kind, Request},
    words,
};

/// How the record of a report stands.
#[derive(Default)]
pub struct Face {
    /// Its withdrawal.
    pub withdrawn: Option<Withdrawn>,
    /// Whether the edition that holds the report was taken out of public sight.
    pub is_concealed: bool,
    /// Where this person can have it withdrawn.
    pub withdraw_href: Option<String>,
}

/// A withdrawal in words.
pub struct Withdrawn {
    /// When.
    pub at: String,
    /// Why: the name of the reason, which is for staff.
    pub reason: String,
    /// Who asked, and when; empty where the record came withdrawn from elsewhere.
    pub asked: String,
    /// Who decided, and when.
    pub decided: String,
    /// How the request stands.
    pub state: &'static str,
    /// What was written for the record; empty for those who may not read the record at the desk.
    pub note: String,
}

/// How the record of a report stands before the public, as this person may know it.
///
/// # Errors
/// As the database.
pub async fn read(officer: &Officer, report: &Report) -> Result<Face> {
    let Some(id) = report.document_id.clone().map(DocumentId) else { return Ok(Face::default()) };
    let report = report.clone();
    let (document, withdrawn, is_concealed) = officer
        .read(move |tx, cx| {
            let document = document::actions::find(tx, cx, &id)?;
            let is_concealed = match &report.edition_id {
                Some(edition_id) => queries::is_concealed(tx, &cx.site_id, edition_id)?,
                None => false,
            };
            Ok((document, withdrawn(tx, cx, &report, &id)?, is_concealed))
        })
        .await?;
    Ok(Face {
        withdraw_href: withdraw_href(officer, &document),
        withdrawn: withdrawn.map(|withdrawn| within_sight(officer, &document, withdrawn)),
        is_concealed,
    })
}

fn withdraw_href(officer: &Officer, document: &Document) -> Option<String> {
    let may_ask = document.state == "live" && may(officer, Act::RequestWithdrawal, document);
    may_ask.then(|| format!("/desk/documents/{}/withdraw", document.id.0))
}

fn within_sight(officer: &Officer, document: &Document, mut withdrawn: Withdrawn) -> Withdrawn {
    if !may(officer, Act::ReadDrafts, document) {
        withdrawn.note.clear();
    }
    withdrawn
}

fn withdrawn(tx: &mut Tx<'_>, cx: &Cx, report: &Report, id: &DocumentId) -> Result<Option<Withdrawn>> {
    let Some(withdrawal) = withdrawal::of(tx, cx, report)? else { return Ok(None) };
    let names = Names::read(tx, cx)?;
    let by = |login: &str, at: i64| format!("{}　{}", names.person(login), moment(at));
    let request = standing::queries::of_document(tx, &cx.site_id, id)?.into_iter().find(is_carried_out);
    let decided = request.as_ref().and_then(|request| {
        let (login, at) = request.decided_by.as_deref().zip(request.decided_at)?;
        Some(by(login, at))
    });
    let asked = request.as_ref().map(|request| by(&request.requested_by, request.requested_at));
    let state = request.as_ref().map(|request| words::standing_state(request.kind.code(), request.state).0);
    let reason = cx.reference.withdraw_reasons.get(&withdrawal.reason);
    Ok(Some(Withdrawn {
        at: moment(withdrawal.at),
        reason: reason.map(|reason| reason.name.clone()).unwrap_or_default(),
        asked: asked.unwrap_or_default(),
        decided: decided.unwrap_or_default(),
        state: state.unwrap_or_default(),
        note: request.map(|request| request.grounds.note).unwrap_or_default(),
    }))
}

fn is_carried_out(request: &Request) -> bool {
    use RequestState as S;
    request.kind == Kind::Withdraw
        && matches!(request.state, S::Confirmed | S::Emergency | S::Upheld | S::Objected)
}
