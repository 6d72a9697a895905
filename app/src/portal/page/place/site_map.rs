//! The site map: every column and every statutory page on one page.
//!
//! The map for machines is `sitemap.xml`.

use askama::Template;

use crate::portal::page::{Layout, Link};

/// A column and those below it.
#[derive(Debug, Clone)]
pub struct SiteMapBranch {
    /// The column.
    pub link: Link,
    /// Columns below it.
    pub children: Vec<Link>,
}

/// `/site-map`.
#[derive(Debug, Clone, Template)]
#[template(path = "portal/page/place/site_map.html")]
pub struct SiteMapPage {
    /// Around the content.
    pub layout: Layout,
    /// The column tree, two levels deep.
    pub branches: Vec<SiteMapBranch>,
}
