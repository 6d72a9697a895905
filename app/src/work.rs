//! Which function does which kind of job, and the loop that lets them. A process takes at most `jobs_at_once` of them;
//! several processes share one queue.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use kit_db::{Db, Tx};
use kit_jobs::{Backoff, Daily, Ended, Moment, NewJob, Run, Terms, Worker};

use crate::{
    app::App,
    check,
    cx::{Cx, civil_time_of},
    error::{Error, Result},
    intake,
    job::{self, JobRun, Kind},
    notify, register, site,
};

/// Pause between two looks at the queue.
const PAUSE: Duration = Duration::from_millis(200);
/// How long jobs may take to stop when the process ends; what is left goes back to the queue.
const FAREWELL: Duration = Duration::from_secs(10);

/// Times in milliseconds.
const TERMS: Terms = Terms {
    lease: 60_000,
    beat: 1_000,
    most_failures: 6,
    backoff: Backoff { first: 15_000, longest: 30 * 60_000 },
    places: 0,
};

/// Who does it. A new kind is a word in `job::Kind` and a line here.
async fn perform(app: &Arc<App>, kind: Kind, run: &JobRun) -> Result<()> {
    match kind {
        Kind::Import => intake::jobs::read_file(app, run).await,
        Kind::Letter => notify::jobs::send_letter(app, run).await,
        Kind::ReadFile => check::jobs::read_file(app, run).await,
        Kind::Check => check::jobs::nightly(app, run).await,
        Kind::Sweep => run.finish(app, sweep).await,
    }
}

/// What ended or was read long ago goes.
fn sweep(tx: &mut Tx<'_>, cx: &Cx) -> Result<()> {
    job::actions::sweep(tx, cx)?;
    notify::actions::sweep(tx, cx)?;
    register::actions::sweep(tx, cx)?;
    Ok(())
}

/// The worker of this process, and which daily kinds it knows to be enqueued.
pub struct Work {
    worker: Worker,
    /// Kind → the day, so that an idle process asks the database nothing about them.
    enqueued: Mutex<BTreeMap<&'static str, String>>,
}

impl Work {
    /// A worker with so many places.
    pub fn new(db: Db, places: usize) -> Work {
        let owner = format!("进程 {}", std::process::id());
        Work { worker: Worker::new(db, &owner, Terms { places, ..TERMS }), enqueued: Mutex::default() }
    }

    fn is_enqueued(&self, kind: Kind, day: &str) -> bool {
        let enqueued = self.enqueued.lock().unwrap_or_else(PoisonError::into_inner);
        enqueued.get(kind.code()).is_some_and(|known| known == day)
    }

    fn remember(&self, kind: Kind, day: &str) {
        let mut enqueued = self.enqueued.lock().unwrap_or_else(PoisonError::into_inner);
        enqueued.insert(kind.code(), day.to_owned());
    }
}

/// A number by chance, for pauses and the order of reaching for jobs.
fn chance(app: &App) -> u64 {
    u64::from_le_bytes(app.ids.bytes())
}

/// Goes on until the task is aborted.
pub async fn run(app: Arc<App>) {
    loop {
        if let Err(error) = round(&app).await {
            tracing::error!(%error, "a look at the job queue failed and will be tried again");
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// One look: daily work, the jobs in hand, what is due.
async fn round(app: &Arc<App>) -> Result<()> {
    enqueue_daily(app).await?;
    app.work.worker.beat(app.clock.now()).await?;
    while let Some(run) = app.work.worker.take(app.clock.now(), chance(app)).await? {
        tokio::spawn(attend(app.clone(), run));
    }
    Ok(())
}

/// Does everything that is due, one job after the other: what the stories wait for.
#[cfg(test)]
pub async fn run_due(app: &Arc<App>) {
    enqueue_daily(app).await.unwrap();
    while let Some(run) = app.work.worker.take(app.clock.now(), 0).await.unwrap() {
        attend(app.clone(), run).await;
    }
}

/// Asks the jobs in hand to stop, waits a little, and puts what is left back into the queue.
pub async fn close(app: &Arc<App>) {
    let Work { worker, .. } = &app.work;
    worker.close();
    let emptied = async {
        while worker.n_running() > 0 {
            tokio::time::sleep(PAUSE / 4).await;
        }
    };
    if tokio::time::timeout(FAREWELL, emptied).await.is_err()
        && let Err(error) = worker.give_back(app.clock.now()).await
    {
        tracing::error!(%error, "jobs could not be given back; their leases will end");
    }
}

/// Every site's daily work, as soon as its minute has come.
async fn enqueue_daily(app: &Arc<App>) -> Result<()> {
    let now = civil_time_of(app.clock.now());
    let (day, minute) = (now.date().to_string(), u16::from(now.hour().unsigned_abs()) * 60);
    let minute = minute + u16::from(now.minute().unsigned_abs());
    for kind in Kind::ALL {
        let Some(at) = kind.daily_at() else { continue };
        let daily = Daily { kind: kind.code(), minute: at };
        if !daily.has_come(Moment { day: &day, minute }) || app.work.is_enqueued(kind, &day) {
            continue;
        }
        for site in app.db.read(site::queries::all).await? {
            let (cx, day) = (app.cx(&site.id, "schedule"), day.clone());
            let enqueue = move |tx: &mut Tx<'_>, cx: &Cx| {
                let new = NewJob {
                    tenant: &cx.site_id.0,
                    id: &cx.new_id(),
                    kind: daily.kind,
                    payload: "null",
                    waiting_key: None,
                    run_at: cx.at,
                    created_at: cx.at,
                    created_by: &cx.actor,
                };
                Ok(kit_jobs::enqueue_daily(tx, daily, Moment { day: &day, minute }, &new)?)
            };
            app.act(cx, enqueue).await?;
        }
        app.work.remember(kind, &day);
    }
    Ok(())
}

/// Lets a job be done and ends it; a panic in it is a failure like another.
async fn attend(app: Arc<App>, run: Arc<Run>) {
    let ended = match Kind::of(&run.job().kind) {
        None => Ended::ForGood(format!("没有“{}”这种任务，可能是其他版本的程序留下的", run.job().kind)),
        Some(kind) => {
            let (app, run) = (app.clone(), JobRun::new(run.clone()));
            let done = tokio::spawn(async move { perform(&app, kind, &run).await }).await;
            how_it_ended(done.unwrap_or_else(|error| Err(crate::app::task_failed(&error))))
        }
    };
    if let Ended::Badly(error) | Ended::ForGood(error) = &ended {
        tracing::warn!(kind = run.job().kind, job = run.job().id, %error, "a job failed");
    }
    if let Err(error) = app.work.worker.end(&run, ended, app.clock.now(), chance(&app)).await {
        tracing::error!(%error, "a job's end could not be written; its lease will end");
    }
}

/// What the rules refuse they refuse again; everything else is worth another try.
fn how_it_ended(result: Result<()>) -> Ended {
    match result {
        Ok(()) => Ended::Well,
        Err(error @ (Error::Refused(_) | Error::NotFound)) => Ended::ForGood(error.to_string()),
        Err(error) => Ended::Badly(error.to_string()),
    }
}
