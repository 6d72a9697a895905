//! The review list (导入核对清单): a person looks at what a reader was unsure of, mends it, and lets it go live or turns it
//! down. Nothing here reads pages, and nothing is accepted that publishing refuses.

use kit_db::Tx;

use super::queries::{self, Open};
use crate::{
    audit::{self, Act},
    cx::Cx,
    document::{self, Content},
    error::{Error, Refusal, Result},
    id::DocumentId,
    publishing,
};

/// What the person who decides has seen.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    /// The record.
    pub document: &'a DocumentId,
    /// When it had been brought in: a later import asks for another look. None where each record is looked at anew.
    pub imported_at: Option<i64>,
}

/// Keeps mended fields without deciding.
///
/// # Errors
/// Conflict when it was brought in again meanwhile or is no draft any more; refused when it was decided.
pub fn mend(tx: &mut Tx<'_>, cx: &Cx, seen: Seen<'_>, content: &Content) -> Result<()> {
    undecided(tx, cx, seen)?;
    let newest = document::queries::newest_edition(tx, &cx.site_id, seen.document)?;
    let newest = newest.ok_or(Error::NotFound)?;
    if newest.content == *content {
        return Ok(());
    }
    document::actions::edit_draft(tx, cx, &newest.id, content)
}

/// Accepts a record: it goes live, with what was mended.
///
/// # Errors
/// As [`mend`]; refused with what publishing still asks for, and nothing is changed then.
pub fn accept(tx: &mut Tx<'_>, cx: &Cx, seen: Seen<'_>, mended: Option<&Content>) -> Result<()> {
    let open = undecided(tx, cx, seen)?;
    if let Some(content) = mended {
        mend(tx, cx, seen, content)?;
    }
    let newest = document::queries::newest_edition(tx, &cx.site_id, seen.document)?;
    let newest = newest.ok_or(Error::NotFound)?;
    if newest.state == "draft" {
        publishing::actions::publish(tx, cx, &newest.id)?;
    }
    decide(tx, cx, seen, &open, ("accepted", "import.accept", ""))
}

/// Turns a record down: it stays a draft that no later import publishes.
///
/// # Errors
/// As [`mend`]; refused without a reason.
pub fn reject(tx: &mut Tx<'_>, cx: &Cx, seen: Seen<'_>, reason: &str) -> Result<()> {
    if reason.trim().is_empty() {
        return Err(refused("请写明不采用的原因"));
    }
    let open = undecided(tx, cx, seen)?;
    decide(tx, cx, seen, &open, ("rejected", "import.reject", reason.trim()))
}

fn undecided(tx: &mut Tx<'_>, cx: &Cx, seen: Seen<'_>) -> Result<Open> {
    let open = queries::open(tx, cx, seen.document)?.ok_or(Error::NotFound)?;
    if seen.imported_at.is_some_and(|at| at != open.imported_at) {
        return Err(Error::Conflict);
    }
    if open.review_state != "needs_review" {
        return Err(refused("这条记录已经核对过"));
    }
    Ok(open)
}

fn decide(
    tx: &mut Tx<'_>,
    cx: &Cx,
    seen: Seen<'_>,
    open: &Open,
    (state, action, note): (&str, &'static str, &str),
) -> Result<()> {
    queries::decide(tx, cx, &open.address, state, note)?;
    let detail = if note.is_empty() { open.address.as_str() } else { note };
    audit::actions::record(
        tx,
        cx,
        Act { action, object_kind: "document", object_id: &seen.document.0, detail },
    )
}

fn refused(sentence: &str) -> Error {
    Refusal::Invalid(sentence.to_owned()).into()
}
