//! Numbers that are personal data, and numbers that only look like it;
//! the speed of the scan is a matter of the benchmarks.

use super::SensitiveKind::{BankCard, Identity, Mobile};
use super::*;

/// Invented numbers whose check digits are right; region 110101 and serial 000 to 009 (演示数据).
const ID: &str = "11010119900307002X";
const CARD: &str = "6222020000000000000";

fn kinds(text: &str) -> Vec<SensitiveKind> {
    find(text).into_iter().map(|hit| hit.kind).collect()
}

/// An identity number with the check digit computed here, to test the check against another way.
fn identity(body: &str) -> String {
    let mut remainder = 0u32;
    for digit in body.bytes() {
        remainder = (remainder * 2 + u32::from(digit - b'0')) % 11;
    }
    let check = (12 - remainder * 2 % 11) % 11;
    format!("{body}{}", if check == 10 { "X".to_owned() } else { check.to_string() })
}

#[test]
fn identity_numbers_are_found_with_their_place() {
    let id = identity("11010119900307002");
    assert_eq!(kinds(&id), [Identity]);
    let text = format!("身份证号{id}，");
    let hits = find(&text);
    assert_eq!(&text[hits[0].range.clone()], id);
    assert_eq!(kinds(&text.to_lowercase()), [Identity], "a small x is a check letter too");
}

#[test]
fn a_hundred_identity_numbers_pass_and_one_changed_digit_fails_them() {
    for serial in 0..100 {
        let id = identity(&format!("110101199003{:02}{serial:03}", serial % 28 + 1));
        assert_eq!(kinds(&id), [Identity], "{id}");
        let changed = if id.ends_with('1') { '2' } else { '1' };
        let wrong = format!("{}{changed}", &id[..17]);
        assert!(!kinds(&wrong).contains(&Identity), "{wrong}");
    }
}

#[test]
fn identity_numbers_with_impossible_dates_are_none() {
    for body in ["11010119901307002", "11010119900332002", "11010118900307002", "01010119900307002"] {
        assert!(!kinds(&identity(body)).contains(&Identity), "{body}");
    }
}

#[test]
fn mobile_numbers_are_found_in_the_ways_people_write_them() {
    for text in [
        "联系电话13812345678",
        "13812345678",
        "138 1234 5678",
        "138-1234-5678",
        "（13812345678）",
        "13812345678、",
        "13812345678.",
        "13812345678-张某某",
    ] {
        assert_eq!(kinds(text), [Mobile], "{text}");
    }
    assert_eq!(kinds("13812345678，13912345678/13712345678"), [Mobile, Mobile, Mobile]);
}

#[test]
fn cards_are_found_by_their_check_digit() {
    assert_eq!(kinds(CARD), [BankCard]);
    assert_eq!(kinds("6222 0200 0000 0000 000"), [BankCard]);
    assert_eq!(kinds("6222020000000000001"), []);
    assert_eq!(kinds("0000000000000000"), [], "a serial of zeros is no card");
}

#[test]
fn numbers_that_only_look_like_personal_data_are_left_alone() {
    for text in [
        "213812345678",
        "138123456789",
        "12812345678",
        "A13812345678",
        "13812345678B",
        "0.13812345678",
        "13812345678.5",
        "20180301",
        "2018-03-01",
        "0457-3322168",
        "2018-03-01 12:00",
        "11340702486344515H/202110-00013",
        "000014349/2017-00110",
        "1381 234 5678",
        "2018 2019 2020 2021",
        "",
    ] {
        assert_eq!(kinds(text), [], "{text}");
    }
}

#[test]
fn each_kind_is_masked_in_its_way() {
    assert_eq!(mask(Identity, ID), "110101********002X");
    assert_eq!(mask(Mobile, "13812345678"), "138****5678");
    assert_eq!(mask(Mobile, "138 1234 5678"), "138 **** 5678");
    assert_eq!(mask(BankCard, CARD), "***************0000");
    let text = format!("张某某，{ID}，电话138-1234-5678，卡{CARD}。");
    let masked = mask_all(&text);
    assert_eq!(masked, "张某某，110101********002X，电话138-****-5678，卡***************0000。");
    assert_eq!(find(&masked), []);
}

#[test]
fn a_long_text_is_scanned_in_one_pass_without_losing_a_hit() {
    let line = format!("2018年度，我区主动公开政府信息1209条，电话13812345678，{CARD}。\n");
    let hits = find(&line.repeat(20_000));
    assert_eq!(hits.len(), 40_000);
    assert!(hits.is_sorted_by_key(|hit| hit.range.start));
}
