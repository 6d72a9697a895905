//! What the edit page sends while somebody writes: the text every few seconds, the question who else is there, and the
//! whole form when a button is pressed.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kit_web::forms::{Form, FormErrors};
use rules::permission::Act;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    Opened, edit,
    fields::{self, BODY, Body, Values},
    open, queries,
};
use crate::{
    app::task_failed,
    cx::Cx,
    desk::{
        form::{DeskForm, DeskJson},
        officer::Officer,
    },
    draft::{self, Behind, Outcome, Present},
    error::{Error, Result},
    id::EditionId,
    portal::visit::Address,
    staff::Grant,
};

/// Bodies up to this many bytes are cleaned where the request is; longer ones beside it, so that others go on.
const CLEANED_AT_ONCE: usize = 32 * 1024;

/// What a script sends: the version that it wrote on, and the fields.
#[derive(Debug, Deserialize)]
pub struct Sent {
    /// Version of the edition.
    pub version: i64,
    /// Fields by their codes.
    pub content: Values,
}

/// Somebody else on the page.
#[derive(Debug, Serialize)]
struct Other {
    name: String,
    since: i64,
}

/// The answer to a save that was kept.
#[derive(Debug, Serialize)]
struct Kept {
    version: i64,
    saved_at: i64,
    others: Vec<Other>,
}

/// The answer to a save that came too late.
#[derive(Debug, Serialize)]
struct Late {
    version: i64,
    by: Option<String>,
    at: Option<i64>,
    /// Which fields changed since the version that was written on; none where that is no longer known.
    #[serde(skip_serializing_if = "Option::is_none")]
    changed_fields: Option<Vec<String>>,
    theirs: Values,
}

/// What became of a save.
enum Ended {
    Kept(Kept),
    Late(Box<Late>),
    Mistakes(FormErrors),
}

/// `POST /desk/editions/{id}/autosave`.
pub async fn autosave(Address(id): Address<String>, sent: DeskJson<Sent>) -> Response {
    let DeskJson { officer, value } = sent;
    match save(&officer, &id, value.version, value.content).await {
        Ok(Ended::Kept(kept)) => officer.answer_json(Ok(kept)),
        Ok(Ended::Late(late)) => (StatusCode::CONFLICT, officer.answer_json(Ok(late))).into_response(),
        Ok(Ended::Mistakes(errors)) => {
            let (field, sentence) = errors.iter().next().unwrap_or_default();
            let body = axum::Json(json!({ "error": sentence, "field": field }));
            (StatusCode::UNPROCESSABLE_ENTITY, body).into_response()
        }
        Err(error) => officer.answer_json::<()>(Err(error)),
    }
}

async fn save(officer: &Officer, id: &str, base: i64, mut values: Values) -> Result<Ended> {
    let body = match values.remove(BODY) {
        Some(sent) => Some(cleaned(sent).await?),
        None => None,
    };
    let (grants, id) = (officer.grants.clone(), EditionId(id.to_owned()));
    officer.act(move |tx, cx| save_in(tx, cx, &grants, &id, base, (&values, body.clone()))).await
}

/// The body cleaned, long ones beside the request.
pub async fn cleaned(sent: String) -> Result<Body> {
    if sent.len() <= CLEANED_AT_ONCE {
        return Ok(Body::read(&sent));
    }
    tokio::task::spawn_blocking(move || Body::read(&sent)).await.map_err(|error| task_failed(&error))
}

fn save_in(
    tx: &mut kit_db::Tx<'_>,
    cx: &Cx,
    grants: &[Grant],
    id: &EditionId,
    base: i64,
    (values, body): (&Values, Option<Body>),
) -> Result<Ended> {
    let opened = open(tx, cx, grants, id, Act::Draft)?;
    let (content, errors) = fields::apply(opened.kind, &opened.edition.content, values, body);
    if !errors.is_empty() {
        return Ok(Ended::Mistakes(errors));
    }
    match draft::actions::save(tx, cx, &opened.edition, base, &content)? {
        Outcome::Saved { version, others } => {
            Ok(Ended::Kept(Kept { version, saved_at: cx.at, others: named(tx, cx, others)? }))
        }
        Outcome::Behind(behind) => Ok(Ended::Late(Box::new(late(tx, cx, &opened, &behind)?))),
    }
}

fn named(tx: &mut kit_db::Tx<'_>, cx: &Cx, others: Vec<Present>) -> Result<Vec<Other>> {
    let other = |present: Present| {
        Ok(Other { name: queries::name_of(tx, &cx.site_id, &present.login)?, since: present.since })
    };
    others.into_iter().map(other).collect()
}

fn late(tx: &mut kit_db::Tx<'_>, cx: &Cx, opened: &Opened, behind: &Behind) -> Result<Late> {
    let theirs = fields::values(opened.kind, &behind.content);
    let changed = behind.base.as_ref().map(|base| {
        let before = fields::values(opened.kind, base);
        theirs
            .iter()
            .filter(|(code, value)| before.get(*code) != Some(value))
            .map(|(code, _)| code.clone())
            .collect()
    });
    let by = match behind.login.as_deref() {
        None | Some("") => None,
        Some(login) => Some(queries::name_of(tx, &cx.site_id, login)?),
    };
    Ok(Late { version: behind.version, by, at: behind.at, changed_fields: changed, theirs })
}

/// What `GET …/state` answers.
#[derive(Debug, Serialize)]
struct StateNow {
    version: i64,
    saved_by: Option<String>,
    others: Vec<Other>,
    /// A fresh token: the session may be a new one.
    csrf: String,
    account: String,
    name: String,
}

/// `GET /desk/editions/{id}/state`: the version, who else is there, and who asks.
pub async fn state(Address(id): Address<String>, officer: Officer) -> Response {
    let (grants, id) = (officer.grants.clone(), EditionId(id));
    let (csrf, login, name) = (officer.csrf(), officer.account.login.clone(), officer.account.name.clone());
    let made = officer.act(move |tx, cx| {
        let opened = open(tx, cx, &grants, &id, Act::Draft)?;
        let others = draft::actions::look(tx, cx, &id)?;
        let newest = draft::queries::newest_step(tx, &cx.site_id, &id)?;
        let by = newest.filter(|step| step.version == opened.edition.version && step.login != cx.actor);
        let saved_by = by.map(|step| queries::name_of(tx, &cx.site_id, &step.login)).transpose()?;
        Ok(StateNow {
            version: opened.edition.version,
            saved_by: saved_by.filter(|name| !name.is_empty()),
            others: named(tx, cx, others)?,
            csrf: csrf.clone(),
            account: login.clone(),
            name: name.clone(),
        })
    });
    officer.answer_json(made.await)
}

/// `POST /desk/editions/{id}`: the plain form.
pub async fn submit(Address(id): Address<String>, sent: DeskForm) -> Response {
    let DeskForm { officer, form } = sent;
    let made = submit_form(&officer, &id, &form).await;
    officer.answer(made)
}

async fn submit_form(officer: &Officer, id: &str, form: &Form) -> Result<Response> {
    match save_form(officer, id, form).await? {
        Some(page) => Ok(page),
        None => Ok(officer.go(&after(id, form.raw("do").unwrap_or_default()), "已保存")),
    }
}

/// Saves what the form of the edit page holds; whoever is sent it does this first, so that no button loses text. When it
/// was not saved, the answer is the page that says why, with everything that was typed.
///
/// # Errors
/// As [`open`].
pub async fn save_form(officer: &Officer, id: &str, form: &Form) -> Result<Option<Response>> {
    let Some(base) = form.raw("version").and_then(|version| version.parse().ok()) else {
        return Err(Error::NotFound);
    };
    let opened = officer.open(id, Act::Draft).await?;
    let codes = fields::values(opened.kind, &opened.edition.content).into_keys();
    let values: Values = codes.filter_map(|code| Some((code.clone(), form.raw(&code)?.to_owned()))).collect();
    match save(officer, id, base, values.clone()).await? {
        Ended::Kept(_) => Ok(None),
        Ended::Late(late) => edit::conflict(officer, opened, &values, late.version, late.by).await.map(Some),
        Ended::Mistakes(errors) => edit::mistakes(officer, opened, &values, errors).await.map(Some),
    }
}

/// Where the button leads that was pressed.
fn after(id: &str, pressed: &str) -> String {
    match pressed {
        "preview" => format!("/desk/editions/{id}/preview?mode=desktop"),
        _ => format!("/desk/editions/{id}/edit"),
    }
}
