//! What the form shows beside itself: index numbers as the pattern makes them, colours with their contrast in figures.

use rules::{
    numbering::{IndexParts, IndexPattern},
    theme::{Colour, LEAST_CONTRAST},
};

use crate::{reference::Reference, site::Profile};

/// A main colour with its contrast on the papers.
pub(super) struct ThemeRow {
    pub code: String,
    pub name: String,
    pub light: String,
    pub dark: String,
    pub is_readable: bool,
}

/// Every colour with its figures.
pub(super) fn themes(reference: &Reference) -> Vec<ThemeRow> {
    let themes = &reference.themes;
    let contrast = |ink: &str, paper: &str| -> f64 {
        match (Colour::parse(ink), Colour::parse(paper)) {
            (Ok(ink), Ok(paper)) => ink.contrast(paper),
            _ => 0.0,
        }
    };
    let row = |theme: &crate::reference::Theme| {
        let (light, dark) =
            (contrast(&theme.main, &themes.paper), contrast(&theme.on_dark, &themes.dark_paper));
        ThemeRow {
            code: theme.code.clone(),
            name: theme.name.clone(),
            light: format!("{light:.1} : 1"),
            dark: format!("{dark:.1} : 1"),
            is_readable: light >= LEAST_CONTRAST && dark >= LEAST_CONTRAST,
        }
    };
    themes.all.iter().map(row).collect()
}

/// The first two index numbers of this year by the pattern, or why it makes none.
pub(super) fn index_examples(profile: &Profile, today: &str) -> Result<Vec<String>, String> {
    let pattern = IndexPattern::parse(&profile.index_number_pattern).map_err(|_| {
        "规则有误：可用 {org}（机构代码）、{year}、{month}、{serial:5}（五位流水号），流水号必须有且只有一个".to_owned()
    })?;
    let day: jiff::civil::Date = today.parse().map_err(|_| String::new())?;
    let one = |serial| {
        let parts =
            IndexParts { organ_code: &profile.organ_code, year: day.year(), month: day.month(), serial };
        pattern.compose(&parts).map_err(|_| "机构代码应由大写字母和数字组成".to_owned())
    };
    [1, 2].into_iter().map(one).collect()
}
