//! Full and half width, blanks, CJK punctuation, and shortening by characters.
//!
//! It does NOT convert between simplified and traditional characters.

/// Folds full-width letters, digits and ASCII signs to half width, and every blank (full-width,
/// no-break, thin) to a plain one. Full-width signs（：；？！（））become ASCII too; `。` and `、` have no half-width form and stay.
pub fn fold(text: &str) -> String {
    text.chars().map(fold_char).collect()
}

/// As [`fold`], but leaves the punctuation that Chinese prose uses.
pub fn fold_letters_and_digits(text: &str) -> String {
    text.chars()
        .map(|c| {
            let folded = fold_char(c);
            if folded.is_ascii_alphanumeric() || folded == ' ' { folded } else { c }
        })
        .collect()
}

fn fold_char(c: char) -> char {
    match c {
        '\u{3000}' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' => ' ',
        // The block of full-width forms mirrors ASCII at a fixed distance.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '￥' => '¥',
        other => other,
    }
}

/// One blank for every run of blanks (line ends included), none at the ends; zero-width marks and
/// control characters go.
pub fn squeeze_blanks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace()) {
        let start = out.len();
        if start > 0 && !word.is_empty() {
            out.push(' ');
        }
        let before = out.len();
        out.extend(word.chars().filter(|&c| !is_invisible(c)));
        if out.len() == before {
            out.truncate(start);
        }
    }
    out
}

/// Removes every blank and invisible mark: for comparing labels such as `标　　题`.
pub fn remove_blanks(text: &str) -> String {
    text.chars().filter(|&c| !c.is_whitespace() && !is_invisible(c)).collect()
}

/// Removes blanks between two Chinese characters (left by line breaks of extraction), keeps others.
pub fn join_cjk(text: &str) -> String {
    let squeezed = squeeze_blanks(text);
    let chars: Vec<char> = squeezed.chars().collect();
    let mut out = String::with_capacity(squeezed.len());
    for (at, &c) in chars.iter().enumerate() {
        let between = at > 0 && at + 1 < chars.len() && c == ' ';
        if between && is_cjk_side(chars[at - 1]) && is_cjk_side(chars[at + 1]) {
            continue;
        }
        out.push(c);
    }
    out
}

fn is_cjk_side(c: char) -> bool {
    is_cjk(c) || is_cjk_punctuation(c)
}

/// Characters without a shape: zero-width, direction and byte-order marks, control characters.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}')
        || (c.is_control() && !c.is_whitespace())
}

/// A Chinese character (ideograph of any plane).
pub fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '〇')
}

/// Punctuation as Chinese prose sets it.
pub fn is_cjk_punctuation(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301b}' | '“' | '”' | '‘' | '’' | '…' | '—' | '·')
        || (matches!(c, '\u{ff01}'..='\u{ff5e}') && !fold_char(c).is_ascii_alphanumeric())
}

/// Ends a sentence: nothing of it is lost by cutting after this.
pub fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '；' | '!' | '?')
}

/// How many half-width columns a text takes: two for CJK and full-width forms, one for others.
pub fn columns(text: &str) -> usize {
    text.chars()
        .map(|c| match c {
            _ if is_invisible(c) => 0,
            _ if is_cjk_side(c) || matches!(c, '\u{2e80}'..='\u{303e}' | '\u{3040}'..='\u{33ff}' | '\u{ac00}'..='\u{d7a3}' | '\u{ff00}'..='\u{ff60}' | '\u{1f300}'..='\u{1faff}') => 2,
            _ => 1,
        })
        .sum()
}

/// At most `limit` characters; what was cut is shown by `…`, which counts.
pub fn truncate_chars(text: &str, limit: usize) -> String {
    if text.chars().nth(limit).is_none() {
        return text.to_owned();
    }
    let kept: String = text.chars().take(limit.saturating_sub(1)).collect();
    let kept = kept.trim_end_matches(|c: char| c.is_whitespace() || "，、：；,;:".contains(c));
    if limit == 0 { String::new() } else { format!("{kept}…") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn full_width_letters_digits_and_blanks_become_half_width() {
        assert_eq!(fold("ＡＢＣ　２０１８年（一）"), "ABC 2018年(一)");
        assert_eq!(fold_letters_and_digits("２０１８年３月，（Ａ）"), "2018年3月，（A）");
    }

    #[test]
    fn runs_of_blanks_become_one_and_invisible_marks_go() {
        assert_eq!(squeeze_blanks("  索 \u{a0}\u{3000} 引\u{200b}\n号 "), "索 引 号");
        assert_eq!(squeeze_blanks("\u{200b} a \u{feff} b"), "a b");
        assert_eq!(remove_blanks("标　　题："), "标题：");
    }

    #[test]
    fn blanks_between_chinese_characters_go_and_those_between_words_stay() {
        assert_eq!(join_cjk("关于 印发 Excel 表 的 通知 。"), "关于印发 Excel 表的通知。");
    }

    #[test]
    fn a_shortened_text_ends_with_an_ellipsis_and_not_with_a_comma() {
        assert_eq!(truncate_chars("一二三四五", 5), "一二三四五");
        assert_eq!(truncate_chars("一二，四五六", 4), "一二…");
        assert_eq!(truncate_chars("abc", 0), "");
    }

    #[test]
    fn chinese_characters_take_two_columns() {
        assert_eq!(columns("ab中文，"), 8);
    }

    proptest! {
        #[test]
        fn a_shortened_text_never_exceeds_its_limit(text in "\\PC*", limit in 0_usize..40) {
            prop_assert!(truncate_chars(&text, limit).chars().count() <= limit);
        }

        #[test]
        fn squeezing_and_folding_twice_changes_nothing_more(text in any::<String>()) {
            let squeezed = squeeze_blanks(&text);
            prop_assert_eq!(&squeeze_blanks(&squeezed), &squeezed);
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
            prop_assert_eq!(join_cjk(&join_cjk(&text)), join_cjk(&text));
        }
    }
}
