//! Text nobody wrote: the reader neither falls nor loses a line, and takes the same time for every line.

use proptest::prelude::*;

use super::super::{head, lines, read_html, text_to_html};
use super::*;

/// Lines made of the pieces heads are made of, in any order.
fn any_page() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec!["索引号", "文号：", "发布机构:", "索 引 号", "号:", "性：", "来源：", "名称:", "[ 成文日期 ]", "【时效】", "有效", "无"]),
        4 => prop::sample::select(vec!["000000000/2024-00017", "示政发〔2024〕5号", "示政发〔20245", "2024-03-12", "2016118", "示例区政府", "某通知", "首页 > 公开"]),
        3 => prop::sample::select(vec![" ", "\n", "\n\n", "|", " | ", "• ", "　", "\u{a0}", "。", "：", "(", "一、", "各镇："]),
        1 => prop::sample::select(vec!["<td>", "</td>", "<table>", "&", "\u{fffd}", "é", "?", "🙂", "\r\n", "\u{200b}"]),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_input_panics_and_reading_is_deterministic(text in any_page(), title in any_page()) {
        let labels = labels();
        let read = super::super::read_text("https://www.example.gov.cn/", &title, &text, &labels);
        prop_assert_eq!(&read, &super::super::read_text("https://www.example.gov.cn/", &title, &text, &labels));
        text_to_html(&read.body);
        read_html("", &title, &text, &labels);
    }

    #[test]
    fn no_letters_panic(text in "\\PC{0,300}") {
        let labels = labels();
        text_to_html(&super::super::read_text("", "", &text, &labels).body);
        read_html("", "", &text, &labels);
    }

    #[test]
    fn every_line_is_head_text_or_left_out(text in any_page()) {
        let labels = labels();
        let all: Vec<&str> = text.split(['\n', '\r']).collect();
        let head = head::find_head(&all, "某通知", &labels);
        let read = super::super::read_text("", "某通知", &text, &labels);
        let rest = format!("{}\n{}", read.body, read.left_out.join("\n"));
        for (at, line) in all.iter().enumerate() {
            let claimed = head.roles.get(at) == Some(&head::Role::Head);
            let trimmed = line.trim_matches(lines::is_space);
            prop_assert!(claimed || rest.contains(trimmed), "lost: {trimmed:?} of {text:?}");
        }
    }

    #[test]
    fn structure_keeps_every_letter(text in any_page()) {
        let html = text_to_html(&text);
        let page = scraper::Html::parse_fragment(&html);
        let shown: String = page.root_element().text().collect();
        prop_assert_eq!(bare(&shown), bare(&text.replace('#', "")));
    }
}

#[test]
fn letters_of_a_head_line_are_in_its_labels_and_values() {
    let text = "政府文件 索引号：000000000/2024-00017 号: 甲 发布机构 【时效】有效\n办理：乙 文号：丙";
    let read = page("通知", text);
    let printed: String = read.printed.iter().map(|(label, value)| format!("{label}{value}")).collect();
    assert_eq!(bare(&printed), bare(text.trim_start_matches("政府文件")));
}

#[test]
fn ten_megabytes_in_any_shape_take_seconds() {
    let labels = labels();
    let began = std::time::Instant::now();
    for piece in
        ["一二三四五。", "索引号:", "(a", "[", "|", "• \n", "\n文号:\n", "〔2017", "发布日期:2018-01-01 "]
    {
        let text = piece.repeat(2_000_000 / piece.len());
        text_to_html(&super::super::read_text("", "通知", &text, &labels).body);
    }
    for piece in ["<div>", "<table><tr><td>", "<b><p>", "<li>甲"] {
        read_html("", "通知", &piece.repeat(2_000_000 / piece.len()), &labels);
    }
    assert!(began.elapsed().as_secs() < 60, "{:?}", began.elapsed());
}
