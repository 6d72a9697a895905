//! The files of a draft: listed, ordered, renamed, removed and put back, by a script or on a page of their own without
//! one; and each of them shown to those who may read the draft.

use std::io::Cursor;

use askama::Template;
use axum::{
    extract::{FromRequest, Multipart, Request, State},
    http::{HeaderMap, Method},
    response::Response,
};
use kit_db::Tx;
use rules::{check::Cleaning, permission::Act};
use serde::{Deserialize, Serialize};

use super::{cleaning, edit::File, open};
use crate::{
    app::App,
    attachment,
    cx::Cx,
    desk::{
        form::{self, DeskForm, DeskJson},
        officer::Officer,
        page::Layout,
        stored_file::{ASKED_AGAIN, Sent},
    },
    draft::{
        self,
        upload::{self, free_name},
    },
    error::{Error, Refusal, Result},
    id::EditionId,
    portal::{page::Link, visit::Address},
};

/// A change of the list, one at a time.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// The ids in their new order.
    Order(Vec<String>),
    /// Another name.
    Rename {
        /// Which.
        id: String,
        /// The name.
        name: String,
    },
    /// Take it off.
    Remove(String),
    /// Put it back.
    Restore(String),
    /// Write it again without what it hides.
    Clean {
        /// Its name.
        name: String,
        /// What goes, as a code.
        what: String,
    },
}

/// A file as scripts read it.
#[derive(Debug, Serialize)]
pub struct FileJson {
    id: String,
    name: String,
    size: i64,
    sha256: String,
}

impl From<attachment::Attachment> for FileJson {
    fn from(attachment: attachment::Attachment) -> FileJson {
        let attachment::Attachment { id, name, file } = attachment;
        FileJson { id, name, size: file.size, sha256: file.sha256 }
    }
}

#[derive(Debug, Serialize)]
struct List {
    attachments: Vec<FileJson>,
}

/// `POST /desk/editions/{id}/attachments`.
pub async fn change(Address(id): Address<String>, sent: DeskJson<Change>) -> Response {
    let DeskJson { officer, value } = sent;
    let made = changed(&officer, EditionId(id), value).await;
    officer.answer_json(made)
}

async fn changed(officer: &Officer, id: EditionId, change: Change) -> Result<List> {
    if let Change::Clean { name, what } = change {
        let what = Cleaning::from_code(&what).ok_or(Error::NotFound)?;
        cleaning::clean(officer, &id, name, what).await?;
        return officer.read(move |tx, cx| list(tx, cx, &id)).await;
    }
    let grants = officer.grants.clone();
    officer
        .act(move |tx, cx| {
            open(tx, cx, &grants, &id, Act::Draft)?;
            apply(tx, cx, &id, &change)?;
            list(tx, cx, &id)
        })
        .await
}

fn list(tx: &mut Tx<'_>, cx: &Cx, id: &EditionId) -> Result<List> {
    let all = attachment::queries::of_edition(tx, &cx.site_id, id)?;
    Ok(List { attachments: all.into_iter().map(FileJson::from).collect() })
}

fn apply(tx: &mut Tx<'_>, cx: &Cx, id: &EditionId, change: &Change) -> Result<()> {
    match change {
        Change::Order(ids) => attachment::actions::arrange(tx, cx, id, ids),
        // The script names the picture anew in the text that it holds, and saves that.
        Change::Rename { id: file, name } => attachment::actions::rename(tx, cx, id, file, name).map(drop),
        Change::Remove(file) => draft::actions::remove_file(tx, cx, id, file),
        Change::Restore(file) => draft::actions::put_back_file(tx, cx, id, file).map(drop),
        // The file is written again before a transaction begins.
        Change::Clean { .. } => Err(Error::NotFound),
    }
}

#[derive(Template)]
#[template(path = "desk/editor/attachments.html")]
struct AttachmentsPage {
    layout: Layout,
    edition_id: String,
    title: String,
    files: Vec<File>,
    limit_mb: u64,
}

/// `GET /desk/editions/{id}/attachments`: the list for those without scripts.
pub async fn show(Address(id): Address<String>, officer: Officer) -> Response {
    let made = async {
        let opened = officer.open(&id, Act::Draft).await?;
        let edition_id = opened.edition.id.clone();
        let files = officer
            .read(move |tx, cx| Ok(attachment::queries::of_edition(tx, &cx.site_id, &edition_id)?))
            .await?;
        let mut layout = officer.layout("附件");
        layout.crumbs = vec![
            Link::new("信息", "/desk/documents"),
            Link::new("编辑", format!("/desk/editions/{id}/edit")),
        ];
        officer.page(&AttachmentsPage {
            layout,
            edition_id: id,
            title: opened.edition.content.title,
            files: files.into_iter().map(File::from).collect(),
            limit_mb: FORM_LIMIT_MB,
        })
    };
    officer.answer(made.await)
}

/// `POST /desk/editions/{id}/attachments/change`: a button of that page.
pub async fn press(Address(id): Address<String>, sent: DeskForm) -> Response {
    let DeskForm { officer, form } = sent;
    let (grants, edition_id) = (officer.grants.clone(), EditionId(id.clone()));
    let file = form.text("file");
    let change = match form.raw("do") {
        Some("rename") => Change::Rename { id: file, name: form.text("name") },
        Some("up") => Change::Order(vec![file]),
        Some("remove") => Change::Remove(file),
        _ => return officer.answer(Err(Error::NotFound)),
    };
    let made = officer.act(move |tx, cx| {
        open(tx, cx, &grants, &edition_id, Act::Draft)?;
        match &change {
            Change::Rename { id, name } => draft::actions::rename_file(tx, cx, &edition_id, id, name),
            other => apply(tx, cx, &edition_id, other),
        }
    });
    let path = format!("/desk/editions/{id}/attachments");
    officer.answer(made.await.map(|()| officer.go(&path, "已修改附件")))
}

/// Largest file of a plain form, in MB: the whole request must fit into what the server takes at once.
const FORM_LIMIT_MB: u64 = 8;

/// `POST /desk/editions/{id}/attachments/file`: one file by a plain form.
pub async fn take(
    Address(id): Address<String>,
    State(app): State<std::sync::Arc<App>>,
    officer: Officer,
    request: Request,
) -> Response {
    let made = async {
        let (name, bytes) = match read_form(&officer, request, &app).await? {
            Some(file) => file,
            None => return Ok(officer.stale_form()),
        };
        let opened = officer.open(&id, Act::Draft).await?;
        keep(&officer, &opened.edition.id, name, bytes).await?;
        Ok(officer.go(&format!("/desk/editions/{id}/attachments"), "附件已上传"))
    };
    officer.answer(made.await)
}

/// The file of a multipart form whose token is good; none where it is not.
async fn read_form(
    officer: &Officer,
    request: Request,
    app: &std::sync::Arc<App>,
) -> Result<Option<(String, Vec<u8>)>> {
    let unreadable = || Error::from(Refusal::Attachment("上传的内容无法识别，请重新选择文件".to_owned()));
    let mut parts = Multipart::from_request(request, app).await.map_err(|_| unreadable())?;
    let mut is_ours = false;
    while let Some(part) = parts.next_field().await.map_err(|_| unreadable())? {
        let field = part.name().unwrap_or_default().to_owned();
        if field == form::FIELD {
            is_ours = officer.accepts(&part.text().await.map_err(|_| unreadable())?);
        } else if field == "file" {
            if !is_ours {
                return Ok(None);
            }
            let name = part.file_name().unwrap_or_default().to_owned();
            let bytes = part.bytes().await.map_err(|_| unreadable())?;
            if bytes.is_empty() {
                return Err(Refusal::Attachment("请选择一个文件".to_owned()).into());
            }
            return Ok(Some((name, bytes.to_vec())));
        }
    }
    Ok(None)
}

async fn keep(officer: &Officer, id: &EditionId, name: String, bytes: Vec<u8>) -> Result<()> {
    let app = officer.visit.app.clone();
    let site_id = officer.visit.host.site.id.clone();
    let part = officer.cx().new_id();
    app.files.write_part(&part, 0, &bytes)?;
    let scanned = upload::scan_part(&app.files, &part, &name, &app.config.scan_command).await;
    app.files.remove_part(&part)?;
    scanned?;
    let (files, stored_name) = (app.files.clone(), name.clone());
    let stored =
        tokio::task::spawn_blocking(move || files.store(&site_id, &stored_name, &mut Cursor::new(bytes)));
    let stored = stored.await.map_err(|error| crate::app::task_failed(&error))??;
    let id = id.clone();
    officer
        .act(move |tx, cx| {
            let present = attachment::queries::of_edition(tx, &cx.site_id, &id)?;
            let name = free_name(&name, &present);
            attachment::actions::attach(tx, cx, &id, &name, &stored).map(drop)
        })
        .await
}

/// `GET /desk/editions/{id}/files/{name}`: a file of the draft, for those who may read drafts.
pub async fn download(
    Address((id, name)): Address<(String, String)>,
    method: Method,
    headers: HeaderMap,
    officer: Officer,
) -> Response {
    let made = async {
        let opened = officer.open(&id, Act::ReadDrafts).await?;
        let files = officer
            .read(move |tx, cx| Ok(attachment::queries::of_edition(tx, &cx.site_id, &opened.edition.id)?))
            .await?;
        let found = files.into_iter().find(|file| file.name == name).ok_or(Error::NotFound)?;
        let sent = Sent {
            name: &found.name,
            sha256: &found.file.sha256,
            media_type: &found.file.media_type,
            cache: ASKED_AGAIN,
        };
        sent.answer(&officer.visit, &method, &headers).await
    };
    match made.await {
        Ok(response) => response,
        Err(error) => officer.answer(Err(error)),
    }
}
