//! The automaton of a site's words: the common ones of `reference/word_list.toml` and its own, compiled when the list has
//! changed and kept for all who check.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
    sync::{Arc, Mutex, PoisonError},
};

use aho_corasick::{AhoCorasick, MatchKind};
use kit_db::Tx;
use kit_search::Dictionary;
use rules::check::{Finding, Guards, Weight, Word, WordKind, WordList, WordMatch};

use super::{ListedWord, kind_of, queries};
use crate::{
    cx::Cx,
    error::Result,
    id::SiteId,
    reference::{CommonWord, Reference},
};

/// Files whose findings are kept; a file is read again when it is asked for after the others.
const MOST_FILES: usize = 4_000;

/// Characters beside a word that tell where words begin and end.
const AROUND: usize = 8;

/// The list of each site with the state it was compiled from.
type BySite = HashMap<SiteId, (String, Arc<Compiled>)>;

/// The compiled lists of the sites, shared by all requests.
#[derive(Clone)]
pub struct Lists {
    compiled: Arc<Mutex<BySite>>,
    dictionary: Dictionary,
}

/// A site's words and their automaton.
pub struct Compiled {
    words: Vec<Word>,
    automaton: AhoCorasick,
    dictionary: Dictionary,
    /// What these words and the other rules found in a file, by its hash: a file is read through once and not with every
    /// key that is pressed.
    files: Mutex<HashMap<String, Arc<Vec<Finding>>>>,
}

impl Lists {
    /// No list has been asked for yet.
    pub fn new(dictionary: Dictionary) -> Lists {
        Lists { compiled: Arc::default(), dictionary }
    }

    /// The words of the site of `cx` as they stand in this transaction.
    ///
    /// # Errors
    /// When the tables cannot be read.
    pub fn of_site(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Arc<Compiled>> {
        let state = queries::state(tx, &cx.site_id)?;
        let known = self.compiled.lock().unwrap_or_else(PoisonError::into_inner).get(&cx.site_id).cloned();
        if let Some((_, compiled)) = known.filter(|(compiled_at, _)| *compiled_at == state) {
            return Ok(compiled);
        }
        let own = queries::all(tx, &cx.site_id)?;
        let compiled = Arc::new(Compiled::new(words(cx.reference, &own), self.dictionary.clone())?);
        let mut lists = self.compiled.lock().unwrap_or_else(PoisonError::into_inner);
        lists.insert(cx.site_id.clone(), (state, compiled.clone()));
        Ok(compiled)
    }
}

impl Compiled {
    /// Compiles words.
    ///
    /// # Errors
    /// When there are more than an automaton holds.
    pub fn new(words: Vec<Word>, dictionary: Dictionary) -> Result<Compiled> {
        let patterns = words.iter().map(|word| word.word.as_str());
        let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(patterns);
        let automaton = automaton.map_err(anyhow::Error::from)?;
        Ok(Compiled { words, automaton, dictionary, files: Mutex::default() })
    }

    /// Gives the list to the rules.
    pub fn with<T>(&self, check: impl FnOnce(WordList<'_>) -> T) -> T {
        let find = |text: &str| {
            let found = self.automaton.find_iter(text);
            found.map(|found| self.matched(text, found.pattern().as_usize(), found.range())).collect()
        };
        check(WordList { words: &self.words, find: &find })
    }

    fn matched(&self, text: &str, word: usize, range: Range<usize>) -> WordMatch {
        let whole = self.words.get(word).is_some_and(|word| word.guards.whole);
        let lies_across = whole && self.lies_across(text, &range);
        WordMatch { word, range, lies_across }
    }

    /// Whether words of the dictionary lie across an end of a find.
    fn lies_across(&self, text: &str, range: &Range<usize>) -> bool {
        let is_han = |c: &char| kit_text::width::is_cjk(*c);
        let before: Vec<char> = text[..range.start].chars().rev().take_while(is_han).take(AROUND).collect();
        let behind = text[range.end..].chars().take_while(is_han).take(AROUND);
        let found = &text[range.clone()];
        if !found.chars().all(|c| is_han(&c)) {
            return false;
        }
        let run: String = before.iter().rev().copied().chain(found.chars()).chain(behind).collect();
        let part = before.len()..before.len() + found.chars().count();
        self.dictionary.lies_across(&run, &part)
    }

    /// What was found in a file; `read` finds it the first time.
    ///
    /// # Errors
    /// Those of `read`.
    pub fn of_file(
        &self,
        sha256: &str,
        read: impl FnOnce() -> Result<Vec<Finding>>,
    ) -> Result<Arc<Vec<Finding>>> {
        let kept = || self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept().get(sha256).cloned();
        if let Some(found) = known {
            return Ok(found);
        }
        let found = Arc::new(read()?);
        let mut files = kept();
        if files.len() >= MOST_FILES {
            files.clear();
        }
        files.insert(sha256.to_owned(), found.clone());
        Ok(found)
    }
}

/// The common words and the site's own. A word of the site stands in place of a common one; what it allows is not looked
/// for; titles of its leaders and right words that hold wrong ones are known as such.
fn words(reference: &Reference, own: &[ListedWord]) -> Vec<Word> {
    let mut words: Vec<Word> = own.iter().map(own_word).collect();
    let titles = own.iter().filter(|listed| listed.word.kind == WordKind::Name);
    let titles: Vec<Word> = titles
        .flat_map(|listed| listed.word.right.split(['、', '，', ',']))
        .filter(|title| title.chars().count() > 1)
        .map(|title| plain(title, WordKind::Title))
        .collect();
    words.extend(titles);
    words.extend(reference.words.iter().filter_map(common_word));
    let mut known = HashSet::new();
    words.retain(|word| known.insert(word.word.clone()));
    let right = right_words_with_wrong_ones(&words);
    words.extend(
        right.into_iter().filter(|word| !known.contains(word)).map(|word| plain(&word, WordKind::Allowed)),
    );
    words
}

fn own_word(listed: &ListedWord) -> Word {
    let word = &listed.word;
    Word {
        right: word.right.clone(),
        note: word.note.clone(),
        order: word.order,
        weight: if word.blocking { Weight::Blocking } else { Weight::Advisory },
        guards: Guards { whole: word.kind == WordKind::Wrong, ..Guards::default() },
        ..plain(&word.word, word.kind)
    }
}

fn common_word(common: &CommonWord) -> Option<Word> {
    Some(Word {
        right: common.right.clone(),
        note: common.note.clone(),
        weight: if common.advisory { Weight::Advisory } else { Weight::Blocking },
        guards: Guards {
            unless_before: common.unless_before.clone(),
            unless_behind: common.unless_behind.clone(),
            only_before: common.only_before.clone(),
            only_behind: common.only_behind.clone(),
            // Each of them was tried on real records: what could lie across words has its own guards.
            whole: false,
        },
        ..plain(&common.word, kind_of(&common.kind)?)
    })
}

fn plain(word: &str, kind: WordKind) -> Word {
    Word {
        word: word.to_owned(),
        kind,
        right: String::new(),
        note: String::new(),
        order: 0,
        weight: Weight::Advisory,
        guards: Guards::default(),
    }
}

/// 相对地 holds no wrong word, 修正加速 would hold 正加: right words are matched before what they hold.
fn right_words_with_wrong_ones(words: &[Word]) -> Vec<String> {
    let wrong: HashSet<&str> =
        words.iter().filter(|word| word.kind == WordKind::Wrong).map(|word| word.word.as_str()).collect();
    let longest = wrong.iter().map(|word| word.chars().count()).max().unwrap_or(0);
    let holds_wrong = |right: &str| {
        let places: Vec<usize> = right.char_indices().map(|(at, _)| at).chain([right.len()]).collect();
        (0..places.len()).any(|from| {
            let ends = places.iter().skip(from + 1).take(longest);
            ends.into_iter().any(|to| wrong.contains(&right[places[from]..*to]))
        })
    };
    let mut right: Vec<String> = words
        .iter()
        .filter(|word| word.kind == WordKind::Wrong && holds_wrong(&word.right))
        .map(|word| word.right.clone())
        .collect();
    right.sort();
    right.dedup();
    right
}
