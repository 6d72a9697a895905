//! The rows of drafts: editors, steps of the history, uploads.

use kit_db::{DbError, Row, Tx, params, sql};

use super::{
    Editor, Step,
    upload::{Purpose, State, Upload},
};
use crate::{
    attachment::{Attachment, StoredFile},
    cx::Cx,
    document::Content,
    error::Result,
    id::{EditionId, SiteId},
};

/// Everybody who has or had the edition open.
pub fn editors(tx: &mut Tx<'_>, site_id: &SiteId, edition_id: &EditionId) -> Result<Vec<Editor>, DbError> {
    let sql = sql!(
        "select login, opened_at, seen_at, edited_at from draft_editor
          where site_id = $1 and edition_id = $2 order by opened_at, login"
    );
    let editor = |row: &Row| {
        Ok(Editor {
            login: row.get("login")?,
            opened_at: row.get("opened_at")?,
            seen_at: row.get("seen_at")?,
            edited_at: row.get("edited_at")?,
        })
    };
    tx.query(sql, params![site_id, edition_id])?.iter().map(editor).collect()
}

/// The acting person was just heard of; one not heard of since `gone_before` has opened the edition anew.
pub fn upsert_editor(
    tx: &mut Tx<'_>,
    cx: &Cx,
    edition_id: &EditionId,
    gone_before: i64,
    edited_at: Option<i64>,
) -> Result<(), DbError> {
    let sql = sql!(
        "insert into draft_editor (site_id, edition_id, login, opened_at, seen_at, edited_at)
         values ($1, $2, $3, $4, $4, $6)
         on conflict (site_id, edition_id, login) do update set
           opened_at = case when draft_editor.seen_at < $5 then excluded.opened_at else draft_editor.opened_at end,
           seen_at = excluded.seen_at,
           edited_at = coalesce(excluded.edited_at, draft_editor.edited_at)"
    );
    tx.execute(sql, params![&cx.site_id, edition_id, &cx.actor, cx.at, gone_before, edited_at])?;
    Ok(())
}

pub fn newest_step(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    edition_id: &EditionId,
) -> Result<Option<StepHead>, DbError> {
    let sql = sql!(
        "select version, login, saved_at from draft_save
          where site_id = $1 and edition_id = $2 order by version desc limit 1"
    );
    tx.query_opt(sql, params![site_id, edition_id])?.as_ref().map(head).transpose()
}

/// A step without its text.
#[derive(Debug, Clone)]
pub struct StepHead {
    pub version: i64,
    pub login: String,
    pub saved_at: i64,
}

/// All steps without their texts, the newest first.
pub fn steps(tx: &mut Tx<'_>, site_id: &SiteId, edition_id: &EditionId) -> Result<Vec<StepHead>, DbError> {
    let sql = sql!(
        "select version, login, saved_at from draft_save
          where site_id = $1 and edition_id = $2 order by version desc"
    );
    tx.query(sql, params![site_id, edition_id])?.iter().map(head).collect()
}

pub fn step(tx: &mut Tx<'_>, site_id: &SiteId, edition_id: &EditionId, version: i64) -> Result<Option<Step>> {
    let sql = sql!(
        "select version, login, saved_at, content from draft_save
          where site_id = $1 and edition_id = $2 and version = $3"
    );
    let Some(row) = tx.query_opt(sql, params![site_id, edition_id, version])? else { return Ok(None) };
    let StepHead { version, login, saved_at } = head(&row)?;
    let content = serde_json::from_str(&row.get::<String>("content")?)?;
    Ok(Some(Step { version, login, saved_at, content }))
}

pub fn insert_step(
    tx: &mut Tx<'_>,
    cx: &Cx,
    edition_id: &EditionId,
    version: i64,
    login: &str,
    content: &Content,
) -> Result<()> {
    let sql = sql!(
        "insert into draft_save (site_id, edition_id, version, login, begun_at, saved_at, content)
         values ($1, $2, $3, $4, $5, $5, $6)"
    );
    tx.execute(sql, params![&cx.site_id, edition_id, version, login, cx.at, written(content)?])?;
    Ok(())
}

/// Moves the newest step along to `version`, if the acting person began it after `begun_after`; 0 or 1 rows.
pub fn move_newest_step(
    tx: &mut Tx<'_>,
    cx: &Cx,
    edition_id: &EditionId,
    begun_after: i64,
    version: i64,
    content: &Content,
) -> Result<u64> {
    let sql = sql!(
        "update draft_save set version = $5, saved_at = $6, content = $7
          where site_id = $1 and edition_id = $2 and login = $3 and begun_at > $4
            and version = (select max(version) from draft_save where site_id = $1 and edition_id = $2)"
    );
    let written = written(content)?;
    Ok(tx.execute(sql, params![&cx.site_id, edition_id, &cx.actor, begun_after, version, cx.at, written])?)
}

/// Drops all but the newest `kept` steps.
pub fn drop_steps(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    edition_id: &EditionId,
    kept: i64,
) -> Result<(), DbError> {
    let sql = sql!(
        "delete from draft_save where site_id = $1 and edition_id = $2
            and version < (select min(version) from
                (select version from draft_save where site_id = $1 and edition_id = $2
                  order by version desc limit $3) as newest)"
    );
    tx.execute(sql, params![site_id, edition_id, kept])?;
    Ok(())
}

/// The text of the body is read out of the markup again when it is needed.
fn written(content: &Content) -> Result<String> {
    let without_text = Content { body_text: String::new(), ..content.clone() };
    Ok(serde_json::to_string(&without_text)?)
}

fn head(row: &Row) -> Result<StepHead, DbError> {
    Ok(StepHead { version: row.get("version")?, login: row.get("login")?, saved_at: row.get("saved_at")? })
}

pub fn insert_removed(
    tx: &mut Tx<'_>,
    cx: &Cx,
    edition_id: &EditionId,
    removed: &Attachment,
) -> Result<(), DbError> {
    let sql = sql!(
        "insert into draft_removed_file (site_id, edition_id, attachment_id, name, media_type, size, sha256, removed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)"
    );
    let StoredFile { sha256, size, media_type } = &removed.file;
    let params =
        params![&cx.site_id, edition_id, &removed.id, &removed.name, media_type, *size, sha256, cx.at];
    tx.execute(sql, params)?;
    Ok(())
}

/// Gives the removed file and forgets that it was removed.
pub fn take_removed(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    edition_id: &EditionId,
    attachment_id: &str,
) -> Result<Option<Attachment>, DbError> {
    let sql = sql!(
        "delete from draft_removed_file where site_id = $1 and edition_id = $2 and attachment_id = $3
         returning attachment_id, name, media_type, size, sha256"
    );
    let file = |row: &Row| {
        Ok(Attachment {
            id: row.get("attachment_id")?,
            name: row.get("name")?,
            file: StoredFile {
                sha256: row.get("sha256")?,
                size: row.get("size")?,
                media_type: row.get("media_type")?,
            },
        })
    };
    tx.query_opt(sql, params![site_id, edition_id, attachment_id])?.as_ref().map(file).transpose()
}

/// Forgets everything about an edition.
pub fn forget(tx: &mut Tx<'_>, site_id: &SiteId, edition_id: &EditionId) -> Result<(), DbError> {
    for sql in [
        sql!("delete from draft_save where site_id = $1 and edition_id = $2"),
        sql!("delete from draft_editor where site_id = $1 and edition_id = $2"),
        sql!("delete from draft_removed_file where site_id = $1 and edition_id = $2"),
        sql!(
            "update draft_upload set state = 'given_up' where site_id = $1 and edition_id = $2 and state = 'open'"
        ),
    ] {
        tx.execute(sql, params![site_id, edition_id])?;
    }
    Ok(())
}

pub fn insert_upload(tx: &mut Tx<'_>, cx: &Cx, upload: &Upload) -> Result<(), DbError> {
    let sql = sql!(
        "insert into draft_upload (site_id, upload_id, edition_id, login, purpose, name, size, received, state,
                                   created_at, touched_at)
         values ($1, $2, $3, $4, $5, $6, $7, 0, 'open', $8, $8)"
    );
    let Upload { id, edition_id, login, purpose, name, size, .. } = upload;
    tx.execute(sql, params![&cx.site_id, id, edition_id, login, purpose.code(), name, *size, cx.at])?;
    Ok(())
}

pub fn upload(tx: &mut Tx<'_>, site_id: &SiteId, id: &str) -> Result<Option<Upload>> {
    let sql = sql!(
        "select upload_id, edition_id, login, purpose, name, size, received, state, outcome from draft_upload
          where site_id = $1 and upload_id = $2"
    );
    let Some(row) = tx.query_opt(sql, params![site_id, id])? else { return Ok(None) };
    let (purpose, state): (String, String) = (row.get("purpose")?, row.get("state")?);
    let unknown =
        || anyhow::anyhow!("draft_upload.purpose or .state of {id} is not known: {purpose}, {state}");
    Ok(Some(Upload {
        id: row.get("upload_id")?,
        edition_id: row.get("edition_id")?,
        login: row.get("login")?,
        purpose: Purpose::from_code(&purpose).ok_or_else(unknown)?,
        name: row.get("name")?,
        size: row.get("size")?,
        received: row.get("received")?,
        state: State::from_code(&state).ok_or_else(unknown)?,
        outcome: row.get("outcome")?,
    }))
}

/// More has arrived; never less.
pub fn set_received(tx: &mut Tx<'_>, cx: &Cx, id: &str, received: i64) -> Result<(), DbError> {
    let sql = sql!(
        "update draft_upload set received = $3, touched_at = $4
          where site_id = $1 and upload_id = $2 and received < $3 and state = 'open'"
    );
    tx.execute(sql, params![&cx.site_id, id, received, cx.at])?;
    Ok(())
}

/// Ends an open upload; 0 rows when it had ended already.
pub fn end_upload(tx: &mut Tx<'_>, cx: &Cx, id: &str, state: State, outcome: &str) -> Result<u64, DbError> {
    let sql = sql!(
        "update draft_upload set state = $3, outcome = $4, touched_at = $5
          where site_id = $1 and upload_id = $2 and state = 'open'"
    );
    tx.execute(sql, params![&cx.site_id, id, state.code(), outcome, cx.at])
}

/// Bytes that a person's unfinished uploads may still grow to.
pub fn open_bytes(tx: &mut Tx<'_>, cx: &Cx) -> Result<i64, DbError> {
    let sql = sql!(
        "select cast(coalesce(sum(size), 0) as bigint) as n from draft_upload
          where site_id = $1 and login = $2 and state = 'open'"
    );
    tx.query_one(sql, params![&cx.site_id, &cx.actor])?.get("n")
}

/// Ids of uploads that nobody went on with since `before`, and of ended ones; their rows are dropped.
pub fn drop_old_uploads(tx: &mut Tx<'_>, site_id: &SiteId, before: i64) -> Result<Vec<String>, DbError> {
    let sql = sql!("delete from draft_upload where site_id = $1 and touched_at < $2 returning upload_id");
    tx.query(sql, params![site_id, before])?.iter().map(|row| row.get("upload_id")).collect()
}

/// Drops steps of the history that are older than `before`, save the newest of each edition.
pub fn drop_old_steps(tx: &mut Tx<'_>, site_id: &SiteId, before: i64) -> Result<u64, DbError> {
    let sql = sql!(
        "delete from draft_save where site_id = $1 and saved_at < $2
            and exists (select 1 from draft_save newer where newer.site_id = $1
                           and newer.edition_id = draft_save.edition_id and newer.version > draft_save.version)"
    );
    tx.execute(sql, params![site_id, before])
}
