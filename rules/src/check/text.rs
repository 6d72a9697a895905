//! The body of a record as checks see it: blocks of text in their order, with pictures, links and tables beside them.
//!
//! A block is the smallest element that holds text: a heading, a paragraph, the paragraph of a list item or of a table
//! cell. Blocks without text are left out, so that an editor that leaves out its own empty ones counts the same. A line
//! break within a block is `\n`, a picture within a line U+FFFC. How a body becomes a `Text` is not decided here.

use std::ops::Range;

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading of a level from 1 to 6.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// Text of a table's cell; a cell may hold several blocks.
    Cell(Cell),
}

/// The place of a cell in its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// Which table, a place in [`Text::tables`].
    pub table: usize,
    /// Row, from 0, spans counted.
    pub row: usize,
    /// Column, from 0, spans counted.
    pub column: usize,
    /// Rows it covers.
    pub n_rows: usize,
    /// Columns it covers.
    pub n_columns: usize,
    /// Whether it is a head cell.
    pub is_head: bool,
}

/// A stretch of text that stands by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// What it says.
    pub text: String,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its text alternative, blanks at the ends left out.
    pub alt: String,
    /// Its address.
    pub address: String,
}

/// A link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The block it stands in.
    pub block: usize,
    /// Bytes of the block's text.
    pub range: Range<usize>,
    /// Where it leads.
    pub address: String,
}

/// A table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// Number of rows.
    pub n_rows: usize,
    /// Number of columns.
    pub n_columns: usize,
    /// Whether any cell is a head cell.
    pub has_head: bool,
}

/// A body.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    /// Blocks in their order.
    pub blocks: Vec<Block>,
    /// Pictures in their order.
    pub pictures: Vec<Picture>,
    /// Links in their order.
    pub links: Vec<Link>,
    /// Tables in their order.
    pub tables: Vec<Table>,
}

impl Text {
    /// A body of plain paragraphs, one a line.
    pub fn of_lines(text: &str) -> Text {
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        let blocks = lines.map(|line| Block { kind: BlockKind::Paragraph, text: line.to_owned() }).collect();
        Text { blocks, ..Text::default() }
    }

    /// The cells of a table with their blocks, in the order of the text.
    pub fn cells(&self, table: usize) -> impl Iterator<Item = (usize, Cell, &str)> {
        self.blocks.iter().enumerate().filter_map(move |(at, block)| match block.kind {
            BlockKind::Cell(cell) if cell.table == table => Some((at, cell, block.text.as_str())),
            _ => None,
        })
    }
}
