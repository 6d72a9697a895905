//! A record as reviewers read it: its fields, its body with the pictures in place, its files, its paragraphs by number.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::difference::lines;
use crate::{
    reference::Reference,
    review::snapshot::{File, Snapshot},
};

/// Characters of a digest in an address.
const HASH_CHARS: usize = 16;
/// Paragraphs that a form can mark; longer records are marked by what is written in the reason.
const MARKABLE: usize = 300;

/// A record ready to be read.
pub struct Sheet {
    /// Title.
    pub title: String,
    /// Fields that have a value, the title left out.
    pub fields: Vec<(&'static str, String)>,
    /// The body as safe HTML.
    pub html: String,
    /// The files.
    pub files: Vec<SheetFile>,
    /// Paragraphs by number, each as it begins.
    pub paragraphs: Vec<(usize, String)>,
}

/// A file of a record.
pub struct SheetFile {
    /// Name.
    pub name: String,
    /// Where it can be fetched.
    pub href: String,
    /// Size in words.
    pub size: String,
}

impl Sheet {
    /// The record as it says; its files lie under `base` (`/desk/reviews/…`).
    pub fn new(reference: &Reference, snapshot: &Snapshot, base: &str) -> Sheet {
        let filled = lines(reference, snapshot).into_iter();
        let files = snapshot.files.iter();
        let paragraphs = snapshot.paragraphs().into_iter().take(MARKABLE);
        Sheet {
            title: snapshot.content.title.clone(),
            fields: filled
                .filter(|(label, value)| !value.is_empty() && !["标题", "附件"].contains(label))
                .collect(),
            html: with_pictures(snapshot, base),
            files: files.map(|file| sheet_file(file, base)).collect(),
            paragraphs: paragraphs.enumerate().map(|(at, text)| (at + 1, excerpt(text))).collect(),
        }
    }
}

/// How a paragraph begins.
pub fn excerpt(text: &str) -> String {
    let beginning: String = text.chars().take(30).collect();
    if text.chars().count() > 30 { format!("{beginning}……") } else { beginning }
}

fn sheet_file(file: &File, base: &str) -> SheetFile {
    SheetFile { name: file.name.clone(), href: address(file, base), size: size(file.size) }
}

fn address(file: &File, base: &str) -> String {
    let hash = file.sha256.get(..HASH_CHARS).unwrap_or(&file.sha256);
    format!("{base}/files/{hash}/{}", utf8_percent_encode(&file.name, NON_ALPHANUMERIC))
}

/// The body with its pictures: a picture whose address is the name of one of the files gets that file's address.
fn with_pictures(snapshot: &Snapshot, base: &str) -> String {
    snapshot.files.iter().fold(snapshot.content.body_html.clone(), |html, file| {
        let name = utf8_percent_encode(&file.name, NON_ALPHANUMERIC);
        html.replace(&format!("src=\"{name}\""), &format!("src=\"{}\"", address(file, base)))
    })
}

/// 12 KB, 3.4 MB.
fn size(bytes: i64) -> String {
    let bytes = bytes.max(0);
    if bytes < 1 << 20 {
        format!("{} KB", (bytes + 1023) / 1024)
    } else {
        format!("{}.{} MB", bytes >> 20, ((bytes & 0xF_FFFF) * 10) >> 20)
    }
}
