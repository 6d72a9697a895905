//! Signs of Chinese text that several checks ask for. It knows single characters and short numerals only.

/// A Chinese character.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '〇')
}

/// The digit of either width as ASCII, other characters as they are.
pub(super) fn half_width(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '，' => ',',
        '．' => '.',
        '％' => '%',
        '－' | '−' => '-',
        other => other,
    }
}

/// The text without blanks, signs and brackets: for comparing names.
pub(super) fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).map(half_width).collect()
}

/// 0 to 99 in Arabic or Chinese numerals.
pub(super) fn small_number(text: &str) -> Option<u32> {
    let folded: String = text.trim().chars().map(half_width).collect();
    if folded.is_empty() || folded.chars().all(|c| c.is_ascii_digit()) {
        return folded.parse().ok();
    }
    let digit = |c: char| "〇一二三四五六七八九".chars().position(|known| known == c);
    let value = |part: &str, empty: usize| match part.chars().collect::<Vec<_>>().as_slice() {
        [] => Some(empty),
        [one] => digit(*one),
        _ => None,
    };
    let (tens, ones) = match folded.split_once('十') {
        Some((tens, ones)) => (value(tens, 1)?, value(ones, 0)?),
        None => (0, value(&folded, 0)?),
    };
    u32::try_from(tens * 10 + ones).ok()
}

/// The characters before a place, from the nearest on.
pub(super) fn before(text: &str, at: usize) -> impl Iterator<Item = char> {
    text[..at].chars().rev()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_are_read_in_both_ways() {
        for (text, value) in [("3", 3), ("１２", 12), ("十", 10), ("二十一", 21), ("九", 9), ("三十", 30)]
        {
            assert_eq!(small_number(text), Some(value), "{text}");
        }
        assert_eq!(small_number("百"), None);
        assert_eq!(small_number(""), None);
    }
}
