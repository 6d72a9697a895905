//! Tests of the page reader: made-up pages for each layout, the shared real pages, and text nobody wrote.

mod layouts;
mod robust;
mod shared;
mod structure;
mod values;

use super::{HeadLabels, ReadPage, read_text};

fn labels() -> HeadLabels {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../reference/head_labels.toml");
    HeadLabels::parse(&std::fs::read_to_string(file).expect("the label file")).expect("a sound label file")
}

/// Reads a made-up page (演示数据).
fn page(title: &str, text: &str) -> ReadPage {
    read_text("https://www.example.gov.cn/a.html", title, text, &labels())
}

fn value<'a>(page: &'a ReadPage, label: &str) -> &'a str {
    let pair = page.printed.iter().find(|(name, _)| name == label);
    pair.map_or_else(|| panic!("{label} missing in {:?}", page.printed), |(_, value)| value.as_str())
}

fn has(page: &ReadPage, code: &str) -> bool {
    page.doubts.iter().any(|doubt| doubt.code() == code)
}
