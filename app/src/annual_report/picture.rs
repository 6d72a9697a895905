//! Pictures (现场图) that the writers of a report add to a section: PNG and JPEG files in the file store, each with words that
//! stand under it and are read out in its place. The prose places a picture by its code, as it places a diagram.

use std::io::Read;

use kit_db::Tx;
use serde::{Deserialize, Serialize};

use super::{
    Report,
    actions::{keep, record, refused, written},
    document::{Block, ReportDocument},
    form::{self, Pictures, ReportPicture},
    prose::{self, Piece},
};
use crate::{
    attachment::{StoredFile, files::Files},
    cx::Cx,
    error::{Error, Result},
    id::SiteId,
};

/// What offices and browsers all show.
const KINDS: [&str; 2] = ["image/png", "image/jpeg"];
/// Largest file, bytes: a report is read on phones and sent by mail.
pub const LARGEST: i64 = 5 << 20;
/// Most points of a picture: what a good camera takes.
const MOST_POINTS: u64 = 50_000_000;
/// Most pictures of a report.
const MOST: usize = 30;
/// Longest words under a picture, characters.
pub const LONGEST_CAPTION: usize = 60;

/// A picture of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Picture {
    /// By which the prose places it.
    pub code: String,
    /// Under the picture, and its text alternative.
    pub caption: String,
    /// Digest of the file.
    pub sha256: String,
    /// Its type.
    pub media_type: String,
    /// Bytes.
    pub size: i64,
}

/// How the prose places a picture.
pub fn reference(code: &str) -> String {
    format!("{{{{picture:{code}}}}}")
}

fn caption_of(text: &str) -> Result<String> {
    // It becomes the name of a file too.
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    let text = text.trim();
    if text.is_empty() {
        return refused("请写明图片说明：它印在图片下方，也读给看不见图片的人听");
    }
    if text.chars().count() > LONGEST_CAPTION {
        return refused(format!("图片说明最多{LONGEST_CAPTION}字"));
    }
    Ok(text.to_owned())
}

fn check(report: &Report, file: &StoredFile) -> Result<()> {
    if !KINDS.contains(&file.media_type.as_str()) {
        return refused("只能添加 PNG 或 JPEG 图片：请把文件另存为这两种格式后重新选择");
    }
    if file.size > LARGEST {
        return refused(format!("图片超过 {} MB，请缩小后重新选择", LARGEST >> 20));
    }
    if report.pictures.len() >= MOST {
        return refused(format!("一份年报最多{MOST}幅图片，请先删除不用的"));
    }
    Ok(())
}

/// A code that the report has not used yet.
fn new_code(report: &Report) -> String {
    let number = |picture: &Picture| picture.code.strip_prefix('p')?.parse::<u32>().ok();
    let last = report.pictures.iter().filter_map(number).max().unwrap_or_default();
    format!("p{}", last + 1)
}

/// Adds a stored picture at the end of a section; gives its code.
///
/// # Errors
/// Refused for other kinds of files, without a caption, or where the report is not written any more; not found for a section
/// that it does not have; conflict where somebody was faster.
pub fn add(
    tx: &mut Tx<'_>,
    cx: &Cx,
    (id, section): (&str, &str),
    caption: &str,
    file: &StoredFile,
) -> Result<String> {
    let mut report = written(tx, cx, id)?;
    check(&report, file)?;
    let caption = caption_of(caption)?;
    let picture = Picture {
        code: new_code(&report),
        caption: caption.clone(),
        sha256: file.sha256.clone(),
        media_type: file.media_type.clone(),
        size: file.size,
    };
    let code = picture.code.clone();
    let place = report.sections.iter_mut().find(|one| one.code == section).ok_or(Error::NotFound)?;
    place.text = format!("{}\n\n{}", place.text, reference(&code)).trim().to_owned();
    place.version += 1;
    report.pictures.push(picture);
    keep(tx, cx, &mut report)?;
    record(tx, cx, "report.picture", id, &format!("添加：{caption}（{}）", file.sha256))?;
    Ok(code)
}

/// Changes the words of a picture.
///
/// # Errors
/// Refused without words, or where the report is not written any more; not found for a picture that it does not have.
pub fn describe(tx: &mut Tx<'_>, cx: &Cx, (id, code): (&str, &str), caption: &str) -> Result<()> {
    let mut report = written(tx, cx, id)?;
    let caption = caption_of(caption)?;
    let picture = report.pictures.iter_mut().find(|picture| picture.code == code).ok_or(Error::NotFound)?;
    let before = std::mem::replace(&mut picture.caption, caption.clone());
    keep(tx, cx, &mut report)?;
    record(tx, cx, "report.picture", id, &format!("改说明：{before} → {caption}"))
}

/// Takes a picture out of the report and out of its prose.
///
/// # Errors
/// Refused where the report is not written any more; not found for a picture that it does not have.
pub fn remove(tx: &mut Tx<'_>, cx: &Cx, (id, code): (&str, &str)) -> Result<()> {
    let mut report = written(tx, cx, id)?;
    let at = report.pictures.iter().position(|picture| picture.code == code).ok_or(Error::NotFound)?;
    let gone = report.pictures.remove(at);
    for section in &mut report.sections {
        let lines: Vec<&str> = section.text.lines().filter(|line| !places(line, code)).collect();
        let text = lines.join("\n").trim().to_owned();
        if text != section.text {
            section.text = text;
            section.version += 1;
        }
    }
    keep(tx, cx, &mut report)?;
    record(tx, cx, "report.picture", id, &format!("删除：{}", gone.caption))
}

/// Whether a line of prose places that picture.
fn places(line: &str, code: &str) -> bool {
    matches!(prose::read(line).as_slice(), [Piece::Picture(known)] if known == code)
}

/// Whether a picture has more points than anybody needs: decoded it would fill the memory.
pub fn has_too_many_points(bytes: &[u8]) -> bool {
    form::pixels(bytes).is_some_and(|(width, height)| u64::from(width) * u64::from(height) > MOST_POINTS)
}

/// A picture that a document shows, as a file of its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShownPicture<'a> {
    /// Its place among the pictures, from 1.
    pub number: usize,
    /// Under the picture.
    pub caption: &'a str,
    /// Digest of the file.
    pub sha256: &'a str,
    /// Its type.
    pub media_type: &'a str,
}

impl ShownPicture<'_> {
    /// The name of the file.
    pub fn file_name(&self) -> String {
        let ending = if self.media_type == "image/png" { "png" } else { "jpg" };
        format!("图{} {}.{ending}", self.number, self.caption.replace(['/', '\\'], " "))
    }
}

/// The pictures that a document shows, from top to bottom, each file once.
pub fn shown(document: &ReportDocument) -> Vec<ShownPicture<'_>> {
    let mut found: Vec<ShownPicture<'_>> = Vec::new();
    for block in document.blocks() {
        match block {
            Block::Picture { caption, sha256, media_type }
                if !found.iter().any(|known| known.sha256 == sha256) =>
            {
                found.push(ShownPicture { number: found.len() + 1, caption, sha256, media_type });
            }
            _ => {}
        }
    }
    found
}

/// Reads the files of a document's pictures.
///
/// # Errors
/// When a file is not in the store.
pub fn read(files: &Files, site_id: &SiteId, document: &ReportDocument) -> Result<Pictures> {
    let mut pictures = Pictures::new();
    for shown in shown(document) {
        let mut bytes = Vec::new();
        files.open_stored(site_id, shown.sha256)?.read_to_end(&mut bytes)?;
        let picture = ReportPicture { bytes, media_type: shown.media_type.to_owned() };
        pictures.insert(shown.sha256.to_owned(), picture);
    }
    Ok(pictures)
}
