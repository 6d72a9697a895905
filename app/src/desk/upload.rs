//! A form with one file, streamed to the disk. Its token stands before the file, and nothing of the file is taken before the
//! token was looked at.

use std::sync::Arc;

use axum::{
    extract::{FromRequest, FromRequestParts, Multipart, Request, multipart::Field},
    response::Response,
};
use kit_web::forms::Form;
use tempfile::TempPath;
use tokio::{fs::File, io::AsyncWriteExt};

use super::{form, officer::Officer};
use crate::{
    app::App,
    error::{Error, Refusal, Result},
};

/// The longest field that is no file.
const MAX_FIELD: usize = 64 << 10;
/// Most fields that are no file.
const MAX_FIELDS: usize = 50;

/// A form that this session was shown, with its file.
pub struct DeskUpload {
    /// Who sent it.
    pub officer: Officer,
    /// Its fields.
    pub form: Form,
    /// The file, where one was chosen that has something in it.
    pub file: Option<Uploaded>,
    /// Whether one was chosen that has nothing in it.
    pub was_empty: bool,
}

impl DeskUpload {
    /// Why there is no file, in a sentence.
    pub fn missing(&self) -> &'static str {
        if self.was_empty {
            "文件是空的，里面没有内容。请用办公软件打开核对并保存，再重新选择"
        } else {
            "请选择文件"
        }
    }
}

/// A file that was sent; removed unless it is moved away.
pub struct Uploaded {
    /// Its name as sent.
    pub name: String,
    /// Where it lies.
    pub path: TempPath,
    /// Bytes.
    pub size: u64,
}

/// What has been read of a form.
#[derive(Default)]
struct Parts {
    fields: Vec<(String, String)>,
    file: Option<Uploaded>,
    was_empty: bool,
}

impl FromRequest<Arc<App>> for DeskUpload {
    type Rejection = Response;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<DeskUpload, Response> {
        let (mut parts, body) = request.into_parts();
        let officer = Officer::from_request_parts(&mut parts, app).await?;
        let read = match Multipart::from_request(Request::from_parts(parts, body), app).await {
            Ok(sent) => read(app, &officer, sent).await,
            Err(_) => Err(unreadable()),
        };
        match read {
            Ok(Some(Parts { fields, file, was_empty })) => {
                Ok(DeskUpload { officer, form: fields.into_iter().collect(), file, was_empty })
            }
            Ok(None) => Err(officer.stale_form()),
            Err(error) => Err(officer.answer(Err(error))),
        }
    }
}

/// Reads everything; none when the token is missing or of another session.
async fn read(app: &App, officer: &Officer, mut sent: Multipart) -> Result<Option<Parts>> {
    let mut parts = Parts::default();
    let mut is_ours = false;
    while let Some(field) = sent.next_field().await.map_err(|_| unreadable())? {
        let name = field.name().unwrap_or_default().to_owned();
        let file_name = field.file_name().map(str::to_owned);
        match file_name {
            None if parts.fields.len() < MAX_FIELDS => {
                let text = text(field).await?;
                is_ours |= name == form::FIELD && officer.accepts(&text);
                parts.fields.push((name, text));
            }
            Some(file_name) if is_ours && parts.file.is_none() => {
                parts.file = file(app, &file_name, field).await?;
                // Where no file was chosen, its place comes without a name.
                parts.was_empty = parts.file.is_none() && !file_name.is_empty();
            }
            Some(_) if !is_ours => return Ok(None),
            _ => return Err(unreadable()),
        }
    }
    Ok(is_ours.then_some(parts))
}

async fn text(mut field: Field<'_>) -> Result<String> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|_| unreadable())? {
        if bytes.len() + chunk.len() > MAX_FIELD {
            return Err(unreadable());
        }
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes).map_err(|_| unreadable())
}

/// Streams the file to the disk; none where the form had an empty place for it.
async fn file(app: &App, name: &str, mut field: Field<'_>) -> Result<Option<Uploaded>> {
    let folder = app.config.data.join("imports");
    tokio::fs::create_dir_all(&folder).await?;
    let path = tempfile::NamedTempFile::new_in(&folder)?.into_temp_path();
    let mut out = File::create(&path).await?;
    let mut size = 0;
    while let Some(chunk) = field.chunk().await.map_err(|_| too_large())? {
        size += chunk.len() as u64;
        out.write_all(&chunk).await?;
    }
    out.sync_all().await?;
    Ok((size > 0).then(|| Uploaded { name: name.to_owned(), path, size }))
}

fn unreadable() -> Error {
    Refusal::Invalid("提交的内容无法识别，请返回刷新后再试".to_owned()).into()
}

fn too_large() -> Error {
    let sentence = "文件没有传完：可能超过了上限，或者连接中断。请拆成几个较小的文件，或压缩为 .gz 后再传";
    Refusal::Invalid(sentence.to_owned()).into()
}
