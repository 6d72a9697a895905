//! Personal data in text (个人隐私): identity numbers, mobile numbers, bank cards, found and masked.
//!
//! Personal data in disclosure must be de-identified (去标识化; 《个人信息保护法》 Art. 51, 国办发〔2018〕23号).
//! One pass over the bytes, no copy of the text. Full-width digits, blanks and hyphens between groups are read as people
//! and scanners write them. Numbers glued into longer runs of digits are not hits; names and addresses are not looked for.

use std::ops::Range;

mod proof;
mod run;

use run::{Run, Separator};

/// What kind of number was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SensitiveKind {
    /// 公民身份号码 with a right check digit (GB 11643).
    Identity,
    /// 手机号码
    Mobile,
    /// 银行卡号: 16 to 19 digits that satisfy the Luhn check.
    BankCard,
}

/// One number in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SensitiveHit {
    /// What it is.
    pub kind: SensitiveKind,
    /// Where it stands, in bytes; always on character borders.
    pub range: Range<usize>,
}

/// Fewest and most digits of a number that is looked for.
const LENGTHS: std::ops::RangeInclusive<usize> = 11..=19;

/// Units that make a number an amount.
const UNITS: [&str; 10] = ["元", "万", "亿", "吨", "平方", "立方", "千瓦", "公里", "人次", "美元"];

/// Finds all numbers in their order.
pub fn find(text: &str) -> Vec<SensitiveHit> {
    let mut hits = Vec::new();
    let mut run = Run::default();
    let mut at = 0;
    while let Some(start) = run::next_digit(text, at) {
        run.read(text, start);
        at = run.end();
        if run.digits.len() >= *LENGTHS.start() {
            find_in_run(text, &run, &mut hits);
        }
    }
    hits
}

/// The text with every hit masked.
pub fn mask_all(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut done = 0;
    for hit in find(text) {
        masked.push_str(&text[done..hit.range.start]);
        masked.push_str(&mask(hit.kind, &text[hit.range.clone()]));
        done = hit.range.end;
    }
    masked.push_str(&text[done..]);
    masked
}

/// Masks one number: of an identity number the region and the last four, of a mobile number the first
/// three and last four, of a card the last four digits stay.
pub fn mask(kind: SensitiveKind, number: &str) -> String {
    let (head, tail) = match kind {
        SensitiveKind::Identity => (6, 4),
        SensitiveKind::Mobile => (3, 4),
        SensitiveKind::BankCard => (0, 4),
    };
    let n_digits = number.chars().filter(|c| run::is_figure(*c)).count();
    let mut position = 0;
    let covered = |character: char| {
        if !run::is_figure(character) {
            return character;
        }
        position += 1;
        let open = position <= head || position + tail > n_digits;
        if open { character } else { '*' }
    };
    number.chars().map(covered).collect()
}

/// Groups taken together, from the first to the last.
#[derive(Clone, Copy)]
struct Span {
    first: usize,
    last: usize,
}

fn find_in_run(text: &str, run: &Run, hits: &mut Vec<SensitiveHit>) {
    let mut taken = 0;
    let mut first = 0;
    while first < run.groups.len() {
        let fits = |last: &usize| run.length(first, *last) <= *LENGTHS.end();
        let n_fitting = (first..run.groups.len()).take_while(fits).count();
        // The longest reading first: the rest of a card's groups belongs to it.
        let found = (first..first + n_fitting).rev().find_map(|last| {
            let span = Span { first, last };
            let kind = kind_of(text, run, span)?;
            (!is_glued(text, run, span, kind, taken)).then_some((kind, span))
        });
        match found {
            Some((kind, span)) => {
                hits.push(SensitiveHit { kind, range: run.bytes(span.first, span.last, kind) });
                first = span.last + 1;
                taken = first;
            }
            None => first += 1,
        }
    }
}

fn kind_of(text: &str, run: &Run, span: Span) -> Option<SensitiveKind> {
    let figures = run.figures(span.first, span.last)?;
    let digits = figures.as_slice();
    let shape = run.shape(span.first, span.last);
    match digits.len() {
        11 if proof::is_mobile(digits) && shape.is_mobile() => Some(SensitiveKind::Mobile),
        // The code of the country in the same group: +8613812345678.
        13 | 15 if shape.is_whole() => abroad(text, run, span, digits),
        18 if proof::is_identity(digits) => Some(SensitiveKind::Identity),
        16..=19 if proof::is_card(digits) && shape.is_card() && !proof::is_credit_code(digits) => {
            Some(SensitiveKind::BankCard)
        }
        _ => None,
    }
}

fn abroad(text: &str, run: &Run, span: Span, digits: &[u8]) -> Option<SensitiveKind> {
    let start = run.start_of(span.first);
    let called =
        digits.starts_with(b"0086") || (digits.starts_with(b"86") && text[..start].ends_with(['+', '＋']));
    (called && proof::is_mobile(&digits[digits.len() - 11..])).then_some(SensitiveKind::Mobile)
}

/// Whether the number is a part of something longer: of a decimal fraction, of a code with letters, of more groups.
fn is_glued(text: &str, run: &Run, span: Span, kind: SensitiveKind, taken: usize) -> bool {
    let is_single = span.first == span.last;
    let is_sure = kind == SensitiveKind::Identity;
    let joins = |separator: Separator| match separator {
        Separator::Hyphen => true,
        Separator::Blank => !is_single && !is_sure,
        Separator::Break => false,
    };
    let before =
        span.first > taken && joins(run.groups[span.first].before) && !run.is_country(span.first - 1);
    let behind = run.groups.get(span.last + 1).is_some_and(|next| joins(next.before));
    before || behind || is_in_code(text, run, span, is_sure)
}

/// Letters, an underscore or the point of a fraction directly beside it. A single letter makes a code of a number, a
/// word does not (tel13812345678); the check digit of an identity number leaves no doubt in either case.
fn is_in_code(text: &str, run: &Run, span: Span, is_sure: bool) -> bool {
    let (before, behind) = (&text[..run.start_of(span.first)], &text[run.end_of(span.last)..]);
    let letters = |count: usize| count == 1 && !is_sure;
    let word_before = before.bytes().rev().take_while(u8::is_ascii_alphabetic).count();
    let word_behind = behind.bytes().take_while(u8::is_ascii_alphabetic).count();
    let fraction_before = before
        .strip_suffix('.')
        .is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit()) && !ends_with_list_number(rest));
    let fraction_behind =
        behind.strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    letters(word_before)
        || letters(word_behind)
        || before.ends_with('_')
        || behind.starts_with('_')
        || fraction_before
        || fraction_behind
        || (!is_sure && UNITS.iter().any(|unit| behind.starts_with(unit)))
}

/// 1 to 99 that stands alone: with the point behind it the number of an item in a list (1.13812345678), not the whole part
/// of a fraction with eleven decimals.
fn ends_with_list_number(text: &str) -> bool {
    let n_digits = text.bytes().rev().take_while(u8::is_ascii_digit).count();
    let (before, number) = text.split_at(text.len() - n_digits);
    n_digits <= 2
        && !number.starts_with('0')
        && !before.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ','))
}

#[cfg(test)]
mod tests;
