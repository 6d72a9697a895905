//! Rates: of generated identity, mobile and card numbers at least 99 of 100 are found in running text, tables and files;
//! of the shared real documents at most one of 100 raises a false alarm. Every number here is invented (演示数据).

use std::{
    collections::BTreeMap,
    fs::File,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
};

use kit_office::sheet::{Column, Kind, Table};
use rules::check::{Code, Record, Text};

use crate::{
    check::{files, reading},
    test_app::TestApp,
};

/// The folder of real inputs, if it is here.
pub fn real_inputs() -> Option<PathBuf> {
    let named = std::env::var_os("GONGKAI_REAL_INPUTS").map(PathBuf::from);
    let beside = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data"));
    let folder = named.unwrap_or(beside);
    if folder.join("docs/hebei.jsonl.gz").exists() {
        return Some(folder);
    }
    println!("skipped: real inputs not present");
    None
}

/// All shared documents.
pub fn documents(folder: &Path) -> impl Iterator<Item = serde_json::Value> {
    let files = ["hebei", "laws", "govcn_html"].map(|name| folder.join(format!("docs/{name}.jsonl.gz")));
    files.into_iter().flat_map(|path| {
        let file = flate2::read::GzDecoder::new(File::open(path).expect("archive"));
        BufReader::new(file).lines().map(|line| serde_json::from_str(&line.expect("a line")).expect("JSON"))
    })
}

/// Title and text of a shared document.
pub fn body_of(row: &serde_json::Value) -> (String, String) {
    let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
    let body = if text("body").is_empty() { text("text") } else { text("body") };
    (text("title"), body)
}

/// Numbers in an order that is the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }

    fn digits(&mut self, n: usize) -> String {
        (0..n).map(|_| char::from(b'0' + u8::try_from(self.roll(10)).unwrap())).collect()
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[usize::try_from(self.roll(list.len() as u64)).unwrap()]
    }
}

fn identity(dice: &mut Dice) -> String {
    let region = dice.pick(&["110101", "232700", "230102", "350203", "440305", "650102"]);
    let (year, month, day) = (1940 + dice.roll(80), 1 + dice.roll(12), 1 + dice.roll(28));
    let body = format!("{region}{year}{month:02}{day:02}{}", dice.digits(3));
    // The check of GB 11643 by another way than the product's: Horner's scheme.
    let remainder = body.bytes().fold(0, |sum, digit| (sum * 2 + u32::from(digit - b'0')) % 11);
    let check = (12 - remainder * 2 % 11) % 11;
    format!("{body}{}", if check == 10 { "X".to_owned() } else { check.to_string() })
}

fn mobile(dice: &mut Dice) -> String {
    format!("1{}{}", 3 + dice.roll(7), dice.digits(9))
}

fn card(dice: &mut Dice) -> String {
    let length = [16, 17, 18, 19, 19, 16][usize::try_from(dice.roll(6)).unwrap()];
    let bank = dice.pick(&["622202", "621700", "623052", "436742", "524094", "955880"]);
    let body = format!("{bank}{}", dice.digits(length - 7));
    // Luhn: the digit that makes the sum a multiple of ten.
    let doubled = body.bytes().rev().enumerate().map(|(at, digit)| {
        let value = u32::from(digit - b'0') * if at % 2 == 0 { 2 } else { 1 };
        if value > 9 { value - 9 } else { value }
    });
    let sum: u32 = doubled.sum();
    format!("{body}{}", (10 - sum % 10) % 10)
}

/// The same in groups.
fn grouped(number: &str, groups: &[usize], separator: &str) -> String {
    let (mut parts, mut rest) = (Vec::new(), number);
    for length in groups.iter().chain(std::iter::repeat(&groups[groups.len() - 1])) {
        let (part, other) = rest.split_at((*length).min(rest.len()));
        parts.push(part);
        rest = other;
        if rest.is_empty() {
            break;
        }
    }
    parts.join(separator)
}

fn full_width(number: &str) -> String {
    number.chars().map(|c| if c == '-' { '－' } else { char::from_u32(c as u32 + 0xfee0).unwrap() }).collect()
}

/// A number in one of the ways in which people write it.
fn written(dice: &mut Dice, code: Code, number: &str) -> String {
    let groups: &[usize] = match code {
        Code::IdentityNumber => &[6, 8, 4],
        Code::MobileNumber => &[3, 4, 4],
        _ => &[4],
    };
    match dice.roll(10) {
        0 => full_width(number),
        1 => grouped(number, groups, " "),
        2 => grouped(number, groups, "-"),
        3 => grouped(number, groups, "\u{a0}"),
        4 => grouped(number, groups, "\u{3000}"),
        5 => grouped(number, &[1], " "),
        6 => number.to_lowercase(),
        _ => number.to_owned(),
    }
}

/// What stands before and behind it.
fn around(dice: &mut Dice, code: Code) -> (&'static str, &'static str) {
    let common = [
        ("", ""),
        ("张某某", "李某某"),
        ("（", "）"),
        ("：", "，"),
        ("“", "”"),
        ("联系人张某某，", "。特此公告。"),
        ("1.", "；"),
        ("Tel:", "(Mr. Zhang)"),
        ("ID", ""),
        ("abc ", " def"),
        ("、", "、"),
        ("，序号3，", "，金额1209.50元"),
        ("<", ">"),
        ("/", "/"),
    ];
    let own = match code {
        Code::IdentityNumber => [("身份证号", "号"), ("公民身份号码", "的"), ("A", "B"), ("sfz", "x")],
        Code::MobileNumber => [("手机", "（微信同号）"), ("电话：", "转"), ("+86 ", ""), ("Tel", "")],
        _ => [("卡号", "开户行"), ("账号：", ""), ("No.", ""), ("card", " VISA")],
    };
    let at = usize::try_from(dice.roll((common.len() + own.len()) as u64)).unwrap();
    common.iter().chain(&own).nth(at).copied().unwrap()
}

struct Sample {
    code: Code,
    number: String,
    /// With what stands around it.
    text: String,
}

fn samples(dice: &mut Dice, n: usize) -> Vec<Sample> {
    (0..n)
        .map(|at| {
            let (code, number) = match at % 3 {
                0 => (Code::IdentityNumber, identity(dice)),
                1 => (Code::MobileNumber, mobile(dice)),
                _ => (Code::BankCard, card(dice)),
            };
            let number = written(dice, code, &number);
            let (before, behind) = around(dice, code);
            let text = format!("{before}{number}{behind}");
            Sample { code, number, text }
        })
        .collect()
}

fn found_in(findings: &[rules::check::Finding], sample: &Sample) -> bool {
    findings.iter().any(|finding| finding.code == sample.code && finding.excerpt == sample.number)
}

/// How many of the samples are found in running text; the missed ones are printed.
fn in_text(samples: &[Sample]) -> usize {
    let paragraphs =
        samples.iter().map(|sample| kit_text::html::paragraphs(&format!("公示内容{}", sample.text)));
    count(samples, &reading::text_of(&kit_text::html::clean(&paragraphs.collect::<String>()).into_string()))
}

fn in_tables(samples: &[Sample]) -> usize {
    let rows = samples.iter().map(|sample| {
        format!("<tr><td>1</td><td>{}</td><td>2018</td></tr>", kit_text::html::escape(&sample.text))
    });
    let html = format!("<table>{}</table>", rows.collect::<String>());
    count(samples, &reading::text_of(&kit_text::html::clean(&html).into_string()))
}

fn count(samples: &[Sample], body: &Text) -> usize {
    let findings = rules::check::personal(&Record::of("", body));
    tell(samples, &findings)
}

fn tell(samples: &[Sample], findings: &[rules::check::Finding]) -> usize {
    let missed: Vec<&Sample> = samples.iter().filter(|sample| !found_in(findings, sample)).collect();
    for sample in missed.iter().take(10) {
        println!("missed {:?}: {:?}", sample.code, sample.text);
    }
    samples.len() - missed.len()
}

/// The samples in a file of a name, read as an attached file is.
fn in_file(samples: &[Sample], name: &str, bytes: &[u8]) -> usize {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    std::io::Seek::rewind(&mut file).unwrap();
    let read = files::read(&mut file, name).unwrap();
    assert_eq!(read.fault, None, "{name}");
    let text = files::file_text(read).unwrap();
    let none = rules::check::WordList { words: &[], find: &|_| Vec::new() };
    tell(samples, &rules::check::file(&text, none))
}

#[test]
fn of_5000_generated_numbers_99_percent_are_found_in_text_tables_and_files() {
    let mut dice = Dice(2018);
    let samples = samples(&mut dice, 5_000);
    let parts: Vec<&[Sample]> = samples.chunks(1_250).collect();
    let lines: String = parts[2].iter().map(|sample| format!("公示内容{}\n", sample.text)).collect();
    let rows = parts[3].iter().map(|sample| vec![sample.text.as_str().into(), "备注".into()]);
    let columns = vec![Column::new("内容", Kind::Text), Column::new("备注", Kind::Text)];
    let sheet = kit_office::sheet::to_xlsx(Table { title: "名单".to_owned(), columns, rows }).unwrap();
    let found = [
        ("running text", in_text(parts[0])),
        ("table cells", in_tables(parts[1])),
        ("text file", in_file(parts[2], "名单.txt", lines.as_bytes())),
        ("sheet", in_file(parts[3], "名单.xlsx", &sheet)),
    ];
    for (place, n) in found {
        println!("{place}: {n} of 1250 found ({:.2} %)", n as f64 / 12.5);
    }
    let n_found: usize = found.iter().map(|(_, n)| n).sum();
    println!("all places: {n_found} of 5000 found");
    assert!(n_found * 100 >= samples.len() * 99, "{n_found}");
}

#[test]
fn at_most_one_of_a_hundred_real_documents_raises_a_false_alarm() {
    let Some(folder) = real_inputs() else { return };
    let (mut n_documents, mut personal, mut secret) = (0, 0, 0);
    for row in documents(&folder) {
        let (title, body) = body_of(&row);
        n_documents += 1;
        let text = Text::of_lines(&body);
        let record = Record::of(&title, &text);
        let alarms = rules::check::personal(&record);
        for alarm in &alarms {
            println!("{:?} {} in {title}", alarm.code, rules::sensitive::mask_all(&alarm.excerpt));
        }
        personal += usize::from(!alarms.is_empty());
        let marks = rules::check::secrecy(&record);
        for mark in &marks {
            println!("{:?} {} in {title}", mark.code, mark.excerpt);
        }
        secret += usize::from(!marks.is_empty());
    }
    println!(
        "{n_documents} documents: {personal} with numbers taken for personal data, {secret} with marks of secrecy"
    );
    assert!(n_documents > 4_000);
    assert!(personal * 100 <= n_documents, "{personal} of {n_documents}");
    assert!(secret * 100 <= n_documents, "{secret} of {n_documents}");
}

/// A statutory table as printed: six kinds of applicants and the total.
fn report_table(rows: &serde_json::Map<String, serde_json::Value>) -> String {
    let cells = |row: &serde_json::Value| {
        let values = row.as_array().into_iter().flatten();
        values.map(|value| format!("<td>{}</td>", value.to_string().trim_matches('"'))).collect::<String>()
    };
    let rows = rows.iter().map(|(key, row)| format!("<tr><td>{key}</td>{}</tr>", cells(row)));
    let head = ["项目", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"];
    let head: String = head.iter().map(|name| format!("<th>{name}</th>")).collect();
    format!("<table><tr>{head}</tr>{}</table>", rows.collect::<String>())
}

#[test]
fn totals_of_real_annual_reports_are_told_exactly_where_they_do_not_hold() {
    let Some(folder) = real_inputs() else { return };
    let lines = BufReader::new(File::open(folder.join("report_tables.jsonl")).unwrap()).lines();
    let (mut n_tables, mut n_rows, mut n_told) = (0, 0, 0);
    for line in lines {
        let table: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
        let Some(rows) = table["t3"].as_object().filter(|rows| rows.len() >= 2) else { continue };
        let body = reading::text_of(&report_table(rows));
        let told = rules::check::sums(&Record::of("", &body));
        let is_whole =
            |row: &serde_json::Value| row.as_array().is_some_and(|row| row.iter().all(|v| v.is_u64()));
        let fails = |row: &&serde_json::Value| {
            let values: Vec<u64> = row.as_array().into_iter().flatten().filter_map(|v| v.as_u64()).collect();
            is_whole(row) && values.len() == 7 && values[..6].iter().sum::<u64>() != values[6]
        };
        let wrong = rows.values().filter(fails).count();
        assert_eq!(told.len(), wrong, "{}: {told:?}", table["body"]);
        (n_tables, n_rows, n_told) = (n_tables + 1, n_rows + rows.len(), n_told + told.len());
    }
    println!(
        "{n_tables} statutory tables, {n_rows} rows: {n_told} totals that do not hold, all told and no other"
    );
    assert!(n_tables >= 8 && n_told >= 1);
}

/// What a record of that text would be told, without facts from elsewhere.
fn told(title: &str, body: &Text, words: rules::check::WordList<'_>) -> Vec<rules::check::Finding> {
    let facts = rules::check::Facts {
        missing_fields: &[],
        number_taken_by: None,
        link_targets: &[],
        words,
        similar: None,
        clock: None,
    };
    rules::check::all(&Record::of(title, body), &facts)
}

#[tokio::test]
async fn few_real_documents_are_stopped_and_each_rule_that_stops_is_rare() {
    let Some(folder) = real_inputs() else { return };
    let app = TestApp::start().await;
    let compiled = app.read(|tx, cx| cx.word_lists.of_site(tx, cx)).await;
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let (mut n_documents, mut n_stopped) = (0, 0);
    for row in documents(&folder).step_by(2) {
        let (title, body) = body_of(&row);
        let found = compiled.with(|words| told(&title, &Text::of_lines(&body), words));
        n_documents += 1;
        n_stopped +=
            usize::from(found.iter().any(|finding| finding.weight == rules::check::Weight::Blocking));
        let mut kinds: Vec<(&str, &str)> = found.iter().map(|f| (f.weight.word(), f.code.word())).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds.into_iter().for_each(|kind| *counts.entry(kind).or_default() += 1);
    }
    println!("{n_documents} documents, {n_stopped} of them stopped");
    for ((weight, code), n) in &counts {
        println!("{weight} {code}: {n} documents");
    }
    // The documents came without their files: what is named in them is missing indeed.
    let stopping =
        counts.iter().filter(|((weight, code), _)| *weight == "blocking" && *code != "attachment_missing");
    for ((_, code), n) in stopping {
        assert!(n * 200 <= n_documents, "{code}: {n} of {n_documents}");
    }
    assert!(n_documents > 2_000 && n_stopped * 100 <= n_documents * 4, "{n_stopped} of {n_documents}");
}
