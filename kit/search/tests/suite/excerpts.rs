//! Excerpts from a text that only the caller has. All texts are made up (演示数据).
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use kit_search::{Piece, excerpt, highlight};
use proptest::prelude::*;

fn terms(terms: &[&str]) -> Vec<String> {
    terms.iter().map(|term| (*term).to_owned()).collect()
}

fn plain(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| piece.text.as_str()).collect()
}

fn marked(pieces: &[Piece]) -> Vec<&str> {
    pieces.iter().filter(|piece| piece.marked).map(|piece| piece.text.as_str()).collect()
}

#[test]
fn a_short_text_is_given_whole_with_its_terms_marked() {
    let pieces = excerpt("关于道路养护的通知", &terms(&["养护"]), 100, 2);
    assert_eq!(plain(&pieces), "关于道路养护的通知");
    assert_eq!(marked(&pieces), ["养护"]);
}

#[test]
fn a_long_text_gives_the_stretch_with_the_most_terms() {
    let filler = "这里是别的内容，与所查无关。".repeat(30);
    let text = format!("{filler}低保一次。{filler}城市低保标准由演示局公布。{filler}");
    let pieces = excerpt(&text, &terms(&["低保", "标准"]), 40, 1);
    assert_eq!(marked(&pieces), ["低保", "标准"]);
    let shown = plain(&pieces);
    assert!(shown.starts_with("…城市低保标准"), "begins at the sentence: {shown}");
    assert!(shown.ends_with('…'));
    assert!(shown.chars().filter(|c| *c != '…').count() <= 40);
}

#[test]
fn several_fragments_stand_in_the_order_of_the_text() {
    let filler = "别的内容。".repeat(60);
    let text = format!("{filler}标准在前。{filler}低保在后。{filler}");
    let pieces = excerpt(&text, &terms(&["低保", "标准"]), 60, 2);
    assert_eq!(marked(&pieces), ["标准", "低保"]);
    assert_eq!(plain(&pieces).matches('…').count(), 3);
}

#[test]
fn a_text_without_the_terms_gives_its_beginning() {
    let pieces = excerpt(&"甲乙丙丁".repeat(50), &terms(&["不在"]), 8, 2);
    assert_eq!(plain(&pieces), "甲乙丙丁甲乙丙丁…");
}

#[test]
fn the_longest_term_wins_and_marks_do_not_break_a_term() {
    assert_eq!(marked(&highlight("最低生活保障", &terms(&["生活", "生活保障"]))), ["生活保障"]);
    assert_eq!(marked(&highlight("档案 资\n料公开", &terms(&["档案资料"]))), ["档案 资\n料"]);
    assert!(marked(&highlight("party", &terms(&["art"]))).is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn highlighting_never_changes_the_text(text in any::<String>(), word in any::<String>()) {
        prop_assert_eq!(plain(&highlight(&text, &[word])), text);
    }

    #[test]
    fn an_excerpt_is_never_longer_than_asked_and_stands_in_the_text(
        text in "[甲乙丙a1。 \n]{0,300}", word in "[甲乙a]{1,3}", max in 0usize..80, n in 0usize..4,
    ) {
        let pieces = excerpt(&text, &[word], max, n);
        let shown = plain(&pieces);
        prop_assert!(shown.chars().filter(|c| *c != '…').count() <= max);
        for fragment in shown.split('…') {
            prop_assert!(text.contains(fragment));
        }
    }
}
