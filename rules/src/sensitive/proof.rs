//! What proves a run of digits to be a number of a kind: check digits, dates, first digits.

use std::ops::Range;

/// 1, then 3 to 9.
pub(super) fn is_mobile(digits: &[u8]) -> bool {
    digits[0] == b'1' && (b'3'..=b'9').contains(&digits[1]) && digits.iter().all(u8::is_ascii_digit)
}

/// Region, birth date and the check digit of GB 11643 (weights modulo 11).
pub(super) fn is_identity(digits: &[u8]) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: &[u8; 11] = b"10X98765432";
    if !digits[..17].iter().all(u8::is_ascii_digit) {
        return false;
    }
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
    dated && CHECKS[(products.sum::<u32>() % 11) as usize] == digits[17]
}

/// Luhn: every second digit from the right doubled, the sum divisible by ten; cards begin with 3–6
/// or 9, which spares serial numbers padded with zeros.
pub(super) fn is_card(digits: &[u8]) -> bool {
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

/// 统一社会信用代码 (GB 32100) written in digits only: the number of a body, not of a person's account.
pub(super) fn is_credit_code(digits: &[u8]) -> bool {
    const WEIGHTS: [u32; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
    if digits.len() != 18 || !digits.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let products = digits.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight);
    let check = (31 - products.sum::<u32>() % 31) % 31;
    check == u32::from(digits[17] - b'0')
}
