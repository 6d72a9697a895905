//! Word texts (DOCX of Word and WPS) as clean HTML for an editor, with what a person would look at to fill a form.
//!
//! It does NOT keep fonts, colours, page layout, headers and footers, charts or drawings; what it drops because
//! readers of the text would not see it is told in [`Document::hidden`].

mod blocks;
mod line;
mod lists;
mod notes;
mod numbering;
mod parts;
mod pictures;
mod reader;
mod runs;
mod styles;
mod tables;
#[cfg(test)]
mod tests;

pub(crate) use parts::read_everything;

use crate::hidden::Hidden;
use crate::properties::Properties;
use crate::{Limits, OfficeError};
use std::ops::Range;

/// A text as an editor takes it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// `h2`–`h4`, `p`, nested `ul` and `ol`, `table` with merged cells; `strong`, `em`, `u`, `sub`, `sup`, `br`, `a`
    /// with addresses of the web only; `img` with `data-picture`, the place in `pictures`, and `alt`. All escaped.
    pub blocks_html: String,
    /// The pictures in the order in which they are met; one that is used twice is kept once.
    pub pictures: Vec<Picture>,
    /// Every paragraph that is not empty, those in tables too.
    pub paragraphs: Vec<Paragraph>,
    /// What the file says of itself.
    pub properties: Properties,
    /// What was dropped, or is in the file without being seen.
    pub hidden: Vec<Hidden>,
}

/// A picture of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// As stored.
    pub bytes: Vec<u8>,
    /// Told from the bytes; `application/octet-stream` for what is no known picture. Drawings of Windows
    /// (`image/emf`, `image/wmf`) are no pictures of the web.
    pub media_type: &'static str,
    /// The words the author gave it, often none.
    pub alt: String,
}

/// Where the lines of a paragraph begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Alignment {
    /// At the left.
    #[default]
    Left,
    /// In the middle, as titles do.
    Center,
    /// At the right, as signatures do.
    Right,
    /// At both ends.
    Justified,
}

/// One paragraph, for guessing what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Its words, with the number that the program puts before it.
    pub text: String,
    /// The name of its style, such as `Title` or `heading 1`; empty for none.
    pub style: String,
    /// How it stands.
    pub alignment: Alignment,
    /// `0` for the style of titles, `1` to `9` for the levels of the outline.
    pub level: Option<u8>,
    /// The largest letters in it, in half points; `0` if nothing says so.
    pub half_points: u32,
    /// Whether all of it is bold.
    pub strong: bool,
    /// Whether it stands in a table.
    pub in_table: bool,
    /// Its element in [`Document::blocks_html`], if it has one of its own (`p`, `h2`–`h4`), so that a title taken
    /// elsewhere can be cut out.
    pub block: Option<Range<usize>>,
}

/// Reads a DOCX.
///
/// # Errors
/// The file is none, is damaged or protected, or larger than the limits.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Document, OfficeError> {
    let everything = read_everything(bytes, limits, true)?;
    let hidden = everything.findings.into_iter().map(|finding| finding.hidden).collect();
    Ok(Document { hidden, ..everything.document })
}
