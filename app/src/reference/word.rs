//! Common mistakes of official writing, the same for every site. Whether a site lets one of them pass is its own list's
//! matter.

use serde::Deserialize;

use super::table::Coded;

/// A word that should not stand in an official text.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommonWord {
    /// The word.
    pub word: String,
    /// `wrong`, `forbidden` or `sensitive`.
    #[serde(default = "wrong")]
    pub kind: String,
    /// The right word; empty where there is none.
    #[serde(default)]
    pub right: String,
    /// What staff are told.
    #[serde(default)]
    pub note: String,
    /// Directly before it: then the word is right.
    #[serde(default)]
    pub unless_before: Vec<String>,
    /// Directly behind it: then the word is right.
    #[serde(default)]
    pub unless_behind: Vec<String>,
    /// It is wrong only behind one of these.
    #[serde(default)]
    pub only_before: Vec<String>,
    /// It is wrong only before one of these.
    #[serde(default)]
    pub only_behind: Vec<String>,
    /// Whether it is a hint that stops nothing.
    #[serde(default)]
    pub advisory: bool,
}

fn wrong() -> String {
    "wrong".to_owned()
}

impl Coded for CommonWord {
    fn code(&self) -> &str {
        &self.word
    }
}
