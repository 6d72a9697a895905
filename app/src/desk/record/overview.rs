//! `/desk/documents/{document_id}`: everything about one record. Its editions and where each stands, what was asked about
//! it, and what this person may do.

use askama::Template;
use axum::response::Response;
use kit_db::Tx;
use kit_web::forms::FormErrors;
use rules::{permission::Act, review::Stage, standing::RequestState};

use super::{may, queries, see};
use crate::{
    column,
    cx::Cx,
    desk::{
        annual_report,
        editor::discard::may_discard,
        officer::Officer,
        page::Layout,
        review::names::{self, Names},
    },
    document::{self, Document, Keeper},
    error::Result,
    id::DocumentId,
    portal::visit::Address,
    review::way,
    standing::{self, Request},
    words,
};

#[derive(Template)]
#[template(path = "desk/record/overview.html")]
struct OverviewPage {
    layout: Layout,
    id: String,
    title: String,
    state: &'static str,
    look: &'static str,
    public_href: Option<String>,
    facts: Vec<(&'static str, String)>,
    editions: Vec<EditionRow>,
    requests: Vec<RequestRow>,
    can: Can,
    /// The page of what keeps the record; nothing but its withdrawal is done to it here then.
    keeper_href: Option<String>,
    errors: FormErrors,
}

/// What this person may do with the record.
struct Can {
    /// Open a correction: nothing else is open.
    correct: bool,
    /// Ask for withdrawal and repeal.
    ask: bool,
    /// Whether records of this kind can be repealed.
    repeal: bool,
    /// The open draft, for the editor.
    edit: Option<String>,
    /// The open draft, where it can be submitted.
    submit: Option<String>,
    /// The open draft, where this person may give it up.
    discard: Option<String>,
}

/// An edition as the page lists it.
struct EditionRow {
    number: i64,
    state: &'static str,
    stage: Option<(String, &'static str, String)>,
    note: String,
    made: String,
    times: String,
}

/// A request as the page shows it.
struct RequestRow {
    id: String,
    what: &'static str,
    state: &'static str,
    look: &'static str,
    reason: String,
    note: String,
    told: String,
    asked: String,
    decided: Option<String>,
    opinion: String,
    /// Whether this person may confirm or refuse it.
    may_decide: bool,
    /// Whether this person may review it afterwards.
    may_review: bool,
    /// Whether this person may take it back.
    may_take_back: bool,
}

/// `/desk/documents/{document_id}`
pub async fn show(officer: Officer, Address(id): Address<String>) -> Response {
    let made = page(&officer, DocumentId(id), FormErrors::default()).await;
    officer.answer(made.and_then(|page| officer.page(&page)))
}

/// The same page with what was refused.
pub async fn again(officer: &Officer, id: DocumentId, errors: FormErrors) -> Result<Response> {
    page(officer, id, errors).await.and_then(|page| officer.page_with_mistakes(&page))
}

/// What is read for the page.
struct Read {
    document: Document,
    names: Names,
    editions: Vec<queries::EditionLine>,
    requests: Vec<Request>,
    withdrawn: queries::Withdrawn,
    column: String,
    keeper: Option<Keeper>,
}

async fn page(officer: &Officer, id: DocumentId, errors: FormErrors) -> Result<OverviewPage> {
    let read = officer.read(move |tx, cx| read(tx, cx, &id)).await?;
    see(officer, &read.document)?;
    let (state, look) = document_state(&read.document);
    let title = read.editions.first().map(|edition| edition.title.clone()).unwrap_or_default();
    let cx = officer.cx();
    Ok(OverviewPage {
        layout: officer.layout(title.clone()).under(&[("首页", "/desk"), ("信息", "/desk/documents")]),
        id: read.document.id.0.clone(),
        title,
        state,
        look,
        public_href: read.document.public_number.map(|number| format!("/documents/{number}")),
        facts: facts(&cx, &read),
        editions: read.editions.iter().map(|edition| edition_row(&read.names, edition)).collect(),
        requests: read.requests.iter().map(|request| request_row(&cx, officer, &read, request)).collect(),
        can: can(&cx, officer, &read),
        keeper_href: read.keeper.as_ref().map(|keeper| annual_report::href(&keeper.object_id)),
        errors,
    })
}

fn read(tx: &mut Tx<'_>, cx: &Cx, id: &DocumentId) -> Result<Read> {
    let document = document::actions::find(tx, cx, id)?;
    let columns = column::queries::all(tx, &cx.site_id)?;
    let path: Vec<&str> =
        column::path(&columns, &document.column_id).iter().map(|column| column.name.as_str()).collect();
    Ok(Read {
        names: Names::read(tx, cx)?,
        editions: queries::editions(tx, cx, id)?,
        requests: standing::queries::of_document(tx, &cx.site_id, id)?,
        withdrawn: queries::withdrawn(tx, cx, id)?,
        column: path.join(" › "),
        keeper: document::queries::keeper(tx, &cx.site_id, id)?,
        document,
    })
}

fn document_state(document: &Document) -> (&'static str, &'static str) {
    match document.state.as_str() {
        "live" => ("公开中", "done"),
        "withdrawn" => ("已撤回", "late"),
        _ => ("未发布", "plain"),
    }
}

fn facts(cx: &Cx, read: &Read) -> Vec<(&'static str, String)> {
    let document = &read.document;
    let kind = cx.reference.content_type(&document.content_type).map(|kind| kind.name.clone());
    let withdrawn = read.withdrawn.reason.as_deref().and_then(|code| cx.reference.withdraw_reasons.get(code));
    let lines = [
        ("信息类别", kind),
        ("栏目", Some(read.column.clone())),
        ("责任机关", document.responsible_organ_id.as_ref().map(|id| read.names.organ(id))),
        ("索引号", document.index_number.clone()),
        ("首次发布", document.first_published_at.map(names::moment)),
        ("废止日期", read.withdrawn.repealed_on.as_deref().map(words::date)),
        ("撤回时间", read.withdrawn.at.map(names::moment)),
        ("撤回原因", withdrawn.map(|reason| reason.name.clone())),
        ("撤回说明", read.withdrawn.note.clone()),
    ];
    let filled = lines.into_iter().filter_map(|(label, value)| Some((label, value?)));
    filled.filter(|(_, value)| !value.is_empty()).collect()
}

fn edition_row(names: &Names, edition: &queries::EditionLine) -> EditionRow {
    let state = match edition.state.as_str() {
        "draft" => "草稿",
        "scheduled" => "已定时",
        "live" => "现行",
        "superseded" => "历史版本",
        _ => "不再公开",
    };
    let way = edition.way.as_deref().and_then(|text| way::of_text(text).ok());
    let stage = edition.stage.zip(edition.case_id.as_ref()).map(|(stage, case)| {
        (names::stage(stage, way.as_ref()), names::stage_look(stage), format!("/desk/reviews/{}", case.0))
    });
    let mut times = Vec::new();
    times.extend(edition.publish_at.map(|at| format!("定于 {} 发布", names::moment(at))));
    times.extend(edition.live_at.map(|at| format!("{} 公开", names::moment(at))));
    times.extend(edition.ended_at.map(|at| format!("{} 结束", names::moment(at))));
    let flag = if edition.emergency { "（紧急发布）" } else { "" };
    EditionRow {
        number: edition.number,
        state,
        stage,
        note: format!("{}{flag}", edition.change_note.clone().unwrap_or_else(|| "首次发布".to_owned())),
        made: format!("{}　{}", names.person(&edition.created_by), names::moment(edition.created_at)),
        times: times.join("　"),
    }
}

fn request_row(cx: &Cx, officer: &Officer, read: &Read, request: &Request) -> RequestRow {
    let (state, look) = words::standing_state(request.kind.code(), request.state);
    let is_own = request.requested_by == officer.account.login;
    let may_confirm = !is_own && may(officer, Act::ConfirmWithdrawal, &read.document);
    let reason = match request.kind {
        standing::Kind::Correct => {
            cx.reference.correction_reasons.get(&request.grounds.reason).map(|reason| reason.name.clone())
        }
        standing::Kind::Withdraw => {
            cx.reference.withdraw_reasons.get(&request.grounds.reason).map(|reason| reason.name.clone())
        }
        standing::Kind::Repeal => {
            request.effective_on.as_deref().map(|on| format!("自{}起废止", words::date(on)))
        }
    };
    let by = request.decided_by.as_deref().map(|login| read.names.person(login));
    let acting = request.decided_for.as_deref().map(|login| format!("（代{}）", read.names.person(login)));
    RequestRow {
        id: request.id.0.clone(),
        what: words::standing_kind(request.kind.code()),
        state,
        look,
        reason: reason.unwrap_or_default(),
        note: request.grounds.note.clone(),
        told: request.grounds.told.clone(),
        asked: format!(
            "{}　{}",
            read.names.person(&request.requested_by),
            names::moment(request.requested_at)
        ),
        decided: by
            .zip(request.decided_at)
            .map(|(by, at)| format!("{by}{}　{}", acting.unwrap_or_default(), names::moment(at))),
        opinion: request.opinion.clone().unwrap_or_default(),
        may_decide: request.state == RequestState::Open && may_confirm,
        may_review: request.state == RequestState::Emergency && may_confirm,
        may_take_back: request.state == RequestState::Open
            && is_own
            && may(officer, Act::RequestWithdrawal, &read.document),
    }
}

fn can(cx: &Cx, officer: &Officer, read: &Read) -> Can {
    let document = &read.document;
    let ask = document.state == "live" && may(officer, Act::RequestWithdrawal, document);
    if read.keeper.is_some() {
        return Can { correct: false, ask, repeal: false, edit: None, submit: None, discard: None };
    }
    let was_public = document.state != "draft";
    let open = read.editions.iter().find(|edition| ["draft", "scheduled"].contains(&edition.state.as_str()));
    let draft = open.filter(|edition| edition.state == "draft");
    let with_authors = |edition: &&queries::EditionLine| {
        edition.stage.is_none_or(|stage| matches!(stage, Stage::Draft | Stage::Returned | Stage::Recalled))
    };
    let drafts = may(officer, Act::Draft, document);
    let kind = cx.reference.content_type(&document.content_type);
    Can {
        correct: drafts && was_public && open.is_none(),
        ask,
        repeal: kind.is_some_and(|kind| kind.has_validity),
        edit: draft.filter(|_| drafts).map(|edition| edition.id.0.clone()),
        submit: draft.filter(with_authors).filter(|_| drafts).map(|edition| edition.id.0.clone()),
        discard: draft
            .filter(with_authors)
            .filter(|edition| {
                drafts && may_discard(&officer.grants, &officer.account.login, &edition.created_by)
            })
            .map(|edition| edition.id.0.clone()),
    }
}
