//! Turns a page's HTML into lines: blocks end a line, a row of a data table becomes `cell | cell |`, a list item gets a
//! bullet. It cleans no HTML for publishing (that is `kit/text`) and reads no labels.

use scraper::node::Node;
use scraper::{ElementRef, Html, Selector};

/// The text of a page and the title it names itself.
pub(super) fn to_text(html: &str) -> (String, String) {
    if is_too_deep(html) {
        return (without_tags(html), String::new());
    }
    let page = Html::parse_document(html);
    let mut writer = Writer::default();
    // Walked by hand and not by recursion: pages nest deeper than a stack.
    let root = *page.root_element();
    let mut node = root;
    loop {
        match node.value() {
            Node::Element(element) => {
                let data = element.name() == "table"
                    && ElementRef::wrap(node).is_some_and(|table| is_data_table(&table));
                writer.open(element.name(), data);
            }
            Node::Text(text) => writer.text(text),
            _ => {}
        }
        if let Some(child) = node.first_child() {
            node = child;
            continue;
        }
        writer.leave(node.value());
        while node != root && node.next_sibling().is_none() {
            let Some(parent) = node.parent() else { break };
            node = parent;
            writer.leave(node.value());
        }
        match node.next_sibling() {
            Some(next) if node != root => node = next,
            _ => break,
        }
    }
    (writer.out, own_title(&page))
}

/// Nested deeper than any page: building the tree would take time with the square of the depth.
const TOO_DEEP: usize = 3_000;

fn is_too_deep(html: &str) -> bool {
    let mut depth: usize = 0;
    let bytes = html.as_bytes();
    for (at, _) in html.match_indices('<') {
        match bytes.get(at + 1) {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(c) if c.is_ascii_alphabetic() && !closes_itself(tag_name(&html[at + 1..])) => depth += 1,
            _ => {}
        }
        if depth > TOO_DEEP {
            return true;
        }
    }
    false
}

fn tag_name(rest: &str) -> &str {
    let end = rest.bytes().take(12).take_while(u8::is_ascii_alphanumeric).count();
    &rest[..end]
}

/// Tags that need no closing tag, in the lower case in which pages nearly always write them.
fn closes_itself(name: &str) -> bool {
    matches!(
        name,
        "br" | "img"
            | "meta"
            | "link"
            | "input"
            | "hr"
            | "p"
            | "li"
            | "td"
            | "th"
            | "tr"
            | "dt"
            | "dd"
            | "option"
            | "col"
            | "param"
            | "source"
            | "area"
            | "base"
            | "wbr"
            | "embed"
    )
}

/// The last resort: every tag ends a line.
fn without_tags(html: &str) -> String {
    let mut out = String::with_capacity(html.len() / 2);
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        out.push('\n');
        rest = &rest[open + 1..];
        rest = rest.find('>').map_or("", |close| &rest[close + 1..]);
    }
    out.push_str(rest);
    out
}

/// `<meta name="ArticleTitle">` of the official page tags, else `<title>`.
fn own_title(page: &Html) -> String {
    let tag = Selector::parse("meta").expect("a constant selector");
    let article = page
        .select(&tag)
        .find(|meta| meta.attr("name").is_some_and(|name| name.eq_ignore_ascii_case("ArticleTitle")));
    if let Some(title) =
        article.and_then(|meta| meta.attr("content")).filter(|title| !title.trim().is_empty())
    {
        return title.trim().to_owned();
    }
    let title = Selector::parse("head title").expect("a constant selector");
    page.select(&title)
        .next()
        .map(|node| node.text().collect::<String>().trim().to_owned())
        .unwrap_or_default()
}

/// A table that holds data: two cells in a row, and no table inside. Others only arrange the page.
fn is_data_table(table: &ElementRef<'_>) -> bool {
    let mut cells_in_row = 0;
    let mut wide = false;
    for node in table.descendants().skip(1) {
        let Some(element) = node.value().as_element() else {
            continue;
        };
        match element.name() {
            "table" => return false,
            "tr" => cells_in_row = 0,
            "td" | "th" => {
                cells_in_row += 1;
                wide |= cells_in_row >= 2;
            }
            _ => {}
        }
    }
    wide
}

#[derive(Default)]
struct Writer {
    out: String,
    /// Depth of elements whose text nobody sees (scripts, styles, menus of the site).
    hidden: usize,
    /// Open tables, innermost last: does it hold data?
    tables: Vec<bool>,
    in_cell: bool,
    pre: usize,
}

impl Writer {
    fn open(&mut self, name: &str, data_table: bool) {
        if is_hidden(name) {
            self.hidden += 1;
            return;
        }
        match name {
            "table" => {
                self.end_line();
                self.tables.push(data_table);
            }
            "td" | "th" if self.in_row() => self.in_cell = true,
            "dt" => self.end_line(),
            "dd" => self.blank(),
            "li" => {
                self.end_line();
                if !self.in_cell {
                    self.out.push_str("• ");
                }
            }
            "br" => self.end_line(),
            "pre" => {
                self.end_line();
                self.pre += 1;
            }
            _ if is_block(name) => self.end_line(),
            _ => {}
        }
    }

    fn leave(&mut self, node: &Node) {
        if let Node::Element(element) = node {
            self.close(element.name());
        }
    }

    fn close(&mut self, name: &str) {
        if is_hidden(name) {
            self.hidden -= 1;
            return;
        }
        match name {
            "table" => {
                self.tables.pop();
                self.in_cell = false;
                self.end_line();
            }
            "td" | "th" if self.in_row() => {
                self.trim_blank();
                self.out.push_str(" | ");
                self.in_cell = false;
            }
            "td" | "th" => self.end_line(),
            "dt" => self.blank(),
            "pre" => {
                self.pre = self.pre.saturating_sub(1);
                self.end_line();
            }
            _ if is_block(name) => self.end_line(),
            _ => {}
        }
    }

    fn in_row(&self) -> bool {
        self.tables.last() == Some(&true)
    }

    fn text(&mut self, text: &str) {
        if self.hidden > 0 {
            return;
        }
        for c in text.chars() {
            match c {
                '\n' if self.pre > 0 => self.end_line(),
                ' ' | '\n' | '\r' | '\t' | '\u{c}' => self.blank(),
                '|' if self.in_cell => self.out.push('｜'),
                c => self.out.push(c),
            }
        }
    }

    fn blank(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with([' ', '\n']) {
            self.out.push(' ');
        }
    }

    fn trim_blank(&mut self) {
        while self.out.ends_with(' ') {
            self.out.pop();
        }
    }

    /// Ends the line; inside a data cell a paragraph is only a blank.
    fn end_line(&mut self) {
        if self.in_cell {
            self.blank();
            return;
        }
        self.trim_blank();
        if self.out.ends_with('•') {
            return self.blank();
        }
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }
}

fn is_hidden(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "template"
            | "noscript"
            | "svg"
            | "select"
            | "textarea"
            | "iframe"
            | "head"
            | "nav"
            | "footer"
            | "object"
    )
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "tr"
            | "tbody"
            | "thead"
            | "tfoot"
            | "caption"
            | "ul"
            | "ol"
            | "dl"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "section"
            | "article"
            | "header"
            | "main"
            | "aside"
            | "blockquote"
            | "figure"
            | "figcaption"
            | "hr"
            | "form"
            | "fieldset"
            | "center"
            | "address"
            | "details"
            | "summary"
            | "body"
            | "html"
            | "dd"
    )
}
