//! What every list of the desk shares: filters and order from the address, clickable heads, pages of fifty, the same list
//! as a file. The whole state of a list stands in its address, so that it can be kept, sent and gone back to.
//!
//! It reads nothing: a page reads its rows with what [`State`] says and shows them under the heads of [`List`].

mod export;
mod state;
#[cfg(test)]
mod tests;

pub use export::{Sheet, answer as export, file};
pub use state::{Column, State};

use crate::portal::page::{Link, Paging};

/// Entries on a page.
pub const PER_PAGE: u32 = 50;
/// Rows a file may have; a longer list must be filtered first.
pub const MOST_EXPORTED: i64 = 200_000;

/// What a choice means where nothing is chosen and nothing else is said.
const ANY: &str = "不限";

/// A way to make a list shorter.
#[derive(Debug, Clone)]
pub struct Filter {
    /// Name in the address.
    pub name: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// How it is entered.
    pub kind: FilterKind,
    /// What stands in it now.
    pub value: String,
    /// What a choice means where nothing is chosen.
    pub any: &'static str,
}

/// How a filter is entered.
#[derive(Debug, Clone)]
pub enum FilterKind {
    /// Words.
    Text,
    /// A day.
    Day,
    /// One of some, by their codes; or any.
    Choice(Vec<(String, String)>),
}

impl Filter {
    /// Words to look for.
    pub fn text(state: &State, name: &'static str, label: &'static str) -> Filter {
        Filter { name, label, kind: FilterKind::Text, value: state.text(name), any: ANY }
    }

    /// A day.
    pub fn day(state: &State, name: &'static str, label: &'static str) -> Filter {
        Filter { name, label, kind: FilterKind::Day, value: state.day(name).unwrap_or_default(), any: ANY }
    }

    /// One of `options`, pairs of code and words.
    pub fn choice<C: Into<String>, W: Into<String>>(
        state: &State,
        name: &'static str,
        label: &'static str,
        options: impl IntoIterator<Item = (C, W)>,
    ) -> Filter {
        let options = options.into_iter().map(|(code, words)| (code.into(), words.into())).collect();
        Filter { name, label, kind: FilterKind::Choice(options), value: state.text(name), any: ANY }
    }

    /// The same choice, which means `words` where nothing is chosen.
    #[must_use]
    pub fn or(mut self, words: &'static str) -> Filter {
        self.any = words;
        self
    }
}

/// The head of a column as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The words.
    pub text: &'static str,
    /// Where a click leads: the same list in this column's order, or in its reverse.
    pub href: Option<String>,
    /// `ascending` or `descending` where the list is in this order.
    pub sorted: Option<&'static str>,
    /// Whether numbers stand below it, which end where it ends.
    pub is_number: bool,
}

/// Everything around the rows of a list.
#[derive(Debug, Clone)]
pub struct List {
    /// Path of the page.
    pub path: String,
    /// The filters.
    pub filters: Vec<Filter>,
    /// Whether any of them is set.
    pub is_filtered: bool,
    /// Further fields of the address that a filter keeps (the order).
    pub kept: Vec<(String, String)>,
    /// The heads.
    pub heads: Vec<Head>,
    /// All entries.
    pub total: u64,
    /// The pages.
    pub paging: Paging,
    /// The same list as a file; empty for whoever may not take it out.
    pub files: Vec<Link>,
}

impl List {
    /// A list of `total` entries in the state of its address.
    pub fn new(state: &State, columns: &[Column], filters: Vec<Filter>, total: u64) -> List {
        let is_filtered = filters.iter().any(|filter| !filter.value.is_empty());
        let href = |page: u32| state.address(&[("page", &page_field(page))]);
        let paging = Paging::new(total, PER_PAGE, state.page(), href);
        List {
            path: state.path().to_owned(),
            filters,
            is_filtered,
            kept: state.kept(&["sort"]),
            heads: columns.iter().map(|column| state.head(*column)).collect(),
            total,
            paging,
            files: state.files(),
        }
    }

    /// The rows of the present page, for lists that are read whole.
    pub fn page_of<T>(&self, rows: Vec<T>) -> Vec<T> {
        let before = self.paging.current.saturating_sub(1).saturating_mul(PER_PAGE);
        rows.into_iter().skip(before as usize).take(PER_PAGE as usize).collect()
    }
}

/// The first page has no number in its address.
fn page_field(page: u32) -> String {
    if page > 1 { page.to_string() } else { String::new() }
}
