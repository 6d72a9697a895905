//! Making documents and drafts of further editions.

use kit_db::Tx;

use super::{ChangeReason, Content, Document, Edition, Keeper, NewDocument, queries};
use crate::{
    audit::{self, Act},
    change_feed,
    cx::Cx,
    error::{Error, Refusal, Result},
    id::{ColumnId, DocumentId, EditionId, OrganId},
    organ,
};

/// Makes a document with its first edition as a draft.
pub fn create(tx: &mut Tx<'_>, cx: &Cx, new: &NewDocument) -> Result<(DocumentId, EditionId)> {
    let document_id = DocumentId(cx.new_id());
    let responsible = with_organ(tx, cx, &new.content)?.issuing_organ_id;
    queries::insert(tx, cx, &document_id, new, responsible.as_ref())?;
    let edition_id = insert_edition(tx, cx, &document_id, 1, &new.content)?;
    let detail = &new.content.title;
    let act = Act { action: "document.create", object_kind: "document", object_id: &document_id.0, detail };
    audit::actions::record(tx, cx, act)?;
    Ok((document_id, edition_id))
}

/// Makes a draft beside the newest edition; the live edition stays as it is.
///
/// # Errors
/// Not found when there is no such document; refused for one that something else keeps.
pub fn draft_edition(
    tx: &mut Tx<'_>,
    cx: &Cx,
    document_id: &DocumentId,
    content: &Content,
    reason: ChangeReason<'_>,
) -> Result<EditionId> {
    check_free(tx, cx, document_id)?;
    let newest = queries::newest_edition(tx, &cx.site_id, document_id)?.ok_or(Error::NotFound)?;
    let edition_id = insert_edition(tx, cx, document_id, newest.number + 1, content)?;
    queries::set_change_reason(tx, &cx.site_id, &edition_id, reason)?;
    let act = Act {
        action: "edition.draft",
        object_kind: "document",
        object_id: &document_id.0,
        detail: reason.note,
    };
    audit::actions::record(tx, cx, act)?;
    Ok(edition_id)
}

/// Makes a document again under the identity it had, with its editions as drafts; `publishing::restore` gives them
/// their standing.
///
/// # Errors
/// Conflict when the site has a document of that identity.
pub fn restore(
    tx: &mut Tx<'_>,
    cx: &Cx,
    document_id: &DocumentId,
    new: &NewDocument,
    editions: &[(i64, Content)],
) -> Result<Vec<EditionId>> {
    if queries::by_id(tx, &cx.site_id, document_id)?.is_some() {
        return Err(Error::Conflict);
    }
    let responsible = with_organ(tx, cx, &new.content)?.issuing_organ_id;
    queries::insert(tx, cx, document_id, new, responsible.as_ref())?;
    editions.iter().map(|(number, content)| insert_edition(tx, cx, document_id, *number, content)).collect()
}

/// Makes another organ answer for a document, for instance the one whose officer writes it for the government.
pub fn hand_over(tx: &mut Tx<'_>, cx: &Cx, document_id: &DocumentId, organ_id: &OrganId) -> Result<()> {
    queries::set_responsible(tx, &cx.site_id, document_id, organ_id)?;
    let detail = &organ_id.0;
    let act =
        Act { action: "document.hand_over", object_kind: "document", object_id: &document_id.0, detail };
    audit::actions::record(tx, cx, act)
}

/// Makes `to` answer for every document of `from`, when an organ ends; gives how many.
pub fn hand_over_all(tx: &mut Tx<'_>, cx: &Cx, from: &OrganId, to: &OrganId) -> Result<u64> {
    let n_moved = queries::replace_responsible(tx, &cx.site_id, from, to)?;
    if n_moved > 0 {
        let detail = format!("{n_moved} 件信息移交 {}", to.0);
        let act =
            Act { action: "document.hand_over", object_kind: "organ", object_id: &from.0, detail: &detail };
        audit::actions::record(tx, cx, act)?;
    }
    Ok(n_moved)
}

/// Moves every document of a column to another, when the column closes; gives how many.
pub fn move_all(tx: &mut Tx<'_>, cx: &Cx, from: &ColumnId, to: &ColumnId) -> Result<u64> {
    let moved = queries::replace_column(tx, &cx.site_id, from, to)?;
    for id in &moved {
        change_feed::append(tx, cx, change_feed::Kind::Document, Some(id), Some(to))?;
    }
    let detail = format!("{} 件信息移至 {}", moved.len(), to.0);
    let act = Act { action: "document.move", object_kind: "column", object_id: &from.0, detail: &detail };
    audit::actions::record(tx, cx, act)?;
    Ok(moved.len() as u64)
}

/// Replaces the content of a draft.
///
/// # Errors
/// Not found when there is no such edition; conflict when it is no longer a draft; refused where something else keeps it.
pub fn edit_draft(tx: &mut Tx<'_>, cx: &Cx, edition_id: &EditionId, content: &Content) -> Result<()> {
    check_edition_free(tx, cx, edition_id)?;
    let content = with_organ(tx, cx, content)?;
    queries::update_draft(tx, &cx.site_id, edition_id, None, &content)?.ok_or(Error::Conflict)?;
    queries::add_author(tx, cx, edition_id)?;
    let act = Act {
        action: "edition.edit",
        object_kind: "edition",
        object_id: &edition_id.0,
        detail: &content.title,
    };
    audit::actions::record(tx, cx, act)
}

/// Replaces the content of a draft that still has version `expected`; gives the new version, none where it has another
/// one or is no draft. The caller keeps what it said.
pub fn save_draft(
    tx: &mut Tx<'_>,
    cx: &Cx,
    edition_id: &EditionId,
    expected: i64,
    content: &Content,
) -> Result<Option<i64>> {
    check_edition_free(tx, cx, edition_id)?;
    let content = with_organ(tx, cx, content)?;
    let version = queries::update_draft(tx, &cx.site_id, edition_id, Some(expected), &content)?;
    if version.is_some() {
        queries::add_author(tx, cx, edition_id)?;
    }
    Ok(version)
}

/// Gives up a draft; a document without further editions goes with it. The log keeps its title.
///
/// # Errors
/// Conflict when the edition is no draft any more.
pub fn delete_draft(tx: &mut Tx<'_>, cx: &Cx, edition_id: &EditionId) -> Result<()> {
    let edition = find_edition(tx, cx, edition_id)?;
    check_free(tx, cx, &edition.document_id)?;
    if queries::delete_draft(tx, &cx.site_id, edition_id)? == 0 {
        return Err(Error::Conflict);
    }
    queries::delete_empty(tx, &cx.site_id, &edition.document_id)?;
    let detail = &edition.content.title;
    let act = Act { action: "edition.delete", object_kind: "edition", object_id: &edition_id.0, detail };
    audit::actions::record(tx, cx, act)
}

/// From now on a document is changed by what keeps it alone: that lets go of it, changes it and keeps it again, all in one
/// transaction.
///
/// # Errors
/// As the database.
pub fn keep(tx: &mut Tx<'_>, cx: &Cx, document_id: &DocumentId, keeper: &Keeper) -> Result<()> {
    Ok(queries::insert_keeper(tx, &cx.site_id, document_id, keeper)?)
}

/// What keeps a document lets go of it.
///
/// # Errors
/// As the database.
pub fn let_go(tx: &mut Tx<'_>, cx: &Cx, document_id: &DocumentId) -> Result<()> {
    Ok(queries::delete_keeper(tx, &cx.site_id, document_id)?)
}

/// Goes on only with a document that nothing else keeps. Every action on a record asks but its withdrawal.
///
/// # Errors
/// Refused otherwise, with what keeps it.
pub fn check_free(tx: &mut Tx<'_>, cx: &Cx, document_id: &DocumentId) -> Result<()> {
    refuse_kept(queries::keeper(tx, &cx.site_id, document_id)?)
}

/// The same for the document of an edition.
///
/// # Errors
/// As [`check_free`].
pub fn check_edition_free(tx: &mut Tx<'_>, cx: &Cx, edition_id: &EditionId) -> Result<()> {
    refuse_kept(queries::keeper_of_edition(tx, &cx.site_id, edition_id)?)
}

fn refuse_kept(keeper: Option<Keeper>) -> Result<()> {
    match keeper {
        Some(keeper) => Err(Refusal::Kept(keeper).into()),
        None => Ok(()),
    }
}

/// Notes that somebody added or took away a file of a draft: that changes the edition as much as its text does.
pub fn note_changed_files(tx: &mut Tx<'_>, cx: &Cx, edition_id: &EditionId) -> Result<()> {
    queries::touch(tx, cx, edition_id)?;
    queries::add_author(tx, cx, edition_id)?;
    Ok(())
}

fn insert_edition(
    tx: &mut Tx<'_>,
    cx: &Cx,
    document_id: &DocumentId,
    number: i64,
    content: &Content,
) -> Result<EditionId> {
    let content = with_organ(tx, cx, content)?;
    let id = EditionId(cx.new_id());
    let edition = Edition {
        id,
        document_id: document_id.clone(),
        number,
        state: "draft".to_owned(),
        version: 1,
        content,
    };
    queries::insert_edition(tx, cx, &edition)?;
    Ok(edition.id)
}

/// The printed name of the organ stays as it is; beside it stands the organ that bears or bore it.
fn with_organ(tx: &mut Tx<'_>, cx: &Cx, content: &Content) -> Result<Content> {
    let mut content = content.clone();
    if content.issuing_organ_id.is_none() && !content.issuing_organ.is_empty() {
        content.issuing_organ_id = organ::queries::id_by_name(tx, &cx.site_id, &content.issuing_organ)?;
    }
    Ok(content)
}

/// A document by its id.
///
/// # Errors
/// Not found when there is none.
pub fn find(tx: &mut Tx<'_>, cx: &Cx, id: &DocumentId) -> Result<Document> {
    queries::by_id(tx, &cx.site_id, id)?.ok_or(Error::NotFound)
}

/// An edition by its id.
///
/// # Errors
/// Not found when there is none.
pub fn find_edition(tx: &mut Tx<'_>, cx: &Cx, id: &EditionId) -> Result<Edition> {
    queries::edition(tx, &cx.site_id, id)?.ok_or(Error::NotFound)
}
