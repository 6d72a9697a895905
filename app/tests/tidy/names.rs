//! Names and habits: every module says what it is, nothing is called `utils`, tests are sentences, and what
//! hides a fault (unwrap, todo, ignore) stays out. Does not check spelling.

use crate::source::{Complaint, Source};
use crate::{has_word, hold};

fn modules_introduce_themselves(source: &Source) -> Vec<Complaint> {
    let opens = source.lines.iter().find(|l| !l.trim().is_empty() && !l.starts_with("#!["));
    if opens.is_some_and(|l| l.starts_with("//!")) {
        return Vec::new();
    }
    vec![source.at(1, "a module starts with `//!`: what it is, and one thing it does not do")]
}

#[test]
fn every_module_says_what_it_is() {
    hold(
        modules_introduce_themselves,
        ("app/src/x.rs", "use std::fs;\n"),
        ("app/src/x.rs", "//! The clock of the house.\n"),
    );
}

fn nothing_hides_a_fault(source: &Source) -> Vec<Complaint> {
    let ban = |what: &str, why: &str, lines: Vec<(usize, &str)>| -> Vec<Complaint> {
        let found = lines.into_iter().filter(|(_, l)| has_word(l, what));
        found.map(|(n, _)| source.at(n, &format!("{what}: {why}"))).collect()
    };
    let product = || source.product_code().collect::<Vec<_>>();
    let all = || source.code.iter().enumerate().map(|(i, l)| (i + 1, l.as_str())).collect::<Vec<_>>();
    [
        ban(".unwrap()", "say why it cannot fail: expect(\"why\")", product()),
        ban(".expect(\"\")", "say why it cannot fail", product()),
        ban("todo!", "finish it or leave it out", product()),
        ban("unimplemented!", "finish it or leave it out", product()),
        ban("allow(dead_code", "delete what nobody calls", all()),
        ban("expect(dead_code", "delete what nobody calls", all()),
        ban("#[ignore", "a test that does not run proves nothing", all()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[test]
fn nothing_hides_a_fault_outside_tests() {
    let bad = "//! x\nfn f() { g().unwrap(); }\n";
    let good = "//! x\nfn f() { g().unwrap_or(1); }\n#[cfg(test)]\nmod tests { fn f() { g().unwrap(); } }\n";
    hold(nothing_hides_a_fault, ("app/src/x.rs", bad), ("app/src/x.rs", good));
    let ignored = Source::parse("app/src/tests.rs", "//! x\n#[ignore]\nfn a() {}\n");
    assert_eq!(nothing_hides_a_fault(&ignored).len(), 1);
}

fn names_say_what_things_are(source: &Source) -> Vec<Complaint> {
    let mut found = Vec::new();
    let drawers = ["utils", "util", "helpers", "helper", "common", "misc", "manager", "service"];
    for part in source.path.split('/').map(|p| p.trim_end_matches(".rs")) {
        if drawers.contains(&part) || part.ends_with("_manager") {
            found
                .push(source.at(1, &format!("'{part}' names no concept: what is it in the words of staff?")));
        }
    }
    for (n, line) in source.product_code() {
        let declared = line.split_once("struct ").or_else(|| line.split_once("trait ")).map(|(_, rest)| rest);
        let name =
            declared.unwrap_or_default().split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        if ["Manager", "Service", "Helper", "Util"].iter().any(|s| name.ends_with(s) && name != *s) {
            found.push(source.at(n, &format!("'{name}': name what it is, not that it manages or serves")));
        }
    }
    found
}

#[test]
fn nothing_is_named_after_a_drawer() {
    hold(
        names_say_what_things_are,
        ("app/src/utils.rs", "//! x\n"),
        ("app/src/service_item/mod.rs", "//! x\nstruct ServiceItem;\n"),
    );
    let bad = Source::parse("app/src/x.rs", "//! x\npub struct EditionManager;\n");
    assert_eq!(names_say_what_things_are(&bad).len(), 1);
}

fn tests_are_sentences(source: &Source) -> Vec<Complaint> {
    let mut found = Vec::new();
    let mut is_test = false;
    for (i, line) in source.code.iter().enumerate() {
        let line = line.trim();
        if line.starts_with("#[test]") || line.starts_with("#[tokio::test") {
            is_test = true;
        }
        let Some((_, rest)) = line.split_once("fn ") else {
            continue;
        };
        let name = rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
        if is_test && name.split('_').count() < 3 {
            found.push(source.at(i + 1, &format!("the test '{name}' is not a sentence: say what holds")));
        }
        is_test = false;
    }
    found
}

#[test]
fn test_names_are_sentences() {
    let bad = "//! x\n#[test]\nfn parses() {}\n";
    let good = "//! x\n#[test]\nfn a_number_without_a_year_is_refused() {}\nfn helper() {}\n";
    hold(tests_are_sentences, ("app/src/x/tests.rs", bad), ("app/src/x/tests.rs", good));
}

fn tests_do_not_sleep(source: &Source) -> Vec<Complaint> {
    let sleeps = |(i, l): &(usize, &String)| {
        source.test[*i] && has_word(l, "sleep(") && !source.is_marked(i + 1, "another process:")
    };
    let why = "a test does not sleep: move the clock, or say `// another process: what is waited for`";
    source.code.iter().enumerate().filter(sleeps).map(|(i, _)| source.at(i + 1, why)).collect()
}

#[test]
fn no_test_sleeps() {
    let bad = "//! x\nfn f() { std::thread::sleep(d); }\n";
    let good = "//! x\n// another process: the server that is killed writes its port\nfn f() { std::thread::sleep(d); }\n";
    hold(tests_do_not_sleep, ("app/src/x/tests.rs", bad), ("app/src/x/tests.rs", good));
}
