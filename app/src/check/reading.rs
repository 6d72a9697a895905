//! How a body in HTML becomes the text that checks read. It expects cleaned HTML and judges nothing.

use std::ops::Range;

use ego_tree::iter::Edge;
use rules::check::{Block, BlockKind, Cell, Link, Picture, Table, Text};
use scraper::{Html, Node, node::Element};

/// A picture within a line.
const PICTURE: char = '\u{fffc}';

/// Where one block ends and another begins.
const BLOCKS: &[&str] = &[
    "blockquote",
    "caption",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// The text of a body.
pub fn text_of(html: &str) -> Text {
    let parsed = Html::parse_fragment(html);
    let mut reader = Reader::default();
    for edge in parsed.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Text(text) => reader.write(text),
                Node::Element(element) => reader.open(element),
                _ => {}
            },
            Edge::Close(node) => {
                if let Node::Element(element) = node.value() {
                    reader.close(element.name());
                }
            }
        }
    }
    reader.end_block();
    reader.text
}

#[derive(Default)]
struct Reader {
    text: Text,
    /// What has been written of the block.
    line: String,
    /// Links of the block: bytes and address.
    links: Vec<(Range<usize>, String)>,
    /// The link that is open: where it began and where it leads.
    link: Option<(usize, String)>,
    heading: Option<u8>,
    tables: Vec<OpenTable>,
}

/// A table whose end has not come yet.
#[derive(Default)]
struct OpenTable {
    number: usize,
    row: Option<usize>,
    /// For each column, the first row that no cell from above covers.
    free_from: Vec<usize>,
    /// The cell that is open.
    cell: Option<Cell>,
}

impl Reader {
    fn open(&mut self, element: &Element) {
        let name = element.name();
        if BLOCKS.contains(&name) {
            self.end_block();
        }
        match name {
            "br" => self.line.push('\n'),
            "img" => self.picture(element),
            "a" => self.link = element.attr("href").map(|href| (self.line.len(), href.to_owned())),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading = name[1..].parse().ok(),
            "table" => {
                self.tables.push(OpenTable { number: self.text.tables.len(), ..OpenTable::default() });
                self.text.tables.push(Table::default());
            }
            "tr" => self.row(),
            "td" | "th" => self.cell(element, name == "th"),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if name == "a" {
            self.end_link();
        }
        if BLOCKS.contains(&name) {
            self.end_block();
        }
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading = None,
            "table" => drop(self.tables.pop()),
            "td" | "th" => {
                if let Some(table) = self.tables.last_mut() {
                    table.cell = None;
                }
            }
            _ => {}
        }
    }

    /// Blanks of the source collapse as they do in a browser.
    fn write(&mut self, text: &str) {
        for c in text.chars() {
            if !c.is_ascii_whitespace() {
                self.line.push(c);
            } else if !self.line.is_empty() && !self.line.ends_with([' ', '\n']) {
                self.line.push(' ');
            }
        }
    }

    fn picture(&mut self, element: &Element) {
        let attribute = |name| element.attr(name).unwrap_or_default().trim().to_owned();
        self.text.pictures.push(Picture { alt: attribute("alt"), address: attribute("src") });
        self.line.push(PICTURE);
    }

    fn row(&mut self) {
        let Some(open) = self.tables.last_mut() else { return };
        let row = open.row.map_or(0, |row| row + 1);
        open.row = Some(row);
        let table = &mut self.text.tables[open.number];
        table.n_rows = table.n_rows.max(row + 1);
    }

    fn cell(&mut self, element: &Element, is_head: bool) {
        let Some(open) = self.tables.last_mut() else { return };
        let row = open.row.unwrap_or(0);
        let span = |name| element.attr(name).and_then(|n| n.parse().ok()).unwrap_or(1_usize).clamp(1, 1000);
        let (n_rows, n_columns) = (span("rowspan"), span("colspan"));
        let is_free = |column: usize| open.free_from.get(column).is_none_or(|free| *free <= row);
        let column = (0..).find(|column| is_free(*column)).unwrap_or_default();
        if open.free_from.len() < column + n_columns {
            open.free_from.resize(column + n_columns, 0);
        }
        open.free_from[column..column + n_columns].fill(row + n_rows);
        open.cell = Some(Cell { table: open.number, row, column, n_rows, n_columns, is_head });
        let table = &mut self.text.tables[open.number];
        table.n_columns = table.n_columns.max(column + n_columns);
        table.has_head |= is_head;
    }

    fn end_link(&mut self) {
        if let Some((from, address)) = self.link.take() {
            self.links.push((from..self.line.len(), address));
        }
    }

    /// Ends the block; one without text leaves nothing behind. A link goes on in the next block.
    fn end_block(&mut self) {
        let open = self.link.as_ref().map(|(_, address)| address.clone());
        self.end_link();
        self.link = open.map(|address| (0, address));
        let line = std::mem::take(&mut self.line);
        let links = std::mem::take(&mut self.links);
        let text = line.trim_end_matches([' ', '\n']);
        if text.chars().all(|c| c.is_whitespace() || c == PICTURE) {
            return;
        }
        let cell = self.tables.last().and_then(|table| table.cell);
        let kind = match (self.heading, cell) {
            (Some(level), _) => BlockKind::Heading(level),
            (None, Some(cell)) => BlockKind::Cell(cell),
            (None, None) => BlockKind::Paragraph,
        };
        let block = self.text.blocks.len();
        for (range, address) in links {
            let range = range.start.min(text.len())..range.end.min(text.len());
            self.text.links.push(Link { block, range, address });
        }
        self.text.blocks.push(Block { kind, text: text.to_owned() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(html: &str) -> Vec<String> {
        text_of(html).blocks.into_iter().map(|block| block.text).collect()
    }

    #[test]
    fn the_innermost_elements_with_text_are_the_blocks() {
        let html = "<h2>一、总则</h2>\n<p>第一段，<strong>重点</strong>。<br>续行</p><p> </p>\
                    <ul><li><p>甲</p></li><li>乙<ul><li>丙</li></ul></li></ul><blockquote>引文</blockquote>";
        assert_eq!(lines(html), ["一、总则", "第一段，重点。\n续行", "甲", "乙", "丙", "引文"]);
        assert_eq!(text_of(html).blocks[0].kind, BlockKind::Heading(2));
    }

    #[test]
    fn cells_know_their_row_and_column_under_spans() {
        let html = "<table><tr><th rowspan=\"2\">项目</th><th colspan=\"2\">数量</th></tr>\
                    <tr><th>本年</th><th>上年</th></tr><tr><td>合计</td><td><p>3</p><p>4</p></td><td></td></tr></table>";
        let text = text_of(html);
        let places: Vec<(usize, usize)> = text.cells(0).map(|(_, cell, _)| (cell.row, cell.column)).collect();
        assert_eq!(places, [(0, 0), (0, 1), (1, 1), (1, 2), (2, 0), (2, 1), (2, 1)]);
        assert_eq!(text.tables, [Table { n_rows: 3, n_columns: 3, has_head: true }]);
    }

    #[test]
    fn links_and_pictures_are_gathered_with_their_places() {
        let html = "<p>见<a href=\"/documents/1\">通知</a>。</p><p><img src=\"/a.png\" alt=\" 图 \"></p>\
                    <p>文<img src=\"/b.png\">字</p>";
        let text = text_of(html);
        assert_eq!(text.links, [Link { block: 0, range: 3..9, address: "/documents/1".to_owned() }]);
        assert_eq!(text.pictures.iter().map(|p| p.alt.as_str()).collect::<Vec<_>>(), ["图", ""]);
        assert_eq!(lines(html), ["见通知。", "文\u{fffc}字"]);
    }

    #[test]
    fn blanks_collapse_as_in_a_browser_and_wide_ones_stay() {
        assert_eq!(lines("<p>\n  a \n b　　c </p>"), ["a b　　c"]);
    }
}
