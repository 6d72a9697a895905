//! The verbs of publishing. Each checks, changes, appends to the audit log and to the change feed, all in the
//! transaction it is given.

use jiff::civil::Date;
use kit_db::Tx;
use rules::{
    disclosure::DisclosureClass,
    numbering::{IndexParts, IndexPattern},
    publication::{self, DocumentState, EditionFacts, EditionState, Event},
};

use super::{Published, queries, validity};
use crate::{
    attachment,
    audit::{self, Act},
    change_feed, counter,
    cx::{Cx, civil_of, date_of},
    document::{self, ChangeReason, Content, Document, Edition},
    error::{Error, Refusal, Result},
    id::{DocumentId, EditionId},
    site,
};

/// Makes an edition live now.
///
/// # Errors
/// Refused when the state does not allow it or the edition lacks something; nothing is changed then.
pub fn publish(tx: &mut Tx<'_>, cx: &Cx, edition_id: &EditionId) -> Result<Published> {
    let edition = document::actions::find_edition(tx, cx, edition_id)?;
    let document = document::actions::find(tx, cx, &edition.document_id)?;
    document::actions::check_free(tx, cx, &document.id)?;
    publication::document_after(document_state(&document)?, Event::Publish)?;
    publication::edition_after(edition_state(&edition)?, Event::Publish)?;
    check_ready(tx, cx, &document, &edition)?;
    let given = numbers(tx, cx, &document, &edition.content)?;
    end_earlier_editions(tx, cx, &document, edition_id)?;
    queries::start_edition(tx, cx, edition_id)?;
    let listed_on = edition.content.published_on.clone().unwrap_or_else(|| date_of(given.first_published_at));
    queries::set_live(tx, cx, &document, edition_id, &given, &listed_on)?;
    validity::refresh(tx, cx, &document.id)?;
    change_feed::append(tx, cx, change_feed::Kind::Document, Some(&document.id), Some(&document.column_id))?;
    record(tx, cx, "edition.publish", &document.id, &edition.content.title)?;
    Ok(Published {
        document_id: document.id,
        public_number: given.public_number,
        index_number: given.index_number,
    })
}

/// The live edition becomes an earlier version; where the reason of the new one says so (去标识化), every earlier version
/// leaves public sight, because it holds what must not be read (`rules::publication::edition_concealed_by_correction`).
fn end_earlier_editions(tx: &mut Tx<'_>, cx: &Cx, document: &Document, edition_id: &EditionId) -> Result<()> {
    let reason = queries::change_reason(tx, cx, edition_id)?;
    let reason = reason.and_then(|code| cx.reference.correction_reasons.get(&code));
    if reason.is_some_and(|reason| reason.conceals_previous) {
        queries::conceal_past(tx, cx, &document.id)?;
    } else if let Some(live) = &document.live_edition_id {
        queries::end_edition(tx, cx, live, "superseded")?;
    }
    Ok(())
}

/// Sets the time at which a draft goes live.
///
/// # Errors
/// Refused when the state does not allow it, the edition lacks something, or the time is not in the future.
pub fn schedule(tx: &mut Tx<'_>, cx: &Cx, edition_id: &EditionId, publish_at: i64) -> Result<()> {
    let edition = document::actions::find_edition(tx, cx, edition_id)?;
    let document = document::actions::find(tx, cx, &edition.document_id)?;
    document::actions::check_free(tx, cx, &document.id)?;
    publication::edition_after(edition_state(&edition)?, Event::Schedule)?;
    check_ready(tx, cx, &document, &edition)?;
    if publish_at <= cx.at {
        return Err(Refusal::Invalid("定时发布的时间须晚于现在".to_owned()).into());
    }
    queries::set_schedule(tx, cx, edition_id, "scheduled", Some(publish_at))?;
    record(tx, cx, "edition.schedule", &document.id, &crate::cx::minute_of(publish_at))
}

/// Takes the time back: the edition is a draft again.
///
/// # Errors
/// Refused when it is not scheduled.
pub fn unschedule(tx: &mut Tx<'_>, cx: &Cx, edition_id: &EditionId) -> Result<()> {
    let edition = document::actions::find_edition(tx, cx, edition_id)?;
    document::actions::check_free(tx, cx, &edition.document_id)?;
    publication::edition_after(edition_state(&edition)?, Event::Unschedule)?;
    queries::set_schedule(tx, cx, edition_id, "draft", None)?;
    record(tx, cx, "edition.unschedule", &edition.document_id, "")
}

/// Corrects a live document: a new edition goes live, the one before stays readable as an earlier version.
///
/// # Errors
/// As [`publish`]; also refused when another draft is open.
pub fn correct(
    tx: &mut Tx<'_>,
    cx: &Cx,
    document_id: &DocumentId,
    content: &Content,
    reason: ChangeReason<'_>,
) -> Result<Published> {
    let edition_id = open_correction(tx, cx, document_id, reason)?;
    document::actions::edit_draft(tx, cx, &edition_id, content)?;
    publish(tx, cx, &edition_id)
}

/// Opens the next edition of a document as a draft, with the content and the files of the newest one; readers go on
/// seeing the live edition.
///
/// # Errors
/// Refused when the document never was live, or while another edition is open.
pub fn open_correction(
    tx: &mut Tx<'_>,
    cx: &Cx,
    document_id: &DocumentId,
    reason: ChangeReason<'_>,
) -> Result<EditionId> {
    let document = document::actions::find(tx, cx, document_id)?;
    document::actions::check_free(tx, cx, document_id)?;
    let open = queries::has_open_edition(tx, cx, document_id)?;
    publication::check_correct(document_state(&document)?, open)?;
    let newest = document::queries::newest_edition(tx, &cx.site_id, document_id)?.ok_or(Error::NotFound)?;
    let edition_id = document::actions::draft_edition(tx, cx, document_id, &newest.content, reason)?;
    attachment::actions::carry_over(tx, cx, &newest.id, &edition_id)?;
    Ok(edition_id)
}

/// Takes a document out of public sight; of its content nothing stays readable, of the fact everything. That changes no
/// content and may not wait, so it is done with a document that something else keeps too.
///
/// # Errors
/// Refused when it is not live or no reason is given.
pub fn withdraw(tx: &mut Tx<'_>, cx: &Cx, document_id: &DocumentId, reason: ChangeReason<'_>) -> Result<()> {
    let document = document::actions::find(tx, cx, document_id)?;
    publication::document_after(document_state(&document)?, Event::Withdraw)?;
    if reason.code.trim().is_empty() {
        return Err(Refusal::Invalid("撤回必须写明原因".to_owned()).into());
    }
    queries::conceal_editions(tx, cx, document_id)?;
    queries::set_withdrawn(tx, cx, document_id, reason)?;
    change_feed::append(tx, cx, change_feed::Kind::Document, Some(document_id), Some(&document.column_id))?;
    record(tx, cx, "document.withdraw", document_id, &format!("{}：{}", reason.code, reason.note))
}

/// Records that one document repeals another: both are marked, the repealed one stays readable (domain rule 53).
///
/// # Errors
/// Refused when the repealed document is not live or repeals itself.
pub fn repeal(
    tx: &mut Tx<'_>,
    cx: &Cx,
    repealing: &DocumentId,
    repealed: &DocumentId,
    on: &str,
) -> Result<()> {
    let target = document::actions::find(tx, cx, repealed)?;
    document::actions::check_free(tx, cx, repealed)?;
    publication::document_after(document_state(&target)?, Event::Repeal)?;
    if repealing == repealed {
        return Err(Refusal::Invalid("文件不能废止自身".to_owned()).into());
    }
    link(tx, cx, repealing, Link { kind: "repeals", to: repealed, effective_on: Some(on) })?;
    queries::set_repealed(tx, cx, repealed, on)?;
    validity::refresh(tx, cx, repealed)?;
    record(tx, cx, "document.repeal", repealed, &format!("{} {on}", repealing.0))
}

/// A link between two documents.
#[derive(Debug, Clone, Copy)]
pub struct Link<'a> {
    /// `repeals`, `amends`, `interprets`, `relates`.
    pub kind: &'a str,
    /// The document linked to.
    pub to: &'a DocumentId,
    /// From when it holds, where that matters.
    pub effective_on: Option<&'a str>,
}

/// Links two documents; pages of both show it.
///
/// # Errors
/// Not found when either does not exist on the site.
pub fn link(tx: &mut Tx<'_>, cx: &Cx, from: &DocumentId, link: Link<'_>) -> Result<()> {
    for id in [from, link.to] {
        let document = document::actions::find(tx, cx, id)?;
        change_feed::append(tx, cx, change_feed::Kind::Document, Some(id), Some(&document.column_id))?;
    }
    queries::insert_link(tx, cx, from, link)?;
    record(tx, cx, "document.link", from, &format!("{} {}", link.kind, link.to.0))
}

/// What first publication gives, or gave earlier.
pub struct Given {
    pub public_number: i64,
    pub index_number: String,
    pub first_published_at: i64,
}

/// Gives a document its numbers before it is published, for what has to bear them in its own files. They are kept when it
/// goes live; nothing becomes visible.
///
/// # Errors
/// Not found when there is no such document.
pub fn reserve(tx: &mut Tx<'_>, cx: &Cx, document_id: &DocumentId) -> Result<Published> {
    let document = document::actions::find(tx, cx, document_id)?;
    let newest = document::queries::newest_edition(tx, &cx.site_id, document_id)?.ok_or(Error::NotFound)?;
    let given = numbers(tx, cx, &document, &newest.content)?;
    queries::reserve(tx, cx, document_id, &given)?;
    Ok(Published {
        document_id: document.id,
        public_number: given.public_number,
        index_number: given.index_number,
    })
}

fn numbers(tx: &mut Tx<'_>, cx: &Cx, document: &Document, content: &Content) -> Result<Given> {
    if let (Some(public_number), Some(index_number)) = (document.public_number, &document.index_number) {
        let first_published_at = document.first_published_at.unwrap_or(cx.at);
        return Ok(Given { public_number, index_number: index_number.clone(), first_published_at });
    }
    let index_number = index_number(tx, cx, content)?;
    let public_number = counter::queries::next(tx, &cx.site_id, "public_number")?;
    Ok(Given { public_number, index_number, first_published_at: cx.at })
}

/// The number another system printed stays the record's number if nobody has it; every other record gets the next one
/// by the site's pattern. A number is never given twice, withdrawn records keep theirs (domain rule 49).
fn index_number(tx: &mut Tx<'_>, cx: &Cx, content: &Content) -> Result<String> {
    if let Some(printed) = content.printed_index_number.as_deref().filter(|printed| !printed.is_empty())
        && !queries::index_number_taken(tx, cx, printed)?
    {
        return Ok(printed.to_owned());
    }
    let site = site::queries::by_id(tx, &cx.site_id)?.ok_or(Error::NotFound)?;
    let pattern = IndexPattern::parse(&site.profile.index_number_pattern).map_err(anyhow::Error::from)?;
    let today = civil_of(cx.at);
    loop {
        let mut parts = IndexParts {
            organ_code: &site.profile.organ_code,
            year: today.year(),
            month: today.month(),
            serial: 0,
        };
        let serial = counter::queries::next(tx, &cx.site_id, &pattern.counter_key(&parts))?;
        parts.serial = serial.unsigned_abs();
        let number = pattern.compose(&parts).map_err(anyhow::Error::from)?;
        // A number taken over from another system may lie ahead of the counter.
        if !queries::index_number_taken(tx, cx, &number)? {
            return Ok(number);
        }
    }
}

/// Whether an edition has everything that publication needs.
///
/// # Errors
/// Refused with the list of what is missing.
pub fn check_ready(tx: &mut Tx<'_>, cx: &Cx, document: &Document, edition: &Edition) -> Result<()> {
    let content = &edition.content;
    let kind = cx.reference.content_type(&document.content_type);
    let first = document.first_published_at.unwrap_or(cx.at);
    let is_imported = is_imported(tx, cx, document, content)?;
    let facts = EditionFacts {
        title: &content.title,
        disclosure_class: disclosure_class(&content.disclosure_class),
        body_text: &content.body_text,
        n_attachments: attachment::queries::count(tx, &cx.site_id, &edition.id)?,
        needs_attachment: kind.is_some_and(|kind| kind.needs_attachment),
        // A record from another system is shown with what that system printed: nothing can be asked of it now.
        missing_fields: if is_imported { Vec::new() } else { document::missing_fields(kind, content) },
        change_note: &queries::change_note(tx, cx, &edition.id)?,
        is_correction: document.first_published_at.is_some(),
        written_on: content.written_on.as_deref().and_then(date),
        published_on: content.published_on.as_deref().and_then(date),
        first_published_on: civil_of(first),
        is_imported,
    };
    let shortcomings = publication::shortcomings(&facts);
    if shortcomings.is_empty() { Ok(()) } else { Err(Refusal::NotReady(shortcomings).into()) }
}

/// Whether the publication date was printed by another system: it was there at first publication. A date that a later
/// version of our own record brings along is a backdating (domain rule 44).
fn is_imported(tx: &mut Tx<'_>, cx: &Cx, document: &Document, content: &Content) -> Result<bool> {
    if content.published_on.is_none() || document.first_published_at.is_none() {
        return Ok(content.published_on.is_some());
    }
    Ok(queries::first_printed_publication(tx, cx, &document.id)?.is_some())
}

/// The class of a stored word.
pub fn disclosure_class(code: &str) -> Option<DisclosureClass> {
    match code {
        "proactive" => Some(DisclosureClass::Proactive),
        "on_request" => Some(DisclosureClass::OnRequest),
        "withheld" => Some(DisclosureClass::Withheld),
        _ => None,
    }
}

/// The date of a stored `YYYY-MM-DD`.
pub fn date(text: &str) -> Option<Date> {
    text.parse().ok()
}

fn document_state(document: &Document) -> Result<DocumentState> {
    match document.state.as_str() {
        "draft" => Ok(DocumentState::Draft),
        "live" => Ok(DocumentState::Live),
        "withdrawn" => Ok(DocumentState::Withdrawn),
        other => Err(broken_row("document", &document.id.0, other)),
    }
}

fn edition_state(edition: &Edition) -> Result<EditionState> {
    match edition.state.as_str() {
        "draft" => Ok(EditionState::Draft),
        "scheduled" => Ok(EditionState::Scheduled),
        "live" => Ok(EditionState::Live),
        "superseded" => Ok(EditionState::Superseded),
        "concealed" => Ok(EditionState::Concealed),
        other => Err(broken_row("edition", &edition.id.0, other)),
    }
}

fn broken_row(table: &str, id: &str, state: &str) -> Error {
    Error::Unexpected(anyhow::anyhow!("{table}.state of {id} is {state:?}"))
}

fn record(tx: &mut Tx<'_>, cx: &Cx, action: &'static str, id: &DocumentId, detail: &str) -> Result<()> {
    audit::actions::record(tx, cx, Act { action, object_kind: "document", object_id: &id.0, detail })
}
