//! Stories of importing and exporting, on made-up records and on the shared real ones where they are present.

use std::{
    io::Write,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use kit_db::testing::Throwaway;
use serde_json::{Value, json};

use super::{
    documents, page,
    pages::{self, Reader},
    pipeline::{self, Options, Outcome, ReadLine},
    reading::text_to_html,
};
use crate::{
    app::{App, Clock, migrations},
    audit::{self, Verdict},
    column::{self, NewColumn},
    config::Config,
    cx::{Ids, instant_of},
    demo,
    export::{
        bring_back,
        records::{Exporter, FilesTo},
    },
    id::SiteId,
    reference::Reference,
    search,
    site::{self, Profile, Site},
};

/// A product over a throw-away database, with two empty sites of the standard columns.
struct Bench {
    app: Arc<App>,
    site: Site,
    other: Site,
    clock: Arc<AtomicI64>,
    folder: tempfile::TempDir,
    _database: Throwaway,
}

impl Bench {
    async fn new() -> Bench {
        let database = Throwaway::create(&migrations()).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(AtomicI64::new(instant_of("2026-03-20 09:00").unwrap()));
        let config = Config { data: folder.path().to_owned(), ..Config::default() };
        let ids = Ids::from_seed(7);
        let app = App::build(config, database.db.clone(), Clock::Fixed(clock.clone()), ids).await.unwrap();
        let site = add_site(&app, "a").await;
        let other = add_site(&app, "b").await;
        Bench { app, site, other, clock, folder, _database: database }
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::File::create(&path).unwrap().write_all(bytes).unwrap();
        path
    }

    async fn import(&self, path: &Path, read_line: ReadLine, publish: bool) -> Outcome {
        self.clock.fetch_add(60_000, Ordering::SeqCst);
        let options = Options { publish, column: None, actor: None };
        pipeline::run(&self.app, &self.site, (path, read_line), &options, |_, _| true).await.unwrap()
    }

    async fn pages(&self, lines: &[Value], publish: bool) -> Outcome {
        let text: Vec<String> = lines.iter().map(Value::to_string).collect();
        self.import(&self.file("pages.jsonl", text.join("\n").as_bytes()), pages::read_line, publish).await
    }

    async fn export(&self, site: &Site) -> String {
        self.export_to(site, FilesTo::Lines).await
    }

    async fn export_to(&self, site: &Site, to: FilesTo) -> String {
        let (site_id, files) = (site.id.clone(), self.app.files.clone());
        let write = move |tx: &mut kit_db::Tx<'_>| {
            let mut out = Vec::new();
            Exporter::new(tx, &site_id, files, to)?.write_all(tx, &mut out, &|_| ())?;
            Ok::<_, crate::error::Error>(String::from_utf8(out).unwrap())
        };
        self.app.db.read(write).await.unwrap()
    }

    async fn bring(&self, site: &Site, lines: &str, files: Option<&Path>) -> Outcome {
        let path = self.file("records.jsonl", lines.as_bytes());
        bring_back::run(&self.app, site, bring_back::Places { file: &path, files }, |_, _| true)
            .await
            .unwrap()
    }

    async fn audit_is_intact(&self, site: &Site) {
        let site_id = site.id.clone();
        let verdict = self.app.db.read(move |tx| audit::actions::verify(tx, &site_id)).await.unwrap();
        assert!(matches!(verdict, Verdict::Intact { .. }), "{verdict:?}");
    }

    async fn exported(&self) -> Vec<Value> {
        let mut all: Vec<Value> =
            self.export(&self.site).await.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        all.sort_by_key(|record| record["source_url"].to_string());
        all
    }
}

async fn add_site(app: &Arc<App>, code: &str) -> Site {
    let mut cx = app.cx(&SiteId(String::new()), "init");
    cx.site_id = SiteId(cx.new_id());
    let profile: Profile = serde_json::from_value(json!({
        "code": code, "name": "演示站点", "short_name": "演示", "tagline": "", "domain": format!("{code}.example"),
        "hosts": [], "identification_code": "0000000000", "region_code": "000000", "organ_code": "000000000",
        "index_number_pattern": "{org}/{year}-{serial:5}", "theme": "indigo", "demonstration": true,
        "mourning": false, "contact": site::Contact::default(), "footer": site::Footer::default(),
    }))
    .unwrap();
    let work = move |tx: &mut kit_db::Tx<'_>, cx: &crate::cx::Cx| {
        site::actions::create(tx, cx, &profile)?;
        for (sort, standard) in (1..).zip(cx.reference.standard_columns.iter()) {
            column::actions::create(tx, cx, &new_column(standard, sort))?;
        }
        Ok(())
    };
    app.act(cx, work).await.unwrap();
    app.site(code).await.unwrap()
}

fn new_column(standard: &crate::reference::StandardColumn, sort: i64) -> NewColumn {
    NewColumn {
        code: standard.code.clone(),
        name: standard.name.clone(),
        parent: standard.parent.clone(),
        column_type: standard.column_type.clone(),
        owner: None,
        update_interval_days: None,
        description: String::new(),
        keywords: Vec::new(),
        key_area: None,
        statutory_items: Vec::new(),
        content_types: standard.content_types.clone(),
        sort,
    }
}

/// A made-up page (演示数据) with a whole head.
fn page_line(n: usize, number: usize) -> Value {
    json!({
        "url": format!("https://www.example.gov.cn/{n}.html"),
        "title": format!("演示县人民政府关于演示事项{n}的通知"),
        "excerpt": format!(
            "索引号：11230000/2018-{n:05}\n发布机构：演示县人民政府\n文号：演政发〔2018〕{number}号\n\
             成文日期：2018-03-01\n发布日期：2018-03-02\n演示县人民政府关于演示事项{n}的通知\n\
             各乡镇人民政府：\n现将演示事项{n}通知如下，请遵照执行。（演示数据）"
        ),
    })
}

fn real(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("GONGKAI_REAL_INPUTS").map(PathBuf::from);
    let beside = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data"));
    let path = folder.unwrap_or(beside).join(name);
    if path.exists() {
        return Some(path);
    }
    println!("skipped: real inputs not present");
    None
}

#[tokio::test]
async fn a_sure_page_goes_live_with_its_numbers_and_a_second_import_changes_nothing() {
    let bench = Bench::new().await;
    let lines = [page_line(1, 1), page_line(2, 2)];
    let first = bench.pages(&lines, true).await.summary;
    assert_eq!((first.read, first.imported, first.published, first.needs_review), (2, 2, 2, 0), "{first:?}");
    let before = bench.export(&bench.site).await;
    assert!(before.contains("11230000/2018-00001"), "{before}");
    let second = bench.pages(&lines, true).await.summary;
    assert_eq!((second.unchanged, second.imported, second.published), (2, 0, 0));
    assert_eq!(bench.export(&bench.site).await, before);
}

#[tokio::test]
async fn pages_imported_as_drafts_go_live_when_the_import_is_run_again_with_publish() {
    let bench = Bench::new().await;
    let lines = [page_line(1, 1)];
    assert_eq!(bench.pages(&lines, false).await.summary.published, 0);
    let again = bench.pages(&lines, true).await.summary;
    assert_eq!((again.unchanged, again.published), (1, 1));
    assert_eq!(bench.exported().await[0]["state"], "live");
}

#[tokio::test]
async fn a_number_that_another_record_has_puts_the_second_on_the_review_list() {
    let bench = Bench::new().await;
    let summary = bench.pages(&[page_line(1, 7), page_line(2, 7)], true).await.summary;
    assert_eq!((summary.published, summary.needs_review), (1, 1));
    assert_eq!(summary.reasons["repeated_document_number"], 1);
    let all = bench.exported().await;
    assert_eq!((&all[0]["state"], &all[1]["state"]), (&json!("live"), &json!("draft")));
}

#[tokio::test]
async fn changed_content_becomes_a_draft_beside_the_live_edition() {
    let bench = Bench::new().await;
    bench.pages(&[page_line(1, 1)], true).await;
    let mut changed = page_line(1, 1);
    changed["excerpt"] = json!(changed["excerpt"].as_str().unwrap().replace("请遵照执行", "请认真执行"));
    let summary = bench.pages(&[changed], true).await.summary;
    assert_eq!((summary.imported, summary.needs_review, summary.published), (1, 1, 0));
    let record = &bench.exported().await[0];
    assert_eq!(record["state"], "live");
    assert!(record["body"].as_str().unwrap().contains("请遵照执行"));
    let draft = &record["restore"]["editions"][0];
    assert_eq!(draft["times"]["state"], "draft");
    assert!(draft["content"]["body_text"].as_str().unwrap().contains("请认真执行"));
    assert_eq!(record["review_reasons"][0]["code"], "source_changed");
}

#[tokio::test]
async fn broken_lines_are_named_and_the_rest_goes_on() {
    let bench = Bench::new().await;
    let good = page_line(1, 1).to_string();
    let text = format!(
        "{good}\n{{\"url\": \"https\n[1]\n{{\"url\": 5}}\n{{\"title\": \"无\"}}\n{}\n",
        page_line(2, 2)
    );
    let outcome = bench.import(&bench.file("p.jsonl", text.as_bytes()), pages::read_line, true).await;
    let summary = outcome.summary;
    assert_eq!((summary.read, summary.imported, summary.failed), (6, 2, 4), "{summary:?}");
    assert!(!outcome.broken);
    let places: Vec<&str> = summary.failures.iter().map(|failure| failure.place.as_str()).collect();
    assert_eq!(places, ["p.jsonl 第 2 行", "p.jsonl 第 3 行", "p.jsonl 第 4 行", "p.jsonl 第 5 行"]);
    assert!(summary.failures[2].sentence.contains("字段 url"));
}

#[tokio::test]
async fn a_gb18030_file_is_read_as_what_it_is() {
    let bench = Bench::new().await;
    let text = format!("{}\n{}\n", page_line(1, 1), page_line(2, 2));
    // The characters of the made-up page in GB2312, by hand: 演示 and the like are all in it.
    let bytes = kit_text_gb(&text);
    let summary = bench.import(&bench.file("gb.jsonl", &bytes), pages::read_line, true).await.summary;
    assert_eq!((summary.imported, summary.published), (2, 2), "{summary:?}");
    assert_eq!(bench.exported().await[0]["document_number"], "演政发〔2018〕1号");
}

/// GB18030 four-byte and two-byte forms through the system's converter.
fn kit_text_gb(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}

#[tokio::test]
async fn a_truncated_archive_keeps_what_came_before_the_break_and_says_so() {
    let bench = Bench::new().await;
    let text: String = (1..=300).map(|n| format!("{}\n", page_line(n, n))).collect();
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(text.as_bytes()).unwrap();
    let packed = packer.finish().unwrap();
    let path = bench.file("p.jsonl.gz", &packed[..packed.len() / 2]);
    let outcome = bench.import(&path, pages::read_line, true).await;
    assert!(outcome.broken);
    assert_eq!(outcome.summary.reasons["broken_file"], 1);
    assert!(outcome.summary.imported > 50, "{:?}", outcome.summary);
    let whole = bench.import(&bench.file("p.jsonl.gz", &packed), pages::read_line, true).await;
    assert_eq!(whole.summary.imported + whole.summary.unchanged, 300);
    assert_eq!(whole.summary.unchanged, outcome.summary.imported);
    bench.audit_is_intact(&bench.site).await;
}

#[tokio::test]
async fn articles_of_laws_are_refused_with_one_clear_sentence() {
    let bench = Bench::new().await;
    let line = json!({"doc": "law-1", "title": "演示条例", "no": "第一条", "text": "演示数据。"});
    let path = bench.file("a.jsonl", format!("{line}\n{line}\n").as_bytes());
    let outcome = bench.import(&path, documents::read_line, true).await;
    assert!(outcome.broken);
    assert_eq!(outcome.summary.imported, 0);
    assert!(outcome.summary.failures[0].sentence.contains("不是完整的文件"));
}

#[tokio::test]
async fn an_export_brought_into_an_empty_site_exports_the_same_again() {
    let bench = Bench::new().await;
    bench.pages(&[page_line(1, 7), page_line(2, 7), page_line(3, 3)], true).await;
    let exported = bench.export(&bench.site).await;
    let summary = bench.bring(&bench.other, &exported, None).await.summary;
    assert_eq!((summary.imported, summary.failed), (3, 0), "{summary:?}");
    assert_eq!(bench.export(&bench.other).await, exported);
    let again = bench.bring(&bench.other, &exported, None).await.summary;
    assert_eq!((again.unchanged, again.imported, again.failed), (3, 0, 0), "{again:?}");
    bench.audit_is_intact(&bench.other).await;
}

#[tokio::test]
async fn the_demonstration_district_survives_export_and_import_byte_for_byte_with_its_files() {
    let bench = Bench::new().await;
    // Later than the newest date of the demonstration.
    bench.clock.store(instant_of("2026-12-31 09:00").unwrap(), Ordering::SeqCst);
    let records = demo::load::Part::Records;
    demo::load::load_part(&bench.app, "songling", records, Arc::new(|_, _| ())).await.unwrap();
    let district = bench.app.site("songling").await.unwrap();
    let exported = bench.export(&district).await;
    for word in [
        "\"state\":\"withdrawn\"",
        "\"state\":\"scheduled\"",
        "\"state\":\"draft\"",
        "\"repeals\"",
        "superseded",
    ] {
        assert!(exported.contains(word), "the demonstration shows no {word}");
    }
    let summary = bench.bring(&bench.other, &exported, None).await.summary;
    assert_eq!(summary.failed, 0, "{:?}", summary.failures);
    let again = bench.export(&bench.other).await;
    assert!(exported == again, "{:?}", first_difference(&exported, &again));
    bench.audit_is_intact(&bench.other).await;

    let folder = bench.folder.path().join("attachments");
    let slim = bench.export_to(&district, FilesTo::Folder(folder.clone())).await;
    assert!(slim.len() < exported.len());
    let third = add_site(&bench.app, "c").await;
    assert_eq!(bench.bring(&third, &slim, Some(&folder)).await.summary.failed, 0);
    assert_eq!(bench.export(&third).await, exported);
}

/// The place where two texts part, with what stands around it.
fn first_difference(one: &str, other: &str) -> Option<(String, String)> {
    let at = one.chars().zip(other.chars()).position(|(a, b)| a != b)?;
    let around = |text: &str| text.chars().skip(at.saturating_sub(120)).take(200).collect();
    Some((around(one), around(other)))
}

#[tokio::test]
async fn a_restored_number_is_never_given_again() {
    let bench = Bench::new().await;
    bench.pages(&[page_line(1, 1), page_line(2, 2)], true).await;
    let exported = bench.export(&bench.site).await;
    bench.bring(&bench.other, &exported, None).await;
    let text = page_line(9, 9).to_string();
    let path = bench.file("more.jsonl", text.as_bytes());
    let options = Options { publish: true, column: None, actor: None };
    pipeline::run(&bench.app, &bench.other, (&path, pages::read_line), &options, |_, _| true).await.unwrap();
    let numbers: Vec<i64> = bench.export(&bench.other).await.lines().map(public_number).collect();
    assert_eq!(numbers.iter().collect::<std::collections::BTreeSet<_>>().len(), 3, "{numbers:?}");
}

fn public_number(line: &str) -> i64 {
    let record: Value = serde_json::from_str(line).unwrap();
    record["restore"]["public_number"].as_i64().unwrap()
}

#[test]
fn markup_made_of_text_is_left_as_it_is_by_cleaning() {
    let headed = "第一章 总则\n一、\"引号\"和'撇号'<b>&\u{a0}\n（一）目的\n甲 | 乙 |\n行政许可 | 7417 |\n• 一项\n普通段落。";
    let headless = "前文\n | 乙 |\n1 | 2 |\n后文";
    for text in [headed, headless, ""] {
        let html = super::safe_html(text);
        assert_eq!(kit_text::html::clean(&html).as_str(), html);
        assert_eq!(kit_text::html::clean(&text_to_html(text)).as_str(), html);
    }
}

#[test]
fn every_kind_named_for_imports_is_a_content_type() {
    assert_eq!(super::kinds::Kinds::embedded().unknown_codes(Reference::get()), Vec::<String>::new());
}

#[tokio::test]
async fn shared_pages_are_all_taken_in_and_a_second_import_changes_nothing() {
    let Some(path) = real("pages.jsonl") else { return };
    let bench = Bench::new().await;
    let first = bench.import(&path, pages::read_line, true).await.summary;
    println!("{}", first.sentences());
    assert_eq!((first.read, first.imported, first.failed), (147, 147, 0));
    assert_eq!(first.published + first.needs_review, first.imported);
    let before = bench.export(&bench.site).await;
    let second = bench.import(&path, pages::read_line, true).await.summary;
    assert_eq!((second.unchanged, second.imported), (147, 0));
    assert_eq!(bench.export(&bench.site).await, before);
}

#[tokio::test]
async fn shared_documents_are_published_and_found() {
    // Unoptimised, the whole archives take minutes: the first part of each; the release command takes them all.
    let sample = if cfg!(debug_assertions) { 300 } else { usize::MAX };
    let bench = Bench::new().await;
    let mut n_published = 0;
    for name in ["docs/hebei.jsonl.gz", "docs/laws.jsonl.gz", "docs/govcn_html.jsonl.gz"] {
        let Some(path) = real(name) else { return };
        let reader = kit_text::lines::LineReader::open(&path, kit_text::lines::Limits::default()).unwrap();
        let lines: Vec<String> = reader.take(sample).map(|line| line.unwrap().text).collect();
        let part = bench.file("part.jsonl", lines.join("\n").as_bytes());
        let summary = bench.import(&part, documents::read_line, true).await.summary;
        println!("{name}: {}", summary.sentences());
        assert_eq!((summary.failed, summary.needs_review), (0, 0), "{name}: {:?}", summary.reasons);
        assert_eq!(summary.published + summary.skipped, summary.read);
        n_published += summary.published;
    }
    search::follow(&bench.app, &bench.site.id, |_| ()).await.unwrap();
    assert!(n_published > 600);
    let exported = bench.exported().await;
    assert!(exported.iter().all(|record| !record["body"].as_str().unwrap().trim().is_empty()));
    let repeated = exported.iter().filter(|record| record["restore"]["edition"]["body_html"] == "").count();
    assert_eq!(repeated, 0);
}

#[tokio::test]
async fn the_songling_report_becomes_a_record_with_its_head_its_sections_and_its_table() {
    let Some(path) = real("songling-2018-annual-report.txt") else { return };
    let bench = Bench::new().await;
    let reader = Reader::new(bench.app.reference, "songling.txt");
    let incoming = page::read(&reader, &path, None).unwrap();
    let options = Options { publish: true, column: None, actor: None };
    let summary = pipeline::run_one(&bench.app, &bench.site, incoming, &options).await.unwrap().summary;
    assert_eq!((summary.imported, summary.published), (1, 1), "{summary:?}");
    let record = &bench.exported().await[0];
    assert_eq!(record["index_number"], "000000000-2019-03726");
    assert_eq!(record["issuing_organ"], "地区行署办公室");
    assert_eq!(record["published_on"], "2019-03-11");
    assert_eq!(record["title"], "2018年松岭区政府信息公开工作年度报告");
    assert_eq!(record["restore"]["column"], "annual-reports");
    let printed = record["printed"].as_object().unwrap();
    let labels =
        ["索引号", "发布机构", "发布日期", "废止日期", "文号", "主题分类", "关键词", "内容概述", "时效"];
    for label in labels {
        assert!(printed.contains_key(label), "{label} missing in {printed:?}");
    }
    let html = record["restore"]["edition"]["body_html"].as_str().unwrap();
    for heading in ["<h2>一、概述</h2>", "<table>"] {
        assert!(html.contains(heading), "{heading} missing in {html}");
    }
}
