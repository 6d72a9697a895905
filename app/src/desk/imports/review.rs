//! The review list (导入核对清单): records that a reader was unsure of, by reason; one beside what was printed, to be mended
//! and accepted or turned down; many at once, each checked for itself.

use askama::Template;
use axum::{extract::Path, response::Response};
use kit_office::sheet::{self, Cell, Kind};
use kit_web::forms::FormErrors;
use rules::permission::Act;

use super::{
    fields::{self, Entry, FieldRow},
    queries::{self, Filter, Source, Unsure},
};
use crate::{
    cx::minute_of,
    desk::{
        form::DeskForm,
        list::{self, Column, List, Sheet, State},
        officer::Officer,
        page::Layout,
    },
    document::{self, Content},
    error::{Error, Result},
    id::DocumentId,
    import::review::{self, Seen},
    words,
};

/// The columns after the box for ticking.
const COLUMNS: [Column; 4] = [
    Column::sorted("title", "标题"),
    Column::plain("原因"),
    Column::sorted("kind", "类别和栏目"),
    Column::sorted("imported", "导入时间"),
];
/// Most records decided at once: a page of them.
const MOST: usize = 200;
/// Where the list stands.
const HERE: &str = "/desk/admin/imports/review";
/// The states of the list, as its filter names them.
const STATES: [(&str, &str); 3] =
    [("needs_review", "待核对"), ("accepted", "已采用"), ("rejected", "不采用")];

#[derive(Template)]
#[template(path = "desk/imports/review.html")]
struct ReviewPage {
    layout: Layout,
    list: List,
    rows: Vec<ReviewRow>,
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
pub async fn list(officer: Officer) -> Response {
    officer.answer(answer(&officer).await)
}

async fn answer(officer: &Officer) -> Result<Response> {
    officer.require(Act::ImportRecords, None)?;
    let state = State::of(officer, &COLUMNS, "-imported").exported_by(officer, &[Act::ImportRecords]);
    let filter = filter(&state);
    let is_open = filter.state == STATES[0].0;
    let (rows, skip) = state.window();
    let (reasons, total, found) = officer
        .read(move |tx, cx| {
            Ok((
                queries::reasons(tx, &cx.site_id)?,
                queries::count(tx, &cx.site_id, &filter)?,
                queries::unsure(tx, &cx.site_id, &filter, skip, rows)?,
            ))
        })
        .await?;
    let rows: Vec<ReviewRow> = found.into_iter().map(|unsure| row(officer, unsure)).collect();
    if let Some(format) = state.format()? {
        return list::export(officer, &state, format, sheet(&rows)).await;
    }
    let named = |(code, n): (String, i64)| (code.clone(), format!("{}（{n}）", words::import_reason(&code)));
    let filters = vec![
        list::Filter::choice(&state, "state", "范围", STATES[1..].iter().copied()).or(STATES[0].1),
        list::Filter::choice(&state, "reason", "原因", reasons.into_iter().map(named)),
        list::Filter::text(&state, "title", "标题"),
    ];
    let page = ReviewPage {
        layout: officer
            .layout("导入核对清单")
            .under(&[("首页", "/desk"), ("导入与核对", "/desk/admin/imports")]),
        list: List::new(&state, &COLUMNS, filters, total.unsigned_abs()),
        rows,
        is_open,
    };
    officer.page(&page)
}

fn filter(state: &State) -> Filter {
    let asked = state.text("state");
    let known = STATES.iter().find(|(code, _)| *code == asked).unwrap_or(&STATES[0]);
    let order = match state.sort().map(|sort| (sort.key, sort.descending)) {
        Some(("title", false)) => "title",
        Some(("title", true)) => "-title",
        Some(("kind", false)) => "kind",
        Some(("kind", true)) => "-kind",
        Some(("imported", false)) => "imported",
        _ => "-imported",
    };
    Filter { state: known.0.to_owned(), reason: state.text("reason"), title: state.text("title"), order }
}

fn sheet(rows: &[ReviewRow]) -> Sheet {
    let heads = ["标题", "原因", "类别", "栏目", "导入时间"];
    let row = |row: &ReviewRow| -> Vec<Cell> {
        vec![
            row.title.clone().into(),
            row.reasons.join("；").into(),
            row.kind.clone().into(),
            row.column.clone().into(),
            row.at.clone().into(),
        ]
    };
    Sheet {
        title: "导入核对清单".to_owned(),
        columns: heads.map(|head| sheet::Column::new(head, Kind::Text)).into(),
        rows: rows.iter().map(row).collect(),
        personal: false,
    }
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
