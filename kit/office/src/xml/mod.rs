//! XML of office parts, read without document types and within limits, as a stream or as a tree.
//!
//! Names are compared without their prefixes: producers choose those freely.
//! It does NOT resolve entities other than the five of XML, and never reads outside the text it is given.

use crate::{Limits, OfficeError};
use quick_xml::XmlVersion;
use quick_xml::events::{BytesEnd, BytesStart, Event as Raw};
use std::borrow::Cow;

mod filter;
mod tree;

pub(crate) use filter::{Fate, filter};
pub(crate) use tree::{Element, Tree};

/// Text for an element or an attribute; characters that XML has no place for are left out.
pub(crate) fn escape_into(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\r' => out.push_str("&#13;"),
            '\n' | '\t' => out.push(c),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
}

/// The text of a part: UTF-8 or, by its mark, UTF-16; broken characters become U+FFFD.
pub(crate) fn decode(mut bytes: Vec<u8>) -> String {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return kit_text::lines::decode_text(&bytes).map(|(text, _)| text).unwrap_or_default();
    }
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// One step through a part.
pub(crate) enum Event<'a> {
    /// An element begins; an empty one is closed by the next step.
    Open(BytesStart<'a>),
    /// An element ends.
    Close(BytesEnd<'a>),
    /// Text, or a piece of it.
    Text(Cow<'a, str>),
    /// The part ends.
    Done,
}

/// Steps through a part.
pub(crate) struct Pull<'a> {
    reader: quick_xml::Reader<&'a [u8]>,
    part: &'a str,
    depth: usize,
    deepest: usize,
}

impl<'a> Pull<'a> {
    pub(crate) fn new(text: &'a str, part: &'a str, limits: &Limits) -> Pull<'a> {
        let mut reader = quick_xml::Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Pull { reader, part, depth: 0, deepest: limits.depth }
    }

    /// The next step.
    pub(crate) fn step(&mut self) -> Result<Event<'a>, OfficeError> {
        loop {
            let event = self.reader.read_event().map_err(|e| OfficeError::damaged(self.part, e))?;
            return Ok(match event {
                Raw::Start(start) | Raw::Empty(start) => {
                    self.depth += 1;
                    if self.depth > self.deepest {
                        return Err(OfficeError::TooDeep { limit: self.deepest });
                    }
                    Event::Open(start)
                }
                Raw::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    Event::Close(end)
                }
                Raw::Text(text) => Event::Text(text.xml10_content()),
                Raw::CData(text) => Event::Text(text.xml10_content()),
                Raw::GeneralRef(name) => match entity(&name) {
                    Some(c) => Event::Text(Cow::Owned(c.to_string())),
                    None => continue,
                },
                Raw::DocType(_) => return Err(OfficeError::damaged(self.part, "含有文档类型声明")),
                Raw::Eof if self.depth > 0 => return Err(OfficeError::damaged(self.part, "内容不完整")),
                Raw::Eof => Event::Done,
                Raw::Comment(_) | Raw::Decl(_) | Raw::PI(_) => continue,
            });
        }
    }
}

fn entity(name: &quick_xml::events::BytesRef<'_>) -> Option<char> {
    match &**name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => name.resolve_char_ref().ok().flatten(),
    }
}

/// A name without its prefix.
pub(crate) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// The element's name without its prefix.
pub(crate) fn tag<'s>(start: &'s BytesStart<'_>) -> &'s str {
    local(start.name().0)
}

/// An attribute by its name without prefix; an `r:id` beside an `id` is found by [`prefixed`].
pub(crate) fn attribute<'s>(start: &'s BytesStart<'_>, name: &str) -> Option<Cow<'s, str>> {
    find(start, |key| local(key) == name)
}

/// An attribute that has a prefix.
pub(crate) fn prefixed<'s>(start: &'s BytesStart<'_>, name: &str) -> Option<Cow<'s, str>> {
    find(start, |key| key.rsplit_once(':').is_some_and(|(_, local)| local == name))
}

fn find<'s>(start: &'s BytesStart<'_>, matches: impl Fn(&str) -> bool) -> Option<Cow<'s, str>> {
    let mut attributes = start.attributes();
    let found = attributes.with_checks(false).filter_map(Result::ok).find(|a| matches(a.key.0))?;
    // An unknown entity leaves the value as it stands.
    Some(found.normalized_value(XmlVersion::Implicit1_0).unwrap_or(found.value))
}

/// Whether a switch such as `hidden="1"` is on.
pub(crate) fn is_on(value: &str) -> bool {
    matches!(value, "1" | "true" | "on")
}
