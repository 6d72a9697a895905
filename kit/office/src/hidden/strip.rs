//! A DOCX, XLSX, PPTX, JPEG or PNG written again without what it tells of the people behind it.
//!
//! It does NOT touch the words of the text, and leaves pictures and everything else packed as it was.

use super::photo;
use crate::kind::{FileKind, kind_of};
use crate::package::{Package, resolve_relation};
use crate::xml::{self, Fate, attribute, tag};
use crate::{Limits, OfficeError};
use quick_xml::events::BytesStart;
use std::collections::HashSet;
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// What goes besides names, firms, properties, the picture of the first page and paths of the author's machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Strip {
    /// Remarks of reviewers; where they stay, their authors' names go.
    pub comments: bool,
    /// Tracked changes of a DOCX are accepted: added text stays, deleted text goes.
    pub changes: bool,
}

/// What stands where a name stood.
const SOMEBODY: &str = "作者";

/// Whether [`strip_metadata`] writes files of this kind.
pub fn can_strip(bytes: &[u8], limits: &Limits) -> bool {
    let kind = kind_of("", bytes, limits);
    photo::is_picture(bytes) || matches!(kind, Ok(FileKind::Docx | FileKind::Xlsx | FileKind::Pptx))
}

/// Writes a file again without what it tells of people. Words, numbers and pictures stay.
///
/// # Errors
/// The file is no DOCX, XLSX, PPTX, JPEG or PNG, is damaged or protected, or larger than the limits.
pub fn strip_metadata(bytes: &[u8], strip: Strip, limits: &Limits) -> Result<Vec<u8>, OfficeError> {
    if photo::is_picture(bytes) {
        return photo::strip(bytes);
    }
    match kind_of("", bytes, limits)? {
        FileKind::Docx | FileKind::Xlsx | FileKind::Pptx => {}
        _ => return Err(OfficeError::NotThis { expected: "docx、xlsx 或 pptx 文件" }),
    }
    let mut package = Package::open(bytes, limits)?;
    let names = package.names().to_vec();
    let goes = |name: &String| goes_whole(&name.to_lowercase(), strip);
    let gone: HashSet<String> = names.iter().filter(|name| goes(name)).map(|n| n.to_lowercase()).collect();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (i, name) in names.iter().enumerate() {
        let lower = name.to_lowercase();
        if gone.contains(&lower) {
            continue;
        }
        if !is_rewritten(&lower) {
            package.copy(i, &mut zip)?;
            continue;
        }
        let text = xml::decode(package.need(name)?);
        let written = rewrite(&text, name, strip, &gone, limits)?;
        let damaged = |error: zip::result::ZipError| OfficeError::damaged(name, error);
        zip.start_file(name.as_str(), SimpleFileOptions::default()).map_err(damaged)?;
        zip.write_all(written.as_bytes()).map_err(|error| OfficeError::damaged(name, error))?;
    }
    let done = zip.finish().map_err(|error| OfficeError::damaged("压缩包", error))?;
    Ok(done.into_inner())
}

/// Parts that go as a whole, by their names in small letters.
fn goes_whole(name: &str, strip: Strip) -> bool {
    let begins = |beginnings: &[&str]| beginnings.iter().any(|beginning| name.starts_with(beginning));
    let of_comments = [
        "word/comments",
        "word/people.xml",
        "xl/comments",
        "xl/threadedcomments/",
        "xl/persons/",
        "ppt/comments/",
        "ppt/commentauthors.xml",
        "ppt/authors.xml",
    ];
    begins(&["docprops/custom.xml", "docprops/thumbnail"])
        || (strip.comments && begins(&of_comments))
        || (strip.changes && begins(&["xl/revisions/"]))
}

/// Parts that are looked through; styles, themes and data are not.
fn is_rewritten(name: &str) -> bool {
    let is_markup = [".xml", ".rels", ".vml"].iter().any(|end| name.ends_with(end));
    let of_people = [
        "xl/comments",
        "xl/persons/",
        "xl/workbook.xml",
        "xl/drawings/vml",
        "ppt/commentauthors.xml",
        "ppt/authors.xml",
    ];
    let is_text = name.starts_with("word/") && !name.contains("/theme/");
    let is_told = of_people.iter().any(|beginning| name.starts_with(beginning));
    is_markup
        && (name.ends_with(".rels")
            || name == "[content_types].xml"
            || name.starts_with("docprops/")
            || is_text
            || is_told)
}

fn rewrite(
    text: &str,
    name: &str,
    strip: Strip,
    gone: &HashSet<String>,
    limits: &Limits,
) -> Result<String, OfficeError> {
    let lower = name.to_lowercase();
    let judge = |start: &BytesStart<'_>, around: &str| match () {
        () if lower.ends_with(".rels") => of_relation(start, name, gone),
        () if lower == "[content_types].xml" => of_type(start, gone),
        () if lower.starts_with("docprops/") => of_property(start),
        () if lower.starts_with("word/") => of_text(start, around, strip),
        () => of_sheet(start, strip),
    };
    let of_docx = lower.starts_with("word/");
    let of_names = lower.starts_with("xl/persons/") || lower.starts_with("ppt/");
    let rename = |attribute: &str| match attribute {
        "author" if of_docx => Some(SOMEBODY),
        "initials" if of_docx || of_names => Some(""),
        "displayName" | "name" if of_names => Some(SOMEBODY),
        "userId" | "providerId" if of_names || lower == "word/people.xml" => Some(""),
        _ => None,
    };
    xml::filter(text, name, limits, judge, rename)
}

fn of_relation(start: &BytesStart<'_>, name: &str, gone: &HashSet<String>) -> Fate {
    if tag(start) != "Relationship" {
        return Fate::Keep;
    }
    let target = resolve_relation(name, &attribute(start, "Target").unwrap_or_default());
    let leads_to_template = attribute(start, "Type").is_some_and(|kind| kind.ends_with("/attachedTemplate"));
    if leads_to_template || gone.contains(&target.to_lowercase()) { Fate::Drop } else { Fate::Keep }
}

fn of_type(start: &BytesStart<'_>, gone: &HashSet<String>) -> Fate {
    let part = attribute(start, "PartName").unwrap_or_default().trim_start_matches('/').to_lowercase();
    if gone.contains(&part) { Fate::Drop } else { Fate::Keep }
}

fn of_property(start: &BytesStart<'_>) -> Fate {
    match tag(start) {
        "creator" | "lastModifiedBy" | "Company" | "Manager" | "HyperlinkBase" | "Template"
        | "lastPrinted" => Fate::Drop,
        _ => Fate::Keep,
    }
}

fn of_text(start: &BytesStart<'_>, around: &str, strip: Strip) -> Fate {
    match tag(start) {
        "attachedTemplate" => Fate::Drop,
        "commentRangeStart" | "commentRangeEnd" | "commentReference" if strip.comments => Fate::Drop,
        "del" | "moveFrom" if strip.changes && around == "trPr" => Fate::DropAround("tr"),
        "cellDel" if strip.changes => Fate::DropAround("tc"),
        "del" | "moveFrom" if strip.changes => Fate::Drop,
        "ins" | "moveTo" if strip.changes => Fate::Unwrap,
        name if strip.changes && is_record_of_change(name) => Fate::Drop,
        _ => Fate::Keep,
    }
}

fn is_record_of_change(name: &str) -> bool {
    // Such as `rPrChange`, `moveFromRangeStart`, `customXmlInsRangeEnd`.
    name.ends_with("PrChange")
        || ["tblGridChange", "numberingChange", "cellIns", "cellMerge", "trackRevisions"].contains(&name)
        || (name.contains("Range") && (name.starts_with("move") || name.starts_with("customXml")))
}

fn of_sheet(start: &BytesStart<'_>, strip: Strip) -> Fate {
    match tag(start) {
        // The folder in which the author saved the file.
        "absPath" | "fileSharing" => Fate::Drop,
        "author" => Fate::Empty,
        // The yellow notes of remarks; other shapes are controls.
        "shape" if strip.comments && attribute(start, "type").is_some_and(|t| t.ends_with("_t202")) => {
            Fate::Drop
        }
        _ => Fate::Keep,
    }
}
