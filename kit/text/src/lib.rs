//! Text tools any product needs: reading big line files, cleaning HTML, comparing texts, telling
//! file types by content, folding widths and writing sizes for people.
//!
//! It does NOT know what the texts are about, and it stores nothing.

pub mod diff;
pub mod html;
pub mod human;
pub mod lines;
pub mod sniff;
pub mod width;
