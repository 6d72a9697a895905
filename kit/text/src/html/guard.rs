//! A look over raw HTML before any parser: bounds nesting and attributes, so that hostile pages
//! (100,000 nested boxes, a tag with 100,000 attributes) cost no more than honest ones.
//!
//! It does NOT make HTML safe: whatever it misreads still goes through the parser and the allow-list.

/// Open elements beyond this are dropped, their content stays. Honest pages end at about 60.
const MAX_DEPTH: usize = 200;
/// Attributes of a tag beyond this cost it all of them.
const MAX_ATTRIBUTES: usize = 64;

/// What becomes of `div` and other boxes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Boxes {
    /// They stay (for choosing the main block and for text).
    Keep,
    /// They become `p`; the parser closes a paragraph where a block begins, which gives what a
    /// reader sees. Empty ones vanish later.
    ToParagraphs,
}

/// Elements that have no end tag, or whose end the parser supplies: they do not nest by themselves.
const NOT_COUNTED: &[&str] = &[
    "area", "base", "body", "br", "col", "dd", "dt", "embed", "head", "hr", "html", "img", "input", "li",
    "link", "meta", "option", "p", "param", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track",
    "wbr",
];
const BOXES: &[&str] = &[
    "address", "article", "aside", "center", "dd", "details", "dir", "div", "dl", "dt", "fieldset", "footer",
    "form", "header", "hgroup", "main", "nav", "section", "summary",
];
/// Their content is no markup.
const RAW: &[&str] = &["script", "style", "textarea", "title", "xmp", "noframes", "iframe", "noembed"];

/// Copies `html` with the limits applied.
pub(super) fn limit(html: &str, boxes: Boxes) -> String {
    let mut out = String::with_capacity(html.len());
    let mut depth = 0_usize;
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(tag) = Tag::read(rest) else {
            let skipped = not_a_tag(rest, &mut out);
            rest = &rest[skipped..];
            continue;
        };
        let counted = !NOT_COUNTED.contains(&tag.name.as_str()) && !tag.self_closing;
        if counted && !tag.closing {
            depth += 1;
        }
        if !(counted && depth > MAX_DEPTH) {
            tag.write(boxes, &mut out);
        }
        if counted && tag.closing {
            depth = depth.saturating_sub(1);
        }
        rest = &rest[tag.length..];
        if !tag.closing && RAW.contains(&tag.name.as_str()) {
            rest = copy_raw(rest, &tag.name, &mut out);
            depth = depth.saturating_sub(1);
        }
    }
    out.push_str(rest);
    out
}

/// Comments are dropped, other markup (doctype, `<![if …]>`, `<?xml …?>`) too; a lone `<` is text.
/// After a tag that never ends nothing can be a tag: all of it is text, and is looked at only once.
fn not_a_tag(rest: &str, out: &mut String) -> usize {
    if let Some(comment) = rest.strip_prefix("<!--") {
        return match comment.find("-->") {
            Some(end) => 4 + end + 3,
            None => rest.len(),
        };
    }
    let closes = rest.starts_with("</");
    if closes || rest.starts_with("<!") || rest.starts_with("<?") {
        return rest.find('>').map_or(rest.len(), |end| end + 1);
    }
    if rest.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic) {
        out.push_str(&rest.replace('<', "&lt;"));
        return rest.len();
    }
    out.push_str("&lt;");
    1
}

/// Drops the content of script, style and the like, up to and including its end tag.
fn copy_raw<'a>(rest: &'a str, name: &str, out: &mut String) -> &'a str {
    let end = rest.match_indices("</").map(|(at, _)| at).find(|at| {
        let found = rest.as_bytes().get(at + 2..at + 2 + name.len());
        found.is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
    });
    if name == "title" || name == "textarea" {
        out.push_str(&rest[..end.unwrap_or(rest.len())].replace('<', "&lt;"));
    }
    out.push_str(&format!("</{name}>"));
    let Some(end) = end else { return "" };
    let after = &rest[end..];
    after.find('>').map_or("", |close| &after[close + 1..])
}

/// A start or end tag as it stands.
struct Tag<'a> {
    name: String,
    closing: bool,
    self_closing: bool,
    /// Between the name and `>`.
    attributes: &'a str,
    n_attributes: usize,
    length: usize,
}

impl<'a> Tag<'a> {
    fn read(text: &'a str) -> Option<Tag<'a>> {
        let closing = text.starts_with("</");
        let start = if closing { 2 } else { 1 };
        let bytes = text.as_bytes();
        if !bytes.get(start)?.is_ascii_alphabetic() {
            return None;
        }
        let is_end = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/');
        let name_end = start + bytes[start..].iter().position(is_end)?;
        let (end, n_attributes) = find_end(bytes, name_end)?;
        let attributes = &text[name_end..end];
        Some(Tag {
            name: text[start..name_end].to_ascii_lowercase(),
            closing,
            self_closing: attributes.ends_with('/') && text[start..name_end].contains(':'),
            attributes,
            n_attributes,
            length: end + 1,
        })
    }

    fn write(&self, boxes: Boxes, out: &mut String) {
        let is_box = boxes == Boxes::ToParagraphs && BOXES.contains(&self.name.as_str());
        out.push_str(if self.closing { "</" } else { "<" });
        out.push_str(if is_box { "p" } else { &self.name });
        if !self.closing && self.n_attributes <= MAX_ATTRIBUTES {
            out.push_str(self.attributes);
        }
        out.push('>');
    }
}

/// The index of the `>` that ends a tag, quotes respected, and how many attributes it has.
fn find_end(bytes: &[u8], from: usize) -> Option<(usize, usize)> {
    let mut quote = None;
    let (mut n_attributes, mut before) = (0, b' ');
    for (at, &byte) in bytes.iter().enumerate().skip(from) {
        match (quote, byte) {
            (Some(open), _) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'>') => return Some((at, n_attributes)),
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            (None, b'/') => n_attributes += 1,
            (None, _) if byte.is_ascii_whitespace() && !before.is_ascii_whitespace() => {
                n_attributes += 1;
            }
            (None, _) => {}
        }
        // Blanks between `=` and the quote do not matter.
        if !(byte.is_ascii_whitespace() && before == b'=') {
            before = byte;
        }
    }
    None
}
