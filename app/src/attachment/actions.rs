//! Attaching stored files to drafts.

use kit_db::Tx;

use super::{StoredFile, queries};
use crate::{
    audit::{self, Act},
    cx::Cx,
    document,
    error::{Error, Refusal, Result},
    id::EditionId,
};

/// Attaches a stored file to a draft.
///
/// # Errors
/// Conflict when the edition is no longer a draft; refused when the name is empty.
pub fn attach(tx: &mut Tx<'_>, cx: &Cx, edition_id: &EditionId, name: &str, file: &StoredFile) -> Result<()> {
    let edition = document::actions::find_edition(tx, cx, edition_id)?;
    if edition.state != "draft" {
        return Err(Error::Conflict);
    }
    let name = plain_name(name)?;
    queries::insert(tx, cx, &edition, &name, file)?;
    document::actions::note_changed_files(tx, cx, edition_id)?;
    let detail = format!("{name} {}", file.sha256);
    let act =
        Act { action: "attachment.add", object_kind: "edition", object_id: &edition_id.0, detail: &detail };
    audit::actions::record(tx, cx, act)
}

/// Takes a file off a draft, by the digest of its bytes; editions that were public keep theirs.
///
/// # Errors
/// Conflict when the edition is no longer a draft; not found when it has no such file.
pub fn remove(tx: &mut Tx<'_>, cx: &Cx, edition_id: &EditionId, sha256: &str) -> Result<()> {
    let edition = document::actions::find_edition(tx, cx, edition_id)?;
    if edition.state != "draft" {
        return Err(Error::Conflict);
    }
    if queries::delete(tx, &cx.site_id, edition_id, sha256)? == 0 {
        return Err(Error::NotFound);
    }
    document::actions::note_changed_files(tx, cx, edition_id)?;
    let act =
        Act { action: "attachment.remove", object_kind: "edition", object_id: &edition_id.0, detail: sha256 };
    audit::actions::record(tx, cx, act)
}

/// Gives the attachments of one edition to a further one of the same document.
pub fn carry_over(tx: &mut Tx<'_>, cx: &Cx, from: &EditionId, to: &EditionId) -> Result<()> {
    let target = document::actions::find_edition(tx, cx, to)?;
    for attachment in queries::of_edition(tx, &cx.site_id, from)? {
        queries::insert(tx, cx, &target, &attachment.name, &attachment.file)?;
    }
    Ok(())
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
