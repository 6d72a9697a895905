//! A document's blocks as the desk shows them: each figure leads to the records behind it.

use super::{href, pictures::file_href};
use crate::{
    annual_report::{
        document::{Block, Cell, ReportTable, Span},
        form::chart,
    },
    chart::ChartView,
};

/// A run of text, with the address behind it.
pub struct ShownSpan {
    /// The text.
    pub text: String,
    /// Where it leads; empty for plain text.
    pub href: String,
    /// Whether it is a number.
    pub is_number: bool,
}

/// A block.
pub enum Shown {
    /// A heading.
    Heading(String),
    /// A paragraph.
    Paragraph(Vec<ShownSpan>),
    /// A table.
    Table(ShownTable),
    /// A diagram, with its numbers to be opened.
    Chart(Box<ChartView>),
    /// A picture by its address.
    Picture {
        /// Where it is.
        src: String,
        /// Under it.
        caption: String,
    },
}

/// A table.
pub struct ShownTable {
    /// Above it.
    pub caption: String,
    /// Heads.
    pub head: Vec<String>,
    /// Rows.
    pub rows: Vec<Vec<ShownSpan>>,
    /// Under it.
    pub note: String,
}

fn plain(text: impl Into<String>, is_number: bool) -> ShownSpan {
    ShownSpan { text: text.into(), href: String::new(), is_number }
}

/// The list of the records behind a figure.
pub fn figure_href(id: &str, code: &str) -> String {
    format!("{}/figures/{code}", href(id))
}

/// The blocks of a report.
pub fn shown(id: &str, blocks: &[Block]) -> Vec<Shown> {
    let block = |block: &Block| match block {
        Block::Heading { text } => Shown::Heading(text.clone()),
        Block::Paragraph { spans } => Shown::Paragraph(spans.iter().map(|one| span(id, one)).collect()),
        Block::Table(table) => Shown::Table(of_table(id, table)),
        Block::Chart(drawn) => Shown::Chart(Box::new(ChartView::new(&chart::figure(drawn)))),
        Block::Picture { caption, sha256, .. } => {
            Shown::Picture { src: file_href(id, sha256), caption: caption.clone() }
        }
    };
    blocks.iter().map(block).collect()
}

fn span(id: &str, span: &Span) -> ShownSpan {
    match span {
        Span::Text(text) => plain(text.as_str(), false),
        Span::Figure { code, text } => {
            ShownSpan { text: text.clone(), href: figure_href(id, code), is_number: true }
        }
    }
}

fn of_table(id: &str, table: &ReportTable) -> ShownTable {
    let cell = |cell: &Cell| ShownSpan {
        text: cell.text.clone(),
        href: cell.figure.as_ref().map(|code| figure_href(id, code)).unwrap_or_default(),
        is_number: cell.is_number,
    };
    ShownTable {
        caption: table.caption.clone(),
        head: table.head.clone(),
        rows: table.rows.iter().map(|row| row.iter().map(cell).collect()).collect(),
        note: table.note.clone(),
    }
}
