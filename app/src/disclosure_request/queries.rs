//! The rows of disclosure requests.

use jiff::civil::Date;
use kit_db::{DbError, Row, Tx, params, sql};
use rules::{
    outcome::Outcome,
    request::{ApplicantKind, Complaint, Way},
};

use super::{Closing, Entry, Listed};
use crate::{
    cx::Cx,
    error::{Error, Result},
    id::{DisclosureRequestId, SiteId},
    register::like,
    stored,
};

pub fn insert(
    tx: &mut Tx<'_>,
    cx: &Cx,
    id: &DisclosureRequestId,
    entry: &Entry,
    due_on: Date,
) -> Result<(), DbError> {
    let sql = sql!(
        "insert into disclosure_request
           (site_id, request_id, number, organ_id, subject, applicant_kind, received_by, received_on, due_on,
            extended_on, handled_on, outcome, complaint, complained_on, corrected_on, fee_fen, created_at, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 1)"
    );
    let closing = entry.closing.as_ref();
    let values = params![
        &cx.site_id,
        id,
        &entry.number,
        &entry.organ_id,
        &entry.subject,
        entry.applicant.code(),
        entry.way.code(),
        entry.received_on.to_string(),
        due_on.to_string(),
        stored::kept(entry.extended_on),
        stored::kept(closing.map(|closing| closing.handled_on)),
        closing.map(|closing| closing.outcome.code),
        entry.complaint.code(),
        stored::kept(entry.complained_on),
        stored::kept(entry.corrected_on),
        entry.fee_fen,
        cx.at,
    ];
    tx.execute(sql, values)?;
    Ok(())
}

/// Gives the number of rows changed: none when the version is another.
pub fn update(
    tx: &mut Tx<'_>,
    cx: &Cx,
    id: &DisclosureRequestId,
    (entry, due_on): (&Entry, Date),
    version: i64,
) -> Result<u64, DbError> {
    let sql = sql!(
        "update disclosure_request
            set number = $3, organ_id = $4, subject = $5, applicant_kind = $6, received_by = $7, received_on = $8,
                due_on = $9, extended_on = $10, handled_on = $11, outcome = $12, complaint = $13, complained_on = $14,
                corrected_on = $15, fee_fen = $16, version = version + 1
          where site_id = $1 and request_id = $2 and version = $17"
    );
    let closing = entry.closing.as_ref();
    let values = params![
        &cx.site_id,
        id,
        &entry.number,
        &entry.organ_id,
        &entry.subject,
        entry.applicant.code(),
        entry.way.code(),
        entry.received_on.to_string(),
        due_on.to_string(),
        stored::kept(entry.extended_on),
        stored::kept(closing.map(|closing| closing.handled_on)),
        closing.map(|closing| closing.outcome.code),
        entry.complaint.code(),
        stored::kept(entry.complained_on),
        stored::kept(entry.corrected_on),
        entry.fee_fen,
        version,
    ];
    tx.execute(sql, values)
}

/// Gives the number of rows deleted: none when the version is another.
pub fn delete(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    id: &DisclosureRequestId,
    version: i64,
) -> Result<u64, DbError> {
    let sql = sql!("delete from disclosure_request where site_id = $1 and request_id = $2 and version = $3");
    tx.execute(sql, params![site_id, id, version])
}

pub fn by_id(tx: &mut Tx<'_>, site_id: &SiteId, id: &DisclosureRequestId) -> Result<Option<Listed>> {
    let sql = sql!("select * from disclosure_request where site_id = $1 and request_id = $2");
    tx.query_opt(sql, params![site_id, id])?.as_ref().map(listed).transpose()
}

pub fn by_number(tx: &mut Tx<'_>, site_id: &SiteId, number: &str) -> Result<Option<Listed>> {
    let sql = sql!("select * from disclosure_request where site_id = $1 and number = $2");
    tx.query_opt(sql, params![site_id, number])?.as_ref().map(listed).transpose()
}

/// Requests that are not answered yet, in the order of their receipt.
pub fn open(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<Vec<Listed>> {
    let sql = sql!(
        "select * from disclosure_request where site_id = $1 and handled_on is null order by received_on, number"
    );
    tx.query(sql, params![site_id])?.iter().map(listed).collect()
}

/// Moves the last day of a request.
pub fn set_due(tx: &mut Tx<'_>, cx: &Cx, id: &DisclosureRequestId, due_on: Date) -> Result<(), DbError> {
    let sql = sql!("update disclosure_request set due_on = $3 where site_id = $1 and request_id = $2");
    tx.execute(sql, params![&cx.site_id, id, due_on.to_string()])?;
    Ok(())
}

/// A number that nobody has yet: the year and one more than the requests received in it.
pub fn free_number(tx: &mut Tx<'_>, site_id: &SiteId, year: i16) -> Result<String> {
    let sql = sql!("select count(*) as n from disclosure_request where site_id = $1 and received_on like $2");
    let mut serial: i64 = tx.query_one(sql, params![site_id, format!("{year}-%")])?.get("n")?;
    loop {
        serial += 1;
        let number = format!("{year}-{serial:04}");
        if by_number(tx, site_id, &number)?.is_none() {
            return Ok(number);
        }
    }
}

/// Which requests are wanted; empty texts and `None` narrow nothing.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Ids of organs between bars, as [`crate::register::Organs::within`].
    pub within: Option<String>,
    /// Received from this day on.
    pub from: String,
    /// Received up to this day.
    pub to: String,
    /// Kind of applicant.
    pub applicant: String,
    /// Result.
    pub outcome: String,
    /// Code of a [`super::Standing`].
    pub standing: String,
    /// Code of a complaint's state; `any` is every complaint.
    pub complaint: String,
    /// Part of the number or of the subject.
    pub text: String,
    /// The order: a column's name, with `-` before it for the greatest first.
    pub sort: String,
}

/// A page of the register and how many there are in all; `today` tells what is overdue.
pub fn page(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    filter: &Filter,
    today: Date,
    (limit, offset): (i64, i64),
) -> Result<(Vec<Listed>, i64)> {
    let sql = sql!(
        "select r.*, count(*) over () as n_all from disclosure_request r
          where r.site_id = $1
            and (cast($2 as text) is null or $2 like '%|' || r.organ_id || '|%')
            and ($3 = '' or r.received_on >= $3) and ($4 = '' or r.received_on <= $4)
            and ($5 = '' or r.applicant_kind = $5) and ($6 = '' or r.outcome = $6)
            and ($7 = '' or $7 = case when r.handled_on > r.due_on then 'late' when r.handled_on is not null then 'on_time'
                                      when r.due_on < $8 then 'overdue' else 'open' end)
            and ($9 = '' or r.complaint = $9 or ($9 = 'any' and r.complaint <> 'none'))
            and (r.number like $10 escape '!' or r.subject like $10 escape '!')
          order by case when $11 = 'number' then r.number when $11 = 'received' then r.received_on
                        when $11 = 'due' then r.due_on when $11 = 'handled' then coalesce(r.handled_on, '') end,
                   case when $11 = '-number' then r.number when $11 = '-received' then r.received_on
                        when $11 = '-due' then r.due_on when $11 = '-handled' then coalesce(r.handled_on, '') end desc,
                   r.number desc
          limit $12 offset $13"
    );
    let Filter { within, from, to, applicant, outcome, standing, complaint, text, sort } = filter;
    let (today, text) = (today.to_string(), like(text));
    let values = params![
        site_id, within, from, to, applicant, outcome, standing, today, complaint, text, sort, limit, offset
    ];
    let rows = tx.query(sql, values)?;
    let n_all = rows.first().map_or(Ok(0), |row| row.get("n_all"))?;
    Ok((rows.iter().map(listed).collect::<Result<_>>()?, n_all))
}

fn listed(row: &Row) -> Result<Listed> {
    let missing = |column: &str| Error::Unexpected(anyhow::anyhow!("disclosure_request.{column} is missing"));
    let handled_on = stored::optional_day(row, "handled_on")?;
    let outcome = stored::optional_coded(row, "outcome", Outcome::from_code)?;
    let closing = match (handled_on, outcome) {
        (Some(handled_on), Some(outcome)) => Some(Closing { handled_on, outcome }),
        (None, None) => None,
        (Some(_), None) => return Err(missing("outcome")),
        (None, Some(_)) => return Err(missing("handled_on")),
    };
    let entry = Entry {
        number: row.get("number")?,
        organ_id: row.get("organ_id")?,
        subject: row.get("subject")?,
        applicant: stored::coded(row, "applicant_kind", ApplicantKind::from_code)?,
        way: stored::coded(row, "received_by", Way::from_code)?,
        received_on: stored::day(row, "received_on")?,
        extended_on: stored::optional_day(row, "extended_on")?,
        closing,
        complaint: stored::coded(row, "complaint", Complaint::from_code)?,
        complained_on: stored::optional_day(row, "complained_on")?,
        corrected_on: stored::optional_day(row, "corrected_on")?,
        fee_fen: row.get("fee_fen")?,
    };
    Ok(Listed {
        id: row.get("request_id")?,
        entry,
        due_on: stored::day(row, "due_on")?,
        version: row.get("version")?,
    })
}
