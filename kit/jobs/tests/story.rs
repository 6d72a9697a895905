//! The life of jobs on a real database: SQLite by default, the server of `GONGKAI_TEST_DATABASE` otherwise. The clock is a
//! number that the tests move.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use kit_db::{Db, DbError, Migration, Tx, params, sql, testing::Throwaway};
use kit_jobs::{
    Backoff, Daily, Ended, Filter, Job, Moment, NewJob, Page, Run, State, Terms, Word, Worker, cancel, count,
    delete, enqueue, enqueue_daily, find, list, retry, sweep,
};

const TENANT: &str = "t1";
const TERMS: Terms = Terms {
    lease: 60_000,
    beat: 1_000,
    most_failures: 3,
    backoff: Backoff { first: 10_000, longest: 600_000 },
    places: 4,
};

fn steps() -> Vec<Migration> {
    let jobs = include_str!("../../../migrations/0012_job.sql").to_owned();
    let tally = "create table tally (job_id text primary key, n bigint not null);\n".to_owned();
    let step = |number, name: &str, text| Migration { number, name: name.to_owned(), text };
    vec![step(1, "job", jobs), step(2, "tally", tally)]
}

async fn database() -> Throwaway {
    Throwaway::create(&steps()).await.unwrap()
}

fn new_job<'a>(id: &'a str, run_at: i64) -> NewJob<'a> {
    NewJob {
        tenant: TENANT,
        id,
        kind: "count",
        payload: "{}",
        waiting_key: None,
        run_at,
        created_at: 1,
        created_by: "tester",
    }
}

async fn put(db: &Db, id: &'static str, run_at: i64) {
    db.write(move |tx| enqueue(tx, &new_job(id, run_at))).await.unwrap();
}

async fn look(db: &Db, id: &'static str) -> Job {
    db.read(move |tx| find(tx, TENANT, id)).await.unwrap().unwrap()
}

async fn take(worker: &Worker, now: i64) -> Option<Arc<Run>> {
    worker.take(now, 0).await.unwrap()
}

/// The effect of a job in the transaction that ends it.
fn tally(tx: &mut Tx<'_>, run: &Run, now: i64) -> Result<(), DbError> {
    let sql = sql!(
        "insert into tally (job_id, n) values ($1, 1) on conflict (job_id) do update set n = tally.n + 1"
    );
    tx.execute(sql, params![&run.job().id])?;
    if run.settle(tx, now)? { Ok(()) } else { Err(DbError::Closed) }
}

async fn settle(db: &Db, run: &Arc<Run>, now: i64) -> Result<(), DbError> {
    let work = run.clone();
    db.write(move |tx| tally(tx, &work, now)).await?;
    run.has_settled();
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_is_taken_at_its_hour_and_done_once() {
    let t = database().await;
    let worker = Worker::new(t.db.clone(), "w", TERMS);
    put(&t.db, "a", 100).await;
    assert!(take(&worker, 99).await.is_none());
    let run = take(&worker, 100).await.unwrap();
    assert!(take(&worker, 100).await.is_none());
    let running = look(&t.db, "a").await;
    assert_eq!((running.state, running.owner.as_deref()), (State::Running, Some("w")));
    worker.end(&run, Ended::Well, 200, 0).await.unwrap();
    let done = look(&t.db, "a").await;
    assert_eq!((done.state, done.started_at, done.ended_at), (State::Done, Some(100), Some(200)));
    assert_eq!((done.due_at, done.owner, worker.n_running()), (None, None, 0));
    assert!(take(&worker, i64::MAX).await.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn of_jobs_that_wait_with_one_key_there_is_one_and_a_taken_one_waits_no_more() {
    let t = database().await;
    let worker = Worker::new(t.db.clone(), "w", TERMS);
    let keyed = |id: &'static str| {
        t.db.write(move |tx| enqueue(tx, &NewJob { waiting_key: Some("k"), ..new_job(id, 5) }))
    };
    assert_eq!(keyed("a").await.unwrap(), "a");
    assert_eq!(keyed("b").await.unwrap(), "a");
    take(&worker, 5).await.unwrap();
    assert_eq!(keyed("c").await.unwrap(), "c");
    let all = t.db.read(|tx| count(tx, TENANT, &Filter::default())).await.unwrap();
    assert_eq!(all, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_enqueued_by_an_act_that_fails_was_never_there() {
    let t = database().await;
    let failed: Result<(), DbError> =
        t.db.write(|tx| {
            enqueue(tx, &new_job("a", 0))?;
            Err(DbError::Closed)
        })
        .await;
    assert!(failed.is_err());
    assert!(t.db.read(|tx| find(tx, TENANT, "a")).await.unwrap().is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_job_rests_longer_each_time_and_keeps_its_error_in_the_end() {
    let t = database().await;
    let worker = Worker::new(t.db.clone(), "w", TERMS);
    put(&t.db, "a", 0).await;
    let mut now = 0;
    let mut pauses = Vec::new();
    while let Some(run) = take(&worker, now).await {
        worker.end(&run, Ended::Badly(format!("broken at {now}")), now, 0).await.unwrap();
        let due = look(&t.db, "a").await.due_at;
        pauses.push(due.map(|due| due - now));
        now = due.unwrap_or(now);
    }
    assert_eq!(pauses, [Some(7_500), Some(15_000), None]);
    let failed = look(&t.db, "a").await;
    assert_eq!((failed.state, failed.failures), (State::Failed, 3));
    assert_eq!(failed.error.as_deref(), Some("broken at 22500"));
    put(&t.db, "b", 0).await;
    let run = take(&worker, 0).await.unwrap();
    worker.end(&run, Ended::ForGood("cannot ever".to_owned()), 1, 0).await.unwrap();
    assert_eq!(look(&t.db, "b").await.state, State::Failed);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_silent_worker_loses_its_job_and_a_job_that_silences_its_workers_fails() {
    let t = database().await;
    let dead = Worker::new(t.db.clone(), "dead", TERMS);
    let alive = Worker::new(t.db.clone(), "alive", TERMS);
    put(&t.db, "a", 0).await;
    let lost = take(&dead, 0).await.unwrap();
    assert!(take(&alive, TERMS.lease - 1).await.is_none());
    let taken = take(&alive, TERMS.lease).await.unwrap();
    assert_eq!((taken.job().turn, taken.job().failures), (2, 1));
    // The first one wakes up: it is told, and nothing it does counts.
    dead.beat(TERMS.lease + 1).await.unwrap();
    assert_eq!(lost.word(), Word::Lost);
    assert!(settle(&t.db, &lost, TERMS.lease + 1).await.is_err());
    dead.end(&lost, Ended::Well, TERMS.lease + 1, 0).await.unwrap();
    assert_eq!(look(&t.db, "a").await.owner.as_deref(), Some("alive"));
    // Whoever takes it goes silent: in the end it is not given out any more.
    assert!(take(&dead, 2 * TERMS.lease).await.is_some());
    assert!(take(&alive, 3 * TERMS.lease).await.is_none());
    let failed = look(&t.db, "a").await;
    assert_eq!((failed.state, failed.failures), (State::Failed, 3));
    assert!(failed.error.unwrap().contains("without a word"));
}

#[tokio::test(flavor = "multi_thread")]
async fn progress_is_written_once_a_second_and_keeps_the_lease() {
    let t = database().await;
    let worker = Worker::new(t.db.clone(), "w", TERMS);
    put(&t.db, "a", 0).await;
    let run = take(&worker, 0).await.unwrap();
    run.advance(3, 10);
    run.note("half way");
    worker.beat(999).await.unwrap();
    assert_eq!(look(&t.db, "a").await.progress.done, 0);
    worker.beat(1_000).await.unwrap();
    run.advance(4, 10);
    worker.beat(1_500).await.unwrap();
    let seen = look(&t.db, "a").await;
    assert_eq!((seen.progress.done, seen.progress.total, seen.progress.note.as_str()), (3, 10, "half way"));
    assert_eq!(seen.due_at, Some(1_000 + TERMS.lease));
    assert!(take(&Worker::new(t.db.clone(), "v", TERMS), TERMS.lease + 500).await.is_none());
    // More turned up than was counted at first.
    run.advance(11, 10);
    worker.end(&run, Ended::Well, 2_000, 0).await.unwrap();
    let seen = look(&t.db, "a").await;
    assert_eq!((seen.progress.done, seen.progress.total), (11, 11));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_waiting_job_is_called_off_at_once_and_a_running_one_when_it_next_asks() {
    let t = database().await;
    let worker = Worker::new(t.db.clone(), "w", TERMS);
    put(&t.db, "waiting", 500).await;
    put(&t.db, "running", 0).await;
    let run = take(&worker, 0).await.unwrap();
    assert!(t.db.write(|tx| cancel(tx, TENANT, "waiting", 10)).await.unwrap());
    assert!(t.db.write(|tx| cancel(tx, TENANT, "running", 10)).await.unwrap());
    assert_eq!(look(&t.db, "waiting").await.state, State::Cancelled);
    assert_eq!((look(&t.db, "running").await.state, run.word()), (State::Running, Word::GoOn));
    worker.beat(1_000).await.unwrap();
    assert_eq!(run.word(), Word::Cancelled);
    worker.end(&run, Ended::Well, 1_001, 0).await.unwrap();
    assert_eq!(look(&t.db, "running").await.state, State::Cancelled);
    assert!(!t.db.write(|tx| cancel(tx, TENANT, "running", 2_000)).await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closing_worker_gives_its_jobs_back_and_what_was_finished_stays_finished() {
    let t = database().await;
    let worker = Worker::new(t.db.clone(), "w", TERMS);
    put(&t.db, "stops", 0).await;
    put(&t.db, "ends", 1).await;
    let (stops, ends) = (take(&worker, 1).await.unwrap(), take(&worker, 1).await.unwrap());
    worker.close();
    assert_eq!(stops.word(), Word::Closing);
    worker.end(&stops, Ended::Well, 5, 0).await.unwrap();
    worker.end(&ends, Ended::Well, 5, 0).await.unwrap();
    assert_eq!(look(&t.db, "ends").await.state, State::Done);
    let back = look(&t.db, "stops").await;
    assert_eq!((back.state, back.failures, back.due_at), (State::Ready, 0, Some(5)));
    assert!(take(&worker, 5).await.is_none());
    let worker = Worker::new(t.db.clone(), "w", TERMS);
    let stuck = take(&worker, 5).await.unwrap();
    worker.give_back(6).await.unwrap();
    assert_eq!((stuck.word(), worker.n_running()), (Word::Lost, 0));
    worker.end(&stuck, Ended::Well, 7, 0).await.unwrap();
    assert_eq!(look(&t.db, "stops").await.state, State::Ready);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_may_try_a_failed_job_again_or_remove_it() {
    let t = database().await;
    let worker = Worker::new(t.db.clone(), "w", TERMS);
    put(&t.db, "a", 0).await;
    assert!(!t.db.write(|tx| retry(tx, TENANT, "a", 5)).await.unwrap());
    assert!(!t.db.write(|tx| delete(tx, TENANT, "a")).await.unwrap());
    let run = take(&worker, 0).await.unwrap();
    worker.end(&run, Ended::ForGood("no".to_owned()), 1, 0).await.unwrap();
    assert!(t.db.write(|tx| retry(tx, TENANT, "a", 5)).await.unwrap());
    let again = look(&t.db, "a").await;
    assert_eq!((again.state, again.failures, again.ended_at), (State::Ready, 0, None));
    let run = take(&worker, 5).await.unwrap();
    worker.end(&run, Ended::Well, 6, 0).await.unwrap();
    assert!(!t.db.write(|tx| delete(tx, "another", "a")).await.unwrap());
    assert!(t.db.write(|tx| delete(tx, TENANT, "a")).await.unwrap());
    assert!(t.db.read(|tx| find(tx, TENANT, "a")).await.unwrap().is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_are_filtered_paged_and_each_tenants_own() {
    let t = database().await;
    let worker = Worker::new(t.db.clone(), "w", TERMS);
    t.db.write(|tx| {
        for (n, id) in ["a", "b", "c", "d"].into_iter().enumerate() {
            let kind = if n % 2 == 0 { "even" } else { "odd" };
            enqueue(tx, &NewJob { kind, created_at: n as i64, ..new_job(id, n as i64) })?;
        }
        enqueue(tx, &NewJob { tenant: "another", ..new_job("z", 99) })
    })
    .await
    .unwrap();
    let run = take(&worker, 0).await.unwrap();
    worker.end(&run, Ended::Well, 50, 0).await.unwrap();
    let shown = |filter: Filter, page: Page| {
        t.db.read(move |tx| {
            let jobs = list(tx, TENANT, &filter, page)?;
            Ok::<_, DbError>((
                jobs.into_iter().map(|job| job.id).collect::<String>(),
                count(tx, TENANT, &filter)?,
            ))
        })
    };
    let all = Page { skip: 0, rows: 10, order: "-created" };
    assert_eq!(shown(Filter::default(), all).await.unwrap(), ("dcba".to_owned(), 4));
    assert_eq!(
        shown(Filter::default(), Page { skip: 1, rows: 2, order: "-created" }).await.unwrap(),
        ("cb".to_owned(), 4)
    );
    let oldest = Page { order: "created", ..all };
    assert_eq!(shown(Filter::default(), oldest).await.unwrap().0, "abcd");
    let done = Filter { state: Some(State::Done), kind: None };
    assert_eq!(shown(done, all).await.unwrap(), ("a".to_owned(), 1));
    let odd = Filter { state: Some(State::Ready), kind: Some("odd".to_owned()) };
    assert_eq!(shown(odd, all).await.unwrap(), ("db".to_owned(), 2));
    assert_eq!(t.db.write(|tx| sweep(tx, TENANT, 50)).await.unwrap(), 0);
    assert_eq!(t.db.write(|tx| sweep(tx, TENANT, 51)).await.unwrap(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_daily_job_is_enqueued_once_a_day_by_whichever_process_comes_first() {
    let t = database().await;
    let nightly = Daily { kind: "nightly", minute: 150 };
    let mut enqueued = Vec::new();
    for (day, minute) in [("2026-03-20", 149), ("2026-03-20", 150), ("2026-03-21", 0), ("2026-03-21", 900)] {
        let mut tasks = Vec::new();
        for process in 0..4 {
            let db = t.db.clone();
            tasks.push(tokio::spawn(async move {
                let id = format!("{day}-{minute}-{process}");
                let work = move |tx: &mut Tx<'_>| {
                    let new = NewJob { kind: nightly.kind, ..new_job(&id, 0) };
                    enqueue_daily(tx, nightly, Moment { day, minute }, &new)
                };
                u32::from(db.write(work).await.unwrap())
            }));
        }
        let mut sum = 0;
        for task in tasks {
            sum += task.await.unwrap();
        }
        enqueued.push(sum);
    }
    assert_eq!(enqueued, [0, 1, 0, 1]);
    assert_eq!(t.db.read(|tx| count(tx, TENANT, &Filter::default())).await.unwrap(), 2);
}

/// A worker that dies now and then without a word, and sometimes comes back to settle what it no longer has.
async fn work_and_die(db: Db, clock: Arc<AtomicI64>, seed: u64) -> (u64, u64) {
    let terms = Terms { most_failures: 1_000, places: 1_000, ..TERMS };
    let worker = Worker::new(db.clone(), &format!("w{seed}"), terms);
    let mut chance = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let (mut deaths, mut refused, mut ghosts) = (0, 0, Vec::new());
    for _ in 0..10_000 {
        chance ^= chance << 13;
        chance ^= chance >> 7;
        chance ^= chance << 17;
        let now = clock.load(Ordering::SeqCst);
        let Some(run) = worker.take(now, chance).await.unwrap() else {
            let left =
                db.read(|tx| count(tx, TENANT, &Filter { state: Some(State::Done), kind: None })).await;
            if left.unwrap() == 300 {
                break;
            }
            clock.fetch_add(TERMS.lease / 4, Ordering::SeqCst);
            continue;
        };
        match chance % 4 {
            0 => deaths += 1,
            1 => ghosts.push(run),
            _ => refused += u64::from(settle(&db, &run, now).await.is_err()),
        }
        if let Some(ghost) = ghosts.pop_if(|_| chance.is_multiple_of(3)) {
            refused += u64::from(settle(&db, &ghost, now).await.is_err());
        }
    }
    (deaths, refused)
}

#[tokio::test(flavor = "multi_thread")]
async fn eight_workers_that_die_do_every_job_exactly_once() {
    let t = database().await;
    t.db.write(|tx| (0..300).try_for_each(|n| enqueue(tx, &new_job(&format!("job{n}"), n)).map(drop)))
        .await
        .unwrap();
    let clock = Arc::new(AtomicI64::new(1_000));
    let workers = (1..=8).map(|seed| tokio::spawn(work_and_die(t.db.clone(), clock.clone(), seed)));
    let (mut deaths, mut refused) = (0, 0);
    for worker in workers.collect::<Vec<_>>() {
        let (died, late) = worker.await.unwrap();
        (deaths, refused) = (deaths + died, refused + late);
    }
    let (jobs, least, most) =
        t.db.read(|tx| {
            let sql = sql!("select count(*) as jobs, min(n) as least, max(n) as most from tally");
            let row = tx.query_one(sql, &[])?;
            Ok::<_, DbError>((row.get::<i64>("jobs")?, row.get::<i64>("least")?, row.get::<i64>("most")?))
        })
        .await
        .unwrap();
    assert_eq!((jobs, least, most), (300, 1, 1));
    assert!(deaths > 20 && refused > 0, "{deaths} deaths and {refused} late settlements prove too little");
}
