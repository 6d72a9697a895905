//! Key areas (重点领域) and the statutory items of proactive disclosure (Art. 20).
//!
//! No figures are computed here.

use askama::Template;

use crate::portal::page::{DocumentRow, Layout, Link, Paging};

/// A key area with its count and its latest record.
#[derive(Debug, Clone)]
pub struct KeyAreaEntry {
    /// Name and `/key-areas/{code}`.
    pub link: Link,
    /// What belongs to it, in a line; may be empty.
    pub description: String,
    /// Public records.
    pub count: u64,
    /// The newest record.
    pub latest: Option<DocumentRow>,
}

/// `/key-areas`.
#[derive(Debug, Clone, Template)]
#[template(path = "portal/page/statute/key_areas.html")]
pub struct KeyAreasPage {
    /// Around the content.
    pub layout: Layout,
    /// The areas in their official order.
    pub key_areas: Vec<KeyAreaEntry>,
}

/// `/key-areas/{code}`.
#[derive(Debug, Clone, Template)]
#[template(path = "portal/page/statute/key_area.html")]
pub struct KeyAreaPage {
    /// Around the content.
    pub layout: Layout,
    /// What belongs to it.
    pub description: String,
    /// All areas, for the side; the present one is marked by its address.
    pub areas: Vec<Link>,
    /// Columns that feed this area.
    pub columns: Vec<Link>,
    /// Records of this page.
    pub rows: Vec<DocumentRow>,
    /// Pages.
    pub paging: Paging,
}

/// One of the fifteen items, or an addition of Art. 21.
#[derive(Debug, Clone)]
pub struct StatutoryItemEntry {
    /// 1 to 15 for the items of Art. 20, higher for the additions of Art. 21.
    pub number: u32,
    /// The item in the words of the Regulations.
    pub text: String,
    /// Where it is published; none when the site has no column for it.
    pub column: Option<Link>,
    /// Who is responsible.
    pub owner: Option<Link>,
    /// Public records.
    pub count: u64,
}

/// `/statutory-items`.
#[derive(Debug, Clone, Template)]
#[template(path = "portal/page/statute/items.html")]
pub struct StatutoryItemsPage {
    /// Around the content.
    pub layout: Layout,
    /// In the order of Art. 20, then of Art. 21.
    pub items: Vec<StatutoryItemEntry>,
}

/// Items that Art. 20 lists for every organ.
const ITEMS_OF_ARTICLE_20: u32 = 15;

impl StatutoryItemsPage {
    /// The fifteen items of every organ.
    pub fn of_article_20(&self) -> Vec<&StatutoryItemEntry> {
        self.items.iter().filter(|item| item.number <= ITEMS_OF_ARTICLE_20).collect()
    }

    /// What counties and towns disclose besides.
    pub fn of_article_21(&self) -> Vec<&StatutoryItemEntry> {
        self.items.iter().filter(|item| item.number > ITEMS_OF_ARTICLE_20).collect()
    }
}
