//! What every site has: kinds of organs, the items of its footer, the colours it may choose.
//!
//! The values that one site fills in (its numbers, its pictures, its choice) live in its record.

use serde::Deserialize;

use super::column::StatutoryLevel;
use super::error::ReferenceError;
use super::reading::Source;
use super::table::{Coded, Table};

const THEMES: &str = "themes.toml";

/// A kind of organ (机构类别).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrganKind {
    /// Code.
    pub code: String,
    /// Chinese name.
    pub name: String,
    /// Which additions of Art. 21 bind it.
    pub statutory_level: StatutoryLevel,
    /// The article by which it is bound: 10, 54 or 55.
    pub basis_article: u8,
    /// Whether its annual report is that of the government itself.
    pub speaks_for_the_government: bool,
    /// Whether it stands before the departments.
    pub heads_the_list: bool,
}

/// What a site fills in for an item of the footer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FooterValue {
    /// Free text.
    Text,
    /// A number given by an authority.
    Number,
    /// A picture given by an authority.
    Picture,
    /// Nothing: the product makes the item.
    None,
}

/// One item of the footer (底部功能区).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FooterItem {
    /// Code.
    pub code: String,
    /// Chinese name.
    pub name: String,
    /// What the site fills in.
    pub value: FooterValue,
    /// Whether it leads to another site.
    pub has_link: bool,
    /// Whether a site without it fails the inspection.
    pub required: bool,
    /// Help for the administrator.
    pub hint: String,
}

/// One main colour (主色调).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// Code.
    pub code: String,
    /// Chinese name of the colour.
    pub name: String,
    /// On the light paper, `#rrggbb`.
    pub main: String,
    /// On the dark paper, `#rrggbb`.
    pub on_dark: String,
}

/// The colours and the papers under them.
#[derive(Debug, Clone)]
pub struct Themes {
    /// Light paper, `#rrggbb`.
    pub paper: String,
    /// Dark paper, `#rrggbb`.
    pub dark_paper: String,
    /// All colours.
    pub all: Table<Theme>,
    default_theme: String,
}

impl Themes {
    /// The colour of a site that has chosen none.
    pub fn default_theme(&self) -> &Theme {
        let theme = self.all.get(&self.default_theme);
        theme.expect("the check at loading finds the default among the themes")
    }

    pub(super) fn default_code(&self) -> &str {
        &self.default_theme
    }
}

impl Coded for OrganKind {
    fn code(&self) -> &str {
        &self.code
    }
}

impl Coded for FooterItem {
    fn code(&self) -> &str {
        &self.code
    }
}

impl Coded for Theme {
    fn code(&self) -> &str {
        &self.code
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ThemeFile {
    paper: String,
    dark_paper: String,
    default_theme: String,
    theme: Vec<Theme>,
}

/// Reads the themes; `checks` looks at the colours.
pub(super) fn read_themes(source: &Source) -> Result<Themes, ReferenceError> {
    let ThemeFile { paper, dark_paper, default_theme, theme } = source.value(THEMES)?;
    let all = source.unique(THEMES, theme)?;
    Ok(Themes { paper, dark_paper, all, default_theme })
}
