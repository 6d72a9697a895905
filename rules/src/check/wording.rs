//! Wrong, forbidden and sensitive words of a list: which matches of the list's automaton are meant. Finding the matches is
//! the product's part (one automaton for a site); guards and the order of rules are decided here.

use std::ops::Range;

use super::record::Spot;
use super::signs::is_han;
use super::{Code, Detail, Finding, Weight};

/// What a word of a list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum WordKind {
    /// 错别字: there is a right word.
    Wrong,
    /// 禁用词: must not stand in official texts.
    Forbidden,
    /// 敏感表述: to be compared with the sanctioned wording.
    Sensitive,
    /// A leader's name; `right` is his title, `order` his place.
    Name,
    /// A title of leaders.
    Title,
    /// A word that is right although it holds a wrong one; the site's own or the right words of the list.
    Allowed,
}

/// What must or must not stand beside a word for it to be meant. Empty lists ask for nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Guards {
    /// Directly before it: then it is not meant.
    pub unless_before: Vec<String>,
    /// Directly behind it: then it is not meant.
    pub unless_behind: Vec<String>,
    /// One of these must stand directly before it.
    pub only_before: Vec<String>,
    /// One of these must stand directly behind it; `0` stands for any digit.
    pub only_behind: Vec<String>,
    /// It is meant only where it lies across no other words (展生 in 发展生活 does).
    pub whole: bool,
}

/// A word of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The word looked for.
    pub word: String,
    /// What it is.
    pub kind: WordKind,
    /// The right word, or a leader's title.
    pub right: String,
    /// What staff are told.
    pub note: String,
    /// A leader's place among the others.
    pub order: i64,
    /// Whether it stops a record.
    pub weight: Weight,
    /// When it is meant.
    pub guards: Guards,
}

/// A word of the list where it stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordMatch {
    /// Its place in the list.
    pub word: usize,
    /// Bytes of the text.
    pub range: Range<usize>,
    /// Whether it lies across other words there; asked only of words that must be whole.
    pub lies_across: bool,
}

/// The list and the way to find it in a text: leftmost, of several the longest, without overlaps.
#[derive(Clone, Copy)]
pub struct WordList<'a> {
    /// The words.
    pub words: &'a [Word],
    /// Finds them.
    pub find: &'a dyn Fn(&str) -> Vec<WordMatch>,
}

/// Matches of one text, for those who look at names.
pub(super) struct Matched<'a> {
    pub(super) spot: Spot<'a>,
    pub(super) text: &'a str,
    pub(super) matches: Vec<WordMatch>,
}

/// The matches in all texts that have any.
pub(super) fn matched<'a>(
    texts: impl Iterator<Item = (Spot<'a>, &'a str)>,
    list: WordList<'_>,
) -> Vec<Matched<'a>> {
    let matched = texts.map(|(spot, text)| Matched { spot, text, matches: (list.find)(text) });
    matched.filter(|matched| !matched.matches.is_empty()).collect()
}

/// Words of the list that are meant.
pub(super) fn wording(matched: &[Matched<'_>], words: &[Word]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for Matched { spot, text, matches } in matched {
        for WordMatch { word, range, lies_across } in matches {
            let Some(word) = words.get(*word) else { continue };
            let Some(code) = code_of(word.kind) else { continue };
            if (word.guards.whole && *lies_across)
                || !is_meant(text, range, &word.guards)
                || is_quoted_name(text, range, word.kind)
            {
                continue;
            }
            let told = if word.kind == WordKind::Wrong { &word.right } else { &word.note };
            let detail = if told.is_empty() { Detail::None } else { Detail::Value(told.clone()) };
            let mend = (!word.right.is_empty()).then(|| spot.replace(range, word.right.clone())).flatten();
            let finding = Finding::new(code, spot.place(range), &text[range.clone()]).detail(detail);
            findings.push(finding.mend(mend).weight(word.weight));
        }
    }
    findings
}

fn code_of(kind: WordKind) -> Option<Code> {
    match kind {
        WordKind::Wrong => Some(Code::WrongWord),
        WordKind::Forbidden => Some(Code::ForbiddenWord),
        WordKind::Sensitive => Some(Code::SensitiveWord),
        WordKind::Name | WordKind::Title | WordKind::Allowed => None,
    }
}

fn is_meant(text: &str, range: &Range<usize>, guards: &Guards) -> bool {
    let (before, behind) = (&text[..range.start], &text[range.end..]);
    let ends = |part: &String| before.ends_with(part.as_str());
    let begins = |part: &String| match part.as_str() {
        "0" => behind.trim_start().starts_with(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c)),
        part => behind.starts_with(part),
    };
    !guards.unless_before.iter().any(ends)
        && !guards.unless_behind.iter().any(begins)
        && (guards.only_before.is_empty() || guards.only_before.iter().any(ends))
        && (guards.only_behind.is_empty() || guards.only_behind.iter().any(begins))
}

/// A slip of one character in the name of a firm is its name: （布署）有限公司 is rare, 某某布署有限公司 is no slip.
fn is_quoted_name(text: &str, range: &Range<usize>, kind: WordKind) -> bool {
    let behind = text[range.end..].chars().take_while(|c| is_han(*c)).take(12).collect::<String>();
    kind == WordKind::Wrong
        && ["有限公司", "有限责任公司", "合作社", "经营部", "工作室"].iter().any(|end| behind.contains(end))
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::{Mend, Place, Record, Text};
    use super::*;

    /// A list whose words are looked for one by one.
    pub(in super::super) fn find_in(words: &[Word], text: &str) -> Vec<WordMatch> {
        let mut found: Vec<WordMatch> = Vec::new();
        for (at, word) in words.iter().enumerate() {
            let places = text.match_indices(&word.word);
            found.extend(places.map(|(from, part)| WordMatch {
                word: at,
                range: from..from + part.len(),
                lies_across: false,
            }));
        }
        found.sort_by_key(|m| (m.range.start, std::cmp::Reverse(m.range.end)));
        let mut end = 0;
        found.retain(|m| {
            let free = m.range.start >= end;
            end = if free { m.range.end } else { end };
            free
        });
        found
    }

    pub(in super::super) fn word(kind: WordKind, word: &str, right: &str) -> Word {
        Word {
            word: word.to_owned(),
            kind,
            right: right.to_owned(),
            note: String::new(),
            order: 0,
            weight: Weight::Blocking,
            guards: Guards::default(),
        }
    }

    fn found(words: &[Word], title: &str, text: &str) -> Vec<Finding> {
        let body = Text::of_lines(text);
        let find = |text: &str| find_in(words, text);
        let list = WordList { words, find: &find };
        wording(&matched(Record::of(title, &body).texts(), list), words)
    }

    #[test]
    fn a_wrong_word_is_replaced_in_the_body_and_in_the_title() {
        let list = [word(WordKind::Wrong, "布署", "部署")];
        let found = found(&list, "关于布署防火的通知", "全面布署。");
        assert_eq!(found.len(), 2);
        let value = "关于部署防火的通知".to_owned();
        assert_eq!(found[0].mend, Some(Mend::SetField { field: "title".to_owned(), value }));
        assert_eq!(found[1].mend, Some(Mend::Replace("部署".to_owned())));
        assert_eq!(found[1].place, Place::Block { block: 0, range: 6..12 });
    }

    #[test]
    fn guards_and_allowed_words_keep_right_words_from_being_told() {
        let mut until = word(WordKind::Wrong, "截止", "截至");
        until.guards.only_behind = vec!["0".to_owned(), "目前".to_owned()];
        let mut yellow = word(WordKind::Wrong, "份子", "分子");
        yellow.guards.unless_before = vec!["凑".to_owned()];
        let list =
            [until, yellow, word(WordKind::Wrong, "正加", "增加"), word(WordKind::Allowed, "修正加速", "")];
        for (text, n_found) in [
            ("截止2018年底", 1),
            ("截止 ２０１８年底", 1),
            ("截止目前", 1),
            ("截止日期", 0),
            ("凑份子", 0),
            ("知识份子", 1),
            ("正加", 1),
            ("修正加速", 0),
            ("正加有限公司", 0),
        ] {
            assert_eq!(found(&list, "", text).len(), n_found, "{text}");
        }
    }

    #[test]
    fn forbidden_and_sensitive_words_carry_their_notes() {
        let mut forbidden = word(WordKind::Forbidden, "残废", "残疾");
        forbidden.note = "对残疾人的称呼应当规范".to_owned();
        let found = found(&[forbidden], "", "残废人员");
        assert_eq!(found[0].code, Code::ForbiddenWord);
        assert_eq!(found[0].detail, Detail::Value("对残疾人的称呼应当规范".to_owned()));
        assert_eq!(found[0].mend, Some(Mend::Replace("残疾".to_owned())));
    }
}
