//! The shared list of wrong and right words as a site's own list: precision and recall, printed; and how often the common
//! list finds something in real documents.

use std::path::Path;

use kit_db::Tx;
use rules::check::WordKind;

use super::measured::{body_of, documents, real_inputs};
use crate::{
    check::{Subject, actions, shown::Shown},
    cx::Cx,
    document::Content,
    test_app::TestApp,
    word_list::{self, NewWord, lines},
};

/// Sentences around a word: what stands beside it must not make the difference.
const SENTENCES: [(&str, &str); 5] = [
    ("会议指出，", "的情况应当引起重视。"),
    ("关于“", "”一词，各单位看法不一。"),
    ("近日，", "成为大家谈论的话题，"),
    ("材料中写到：", "，请核对。"),
    ("他说的是", "。"),
];

/// The list as `gongkai words import` reads it: the words it takes, and how many lines there are.
fn shared_list(folder: &Path) -> (Vec<NewWord>, usize) {
    let bytes = std::fs::read(folder.join("lexicon/custom_confusion.txt")).unwrap();
    let defaults = lines::Defaults { kind: WordKind::Wrong, blocking: false };
    let list = lines::read("custom_confusion.txt", &bytes, defaults).unwrap();
    for fault in &list.faults {
        println!("line {}: {}", fault.line, fault.reason);
    }
    (list.words.clone(), list.words.len() + list.faults.len())
}

async fn wrong_words(app: &TestApp, text: String) -> Vec<Shown> {
    let look = move |tx: &mut Tx<'_>, cx: &Cx| {
        let content = Content { body_html: kit_text::html::paragraphs(&text), ..Content::default() };
        let subject = Subject { document_id: None, edition_id: None, content_type: "", content: &content };
        let found = actions::findings_of(tx, cx, &subject)?;
        Ok(found.into_iter().filter(|shown| shown.code == rules::check::Code::WrongWord).collect())
    };
    app.read(look).await
}

#[tokio::test]
async fn of_the_shared_pairs_wrong_words_are_found_and_right_words_left_alone() {
    let Some(folder) = real_inputs() else { return };
    let app = TestApp::start().await;
    let (pairs, n_lines) = shared_list(&folder);
    let import = pairs.clone();
    app.act(move |tx, cx| word_list::actions::import(tx, cx, &import, "演示")).await;
    let sentence = |at: usize, word: &str| {
        let (before, behind) = SENTENCES[at % SENTENCES.len()];
        format!("{before}{word}{behind}")
    };
    // One paragraph a pair, so that a finding's block tells the pair.
    let wrong: Vec<String> = pairs.iter().enumerate().map(|(at, pair)| sentence(at, &pair.word)).collect();
    let right: Vec<String> = pairs.iter().enumerate().map(|(at, pair)| sentence(at, &pair.right)).collect();
    let in_wrong = wrong_words(&app, wrong.join("\n")).await;
    let in_right = wrong_words(&app, right.join("\n")).await;
    let hit = |shown: &&Shown| shown.place.block.is_some_and(|at| shown.excerpt == pairs[at].word);
    let found = in_wrong.iter().filter(hit).count();
    let beside = in_wrong.len() - found;
    for (at, pair) in pairs.iter().enumerate() {
        if !in_wrong.iter().any(|shown| shown.place.block == Some(at) && shown.excerpt == pair.word) {
            println!("missed: {}→{} in {}", pair.word, pair.right, wrong[at]);
        }
    }
    for shown in in_right.iter().take(40) {
        println!("false: {} in {}", shown.sentence, right[shown.place.block.unwrap_or_default()]);
    }
    let recall = found as f64 / n_lines as f64;
    let precision = found as f64 / (found + beside + in_right.len()) as f64;
    println!("{n_lines} pairs, {} on the list: recall {recall:.4}, precision {precision:.4}", pairs.len());
    assert!(n_lines > 1_000 && recall >= 0.95, "{recall}");
    assert!(precision >= 0.97, "{precision}");
}

#[tokio::test]
async fn the_common_list_finds_next_to_nothing_in_real_documents() {
    let Some(folder) = real_inputs() else { return };
    let app = TestApp::start().await;
    let compiled = app.read(|tx, cx| cx.word_lists.of_site(tx, cx)).await;
    let (mut n_documents, mut n_chars, mut told, mut stopping) = (0, 0, 0, 0);
    for row in documents(&folder) {
        let (title, body) = body_of(&row);
        n_documents += 1;
        n_chars += body.chars().count();
        let text = rules::check::Text::of_lines(&body);
        let record = rules::check::Record::of(&title, &text);
        let found = compiled.with(|words| rules::check::wording(&record, words));
        told += usize::from(!found.is_empty());
        let blocking = found.iter().filter(|finding| finding.weight == rules::check::Weight::Blocking);
        let blocking: Vec<&str> = blocking.map(|finding| finding.excerpt.as_str()).collect();
        stopping += usize::from(!blocking.is_empty());
        if !blocking.is_empty() {
            println!("{blocking:?} in {title}");
        }
    }
    println!("common list: {n_documents} documents, {n_chars} characters; told {told}, stopped {stopping}");
    assert!(n_documents > 4_000);
    assert!(told * 100 <= n_documents * 4, "{told} of {n_documents} are told something");
    assert!(stopping * 1_000 <= n_documents * 5, "{stopping} of {n_documents} are stopped");
}
