//! Attaching stored files to drafts.

use kit_db::Tx;

use super::{Attachment, FileToRead, StoredFile, queries};
use crate::{
    audit::{self, Act},
    cx::Cx,
    document::{self, Edition},
    error::{Error, Refusal, Result},
    id::EditionId,
    job::{self, actions::When},
};

/// Attaches a stored file to a draft.
///
/// # Errors
/// Conflict when the edition is no longer a draft; refused when the name is empty.
pub fn attach(
    tx: &mut Tx<'_>,
    cx: &Cx,
    edition_id: &EditionId,
    name: &str,
    file: &StoredFile,
) -> Result<Attachment> {
    let edition = draft(tx, cx, edition_id)?;
    let name = plain_name(name)?;
    let id = queries::insert(tx, cx, &edition, &name, file)?;
    document::actions::note_changed_files(tx, cx, edition_id)?;
    read_later(tx, cx, &name, file)?;
    record(tx, cx, "attachment.add", edition_id, &format!("{name} {}", file.sha256))?;
    Ok(Attachment { id, name, file: file.clone() })
}

/// Gives a file of a draft another name; the ending stays, for it says what kind of file it is. Gives the name.
///
/// # Errors
/// Not found when the draft has no such file; refused when the name is empty or another file of the draft has it.
pub fn rename(
    tx: &mut Tx<'_>,
    cx: &Cx,
    edition_id: &EditionId,
    attachment_id: &str,
    name: &str,
) -> Result<String> {
    draft(tx, cx, edition_id)?;
    let all = queries::of_edition(tx, &cx.site_id, edition_id)?;
    let known = all.iter().find(|known| known.id == attachment_id).ok_or(Error::NotFound)?;
    let name = with_ending_of(&known.name, plain_name(name)?);
    if all.iter().any(|other| other.id != attachment_id && other.name == name) {
        return Err(Refusal::Attachment(format!("已有名为“{name}”的附件，请换一个名称")).into());
    }
    queries::set_name(tx, &cx.site_id, edition_id, attachment_id, &name)?;
    document::actions::note_changed_files(tx, cx, edition_id)?;
    record(tx, cx, "attachment.rename", edition_id, &format!("{} → {name}", known.name))?;
    Ok(name)
}

/// Puts the cleaned file in the place of one with hash `seen`, under the same name.
///
/// # Errors
/// Conflict when the edition is no longer a draft, or the file is another one meanwhile.
pub fn exchange(
    tx: &mut Tx<'_>,
    cx: &Cx,
    edition_id: &EditionId,
    known: &Attachment,
    file: &StoredFile,
) -> Result<()> {
    draft(tx, cx, edition_id)?;
    let place = (known.id.as_str(), known.file.sha256.as_str());
    if queries::set_file(tx, &cx.site_id, edition_id, place, file)? == 0 {
        return Err(Error::Conflict);
    }
    document::actions::note_changed_files(tx, cx, edition_id)?;
    read_later(tx, cx, &known.name, file)?;
    let detail = format!("{} {} → {}", known.name, known.file.sha256, file.sha256);
    record(tx, cx, "attachment.clean", edition_id, &detail)
}

fn read_later(tx: &mut Tx<'_>, cx: &Cx, name: &str, file: &StoredFile) -> Result<()> {
    let to_read = FileToRead { sha256: file.sha256.clone(), name: name.to_owned() };
    let once = When { key: Some(&file.sha256), ..When::default() };
    job::actions::enqueue(tx, cx, job::Kind::ReadFile, &to_read, once).map(drop)
}

/// Puts the files of a draft into the order of `ids`; those not named come after, in the order they had.
///
/// # Errors
/// Conflict when the edition is no longer a draft.
pub fn arrange(tx: &mut Tx<'_>, cx: &Cx, edition_id: &EditionId, ids: &[String]) -> Result<()> {
    draft(tx, cx, edition_id)?;
    let mut all = queries::of_edition(tx, &cx.site_id, edition_id)?;
    all.sort_by_key(|file| ids.iter().position(|id| *id == file.id).unwrap_or(ids.len()));
    for (position, file) in (1..).zip(&all) {
        queries::set_position(tx, &cx.site_id, edition_id, &file.id, position)?;
    }
    document::actions::note_changed_files(tx, cx, edition_id)
}

/// Takes a file off a draft.
///
/// # Errors
/// Not found when the draft has no such file; conflict when the edition is no longer a draft.
pub fn detach(tx: &mut Tx<'_>, cx: &Cx, edition_id: &EditionId, attachment_id: &str) -> Result<Attachment> {
    draft(tx, cx, edition_id)?;
    let gone = queries::delete(tx, &cx.site_id, edition_id, attachment_id)?.ok_or(Error::NotFound)?;
    document::actions::note_changed_files(tx, cx, edition_id)?;
    record(tx, cx, "attachment.remove", edition_id, &format!("{} {}", gone.name, gone.file.sha256))?;
    Ok(gone)
}

/// Takes all files off a draft that is being given up.
///
/// # Errors
/// Conflict when the edition is no longer a draft.
pub fn detach_all(tx: &mut Tx<'_>, cx: &Cx, edition_id: &EditionId) -> Result<()> {
    draft(tx, cx, edition_id)?;
    Ok(queries::delete_all(tx, &cx.site_id, edition_id)?)
}

/// Gives the attachments of one edition to a further one of the same document.
pub fn carry_over(tx: &mut Tx<'_>, cx: &Cx, from: &EditionId, to: &EditionId) -> Result<()> {
    let target = document::actions::find_edition(tx, cx, to)?;
    for attachment in queries::of_edition(tx, &cx.site_id, from)? {
        queries::insert(tx, cx, &target, &attachment.name, &attachment.file)?;
    }
    Ok(())
}

fn draft(tx: &mut Tx<'_>, cx: &Cx, edition_id: &EditionId) -> Result<Edition> {
    let edition = document::actions::find_edition(tx, cx, edition_id)?;
    document::actions::check_free(tx, cx, &edition.document_id)?;
    if edition.state == "draft" { Ok(edition) } else { Err(Error::Conflict) }
}

fn record(
    tx: &mut Tx<'_>,
    cx: &Cx,
    action: &'static str,
    edition_id: &EditionId,
    detail: &str,
) -> Result<()> {
    let act = Act { action, object_kind: "edition", object_id: &edition_id.0, detail };
    audit::actions::record(tx, cx, act)
}

/// `名册` and `名册.pdf` both become `名册.docx` where that is what the file is.
fn with_ending_of(before: &str, name: String) -> String {
    let Some((_, ending)) = before.rsplit_once('.') else { return name };
    match name.rsplit_once('.') {
        Some((_, given)) if given.eq_ignore_ascii_case(ending) => name,
        Some((stem, given)) if !stem.is_empty() && given.len() <= 5 && given.is_ascii() => {
            format!("{stem}.{ending}")
        }
        _ => format!("{name}.{ending}"),
    }
}

/// A name without folders or control characters: it becomes part of an address and of a download.
fn plain_name(name: &str) -> Result<String> {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let plain: String = last.chars().filter(|c| !c.is_control()).collect();
    let plain = plain.trim().trim_start_matches('.').to_owned();
    if plain.is_empty() {
        return Err(Refusal::Attachment("附件没有文件名，请改名后重新上传".to_owned()).into());
    }
    Ok(plain)
}
