//! One whole text or page file: unpacked, decoded, with the encoding a page declares for itself.
//!
//! It does NOT parse the page beyond finding `charset=`.

use super::charset::{byte_order_mark, decode_strictly, decode_text, guess, looks_like_gb2312};
use super::source::Source;
use super::{Charset, Limits, ReadError};
use std::path::Path;

/// A file's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextFile {
    /// The decoded text.
    pub text: String,
    /// The encoding it was in.
    pub charset: Charset,
    /// Characters that could not be decoded and stand as `\u{FFFD}`; 0 for a sound file.
    pub n_replaced: usize,
}

/// Reads a whole text or HTML file of at most `limit` bytes (unpacked, where it is gzip).
///
/// # Errors
/// It cannot be opened, is larger than `limit`, is a damaged archive, or is no text.
pub fn read_text_file(path: &Path, limit: u64) -> Result<TextFile, ReadError> {
    let limits = Limits { total_bytes: limit, ..Limits::default() };
    let mut source = Source::open(path, limits)?;
    let mut bytes = Vec::new();
    loop {
        let mut chunk = Vec::new();
        source.read_chunk(&mut chunk, 64 * 1024).map_err(|error| {
            let line = bytes.iter().filter(|&&byte| byte == b'\n').count() as u64 + 1;
            error.at_line(line)
        })?;
        if chunk.is_empty() {
            break;
        }
        bytes.append(&mut chunk);
    }
    decode_page(&bytes).map_err(|at| ReadError::Undecodable { path: path.to_owned(), position: at as u64 })
}

/// Decodes a page: byte-order mark, then the declared charset if it fits, then what the bytes say.
/// A few damaged characters in a long page are replaced and counted.
///
/// # Errors
/// The index of the first bad byte, where more than one character in fifty is damaged.
pub fn decode_page(bytes: &[u8]) -> Result<TextFile, usize> {
    let mark = byte_order_mark(bytes);
    let declared = declared_charset(bytes).filter(|_| mark.is_none());
    if let Some(charset) = declared.filter(|charset| !contradicts(*charset, bytes))
        && let Ok(text) = decode_strictly(charset, bytes)
    {
        return Ok(TextFile { text, charset, n_replaced: 0 });
    }
    let broken_at = match decode_text(bytes) {
        Ok((text, charset)) => {
            return Ok(TextFile { text, charset, n_replaced: 0 });
        }
        Err(at) => at,
    };
    let (marked, skipped) = mark.unzip();
    let charset = marked.or_else(|| guess(bytes)).unwrap_or_default();
    let file = decode_lossily(charset, &bytes[skipped.unwrap_or(0)..]);
    let is_text = file.n_replaced * 50 <= file.text.chars().count();
    if is_text { Ok(file) } else { Err(broken_at) }
}

/// Chinese in UTF-8 also decodes as GB18030, into nonsense: valid UTF-8 wins over the declaration.
fn contradicts(declared: Charset, bytes: &[u8]) -> bool {
    declared == Charset::Gb18030
        && !bytes.is_ascii()
        && !looks_like_gb2312(bytes)
        && std::str::from_utf8(bytes).is_ok()
}

fn decode_lossily(charset: Charset, bytes: &[u8]) -> TextFile {
    let (text, _) = charset.encoding().decode_without_bom_handling(bytes);
    let n_replaced = text.chars().filter(|&c| c == '\u{FFFD}').count();
    TextFile { text: text.into_owned(), charset, n_replaced }
}

/// `<meta charset="gb2312">`, `content="text/html; charset=gbk"`, `<?xml encoding="…"?>`.
fn declared_charset(bytes: &[u8]) -> Option<Charset> {
    let head = &bytes[..bytes.len().min(4096)];
    let head: String = head.iter().map(|&byte| (byte as char).to_ascii_lowercase()).collect();
    ["charset", "encoding"].into_iter().find_map(|word| {
        head.match_indices(word).find_map(|(at, _)| {
            let value = head[at + word.len()..].trim_start().strip_prefix('=')?;
            let value = value.trim_start().trim_start_matches(['"', '\'']);
            let end = value.find(|c: char| !(c.is_ascii_alphanumeric() || "-_".contains(c)));
            // A page whose declaration we can read byte by byte is never UTF-16.
            Charset::from_label(&value[..end.unwrap_or(value.len())])
                .filter(|charset| !matches!(charset, Charset::Utf16Le | Charset::Utf16Be))
        })
    })
}
