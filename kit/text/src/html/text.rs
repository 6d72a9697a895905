//! HTML as readable text: a line per paragraph, table rows as `a | b |`, bullets for lists.
//!
//! It does NOT keep emphasis or links, and it does not choose the main part of a page.

use super::guard;
use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::{Html, Node};
use std::collections::HashMap;

/// The text of a fragment or a page.
pub fn to_text(html: &str) -> String {
    let parsed = Html::parse_fragment(&guard::limit(html, guard::Boxes::Keep));
    text_of_tree(&parsed)
}

pub(super) fn text_of_tree(parsed: &Html) -> String {
    let layout = layout_tables(parsed);
    let mut writer = Writer { layout, ..Writer::default() };
    for edge in parsed.tree.root().traverse() {
        match edge {
            Edge::Open(node) => writer.open(node.id(), node.value()),
            Edge::Close(node) => writer.close(node.id(), node.value()),
        }
    }
    writer.finish()
}

const SKIPPED: &[&str] = &[
    "script", "style", "noscript", "template", "title", "svg", "math", "iframe", "object", "select",
    "textarea", "button", "head",
];
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "tr",
    "ul",
];

/// Tables that only place things on the page: one cell, a table inside, or a cell as long as a page.
fn layout_tables(parsed: &Html) -> HashMap<NodeId, bool> {
    struct Seen {
        id: NodeId,
        n_cells: usize,
        is_layout: bool,
        cell_chars: usize,
    }
    let mut tables = HashMap::new();
    let mut open: Vec<Seen> = Vec::new();
    for edge in parsed.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Element(element) if element.name() == "table" => {
                    if let Some(outer) = open.last_mut() {
                        outer.is_layout = true;
                    }
                    open.push(Seen { id: node.id(), n_cells: 0, is_layout: false, cell_chars: 0 });
                }
                Node::Element(element) if matches!(element.name(), "td" | "th") => {
                    if let Some(table) = open.last_mut() {
                        table.n_cells += 1;
                        table.cell_chars = 0;
                    }
                }
                Node::Text(text) => {
                    if let Some(table) = open.last_mut() {
                        table.cell_chars += text.len();
                        table.is_layout |= table.cell_chars > 6000;
                    }
                }
                _ => {}
            },
            Edge::Close(node) => {
                if let Some(table) = open.pop_if(|table| table.id == node.id()) {
                    tables.insert(table.id, table.is_layout || table.n_cells <= 1);
                }
            }
        }
    }
    tables
}

#[derive(Default)]
struct Writer {
    out: String,
    layout: HashMap<NodeId, bool>,
    /// Open tables: whether each only lays out.
    tables: Vec<bool>,
    /// Open lists: the number of the next item, `None` for bullets.
    lists: Vec<Option<u64>>,
    /// Inside elements whose content is not shown.
    hidden: usize,
    preformatted: usize,
    /// A line break or a blank is due before the next word.
    due_break: bool,
    due_blank: bool,
}

impl Writer {
    fn in_data_table(&self) -> bool {
        self.tables.last() == Some(&false)
    }

    fn open(&mut self, id: NodeId, node: &Node) {
        match node {
            Node::Text(text) if self.hidden == 0 => self.text(text),
            Node::Element(element) => self.open_element(id, element),
            _ => {}
        }
    }

    fn open_element(&mut self, id: NodeId, element: &scraper::node::Element) {
        let name = element.name();
        if SKIPPED.contains(&name) {
            self.hidden += 1;
        }
        if BLOCKS.contains(&name) {
            self.block_edge(name);
        }
        match name {
            "br" => self.block_edge(name),
            "pre" => self.preformatted += 1,
            "table" => self.tables.push(self.layout.get(&id).copied().unwrap_or(true)),
            "ul" => self.lists.push(None),
            "ol" => {
                let start = element.attr("start").and_then(|value| value.parse().ok());
                self.lists.push(Some(start.unwrap_or(1)));
            }
            "li" if self.hidden == 0 => self.bullet(),
            "td" | "th" if !self.in_data_table() => self.due_break = true,
            _ => {}
        }
    }

    fn close(&mut self, _: NodeId, node: &Node) {
        let Node::Element(element) = node else { return };
        let name = element.name();
        if SKIPPED.contains(&name) {
            self.hidden = self.hidden.saturating_sub(1);
        }
        match name {
            "pre" => self.preformatted = self.preformatted.saturating_sub(1),
            "table" => drop(self.tables.pop()),
            "ul" | "ol" => drop(self.lists.pop()),
            "td" | "th" if self.hidden > 0 => {}
            "td" | "th" if self.in_data_table() => self.cell_end(),
            "td" | "th" => self.due_break = true,
            _ => {}
        }
        if BLOCKS.contains(&name) {
            self.block_edge(name);
        }
    }

    /// A block begins or ends: a new line, but only a blank inside the cell of a data table.
    fn block_edge(&mut self, name: &str) {
        let is_row = matches!(name, "table" | "tr" | "thead" | "tbody" | "tfoot" | "caption");
        if self.in_data_table() && !is_row {
            self.due_blank = true;
        } else {
            self.due_break = true;
        }
    }

    fn bullet(&mut self) {
        match self.lists.last_mut() {
            Some(Some(number)) => {
                let mark = format!("{number}. ");
                *number = number.saturating_add(1);
                self.word(&mark);
            }
            _ => self.word("• "),
        }
        self.due_blank = false;
    }

    fn cell_end(&mut self) {
        self.due_blank = true;
        self.word("|");
        self.due_blank = true;
    }

    fn text(&mut self, text: &str) {
        if self.preformatted > 0 && !self.in_data_table() {
            for (n, line) in text.split('\n').enumerate() {
                self.due_break |= n > 0;
                let line = line.trim_end();
                if !line.is_empty() {
                    self.word(&line.replace('\u{a0}', " "));
                }
            }
            return;
        }
        let is_blank = |c: char| c.is_ascii_whitespace() || c == '\u{a0}';
        self.due_blank |= text.starts_with(is_blank);
        for word in text.split(is_blank).filter(|word| !word.is_empty()) {
            self.word(word);
            self.due_blank = true;
        }
        self.due_blank = text.ends_with(is_blank) || (self.due_blank && text.trim().is_empty());
    }

    fn word(&mut self, word: &str) {
        if self.due_break {
            if !self.out.is_empty() && !self.out.ends_with('\n') {
                self.out.push('\n');
            }
        } else if self.due_blank && !self.out.is_empty() && !self.out.ends_with(['\n', ' ']) {
            self.out.push(' ');
        }
        self.due_break = false;
        self.due_blank = false;
        self.out.push_str(word);
    }

    fn finish(self) -> String {
        // Ideographic blanks that only indent, and zero-width marks, say nothing.
        let mut text = String::with_capacity(self.out.len());
        for line in self.out.lines() {
            let keep_indent = line.starts_with(' ');
            let line = if keep_indent { line.trim_end() } else { line.trim() };
            let line = line.trim_matches(['\u{200b}', '\u{feff}']);
            if line.is_empty() || line == "•" {
                continue;
            }
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(line);
        }
        text
    }
}
