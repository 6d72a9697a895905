//! Word lists (词表): what a site adds to the common mistakes of official writing. Wrong, forbidden and sensitive words, words
//! that are right although they look wrong, its leaders with their titles and order.
//!
//! The list is compiled into one automaton a site, kept until the list changes. What a match means is decided by
//! `rules::check`.

pub mod actions;
mod compiled;
pub mod lines;
pub mod queries;
#[cfg(test)]
mod tests;

pub use compiled::{Compiled, Lists};
use rules::check::WordKind;

/// A word as staff give it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewWord {
    /// What it is.
    pub kind: WordKind,
    /// The word looked for; a leader's name.
    pub word: String,
    /// The right word; a leader's titles, separated by 、.
    pub right: String,
    /// What officers are told.
    pub note: String,
    /// A leader's place among the others.
    pub order: i64,
    /// Whether it stops a record.
    pub blocking: bool,
}

/// A word of the site's list.
#[derive(Debug, Clone)]
pub struct ListedWord {
    /// Identity.
    pub id: String,
    /// What it says.
    pub word: NewWord,
    /// When it was added, milliseconds UTC.
    pub created_at: i64,
    /// Who added it.
    pub created_by: String,
}

/// Kinds with the words stored for them and those people read.
const KINDS: [(WordKind, &str, &str); 6] = [
    (WordKind::Wrong, "wrong", "错别字"),
    (WordKind::Forbidden, "forbidden", "禁用词"),
    (WordKind::Sensitive, "sensitive", "敏感表述"),
    (WordKind::Name, "name", "领导姓名"),
    (WordKind::Title, "title", "领导职务"),
    (WordKind::Allowed, "allowed", "允许使用"),
];

/// The word stored for a kind.
pub fn kind_code(kind: WordKind) -> &'static str {
    KINDS.iter().find(|(known, ..)| *known == kind).map_or("", |(_, code, _)| code)
}

/// The Chinese word for a kind.
pub fn kind_label(kind: WordKind) -> &'static str {
    KINDS.iter().find(|(known, ..)| *known == kind).map_or("", |(.., label)| label)
}

/// The kind of a stored or a Chinese word.
pub fn kind_of(word: &str) -> Option<WordKind> {
    KINDS.iter().find(|(_, code, label)| *code == word || *label == word).map(|(kind, ..)| *kind)
}
