//! The inside of attached files: read once for their bytes by a job, kept as text with its places and what they hide, and
//! looked through with the site's words. Nothing here renders a file or trusts it.

use std::{fs::File, io::Read, sync::Arc};

use kit_db::Tx;
use kit_office::{
    Limits,
    hidden::{Hidden, HiddenKind},
};
use rules::check::{self, Cleaning, FileText, Finding, Piece, Place, Weight};
use serde::{Deserialize, Serialize};

use super::queries;
use crate::{attachment, cx::Cx, error::Result, id::EditionId, word_list::Compiled};

/// How much of a file is read: its text is kept in a row.
const LIMITS: Limits = Limits {
    file_bytes: 200 << 20,
    entries: 20_000,
    part_bytes: 128 << 20,
    total_bytes: 512 << 20,
    depth: 256,
    nodes: 4_000_000,
    text_bytes: 8 << 20,
    rows: 1_048_576,
    cells: 1_000_000,
    pages: 2_000,
    findings: 2_000,
};
/// What is said of a file that nobody has read yet.
const WAITING: &str = "系统正在读取这个文件，请稍候片刻再提交";

/// What is said of a picture: nobody reads the words in it but people.
const PICTURE: &str = "图片里的文字不作检查，请看一遍有没有身份证号、手机号码、密级标志";

/// What was read of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadFile {
    /// Text and place, as JSON.
    pub pieces: String,
    /// What it hides, as JSON.
    pub hidden: String,
    /// Why it could not be read, in a sentence.
    pub fault: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct KeptPiece {
    at: String,
    text: String,
}

#[derive(Serialize, Deserialize)]
struct KeptHidden {
    is_metadata: bool,
    /// Code of a [`Cleaning`].
    #[serde(default)]
    cleaning: Option<String>,
    what: String,
    at: String,
    excerpt: String,
}

/// Reads a stored file; what cannot be read is said, not raised.
///
/// # Errors
/// When the store cannot give the bytes.
pub fn read(file: &mut File, name: &str) -> Result<ReadFile> {
    let mut bytes = Vec::new();
    file.take(LIMITS.file_bytes + 1).read_to_end(&mut bytes)?;
    let text = kit_office::text::extract(name, &bytes, &LIMITS);
    let (pieces, fault) = match text {
        Err(_) if is_picture(&bytes) => (Vec::new(), Some(PICTURE.to_owned())),
        Ok(pieces) if pieces.is_empty() => (pieces, Some("没有可以读取的文字，可能是扫描件".to_owned())),
        Ok(pieces) => (pieces, None),
        Err(error) => (Vec::new(), Some(error.to_string())),
    };
    let hidden = kit_office::hidden::find(name, &bytes, &LIMITS).unwrap_or_default();
    let pieces: Vec<KeptPiece> =
        pieces.into_iter().map(|piece| KeptPiece { at: piece.place, text: piece.text }).collect();
    Ok(ReadFile {
        pieces: serde_json::to_string(&pieces)?,
        hidden: serde_json::to_string(&kinds(&hidden, kit_office::hidden::can_strip(&bytes, &LIMITS)))?,
        fault,
    })
}

/// Whether the bytes begin as a picture of the kinds that pages show.
fn is_picture(bytes: &[u8]) -> bool {
    const BEGINNINGS: [&[u8]; 4] = [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"BM"];
    let is_webp = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    is_webp || BEGINNINGS.iter().any(|beginning| bytes.starts_with(beginning))
}

fn cleaning(kind: HiddenKind) -> Option<Cleaning> {
    match kind {
        HiddenKind::Metadata | HiddenKind::CustomProperty | HiddenKind::PlaceOfCapture => {
            Some(Cleaning::Metadata)
        }
        HiddenKind::Comment => Some(Cleaning::Remarks),
        HiddenKind::Insertion | HiddenKind::Deletion | HiddenKind::FormatChange => Some(Cleaning::Changes),
        _ => None,
    }
}

/// One line for each kind of thing that is hidden, with its number and the first place.
fn kinds(hidden: &[Hidden], can_strip: bool) -> Vec<KeptHidden> {
    let mut kinds: Vec<(HiddenKind, Vec<&Hidden>)> = Vec::new();
    for one in hidden {
        match kinds.iter_mut().find(|(kind, _)| *kind == one.kind) {
            Some((_, list)) => list.push(one),
            None => kinds.push((one.kind, vec![one])),
        }
    }
    let kept = |(kind, list): (HiddenKind, Vec<&Hidden>)| {
        let first = list.first()?;
        let said = if first.detail.is_empty() { String::new() } else { format!("：{}", first.detail) };
        Some(KeptHidden {
            is_metadata: matches!(kind, HiddenKind::Metadata | HiddenKind::CustomProperty),
            cleaning: cleaning(kind).filter(|_| can_strip).map(|cleaning| cleaning.code().to_owned()),
            what: format!("文件中有{}{}处{said}", kind.label(), list.len()),
            at: first.place.clone(),
            excerpt: format!("{}{}", kind.label(), list.len()),
        })
    };
    kinds.into_iter().filter_map(kept).collect()
}

/// What is wrong with the files of an edition, and their names. The words are those of `compiled`.
pub fn findings(
    tx: &mut Tx<'_>,
    cx: &Cx,
    edition_id: &EditionId,
    compiled: &Compiled,
) -> Result<(Vec<String>, Vec<Finding>)> {
    let (mut names, mut findings) = (Vec::new(), Vec::new());
    for attachment in attachment::queries::of_edition(tx, &cx.site_id, edition_id)? {
        let found = in_file(tx, cx, &attachment.file.sha256, compiled)?;
        let named = found.iter().map(|finding| named(finding, &attachment.name));
        findings.extend(named);
        names.push(attachment.name);
    }
    Ok((names, findings))
}

fn in_file(tx: &mut Tx<'_>, cx: &Cx, sha256: &str, compiled: &Compiled) -> Result<Arc<Vec<Finding>>> {
    if !queries::is_file_read(tx, &cx.site_id, sha256)? {
        let waiting = FileText { fault: Some(WAITING.to_owned()), ..FileText::default() };
        let findings = compiled.with(|words| check::file(&waiting, words));
        let blocking = |finding: Finding| finding.weight(Weight::Blocking);
        return Ok(Arc::new(findings.into_iter().map(blocking).collect()));
    }
    compiled.of_file(sha256, || {
        let read = queries::file(tx, &cx.site_id, sha256)?.unwrap_or_default();
        let text = file_text(read)?;
        Ok(compiled.with(|words| check::file(&text, words)))
    })
}

/// What was read, for the rules.
///
/// # Errors
/// When the row is broken.
pub fn file_text(read: ReadFile) -> Result<FileText> {
    let pieces: Vec<KeptPiece> = serde_json::from_str(&read.pieces)?;
    let hidden: Vec<KeptHidden> = serde_json::from_str(&read.hidden)?;
    let hidden =
        hidden.into_iter().map(|KeptHidden { is_metadata, cleaning, what, at, excerpt }| check::Hidden {
            is_metadata,
            cleaning: cleaning.as_deref().and_then(Cleaning::from_code),
            what,
            at,
            excerpt,
        });
    Ok(FileText {
        pieces: pieces.into_iter().map(|KeptPiece { at, text }| Piece { at, text }).collect(),
        hidden: hidden.collect(),
        fault: read.fault,
    })
}

/// The finding with the name that the file bears in this record.
fn named(finding: &Finding, name: &str) -> Finding {
    let place = match &finding.place {
        Place::Attachment { at, .. } => Place::attachment(name, at),
        other => other.clone(),
    };
    Finding { place, ..finding.clone() }
}
