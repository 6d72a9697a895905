//! A row of the table, as lists show it and as a worker takes it.

use kit_db::{DbError, FromValue, Row, Value};

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Waits for its hour or for a worker.
    Ready,
    /// A worker has it.
    Running,
    /// Ended as it should.
    Done,
    /// Failed for good; its last error is kept.
    Failed,
    /// Called off.
    Cancelled,
}

impl State {
    /// Every state, in the order of a job's life.
    pub const ALL: [State; 5] = [State::Ready, State::Running, State::Done, State::Failed, State::Cancelled];

    /// The word in the table.
    pub fn code(self) -> &'static str {
        match self {
            State::Ready => "ready",
            State::Running => "running",
            State::Done => "done",
            State::Failed => "failed",
            State::Cancelled => "cancelled",
        }
    }

    /// The state of a word.
    pub fn of(code: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether nothing will happen to it any more unless a person asks.
    pub fn is_end(self) -> bool {
        matches!(self, State::Done | State::Failed | State::Cancelled)
    }
}

impl FromValue for State {
    fn from_value(value: Value) -> Result<State, &'static str> {
        State::of(&String::from_value(value)?).ok_or("a state of a job")
    }
}

/// How far a job has come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// Steps done.
    pub done: i64,
    /// Steps in all; 0 where nobody knows.
    pub total: i64,
    /// What is being done, in the words of the job.
    pub note: String,
}

/// A job as it stands in the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Whose it is.
    pub tenant: String,
    /// Its id.
    pub id: String,
    /// What is to be done, in the caller's words.
    pub kind: String,
    /// What it needs to know: JSON.
    pub payload: String,
    /// Where it stands.
    pub state: State,
    /// When it next needs a worker: its hour, or the end of its lease. Milliseconds UTC; none once it has ended.
    pub due_at: Option<i64>,
    /// How often it was taken.
    pub turn: i64,
    /// How often it failed since it was enqueued or asked for again.
    pub failures: i64,
    /// The worker that has it.
    pub owner: Option<String>,
    /// How far it has come.
    pub progress: Progress,
    /// Whether somebody asked a running job to stop.
    pub is_stop_asked: bool,
    /// What its last failure said.
    pub error: Option<String>,
    /// When it was enqueued, milliseconds UTC.
    pub created_at: i64,
    /// Who asked for it.
    pub created_by: String,
    /// When it was first taken.
    pub started_at: Option<i64>,
    /// When it ended.
    pub ended_at: Option<i64>,
}

impl Job {
    pub(crate) fn of(row: &Row) -> Result<Job, DbError> {
        let progress = Progress { done: row.get("done")?, total: row.get("total")?, note: row.get("note")? };
        Ok(Job {
            tenant: row.get("tenant")?,
            id: row.get("job_id")?,
            kind: row.get("kind")?,
            payload: row.get("payload")?,
            state: row.get("state")?,
            due_at: row.get("due_at")?,
            turn: row.get("turn")?,
            failures: row.get("failures")?,
            owner: row.get("owner")?,
            progress,
            is_stop_asked: row.get("stop_asked")?,
            error: row.get("error")?,
            created_at: row.get("created_at")?,
            created_by: row.get("created_by")?,
            started_at: row.get("started_at")?,
            ended_at: row.get("ended_at")?,
        })
    }
}
