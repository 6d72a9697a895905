//! The fields of the index and what is written beside them at every commit. No text is stored: the
//! index gives back keys, and whoever shows a hit reads the text where it lives.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tantivy::schema::{
    FAST, Field, IndexRecordOption, NumericOptions, Schema, SchemaBuilder, TextFieldIndexing, TextOptions,
};

use crate::cut::{Cutter, IndexTokenizer};
use crate::{Entry, Setup};

/// Changes whenever old files would be read wrongly; an index of another number is begun anew.
const FORMAT: u32 = 1;
const CUT: &str = "cut";
const RAW: &str = "raw";
/// Between group and key in the id of an entry; [`crate::Index`] refuses it in group names.
pub(crate) const SEPARATOR: char = '\u{1f}';

pub(crate) const KEY: &str = "key";
pub(crate) const DAY: &str = "day";
pub(crate) const RANK: &str = "rank";
pub(crate) const BOOST: &str = "boost";

/// The fields, looked up once.
#[derive(Clone)]
pub(crate) struct Layout {
    pub(crate) schema: Schema,
    pub(crate) group: Field,
    pub(crate) id: Field,
    pub(crate) key: Field,
    pub(crate) title: Field,
    /// Title and text together: what a query must match.
    pub(crate) all: Field,
    pub(crate) exact: Field,
    pub(crate) stretches: Field,
    pub(crate) day: Field,
    pub(crate) rank: Field,
    pub(crate) boost: Field,
    pub(crate) facets: Vec<(String, Field)>,
}

/// Stored with every commit, so that content and positions are one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Payload {
    pub(crate) format: u32,
    /// Fingerprint of the caller's words: other words cut other units.
    pub(crate) words: u64,
    pub(crate) positions: BTreeMap<String, u64>,
}

impl Payload {
    pub(crate) fn new(setup: &Setup) -> Self {
        let mut all = String::new();
        for (word, frequency) in &setup.words {
            all.push_str(&format!("{word}{SEPARATOR}{frequency}\n"));
        }
        Self { format: FORMAT, words: fingerprint(&all), positions: BTreeMap::new() }
    }

    /// Whether files written with `self` can be read and continued with `other`.
    pub(crate) fn fits(&self, other: &Self) -> bool {
        self.format == other.format && self.words == other.words
    }
}

impl Layout {
    pub(crate) fn new(setup: &Setup) -> Self {
        let mut builder = SchemaBuilder::new();
        let group = builder.add_text_field("group", raw());
        let id = builder.add_text_field("id", raw());
        let key = builder.add_text_field(KEY, TextOptions::default().set_fast(RAW));
        let title = builder.add_text_field("title", cut());
        let all = builder.add_text_field("all", cut());
        let exact = builder.add_text_field("exact", raw());
        let stretches = builder.add_text_field("stretches", raw());
        let day = builder.add_i64_field(DAY, NumericOptions::from(FAST));
        let rank = builder.add_u64_field(RANK, NumericOptions::from(FAST));
        let boost = builder.add_f64_field(BOOST, NumericOptions::from(FAST));
        let mut facets = Vec::new();
        for name in &setup.facets {
            let field = builder.add_text_field(&facet_column(name), raw().set_fast(RAW));
            facets.push((name.clone(), field));
        }
        let schema = builder.build();
        Self { schema, group, id, key, title, all, exact, stretches, day, rank, boost, facets }
    }

    pub(crate) fn facet(&self, name: &str) -> Option<Field> {
        self.facets.iter().find(|(known, _)| known == name).map(|(_, field)| *field)
    }

    /// The entry as the index library takes it.
    pub(crate) fn document(&self, group: &str, entry: &Entry) -> tantivy::TantivyDocument {
        let mut document = tantivy::TantivyDocument::default();
        let id = entry_id(group, &entry.key);
        document.add_u64(self.rank, fingerprint(&id));
        document.add_text(self.id, id);
        document.add_text(self.group, group);
        document.add_text(self.key, &entry.key);
        document.add_text(self.title, &entry.title);
        document.add_text(self.all, &entry.title);
        document.add_text(self.all, &entry.text);
        document.add_i64(self.day, entry.day);
        document.add_f64(self.boost, f64::from(entry.boost.unwrap_or(1.0)));
        for printed in &entry.exact {
            document.add_text(self.exact, crate::fold::canonical(printed));
            for stretch in crate::fold::canonical_stretches(printed) {
                document.add_text(self.stretches, stretch);
            }
        }
        for (name, value) in &entry.facets {
            if let Some(field) = self.facet(name) {
                document.add_text(field, value);
            }
        }
        document
    }
}

pub(crate) fn facet_column(name: &str) -> String {
    format!("facet_{name}")
}

pub(crate) fn entry_id(group: &str, key: &str) -> String {
    format!("{group}{SEPARATOR}{key}")
}

pub(crate) fn register(index: &tantivy::Index, cutter: &Arc<Cutter>) {
    index.tokenizers().register(CUT, IndexTokenizer(Arc::clone(cutter)));
}

fn raw() -> TextOptions {
    TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer(RAW)
            .set_fieldnorms(false)
            .set_index_option(IndexRecordOption::Basic),
    )
}

fn cut() -> TextOptions {
    TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer(CUT)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions),
    )
}

/// FNV-1a: the same on every machine and in every version, unlike the standard hasher.
fn fingerprint(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
