//! The last touch on cleaned HTML: heading levels, `strong` and `em`, and no empty elements.
//!
//! It reads only what the allow-list wrote (quoted attributes, escaped text). It does NOT make
//! anything safe.

/// Without content these say nothing.
const DROPPED_EMPTY: &[&str] = &[
    "p",
    "strong",
    "em",
    "u",
    "s",
    "del",
    "ins",
    "sub",
    "sup",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "a",
    "blockquote",
    "li",
    "ul",
    "ol",
    "figure",
    "figcaption",
    "code",
    "pre",
    "caption",
    "thead",
    "tbody",
    "tfoot",
    "table",
];
const VOID: &[&str] = &["br", "hr", "img"];

/// An element whose end has not come yet.
struct Open<'a> {
    name: &'a str,
    /// Where its start tag begins in the output.
    start: usize,
    /// Where its content begins.
    content: usize,
    /// Its tags are left out.
    unwrapped: bool,
}

pub(super) fn tidy(html: &str) -> String {
    let shift = html.contains("<h1>");
    let mut out = String::with_capacity(html.len());
    let mut open: Vec<Open<'_>> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let Some(end) = rest[at..].find('>') else {
            break;
        };
        let tag = &rest[at + 1..at + end];
        rest = &rest[at + end + 1..];
        match tag.strip_prefix('/') {
            Some(name) => close(renamed(name, shift), &mut open, &mut out),
            None => start(tag, shift, &mut open, &mut out),
        }
    }
    out.push_str(rest);
    out.trim().to_owned()
}

fn start<'a>(tag: &'a str, shift: bool, open: &mut Vec<Open<'a>>, out: &mut String) {
    let (name, attributes) = tag.split_at(tag.find(' ').unwrap_or(tag.len()));
    let name = renamed(name, shift);
    if name == "img" && !attributes.contains(" src=\"") {
        return;
    }
    let start = out.len();
    let unwrapped = name == "a" && !attributes.contains(" href=\"");
    if !unwrapped {
        out.push('<');
        out.push_str(name);
        out.push_str(attributes);
        out.push('>');
    }
    if !VOID.contains(&name) {
        open.push(Open { name, start, content: out.len(), unwrapped });
    }
}

fn close(name: &str, open: &mut Vec<Open<'_>>, out: &mut String) {
    // The parser wrote the tags in pairs.
    let Some(element) = open.pop_if(|last| last.name == name) else {
        return;
    };
    if element.unwrapped {
        return;
    }
    let content = &out[element.content..];
    if DROPPED_EMPTY.contains(&name) && is_blank(content) {
        let keeps_blank = !content.is_empty();
        out.truncate(element.start);
        if keeps_blank && !out.ends_with(char::is_whitespace) {
            out.push(' ');
        }
        return;
    }
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

/// Only blanks, written or as `&nbsp;`.
fn is_blank(content: &str) -> bool {
    content.replace("&nbsp;", "").chars().all(char::is_whitespace)
}

/// `b` and `i` say what `strong` and `em` mean; an `h1` moves every heading one level down.
fn renamed(name: &str, shift: bool) -> &str {
    match name {
        "b" => "strong",
        "i" => "em",
        "h1" => "h2",
        "h2" if shift => "h3",
        "h3" if shift => "h4",
        "h4" if shift => "h5",
        "h5" if shift => "h6",
        _ => name,
    }
}
