//! How big things may grow before they have to be divided. Functions and parameters are clippy's part
//! (clippy.toml), not ours.

use std::collections::BTreeMap;

use crate::source::{Complaint, Source, files, read};
use crate::{accept, hold};

const LONGEST_FILE: usize = 600;
const LONGEST_STATEMENT: usize = 50;
const LONGEST_TEMPLATE: usize = 200;
const FULLEST_FOLDER: usize = 20;

fn files_stay_small(source: &Source) -> Vec<Complaint> {
    let n_lines = source.product_code().count();
    if n_lines <= LONGEST_FILE {
        return Vec::new();
    }
    vec![source.at(
        LONGEST_FILE,
        &format!("{n_lines} lines without tests: the concept is too big, divide it (limit {LONGEST_FILE})"),
    )]
}

#[test]
fn no_rust_file_is_longer_than_600_lines_without_its_tests() {
    let long = format!("//! x\n{}", "fn f() {}\n".repeat(700));
    let tested = format!("//! x\n#[cfg(test)]\nmod tests {{\n{}}}\n", "fn f() {}\n".repeat(700));
    hold(files_stay_small, ("app/src/x.rs", &long), ("app/src/x.rs", &tested));
}

fn statements_stay_small(source: &Source) -> Vec<Complaint> {
    let queries = source.path.ends_with("queries.rs") || source.path.contains("/queries/");
    let long = source.product_literals().filter(|l| queries && l.text.lines().count() > LONGEST_STATEMENT);
    long.map(|l| source.at(l.line, &format!("a statement of more than {LONGEST_STATEMENT} lines"))).collect()
}

#[test]
fn no_sql_statement_is_longer_than_50_lines() {
    let bad = format!("//! x\nconst A: &str = \"select x\n{}\";\n", " and y\n".repeat(60));
    hold(statements_stay_small, ("app/src/x/queries.rs", &bad), ("app/src/x/words.rs", &bad));
}

#[test]
fn no_template_is_longer_than_200_lines() {
    let complaint = |path: &str, n: usize| {
        (n > LONGEST_TEMPLATE)
            .then(|| Complaint(format!("{path}:{LONGEST_TEMPLATE}: a template of {n} lines, divide it")))
    };
    assert!(complaint("x.html", 201).is_some() && complaint("x.html", 200).is_none());
    let templates = files().into_iter().filter(|p| p.starts_with("app/") && p.ends_with(".html"));
    accept(templates.filter_map(|p| complaint(&p, read(&p).lines().count())).collect());
}

/// Files by folder and kind; templates and code are counted apart, as readers look for one or the other.
fn crowded(paths: &[String]) -> Vec<Complaint> {
    let mut counts = BTreeMap::<(&str, &str), usize>::new();
    for path in paths {
        let Some((folder, name)) = path.rsplit_once('/') else {
            continue;
        };
        let kind = name.rsplit_once('.').map_or("", |(_, kind)| kind);
        *counts.entry((folder, kind)).or_default() += 1;
    }
    let full = counts.into_iter().filter(|(_, n)| *n > FULLEST_FOLDER);
    full.map(|((folder, kind), n)| {
        Complaint(format!("{folder}: {n} .{kind} files in one folder (limit {FULLEST_FOLDER})"))
    })
    .collect()
}

#[test]
fn no_folder_of_code_holds_more_than_20_files_of_a_kind() {
    let many: Vec<String> = (0..21).map(|i| format!("app/src/x/f{i}.rs")).collect();
    assert_eq!(crowded(&many).len(), 1, "the rule misses its bad example");
    assert!(crowded(&many[..20]).is_empty());
    let code = ["app/", "rules/", "kit/", "e2e/", "scripts/", "assets/styles"];
    let ours = |p: &String| code.iter().any(|c| p.starts_with(c)) && !p.contains("/snapshots/");
    accept(crowded(&files().into_iter().filter(ours).collect::<Vec<_>>()));
}
