//! A Word document that was uploaded to be read: what it says goes back to the page, where the officer decides what of it
//! is taken. Its pictures become files of the draft, because the page shows them.

use std::io::Cursor;

use axum::response::Response;
use kit_office::docx::Picture;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::{attachments::FileJson, uploads};
use crate::{
    app::{App, task_failed},
    attachment::{self, Attachment, StoredFile},
    desk::{form::DeskJson, officer::Officer},
    draft::{
        upload::{self, Purpose, State, Upload},
        word::{self, Word},
    },
    error::{Error, Refusal, Result},
    id::SiteId,
    portal::visit::Address,
};

/// What a page that asks says: nothing.
#[derive(Debug, serde::Deserialize)]
pub struct Nothing {}

/// What was read.
#[derive(Debug, Serialize)]
struct ReadJson {
    title: String,
    document_number: String,
    written_on: String,
    body_html: String,
    pictures: Vec<FileJson>,
}

/// `POST /desk/uploads/{upload}/read`.
pub async fn read(Address(id): Address<String>, asked: DeskJson<Nothing>) -> Response {
    let officer = asked.officer;
    let made = read_upload(&officer, id).await;
    officer.answer_json(made)
}

async fn read_upload(officer: &Officer, id: String) -> Result<ReadJson> {
    let upload = uploads::find(officer, &id).await?;
    if upload.purpose != Purpose::Document || upload.state != State::Done {
        return Err(Error::NotFound);
    }
    let (app, site_id) = (officer.visit.app.clone(), officer.visit.host.site.id.clone());
    let name = upload.name.clone();
    let place = upload.id.clone();
    let work = tokio::task::spawn_blocking(move || read_file(&app, &site_id, &place, &name));
    let (word, stored) = work.await.map_err(|error| task_failed(&error))??;
    answer(officer, upload, word, stored).await
}

/// The text, and for each picture the file it became; none for what no page can show.
fn read_file(
    app: &App,
    site_id: &SiteId,
    upload: &str,
    name: &str,
) -> Result<(Word, Vec<Option<StoredFile>>)> {
    let bytes = std::fs::read(app.files.part_place(upload))?;
    let read = word::read(app.reference, &bytes);
    let word = read.map_err(|error| Refusal::Attachment(format!("“{name}”：{error}")))?;
    let stored =
        word.pictures.iter().map(|picture| store(app, site_id, picture)).collect::<Result<Vec<_>>>()?;
    Ok((word, stored))
}

fn store(app: &App, site_id: &SiteId, picture: &Picture) -> Result<Option<StoredFile>> {
    let Some(name) = picture_name(picture.media_type) else { return Ok(None) };
    match app.files.store(site_id, name, &mut Cursor::new(&picture.bytes)) {
        Ok(stored) => Ok(Some(stored)),
        Err(Error::Refused(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

fn picture_name(media_type: &str) -> Option<&'static str> {
    match media_type {
        "image/png" => Some("图片.png"),
        "image/jpeg" => Some("图片.jpg"),
        "image/gif" => Some("图片.gif"),
        "image/webp" => Some("图片.webp"),
        "image/bmp" => Some("图片.bmp"),
        _ => None,
    }
}

async fn answer(
    officer: &Officer,
    upload: Upload,
    word: Word,
    stored: Vec<Option<StoredFile>>,
) -> Result<ReadJson> {
    let names: Vec<Option<&'static str>> =
        word.pictures.iter().map(|picture| picture_name(picture.media_type)).collect();
    let edition_id = upload.edition_id.clone();
    let attached: Vec<Option<Attachment>> = officer
        .act(move |tx, cx| {
            let mut present = attachment::queries::of_edition(tx, &cx.site_id, &edition_id)?;
            let mut attached = Vec::new();
            for (file, name) in stored.iter().zip(&names) {
                let (Some(file), Some(name)) = (file, name) else {
                    attached.push(None);
                    continue;
                };
                let name = upload::free_name(name, &present);
                let one = attachment::actions::attach(tx, cx, &edition_id, &name, file)?;
                present.push(one.clone());
                attached.push(Some(one));
            }
            Ok(attached)
        })
        .await?;
    let address = |number: usize| {
        let file = attached.get(number)?.as_ref()?;
        Some(utf8_percent_encode(&file.name, NON_ALPHANUMERIC).to_string())
    };
    let body = word::with_pictures(&word.body_html, address);
    Ok(ReadJson {
        title: word.title,
        document_number: word.document_number.unwrap_or_default(),
        written_on: word.written_on.unwrap_or_default(),
        body_html: kit_text::html::clean(&body).into_string(),
        pictures: attached.into_iter().flatten().map(FileJson::from).collect(),
    })
}
