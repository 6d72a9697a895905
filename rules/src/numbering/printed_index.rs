//! Index numbers as other systems printed them, read with tolerance.
//!
//! Governments print many forms beside the official one (hyphen kept in the organisation code,
//! year with month, "-" instead of "/", seven digits of serial). The value is kept as printed; the
//! parts read here stand beside it. Nothing is repaired: what does not fit goes to a person.

use thiserror::Error;

/// The parts of a printed index number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintedIndexNumber {
    /// The code before the year, a check character after a hyphen included.
    pub organ_code: String,
    /// Four digits after the code.
    pub year: u16,
    /// The month, where the year is followed by two more digits that are one.
    pub month: Option<u8>,
    /// The serial as a number.
    pub serial: u32,
    /// How many digits the serial was printed with.
    pub serial_width: usize,
}

/// Why a printed index number cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PrintedIndexFault {
    /// The head has the label and no value.
    #[error("no index number is printed")]
    Blank,
    /// Some other form, to be judged by a person.
    #[error("the index number has none of the known forms")]
    UnknownForm,
}

impl PrintedIndexNumber {
    /// Reads one value; blanks around it are ignored, inside it they are a fault.
    pub fn parse(printed: &str) -> Result<Self, PrintedIndexFault> {
        let printed = printed.trim();
        if printed.is_empty() {
            return Err(PrintedIndexFault::Blank);
        }
        read(printed).ok_or(PrintedIndexFault::UnknownForm)
    }

    /// Whether the organ code is a placeholder: zeros, perhaps with a last digit, or 123456.
    pub fn has_placeholder_code(&self) -> bool {
        let zeros = self.organ_code.trim_end_matches(|c: char| c.is_ascii_digit() && c != '0');
        let few = self.organ_code.len() - zeros.len() <= 1;
        self.organ_code == "123456" || (few && zeros.bytes().all(|byte| byte == b'0'))
    }
}

/// Code, "-" or "/", year with or without month, "-", serial; the separators are looked for from
/// the right because the code may hold a hyphen of its own.
fn read(printed: &str) -> Option<PrintedIndexNumber> {
    let (front, serial) = printed.rsplit_once('-')?;
    let (organ_code, date) = front.rsplit_once(['-', '/'])?;
    let organ_code = is_organ_code(organ_code).then(|| organ_code.to_owned())?;
    if !is_digits(serial, 4..=7) || !(is_digits(date, 4..=4) || is_digits(date, 6..=6)) {
        return None;
    }
    let month = date[4..].parse().ok().filter(|month| (1..=12).contains(month));
    Some(PrintedIndexNumber {
        organ_code,
        year: date[..4].parse().ok()?,
        month,
        serial: serial.parse().ok()?,
        serial_width: serial.len(),
    })
}

/// Six to eighteen capital letters and digits, perhaps with a check character behind a hyphen.
fn is_organ_code(code: &str) -> bool {
    let is_code_byte = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_uppercase();
    let (body, check) = code.split_once('-').unwrap_or((code, "0"));
    (6..=18).contains(&body.len())
        && body.bytes().all(is_code_byte)
        && check.len() == 1
        && check.bytes().all(is_code_byte)
}

fn is_digits(text: &str, length: std::ops::RangeInclusive<usize>) -> bool {
    length.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a number has the official form: nine characters, "/", year, "-", five digits.
pub fn is_official_form(number: &str) -> bool {
    let parts = number.split_once('/').and_then(|(code, rest)| Some((code, rest.split_once('-')?)));
    parts.is_some_and(|(code, (year, serial))| {
        code.len() == 9
            && !code.contains('-')
            && is_organ_code(code)
            && is_digits(year, 4..=4)
            && is_digits(serial, 5..=5)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Real forms: as printed, whether it is official, and code, year, month, serial if readable.
    type Row = (&'static str, bool, Option<(&'static str, u16, Option<u8>, u32)>);

    const TABLE: [Row; 24] = [
        ("000014349/2017-00110", true, Some(("000014349", 2017, None, 110))),
        ("000014349/2018-00222", true, Some(("000014349", 2018, None, 222))),
        ("014416330/2018-04736", true, Some(("014416330", 2018, None, 4736))),
        ("009315877/2017-00733", true, Some(("009315877", 2017, None, 733))),
        ("053533505/2021-00106", true, Some(("053533505", 2021, None, 106))),
        ("000000001/2021-00151", true, Some(("000000001", 2021, None, 151))),
        ("035210000/2025-00016", true, Some(("035210000", 2025, None, 16))),
        ("640501001/2024-00155", true, Some(("640501001", 2024, None, 155))),
        ("0142768-8/2022-00185", false, Some(("0142768-8", 2022, None, 185))),
        ("003129766/201901-00336", false, Some(("003129766", 2019, Some(1), 336))),
        ("11341702486344515H/202110-00013", false, Some(("11341702486344515H", 2021, Some(10), 13))),
        ("11441700007280420Y/2021-00050", false, Some(("11441700007280420Y", 2021, None, 50))),
        ("11441300007187648G/2017-00096", false, Some(("11441300007187648G", 2017, None, 96))),
        ("11620622013933539B/2021-03844", false, Some(("11620622013933539B", 2021, None, 3844))),
        ("11370322004222241N/2021-5135380", false, Some(("11370322004222241N", 2021, None, 5_135_380))),
        ("11370812004339255B/2020-22849", false, Some(("11370812004339255B", 2020, None, 22849))),
        ("20191202-189769", false, None),
        ("01527918X-2020-153077", false, Some(("01527918X", 2020, None, 153_077))),
        ("01526096-4-/2022-0822005", false, None),
        ("123456/2019-00448", false, Some(("123456", 2019, None, 448))),
        ("114114240058778641-zcxzf-00004650", false, None),
        ("GSD0122", false, None),
        ("", false, None),
        // The form of the source case: a zero placeholder and "-" in place of "/".
        ("000000000-2019-03726", false, Some(("000000000", 2019, None, 3726))),
    ];

    #[test]
    fn every_printed_form_of_the_table_is_read_or_sent_to_a_person() {
        for (printed, official, expected) in TABLE {
            assert_eq!(is_official_form(printed), official, "{printed}");
            let parsed = PrintedIndexNumber::parse(printed).ok();
            let parts = parsed.as_ref().map(|p| (p.organ_code.as_str(), p.year, p.month, p.serial));
            assert_eq!(parts, expected, "{printed}");
        }
    }

    #[test]
    fn a_blank_value_and_an_unknown_form_are_told_apart() {
        assert_eq!(PrintedIndexNumber::parse(" \u{3000}"), Err(PrintedIndexFault::Blank));
        assert_eq!(PrintedIndexNumber::parse("无"), Err(PrintedIndexFault::UnknownForm));
        for odd in ["-", "/-", "索引号/2019-00001", "000014349/2017-001１0", "000014349/2017 -00110"] {
            assert_eq!(PrintedIndexNumber::parse(odd), Err(PrintedIndexFault::UnknownForm), "{odd}");
        }
    }

    #[test]
    fn two_digits_that_are_no_month_are_not_called_one() {
        let parsed = PrintedIndexNumber::parse("003129766/201913-00336").unwrap();
        assert_eq!((parsed.year, parsed.month, parsed.serial_width), (2019, None, 5));
    }

    #[test]
    fn placeholder_codes_are_recognised() {
        let placeholder = |text| PrintedIndexNumber::parse(text).unwrap().has_placeholder_code();
        assert!(placeholder("000000000-2019-03726"));
        assert!(placeholder("000000001/2021-00151"));
        assert!(placeholder("123456/2019-00448"));
        assert!(!placeholder("000014349/2017-00110"));
        assert!(!placeholder("035210000/2025-00016"));
    }
}
