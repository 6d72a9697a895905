//! The rows of reconsiderations and lawsuits.

use kit_db::{DbError, Row, Tx, params, sql};
use rules::remedy::{RemedyKind, RemedyOutcome};

use super::{Entry, Listed};
use crate::{
    cx::Cx,
    error::Result,
    id::{DisclosureRequestId, RemedyId, SiteId},
    register::like,
    stored,
};

pub fn insert(tx: &mut Tx<'_>, cx: &Cx, id: &RemedyId, entry: &Entry) -> Result<(), DbError> {
    let sql = sql!(
        "insert into remedy
           (site_id, remedy_id, kind, after_reconsideration, number, organ_id, request_id, subject, body, filed_on,
            closed_on, outcome, note, created_at, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1)"
    );
    let values = params![
        &cx.site_id,
        id,
        entry.kind.code(),
        entry.after_reconsideration,
        &entry.number,
        &entry.organ_id,
        &entry.request_id,
        &entry.subject,
        &entry.body,
        entry.filed_on.to_string(),
        stored::kept(entry.closed_on),
        entry.outcome.code(),
        &entry.note,
        cx.at,
    ];
    tx.execute(sql, values)?;
    Ok(())
}

/// Gives the number of rows changed: none when the version is another.
pub fn update(tx: &mut Tx<'_>, cx: &Cx, id: &RemedyId, entry: &Entry, version: i64) -> Result<u64, DbError> {
    let sql = sql!(
        "update remedy
            set kind = $3, after_reconsideration = $4, number = $5, organ_id = $6, request_id = $7, subject = $8,
                body = $9, filed_on = $10, closed_on = $11, outcome = $12, note = $13, version = version + 1
          where site_id = $1 and remedy_id = $2 and version = $14"
    );
    let values = params![
        &cx.site_id,
        id,
        entry.kind.code(),
        entry.after_reconsideration,
        &entry.number,
        &entry.organ_id,
        &entry.request_id,
        &entry.subject,
        &entry.body,
        entry.filed_on.to_string(),
        stored::kept(entry.closed_on),
        entry.outcome.code(),
        &entry.note,
        version,
    ];
    tx.execute(sql, values)
}

/// Gives the number of rows deleted: none when the version is another.
pub fn delete(tx: &mut Tx<'_>, site_id: &SiteId, id: &RemedyId, version: i64) -> Result<u64, DbError> {
    let sql = sql!("delete from remedy where site_id = $1 and remedy_id = $2 and version = $3");
    tx.execute(sql, params![site_id, id, version])
}

pub fn by_id(tx: &mut Tx<'_>, site_id: &SiteId, id: &RemedyId) -> Result<Option<Listed>> {
    let sql = sql!(
        "select m.*, r.number as request_number from remedy m
           left join disclosure_request r on r.site_id = m.site_id and r.request_id = m.request_id
          where m.site_id = $1 and m.remedy_id = $2"
    );
    tx.query_opt(sql, params![site_id, id])?.as_ref().map(listed).transpose()
}

pub fn by_number(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    kind: RemedyKind,
    number: &str,
) -> Result<Option<Listed>> {
    let sql = sql!(
        "select m.*, r.number as request_number from remedy m
           left join disclosure_request r on r.site_id = m.site_id and r.request_id = m.request_id
          where m.site_id = $1 and m.kind = $2 and m.number = $3"
    );
    tx.query_opt(sql, params![site_id, kind.code(), number])?.as_ref().map(listed).transpose()
}

/// Numbers of the cases about a disclosure request.
pub fn of_request(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    id: &DisclosureRequestId,
) -> Result<Vec<String>, DbError> {
    let sql =
        sql!("select number from remedy where site_id = $1 and request_id = $2 order by filed_on, number");
    tx.query(sql, params![site_id, id])?.iter().map(|row| row.get("number")).collect()
}

/// Which remedies are wanted; empty texts and `None` narrow nothing.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Ids of organs between bars, as [`crate::register::Organs::within`].
    pub within: Option<String>,
    /// Brought from this day on.
    pub from: String,
    /// Brought up to this day.
    pub to: String,
    /// Kind.
    pub kind: String,
    /// Result.
    pub outcome: String,
    /// Part of the number, of the subject or of the body that decides.
    pub text: String,
    /// The order: a column's name, with `-` before it for the greatest first.
    pub sort: String,
}

/// A page of the register and how many there are in all.
pub fn page(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    filter: &Filter,
    (limit, offset): (i64, i64),
) -> Result<(Vec<Listed>, i64)> {
    let sql = sql!(
        "select m.*, r.number as request_number, count(*) over () as n_all from remedy m
           left join disclosure_request r on r.site_id = m.site_id and r.request_id = m.request_id
          where m.site_id = $1
            and (cast($2 as text) is null or $2 like '%|' || m.organ_id || '|%')
            and ($3 = '' or m.filed_on >= $3) and ($4 = '' or m.filed_on <= $4)
            and ($5 = '' or m.kind = $5) and ($6 = '' or m.outcome = $6)
            and (m.number like $7 escape '!' or m.subject like $7 escape '!' or m.body like $7 escape '!')
          order by case when $8 = 'number' then m.number when $8 = 'filed' then m.filed_on
                        when $8 = 'closed' then coalesce(m.closed_on, '') end,
                   case when $8 = '-number' then m.number when $8 = '-filed' then m.filed_on
                        when $8 = '-closed' then coalesce(m.closed_on, '') end desc,
                   m.number desc
          limit $9 offset $10"
    );
    let Filter { within, from, to, kind, outcome, text, sort } = filter;
    let values = params![site_id, within, from, to, kind, outcome, like(text), sort, limit, offset];
    let rows = tx.query(sql, values)?;
    let n_all = rows.first().map_or(Ok(0), |row| row.get("n_all"))?;
    Ok((rows.iter().map(listed).collect::<Result<_>>()?, n_all))
}

fn listed(row: &Row) -> Result<Listed> {
    let entry = Entry {
        kind: stored::coded(row, "kind", RemedyKind::from_code)?,
        after_reconsideration: row.get("after_reconsideration")?,
        number: row.get("number")?,
        organ_id: row.get("organ_id")?,
        request_id: row.get("request_id")?,
        subject: row.get("subject")?,
        body: row.get("body")?,
        filed_on: stored::day(row, "filed_on")?,
        closed_on: stored::optional_day(row, "closed_on")?,
        outcome: stored::coded(row, "outcome", RemedyOutcome::from_code)?,
        note: row.get("note")?,
    };
    Ok(Listed {
        id: row.get("remedy_id")?,
        entry,
        request_number: row.get("request_number")?,
        version: row.get("version")?,
    })
}
