//! Stories of word lists: what staff add is known at once, what they allow is not told, broken lines stop nothing.

use kit_db::Tx;
use rules::check::WordKind;

use super::{NewWord, actions, lines, queries};
use crate::{
    cx::Cx,
    error::{Error, Refusal},
    test_app::TestApp,
};

fn word(kind: WordKind, word: &str, right: &str) -> NewWord {
    NewWord {
        kind,
        word: word.to_owned(),
        right: right.to_owned(),
        note: String::new(),
        order: 0,
        blocking: true,
    }
}

/// The words found in a text, as the list stands.
async fn found(app: &TestApp, text: &'static str) -> Vec<String> {
    let find = move |tx: &mut Tx<'_>, cx: &Cx| {
        let compiled = cx.word_lists.of_site(tx, cx)?;
        Ok(compiled.with(|list| {
            let matches = (list.find)(text);
            let looked_for = matches.iter().filter(|found| list.words[found.word].kind != WordKind::Allowed);
            looked_for.map(|found| list.words[found.word].word.clone()).collect()
        }))
    };
    app.read(find).await
}

#[tokio::test]
async fn common_mistakes_are_known_to_every_site_and_own_words_only_to_their_site() {
    let app = TestApp::start().await;
    let other = app.site("forest").await;
    assert_eq!(found(&app, "全面布署，甲乙丙丁").await, ["布署"]);
    let own = word(WordKind::Wrong, "甲乙丙丁", "甲乙丙戊");
    app.act(move |tx, cx| actions::add(tx, cx, &own)).await;
    assert_eq!(found(&app, "全面布署，甲乙丙丁").await, ["布署", "甲乙丙丁"]);
    assert_eq!(found(&other, "全面布署，甲乙丙丁").await, ["布署"]);
}

#[tokio::test]
async fn a_changed_or_removed_word_is_forgotten_at_once() {
    let app = TestApp::start().await;
    let own = word(WordKind::Forbidden, "甲乙丙丁", "");
    let id = app.act(move |tx, cx| actions::add(tx, cx, &own)).await;
    assert_eq!(found(&app, "甲乙丙丁和戊己庚辛").await, ["甲乙丙丁"]);
    let (changed, same) = (id.clone(), word(WordKind::Forbidden, "戊己庚辛", ""));
    app.act(move |tx, cx| actions::change(tx, cx, &changed, &same)).await;
    assert_eq!(found(&app, "甲乙丙丁和戊己庚辛").await, ["戊己庚辛"]);
    app.act(move |tx, cx| actions::remove(tx, cx, &id)).await;
    assert!(found(&app, "甲乙丙丁和戊己庚辛").await.is_empty());
}

#[tokio::test]
async fn a_site_may_allow_a_common_mistake() {
    let app = TestApp::start().await;
    let allowed = word(WordKind::Allowed, "布署", "");
    app.act(move |tx, cx| actions::add(tx, cx, &allowed)).await;
    assert!(found(&app, "全面布署").await.is_empty());
}

#[tokio::test]
async fn a_list_changed_in_a_transaction_that_failed_leaves_no_trace() {
    let app = TestApp::start().await;
    let failed = app
        .try_act(|tx, cx| {
            actions::add(tx, cx, &word(WordKind::Wrong, "甲乙丙丁", "甲乙丙戊"))?;
            let compiled = cx.word_lists.of_site(tx, cx)?;
            assert_eq!(compiled.with(|list| (list.find)("甲乙丙丁").len()), 1);
            Err::<(), _>(Error::Conflict)
        })
        .await;
    assert!(failed.is_err());
    assert!(found(&app, "甲乙丙丁").await.is_empty());
}

#[tokio::test]
async fn words_that_cannot_work_are_refused() {
    let app = TestApp::start().await;
    for bad in [
        word(WordKind::Wrong, "错", "对"),
        word(WordKind::Wrong, "错误", ""),
        word(WordKind::Wrong, "错误", "错误"),
        word(WordKind::Wrong, "错误", "大错误"),
        word(WordKind::Forbidden, " ", ""),
        word(WordKind::Forbidden, "换\n行", ""),
        word(WordKind::Forbidden, &"长".repeat(61), ""),
    ] {
        let refused = app.try_act(move |tx, cx| actions::add(tx, cx, &bad)).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::Invalid(_)))));
    }
    for n_added in [0, 1] {
        let own = word(WordKind::Forbidden, "甲乙丙丁", "");
        let added = app.try_act(move |tx, cx| actions::add(tx, cx, &own)).await;
        assert_eq!(added.is_err(), n_added == 1, "a word stands on the list once");
    }
}

#[test]
fn lists_are_read_from_tables_and_plain_lines_with_their_faults_by_line() {
    let defaults = lines::Defaults { kind: WordKind::Wrong, blocking: false };
    let plain = lines::read(
        "a.txt",
        "#变体\t本体\n部暑\t部署\t100\n错\t对\n\n部暑\t部署\n布署，部署\n".as_bytes(),
        defaults,
    );
    let plain = plain.unwrap();
    assert_eq!(plain.words.iter().map(|word| word.word.as_str()).collect::<Vec<_>>(), ["部暑", "布署"]);
    assert_eq!(plain.faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [3, 5]);
    let table =
        "类型,姓名,职务,排序\n领导姓名,甲示例,区长,1\n领导姓名,乙示例,副区长,二\n头衔,丙示例,区长,1\n";
    let table = lines::read("b.csv", table.as_bytes(), defaults).unwrap();
    assert_eq!((table.words.len(), table.words[0].kind, table.words[0].order), (1, WordKind::Name, 1));
    assert_eq!(table.faults.len(), 2);
    assert!(lines::read("c.xlsx", b"PK\x03\x04 no table", defaults).is_err());
}

#[tokio::test]
async fn an_import_adds_changes_and_leaves_what_stands_there() {
    let app = TestApp::start().await;
    let import = |words: Vec<NewWord>| app.act(move |tx, cx| actions::import(tx, cx, &words, "演示.csv"));
    let (one, two) = (word(WordKind::Wrong, "甲甲", "乙乙"), word(WordKind::Wrong, "丙丙", "丁丁"));
    let first = import(vec![one.clone(), two.clone()]).await;
    assert_eq!((first.added, first.changed, first.unchanged), (2, 0, 0));
    let second = import(vec![one, NewWord { right: "戊戊".to_owned(), ..two }]).await;
    assert_eq!((second.added, second.changed, second.unchanged), (0, 1, 1));
}

#[tokio::test]
async fn the_list_is_searched_and_read_page_by_page() {
    let app = TestApp::start().await;
    let words: Vec<NewWord> =
        (10..35).map(|n| word(WordKind::Wrong, &format!("错词{n}"), &format!("对词{n}_%"))).collect();
    app.act(move |tx, cx| actions::import(tx, cx, &words, "演示.csv")).await;
    let page = |kind, text: &'static str, offset| {
        let filter = queries::Filter { kind, text: text.to_owned() };
        app.read(move |tx, cx| queries::page(tx, &cx.site_id, &filter, offset, 10))
    };
    let (words, n_words) = page(None, "", 20).await;
    assert_eq!((words.len(), n_words), (5, 25));
    assert_eq!(page(Some(WordKind::Name), "", 0).await.1, 0);
    assert_eq!(page(None, "错词12", 0).await.1, 1);
    assert_eq!(page(None, "对词1", 0).await.1, 10);
    assert_eq!(page(None, "_%", 0).await.1, 25);
    assert_eq!(page(None, "x_%", 0).await.1, 0);
}

#[tokio::test]
async fn no_common_mistake_is_found_in_its_own_correction() {
    let app = TestApp::start().await;
    let reference = app.app.reference;
    let compiled = app.read(|tx, cx| cx.word_lists.of_site(tx, cx)).await;
    assert!(reference.words.len() >= 300);
    for common in &reference.words {
        let meant = compiled.with(|list| {
            let found = (list.find)(&common.right);
            found.iter().any(|found| list.words[found.word].kind == WordKind::Wrong)
        });
        assert!(!meant, "{}→{}", common.word, common.right);
        let word = word(super::kind_of(&common.kind).unwrap(), &common.word, &common.right);
        assert_eq!(actions::check(&word), Ok(()), "{}", common.word);
    }
}
