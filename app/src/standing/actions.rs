//! Opening corrections; asking for withdrawal and repeal, and deciding on it.

use kit_db::Tx;
use rules::{
    permission::Act,
    publication::{self, DocumentState},
    standing::{RequestEvent, RequestState, request_after},
};

use super::{Grounds, Kind, Request, queries, telling};
use crate::{
    attachment, audit,
    cx::{Cx, civil_of},
    document::{self, ChangeReason, Document},
    error::{Error, Refusal, Result},
    id::{DocumentId, EditionId, RequestId},
    publishing,
    review::{Actor, dossier::hand},
};

/// Working days within which the second person is to decide.
const DECISION_DAYS: u32 = 1;

/// Opens a draft beside the live edition, with the files of the latest one but those that are dropped (by their digests).
/// It goes the whole way of review, secrecy review included, before readers see it.
///
/// # Errors
/// Refused without reason or note, when the record never was live, or while another edition is open.
pub fn open_correction(
    tx: &mut Tx<'_>,
    cx: &Cx,
    actor: &Actor,
    document_id: &DocumentId,
    grounds: &Grounds,
    dropped: &[String],
) -> Result<EditionId> {
    let document = document::actions::find(tx, cx, document_id)?;
    hand(tx, cx, actor, Act::Draft, document.responsible_organ_id.as_ref())?;
    let unknown = || Refusal::Unknown { what: "更正原因", code: grounds.reason.clone() };
    let reason = cx.reference.correction_reasons.get(&grounds.reason).ok_or_else(unknown)?;
    // Readers are told what was changed, so every correction says it (rules::publication::Shortcoming::NoChangeNote).
    check_note(grounds, true, "请写明更正了什么；这句话会向公众显示")?;
    let edition_id = publishing::actions::open_correction(
        tx,
        cx,
        document_id,
        ChangeReason { code: &reason.code, note: grounds.note.trim() },
    )?;
    for file in attachment::queries::of_edition(tx, &cx.site_id, &edition_id)? {
        if dropped.contains(&file.file.sha256) {
            attachment::actions::detach(tx, cx, &edition_id, &file.id)?;
        }
    }
    let mut request = new_request(cx, actor, document_id, Kind::Correct, grounds);
    request.state = RequestState::Confirmed;
    request.edition_id = Some(edition_id.clone());
    queries::insert(tx, cx, &request)?;
    record(tx, cx, "document.open_correction", &request)?;
    Ok(edition_id)
}

/// Asks that a live record be withdrawn.
///
/// # Errors
/// Refused without a reason (and its note, where the reason needs one), or when the record is not live.
pub fn request_withdrawal(
    tx: &mut Tx<'_>,
    cx: &Cx,
    actor: &Actor,
    document_id: &DocumentId,
    grounds: &Grounds,
) -> Result<RequestId> {
    let document = live_document(tx, cx, document_id)?;
    hand(tx, cx, actor, Act::RequestWithdrawal, document.responsible_organ_id.as_ref())?;
    check_withdrawal(cx, grounds)?;
    ask(tx, cx, &document, new_request(cx, actor, document_id, Kind::Withdraw, grounds))
}

/// Asks that a live record be marked as repealed by another one from a day on.
///
/// # Errors
/// Refused when either is not live, one would repeal itself, or the day cannot be read.
pub fn request_repeal(
    tx: &mut Tx<'_>,
    cx: &Cx,
    actor: &Actor,
    document_id: &DocumentId,
    (repealing, on): (&DocumentId, &str),
    grounds: &Grounds,
) -> Result<RequestId> {
    let document = live_document(tx, cx, document_id)?;
    hand(tx, cx, actor, Act::RequestWithdrawal, document.responsible_organ_id.as_ref())?;
    document::actions::check_free(tx, cx, document_id)?;
    live_document(tx, cx, repealing)?;
    if repealing == document_id {
        return Err(invalid("文件不能废止自身"));
    }
    if publishing::actions::date(on).is_none() {
        return Err(invalid("请填写废止日期，例如 2026-03-20"));
    }
    let mut request = new_request(cx, actor, document_id, Kind::Repeal, grounds);
    request.repealing = Some(repealing.clone());
    request.effective_on = Some(on.to_owned());
    ask(tx, cx, &document, request)
}

/// Withdraws a record at once; somebody else looks at it afterwards.
///
/// # Errors
/// Forbidden to all but the disclosure office; refused as [`request_withdrawal`].
pub fn withdraw_emergency(
    tx: &mut Tx<'_>,
    cx: &Cx,
    actor: &Actor,
    document_id: &DocumentId,
    grounds: &Grounds,
) -> Result<RequestId> {
    let document = document::actions::find(tx, cx, document_id)?;
    hand(tx, cx, actor, Act::WithdrawEmergency, document.responsible_organ_id.as_ref())?;
    let own = |known: &Request| known.state == RequestState::Emergency && known.requested_by == actor.login;
    let known = queries::of_document(tx, &cx.site_id, document_id)?;
    if document.state == "withdrawn" && known.first().is_some_and(own) {
        // A second click: the record is withdrawn already, by this very request.
        return Ok(known[0].id.clone());
    }
    check_withdrawal(cx, grounds)?;
    let mut request = new_request(cx, actor, document_id, Kind::Withdraw, grounds);
    request.state = RequestState::Emergency;
    queries::insert(tx, cx, &request)?;
    carry_out(tx, cx, &request)?;
    record(tx, cx, "document.withdraw_emergency", &request)?;
    telling::emergency(tx, cx, &document, &request)?;
    Ok(request.id)
}

/// Decides on a request. A confirmed one is carried out in the same transaction.
///
/// # Errors
/// Refused to whoever asked, when it was settled already, or without an opinion where it is not a plain yes; forbidden
/// without the right to confirm, or without the right to ask where the asker takes it back.
pub fn decide(
    tx: &mut Tx<'_>,
    cx: &Cx,
    actor: &Actor,
    id: &RequestId,
    event: RequestEvent,
    opinion: &str,
) -> Result<Request> {
    let mut request = queries::find(tx, &cx.site_id, id)?.ok_or(Error::NotFound)?;
    let document = document::actions::find(tx, cx, &request.document_id)?;
    let by_asker = request.requested_by == actor.login;
    let taken_back = event == RequestEvent::TakeBack;
    let by = if taken_back && by_asker {
        hand(tx, cx, actor, Act::RequestWithdrawal, document.responsible_organ_id.as_ref())?;
        None
    } else {
        Some(hand(tx, cx, actor, Act::ConfirmWithdrawal, document.responsible_organ_id.as_ref())?)
    };
    let for_asker = by.as_ref().and_then(|hand| hand.acting_for.as_ref());
    let by_asker = by_asker || for_asker.is_some_and(|person| person.0 == request.requested_by);
    let next = match request_after(request.state, event, by_asker) {
        // A second click of the same person finds its work done.
        Err(_) if is_repeated(&request, event, actor) => return Ok(request),
        next => next?,
    };
    if opinion.trim().is_empty() && !matches!(event, RequestEvent::Confirm | RequestEvent::TakeBack) {
        return Err(invalid("请写明意见"));
    }
    request.state = next;
    request.decided_by = Some(actor.login.clone());
    request.decided_for = by.and_then(|hand| hand.acting_for).map(|person| person.0);
    request.decided_at = Some(cx.at);
    request.opinion = Some(opinion.trim().to_owned());
    if queries::decide(tx, cx, &request)? == 0 {
        return Err(Error::Conflict);
    }
    if next == RequestState::Confirmed {
        carry_out(tx, cx, &request)?;
    }
    record(tx, cx, "document.decide_request", &request)?;
    telling::decided(tx, cx, &document, &request)?;
    Ok(request)
}

fn is_repeated(request: &Request, event: RequestEvent, actor: &Actor) -> bool {
    let done = match event {
        RequestEvent::Confirm => RequestState::Confirmed,
        RequestEvent::Refuse => RequestState::Refused,
        RequestEvent::TakeBack => RequestState::TakenBack,
        RequestEvent::Uphold => RequestState::Upheld,
        RequestEvent::Object => RequestState::Objected,
    };
    request.state == done && request.decided_by.as_deref() == Some(actor.login.as_str())
}

fn ask(tx: &mut Tx<'_>, cx: &Cx, document: &Document, request: Request) -> Result<RequestId> {
    let known = queries::of_document(tx, &cx.site_id, &document.id)?;
    let open = known.iter().find(|known| known.kind == request.kind && known.state == RequestState::Open);
    match open {
        Some(open) if open.requested_by == request.requested_by && open.grounds == request.grounds => {
            Ok(open.id.clone())
        }
        Some(_) => Err(invalid("这条信息已有同样的申请等待确认，请等它办结")),
        None => {
            queries::insert(tx, cx, &request)?;
            record(tx, cx, "document.request", &request)?;
            telling::asked(tx, cx, document, &request)?;
            Ok(request.id)
        }
    }
}

fn carry_out(tx: &mut Tx<'_>, cx: &Cx, request: &Request) -> Result<()> {
    let reason = &request.grounds.reason;
    match (request.kind, &request.repealing, &request.effective_on) {
        (Kind::Withdraw, ..) => {
            // Readers get the words that the reason has for them. What is written beside it stays with the request.
            let reason = ChangeReason { code: reason, note: "" };
            publishing::actions::withdraw(tx, cx, &request.document_id, reason)
        }
        (Kind::Repeal, Some(repealing), Some(on)) => {
            publishing::actions::repeal(tx, cx, repealing, &request.document_id, on)
        }
        _ => Err(Error::Unexpected(anyhow::anyhow!("request {} cannot be carried out", request.id.0))),
    }
}

fn live_document(tx: &mut Tx<'_>, cx: &Cx, id: &DocumentId) -> Result<Document> {
    let document = document::actions::find(tx, cx, id)?;
    let state = match document.state.as_str() {
        "live" => return Ok(document),
        "withdrawn" => DocumentState::Withdrawn,
        _ => DocumentState::Draft,
    };
    // Asked of the rules for the reason: never public, or withdrawn.
    publication::document_after(state, publication::Event::Withdraw)?;
    Err(Error::Conflict)
}

fn check_withdrawal(cx: &Cx, grounds: &Grounds) -> Result<()> {
    let unknown = || Refusal::Unknown { what: "撤回原因", code: grounds.reason.clone() };
    let reason = cx.reference.withdraw_reasons.get(&grounds.reason).ok_or_else(unknown)?;
    check_note(grounds, reason.needs_note, "这一撤回原因须写明具体情况；不会向公众显示")
}

fn check_note(grounds: &Grounds, needed: bool, sentence: &str) -> Result<()> {
    if needed && grounds.note.trim().is_empty() { Err(invalid(sentence)) } else { Ok(()) }
}

fn invalid(sentence: &str) -> Error {
    Refusal::Invalid(sentence.to_owned()).into()
}

fn new_request(cx: &Cx, actor: &Actor, document_id: &DocumentId, kind: Kind, grounds: &Grounds) -> Request {
    let due = cx.calendar().add_working_days(civil_of(cx.at), DECISION_DAYS);
    Request {
        id: RequestId(cx.new_id()),
        document_id: document_id.clone(),
        kind,
        state: RequestState::Open,
        grounds: grounds.clone(),
        edition_id: None,
        repealing: None,
        effective_on: None,
        due_on: due.ok().map(|day| day.to_string()),
        requested_by: actor.login.clone(),
        requested_at: cx.at,
        decided_by: None,
        decided_for: None,
        decided_at: None,
        opinion: None,
        version: 1,
    }
}

fn record(tx: &mut Tx<'_>, cx: &Cx, action: &'static str, request: &Request) -> Result<()> {
    let Grounds { reason, note, told } = &request.grounds;
    let opinion = request.opinion.as_deref().unwrap_or_default();
    let state = queries::state_code(request.state);
    let detail = format!("{} {state} {reason}：{note} 告知：{told} {opinion}", request.kind.code());
    let object_id = &request.document_id.0;
    audit::actions::record(
        tx,
        cx,
        audit::Act { action, object_kind: "document", object_id, detail: detail.trim() },
    )
}
