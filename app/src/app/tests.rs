//! Whether the statements in the sources fit the tables, and whether the tables are those that the repository shows.
//! What the statements mean is told by the stories of the features.

use std::{
    fs,
    path::{Path, PathBuf},
};

use kit_db::{schema, testing::Throwaway};

use super::migrations;

/// The statements of one file: the line each begins on, and its text as the compiler reads it.
fn statements(source: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, _) in source.match_indices("sql!(") {
        let rest = source[at + "sql!(".len()..].trim_start();
        let Some(literal) = rest.strip_prefix('"') else { continue };
        found.push((source[..at].lines().count(), unescaped(literal)));
    }
    found
}

/// The value of a string literal whose opening quote has been read.
fn unescaped(literal: &str) -> String {
    let (mut text, mut chars) = (String::new(), literal.chars().peekable());
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            ('"', _) => break,
            ('\\', Some('\n')) => while chars.next_if(|c| c.is_whitespace()).is_some() {},
            ('\\', Some('n')) => {
                chars.next();
                text.push('\n');
            }
            ('\\', Some(_)) => text.extend(chars.next()),
            _ => text.push(c),
        }
    }
    text
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn statements_are_read_as_the_compiler_reads_them() {
    let source = "let a = sql!(\"select 1\");\nlet b = sql!(\n    \"select \\\"x\\\" \\\n       from t\"\n);";
    let expected = [(1, "select 1".to_owned()), (2, "select \"x\" from t".to_owned())];
    assert_eq!(statements(source), expected);
}

#[tokio::test]
async fn every_statement_is_prepared_on_the_database() {
    let database = Throwaway::create(&migrations()).await.unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&root, &mut files);
    let (mut n_statements, mut complaints) = (0, Vec::new());
    for file in files.iter().filter(|file| !file.ends_with("app/tests.rs")) {
        for (line, text) in statements(&fs::read_to_string(file).unwrap()) {
            n_statements += 1;
            let prepared = database
                .db
                .read({
                    let text = text.clone();
                    move |tx| tx.prepare_only(&text)
                })
                .await;
            if let Err(error) = prepared {
                complaints.push(format!("{}:{line}: {error}\n{text}", file.display()));
            }
        }
    }
    assert!(n_statements > 80, "only {n_statements} statements were found: the scan has lost its way");
    assert!(complaints.is_empty(), "{}", complaints.join("\n\n"));
}

#[tokio::test]
async fn the_tables_are_those_that_the_repository_shows() {
    let database = Throwaway::create(&migrations()).await.unwrap();
    let kind = if database.url.starts_with("sqlite:") { "sqlite" } else { "postgres" };
    let name = format!("schema.{kind}.sql");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations").join(&name);
    let head = "-- Written by a test from the migrations; UPDATE_SNAPSHOTS=1 writes it again.\n\n";
    let found = format!("{head}{}", schema(&database.db).await.unwrap());
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::write(&path, &found).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == found,
        "migrations/{name} is not what the migrations make; look at the change, then set UPDATE_SNAPSHOTS=1"
    );
}
