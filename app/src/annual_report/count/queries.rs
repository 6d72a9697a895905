//! What is counted, each in the order of an index. `$1` is the site, `$2` the organ (empty for all), `$3` and `$4` the first
//! and the last day, where a statement asks for all of them.

use kit_db::{DbError, Row, Tx, Value, params, sql};

use super::{
    ArticleGroup, ColumnArea, Kept, MoneyGroup, Pair, ProposalGroup, RequestCounts, Scope, TrainingGroup,
};
use crate::id::SiteId;

fn scoped(site_id: &SiteId, scope: &Scope) -> [Value; 4] {
    [site_id.into(), scope.organ_id.as_str().into(), scope.first_on().into(), scope.last_on().into()]
}

/// The site, the first and the last day.
fn of_the_year(site_id: &SiteId, scope: &Scope) -> [Value; 3] {
    [site_id.into(), scope.first_on().into(), scope.last_on().into()]
}

/// The site, the organ, the last day: for what is counted as it stood at the end of the year.
fn at_end(site_id: &SiteId, scope: &Scope) -> [Value; 3] {
    [site_id.into(), scope.organ_id.as_str().into(), scope.last_on().into()]
}

fn pair(row: &Row) -> Result<Pair, DbError> {
    Ok(Pair { one: row.get("one")?, other: row.get("other")?, n: row.get("n")? })
}

/// Records of the website by content type and month. The days of the index are counted first, so that nothing is sorted.
pub fn documents_by_kind(tx: &mut Tx<'_>, site_id: &SiteId, scope: &Scope) -> Result<Vec<Pair>, DbError> {
    if !scope.is_whole_site() {
        let sql = sql!(
            "select content_type as one, substr(listed_on, 1, 7) as other, count(*) as n from document
              where site_id = $1 and responsible_organ_id = $2 and state = 'live' and listed_on between $3 and $4
              group by content_type, substr(listed_on, 1, 7)"
        );
        return tx.query(sql, &scoped(site_id, scope))?.iter().map(pair).collect();
    }
    let sql = sql!(
        "select one, other, cast(sum(n) as bigint) as n
           from (select content_type as one, substr(listed_on, 1, 7) as other, count(*) as n from document
                  where site_id = $1 and state = 'live' and listed_on between $2 and $3
                  group by listed_on, content_type) of_days
          group by one, other"
    );
    tx.query(sql, &of_the_year(site_id, scope))?.iter().map(pair).collect()
}

/// Records of the website by column.
pub fn documents_by_column(tx: &mut Tx<'_>, site_id: &SiteId, scope: &Scope) -> Result<Vec<Pair>, DbError> {
    if !scope.is_whole_site() {
        let sql = sql!(
            "select column_id as one, '' as other, count(*) as n from document
              where site_id = $1 and responsible_organ_id = $2 and state = 'live' and listed_on between $3 and $4
              group by column_id"
        );
        return tx.query(sql, &scoped(site_id, scope))?.iter().map(pair).collect();
    }
    let sql = sql!(
        "select c.column_id as one, '' as other,
                (select count(*) from document d
                  where d.site_id = c.site_id and d.column_id = c.column_id and d.state = 'live'
                    and d.listed_on between $2 and $3) as n
           from site_column c where c.site_id = $1"
    );
    tx.query(sql, &of_the_year(site_id, scope))?.iter().map(pair).collect()
}

/// Records of the website by the organ that answers for them.
pub fn documents_by_organ(tx: &mut Tx<'_>, site_id: &SiteId, scope: &Scope) -> Result<Vec<Pair>, DbError> {
    let sql = sql!(
        "select o.organ_id as one, '' as other,
                (select count(*) from document d
                  where d.site_id = o.site_id and d.responsible_organ_id = o.organ_id and d.state = 'live'
                    and d.listed_on between $2 and $3) as n
           from organ o where o.site_id = $1"
    );
    tx.query(sql, &of_the_year(site_id, scope))?.iter().map(pair).collect()
}

/// Live records of the year that a live record interprets, by content type and month.
pub fn interpreted(tx: &mut Tx<'_>, site_id: &SiteId, scope: &Scope) -> Result<Vec<Pair>, DbError> {
    let sql = sql!(
        "select d.content_type as one, substr(d.listed_on, 1, 7) as other, count(distinct d.document_id) as n
           from document_link l
           join document d on d.site_id = l.site_id and d.document_id = l.to_document_id
           join document i on i.site_id = l.site_id and i.document_id = l.from_document_id
          where l.site_id = $1 and l.kind = 'interprets' and i.state = 'live'
            and d.state = 'live' and d.listed_on between $3 and $4 and ($2 = '' or d.responsible_organ_id = $2)
          group by d.content_type, substr(d.listed_on, 1, 7)"
    );
    tx.query(sql, &scoped(site_id, scope))?.iter().map(pair).collect()
}

pub fn areas(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<Vec<ColumnArea>, DbError> {
    let sql = sql!("select column_id, key_area from site_column where site_id = $1 and key_area is not null");
    let area =
        |row: &Row| Ok(ColumnArea { column_id: row.get("column_id")?, key_area: row.get("key_area")? });
    tx.query(sql, params![site_id])?.iter().map(area).collect()
}

pub fn articles(tx: &mut Tx<'_>, site_id: &SiteId, scope: &Scope) -> Result<Vec<ArticleGroup>, DbError> {
    let sql = sql!(
        "select organ_id, substr(published_on, 1, 7) as month, count(*) as n, count(document_id) as n_of_a_record
           from wechat_article
          where site_id = $1 and published_on between $3 and $4 and withdrawn_on is null
            and ($2 = '' or organ_id = $2)
          group by organ_id, substr(published_on, 1, 7)"
    );
    let group = |row: &Row| {
        Ok(ArticleGroup {
            organ_id: row.get("organ_id")?,
            month: row.get("month")?,
            n: row.get("n")?,
            n_of_a_record: row.get("n_of_a_record")?,
        })
    };
    tx.query(sql, &scoped(site_id, scope))?.iter().map(group).collect()
}

/// Service items at the end of the year, by organ.
pub fn items(tx: &mut Tx<'_>, site_id: &SiteId, scope: &Scope) -> Result<Vec<Pair>, DbError> {
    let sql = sql!(
        "select organ_id as one, '' as other, count(*) as n from service_item
          where site_id = $1 and entered_on <= $3 and (ended_on is null or ended_on > $3)
            and ($2 = '' or organ_id = $2)
          group by organ_id"
    );
    tx.query(sql, &at_end(site_id, scope))?.iter().map(pair).collect()
}

pub fn cases(tx: &mut Tx<'_>, site_id: &SiteId, scope: &Scope) -> Result<Vec<Pair>, DbError> {
    let sql = sql!(
        "select one, other, cast(sum(n) as bigint) as n
           from (select route as one, handling as other, count(*) as n from service_case
                  where site_id = $1 and accepted_on between $3 and $4 and ($2 = '' or organ_id = $2)
                  group by accepted_on, route, handling) of_days
          group by one, other"
    );
    tx.query(sql, &scoped(site_id, scope))?.iter().map(pair).collect()
}

/// Organs that have a notice board at the end of the year, by their kind.
pub fn board_organs(tx: &mut Tx<'_>, site_id: &SiteId, scope: &Scope) -> Result<Vec<Pair>, DbError> {
    let sql = sql!(
        "select o.kind as one, '' as other, count(distinct p.organ_id) as n
           from notice_place p
           join organ o on o.site_id = p.site_id and o.organ_id = p.organ_id
          where p.site_id = $1 and p.kind = 'board' and p.set_up_on <= $3
            and (p.removed_on is null or p.removed_on > $3) and ($2 = '' or p.organ_id = $2)
          group by o.kind"
    );
    tx.query(sql, &at_end(site_id, scope))?.iter().map(pair).collect()
}

/// Boards, screens and the like at the end of the year, by kind.
pub fn places(tx: &mut Tx<'_>, site_id: &SiteId, scope: &Scope) -> Result<Vec<Pair>, DbError> {
    let sql = sql!(
        "select kind as one, '' as other, count(*) as n from notice_place
          where site_id = $1 and set_up_on <= $3 and (removed_on is null or removed_on > $3)
            and ($2 = '' or organ_id = $2)
          group by kind"
    );
    tx.query(sql, &at_end(site_id, scope))?.iter().map(pair).collect()
}

/// Trainings and tests; of an organ those that it held or whose people came.
pub fn trainings(tx: &mut Tx<'_>, site_id: &SiteId, scope: &Scope) -> Result<Vec<TrainingGroup>, DbError> {
    let sql = sql!(
        "select t.kind, count(distinct t.training_id) as held, count(p.participant_id) as people,
                count(distinct p.organ_id) as units
           from training t
           left join training_participant p on p.site_id = t.site_id and p.training_id = t.training_id
                                            and p.attended and ($2 = '' or p.organ_id = $2)
          where t.site_id = $1 and t.held_on between $3 and $4
            and ($2 = '' or t.host_organ_id = $2 or p.organ_id = $2)
          group by t.kind"
    );
    let group = |row: &Row| {
        Ok(TrainingGroup {
            kind: row.get("kind")?,
            held: row.get("held")?,
            people: row.get("people")?,
            units: row.get("units")?,
        })
    };
    tx.query(sql, &scoped(site_id, scope))?.iter().map(group).collect()
}

/// The days of trainings and tests, in order.
pub fn training_days(tx: &mut Tx<'_>, site_id: &SiteId, scope: &Scope) -> Result<Vec<Pair>, DbError> {
    let sql = sql!(
        "select t.kind as one, t.held_on as other, count(*) as n from training t
          where t.site_id = $1 and t.held_on between $3 and $4
            and ($2 = '' or t.host_organ_id = $2
                 or exists (select 1 from training_participant p
                             where p.site_id = t.site_id and p.training_id = t.training_id and p.attended
                               and p.organ_id = $2))
          group by t.kind, t.held_on order by t.held_on, t.kind"
    );
    tx.query(sql, &scoped(site_id, scope))?.iter().map(pair).collect()
}

pub fn requests(tx: &mut Tx<'_>, site_id: &SiteId, scope: &Scope) -> Result<RequestCounts, DbError> {
    let sql = sql!(
        "select count(case when received_on between $3 and $4 then 1 end) as received,
                count(case when handled_on between $3 and $4 then 1 end) as handled,
                count(case when corrected_on between $3 and $4 and complained_on is not null then 1 end) as corrected
           from disclosure_request
          where site_id = $1 and ($2 = '' or organ_id = $2)"
    );
    let row = tx.query_one(sql, &scoped(site_id, scope))?;
    Ok(RequestCounts {
        received: row.get("received")?,
        handled: row.get("handled")?,
        corrected: row.get("corrected")?,
    })
}

pub fn remedies(tx: &mut Tx<'_>, site_id: &SiteId, scope: &Scope) -> Result<Vec<Pair>, DbError> {
    let sql = sql!(
        "select kind as one, outcome as other, count(*) as n from remedy
          where site_id = $1 and filed_on between $3 and $4 and ($2 = '' or organ_id = $2)
          group by kind, outcome"
    );
    tx.query(sql, &scoped(site_id, scope))?.iter().map(pair).collect()
}

/// Suggestions and proposals received; of an organ those that it leads or co-handles.
pub fn proposals(tx: &mut Tx<'_>, site_id: &SiteId, scope: &Scope) -> Result<Vec<ProposalGroup>, DbError> {
    let sql = sql!(
        "select p.kind, count(*) as received, count(p.replied_on) as replied from proposal p
          where p.site_id = $1 and p.received_on between $3 and $4
            and ($2 = '' or exists (select 1 from proposal_handler h
                                     where h.site_id = p.site_id and h.proposal_id = p.proposal_id and h.organ_id = $2))
          group by p.kind"
    );
    let group = |row: &Row| {
        Ok(ProposalGroup {
            kind: row.get("kind")?,
            received: row.get("received")?,
            replied: row.get("replied")?,
        })
    };
    tx.query(sql, &scoped(site_id, scope))?.iter().map(group).collect()
}

pub fn money(tx: &mut Tx<'_>, site_id: &SiteId, scope: &Scope) -> Result<Vec<MoneyGroup>, DbError> {
    let sql = sql!(
        "select kind, cast(sum(amount_fen) as bigint) as fen, count(*) as n from finance_entry
          where site_id = $1 and year = $3 and ($2 = '' or organ_id = $2)
          group by kind"
    );
    let group = |row: &Row| Ok(MoneyGroup { kind: row.get("kind")?, fen: row.get("fen")?, n: row.get("n")? });
    let rows = tx.query(sql, params![site_id, scope.organ_id.as_str(), scope.year])?;
    rows.iter().map(group).collect()
}

/// Which registers of the site hold anything, of whatever year.
pub fn kept(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<Kept, DbError> {
    let sql = sql!(
        "select exists (select 1 from wechat_article where site_id = $1) as articles,
                exists (select 1 from notice_place where site_id = $1) as places,
                exists (select 1 from service_item where site_id = $1) as items,
                exists (select 1 from service_case where site_id = $1) as cases,
                exists (select 1 from disclosure_request where site_id = $1) as requests,
                exists (select 1 from remedy where site_id = $1) as remedies,
                exists (select 1 from proposal where site_id = $1) as proposals,
                exists (select 1 from training where site_id = $1) as trainings,
                exists (select 1 from finance_entry where site_id = $1) as money"
    );
    let row = tx.query_one(sql, params![site_id])?;
    Ok(Kept {
        articles: row.get("articles")?,
        places: row.get("places")?,
        items: row.get("items")?,
        cases: row.get("cases")?,
        requests: row.get("requests")?,
        remedies: row.get("remedies")?,
        proposals: row.get("proposals")?,
        trainings: row.get("trainings")?,
        money: row.get("money")?,
    })
}
