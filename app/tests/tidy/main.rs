//! The invariants of the house, checked by reading the source: who may know whom, where SQL and the clock
//! may stand, sizes, names. It does not judge behaviour; the stories of the features do.
//!
//! Every rule is tried on a bad example first: a check that cannot fail is no check.

mod figures;
mod names;
mod sizes;
mod source;
mod sql;
mod texts;

use source::{Complaint, Literal, Source, rust_sources};

/// Fails with every complaint, each naming its file and line.
fn accept(complaints: Vec<Complaint>) {
    let list: Vec<String> = complaints.into_iter().map(|c| c.0).collect();
    assert!(list.is_empty(), "{} broken house rules:\n{}", list.len(), list.join("\n"));
}

/// Runs a rule over the whole workspace, after showing that it finds the fault in `bad` and none in `good`.
fn hold(rule: fn(&Source) -> Vec<Complaint>, bad: (&str, &str), good: (&str, &str)) {
    assert!(!rule(&Source::parse(bad.0, bad.1)).is_empty(), "the rule misses its bad example: {bad:?}");
    let found = rule(&Source::parse(good.0, good.1));
    assert!(found.is_empty(), "the rule refuses its good example: {found:?}");
    accept(rust_sources().iter().flat_map(rule).collect());
}

/// True where `word` stands in `text` with no letter, digit or `_` beside it.
fn has_word(text: &str, word: &str) -> bool {
    let part_of_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    text.match_indices(word).any(|(i, _)| {
        let starts =
            word.starts_with(|c: char| !c.is_alphanumeric()) || !part_of_word(text[..i].chars().next_back());
        let ends = word.ends_with(|c: char| !c.is_alphanumeric())
            || !part_of_word(text[i + word.len()..].chars().next());
        starts && ends
    })
}

// --- Who may know whom

/// Files that may speak HTTP: what citizens, staff and programs see, and the wiring.
fn may_speak_http(source: &Source) -> bool {
    let inside = source.path.strip_prefix("app/src/").unwrap_or_default();
    let last = inside.trim_end_matches(".rs");
    let wiring = ["routes", "main", "serve", "error"];
    wiring.contains(&last)
        || inside.split('/').any(|p| ["portal", "desk", "api", "serve"].contains(&p.trim_end_matches(".rs")))
}

fn http_stays_at_the_edge(source: &Source) -> Vec<Complaint> {
    if !source.path.starts_with("app/src/") || may_speak_http(source) {
        return Vec::new();
    }
    let speaks = |line: &str| ["axum::", "http::", "hyper::", "tower::"].iter().any(|w| has_word(line, w));
    let why = "HTTP types only in portal, desk and api files, routes.rs, error.rs and the serving wire";
    source.product_code().filter(|(_, l)| speaks(l)).map(|(n, _)| source.at(n, why)).collect()
}

#[test]
fn http_types_stand_only_where_pages_and_programs_are_answered() {
    let bad = "//! x\nuse axum::extract::Path;\n";
    hold(http_stays_at_the_edge, ("app/src/organ/actions.rs", bad), ("app/src/organ/portal.rs", bad));
}

const CLOCK_AND_CHANCE: &[&str] = &[
    "Timestamp::now(",
    "Zoned::now(",
    "SystemTime::now(",
    "Uuid::now_v7(",
    "Uuid::new_v4(",
    "rand::rng(",
    "thread_rng(",
    "OsRng",
    "SysRng",
    "StdRng::from_os_rng(",
];

fn clock_and_chance_are_parameters(source: &Source) -> Vec<Complaint> {
    if ["app/src/app.rs", "app/src/cx.rs"].contains(&source.path.as_str()) {
        return Vec::new();
    }
    let reads = |line: &str| CLOCK_AND_CHANCE.iter().any(|w| has_word(line, w));
    let why = "the clock and randomness are parameters: only app.rs and cx.rs, where they are made, may ask";
    source.product_code().filter(|(_, l)| reads(l)).map(|(n, _)| source.at(n, why)).collect()
}

#[test]
fn now_and_randomness_are_asked_for_only_where_they_are_handed_out() {
    let bad = "//! x\nfn f() { let t = jiff::Timestamp::now(); }\n";
    hold(clock_and_chance_are_parameters, ("rules/src/deadline.rs", bad), ("app/src/app.rs", bad));
}

/// Words that are unmistakably ours. `column` and `document` are not: tables and search engines have them too.
const OUR_WORDS: &[&str] = &[
    "gongkai",
    "disclosure",
    "government",
    "organ",
    "organs",
    "site_id",
    "site_column",
    "edition",
    "editions",
    "index_number",
    "document_number",
    "catalogue",
    "songling",
    "statutory",
    "key_area",
    "政府",
    "政务",
    "公开",
    "条例",
    "栏目",
    "索引号",
    "文号",
    "机关",
    "信息员",
];

fn kit_knows_nothing_of_us(source: &Source) -> Vec<Complaint> {
    if !source.path.starts_with("kit/") {
        return Vec::new();
    }
    let word_in = |line: &str| {
        let lower = line.to_lowercase();
        OUR_WORDS.iter().find(|w| if w.is_ascii() { has_word(&lower, w) } else { lower.contains(**w) })
    };
    let numbered = source.lines.iter().enumerate().filter(|(i, _)| !source.test[*i]);
    let found = numbered.filter_map(|(i, l)| Some((i + 1, word_in(l)?)));
    found.map(|(n, w)| source.at(n, &format!("kit knows nothing of our domain, and says '{w}'"))).collect()
}

#[test]
fn kit_never_mentions_our_domain() {
    let bad = "//! Counts the editions of an organ.\n";
    hold(kit_knows_nothing_of_us, ("kit/db/src/lib.rs", bad), ("app/src/organ/mod.rs", bad));
}

#[test]
fn the_law_depends_on_dates_and_error_types_only() {
    let allowed = ["jiff", "thiserror"];
    let strangers = |manifest: &str| -> Vec<String> {
        texts::toml_keys(manifest, "dependencies")
            .into_iter()
            .filter(|d| !allowed.contains(&d.as_str()))
            .collect()
    };
    assert_eq!(
        strangers("[dependencies]\njiff.workspace = true\ntokio = \"1\"\n[dev-dependencies]\nx = \"1\"\n"),
        ["tokio"]
    );
    let found = strangers(&source::read("rules/Cargo.toml"));
    assert!(found.is_empty(), "rules/Cargo.toml: the law knows jiff and thiserror only, not {found:?}");
}

fn law_knows_nobody(source: &Source) -> Vec<Complaint> {
    if !source.path.starts_with("rules/src/") {
        return Vec::new();
    }
    let leaves = ["std::fs", "std::net", "std::process", "std::env", "std::thread", "async fn", "println!"];
    let why = "the law is pure: no input or output, no async, no environment";
    let found = source.product_code().filter(|(_, l)| leaves.iter().any(|w| has_word(l, w)));
    found.map(|(n, _)| source.at(n, why)).collect()
}

#[test]
fn the_law_is_pure() {
    let bad = "//! x\nuse std::fs;\n";
    hold(law_knows_nobody, ("rules/src/calendar.rs", bad), ("app/src/files.rs", bad));
}

/// The features another feature names, by `crate::feature::` or in `use crate::{feature, …}`.
fn neighbours(source: &Source, features: &[String]) -> Vec<String> {
    let code: String = source.product_code().map(|(_, line)| format!("{line}\n")).collect();
    let grouped: Vec<&str> = code.split("crate::{").skip(1).flat_map(group_heads).collect();
    let own = source.feature().unwrap_or_default();
    let names = |f: &&String| grouped.contains(&f.as_str()) || has_word(&code, &format!("crate::{f}::"));
    features.iter().filter(|f| f.as_str() != own).filter(names).cloned().collect()
}

/// The first words of the members of `{a, b::c, d::{e}}`, given what follows its opening brace.
fn group_heads(text: &str) -> Vec<&str> {
    let mut depth = 1;
    let mut heads = Vec::new();
    let mut start = 0;
    for (i, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if (c == ',' && depth == 1) || depth == 0 {
            heads.push(text[start..i].trim().split("::").next().unwrap_or_default());
            start = i + 1;
        }
        if depth == 0 {
            break;
        }
    }
    heads
}

/// Every ring of features that need one another, as `a -> b -> a`.
fn rings(sources: &[Source]) -> Vec<String> {
    let mut features: Vec<String> = sources.iter().filter_map(|s| s.feature().map(str::to_owned)).collect();
    features.sort();
    features.dedup();
    let mut needs = std::collections::BTreeMap::<String, Vec<String>>::new();
    for source in sources {
        if let Some(feature) = source.feature() {
            needs.entry(feature.to_owned()).or_default().extend(neighbours(source, &features));
        }
    }
    let reached_from = |from: &String| {
        let mut seen: Vec<String> = needs[from].clone();
        let mut i = 0;
        while i < seen.len() {
            let more: Vec<String> = needs[&seen[i]].iter().filter(|f| !seen.contains(f)).cloned().collect();
            seen.extend(more);
            i += 1;
        }
        seen
    };
    let in_a_ring = features.iter().filter(|f| reached_from(f).contains(f));
    in_a_ring
        .map(|f| format!("{f} needs {:?} and is needed by them in turn", dedup(needs[f].clone())))
        .collect()
}

fn dedup(mut names: Vec<String>) -> Vec<String> {
    names.sort();
    names.dedup();
    names
}

#[test]
fn no_two_features_need_each_other() {
    let a = Source::parse("app/src/organ/mod.rs", "//! x\nuse crate::site::Site;\n");
    let b = Source::parse("app/src/site/mod.rs", "//! x\nuse crate::organ::Organ;\n");
    assert!(rings(std::slice::from_ref(&a)).is_empty());
    let grouped = Source::parse(
        "app/src/site/mod.rs",
        "//! x\nuse crate::{\n error::Result,\n organ::{self, Organ},\n};\n",
    );
    assert_eq!(rings(&[Source::parse(&a.path, "//! x\nuse crate::site::Site;\n"), grouped]).len(), 2);
    assert_eq!(rings(&[a, b]).len(), 2, "the rule misses its bad example");
    let found = rings(&rust_sources());
    assert!(found.is_empty(), "what two features share is a third feature:\n{}", found.join("\n"));
}

/// Codes of content types, columns and organs are data; `kinds` are the names of their files.
fn kinds_named(source: &Source, kinds: &[String]) -> Vec<Complaint> {
    if !source.path.starts_with("app/src/") && !source.path.starts_with("rules/src/") {
        return Vec::new();
    }
    let why = "kinds are data: no Rust file compares against a content type by name";
    // A kind called by one plain word (`other`, `plan`) is told from other uses of that word by its line.
    let is_kind = |l: &&Literal| {
        kinds.contains(&l.text) && (l.text.contains('_') || source.lines[l.line - 1].contains("content_type"))
    };
    let named = source.product_literals().filter(is_kind);
    named.map(|l| source.at(l.line, &format!("{why} ('{}')", l.text))).collect()
}

#[test]
fn no_rust_file_names_a_content_type() {
    let kinds = ["normative_document".to_owned()];
    let bad = Source::parse(
        "app/src/policy/mod.rs",
        "//! x\nfn f(k: &str) -> bool { k == \"normative_document\" }\n",
    );
    assert_eq!(kinds_named(&bad, &kinds).len(), 1, "the rule misses its bad example");
    let folder = "reference/content_types/";
    let stems = source::files()
        .into_iter()
        .filter_map(|p| p.strip_prefix(folder)?.strip_suffix(".toml").map(str::to_owned));
    let stems: Vec<String> = stems.collect();
    accept(rust_sources().iter().flat_map(|s| kinds_named(s, &stems)).collect());
}

#[test]
fn the_scanner_tells_code_from_comments_strings_and_tests() {
    let text = "//! x\nfn a() { let s = \"// no {\"; } // axum::\n#[cfg(test)]\nmod tests {\n fn b() { r#\"q \" \"#; '\"'; }\n}\nfn c<'a>() {}\n";
    let source = Source::parse("app/src/x.rs", text);
    assert_eq!(
        source.literals.iter().map(|l| (l.line, l.text.as_str())).collect::<Vec<_>>(),
        [(2, "// no {"), (5, "q \" ")]
    );
    assert_eq!(source.test, [false, false, true, true, true, true, false]);
    assert!(!source.code[1].contains("axum"));
    assert!(source.code[6].contains("fn c<'a>()"));
}
