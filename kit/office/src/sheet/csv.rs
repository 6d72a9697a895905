//! Comma-separated values as RFC 4180 has them, safe to open in a spreadsheet.
//!
//! It does NOT guess types: every value read is text.

use super::Cell;

/// Writes one record with its line end.
pub(super) fn write_row(out: &mut String, row: impl IntoIterator<Item = Cell>) {
    for (i, cell) in row.into_iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        match cell {
            Cell::Empty => {}
            Cell::Text(text) => write_text(out, &text),
            Cell::Integer(number) => out.push_str(&number.to_string()),
            Cell::Decimal(number) if number.is_finite() => out.push_str(&number.to_string()),
            Cell::Decimal(_) => {}
            Cell::Date(day) => out.push_str(&day.to_string()),
        }
    }
    out.push_str("\r\n");
}

fn write_text(out: &mut String, text: &str) {
    let quoted = text.contains(['"', ',', '\r', '\n']) || text.starts_with(' ') || text.ends_with(' ');
    if quoted {
        out.push('"');
    }
    if looks_like_a_formula(text) {
        out.push('\'');
    }
    match text.contains('"') {
        true => out.push_str(&text.replace('"', "\"\"")),
        false => out.push_str(text),
    }
    if quoted {
        out.push('"');
    }
}

/// Spreadsheets run such text when they open a CSV; the wide forms are run by the East Asian ones.
///
/// Apostrophes before it do not count, so that text which has one of its own is told from text that was given one.
fn looks_like_a_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// The field as it was before [`write_row`] made it safe.
fn unescape_formula(field: String) -> String {
    match field.strip_prefix('\'') {
        Some(rest) if looks_like_a_formula(rest) => rest.to_owned(),
        _ => field,
    }
}

/// One record after the other.
pub(super) struct Records<'a> {
    rest: &'a str,
    separator: char,
}

impl<'a> Records<'a> {
    /// Reads with the separator that the first line uses most: comma, tab or semicolon.
    pub(super) fn new(text: &'a str) -> Records<'a> {
        let first = text.lines().next().unwrap_or_default();
        let count = |separator: char| first.matches(separator).count();
        let separator = if count('\t') > count(',') {
            '\t'
        } else if count(';') > count(',') {
            ';'
        } else {
            ','
        };
        Records { rest: text, separator }
    }

    /// One field off the front, and whether the record goes on after it.
    fn field(&mut self) -> (String, bool) {
        let mut field = String::new();
        if let Some(quoted) = self.rest.strip_prefix('"') {
            self.rest = quoted;
            self.quoted_part(&mut field);
        }
        let end = self.rest.find([self.separator, '\r', '\n']).unwrap_or(self.rest.len());
        field.push_str(&self.rest[..end]);
        self.rest = &self.rest[end..];
        if let Some(next) = self.rest.strip_prefix(self.separator) {
            self.rest = next;
            return (unescape_formula(field), true);
        }
        let line_end = ["\r\n", "\n", "\r"].iter().find_map(|end| self.rest.strip_prefix(end));
        self.rest = line_end.unwrap_or_default();
        (unescape_formula(field), false)
    }

    /// Up to the closing quote; a file that never closes it ends there.
    fn quoted_part(&mut self, field: &mut String) {
        while let Some(at) = self.rest.find('"') {
            field.push_str(&self.rest[..at]);
            self.rest = &self.rest[at + 1..];
            match self.rest.strip_prefix('"') {
                Some(next) => {
                    field.push('"');
                    self.rest = next;
                }
                None => return,
            }
        }
        field.push_str(self.rest);
        self.rest = "";
    }
}

impl Iterator for Records<'_> {
    type Item = Vec<String>;

    fn next(&mut self) -> Option<Vec<String>> {
        if self.rest.is_empty() {
            return None;
        }
        let mut record = Vec::new();
        loop {
            let (field, goes_on) = self.field();
            record.push(field);
            if !goes_on {
                break;
            }
        }
        // An empty line is an empty row, not a row of one empty cell.
        if record.len() == 1 && record[0].is_empty() {
            record.clear();
        }
        Some(record)
    }
}
