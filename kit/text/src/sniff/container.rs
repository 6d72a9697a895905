//! Containers known by their table of contents: zip (OOXML, OpenDocument, OFD, programs) and the
//! old compound files of office programs.
//!
//! It does NOT unpack anything, and reads a bounded part of the table.

use super::Refusal;

pub(super) const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
pub(super) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
pub(super) const PPTX: &str = "application/vnd.openxmlformats-officedocument.presentationml.presentation";
pub(super) const ODT: &str = "application/vnd.oasis.opendocument.text";
pub(super) const ODS: &str = "application/vnd.oasis.opendocument.spreadsheet";
pub(super) const ODP: &str = "application/vnd.oasis.opendocument.presentation";

/// Entries of a zip that are looked at.
const MAX_ENTRIES: usize = 4_000;
/// Sectors of a compound file's directory that are looked at.
const MAX_SECTORS: usize = 256;

/// The type of a zip by the names in it.
pub(super) fn zip_type(bytes: &[u8]) -> Result<&'static str, Refusal> {
    let names = zip_names(bytes);
    let has = |name: &str| names.iter().any(|found| found.eq_ignore_ascii_case(name.as_bytes()));
    let ends = |end: &str| {
        names.iter().any(|found| {
            found.len() >= end.len() && found[found.len() - end.len()..].eq_ignore_ascii_case(end.as_bytes())
        })
    };
    if ends("vbaProject.bin") {
        return Err(Refusal::Macro);
    }
    if has("META-INF/MANIFEST.MF") || has("classes.dex") || has("AndroidManifest.xml") {
        return Err(Refusal::Executable);
    }
    if has("[Content_Types].xml") {
        let parts = [("word/document.xml", DOCX), ("xl/workbook.xml", XLSX), ("ppt/presentation.xml", PPTX)];
        if let Some((_, kind)) = parts.into_iter().find(|(part, _)| has(part)) {
            return Ok(kind);
        }
    }
    if has("OFD.xml") {
        return Ok("application/ofd");
    }
    Ok(open_document(bytes).unwrap_or("application/zip"))
}

/// OpenDocument stores its media type, unpacked, as the very first entry.
fn open_document(bytes: &[u8]) -> Option<&'static str> {
    let stored = bytes.get(30..)?.strip_prefix(b"mimetype")?;
    // Longer names first would matter only for templates, which are the same kind.
    [ODT, ODS, ODP].into_iter().find(|kind| stored.starts_with(kind.as_bytes()))
}

/// The names in the central directory; without one (a cut file) those of the first local headers.
fn zip_names(bytes: &[u8]) -> Vec<&[u8]> {
    let tail_start = bytes.len().saturating_sub(65_557);
    let end = bytes[tail_start..].windows(4).rposition(|window| window == b"PK\x05\x06");
    let directory = end.and_then(|at| u32_at(bytes, tail_start + at + 16)).map(|at| at as usize);
    let Some(mut at) = directory.filter(|&at| at < bytes.len()) else {
        return first_local_name(bytes).into_iter().collect();
    };
    let mut names = Vec::new();
    while names.len() < MAX_ENTRIES && bytes.get(at..at + 4) == Some(b"PK\x01\x02") {
        let lengths = (u16_at(bytes, at + 28), u16_at(bytes, at + 30), u16_at(bytes, at + 32));
        let (Some(name), Some(extra), Some(comment)) = lengths else {
            break;
        };
        let Some(found) = bytes.get(at + 46..at + 46 + name) else {
            break;
        };
        names.push(found);
        at += 46 + name + extra + comment;
    }
    names
}

fn first_local_name(bytes: &[u8]) -> Option<&[u8]> {
    let length = u16_at(bytes, 26)?;
    bytes.get(30..30 + length)
}

/// The type of a compound file by the names of its streams.
pub(super) fn ole_type(bytes: &[u8]) -> Result<&'static str, Refusal> {
    let names = ole_names(bytes);
    let has = |name: &str| names.iter().any(|found| found == name);
    // Old documents with macros are common among honest ones and are offered for download only.
    Ok(match () {
        () if has("WordDocument") => "application/msword",
        () if has("Workbook") || has("Book") => "application/vnd.ms-excel",
        () if has("PowerPoint Document") => "application/vnd.ms-powerpoint",
        () => "application/x-ole-storage",
    })
}

fn ole_names(bytes: &[u8]) -> Vec<String> {
    let shift = u16_at(bytes, 30).filter(|shift| (7..=12).contains(shift)).unwrap_or(9);
    let size = 1_usize << shift;
    let mut names = Vec::new();
    let mut sector = u32_at(bytes, 48);
    for _ in 0..MAX_SECTORS {
        // Numbers from 0xFFFFFFFA on are marks: end of chain, free, …
        let Some(number) = sector.filter(|&number| number < 0xFFFF_FFFA) else {
            break;
        };
        let start = (number as usize + 1) * size;
        let Some(content) = bytes.get(start.min(bytes.len())..(start + size).min(bytes.len())) else {
            break;
        };
        names.extend(content.chunks_exact(128).filter_map(entry_name));
        sector = next_sector(bytes, number, size);
    }
    names
}

fn entry_name(entry: &[u8]) -> Option<String> {
    let length = u16_at(entry, 64)?.checked_sub(2)?.min(62);
    let units: Vec<u16> =
        entry[..length].chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    String::from_utf16(&units).ok().filter(|name| !name.is_empty())
}

/// Follows the allocation table, of which the header names the first 109 sectors.
fn next_sector(bytes: &[u8], number: u32, size: usize) -> Option<u32> {
    let per_sector = size / 4;
    let table = number as usize / per_sector;
    let table_sector = if table < 109 {
        u32_at(bytes, 76 + table * 4)?
    } else {
        return None;
    };
    let start = (table_sector as usize).checked_add(1)?.checked_mul(size)?;
    u32_at(bytes, start.checked_add(number as usize % per_sector * 4)?)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<usize> {
    let found = bytes.get(at..at.checked_add(2)?)?;
    Some(usize::from(u16::from_le_bytes([found[0], found[1]])))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let found = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes([found[0], found[1], found[2], found[3]]))
}
