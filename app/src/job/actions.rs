//! Asking for a job, and what an administrator does to the queue. Every such act is in the audit log.

use kit_db::Tx;
use kit_jobs::NewJob;
use serde::Serialize;

use super::Kind;
use crate::{
    audit,
    cx::Cx,
    error::{Error, Refusal, Result},
    id::JobId,
};

/// How long ended jobs are kept: 60 days.
const KEPT: i64 = 60 * 24 * 60 * 60 * 1_000;

/// When and with what distinction a job is to be done.
#[derive(Debug, Clone, Copy, Default)]
pub struct When<'a> {
    /// Not before this moment, milliseconds UTC; none for as soon as may be.
    pub at: Option<i64>,
    /// Of the jobs of one kind that wait with the same key there is one.
    pub key: Option<&'a str>,
}

/// Asks for a job in the transaction of the act that needs it; gives its id, or that of the one already waiting under the
/// same key.
///
/// # Errors
/// The payload cannot be written as JSON.
pub fn enqueue(
    tx: &mut Tx<'_>,
    cx: &Cx,
    kind: Kind,
    payload: &impl Serialize,
    when: When<'_>,
) -> Result<JobId> {
    let new = NewJob {
        tenant: &cx.site_id.0,
        id: &cx.new_id(),
        kind: kind.code(),
        payload: &serde_json::to_string(payload)?,
        waiting_key: when.key,
        run_at: when.at.unwrap_or(cx.at),
        created_at: cx.at,
        created_by: &cx.actor,
    };
    Ok(JobId(kit_jobs::enqueue(tx, &new)?))
}

/// Calls a job off (取消任务).
///
/// # Errors
/// Refused when it has ended.
pub fn cancel(tx: &mut Tx<'_>, cx: &Cx, id: &JobId) -> Result<()> {
    let done = kit_jobs::cancel(tx, &cx.site_id.0, &id.0, cx.at)?;
    note(tx, cx, id, done, ("job.cancel", "任务已经结束，不能取消"))
}

/// Puts a job that failed or was called off back into the queue (重新执行).
///
/// # Errors
/// Refused for any other.
pub fn retry(tx: &mut Tx<'_>, cx: &Cx, id: &JobId) -> Result<()> {
    let done = kit_jobs::retry(tx, &cx.site_id.0, &id.0, cx.at)?;
    note(tx, cx, id, done, ("job.retry", "只有失败或已取消的任务可以重新执行"))
}

/// Removes a job that has ended (删除任务记录).
///
/// # Errors
/// Refused when it has not.
pub fn delete(tx: &mut Tx<'_>, cx: &Cx, id: &JobId) -> Result<()> {
    let done = kit_jobs::delete(tx, &cx.site_id.0, &id.0)?;
    note(tx, cx, id, done, ("job.delete", "任务还没有结束，请先取消"))
}

fn note(
    tx: &mut Tx<'_>,
    cx: &Cx,
    id: &JobId,
    done: bool,
    (action, refusal): (&'static str, &str),
) -> Result<()> {
    let job = kit_jobs::find(tx, &cx.site_id.0, &id.0)?;
    match (done, job) {
        (true, job) => {
            let kind = job.map(|job| job.kind).unwrap_or_default();
            audit::actions::record(
                tx,
                cx,
                audit::Act { action, object_kind: "job", object_id: &id.0, detail: &kind },
            )
        }
        (false, None) => Err(Error::NotFound),
        (false, Some(_)) => Err(refused(refusal)),
    }
}

/// Removes the site's jobs that ended long ago; gives how many.
pub fn sweep(tx: &mut Tx<'_>, cx: &Cx) -> Result<u64> {
    Ok(kit_jobs::sweep(tx, &cx.site_id.0, cx.at - KEPT)?)
}

pub(super) fn refused(sentence: impl Into<String>) -> Error {
    Refusal::Invalid(sentence.into()).into()
}
