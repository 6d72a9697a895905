//! Office files read and written: sheets and Word documents in and out, words for a search, and what
//! hides in a file that its author does not see.
//!
//! Every file is taken for hostile: sizes, entries, nesting and time are bounded by [`Limits`], faults are a
//! typed [`OfficeError`], nothing panics. It does NOT touch the network, the disk or the clock, runs no macro
//! and fetches no outside content, and it does not render pages.

pub mod docx;
pub mod docx_out;
mod error;
pub mod hidden;
mod kind;
mod limits;
mod package;
mod pdf;
#[cfg(any(test, feature = "test-programs"))]
pub mod programs;
mod properties;
pub mod sheet;
mod slides;
#[cfg(test)]
mod testing;
pub mod text;
mod workbook;
mod xml;

pub use error::OfficeError;
pub use limits::Limits;
pub use properties::Properties;
