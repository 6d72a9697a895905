//! The main colour of a site: whether people can read it.
//!
//! One main colour per site (《网页设计规范》, annex of 国办发〔2017〕47号); text must keep the contrast of
//! WCAG 2.2, 1.4.3: 4.5 to 1, both as ink on the paper and as ground under light text. Taste is not
//! checked.

use thiserror::Error;

/// The least contrast of text.
pub const LEAST_CONTRAST: f64 = 4.5;

/// A colour of eight bits a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Colour {
    /// Red, green, blue.
    pub rgb: [u8; 3],
}

/// Why a colour cannot be the main colour of a site.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum ColourRefusal {
    /// Not written as `#rrggbb`.
    #[error("{text:?} is not a colour written as #rrggbb")]
    NotAColour {
        /// The text as given.
        text: String,
    },
    /// Text in this colour cannot be read on the paper.
    #[error("contrast {contrast:.2} on the paper is below 4.5")]
    TooFaintOnPaper {
        /// The ratio found.
        contrast: f64,
    },
    /// White text cannot be read on a ground of this colour.
    #[error("contrast {contrast:.2} under white text is below 4.5")]
    TooLightUnderWhite {
        /// The ratio found.
        contrast: f64,
    },
    /// Text in the colour of the paper cannot be read on a ground of this colour.
    #[error("contrast {contrast:.2} under text in the colour of the paper is below 4.5")]
    TooLightUnderPaper {
        /// The ratio found.
        contrast: f64,
    },
}

impl Colour {
    /// White.
    pub const WHITE: Self = Self { rgb: [255; 3] };

    /// Reads `#rrggbb`, in capital or small letters.
    pub fn parse(text: &str) -> Result<Self, ColourRefusal> {
        let refusal = || ColourRefusal::NotAColour { text: text.to_owned() };
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6);
        let digits = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let value = u32::from_str_radix(digits.ok_or_else(refusal)?, 16).map_err(|_| refusal())?;
        let [_, red, green, blue] = value.to_be_bytes();
        Ok(Self { rgb: [red, green, blue] })
    }

    /// Relative luminance as WCAG 2.2 defines it, from 0 to 1.
    pub fn luminance(self) -> f64 {
        let [red, green, blue] = self.rgb.map(|channel| {
            let part = f64::from(channel) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// Contrast ratio of two colours, from 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }
}

/// Checks a main colour against the paper of the site; every refusal is listed.
pub fn check_main_colour(main: &str, paper: &str) -> Result<Colour, Vec<ColourRefusal>> {
    let (main, paper) = match (Colour::parse(main), Colour::parse(paper)) {
        (Ok(main), Ok(paper)) => (main, paper),
        (main, paper) => return Err([main.err(), paper.err()].into_iter().flatten().collect()),
    };
    let (on_paper, under_white) = (main.contrast(paper), main.contrast(Colour::WHITE));
    let mut refusals = Vec::new();
    // The ratio is symmetric, but a dark paper takes light ink, and then white text cannot stand on it.
    if on_paper < LEAST_CONTRAST {
        refusals.push(ColourRefusal::TooFaintOnPaper { contrast: on_paper });
        refusals.push(ColourRefusal::TooLightUnderPaper { contrast: on_paper });
    }
    if under_white < LEAST_CONTRAST {
        refusals.push(ColourRefusal::TooLightUnderWhite { contrast: under_white });
    }
    if refusals.is_empty() { Ok(main) } else { Err(refusals) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAPER: &str = "#FBFAF7";

    #[test]
    fn contrasts_agree_with_published_values() {
        let ratio = |a, b| Colour::parse(a).unwrap().contrast(Colour::parse(b).unwrap());
        for (a, b, expected) in [
            ("#000000", "#FFFFFF", 21.0),
            ("#FFFFFF", "#FFFFFF", 1.0),
            ("#777777", "#FFFFFF", 4.48),
            ("#767676", "#ffffff", 4.54),
            ("#FF0000", "#FFFFFF", 4.00),
        ] {
            assert!((ratio(a, b) - expected).abs() < 0.005, "{a} {b} {}", ratio(a, b));
            assert!((ratio(a, b) - ratio(b, a)).abs() < f64::EPSILON);
        }
    }

    #[test]
    fn the_default_indigo_passes_and_light_colours_are_refused_with_reasons() {
        assert!(check_main_colour("#174C7C", PAPER).is_ok());
        let refusals = check_main_colour("#FFD700", PAPER).unwrap_err();
        assert_eq!(refusals.len(), 3);
        assert!(matches!(refusals[0], ColourRefusal::TooFaintOnPaper { contrast } if contrast < 2.0));
        // Passes on white and just fails on the paper, which is a little darker.
        let refusals = check_main_colour("#767676", PAPER).unwrap_err();
        assert!(!refusals.iter().any(|r| matches!(r, ColourRefusal::TooLightUnderWhite { .. })));
    }

    #[test]
    fn what_is_no_colour_is_refused_by_name() {
        for text in ["", "#", "174C7C", "#174C7", "#174C7CFF", "#17４C7", "red", "#+74C7C"] {
            let refusals = check_main_colour(text, PAPER).unwrap_err();
            assert_eq!(refusals, [ColourRefusal::NotAColour { text: text.to_owned() }], "{text}");
        }
    }
}
