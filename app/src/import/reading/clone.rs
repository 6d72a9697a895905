//! Signs that a page is a hijacked, converted or reworded copy and not the publication of a government.
//! It judges text and address only; it fetches nothing and knows no list of hosts.

use super::doubts::Doubt;
use super::labels::{HeadLabels, is_latin};

/// A page is judged by this much of its text.
const LOOK: usize = 20_000;

/// All signs found.
pub(super) fn doubts(url: &str, title: &str, text: &str, labels: &HeadLabels) -> Vec<Doubt> {
    let chars: Vec<char> = title.chars().chain(['\n']).chain(text.chars()).take(LOOK).collect();
    let mut found = Vec::new();
    found.extend(mojibake(&chars));
    let government = host(url).is_none_or(is_government_host);
    if !government {
        found.push(Doubt::NotGovernmentAddress(host(url).unwrap_or_default().to_owned()));
    }
    found.extend(converted(&chars));
    if !government {
        found.extend(traditional(&chars, labels));
    }
    let text: String = chars.iter().collect();
    found.extend(gambling(&text, labels));
    found.extend(question_marks(&chars));
    found.extend(reworded(&text, labels));
    found
}

/// The host of an address, without user, port and path.
fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?;
    (!host.is_empty()).then_some(host)
}

/// Government sites use names under gov.cn (国办发〔2017〕47号).
fn is_government_host(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    host == "gov.cn" || host.ends_with(".gov.cn")
}

fn mojibake(chars: &[char]) -> Option<Doubt> {
    let lost = chars.iter().position(|c| *c == '\u{fffd}');
    let latin = chars
        .iter()
        .filter(|c| {
            ('\u{a1}'..='\u{ff}').contains(*c)
                && !matches!(c, '·' | '×' | '°' | '±' | '»' | '«' | '§' | '¥' | '²' | '³')
        })
        .count();
    let at = match lost {
        Some(at) => at,
        None if latin >= 12 && latin * 8 > chars.len() => {
            chars.iter().position(|c| ('\u{a1}'..='\u{ff}').contains(c))?
        }
        None => chars.windows(3).position(|three| three == ['锟', '斤', '拷'])?,
    };
    Some(Doubt::Mojibake(sample(chars, at)))
}

/// `發(fā)`: a Chinese character followed by its reading; twice, or once with a tone mark in it.
fn converted(chars: &[char]) -> Option<Doubt> {
    let mut seen = 0;
    for at in 1..chars.len() {
        if !matches!(chars[at], '(' | '（') || !super::numbers::is_han(chars[at - 1]) {
            continue;
        }
        let inner = chars[at + 1..].iter().take(9).take_while(|c| is_latin(**c)).count();
        let reading = &chars[at + 1..at + 1 + inner];
        let closed = matches!(chars.get(at + 1 + inner), Some(')' | '）'));
        let toned = reading.iter().any(|c| !c.is_ascii());
        let short_word = inner <= 6 && reading.iter().all(|c| c.is_lowercase());
        if closed && inner > 0 && short_word {
            seen += if toned { 2 } else { 1 };
            if toned || seen >= 4 {
                return Some(Doubt::MachineConverted(sample(chars, at - 1)));
            }
        }
    }
    None
}

fn traditional(chars: &[char], labels: &HeadLabels) -> Option<Doubt> {
    let han = chars.iter().filter(|c| super::numbers::is_han(**c)).count();
    let old = chars.iter().filter(|c| labels.is_traditional(**c)).count();
    if old < 5 || old * 20 < han {
        return None;
    }
    let at = chars.iter().position(|c| labels.is_traditional(*c))?;
    Some(Doubt::Traditional(sample(chars, at)))
}

/// One such word at the top or three in the text, unless the text is about fighting gambling.
fn gambling(text: &str, labels: &HeadLabels) -> Option<Doubt> {
    let top: String = text.chars().take(300).collect();
    let official = ["打击", "整治", "查处", "取缔", "禁止", "严厉"];
    let about_it = official.iter().any(|word| text.contains(word));
    let mut seen = Vec::new();
    for word in &labels.clone.gambling {
        if text.contains(word.as_str()) {
            seen.push(word.as_str());
        }
    }
    let at_top = seen.iter().any(|word| top.contains(*word));
    let disguised = top.contains("@:") || top.contains(":@");
    match seen.first() {
        Some(word) if !about_it && (at_top || seen.len() >= 3) => Some(Doubt::Gambling((*word).to_owned())),
        None if disguised => Some(Doubt::Gambling("@:".to_owned())),
        _ => None,
    }
}

/// `?` where a blank or a character was: at the start of a line, in a row, or before a figure or a word mid-sentence.
fn question_marks(chars: &[char]) -> Option<Doubt> {
    let mut seen = 0;
    let mut first = None;
    for at in 0..chars.len() {
        if chars[at] != '?' {
            continue;
        }
        let before = if at == 0 { '\n' } else { chars[at - 1] };
        let after = chars.get(at + 1).copied().unwrap_or('\n');
        let odd_start = matches!(before, '\n' | '?' | '。' | '，' | ',' | ':' | '：' | '、') && after != '\n';
        let around_figures = super::numbers::is_han(before) && after.is_ascii_digit();
        if odd_start || around_figures {
            seen += 1;
            first.get_or_insert(at);
        }
    }
    first.filter(|_| seen >= 3).map(|at| Doubt::QuestionMarks(sample(chars, at)))
}

fn reworded(text: &str, labels: &HeadLabels) -> Option<Doubt> {
    let mut seen = 0;
    let mut first = None;
    for word in &labels.clone.reworded {
        let count = text.matches(word.as_str()).take(5).count();
        if count > 0 {
            seen += count;
            first.get_or_insert(word);
        }
    }
    first.filter(|_| seen >= 2).map(|word| Doubt::Reworded(word.clone()))
}

fn sample(chars: &[char], at: usize) -> String {
    let from = at.saturating_sub(2);
    chars[from..(at + 8).min(chars.len())].iter().filter(|c| !c.is_control()).collect()
}
