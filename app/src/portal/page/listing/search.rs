//! Full-text search: what was understood, what was found, and what to do when nothing was.
//!
//! Excerpts are pieces of text, never markup from an index.

use askama::Template;

use super::{ActiveFilter, DocumentRow, Facet, Paging, SortChoice};
use crate::portal::page::{Layout, Link};

/// A piece of an excerpt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExcerptPiece {
    /// The text.
    pub text: String,
    /// Whether it is what was looked for.
    pub marked: bool,
}

/// One result.
#[derive(Debug, Clone)]
pub struct SearchHit {
    /// The record.
    pub row: DocumentRow,
    /// The title in pieces; empty when nothing in it is marked.
    pub title: Vec<ExcerptPiece>,
    /// Words around what was found.
    pub excerpt: Vec<ExcerptPiece>,
}

/// `/search`.
#[derive(Debug, Clone, Template)]
#[template(path = "portal/page/listing/search.html")]
pub struct SearchPage {
    /// Around the content; `layout.query` is what was asked. Empty: the page only asks.
    pub layout: Layout,
    /// What the query was taken for: “按文号查找：松政发〔2018〕5号”.
    pub understood: Option<String>,
    /// The filters that go on with a new query, as hidden fields.
    pub kept: Vec<(String, String)>,
    /// The filters with counts.
    pub facets: Vec<Facet>,
    /// The filters that are set.
    pub active: Vec<ActiveFilter>,
    /// Orders of the list.
    pub sorts: Vec<SortChoice>,
    /// Results of this page.
    pub hits: Vec<SearchHit>,
    /// Pages.
    pub paging: Paging,
    /// Other words to try when nothing was found, as links.
    pub suggestions: Vec<Link>,
}
