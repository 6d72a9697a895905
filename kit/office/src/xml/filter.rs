//! A part written again without some of its elements, everything else byte by byte as it was.
//!
//! It does NOT keep remarks of programmers, and changes no names.

use super::{local, tag};
use crate::{Limits, OfficeError};
use quick_xml::events::{BytesStart, Event};

/// What becomes of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// Stays.
    Keep,
    /// Goes, with all that is inside.
    Drop,
    /// Goes; what is inside stays.
    Unwrap,
    /// Stays; the text directly inside goes.
    Empty,
    /// The element around it, by name, goes with all that is inside.
    DropAround(&'static str),
}

/// An open element.
struct Open {
    name: String,
    /// Where it began in the new text.
    from: usize,
    fate: Fate,
    doomed: bool,
    /// Of what it is made up of (rows of a table), some were dropped, some were kept.
    lost: bool,
    kept: bool,
}

/// Writes a part again. `judge` is asked about each element, with the name of the one around it; attributes for which
/// `rename` has a value get that value.
pub(crate) fn filter(
    text: &str,
    part: &str,
    limits: &Limits,
    judge: impl Fn(&BytesStart<'_>, &str) -> Fate,
    rename: impl Fn(&str) -> Option<&'static str>,
) -> Result<String, OfficeError> {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut filter = Filter { out: String::with_capacity(text.len()), open: Vec::new(), dropping: 0 };
    loop {
        let event = reader.read_event().map_err(|e| OfficeError::damaged(part, e))?;
        match event {
            Event::Start(start) => {
                if filter.open.len() + filter.dropping >= limits.depth {
                    return Err(OfficeError::TooDeep { limit: limits.depth });
                }
                let fate = filter.judge(&start, &judge);
                filter.begin(&start, fate, &rename);
            }
            Event::Empty(start) => {
                let fate = filter.judge(&start, &judge);
                filter.alone(&start, fate, &rename);
            }
            Event::End(_) => filter.end(),
            Event::Text(raw) => filter.text(&raw),
            Event::GeneralRef(name) => filter.text(&format!("&{};", &*name)),
            Event::CData(raw) => filter.text(&format!("<![CDATA[{}]]>", &*raw)),
            Event::Decl(raw) => filter.out.push_str(&format!("<?{}?>", &*raw)),
            Event::PI(raw) => filter.out.push_str(&format!("<?{}?>", &*raw)),
            Event::DocType(_) => return Err(OfficeError::damaged(part, "含有文档类型声明")),
            Event::Comment(_) => {}
            Event::Eof if filter.open.is_empty() && filter.dropping == 0 => return Ok(filter.out),
            Event::Eof => return Err(OfficeError::damaged(part, "内容不完整")),
        }
    }
}

struct Filter {
    out: String,
    open: Vec<Open>,
    /// Elements open inside one that is dropped, that one included.
    dropping: usize,
}

impl Filter {
    fn judge(&mut self, start: &BytesStart<'_>, judge: impl Fn(&BytesStart<'_>, &str) -> Fate) -> Fate {
        if self.dropping > 0 {
            return Fate::Drop;
        }
        let fate = judge(start, self.open.last().map_or("", |open| &open.name));
        let Fate::DropAround(around) = fate else {
            return fate;
        };
        if let Some(open) = self.open.iter_mut().rev().find(|open| open.name == around) {
            open.doomed = true;
        }
        Fate::Drop
    }

    fn begin(&mut self, start: &BytesStart<'_>, fate: Fate, rename: impl Fn(&str) -> Option<&'static str>) {
        if fate == Fate::Drop {
            self.dropping += 1;
            return;
        }
        let from = self.out.len();
        if fate != Fate::Unwrap {
            self.tag(start, ">", rename);
        }
        let name = tag(start).to_owned();
        self.open.push(Open { name, from, fate, doomed: false, lost: false, kept: false });
    }

    fn alone(&mut self, start: &BytesStart<'_>, fate: Fate, rename: impl Fn(&str) -> Option<&'static str>) {
        if matches!(fate, Fate::Keep | Fate::Empty) {
            self.tag(start, "/>", rename);
        }
    }

    fn tag(&mut self, start: &BytesStart<'_>, end: &str, rename: impl Fn(&str) -> Option<&'static str>) {
        self.out.push('<');
        let all: Vec<_> = start.attributes().with_checks(false).filter_map(Result::ok).collect();
        let renamed = |key: &str| rename(local(key));
        if all.iter().any(|a| renamed(a.key.0).is_some()) {
            self.out.push_str(start.name().0);
            for a in all {
                let value = renamed(a.key.0).unwrap_or(&a.value);
                let quote = if value.contains('"') { '\'' } else { '"' };
                self.out.push_str(&format!(" {}={quote}{value}{quote}", a.key.0));
            }
        } else {
            self.out.push_str(start);
        }
        self.out.push_str(end);
    }

    fn text(&mut self, raw: &str) {
        let is_emptied = self.open.last().is_some_and(|open| open.fate == Fate::Empty);
        if self.dropping == 0 && !is_emptied {
            self.out.push_str(raw);
        }
    }

    fn end(&mut self) {
        if self.dropping > 0 {
            self.dropping -= 1;
            return;
        }
        let Some(open) = self.open.pop() else {
            return;
        };
        // What lost all it was made up of goes too: a table without rows is no table.
        let gone = open.doomed || (open.lost && !open.kept);
        if let Some(around) = self.open.last_mut().filter(|_| ["tr", "tc"].contains(&open.name.as_str())) {
            around.lost |= gone;
            around.kept |= !gone;
        }
        if gone {
            self.out.truncate(open.from);
        } else if open.fate != Fate::Unwrap {
            // The name as it was written, with its prefix.
            let written = self.out[open.from..].trim_start_matches('<');
            let name = written.split([' ', '>', '\n', '\t', '\r']).next().unwrap_or_default().to_owned();
            self.out.push_str(&format!("</{name}>"));
        }
    }
}
