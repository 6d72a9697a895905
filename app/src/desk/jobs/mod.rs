//! The job queue for its administrator (后台任务): what waits, runs, failed; call off, try again, remove. The list is made new
//! by a link; a script asks for its rows alone every few seconds while something moves.

use askama::Template;
use axum::{
    extract::{Path, Query},
    response::Response,
};
use kit_jobs::{Filter, Job, Page, State};
use rules::permission::Act;
use serde::Deserialize;

use crate::{
    cx::minute_of,
    desk::{form::DeskForm, officer::Officer, page::Layout},
    error::{Error, Result},
    id::JobId,
    job::{Kind, actions},
    portal::page::Paging,
    words,
};

/// Jobs on a page.
const ROWS: u32 = 30;
/// Where the list stands.
const HERE: &str = "/desk/admin/jobs";

/// What the address of the list says.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    state: String,
    kind: String,
    page: u32,
}

impl Asked {
    fn filter(&self) -> Filter {
        let kind = Kind::of(&self.kind).map(|kind| kind.code().to_owned());
        Filter { state: State::of(&self.state), kind }
    }

    fn query(&self, page: u32) -> String {
        let Filter { state, kind } = self.filter();
        let state = state.map_or("", State::code);
        format!("state={state}&kind={}&page={page}", kind.unwrap_or_default())
    }
}

#[derive(Template)]
#[template(path = "desk/jobs/list.html")]
struct JobsPage {
    layout: Layout,
    state: Option<State>,
    kind: Option<Kind>,
    list: JobList,
}

/// The rows alone: part of the page, and what the script asks for.
#[derive(Template)]
#[template(path = "desk/jobs/rows.html")]
struct JobList {
    csrf: String,
    rows: Vec<JobRow>,
    paging: Paging,
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
    fn of(job: Job) -> JobRow {
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
            by: job.created_by,
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
pub async fn list(officer: Officer, Query(asked): Query<Asked>) -> Response {
    let made = read(&officer, &asked).await.and_then(|list| {
        let layout = officer.layout("后台任务").under(&[("首页", "/desk")]);
        let Filter { state, kind } = asked.filter();
        let kind = kind.as_deref().and_then(Kind::of);
        officer.page(&JobsPage { layout, state, kind, list })
    });
    officer.answer(made)
}

/// `/desk/admin/jobs/rows`: the list without its page.
pub async fn rows(officer: Officer, Query(asked): Query<Asked>) -> Response {
    let made = read(&officer, &asked).await.and_then(|list| officer.page(&list));
    officer.answer(made)
}

async fn read(officer: &Officer, asked: &Asked) -> Result<JobList> {
    officer.require(Act::ManageJob, None)?;
    let (filter, number) = (asked.filter(), asked.page.max(1));
    let page = Page { skip: i64::from((number - 1).saturating_mul(ROWS)), rows: i64::from(ROWS) };
    let (total, jobs) = officer
        .read(move |tx, cx| {
            let site = &cx.site_id.0;
            Ok((kit_jobs::count(tx, site, &filter)?, kit_jobs::list(tx, site, &filter, page)?))
        })
        .await?;
    let moves = jobs.iter().any(|job| !job.state.is_end());
    Ok(JobList {
        csrf: officer.csrf(),
        rows: jobs.into_iter().map(JobRow::of).collect(),
        paging: Paging::new(total.unsigned_abs(), ROWS, number, |page| {
            format!("{HERE}?{}", asked.query(page))
        }),
        rows_href: format!("{HERE}/rows?{}", asked.query(number)),
        href: format!("{HERE}?{}", asked.query(number)),
        read_at: minute_of(officer.cx().at),
        moves,
    })
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
