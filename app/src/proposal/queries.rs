//! The rows of suggestions and proposals and of the organs that handle them.

use std::collections::HashMap;

use jiff::civil::Date;
use kit_db::{DbError, Row, Tx, Value, params, sql};
use rules::proposal::{Part, ProposalKind, Rating, ReplyClass};

use super::{Assignment, Course, Entry, Listed, Reply};
use crate::{
    cx::Cx,
    error::{Error, Result},
    id::{OrganId, ProposalId, SiteId},
    register::like,
    stored,
};

/// Entries whose handlers are read at once.
const AT_ONCE: usize = 50;

pub fn insert(tx: &mut Tx<'_>, cx: &Cx, id: &ProposalId, course: &Course) -> Result<(), DbError> {
    let sql = sql!(
        "insert into proposal
           (site_id, proposal_id, kind, session, number, title, body, field, proposer, received_on, assigned_on, due_on,
            replied_on, reply_number, reply_class, reply_summary, reply_document_id, rating, created_at, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, 1)"
    );
    let mut values = values(&cx.site_id, id, course);
    values.push(cx.at.into());
    tx.execute(sql, &values)?;
    Ok(())
}

/// Gives the number of rows changed: none when the version is another.
pub fn update(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    id: &ProposalId,
    course: &Course,
    version: i64,
) -> Result<u64, DbError> {
    let sql = sql!(
        "update proposal
            set kind = $3, session = $4, number = $5, title = $6, body = $7, field = $8, proposer = $9,
                received_on = $10, assigned_on = $11, due_on = $12, replied_on = $13, reply_number = $14,
                reply_class = $15, reply_summary = $16, reply_document_id = $17, rating = $18, version = version + 1
          where site_id = $1 and proposal_id = $2 and version = $19"
    );
    let mut values = values(site_id, id, course);
    values.push(version.into());
    tx.execute(sql, &values)
}

/// The first eighteen values of [`insert`] and [`update`].
fn values(site_id: &SiteId, id: &ProposalId, course: &Course) -> Vec<Value> {
    let Course { entry, assignment, reply, rating } = course;
    let assignment = assignment.as_ref();
    let reply = reply.as_ref();
    params![
        site_id,
        id,
        entry.kind.code(),
        &entry.session,
        &entry.number,
        &entry.title,
        &entry.body,
        &entry.field,
        &entry.proposer,
        entry.received_on.to_string(),
        stored::kept(assignment.map(|given| given.assigned_on)),
        stored::kept(assignment.and_then(Assignment::due_on)),
        stored::kept(reply.map(|reply| reply.replied_on)),
        reply.map(|reply| reply.number.clone()).unwrap_or_default(),
        reply.map(|reply| reply.class.code()),
        reply.map(|reply| reply.summary.clone()).unwrap_or_default(),
        reply.and_then(|reply| reply.document_id.clone()),
        rating.map(Rating::code),
    ]
    .to_vec()
}

/// Gives the number of rows deleted: none when the version is another.
pub fn delete(tx: &mut Tx<'_>, site_id: &SiteId, id: &ProposalId, version: i64) -> Result<u64, DbError> {
    let sql = sql!("delete from proposal where site_id = $1 and proposal_id = $2 and version = $3");
    tx.execute(sql, params![site_id, id, version])
}

pub fn insert_handlers(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    id: &ProposalId,
    assignment: Option<&Assignment>,
) -> Result<(), DbError> {
    let sql =
        sql!("insert into proposal_handler (site_id, proposal_id, organ_id, part) values ($1, $2, $3, $4)");
    let Some(Assignment { leads, co_handlers, .. }) = assignment else { return Ok(()) };
    let leads = leads.iter().map(|organ| (organ, Part::Lead));
    for (organ, part) in leads.chain(co_handlers.iter().map(|organ| (organ, Part::CoHandler))) {
        tx.execute(sql, params![site_id, id, organ, part.code()])?;
    }
    Ok(())
}

pub fn delete_handlers(tx: &mut Tx<'_>, site_id: &SiteId, id: &ProposalId) -> Result<(), DbError> {
    let sql = sql!("delete from proposal_handler where site_id = $1 and proposal_id = $2");
    tx.execute(sql, params![site_id, id])?;
    Ok(())
}

pub fn by_id(tx: &mut Tx<'_>, site_id: &SiteId, id: &ProposalId) -> Result<Option<Listed>> {
    let sql = sql!("select * from proposal where site_id = $1 and proposal_id = $2");
    let row = tx.query_opt(sql, params![site_id, id])?;
    row.map(|row| one(tx, site_id, &row)).transpose()
}

/// The entry of the same kind, session and number.
pub fn by_number(tx: &mut Tx<'_>, site_id: &SiteId, entry: &Entry) -> Result<Option<Listed>> {
    let sql =
        sql!("select * from proposal where site_id = $1 and kind = $2 and session = $3 and number = $4");
    let Entry { kind, session, number, .. } = entry;
    let row = tx.query_opt(sql, params![site_id, kind.code(), session, number])?;
    row.map(|row| one(tx, site_id, &row)).transpose()
}

fn one(tx: &mut Tx<'_>, site_id: &SiteId, row: &Row) -> Result<Listed> {
    let mut handlers = handlers(tx, site_id, &[row.get("proposal_id")?])?;
    listed(row, &mut handlers)
}

/// Which entries are wanted; empty texts and `None` narrow nothing.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Ids of handling organs between bars, as [`crate::register::Organs::within`].
    pub within: Option<String>,
    /// Received from this day on.
    pub from: String,
    /// Received up to this day.
    pub to: String,
    /// Kind.
    pub kind: String,
    /// Code of a [`super::Standing`].
    pub standing: String,
    /// Class of the reply.
    pub class: String,
    /// Rating.
    pub rating: String,
    /// Part of the number, the title, the session or the proposer.
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
        "select p.*, count(*) over () as n_all from proposal p
          where p.site_id = $1
            and (cast($2 as text) is null or exists (
                  select 1 from proposal_handler h where h.site_id = $1 and h.proposal_id = p.proposal_id
                                                     and $2 like '%|' || h.organ_id || '|%'))
            and ($3 = '' or p.received_on >= $3) and ($4 = '' or p.received_on <= $4) and ($5 = '' or p.kind = $5)
            and ($6 = '' or $6 = case when p.rating = 'dissatisfied' then 'again' when p.replied_on > p.due_on then 'late'
                                      when p.replied_on is not null then 'on_time' when p.assigned_on is null then 'unassigned'
                                      when p.due_on < $7 then 'overdue' else 'open' end)
            and ($8 = '' or p.reply_class = $8) and ($9 = '' or p.rating = $9)
            and (p.number like $10 escape '!' or p.title like $10 escape '!' or p.session like $10 escape '!'
                 or p.proposer like $10 escape '!')
          order by case when $11 = 'number' then p.number when $11 = 'received' then p.received_on
                        when $11 = 'due' then coalesce(p.due_on, '') when $11 = 'replied' then coalesce(p.replied_on, '') end,
                   case when $11 = '-number' then p.number when $11 = '-received' then p.received_on
                        when $11 = '-due' then coalesce(p.due_on, '') when $11 = '-replied' then coalesce(p.replied_on, '')
                   end desc,
                   p.received_on desc, p.number, p.proposal_id
          limit $12 offset $13"
    );
    let Filter { within, from, to, kind, standing, class, rating, text, sort } = filter;
    let (today, text) = (today.to_string(), like(text));
    let values =
        params![site_id, within, from, to, kind, standing, today, class, rating, text, sort, limit, offset];
    let rows = tx.query(sql, values)?;
    let n_all = rows.first().map_or(Ok(0), |row| row.get("n_all"))?;
    let ids = rows.iter().map(|row| row.get("proposal_id")).collect::<Result<Vec<_>, _>>()?;
    let mut handlers = handlers(tx, site_id, &ids)?;
    Ok((rows.iter().map(|row| listed(row, &mut handlers)).collect::<Result<_>>()?, n_all))
}

/// What reports print of a part of the register.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Received.
    pub n_received: i64,
    /// Assigned.
    pub n_assigned: i64,
    /// Replied to.
    pub n_replied: i64,
    /// Replied to by the last day.
    pub n_in_time: i64,
    /// Rated satisfied, mostly satisfied, dissatisfied.
    pub n_rated: (i64, i64, i64),
}

/// The totals of what was received between two days, of one kind or of both, handled within some organs or at all.
pub fn totals(tx: &mut Tx<'_>, site_id: &SiteId, filter: &Filter) -> Result<Totals, DbError> {
    let sql = sql!(
        "select count(*) as n_received, count(p.assigned_on) as n_assigned, count(p.replied_on) as n_replied,
                count(case when p.replied_on <= p.due_on then 1 end) as n_in_time,
                count(case when p.rating = 'satisfied' then 1 end) as n_satisfied,
                count(case when p.rating = 'mostly_satisfied' then 1 end) as n_mostly,
                count(case when p.rating = 'dissatisfied' then 1 end) as n_dissatisfied
           from proposal p
          where p.site_id = $1
            and (cast($2 as text) is null or exists (
                  select 1 from proposal_handler h where h.site_id = $1 and h.proposal_id = p.proposal_id
                                                     and $2 like '%|' || h.organ_id || '|%'))
            and ($3 = '' or p.received_on >= $3) and ($4 = '' or p.received_on <= $4) and ($5 = '' or p.kind = $5)"
    );
    let Filter { within, from, to, kind, .. } = filter;
    let row = tx.query_one(sql, params![site_id, within, from, to, kind])?;
    Ok(Totals {
        n_received: row.get("n_received")?,
        n_assigned: row.get("n_assigned")?,
        n_replied: row.get("n_replied")?,
        n_in_time: row.get("n_in_time")?,
        n_rated: (row.get("n_satisfied")?, row.get("n_mostly")?, row.get("n_dissatisfied")?),
    })
}

/// Lead and co-handling organs of each entry.
type Handlers = HashMap<ProposalId, (Vec<OrganId>, Vec<OrganId>)>;

fn handlers(tx: &mut Tx<'_>, site_id: &SiteId, ids: &[ProposalId]) -> Result<Handlers> {
    let sql = sql!(
        "select proposal_id, organ_id, part from proposal_handler
          where site_id = $1 and $2 like '%|' || proposal_id || '|%'
          order by proposal_id, organ_id"
    );
    let mut found = Handlers::new();
    for some in ids.chunks(AT_ONCE) {
        let ids: Vec<&str> = some.iter().map(|id| id.0.as_str()).collect();
        for row in tx.query(sql, params![site_id, format!("|{}|", ids.join("|"))])? {
            let (leads, co_handlers) = found.entry(row.get("proposal_id")?).or_default();
            match stored::coded(&row, "part", Part::from_code)? {
                Part::Lead => leads.push(row.get("organ_id")?),
                Part::CoHandler => co_handlers.push(row.get("organ_id")?),
            }
        }
    }
    Ok(found)
}

fn listed(row: &Row, handlers: &mut Handlers) -> Result<Listed> {
    let id: ProposalId = row.get("proposal_id")?;
    let (leads, co_handlers) = handlers.remove(&id).unwrap_or_default();
    let assigned_on = stored::optional_day(row, "assigned_on")?;
    let entry = Entry {
        kind: stored::coded(row, "kind", ProposalKind::from_code)?,
        session: row.get("session")?,
        number: row.get("number")?,
        title: row.get("title")?,
        body: row.get("body")?,
        field: row.get("field")?,
        proposer: row.get("proposer")?,
        received_on: stored::day(row, "received_on")?,
    };
    let course = Course {
        entry,
        assignment: assigned_on.map(|assigned_on| Assignment { assigned_on, leads, co_handlers }),
        reply: reply(row)?,
        rating: stored::optional_coded(row, "rating", Rating::from_code)?,
    };
    Ok(Listed { id, course, due_on: stored::optional_day(row, "due_on")?, version: row.get("version")? })
}

fn reply(row: &Row) -> Result<Option<Reply>> {
    let Some(replied_on) = stored::optional_day(row, "replied_on")? else { return Ok(None) };
    let class = stored::optional_coded(row, "reply_class", ReplyClass::from_code)?;
    let missing = || Error::Unexpected(anyhow::anyhow!("proposal.reply_class is missing"));
    Ok(Some(Reply {
        replied_on,
        number: row.get("reply_number")?,
        class: class.ok_or_else(missing)?,
        summary: row.get("reply_summary")?,
        document_id: row.get("reply_document_id")?,
    }))
}
