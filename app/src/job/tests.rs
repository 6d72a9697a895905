//! The stories of background jobs: nightly work comes once, an administrator calls off, tries again, removes.

use kit_jobs::{Filter, Page, State};

use super::{Kind, actions};
use crate::{
    error::{Error, Result},
    id::JobId,
    test_app::TestApp,
    work,
};

async fn jobs(app: &TestApp) -> Vec<kit_jobs::Job> {
    let page = Page { skip: 0, rows: 100, order: "-created" };
    app.read(move |tx, cx| Ok(kit_jobs::list(tx, &cx.site_id.0, &Filter::default(), page)?)).await
}

async fn sweeps(app: &TestApp) -> Vec<kit_jobs::Job> {
    jobs(app).await.into_iter().filter(|job| job.kind == "sweep").collect()
}

async fn ask(app: &TestApp, payload: &'static str) -> JobId {
    app.act(move |tx, cx| actions::enqueue(tx, cx, Kind::Sweep, &payload, actions::When::default())).await
}

#[tokio::test(flavor = "multi_thread")]
async fn nightly_work_is_done_once_a_day_on_every_site_by_either_process() {
    let app = TestApp::start().await;
    app.at("2026-03-21 03:29");
    let other_site = app.site("qingshan").await;
    let second = app.second_process().await;
    app.settle().await;
    assert!(sweeps(&app).await.is_empty());
    app.at("2026-03-21 03:30");
    for process in [&app, &second, &app] {
        work::run_due(&process.app).await;
    }
    for site in [&app, &other_site] {
        let done = sweeps(site).await;
        assert_eq!(
            done.iter().map(|job| (job.kind.as_str(), job.state)).collect::<Vec<_>>(),
            [("sweep", State::Done)]
        );
    }
    app.today("2026-03-22");
    work::run_due(&second.app).await;
    assert_eq!(sweeps(&app).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn jobs_that_ended_long_ago_are_swept_away() {
    let app = TestApp::start().await;
    let old = ask(&app, "").await;
    app.settle().await;
    app.today("2026-06-01");
    app.settle().await;
    let left = jobs(&app).await;
    assert!(!left.is_empty() && left.iter().all(|job| job.id != old.0));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_administrator_does_to_the_queue_is_in_the_log() {
    let app = TestApp::start().await;
    let id = ask(&app, "").await;
    let act = |act: fn(&mut kit_db::Tx<'_>, &crate::cx::Cx, &JobId) -> Result<()>| {
        let id = id.clone();
        app.try_act(move |tx, cx| act(tx, cx, &id))
    };
    assert!(matches!(act(actions::delete).await, Err(Error::Refused(_))));
    act(actions::cancel).await.unwrap();
    assert!(matches!(act(actions::cancel).await, Err(Error::Refused(_))));
    act(actions::retry).await.unwrap();
    app.settle().await;
    assert_eq!(jobs(&app).await.last().unwrap().state, State::Done);
    act(actions::delete).await.unwrap();
    assert!(matches!(act(actions::delete).await, Err(Error::NotFound)));
    let log = app.read(|tx, cx| Ok(crate::audit::queries::after(tx, &cx.site_id, 0, 1_000)?)).await;
    let of_jobs: Vec<_> =
        log.iter().filter(|entry| entry.object_id == id.0).map(|entry| entry.action.as_str()).collect();
    assert_eq!(of_jobs, ["job.cancel", "job.retry", "job.delete"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_of_an_unknown_kind_fails_with_a_sentence() {
    let app = TestApp::start().await;
    app.act(|tx, cx| {
        let new = kit_jobs::NewJob {
            tenant: &cx.site_id.0,
            id: "x",
            kind: "of_tomorrow",
            payload: "null",
            waiting_key: None,
            run_at: cx.at,
            created_at: cx.at,
            created_by: "test",
        };
        Ok(kit_jobs::enqueue(tx, &new)?)
    })
    .await;
    app.settle().await;
    let failed = jobs(&app).await.into_iter().find(|job| job.id == "x").unwrap();
    assert_eq!(failed.state, State::Failed);
    assert!(failed.error.unwrap().contains("of_tomorrow"));
}
