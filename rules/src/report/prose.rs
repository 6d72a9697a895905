//! Numbers in running text: which of them count something. Dates, document numbers, telephone numbers and headings do not.

/// Words that begin like a unit and count nothing that a report counts.
const NOT_COUNTED: [&str; 3] = ["个月", "个工作日", "个小时"];

/// Marks that end what a number may belong to.
const ENDS: [char; 7] = ['。', '；', '，', '、', '\n', '！', '？'];

/// A number that somebody typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// Its digits, half-width.
    pub number: String,
    /// What it counts.
    pub unit: String,
    /// As typed, with its unit.
    pub text: String,
    /// The clause it stands in, up to the number.
    pub before: String,
}

impl Typed {
    /// Whether the clause names what is counted.
    pub fn is_beside(&self, name: &str) -> bool {
        let name = name.trim_end_matches('数').trim_end_matches("数量");
        !name.is_empty() && self.before.contains(name)
    }
}

fn half_width(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c),
        '％' => '%',
        '．' => '.',
        other => other,
    }
}

/// Every number of the text that is followed by one of `units`, in order; 人次 before 人 before the others.
pub fn typed_numbers(text: &str, units: &[&str]) -> Vec<Typed> {
    let mut units: Vec<&str> = units.iter().copied().filter(|unit| !unit.is_empty()).collect();
    units.sort_by_key(|unit| std::cmp::Reverse(unit.len()));
    let chars: Vec<char> = text.chars().map(half_width).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if !chars[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let end = number_end(&chars, at);
        if let Some(typed) = typed(&chars, (at, end), &units) {
            found.push(typed);
        }
        at = end;
    }
    found
}

/// One past the last character of the number that begins at `at`.
fn number_end(chars: &[char], at: usize) -> usize {
    let mut end = at;
    while end < chars.len() {
        let goes_on = chars[end].is_ascii_digit()
            || (matches!(chars[end], '.' | ',') && chars.get(end + 1).is_some_and(char::is_ascii_digit));
        if !goes_on {
            break;
        }
        end += 1;
    }
    end
}

fn typed(chars: &[char], (at, end): (usize, usize), units: &[&str]) -> Option<Typed> {
    let is_part_of_a_code = at > 0
        && (matches!(chars[at - 1], '-' | '〔' | '第' | '/' | ':' | '_')
            || chars[at - 1].is_ascii_alphabetic());
    if is_part_of_a_code {
        return None;
    }
    let follows = |word: &str| {
        let mut rest = chars[end..].iter();
        word.chars().all(|c| rest.next() == Some(&c))
    };
    if NOT_COUNTED.iter().any(|word| follows(word)) {
        return None;
    }
    let unit = units.iter().find(|unit| follows(unit))?;
    let number: String = chars[at..end].iter().filter(|c| **c != ',').collect();
    let clause = chars[..at].iter().rposition(|c| ENDS.contains(c)).map_or(0, |mark| mark + 1);
    Some(Typed {
        text: format!("{number}{unit}"),
        number,
        unit: (*unit).to_owned(),
        before: chars[clause..at].iter().collect(),
    })
}
