//! One line of a page in two forms of equal length: as printed, and folded for comparing.
//! It gives no meaning to what stands in the line.

use super::labels::{HeadLabels, skip_reading};

/// Labels are looked for only this far into a line; a head printed on one line is shorter than this.
const LOOK: usize = 4_000;

/// A line as printed and folded (simplified, half width, all blanks alike), character by character.
#[derive(Debug)]
pub(super) struct Line {
    pub printed: Vec<char>,
    pub folded: Vec<char>,
    /// Whether the line began with a bullet.
    pub bullet: bool,
    /// Whether the line goes on behind the part that is looked at.
    pub cut: bool,
}

impl Line {
    pub fn new(text: &str, labels: &HeadLabels) -> Line {
        let text = text.trim_matches(is_space);
        let stripped = strip_bullet(text);
        let printed: Vec<char> = stripped.chars().take(LOOK).collect();
        let cut = stripped.chars().nth(LOOK).is_some();
        let folded = printed.iter().map(|c| labels.fold_char(*c)).collect();
        Line { printed, folded, bullet: stripped.len() != text.len(), cut }
    }

    /// Nothing on the line, or only the bars of a table that lost its rows.
    pub fn is_blank(&self) -> bool {
        self.folded.iter().all(|c| matches!(c, ' ' | '|'))
    }

    pub fn text(&self) -> String {
        self.printed.iter().collect()
    }

    /// The folded characters without blanks: the form in which lines are compared.
    pub fn key(&self) -> String {
        self.folded.iter().filter(|c| **c != ' ').collect()
    }

    /// The printed text of a range without the blanks and bullets around it.
    pub fn value(&self, from: usize, to: usize) -> String {
        let value: String = self.printed[from..to].iter().collect();
        value.trim_matches(|c| is_space(c) || c == '|' || c == '｜' || is_bullet(c)).to_owned()
    }
}

/// Every blank that pages use, the invisible ones too.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{202f}')
}

pub(super) fn is_bullet(c: char) -> bool {
    matches!(c, '•' | '●' | '■' | '◆' | '▪' | '·' | '※' | '○' | '►' | '▶' | '◇' | '□')
}

/// The text behind a leading bullet; a hyphen counts only with a blank after it.
pub(super) fn strip_bullet(text: &str) -> &str {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some('-' | '*' | '–'), Some(next)) if is_space(next) => {
            chars.as_str().trim_start_matches(is_space)
        }
        (Some('•' | '●' | '■' | '◆' | '▪' | '·' | '※' | '►' | '▶'), _) => {
            text.trim_start_matches(|c| is_bullet(c) || is_space(c))
        }
        _ => text,
    }
}

/// Chinese characters, letters and figures only, simplified, without a converter's readings: for comparing titles.
pub(super) fn title_key(text: &str, labels: &HeadLabels) -> String {
    let folded: Vec<char> = text.chars().take(LOOK).map(|c| labels.fold_char(c)).collect();
    let mut key = String::with_capacity(text.len());
    let mut at = 0;
    while at < folded.len() {
        if folded[at].is_alphanumeric() {
            key.push(folded[at]);
        }
        at = skip_reading(&folded, at + 1);
    }
    key
}
