//! Word documents written: titles and headings with real styles, paragraphs, tables whose head is repeated on every page,
//! pictures with the words for those who do not see them, page numbers, and the properties of the file.
//!
//! Written by hand rather than by a large library: that way the head of a table is marked as one, a picture has its words,
//! nobody's name and no clock gets in, and the same document gives the same bytes.
//! It does NOT know fields other than the page number, lists, notes or tracked changes.

mod body;
mod parts;
#[cfg(test)]
pub(crate) mod tests;

pub use parts::write;

/// A document.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// What the file says of itself.
    pub properties: CoreProperties,
    /// The sheet.
    pub page: Page,
    /// How each kind of paragraph looks; kinds that are missing look like [`Role::Body`].
    pub styles: Vec<(Role, Style)>,
    /// From top to bottom.
    pub blocks: Vec<Block>,
}

/// What the file says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CoreProperties {
    /// The title.
    pub title: String,
    /// Who speaks.
    pub author: String,
    /// What it is about.
    pub subject: String,
    /// Words to find it by.
    pub keywords: Vec<String>,
    /// When it was made, RFC 3339 in UTC (`2019-03-11T01:30:00Z`).
    pub created: String,
}

/// The sheet, in millimetres.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// Above the text.
    pub top: f64,
    /// Below it.
    pub bottom: f64,
    /// At the edge where it is bound: left on odd pages, right on even ones.
    pub inside: f64,
    /// At the other edge.
    pub outside: f64,
    /// From the lower edge of the sheet to the page number.
    pub footer: f64,
    /// Over every page; empty for none.
    pub running: String,
    /// Before and after the number of the page.
    pub number_between: (String, String),
}

/// The kinds of paragraphs; each is a style of the document under the name that Word gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Running text.
    Body,
    /// The document's title.
    Title,
    /// Under the title.
    Subtitle,
    /// A heading of level 1, 2 or 3.
    Heading(u8),
    /// Over a table, under a picture.
    Caption,
    /// Small print.
    Note,
    /// A cell of a table.
    Cell,
    /// A cell of a table's head.
    CellHead,
    /// Around a picture.
    Picture,
    /// Over and under the page.
    Running,
}

/// How a kind of paragraph looks. Lengths are points.
#[derive(Debug, Clone, PartialEq)]
pub struct Style {
    /// The face of Chinese characters.
    pub east_asian: String,
    /// The face of Latin letters and digits.
    pub latin: String,
    /// Size of the letters.
    pub size: f64,
    /// Between two letters; negative is closer.
    pub tracking: f64,
    /// Heavy letters.
    pub bold: bool,
    /// Red, green, blue; `None` is the reader's own colour of text.
    pub colour: Option<[u8; 3]>,
    /// Where lines stand.
    pub align: Align,
    /// Characters by which the first line is moved in.
    pub first_line: f64,
    /// The height of a line; `None` is what the face wants.
    pub line: Option<f64>,
    /// Before and after the paragraph.
    pub space: (f64, f64),
}

/// Where lines stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// At the left.
    #[default]
    Left,
    /// In the middle.
    Centre,
    /// At the right.
    Right,
    /// Both edges even.
    Both,
}

/// A piece of the document.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// Text.
    Paragraph(Paragraph),
    /// A table.
    Table(Table),
    /// A picture on a line of its own.
    Picture(Picture),
}

/// A piece of text of one kind.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Paragraph {
    /// Its kind; `None` is running text.
    pub role: Option<Role>,
    /// What it says; a line feed begins a line.
    pub text: String,
    /// Where its lines stand, if not where the kind's stand.
    pub align: Option<Align>,
    /// Characters by which it is moved in from the right.
    pub right: f64,
    /// Begins a page.
    pub new_page: bool,
    /// Stays on the page of what follows.
    pub keep_next: bool,
}

impl Paragraph {
    /// A paragraph of a kind.
    pub fn new(role: Role, text: impl Into<String>) -> Paragraph {
        Paragraph { role: Some(role), text: text.into(), ..Paragraph::default() }
    }
}

/// A table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// What it shows, for those who do not see it.
    pub description: String,
    /// The columns' widths in relation to each other.
    pub widths: Vec<f64>,
    /// How many of the first rows are its head.
    pub n_head: usize,
    /// From top to bottom.
    pub rows: Vec<Vec<Cell>>,
    /// Its lines.
    pub lines: Lines,
}

/// The lines of a table, in points; 0 is none.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Lines {
    /// Above the first and below the last row.
    pub outer: f64,
    /// Between rows.
    pub between_rows: f64,
    /// Between columns, and at the sides.
    pub between_columns: f64,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cell {
    /// What it holds, from top to bottom.
    pub blocks: Vec<Block>,
    /// The columns it takes; 0 counts as 1.
    pub span: usize,
    /// Its ground.
    pub ground: Option<[u8; 3]>,
}

impl Cell {
    /// A cell with one paragraph.
    pub fn text(role: Role, text: impl Into<String>, align: Align) -> Cell {
        let words = Paragraph { align: Some(align), ..Paragraph::new(role, text) };
        Cell { blocks: vec![Block::Paragraph(words)], ..Cell::default() }
    }
}

/// A picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// The file.
    pub bytes: Vec<u8>,
    /// What kind of file.
    pub format: PictureFormat,
    /// Width and height on paper, millimetres.
    pub size: (f64, f64),
    /// What is to be seen, for those who do not see it.
    pub description: String,
    /// Stays on the page of what follows.
    pub keep_next: bool,
}

/// The pictures that every office shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureFormat {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
}

impl PictureFormat {
    fn ending(self) -> &'static str {
        match self {
            PictureFormat::Png => "png",
            PictureFormat::Jpeg => "jpeg",
        }
    }
}
