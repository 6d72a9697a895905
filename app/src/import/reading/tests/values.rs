//! Dates, document numbers, and the contradictions between them (演示数据).

use super::super::dates::{DateReading, read_date};
use super::super::numbers::{self, NumberForm};
use super::*;

fn sure(date: &str) -> DateReading {
    DateReading::Sure(date.to_owned())
}

#[test]
fn dates_in_every_printed_shape() {
    let rows = [
        ("2018年3月11日", "2018-03-11"),
        ("2018-03-11", "2018-03-11"),
        ("2018/3/11", "2018-03-11"),
        ("2018.3.11", "2018-03-11"),
        ("２０１８年３月１１日", "2018-03-11"),
        ("20180311", "2018-03-11"),
        ("2017- 11- 29 18: 55", "2017-11-29"),
        ("2018-07-02 13:59:23.0", "2018-07-02"),
        ("二〇〇八年八月二十二日", "2008-08-22"),
        ("二○一三年十月十日", "2013-10-10"),
        ("二零二二年十一月三十日", "2022-11-30"),
        ("[2021-05-28]", "2021-05-28"),
        ("2020-08-13废止", "2020-08-13"),
        ("2020-02-29", "2020-02-29"),
    ];
    for (printed, date) in rows {
        assert_eq!(read_date(printed), sure(date), "{printed}");
    }
}

#[test]
fn placeholders_and_words_are_no_dates() {
    for printed in ["", "0000-00-00", "0000-00-00 00:00:00", "—", "null", "无"] {
        assert_eq!(read_date(printed), DateReading::None, "{printed}");
    }
    for printed in ["五年", "2019-02-29", "2018-13-01", "另行通知", "99999999999"] {
        assert_eq!(read_date(printed), DateReading::Unreadable, "{printed}");
    }
}

#[test]
fn figures_that_lost_their_marks_give_all_readings() {
    let damaged = |all: &[&str]| DateReading::Damaged(all.iter().map(|d| (*d).to_owned()).collect());
    assert_eq!(read_date("2025611"), damaged(&["2025-06-11"]));
    assert_eq!(read_date("2016118"), damaged(&["2016-01-18", "2016-11-08"]));
    assert_eq!(read_date("{ 2017 6 23"), damaged(&["2017-06-23"]));
    assert_eq!(read_date("20181月1日"), damaged(&["2018-01-01"]));
    assert_eq!(read_date("201912"), damaged(&["2019-01-02"]));
}

#[test]
fn document_numbers_and_their_faults() {
    let rows = [
        ("示政发〔2018〕5号", NumberForm::Sound),
        ("示政发[2018]5号", NumberForm::Mendable("示政发〔2018〕5号".into())),
        ("示政发（2018）05号", NumberForm::Mendable("示政发〔2018〕5号".into())),
        ("示政发【2018】第5号", NumberForm::Mendable("示政发〔2018〕5号".into())),
        ("示政发〔18〕5号", NumberForm::Mendable("示政发〔2018〕5号".into())),
        ("示政发 〔2018〕 5号", NumberForm::Mendable("示政发〔2018〕5号".into())),
        ("示政发〔2018〕5", NumberForm::Mendable("示政发〔2018〕5号".into())),
        ("示政发〔201746", NumberForm::Damaged("示政发〔2017〕46号".into())),
        ("国令第706号", NumberForm::Foreign),
        ("yjya_20111027001", NumberForm::Foreign),
    ];
    for (printed, form) in rows {
        assert_eq!(numbers::form_of(printed), form, "{printed}");
    }
}

#[test]
fn index_numbers_by_shape_and_year() {
    let rows = [
        ("000014349/2017-00110", Some(2017)),
        ("003129766/201901-00336", Some(2019)),
        ("01527918X-2020-153077", Some(2020)),
        ("000000000-2019-03726", Some(2019)),
        ("3070211020000013000000/2025071600000073", Some(2025)),
        ("20191202-189769", None),
    ];
    for (printed, year) in rows {
        assert_eq!(numbers::index_year(printed), year, "{printed}");
    }
    assert!(!numbers::looks_like_index_number("SFDR-2019-01004"));
    assert!(!numbers::looks_like_index_number("2019-01-02"));
}

/// A sound head with the given lines, so that a test says only what it is about.
fn with(lines: &str) -> ReadPage {
    page(
        "示例区关于防汛的通知",
        &format!(
            "索引号：000000000/2024-00017 发布机构：示例区政府\n{lines}\n示例区关于防汛的通知\n各镇人民政府：\n做好防汛。"
        ),
    )
}

#[test]
fn a_head_without_contradictions_needs_no_review() {
    let read = with("文号：示政发〔2024〕5号 成文日期：2024-03-11 发布日期：2024-03-12");
    assert_eq!(read.doubts, vec![]);
}

#[test]
fn the_same_label_with_two_values_is_a_contradiction_and_both_stay_printed() {
    let read = with("发布日期：2018-06-11\n发布日期：2018-05-28");
    assert!(has(&read, "two_values") && read.needs_review());
    assert_eq!(read.printed.iter().filter(|(label, _)| label == "发布日期").count(), 2);
    let same = with("发布日期：2024-03-12\n发布日期：2024年3月12日");
    assert!(!has(&same, "two_values"));
}

#[test]
fn dates_that_contradict_each_other_or_the_numbers() {
    assert!(has(&with("成文日期：2024-03-15 发布日期：2024-03-12"), "written_after_published"));
    let next_day = with("成文日期：2024-03-13 发布日期：2024-03-12");
    assert!(has(&next_day, "written_next_day") && !next_day.needs_review());
    let over_new_year = with("成文日期：2024-01-01 发布日期：2023-12-31");
    assert!(has(&over_new_year, "written_next_day"));
    let moved = with("文号：示政发〔2017〕5号 成文日期：2024-03-11");
    assert!(has(&moved, "number_year_apart") && moved.needs_review());
    assert!(has(&with("发布日期：2018-03-12"), "index_year_apart"));
}

#[test]
fn ambiguous_dates_are_not_guessed() {
    let read = with("发布日期：2016118");
    assert_eq!(read.published_on, None);
    assert!(has(&read, "ambiguous_date") && read.needs_review());
    assert_eq!(value(&read, "发布日期"), "2016118");
}

#[test]
fn validity_may_carry_the_repeal_date() {
    let read = with("有效性：2026-08-13废止 废止日期：0000-00-00");
    assert_eq!(read.validity.as_deref(), Some("2026-08-13废止"));
    assert_eq!(read.repealed_on.as_deref(), Some("2026-08-13"));
}

#[test]
fn placeholders_are_printed_but_fill_no_field() {
    let read = with("文号：无 关键词：null 主题分类：-- 有效性：");
    assert_eq!(value(&read, "文号"), "无");
    assert_eq!((read.document_number, read.subject_category), (None, None));
    assert!(read.keywords.is_empty());
}

#[test]
fn a_number_under_the_title_serves_when_the_head_has_none() {
    let head = "索引号：000000000/2024-00017 发布机构：示例区政府 文号：";
    let read = page(
        "示例区关于防汛的通知",
        &format!("{head}\n示例区关于防汛的通知\n示政发[2024]5号\n各镇人民政府：\n按示政发〔2020〕9号执行。"),
    );
    assert_eq!(read.document_number.as_deref(), Some("示政发[2024]5号"));
    assert_eq!(read.document_number_proposal.as_deref(), Some("示政发〔2024〕5号"));
    assert!(has(&read, "number_from_text") && !read.needs_review());
    let in_title = page("示例区关于防汛的通知（示政发〔2024〕5号）", head);
    assert_eq!(in_title.document_number.as_deref(), Some("示政发〔2024〕5号"));
}

#[test]
fn head_and_text_with_different_numbers_are_a_contradiction() {
    let read = page(
        "通知",
        "索引号：000000000/2024-00017 文号：示政发〔2024〕5号\n通知\n示政发〔2024〕6号\n各镇人民政府：",
    );
    assert!(has(&read, "numbers_differ") && read.needs_review());
    let damaged = page(
        "通知",
        "索引号：000000000/2024-00017 文号：示政发〔2024〕5号\n通知\n示政发〔20245\n各镇人民政府：",
    );
    assert!(!has(&damaged, "numbers_differ"), "{:?}", damaged.doubts);
}

#[test]
fn titles_come_from_list_head_or_page() {
    let head = "索引号：000000000/2024-00017 发布机构：示例区政府";
    assert!(has(&page("（示例区预案）", head), "title_is_note"));
    assert!(has(&page("", head), "title_missing"));
    let read = page(
        "",
        &format!(
            "{head}\n示例区2023年政府信息公开工作年度报告\n示例区2023年政府信息公开工作年度报告\n一、概述\n本年度公开信息若干条。"
        ),
    );
    assert_eq!(read.title, "示例区2023年政府信息公开工作年度报告");
    assert!(read.body.starts_with("一、概述"), "{}", read.body);
    assert_eq!(page("【已失效】某办法", head).validity.as_deref(), Some("已失效"));
}

#[test]
fn clones_are_recognised() {
    let read = |url: &str, text: &str| super::read_text(url, "示例县通知", text, &labels());
    assert!(has(&read("https://abc.invalid/x", "示例县"), "not_government_address"));
    assert!(has(&read("https://gov.cn.evil.com/x", "示例县"), "not_government_address"));
    assert!(!has(&read("http://www.example.gov.cn:8080/x", "示例县"), "not_government_address"));
    assert!(!has(&read("", "示例县"), "not_government_address"));
    assert!(has(&read("", "關于印發(fā)預(yù)案"), "machine_converted"));
    assert!(has(&read("", "某博彩县人民政府通知"), "gambling"));
    assert!(!has(&read("", "严厉打击赌场和投注网，取缔六合彩。"), "gambling"));
    assert!(has(&read("", "?全年公开信息?1340条，?其中网站?900条"), "question_marks"));
    assert!(has(&read("", "编制目旳和根据旳规定"), "reworded"));
    assert!(has(&read("", "公开信\u{fffd}\u{fffd}"), "mojibake"));
    assert!(!has(&read("", "问：如何申请?\n答：网上申请。可以吗?可以。"), "question_marks"));
}

#[test]
fn every_doubt_speaks_chinese_and_names_what_it_found() {
    let pages = [
        with("发布日期：2016118 成文日期：2025611 文号：示政发〔20245"),
        with("文号：A-1 发布日期：2018-03-12 成文日期：2018-09-01"),
        page("（说明）", "x"),
    ];
    for doubt in pages.iter().flat_map(|page| &page.doubts) {
        assert!(doubt.sentence().ends_with('。'), "{}", doubt.sentence());
        assert!(doubt.code().chars().all(|c| c.is_ascii_lowercase() || c == '_'));
    }
}
