//! A worker: takes what is due, keeps its leases, ends what it took. It starts no task; the caller's loop calls
//! [`Worker::take`] and [`Worker::beat`] and gives every run back with [`Worker::end`].

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use kit_db::{Db, DbError, Tx};

use crate::{
    backoff::Backoff,
    queries::{self, Candidate, Ending},
    row::{Job, State},
    run::{Ended, Run, Word},
};

/// Rows looked at in one query. More than one, since other workers look at the same moment.
const CANDIDATES: i64 = 16;
/// What is kept of a job whose worker went silent too often.
const SILENT: &str = "the worker ended without a word";

/// What a worker holds to. Times in milliseconds.
#[derive(Debug, Clone, Copy)]
pub struct Terms {
    /// How long a job stays with a worker that is not heard of.
    pub lease: i64,
    /// Pause between two writings of progress; far shorter than the lease.
    pub beat: i64,
    /// Failures after which a job has failed for good.
    pub most_failures: i64,
    /// Pauses before another try.
    pub backoff: Backoff,
    /// Jobs at once.
    pub places: usize,
}

/// One worker of one process.
pub struct Worker {
    db: Db,
    owner: String,
    terms: Terms,
    runs: Mutex<Vec<Arc<Run>>>,
    is_closing: AtomicBool,
}

impl Worker {
    /// A worker with nothing in hand; `owner` is the name that lists show.
    pub fn new(db: Db, owner: &str, terms: Terms) -> Worker {
        Worker {
            db,
            owner: owner.to_owned(),
            terms,
            runs: Mutex::default(),
            is_closing: AtomicBool::new(false),
        }
    }

    /// What it holds to.
    pub fn terms(&self) -> &Terms {
        &self.terms
    }

    /// Jobs in hand.
    pub fn n_running(&self) -> usize {
        self.with_runs(|runs| runs.len())
    }

    /// Takes one job that is due, if there is one, a place is free and the worker is not closing. `chance` makes workers
    /// that look at the same moment reach for different rows.
    ///
    /// # Errors
    /// Whatever the database reports.
    pub async fn take(&self, now: i64, chance: u64) -> Result<Option<Arc<Run>>, DbError> {
        if self.is_closing.load(Ordering::SeqCst) || self.n_running() >= self.terms.places {
            return Ok(None);
        }
        let mut due = self.db.read(move |tx| queries::candidates(tx, now, CANDIDATES)).await?;
        let start = usize::try_from(chance % (due.len().max(1) as u64)).unwrap_or_default();
        due.rotate_left(start);
        for seen in due {
            if let Some(job) = self.take_seen(seen, now).await? {
                let run = Arc::new(Run::new(job, now));
                self.with_runs(|runs| runs.push(run.clone()));
                return Ok(Some(run));
            }
        }
        Ok(None)
    }

    /// Takes a row; one that was called off or lost its workers too often ends here and is not given out.
    async fn take_seen(&self, seen: Candidate, now: i64) -> Result<Option<Job>, DbError> {
        let (owner, until, most) = (self.owner.clone(), now + self.terms.lease, self.terms.most_failures);
        self.db
            .write(move |tx| {
                let Some(job) = queries::take(tx, &seen, &owner, now, until)? else { return Ok(None) };
                let state = match () {
                    () if job.is_stop_asked => State::Cancelled,
                    () if job.failures >= most => State::Failed,
                    () => return Ok(Some(job)),
                };
                let error = (state == State::Failed).then_some(SILENT);
                let ending =
                    Ending { state, due_at: None, error, failures: job.failures, ended_at: Some(now) };
                let run = Run::new(job, now);
                queries::end(tx, &run, &run.progress(), &ending)?;
                Ok(None)
            })
            .await
    }

    /// Writes the progress of the jobs in hand and renews their leases, each at most once a beat, and lets each know
    /// whether to go on.
    ///
    /// # Errors
    /// Whatever the database reports.
    pub async fn beat(&self, now: i64) -> Result<(), DbError> {
        for run in self.with_runs(|runs| runs.clone()) {
            if !run.is_beat(now, self.terms.beat) {
                continue;
            }
            let (until, progress, written) = (now + self.terms.lease, run.progress(), run.clone());
            match self.db.write(move |tx| queries::beat(tx, &written, until, &progress)).await? {
                Some(false) => {}
                Some(true) => run.tell(Word::Cancelled),
                None if run.is_settled() => {}
                None => run.tell(Word::Lost),
            }
        }
        Ok(())
    }

    /// Takes no further job and tells every one in hand that the process is about to end.
    pub fn close(&self) {
        self.is_closing.store(true, Ordering::SeqCst);
        self.with_runs(|runs| runs.iter().for_each(|run| run.tell(Word::Closing)));
    }

    /// Puts the jobs in hand back into the queue, for a process that waits for them no longer.
    ///
    /// # Errors
    /// Whatever the database reports; the jobs are then taken again when their leases end.
    pub async fn give_back(&self, now: i64) -> Result<(), DbError> {
        for run in self.with_runs(std::mem::take) {
            run.tell(Word::Lost);
            let back = move |tx: &mut Tx<'_>| {
                let ending = back_to_the_queue(None, run.job().failures, now);
                queries::end(tx, &run, &run.progress(), &ending).map(drop)
            };
            self.db.write(back).await?;
        }
        Ok(())
    }

    /// Ends a turn. A job that was told to stop and did is cancelled or goes back to the queue.
    ///
    /// # Errors
    /// Whatever the database reports; the job is then taken again when its lease ends.
    pub async fn end(&self, run: &Arc<Run>, ended: Ended, now: i64, chance: u64) -> Result<(), DbError> {
        self.with_runs(|runs| runs.retain(|held| !Arc::ptr_eq(held, run)));
        if run.is_settled() {
            return Ok(());
        }
        let (terms, run) = (self.terms, run.clone());
        self.db
            .write(move |tx| {
                let ending = ending(&terms, &run, &ended, now, chance);
                queries::end(tx, &run, &run.progress(), &ending).map(drop)
            })
            .await
    }

    fn with_runs<T>(&self, work: impl FnOnce(&mut Vec<Arc<Run>>) -> T) -> T {
        work(&mut self.runs.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn ending<'a>(terms: &Terms, run: &Run, ended: &'a Ended, now: i64, chance: u64) -> Ending<'a> {
    let failures = run.job().failures;
    let end = |state, error, failures| Ending { state, due_at: None, error, failures, ended_at: Some(now) };
    match (run.heard(), ended) {
        (Word::Closing, Ended::Well | Ended::Badly(_)) => back_to_the_queue(None, failures, now),
        (Word::Cancelled, _) => end(State::Cancelled, None, failures),
        (_, Ended::Well) => end(State::Done, None, failures),
        (_, Ended::ForGood(error)) => end(State::Failed, Some(error), failures + 1),
        (_, Ended::Badly(error)) if failures + 1 >= terms.most_failures => {
            end(State::Failed, Some(error), failures + 1)
        }
        (_, Ended::Badly(error)) => {
            let pause = terms.backoff.pause(failures + 1, chance);
            back_to_the_queue(Some(error), failures + 1, now + pause)
        }
    }
}

fn back_to_the_queue(error: Option<&str>, failures: i64, due_at: i64) -> Ending<'_> {
    Ending { state: State::Ready, due_at: Some(due_at), error, failures, ended_at: None }
}
