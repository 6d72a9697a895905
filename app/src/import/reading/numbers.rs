//! Recognises index numbers (索引号) and document numbers (文号) in printed text, and proposes mends for damaged ones.
//! It does not compose or issue numbers, and it never rewrites what was printed.

/// How well a printed document number keeps the form of GB/T 9704-2012, 7.2.5: 机关代字〔年份〕序号号.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NumberForm {
    /// As the standard wants it.
    Sound,
    /// Readable with certainty; the proposal is the standard form.
    Mendable(String),
    /// Signs were lost; the proposal is the only reading that remains.
    Damaged(String),
    /// No number of this kind (decrees, registration numbers, internal codes).
    Foreign,
}

/// A document number found in running text: the characters `start..end`, and its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FoundNumber {
    pub printed: String,
    pub start: usize,
    pub end: usize,
    pub prefix: String,
    pub year: String,
    pub serial: String,
    pub form: NumberForm,
}

impl FoundNumber {
    /// What two spellings of the same number have in common.
    pub fn essence(&self) -> String {
        format!("{}/{}/{}", self.prefix, self.year, self.serial.trim_start_matches('0'))
    }
}

/// The form of a whole printed value.
pub(super) fn form_of(printed: &str) -> NumberForm {
    let chars: Vec<char> = printed.trim().chars().collect();
    match find_from(&chars, 0) {
        Some(found) if found.start == 0 && found.end == chars.len() => found.form,
        _ => NumberForm::Foreign,
    }
}

/// The number, when the whole of `text` is one.
pub(super) fn whole_number(text: &str) -> Option<FoundNumber> {
    let chars: Vec<char> = text.trim().chars().collect();
    if chars.len() > 60 {
        return None;
    }
    find_from(&chars, 0).filter(|found| found.start == 0 && found.end == chars.len())
}

/// All numbers in a short text (a title, a line), in order.
pub(super) fn find_numbers(text: &str) -> Vec<FoundNumber> {
    let chars: Vec<char> = text.chars().take(400).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(number) = find_from(&chars, at) {
        at = number.end;
        found.push(number);
    }
    found
}

const OPEN: &str = "〔[［（(【﹝{｛〈<";
const CLOSE: &str = "〕]］）)】﹞}｝〉>";

fn find_from(chars: &[char], from: usize) -> Option<FoundNumber> {
    (from..chars.len())
        .filter(|at| OPEN.contains(chars[*at]))
        .find_map(|bracket| number_at(chars, from, bracket))
}

fn number_at(chars: &[char], from: usize, bracket: usize) -> Option<FoundNumber> {
    let (start, prefix) = prefix_before(chars, from, bracket)?;
    let mut at = skip_blanks(chars, bracket + 1);
    let mut year = figures(chars, &mut at);
    at = skip_blanks(chars, at);
    let closed = chars.get(at).is_some_and(|c| CLOSE.contains(*c));
    let (serial, ordinal) = if closed {
        at = skip_blanks(chars, at + 1);
        let ordinal = chars.get(at) == Some(&'第');
        at = skip_blanks(chars, at + usize::from(ordinal));
        (figures(chars, &mut at), ordinal)
    } else {
        // 〔201746: the closing bracket is lost, and year and serial are glued.
        let serial = year.split_off(year.len().min(4));
        (serial, false)
    };
    let sound_year = year.len() == 4 && (year.starts_with("19") || year.starts_with("20"));
    let short_year = closed && year.len() == 2;
    if serial.is_empty() || serial.len() > 5 || !(sound_year || short_year) {
        return None;
    }
    let after = skip_blanks(chars, at);
    let ended = chars.get(after) == Some(&'号') || chars.get(after) == Some(&'號');
    let end = if ended { after + 1 } else { at };
    let full_year = if short_year { format!("20{year}") } else { year };
    let printed: String = chars[start..end].iter().collect();
    let proposal = format!("{prefix}〔{full_year}〕{}号", serial.trim_start_matches('0'));
    let form = if !closed {
        NumberForm::Damaged(proposal)
    } else if printed.replace('號', "号") == proposal && !ordinal {
        NumberForm::Sound
    } else {
        NumberForm::Mendable(proposal)
    };
    Some(FoundNumber { printed, start, end, prefix, year: full_year, serial, form })
}

/// The issuing organ's sign before the bracket: two to fifteen Chinese characters.
fn prefix_before(chars: &[char], from: usize, bracket: usize) -> Option<(usize, String)> {
    let mut last = bracket;
    while last > from && is_blank(chars[last - 1]) {
        last -= 1;
    }
    let mut start = last;
    while start > from && last - start < 16 && is_han(chars[start - 1]) {
        start -= 1;
    }
    let length = last - start;
    (2..=15).contains(&length).then(|| (start, chars[start..last].iter().collect()))
}

fn figures(chars: &[char], at: &mut usize) -> String {
    let run: String = chars[*at..].iter().take_while(|c| c.is_ascii_digit()).take(9).collect();
    *at += run.len();
    run
}

fn skip_blanks(chars: &[char], mut at: usize) -> usize {
    while chars.get(at).is_some_and(|c| is_blank(*c)) {
        at += 1;
    }
    at
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

pub(super) fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Whether a value has the shape of an index number: letters and figures with a slash or hyphens, a year, a serial.
/// Wider than the official rule (9 characters / year - 5 figures), because districts print what their vendors made.
pub(super) fn looks_like_index_number(value: &str) -> bool {
    let value = value.trim();
    let figures = value.chars().filter(char::is_ascii_digit).count();
    // SFDR-2019-01004 is the registration number of a normative document, not an index number.
    let coded = value.split('-').next().is_some_and(|code| code.chars().any(|c| c.is_ascii_digit()));
    let joined = value.contains('/') || (value.matches('-').count() >= 2 && coded);
    (12..=60).contains(&value.len())
        && value.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_'))
        && figures >= 8
        && joined
        && index_year(value).is_some()
        && !value.contains("//")
}

/// The year inside an index number: the first four figures after a slash or hyphen that can be one.
pub(super) fn index_year(value: &str) -> Option<i32> {
    let parts: Vec<&str> = value.split(['/', '-']).collect();
    parts.iter().skip(1).find_map(|part| {
        let head = part.get(..4)?;
        let plausible = matches!(part.len(), 4 | 6 | 8) || part.len() > 8;
        let year: i32 = head.parse().ok()?;
        (plausible && (1949..=2099).contains(&year)).then_some(year)
    })
}
