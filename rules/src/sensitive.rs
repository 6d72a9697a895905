//! Personal data in text (个人隐私): identity numbers, mobile numbers, bank cards, found and masked.
//!
//! Personal data in disclosure must be de-identified (去标识化; 《个人信息保护法》 Art. 51, 国办发〔2018〕23号).
//! One pass over the bytes, no copy of the text. Numbers glued into longer runs of digits are not
//! hits; names and addresses are not looked for.

use std::ops::Range;

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

/// Finds all numbers in their order.
pub fn find(text: &str) -> Vec<SensitiveHit> {
    let bytes = text.as_bytes();
    let mut hits = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let plain = plain_run(bytes, at);
        let grouped = grouped_run(bytes, &plain);
        let found = [grouped, plain.clone()]
            .into_iter()
            .find_map(|range| kind_of(bytes, &range).map(|kind| SensitiveHit { kind, range }));
        at = found.as_ref().map_or(plain.end, |hit| hit.range.end);
        hits.extend(found);
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
    let n_digits = number.chars().filter(char::is_ascii_alphanumeric).count();
    let mut position = 0;
    let covered = |character: char| {
        if !character.is_ascii_alphanumeric() {
            return character;
        }
        position += 1;
        let open = position <= head || position + tail > n_digits;
        if open { character } else { '*' }
    };
    number.chars().map(covered).collect()
}

/// Digits from `start` on, with the check letter of an identity number.
fn plain_run(bytes: &[u8], start: usize) -> Range<usize> {
    let mut end = start + bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    if end - start == 17 && matches!(bytes.get(end), Some(b'X' | b'x')) {
        end += 1;
    }
    start..end
}

/// A run of three or four digits with the groups behind it, joined by single blanks or hyphens as
/// people write cards and mobile numbers (`6222 0200 …`, `138-1234-5678`).
fn grouped_run(bytes: &[u8], first: &Range<usize>) -> Range<usize> {
    let mut run = first.clone();
    let mut group = run.len();
    while matches!(group, 3 | 4)
        && matches!(bytes.get(run.end), Some(b' ' | b'-'))
        && bytes.get(run.end + 1).is_some_and(u8::is_ascii_digit)
    {
        let next = plain_run(bytes, run.end + 1);
        group = next.len();
        run.end = next.end;
    }
    run
}

fn kind_of(bytes: &[u8], run: &Range<usize>) -> Option<SensitiveKind> {
    let written = &bytes[run.clone()];
    let (digits, length, grouped) = digits_of(written)?;
    if is_glued(bytes, run, grouped) {
        return None;
    }
    let digits = &digits[..length];
    match length {
        11 if is_mobile(digits) && is_grouped_as(written, grouped, &[3, 4, 4]) => Some(SensitiveKind::Mobile),
        18 if !grouped && is_identity(digits) => Some(SensitiveKind::Identity),
        16..=19 if is_card(digits) && is_grouped_as(written, grouped, &[4, 4, 4, 4]) => {
            Some(SensitiveKind::BankCard)
        }
        _ => None,
    }
}

/// A letter, a digit of a fraction or an underscore directly beside makes it part of a code.
fn is_glued(bytes: &[u8], run: &Range<usize>, grouped: bool) -> bool {
    let before = run.start.checked_sub(1).map(|at| bytes[at]);
    let after = bytes.get(run.end).copied();
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let digit_at = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    // Groups with another group before them are the rest of something longer.
    let joins = |byte: u8| matches!(byte, b'.' | b'-') || (grouped && byte == b' ');
    before.is_some_and(is_word)
        || after.is_some_and(is_word)
        || (before.is_some_and(joins) && run.start >= 2 && digit_at(run.start - 2))
        || (after.is_some_and(joins) && digit_at(run.end + 1))
}

/// The digits without separators, how many, and whether there were separators.
fn digits_of(written: &[u8]) -> Option<([u8; 19], usize, bool)> {
    let mut digits = [0; 19];
    let mut length = 0;
    for byte in written.iter().filter(|byte| !matches!(byte, b' ' | b'-')) {
        *digits.get_mut(length)? = *byte;
        length += 1;
    }
    Some((digits, length, length != written.len()))
}

/// Whether a number with separators has the groups in which such numbers are written; the last
/// group of a card may be followed by one to three digits more.
fn is_grouped_as(written: &[u8], grouped: bool, groups: &[usize]) -> bool {
    if !grouped {
        return true;
    }
    let mut found = written.split(|byte| matches!(byte, b' ' | b'-')).map(<[u8]>::len);
    let full = groups.iter().all(|length| found.next() == Some(*length));
    full && found.all(|rest| rest <= 3)
}

fn is_mobile(digits: &[u8]) -> bool {
    digits[0] == b'1' && (b'3'..=b'9').contains(&digits[1])
}

/// Region, birth date and the check digit of GB 11643 (weights modulo 11).
fn is_identity(digits: &[u8]) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: &[u8; 11] = b"10X98765432";
    let number = |range: Range<usize>| -> u32 {
        digits[range].iter().fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'))
    };
    let year = number(6..10);
    let (month, day) = (number(10..12), number(12..14));
    let dated = (1900..=2099).contains(&year)
        && (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && digits[0] != b'0';
    let products = digits.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight);
    // The remainder is below eleven, so the index stands.
    dated && CHECKS[(products.sum::<u32>() % 11) as usize] == digits[17].to_ascii_uppercase()
}

/// Luhn: every second digit from the right doubled, the sum divisible by ten; cards begin with 3–6
/// or 9, which spares serial numbers padded with zeros.
fn is_card(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let value = u32::from(digit.wrapping_sub(b'0'));
            let doubled = value * if place % 2 == 1 { 2 } else { 1 };
            if doubled > 9 { doubled - 9 } else { doubled }
        })
        .sum();
    digits.iter().all(u8::is_ascii_digit) && matches!(digits[0], b'3'..=b'6' | b'9') && sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests;
