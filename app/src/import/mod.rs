//! Importing what other systems published: pages, document archives, single pages, and our own exports.
//!
//! What was printed is kept beside what was read; what is unsure becomes a draft on the review list and is never
//! published by an import. An address is imported once: the same content again changes nothing, other content becomes
//! a draft beside what is live. Nothing here fetches anything from a network.

pub mod actions;
pub mod cells;
pub mod documents;
pub mod kinds;
pub mod page;
pub mod pages;
pub mod pipeline;
pub mod queries;
pub mod reading;
pub mod review;
pub mod summary;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::document::Content;

/// Something found while reading: a reason to look (it keeps the record a draft) or a remark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// A name that stays the same over versions, for counting.
    pub code: String,
    /// The sentence a reviewer reads.
    pub sentence: String,
}

impl Finding {
    /// A finding.
    pub fn new(code: &str, sentence: impl Into<String>) -> Finding {
        Finding { code: code.to_owned(), sentence: sentence.into() }
    }
}

/// A record as it came from outside, read and ready to be taken in.
#[derive(Debug, Clone, Default)]
pub struct Incoming {
    /// Where in the file it stood, for messages.
    pub place: String,
    /// Address that names it for ever; the key of idempotency.
    pub address: String,
    /// Which command brought it.
    pub origin: &'static str,
    /// SHA-256 of what was read, so that a second import sees whether anything changed.
    pub content_hash: String,
    /// A code of `reference/content_types/`.
    pub content_type: String,
    /// What it says.
    pub content: Content,
    /// Every label with its value, exactly as printed, in order.
    pub printed: Vec<(String, String)>,
    /// Why a person must look before it may go live.
    pub reasons: Vec<Finding>,
    /// What was noted besides.
    pub remarks: Vec<Finding>,
    /// Whether a number that another record has already is a reason to look, or only a remark (an archive that lists
    /// one document under several headings).
    pub repeats_are_expected: bool,
}

/// A line that could not be taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// A name for counting.
    pub code: String,
    /// File and line.
    pub place: String,
    /// What is wrong and how to mend it.
    pub sentence: String,
}

impl Failure {
    /// A failure at a place.
    pub fn new(code: &str, place: &str, sentence: impl Into<String>) -> Failure {
        Failure { code: code.to_owned(), place: place.to_owned(), sentence: sentence.into() }
    }
}

/// The hash of several texts, each with its length before it.
pub fn hash_of(parts: &[&str]) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part.as_bytes());
    }
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The HTML of a plain text in the very form in which cleaning leaves it: every character was escaped when it was made,
/// so only a table without headings (whose body a parser makes explicit) needs cleaning itself.
pub fn safe_html(text: &str) -> String {
    let html = reading::text_to_html(text);
    if html.contains("<table>\n<tr>") {
        return kit_text::html::clean(&html).into_string();
    }
    html.trim_end().replace("&#39;", "'").replace("&quot;", "\"").replace('\u{a0}', "&nbsp;")
}
