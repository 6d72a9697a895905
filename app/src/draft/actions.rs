//! Saving a text and taking an earlier one back. A save is one short transaction over the rows of one edition: many
//! officers write at the same time.

use kit_db::Tx;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::{Behind, Editor, GONE, Outcome, Present, SPELL, STEP, STEPS, queries};
use crate::{
    attachment::{self, Attachment},
    audit::{self, Act},
    cx::Cx,
    document::{self, Content, Edition},
    error::{Error, Result},
    id::EditionId,
};

/// Saves what an edition says now, if nobody has saved since version `base`. `edition` was read in this transaction.
///
/// # Errors
/// Conflict when the edition is no draft any more.
pub fn save(tx: &mut Tx<'_>, cx: &Cx, edition: &Edition, base: i64, content: &Content) -> Result<Outcome> {
    if edition.state != "draft" {
        return Err(Error::Conflict);
    }
    if edition.version != base {
        return behind(tx, cx, edition, base).map(Outcome::Behind);
    }
    if edition.content == *content {
        return Ok(Outcome::Saved { version: base, others: look(tx, cx, &edition.id)? });
    }
    let editors = queries::editors(tx, &cx.site_id, &edition.id)?;
    keep_what_was(tx, cx, edition)?;
    let version =
        document::actions::save_draft(tx, cx, &edition.id, base, content)?.ok_or(Error::Conflict)?;
    keep_step(tx, cx, &edition.id, version, content)?;
    note_spell(tx, cx, &editors, edition)?;
    queries::upsert_editor(tx, cx, &edition.id, cx.at - GONE, Some(cx.at))?;
    Ok(Outcome::Saved { version, others: others(&editors, cx) })
}

fn behind(tx: &mut Tx<'_>, cx: &Cx, edition: &Edition, base: i64) -> Result<Box<Behind>> {
    let newest = queries::newest_step(tx, &cx.site_id, &edition.id)?;
    let newest = newest.filter(|step| step.version == edition.version);
    Ok(Box::new(Behind {
        version: edition.version,
        login: newest.as_ref().map(|step| step.login.clone()),
        at: newest.map(|step| step.saved_at),
        content: edition.content.clone(),
        base: queries::step(tx, &cx.site_id, &edition.id, base)?.map(|step| step.content),
    }))
}

/// The text as it came from elsewhere becomes a step of the history before it is written over.
fn keep_what_was(tx: &mut Tx<'_>, cx: &Cx, edition: &Edition) -> Result<()> {
    let newest = queries::newest_step(tx, &cx.site_id, &edition.id)?;
    if newest.is_some_and(|step| step.version == edition.version) {
        return Ok(());
    }
    queries::insert_step(tx, cx, &edition.id, edition.version, "", &edition.content)
}

/// Within a minute of one person's writing the newest step moves along; then a new one begins.
fn keep_step(
    tx: &mut Tx<'_>,
    cx: &Cx,
    edition_id: &EditionId,
    version: i64,
    content: &Content,
) -> Result<()> {
    if queries::move_newest_step(tx, cx, edition_id, cx.at - STEP, version, content)? == 0 {
        queries::insert_step(tx, cx, edition_id, version, &cx.actor, content)?;
        queries::drop_steps(tx, &cx.site_id, edition_id, i64::try_from(STEPS).unwrap_or(i64::MAX))?;
    }
    Ok(())
}

/// The audit log notes that somebody writes, not each save.
fn note_spell(tx: &mut Tx<'_>, cx: &Cx, editors: &[Editor], edition: &Edition) -> Result<()> {
    let mine = editors.iter().find(|editor| editor.login == cx.actor);
    if mine.and_then(|editor| editor.edited_at).is_some_and(|at| cx.at - at < SPELL) {
        return Ok(());
    }
    record(tx, cx, "edition.edit", &edition.id, &edition.content.title)
}

/// Marks the acting person as an author of an edition that he has just made.
pub fn begin(tx: &mut Tx<'_>, cx: &Cx, edition_id: &EditionId) -> Result<()> {
    Ok(queries::upsert_editor(tx, cx, edition_id, cx.at - GONE, Some(cx.at))?)
}

/// Notes that the acting person has the edition open; who else has.
pub fn look(tx: &mut Tx<'_>, cx: &Cx, edition_id: &EditionId) -> Result<Vec<Present>> {
    let editors = queries::editors(tx, &cx.site_id, edition_id)?;
    queries::upsert_editor(tx, cx, edition_id, cx.at - GONE, None)?;
    Ok(others(&editors, cx))
}

fn others(editors: &[Editor], cx: &Cx) -> Vec<Present> {
    let here = editors.iter().filter(|editor| editor.login != cx.actor && cx.at - editor.seen_at < GONE);
    here.map(|editor| Present { login: editor.login.clone(), since: editor.opened_at }).collect()
}

/// Makes an earlier step of the history the text again; what stood there becomes a step itself.
///
/// # Errors
/// Not found when the step is no longer kept; conflict when somebody saved since version `base`.
pub fn restore(tx: &mut Tx<'_>, cx: &Cx, edition: &Edition, base: i64, step: i64) -> Result<i64> {
    let step = queries::step(tx, &cx.site_id, &edition.id, step)?.ok_or(Error::NotFound)?;
    if edition.state != "draft" || edition.version != base {
        return Err(Error::Conflict);
    }
    let content = Content { body_text: kit_text::html::to_text(&step.content.body_html), ..step.content };
    keep_what_was(tx, cx, edition)?;
    let version =
        document::actions::save_draft(tx, cx, &edition.id, base, &content)?.ok_or(Error::Conflict)?;
    queries::insert_step(tx, cx, &edition.id, version, &cx.actor, &content)?;
    queries::upsert_editor(tx, cx, &edition.id, cx.at - GONE, Some(cx.at))?;
    record(tx, cx, "edition.restore_step", &edition.id, &step.version.to_string())?;
    Ok(version)
}

/// Gives a file another name, in the list and wherever the text shows it.
///
/// # Errors
/// As `attachment::actions::rename`.
pub fn rename_file(
    tx: &mut Tx<'_>,
    cx: &Cx,
    edition_id: &EditionId,
    attachment_id: &str,
    name: &str,
) -> Result<()> {
    let edition = document::actions::find_edition(tx, cx, edition_id)?;
    let all = attachment::queries::of_edition(tx, &cx.site_id, edition_id)?;
    let before = all.into_iter().find(|known| known.id == attachment_id).ok_or(Error::NotFound)?.name;
    let after = attachment::actions::rename(tx, cx, edition_id, attachment_id, name)?;
    let named = |name: &str| format!("src=\"{}\"", utf8_percent_encode(name, NON_ALPHANUMERIC));
    let body_html = edition.content.body_html.replace(&named(&before), &named(&after));
    if body_html == edition.content.body_html {
        return Ok(());
    }
    let content = Content { body_html, ..edition.content.clone() };
    save(tx, cx, &edition, edition.version, &content).map(drop)
}

/// Takes a file off a draft; it can be put back as long as the draft lives.
///
/// # Errors
/// Not found when the edition has no such file; conflict when it is no draft any more.
pub fn remove_file(tx: &mut Tx<'_>, cx: &Cx, edition_id: &EditionId, attachment_id: &str) -> Result<()> {
    let removed = attachment::actions::detach(tx, cx, edition_id, attachment_id)?;
    Ok(queries::insert_removed(tx, cx, edition_id, &removed)?)
}

/// Puts a removed file back, at the end of the list.
///
/// # Errors
/// Not found when it was not removed from this edition.
pub fn put_back_file(
    tx: &mut Tx<'_>,
    cx: &Cx,
    edition_id: &EditionId,
    attachment_id: &str,
) -> Result<Attachment> {
    let removed =
        queries::take_removed(tx, &cx.site_id, edition_id, attachment_id)?.ok_or(Error::NotFound)?;
    attachment::actions::attach(tx, cx, edition_id, &removed.name, &removed.file)
}

/// Gives up a draft with its history and files. Of a document that was never public nothing is left but the log.
///
/// # Errors
/// Conflict when the edition is no draft any more.
pub fn delete(tx: &mut Tx<'_>, cx: &Cx, edition_id: &EditionId) -> Result<()> {
    attachment::actions::detach_all(tx, cx, edition_id)?;
    document::actions::delete_draft(tx, cx, edition_id)?;
    Ok(queries::forget(tx, &cx.site_id, edition_id)?)
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
