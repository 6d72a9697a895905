//! What the statistics count: the public lines of a site, one grouped question each. They read the public view alone, so
//! that nothing is counted that a reader cannot open.

use kit_db::{DbError, Tx, params, sql};

use super::Span;
use crate::id::{ColumnId, OrganId, SiteId};

/// Public records by the year they were published in.
pub fn by_year(tx: &mut Tx<'_>, site_id: &SiteId) -> Result<Vec<(String, i64)>, DbError> {
    let sql = sql!(
        "select substr(listed_on, 1, 4) as year, count(*) as n from live_document
          where site_id = $1 group by substr(listed_on, 1, 4) order by 1"
    );
    let rows = tx.query(sql, params![site_id])?;
    rows.iter().map(|row| Ok((row.get("year")?, row.get("n")?))).collect()
}

/// By the day of publication.
pub fn by_day(tx: &mut Tx<'_>, site_id: &SiteId, span: &Span) -> Result<Vec<(String, i64)>, DbError> {
    let sql = sql!(
        "select listed_on, count(*) as n from live_document
          where site_id = $1 and listed_on >= $2 and listed_on <= $3 group by listed_on order by listed_on"
    );
    let rows = tx.query(sql, params![site_id, span.from.as_str(), span.to.as_str()])?;
    rows.iter().map(|row| Ok((row.get("listed_on")?, row.get("n")?))).collect()
}

/// By issuing organ; records that name no organ of the site stand together.
pub fn by_organ(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    span: &Span,
) -> Result<Vec<(Option<OrganId>, i64)>, DbError> {
    let sql = sql!(
        "select issuing_organ_id, count(*) as n from live_document
          where site_id = $1 and listed_on >= $2 and listed_on <= $3 group by issuing_organ_id"
    );
    let rows = tx.query(sql, params![site_id, span.from.as_str(), span.to.as_str()])?;
    rows.iter().map(|row| Ok((row.get("issuing_organ_id")?, row.get("n")?))).collect()
}

/// By the column a record stands in.
pub fn by_column(tx: &mut Tx<'_>, site_id: &SiteId, span: &Span) -> Result<Vec<(ColumnId, i64)>, DbError> {
    let sql = sql!(
        "select column_id, count(*) as n from live_document
          where site_id = $1 and listed_on >= $2 and listed_on <= $3 group by column_id"
    );
    let rows = tx.query(sql, params![site_id, span.from.as_str(), span.to.as_str()])?;
    rows.iter().map(|row| Ok((row.get("column_id")?, row.get("n")?))).collect()
}

/// By kind of content.
pub fn by_content_type(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    span: &Span,
) -> Result<Vec<(String, i64)>, DbError> {
    let sql = sql!(
        "select content_type, count(*) as n from live_document
          where site_id = $1 and listed_on >= $2 and listed_on <= $3 group by content_type"
    );
    let rows = tx.query(sql, params![site_id, span.from.as_str(), span.to.as_str()])?;
    rows.iter().map(|row| Ok((row.get("content_type")?, row.get("n")?))).collect()
}

/// By the day of writing and the day of publication, from which the time between them is counted.
pub fn by_delay(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    span: &Span,
) -> Result<Vec<(Option<String>, String, i64)>, DbError> {
    let sql = sql!(
        "select written_on, listed_on, count(*) as n from live_document
          where site_id = $1 and listed_on >= $2 and listed_on <= $3 group by written_on, listed_on"
    );
    let rows = tx.query(sql, params![site_id, span.from.as_str(), span.to.as_str()])?;
    rows.iter().map(|row| Ok((row.get("written_on")?, row.get("listed_on")?, row.get("n")?))).collect()
}
