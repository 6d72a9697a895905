//! Writing SVG: escaped text, percent across and pixels down.
//!
//! Horizontal places are percentages of the picture's width, so that one picture fits a phone and a
//! wide screen without its text growing or shrinking. It does NOT use styles, scripts or ids.

use std::fmt::Write;

/// The narrowest width in pixels a chart must be readable in; labels are shortened for this.
pub(crate) const NARROWEST: f64 = 300.0;

/// A picture being written.
pub(crate) struct Svg {
    out: String,
}

/// How a text stands at its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// A text's place, look and size.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Type {
    /// The CSS class.
    pub class: &'static str,
    /// Pixels.
    pub size: f64,
    pub anchor: Anchor,
    pub strong: bool,
}

impl Type {
    pub(crate) const LABEL: Type = Type::new("chart-label", 14.0, Anchor::Start, false);
    pub(crate) const VALUE: Type = Type::new("chart-value", 14.0, Anchor::End, true);
    pub(crate) const SMALL: Type = Type::new("chart-axis", 12.0, Anchor::Middle, false);

    pub(crate) const fn new(class: &'static str, size: f64, anchor: Anchor, strong: bool) -> Type {
        Type { class, size, anchor, strong }
    }

    pub(crate) const fn at(self, anchor: Anchor) -> Type {
        Type { anchor, ..self }
    }
}

impl Svg {
    /// Starts a picture of full width and this height, named for those who cannot see it.
    pub(crate) fn new(kind: &str, height: f64, title: &str, description: &str) -> Svg {
        let mut svg = Svg { out: String::with_capacity(4096) };
        svg.put(format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart {kind}\" role=\"img\" width=\"100%\" \
             height=\"{}\" fill=\"currentColor\" font-family=\"inherit\"><title>{}</title><desc>{}</desc>",
            short(height),
            escape(title),
            escape(description)
        ));
        svg
    }

    /// A box: across in percent, down in pixels.
    pub(crate) fn rect(&mut self, mark: Mark, x: f64, width: f64, y: f64, height: f64) {
        self.put(format_args!(
            "<rect class=\"{}\" x=\"{}%\" y=\"{}\" width=\"{}%\" height=\"{}\" rx=\"{}\" fill-opacity=\"{}\"/>",
            mark.class,
            short(x),
            short(y),
            short(width),
            short(height),
            short(mark.radius),
            mark.opacity
        ));
    }

    /// A hairline across the whole width.
    pub(crate) fn line(&mut self, class: &str, y: f64, opacity: f64) {
        self.put(format_args!(
            "<line class=\"{class}\" x1=\"0\" x2=\"100%\" y1=\"{y}\" y2=\"{y}\" stroke=\"currentColor\" \
             stroke-width=\"1\" stroke-opacity=\"{opacity}\" shape-rendering=\"crispEdges\"/>",
            y = short(y)
        ));
    }

    /// A text; `x` as it stands in the attribute (`12`, `50%`).
    pub(crate) fn text(&mut self, style: Type, x: &str, y: f64, text: &str) {
        let anchor = match style.anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let weight = if style.strong { " font-weight=\"600\"" } else { "" };
        self.put(format_args!(
            "<text class=\"{}\" x=\"{x}\" y=\"{}\" font-size=\"{}\" text-anchor=\"{anchor}\"{weight}>{}</text>",
            style.class,
            short(y),
            short(style.size),
            escape(text)
        ));
    }

    /// Opens a group whose name appears under the pointer.
    pub(crate) fn group(&mut self, name: &str) {
        self.put(format_args!("<g><title>{}</title>", escape(name)));
    }

    pub(crate) fn end_group(&mut self) {
        self.out.push_str("</g>");
    }

    pub(crate) fn put(&mut self, what: std::fmt::Arguments<'_>) {
        self.out.write_fmt(what).expect("writing to a string cannot fail");
    }

    pub(crate) fn finish(mut self) -> String {
        self.out.push_str("</svg>");
        self.out
    }
}

/// How a mark is drawn; the class may override the strength.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mark {
    pub class: &'static str,
    pub opacity: f64,
    pub radius: f64,
}

impl Mark {
    pub(crate) const TRACK: Mark = Mark { class: "chart-track", opacity: 0.1, radius: 2.0 };

    /// The marks of the series: strong, middle, light, faint.
    pub(crate) fn of_series(at: usize) -> Mark {
        const SERIES: [(&str, f64); 4] =
            [("chart-mark", 0.9), ("chart-mark-2", 0.55), ("chart-mark-3", 0.35), ("chart-mark-4", 0.2)];
        let (class, opacity) = SERIES[at.min(3)];
        Mark { class, opacity, radius: 2.0 }
    }
}

/// A coordinate with at most two decimals, without needless zeros.
pub(crate) fn short(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // Not allowed in XML at all.
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// The width of a text in pixels, a little generous: full width for CJK, 0.6 for the rest.
pub(crate) fn text_width(text: &str, size: f64) -> f64 {
    text.chars().map(|c| char_width(c) * size).sum()
}

fn char_width(c: char) -> f64 {
    match c {
        '.' | ',' | ' ' | '\'' | '|' | '!' | ':' | ';' => 0.32,
        '\u{20}'..='\u{2ff}' => 0.6,
        _ => 1.0,
    }
}

/// Shortens a text to a width; the ellipsis counts.
pub(crate) fn fit(text: &str, size: f64, width: f64) -> String {
    if text_width(text, size) <= width {
        return text.to_owned();
    }
    let mut used = size;
    let kept: String = text
        .chars()
        .take_while(|&c| {
            used += char_width(c) * size;
            used <= width
        })
        .collect();
    format!("{kept}…")
}
