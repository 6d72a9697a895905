//! Printed document numbers and what they must be read as; it does not test imports of whole pages.

use super::DocumentNumberFaultKind as Kind;
use super::*;

#[test]
fn sound_numbers_come_apart_into_mark_year_and_serial() {
    use DocumentNumberForm::{Announcement, Decree, Regular, Unified};
    for (text, form, mark, year, serial) in [
        ("松政发〔2018〕5号", Regular, "松政发", Some(2018), 5),
        ("齐政办规〔2019〕13号", Regular, "齐政办规", Some(2019), 13),
        ("国办发明电〔2020〕1号", Regular, "国办发明电", Some(2020), 1),
        ("国务院令第711号", Decree, "国务院令", None, 711),
        ("中华人民共和国主席令第七十一号", Decree, "中华人民共和国主席令", None, 71),
        ("××市人民政府令第10号", Decree, "××市人民政府令", None, 10),
        ("××市人民政府令2018年第3号", Decree, "××市人民政府令", Some(2018), 3),
        ("××省人民政府令〔2011〕第22号", Decree, "××省人民政府令", Some(2011), 22),
        ("国家税务总局公告2018年第5号", Announcement, "国家税务总局公告", Some(2018), 5),
        ("HFGS—2017—9", Unified, "HFGS", Some(2017), 9),
        ("ZJSP02-2019-0001", Unified, "ZJSP02", Some(2019), 1),
    ] {
        let number = DocumentNumber::parse(text).unwrap();
        assert_eq!(number.form, form, "{text}");
        assert_eq!((number.organ_mark.as_str(), number.year, number.serial), (mark, year, serial));
        assert_eq!(number.printed, text);
    }
}

#[test]
fn each_fault_is_named_and_the_correction_proposed() {
    let sound = "松政发〔2018〕5号";
    for (text, kinds) in [
        ("松政发[2018]5号", vec![Kind::WrongBrackets]),
        ("松政发（2018）5号", vec![Kind::WrongBrackets]),
        ("松政发【2018】5号", vec![Kind::WrongBrackets]),
        ("松政发﹝2018﹞5号", vec![Kind::WrongBrackets]),
        ("松政发〔2018]5号", vec![Kind::WrongBrackets]),
        ("松政发〔2018〕05号", vec![Kind::LeadingZero]),
        ("松政发〔2018〕第5号", vec![Kind::OrdinalPrefix]),
        ("松政发〔18〕5号", vec![Kind::ShortYear]),
        ("松政发〔2018〕 5号", vec![Kind::Spaces]),
        ("松政发 〔2018〕 5号", vec![Kind::Spaces]),
        ("松政发〔2018〕5", vec![Kind::MissingSuffix]),
        ("松政发〔２０１８〕５号", vec![Kind::FullWidthDigits]),
        ("松政發〔2018〕5號", vec![Kind::TraditionalCharacters]),
        ("松政发〔2018〕5号□□", vec![Kind::ExtraText]),
        ("（松政发〔2018〕5号）", vec![Kind::ExtraText]),
        ("松政发20185", vec![Kind::MissingSuffix, Kind::Damaged]),
        ("松政发〔20185", vec![Kind::MissingSuffix, Kind::Damaged]),
        ("松政发2018〕5号", vec![Kind::Damaged]),
        ("松政发〔20185号", vec![Kind::Damaged]),
        ("松政发2018第5号", vec![Kind::OrdinalPrefix, Kind::Damaged]),
        (
            "松政发[18] 第05",
            vec![
                Kind::WrongBrackets,
                Kind::LeadingZero,
                Kind::OrdinalPrefix,
                Kind::ShortYear,
                Kind::Spaces,
                Kind::MissingSuffix,
            ],
        ),
    ] {
        let fault = DocumentNumber::parse(text).unwrap_err();
        assert_eq!(fault.kinds, kinds, "{text}");
        assert_eq!(fault.proposal.as_deref(), Some(sound), "{text}");
        assert_eq!(fault.printed, text);
    }
}

#[test]
fn the_real_page_with_stray_blanks_gets_its_proposal() {
    let fault = DocumentNumber::parse("渝北府发 〔2017〕 7号").unwrap_err();
    assert_eq!(fault.proposal.as_deref(), Some("渝北府发〔2017〕7号"));
    let fault = DocumentNumber::parse("国办发201746").unwrap_err();
    assert_eq!(fault.proposal.as_deref(), Some("国办发〔2017〕46号"));
}

#[test]
fn a_decree_with_a_year_keeps_its_ordinal() {
    for text in ["某省政府令【2008】第9号", "某省政府令[2008]第9号"] {
        let fault = DocumentNumber::parse(text).unwrap_err();
        assert_eq!(fault.kinds, [Kind::WrongBrackets], "{text}");
        assert_eq!(fault.proposal.as_deref(), Some("某省政府令〔2008〕第9号"));
    }
}

#[test]
fn digits_with_two_readings_get_no_proposal() {
    for text in ["〔201746", "2016118", "2025611", "{ 2017 6 23"] {
        let fault = DocumentNumber::parse(text).unwrap_err();
        assert_eq!(fault.proposal, None, "{text}");
        assert!(
            fault.kinds.contains(&Kind::NoOrganMark) || fault.kinds.contains(&Kind::Unreadable),
            "{text}: {:?}",
            fault.kinds
        );
    }
}

#[test]
fn what_cannot_be_a_number_gets_no_proposal() {
    for text in [
        "国办发19461",
        "国办发〔2017〕号",
        "国办发〔2017〕00号",
        "国办发〔2017〕12345号",
        "国办发〔201〕5号",
        "国办发",
        "松〔2018〕5号",
        "新政办发[2009]特5号",
        "HFGS—2017",
        "国务院令第号",
        "令第5号",
    ] {
        let fault = DocumentNumber::parse(text).unwrap_err();
        assert_eq!(fault.proposal, None, "{text}");
        assert!(!fault.kinds.is_empty(), "{text}");
    }
}

#[test]
fn words_for_nothing_are_blank() {
    for text in ["", "  ", "无", "null", "—", "--", "/"] {
        assert_eq!(DocumentNumber::parse(text).unwrap_err().kinds, [Kind::Blank], "{text}");
    }
}

#[test]
fn every_proposal_is_itself_sound() {
    for mark in ["松政发", "国办发", "黔东南府办发"] {
        for year in ["18", "2018", "1996", "２０１８"] {
            for (open, close) in [("[", "]"), ("（", "）"), ("〔", ""), ("", "〕"), ("", "")] {
                for serial in ["5", "05", "第5", "118", "１１８号", "号"] {
                    let text = format!("{mark}{open}{year}{close}{serial}");
                    let Err(fault) = DocumentNumber::parse(&text) else {
                        continue;
                    };
                    if let Some(proposal) = fault.proposal {
                        let number = DocumentNumber::parse(&proposal).unwrap();
                        assert_eq!(number.organ_mark, mark, "{text}");
                    }
                }
            }
        }
    }
}

#[test]
fn chinese_numerals_are_read_or_refused() {
    for (text, expected) in [
        ("五", Some(5)),
        ("十", Some(10)),
        ("十一", Some(11)),
        ("二十", Some(20)),
        ("一百零三", Some(103)),
        ("一百二十三", Some(123)),
        ("二〇", None),
        ("", None),
        ("甲", None),
    ] {
        assert_eq!(chinese_numeral(text), expected, "{text}");
    }
}
