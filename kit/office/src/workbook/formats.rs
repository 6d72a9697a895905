//! Which cells are days: a sheet stores them as numbers, and only the format of the cell tells.
//!
//! It does NOT apply formats otherwise: a number is written with all its digits.

use crate::xml::{self, Event};
use crate::{Limits, OfficeError};
use jiff::ToSpan;
use std::collections::HashSet;

/// What `styles.xml` says about numbers.
#[derive(Default)]
pub(super) struct Formats {
    /// By the number of a cell's style.
    is_day: Vec<bool>,
    pub(super) from_1904: bool,
}

pub(super) fn read(bytes: Option<Vec<u8>>, part: &str, limits: &Limits) -> Result<Formats, OfficeError> {
    let mut formats = Formats::default();
    let Some(bytes) = bytes else {
        return Ok(formats);
    };
    let text = xml::decode(bytes);
    let mut pull = xml::Pull::new(&text, part, limits);
    let mut days: HashSet<u32> = (14..=22).chain(27..=36).chain(45..=47).chain(50..=58).collect();
    let mut in_cells = false;
    loop {
        match pull.step()? {
            Event::Open(start) => {
                let number = xml::attribute(&start, "numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                match xml::tag(&start) {
                    "numFmt" => {
                        let code = xml::attribute(&start, "formatCode").unwrap_or_default();
                        match is_day_format(&code) {
                            true => days.insert(number),
                            false => days.remove(&number),
                        };
                    }
                    "cellXfs" => in_cells = true,
                    "xf" if in_cells => formats.is_day.push(days.contains(&number)),
                    _ => {}
                }
            }
            Event::Close(end) if xml::local(end.name().0) == "cellXfs" => in_cells = false,
            Event::Close(_) | Event::Text(_) => {}
            Event::Done => return Ok(formats),
        }
    }
}

/// A format of days or hours has one of their letters outside quotes, brackets and escapes.
fn is_day_format(code: &str) -> bool {
    let mut chars = code.split(';').next().unwrap_or_default().chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => drop(chars.by_ref().find(|&c| c == '"')),
            '\\' | '_' | '*' => drop(chars.next()),
            '[' => {
                let inside: String = chars.by_ref().take_while(|&c| c != ']').collect();
                // `[h]` counts hours; `[Red]` and `[$-804]` are no letters of a day.
                if ["h", "hh", "m", "mm", "s", "ss"].contains(&inside.to_ascii_lowercase().as_str()) {
                    return true;
                }
            }
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' => return true,
            _ => {}
        }
    }
    false
}

impl Formats {
    /// A number as a person would write it.
    pub(super) fn show(&self, raw: &str, style: usize) -> String {
        let Ok(number) = raw.trim().parse::<f64>() else {
            return raw.to_owned();
        };
        let is_day = self.is_day.get(style).copied().unwrap_or(false);
        match is_day.then(|| self.day(number)).flatten() {
            Some(day) => day,
            None => plain(number),
        }
    }

    fn day(&self, number: f64) -> Option<String> {
        let whole = number.floor();
        let seconds = ((number - whole) * 86_400.0).round() as i64;
        let (hours, minutes) = (seconds / 3_600, seconds / 60 % 60);
        let clock = format!("{hours:02}:{minutes:02}");
        if !(0.0..2_958_466.0).contains(&whole) {
            return None;
        }
        if whole == 0.0 && !self.from_1904 {
            return Some(clock);
        }
        // Spreadsheets count a 29 February 1900 that never was.
        let first = match (self.from_1904, whole < 60.0) {
            (true, _) => jiff::civil::date(1904, 1, 1),
            (false, true) => jiff::civil::date(1899, 12, 31),
            (false, false) => jiff::civil::date(1899, 12, 30),
        };
        let day = first.checked_add((whole as i64).days()).ok()?;
        Some(if seconds == 0 { day.to_string() } else { format!("{day} {clock}") })
    }
}

/// Fifteen digits are what a spreadsheet knows of a number; more are noise of binary fractions.
fn plain(number: f64) -> String {
    if number == 0.0 || !number.is_finite() {
        return "0".to_owned();
    }
    let rounded = format!("{number:.14e}").parse::<f64>().unwrap_or(number);
    if (1e-9..1e21).contains(&rounded.abs()) { rounded.to_string() } else { format!("{rounded:e}") }
}

#[cfg(test)]
mod tests {
    use super::{Formats, is_day_format, plain};

    #[test]
    fn formats_of_days_are_told_from_those_of_numbers() {
        for day in ["yyyy-mm-dd", "yyyy\"年\"m\"月\"d\"日\"", "[h]:mm", "[$-804]aaaa d", "h:mm AM/PM"] {
            assert!(is_day_format(day), "{day}");
        }
        for number in ["General", "0.00", "#,##0_);[Red]\\(#,##0\\)", "0\"d\"", "\\d0", "@", "[$¥-804]0"] {
            assert!(!is_day_format(number), "{number}");
        }
    }

    #[test]
    fn numbers_are_shown_as_people_write_them() {
        let formats = Formats { is_day: vec![false, true], from_1904: false };
        let shown = [("43221", 1), ("43221.5", 1), ("0.25", 1), ("1", 1), ("-5", 1), ("43221", 0)];
        let expected = ["2018-05-01", "2018-05-01 12:00", "06:00", "1900-01-01", "-5", "43221"];
        assert_eq!(shown.map(|(raw, style)| formats.show(raw, style)), expected);
        assert_eq!(
            [0.1 + 0.2, 1.10101199003074e17, 1e300, 1e-300].map(plain),
            ["0.3", "110101199003074000", "1e300", "1e-300"]
        );
    }
}
