//! The numbers that a word processor puts before paragraphs, counted as it counts them.
//!
//! It does NOT know pictures as bullets or the rarer scripts; those are shown as plain numbers.

use crate::xml::{Element, is_on};
use std::collections::{HashMap, HashSet};

const LEVELS: usize = 9;

/// What stands before a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mark {
    /// An item of a list without order.
    Bullet,
    /// An item of a list in order, `1.`, `2.`; browsers number those themselves.
    Ordinal(u32),
    /// A number with words or in another script, `第三条`, `（一）`: part of the text.
    Label(String),
}

#[derive(Debug, Clone)]
struct Level {
    format: String,
    text: String,
    start: u32,
    /// Every number in the label as 1, 2, 3.
    plain: bool,
    style: Option<String>,
}

type Levels = [Option<Level>; LEVELS];

struct Instance {
    scheme: String,
    starts: [Option<u32>; LEVELS],
    levels: Levels,
}

/// All numbering of a text, with how far it has counted.
#[derive(Default)]
pub(super) struct Numbering {
    schemes: HashMap<String, Levels>,
    instances: HashMap<String, Instance>,
    counters: HashMap<String, [Option<u32>; LEVELS]>,
    begun: HashSet<String>,
}

impl Numbering {
    pub(super) fn read(top: Element<'_>) -> Numbering {
        let mut numbering = Numbering::default();
        let (mut links, mut linked) = (HashMap::new(), HashMap::new());
        for child in top.children().flat_map(|numbering| numbering.children()) {
            match child.name() {
                "abstractNum" => {
                    let id = child.attribute("abstractNumId").unwrap_or_default().into_owned();
                    if let Some(style) = child.value("numStyleLink") {
                        links.insert(id.clone(), style);
                    }
                    if let Some(style) = child.value("styleLink") {
                        linked.insert(style, id.clone());
                    }
                    let levels = levels(child.children().filter(|c| c.name() == "lvl"));
                    numbering.schemes.insert(id, levels);
                }
                "num" => numbering.add_instance(child),
                _ => {}
            }
        }
        for instance in numbering.instances.values_mut() {
            if let Some(scheme) = links.get(&instance.scheme).and_then(|style| linked.get(style)) {
                instance.scheme.clone_from(scheme);
            }
        }
        numbering
    }

    fn add_instance(&mut self, element: Element<'_>) {
        let id = element.attribute("numId").unwrap_or_default().into_owned();
        let scheme = element.value("abstractNumId").unwrap_or_default().into_owned();
        let overrides = || element.children().filter(|c| c.name() == "lvlOverride");
        let mut starts = [None; LEVELS];
        for change in overrides() {
            let level = change.attribute("ilvl").and_then(|level| level.parse::<usize>().ok());
            let start = change.value("startOverride").and_then(|start| start.parse().ok());
            if let Some(place) = level.and_then(|level| starts.get_mut(level)) {
                *place = start;
            }
        }
        let levels = levels(overrides().filter_map(|change| change.child("lvl")));
        self.instances.insert(id, Instance { scheme, starts, levels });
    }

    /// The level at which a style stands in a list.
    pub(super) fn level_of_style(&self, id: &str, style: &str) -> Option<u8> {
        let levels = self.schemes.get(&self.instances.get(id)?.scheme)?;
        let is_it = |level: &Option<Level>| level.as_ref().is_some_and(|l| l.style.as_deref() == Some(style));
        levels.iter().position(is_it).map(|level| level as u8)
    }

    /// Counts one paragraph of a list and tells what stands before it.
    pub(super) fn next(&mut self, id: &str, level: u8) -> Option<Mark> {
        let level = usize::from(level).min(LEVELS - 1);
        let instance = self.instances.get(id)?;
        let scheme = self.schemes.get(&instance.scheme);
        let of = |i: usize| instance.levels[i].as_ref().or_else(|| scheme?.get(i)?.as_ref());
        let counters = self.counters.entry(instance.scheme.clone()).or_default();
        if self.begun.insert(id.to_owned()) {
            for (counter, start) in counters.iter_mut().zip(instance.starts) {
                *counter = start.map_or(*counter, |start| start.checked_sub(1));
            }
        }
        let start = instance.starts[level].or(of(level).map(|l| l.start)).unwrap_or(1);
        let number = counters[level].map_or(start, |number| number.saturating_add(1));
        counters[level] = Some(number);
        counters[level + 1..].fill(None);
        let own = of(level)?;
        match own.format.as_str() {
            "bullet" => return Some(Mark::Bullet),
            "none" if own.text.is_empty() => return None,
            "decimal" if is_plain_ordinal(&own.text, level) => return Some(Mark::Ordinal(number)),
            _ => {}
        }
        let numbers: Vec<u32> =
            (0..LEVELS).map(|i| counters[i].unwrap_or_else(|| of(i).map_or(1, |l| l.start))).collect();
        let format = |i: usize| match of(i) {
            Some(l) if !own.plain => l.format.as_str(),
            _ => "decimal",
        };
        Some(Mark::Label(label(&own.text, &numbers, format)))
    }
}

fn levels<'t>(elements: impl Iterator<Item = Element<'t>>) -> Levels {
    let mut levels = Levels::default();
    for element in elements {
        let number = element.attribute("ilvl").and_then(|level| level.parse::<usize>().ok());
        if let Some(place) = number.and_then(|number| levels.get_mut(number)) {
            let value = |name: &str| element.value(name).map(|value| value.into_owned());
            *place = Some(Level {
                format: value("numFmt").unwrap_or_else(|| "decimal".to_owned()),
                text: value("lvlText").unwrap_or_default(),
                start: value("start").and_then(|start| start.parse().ok()).unwrap_or(1),
                plain: element.child("isLgl").is_some_and(|l| l.attribute("val").is_none_or(|v| is_on(&v))),
                style: value("pStyle"),
            });
        }
    }
    levels
}

/// `%1` with at most one sign behind it: what a browser shows for an item of `ol`.
fn is_plain_ordinal(text: &str, level: usize) -> bool {
    let rest = text.trim().strip_prefix(&format!("%{}", level + 1));
    rest.is_some_and(|rest| rest.is_empty() || [".", "．", "、", ")", "）"].contains(&rest.trim()))
}

/// The label with its numbers put in, and the space that belongs between it and the text.
fn label<'f>(text: &str, numbers: &[u32], format: impl Fn(usize) -> &'f str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let digit = if c == '%' { chars.clone().next().and_then(|d| d.to_digit(10)) } else { None };
        match digit.filter(|digit| (1..=LEVELS as u32).contains(digit)) {
            Some(digit) => {
                chars.next();
                let level = digit as usize - 1;
                out.push_str(&in_script(numbers[level], format(level)));
            }
            None => out.push(c),
        }
    }
    match out.chars().next_back() {
        Some(last) if last.is_ascii() && last != ' ' => out.push(' '),
        Some(last) if last.is_alphanumeric() => out.push('\u{3000}'),
        _ => {}
    }
    out
}

fn in_script(number: u32, format: &str) -> String {
    match format {
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "chineseLegalSimplified"
        | "koreanCounting" => chinese(number),
        "ideographDigital" | "taiwaneseDigital" | "japaneseDigitalTenThousand" => {
            number.to_string().chars().map(|d| CHINESE_DIGITS[d.to_digit(10).unwrap_or(0) as usize]).collect()
        }
        "ideographTraditional" => one_of("甲乙丙丁戊己庚辛壬癸", number),
        "ideographZodiac" => one_of("子丑寅卯辰巳午未申酉戌亥", number),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => one_of("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", number),
        "decimalEnclosedParen" => format!("({number})"),
        "decimalEnclosedFullstop" => format!("{number}."),
        "decimalFullWidth" | "decimalFullWidth2" => {
            number.to_string().chars().filter_map(|d| char::from_u32(u32::from(d) + 0xFEE0)).collect()
        }
        "decimalZero" => format!("{number:02}"),
        "upperLetter" => letters(number, 'A'),
        "lowerLetter" => letters(number, 'a'),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).to_lowercase(),
        "none" => String::new(),
        _ => number.to_string(),
    }
}

fn one_of(signs: &str, number: u32) -> String {
    let sign = number.checked_sub(1).and_then(|i| signs.chars().nth(i as usize));
    sign.map_or_else(|| number.to_string(), String::from)
}

const CHINESE_DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// 一, 十, 二十一, 一百零五; beyond that the digits.
fn chinese(number: u32) -> String {
    if number == 0 || number > 9_999 {
        return number.to_string();
    }
    let mut out = String::new();
    let mut gap = false;
    for (unit, word) in [(1_000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = number / unit % 10;
        if digit == 0 {
            gap = !out.is_empty();
            continue;
        }
        if gap {
            out.push('零');
            gap = false;
        }
        if !(digit == 1 && unit == 10 && out.is_empty()) {
            out.push(CHINESE_DIGITS[digit as usize]);
        }
        out.push_str(word);
    }
    out
}

/// A, …, Z, AA, BB: word processors repeat the letter.
fn letters(number: u32, first: char) -> String {
    let (Some(i), true) = (number.checked_sub(1), number <= 780) else {
        return number.to_string();
    };
    let letter = char::from_u32(u32::from(first) + i % 26).unwrap_or(first);
    std::iter::repeat_n(letter, i as usize / 26 + 1).collect()
}

fn roman(number: u32) -> String {
    if number == 0 || number > 3_999 {
        return number.to_string();
    }
    let signs = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut rest = number;
    let mut out = String::new();
    for (value, sign) in signs {
        while rest >= value {
            out.push_str(sign);
            rest -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{chinese, in_script, label, letters, roman};

    #[test]
    fn numbers_are_written_in_the_script_of_the_list() {
        let written = [1, 10, 11, 20, 21, 100, 105, 110, 1_001, 2_018].map(chinese);
        let expected = [
            "一",
            "十",
            "十一",
            "二十",
            "二十一",
            "一百",
            "一百零五",
            "一百一十",
            "一千零一",
            "二千零一十八",
        ];
        assert_eq!(written, expected);
        assert_eq!([1, 26, 27, 28].map(|n| letters(n, 'a')), ["a", "z", "aa", "bb"]);
        assert_eq!([4, 9, 2018].map(roman), ["IV", "IX", "MMXVIII"]);
        assert_eq!(in_script(3, "decimalEnclosedCircle"), "③");
        assert_eq!(in_script(12, "decimalFullWidth"), "１２");
    }

    #[test]
    fn a_label_keeps_its_words_and_its_distance() {
        let numbers = [3, 2, 1, 1, 1, 1, 1, 1, 1];
        assert_eq!(label("第%1条", &numbers, |_| "chineseCounting"), "第三条\u{3000}");
        assert_eq!(label("（%2）", &numbers, |_| "decimal"), "（2）");
        assert_eq!(label("%1.%2", &numbers, |_| "decimal"), "3.2 ");
        assert_eq!(label("100%", &numbers, |_| "decimal"), "100% ");
    }
}
