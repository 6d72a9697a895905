//! A file of a draft written again without what it hides: the mend of what the checks find in files.

use std::io::{Cursor, Read};

use kit_office::{
    Limits, OfficeError,
    hidden::{Strip, strip_metadata},
};
use rules::{check::Cleaning, permission::Act};

use super::open;
use crate::{
    app::task_failed,
    attachment::{self, Attachment, StoredFile, files::Files},
    desk::officer::Officer,
    error::{Error, Refusal, Result},
    id::{EditionId, SiteId},
};

/// Puts the cleaned file in the place of the one of that name.
///
/// # Errors
/// Not found when the draft has no such file; refused when the file cannot be written again; conflict when it is another
/// one meanwhile.
pub async fn clean(officer: &Officer, id: &EditionId, name: String, cleaning: Cleaning) -> Result<()> {
    let (grants, edition_id) = (officer.grants.clone(), id.clone());
    let finding = officer.read(move |tx, cx| {
        open(tx, cx, &grants, &edition_id, Act::Draft)?;
        let all = attachment::queries::of_edition(tx, &cx.site_id, &edition_id)?;
        all.into_iter().find(|file| file.name == name).ok_or(Error::NotFound)
    });
    let known = finding.await?;
    let (files, site_id) = (officer.visit.app.files.clone(), officer.visit.host.site.id.clone());
    let (writing, grants, edition_id) = (known.clone(), officer.grants.clone(), id.clone());
    let written = tokio::task::spawn_blocking(move || write_again(&files, &site_id, &writing, cleaning));
    let file = written.await.map_err(|error| task_failed(&error))??;
    officer
        .act(move |tx, cx| {
            open(tx, cx, &grants, &edition_id, Act::Draft)?;
            attachment::actions::exchange(tx, cx, &edition_id, &known, &file)
        })
        .await
}

fn write_again(
    files: &Files,
    site_id: &SiteId,
    known: &Attachment,
    cleaning: Cleaning,
) -> Result<StoredFile> {
    let mut bytes = Vec::new();
    files.open_stored(site_id, &known.file.sha256)?.read_to_end(&mut bytes)?;
    let strip = Strip { comments: cleaning == Cleaning::Remarks, changes: cleaning == Cleaning::Changes };
    let refused = |error: OfficeError| {
        Refusal::Attachment(format!(
            "附件“{}”无法自动清理（{error}），请在原来的程序中处理后重新上传",
            known.name
        ))
    };
    let clean = strip_metadata(&bytes, strip, &Limits::default()).map_err(refused)?;
    files.store(site_id, &known.name, &mut Cursor::new(clean))
}
