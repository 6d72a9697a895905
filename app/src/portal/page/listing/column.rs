//! A column (栏目): what it is for, the columns below it, and its records, the newest first.
//!
//! It does not say whether the column is kept up to date; that is supervision.

use askama::Template;

use super::{DocumentRow, Paging};
use crate::portal::page::{Layout, Link};

/// `/columns/{code}`.
#[derive(Debug, Clone, Template)]
#[template(path = "portal/page/listing/column.html")]
pub struct ColumnPage {
    /// Around the content; carries the column tags and the feed.
    pub layout: Layout,
    /// What the column holds, in a sentence; may be empty.
    pub description: String,
    /// 责任单位 of the column.
    pub owner: Option<Link>,
    /// Columns at the same place of the tree, for the side: parent's children with this one among them.
    pub siblings: Vec<Link>,
    /// Columns below this one.
    pub children: Vec<Link>,
    /// Records of this page.
    pub rows: Vec<DocumentRow>,
    /// Pages.
    pub paging: Paging,
}
