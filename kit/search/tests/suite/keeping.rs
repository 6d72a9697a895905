//! What the index keeps, gives up and survives. All entries are made up (演示数据).
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::path::Path;

use crate::world::{TestIndex, With, entry, setup};
use kit_search::{Change, Entry, Hits, Index, Opened, Query, SearchError, Setup};

fn keys(hits: &Hits) -> Vec<&str> {
    hits.hits.iter().map(|hit| hit.key.as_str()).collect()
}

fn count(index: &Index, group: &str, text: &str) -> usize {
    index.search(&Query::new(group, text)).unwrap().total
}

fn remove(key: &str) -> Change {
    Change::Remove { key: key.to_owned() }
}

#[test]
fn putting_twice_leaves_one_entry_with_the_later_text() {
    let index = TestIndex::new();
    index.put("north", 1, vec![entry("a", "供热", "旧文字")]);
    index.put("north", 2, vec![entry("a", "供水", "新文字"), entry("a", "供电", "更新文字")]);
    assert_eq!(count(&index, "north", ""), 1);
    assert_eq!(count(&index, "north", "供热"), 0);
    assert_eq!(count(&index, "north", "供水"), 0);
    assert_eq!(count(&index, "north", "供电"), 1);
}

#[test]
fn a_removed_entry_is_gone_and_removing_it_again_does_nothing() {
    let index = TestIndex::new();
    index.put("north", 1, vec![entry("a", "供热", ""), entry("b", "供热", "")]);
    for position in [2, 3] {
        index.apply("north", vec![remove("a"), remove("never-there")], position).unwrap();
        assert_eq!(keys(&index.search(&Query::new("north", "供热")).unwrap()), ["b"]);
    }
    assert_eq!(index.keys("north").unwrap(), ["b"]);
}

#[test]
fn groups_never_see_each_other_even_with_the_same_keys() {
    let index = TestIndex::new();
    index.put("north", 1, vec![entry("a", "供热", "北").number("甲字〔2018〕5号").facet("topic", "t")]);
    index.put("south", 7, vec![entry("a", "供热", "南").number("甲字〔2018〕5号").facet("topic", "t")]);
    for text in ["供热", "", "甲字〔2018〕5号", "“供热”", "供热 宇宙", "北 OR 南", "group:south"]
    {
        let mut query = Query::new("north", text);
        query.count_facets = vec!["topic".to_owned()];
        query.facets = vec![("topic".to_owned(), vec!["t".to_owned()])];
        let hits = index.search(&query).unwrap();
        assert!(hits.total <= 1, "{text}");
        assert!(hits.facets[0].1.iter().all(|(_, n)| *n <= 1), "{text}");
    }
    assert_eq!(count(&index, "north", "南"), 0);
    index.apply("north", vec![remove("a")], 2).unwrap();
    assert_eq!((count(&index, "north", ""), count(&index, "south", "")), (0, 1));
    index.clear_group("north").unwrap();
    assert_eq!((index.position("north").unwrap(), index.position("south").unwrap()), (0, 7));
    assert_eq!(index.keys("south").unwrap(), ["a"]);
}

#[test]
fn a_group_name_cannot_pretend_to_be_another() {
    let index = TestIndex::new();
    index.put("north", 1, vec![entry("a", "供热", "")]);
    for bad in ["", "north\u{1f}a", &"长".repeat(500)] {
        let refused = index.search(&Query::new(bad, ""));
        assert!(matches!(refused, Err(SearchError::BadGroup(_))), "{bad}");
        assert!(matches!(index.apply(bad, vec![], 1), Err(SearchError::BadGroup(_))));
        assert!(matches!(index.clear_group(bad), Err(SearchError::BadGroup(_))));
    }
    index.put("n", 1, vec![entry("orth\u{1f}a", "供热", "")]);
    assert_eq!(index.keys("north").unwrap(), ["a"]);
}

#[test]
fn position_and_content_are_one_and_earlier_batches_are_left_alone() {
    let index = TestIndex::new();
    assert_eq!(index.position("north").unwrap(), 0);
    index.put("north", 5, vec![entry("a", "供热", "第五")]);
    let late = index.apply("north", vec![Change::Put(entry("a", "供热", "第三"))], 3).unwrap();
    assert!(late.overtaken);
    assert_eq!((index.position("north").unwrap(), count(&index, "north", "第三")), (5, 0));
    index.put("north", 5, vec![entry("a", "供热", "修补")]);
    assert_eq!(count(&index, "north", "修补"), 1);
}

#[test]
fn a_bad_entry_is_refused_by_name_and_the_others_go_in() {
    let index = TestIndex::new();
    let bad = entry("bad", "供热", "").facet("undeclared", "x");
    let batch = vec![bad, Entry::default(), entry("good", "供热", "").facet("topic", "x")];
    let applied = index.apply("north", batch.into_iter().map(Change::Put).collect(), 1).unwrap();
    assert_eq!((applied.n_put, applied.refused.len()), (1, 2));
    assert!(applied.refused[0].reason.contains("undeclared"));
    assert_eq!(index.keys("north").unwrap(), ["good"]);
}

#[test]
fn facets_count_all_hits_and_a_chosen_facet_still_offers_its_other_values() {
    let index = TestIndex::new();
    let both = [("a", "x", "t1"), ("b", "x", "t2"), ("c", "y", "t1"), ("d", "y", "t1")];
    let entries =
        both.map(|(key, source, topic)| entry(key, "供热", "").facet("source", source).facet("topic", topic));
    index.put("north", 1, entries.into());
    let mut query = Query::new("north", "供热");
    query.count_facets = vec!["source".to_owned(), "topic".to_owned()];
    query.limit = 1;
    let pair = |value: &str, n| (value.to_owned(), n);
    let hits = index.search(&query).unwrap();
    assert_eq!(hits.facets[0].1, [pair("x", 2), pair("y", 2)]);
    assert_eq!(hits.facets[1].1, [pair("t1", 3), pair("t2", 1)]);
    query.facets = vec![("source".to_owned(), vec!["x".to_owned()])];
    let hits = index.search(&query).unwrap();
    assert_eq!(hits.total, 2);
    assert_eq!(hits.facets[0].1, [pair("x", 2), pair("y", 2)]);
    assert_eq!(hits.facets[1].1, [pair("t1", 1), pair("t2", 1)]);
    query.facets[0].1.push("y".to_owned());
    assert_eq!(index.search(&query).unwrap().total, 4, "values of one facet are alternatives");
    query.count_facets = vec!["undeclared".to_owned()];
    assert!(matches!(index.search(&query), Err(SearchError::UnknownFacet(_))));
}

#[test]
fn pages_together_are_the_whole_and_stay_so_after_unrelated_commits() {
    let index = TestIndex::new();
    for part in 0..5u64 {
        let entries = (0..10).map(|i| entry(&format!("{part}-{i}"), "供热", "同样").day(3)).collect();
        index.put("north", part + 1, entries);
    }
    let pages = |index: &Index| -> Vec<String> {
        let page = |offset| Query { offset, limit: 7, ..Query::new("north", "供热") };
        let hits = (0..50).step_by(7).flat_map(|o| index.search(&page(o)).unwrap().hits);
        hits.map(|hit| hit.key).collect()
    };
    let before = pages(&index);
    assert_eq!(before.iter().collect::<std::collections::BTreeSet<_>>().len(), 50);
    for position in 10..30 {
        index.put("south", position, vec![entry("other", "供热", "")]);
    }
    index.rest().unwrap();
    assert_eq!(pages(&index), before);
}

#[test]
fn a_page_far_beyond_the_end_is_empty_and_costs_nothing() {
    let index = TestIndex::new();
    index.put("north", 1, vec![entry("a", "供热", "")]);
    let far = Query { offset: usize::MAX, limit: usize::MAX, ..Query::new("north", "供热") };
    let hits = index.search(&far).unwrap();
    assert_eq!((hits.total, hits.hits.len()), (1, 0));
    let huge = Query { limit: usize::MAX, ..Query::new("north", "供热") };
    assert_eq!(index.search(&huge).unwrap().hits.len(), 1);
}

#[test]
fn a_second_writer_is_told_locked_at_once_and_may_read_and_later_write() {
    let first = TestIndex::new();
    first.put("north", 1, vec![entry("a", "供热", "")]);
    let second = Index::open(&first.dir.path().join("index"), &setup()).unwrap();
    assert!(matches!(second.apply("north", vec![], 2), Err(SearchError::Locked)));
    assert_eq!(count(&second, "north", "供热"), 1);
    first.put("north", 2, vec![entry("b", "供热", "")]);
    assert_eq!(count(&second, "north", "供热"), 2, "the other's commit is seen without a restart");
    assert_eq!(second.position("north").unwrap(), 2);
    first.rest().unwrap();
    second.apply("south", vec![Change::Put(entry("c", "供水", ""))], 9).unwrap();
    second.rest().unwrap();
    first.put("north", 3, vec![]);
    assert_eq!((first.position("north").unwrap(), first.position("south").unwrap()), (3, 9));
}

#[test]
fn an_index_opened_again_has_everything() {
    let index = TestIndex::new();
    assert_eq!(*index.opened(), Opened::Created);
    index.put("north", 4, vec![entry("a", "供热", "").number("甲字〔2018〕5号")]);
    index.rest().unwrap();
    let again = Index::open(&index.dir.path().join("index"), &setup()).unwrap();
    assert_eq!(*again.opened(), Opened::Found);
    assert_eq!((again.position("north").unwrap(), count(&again, "north", "供热")), (4, 1));
}

#[test]
fn another_setup_begins_anew_and_says_so() {
    let index = TestIndex::new();
    index.put("north", 4, vec![entry("a", "供热", "")]);
    index.rest().unwrap();
    let path = index.dir.path().join("index");
    let words = Setup { words: vec![("演示新词".to_owned(), 1000)], ..setup() };
    let facets = Setup { facets: vec!["topic".to_owned()], ..setup() };
    for other in [words, facets] {
        let fresh = Index::open(&path, &other).unwrap();
        assert!(matches!(fresh.opened(), Opened::Emptied { .. }));
        assert_eq!((fresh.position("north").unwrap(), count(&fresh, "north", "")), (0, 0));
        fresh.apply("north", vec![Change::Put(entry("a", "供热", ""))], 4).unwrap();
        fresh.rest().unwrap();
    }
}

fn spoil(path: &Path, ending: &str, how: impl Fn(&Path)) {
    let files = std::fs::read_dir(path).unwrap().map(|file| file.unwrap().path());
    let mut spoilt = 0;
    for file in files.filter(|file| file.to_string_lossy().ends_with(ending)) {
        how(&file);
        spoilt += 1;
    }
    assert!(spoilt > 0, "no file ends with {ending}");
}

#[test]
fn a_damaged_index_begins_anew_and_never_takes_the_process_down() {
    type Way = (&'static str, fn(&Path));
    let ways: [Way; 4] = [
        ("meta.json", |file| std::fs::write(file, "{\"segments\": 7").unwrap()),
        (".idx", |file| std::fs::write(file, "x").unwrap()),
        (".fast", |file| std::fs::remove_file(file).unwrap()),
        (".term", |file| std::fs::write(file, "").unwrap()),
    ];
    for (ending, how) in ways {
        let index = TestIndex::new();
        index.put("north", 4, vec![entry("a", "供热", "")]);
        index.rest().unwrap();
        let path = index.dir.path().join("index");
        spoil(&path, ending, how);
        let fresh = Index::open(&path, &setup()).unwrap();
        let Opened::Emptied { aside, .. } = fresh.opened() else { panic!("{ending}") };
        assert!(aside.exists());
        assert_eq!((fresh.position("north").unwrap(), count(&fresh, "north", "")), (0, 0));
        fresh.apply("north", vec![Change::Put(entry("a", "供热", ""))], 1).unwrap();
        assert_eq!(count(&fresh, "north", "供热"), 1);
    }
}

#[test]
fn a_process_killed_while_writing_leaves_the_last_commit() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("index");
    let mut child = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "keeping::write_until_killed", "--nocapture"])
        .env("KIT_SEARCH_KILL_TEST", &path)
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = std::io::BufRead::lines(std::io::BufReader::new(child.stdout.take().unwrap()));
    // The child is in the middle of the batches after the third when it dies.
    lines.find(|line| line.as_ref().unwrap().contains("committed 3")).unwrap().unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    let index = Index::open(&path, &setup()).unwrap();
    assert_eq!(*index.opened(), Opened::Found);
    let position = index.position("north").unwrap();
    assert!(position >= 3);
    assert_eq!(count(&index, "north", "供热"), position as usize * 20, "content fits the position");
    index.apply("north", vec![Change::Put(entry("after", "供电", ""))], position + 1).unwrap();
    assert_eq!(count(&index, "north", "供电"), 1, "the dead writer's lock is free");
}

/// The child of the test above; by itself it does nothing.
#[test]
fn write_until_killed() {
    let Some(path) = std::env::var_os("KIT_SEARCH_KILL_TEST") else {
        return;
    };
    let index = Index::open(Path::new(&path), &setup()).unwrap();
    for position in 1.. {
        let put = |i| Change::Put(entry(&format!("{position}-{i}"), "供热", &crate::world::TEXT.repeat(20)));
        index.apply("north", (0..20).map(put).collect(), position).unwrap();
        println!("committed {position}");
    }
}
