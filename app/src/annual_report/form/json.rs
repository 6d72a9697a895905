//! The report as JSON, for programs: the document as it is, under the schema that is published with the manual
//! (`docs/manual/annual-report.schema.json`).

use serde::Serialize;

use crate::annual_report::document::ReportDocument;

/// Says which schema a file follows.
pub const SCHEMA: &str = "https://gongkai.example/schema/annual-report-1.json";

#[derive(Serialize)]
struct File<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    report: &'a ReportDocument,
}

/// The report as JSON with line breaks.
///
/// # Errors
/// When a number cannot be written.
pub fn render(document: &ReportDocument) -> anyhow::Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(&File { schema: SCHEMA, report: document })?;
    bytes.push(b'\n');
    Ok(bytes)
}
