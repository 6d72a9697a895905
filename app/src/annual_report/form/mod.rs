//! The forms of a report: each a pure function of the document, so that all carry the same numbers.

pub mod chart;
pub mod docx;
mod docx_look;
pub mod html;
pub mod json;
pub mod pdf;
mod printed;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;
pub mod xlsx;

use std::collections::BTreeMap;

use crate::annual_report::document::{Block, ReportChart, ReportDocument};

/// A picture that somebody added to a report.
pub struct ReportPicture {
    /// The file.
    pub bytes: Vec<u8>,
    /// Its type.
    pub media_type: String,
}

/// The pictures of a report by their digest.
pub type Pictures = BTreeMap<String, ReportPicture>;

/// Every diagram of a report, from top to bottom.
pub(crate) fn charts(report: &ReportDocument) -> impl Iterator<Item = &ReportChart> {
    report.blocks().filter_map(|block| match block {
        Block::Chart(chart) => Some(chart),
        _ => None,
    })
}

/// The QR code of an address; none before there is one.
pub(crate) fn qr(address: &str) -> Option<String> {
    let code = qrcode::QrCode::new(address).ok().filter(|_| !address.is_empty())?;
    Some(code.render::<qrcode::render::svg::Color<'_>>().quiet_zone(false).min_dimensions(200, 200).build())
}

/// The name of a picture among the files of a typeset document; none for kinds that cannot be typeset.
fn picture_name(at: usize, media_type: &str) -> Option<String> {
    let ending = match media_type {
        "image/png" => "png",
        "image/jpeg" => "jpg",
        "image/gif" => "gif",
        "image/webp" => "webp",
        "image/svg+xml" => "svg",
        _ => return None,
    };
    Some(format!("picture-{}.{ending}", at + 1))
}

/// Width and height of a PNG or JPEG.
pub(super) fn pixels(bytes: &[u8]) -> Option<(u32, u32)> {
    let word = |at: usize| Some(u32::from(u16::from_be_bytes([*bytes.get(at)?, *bytes.get(at + 1)?])));
    if bytes.starts_with(b"\x89PNG") {
        let long = |at: usize| Some((word(at)? << 16) + word(at + 2)?);
        return Some((long(16)?, long(20)?)).filter(|(width, height)| *width > 0 && *height > 0);
    }
    // JPEG: from segment to segment until a frame says its size.
    let mut at = 2;
    while *bytes.get(at)? == 0xff {
        let kind = *bytes.get(at + 1)?;
        if matches!(kind, 0xc0..=0xcf) && !matches!(kind, 0xc4 | 0xc8 | 0xcc) {
            return Some((word(at + 7)?, word(at + 5)?)).filter(|(width, height)| *width > 0 && *height > 0);
        }
        at += 2 + word(at + 2)? as usize;
    }
    None
}
