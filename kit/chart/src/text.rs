//! Texts in a picture: how wide they are, how they break, how they are written into SVG.

/// Where a text stands to its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// What a text is; each look has its colour for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Voice {
    Label,
    Value,
    Axis,
    /// On a strong mark.
    On,
}

/// How a text is set.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Type {
    pub voice: Voice,
    pub size: f64,
    pub anchor: Anchor,
    pub strong: bool,
}

impl Type {
    pub(crate) const LABEL: Type = Type::new(Voice::Label, 14.0);
    pub(crate) const VALUE: Type = Type { strong: true, ..Type::new(Voice::Value, 14.0) };
    pub(crate) const AXIS: Type = Type::new(Voice::Axis, 12.0);
    pub(crate) const SMALL_VALUE: Type = Type { strong: true, ..Type::new(Voice::Value, 12.0) };

    const fn new(voice: Voice, size: f64) -> Type {
        Type { voice, size, anchor: Anchor::Start, strong: false }
    }

    pub(crate) const fn at(self, anchor: Anchor) -> Type {
        Type { anchor, ..self }
    }

    pub(crate) const fn sized(self, size: f64) -> Type {
        Type { size, ..self }
    }

    pub(crate) const fn voiced(self, voice: Voice) -> Type {
        Type { voice, ..self }
    }

    /// How wide a text is in this type, a little generous.
    pub(crate) fn width(&self, text: &str) -> f64 {
        text_width(text, self.size)
    }

    /// The text, shortened to a width.
    pub(crate) fn fit(&self, text: &str, width: f64) -> String {
        fit(text, self.size, width)
    }
}

/// The width of a text in pixels: full width for CJK, 0.6 for the rest.
pub(crate) fn text_width(text: &str, size: f64) -> f64 {
    text.chars().map(|c| char_width(c) * size).sum()
}

fn char_width(c: char) -> f64 {
    match c {
        '.' | ',' | ' ' | '\'' | '|' | '!' | ':' | ';' => 0.32,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '—' | '…' => 1.0,
        'A'..='Z' => 0.72,
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
    let fits = |c: &char| {
        used += char_width(*c) * size;
        used <= width
    };
    let kept: String = text.chars().take_while(fits).collect();
    format!("{}…", kept.trim_end())
}

/// Breaks a text into at most `most` lines of a width; the last is shortened. No line begins with what closes and none
/// ends with what opens.
pub(crate) fn wrap(text: &str, size: f64, width: f64, most: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut rest: Vec<char> = text.trim().chars().collect();
    while lines.len() + 1 < most && text_width(&rest.iter().collect::<String>(), size) > width {
        let cut = cut(&rest, size, width);
        lines.push(rest[..cut].iter().collect::<String>().trim().to_owned());
        rest.drain(..cut);
    }
    lines.push(fit(rest.iter().collect::<String>().trim(), size, width));
    balance(&mut lines, size, width);
    lines
}

/// The number of characters that make a line.
fn cut(text: &[char], size: f64, width: f64) -> usize {
    let mut used = 0.0;
    let fits = |c: &&char| {
        used += char_width(**c) * size;
        used <= width
    };
    let most = text.iter().take_while(fits).count().max(1);
    let allowed = |at: usize| may_break(text[at - 1], text.get(at).copied());
    // Only a few characters back: a line must not become a stub.
    (most.saturating_sub(6).max(1)..=most).rev().find(|&at| allowed(at)).unwrap_or(most)
}

fn may_break(before: char, after: Option<char>) -> bool {
    let Some(after) = after else { return true };
    let closes = "，。、；：！？）》〉”’」』】〕…—·,.;:!?)%/".contains(after);
    let opens = "（《〈“‘「『【〔(".contains(before);
    let inside_word = before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric();
    !closes && !opens && !inside_word
}

/// Two lines about equally long look calmer than a full one and a scrap.
fn balance(lines: &mut [String], size: f64, width: f64) {
    let [first, second] = lines else { return };
    if second.ends_with('…') || text_width(second, size) * 2.0 > text_width(first, size) {
        return;
    }
    let whole: Vec<char> = first.chars().chain(second.chars()).collect();
    let half = whole.len().div_ceil(2);
    let Some(at) = (half..whole.len()).find(|&at| may_break(whole[at - 1], whole.get(at).copied())) else {
        return;
    };
    let (a, b): (String, String) = (whole[..at].iter().collect(), whole[at..].iter().collect());
    if text_width(&a, size) <= width && text_width(&b, size) <= width {
        *first = a;
        *second = b;
    }
}

/// A number with its unit; signs stand close, words after a space.
pub(crate) fn amount(number: &str, unit: &str) -> String {
    match unit {
        "" => number.to_owned(),
        "%" | "％" | "‰" | "℃" => format!("{number}{unit}"),
        unit => format!("{number} {unit}"),
    }
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

/// A coordinate with at most two decimals, without needless zeros.
pub(crate) fn short(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}
