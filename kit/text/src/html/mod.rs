//! HTML made safe and plain: an allow-list for documents, readable text, the main block of a page.
//!
//! Every function here takes hostile input: a guard before the parser limits nesting and attributes,
//! so that time grows with length only. It does NOT fetch anything and knows no style sheets.

mod guard;
mod page;
#[cfg(test)]
mod tests;
mod text;
mod tidy;

pub use page::{Image, Link, images, links, main_content};
pub use text::to_text;

use ammonia::{Builder, UrlRelative};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::LazyLock;

/// HTML that went through [`clean`]: safe to put into a page as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SafeHtml(String);

impl SafeHtml {
    /// The markup.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The markup, for storing.
    pub fn into_string(self) -> String {
        self.0
    }

    /// Nothing was left (a picture alone is something).
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for SafeHtml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Cleaning repeats until nothing changes; real pages need two rounds, hostile ones a few more.
const MAX_ROUNDS: usize = 8;

/// Cleans a fragment: headings, paragraphs, lists, tables, pictures, links and nothing else.
///
/// Deterministic, and `clean(clean(x)) == clean(x)`. Headings move down one level if there is an
/// `h1`, so that the page around keeps the only one. `div` and other boxes become paragraphs.
pub fn clean(html: &str) -> SafeHtml {
    let mut cleaned = clean_once(html);
    for _ in 0..MAX_ROUNDS {
        let again = clean_once(&cleaned);
        if again == cleaned {
            return SafeHtml(cleaned);
        }
        cleaned = again;
    }
    // Markup made to never settle: only its text is of use.
    SafeHtml(paragraphs(&to_text(&cleaned)))
}

fn clean_once(html: &str) -> String {
    let guarded = guard::limit(html, guard::Boxes::ToParagraphs);
    let safe = ALLOWED.clean(&guarded).to_string();
    tidy::tidy(&safe)
}

/// Plain text as HTML: a paragraph per line, everything escaped.
pub fn paragraphs(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| format!("<p>{}</p>", escape(line))).collect()
}

/// Text for between tags or inside a double-quoted attribute.
pub fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"']) {
        return Cow::Borrowed(text);
    }
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    Cow::Owned(escaped.replace('"', "&quot;"))
}

static ALLOWED: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let tags = "h1 h2 h3 h4 h5 h6 p br strong b em i u s del ins sub sup ul ol li table caption thead \
                tbody tfoot tr th td figure figcaption img a blockquote hr pre code";
    let without_content = "script style title noscript template iframe object embed svg math select \
                           textarea xml head button";
    let mut builder = Builder::empty();
    builder
        .tags(words(tags))
        .clean_content_tags(words(without_content))
        .tag_attributes(HashMap::from([
            ("a", words("href")),
            ("img", words("src alt")),
            ("td", words("colspan rowspan")),
            ("th", words("colspan rowspan scope")),
            ("ol", words("start")),
        ]))
        .url_schemes(words("http https mailto"))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(Some("noopener"))
        .strip_comments(true)
        .attribute_filter(keep_attribute);
    builder
});

fn words(list: &'static str) -> HashSet<&'static str> {
    list.split_whitespace().collect()
}

fn keep_attribute<'u>(element: &str, attribute: &str, value: &'u str) -> Option<Cow<'u, str>> {
    let kept = match (element, attribute) {
        // A span of 1 says nothing; a huge one makes browsers build the cells.
        (_, "colspan" | "rowspan") => matches!(value.parse::<u16>(), Ok(2..=1000)),
        (_, "scope") => matches!(value, "col" | "row" | "colgroup" | "rowgroup"),
        ("ol", "start") => value.parse::<u16>().is_ok(),
        ("img", "src") => {
            !value.trim().is_empty() && !value.trim_start().to_ascii_lowercase().starts_with("mailto:")
        }
        ("a", "href") => !value.trim().is_empty(),
        _ => true,
    };
    kept.then_some(Cow::Borrowed(value))
}
