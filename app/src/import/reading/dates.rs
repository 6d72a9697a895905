//! Civil dates in all the shapes in which pages print them, and what can still be read of damaged ones.
//! It knows nothing of clocks and of working days.

/// What a printed value says about a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum DateReading {
    /// Nothing there, or a placeholder such as `0000-00-00`.
    None,
    /// One date, `YYYY-MM-DD`.
    Sure(String),
    /// The marks between the figures are lost: all dates the figures can mean.
    Damaged(Vec<String>),
    /// Something is there, and no date in it.
    Unreadable,
}

/// Reads the first date of a printed value.
pub(super) fn read_date(printed: &str) -> DateReading {
    let text = fold_figures(printed);
    if text.is_empty() || is_placeholder(&text) {
        return DateReading::None;
    }
    let groups = figure_groups(&text);
    let Some(first) = groups.iter().position(|group| looks_like_year(&group.digits)) else {
        return DateReading::Unreadable;
    };
    read_from(&groups[first..])
}

#[derive(Debug)]
struct Group {
    digits: String,
    /// The mark after the figures, `\0` at the end.
    mark: char,
}

fn read_from(groups: &[Group]) -> DateReading {
    let year = &groups[0];
    if year.digits.len() == 4 {
        return read_after_year(year, &groups[1..]);
    }
    if year.digits.len() == 8 {
        let (y, rest) = year.digits.split_at(4);
        let (m, d) = rest.split_at(2);
        if let Some(date) = civil(y, m, d) {
            return DateReading::Sure(date);
        }
    }
    let glued = &year.digits[4..];
    // 20181月1日: only the year mark is lost.
    if year.mark == '月'
        && let Some(day) = groups.get(1)
    {
        return damaged(civil(&year.digits[..4], glued, &day.digits).into_iter().collect());
    }
    damaged(readings(&year.digits[..4], glued))
}

fn read_after_year(year: &Group, rest: &[Group]) -> DateReading {
    let sound = matches!(year.mark, '年' | '-' | '/' | '.' | '－' | '—' | '–');
    match rest {
        [month, day, ..] if month.digits.len() <= 2 && day.digits.len() <= 2 => {
            match (civil(&year.digits, &month.digits, &day.digits), sound) {
                (Some(date), true) => DateReading::Sure(date),
                (Some(date), false) => DateReading::Damaged(vec![date]),
                (None, _) => DateReading::Unreadable,
            }
        }
        [glued, ..] if sound && glued.digits.len() <= 4 && glued.digits.len() >= 2 => {
            damaged(readings(&year.digits, &glued.digits))
        }
        _ => DateReading::Unreadable,
    }
}

fn damaged(readings: Vec<String>) -> DateReading {
    if readings.is_empty() { DateReading::Unreadable } else { DateReading::Damaged(readings) }
}

/// Every way to cut `glued` into month and day.
fn readings(year: &str, glued: &str) -> Vec<String> {
    let mut all = Vec::new();
    for cut in 1..=2 {
        if glued.len() > cut && glued.len() - cut <= 2 {
            let (month, day) = glued.split_at(cut);
            if !month.starts_with('0') || month.len() == 2 {
                all.extend(civil(year, month, day));
            }
        }
    }
    all.dedup();
    all
}

fn civil(year: &str, month: &str, day: &str) -> Option<String> {
    let (y, m, d): (u16, u8, u8) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    let leap = y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
    let last = match m {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    ((1900..=2199).contains(&y) && (1..=last).contains(&d)).then(|| format!("{y:04}-{m:02}-{d:02}"))
}

fn looks_like_year(digits: &str) -> bool {
    (4..=8).contains(&digits.len()) && (digits.starts_with("19") || digits.starts_with("20"))
}

fn is_placeholder(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    text.chars().all(|c| matches!(c, '0' | '-' | '/' | '.' | ':' | ' ' | '—' | '无'))
        && (digits == 0 || digits >= 8)
        || matches!(text, "null" | "暂无" | "长期" | "长期有效")
}

/// Groups of figures with the mark that follows; blanks between figures and marks are ignored, but part two groups.
fn figure_groups(text: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut open = false;
    for c in text.chars().take(80) {
        if c.is_ascii_digit() {
            match groups.last_mut() {
                Some(group) if open => group.digits.push(c),
                _ => groups.push(Group { digits: c.to_string(), mark: '\0' }),
            }
            open = true;
        } else {
            open = false;
            if c != ' '
                && let Some(group) = groups.last_mut()
                && group.mark == '\0'
            {
                group.mark = c;
            }
        }
    }
    groups
}

/// Half-width figures; Chinese figures (二〇〇八年八月二十二日) become Arabic ones.
fn fold_figures(printed: &str) -> String {
    let mut out = String::new();
    let chars: Vec<char> = printed.trim().chars().take(80).collect();
    let mut at = 0;
    while at < chars.len() {
        let run = chars[at..].iter().take_while(|c| chinese_figure(**c).is_some()).count();
        if run > 0 {
            out.push_str(&chinese_number(&chars[at..at + run]));
            at += run;
            continue;
        }
        out.push(match chars[at] {
            c @ '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            c if c.is_whitespace() => ' ',
            c => c,
        });
        at += 1;
    }
    out.trim().to_owned()
}

fn chinese_figure(c: char) -> Option<u32> {
    match c {
        '〇' | '○' | '零' | '０' | 'Ο' => Some(0),
        '十' => Some(10),
        _ => "一二三四五六七八九".chars().position(|d| d == c).map(|at| at as u32 + 1),
    }
}

fn chinese_number(chars: &[char]) -> String {
    let values: Vec<u32> = chars.iter().filter_map(|c| chinese_figure(*c)).collect();
    match values.iter().position(|v| *v == 10) {
        Some(ten) if values.len() <= 3 => {
            let tens = if ten == 0 { 1 } else { values[ten - 1] };
            let ones = values.get(ten + 1).copied().unwrap_or(0);
            (tens * 10 + ones).to_string()
        }
        _ => values.iter().map(u32::to_string).collect(),
    }
}

/// Whether a short text is a date, with or without a time, and nothing else.
pub(super) fn is_bare_date(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_digit() || c.is_whitespace() || "年月日时分秒-/.:：T".contains(c);
    text.chars().count() <= 24 && text.chars().all(allowed) && matches!(read_date(text), DateReading::Sure(_))
}

/// The date a line begins with, when a label follows: `2018-02-07 浏览:`.
pub(super) fn leading_date(text: &str) -> Option<String> {
    let end = text.find(|c: char| super::numbers::is_han(c) && !"年月日时分秒".contains(c))?;
    match read_date(&text[..end]) {
        DateReading::Sure(date) if is_bare_date(text[..end].trim()) => Some(date),
        _ => None,
    }
}
