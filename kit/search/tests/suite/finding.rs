//! What people type and what they find. All entries are made up (演示数据).
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use crate::world::{TestIndex, With, entry};
use kit_search::{Hits, Index, Query, Reading, Sort, Strictness, highlight};
use proptest::prelude::*;

fn sample() -> TestIndex {
    let index = TestIndex::new();
    index.put(
        "north",
        1,
        vec![
            entry("a", "演示区最低生活保障金标准", "二〇一八年度城市低保标准为每月六百元。")
                .number("甲字〔2018〕5号")
                .day(100),
            entry("b", "关于道路养护的通知", "为做好农村道路养护工作，劲松镇负责组织。详见甲字〔2018〕5号。")
                .number("甲字〔2018〕52号")
                .day(200),
            entry("c", "劲松镇年度工作要点", "推进“放管服”改革，优化营商环境。ＧＢ/Ｔ 9704-2012 适用。")
                .number("000014349/2018-00222")
                .day(300),
            entry("d", "无关的一页", "松树林与城镇。市场，长江。").day(400),
        ],
    );
    index
}

fn search(index: &Index, text: &str) -> Hits {
    index.search(&Query::new("north", text)).unwrap()
}

fn found(index: &Index, text: &str) -> Vec<String> {
    search(index, text).hits.into_iter().map(|hit| hit.key).collect()
}

fn found_sorted(index: &Index, text: &str) -> Vec<String> {
    let mut keys = found(index, text);
    keys.sort();
    keys
}

#[test]
fn two_character_words_and_single_characters_are_found_wherever_they_stand() {
    let index = sample();
    assert_eq!(found(&index, "低保"), ["a"]);
    assert_eq!(found(&index, "养护"), ["b"]);
    assert_eq!(found(&index, "保障金"), ["a"]);
    assert_eq!(found(&index, "元"), ["a"]);
    assert_eq!(found(&index, "江"), ["d"]);
}

#[test]
fn a_name_the_dictionary_does_not_know_is_found_as_a_whole() {
    let index = sample();
    assert_eq!(found_sorted(&index, "劲松镇"), ["b", "c"]);
    assert_eq!(search(&index, "劲松镇").understood.strictness, Strictness::All);
}

#[test]
fn width_and_case_do_not_matter() {
    let index = sample();
    for text in ["gb/t", "ＧＢ／Ｔ", "GB T 9704", "９７０４"] {
        assert_eq!(found(&index, text), ["c"], "{text}");
    }
}

#[test]
fn an_identifier_is_found_whatever_its_brackets() {
    let index = sample();
    for text in [
        "甲字〔2018〕5号",
        "甲字[2018]5号",
        "甲字（２０１８）５号",
        "甲字【2018】 5号",
        "甲字 2018 5号",
        "甲字20185号",
    ] {
        let hits = search(&index, text);
        assert_eq!(hits.understood.reading, Reading::Identifier("甲字20185号".to_owned()), "{text}");
        assert_eq!(hits.hits[0].key, "a", "the bearer of the number first: {text}");
    }
    let keys = found(&index, "甲字〔2018〕5号");
    assert_eq!(keys, ["a", "b"], "then who cites it, and not number 52 for its own number");
}

#[test]
fn an_identifier_is_found_by_its_beginning_and_by_its_end() {
    let index = sample();
    assert_eq!(found_sorted(&index, "甲字〔2018〕"), ["a", "b"]);
    assert_eq!(found(&index, "000014349/2018-00222"), ["c"]);
    assert_eq!(found(&index, "000014349"), ["c"]);
    assert_eq!(found(&index, "2018-00222"), ["c"]);
    assert_eq!(found(&index, "00001434"), ["c"], "also by a beginning that ends within a component");
    assert_eq!(found(&index, "〔2018〕52号"), ["b"]);
}

#[test]
fn a_quoted_phrase_is_matched_exactly_and_plain_words_are_not() {
    let index = sample();
    assert_eq!(found(&index, "“道路养护工作”"), ["b"]);
    assert!(found(&index, "“养护道路”").is_empty());
    assert_eq!(found(&index, "养护 道路"), ["b"]);
    assert_eq!(search(&index, "\"放管服\"").understood.phrases, ["放管服"]);
    assert!(found(&index, "“城镇市场”").is_empty(), "a sentence end stands between");
}

#[test]
fn all_words_are_asked_first_and_most_words_only_when_nothing_has_all() {
    let index = sample();
    let strict = search(&index, "劲松镇 道路");
    assert_eq!((strict.total, strict.understood.strictness), (1, Strictness::All));
    let loose = search(&index, "劲松镇 道路 低保");
    assert_eq!(loose.understood.strictness, Strictness::Most);
    assert_eq!(loose.hits[0].key, "b");
    let any = search(&index, "低保 宇宙");
    assert_eq!((any.total, any.understood.strictness), (1, Strictness::Any));
}

#[test]
fn a_word_in_the_title_counts_more_than_in_the_text() {
    let index = TestIndex::new();
    let filler = "其他内容若干。".repeat(5);
    index.put(
        "north",
        1,
        vec![
            entry("text", "另一件事", &format!("供热。{filler}")).day(900),
            entry("title", "供热", &format!("另一件事。{filler}")).day(1),
        ],
    );
    assert_eq!(found(&index, "供热"), ["title", "text"]);
}

#[test]
fn among_equals_the_newest_is_first_and_days_can_order_all() {
    let index = TestIndex::new();
    for (position, (key, day)) in (1..).zip([("old", 1), ("new", 30), ("mid", 20)]) {
        index.put("north", position, vec![entry(key, "供热通知", "同样的文字").day(day)]);
    }
    assert_eq!(found(&index, "供热"), ["new", "mid", "old"]);
    let mut query = Query::new("north", "供热");
    query.sort = Sort::Oldest;
    let keys: Vec<_> = index.search(&query).unwrap().hits.into_iter().map(|h| h.key).collect();
    assert_eq!(keys, ["old", "mid", "new"]);
    query.days = Some(2..=25);
    assert_eq!(index.search(&query).unwrap().hits[0].key, "mid");
    assert_eq!(index.search(&query).unwrap().total, 1);
}

#[test]
fn a_boost_lifts_an_entry() {
    let index = TestIndex::new();
    let mut lifted = entry("lifted", "供热通知", "同样的文字");
    lifted.boost = Some(1.5);
    index.put("north", 1, vec![entry("plain", "供热通知", "同样的文字").day(9), lifted.day(1)]);
    assert_eq!(found(&index, "供热"), ["lifted", "plain"]);
}

#[test]
fn without_text_everything_comes_newest_first_and_marks_alone_find_nothing() {
    let index = sample();
    assert_eq!(found(&index, "  "), ["d", "c", "b", "a"]);
    assert_eq!(search(&index, "").understood.reading, Reading::Everything);
    let nothing = search(&index, "《》—— \"\"");
    assert_eq!((nothing.total, nothing.understood.reading), (0, Reading::Nothing));
}

#[test]
fn words_of_a_query_language_are_only_words() {
    let index = sample();
    for text in ["group:south", "NOT 低保", "*", "key:a OR key:b", "低保~2^9", "[a TO z]", "(((("] {
        let hits = search(&index, text);
        assert!(hits.total <= 1, "{text}: {hits:?}");
    }
    assert_eq!(found(&index, "-低保"), ["a"], "a minus is a mark, not an operator");
}

#[test]
fn a_long_query_is_cut_and_says_so() {
    let index = sample();
    let hits = search(&index, &format!("低保 {}", "长".repeat(5000)));
    assert!(hits.understood.truncated);
    assert!(!search(&index, "低保").understood.truncated);
}

#[test]
fn terms_given_back_mark_what_was_found() {
    let index = sample();
    let marked = |query: &str, text: &str| -> Vec<String> {
        let terms = search(&index, query).terms;
        let pieces = highlight(text, &terms);
        pieces.into_iter().filter(|p| p.marked).map(|p| p.text).collect()
    };
    assert_eq!(marked("道路 养护", "关于道路养护的通知"), ["道路", "养护"]);
    assert_eq!(marked("甲字[2018]5号", "见甲字〔2018〕5号文"), ["甲字〔2018〕5号"]);
    assert_eq!(marked("gb", "ＧＢ标准与gbk"), ["ＧＢ"]);
}

#[test]
fn words_of_a_text_are_suggested_by_frequency() {
    let index = sample();
    let words = index.words_of("道路养护。道路。2018年的养护道路", 2);
    assert_eq!(words, ["道路", "养护"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_typed_fails(text in any::<String>()) {
        crate::world::shared(|index| { index.search(&Query::new("north", text)).unwrap(); });
    }

    #[test]
    fn nothing_typed_in_chinese_fails(text in "[一-龥0-9a-zA-Z〔〕“”\"「」《》（）：:/。，*?\\-\\s\u{0}]{0,260}") {
        crate::world::shared(|index| { index.search(&Query::new("north", text)).unwrap(); });
    }

    /// Whatever stands in a text side by side is found by typing it: no word boundary hides it.
    #[test]
    fn every_stretch_of_a_text_is_found_in_quotes(start in 0usize..60, n in 1usize..12) {
        let text: Vec<char> = crate::world::TEXT.chars().collect();
        let start = start.min(text.len() - n);
        let stretch: String = text[start..start + n].iter().collect();
        prop_assume!(stretch.chars().any(char::is_alphanumeric));
        // A run of letters or digits is found whole, not by its middle.
        let cut = |at: usize| at > 0 && at < text.len()
            && text[at - 1].is_ascii_alphanumeric() && text[at].is_ascii_alphanumeric();
        prop_assume!(!cut(start) && !cut(start + n));
        crate::world::shared(|index| {
            let hits = index.search(&Query::new("north", format!("“{stretch}”"))).unwrap();
            assert!(hits.hits.iter().any(|hit| hit.key == "stretch"), "{stretch}");
        });
    }
}
