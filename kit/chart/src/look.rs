//! How a picture is coloured: by the page's style sheet, or by colours written into it.

use crate::text::Voice;

/// A colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    /// A colour from `#174C7C`.
    pub fn from_hex(text: &str) -> Option<Rgb> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
        let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
        Some(Rgb(part(0)?, part(2)?, part(4)?))
    }

    fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }

    /// This colour laid over a ground with a strength between 0 and 1.
    #[must_use]
    pub fn over(self, ground: Rgb, strength: f64) -> Rgb {
        let mix = |a: u8, b: u8| (f64::from(a) * strength + f64::from(b) * (1.0 - strength)).round() as u8;
        Rgb(mix(self.0, ground.0), mix(self.1, ground.1), mix(self.2, ground.2))
    }

    /// The contrast of two colours as WCAG counts it, 1 to 21.
    pub fn contrast(self, other: Rgb) -> f64 {
        let (a, b) = (self.luminance() + 0.05, other.luminance() + 0.05);
        a.max(b) / a.min(b)
    }

    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }
}

/// The colours of a picture that stands alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    /// The hue of marks.
    pub main: Rgb,
    /// What the picture stands on.
    pub paper: Rgb,
    /// Words and numbers.
    pub ink: Rgb,
    /// Words of the second rank.
    pub soft: Rgb,
    /// Hairlines.
    pub line: Rgb,
}

impl Palette {
    /// Blue on white, for paper and files.
    pub const BLUE: Palette = Palette {
        main: Rgb(0x17, 0x4c, 0x7c),
        paper: Rgb(0xff, 0xff, 0xff),
        ink: Rgb(0x1d, 0x1d, 0x1b),
        soft: Rgb(0x5a, 0x56, 0x4d),
        line: Rgb(0xd8, 0xd6, 0xd0),
    };

    /// Greys on white, for copying machines.
    pub const GREY: Palette =
        Palette { main: Rgb(0x3a, 0x3a, 0x3a), soft: Rgb(0x55, 0x55, 0x55), ..Palette::BLUE };

    /// The blue palette with another hue.
    #[must_use]
    pub const fn with_main(main: Rgb) -> Palette {
        Palette { main, ..Palette::BLUE }
    }
}

/// Where a picture will stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Inside a page whose style sheet colours it; title and caption are the page's.
    Page,
    /// In a typeset document, with its own colours on a clear ground; title and caption are the document's.
    Paper(Palette),
    /// Alone (a picture file, a screen), with its own colours, ground, margins, title and caption.
    Sheet(Palette),
}

/// The hue of a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hue {
    Main,
    Other,
}

/// How a series' marks are filled, so that they differ without colour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Tone {
    pub hue: Hue,
    /// 1: solid; 0: only the outline.
    pub strength: f64,
    pub outlined: bool,
    pub hatched: bool,
}

impl Tone {
    pub(crate) const SOLID: Tone = Tone { hue: Hue::Main, strength: 1.0, outlined: false, hatched: false };

    /// Solid, light, hatched, hollow, grey, light grey; then again.
    pub(crate) const fn of_series(at: usize) -> Tone {
        match at % 6 {
            0 => Tone::SOLID,
            1 => Tone { strength: 0.36, outlined: true, ..Tone::SOLID },
            2 => Tone { strength: 0.0, outlined: true, hatched: true, ..Tone::SOLID },
            3 => Tone { strength: 0.0, outlined: true, ..Tone::SOLID },
            4 => Tone { hue: Hue::Other, strength: 0.66, ..Tone::SOLID },
            _ => Tone { hue: Hue::Other, strength: 0.16, outlined: true, ..Tone::SOLID },
        }
    }

    /// A tint of the hue without an outline.
    pub(crate) const fn tint(strength: f64) -> Tone {
        Tone { strength, ..Tone::SOLID }
    }

    /// The voice that can be read on it.
    pub(crate) fn voice(&self) -> Voice {
        if self.strength > 0.5 { Voice::On } else { Voice::Value }
    }
}

/// A line's role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    Grid,
    Base,
}

impl Look {
    pub(crate) fn palette(&self) -> Option<&Palette> {
        match self {
            Look::Page => None,
            Look::Paper(palette) | Look::Sheet(palette) => Some(palette),
        }
    }

    /// The attributes of a filled shape.
    pub(crate) fn fill(&self, tone: Tone) -> String {
        let Some(palette) = self.palette() else { return page_fill(tone) };
        let hue = hue(palette, tone.hue);
        let fill = if tone.strength > 0.0 { hue.over(palette.paper, tone.strength) } else { palette.paper };
        let outline = if tone.outlined { format!(" stroke=\"{}\"", hue.hex()) } else { String::new() };
        format!("fill=\"{}\"{outline}", fill.hex())
    }

    /// The attributes of a stroke in a mark's hue.
    pub(crate) fn stroke(&self, hue_of: Hue) -> String {
        match self.palette() {
            None => format!("class=\"{}\" fill=\"none\" stroke=\"currentColor\"", stroke_class(hue_of)),
            Some(palette) => format!("fill=\"none\" stroke=\"{}\"", hue(palette, hue_of).hex()),
        }
    }

    /// The attributes of a shape in the ground's colour.
    pub(crate) fn ground(&self) -> String {
        match self.palette() {
            None => "class=\"chart-paper\" fill=\"#fff\" stroke=\"none\"".to_owned(),
            Some(palette) => format!("fill=\"{}\"", palette.paper.hex()),
        }
    }

    pub(crate) fn rule(&self, rule: Rule) -> String {
        match (self.palette(), rule) {
            (None, Rule::Grid) => {
                "class=\"chart-grid\" stroke=\"currentColor\" stroke-opacity=\"0.16\"".to_owned()
            }
            (None, Rule::Base) => {
                "class=\"chart-base\" stroke=\"currentColor\" stroke-opacity=\"0.7\"".to_owned()
            }
            (Some(palette), Rule::Grid) => format!("stroke=\"{}\"", palette.line.hex()),
            (Some(palette), Rule::Base) => {
                format!("stroke=\"{}\"", palette.ink.over(palette.paper, 0.8).hex())
            }
        }
    }

    pub(crate) fn voice(&self, voice: Voice) -> String {
        let Some(palette) = self.palette() else {
            return match voice {
                Voice::Label => "class=\"chart-label\"",
                Voice::Value => "class=\"chart-value\"",
                Voice::Axis => "class=\"chart-axis\"",
                Voice::On => "class=\"chart-on\" fill=\"#fff\"",
            }
            .to_owned();
        };
        let colour = match voice {
            Voice::Label | Voice::Value => palette.ink,
            Voice::Axis => palette.soft,
            Voice::On => palette.paper,
        };
        format!("fill=\"{}\"", colour.hex())
    }
}

fn hue(palette: &Palette, hue: Hue) -> Rgb {
    match hue {
        Hue::Main => palette.main,
        Hue::Other => palette.ink,
    }
}

fn stroke_class(hue: Hue) -> &'static str {
    match hue {
        Hue::Main => "chart-main-line",
        Hue::Other => "chart-other-line",
    }
}

/// A hollow mark is filled with the ground, so that lines behind it do not show through.
fn page_fill(tone: Tone) -> String {
    let name = match tone.hue {
        Hue::Main => "chart-main",
        Hue::Other => "chart-other",
    };
    let outline = if tone.outlined { " stroke=\"currentColor\"" } else { "" };
    let outlined = if tone.outlined { " chart-outlined" } else { "" };
    match tone.strength {
        s if s <= 0.0 => format!("class=\"{name} chart-hollow{outlined}\" fill=\"#fff\"{outline}"),
        s if s >= 1.0 => format!("class=\"{name}{outlined}\"{outline}"),
        s => format!("class=\"{name}{outlined}\" fill-opacity=\"{s}\"{outline}"),
    }
}
