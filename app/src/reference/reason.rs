//! Reasons for withdrawing (撤回) and correcting (更正) what has been published, and what a secrecy review rests on.
//!
//! They say what the public reads and what the record needs; the rules of publishing are elsewhere.

use serde::Deserialize;

use super::table::Coded;

/// Why a document is taken back.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WithdrawReason {
    /// Code.
    pub code: String,
    /// Chinese name, for staff.
    pub name: String,
    /// The provision behind it.
    pub basis: String,
    /// Whether staff must write a note for the record.
    pub needs_note: bool,
    /// What the old address says; it never repeats what was withdrawn.
    pub public_words: String,
}

/// Why a new edition is made.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CorrectionReason {
    /// Code.
    pub code: String,
    /// Chinese name, for staff.
    pub name: String,
    /// Whether staff must write what was changed.
    pub needs_note: bool,
    /// Whether earlier editions leave public sight as well.
    pub conceals_previous: bool,
    /// What the list of versions says.
    pub public_words: String,
}

/// What a secrecy review rests on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecrecyBasis {
    /// Code.
    pub code: String,
    /// Chinese name, for the form.
    pub name: String,
    /// The provision behind it.
    pub provision: String,
    /// Whether it speaks against publication; the others speak for it.
    #[serde(default)]
    pub refuses: bool,
}

impl Coded for SecrecyBasis {
    fn code(&self) -> &str {
        &self.code
    }
}

impl Coded for WithdrawReason {
    fn code(&self) -> &str {
        &self.code
    }
}

impl Coded for CorrectionReason {
    fn code(&self) -> &str {
        &self.code
    }
}
