//! What is wrong with a document number that has no sound form, and what it may have been.
//!
//! The value is folded step by step towards the form of GB/T 9704-2012 and each step that was needed
//! is a named fault. It proposes only what the strict reader then accepts, and nothing where the
//! digits have two readings.

use super::DocumentNumberFaultKind as Kind;
use super::{DocumentNumberFault, is_han, sound};

const OPENING: [char; 9] = ['〔', '[', '【', '（', '(', '﹝', '〖', '{', '［'];
const CLOSING: [char; 9] = ['〕', ']', '】', '）', ')', '﹞', '〗', '}', '］'];

/// Traditional characters that occur in marks and suffixes, with the simplified ones.
const TRADITIONAL: [(char, char); 8] = [
    ('號', '号'),
    ('發', '发'),
    ('辦', '办'),
    ('規', '规'),
    ('區', '区'),
    ('縣', '县'),
    ('黨', '党'),
    ('國', '国'),
];

/// Words that forms print for "none".
const NOTHING: [&str; 6] = ["无", "無", "暂无", "null", "NULL", "空"];

/// Names the faults of a value that the strict readers have refused.
pub(super) fn explain(printed: &str) -> DocumentNumberFault {
    let mut kinds = Vec::new();
    let proposal = if is_nothing(printed) {
        kinds.push(Kind::Blank);
        None
    } else {
        let folded = fold(printed, &mut kinds);
        let proposal = propose(&folded, &mut kinds).filter(|text| sound(text).is_some());
        if kinds.is_empty() {
            kinds.push(Kind::Unreadable);
        }
        proposal
    };
    kinds.sort_unstable();
    kinds.dedup();
    DocumentNumberFault { printed: printed.to_owned(), kinds, proposal }
}

fn is_nothing(text: &str) -> bool {
    NOTHING.contains(&text) || text.chars().all(|c| c.is_whitespace() || "-—/".contains(c))
}

/// The text without blanks, with ASCII digits and simplified characters.
fn fold(text: &str, kinds: &mut Vec<Kind>) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.chars() {
        let simplified = TRADITIONAL.iter().find(|(old, _)| *old == character);
        if character.is_whitespace() {
            kinds.push(Kind::Spaces);
        } else if let Some(digit) = full_width_digit(character) {
            kinds.push(Kind::FullWidthDigits);
            folded.push(digit);
        } else if let Some((_, new)) = simplified {
            kinds.push(Kind::TraditionalCharacters);
            folded.push(*new);
        } else {
            folded.push(character);
        }
    }
    folded
}

fn full_width_digit(character: char) -> Option<char> {
    let offset = u32::from(character).checked_sub(u32::from('０'))?;
    char::from_digit(offset, 10)
}

/// The pieces of a number as they stand, each perhaps missing.
struct Pieces<'a> {
    mark: &'a str,
    opened: bool,
    /// The digits before the closing bracket or 第, year and serial together when both are lost.
    head: &'a str,
    closed: bool,
    ordinal: bool,
    tail: &'a str,
    suffix: bool,
    right_brackets: bool,
}

fn propose(text: &str, kinds: &mut Vec<Kind>) -> Option<String> {
    let pieces = take_apart(text, kinds)?;
    name_faults(&pieces, kinds);
    let (year, serial) = year_and_serial(&pieces, kinds)?;
    if serial.starts_with('0') {
        kinds.push(Kind::LeadingZero);
    }
    let serial = serial.trim_start_matches('0');
    if pieces.mark.chars().count() < 2 {
        kinds.push(Kind::NoOrganMark);
        return None;
    }
    let ordinal = if pieces.keeps_ordinal() { "第" } else { "" };
    Some(format!("{}〔{year}〕{ordinal}{serial}号", pieces.mark))
}

impl Pieces<'_> {
    /// In decrees and announcements 第 belongs to the form.
    fn keeps_ordinal(&self) -> bool {
        self.ordinal && (self.mark.ends_with('令') || self.mark.ends_with("公告"))
    }
}

/// Finds the pieces around the first digits of the text.
fn take_apart<'a>(text: &'a str, kinds: &mut Vec<Kind>) -> Option<Pieces<'a>> {
    let first_digit = text.find(|c: char| c.is_ascii_digit())?;
    let (front, rest) = text.split_at(first_digit);
    let open = front.chars().next_back().filter(|c| OPENING.contains(c));
    let front = open.map_or(front, |bracket| &front[..front.len() - bracket.len_utf8()]);
    let mark = trailing_mark(front);
    if mark.len() != front.len() {
        kinds.push(Kind::ExtraText);
    }
    let (head, rest) = split_digits(rest);
    let close = rest.chars().next().filter(|c| CLOSING.contains(c));
    let rest = close.map_or(rest, |bracket| &rest[bracket.len_utf8()..]);
    let (ordinal, rest) = strip(rest, '第');
    let (tail, rest) = split_digits(rest);
    let (suffix, rest) = strip(rest, '号');
    if !rest.is_empty() {
        kinds.push(Kind::ExtraText);
    }
    Some(Pieces {
        mark,
        opened: open.is_some(),
        head,
        closed: close.is_some(),
        ordinal,
        tail,
        suffix,
        right_brackets: open.is_none_or(|c| c == '〔') && close.is_none_or(|c| c == '〕'),
    })
}

/// The Han characters directly before the digits, without a 第 of a lost year.
fn trailing_mark(front: &str) -> &str {
    let start = front.char_indices().rev().find(|(_, c)| !is_han(*c));
    start.map_or(front, |(at, other)| &front[at + other.len_utf8()..])
}

fn split_digits(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()))
}

fn strip(text: &str, prefix: char) -> (bool, &str) {
    text.strip_prefix(prefix).map_or((false, text), |rest| (true, rest))
}

fn name_faults(pieces: &Pieces<'_>, kinds: &mut Vec<Kind>) {
    for (wrong, kind) in [
        (!pieces.right_brackets, Kind::WrongBrackets),
        (pieces.opened != pieces.closed || !pieces.opened, Kind::Damaged),
        (pieces.ordinal && !pieces.keeps_ordinal(), Kind::OrdinalPrefix),
        (!pieces.suffix, Kind::MissingSuffix),
    ] {
        if wrong {
            kinds.push(kind);
        }
    }
}

/// Year and serial where they have one reading.
fn year_and_serial(pieces: &Pieces<'_>, kinds: &mut Vec<Kind>) -> Option<(String, String)> {
    let (year, serial) = match (pieces.head.len(), pieces.tail) {
        // Both in one run of digits: the year is the first four, since GB/T 9704 wants it in full.
        (5..=8, "") if !pieces.closed => pieces.head.split_at(4),
        (2 | 4, tail) if !tail.is_empty() => (pieces.head, tail),
        _ => {
            kinds.push(Kind::Unreadable);
            return None;
        }
    };
    let year = match year.len() {
        2 => {
            kinds.push(Kind::ShortYear);
            format!("{}{year}", if year >= "49" { "19" } else { "20" })
        }
        _ => year.to_owned(),
    };
    let plausible = ("1949"..="2099").contains(&year.as_str());
    if !plausible {
        kinds.push(Kind::Unreadable);
    }
    plausible.then(|| (year, serial.to_owned()))
}
