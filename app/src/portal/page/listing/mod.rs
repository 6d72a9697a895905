//! Lists of records: their rows, filters and pages. Column, catalogue and search share them.
//!
//! It neither counts nor sorts: the address holds the state, a handler turns it into these lists.

mod catalogue;
mod column;
mod paging;
#[cfg(test)]
mod sample;
mod search;

pub use catalogue::CataloguePage;
pub use column::ColumnPage;
pub use paging::Paging;
pub use search::{ExcerptPiece, SearchHit, SearchPage};

use super::{Day, ValidityMark};

/// One record in a list: title, organ, date on one line.
#[derive(Debug, Clone)]
pub struct DocumentRow {
    /// `/documents/{n}`.
    pub href: String,
    /// Title.
    pub title: String,
    /// 发布机构.
    pub organ: Option<String>,
    /// 文号.
    pub document_number: Option<String>,
    /// 时效, where the kind of content has one.
    pub validity: Option<ValidityMark>,
    /// 发布日期.
    pub published: Day,
}

/// One dimension of the filters, with counts.
#[derive(Debug, Clone)]
pub struct Facet {
    /// What it is: 发布机构, 主题分类, 体裁分类, 年份, 时效, 栏目.
    pub label: String,
    /// The query parameter, which also names the block on the page.
    pub name: String,
    /// Values, the most frequent first.
    pub values: Vec<FacetValue>,
}

/// One value of a filter.
#[derive(Debug, Clone)]
pub struct FacetValue {
    /// What the reader sees.
    pub label: String,
    /// Records that would be left.
    pub count: u64,
    /// The address with this filter set, or taken away if it is set.
    pub href: String,
    /// Whether it is set.
    pub selected: bool,
}

/// A filter that is set, with the address that takes it away.
#[derive(Debug, Clone)]
pub struct ActiveFilter {
    /// 发布机构, 年份 …
    pub label: String,
    /// The chosen value.
    pub value: String,
    /// The same page without it.
    pub remove_href: String,
}

/// One order of the list.
#[derive(Debug, Clone)]
pub struct SortChoice {
    /// 最新发布, 相关度 …
    pub label: String,
    /// The same page in this order.
    pub href: String,
    /// Whether it is the present order.
    pub selected: bool,
}

/// Values of a filter that are shown before the rest is folded away.
const SHOWN_FIRST: usize = 8;

impl Facet {
    /// The values shown at once: the first ones and every one that is set.
    pub fn first(&self) -> Vec<&FacetValue> {
        self.split(|place, value| place < SHOWN_FIRST || value.selected)
    }

    /// The values folded away.
    pub fn rest(&self) -> Vec<&FacetValue> {
        self.split(|place, value| place >= SHOWN_FIRST && !value.selected)
    }

    fn split(&self, keep: impl Fn(usize, &FacetValue) -> bool) -> Vec<&FacetValue> {
        self.values.iter().enumerate().filter(|(i, v)| keep(*i, v)).map(|(_, v)| v).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chosen_filter_is_never_folded_away() {
        let value =
            |n: u64| FacetValue { label: n.to_string(), count: n, href: String::new(), selected: n == 11 };
        let facet =
            Facet {
                label: "发布机构".into(), name: "organ".into(), values: (0..12).map(value).collect()
            };
        assert!(facet.first().iter().any(|value| value.selected));
        assert_eq!(facet.first().len() + facet.rest().len(), 12);
        assert_eq!(facet.rest().len(), 3);
    }
}
