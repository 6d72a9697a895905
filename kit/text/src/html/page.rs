//! What is worth reading on a whole page: its main block, its links, its pictures.
//!
//! It does NOT know any particular site's template, and its result still needs `clean`.

use super::guard;
use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use scraper::{ElementRef, Html, Node};
use std::collections::HashMap;

/// A link as it stands on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The address as written.
    pub href: String,
    /// What a reader sees.
    pub text: String,
}

/// A picture as it stands on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// The address as written.
    pub src: String,
    /// The text alternative, empty where none is given.
    pub alt: String,
}

/// All links with an address, in the page's order.
pub fn links(html: &str) -> Vec<Link> {
    elements(&parse(html), "a")
        .filter_map(|element| {
            let href = element.attr("href")?.trim().to_owned();
            let text: String = element.text().flat_map(|part| [part, " "]).collect();
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            (!href.is_empty()).then_some(Link { href, text })
        })
        .collect()
}

/// All pictures with an address, in the page's order.
pub fn images(html: &str) -> Vec<Image> {
    elements(&parse(html), "img")
        .filter_map(|element| {
            let src = element.attr("src")?.trim().to_owned();
            let alt = element.attr("alt").unwrap_or_default().trim().to_owned();
            (!src.is_empty()).then_some(Image { src, alt })
        })
        .collect()
}

fn elements<'a>(parsed: &'a Html, name: &'a str) -> impl Iterator<Item = ElementRef<'a>> {
    let all = parsed.tree.root().descendants().filter_map(ElementRef::wrap);
    all.filter(move |element| element.value().name() == name)
}

fn parse(html: &str) -> Html {
    Html::parse_document(&guard::limit(html, guard::Boxes::Keep))
}

/// The inner HTML of a page's main block: the container with the densest running text.
///
/// Navigation, forms, scripts, footers are left out. A page without running text gives its whole
/// body. Pass the result to `clean` or `to_text`.
pub fn main_content(html: &str) -> String {
    let mut parsed = parse(html);
    strip(&mut parsed);
    let chosen = best_block(&parsed).or_else(|| body(&parsed));
    let element = chosen.and_then(|id| parsed.tree.get(id)).and_then(ElementRef::wrap);
    element.map_or_else(|| parsed.html(), |element| element.inner_html())
}

fn body(parsed: &Html) -> Option<NodeId> {
    elements(parsed, "body").next().map(|element| element.id())
}

const STRIPPED: &[&str] = &[
    "script", "style", "noscript", "template", "iframe", "object", "nav", "footer", "aside", "form", "head",
    "select", "button", "svg",
];
/// Parts of class names and ids that templates give to what is not content.
const STRIPPED_HINTS: &[&str] = &[
    "breadcrumb",
    "bdshare",
    "share",
    "sidebar",
    "footer",
    "navbar",
    "pagination",
    "related",
    "copyright",
    "toolbar",
    "comment",
];

fn strip(parsed: &mut Html) {
    let doomed: Vec<NodeId> = parsed
        .tree
        .root()
        .descendants()
        .filter(|node| is_stripped(node.value()))
        .map(|node| node.id())
        .collect();
    for id in doomed {
        if let Some(mut node) = parsed.tree.get_mut(id) {
            node.detach();
        }
    }
}

fn is_stripped(node: &Node) -> bool {
    let Node::Element(element) = node else {
        return false;
    };
    if matches!(element.name(), "html" | "body") {
        return false;
    }
    let marks = [element.attr("class"), element.attr("id")];
    STRIPPED.contains(&element.name())
        || marks.into_iter().flatten().any(|mark| {
            let mark = mark.to_ascii_lowercase();
            let mut parts = mark.split(|c: char| !c.is_ascii_alphanumeric());
            parts.any(|part| STRIPPED_HINTS.contains(&part))
        })
}

/// Characters of text, those inside links, and sentence marks below an element.
#[derive(Debug, Clone, Copy, Default)]
struct Weight {
    chars: usize,
    linked: usize,
}

/// Paragraphs give their weight to their parent and half of it to the one above: the block that
/// directly holds the running text wins, not the page around it.
fn best_block(parsed: &Html) -> Option<NodeId> {
    let mut scores: HashMap<NodeId, f64> = HashMap::new();
    let mut open: Vec<Weight> = vec![Weight::default()];
    let mut in_link = 0_usize;
    for edge in parsed.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Element(element) => {
                    in_link += usize::from(element.name() == "a");
                    open.push(Weight::default());
                }
                Node::Text(text) => {
                    let chars = text.chars().filter(|c| !c.is_whitespace()).count();
                    if let Some(weight) = open.last_mut() {
                        weight.chars += chars;
                        weight.linked += if in_link > 0 { chars } else { 0 };
                    }
                }
                _ => {}
            },
            Edge::Close(node) => {
                let Node::Element(element) = node.value() else {
                    continue;
                };
                in_link -= usize::from(element.name() == "a");
                let weight = open.pop().unwrap_or_default();
                give(&mut scores, node, element.name(), weight);
                if let Some(above) = open.last_mut().filter(|_| !is_container(element.name())) {
                    above.chars += weight.chars;
                    above.linked += weight.linked;
                }
            }
        }
    }
    let best = scores.into_iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))?;
    (best.1 >= 40.0).then_some(best.0)
}

fn is_container(name: &str) -> bool {
    const CONTAINERS: &[&str] = &[
        "p",
        "div",
        "td",
        "th",
        "section",
        "article",
        "main",
        "li",
        "blockquote",
        "pre",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "center",
        "dd",
        "body",
        "html",
    ];
    CONTAINERS.contains(&name)
}

/// Gives the weight of the text directly in `node` to the containers it speaks for.
fn give(scores: &mut HashMap<NodeId, f64>, node: NodeRef<'_, Node>, name: &str, weight: Weight) {
    let plain = weight.chars.saturating_sub(weight.linked * 2) as f64;
    if !is_container(name) || plain < 8.0 {
        return;
    }
    // Text directly in a box speaks for the box; a paragraph speaks for what it stands in.
    let own = if matches!(name, "div" | "td" | "section" | "article" | "main") { 1.0 } else { 0.0 };
    *scores.entry(node.id()).or_default() += plain * own;
    let mut share = if own > 0.0 { 0.6 } else { 1.0 };
    let above = node.ancestors().filter(|n| n.value().as_element().is_some_and(|e| is_box(e.name())));
    for ancestor in above.take(3) {
        *scores.entry(ancestor.id()).or_default() += plain * share;
        share *= 0.6;
    }
}

fn is_box(name: &str) -> bool {
    matches!(name, "div" | "td" | "section" | "article" | "main" | "center" | "body" | "blockquote")
}
