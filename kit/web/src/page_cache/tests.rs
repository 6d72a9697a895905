//! The promise of the cache, by example, by model and with real threads.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use http::HeaderMap;
use proptest::prelude::*;

use super::*;
use crate::page::Effort;

fn page(text: &str) -> Arc<Page> {
    let body = Bytes::copy_from_slice(text.as_bytes());
    Arc::new(Page::new(&HeaderMap::new(), body, Effort::PAGE))
}

fn key(tenant: &str, path: &str) -> CacheKey {
    CacheKey::new(tenant.into(), path, 0)
}

fn tags(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| name.to_string()).collect()
}

fn keep(cache: &PageCache, tenant: &str, path: &str, names: &[&str]) {
    cache.store(cache.ticket(), key(tenant, path), page(path), &tags(names)).unwrap();
}

#[test]
fn a_purge_takes_out_the_tagged_pages_of_that_tenant_and_no_other() {
    let cache = PageCache::with_budget(1 << 20);
    keep(&cache, "a", "/1", &["doc:1", "lists"]);
    keep(&cache, "a", "/2", &["doc:2"]);
    keep(&cache, "a", "/", &["lists"]);
    keep(&cache, "b", "/1", &["doc:1"]);
    assert_eq!(cache.purge("a", ["doc:1", "doc:9"]), 1);
    assert!(cache.get(&key("a", "/1")).is_none());
    assert!(cache.get(&key("a", "/2")).is_some() && cache.get(&key("b", "/1")).is_some());
    assert_eq!(cache.purge_tenant("a"), 2);
    assert_eq!(cache.figures().pages, 1);
    assert_eq!(cache.purge_all(), 1);
    assert_eq!((cache.figures().pages, cache.figures().bytes), (0, 0));
}

#[test]
fn a_page_rendered_before_a_purge_is_refused_and_an_unrelated_one_is_kept() {
    let cache = PageCache::with_budget(1 << 20);
    let ticket = cache.ticket();
    cache.purge("a", ["doc:1"]);
    let store = |path: &str, names: &[&str]| cache.store(ticket, key("a", path), page("old"), &tags(names));
    assert_eq!(store("/1", &["doc:1"]), Err(NotKept::Outdated));
    assert_eq!(store("/2", &["doc:2"]), Ok(()));
    cache.purge_tenant("a");
    assert_eq!(store("/2", &["doc:2"]), Err(NotKept::Outdated));
    assert_eq!(cache.store(ticket, key("b", "/"), page("old"), &[]), Ok(()));
    cache.purge_all();
    let late = cache.store(ticket, key("b", "/"), page("old"), &[]);
    assert_eq!(late, Err(NotKept::Outdated));
}

#[test]
fn a_ticket_older_than_the_remembered_purges_is_refused() {
    let cache = PageCache::with_budget(1 << 20);
    let ticket = cache.ticket();
    cache.purge("a", (0..9000).map(|n| format!("doc:{n}")));
    let late = cache.store(ticket, key("b", "/"), page("old"), &[]);
    assert_eq!(late, Err(NotKept::Outdated));
    keep(&cache, "b", "/", &[]);
}

#[test]
fn presentations_and_queries_are_kept_apart() {
    let cache = PageCache::with_budget(1 << 20);
    for (path, variant) in [("/s?page=1", 0), ("/s?page=1", 1), ("/s?page=2", 0)] {
        let key = CacheKey::new("a".into(), path, variant);
        let text = format!("{path}{variant}");
        cache.store(cache.ticket(), key.clone(), page(&text), &[]).unwrap();
        assert_eq!(cache.get(&key).unwrap().body(), text.as_bytes());
    }
    assert_eq!(cache.figures().pages, 3);
}

#[test]
fn the_budget_is_kept_and_pages_in_use_stay() {
    let cache = PageCache::with_budget(100_000);
    let body = "x".repeat(1000);
    cache.store(cache.ticket(), key("a", "/hot"), page(&body), &[]).unwrap();
    for n in 0..500 {
        cache.store(cache.ticket(), key("a", &format!("/{n}")), page(&body), &[]).unwrap();
        assert!(cache.figures().bytes <= 100_000);
        assert!(cache.get(&key("a", "/hot")).is_some(), "evicted after {n}");
    }
    assert!(cache.get(&key("a", "/0")).is_none() && cache.get(&key("a", "/499")).is_some());
    let huge = cache.store(cache.ticket(), key("a", "/huge"), page(&"y".repeat(9000)), &[]);
    assert_eq!(huge, Err(NotKept::TooLarge));
}

#[test]
fn storing_again_replaces_and_does_not_leak() {
    let cache = PageCache::with_budget(1 << 20);
    for _ in 0..5000 {
        keep(&cache, "a", "/1", &["doc:1"]);
    }
    let ledger = cache.ledger();
    assert_eq!(ledger.pages(), 1);
    drop(ledger);
    assert_eq!(cache.purge("a", ["doc:1"]), 1);
    assert_eq!(cache.figures().bytes, 0);
}

/// One step of a random history over two tenants, three tags and a few pages.
#[derive(Clone, Debug)]
enum Step {
    Begin { render: usize, tenant: usize, path: usize },
    ReadData { render: usize },
    Finish { render: usize },
    Change { tenant: usize, tag: usize },
    PurgeTag { tenant: usize, tag: usize },
    PurgeTenant { tenant: usize },
    PurgeAll,
    Look { tenant: usize, path: usize },
}

fn step() -> impl Strategy<Value = Step> {
    let (t, g, p, r) = (0..2usize, 0..3usize, 0..4usize, 0..4usize);
    prop_oneof![
        4 => (r.clone(), t.clone(), p.clone())
            .prop_map(|(render, tenant, path)| Step::Begin { render, tenant, path }),
        4 => r.clone().prop_map(|render| Step::ReadData { render }),
        4 => r.prop_map(|render| Step::Finish { render }),
        3 => (t.clone(), g.clone()).prop_map(|(tenant, tag)| Step::Change { tenant, tag }),
        3 => (t.clone(), g).prop_map(|(tenant, tag)| Step::PurgeTag { tenant, tag }),
        1 => t.clone().prop_map(|tenant| Step::PurgeTenant { tenant }),
        1 => Just(Step::PurgeAll),
        6 => (t, p).prop_map(|(tenant, path)| Step::Look { tenant, path }),
    ]
}

const TENANTS: [&str; 2] = ["a", "b"];
const TAGS: [&str; 3] = ["doc:1", "doc:2", "lists"];
/// Which tags the page at each path is made from.
const PATHS: [(&str, &[usize]); 4] = [("/1", &[0]), ("/2", &[1]), ("/", &[0, 1, 2]), ("/l", &[2])];

/// Ticket, tenant, path, and the data once it has been read.
type Render = (Ticket, usize, usize, Option<[u64; 3]>);

/// The data, and what the last purge of each tag has promised about it.
#[derive(Default)]
struct Model {
    data: [[u64; 3]; 2],
    promised: [[u64; 3]; 2],
    renders: HashMap<usize, Render>,
}

impl Model {
    fn take(&mut self, cache: &PageCache, step: &Step) {
        match *step {
            Step::Begin { render, tenant, path } => {
                self.renders.insert(render, (cache.ticket(), tenant, path, None));
            }
            Step::ReadData { render } => {
                if let Some((_, tenant, _, seen @ None)) = self.renders.get_mut(&render) {
                    *seen = Some(self.data[*tenant]);
                }
            }
            Step::Finish { render } => {
                if let Some((ticket, tenant, path, Some(seen))) = self.renders.remove(&render) {
                    let (path, of) = PATHS[path];
                    let names: Vec<String> = of.iter().map(|t| TAGS[*t].to_owned()).collect();
                    let text = seen.map(|n| n.to_string()).join(" ");
                    let _ = cache.store(ticket, key(TENANTS[tenant], path), page(&text), &names);
                }
            }
            Step::Change { tenant, tag } => self.data[tenant][tag] += 1,
            Step::PurgeTag { tenant, tag } => {
                cache.purge(TENANTS[tenant], [TAGS[tag]]);
                self.promised[tenant][tag] = self.data[tenant][tag];
            }
            Step::PurgeTenant { tenant } => {
                cache.purge_tenant(TENANTS[tenant]);
                self.promised[tenant] = self.data[tenant];
            }
            Step::PurgeAll => {
                cache.purge_all();
                self.promised = self.data;
            }
            Step::Look { tenant, path } => self.look(cache, tenant, path),
        }
    }

    fn look(&self, cache: &PageCache, tenant: usize, path: usize) {
        let Some(found) = cache.get(&key(TENANTS[tenant], PATHS[path].0)) else {
            return;
        };
        let text = String::from_utf8(found.body().to_vec()).unwrap();
        let seen: Vec<u64> = text.split(' ').map(|n| n.parse().unwrap()).collect();
        for tag in PATHS[path].1 {
            assert!(seen[*tag] >= self.promised[tenant][*tag], "page older than the purge of {}", TAGS[*tag]);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..Default::default() })]

    #[test]
    fn no_page_older_than_the_last_purge_that_covers_it_is_ever_served(
        steps in prop::collection::vec(step(), 1..200),
        tight in any::<bool>(),
    ) {
        let cache = PageCache::with_budget(if tight { 16 * 300 } else { 1 << 20 });
        let mut model = Model::default();
        for step in &steps {
            model.take(&cache, step);
        }
        for (tenant, path) in (0..2).flat_map(|t| (0..4).map(move |p| (t, p))) {
            model.look(&cache, tenant, path);
        }
        cache.purge_all();
        let left = cache.figures();
        prop_assert_eq!((left.pages, left.bytes), (0, 0));
        prop_assert!(cache.ledger().tenants_are_empty());
    }
}

#[test]
fn threads_that_change_render_and_read_never_see_a_purged_page() {
    let cache = PageCache::with_budget(1 << 20);
    let (data, promised) = (AtomicU64::new(0), AtomicU64::new(0));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for n in 1..=3000 {
                data.store(n, Ordering::SeqCst);
                cache.purge("a", ["doc:1"]);
                promised.store(n, Ordering::SeqCst);
            }
        });
        for _ in 0..3 {
            scope.spawn(|| {
                for _ in 0..3000 {
                    let ticket = cache.ticket();
                    let text = data.load(Ordering::SeqCst).to_string();
                    let _ = cache.store(ticket, key("a", "/1"), page(&text), &tags(&["doc:1"]));
                    let due = promised.load(Ordering::SeqCst);
                    if let Some(found) = cache.get(&key("a", "/1")) {
                        let seen: u64 = std::str::from_utf8(found.body()).unwrap().parse().unwrap();
                        assert!(seen >= due, "saw {seen} after the purge of {due}");
                    }
                }
            });
        }
    });
}
