//! Full-text search for Chinese text on one machine: an index on disk with words, single characters,
//! printed identifiers, facets and days, divided into groups that never see each other.
//!
//! It stores no text and knows nothing of where entries come from or how hits are shown: feed it
//! [`Entry`]s with a position, ask it [`Query`]s, and make [`excerpt`]s from your own text. Everything
//! here is synchronous and may read the disk: call it where blocking is allowed.

mod count;
mod cut;
mod dictionary;
mod entry;
mod error;
mod excerpt;
mod fold;
mod index;
mod layout;
mod open;
mod rank;
mod search;
mod understand;

pub use dictionary::Dictionary;
pub use entry::{Applied, Change, Entry, Refused, Setup};
pub use error::SearchError;
pub use excerpt::{Piece, excerpt, highlight};
pub use fold::canonical;
pub use index::Index;
pub use open::Opened;
pub use rank::Sort;
pub use search::{Hit, Hits, MAX_DEPTH, Query};
pub use understand::{MAX_QUERY_CHARS, Reading, Strictness, Understood};
