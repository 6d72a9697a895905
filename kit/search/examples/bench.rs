//! Measures the index on this machine: `bench [documents] [text file]`. Without a text file the sentences
//! are made from a small word list, which is kinder than real text.
#![allow(clippy::unwrap_used, reason = "a measurement stops at the first surprise")]

use std::path::Path;
use std::time::{Duration, Instant};

use kit_search::{Change, Entry, Index, Query, Setup, Sort, excerpt};

/// As in a server: figures of memory mean little with another allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const WORDS: &str = "教育 建设 发展 工作 管理 环境 保护 农业 生产 安全 社会 保障 医疗 卫生 文化 交通 道路 森林 防火 \
    住房 财政 预算 决算 开放 报告 通知 办法 意见 方案 实施 加强 推进 落实 监督 检查 项目 资金 企业 就业 培训 服务 \
    居民 街道 水利 气象 统计 规划 土地 资源 质量 食品 药品 应急 救助 老人 儿童 学校 医院 旅游 能源 电力 供水 供热";

struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }
}

fn main() {
    let mut args = std::env::args().skip(1);
    let n: usize = args.next().map_or(20_000, |n| n.parse().unwrap());
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let sentences = sentences(args.next(), &mut dice);
    let dir = std::env::temp_dir().join(format!("kit-search-bench-{}", std::process::id()));
    let facets = vec!["source".to_owned(), "subject".to_owned()];
    println!("RSS at start {} MB", rss());
    let index = Index::open(&dir, &Setup { words: vec![], facets }).unwrap();
    println!("RSS index open {} MB", rss());
    let warm = Instant::now();
    index.words_of("字典", 1);
    println!("RSS dictionary loaded {} MB, in {:?}", rss(), warm.elapsed());

    let texts = feed(&index, &dir, &sentences, &mut dice, n);
    queries(&index, &sentences, &mut dice, n);
    let marks = vec!["工作".to_owned(), "管理".to_owned(), "建设".to_owned()];
    measure("ten excerpts", 500, |i| {
        (0..10).map(|k| excerpt(&texts[(i + k) % texts.len()], &marks, 120, 2).len()).sum()
    });
    let start = Instant::now();
    println!("all {} keys in {:?}", index.keys("bench").unwrap().len(), start.elapsed());
    late(&index, &sentences, &mut dice, n);
    println!("RSS after all {} MB (peak {} MB)", rss(), peak());
    index.rest().unwrap();
    println!("RSS at rest {} MB, of it not shared with files {} MB", rss(), own());
    std::fs::remove_dir_all(&dir).unwrap();
}

/// Puts `n` entries in batches of a thousand; gives back some of their texts.
fn feed(index: &Index, dir: &Path, sentences: &[String], dice: &mut Dice, n: usize) -> Vec<String> {
    let start = Instant::now();
    let mut texts = Vec::new();
    for first in (0..n).step_by(1000) {
        let batch = (first..n.min(first + 1000)).map(|i| Change::Put(entry(i, sentences, dice)));
        let batch: Vec<_> = batch.collect();
        if let Change::Put(entry) = &batch[0] {
            texts.push(entry.text.clone());
        }
        index.apply("bench", batch, first as u64 + 1).unwrap();
    }
    let fed = start.elapsed();
    println!("RSS while writing {} MB (peak {} MB)", rss(), peak());
    index.rest().unwrap();
    let rate = n as f64 / fed.as_secs_f64();
    println!("{n} entries in {fed:?}: {rate:.0}/s; merged after {:?}", start.elapsed());
    println!("processor time {:.1} s: {:.0}/s of one core", cpu(), n as f64 / cpu());
    println!("RSS at rest {} MB; index {} MB", rss(), size(dir) / 1_000_000);

    texts
}

fn queries(index: &Index, sentences: &[String], dice: &mut Dice, n: usize) {
    measure("2-4 words, count, 2 facets", 1000, |_| {
        let hits = index.search(&words_query(index, sentences, dice)).unwrap();
        hits.total
    });
    measure("same, newest first", 1000, |_| {
        let mut query = words_query(index, sentences, dice);
        query.sort = Sort::Newest;
        index.search(&query).unwrap().total
    });
    measure("one common word, facets", 200, |i| {
        index.search(&faceted(["工作", "管理", "发展", "实施"][i % 4])).unwrap().total
    });
    measure("one character, facets", 200, |i| {
        index.search(&faceted(["路", "水", "人", "法"][i % 4])).unwrap().total
    });
    measure("everything, facets", 100, |_| index.search(&faceted("")).unwrap().total);
    measure("filtered by one facet, both counted", 200, |i| {
        let mut query = faceted("工作 管理");
        query.facets = vec![("source".to_owned(), vec![format!("s{}", i % 40)])];
        index.search(&query).unwrap().total
    });
    measure("identifier", 500, |i| {
        index.search(&faceted(&format!("甲字[{}]{}号", 2010 + i % 10, i * 37 % n))).unwrap().total
    });
    measure("beginning of an identifier", 100, |i| {
        index.search(&faceted(&format!("甲字〔{}〕", 2010 + i % 10))).unwrap().total
    });
    let sentence = |i: usize| -> String { sentences[i % sentences.len()].chars().take(12).collect() };
    measure("quoted phrase of 12 characters", 500, |i| {
        index.search(&faceted(&format!("“{}”", sentence(i)))).unwrap().total
    });
}

/// How long one change takes until a search shows it.
fn late(index: &Index, sentences: &[String], dice: &mut Dice, n: usize) {
    let mut late = Vec::new();
    for i in 0..50 {
        let started = Instant::now();
        let put = vec![Change::Put(entry(n + i, sentences, dice))];
        index.apply("bench", put, (n + i) as u64).unwrap();
        index.search(&Query::new("bench", "甲字")).unwrap();
        late.push(started.elapsed());
    }
    report("one entry put and visible", late, 1);
}

fn sentences(file: Option<String>, dice: &mut Dice) -> Vec<String> {
    if let Some(file) = file {
        let text = std::fs::read_to_string(file).unwrap();
        return text
            .split(['。', '\n'])
            .map(|s| s.chars().filter(|c| !c.is_whitespace()).collect::<String>())
            .filter(|s| (10..200).contains(&s.chars().count()))
            .collect();
    }
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let sentence = |dice: &mut Dice| (0..12).map(|_| words[dice.below(words.len())]).collect();
    (0..5000).map(|_| sentence(dice)).collect()
}

fn entry(i: usize, sentences: &[String], dice: &mut Dice) -> Entry {
    let mut text = String::new();
    while text.chars().count() < 500 {
        text.push_str(&sentences[dice.below(sentences.len())]);
        text.push('。');
    }
    Entry {
        key: format!("01890a5d-ac96-774b-bcce-{i:012}"),
        title: sentences[dice.below(sentences.len())].chars().take(30).collect(),
        text,
        exact: vec![format!("甲字〔{}〕{i}号", 2010 + i % 10)],
        facets: vec![
            ("source".to_owned(), format!("s{}", dice.below(40))),
            ("subject".to_owned(), format!("t{}", dice.below(120))),
        ],
        day: 15_000 + dice.below(4000) as i64,
        boost: None,
    }
}

fn faceted(text: &str) -> Query {
    let count_facets = vec!["source".to_owned(), "subject".to_owned()];
    Query { count_facets, limit: 10, ..Query::new("bench", text) }
}

fn words_query(index: &Index, sentences: &[String], dice: &mut Dice) -> Query {
    let words = index.words_of(&sentences[dice.below(sentences.len())], 20);
    let n = 2 + dice.below(3);
    let text: Vec<String> =
        (0..n).filter_map(|_| words.get(dice.below(words.len().max(1))).cloned()).collect();
    faceted(&text.join(" "))
}

fn measure(name: &str, n: usize, mut run: impl FnMut(usize) -> usize) {
    for i in 0..n.min(20) {
        run(i);
    }
    let mut hits = 0;
    let mut times = Vec::with_capacity(n);
    for i in 0..n {
        let start = Instant::now();
        hits += run(i);
        times.push(start.elapsed());
    }
    report(name, times, hits / n);
}

fn report(name: &str, mut times: Vec<Duration>, hits: usize) {
    times.sort_unstable();
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)];
    println!("{name}: p50 {:?}, p99 {:?}, mean hits {hits}", at(50), at(99));
}

fn status(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap_or_default();
    let number = line.split_whitespace().nth(1).unwrap_or("0");
    number.parse::<u64>().unwrap_or(0) / 1024
}

/// Processor seconds of this process so far: unlike the clock, not disturbed by its neighbours.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.split_whitespace().collect();
    [13, 14].iter().filter_map(|i| fields.get(*i)?.parse::<f64>().ok()).sum::<f64>() / 100.0
}

fn rss() -> u64 {
    status("VmRSS:")
}

fn peak() -> u64 {
    status("VmHWM:")
}

fn own() -> u64 {
    status("RssAnon:")
}

fn size(dir: &Path) -> u64 {
    let files = std::fs::read_dir(dir).unwrap();
    files.map(|file| file.unwrap().metadata().unwrap().len()).sum()
}
