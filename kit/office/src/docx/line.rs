//! One line of HTML while it is put together from runs: tags opened and closed so that they nest.
//!
//! It does NOT know paragraphs; what the line becomes is decided when it is finished.

use super::styles::{Look, Vertical};
use crate::xml::Element;
use kit_text::html::escape;

/// What surrounds words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tag {
    /// An address, by its place in the line's list.
    Link(usize),
    Strong,
    Em,
    Underline,
    Above,
    Below,
}

impl Tag {
    fn name(self) -> &'static str {
        match self {
            Tag::Link(_) => "a",
            Tag::Strong => "strong",
            Tag::Em => "em",
            Tag::Underline => "u",
            Tag::Above => "sup",
            Tag::Below => "sub",
        }
    }
}

/// What runs are read with: how the paragraph looks, and what is around them.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Around {
    pub(super) look: Look,
    pub(super) link: Option<usize>,
    /// In headings everything is bold; saying so again says nothing.
    pub(super) is_head: bool,
    /// Inside an insertion that was told already.
    pub(super) inserted: bool,
}

/// A line so far.
#[derive(Default)]
pub(super) struct Line<'t> {
    html: String,
    text: String,
    open: Vec<Tag>,
    links: Vec<String>,
    /// Text boxes anchored here; their paragraphs follow this one.
    pub(super) boxes: Vec<Element<'t>>,
    pub(super) half_points: u32,
    has_strong: bool,
    has_plain: bool,
    has_picture: bool,
    /// Something of it was deleted or is hidden.
    pub(super) lost_words: bool,
}

impl Line<'_> {
    /// Nothing to see so far.
    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty() && !self.has_picture
    }

    pub(super) fn is_strong(&self) -> bool {
        self.has_strong && !self.has_plain
    }

    pub(super) fn text(&self) -> &str {
        self.text.trim_end()
    }

    /// A place for an address; addresses that are none of the web get none.
    pub(super) fn link(&mut self, address: &str) -> Option<usize> {
        let address = address.trim();
        let lower = address.get(..8).unwrap_or(address).to_ascii_lowercase();
        let is_web = lower.starts_with("http://") || lower.starts_with("https://");
        if !is_web || address.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return None;
        }
        self.links.push(address.to_owned());
        Some(self.links.len() - 1)
    }

    /// Adds words as they look.
    pub(super) fn words(&mut self, words: &str, look: Look, around: Around) {
        let underline = look.underline == Some(true);
        // Spaces at the front are how people without styles indent; underlined ones are a place to fill in.
        let words = if self.is_blank() && !underline { words.trim_start() } else { words };
        if words.is_empty() {
            return;
        }
        if !words.trim().is_empty() {
            self.half_points = self.half_points.max(look.half_points.unwrap_or(0));
            match look.strong {
                Some(true) => self.has_strong = true,
                _ => self.has_plain = true,
            }
        }
        let vertical = match look.vertical {
            Some(Vertical::Above) => Some(Tag::Above),
            Some(Vertical::Below) => Some(Tag::Below),
            _ => None,
        };
        let wanted = [
            around.link.map(Tag::Link),
            (look.strong == Some(true) && !around.is_head).then_some(Tag::Strong),
            (look.em == Some(true)).then_some(Tag::Em),
            (underline && around.link.is_none()).then_some(Tag::Underline),
            vertical,
        ];
        self.surround(wanted.into_iter().flatten().collect());
        self.text.push_str(words);
        match underline && words.trim().is_empty() {
            true => self.html.extend(words.chars().map(|_| '\u{a0}')),
            false => self.html.push_str(&escape(words)),
        }
    }

    /// A new line in the same paragraph.
    pub(super) fn line_break(&mut self) {
        if !self.is_blank() {
            self.html.push_str("<br>");
            self.text.push('\n');
        }
    }

    /// A picture by its number.
    pub(super) fn picture(&mut self, number: usize, alt: &str) {
        self.surround(Vec::new());
        self.has_picture = true;
        self.html.push_str(&format!("<img data-picture=\"{number}\" alt=\"{}\">", escape(alt.trim())));
    }

    /// The number of a note.
    pub(super) fn note(&mut self, number: usize) {
        self.surround(vec![Tag::Above]);
        self.html.push_str(&format!("[{number}]"));
        self.text.push_str(&format!("[{number}]"));
    }

    /// Closes what is not wanted any more and opens what is.
    fn surround(&mut self, wanted: Vec<Tag>) {
        let same = self.open.iter().zip(&wanted).take_while(|(a, b)| a == b).count();
        self.close_down_to(same);
        for tag in &wanted[same..] {
            match tag {
                Tag::Link(i) => self.html.push_str(&format!("<a href=\"{}\">", escape(&self.links[*i]))),
                tag => self.html.push_str(&format!("<{}>", tag.name())),
            }
        }
        self.open = wanted;
    }

    fn close_down_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            if let Some(tag) = self.open.pop() {
                self.html.push_str(&format!("</{}>", tag.name()));
            }
        }
    }

    /// The HTML of the line, without what trails.
    pub(super) fn finish(mut self) -> String {
        loop {
            let kept = self.html.trim_end_matches(|c: char| c.is_whitespace() && c != '\u{a0}');
            let kept = kept.strip_suffix("<br>").unwrap_or(kept).len();
            if kept == self.html.len() {
                break;
            }
            self.html.truncate(kept);
        }
        self.close_down_to(0);
        self.html
    }
}
