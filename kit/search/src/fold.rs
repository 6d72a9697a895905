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

/// Every stretch of whole components, in canonical form, so a number is also found by its beginning,
/// middle or end: `000014349/2018-00222` by `000014349` and by `2018-00222`. Components end at marks and
/// where characters and digits meet.
pub(crate) fn canonical_stretches(printed: &str) -> Vec<String> {
    let mut components: Vec<String> = Vec::new();
    let mut before = Kind::Mark;
    for c in printed.chars().map(fold).take(MAX_CANONICAL) {
        let this = kind(c);
        let full = components.len() == MAX_COMPONENTS;
        match components.last_mut().filter(|_| this == before) {
            _ if !is_content(c) => {}
            Some(component) => component.push(c),
            None if full => break,
            None => components.push(c.to_string()),
        }
        before = this;
    }
    let n = components.len();
    let stretches = (0..n).flat_map(|from| (from + 1..=n).map(move |to| (from, to)));
    stretches.map(|(from, to)| components[from..to].concat()).collect()
}

/// Whether a folded character carries meaning of its own.
pub(crate) fn is_content(c: char) -> bool {
    matches!(kind(c), Kind::Han | Kind::Letter)
}

/// Longer "numbers" are text that strayed into the field.
const MAX_CANONICAL: usize = 120;
const MAX_COMPONENTS: usize = 8;

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
    fn stretches_begin_and_end_at_components_only() {
        assert_eq!(
            canonical_stretches("甲字〔2018〕5号"),
            ["甲字", "甲字2018", "甲字20185", "甲字20185号", "2018", "20185", "20185号", "5", "5号", "号"]
        );
        let slashed = ["0143", "01432018", "0143201802", "2018", "201802", "02"];
        assert_eq!(canonical_stretches("0143/2018-02"), slashed);
        assert!(canonical_stretches("〔〕-/").is_empty());
    }

    #[test]
    fn folding_keeps_one_character_one_character() {
        let text = "ＡｂＣ１２３　İſßΣ㎡①龘";
        assert_eq!(text.chars().map(fold).count(), text.chars().count());
        assert_eq!("ＡｂＣ１".chars().map(fold).collect::<String>(), "abc1");
    }
}
