//! No figure of the demonstration year stands in the product: what the annual report says of 2018 is counted from records.
//! Reads the expected figures from `demo/songling/expected-2018.toml`; judges code, literals, templates and typst sources,
//! not tests.

use std::collections::BTreeSet;

use crate::accept;
use crate::source::{Complaint, Source, files, read, root, rust_sources};

const EXPECTED: &str = "demo/songling/expected-2018.toml";
/// Smaller numbers stand everywhere by chance.
const LEAST_DIGITS: usize = 3;
/// The published report's own figures, whatever the file says.
const PUBLISHED: [&str; 8] = ["1209", "1124", "658", "630", "33257", "952", "892", "5000"];

/// The numbers of `name = number` lines, but for the year itself.
fn expected(text: &str) -> BTreeSet<String> {
    let number = |line: &str| {
        let (name, number) = line.split('#').next()?.split_once('=')?;
        let number: String = number.trim().chars().filter(|c| *c != '_').collect();
        let is_one = number.len() >= LEAST_DIGITS && number.chars().all(|c| c.is_ascii_digit());
        (is_one && name.trim() != "year").then_some(number)
    };
    text.lines().filter_map(number).chain(PUBLISHED.map(str::to_owned)).collect()
}

/// The whole numbers of a line, without their separators.
fn numbers(line: &str) -> Vec<String> {
    let chars: Vec<char> = line.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let is_start = chars[at].is_ascii_digit()
            && (at == 0 || !(chars[at - 1].is_ascii_alphanumeric() || "._#-".contains(chars[at - 1])));
        let mut end = at;
        while end < chars.len() && (chars[end].is_ascii_digit() || "_,".contains(chars[end])) {
            end += 1;
        }
        let goes_on = chars.get(end).is_some_and(char::is_ascii_alphabetic);
        if is_start && !goes_on {
            found.push(chars[at..end].iter().filter(|c| c.is_ascii_digit()).collect());
        }
        at = end.max(at + 1);
    }
    found
}

/// A round number is a limit more often than a figure: it is looked for only where the report is made.
fn is_told(path: &str, number: &str) -> bool {
    let makes_the_report = ["report", "print/"].iter().any(|part| path.contains(part));
    !number.ends_with("000") || makes_the_report
}

fn in_lines<'a>(
    path: &str,
    lines: impl Iterator<Item = (usize, &'a str)>,
    figures: &BTreeSet<String>,
) -> Vec<Complaint> {
    let why = "a figure of the demonstration year: reports are counted, never written into the product";
    let found = lines.flat_map(|(n, line)| numbers(line).into_iter().map(move |number| (n, number)));
    found
        .filter(|(_, number)| figures.contains(number) && is_told(path, number))
        .map(|(n, number)| Complaint(format!("{path}:{n}: {number} is {why}")))
        .collect()
}

fn in_source(source: &Source, figures: &BTreeSet<String>) -> Vec<Complaint> {
    let product = ["app/src/", "rules/src/", "kit/"].iter().any(|folder| source.path.starts_with(folder));
    if !product || ["/examples/", "/tests/"].iter().any(|part| source.path.contains(part)) {
        return Vec::new();
    }
    let literals = source.product_literals().map(|literal| (literal.line, literal.text.as_str()));
    in_lines(&source.path, source.product_code().chain(literals), figures)
}

#[test]
fn no_figure_of_the_demonstration_year_stands_in_the_product() {
    let figures = expected("[a]\nyear = 2018\nwebsite = 4_321 # counted\nfew = 17\n");
    assert!(figures.contains("4321") && !figures.contains("2018") && !figures.contains("17"));
    let bad = Source::parse("app/src/portal/home.rs", "//! x\nfn f() -> &'static str { \"公开4,321条\" }\n");
    assert_eq!(in_source(&bad, &figures).len(), 1, "the rule misses its bad example");
    let bad = Source::parse("rules/src/report.rs", "//! x\nconst A: i64 = 5_000;\n");
    assert_eq!(in_source(&bad, &figures).len(), 1, "a round number where the report is made");
    let good =
        Source::parse("app/src/x.rs", "//! 4321\nconst A: i64 = 5_000; const B: i64 = 43_210; // 4321\n");
    assert!(in_source(&good, &figures).is_empty(), "{:?}", in_source(&good, &figures));
    let here = root().join(EXPECTED).exists();
    let figures = expected(&if here { read(EXPECTED) } else { String::new() });
    let mut complaints: Vec<Complaint> =
        rust_sources().iter().flat_map(|source| in_source(source, &figures)).collect();
    let is_text = |path: &String| {
        let folder = ["app/src/", "print/", "reference/report_formats/"].iter().any(|f| path.starts_with(f));
        folder && ["html", "typ", "toml"].iter().any(|kind| path.ends_with(&format!(".{kind}")))
    };
    for path in files().into_iter().filter(is_text) {
        let text = read(&path);
        complaints.extend(in_lines(&path, text.lines().enumerate().map(|(i, l)| (i + 1, l)), &figures));
    }
    accept(complaints);
}
