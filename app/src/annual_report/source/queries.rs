//! The ids behind each counted measure, and lines for the records of each register. Of the ids `$1` is the site, `$2` the organ (empty for all), `$3` and `$4` the first and the last
//! day, `$5` and `$6` length and beginning of the window.

use std::collections::HashMap;

use kit_db::{DbError, Row, Sql, Tx, Value, params, sql};

use super::{Line, Register, Window};
use crate::{annual_report::count::Scope, id::SiteId};

/// Of which site, scope and window.
#[derive(Debug, Clone, Copy)]
pub struct Of<'a> {
    /// The site.
    pub site_id: &'a SiteId,
    /// The scope.
    pub scope: &'a Scope,
    /// The window.
    pub window: Window,
}

fn read(tx: &mut Tx<'_>, sql: Sql, of: Of<'_>, further: &[&str]) -> Result<Vec<String>, DbError> {
    let mut params: Vec<Value> = vec![
        of.site_id.into(),
        of.scope.organ_id.as_str().into(),
        of.scope.first_on().into(),
        of.scope.last_on().into(),
        of.window.limit.into(),
        of.window.offset.into(),
    ];
    params.extend(further.iter().map(|text| Value::from(*text)));
    tx.query(sql, &params)?.iter().map(|row| row.get("id")).collect()
}

pub fn documents(tx: &mut Tx<'_>, of: Of<'_>) -> Result<Vec<String>, DbError> {
    let sql = sql!(
        "select d.document_id as id from document d
          where d.site_id = $1 and d.state = 'live' and d.listed_on between $3 and $4 and ($2 = '' or d.responsible_organ_id = $2)
          order by d.listed_on, d.document_id limit $5 offset $6"
    );
    read(tx, sql, of, &[])
}

pub fn documents_of_types(tx: &mut Tx<'_>, of: Of<'_>, types: &str) -> Result<Vec<String>, DbError> {
    let sql = sql!(
        "select d.document_id as id from document d
          where d.site_id = $1 and d.state = 'live' and d.listed_on between $3 and $4 and ($2 = '' or d.responsible_organ_id = $2)
            and $7 like '%|' || d.content_type || '|%'
          order by d.listed_on, d.document_id limit $5 offset $6"
    );
    read(tx, sql, of, &[types])
}

pub fn documents_of_key_areas(tx: &mut Tx<'_>, of: Of<'_>) -> Result<Vec<String>, DbError> {
    let sql = sql!(
        "select d.document_id as id from document d
           join site_column c on c.site_id = d.site_id and c.column_id = d.column_id and c.key_area is not null
          where d.site_id = $1 and d.state = 'live' and d.listed_on between $3 and $4 and ($2 = '' or d.responsible_organ_id = $2)
          order by d.listed_on, d.document_id limit $5 offset $6"
    );
    read(tx, sql, of, &[])
}

pub fn interpreted(tx: &mut Tx<'_>, of: Of<'_>, types: &str) -> Result<Vec<String>, DbError> {
    let sql = sql!(
        "select d.document_id as id from document d
          where d.site_id = $1 and d.state = 'live' and d.listed_on between $3 and $4 and ($2 = '' or d.responsible_organ_id = $2)
            and $7 like '%|' || d.content_type || '|%'
            and exists (select 1 from document_link l
                          join document i on i.site_id = l.site_id and i.document_id = l.from_document_id
                         where l.site_id = d.site_id and l.to_document_id = d.document_id and l.kind = 'interprets'
                           and i.state = 'live')
          order by d.listed_on, d.document_id limit $5 offset $6"
    );
    read(tx, sql, of, &[types])
}

pub fn items(tx: &mut Tx<'_>, of: Of<'_>) -> Result<Vec<String>, DbError> {
    let sql = sql!(
        "select item_id as id from service_item
          where site_id = $1 and entered_on <= $4 and (ended_on is null or ended_on > $4)
            and ($2 = '' or organ_id = $2) and $3 <= $4
          order by code limit $5 offset $6"
    );
    read(tx, sql, of, &[])
}

pub fn service_units(tx: &mut Tx<'_>, of: Of<'_>) -> Result<Vec<String>, DbError> {
    let sql = sql!(
        "select organ_id as id from service_item
          where site_id = $1 and entered_on <= $4 and (ended_on is null or ended_on > $4)
            and ($2 = '' or organ_id = $2) and $3 <= $4
          group by organ_id order by organ_id limit $5 offset $6"
    );
    read(tx, sql, of, &[])
}

pub fn cases(tx: &mut Tx<'_>, of: Of<'_>, route: &str, handling: &str) -> Result<Vec<String>, DbError> {
    let sql = sql!(
        "select case_id as id from service_case
          where site_id = $1 and accepted_on between $3 and $4 and ($2 = '' or organ_id = $2)
            and route = $7 and ($8 = '' or handling = $8)
          order by accepted_on, case_id limit $5 offset $6"
    );
    read(tx, sql, of, &[route, handling])
}

pub fn board_organs(tx: &mut Tx<'_>, of: Of<'_>, kinds: &str) -> Result<Vec<String>, DbError> {
    let sql = sql!(
        "select p.organ_id as id from notice_place p
           join organ o on o.site_id = p.site_id and o.organ_id = p.organ_id
          where p.site_id = $1 and p.kind = 'board' and p.set_up_on <= $4 and $3 <= $4
            and (p.removed_on is null or p.removed_on > $4) and ($2 = '' or p.organ_id = $2)
            and $7 like '%|' || o.kind || '|%'
          group by p.organ_id order by p.organ_id limit $5 offset $6"
    );
    read(tx, sql, of, &[kinds])
}

pub fn places(tx: &mut Tx<'_>, of: Of<'_>, kind: &str) -> Result<Vec<String>, DbError> {
    let sql = sql!(
        "select place_id as id from notice_place
          where site_id = $1 and kind = $7 and set_up_on <= $4 and $3 <= $4
            and (removed_on is null or removed_on > $4) and ($2 = '' or organ_id = $2)
          order by set_up_on, place_id limit $5 offset $6"
    );
    read(tx, sql, of, &[kind])
}

pub fn trainings(tx: &mut Tx<'_>, of: Of<'_>, kind: &str) -> Result<Vec<String>, DbError> {
    let sql = sql!(
        "select t.training_id as id from training t
          where t.site_id = $1 and t.kind = $7 and t.held_on between $3 and $4
            and ($2 = '' or t.host_organ_id = $2
                 or exists (select 1 from training_participant p
                             where p.site_id = t.site_id and p.training_id = t.training_id and p.attended
                               and p.organ_id = $2))
          order by t.held_on, t.training_id limit $5 offset $6"
    );
    read(tx, sql, of, &[kind])
}

pub fn participants(tx: &mut Tx<'_>, of: Of<'_>, kind: &str) -> Result<Vec<String>, DbError> {
    let sql = sql!(
        "select p.participant_id as id from training t
           join training_participant p on p.site_id = t.site_id and p.training_id = t.training_id and p.attended
          where t.site_id = $1 and t.kind = $7 and t.held_on between $3 and $4 and ($2 = '' or p.organ_id = $2)
          order by t.held_on, p.participant_id limit $5 offset $6"
    );
    read(tx, sql, of, &[kind])
}

pub fn training_units(tx: &mut Tx<'_>, of: Of<'_>, kind: &str) -> Result<Vec<String>, DbError> {
    let sql = sql!(
        "select p.organ_id as id from training t
           join training_participant p on p.site_id = t.site_id and p.training_id = t.training_id and p.attended
          where t.site_id = $1 and t.kind = $7 and t.held_on between $3 and $4 and ($2 = '' or p.organ_id = $2)
          group by p.organ_id order by p.organ_id limit $5 offset $6"
    );
    read(tx, sql, of, &[kind])
}

pub fn requests_received(tx: &mut Tx<'_>, of: Of<'_>) -> Result<Vec<String>, DbError> {
    let sql = sql!(
        "select request_id as id from disclosure_request
          where site_id = $1 and received_on between $3 and $4 and ($2 = '' or organ_id = $2)
          order by received_on, request_id limit $5 offset $6"
    );
    read(tx, sql, of, &[])
}

pub fn requests_handled(tx: &mut Tx<'_>, of: Of<'_>) -> Result<Vec<String>, DbError> {
    let sql = sql!(
        "select request_id as id from disclosure_request
          where site_id = $1 and handled_on between $3 and $4 and ($2 = '' or organ_id = $2)
          order by received_on, request_id limit $5 offset $6"
    );
    read(tx, sql, of, &[])
}

pub fn requests_corrected(tx: &mut Tx<'_>, of: Of<'_>) -> Result<Vec<String>, DbError> {
    let sql = sql!(
        "select request_id as id from disclosure_request
          where site_id = $1 and corrected_on between $3 and $4 and complained_on is not null and ($2 = '' or organ_id = $2)
          order by received_on, request_id limit $5 offset $6"
    );
    read(tx, sql, of, &[])
}

pub fn remedies(tx: &mut Tx<'_>, of: Of<'_>, kind: &str) -> Result<Vec<String>, DbError> {
    let sql = sql!(
        "select remedy_id as id from remedy
          where site_id = $1 and kind = $7 and filed_on between $3 and $4 and ($2 = '' or organ_id = $2)
          order by filed_on, remedy_id limit $5 offset $6"
    );
    read(tx, sql, of, &[kind])
}

/// Articles of the year; `of_a_record` only those that pass on a record of the website.
pub fn articles(tx: &mut Tx<'_>, of: Of<'_>, of_a_record: bool) -> Result<Vec<String>, DbError> {
    let sql = sql!(
        "select article_id as id from wechat_article
          where site_id = $1 and published_on between $3 and $4 and withdrawn_on is null
            and ($2 = '' or organ_id = $2) and ($7 = '' or document_id is not null)
          order by published_on, article_id limit $5 offset $6"
    );
    read(tx, sql, of, &[if of_a_record { "of_a_record" } else { "" }])
}

/// Suggestions and proposals; `replied` only those that have a reply.
pub fn proposals(tx: &mut Tx<'_>, of: Of<'_>, kind: &str, replied: bool) -> Result<Vec<String>, DbError> {
    let sql = sql!(
        "select p.proposal_id as id from proposal p
          where p.site_id = $1 and p.received_on between $3 and $4 and ($7 = '' or p.kind = $7)
            and ($8 = '' or p.replied_on is not null)
            and ($2 = '' or exists (select 1 from proposal_handler h
                                     where h.site_id = p.site_id and h.proposal_id = p.proposal_id and h.organ_id = $2))
          order by p.received_on, p.proposal_id limit $5 offset $6"
    );
    read(tx, sql, of, &[kind, if replied { "replied" } else { "" }])
}

pub fn money(tx: &mut Tx<'_>, of: Of<'_>, kind: &str) -> Result<Vec<String>, DbError> {
    let sql = sql!(
        "select entry_id as id from finance_entry
          where site_id = $1 and year = $2 and kind = $3 and ($4 = '' or organ_id = $4)
          order by booked_on, entry_id limit $5 offset $6"
    );
    let Of { site_id, scope, window } = of;
    let params = params![site_id, scope.year, kind, scope.organ_id.as_str(), window.limit, window.offset];
    tx.query(sql, params)?.iter().map(|row| row.get("id")).collect()
}

/// How many records one statement gives lines for.
const AT_ONCE: usize = 500;
/// Length of an id (a UUID). A list of ids is given to a statement as one text, which every database can cut into pieces and
/// look up by the key of the table.
const ID_LENGTH: usize = 36;

/// The lines of records of one register by their ids; what is gone is not among them.
pub fn lines(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    register: Register,
    ids: &[&str],
) -> Result<HashMap<String, Line>, DbError> {
    // What has another length comes alone.
    let (long, odd): (Vec<&str>, Vec<&str>) = ids.iter().partition(|id| id.chars().count() == ID_LENGTH);
    let mut found = HashMap::new();
    for some in long.chunks(AT_ONCE).chain(odd.chunks(1)) {
        for row in tx.query(lines_of(register), params![site_id, some.concat()])? {
            let line = line(&row)?;
            found.entry(line.id.clone()).or_insert(line);
        }
    }
    Ok(found)
}

fn line(row: &Row) -> Result<Line, DbError> {
    Ok(Line {
        id: row.get("id")?,
        title: row.get("title")?,
        organ: row.get::<Option<String>>("organ")?.unwrap_or_default(),
        on: row.get::<Option<String>>("day")?.unwrap_or_default(),
        note: row.get::<Option<String>>("note")?.unwrap_or_default(),
    })
}

/// The statement that gives id, title, organ, day and note of records of a register; `$1` is the site, `$2` the ids.
fn lines_of(register: Register) -> Sql {
    match register {
        Register::Document => lines_of_document(),
        Register::Article => lines_of_article(),
        Register::Item => lines_of_item(),
        Register::Case => lines_of_case(),
        Register::Organ => lines_of_organ(),
        Register::Place => lines_of_place(),
        Register::Training => lines_of_training(),
        Register::Participant => lines_of_participant(),
        Register::Request => lines_of_request(),
        Register::Remedy => lines_of_remedy(),
        Register::Proposal => lines_of_proposal(),
        Register::Money => lines_of_money(),
    }
}

fn lines_of_document() -> Sql {
    sql!(
        "with recursive wanted (n, id) as (
           select 1, substr(cast($2 as text), 1, 36)
           union all select n + 1, substr($2, n * 36 + 1, 36) from wanted where n * 36 < length($2))
         select w.id, e.title, e.issuing_organ as organ, d.listed_on as day, d.index_number as note
           from wanted w
           join document d on d.site_id = $1 and d.document_id = w.id
           join edition e on e.site_id = d.site_id and e.document_id = d.document_id
           where e.number = (select max(x.number) from edition x
                             where x.site_id = d.site_id and x.document_id = d.document_id and x.state <> 'draft')"
    )
}

fn lines_of_article() -> Sql {
    sql!(
        "with recursive wanted (n, id) as (
           select 1, substr(cast($2 as text), 1, 36)
           union all select n + 1, substr($2, n * 36 + 1, 36) from wanted where n * 36 < length($2))
         select w.id, x.title as title, n.name as organ, x.published_on as day, x.account as note
           from wanted w
           join wechat_article x on x.site_id = $1 and x.article_id = w.id
           left join organ_name n on n.site_id = x.site_id and n.organ_id = x.organ_id and n.to_on is null"
    )
}

fn lines_of_item() -> Sql {
    sql!(
        "with recursive wanted (n, id) as (
           select 1, substr(cast($2 as text), 1, 36)
           union all select n + 1, substr($2, n * 36 + 1, 36) from wanted where n * 36 < length($2))
         select w.id, x.name as title, n.name as organ, x.entered_on as day, x.code as note
           from wanted w
           join service_item x on x.site_id = $1 and x.item_id = w.id
           left join organ_name n on n.site_id = x.site_id and n.organ_id = x.organ_id and n.to_on is null"
    )
}

fn lines_of_place() -> Sql {
    sql!(
        "with recursive wanted (n, id) as (
           select 1, substr(cast($2 as text), 1, 36)
           union all select n + 1, substr($2, n * 36 + 1, 36) from wanted where n * 36 < length($2))
         select w.id, x.name as title, n.name as organ, x.set_up_on as day, x.place as note
           from wanted w
           join notice_place x on x.site_id = $1 and x.place_id = w.id
           left join organ_name n on n.site_id = x.site_id and n.organ_id = x.organ_id and n.to_on is null"
    )
}

fn lines_of_training() -> Sql {
    sql!(
        "with recursive wanted (n, id) as (
           select 1, substr(cast($2 as text), 1, 36)
           union all select n + 1, substr($2, n * 36 + 1, 36) from wanted where n * 36 < length($2))
         select w.id, x.title as title, n.name as organ, x.held_on as day, x.place as note
           from wanted w
           join training x on x.site_id = $1 and x.training_id = w.id
           left join organ_name n on n.site_id = x.site_id and n.organ_id = x.host_organ_id and n.to_on is null"
    )
}

fn lines_of_request() -> Sql {
    sql!(
        "with recursive wanted (n, id) as (
           select 1, substr(cast($2 as text), 1, 36)
           union all select n + 1, substr($2, n * 36 + 1, 36) from wanted where n * 36 < length($2))
         select w.id, x.subject as title, n.name as organ, x.received_on as day, x.number as note
           from wanted w
           join disclosure_request x on x.site_id = $1 and x.request_id = w.id
           left join organ_name n on n.site_id = x.site_id and n.organ_id = x.organ_id and n.to_on is null"
    )
}

fn lines_of_remedy() -> Sql {
    sql!(
        "with recursive wanted (n, id) as (
           select 1, substr(cast($2 as text), 1, 36)
           union all select n + 1, substr($2, n * 36 + 1, 36) from wanted where n * 36 < length($2))
         select w.id, x.subject as title, n.name as organ, x.filed_on as day, x.number as note
           from wanted w
           join remedy x on x.site_id = $1 and x.remedy_id = w.id
           left join organ_name n on n.site_id = x.site_id and n.organ_id = x.organ_id and n.to_on is null"
    )
}

fn lines_of_case() -> Sql {
    sql!(
        "with recursive wanted (n, id) as (
           select 1, substr(cast($2 as text), 1, 36)
           union all select n + 1, substr($2, n * 36 + 1, 36) from wanted where n * 36 < length($2))
         select w.id, coalesce(i.name, x.number) as title, n.name as organ, x.accepted_on as day, x.number as note
           from wanted w
           join service_case x on x.site_id = $1 and x.case_id = w.id
           left join service_item i on i.site_id = x.site_id and i.item_id = x.item_id
           left join organ_name n on n.site_id = x.site_id and n.organ_id = x.organ_id and n.to_on is null"
    )
}

fn lines_of_organ() -> Sql {
    sql!(
        "with recursive wanted (n, id) as (
           select 1, substr(cast($2 as text), 1, 36)
           union all select n + 1, substr($2, n * 36 + 1, 36) from wanted where n * 36 < length($2))
         select w.id, n.name as title, n.name as organ, o.valid_from_on as day, o.code as note
           from wanted w
           join organ o on o.site_id = $1 and o.organ_id = w.id
           join organ_name n on n.site_id = o.site_id and n.organ_id = o.organ_id and n.to_on is null"
    )
}

fn lines_of_participant() -> Sql {
    sql!(
        "with recursive wanted (n, id) as (
           select 1, substr(cast($2 as text), 1, 36)
           union all select n + 1, substr($2, n * 36 + 1, 36) from wanted where n * 36 < length($2))
         select w.id, x.name as title, n.name as organ, t.held_on as day, t.title as note
           from wanted w
           join training_participant x on x.site_id = $1 and x.participant_id = w.id
           join training t on t.site_id = x.site_id and t.training_id = x.training_id
           left join organ_name n on n.site_id = x.site_id and n.organ_id = x.organ_id and n.to_on is null"
    )
}

fn lines_of_proposal() -> Sql {
    sql!(
        "with recursive wanted (n, id) as (
           select 1, substr(cast($2 as text), 1, 36)
           union all select n + 1, substr($2, n * 36 + 1, 36) from wanted where n * 36 < length($2))
         select w.id, x.title, n.name as organ, x.received_on as day, x.number as note
           from wanted w
           join proposal x on x.site_id = $1 and x.proposal_id = w.id
           left join proposal_handler h on h.site_id = x.site_id and h.proposal_id = x.proposal_id and h.part = 'lead'
           left join organ_name n on n.site_id = x.site_id and n.organ_id = h.organ_id and n.to_on is null
          order by h.organ_id"
    )
}

fn lines_of_money() -> Sql {
    sql!(
        "with recursive wanted (n, id) as (
           select 1, substr(cast($2 as text), 1, 36)
           union all select n + 1, substr($2, n * 36 + 1, 36) from wanted where n * 36 < length($2))
         select w.id, x.note as title, n.name as organ, x.booked_on as day, x.voucher as note
           from wanted w
           join finance_entry x on x.site_id = $1 and x.entry_id = w.id
           left join organ_name n on n.site_id = x.site_id and n.organ_id = x.organ_id and n.to_on is null"
    )
}
