//! Changing a site's word list. Every change sets a new state, so that nobody goes on with the old automaton.

use kit_db::Tx;
use rules::check::WordKind;

use super::{ListedWord, NewWord, kind_code, kind_label, queries};
use crate::{
    audit::{self, Act},
    cx::Cx,
    error::{Error, Refusal, Result},
};

/// Characters of a word.
const LONGEST: usize = 60;

/// Adds a word.
///
/// # Errors
/// Refused when it cannot work as a word of its kind, or stands on the list.
pub fn add(tx: &mut Tx<'_>, cx: &Cx, word: &NewWord) -> Result<String> {
    check(word).map_err(Refusal::Invalid)?;
    if queries::by_word(tx, &cx.site_id, word.kind, &word.word)?.is_some() {
        return Err(Refusal::Invalid(format!("词表中已有“{}”", word.word)).into());
    }
    let id = cx.new_id();
    queries::insert(tx, cx, &id, word)?;
    queries::set_state(tx, cx)?;
    record(tx, cx, "word.add", &id, &told(word))?;
    Ok(id)
}

/// Changes a word.
///
/// # Errors
/// Not found when there is none; refused as [`add`].
pub fn change(tx: &mut Tx<'_>, cx: &Cx, id: &str, word: &NewWord) -> Result<()> {
    let before = find(tx, cx, id)?;
    check(word).map_err(Refusal::Invalid)?;
    let same = queries::by_word(tx, &cx.site_id, word.kind, &word.word)?;
    if same.is_some_and(|same| same.id != id) {
        return Err(Refusal::Invalid(format!("词表中已有“{}”", word.word)).into());
    }
    queries::update(tx, cx, id, word)?;
    queries::set_state(tx, cx)?;
    record(tx, cx, "word.change", id, &format!("{} → {}", told(&before.word), told(word)))
}

/// Removes a word.
///
/// # Errors
/// Not found when there is none.
pub fn remove(tx: &mut Tx<'_>, cx: &Cx, id: &str) -> Result<()> {
    let before = find(tx, cx, id)?;
    queries::delete(tx, &cx.site_id, id)?;
    queries::set_state(tx, cx)?;
    record(tx, cx, "word.remove", id, &told(&before.word))
}

/// What an import did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Imported {
    /// Words that are new.
    pub added: usize,
    /// Words that say something else now.
    pub changed: usize,
    /// Words that stood there already.
    pub unchanged: usize,
}

/// Puts words on the list; one that stands there is changed to what is given. The words have been read by `lines`, which
/// lists those that cannot work.
pub fn import(tx: &mut Tx<'_>, cx: &Cx, words: &[NewWord], origin: &str) -> Result<Imported> {
    let mut imported = Imported::default();
    for word in words {
        match queries::by_word(tx, &cx.site_id, word.kind, &word.word)? {
            Some(known) if known.word == *word => imported.unchanged += 1,
            Some(known) => {
                queries::update(tx, cx, &known.id, word)?;
                imported.changed += 1;
            }
            None => {
                queries::insert(tx, cx, &cx.new_id(), word)?;
                imported.added += 1;
            }
        }
    }
    if imported.added + imported.changed > 0 {
        queries::set_state(tx, cx)?;
        let detail = format!("{origin}：新增{}，更改{}", imported.added, imported.changed);
        record(tx, cx, "word.import", &cx.site_id.0, &detail)?;
    }
    Ok(imported)
}

/// Why a word cannot work, in a sentence.
pub fn check(word: &NewWord) -> Result<(), String> {
    let n_chars = word.word.chars().count();
    let is_blank = |text: &str| text.trim().is_empty();
    let fault = if is_blank(&word.word) {
        "没有写词语"
    } else if word.word.trim() != word.word || word.word.chars().any(char::is_control) {
        "词语的首尾不能有空格，中间不能换行"
    } else if n_chars < 2 {
        "词语至少两个字，单字会误报"
    } else if n_chars > LONGEST || word.right.chars().count() > LONGEST {
        "词语最多六十个字"
    } else if word.kind == WordKind::Wrong && is_blank(&word.right) {
        "错别字须写明正确写法"
    } else if word.right == word.word {
        "正确写法与词语相同"
    } else if word.right.contains(&word.word) && word.kind == WordKind::Wrong {
        "正确写法中含有词语本身，改正后会再次提示"
    } else {
        return Ok(());
    };
    Err(fault.to_owned())
}

fn find(tx: &mut Tx<'_>, cx: &Cx, id: &str) -> Result<ListedWord> {
    queries::by_id(tx, &cx.site_id, id)?.ok_or(Error::NotFound)
}

fn told(word: &NewWord) -> String {
    let right = if word.right.is_empty() { String::new() } else { format!("→{}", word.right) };
    format!("{}：{}{right}（{}）", kind_label(word.kind), word.word, kind_code(word.kind))
}

fn record(tx: &mut Tx<'_>, cx: &Cx, action: &'static str, id: &str, detail: &str) -> Result<()> {
    audit::actions::record(tx, cx, Act { action, object_kind: "word", object_id: id, detail })
}
