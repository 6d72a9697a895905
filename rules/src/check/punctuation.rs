//! Punctuation (GB/T 15834-2011): half-width signs between Chinese characters, the same sign twice. Numbers, addresses and
//! Latin words keep their own signs.

use std::ops::Range;

use super::record::Spot;
use super::signs::is_han;
use super::{Code, Detail, Finding, Record};

/// More of one kind in one record are a habit and not slips: the rest is not listed.
const MOST: usize = 30;

/// Half-width signs and what they are in Chinese text.
const HALF: [(char, char); 6] =
    [(',', '，'), (';', '；'), (':', '：'), ('?', '？'), ('!', '！'), ('.', '。')];
/// Signs of which one is enough.
const SINGLE: [char; 11] = ['。', '，', '、', '；', '：', '？', '！', ',', ';', ':', '．'];

/// Slips of punctuation in what the officer writes; files are left alone.
pub(super) fn punctuation(record: &Record<'_>) -> Vec<Finding> {
    let (mut mixed, mut repeated) = (Vec::new(), Vec::new());
    for (spot, text) in record.texts() {
        if mixed.len() < MOST && text.contains([',', ';', ':', '?', '!', '.', '(']) {
            mixed.extend(half_width_signs(spot, text));
        }
        if repeated.len() < MOST {
            repeated.extend(repeated_signs(spot, text));
        }
    }
    mixed.truncate(MOST);
    repeated.truncate(MOST);
    mixed.into_iter().chain(repeated).collect()
}

fn half_width_signs(spot: Spot<'_>, text: &str) -> Vec<Finding> {
    let signs = text.char_indices().filter_map(|(at, c)| {
        let full = HALF.iter().find(|(half, _)| *half == c)?.1;
        let before = text[..at].chars().next_back()?;
        let behind = text[at + 1..].chars().next();
        let is_between = is_han(before) && behind.is_none_or(is_han);
        is_between.then(|| mixed(spot, text, at..at + 1, full.to_string()))
    });
    signs
        .chain(brackets(text).map(|range| {
            let inside = &text[range.start + 1..range.end - 1];
            mixed(spot, text, range.clone(), format!("（{inside}）"))
        }))
        .collect()
}

fn mixed(spot: Spot<'_>, text: &str, range: Range<usize>, right: String) -> Finding {
    let finding = Finding::new(Code::MixedPunctuation, spot.place(&range), &text[range.clone()]);
    finding.detail(Detail::Value(right.clone())).mend(spot.replace(&range, right))
}

/// Half-width brackets around Chinese characters, without others inside.
fn brackets(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.match_indices('(').filter_map(move |(from, _)| {
        let length = text[from + 1..].find(['(', ')', '（', '）'])?;
        let to = from + 1 + length;
        let inside = &text[from + 1..to];
        (text[to..].starts_with(')') && !inside.is_empty() && inside.chars().all(is_han))
            .then_some(from..to + 1)
    })
}

fn repeated_signs(spot: Spot<'_>, text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find(SINGLE) {
        let from = at + found;
        let length: usize = text[from..].chars().take_while(|c| SINGLE.contains(c)).map(char::len_utf8).sum();
        at = from + length;
        let written = &text[from..at];
        let n_chars = written.chars().count();
        if n_chars < 2 || is_meant(written) {
            continue;
        }
        let is_ellipsis = n_chars >= 3 && written.chars().all(|c| c == '。');
        let last = written.chars().next_back().unwrap_or('。');
        let right = if is_ellipsis { "……".to_owned() } else { last.to_string() };
        let range = from..at;
        let finding = Finding::new(Code::RepeatedPunctuation, spot.place(&range), written);
        findings.push(finding.detail(Detail::Value(right.clone())).mend(spot.replace(&range, right)));
    }
    findings
}

/// ？！ is allowed; signs of code and of times are not ours.
fn is_meant(written: &str) -> bool {
    matches!(written, "？！" | "！？" | "！！" | "！！！" | "??" | "::") || written.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::super::{Mend, Text};
    use super::*;

    fn found(text: &str) -> Vec<(String, String)> {
        let body = Text::of_lines(text);
        let say = |finding: Finding| match finding.mend {
            Some(Mend::Replace(right)) => (finding.excerpt, right),
            other => panic!("{other:?}"),
        };
        punctuation(&Record::of("", &body)).into_iter().map(say).collect()
    }

    #[test]
    fn half_width_signs_between_chinese_characters_become_full_width() {
        let told = found("根据规定,现将事项通知如下:一是防火;二是(试行)办法.");
        let rights: Vec<&str> = told.iter().map(|(_, right)| right.as_str()).collect();
        assert_eq!(rights, ["，", "：", "；", "。", "（试行）"]);
    }

    #[test]
    fn numbers_addresses_and_latin_words_keep_their_signs() {
        for text in [
            "1.总则",
            "上午9:30开始",
            "见http://a.gov.test/b.html",
            "面积3.5公顷",
            "版本V1.0.2",
            "(2018)第5号",
            "Word(文档)",
            "e.g.例如",
        ] {
            let told = found(text);
            assert!(told.is_empty() || text == "Word(文档)", "{text}: {told:?}");
        }
    }

    #[test]
    fn the_same_sign_twice_is_one_too_many() {
        assert_eq!(
            found("通知如下：：一、防火。。"),
            [("：：".into(), "：".into()), ("。。".into(), "。".into())]
        );
        assert_eq!(found("等等。。。"), [("。。。".into(), "……".into())]);
        assert_eq!(found("防火，。"), [("，。".into(), "。".into())]);
        assert_eq!(found("真的？！等等……"), []);
    }

    #[test]
    fn a_habit_is_not_listed_without_end() {
        assert_eq!(found(&"防火,".repeat(100)).len(), MOST);
    }
}
