//! The order of hits. Equal scores are ordered by day and then by a number made from the key, so pages
//! stay the same while the index is merged or rebuilt. It does not decide what matches.

use tantivy::collector::sort_key::NaturalComparator;
use tantivy::collector::{Collector, SegmentSortKeyComputer, SortKeyComputer, TopDocs};
use tantivy::columnar::Column;
use tantivy::{DocAddress, DocId, Score, SegmentReader};

use crate::layout::{BOOST, DAY, RANK};

/// The order of hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Sort {
    /// Best match first; among equals the newest. Without text, newest first.
    #[default]
    Relevance,
    /// Latest day first.
    Newest,
    /// Earliest day first.
    Oldest,
}

/// Score, day and tie number; bigger comes first.
pub(crate) type OrderKey = (f32, i64, u64);

/// Collects the hits from `offset` on.
pub(crate) fn top(
    offset: usize,
    limit: usize,
    sort: Sort,
) -> impl Collector<Fruit = Vec<(OrderKey, DocAddress)>> {
    TopDocs::with_limit(limit).and_offset(offset).order_by(ByOrder(sort))
}

struct ByOrder(Sort);

struct SegmentOrder {
    sort: Sort,
    day: Column<i64>,
    rank: Column<u64>,
    boost: Column<f64>,
}

impl SortKeyComputer for ByOrder {
    type SortKey = OrderKey;
    type Child = SegmentOrder;
    type Comparator = NaturalComparator;

    fn requires_scoring(&self) -> bool {
        self.0 == Sort::Relevance
    }

    fn segment_sort_key_computer(&self, segment: &SegmentReader) -> tantivy::Result<SegmentOrder> {
        let fast = segment.fast_fields();
        Ok(SegmentOrder { sort: self.0, day: fast.i64(DAY)?, rank: fast.u64(RANK)?, boost: fast.f64(BOOST)? })
    }
}

impl SegmentSortKeyComputer for SegmentOrder {
    type SortKey = OrderKey;
    type SegmentSortKey = OrderKey;
    type SegmentComparator = NaturalComparator;

    fn segment_sort_key(&mut self, doc: DocId, score: Score) -> OrderKey {
        let day = self.day.first(doc).unwrap_or(0);
        let rank = self.rank.first(doc).unwrap_or(0);
        match self.sort {
            Sort::Relevance => {
                let boost = self.boost.first(doc).unwrap_or(1.0) as f32;
                // To one decimal: finer differences mean nothing, and then the newer is better.
                ((score * boost * 10.0).round() / 10.0, day, rank)
            }
            Sort::Newest => (0.0, day, rank),
            Sort::Oldest => (0.0, day.saturating_neg(), rank),
        }
    }

    fn convert_segment_sort_key(&self, sort_key: OrderKey) -> OrderKey {
        sort_key
    }
}
