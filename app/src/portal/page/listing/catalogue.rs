//! The catalogue of open government information (政府信息公开目录, Art. 12), cut by organ, subject, form, year and validity.
//!
//! No full text here: that is the search page.

use askama::Template;

use super::{ActiveFilter, DocumentRow, Facet, Paging, SortChoice};
use crate::portal::page::Layout;

/// `/catalogue`.
#[derive(Debug, Clone, Template)]
#[template(path = "portal/page/listing/catalogue.html")]
pub struct CataloguePage {
    /// Around the content.
    pub layout: Layout,
    /// The filters with counts.
    pub facets: Vec<Facet>,
    /// The filters that are set.
    pub active: Vec<ActiveFilter>,
    /// Orders of the list.
    pub sorts: Vec<SortChoice>,
    /// Records of this page.
    pub rows: Vec<DocumentRow>,
    /// Pages.
    pub paging: Paging,
}
