//! The report as HTML: the text of its page on the portal, and a file that stands alone. Every figure leads to its
//! definition, every diagram to its table, without scripts.

mod view;

use askama::Template;
use base64::{Engine, engine::general_purpose::STANDARD};

pub use self::view::ReportView;
use crate::annual_report::{document::ReportDocument, form};

/// The address of a picture by the digest of its file; none where the form cannot show it.
pub type Pictures<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The text of the report for a page that brings head, styles and frame.
pub fn view(document: &ReportDocument, pictures: Pictures<'_>) -> ReportView {
    ReportView::new(document, pictures)
}

/// The report as one file with its styles and pictures inside, readable without a network.
///
/// # Errors
/// When the template fails.
pub fn render(document: &ReportDocument, pictures: &form::Pictures) -> anyhow::Result<String> {
    let style = crate::front_end::text("report.css");
    let qr = match document.address.as_str() {
        "" => None,
        address => Some(qr_svg(address)?),
    };
    let inside = |sha256: &str| {
        let picture = pictures.get(sha256)?;
        Some(format!("data:{};base64,{}", picture.media_type, STANDARD.encode(&picture.bytes)))
    };
    Ok(ReportFile { report: ReportView::new(document, &inside), document, style, qr }.render()?)
}

#[derive(Template)]
#[template(path = "annual_report/form/html/file.html")]
struct ReportFile<'a> {
    report: ReportView,
    document: &'a ReportDocument,
    style: String,
    qr: Option<String>,
}

fn qr_svg(address: &str) -> anyhow::Result<String> {
    let code = qrcode::QrCode::new(address)?;
    let svg = code.render::<qrcode::render::svg::Color>().quiet_zone(true).min_dimensions(132, 132).build();
    // Inside a page the XML declaration is not allowed.
    Ok(svg.find("<svg").map_or(svg.clone(), |start| svg[start..].to_owned()))
}

#[cfg(test)]
pub mod sample;
#[cfg(test)]
mod tests;
