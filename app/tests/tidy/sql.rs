//! Where SQL may stand, which dialect it keeps to, that every tenant's rows stay with their tenant, and
//! that the public reads through the views that decide visibility. Does not run any statement.

use std::collections::BTreeSet;

use crate::source::{Complaint, Literal, Source, files, read, reason_after, rust_sources};
use crate::{accept, has_word, hold};

/// True for a literal that begins a statement (not for a fragment, nor for prose).
fn is_statement(text: &str) -> bool {
    let words: Vec<String> = text.split_whitespace().take(400).map(str::to_lowercase).collect();
    let has = |w: &str| words.iter().any(|x| x == w || x.starts_with(&format!("{w}(")));
    match words.first().map(String::as_str) {
        Some("select") => {
            has("from") || words.get(1).is_some_and(|w| w.starts_with(|c: char| c.is_ascii_digit()))
        }
        Some("insert") => has("into"),
        Some("delete") => words.get(1).is_some_and(|w| w == "from"),
        Some("update") => has("set"),
        Some("with") => has("as") && has("select"),
        Some("create" | "alter" | "drop") => {
            ["table", "index", "view", "unique"].iter().any(|w| words.get(1).is_some_and(|x| x == w))
        }
        _ => false,
    }
}

fn statements(source: &Source) -> impl Iterator<Item = &Literal> {
    source.product_literals().filter(|l| is_statement(l.text.trim_start_matches('\\').trim_start()))
}

fn is_queries(path: &str) -> bool {
    path.ends_with("/queries.rs") || path.contains("/queries/")
}

fn sql_has_its_place(source: &Source) -> Vec<Complaint> {
    let free = ["kit/db/", "migrations/"].iter().any(|p| source.path.starts_with(p));
    if free || is_queries(&source.path) {
        return Vec::new();
    }
    let why = "SQL only in queries.rs, where the next reader looks for it";
    statements(source).map(|l| source.at(l.line, why)).collect()
}

#[test]
fn sql_stands_only_in_queries() {
    let bad = "//! x\nconst A: &str = \"select id\\n from organ where site_id = $1\";\n";
    hold(sql_has_its_place, ("app/src/organ/actions.rs", bad), ("app/src/organ/queries.rs", bad));
    let prose = "//! x\nconst A: &str = \"select one of these\";\n";
    assert!(sql_has_its_place(&Source::parse("app/src/x.rs", prose)).is_empty(), "prose is taken for SQL");
}

/// What the databases we promise do not share.
const NOT_SHARED: &[&str] = &[
    "now()",
    "current_timestamp",
    "ilike",
    "for update",
    "listen",
    "notify",
    "pg_advisory",
    "nextval",
    "serial",
    "autoincrement",
    "array[",
    "->>",
    "strftime",
    "datetime(",
    "insert or",
];

fn foreign_words(sql: &str) -> Vec<&'static str> {
    let lower = without_comments(sql).to_lowercase();
    let mut found: Vec<&str> = NOT_SHARED.iter().copied().filter(|w| has_word(&lower, w)).collect();
    if lower.contains("::") {
        found.push("::");
    }
    found
}

fn sql_keeps_the_shared_dialect(source: &Source) -> Vec<Complaint> {
    if source.path.starts_with("kit/db/") {
        return Vec::new();
    }
    let faults =
        statements(source).flat_map(|l| foreign_words(&l.text).into_iter().map(move |w| (l.line, w)));
    faults
        .map(|(n, w)| source.at(n, &format!("'{w}' is not in the dialect that all our databases share")))
        .collect()
}

#[test]
fn sql_keeps_to_the_dialect_that_all_databases_share() {
    let bad = "//! x\nconst A: &str = \"select id from organ where site_id = $1::bigint\";\n";
    let good = "//! x\nconst A: &str = \"select id from organ where site_id = $1\";\n";
    hold(sql_keeps_the_shared_dialect, ("app/src/organ/queries.rs", bad), ("app/src/organ/queries.rs", good));
    let migrations = files().into_iter().filter(|p| p.starts_with("migrations/") && p.ends_with(".sql"));
    let shared =
        migrations.filter(|p| !p.contains("schema.") && !p.contains(".sqlite") && !p.contains(".postgres"));
    let faults = shared.flat_map(|p| {
        foreign_words(&read(&p))
            .into_iter()
            .map(move |w| Complaint(format!("{p}: '{w}' is not shared by all our databases")))
    });
    accept(faults.collect());
}

fn without_comments(sql: &str) -> String {
    sql.lines().map(|l| l.split_once("--").map_or(l, |(code, _)| code)).collect::<Vec<_>>().join("\n")
}

/// The tables and views a statement names after from, join, into and update.
fn tables(sql: &str) -> BTreeSet<String> {
    let clean = without_comments(sql).to_lowercase().replace("\\n", " ");
    let words: Vec<&str> =
        clean.split(|c: char| c.is_whitespace() || "(),;\\".contains(c)).filter(|w| !w.is_empty()).collect();
    let follows =
        |pair: &[&str]| ["from", "join", "into", "update"].contains(&pair[0]).then(|| pair[1].to_owned());
    words.windows(2).filter_map(follows).collect()
}

/// Tables whose key begins with `site_id`, and views that show it. The list of the sites themselves is nobody's own.
fn tenant_tables(migrations: &str) -> BTreeSet<String> {
    let clean = without_comments(migrations).to_lowercase();
    let defined = |statement: &str| {
        let words: Vec<&str> =
            statement.split(|c: char| c.is_whitespace() || c == '(').filter(|w| !w.is_empty()).collect();
        let at = words.iter().position(|w| ["table", "view"].contains(w))?;
        let name = words.iter().skip(at + 1).find(|w| !["if", "not", "exists"].contains(*w))?;
        let is_tenants = if words[at] == "view" {
            has_word(statement, "site_id")
        } else {
            statement.contains("primary key (site_id")
        };
        (words[0] == "create" && is_tenants).then(|| (*name).to_owned())
    };
    clean.split(';').filter_map(defined).collect()
}

fn crossing(source: &Source, tenant: &BTreeSet<String>) -> Vec<Complaint> {
    let crosses = |l: &&Literal| {
        let excused = reason_after(&l.text, "-- all sites:") || source.is_marked(l.line, "all sites:");
        !excused && !has_word(&l.text, "site_id") && tables(&l.text).iter().any(|t| tenant.contains(t))
    };
    let why = "a statement over a tenant table names site_id, or says `-- all sites: reason`";
    statements(source).filter(crosses).map(|l| source.at(l.line, why)).collect()
}

#[test]
fn every_statement_over_a_tenant_table_names_its_site() {
    let tenant = tenant_tables(
        "create table organ (\n site_id text, code text, primary key (site_id, code));\ncreate table site (id text);\ncreate view v as select site_id from organ;",
    );
    assert_eq!(tenant.iter().map(String::as_str).collect::<Vec<_>>(), ["organ", "v"]);
    let parse = |sql: &str| {
        Source::parse("app/src/organ/queries.rs", &format!("//! x\n\n\n\nconst A: &str = \"{sql}\";\n"))
    };
    assert_eq!(crossing(&parse("select a.x from site s join organ a on a.k = s.k"), &tenant).len(), 1);
    assert!(crossing(&parse("select x from organ where site_id = $1"), &tenant).is_empty());
    assert!(
        crossing(&parse("select x from organ -- all sites: the audit walks every chain\\n"), &tenant)
            .is_empty()
    );
    let migrations: Vec<String> = files()
        .into_iter()
        .filter(|p| p.starts_with("migrations/") && p.ends_with(".sql"))
        .map(|p| read(&p))
        .collect();
    let tenant = tenant_tables(&migrations.join("\n;\n"));
    let ours = rust_sources().into_iter().filter(|s| s.path.starts_with("app/src/"));
    accept(ours.flat_map(|s| crossing(&s, &tenant)).collect());
}

/// Features whose pages anyone may read.
fn is_public_reading(source: &Source) -> bool {
    source.feature().is_some_and(|f| ["portal", "search", "feeds", "open_data"].contains(&f))
}

fn public_reads_through_views(source: &Source) -> Vec<Complaint> {
    if !is_public_reading(source) {
        return Vec::new();
    }
    let hidden = ["edition", "document", "attachment"];
    let why = "the public reads through live_document, public_edition and public_attachment: they decide what is visible";
    let bare =
        source.product_literals().filter(|l| tables(&l.text).iter().any(|t| hidden.contains(&t.as_str())));
    bare.map(|l| source.at(l.line, why)).collect()
}

#[test]
fn the_public_reads_records_only_through_the_views_that_decide_visibility() {
    let bad = "//! x\nconst A: &str = \"select title from public_edition e join document d on d.site_id = e.site_id\";\n";
    let good = "//! x\nconst A: &str = \"select title from live_document where site_id = $1\";\n";
    hold(public_reads_through_views, ("app/src/portal/queries.rs", bad), ("app/src/portal/queries.rs", good));
}

fn readers_never_write(source: &Source) -> Vec<Complaint> {
    let readers = ["portal", "search", "desk", "statistics", "annual_report", "supervision", "open_data"];
    if !source.feature().is_some_and(|f| readers.contains(&f)) {
        return Vec::new();
    }
    // What a reader keeps of its own stands in tables that begin with its name.
    let own = source.feature().unwrap_or_default();
    let writes = |l: &&Literal| {
        let text = l.text.trim_start().to_lowercase();
        let verb =
            ["insert into ", "update ", "delete from "].iter().find_map(|verb| text.strip_prefix(verb));
        verb.is_some_and(|table| !table.starts_with(own))
    };
    let why =
        "this feature reads across the others; it never writes (a change goes through its owner's actions)";
    statements(source).filter(writes).map(|l| source.at(l.line, why)).collect()
}

#[test]
fn features_that_read_across_never_write() {
    let bad = "//! x\nconst A: &str = \"update edition set state = $1 where site_id = $2\";\n";
    hold(readers_never_write, ("app/src/portal/queries.rs", bad), ("app/src/publishing/queries.rs", bad));
    let own = "//! x\nconst A: &str = \"update annual_report set state = $1 where site_id = $2\";\n";
    hold(
        readers_never_write,
        ("app/src/annual_report/queries.rs", bad),
        ("app/src/annual_report/queries.rs", own),
    );
}
