//! A throw-away index and short ways to fill it; it asserts nothing itself.
#![allow(clippy::unwrap_used, reason = "a test may stop")]

use std::ops::Deref;
use std::sync::OnceLock;

use kit_search::{Change, Entry, Index, Setup};

pub const TEXT: &str = "演示区人民会堂（一期）工程，总投资1200万元，2018年6月开工；由南京市长江大桥东侧起，\
    经小扬气演示站至covid-19隔离点，全长3.5公里。最低生活保障金、新型农村合作医疗同步办理。";

pub struct TestIndex {
    pub dir: tempfile::TempDir,
    index: Index,
}

impl Deref for TestIndex {
    type Target = Index;

    fn deref(&self) -> &Index {
        &self.index
    }
}

pub fn setup() -> Setup {
    Setup { words: vec![], facets: vec!["source".to_owned(), "topic".to_owned()] }
}

impl TestIndex {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let index = Index::open(&dir.path().join("index"), &setup()).unwrap();
        Self { dir, index }
    }

    pub fn put(&self, group: &str, position: u64, entries: Vec<Entry>) {
        let changes = entries.into_iter().map(Change::Put).collect();
        let applied = self.index.apply(group, changes, position).unwrap();
        assert!(applied.refused.is_empty() && !applied.overtaken);
    }
}

pub fn entry(key: &str, title: &str, text: &str) -> Entry {
    Entry { key: key.to_owned(), title: title.to_owned(), text: text.to_owned(), ..Entry::default() }
}

pub trait With: Sized {
    fn number(self, printed: &str) -> Self;
    fn day(self, day: i64) -> Self;
    fn facet(self, name: &str, value: &str) -> Self;
}

impl With for Entry {
    fn number(mut self, printed: &str) -> Self {
        self.exact.push(printed.to_owned());
        self
    }

    fn day(mut self, day: i64) -> Self {
        self.day = day;
        self
    }

    fn facet(mut self, name: &str, value: &str) -> Self {
        self.facets.push((name.to_owned(), value.to_owned()));
        self
    }
}

/// One index for all cases of a property test.
pub fn shared(test: impl FnOnce(&Index)) {
    static INDEX: OnceLock<TestIndex> = OnceLock::new();
    test(INDEX.get_or_init(|| {
        let index = TestIndex::new();
        index.put("north", 1, vec![entry("stretch", "演示", TEXT).number("甲字〔2018〕5号")]);
        index
    }));
}
