//! How characters are made comparable: width, case, brackets, gaps.
//!
//! Every character folds to exactly one character, so a place in the folded text is the same place in
//! the original: excerpts depend on it. It does not turn traditional characters into simplified ones.

/// What a character means to the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A Chinese character: a unit of its own.
    Han,
    /// A Latin (or other alphabetic) letter or digit: part of a run.
    Letter,
    /// Ends a sentence: nothing is adjacent across it.
    Stop,
    /// A bracket, space or other mark: skipped as if it were not there.
    Mark,
}

/// One character as the index sees it: half width, small.
pub(crate) fn fold(c: char) -> char {
    let narrow = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    };
    if narrow.is_ascii() {
        return narrow.to_ascii_lowercase();
    }
    let mut lower = narrow.to_lowercase();
    // A letter whose small form is two characters stays as it is: places must not move.
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => narrow,
    }
}

/// The kind of an already folded character.
pub(crate) fn kind(c: char) -> Kind {
    match c {
        '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{323af}' => Kind::Han,
        // The circle of 二〇一八 is a number sign to Unicode and a character to its readers.
        '〇' => Kind::Han,
        '。' | '!' | '?' | ';' | '\u{2029}' => Kind::Stop,
        _ if c.is_alphanumeric() => Kind::Letter,
        _ => Kind::Mark,
    }
}

/// The form of a printed number that does not depend on how it was typed: letters, digits and
/// characters only, so `文〔2018〕5号`, `文[2018]5号` and `文 (２０１８) 5 号` are one.
#[must_use]
pub fn canonical(printed: &str) -> String {
    printed.chars().map(fold).filter(|c| is_content(*c)).take(MAX_CANONICAL).collect()
}

/// The canonical form and every tail of it that begins a component, so a number is also found by its
/// middle or end: `000014349/2018-00222` by `2018-00222`.
pub(crate) fn canonical_tails(printed: &str) -> Vec<String> {
    let folded: Vec<char> = printed.chars().map(fold).take(MAX_CANONICAL * 2).collect();
    let mut tails = Vec::new();
    for (at, c) in folded.iter().enumerate() {
        let before = at.checked_sub(1).map(|i| kind(folded[i]));
        let begins = match (before, kind(*c)) {
            (_, Kind::Mark | Kind::Stop) => false,
            (None, _) => true,
            (Some(before), this) => before != this,
        };
        if begins {
            tails.push(folded[at..].iter().copied().filter(|c| is_content(*c)).collect());
        }
        if tails.len() == MAX_TAILS {
            break;
        }
    }
    tails
}

/// Whether a folded character carries meaning of its own.
pub(crate) fn is_content(c: char) -> bool {
    matches!(kind(c), Kind::Han | Kind::Letter)
}

/// Longer "numbers" are text that strayed into the field.
const MAX_CANONICAL: usize = 120;
const MAX_TAILS: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_widths_and_spaces_do_not_change_a_number() {
        let forms =
            ["甲字〔2018〕5号", "甲字[2018]5号", "甲字（２０１８）5号", "甲字【2018】 5 号", "甲字2018 5号"];
        for form in forms {
            assert_eq!(canonical(form), "甲字20185号", "{form}");
        }
        assert_eq!(canonical("000014349/2018-00222"), "000014349201800222");
    }

    #[test]
    fn tails_begin_at_components_only() {
        assert_eq!(canonical_tails("甲字〔2018〕5号"), ["甲字20185号", "20185号", "5号", "号"]);
        assert_eq!(canonical_tails("0143/2018-02"), ["0143201802", "201802", "02"]);
        assert!(canonical_tails("〔〕-/").is_empty());
    }

    #[test]
    fn folding_keeps_one_character_one_character() {
        let text = "ＡｂＣ１２３　İſßΣ㎡①龘";
        assert_eq!(text.chars().map(fold).count(), text.chars().count());
        assert_eq!("ＡｂＣ１".chars().map(fold).collect::<String>(), "abc1");
    }
}
