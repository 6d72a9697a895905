//! The table of strings that cells share, and the escapes in them.
//!
//! It does NOT keep fonts and colours of parts of a string.

use crate::xml::{self, Event};
use crate::{Limits, OfficeError};

/// Every shared string in order; readings over the characters (phonetic runs) are left out.
pub(super) fn read(bytes: Option<Vec<u8>>, part: &str, limits: &Limits) -> Result<Vec<String>, OfficeError> {
    let Some(bytes) = bytes else {
        return Ok(Vec::new());
    };
    let text = xml::decode(bytes);
    let mut pull = xml::Pull::new(&text, part, limits);
    let mut strings: Vec<String> = Vec::new();
    let (mut in_text, mut in_reading) = (false, false);
    loop {
        match pull.step()? {
            Event::Open(start) => match xml::tag(&start) {
                "si" if strings.len() >= limits.cells => {
                    return Err(OfficeError::TooLarge { what: "单元格数", limit: limits.cells as u64 });
                }
                "si" => strings.push(String::new()),
                "rPh" => in_reading = true,
                "t" => in_text = !in_reading,
                _ => {}
            },
            Event::Text(text) if in_text => {
                if let Some(last) = strings.last_mut() {
                    last.push_str(&text);
                }
            }
            Event::Text(_) => {}
            Event::Close(end) => match xml::local(end.name().0) {
                "t" => in_text = false,
                "rPh" => in_reading = false,
                "si" => {
                    if let Some(last) = strings.last_mut() {
                        unescape(last);
                    }
                }
                _ => {}
            },
            Event::Done => return Ok(strings),
        }
    }
}

/// `_x000D_` stands for a character that XML has no place for.
pub(super) fn unescape(text: &mut String) {
    if !text.contains("_x") {
        return;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("_x") {
        let digits = rest.get(at + 2..at + 6).filter(|_| rest.as_bytes().get(at + 6) == Some(&b'_'));
        let c = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()).and_then(char::from_u32);
        out.push_str(&rest[..at]);
        match c {
            Some(c) => {
                out.push(c);
                rest = &rest[at + 7..];
            }
            None => {
                out.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    out.push_str(rest);
    *text = out;
}
