//! Reads what a person typed. There is no query language: nothing typed is ever an operator except
//! quotation marks around a phrase, and whatever was typed, something sensible is made of it.

use std::collections::BTreeSet;

use crate::cut::{Cutter, Unit};
use crate::fold::{canonical, fold, is_content};

/// Longer queries are cut, and [`Understood::truncated`] says so.
pub const MAX_QUERY_CHARS: usize = 200;
/// More parts than this are ignored: each costs time, and nobody means them all.
const MAX_PARTS: usize = 16;
/// Units of one phrase; the rest of a longer phrase is ignored.
const MAX_UNITS: usize = 40;
const MIN_IDENTIFIER: usize = 4;
const MAX_IDENTIFIER: usize = 60;

/// How a query was read and how strictly it was matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Understood {
    /// As what the text was read.
    pub reading: Reading,
    /// How many of the words a hit had to contain.
    pub strictness: Strictness,
    /// Phrases in quotation marks, as typed.
    pub phrases: Vec<String>,
    /// The text was too long and its end was ignored.
    pub truncated: bool,
}

/// As what a query was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// No text: everything that passes the filters.
    Everything,
    /// A printed identifier, in canonical form.
    Identifier(String),
    /// Words and phrases.
    Words,
    /// Text without a single letter, digit or character: nothing is found.
    Nothing,
}

/// How many of the parts of a query a hit had to contain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strictness {
    /// All of them.
    All,
    /// About two thirds, because nothing contained all.
    Most,
    /// At least one, because nothing contained most.
    Any,
}

/// A part of a query: units at their places, one after another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// Folded, for highlighting.
    pub(crate) text: String,
    pub(crate) units: Vec<(usize, String)>,
    pub(crate) role: Role,
}

/// What a part does for a hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// A hit must have it (unless nothing has all).
    Asked,
    /// Typed between quotation marks: like `Asked`, and shown as a phrase.
    Quoted,
    /// A hit that has it comes first.
    Welcome,
}

/// A query taken apart.
pub(crate) struct Taken {
    pub(crate) parts: Vec<Part>,
    /// The canonical form, if the whole looks like a printed identifier.
    pub(crate) identifier: Option<String>,
    pub(crate) phrases: Vec<String>,
    pub(crate) truncated: bool,
    pub(crate) blank: bool,
}

impl Taken {
    /// The parts a hit is asked for.
    pub(crate) fn asked(&self) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(|part| part.role != Role::Welcome)
    }
}

pub(crate) fn take_apart(text: &str, cutter: &Cutter) -> Taken {
    let typed: String = text.trim().chars().take(MAX_QUERY_CHARS).collect();
    let mut truncated = text.trim().chars().nth(MAX_QUERY_CHARS).is_some();
    let mut parts = Vec::new();
    let mut phrases = Vec::new();
    for (chunk, quoted) in chunks(&typed) {
        if quoted && chunk.chars().map(fold).any(is_content) {
            phrases.push(chunk.trim().to_owned());
        }
        let units = cutter.cover(chunk);
        if quoted {
            parts.extend(part(&units, Role::Quoted));
        } else {
            plain_parts(&units, &mut parts);
        }
    }
    let mut seen = BTreeSet::new();
    parts.retain(|part| seen.insert(part.text.clone()));
    truncated |= parts.len() > MAX_PARTS;
    parts.truncate(MAX_PARTS);
    let identifier = Some(&typed).filter(|_| phrases.is_empty()).and_then(|t| identifier(t));
    Taken { parts, identifier, phrases, truncated, blank: typed.is_empty() }
}

/// The words of an unquoted chunk. Single characters side by side are one word the dictionary does not
/// know (a place, a name); a single character beside words is only welcome.
fn plain_parts(units: &[Unit], parts: &mut Vec<Part>) {
    let weak = |unit: &Unit| unit.single && "的了和与及或在是之其".contains(unit.text.as_str());
    let before = parts.len();
    let mut at = 0;
    while at < units.len() {
        let mut end = at + 1;
        let joins = |end: usize| {
            let (last, next) = (&units[end - 1], &units[end]);
            last.single && next.single && last.place + 1 == next.place && !weak(next)
        };
        while !weak(&units[at]) && end < units.len() && joins(end) {
            end += 1;
        }
        let lone = units[at].single && end == at + 1 && units.len() > 1;
        let role = if lone { Role::Welcome } else { Role::Asked };
        if !(lone && weak(&units[at])) {
            parts.extend(part(&units[at..end], role));
        }
        at = end;
    }
    if parts.len() > before + 1 {
        parts.extend(part(units, Role::Welcome));
    }
    // Nothing but lone characters and function words: then they are what is asked.
    if parts[before..].iter().all(|part| part.role == Role::Welcome) {
        parts.truncate(before);
        parts.extend(part(units, Role::Asked));
    }
}

fn part(units: &[Unit], role: Role) -> Option<Part> {
    let start = units.first()?.place;
    let units = &units[..units.len().min(MAX_UNITS)];
    Some(Part {
        text: units.iter().map(|unit| unit.text.as_str()).collect(),
        units: units.iter().map(|unit| (unit.place - start, unit.text.clone())).collect(),
        role,
    })
}

/// Splits at white space and quotation marks; a mark without its partner is ignored.
fn chunks(typed: &str) -> Vec<(&str, bool)> {
    const PAIRS: [(char, char); 5] = [('"', '"'), ('“', '”'), ('＂', '＂'), ('「', '」'), ('『', '』')];
    let mut found = Vec::new();
    let mut rest = typed;
    while let Some(open) = rest.find(|c| PAIRS.iter().any(|(o, _)| *o == c)) {
        found.extend(rest[..open].split_whitespace().map(|chunk| (chunk, false)));
        let mark = rest[open..].chars().next().expect("find gave the place of a character");
        let inside = &rest[open + mark.len_utf8()..];
        let close = PAIRS.iter().find(|(o, _)| *o == mark).map(|(_, c)| *c);
        rest = match close.and_then(|close| inside.find(close).map(|at| (at, close))) {
            Some((at, close)) => {
                found.push((&inside[..at], true));
                &inside[at + close.len_utf8()..]
            }
            None => inside,
        };
    }
    found.extend(rest.split_whitespace().map(|chunk| (chunk, false)));
    found
}

/// Whether a text looks like a printed identifier: digits, and either marks inside, the sign 号 at its
/// end, or hardly anything but digits.
fn identifier(typed: &str) -> Option<String> {
    let form = canonical(typed);
    let n_chars = form.chars().count();
    let n_digits = form.chars().filter(char::is_ascii_digit).count();
    if n_digits == 0 || !(MIN_IDENTIFIER..=MAX_IDENTIFIER).contains(&n_chars) {
        return None;
    }
    let marked = typed.chars().map(fold).any(|c| !is_content(c) && !c.is_whitespace());
    let signed = form.ends_with('号');
    let digits = n_digits >= 5 && n_digits * 2 > n_chars;
    (marked || signed || digits).then_some(form)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(text: &str) -> Vec<String> {
        let taken = take_apart(text, &Cutter::new(&[]));
        taken.asked().map(|part| part.text.clone()).collect()
    }

    #[test]
    fn words_are_asked_and_function_words_are_not() {
        assert_eq!(asked("教育局的报告"), ["教育局", "报告"]);
        assert_eq!(asked("低保  标准"), ["低保", "标准"]);
        assert_eq!(asked("的"), ["的"]);
    }

    #[test]
    fn unknown_names_stay_together() {
        assert!(asked("劲松镇").iter().all(|part| part.chars().count() >= 2));
        assert_eq!(asked("扬气").len(), 1);
    }

    #[test]
    fn quotation_marks_make_phrases_and_stray_ones_do_nothing() {
        let taken = take_apart("“放管服 改革” 方案", &Cutter::new(&[]));
        assert_eq!(taken.phrases, ["放管服 改革"]);
        assert_eq!(asked("\"方案").len(), 1);
        assert!(asked("\"\"").is_empty());
    }

    #[test]
    fn identifiers_are_recognised_and_ordinary_queries_are_not() {
        let cases = [
            ("甲字〔2018〕5号", true),
            ("甲字2018 5号", true),
            ("000014349/2018-00222", true),
            ("甲字〔2018〕", true),
            ("2018年工作报告", false),
            ("低保", false),
            ("（通知）", false),
        ];
        for (text, expected) in cases {
            assert_eq!(identifier(text).is_some(), expected, "{text}");
        }
    }

    #[test]
    fn a_long_query_is_cut_and_says_so() {
        assert!(take_apart(&"标准".repeat(101), &Cutter::new(&[])).truncated);
        assert!(!take_apart(&"标准".repeat(100), &Cutter::new(&[])).truncated);
    }
}
