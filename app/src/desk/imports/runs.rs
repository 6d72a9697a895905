//! Uploading a file and what became of it: the form, the history, one run with its counts, its bad rows and, while it goes
//! on, its progress.

use askama::Template;
use axum::{
    extract::{Path, Query},
    response::Response,
};
use kit_jobs::{Job, State};
use kit_web::forms::{Form, FormErrors};
use rules::permission::Act;
use serde::Deserialize;

use super::queries as review_queries;
use crate::{
    column,
    cx::minute_of,
    desk::{
        officer::Officer,
        page::Layout,
        upload::{DeskUpload, Uploaded},
    },
    error::{Error, Result},
    intake::{Ending, NewRun, Run, What, actions, place, plain_name, queries},
    portal::page::Paging,
    words,
};

/// Runs on a page.
const ROWS: u32 = 20;
/// Where this page stands.
pub const HERE: &str = "/desk/admin/imports";

#[derive(Template)]
#[template(path = "desk/imports/home.html")]
struct ImportsPage {
    layout: Layout,
    columns: Vec<(String, String)>,
    asked: Asked,
    errors: FormErrors,
    n_waiting: i64,
    runs: Vec<RunRow>,
    paging: Paging,
}

/// What the form holds.
#[derive(Debug, Clone, Default)]
struct Asked {
    what: String,
    page_address: String,
    column: String,
    publishes: bool,
}

struct RunRow {
    id: String,
    file: String,
    what: &'static str,
    by: String,
    at: String,
    standing: Standing,
    counts: Option<String>,
}

/// How a run stands, as word and state.
struct Standing {
    word: &'static str,
    class: &'static str,
}

#[derive(Template)]
#[template(path = "desk/imports/run.html")]
struct RunPage {
    layout: Layout,
    progress: RunProgress,
    file: String,
    what: &'static str,
    size: String,
    by: String,
    started: String,
    ended: Option<String>,
    column: Option<String>,
    publishes: bool,
    counts: Vec<(&'static str, u64)>,
    reasons: Vec<(String, u64)>,
    failures: Vec<(String, String)>,
    n_unlisted: u64,
}

/// How far a run has come: part of its page, and what the script asks for.
#[derive(Template)]
#[template(path = "desk/imports/progress.html")]
struct RunProgress {
    standing: Standing,
    percent: Option<i64>,
    error: Option<String>,
    job_href: Option<&'static str>,
    href: String,
    moves: bool,
    is_over: bool,
}

/// A page of the history.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Turn {
    page: u32,
}

/// `/desk/admin/imports`.
pub async fn home(officer: Officer, Query(turn): Query<Turn>) -> Response {
    let made = page(&officer, Asked::default(), FormErrors::default(), turn.page).await;
    officer.answer(made.and_then(|page| officer.page(&page)))
}

async fn page(officer: &Officer, asked: Asked, errors: FormErrors, number: u32) -> Result<ImportsPage> {
    officer.require(Act::ImportRecords, None)?;
    let number = number.max(1);
    let (columns, n_waiting, total, runs) = officer
        .read(move |tx, cx| {
            let skip = i64::from((number - 1).saturating_mul(ROWS));
            let runs = queries::list(tx, &cx.site_id, skip, i64::from(ROWS))?;
            let jobs = runs.iter().map(|run| kit_jobs::find(tx, &cx.site_id.0, &run.job.0));
            let jobs: Vec<Option<Job>> = jobs.collect::<Result<_, _>>()?;
            let columns = column::queries::all(tx, &cx.site_id)?;
            let waiting = review_queries::n_waiting(tx, &cx.site_id)?;
            Ok((
                columns,
                waiting,
                queries::count(tx, &cx.site_id)?,
                runs.into_iter().zip(jobs).collect::<Vec<_>>(),
            ))
        })
        .await?;
    Ok(ImportsPage {
        layout: officer.layout("导入与核对").under(&[("首页", "/desk")]),
        columns: columns.into_iter().map(|column| (column.code, column.name)).collect(),
        asked,
        errors,
        n_waiting,
        runs: runs.iter().map(|(run, job)| row(run, job.as_ref())).collect(),
        paging: Paging::new(total.unsigned_abs(), ROWS, number, |page| format!("{HERE}?page={page}")),
    })
}

fn row(run: &Run, job: Option<&Job>) -> RunRow {
    let counts = run.summary.as_ref().map(|summary| {
        format!(
            "读取 {}，导入 {}，待核对 {}，失败 {}",
            summary.read, summary.imported, summary.needs_review, summary.failed
        )
    });
    RunRow {
        id: run.asked.id.clone(),
        file: run.asked.file_name.clone(),
        what: run.asked.what.name(),
        by: run.asked.by_name.clone(),
        at: minute_of(run.started_at),
        standing: standing(run, job),
        counts,
    }
}

fn standing(run: &Run, job: Option<&Job>) -> Standing {
    match (run.ending, job.map(|job| job.state)) {
        (Some(ending @ Ending::Whole), _) => Standing { word: ending.name(), class: "done" },
        (Some(ending), _) => Standing { word: ending.name(), class: "late" },
        (None, Some(State::Running)) => Standing { word: "正在导入", class: "waiting" },
        (None, Some(State::Ready)) => Standing { word: "等待执行", class: "waiting" },
        (None, Some(State::Cancelled)) => Standing { word: "已取消", class: "late" },
        (None, _) => Standing { word: "没有完成", class: "late" },
    }
}

/// `POST /desk/admin/imports`: the file moves to its place, then the run is asked for.
pub async fn start(DeskUpload { officer, form, file, .. }: DeskUpload) -> Response {
    let made = match officer.require(Act::ImportRecords, None) {
        Ok(()) => try_start(&officer, &form, file).await,
        Err(error) => Err(error),
    };
    officer.answer(made)
}

async fn try_start(officer: &Officer, form: &Form, file: Option<Uploaded>) -> Result<Response> {
    let mut errors = FormErrors::default();
    let asked = Asked {
        what: form.text("what"),
        page_address: form.text("page_address"),
        column: form.text("column"),
        publishes: form.raw("publishes").is_some(),
    };
    let what = What::of(&asked.what);
    if what.is_none() {
        errors.add("what", "请选择文件内容");
    }
    if !asked.page_address.is_empty() && !is_web_address(&asked.page_address) {
        errors.add("page_address", "网址应以 http:// 或 https:// 开头");
    }
    let (Some(what), Some(file), true) = (what, file, errors.is_empty()) else {
        errors.add("file", "请选择要导入的文件");
        return page(officer, asked, errors, 1).await.and_then(|page| officer.page_with_mistakes(&page));
    };
    let new = NewRun {
        id: officer.cx().new_id(),
        what,
        file_name: plain_name(&file.name),
        size: i64::try_from(file.size).unwrap_or(i64::MAX),
        page_address: Some(asked.page_address.clone()).filter(|address| !address.is_empty()),
        column_code: Some(asked.column.clone()).filter(|code| !code.is_empty()),
        publishes: asked.publishes,
        by: officer.account.id.clone(),
        by_name: officer.account.name.clone(),
    };
    let folder = place(&officer.visit.app.config.data, &officer.visit.host.site.id, &new.id);
    tokio::fs::create_dir_all(&folder).await?;
    file.path.persist(folder.join(&new.file_name)).map_err(|error| error.error)?;
    let href = format!("{HERE}/{}", new.id);
    match officer.act(move |tx, cx| actions::start(tx, cx, &new)).await {
        Ok(()) => Ok(officer.go(&href, "文件已收到，正在后台导入；完成后会有消息提醒")),
        Err(error) => {
            tokio::fs::remove_dir_all(&folder).await?;
            refused(officer, asked, error).await
        }
    }
}

async fn refused(officer: &Officer, asked: Asked, error: Error) -> Result<Response> {
    let Error::Refused(refusal) = error else { return Err(error) };
    let mut errors = FormErrors::default();
    errors.add("column", words::refusal(&refusal));
    page(officer, asked, errors, 1).await.and_then(|page| officer.page_with_mistakes(&page))
}

fn is_web_address(text: &str) -> bool {
    url::Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}

/// `/desk/admin/imports/{run}`.
pub async fn show(officer: Officer, Path(id): Path<String>) -> Response {
    let made = find(&officer, id).await.and_then(|(run, job)| officer.page(&run_page(&officer, &run, job)));
    officer.answer(made)
}

/// `/desk/admin/imports/{run}/progress`: how far it has come, without its page.
pub async fn progress(officer: Officer, Path(id): Path<String>) -> Response {
    let made =
        find(&officer, id).await.and_then(|(run, job)| officer.page(&run_progress(&officer, &run, job)));
    officer.answer(made)
}

async fn find(officer: &Officer, id: String) -> Result<(Run, Option<Job>)> {
    officer.require(Act::ImportRecords, None)?;
    officer
        .read(move |tx, cx| {
            let run = queries::find(tx, &cx.site_id, &id)?.ok_or(Error::NotFound)?;
            let job = kit_jobs::find(tx, &cx.site_id.0, &run.job.0)?;
            Ok((run, job))
        })
        .await
}

fn run_progress(officer: &Officer, run: &Run, job: Option<Job>) -> RunProgress {
    let standing = standing(run, job.as_ref());
    let moves = run.ending.is_none() && job.as_ref().is_some_and(|job| !job.state.is_end());
    let percent = job
        .as_ref()
        .filter(|job| moves && job.progress.total > 0)
        .map(|job| job.progress.done.clamp(0, job.progress.total) * 100 / job.progress.total);
    RunProgress {
        standing,
        percent,
        error: job.and_then(|job| job.error).filter(|_| run.ending.is_none()),
        job_href: officer.may(Act::ManageJob, None).then_some("/desk/admin/jobs?kind=import"),
        href: format!("{HERE}/{}", run.asked.id),
        moves,
        is_over: run.ending.is_some(),
    }
}

fn run_page(officer: &Officer, run: &Run, job: Option<Job>) -> RunPage {
    let summary = run.summary.clone().unwrap_or_default();
    let counts = [
        ("读取", summary.read),
        ("导入", summary.imported),
        ("其中待核对", summary.needs_review),
        ("发布", summary.published),
        ("未变化", summary.unchanged),
        ("跳过", summary.skipped),
        ("失败", summary.failed),
    ];
    let reason = |(code, n): (String, u64)| (words::import_reason(&code), n);
    let listed = summary.failures.len() as u64;
    RunPage {
        layout: officer.layout(&run.asked.file_name).under(&[("首页", "/desk"), ("导入与核对", HERE)]),
        progress: run_progress(officer, run, job),
        file: run.asked.file_name.clone(),
        what: run.asked.what.name(),
        size: kit_text::human::file_size(run.asked.size.unsigned_abs()),
        by: run.asked.by_name.clone(),
        started: minute_of(run.started_at),
        ended: run.ended_at.map(minute_of),
        column: run.asked.column_code.clone(),
        publishes: run.asked.publishes,
        counts: if run.summary.is_some() { counts.to_vec() } else { Vec::new() },
        reasons: summary.reasons.into_iter().map(reason).collect(),
        failures: summary.failures.into_iter().map(|failure| (failure.place, failure.sentence)).collect(),
        n_unlisted: (summary.failed + summary.skipped).saturating_sub(listed),
    }
}
