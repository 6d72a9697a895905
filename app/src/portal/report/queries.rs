//! The signed reports behind public records. A report is read here only together with the record it was published as,
//! so that nothing is seen of one that is not public.

use kit_db::{Tx, params, sql};

use crate::{
    annual_report::document::ReportDocument,
    error::Result,
    id::{EditionId, SiteId},
};

/// The report that an edition of a record shows; its organ.
pub fn of_edition(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    edition_id: &EditionId,
) -> Result<Option<(ReportDocument, String)>> {
    let sql = sql!(
        "select r.frozen, r.organ_id from annual_report r
           join public_edition e on e.site_id = r.site_id and e.edition_id = r.edition_id
          where r.site_id = $1 and r.edition_id = $2 and r.frozen <> ''"
    );
    let Some(row) = tx.query_opt(sql, params![site_id, edition_id])? else { return Ok(None) };
    let frozen: String = row.get("frozen")?;
    Ok(Some((serde_json::from_str(&frozen)?, row.get("organ_id")?)))
}

/// The report of an organ on a year that readers see now, with the number of its record.
pub fn of_year(
    tx: &mut Tx<'_>,
    site_id: &SiteId,
    organ_id: &str,
    year: i64,
) -> Result<Option<(ReportDocument, i64)>> {
    let sql = sql!(
        "select r.frozen, d.public_number from annual_report r
           join live_document d on d.site_id = r.site_id and d.edition_id = r.edition_id
          where r.site_id = $1 and r.organ_id = $2 and r.year = $3 and r.frozen <> ''
          order by r.number desc limit 1"
    );
    let Some(row) = tx.query_opt(sql, params![site_id, organ_id, year])? else { return Ok(None) };
    let frozen: String = row.get("frozen")?;
    Ok(Some((serde_json::from_str(&frozen)?, row.get("public_number")?)))
}
