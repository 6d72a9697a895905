//! An annual report on the page of its record: the text with figures that can be opened, and last year's figures beside
//! this year's. What is public is decided by the record; this only shows it in the form of a report.

mod queries;
#[cfg(test)]
mod tests;

use kit_db::Tx;

use super::{
    page::{ComparisonRow, Link, ReportPart},
    queries::PublicFile,
    rows::record_href,
};
use crate::{
    annual_report::{comparison, document::ReportDocument, form::html},
    cx::Cx,
    error::Result,
    id::EditionId,
};

/// A report and, where it is public, the one on the year before.
pub struct Found {
    document: ReportDocument,
    before: Option<(ReportDocument, i64)>,
}

/// The report that an edition of a record of this content type shows, if it is one that the platform made.
pub fn read(tx: &mut Tx<'_>, cx: &Cx, content_type: &str, edition_id: &EditionId) -> Result<Option<Found>> {
    if !cx.reference.content_type(content_type).is_some_and(|kind| kind.is_annual_report) {
        return Ok(None);
    }
    let Some((document, organ_id)) = queries::of_edition(tx, &cx.site_id, edition_id)? else {
        return Ok(None);
    };
    let before = queries::of_year(tx, &cx.site_id, &organ_id, document.year - 1)?;
    Ok(Some(Found { document, before }))
}

/// The report as a part of the page of its record; its pictures are files of the record.
pub fn part(found: &Found, public_number: i64, files: &[PublicFile]) -> ReportPart {
    let picture = |sha256: &str| {
        let file = files.iter().find(|file| file.sha256 == sha256)?;
        Some(super::file::address(public_number, file))
    };
    let rows = found.before.as_ref().map(|(before, _)| rows(before, &found.document)).unwrap_or_default();
    ReportPart {
        text: html::view(&found.document, &picture),
        year: found.document.year,
        before: found
            .before
            .as_ref()
            .map(|(document, number)| Link::new(&document.title, record_href(*number))),
        rows,
    }
}

fn rows(before: &ReportDocument, now: &ReportDocument) -> Vec<ComparisonRow> {
    let row = |compared: comparison::Compared| ComparisonRow {
        change: compared.change(),
        name: compared.name,
        unit: compared.unit,
        before: compared.before,
        now: compared.now,
    };
    comparison::compare(before, now).into_iter().map(row).collect()
}
