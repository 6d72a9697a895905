//! The job queue for its administrator (后台任务): what waits, runs, failed; call off, try again, remove. The list is made new
//! by a link; a script asks for its rows alone every few seconds while something moves.

use askama::Template;
use axum::{extract::Path, response::Response};
use kit_jobs::{Filter, Job, Page, State};
use kit_office::sheet::{self, Cell, Kind as CellKind};
use rules::permission::Act;

use crate::{
    cx::minute_of,
    desk::{
        form::DeskForm,
        list::{self, Column, List, Sheet},
        officer::Officer,
        page::Layout,
        review::names::Names,
    },
    error::{Error, Result},
    id::JobId,
    job::{Kind, actions},
    words,
};

/// Where the list stands.
const HERE: &str = "/desk/admin/jobs";
const COLUMNS: [Column; 6] = [
    Column::sorted("kind", "任务"),
    Column::sorted("state", "状态"),
    Column::plain("进度"),
    Column::sorted("created", "提交"),
    Column::sorted("ended", "时间"),
    Column::plain("操作"),
];

#[derive(Template)]
#[template(path = "desk/jobs/list.html")]
struct JobsPage {
    layout: Layout,
    list: JobList,
}

/// The rows alone: part of the page, and what the script asks for.
#[derive(Template)]
#[template(path = "desk/jobs/rows.html")]
struct JobList {
    csrf: String,
    list: List,
    rows: Vec<JobRow>,
    /// Where the rows alone are.
    rows_href: String,
    /// The same list, as a link.
    href: String,
    read_at: String,
    /// Whether anything on the page may change by itself.
    moves: bool,
}

struct JobRow {
    id: String,
    name: String,
    state: State,
    by: String,
    created: String,
    due: Option<String>,
    ended: Option<String>,
    failures: i64,
    progress: Option<(i64, i64, i64)>,
    note: String,
    error: Option<String>,
    is_stop_asked: bool,
}

impl JobRow {
    fn of(job: Job, names: &Names) -> JobRow {
        let progress = &job.progress;
        let percent = if progress.total > 0 {
            progress.done.clamp(0, progress.total) * 100 / progress.total
        } else {
            0
        };
        JobRow {
            name: Kind::of(&job.kind).map_or(job.kind.clone(), |kind| kind.name().to_owned()),
            created: minute_of(job.created_at),
            due: job.due_at.filter(|_| job.state == State::Ready).map(minute_of),
            ended: job.ended_at.map(minute_of),
            failures: job.failures,
            progress: (progress.total > 0).then_some((progress.done, progress.total, percent)),
            note: job.progress.note,
            error: job.error.filter(|_| job.state != State::Done),
            is_stop_asked: job.is_stop_asked && job.state == State::Running,
            id: job.id,
            state: job.state,
            by: names.person(&job.created_by),
        }
    }

    fn state_word(&self) -> &'static str {
        words::job_state(self.state)
    }

    fn may_be_cancelled(&self) -> bool {
        !self.state.is_end() && !self.is_stop_asked
    }

    fn may_be_retried(&self) -> bool {
        matches!(self.state, State::Failed | State::Cancelled)
    }
}

/// `/desk/admin/jobs`.
pub async fn list(officer: Officer) -> Response {
    let made = answer(&officer).await;
    officer.answer(made)
}

async fn answer(officer: &Officer) -> Result<Response> {
    let state = state(officer);
    if let Some(format) = state.format()? {
        let (_, rows) = read(officer, &state).await?;
        return list::export(officer, &state, format, sheet(&rows)).await;
    }
    let list = job_list(officer, &state).await?;
    officer.page(&JobsPage { layout: officer.layout("后台任务").under(&[("首页", "/desk")]), list })
}

/// `/desk/admin/jobs/rows`: the list without its page.
pub async fn rows(officer: Officer) -> Response {
    let made = job_list(&officer, &state(&officer)).await.and_then(|list| officer.page(&list));
    officer.answer(made)
}

fn state(officer: &Officer) -> list::State {
    list::State::of(officer, &COLUMNS, "-created").at(HERE).exported_by(officer, &[Act::ManageJob])
}

async fn job_list(officer: &Officer, state: &list::State) -> Result<JobList> {
    let (total, rows) = read(officer, state).await?;
    let filters = vec![
        list::Filter::choice(
            state,
            "state",
            "状态",
            State::ALL.map(|one| (one.code().to_owned(), words::job_state(one).to_owned())),
        ),
        list::Filter::choice(
            state,
            "kind",
            "任务",
            Kind::ALL.map(|one| (one.code().to_owned(), one.name().to_owned())),
        ),
    ];
    let page = state.page().to_string();
    let href = state.address(&[("page", if page == "1" { "" } else { &page })]);
    Ok(JobList {
        csrf: officer.csrf(),
        list: List::new(state, &COLUMNS, filters, total.unsigned_abs()),
        moves: rows.iter().any(|row| !row.state.is_end()),
        rows,
        rows_href: href.replacen(HERE, &format!("{HERE}/rows"), 1),
        href,
        read_at: minute_of(officer.cx().at),
    })
}

async fn read(officer: &Officer, state: &list::State) -> Result<(i64, Vec<JobRow>)> {
    officer.require(Act::ManageJob, None)?;
    let kind = Kind::of(&state.text("kind")).map(|kind| kind.code().to_owned());
    let filter = Filter { state: State::of(&state.text("state")), kind };
    let (rows, skip) = state.window();
    let page = Page { skip, rows, order: order(state) };
    officer
        .read(move |tx, cx| {
            let (site, names) = (&cx.site_id.0, Names::read(tx, cx)?);
            let jobs = kit_jobs::list(tx, site, &filter, page)?;
            let rows = jobs.into_iter().map(|job| JobRow::of(job, &names)).collect();
            Ok((kit_jobs::count(tx, site, &filter)?, rows))
        })
        .await
}

/// The order of the list in the words of the queue.
fn order(state: &list::State) -> &'static str {
    match state.sort().map(|sort| (sort.key, sort.descending)) {
        Some(("kind", false)) => "kind",
        Some(("kind", true)) => "-kind",
        Some(("state", false)) => "state",
        Some(("state", true)) => "-state",
        Some(("created", false)) => "created",
        Some(("ended", false)) => "ended",
        Some(("ended", true)) => "-ended",
        _ => "-created",
    }
}

fn sheet(rows: &[JobRow]) -> Sheet {
    let heads = ["任务", "状态", "说明", "提交人", "提交时间", "结束时间", "失败次数", "错误"];
    let row = |row: &JobRow| -> Vec<Cell> {
        vec![
            row.name.clone().into(),
            row.state_word().into(),
            row.note.clone().into(),
            row.by.clone().into(),
            row.created.clone().into(),
            row.ended.clone().unwrap_or_default().into(),
            Cell::Integer(row.failures),
            row.error.clone().unwrap_or_default().into(),
        ]
    };
    Sheet {
        title: "后台任务".to_owned(),
        columns: heads.map(|head| sheet::Column::new(head, CellKind::Text)).into(),
        rows: rows.iter().map(row).collect(),
        personal: false,
    }
}

/// `POST /desk/admin/jobs/{job_id}/{what}`: `cancel`, `retry` or `delete`.
pub async fn change(
    Path((id, what)): Path<(String, String)>,
    DeskForm { officer, .. }: DeskForm,
) -> Response {
    let done = match officer.require(Act::ManageJob, None) {
        Ok(()) => change_one(&officer, JobId(id), &what).await,
        Err(error) => Err(error),
    };
    officer.answer(done.map(|said| officer.go(HERE, said)))
}

/// What is done to one job.
type Change = fn(&mut kit_db::Tx<'_>, &crate::cx::Cx, &JobId) -> Result<()>;

async fn change_one(officer: &Officer, id: JobId, what: &str) -> Result<&'static str> {
    let (act, said): (Change, _) = match what {
        "cancel" => (actions::cancel, "已要求取消任务"),
        "retry" => (actions::retry, "任务已重新排队"),
        "delete" => (actions::delete, "任务记录已删除"),
        _ => return Err(Error::NotFound),
    };
    officer.act(move |tx, cx| act(tx, cx, &id)).await.map(|()| said)
}
