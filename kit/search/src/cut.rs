//! Cuts text into the units that are indexed and searched.
//!
//! Indexing emits **every** dictionary word at every place and every Chinese character alone, each with
//! its place; a query is cut into the best cover of words and single characters. So what a query asks
//! for is always a unit that the index has, whatever the sentence around it was, and adjacency is exact.
//! Guessing unknown words (the hidden Markov model of jieba) is not used: its guesses depend on context,
//! and a word guessed in one place and not in the other would not be found.

use std::sync::OnceLock;

use jieba_rs::Jieba;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::fold::{Kind, fold, kind};

/// Longer runs of letters are cut here: nobody types them and terms have a limit.
const MAX_LETTERS: usize = 64;

/// The dictionary, loaded on first use and shared by all who index or search.
pub(crate) struct Cutter {
    words: Vec<(String, usize)>,
    jieba: OnceLock<Jieba>,
}

/// A unit with its place (counted in content characters).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unit {
    pub(crate) text: String,
    pub(crate) place: usize,
    /// One Chinese character that is not a word by itself in this cut.
    pub(crate) single: bool,
}

/// A stretch of one kind, folded.
struct Run {
    text: String,
    place: usize,
    han: bool,
}

impl Cutter {
    pub(crate) fn new(words: &[(String, usize)]) -> Self {
        Self { words: words.to_vec(), jieba: OnceLock::new() }
    }

    fn jieba(&self) -> &Jieba {
        self.jieba.get_or_init(|| {
            let mut jieba = Jieba::new();
            for (word, frequency) in &self.words {
                let folded: String = word.chars().map(fold).collect();
                if folded.chars().count() > 1 && folded.chars().all(|c| kind(c) == Kind::Han) {
                    jieba.add_word(&folded, Some((*frequency).max(1)), None);
                }
            }
            jieba
        })
    }

    /// Every unit of a text, for the index.
    pub(crate) fn every_unit(&self, text: &str, mut emit: impl FnMut(&str, usize)) {
        for run in runs(text) {
            if !run.han {
                emit(&run.text, run.place);
                continue;
            }
            let mut buffer = [0; 4];
            for (offset, c) in run.text.chars().enumerate() {
                emit(c.encode_utf8(&mut buffer), run.place + offset);
            }
            for token in self.jieba().cut_all(&run.text) {
                if token.end - token.start > 1 {
                    emit(token.word, run.place + token.start);
                }
            }
        }
    }

    /// The best cover of a text: words, letter runs and what is left as single characters.
    pub(crate) fn cover(&self, text: &str) -> Vec<Unit> {
        let mut units = Vec::new();
        for run in runs(text) {
            if !run.han {
                units.push(Unit { text: run.text, place: run.place, single: false });
                continue;
            }
            units.extend(self.jieba().cut(&run.text, false).into_iter().map(|token| Unit {
                text: token.word.to_owned(),
                place: run.place + token.start,
                single: token.end - token.start == 1,
            }));
        }
        units
    }
}

/// Splits a text into runs of Chinese characters and runs of letters and digits.
fn runs(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut place = 0;
    let mut open = false;
    for c in text.chars().map(fold) {
        let this = kind(c);
        match this {
            Kind::Stop => place += 1,
            Kind::Han | Kind::Letter => {
                let han = this == Kind::Han;
                match runs.last_mut().filter(|run| open && run.han == han) {
                    Some(run) if han || run.text.len() < MAX_LETTERS => run.text.push(c),
                    Some(_) => {}
                    None => runs.push(Run { text: c.to_string(), place, han }),
                }
                place += 1;
            }
            Kind::Mark => {}
        }
        // A mark is skipped between Chinese characters (brackets, line breaks of a scan) but ends a
        // run of letters: `2018-5` is two numbers.
        open = match this {
            Kind::Stop => false,
            Kind::Mark => open && runs.last().is_some_and(|run| run.han),
            _ => true,
        };
    }
    runs
}

/// The cutter as the index library wants it.
#[derive(Clone)]
pub(crate) struct IndexTokenizer(pub(crate) std::sync::Arc<Cutter>);

/// The units of one text, handed out one by one; their texts stand one after another in one buffer.
pub(crate) struct UnitStream {
    buffer: String,
    units: Vec<(usize, usize)>,
    next: usize,
    token: Token,
}

impl Tokenizer for IndexTokenizer {
    type TokenStream<'a> = UnitStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> UnitStream {
        let mut buffer = String::with_capacity(text.len() * 3);
        let mut units = Vec::with_capacity(text.len() / 2);
        self.0.every_unit(text, |unit, place| {
            buffer.push_str(unit);
            units.push((buffer.len(), place));
        });
        UnitStream { buffer, units, next: 0, token: Token::default() }
    }
}

impl TokenStream for UnitStream {
    fn advance(&mut self) -> bool {
        let Some((end, place)) = self.units.get(self.next).copied() else {
            return false;
        };
        let start = self.next.checked_sub(1).map_or(0, |before| self.units[before].0);
        self.token.text.clear();
        self.token.text.push_str(&self.buffer[start..end]);
        self.token.position = place;
        self.next += 1;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every(text: &str) -> Vec<(String, usize)> {
        let mut found = Vec::new();
        Cutter::new(&[]).every_unit(text, |unit, place| found.push((unit.to_owned(), place)));
        found
    }

    #[test]
    fn the_index_gets_every_word_at_its_place() {
        let found = every("最低生活保障金");
        for (word, place) in [("最低", 0), ("生活", 2), ("保障", 4), ("保障金", 4), ("金", 6)] {
            assert!(found.contains(&(word.to_owned(), place)), "{word} in {found:?}");
        }
    }

    #[test]
    fn marks_do_not_break_adjacency_and_sentence_ends_do() {
        let place = |text: &str| every(text).into_iter().find(|u| u.0 == "乙").map(|u| u.1);
        assert_eq!(place("甲 〔乙〕"), Some(1));
        assert_eq!(place("甲。乙"), Some(2));
    }

    #[test]
    fn letters_and_numbers_are_units_of_their_own() {
        let units = Cutter::new(&[]).cover("ＧＢ/T 9704-2012标准");
        let texts: Vec<&str> = units.iter().map(|u| u.text.as_str()).collect();
        assert_eq!(texts, ["gb", "t", "9704", "2012", "标准"]);
    }

    #[test]
    fn a_word_of_the_caller_is_a_unit() {
        let word = "演示乡联合社";
        assert!(!every(word).iter().any(|u| u.0 == word));
        let cutter = Cutter::new(&[(word.to_owned(), 1000)]);
        assert_eq!(cutter.cover(word).len(), 1);
    }
}
