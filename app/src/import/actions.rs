//! Taking a record in: make it or bring it up to date, remember where it came from, and, where asked, make it live when
//! nothing speaks against it. One record is one savepoint's worth of work; what is unsure stays a draft.

use kit_db::Tx;

use super::{
    Finding, Incoming,
    queries::{self, Known, SourceRow},
    summary::Taken,
};
use crate::{
    cx::Cx,
    document::{self, ChangeReason, NewDocument},
    error::{Error, Refusal, Result},
    id::{ColumnId, DocumentId, EditionId},
    publishing,
};

/// What readers are told of an edition that replaces another because the source changed.
const CHANGED: ChangeReason<'static> =
    ChangeReason { code: "other", note: "来源页面的内容有变化。" };

/// Takes one record in.
///
/// # Errors
/// Refused when an edition of it is waiting for its hour; nothing is changed then.
pub fn take_in(
    tx: &mut Tx<'_>,
    cx: &Cx,
    incoming: &Incoming,
    column_id: &ColumnId,
    publish: bool,
) -> Result<Taken> {
    match queries::known(tx, cx, &incoming.address)? {
        None => create(tx, cx, incoming, column_id, publish),
        Some(known) if known.content_hash == incoming.content_hash => {
            unchanged(tx, cx, incoming, &known, publish)
        }
        Some(known) => update(tx, cx, incoming, &known, publish),
    }
}

fn create(
    tx: &mut Tx<'_>,
    cx: &Cx,
    incoming: &Incoming,
    column_id: &ColumnId,
    publish: bool,
) -> Result<Taken> {
    let mut taken = found(incoming);
    // Looked for before the record itself is there, so no id has to be left out.
    note_repeats(tx, cx, incoming, &DocumentId(String::new()), &mut taken)?;
    let new = NewDocument {
        content_type: incoming.content_type.clone(),
        column_id: column_id.clone(),
        content: incoming.content.clone(),
    };
    let (document_id, edition_id) = document::actions::create(tx, cx, &new)?;
    if publish && taken.reasons.is_empty() {
        go_live(tx, cx, &edition_id, &mut taken)?;
    }
    remember(tx, cx, incoming, &document_id, taken)
}

/// What was read is what was read before: at most it goes live now, when it is sure and was not asked for then.
fn unchanged(tx: &mut Tx<'_>, cx: &Cx, incoming: &Incoming, known: &Known, publish: bool) -> Result<Taken> {
    let mut taken = Taken { unchanged: true, ..Taken::default() };
    if !publish || !matches!(known.review_state.as_str(), "sure" | "accepted") {
        return Ok(taken);
    }
    let document = document::actions::find(tx, cx, &known.document_id)?;
    let newest = newest(tx, cx, &known.document_id)?;
    if document.state == "draft" && newest.state == "draft" {
        go_live(tx, cx, &newest.id, &mut taken)?;
        if !taken.reasons.is_empty() {
            queries::set_review(tx, cx, &incoming.address, "needs_review", &taken.reasons)?;
        }
    }
    Ok(taken)
}

/// The source changed: a draft is replaced, beside what is live a draft is put and looked at by a person.
fn update(tx: &mut Tx<'_>, cx: &Cx, incoming: &Incoming, known: &Known, publish: bool) -> Result<Taken> {
    let mut taken = found(incoming);
    note_repeats(tx, cx, incoming, &known.document_id, &mut taken)?;
    let document = document::actions::find(tx, cx, &known.document_id)?;
    let newest = newest(tx, cx, &known.document_id)?;
    if document.state != "draft" {
        let sentence = "来源页面的内容有变化，已另存为草稿，公开的版本未动，请核对后发布。";
        taken.reasons.push(Finding::new("source_changed", sentence));
    }
    match newest.state.as_str() {
        "draft" => document::actions::edit_draft(tx, cx, &newest.id, &incoming.content)?,
        "scheduled" => {
            let sentence = "该记录已定时发布，来源内容又有变化。请先取消定时，再导入一次";
            return Err(Refusal::Invalid(sentence.to_owned()).into());
        }
        _ => {
            document::actions::draft_edition(tx, cx, &known.document_id, &incoming.content, CHANGED)?;
        }
    }
    if publish && taken.reasons.is_empty() && newest.state == "draft" {
        go_live(tx, cx, &newest.id, &mut taken)?;
    }
    remember(tx, cx, incoming, &known.document_id, taken)
}

fn found(incoming: &Incoming) -> Taken {
    Taken { reasons: incoming.reasons.clone(), remarks: incoming.remarks.clone(), ..Taken::default() }
}

fn newest(tx: &mut Tx<'_>, cx: &Cx, id: &DocumentId) -> Result<document::Edition> {
    document::queries::newest_edition(tx, &cx.site_id, id)?.ok_or(Error::NotFound)
}

/// Publishing says itself what is missing; that becomes a reason to look, not an error.
fn go_live(tx: &mut Tx<'_>, cx: &Cx, edition_id: &EditionId, taken: &mut Taken) -> Result<()> {
    match publishing::actions::publish(tx, cx, edition_id) {
        Ok(_) => taken.published = true,
        Err(Error::Refused(refusal)) => {
            taken.reasons.push(Finding::new("not_ready", crate::words::refusal(&refusal)));
        }
        Err(error) => return Err(error),
    }
    Ok(())
}

fn remember(
    tx: &mut Tx<'_>,
    cx: &Cx,
    incoming: &Incoming,
    document_id: &DocumentId,
    taken: Taken,
) -> Result<Taken> {
    let mut row = SourceRow::of(cx, incoming, &taken.reasons)?;
    row.remarks = serde_json::to_string(&taken.remarks)?;
    queries::put_source(tx, cx, &incoming.address, document_id, &row)?;
    Ok(taken)
}

/// An index number is given once (国办秘函〔2009〕6号) and a document number names one document: a second record with
/// either is a copy, or one of the two is wrong.
fn note_repeats(
    tx: &mut Tx<'_>,
    cx: &Cx,
    incoming: &Incoming,
    own: &DocumentId,
    taken: &mut Taken,
) -> Result<()> {
    let mut found = Vec::new();
    if let Some(number) = incoming.content.printed_index_number.as_deref()
        && let Some(title) = queries::other_with_index_number(tx, cx, number, own)?
    {
        let sentence = format!("索引号“{number}”已用于《{title}》，请确认是否重复。");
        found.push(Finding::new("repeated_index_number", sentence));
    }
    if let Some(number) = incoming.content.document_number.as_deref()
        && let Some(title) = queries::other_with_document_number(tx, cx, number, own)?
    {
        let sentence = format!("文号“{number}”已用于《{title}》，请确认是否重复。");
        found.push(Finding::new("repeated_document_number", sentence));
    }
    if incoming.repeats_are_expected {
        taken.remarks.extend(found)
    } else {
        taken.reasons.extend(found)
    }
    Ok(())
}

/// Remembers again where a record that was exported had come from.
///
/// # Errors
/// Refused when the address belongs to another record.
pub fn restore_source(
    tx: &mut Tx<'_>,
    cx: &Cx,
    address: &str,
    id: &DocumentId,
    row: &SourceRow,
) -> Result<()> {
    if queries::known(tx, cx, address)?.is_some() {
        let sentence = format!("地址 {address} 已导入为另一条记录。请导入空站点");
        return Err(Refusal::Invalid(sentence).into());
    }
    queries::put_source(tx, cx, address, id, row)
}
