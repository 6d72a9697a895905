//! The notices of a site and their days.

use jiff::civil::Date;
use kit_db::{DbError, Row, Tx, params, sql};

use super::{NewNotice, Notice, NoticeDay};
use crate::{cx::Cx, error::Result, id::SiteId};

/// The state of a site that never had a notice.
pub const NO_NOTICES: &str = "0/0";

/// What tells whether any notice changed: how many there are, and how often they were changed.
pub fn state(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<String, DbError> {
    let sql = sql!(
        "select count(*) as n_notices, coalesce(cast(sum(version) as bigint), 0) as n_changes from calendar_notice
          where site_id = $1"
    );
    let row = tx.query_one(sql, params![site_id])?;
    Ok(format!("{}/{}", row.get::<i64>("n_notices")?, row.get::<i64>("n_changes")?))
}

/// Every notice, those in force first, the newest first.
pub fn all(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<Vec<Notice>> {
    let sql = sql!(
        "select * from calendar_notice where site_id = $1
          order by case when ended_at is null then 0 else 1 end, created_at desc, notice_id desc"
    );
    let rows = tx.query(sql, params![site_id])?;
    rows.iter().map(|row| with_days(tx, site_id, row)).collect()
}

/// Those that count.
pub fn in_force(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<Vec<Notice>> {
    let mut notices = all(tx, site_id)?;
    notices.retain(|notice| notice.ended_at.is_none());
    Ok(notices)
}

pub fn by_id(tx: &mut Tx<'_>, site_id: &SiteId, id: &str) -> Result<Option<Notice>> {
    let sql = sql!("select * from calendar_notice where site_id = $1 and notice_id = $2");
    let row = tx.query_opt(sql, params![site_id, id])?;
    row.as_ref().map(|row| with_days(tx, site_id, row)).transpose()
}

fn with_days(tx: &mut Tx<'_>, site_id: &SiteId, row: &Row) -> Result<Notice> {
    let id: String = row.get("notice_id")?;
    let sql = sql!(
        "select day_on, off_day, name from calendar_day where site_id = $1 and notice_id = $2 order by day_on"
    );
    let days = tx.query(sql, params![site_id, &id])?;
    let year: Option<i64> = row.get("noticed_year")?;
    Ok(Notice {
        says: NewNotice {
            document_number: row.get("document_number")?,
            title: row.get("title")?,
            noticed_year: year.and_then(|year| i16::try_from(year).ok()),
            days: days.iter().map(|day| day_of(day, &id)).collect::<Result<_>>()?,
        },
        id,
        changed_by: row.get("changed_by")?,
        changed_at: row.get("changed_at")?,
        ended_at: row.get("ended_at")?,
        version: row.get("version")?,
    })
}

fn day_of(row: &Row, notice: &str) -> Result<NoticeDay> {
    let on: String = row.get("day_on")?;
    let broken = || anyhow::anyhow!("calendar_day.day_on of notice {notice} is {on:?}");
    let on: Date = on.parse().map_err(|_| broken())?;
    Ok(NoticeDay { on, off_day: row.get("off_day")?, name: row.get("name")? })
}

pub fn insert(tx: &mut Tx<'_>, cx: &Cx, id: &str, new: &NewNotice) -> Result<(), DbError> {
    let sql = sql!(
        "insert into calendar_notice (site_id, notice_id, document_number, title, noticed_year, created_at, created_by,
                                      changed_at, changed_by, version)
         values ($1, $2, $3, $4, $5, $6, $7, $6, $7, 1)"
    );
    let year = new.noticed_year.map(i64::from);
    let (site, number, title) = (&cx.site_id, &new.document_number, &new.title);
    tx.execute(sql, params![site, id, number, title, year, cx.at, &cx.actor])?;
    insert_days(tx, cx, id, new)
}

/// Gives 0 when it was changed since `version`, or ended.
pub fn update(tx: &mut Tx<'_>, cx: &Cx, id: &str, version: i64, new: &NewNotice) -> Result<u64, DbError> {
    let sql = sql!(
        "update calendar_notice set document_number = $3, title = $4, noticed_year = $5, changed_at = $6,
                changed_by = $7, version = version + 1
          where site_id = $1 and notice_id = $2 and version = $8 and ended_at is null"
    );
    let year = new.noticed_year.map(i64::from);
    let (site, number, title) = (&cx.site_id, &new.document_number, &new.title);
    let n = tx.execute(sql, params![site, id, number, title, year, cx.at, &cx.actor, version])?;
    if n > 0 {
        let sql = sql!("delete from calendar_day where site_id = $1 and notice_id = $2");
        tx.execute(sql, params![site, id])?;
        insert_days(tx, cx, id, new)?;
    }
    Ok(n)
}

fn insert_days(tx: &mut Tx<'_>, cx: &Cx, id: &str, new: &NewNotice) -> Result<(), DbError> {
    let sql = sql!(
        "insert into calendar_day (site_id, notice_id, day_on, off_day, name) values ($1, $2, $3, $4, $5)"
    );
    for day in &new.days {
        tx.execute(sql, params![&cx.site_id, id, day.on.to_string(), day.off_day, &day.name])?;
    }
    Ok(())
}

/// Gives 0 when it was changed since `version`, or ended.
pub fn end(tx: &mut Tx<'_>, cx: &Cx, id: &str, version: i64) -> Result<u64, DbError> {
    let sql = sql!(
        "update calendar_notice set ended_at = $3, changed_at = $3, changed_by = $4, version = version + 1
          where site_id = $1 and notice_id = $2 and version = $5 and ended_at is null"
    );
    tx.execute(sql, params![&cx.site_id, id, cx.at, &cx.actor, version])
}
