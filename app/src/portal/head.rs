//! The metadata head of a record (目录元数据): which lines, in which order and under which labels says the content type;
//! a line without a value is not printed (domain rule 52).

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::{
    page::{AttachmentLink, HeadField as HeadLine},
    queries::{Live, PublicFile},
    rows::record_href,
};
use crate::{
    reference::{ContentType, HeadField, Reference},
    words,
};

/// The lines of a live record's head. `organ_href` leads to the page of the issuing organ, where the site knows it.
pub fn lines(reference: &Reference, live: &Live, organ_href: Option<String>) -> Vec<HeadLine> {
    let Some(kind) = content_type(reference, &live.listed.content_type) else { return Vec::new() };
    let mut lines = Vec::new();
    // The title stands above the head in large type already.
    for entry in kind.head.iter().filter(|entry| entry.field != HeadField::Title) {
        let Some(value) = value(live, entry.field).filter(|value| !value.trim().is_empty()) else { continue };
        let mut line = HeadLine::new(&entry.label, value);
        if entry.wide {
            line = line.wide();
        }
        if let Some(href) = href(live, entry.field, organ_href.as_deref()) {
            line = line.leading_to(href);
        }
        lines.push(line);
    }
    lines
}

/// The type of a code; a code that a later version has dropped is shown like the most general one.
pub fn content_type<'a>(reference: &'a Reference, code: &str) -> Option<&'a ContentType> {
    reference.content_types.get(code).or_else(|| reference.content_types.iter().last())
}

fn value(live: &Live, field: HeadField) -> Option<String> {
    let listed = &live.listed;
    let date = |text: &Option<String>| text.as_deref().map(words::date);
    match field {
        HeadField::Title => Some(listed.title.clone()),
        HeadField::IndexNumber => Some(live.index_number.clone()),
        HeadField::DocumentNumber => listed.document_number.clone(),
        HeadField::IssuingOrgan => Some(listed.issuing_organ.clone()),
        HeadField::WrittenOn => date(&listed.written_on),
        HeadField::PublishedOn => Some(words::date(&listed.listed_on)),
        HeadField::InForceOn => date(&live.in_force_on),
        HeadField::ExpiresOn => date(&live.expires_on),
        HeadField::RepealedOn => date(&live.repealed_on),
        HeadField::Validity => words::validity(&listed.validity).map(str::to_owned),
        HeadField::SubjectCategory => live.subject_category.clone(),
        HeadField::Genre => live.genre.clone(),
        HeadField::DisclosureClass => Some(words::disclosure_class("proactive").to_owned()),
        HeadField::Keywords => Some(live.keywords.join("　")),
        HeadField::Summary => Some(listed.summary.clone()),
    }
}

fn href(live: &Live, field: HeadField, organ_href: Option<&str>) -> Option<String> {
    let filter = |name: &str, value: &str| super::catalogue::filter_href(name, value);
    match field {
        HeadField::IssuingOrgan => organ_href.map(str::to_owned),
        HeadField::SubjectCategory => {
            let subject = live.subject_category.as_deref()?;
            Some(filter("subject", subject.split(['/', '\\']).next().unwrap_or(subject)))
        }
        HeadField::Genre => live.genre.as_deref().map(|genre| filter("genre", genre)),
        _ => None,
    }
}

/// A file as the page of its record lists it.
pub fn attachment(public_number: i64, file: &PublicFile) -> AttachmentLink {
    let address = super::file::address(public_number, file);
    debug_assert!(address.starts_with(&record_href(public_number)));
    AttachmentLink {
        name: file.name.clone(),
        href: address,
        kind: kind_of_file(&file.media_type).to_owned(),
        size: file.size.unsigned_abs(),
        sha256: file.sha256.clone(),
    }
}

/// The body with its pictures: a picture whose address is the name of one of the files gets that file's address.
pub fn with_pictures(html: &str, public_number: i64, files: &[PublicFile]) -> String {
    pictures(files).fold(html.to_owned(), |html, file| {
        html.replace(&named(file), &format!("src=\"{}\"", super::file::address(public_number, file)))
    })
}

/// The body with its pictures at the addresses that `href` makes of the names of their files.
pub fn with_pictures_at(html: &str, files: &[PublicFile], href: impl Fn(&str) -> String) -> String {
    pictures(files).fold(html.to_owned(), |html, file| {
        html.replace(&named(file), &format!("src=\"{}\"", href(&file.name)))
    })
}

/// Whether the body shows this file as a picture.
pub fn is_shown(html: &str, file: &PublicFile) -> bool {
    file.media_type.starts_with("image/") && html.contains(&named(file))
}

fn pictures(files: &[PublicFile]) -> impl Iterator<Item = &PublicFile> {
    files.iter().filter(|file| file.media_type.starts_with("image/"))
}

/// How a body names a picture.
fn named(file: &PublicFile) -> String {
    format!("src=\"{}\"", utf8_percent_encode(&file.name, NON_ALPHANUMERIC))
}

fn kind_of_file(media_type: &str) -> &'static str {
    match media_type {
        "application/pdf" => "PDF",
        "application/ofd" => "OFD",
        "text/csv" => "CSV表格",
        "text/plain" => "文本",
        "application/json" => "JSON数据",
        kind if kind.starts_with("image/") => "图片",
        kind if kind.starts_with("audio/") => "音频",
        kind if kind.starts_with("video/") => "视频",
        kind if kind.contains("word") || kind.contains("opendocument.text") => "Word文档",
        kind if kind.contains("excel") || kind.contains("sheet") => "Excel表格",
        kind if kind.contains("powerpoint") || kind.contains("presentation") => "演示文稿",
        kind if kind.contains("zip") || kind.contains("rar") || kind.contains("7z") => "压缩包",
        _ => "文件",
    }
}
