//! What a photograph tells besides what it shows: where it was taken, by whom, when and with what. And the same photograph
//! without it, lying the way it was taken.
//!
//! Pictures are written again segment by segment; what is seen of them stays bit by bit. It does NOT read what is written
//! into the picture itself.

use std::io::Cursor;

use exif::{Exif, In, Tag};

use super::{Findings, HiddenKind};
use crate::{Limits, OfficeError};

/// Who, when and with what.
const ABOUT: [Tag; 7] = [
    Tag::Artist,
    Tag::Copyright,
    Tag::CameraOwnerName,
    Tag::DateTimeOriginal,
    Tag::Make,
    Tag::Model,
    Tag::BodySerialNumber,
];

/// Kinds of pictures that are written again.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Jpeg,
    Png,
}

const PNG_HEAD: &[u8] = b"\x89PNG\r\n\x1a\n";

fn kind(bytes: &[u8]) -> Option<Kind> {
    match () {
        () if bytes.starts_with(b"\xff\xd8\xff") => Some(Kind::Jpeg),
        () if bytes.starts_with(PNG_HEAD) => Some(Kind::Png),
        () => None,
    }
}

/// Whether it is a picture of the kinds that are read here.
pub(super) fn is_picture(bytes: &[u8]) -> bool {
    kind(bytes).is_some()
}

fn exif(bytes: &[u8]) -> Option<Exif> {
    exif::Reader::new().read_from_container(&mut Cursor::new(bytes)).ok()
}

/// What a picture tells; a damaged note tells nothing.
pub(super) fn findings(bytes: &[u8], limits: &Limits) -> Findings {
    let mut findings = Findings::new(limits);
    let Some(exif) = exif(bytes) else { return findings };
    let said = |tag: Tag| {
        let text = exif.get_field(tag, In::PRIMARY)?.display_value().to_string();
        Some(text.trim_matches('"').trim().to_owned()).filter(|text| !text.is_empty())
    };
    if let (Some(latitude), Some(longitude)) = (said(Tag::GPSLatitude), said(Tag::GPSLongitude)) {
        findings.add(HiddenKind::PlaceOfCapture, "", format!("纬度{latitude}，经度{longitude}"));
    }
    let about: Vec<String> = ABOUT.into_iter().filter_map(said).collect();
    if !about.is_empty() {
        findings.add(HiddenKind::Metadata, "", about.join("，"));
    }
    findings
}

/// The picture without its notes; a photograph keeps which side is up.
///
/// # Errors
/// The picture is damaged.
pub(super) fn strip(bytes: &[u8]) -> Result<Vec<u8>, OfficeError> {
    let damaged = || OfficeError::damaged("图片", "结构不完整");
    match kind(bytes) {
        Some(Kind::Jpeg) => strip_jpeg(bytes).ok_or_else(damaged),
        Some(Kind::Png) => strip_png(bytes).ok_or_else(damaged),
        None => Err(OfficeError::NotThis { expected: "JPEG 或 PNG 图片" }),
    }
}

/// The turn that a viewer gives to the picture, where it is another than none.
fn orientation(bytes: &[u8]) -> Option<u8> {
    let exif = exif(bytes)?;
    let turn = exif.get_field(Tag::Orientation, In::PRIMARY)?.value.get_uint(0)?;
    u8::try_from(turn).ok().filter(|turn| (2..=8).contains(turn))
}

/// A note that holds the turn and nothing else: one directory of one entry, big-endian.
fn turn_note(turn: u8) -> Vec<u8> {
    let mut note = b"\xff\xe1\x00\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    note.push(turn);
    note.extend_from_slice(&[0; 6]);
    note
}

/// From segment to segment up to the picture itself, which is taken over whole.
fn strip_jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes.get(..2)?.to_vec();
    let mut turn = orientation(bytes);
    let mut at = 2;
    loop {
        let marker = *bytes.get(at + 1).filter(|_| bytes[at] == 0xff)?;
        if marker == 0xff {
            at += 1;
            continue;
        }
        let length = usize::from(u16::from_be_bytes([*bytes.get(at + 2)?, *bytes.get(at + 3)?]));
        let segment = bytes.get(at..at + 2 + length)?;
        if marker != 0xe0 {
            // Notes stand before everything but the first head.
            out.extend(turn.take().into_iter().flat_map(turn_note));
        }
        if marker == 0xda {
            out.extend_from_slice(&bytes[at..]);
            return Some(out);
        }
        if !is_note(marker, &segment[4.min(segment.len())..]) {
            out.extend_from_slice(segment);
        }
        at += 2 + length;
    }
}

/// Exif, XMP, IPTC, remarks, and what leads to further pictures. Colours stay.
fn is_note(marker: u8, content: &[u8]) -> bool {
    match marker {
        0xe1 | 0xed | 0xfe => true,
        0xe2 => !content.starts_with(b"ICC_PROFILE\0"),
        _ => false,
    }
}

fn strip_png(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = PNG_HEAD.to_vec();
    let mut at = PNG_HEAD.len();
    loop {
        let length = usize::try_from(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?)).ok()?;
        let chunk = bytes.get(at..at.checked_add(length)?.checked_add(12)?)?;
        let name = &chunk[4..8];
        if !matches!(name, b"eXIf" | b"tEXt" | b"zTXt" | b"iTXt" | b"tIME") {
            out.extend_from_slice(chunk);
        }
        if name == b"IEND" {
            return Some(out);
        }
        at += chunk.len();
    }
}
