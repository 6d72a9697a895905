//! Which encoding a text is in, told from its bytes: UTF-8, UTF-16, or GB18030 (GBK, GB2312).
//!
//! It does NOT guess other encodings, and it never replaces a broken character silently.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use std::fmt;

/// The encodings met in practice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Charset {
    /// UTF-8 (and plain ASCII).
    #[default]
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// GB18030, which contains GBK and GB2312.
    Gb18030,
}

impl fmt::Display for Charset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Charset::Utf8 => "UTF-8",
            Charset::Utf16Le => "UTF-16LE",
            Charset::Utf16Be => "UTF-16BE",
            Charset::Gb18030 => "GB18030",
        })
    }
}

impl Charset {
    pub(super) fn encoding(self) -> &'static Encoding {
        match self {
            Charset::Utf8 => UTF_8,
            Charset::Utf16Le => UTF_16LE,
            Charset::Utf16Be => UTF_16BE,
            Charset::Gb18030 => GB18030,
        }
    }

    /// The charset a label such as `gb2312` or `utf-8` names, if it is one of ours.
    pub fn from_label(label: &str) -> Option<Charset> {
        let encoding = Encoding::for_label(label.trim().as_bytes())?;
        match encoding.name() {
            "UTF-8" => Some(Charset::Utf8),
            "UTF-16LE" => Some(Charset::Utf16Le),
            "UTF-16BE" => Some(Charset::Utf16Be),
            "GBK" | "gb18030" => Some(Charset::Gb18030),
            _ => None,
        }
    }
}

/// Splits and decodes the lines of one file.
#[derive(Debug, Default)]
pub(super) struct LineDecoder {
    charset: Charset,
    /// No byte beyond ASCII has been seen: the first one decides.
    undecided: bool,
}

impl LineDecoder {
    /// Decides by the first block; also tells how many bytes of byte-order mark to skip.
    pub(super) fn look_at(block: &[u8]) -> (LineDecoder, usize) {
        if let Some((charset, skipped)) = byte_order_mark(block) {
            return (LineDecoder { charset, undecided: false }, skipped);
        }
        match guess(block) {
            Some(charset) => (LineDecoder { charset, undecided: false }, 0),
            None => (LineDecoder { charset: Charset::Utf8, undecided: true }, 0),
        }
    }

    pub(super) fn charset(&self) -> Charset {
        self.charset
    }

    /// Whether characters are two bytes wide, so that line ends are too.
    pub(super) fn is_wide(&self) -> bool {
        matches!(self.charset, Charset::Utf16Le | Charset::Utf16Be)
    }

    /// How many bytes belong to this line, its end included, and whether the end was found.
    /// `misaligned`: the line so far has an odd number of bytes, the last of them `before`.
    pub(super) fn line_end(&self, rest: &[u8], misaligned: bool, before: Option<u8>) -> (usize, bool) {
        if !self.is_wide() {
            return match rest.iter().position(|&byte| byte == b'\n') {
                Some(at) => (at + 1, true),
                None => (rest.len(), false),
            };
        }
        let end = match self.charset {
            Charset::Utf16Le => [b'\n', 0],
            _ => [0, b'\n'],
        };
        if misaligned && before == Some(end[0]) && rest.first() == Some(&end[1]) {
            return (1, true);
        }
        let skip = usize::from(misaligned).min(rest.len());
        match rest[skip..].chunks_exact(2).position(|pair| pair == end) {
            Some(at) => (skip + at * 2 + 2, true),
            None => (rest.len(), false),
        }
    }

    /// The text of a line without its end, or the index of its first bad byte.
    pub(super) fn decode_line(&mut self, mut raw: Vec<u8>) -> Result<String, usize> {
        if self.is_wide() {
            let mut text = decode_strictly(self.charset, &raw)?;
            text.truncate(text.trim_end_matches('\n').trim_end_matches('\r').len());
            return Ok(text);
        }
        if raw.last() == Some(&b'\n') {
            raw.pop();
        }
        while raw.last() == Some(&b'\r') {
            raw.pop();
        }
        if self.undecided && !raw.is_ascii() {
            self.charset = guess(&raw).unwrap_or_default();
            self.undecided = false;
        }
        match self.charset {
            Charset::Gb18030 => decode_gb_line(raw),
            _ => decode_utf8_line(raw),
        }
    }
}

/// A GB18030 line in a UTF-8 file (files are glued together) is read as what it is, if it surely is.
fn decode_utf8_line(raw: Vec<u8>) -> Result<String, usize> {
    String::from_utf8(raw).or_else(|error| {
        let broken_at = error.utf8_error().valid_up_to();
        let raw = error.as_bytes();
        match looks_like_gb2312(raw) {
            true => decode_strictly(Charset::Gb18030, raw).map_err(|_| broken_at),
            false => Err(broken_at),
        }
    })
}

fn decode_gb_line(raw: Vec<u8>) -> Result<String, usize> {
    if !looks_like_gb2312(&raw) && std::str::from_utf8(&raw).is_ok() {
        return decode_utf8_line(raw);
    }
    decode_strictly(Charset::Gb18030, &raw)
}

/// A whole text: byte-order mark, then UTF-8, then GB18030, then UTF-16 without a mark.
///
/// # Errors
/// The index of the first byte that fits none.
pub fn decode_text(bytes: &[u8]) -> Result<(String, Charset), usize> {
    if let Some((charset, skipped)) = byte_order_mark(bytes) {
        let text = decode_strictly(charset, &bytes[skipped..]).map_err(|at| at + skipped)?;
        return Ok((text, charset));
    }
    let charset = guess(bytes).unwrap_or_default();
    decode_strictly(charset, bytes).map(|text| (text, charset))
}

/// Decodes without replacing anything; the error is the index of the first bad byte.
pub(super) fn decode_strictly(charset: Charset, bytes: &[u8]) -> Result<String, usize> {
    if charset == Charset::Utf8 {
        return match std::str::from_utf8(bytes) {
            Ok(text) => Ok(text.to_owned()),
            Err(error) => Err(error.valid_up_to()),
        };
    }
    match charset.encoding().decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => Ok(text.into_owned()),
        None => Err(first_bad_byte(charset, bytes)),
    }
}

fn first_bad_byte(charset: Charset, bytes: &[u8]) -> usize {
    let mut decoder = charset.encoding().new_decoder_without_bom_handling();
    let mut sink = String::with_capacity(bytes.len() * 3 + 16);
    let (result, read) = decoder.decode_to_string_without_replacement(bytes, &mut sink, true);
    match result {
        encoding_rs::DecoderResult::Malformed(length, after) => {
            read.saturating_sub(usize::from(length) + usize::from(after))
        }
        _ => read,
    }
}

pub(super) fn byte_order_mark(bytes: &[u8]) -> Option<(Charset, usize)> {
    match bytes {
        [0xEF, 0xBB, 0xBF, ..] => Some((Charset::Utf8, 3)),
        [0xFF, 0xFE, ..] => Some((Charset::Utf16Le, 2)),
        [0xFE, 0xFF, ..] => Some((Charset::Utf16Be, 2)),
        [0x84, 0x31, 0x95, 0x33, ..] => Some((Charset::Gb18030, 4)),
        _ => None,
    }
}

/// The charset of a block without a mark; `None` for pure ASCII, which leaves it open.
pub(super) fn guess(block: &[u8]) -> Option<Charset> {
    if let Some(wide) = guess_wide(block) {
        return Some(wide);
    }
    // Line by line, so that one damaged line does not turn the whole file.
    let (mut utf8, mut gb) = (0_usize, 0_usize);
    for line in block.split(|&byte| byte == b'\n').filter(|line| !line.is_ascii()) {
        match std::str::from_utf8(line) {
            Ok(_) => utf8 += line.len(),
            Err(error) if error.error_len().is_none() && error.valid_up_to() > 0 => utf8 += line.len(),
            Err(_) if looks_like_gb18030(line) => gb += line.len(),
            Err(_) => {}
        }
    }
    match (utf8, gb) {
        (0, 0) if block.is_ascii() => None,
        _ if gb > utf8 => Some(Charset::Gb18030),
        _ => Some(Charset::Utf8),
    }
}

/// UTF-16 without a mark: it has zero bytes (line ends, Latin letters), which other text has not,
/// and nearly all its high bytes are those of Latin, CJK and their punctuation.
fn guess_wide(block: &[u8]) -> Option<Charset> {
    let zeros = block.iter().filter(|&&byte| byte == 0).count();
    // A stray zero byte in UTF-8 is a stray zero byte.
    let is_utf8 = std::str::from_utf8(block).map_or_else(|e| e.error_len().is_none(), |_| true);
    if zeros == 0 || (is_utf8 && zeros * 10 < block.len()) {
        return None;
    }
    let is_high = |byte: u8| matches!(byte, 0x00 | 0x20 | 0x30 | 0x4e..=0x9f | 0xff);
    let (mut big, mut little) = (0_usize, 0_usize);
    for pair in block.chunks_exact(2) {
        big += usize::from(is_high(pair[0]));
        little += usize::from(is_high(pair[1]));
    }
    let enough = block.len() / 2 * 4 / 5;
    match big.max(little) {
        0 => None,
        most if most < enough || big == little => None,
        most => Some(if most == big { Charset::Utf16Be } else { Charset::Utf16Le }),
    }
}

/// Nearly all pairs lie in the zone of GB2312. UTF-8 Chinese read as GB does not: two of three of
/// its bytes are below A1 half of the time.
pub(super) fn looks_like_gb2312(bytes: &[u8]) -> bool {
    let (pairs, in_zone) = count_pairs(bytes);
    pairs > 0 && in_zone * 10 >= pairs * 9
}

fn looks_like_gb18030(bytes: &[u8]) -> bool {
    let (pairs, in_zone) = count_pairs(bytes);
    pairs > 0 && in_zone * 4 >= pairs * 3
}

fn count_pairs(bytes: &[u8]) -> (usize, usize) {
    let (mut pairs, mut in_zone, mut at) = (0, 0, 0);
    while at < bytes.len() {
        if bytes[at] < 0x80 {
            at += 1;
            continue;
        }
        pairs += 1;
        let trail = bytes.get(at + 1).copied().unwrap_or(0xA1);
        in_zone += usize::from((0xA1..=0xF7).contains(&bytes[at]) && trail >= 0xA1);
        at += if (0x30..=0x39).contains(&trail) { 4 } else { 2 };
    }
    (pairs, in_zone)
}
