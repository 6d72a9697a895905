//! Counts the values of facets over all hits, by the numbers the columns give to values; the texts of
//! values are read once at the end. It does not choose which facets a page offers.

use std::collections::HashMap;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::StrColumn;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use crate::layout::facet_column;

/// For each facet asked for: values with counts, most frequent first.
pub(crate) struct FacetCounts {
    names: Vec<String>,
}

impl FacetCounts {
    pub(crate) fn of(names: Vec<String>) -> Self {
        Self { names }
    }
}

/// Counts of one segment.
pub(crate) struct SegmentCounts {
    columns: Vec<Option<(StrColumn, Vec<u32>)>>,
}

type ByValue = HashMap<String, u64>;

impl Collector for FacetCounts {
    type Fruit = Vec<Vec<(String, u64)>>;
    type Child = SegmentCounts;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SegmentCounts> {
        let mut columns = Vec::new();
        for name in &self.names {
            let column = segment.fast_fields().str(&facet_column(name))?;
            columns.push(column.map(|column| {
                let counts = vec![0; column.num_terms()];
                (column, counts)
            }));
        }
        Ok(SegmentCounts { columns })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<tantivy::Result<Vec<ByValue>>>) -> tantivy::Result<Self::Fruit> {
        let mut sums = vec![ByValue::new(); self.names.len()];
        for segment in segments {
            for (sum, counts) in sums.iter_mut().zip(segment?) {
                for (value, n) in counts {
                    *sum.entry(value).or_default() += n;
                }
            }
        }
        Ok(sums.into_iter().map(ordered).collect())
    }
}

impl SegmentCollector for SegmentCounts {
    type Fruit = tantivy::Result<Vec<ByValue>>;

    fn collect(&mut self, doc: DocId, _: Score) {
        for (column, counts) in self.columns.iter_mut().flatten() {
            for ord in column.ords().values_for_doc(doc) {
                if let Some(count) = counts.get_mut(ord as usize) {
                    *count += 1;
                }
            }
        }
    }

    fn harvest(self) -> Self::Fruit {
        self.columns.into_iter().map(|column| column.map_or_else(|| Ok(ByValue::new()), read)).collect()
    }
}

/// The texts of the values that occur, in one pass over the dictionary of the column.
fn read((column, counts): (StrColumn, Vec<u32>)) -> tantivy::Result<ByValue> {
    let occurring: Vec<(u64, u32)> = (0..).zip(counts).filter(|(_, count)| *count > 0).collect();
    let ords: Vec<u64> = occurring.iter().map(|(ord, _)| *ord).collect();
    let mut values = ByValue::with_capacity(ords.len());
    let mut counts = occurring.into_iter().map(|(_, count)| u64::from(count));
    column.dictionary().sorted_ords_to_term_cb(&ords, |bytes| {
        values.insert(String::from_utf8_lossy(bytes).into_owned(), counts.next().unwrap_or(0));
    })?;
    Ok(values)
}

fn ordered(counts: ByValue) -> Vec<(String, u64)> {
    let mut values: Vec<_> = counts.into_iter().collect();
    values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    values
}
