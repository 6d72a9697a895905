//! What is not public cannot be reached: random histories of documents on two sites, and after every few steps a walk
//! along every address there is, on both hosts, in both reading modes, from memory and made anew. Each edition carries a
//! word of its own in every field, each file one in its name and its content; which of them may be seen says the model.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

use kit_web::test_browser::{Browser, Reply};
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};

use super::model::{Document, State, Step, steps};
use crate::{
    document::Content,
    portal::visit::SENIOR_COOKIE,
    test_app::{Record, TestApp},
};

/// Steps between two walks.
const STRIDE: usize = 5;

#[test]
fn what_is_not_public_cannot_be_reached() {
    let on_server = std::env::var_os("GONGKAI_TEST_DATABASE").is_some();
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    let cases = asked.unwrap_or(if on_server { 4 } else { 8 });
    let config = Config { cases, max_shrink_iters: 40, failure_persistence: None, ..Config::default() };
    // The same histories in every run; who asks for a number of cases gets fresh ones.
    let mut runner = match asked {
        Some(_) => TestRunner::new(config),
        None => TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha)),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let happened = RefCell::new(BTreeMap::new());
    let outcome = runner.run(&steps(26), |steps| {
        for (what, times) in runtime.block_on(live_through(&steps)) {
            *happened.borrow_mut().entry(what).or_insert(0) += times;
        }
        Ok::<(), TestCaseError>(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
    // Histories in which nothing happens would show nothing.
    let kinds = [
        "published",
        "scheduled",
        "went live",
        "unscheduled",
        "corrected",
        "de-identified",
        "withdrawn",
        "repealed",
        "came back",
    ];
    let missing: Vec<_> = kinds.iter().filter(|kind| !happened.borrow().contains_key(*kind)).collect();
    assert!(on_server || missing.is_empty(), "never happened: {missing:?}");
}

async fn live_through(steps: &[Step]) -> BTreeMap<&'static str, usize> {
    let mut world = World::start().await;
    for (index, step) in steps.iter().enumerate() {
        world.take(step).await;
        if index % STRIDE == STRIDE - 1 {
            world.settle().await;
            world.walk().await;
        }
    }
    world.settle().await;
    world.walk().await;
    world.sites[0].app.pages.cache.purge_all();
    world.walk().await;
    world.walk().await;
    world.happened
}

struct File {
    document: usize,
    sha256: String,
}

struct World {
    sites: [TestApp; 2],
    documents: Vec<Document>,
    records: Vec<Record>,
    files: Vec<File>,
    /// How often each kind of step did something.
    happened: BTreeMap<&'static str, usize>,
}

/// The word that stands in every field of an edition and nowhere else.
fn word(document: usize, edition: usize) -> String {
    format!("QM{document}V{edition}Z")
}

fn file_word(file: usize) -> String {
    format!("QF{file}Z")
}

fn fill(content: &mut Content, word: &str) {
    content.title = format!("演示数据{word}标题");
    content.body_html = format!("<p>演示数据{word}正文</p>");
    content.body_text = format!("演示数据{word}正文");
    content.summary = format!("演示数据{word}概述");
    content.keywords = vec![format!("{word}关键词")];
    content.document_number = Some(format!("{word}〔2026〕1号"));
    content.subject_category = Some(format!("{word}分类"));
    content.genre = Some(format!("{word}体裁"));
    content.source = Some(format!("{word}来源"));
}

impl World {
    async fn start() -> World {
        let first = TestApp::start().await;
        let second = first.site("forest").await;
        World {
            sites: [first, second],
            documents: Vec::new(),
            records: Vec::new(),
            files: Vec::new(),
            happened: BTreeMap::new(),
        }
    }

    fn happened(&mut self, what: &'static str) {
        *self.happened.entry(what).or_default() += 1;
    }

    /// A document that fits a step, where there is one; a quarter of the steps take any and must be refused rightly.
    fn pick(&self, index: usize, fits: impl Fn(&Document) -> bool) -> usize {
        let fitting: Vec<usize> = (0..self.documents.len()).filter(|at| fits(&self.documents[*at])).collect();
        if fitting.is_empty() || index >= 6 {
            index % self.documents.len()
        } else {
            fitting[index % fitting.len()]
        }
    }

    async fn take(&mut self, step: &Step) {
        match *step {
            Step::Make { site, proactive, with_file } => self.make(site, proactive, with_file).await,
            Step::Publish(index) => self.publish(self.pick(index, Document::may_publish)).await,
            Step::Schedule { document, minutes } => {
                self.schedule(self.pick(document, Document::may_schedule), minutes).await;
            }
            Step::Unschedule(index) => self.unschedule(self.pick(index, Document::is_scheduled)).await,
            Step::Correct { document, de_identify, proactive } => {
                let document = self.pick(document, |document| document.may_correct(true));
                self.correct(document, de_identify, proactive).await;
            }
            Step::NextDraft { document, with_file } => {
                self.next_draft(self.pick(document, |document| !document.has_open()), with_file).await;
            }
            Step::Withdraw(index) => self.withdraw(self.pick(index, |document| document.live)).await,
            Step::Repeal { by, document } => {
                let document = self.pick(document, |document| document.live);
                let site = self.documents[document].site;
                let other = |other: usize| other != document && self.documents[other].site == site;
                let by =
                    (by..by + self.documents.len()).map(|by| by % self.documents.len()).find(|by| other(*by));
                self.repeal(by.unwrap_or(document), document).await;
            }
            Step::Advance(minutes) => self.sites[0].advance_minutes(minutes),
        }
    }

    async fn make(&mut self, site: usize, proactive: bool, with_file: bool) {
        let index = self.documents.len();
        let class = if proactive { "proactive" } else { "withheld" };
        let draft = self.sites[site].document("").with(|content| {
            fill(content, &word(index, 1));
            content.disclosure_class = class.to_owned();
        });
        self.records.push(draft.draft().await);
        self.documents.push(Document::new(site, proactive, Vec::new()));
        if with_file {
            self.attach(index).await;
        }
    }

    async fn attach(&mut self, index: usize) {
        let (number, word) = (self.files.len(), file_word(self.files.len()));
        let sha256 = self.records[index]
            .attach(&format!("{word}.txt"), format!("{word}内容").as_bytes())
            .await
            .unwrap();
        self.files.push(File { document: index, sha256 });
        self.documents[index].editions.last_mut().unwrap().files.push(number);
    }

    async fn publish(&mut self, index: usize) {
        let published = self.records[index].try_publish().await;
        assert_eq!(published.is_ok(), self.documents[index].may_publish(), "publish {index}");
        if let Ok(record) = published {
            self.documents[index].publish(record.number, false);
            self.records[index] = record;
            self.happened("published");
        }
    }

    async fn schedule(&mut self, index: usize, minutes: i64) {
        let at = self.sites[0].now() + minutes * 60_000;
        let scheduled = self.records[index].schedule(&crate::cx::minute_of(at)).await;
        assert_eq!(scheduled.is_ok(), self.documents[index].may_schedule(), "schedule {index}");
        if scheduled.is_ok() {
            self.documents[index].set(State::Scheduled(at));
            self.happened("scheduled");
        }
    }

    async fn unschedule(&mut self, index: usize) {
        let taken_back = self.records[index].unschedule().await;
        let was_scheduled = self.documents[index].is_scheduled();
        assert_eq!(taken_back.is_ok(), was_scheduled, "unschedule {index}");
        if taken_back.is_ok() {
            self.documents[index].set(State::Draft);
            self.happened("unscheduled");
        }
    }

    async fn correct(&mut self, index: usize, de_identify: bool, proactive: bool) {
        let code = if de_identify { "de_identification" } else { "wording" };
        let class = if proactive { "proactive" } else { "on_request" };
        let next = word(index, self.documents[index].editions.len() + 1);
        let corrected = self.records[index].try_correct(code, "改动说明", |content| {
            fill(content, &next);
            content.disclosure_class = class.to_owned();
        });
        let corrected = corrected.await;
        assert_eq!(corrected.is_ok(), self.documents[index].may_correct(proactive), "correct {index}");
        if let Ok(record) = corrected {
            let was_live = self.documents[index].live;
            self.happened(if was_live { "corrected" } else { "came back" });
            if de_identify && was_live {
                self.happened("de-identified");
            }
            self.documents[index].add(true, None);
            self.documents[index].publish(record.number, de_identify);
            self.records[index] = record;
        }
    }

    async fn next_draft(&mut self, index: usize, with_file: bool) {
        if self.documents[index].has_open() {
            return;
        }
        let next = word(index, self.documents[index].editions.len() + 1);
        self.records[index] =
            self.records[index].next_draft("改动说明", |content| fill(content, &next)).await;
        self.documents[index].add(true, None);
        if with_file {
            self.attach(index).await;
        }
    }

    async fn withdraw(&mut self, index: usize) {
        let withdrawn = self.records[index].withdraw("other", "").await;
        assert_eq!(withdrawn.is_ok(), self.documents[index].live, "withdraw {index}");
        if withdrawn.is_ok() {
            self.documents[index].withdraw();
            self.happened("withdrawn");
        }
    }

    async fn repeal(&mut self, by: usize, index: usize) {
        let (one, other) = (&self.documents[by], &self.documents[index]);
        let allowed = by != index && one.site == other.site && other.live;
        let repealed = self.records[by].repeal(&self.records[index], "2026-03-20").await;
        assert_eq!(repealed.is_ok(), allowed, "{by} repeals {index}");
        if allowed {
            self.happened("repealed");
        }
    }

    /// Time does its work, in the model and in the product.
    async fn settle(&mut self) {
        let now = self.sites[0].now();
        self.sites[0].settle().await;
        for (document, record) in self.documents.iter_mut().zip(&mut self.records) {
            if matches!(document.newest().state, State::Scheduled(at) if at <= now) {
                record.number =
                    record.row().await.public_number.expect("the hour has come and it is not public");
                document.publish(record.number, false);
                *self.happened.entry("went live").or_default() += 1;
            }
        }
    }

    async fn walk(&self) {
        for site in 0..2 {
            let secret = self.secret_words(site);
            for senior in ["0", "1"] {
                let mut reader = self.sites[site].browser();
                reader.set_cookie(SENIOR_COOKIE, senior);
                for address in self.addresses(site) {
                    assert_silent(&reader.get(&address).await, &secret);
                }
                self.walk_catalogue(&mut reader, &secret).await;
                self.walk_files(&mut reader, site).await;
                self.walk_public(&mut reader, site).await;
            }
            self.walk_search(site, &secret).await;
        }
    }

    /// Every word that may not be seen on a site.
    fn secret_words(&self, site: usize) -> BTreeSet<String> {
        let mut secret = BTreeSet::new();
        for (index, document) in self.documents.iter().enumerate() {
            secret.extend((1..=document.editions.len()).map(|edition| word(index, edition)));
        }
        secret.extend((0..self.files.len()).map(file_word));
        for (index, document) in
            self.documents.iter().enumerate().filter(|(_, document)| document.site == site)
        {
            for (number, edition) in document.public() {
                secret.remove(&word(index, number));
                for file in &edition.files {
                    secret.remove(&file_word(*file));
                }
            }
        }
        secret
    }

    fn highest(&self) -> i64 {
        self.documents.iter().filter_map(|document| document.number).max().unwrap_or(0) + 2
    }

    fn addresses(&self, site: usize) -> Vec<String> {
        let fixed = [
            "/",
            "/catalogue",
            "/catalogue?sort=oldest",
            "/feeds/latest.atom",
            "/sitemap.xml",
            "/site-map",
            "/robots.txt",
            "/columns/policy",
            "/columns/policy/feed.atom",
            "/key-areas",
            "/statutory-items",
            "/disclosure-guide",
            "/institutions",
            "/institutions/government",
            "/annual-reports",
            "/apply",
            "/service-items",
            "/search?q=%E6%BC%94%E7%A4%BA%E6%95%B0%E6%8D%AE",
        ];
        let mut addresses: Vec<String> = fixed.map(str::to_owned).to_vec();
        let areas = self.sites[site].app.reference.key_areas.iter();
        addresses.extend(areas.map(|area| format!("/key-areas/{}", area.code)));
        let below = [
            "",
            "/print",
            "/versions",
            "/versions/1",
            "/versions/2",
            "/versions/3",
            "/qr.svg",
            "/versions/compare?from=1&to=2",
            "/versions/compare?from=3&to=1",
        ];
        for number in 1..=self.highest() {
            addresses.extend(below.iter().map(|path| format!("/documents/{number}{path}")));
        }
        addresses
    }

    /// Every filter that the catalogue offers, one step deep.
    async fn walk_catalogue(&self, reader: &mut Browser, secret: &BTreeSet<String>) {
        let links = reader.get("/catalogue").await.select("a[href^='/catalogue?']");
        let addresses: BTreeSet<String> =
            links.iter().filter_map(|link| link.attribute("href").map(str::to_owned)).collect();
        for address in addresses {
            assert_silent(&reader.get(&address).await, secret);
        }
    }

    /// Every file under every number: there exactly where a public edition of that document carries it.
    async fn walk_files(&self, reader: &mut Browser, site: usize) {
        for (index, file) in self.files.iter().enumerate() {
            for number in 1..=self.highest() {
                let address = format!("/documents/{number}/files/{}/x.txt", &file.sha256[..16]);
                let document = &self.documents[file.document];
                let carried = document.public().iter().any(|(_, edition)| edition.files.contains(&index));
                let public = document.site == site && document.number == Some(number) && carried;
                let reply = reader.get(&address).await;
                assert_eq!(reply.status(), if public { 200 } else { 404 }, "{address} on site {site}");
                assert_eq!(reply.html().contains(&file_word(index)), public, "{address} on site {site}");
            }
        }
    }

    /// What is public is there, and what was withdrawn says so.
    async fn walk_public(&self, reader: &mut Browser, site: usize) {
        for (index, document) in
            self.documents.iter().enumerate().filter(|(_, document)| document.site == site)
        {
            let Some(number) = document.number else { continue };
            let page = reader.get(&format!("/documents/{number}")).await;
            assert_eq!(
                page.status(),
                if document.live { 200 } else { 410 },
                "/documents/{number} on site {site}"
            );
            for (edition, _) in document.public() {
                let wanted = word(index, edition);
                let old = reader.get(&format!("/documents/{number}/versions/{edition}")).await;
                assert!(old.html().contains(&wanted), "{wanted} is missing on {}", old.address());
                let current = document.editions[edition - 1].state == State::Live;
                assert_eq!(page.html().contains(&wanted), current, "{wanted} on /documents/{number}");
                for list in ["/columns/policy", "/catalogue", "/feeds/latest.atom"] {
                    assert_eq!(
                        reader.get(list).await.html().contains(&wanted),
                        current,
                        "{wanted} on {list}"
                    );
                }
            }
        }
    }

    /// Searches for every word; it is asked for in small letters, so that the page repeating the question shows nothing.
    async fn walk_search(&self, site: usize, secret: &BTreeSet<String>) {
        let mut reader = self.sites[site].browser();
        for (index, document) in self.documents.iter().enumerate() {
            for (edition, kept) in (1..).zip(&document.editions) {
                let wanted = word(index, edition);
                let page = reader.get(&format!("/search?q={}", wanted.to_lowercase())).await;
                assert_silent(&page, secret);
                let found = page.html().contains(&wanted);
                let public = document.site == site && document.live && kept.state == State::Live;
                assert_eq!(found, public, "searching {wanted} on site {site}");
            }
        }
    }
}

fn assert_silent(page: &Reply, secret: &BTreeSet<String>) {
    assert!(page.status() < 500, "{} is broken", page.address());
    let text = page.html();
    if !text.contains("QM") && !text.contains("QF") {
        return;
    }
    for word in secret {
        assert!(!text.contains(word.as_str()), "{word} is seen on {}:\n{text}", page.address());
    }
}
