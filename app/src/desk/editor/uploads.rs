//! Large files in parts: begun, continued from wherever the server stands, and taken in when the last byte is here.

use axum::{
    body::Bytes,
    extract::Query,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use rules::permission::Act;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{attachments::FileJson, open};
use crate::{
    app::task_failed,
    desk::{
        form::{self, DeskJson},
        officer::Officer,
    },
    draft::upload::{self, NewUpload, Purpose, State, Upload},
    error::{Error, Refusal, Result},
    id::EditionId,
    portal::visit::Address,
};

/// What a script says of a file before it sends it.
#[derive(Debug, Deserialize)]
pub struct Announced {
    name: String,
    size: i64,
    #[serde(default)]
    purpose: String,
}

/// Where a part begins.
#[derive(Debug, Deserialize)]
pub struct From {
    from: i64,
}

/// Where an upload stands, as scripts read it.
#[derive(Debug, Serialize)]
struct Standing {
    upload: String,
    received: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    attachment: Option<FileJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<DocumentJson>,
}

/// A document that waits to be read.
#[derive(Debug, Serialize)]
struct DocumentJson {
    upload: String,
    name: String,
    size: i64,
}

impl Standing {
    fn of(upload: &Upload) -> Standing {
        let is_document = upload.purpose == Purpose::Document && upload.state == State::Done;
        let document = is_document.then(|| DocumentJson {
            upload: upload.id.clone(),
            name: upload.name.clone(),
            size: upload.size,
        });
        Standing { upload: upload.id.clone(), received: upload.received, attachment: None, document }
    }
}

/// `POST /desk/editions/{id}/uploads`.
pub async fn begin(Address(id): Address<String>, sent: DeskJson<Announced>) -> Response {
    let DeskJson { officer, value } = sent;
    let (grants, id) = (officer.grants.clone(), EditionId(id));
    let limit = officer.visit.app.config.upload_mb << 20;
    let purpose = Purpose::from_code(&value.purpose).unwrap_or(Purpose::Attachment);
    let new = NewUpload { name: value.name, size: value.size, purpose };
    let made = officer.act(move |tx, cx| {
        open(tx, cx, &grants, &id, Act::Draft)?;
        upload::begin(tx, cx, &id, &new, limit)
    });
    officer.answer_json(made.await.map(|upload| Standing::of(&upload)))
}

/// `GET /desk/uploads/{upload}`.
pub async fn state(Address(id): Address<String>, officer: Officer) -> Response {
    let made = async {
        let upload = find(&officer, &id).await?;
        if upload.is_whole() { finish(&officer, upload).await } else { Ok(Standing::of(&upload)) }
    };
    officer.answer_json(made.await)
}

/// `PUT /desk/uploads/{upload}?from=N`: a part.
pub async fn part(
    Address(id): Address<String>,
    Query(From { from }): Query<From>,
    headers: HeaderMap,
    officer: Officer,
    bytes: Bytes,
) -> Response {
    if !officer.accepts(form::token(&headers)) {
        return officer.stale_json();
    }
    match take(&officer, &id, from, bytes).await {
        Ok(standing) => officer.answer_json(Ok(standing)),
        Err(Error::Conflict) => match find(&officer, &id).await {
            Ok(upload) => {
                (StatusCode::CONFLICT, axum::Json(json!({ "received": upload.received }))).into_response()
            }
            Err(error) => officer.answer_json::<()>(Err(error)),
        },
        Err(error) => officer.answer_json::<()>(Err(error)),
    }
}

/// The upload of a number, for whoever sends it and may still write the draft it belongs to.
pub(super) async fn find(officer: &Officer, id: &str) -> Result<Upload> {
    let (grants, id) = (officer.grants.clone(), id.to_owned());
    let read = officer.read(move |tx, cx| {
        let upload = upload::find(tx, cx, &id)?;
        open(tx, cx, &grants, &upload.edition_id, Act::Draft)?;
        Ok(upload)
    });
    read.await
}

async fn take(officer: &Officer, id: &str, from: i64, bytes: Bytes) -> Result<Standing> {
    let mut upload = find(officer, id).await?;
    if upload.state == State::Open {
        upload.received = write(officer, &upload, from, bytes).await?;
    }
    if upload.is_whole() { finish(officer, upload).await } else { Ok(Standing::of(&upload)) }
}

async fn write(officer: &Officer, upload: &Upload, from: i64, bytes: Bytes) -> Result<i64> {
    let (files, known) = (officer.visit.app.files.clone(), upload.clone());
    let written = tokio::task::spawn_blocking(move || upload::write_part(&files, &known, from, &bytes));
    let received = written.await.map_err(|error| task_failed(&error))??;
    let id = upload.id.clone();
    officer.act(move |tx, cx| Ok(crate::draft::queries::set_received(tx, cx, &id, received)?)).await?;
    Ok(received)
}

/// Every byte is here: the file is looked at and taken in, once.
async fn finish(officer: &Officer, upload: Upload) -> Result<Standing> {
    match upload.state {
        State::Refused => return Err(Refusal::Attachment(upload.outcome.unwrap_or_default()).into()),
        State::GivenUp => return Err(Error::NotFound),
        State::Done if upload.purpose == Purpose::Document => return Ok(Standing::of(&upload)),
        State::Done | State::Open => {}
    }
    match accepted(officer, &upload).await {
        Err(Error::Refused(Refusal::Attachment(reason))) => {
            let (id, said) = (upload.id.clone(), reason.clone());
            officer.act(move |tx, cx| upload::refuse(tx, cx, &id, &said)).await?;
            officer.visit.app.files.remove_part(&upload.id)?;
            Err(Refusal::Attachment(reason).into())
        }
        made => made,
    }
}

async fn accepted(officer: &Officer, upload: &Upload) -> Result<Standing> {
    let app = &officer.visit.app;
    let id = upload.id.clone();
    if upload.purpose == Purpose::Document {
        upload::scan_part(&app.files, &id, &upload.name, &app.config.scan_command).await?;
        officer.act(move |tx, cx| upload::keep_document(tx, cx, &id)).await?;
        return Ok(Standing::of(&Upload { state: State::Done, ..upload.clone() }));
    }
    let attached = if upload.state == State::Done {
        officer.read(move |tx, cx| upload::attached(tx, cx, &id)).await?
    } else {
        let stored =
            upload::accept(&app.files, &officer.visit.host.site.id, upload, &app.config.scan_command).await?;
        officer.act(move |tx, cx| upload::attach(tx, cx, &id, &stored)).await?
    };
    app.files.remove_part(&upload.id)?;
    Ok(Standing { attachment: Some(FileJson::from(attached)), ..Standing::of(upload) })
}
