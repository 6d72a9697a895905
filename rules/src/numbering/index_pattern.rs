//! The pattern by which a site composes its index numbers (索引号), such as `{org}/{year}-{serial:5}`.
//!
//! The official form is nine characters of organisation code, "/", four digits of year, "-", five
//! digits of serial in the order of publication; places differ, so the form is a setting of the
//! site. A pattern does not hand out serials: the counter belongs to the transaction of publishing.

use thiserror::Error;

/// A pattern that has been read and found able to give unique numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexPattern {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Literal(String),
    Organ,
    Year,
    Month,
    Serial { width: usize },
}

/// How often the serial starts again at one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SerialPeriod {
    /// Never: the number shows no year.
    Endless,
    /// With each year.
    Year,
    /// With each month.
    Month,
}

/// What is filled into a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IndexParts<'a> {
    /// The code of the publishing organ (组织机构代码 or 统一社会信用代码, hyphens dropped).
    pub organ_code: &'a str,
    /// Four-digit year of first publication.
    pub year: i16,
    /// Month of first publication, 1 to 12.
    pub month: i8,
    /// The next number of the counter, from one.
    pub serial: u64,
}

/// Why a pattern cannot be used; positions are counted in characters from one.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PatternError {
    /// A `{` without its `}`.
    #[error("the field that opens at character {at} is not closed")]
    Unclosed {
        /// Position of the `{`.
        at: usize,
    },
    /// A `}` without its `{`.
    #[error("the closing brace at character {at} closes nothing")]
    Unopened {
        /// Position of the `}`.
        at: usize,
    },
    /// A name between braces that is none of org, year, month, serial.
    #[error("unknown field {{{name}}} at character {at}; known are org, year, month and serial:N")]
    UnknownField {
        /// The text between the braces.
        name: String,
        /// Position of the `{`.
        at: usize,
    },
    /// A serial without a width from one to nine.
    #[error("the serial at character {at} needs a width from 1 to 9, as in {{serial:5}}")]
    SerialWidth {
        /// Position of the `{`.
        at: usize,
    },
    /// A blank or control character, which would break addresses and searches.
    #[error("a blank or control character at character {at}")]
    Blank {
        /// Its position.
        at: usize,
    },
    /// Without a serial two records would get one number.
    #[error("the pattern needs {{serial:N}} exactly once and has it {times} times")]
    SerialTimes {
        /// How often it stands there.
        times: usize,
    },
    /// A month without its year comes again after twelve months.
    #[error("the pattern has {{month}} without {{year}}: numbers would repeat each year")]
    MonthWithoutYear,
}

/// Why a number cannot be composed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ComposeError {
    /// The organ has no code, or one with characters that an index number cannot hold.
    #[error("the organ code {code:?} is not made of capital letters and digits")]
    OrganCode {
        /// The code as given.
        code: String,
    },
    /// The counter has outgrown the width; the site needs a wider pattern.
    #[error("serial {serial} does not fit into {width} digits")]
    SerialTooLong {
        /// The number of the counter.
        serial: u64,
        /// Digits in the pattern.
        width: usize,
    },
    /// Serials count from one.
    #[error("a serial counts from one")]
    SerialZero,
    /// Year or month cannot be written.
    #[error("{year}-{month} is not a year and month")]
    Date {
        /// The year as given.
        year: i16,
        /// The month as given.
        month: i8,
    },
}

impl IndexPattern {
    /// Reads the pattern string of a site's settings.
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        let pieces = split(text)?;
        let times = pieces.iter().filter(|piece| matches!(piece, Piece::Serial { .. })).count();
        if times != 1 {
            return Err(PatternError::SerialTimes { times });
        }
        if pieces.contains(&Piece::Month) && !pieces.contains(&Piece::Year) {
            return Err(PatternError::MonthWithoutYear);
        }
        Ok(Self { pieces })
    }

    /// How often the counter behind the serial starts again.
    pub fn serial_period(&self) -> SerialPeriod {
        if self.pieces.contains(&Piece::Month) {
            SerialPeriod::Month
        } else if self.pieces.contains(&Piece::Year) {
            SerialPeriod::Year
        } else {
            SerialPeriod::Endless
        }
    }

    /// Whether each organ has a counter of its own; without `{org}` the site has one for all.
    pub fn counts_by_organ(&self) -> bool {
        self.pieces.contains(&Piece::Organ)
    }

    /// The name of the counter that gives the serial for these parts (`parts.serial` is ignored).
    pub fn counter_key(&self, parts: &IndexParts<'_>) -> String {
        let organ = if self.counts_by_organ() { parts.organ_code } else { "" };
        match self.serial_period() {
            SerialPeriod::Endless => format!("index_number/{organ}"),
            SerialPeriod::Year => format!("index_number/{organ}/{:04}", parts.year),
            SerialPeriod::Month => {
                format!("index_number/{organ}/{:04}{:02}", parts.year, parts.month)
            }
        }
    }

    /// Writes the index number of one record.
    pub fn compose(&self, parts: &IndexParts<'_>) -> Result<String, ComposeError> {
        let IndexParts { year, month, .. } = *parts;
        if !(1..=9999).contains(&year) || !(1..=12).contains(&month) {
            return Err(ComposeError::Date { year, month });
        }
        let mut number = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Literal(text) => number.push_str(text),
                Piece::Organ => number.push_str(organ_code(parts.organ_code)?),
                Piece::Year => number.push_str(&format!("{year:04}")),
                Piece::Month => number.push_str(&format!("{month:02}")),
                Piece::Serial { width } => number.push_str(&serial(parts.serial, *width)?),
            }
        }
        Ok(number)
    }
}

fn organ_code(code: &str) -> Result<&str, ComposeError> {
    let fits = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    if code.is_empty() || !code.bytes().all(fits) {
        return Err(ComposeError::OrganCode { code: code.to_owned() });
    }
    Ok(code)
}

fn serial(serial: u64, width: usize) -> Result<String, ComposeError> {
    let digits = format!("{serial:0width$}");
    match serial {
        0 => Err(ComposeError::SerialZero),
        _ if digits.len() > width => Err(ComposeError::SerialTooLong { serial, width }),
        _ => Ok(digits),
    }
}

fn split(text: &str) -> Result<Vec<Piece>, PatternError> {
    let mut pieces = Vec::new();
    let mut literal = String::new();
    let mut chars = text.chars().zip(1..);
    while let Some((character, at)) = chars.next() {
        match character {
            '{' => {
                if !literal.is_empty() {
                    pieces.push(Piece::Literal(std::mem::take(&mut literal)));
                }
                pieces.push(field(&field_name(&mut chars, at)?, at)?);
            }
            '}' => return Err(PatternError::Unopened { at }),
            blank if blank.is_whitespace() || blank.is_control() => {
                return Err(PatternError::Blank { at });
            }
            other => literal.push(other),
        }
    }
    if !literal.is_empty() {
        pieces.push(Piece::Literal(literal));
    }
    Ok(pieces)
}

fn field_name(chars: &mut impl Iterator<Item = (char, usize)>, at: usize) -> Result<String, PatternError> {
    let mut name = String::new();
    for (character, _) in chars {
        if character == '}' {
            return Ok(name);
        }
        name.push(character);
    }
    Err(PatternError::Unclosed { at })
}

fn field(name: &str, at: usize) -> Result<Piece, PatternError> {
    match name.split_once(':').unwrap_or((name, "")) {
        ("org", "") => Ok(Piece::Organ),
        ("year", "") => Ok(Piece::Year),
        ("month", "") => Ok(Piece::Month),
        ("serial", width) => match width.parse() {
            Ok(width @ 1..=9) => Ok(Piece::Serial { width }),
            _ => Err(PatternError::SerialWidth { at }),
        },
        _ => Err(PatternError::UnknownField { name: name.to_owned(), at }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numbering::{PrintedIndexNumber, is_official_form};

    const PARTS: IndexParts<'_> = IndexParts { organ_code: "000014349", year: 2017, month: 6, serial: 110 };

    #[test]
    fn patterns_of_real_places_compose_their_numbers() {
        for (pattern, expected) in [
            ("{org}/{year}-{serial:5}", "000014349/2017-00110"),
            ("{org}-{year}-{serial:5}", "000014349-2017-00110"),
            ("{org}/{year}{month}-{serial:5}", "000014349/201706-00110"),
            ("{org}/{year}-{serial:7}", "000014349/2017-0000110"),
            ("{serial:6}", "000110"),
        ] {
            let number = IndexPattern::parse(pattern).unwrap().compose(&PARTS).unwrap();
            assert_eq!(number, expected, "{pattern}");
        }
    }

    #[test]
    fn the_official_pattern_gives_the_official_form_and_can_be_read_back() {
        let pattern = IndexPattern::parse("{org}/{year}-{serial:5}").unwrap();
        let number = pattern.compose(&PARTS).unwrap();
        assert!(is_official_form(&number));
        let parsed = PrintedIndexNumber::parse(&number).unwrap();
        assert_eq!((parsed.organ_code.as_str(), parsed.year, parsed.serial), ("000014349", 2017, 110));
    }

    #[test]
    fn a_pattern_that_cannot_work_is_refused_with_its_place() {
        for (pattern, expected) in [
            ("{org/{year}", PatternError::UnknownField { name: "org/{year".into(), at: 1 }),
            ("{org}/{year", PatternError::Unclosed { at: 7 }),
            ("{org}}-{serial:5}", PatternError::Unopened { at: 6 }),
            ("机构{place}{serial:5}", PatternError::UnknownField { name: "place".into(), at: 3 }),
            ("{year:2}-{serial:5}", PatternError::UnknownField { name: "year:2".into(), at: 1 }),
            ("{org}/{serial}", PatternError::SerialWidth { at: 7 }),
            ("{org}/{serial:0}", PatternError::SerialWidth { at: 7 }),
            ("{org} {serial:5}", PatternError::Blank { at: 6 }),
            ("{org}/{year}", PatternError::SerialTimes { times: 0 }),
            ("{serial:3}{serial:5}", PatternError::SerialTimes { times: 2 }),
            ("{month}-{serial:5}", PatternError::MonthWithoutYear),
            ("", PatternError::SerialTimes { times: 0 }),
        ] {
            assert_eq!(IndexPattern::parse(pattern), Err(expected), "{pattern}");
        }
    }

    #[test]
    fn a_number_that_cannot_be_written_is_refused() {
        let pattern = IndexPattern::parse("{org}/{year}-{serial:3}").unwrap();
        let compose = |parts| pattern.compose(&parts);
        assert_eq!(
            compose(IndexParts { serial: 1000, ..PARTS }),
            Err(ComposeError::SerialTooLong { serial: 1000, width: 3 })
        );
        assert_eq!(compose(IndexParts { serial: 0, ..PARTS }), Err(ComposeError::SerialZero));
        for code in ["", "0142768-8", "abc", "组织"] {
            let error = ComposeError::OrganCode { code: code.to_owned() };
            assert_eq!(compose(IndexParts { organ_code: code, ..PARTS }), Err(error));
        }
        let error = ComposeError::Date { year: 2017, month: 13 };
        assert_eq!(compose(IndexParts { month: 13, ..PARTS }), Err(error));
    }

    #[test]
    fn the_counter_follows_what_the_number_shows() {
        let key = |text| IndexPattern::parse(text).unwrap().counter_key(&PARTS);
        assert_eq!(key("{org}/{year}-{serial:5}"), "index_number/000014349/2017");
        assert_eq!(key("{year}{month}-{serial:5}"), "index_number//201706");
        assert_eq!(key("{org}-{serial:5}"), "index_number/000014349");
    }
}
