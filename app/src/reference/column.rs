//! Columns (栏目) of a new site, their official types, the key areas and the statutory items.
//!
//! These are starting points and fixed lists; the columns of a running site live in its tables.

use serde::Deserialize;

use super::reading::none_if_empty;
use super::table::Coded;

/// One value of the official page tag ColumnType.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnType {
    /// Code.
    pub code: String,
    /// The value of the tag, exactly as the standard writes it.
    pub name: String,
    /// Days without a new item after which staff are warned; 0 = never.
    pub warn_after_days: u32,
    /// Days without a new item after which an inspection calls it stale; 0 = no threshold known.
    pub stale_after_days: u32,
}

/// One column that `gongkai init` creates.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandardColumn {
    /// Code, part of its address.
    pub code: String,
    /// Chinese name.
    pub name: String,
    /// Code of the column type.
    pub column_type: String,
    /// Code of the parent; it stands earlier in the file.
    #[serde(deserialize_with = "none_if_empty")]
    pub parent: Option<String>,
    /// Codes of the content types that may be put there, the proposed one first.
    pub content_types: Vec<String>,
    /// Code of the key area that it shows.
    #[serde(deserialize_with = "none_if_empty")]
    pub key_area: Option<String>,
    /// Codes of the statutory items that it fulfils.
    pub statutory_items: Vec<String>,
    /// Within how many days something new is expected; 0 = no interval.
    pub update_interval_days: u32,
    /// Whether it stands in the main navigation.
    pub in_navigation: bool,
    /// ColumnDescription
    pub description: String,
    /// ColumnKeywords
    pub keywords: Vec<String>,
}

/// One of the six key areas (重点领域).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyArea {
    /// Code, part of its address.
    pub code: String,
    /// Chinese name.
    pub name: String,
    /// What belongs there.
    pub description: String,
    /// The document that orders it.
    pub basis: String,
}

/// To which level of government an item applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppliesTo {
    /// Every organ (Art. 20).
    All,
    /// County-level governments and their departments (Art. 21).
    County,
    /// Towns (Art. 21).
    Town,
}

/// Which additions of Art. 21 bind an organ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatutoryLevel {
    /// Those for county-level governments and departments.
    County,
    /// Those for towns.
    Town,
    /// None.
    None,
}

/// One item that the law wants disclosed proactively.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatutoryItem {
    /// Code: `art20-01`.
    pub code: String,
    /// 20 or 21.
    pub article: u8,
    /// Number within the article; in Art. 21 it is ours.
    pub number: u8,
    /// To whom it applies.
    pub applies_to: AppliesTo,
    /// Short name.
    pub name: String,
    /// Wording of the item.
    pub content: String,
}

impl StatutoryItem {
    /// Whether the item binds an organ of a level.
    pub fn binds(&self, level: StatutoryLevel) -> bool {
        match self.applies_to {
            AppliesTo::All => true,
            AppliesTo::County => level == StatutoryLevel::County,
            AppliesTo::Town => level == StatutoryLevel::Town,
        }
    }
}

impl Coded for ColumnType {
    fn code(&self) -> &str {
        &self.code
    }
}

impl Coded for StandardColumn {
    fn code(&self) -> &str {
        &self.code
    }
}

impl Coded for KeyArea {
    fn code(&self) -> &str {
        &self.code
    }
}

impl Coded for StatutoryItem {
    fn code(&self) -> &str {
        &self.code
    }
}
