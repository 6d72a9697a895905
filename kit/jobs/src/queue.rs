//! The queue as those see it who ask for work and those who look after it. Taking jobs is in `worker`.

use kit_db::{DbError, Tx};

use crate::{
    queries,
    row::{Job, State},
};

/// A job to be done.
#[derive(Debug, Clone)]
pub struct NewJob<'a> {
    /// Whose it is.
    pub tenant: &'a str,
    /// Its id.
    pub id: &'a str,
    /// What is to be done.
    pub kind: &'a str,
    /// What it needs to know: JSON.
    pub payload: &'a str,
    /// Of the jobs of one kind that wait with the same key there is one only.
    pub waiting_key: Option<&'a str>,
    /// Not before this moment, milliseconds UTC.
    pub run_at: i64,
    /// Now, milliseconds UTC.
    pub created_at: i64,
    /// Who asks.
    pub created_by: &'a str,
}

/// Enqueues a job in the caller's transaction, and gives its id: that of the job already waiting under the same key,
/// if there is one. A job that has been taken no longer waits, so what came too late for it is not lost.
///
/// # Errors
/// Whatever the database reports.
pub fn enqueue(tx: &mut Tx<'_>, new: &NewJob<'_>) -> Result<String, DbError> {
    if let Some(key) = new.waiting_key
        && let Some(id) = queries::waiting(tx, new, key)?
    {
        return Ok(id);
    }
    queries::insert(tx, new)?;
    Ok(new.id.to_owned())
}

/// Which jobs a list shows.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only those in this state.
    pub state: Option<State>,
    /// Only those of this kind.
    pub kind: Option<String>,
}

/// A piece of a list.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    /// Rows before it.
    pub skip: i64,
    /// Rows in it.
    pub rows: i64,
    /// The order of the whole list: `created`, `ended`, `kind` or `state`, with `-` before it for the greatest first.
    /// Another word is the newest first.
    pub order: &'static str,
}

/// The tenant's jobs, in the order of the page.
///
/// # Errors
/// Whatever the database reports.
pub fn list(tx: &mut Tx<'_>, tenant: &str, filter: &Filter, page: Page) -> Result<Vec<Job>, DbError> {
    queries::list(tx, tenant, filter, page)
}

/// How many of the tenant's jobs fit the filter.
///
/// # Errors
/// Whatever the database reports.
pub fn count(tx: &mut Tx<'_>, tenant: &str, filter: &Filter) -> Result<i64, DbError> {
    queries::count(tx, tenant, filter)
}

/// One job.
///
/// # Errors
/// Whatever the database reports.
pub fn find(tx: &mut Tx<'_>, tenant: &str, id: &str) -> Result<Option<Job>, DbError> {
    queries::find(tx, tenant, id)
}

/// Calls a job off: at once when it waits, at its next word when it runs. Gives whether there was anything to call off.
///
/// # Errors
/// Whatever the database reports.
pub fn cancel(tx: &mut Tx<'_>, tenant: &str, id: &str, now: i64) -> Result<bool, DbError> {
    Ok(queries::cancel_ready(tx, tenant, id, now)? || queries::ask_to_stop(tx, tenant, id)?)
}

/// Puts a job that failed or was called off back into the queue, as if it had never failed. Gives whether it was one.
///
/// # Errors
/// Whatever the database reports.
pub fn retry(tx: &mut Tx<'_>, tenant: &str, id: &str, now: i64) -> Result<bool, DbError> {
    queries::retry(tx, tenant, id, now)
}

/// Removes a job that has ended. Gives whether it was one.
///
/// # Errors
/// Whatever the database reports.
pub fn delete(tx: &mut Tx<'_>, tenant: &str, id: &str) -> Result<bool, DbError> {
    queries::delete(tx, tenant, id)
}

/// Removes the tenant's jobs that ended before a moment; gives how many.
///
/// # Errors
/// Whatever the database reports.
pub fn sweep(tx: &mut Tx<'_>, tenant: &str, before: i64) -> Result<u64, DbError> {
    queries::sweep(tx, tenant, before)
}
