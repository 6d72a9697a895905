//! A run of digits as it is written: groups with single blanks, hyphens or a line break between them, in half or full
//! width, perhaps with the check letter of an identity number.

use std::ops::Range;

use super::SensitiveKind;

/// What stands between two groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Separator {
    /// Blanks of any width.
    Blank,
    /// A hyphen or dash, perhaps with blanks around.
    Hyphen,
    /// The end of a line: where a column was too narrow.
    Break,
}

/// One digit or check letter.
#[derive(Debug, Clone, Copy)]
pub(super) struct Digit {
    /// `0` to `9`, or `X`.
    value: u8,
    start: usize,
    end: usize,
}

/// Digits that stand together.
#[derive(Debug, Clone, Copy)]
pub(super) struct Group {
    /// Its digits, in the run.
    from: usize,
    to: usize,
    /// What stands before it; of the first group it says nothing.
    pub(super) before: Separator,
}

/// A run of groups.
#[derive(Debug, Default)]
pub(super) struct Run {
    pub(super) digits: Vec<Digit>,
    pub(super) groups: Vec<Group>,
}

/// The next digit of any width.
pub(super) fn next_digit(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    // Full-width digits begin with these two bytes.
    let starts =
        |at: &usize| bytes[*at].is_ascii_digit() || (bytes[*at] == 0xef && bytes.get(*at + 1) == Some(&0xbc));
    (from..bytes.len()).filter(starts).find(|at| digit_at(text, *at).is_some())
}

/// A digit or letter of any width: what a mask covers.
pub(super) fn is_figure(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

fn digit_at(text: &str, at: usize) -> Option<Digit> {
    let c = text.get(at..)?.chars().next()?;
    let value = match c {
        '0'..='9' => c as u32 - '0' as u32,
        '０'..='９' => c as u32 - '０' as u32,
        _ => return None,
    };
    let value = b'0' + u8::try_from(value).ok()?;
    Some(Digit { value, start: at, end: at + c.len_utf8() })
}

/// Marks without a shape that text extraction leaves between digits.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// The separator at `at` with a digit behind it, and where that digit begins.
fn separator_at(text: &str, at: usize) -> Option<(Separator, usize)> {
    let mut found = None;
    for (offset, c) in text.get(at..)?.char_indices().take(4) {
        let this = match c {
            ' ' | '\u{a0}' | '\u{3000}' | '\u{2000}'..='\u{200a}' => Separator::Blank,
            '-' | '－' | '‐' | '‑' | '–' | '—' => Separator::Hyphen,
            '\n' | '\r' => Separator::Break,
            _ if is_invisible(c) => continue,
            _ => return digit_at(text, at + offset).and_then(|digit| Some((found?, digit.start))),
        };
        // The strongest of several signs counts.
        found = match (found, this) {
            (Some(Separator::Break), _) | (_, Separator::Break) => Some(Separator::Break),
            (Some(Separator::Hyphen), _) | (_, Separator::Hyphen) => Some(Separator::Hyphen),
            _ => Some(Separator::Blank),
        };
    }
    None
}

impl Run {
    /// Reads the run that begins at a digit.
    pub(super) fn read(&mut self, text: &str, start: usize) {
        self.digits.clear();
        self.groups.clear();
        let (mut at, mut before) = (start, Separator::Break);
        loop {
            let from = self.digits.len();
            at = self.read_group(text, at);
            self.groups.push(Group { from, to: self.digits.len(), before });
            let letter = self.check_letter(text, at);
            if let (Some(letter), Some(group)) = (letter, self.groups.last_mut()) {
                self.digits.push(letter);
                group.to += 1;
                at = letter.end;
            }
            match separator_at(text, at) {
                Some((separator, next)) => (before, at) = (separator, next),
                None => return,
            }
        }
    }

    fn read_group(&mut self, text: &str, start: usize) -> usize {
        let mut at = start;
        loop {
            if let Some(digit) = digit_at(text, at) {
                self.digits.push(digit);
                at = digit.end;
                continue;
            }
            let next = text[at..].chars().next().filter(|c| is_invisible(*c)).map(|c| at + c.len_utf8());
            match next.filter(|next| digit_at(text, *next).is_some()) {
                Some(next) => at = next,
                None => return at,
            }
        }
    }

    /// An X where some group began seventeen digits ago; it may stand behind a separator of its own.
    fn check_letter(&self, text: &str, at: usize) -> Option<Digit> {
        let began = |n_digits: usize| {
            let mut groups = self.groups.iter().rev().take(n_digits);
            groups.any(|group| self.digits.len() - group.from == n_digits)
        };
        // Where eighteen digits stand together the letter behind them is another word's.
        if !began(17) || began(18) {
            return None;
        }
        let gap = text[at..].chars().next().filter(|c| matches!(c, ' ' | '-')).map_or(0, char::len_utf8);
        let c = text[at + gap..].chars().next().filter(|c| matches!(c, 'X' | 'x' | 'Ｘ' | 'ｘ'))?;
        Some(Digit { value: b'X', start: at + gap, end: at + gap + c.len_utf8() })
    }

    /// Where the run ends, in bytes.
    pub(super) fn end(&self) -> usize {
        self.digits.last().map_or(0, |digit| digit.end)
    }

    /// Digits from one group to another.
    pub(super) fn length(&self, first: usize, last: usize) -> usize {
        self.groups[last].to - self.groups[first].from
    }

    pub(super) fn start_of(&self, group: usize) -> usize {
        self.digits[self.groups[group].from].start
    }

    pub(super) fn end_of(&self, group: usize) -> usize {
        self.digits[self.groups[group].to - 1].end
    }

    /// The bytes of a hit; of a number with the code of the country the number itself.
    pub(super) fn bytes(&self, first: usize, last: usize, kind: SensitiveKind) -> Range<usize> {
        let (from, to) = (self.groups[first].from, self.groups[last].to);
        let from = if kind == SensitiveKind::Mobile { to - 11 } else { from };
        self.digits[from].start..self.digits[to - 1].end
    }

    /// The digits from one group to another; `None` when they are too few or too many to be of interest.
    pub(super) fn figures(&self, first: usize, last: usize) -> Option<Figures> {
        let digits = &self.digits[self.groups[first].from..self.groups[last].to];
        let mut figures = Figures { values: [0; 19], n: digits.len() };
        if !super::LENGTHS.contains(&digits.len()) {
            return None;
        }
        for (value, digit) in figures.values.iter_mut().zip(digits) {
            *value = digit.value;
        }
        Some(figures)
    }

    /// The lengths of the groups and whether a line end divides them.
    pub(super) fn shape(&self, first: usize, last: usize) -> Shape {
        let groups = &self.groups[first..=last];
        let mut shape = Shape { lengths: [0; 19], n: groups.len(), broken: false };
        for (length, group) in shape.lengths.iter_mut().zip(groups) {
            *length = group.to - group.from;
        }
        shape.broken = groups[1..].iter().any(|group| group.before == Separator::Break);
        shape
    }

    /// Whether a group is the code of the country before a mobile number.
    pub(super) fn is_country(&self, group: usize) -> bool {
        let Group { from, to, .. } = self.groups[group];
        let values: Vec<u8> = self.digits[from..to].iter().map(|digit| digit.value).collect();
        matches!(values.as_slice(), b"86" | b"086" | b"0086")
    }
}

/// Up to nineteen digits.
pub(super) struct Figures {
    values: [u8; 19],
    n: usize,
}

impl Figures {
    pub(super) fn as_slice(&self) -> &[u8] {
        &self.values[..self.n]
    }
}

/// How a number is divided into groups.
pub(super) struct Shape {
    lengths: [usize; 19],
    n: usize,
    broken: bool,
}

impl Shape {
    fn lengths(&self) -> &[usize] {
        &self.lengths[..self.n]
    }

    pub(super) fn is_whole(&self) -> bool {
        self.n == 1
    }

    /// Letter-spaced: every digit stands alone.
    fn is_spaced_out(&self) -> bool {
        self.lengths().iter().all(|length| *length == 1)
    }

    /// 13812345678, 138 1234 5678.
    pub(super) fn is_mobile(&self) -> bool {
        self.is_whole() || (!self.broken && (self.lengths() == [3, 4, 4] || self.is_spaced_out()))
    }

    /// Whole, in fours with a rest, or the six digits of the bank and the rest.
    pub(super) fn is_card(&self) -> bool {
        if self.is_whole() || (!self.broken && self.is_spaced_out()) {
            return true;
        }
        let fours = self.lengths().iter().take_while(|length| **length == 4).count();
        let rest = &self.lengths()[fours..];
        let in_fours = fours >= 4 && rest.len() <= 1 && rest.iter().all(|length| *length <= 3);
        let after_bank = self.n == 2 && self.lengths[0] == 6;
        !self.broken && (in_fours || after_bank)
    }
}
