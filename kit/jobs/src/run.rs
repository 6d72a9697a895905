//! A job in the hands of a worker: what the work says of its progress, and what it is told.

use std::sync::{Mutex, PoisonError};

use kit_db::{DbError, Tx};

use crate::{
    queries::{self, Ending},
    row::{Job, Progress, State},
};

/// What the work is told when it asks whether to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// Go on.
    GoOn,
    /// Somebody called the job off.
    Cancelled,
    /// The process is about to end; the job goes back to the queue as if it had not been taken.
    Closing,
    /// The lease ended and another worker has the job: whatever this one still does is not counted.
    Lost,
}

/// How the work came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// It is done, or stopped where it was told to.
    Well,
    /// It failed and is worth another try.
    Badly(String),
    /// It failed and would fail again.
    ForGood(String),
}

/// One turn of a job.
pub struct Run {
    job: Job,
    now: Mutex<Now>,
}

struct Now {
    progress: Progress,
    /// When progress and lease were last written, milliseconds UTC.
    written_at: i64,
    word: Word,
    /// Whether the work asked and was told to stop.
    has_heard: bool,
    is_settled: bool,
}

impl Run {
    pub(crate) fn new(job: Job, at: i64) -> Run {
        let progress = job.progress.clone();
        let now = Now { progress, written_at: at, word: Word::GoOn, has_heard: false, is_settled: false };
        Run { job, now: Mutex::new(now) }
    }

    /// The job as it was taken.
    pub fn job(&self) -> &Job {
        &self.job
    }

    pub(crate) fn tenant(&self) -> &str {
        &self.job.tenant
    }

    pub(crate) fn id(&self) -> &str {
        &self.job.id
    }

    pub(crate) fn turn(&self) -> i64 {
        self.job.turn
    }

    /// Says how far the work has come. Costs next to nothing: the worker writes it down about once a second. What was
    /// counted at the beginning may have grown since, so a known `total` never stays behind `done`.
    pub fn advance(&self, done: i64, total: i64) {
        let total = if total == 0 { 0 } else { total.max(done) };
        self.with(|now| (now.progress.done, now.progress.total) = (done, total));
    }

    /// Says what is being done.
    pub fn note(&self, note: &str) {
        self.with(|now| note.clone_into(&mut now.progress.note));
    }

    /// Whether to go on; asked between two pieces of work. Who is told to stop leaves the rest and returns.
    pub fn word(&self) -> Word {
        self.with(|now| {
            now.has_heard |= now.word != Word::GoOn;
            now.word
        })
    }

    /// The word that the work heard, if any: work that never asked came to its own end.
    pub(crate) fn heard(&self) -> Word {
        self.with(|now| if now.has_heard { now.word } else { Word::GoOn })
    }

    /// Ends the job well in the transaction of its effect: either both happen or neither does. Gives whether the job was
    /// still this run's; if not, the caller must let its transaction fail.
    ///
    /// # Errors
    /// Whatever the database reports.
    pub fn settle(&self, tx: &mut Tx<'_>, now: i64) -> Result<bool, DbError> {
        let ending = Ending {
            state: State::Done,
            due_at: None,
            error: None,
            failures: self.job.failures,
            ended_at: Some(now),
        };
        queries::end(tx, self, &self.progress(), &ending)
    }

    /// Says that [`Run::settle`] was committed, so that nothing is left to be written.
    pub fn has_settled(&self) {
        self.with(|now| now.is_settled = true);
    }

    pub(crate) fn is_settled(&self) -> bool {
        self.with(|now| now.is_settled)
    }

    pub(crate) fn progress(&self) -> Progress {
        self.with(|now| now.progress.clone())
    }

    /// Tells the work something; what was told before and is stronger stays.
    pub(crate) fn tell(&self, word: Word) {
        self.with(|now| {
            if now.word != Word::Lost {
                now.word = word;
            }
        });
    }

    /// Whether it is time to write, `pause` after the last time; if so this is the last time from now on.
    pub(crate) fn is_beat(&self, at: i64, pause: i64) -> bool {
        self.with(|now| {
            let due = at >= now.written_at + pause;
            if due {
                now.written_at = at;
            }
            due
        })
    }

    fn with<T>(&self, work: impl FnOnce(&mut Now) -> T) -> T {
        work(&mut self.now.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
