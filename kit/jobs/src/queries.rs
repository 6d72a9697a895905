//! The rows of `job` and `job_daily`.

use kit_db::{DbError, Tx, params, sql};

use crate::{
    queue::{Filter, NewJob, Page},
    row::{Job, Progress, State},
    run::Run,
};

/// A row that somebody may take, and what must still hold when it is taken.
pub struct Candidate {
    pub tenant: String,
    pub id: String,
    pub turn: i64,
    pub due_at: i64,
}

/// How a turn ends.
pub struct Ending<'a> {
    pub state: State,
    /// When it is due again, where it is.
    pub due_at: Option<i64>,
    /// The error to be kept; none leaves the one before.
    pub error: Option<&'a str>,
    pub failures: i64,
    pub ended_at: Option<i64>,
}

pub fn waiting(tx: &mut Tx<'_>, new: &NewJob<'_>, key: &str) -> Result<Option<String>, DbError> {
    let sql = sql!("select job_id from job where tenant = $1 and kind = $2 and waiting_key = $3");
    tx.query_opt(sql, params![new.tenant, new.kind, key])?.map(|row| row.get("job_id")).transpose()
}

pub fn insert(tx: &mut Tx<'_>, new: &NewJob<'_>) -> Result<(), DbError> {
    let sql = sql!(
        "insert into job (tenant, job_id, kind, payload, waiting_key, state, due_at, turn, failures, done, total,
                          note, stop_asked, created_at, created_by)
         values ($1, $2, $3, $4, $5, 'ready', $6, 0, 0, 0, 0, '', false, $7, $8)"
    );
    let NewJob { tenant, id, kind, payload, waiting_key, run_at, created_at, created_by } = *new;
    tx.execute(sql, params![tenant, id, kind, payload, waiting_key, run_at, created_at, created_by])?;
    Ok(())
}

/// The one query of an idle worker: a look into an index.
pub fn candidates(tx: &mut Tx<'_>, now: i64, most: i64) -> Result<Vec<Candidate>, DbError> {
    let sql =
        sql!("select tenant, job_id, turn, due_at from job where due_at <= $1 order by due_at limit $2");
    let rows = tx.query(sql, params![now, most])?;
    let candidate = |row: &kit_db::Row| {
        Ok(Candidate {
            tenant: row.get("tenant")?,
            id: row.get("job_id")?,
            turn: row.get("turn")?,
            due_at: row.get("due_at")?,
        })
    };
    rows.iter().map(candidate).collect()
}

/// Takes a row if nobody has touched it since it was seen. A row that was running when it fell due has lost its worker:
/// that counts as a failure.
pub fn take(
    tx: &mut Tx<'_>,
    seen: &Candidate,
    owner: &str,
    now: i64,
    until: i64,
) -> Result<Option<Job>, DbError> {
    let sql = sql!(
        "update job set state = 'running', owner = $5, due_at = $6, turn = turn + 1, waiting_key = null,
                failures = case when state = 'running' then failures + 1 else failures end,
                started_at = coalesce(started_at, $7)
          where tenant = $1 and job_id = $2 and turn = $3 and due_at = $4 and state in ('ready', 'running')
         returning *"
    );
    let params = params![&seen.tenant, &seen.id, seen.turn, seen.due_at, owner, until, now];
    tx.query_opt(sql, params)?.as_ref().map(Job::of).transpose()
}

/// Renews the lease and writes the progress; gives whether the job was asked to stop, or nothing when the turn is over.
pub fn beat(tx: &mut Tx<'_>, run: &Run, until: i64, progress: &Progress) -> Result<Option<bool>, DbError> {
    let sql = sql!(
        "update job set due_at = $4, done = $5, total = $6, note = $7
          where tenant = $1 and job_id = $2 and turn = $3 and state = 'running'
         returning stop_asked"
    );
    let Progress { done, total, note } = progress;
    let params = params![run.tenant(), run.id(), run.turn(), until, *done, *total, note];
    tx.query_opt(sql, params)?.map(|row| row.get("stop_asked")).transpose()
}

/// Ends a turn; gives whether it was still this run's.
pub fn end(tx: &mut Tx<'_>, run: &Run, progress: &Progress, ending: &Ending<'_>) -> Result<bool, DbError> {
    let sql = sql!(
        "update job set state = $4, due_at = $5, error = coalesce($6, error), failures = $7, ended_at = $8,
                done = $9, total = $10, note = $11, owner = null
          where tenant = $1 and job_id = $2 and turn = $3 and state = 'running'"
    );
    let Progress { done, total, note } = progress;
    let changed = tx.execute(
        sql,
        params![
            run.tenant(),
            run.id(),
            run.turn(),
            ending.state.code(),
            ending.due_at,
            ending.error,
            ending.failures,
            ending.ended_at,
            *done,
            *total,
            note,
        ],
    )?;
    Ok(changed == 1)
}

pub fn cancel_ready(tx: &mut Tx<'_>, tenant: &str, id: &str, now: i64) -> Result<bool, DbError> {
    let sql = sql!(
        "update job set state = 'cancelled', due_at = null, waiting_key = null, ended_at = $3
          where tenant = $1 and job_id = $2 and state = 'ready'"
    );
    Ok(tx.execute(sql, params![tenant, id, now])? == 1)
}

pub fn ask_to_stop(tx: &mut Tx<'_>, tenant: &str, id: &str) -> Result<bool, DbError> {
    let sql =
        sql!("update job set stop_asked = true where tenant = $1 and job_id = $2 and state = 'running'");
    Ok(tx.execute(sql, params![tenant, id])? == 1)
}

pub fn retry(tx: &mut Tx<'_>, tenant: &str, id: &str, now: i64) -> Result<bool, DbError> {
    let sql = sql!(
        "update job set state = 'ready', due_at = $3, failures = 0, stop_asked = false, ended_at = null
          where tenant = $1 and job_id = $2 and state in ('failed', 'cancelled')"
    );
    Ok(tx.execute(sql, params![tenant, id, now])? == 1)
}

pub fn delete(tx: &mut Tx<'_>, tenant: &str, id: &str) -> Result<bool, DbError> {
    let sql = sql!("delete from job where tenant = $1 and job_id = $2 and ended_at is not null");
    Ok(tx.execute(sql, params![tenant, id])? == 1)
}

pub fn sweep(tx: &mut Tx<'_>, tenant: &str, before: i64) -> Result<u64, DbError> {
    tx.execute(sql!("delete from job where tenant = $1 and ended_at < $2"), params![tenant, before])
}

pub fn find(tx: &mut Tx<'_>, tenant: &str, id: &str) -> Result<Option<Job>, DbError> {
    let sql = sql!("select * from job where tenant = $1 and job_id = $2");
    tx.query_opt(sql, params![tenant, id])?.as_ref().map(Job::of).transpose()
}

pub fn list(tx: &mut Tx<'_>, tenant: &str, filter: &Filter, page: Page) -> Result<Vec<Job>, DbError> {
    let sql = sql!(
        "select * from job
          where tenant = $1 and ($2 = '' or state = $2) and ($3 = '' or kind = $3)
          order by case $4 when 'kind' then kind when 'state' then state end,
                   case $4 when '-kind' then kind when '-state' then state end desc,
                   case $4 when 'created' then created_at when 'ended' then coalesce(ended_at, 0) end,
                   case $4 when '-ended' then coalesce(ended_at, 0) end desc,
                   created_at desc, job_id desc limit $5 offset $6"
    );
    let (state, kind) = words(filter);
    tx.query(sql, params![tenant, state, kind, page.order, page.rows, page.skip])?
        .iter()
        .map(Job::of)
        .collect()
}

pub fn count(tx: &mut Tx<'_>, tenant: &str, filter: &Filter) -> Result<i64, DbError> {
    let sql = sql!(
        "select count(*) as n from job
          where tenant = $1 and ($2 = '' or state = $2) and ($3 = '' or kind = $3)"
    );
    let (state, kind) = words(filter);
    tx.query_one(sql, params![tenant, state, kind])?.get("n")
}

fn words(filter: &Filter) -> (&str, &str) {
    (filter.state.map_or("", State::code), filter.kind.as_deref().unwrap_or_default())
}

/// Takes a day for a daily kind; gives whether it was free.
pub fn take_day(tx: &mut Tx<'_>, tenant: &str, kind: &str, day: &str) -> Result<bool, DbError> {
    let sql = sql!(
        "insert into job_daily (tenant, kind, last_on) values ($1, $2, $3)
         on conflict (tenant, kind) do update set last_on = $3 where job_daily.last_on < $3"
    );
    Ok(tx.execute(sql, params![tenant, kind, day])? == 1)
}
