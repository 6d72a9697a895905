//! The review list (导入核对清单): records that a reader was unsure of, by reason; one beside what was printed, to be mended
//! and accepted or turned down; many at once, each checked for itself.

use askama::Template;
use axum::{
    extract::{Path, Query},
    response::Response,
};
use kit_web::forms::FormErrors;
use rules::permission::Act;
use serde::Deserialize;

use super::{
    fields::{self, Entry, FieldRow},
    queries::{self, Filter, Source, Unsure},
};
use crate::{
    cx::minute_of,
    desk::{form::DeskForm, officer::Officer, page::Layout},
    document::{self, Content},
    error::{Error, Result},
    id::DocumentId,
    import::review::{self, Seen},
    portal::page::Paging,
    words,
};

/// Records on a page.
const ROWS: u32 = 30;
/// Most records decided at once: a page of them.
const MOST: usize = 200;
/// Where the list stands.
const HERE: &str = "/desk/admin/imports/review";
/// The states of the list, as its filter names them.
const STATES: [(&str, &str); 3] =
    [("needs_review", "待核对"), ("accepted", "已采用"), ("rejected", "不采用")];

/// What the address of the list says.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    state: String,
    reason: String,
    title: String,
    page: u32,
}

impl Asked {
    fn filter(&self) -> Filter {
        let known = STATES.iter().find(|(code, _)| *code == self.state).unwrap_or(&STATES[0]);
        Filter { state: known.0.to_owned(), reason: self.reason.clone(), title: self.title.trim().to_owned() }
    }

    fn href(&self, page: u32) -> String {
        let Filter { state, reason, title } = self.filter();
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("state", &state).append_pair("reason", &reason).append_pair("title", &title);
        query.append_pair("page", &page.to_string());
        format!("{HERE}?{}", query.finish())
    }
}

#[derive(Template)]
#[template(path = "desk/imports/review.html")]
struct ReviewPage {
    layout: Layout,
    filter: Filter,
    reasons: Vec<(String, String, i64)>,
    rows: Vec<ReviewRow>,
    paging: Paging,
    is_open: bool,
}

struct ReviewRow {
    id: String,
    title: String,
    kind: String,
    column: String,
    reasons: Vec<String>,
    at: String,
}

#[derive(Template)]
#[template(path = "desk/imports/decide.html")]
struct DecidePage {
    layout: Layout,
    id: String,
    imported_at: i64,
    is_open: bool,
    decided: Option<String>,
    address: Option<String>,
    kind: String,
    column: String,
    reasons: Vec<String>,
    remarks: Vec<String>,
    fields: Vec<FieldRow>,
    disclosure_class: String,
    printed: Vec<(String, String)>,
    body: String,
    errors: FormErrors,
}

#[derive(Template)]
#[template(path = "desk/imports/bulk.html")]
struct BulkPage {
    layout: Layout,
    n_accepted: usize,
    refused: Vec<(String, String, String)>,
}

/// `/desk/admin/imports/review`.
pub async fn list(officer: Officer, Query(asked): Query<Asked>) -> Response {
    let made = list_page(&officer, &asked).await;
    officer.answer(made.and_then(|page| officer.page(&page)))
}

async fn list_page(officer: &Officer, asked: &Asked) -> Result<ReviewPage> {
    officer.require(Act::ImportRecords, None)?;
    let (filter, number) = (asked.filter(), asked.page.max(1));
    let looked_for = filter.clone();
    let (reasons, total, found) = officer
        .read(move |tx, cx| {
            let skip = i64::from((number - 1).saturating_mul(ROWS));
            Ok((
                queries::reasons(tx, &cx.site_id)?,
                queries::count(tx, &cx.site_id, &looked_for)?,
                queries::unsure(tx, &cx.site_id, &looked_for, skip, i64::from(ROWS))?,
            ))
        })
        .await?;
    let named = |(code, n): (String, i64)| (words::import_reason(&code), code, n);
    Ok(ReviewPage {
        layout: officer
            .layout("导入核对清单")
            .under(&[("首页", "/desk"), ("导入与核对", "/desk/admin/imports")]),
        reasons: reasons.into_iter().map(named).map(|(word, code, n)| (code, word, n)).collect(),
        rows: found.into_iter().map(|unsure| row(officer, unsure)).collect(),
        paging: Paging::new(total.unsigned_abs(), ROWS, number, |page| asked.href(page)),
        is_open: filter.state == STATES[0].0,
        filter,
    })
}

fn row(officer: &Officer, unsure: Unsure) -> ReviewRow {
    ReviewRow {
        kind: kind_name(officer, &unsure.content_type),
        id: unsure.document_id.0,
        title: unsure.title,
        column: unsure.column,
        reasons: unsure.reasons.into_iter().map(|finding| finding.sentence).collect(),
        at: minute_of(unsure.imported_at),
    }
}

fn kind_name(officer: &Officer, code: &str) -> String {
    let kind = officer.visit.app.reference.content_type(code);
    kind.map_or_else(|| code.to_owned(), |kind| kind.name.clone())
}

/// `/desk/admin/imports/review/{document_id}`.
pub async fn show(officer: Officer, Path(id): Path<String>) -> Response {
    let made = match read(&officer, DocumentId(id)).await {
        Ok((source, content)) => officer.page(&decide_page(&officer, source, content, FormErrors::default())),
        Err(error) => Err(error),
    };
    officer.answer(made)
}

async fn read(officer: &Officer, id: DocumentId) -> Result<(Source, Content)> {
    officer.require(Act::ImportRecords, None)?;
    officer
        .read(move |tx, cx| {
            let source = queries::source(tx, &cx.site_id, &id)?.ok_or(Error::NotFound)?;
            let newest = document::queries::newest_edition(tx, &cx.site_id, &id)?.ok_or(Error::NotFound)?;
            Ok((source, newest.content))
        })
        .await
}

fn decide_page(officer: &Officer, source: Source, content: Content, errors: FormErrors) -> DecidePage {
    let unsure = source.unsure;
    let is_open = unsure.review_state == STATES[0].0;
    let state =
        STATES.iter().find(|(code, _)| *code == unsure.review_state).map_or("无须核对", |(_, word)| word);
    let by = source.reviewed_by.map(|by| format!("（{by}）")).unwrap_or_default();
    let why = source.review_note.filter(|note| !note.is_empty()).map(|note| format!("：{note}"));
    let sentences = |found: Vec<crate::import::Finding>| found.into_iter().map(|one| one.sentence).collect();
    DecidePage {
        layout: officer.layout("核对导入的信息").under(&[
            ("首页", "/desk"),
            ("导入与核对", "/desk/admin/imports"),
            ("导入核对清单", HERE),
        ]),
        id: unsure.document_id.0,
        imported_at: unsure.imported_at,
        is_open,
        decided: (!is_open).then(|| format!("{state}{by}{}", why.unwrap_or_default())),
        address: Some(unsure.address).filter(|address| address.starts_with("http")),
        kind: kind_name(officer, &unsure.content_type),
        column: unsure.column,
        reasons: sentences(unsure.reasons),
        remarks: sentences(source.remarks),
        fields: fields::rows(&content, &errors),
        disclosure_class: content.disclosure_class,
        printed: source.printed,
        body: content.body_html,
        errors,
    }
}

/// `POST /desk/admin/imports/review/{document_id}`: `accept`, `save` or `reject`.
pub async fn decide(Path(id): Path<String>, DeskForm { officer, form }: DeskForm) -> Response {
    let made = try_decide(&officer, DocumentId(id), &form).await;
    officer.answer(made)
}

async fn try_decide(officer: &Officer, id: DocumentId, form: &kit_web::forms::Form) -> Result<Response> {
    let (source, content) = read(officer, id.clone()).await?;
    let imported_at = form.text("imported_at").parse().ok();
    if form.text("decision") == "reject" {
        let note = form.text("note");
        let work = move |tx: &mut kit_db::Tx<'_>, cx: &crate::cx::Cx| {
            review::reject(tx, cx, Seen { document: &id, imported_at }, &note)
        };
        let done = officer.act(work).await;
        return finish(officer, done, "已记为不采用", ("note", source, content, FormErrors::default()));
    }
    let mut errors = FormErrors::default();
    let mended = fields::read(officer.visit.app.reference, form, content, &mut errors);
    if !errors.is_empty() {
        return officer.page_with_mistakes(&decide_page(officer, source, mended, errors));
    }
    let (accepts, to_write) = (form.text("decision") == "accept", mended.clone());
    let work = move |tx: &mut kit_db::Tx<'_>, cx: &crate::cx::Cx| {
        let seen = Seen { document: &id, imported_at };
        if accepts {
            review::accept(tx, cx, seen, Some(&to_write))
        } else {
            review::mend(tx, cx, seen, &to_write)
        }
    };
    let done = officer.act(work).await;
    let said = if accepts { "已采用并发布" } else { "已保存，尚未采用" };
    finish(officer, done, said, ("decision", source, mended, errors))
}

/// What the rules refuse stands above the form with everything that was typed.
fn finish(
    officer: &Officer,
    done: Result<()>,
    said: &str,
    (field, source, content, mut errors): (&str, Source, Content, FormErrors),
) -> Result<Response> {
    match done {
        Ok(()) => Ok(officer.go(HERE, said)),
        Err(Error::Refused(refusal)) => {
            errors.add(field, words::refusal(&refusal));
            officer.page_with_mistakes(&decide_page(officer, source, content, errors))
        }
        Err(error) => Err(error),
    }
}

/// `POST /desk/admin/imports/review`: accepts the ticked records, each in a transaction of its own.
pub async fn accept_many(DeskForm { officer, form }: DeskForm) -> Response {
    let ids: Vec<DocumentId> = form.all("document").take(MOST).map(|id| DocumentId(id.to_owned())).collect();
    let made = try_accept_many(&officer, ids).await;
    officer.answer(made)
}

async fn try_accept_many(officer: &Officer, ids: Vec<DocumentId>) -> Result<Response> {
    officer.require(Act::ImportRecords, None)?;
    if ids.is_empty() {
        return Ok(officer.go(HERE, "没有勾选任何信息"));
    }
    let (mut n_accepted, mut refused) = (0, Vec::new());
    for id in ids {
        let accepted = id.clone();
        let work = move |tx: &mut kit_db::Tx<'_>, cx: &crate::cx::Cx| {
            review::accept(tx, cx, Seen { document: &accepted, imported_at: None }, None)
        };
        match officer.act(work).await {
            Ok(()) => n_accepted += 1,
            Err(Error::Unexpected(error)) => return Err(Error::Unexpected(error)),
            Err(error) => refused.push((title(officer, id.clone()).await?, id.0, error.to_string())),
        }
    }
    if refused.is_empty() {
        return Ok(officer.go(HERE, &format!("已采用并发布 {n_accepted} 条")));
    }
    let layout = officer.layout("批量采用的结果").under(&[
        ("首页", "/desk"),
        ("导入与核对", "/desk/admin/imports"),
        ("导入核对清单", HERE),
    ]);
    let refused = refused.into_iter().map(|(title, id, why)| (id, title, why)).collect();
    officer.page(&BulkPage { layout, n_accepted, refused })
}

async fn title(officer: &Officer, id: DocumentId) -> Result<String> {
    let newest = officer.read(move |tx, cx| document::queries::newest_edition(tx, &cx.site_id, &id)).await?;
    Ok(newest.map_or_else(|| "（没有这条信息）".to_owned(), |edition| edition.content.title))
}
