//! The rows of runs.

use kit_db::{DbError, FromValue, Row, Tx, Value, params, sql};

use super::{Ending, NewRun, Run, What};
use crate::{
    cx::Cx,
    error::Result,
    id::{JobId, SiteId},
};

impl FromValue for What {
    fn from_value(value: Value) -> Result<What, &'static str> {
        What::of(&String::from_value(value)?).ok_or("a kind of file")
    }
}

impl FromValue for Ending {
    fn from_value(value: Value) -> Result<Ending, &'static str> {
        Ending::of(&String::from_value(value)?).ok_or("an ending of a run")
    }
}

pub fn insert(tx: &mut Tx<'_>, cx: &Cx, new: &NewRun, job: &JobId) -> Result<(), DbError> {
    let sql = sql!(
        "insert into import_run (site_id, import_run_id, what, file_name, size, page_address, column_code, publishes,
                                 job_id, started_by, started_by_name, started_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
    );
    let NewRun { id, what, file_name, size, page_address, column_code, publishes, by, by_name } = new;
    tx.execute(
        sql,
        params![
            &cx.site_id,
            id,
            what.code(),
            file_name,
            *size,
            page_address,
            column_code,
            *publishes,
            job,
            by,
            by_name,
            cx.at
        ],
    )?;
    Ok(())
}

pub fn find(tx: &mut Tx<'_>, site_id: &SiteId, id: &str) -> Result<Option<Run>> {
    let sql = sql!("select * from import_run where site_id = $1 and import_run_id = $2");
    tx.query_opt(sql, params![site_id, id])?.as_ref().map(run).transpose()
}

/// The runs of a site, the newest first.
pub fn list(tx: &mut Tx<'_>, site_id: &SiteId, skip: i64, rows: i64) -> Result<Vec<Run>> {
    let sql = sql!(
        "select * from import_run where site_id = $1
          order by started_at desc, import_run_id desc limit $2 offset $3"
    );
    tx.query(sql, params![site_id, rows, skip])?.iter().map(run).collect()
}

pub fn count(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<i64, DbError> {
    tx.query_one(sql!("select count(*) as n from import_run where site_id = $1"), params![site_id])?.get("n")
}

pub fn end(tx: &mut Tx<'_>, cx: &Cx, id: &str, ending: Ending, summary: &str) -> Result<(), DbError> {
    let sql = sql!(
        "update import_run set ended_at = $3, outcome = $4, summary = $5
          where site_id = $1 and import_run_id = $2"
    );
    tx.execute(sql, params![&cx.site_id, id, cx.at, ending.code(), summary])?;
    Ok(())
}

fn run(row: &Row) -> Result<Run> {
    let summary: Option<String> = row.get("summary")?;
    Ok(Run {
        asked: NewRun {
            id: row.get("import_run_id")?,
            what: row.get("what")?,
            file_name: row.get("file_name")?,
            size: row.get("size")?,
            page_address: row.get("page_address")?,
            column_code: row.get("column_code")?,
            publishes: row.get("publishes")?,
            by: row.get("started_by")?,
            by_name: row.get("started_by_name")?,
        },
        job: row.get("job_id")?,
        started_at: row.get("started_at")?,
        ended_at: row.get("ended_at")?,
        ending: row.get("outcome")?,
        summary: summary.map(|text| serde_json::from_str(&text)).transpose()?,
    })
}
