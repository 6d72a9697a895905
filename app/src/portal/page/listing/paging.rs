//! Which page numbers a list shows below itself.
//!
//! It builds no addresses: the caller gives the one of each page.

/// A page number and its address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageLink {
    /// Counted from 1.
    pub number: u32,
    /// Address; the present page is not a link.
    pub href: String,
    /// Whether this is the present page.
    pub current: bool,
    /// Whether page numbers were left out before this one.
    pub after_gap: bool,
}

/// Where the reader stands in a long list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paging {
    /// All entries.
    pub total: u64,
    /// Present page, from 1.
    pub current: u32,
    /// Last page, at least 1.
    pub last: u32,
    /// Address of the page before, if any.
    pub previous: Option<String>,
    /// Address of the page after, if any.
    pub next: Option<String>,
    /// First, last, and the neighbours of the present page.
    pub pages: Vec<PageLink>,
}

/// Neighbours shown on each side of the present page.
const NEIGHBOURS: u32 = 2;

impl Paging {
    /// Pages of `per_page` entries; `href` gives the address of a page number.
    pub fn new(total: u64, per_page: u32, current: u32, href: impl Fn(u32) -> String) -> Self {
        let last = u32::try_from(total.div_ceil(u64::from(per_page.max(1)))).unwrap_or(u32::MAX);
        let last = last.max(1);
        let current = current.clamp(1, last);
        let from = current.saturating_sub(NEIGHBOURS).max(1);
        let to = current.saturating_add(NEIGHBOURS).min(last);
        let mut numbers: Vec<u32> = (from..=to).collect();
        numbers.extend([1, last]);
        numbers.sort_unstable();
        numbers.dedup();
        let mut before = 0;
        let mut pages = Vec::with_capacity(numbers.len());
        for number in numbers {
            let after_gap = number > before + 1;
            pages.push(PageLink { number, href: href(number), current: number == current, after_gap });
            before = number;
        }
        Self {
            total,
            current,
            last,
            previous: (current > 1).then(|| href(current - 1)),
            next: (current < last).then(|| href(current + 1)),
            pages,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Paging;

    fn numbers(total: u64, current: u32) -> String {
        let paging = Paging::new(total, 20, current, |page| format!("?page={page}"));
        let show = |page: &super::PageLink| {
            let gap = if page.after_gap { "… " } else { "" };
            if page.current { format!("{gap}[{}]", page.number) } else { format!("{gap}{}", page.number) }
        };
        paging.pages.iter().map(show).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_first_the_last_and_the_neighbours_are_shown() {
        let cases = [
            (0, 1, "[1]"),
            (20, 1, "[1]"),
            (21, 1, "[1] 2"),
            (400, 1, "[1] 2 3 … 20"),
            (400, 10, "1 … 8 9 [10] 11 12 … 20"),
            (400, 4, "1 2 3 [4] 5 6 … 20"),
            (400, 99, "1 … 18 19 [20]"),
        ];
        for (total, current, expected) in cases {
            assert_eq!(numbers(total, current), expected, "{total} entries, page {current}");
        }
    }
}
