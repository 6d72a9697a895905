//! Files on their way in, part by part. What has arrived lies beside the store and is counted only once it is synced to
//! disk; a part that comes twice changes nothing. Which parts a browser sends is its own business.

use std::{io::Read, path::Path};

use kit_db::Tx;

use super::{queries, scan};
use crate::{
    attachment::{self, Attachment, StoredFile, files::Files},
    cx::Cx,
    document,
    error::{Error, Refusal, Result},
    id::{EditionId, SiteId},
};

/// What an uploaded file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// It becomes an attachment, or a picture of the text.
    Attachment,
    /// It is read and its text proposed; the file itself is not kept.
    Document,
}

impl Purpose {
    /// The stored word.
    pub fn code(self) -> &'static str {
        match self {
            Purpose::Attachment => "attachment",
            Purpose::Document => "document",
        }
    }

    /// The purpose of a stored word.
    pub fn from_code(code: &str) -> Option<Purpose> {
        [Purpose::Attachment, Purpose::Document].into_iter().find(|purpose| purpose.code() == code)
    }
}

/// Where an upload stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Parts are missing, or the whole has not been looked at.
    Open,
    /// Whole and accepted; the outcome is the id of the attachment, empty for a document to be read.
    Done,
    /// Not accepted; the outcome says why.
    Refused,
    /// Its draft is gone.
    GivenUp,
}

impl State {
    /// The stored word.
    pub fn code(self) -> &'static str {
        match self {
            State::Open => "open",
            State::Done => "done",
            State::Refused => "refused",
            State::GivenUp => "given_up",
        }
    }

    /// The state of a stored word.
    pub fn from_code(code: &str) -> Option<State> {
        [State::Open, State::Done, State::Refused, State::GivenUp]
            .into_iter()
            .find(|state| state.code() == code)
    }
}

/// A file on its way in.
#[derive(Debug, Clone)]
pub struct Upload {
    /// Number in addresses.
    pub id: String,
    /// The draft it belongs to.
    pub edition_id: EditionId,
    /// Who sends it.
    pub login: String,
    /// What it is for.
    pub purpose: Purpose,
    /// Name as the browser gave it.
    pub name: String,
    /// Bytes of the whole.
    pub size: i64,
    /// Bytes that are here.
    pub received: i64,
    /// Where it stands.
    pub state: State,
    /// What became of it.
    pub outcome: Option<String>,
}

impl Upload {
    /// Whether every byte is here.
    pub fn is_whole(&self) -> bool {
        self.received >= self.size
    }
}

/// What a browser says of a file before it sends it.
#[derive(Debug, Clone)]
pub struct NewUpload {
    /// Name.
    pub name: String,
    /// Bytes.
    pub size: i64,
    /// What it is for.
    pub purpose: Purpose,
}

/// Takes note of a file that will be sent. `limit` is the most bytes of one file.
///
/// # Errors
/// Refused when it is empty, too large or too much is on its way already; conflict when the edition is no draft.
pub fn begin(
    tx: &mut Tx<'_>,
    cx: &Cx,
    edition_id: &EditionId,
    new: &NewUpload,
    limit: i64,
) -> Result<Upload> {
    if document::actions::find_edition(tx, cx, edition_id)?.state != "draft" {
        return Err(Error::Conflict);
    }
    if new.size <= 0 {
        return Err(refused(format!("“{}”是空文件", new.name)));
    }
    if new.size > limit {
        return Err(refused(format!("“{}”超过单个文件的上限{}MB", new.name, limit >> 20)));
    }
    if queries::open_bytes(tx, cx)? + new.size > limit.saturating_mul(4) {
        return Err(refused("同时上传的文件太多，请等前面的传完".to_owned()));
    }
    let upload = Upload {
        id: cx.new_id(),
        edition_id: edition_id.clone(),
        login: cx.actor.clone(),
        purpose: new.purpose,
        name: new.name.clone(),
        size: new.size,
        received: 0,
        state: State::Open,
        outcome: None,
    };
    queries::insert_upload(tx, cx, &upload)?;
    Ok(upload)
}

/// The upload of a number, if the acting person sends it.
///
/// # Errors
/// Not found otherwise.
pub fn find(tx: &mut Tx<'_>, cx: &Cx, id: &str) -> Result<Upload> {
    let upload = queries::upload(tx, &cx.site_id, id)?.filter(|upload| upload.login == cx.actor);
    upload.ok_or(Error::NotFound)
}

/// Writes the bytes of a part that begins at `from` and gives how many of the whole are then on disk. Bytes that are
/// here already are passed over.
///
/// # Errors
/// Conflict when a part before it is missing; refused when it is longer than the file was said to be.
pub fn write_part(files: &Files, upload: &Upload, from: i64, bytes: &[u8]) -> Result<i64> {
    if from > upload.received || from < 0 {
        return Err(Error::Conflict);
    }
    let length = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    let end = from.saturating_add(length);
    if end > upload.size {
        return Err(refused(format!("“{}”比预告的大，请重新上传", upload.name)));
    }
    let Ok(known) = usize::try_from(upload.received - from) else { return Err(Error::Conflict) };
    if let Some(new) = bytes.get(known..).filter(|new| !new.is_empty()) {
        files.write_part(&upload.id, upload.received.unsigned_abs(), new)?;
    }
    Ok(end.max(upload.received))
}

/// Looks at the whole file with the administrator's command and puts it into the store.
///
/// # Errors
/// Refused when the command or the kind of its content says no.
pub async fn accept(files: &Files, site_id: &SiteId, upload: &Upload, command: &str) -> Result<StoredFile> {
    let place = files.part_place(&upload.id);
    scan_part(files, &upload.id, &upload.name, command).await?;
    let (files, site_id, upload) = (files.clone(), site_id.clone(), upload.clone());
    let stored = tokio::task::spawn_blocking(move || store(&files, &site_id, &upload, &place)).await;
    stored.map_err(|error| crate::app::task_failed(&error))?
}

/// Lets the administrator's command, if there is one, look at what has arrived.
///
/// # Errors
/// Refused with what the command says.
pub async fn scan_part(files: &Files, id: &str, name: &str, command: &str) -> Result<()> {
    if command.is_empty() { Ok(()) } else { scan::scan(command, &files.part_place(id), name).await }
}

fn store(files: &Files, site_id: &SiteId, upload: &Upload, place: &Path) -> Result<StoredFile> {
    let mut whole = std::fs::File::open(place)?.take(upload.size.unsigned_abs());
    let stored = files.store(site_id, &upload.name, &mut whole)?;
    if stored.size != upload.size {
        return Err(
            anyhow::anyhow!("upload {} has {} bytes of {}", upload.id, stored.size, upload.size).into()
        );
    }
    Ok(stored)
}

/// Makes a whole, accepted file an attachment of its draft, under a name that the draft does not have yet. A second call
/// gives the same attachment.
///
/// # Errors
/// Conflict when the edition is no draft any more.
pub fn attach(tx: &mut Tx<'_>, cx: &Cx, id: &str, stored: &StoredFile) -> Result<Attachment> {
    let upload = find(tx, cx, id)?;
    if upload.state == State::Done {
        return attached(tx, cx, id);
    }
    let present = attachment::queries::of_edition(tx, &cx.site_id, &upload.edition_id)?;
    let name = free_name(&upload.name, &present);
    let attached = attachment::actions::attach(tx, cx, &upload.edition_id, &name, stored)?;
    if queries::end_upload(tx, cx, id, State::Done, &attached.id)? == 0 {
        return Err(Error::Conflict);
    }
    Ok(attached)
}

/// The attachment that an upload became.
///
/// # Errors
/// Not found when it was removed since.
pub fn attached(tx: &mut Tx<'_>, cx: &Cx, id: &str) -> Result<Attachment> {
    let upload = find(tx, cx, id)?;
    let present = attachment::queries::of_edition(tx, &cx.site_id, &upload.edition_id)?;
    present.into_iter().find(|known| Some(&known.id) == upload.outcome.as_ref()).ok_or(Error::NotFound)
}

/// Marks a document to be read as whole and looked at.
pub fn keep_document(tx: &mut Tx<'_>, cx: &Cx, id: &str) -> Result<()> {
    queries::end_upload(tx, cx, id, State::Done, "")?;
    Ok(())
}

/// Marks an upload as refused, with the reason.
pub fn refuse(tx: &mut Tx<'_>, cx: &Cx, id: &str, reason: &str) -> Result<()> {
    queries::end_upload(tx, cx, id, State::Refused, reason)?;
    Ok(())
}

/// `图片.png`, `图片-2.png`, `图片-3.png`: pictures are named by their files in the text, so no name stands twice.
pub fn free_name(wanted: &str, present: &[Attachment]) -> String {
    let (stem, ending) = match wanted.rfind('.') {
        Some(dot) if dot > 0 => wanted.split_at(dot),
        _ => (wanted, ""),
    };
    let is_free = |name: &str| present.iter().all(|known| known.name != name);
    let numbered = (2..).map(|number| format!("{stem}-{number}{ending}"));
    std::iter::once(wanted.to_owned()).chain(numbered).find(|name| is_free(name)).unwrap_or_default()
}

fn refused(sentence: String) -> Error {
    Refusal::Attachment(sentence).into()
}
