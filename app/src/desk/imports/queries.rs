//! What the pages of imports read across features: the review list with the titles of its records.

use kit_db::{DbError, Row, Tx, params, sql};

use crate::{
    error::Result,
    id::{DocumentId, SiteId},
    import::Finding,
};

/// Which records of the review list are shown.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// State on the list: `needs_review`, `accepted`, `rejected`.
    pub state: String,
    /// Only those with this reason.
    pub reason: String,
    /// Only those whose title holds this.
    pub title: String,
    /// `title`, `column`, `kind` or `imported`, with `-` before it for the greatest first.
    pub order: &'static str,
}

/// A record on the review list.
pub struct Unsure {
    /// The record.
    pub document_id: DocumentId,
    /// Its title as read.
    pub title: String,
    /// Where it came from.
    pub address: String,
    /// Code of its content type.
    pub content_type: String,
    /// Name of its column.
    pub column: String,
    /// State on the list.
    pub review_state: String,
    /// Why a person must look.
    pub reasons: Vec<Finding>,
    /// When it was brought in, milliseconds UTC.
    pub imported_at: i64,
}

/// The source of one record, for the page on which it is decided.
pub struct Source {
    /// The record as the list shows it.
    pub unsure: Unsure,
    /// Every label with its value, exactly as printed.
    pub printed: Vec<(String, String)>,
    /// What was noted besides.
    pub remarks: Vec<Finding>,
    /// Who decided, and why.
    pub reviewed_by: Option<String>,
    /// Why it was turned down.
    pub review_note: Option<String>,
}

pub fn unsure(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    filter: &Filter,
    skip: i64,
    rows: i64,
) -> Result<Vec<Unsure>> {
    let sql = sql!(
        "select s.document_id, s.source_url, s.review_state, s.reasons, s.imported_at, d.content_type,
                c.name as column_name, e.title
           from import_source s
           join document d on d.site_id = s.site_id and d.document_id = s.document_id
           join site_column c on c.site_id = s.site_id and c.column_id = d.column_id
           join edition e on e.site_id = s.site_id and e.document_id = s.document_id
            and e.number = (select max(n.number) from edition n
                             where n.site_id = s.site_id and n.document_id = s.document_id)
          where s.site_id = $1 and s.review_state = $2
            and ($3 = '' or exists (select 1 from import_reason r
                                     where r.site_id = s.site_id and r.source_url = s.source_url and r.code = $3))
            and ($4 = '' or e.title like '%' || $4 || '%')
          order by case $5 when 'title' then e.title when 'column' then c.name when 'kind' then d.content_type end,
                   case $5 when '-title' then e.title when '-column' then c.name when '-kind' then d.content_type
                   end desc,
                   case $5 when 'imported' then s.imported_at end,
                   s.imported_at desc, s.source_url limit $6 offset $7"
    );
    let Filter { state, reason, title, order } = filter;
    let found = tx.query(sql, params![site_id, state, reason, title, *order, rows, skip])?;
    found.iter().map(record).collect()
}

pub fn count(tx: &mut Tx<'_>, site_id: &SiteId, filter: &Filter) -> Result<i64, DbError> {
    let sql = sql!(
        "select count(*) as n
           from import_source s
           join edition e on e.site_id = s.site_id and e.document_id = s.document_id
            and e.number = (select max(n.number) from edition n
                             where n.site_id = s.site_id and n.document_id = s.document_id)
          where s.site_id = $1 and s.review_state = $2
            and ($3 = '' or exists (select 1 from import_reason r
                                     where r.site_id = s.site_id and r.source_url = s.source_url and r.code = $3))
            and ($4 = '' or e.title like '%' || $4 || '%')"
    );
    let Filter { state, reason, title, .. } = filter;
    tx.query_one(sql, params![site_id, state, reason, title])?.get("n")
}

/// How many records wait for each reason, the most frequent first.
pub fn reasons(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<Vec<(String, i64)>, DbError> {
    let sql = sql!(
        "select r.code, count(*) as n
           from import_reason r
           join import_source s on s.site_id = r.site_id and s.source_url = r.source_url
          where r.site_id = $1 and s.review_state = 'needs_review'
          group by r.code order by n desc, r.code"
    );
    let rows = tx.query(sql, params![site_id])?;
    rows.iter().map(|row| Ok((row.get("code")?, row.get("n")?))).collect()
}

pub fn n_waiting(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<i64, DbError> {
    let sql =
        sql!("select count(*) as n from import_source where site_id = $1 and review_state = 'needs_review'");
    tx.query_one(sql, params![site_id])?.get("n")
}

pub fn source(tx: &mut Tx<'_>, site_id: &SiteId, id: &DocumentId) -> Result<Option<Source>> {
    let sql = sql!(
        "select s.document_id, s.source_url, s.review_state, s.reasons, s.imported_at, d.content_type,
                c.name as column_name, e.title, s.printed, s.remarks, s.reviewed_by, s.review_note
           from import_source s
           join document d on d.site_id = s.site_id and d.document_id = s.document_id
           join site_column c on c.site_id = s.site_id and c.column_id = d.column_id
           join edition e on e.site_id = s.site_id and e.document_id = s.document_id
          where s.site_id = $1 and s.document_id = $2
          order by s.imported_at desc, s.source_url, e.number desc limit 1"
    );
    tx.query_opt(sql, params![site_id, id])?.as_ref().map(full).transpose()
}

fn record(row: &Row) -> Result<Unsure> {
    Ok(Unsure {
        document_id: row.get("document_id")?,
        title: row.get("title")?,
        address: row.get("source_url")?,
        content_type: row.get("content_type")?,
        column: row.get("column_name")?,
        review_state: row.get("review_state")?,
        reasons: serde_json::from_str(&row.get::<String>("reasons")?)?,
        imported_at: row.get("imported_at")?,
    })
}

fn full(row: &Row) -> Result<Source> {
    let printed: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(&row.get::<String>("printed")?)?;
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    Ok(Source {
        unsure: record(row)?,
        printed: printed.iter().map(|(label, value)| (label.clone(), text(value))).collect(),
        remarks: serde_json::from_str(&row.get::<String>("remarks")?)?,
        reviewed_by: row.get("reviewed_by")?,
        review_note: row.get("review_note")?,
    })
}
