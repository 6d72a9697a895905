//! What is done once a day at a minute of the day, by whichever process comes first. The caller says what day and minute
//! it is where the tenant lives; a day on which no process ran is not made up for.

use kit_db::{DbError, Tx};

use crate::{
    queries,
    queue::{self, NewJob},
};

/// A kind of job that is enqueued every day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Daily {
    /// Its kind.
    pub kind: &'static str,
    /// Minute of the civil day, 0 for midnight.
    pub minute: u16,
}

/// A civil moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment<'a> {
    /// `YYYY-MM-DD`.
    pub day: &'a str,
    /// Minute of the day.
    pub minute: u16,
}

impl Daily {
    /// Whether its minute has come on the day of the moment.
    pub fn has_come(&self, moment: Moment<'_>) -> bool {
        moment.minute >= self.minute
    }
}

/// Enqueues the day's job unless its minute has not come or somebody has enqueued it already; gives whether it did.
///
/// # Errors
/// Whatever the database reports.
pub fn enqueue_daily(
    tx: &mut Tx<'_>,
    daily: Daily,
    moment: Moment<'_>,
    new: &NewJob<'_>,
) -> Result<bool, DbError> {
    if !daily.has_come(moment) || !queries::take_day(tx, new.tenant, daily.kind, moment.day)? {
        return Ok(false);
    }
    queue::enqueue(tx, new)?;
    Ok(true)
}
