//! The annual report as PDF: typeset from `print/annual_report.typ` in the manner of official documents (GB/T 9704-2012).
//! It does NOT decide what the report says: every word of it stands in the document, the rest in `printed.rs`.

use std::collections::BTreeMap;

use serde_json::json;

use super::printed::{DEFINITION_HEAD, Printed, QR_WORDS};
use super::{Pictures, chart, charts, picture_name, qr};
use crate::annual_report::document::ReportDocument;
use crate::press::{Job, Press};

/// Typesets a report. `now` is the moment of writing where the report is not frozen.
///
/// # Errors
/// No Chinese font on the machine (with what to install), or a fault in the source.
pub fn render(
    report: &ReportDocument,
    pictures: &Pictures,
    press: &Press,
    now: &jiff::Zoned,
) -> anyhow::Result<Vec<u8>> {
    let printed = Printed::of(report)?;
    let written = match &report.cut_off {
        Some(at) => super::printed::moment(at)?,
        None => now.clone(),
    };
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    let mut drawn = BTreeMap::new();
    for (at, one) in charts(report).enumerate() {
        let file = format!("chart-{}.svg", at + 1);
        drawn
            .insert(one.code.as_str(), json!({ "file": file, "alt": chart::figure(one).text_alternative() }));
        files.push((file, chart::chart_svg(one).into_bytes()));
    }
    let mut shown = BTreeMap::new();
    for (at, (sha256, picture)) in pictures.iter().enumerate() {
        if let Some(name) = picture_name(at, &picture.media_type) {
            shown.insert(sha256.as_str(), name.clone());
            files.push((name, picture.bytes.clone()));
        }
    }
    let qr = qr(&report.address);
    files.extend(qr.iter().map(|svg| ("qr.svg".to_owned(), svg.clone().into_bytes())));
    let data = json!({
        "report": report,
        "charts": drawn,
        "pictures": shown,
        "keywords": printed.keywords,
        "running": printed.running,
        "signed_on": printed.signed_on.map(|day| day.to_string()),
        "signed_words": printed.signed_words,
        "correction": printed.correction,
        "annexes": printed.annexes,
        "definition_head": DEFINITION_HEAD,
        "colophon": printed.colophon,
        "qr": qr.map(|_| "qr.svg"),
        "qr_words": QR_WORDS,
    });
    let identity = format!("{} {} {}", report.organ_name, report.year, report.edition);
    let job = Job { main: "annual_report.typ", data, pictures: files, written, identity };
    let pdf = press.print(job)?;
    for complaint in &pdf.complaints {
        tracing::warn!(%complaint, title = report.title, "the PDF does not keep PDF/A-2a and PDF/UA-1");
    }
    Ok(pdf.bytes)
}
