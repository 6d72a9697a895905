//! Attachments named in the text against the files that are attached (GB/T 9704-2012, 7.3.4), and what files hide. Whether
//! a file holds what its name says is not checked.

use std::ops::Range;

use super::signs::{bare, small_number};
use super::{Code, Detail, FileText, Finding, Mend, Place, Record};

/// Endings of archives: one of them may hold everything.
const ARCHIVES: [&str; 4] = [".zip", ".rar", ".7z", ".tar.gz"];

/// An attachment as the text names it.
#[derive(Debug)]
struct Named {
    number: Option<u32>,
    /// Its title; empty where only a number is given.
    title: String,
    block: usize,
    range: Range<usize>,
}

/// Named and missing, attached and not named.
pub(super) fn attachments(record: &Record<'_>) -> Vec<Finding> {
    let (named, annexes) = read(record);
    let files = record.attachments;
    if files.iter().any(|file| ARCHIVES.iter().any(|ending| file.to_lowercase().ends_with(ending))) {
        return Vec::new();
    }
    let mut is_free = vec![true; files.len()];
    let mut open: Vec<&Named> = Vec::new();
    for item in &named {
        let found = (0..files.len()).filter(|at| is_free[*at]).find(|at| fits(item, &files[*at], *at));
        match found {
            Some(at) => is_free[at] = false,
            None if is_annex(item, &annexes) => {}
            None => open.push(item),
        }
    }
    // A file of another name may be the one that is meant: what is certain is the number.
    let left = (0..files.len()).filter(|at| is_free[*at]).collect::<Vec<_>>();
    let missing = open.iter().skip(left.len()).map(|item| missing(record, item));
    let unnamed = left.iter().skip(open.len()).map(|at| &files[*at]);
    let unnamed = unnamed.filter(|file| !is_document_itself(record, file, &named));
    let unnamed =
        unnamed.map(|file| Finding::new(Code::AttachmentUnnamed, Place::attachment(file, ""), file));
    missing.chain(unnamed).collect()
}

fn missing(record: &Record<'_>, item: &Named) -> Finding {
    let excerpt = &record.body.blocks[item.block].text[item.range.clone()];
    let place = Place::Block { block: item.block, range: item.range.clone() };
    let number = item.number.map(|number| number.to_string()).unwrap_or_default();
    let name = if item.title.is_empty() { format!("附件{number}") } else { item.title.clone() };
    Finding::new(Code::AttachmentMissing, place, excerpt).detail(Detail::Value(name))
}

/// Where the text names nothing, one file that bears the title, or stands for an empty text, is the document itself.
fn is_document_itself(record: &Record<'_>, file: &str, named: &[Named]) -> bool {
    let (title, name) = (bare(record.title), bare(stem(file)));
    let same =
        !name.is_empty() && (title.contains(&name) || name.contains(&title) || likeness(&title, &name) >= 60);
    let is_short = record.body.blocks.iter().map(|block| block.text.len()).sum::<usize>() < 300;
    named.is_empty() && (same || is_short)
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn fits(item: &Named, file: &str, at: usize) -> bool {
    let (number, title) = numbered(stem(file));
    let (title, wanted) = (bare(title), bare(&item.title));
    let same_number = item.number.is_some() && number == item.number;
    if wanted.is_empty() {
        return same_number || (number.is_none() && item.number.is_some_and(|n| n as usize == at + 1));
    }
    same_number
        || (!title.is_empty() && (title.contains(&wanted) || wanted.contains(&title)))
        || likeness(&title, &wanted) >= 60
}

/// Percent of the pairs of neighbouring characters that two names share.
fn likeness(one: &str, other: &str) -> usize {
    let pairs = |text: &str| {
        let chars: Vec<char> = text.chars().collect();
        let mut pairs: Vec<(char, char)> = chars.windows(2).map(|pair| (pair[0], pair[1])).collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    };
    let (one, other) = (pairs(one), pairs(other));
    let shared = one.iter().filter(|pair| other.binary_search(pair).is_ok()).count();
    200 * shared / (one.len() + other.len()).max(1)
}

/// An annex printed in the body stands under a heading 附件2.
fn is_annex(item: &Named, annexes: &[Option<u32>]) -> bool {
    annexes.iter().any(|annex| *annex == item.number || (annex.is_none() && annexes.len() == 1))
        || (item.number == Some(1) && annexes.contains(&None))
}

/// The attachments a text names, and the numbers of those printed within it.
fn read(record: &Record<'_>) -> (Vec<Named>, Vec<Option<u32>>) {
    let (mut named, mut annexes) = (Vec::new(), Vec::new());
    // The number of the next line of a list that goes on: 附件：1.… / 2.…
    let mut next = None;
    for (block, text) in record.body.blocks.iter().map(|block| block.text.as_str()).enumerate() {
        for line in text.split('\n') {
            let from = line.as_ptr() as usize - text.as_ptr() as usize;
            let start = from + line.len() - line.trim_start().len();
            let here = Here { block, start, line: line.trim() };
            if matches!(here.line, "附件：" | "附件:") {
                next = Some(1);
            } else if let Some(annex) = annex_head(here.line) {
                annexes.push(annex);
                next = None;
            } else if let Some(item) = note(&here).or_else(|| going_on(&here, next)) {
                next = item.number.map(|number| number + 1);
                named.push(item);
            } else if !here.line.is_empty() {
                next = None;
                references(&here, &mut named);
            }
        }
    }
    (merge(named), annexes)
}

/// A line and where it stands.
struct Here<'a> {
    block: usize,
    start: usize,
    line: &'a str,
}

impl Here<'_> {
    fn named(&self, number: Option<u32>, title: &str) -> Named {
        let title = title.trim().trim_end_matches(['。', '；', ';', '，']).to_owned();
        Named { number, title, block: self.block, range: self.start..self.start + self.line.len() }
    }
}

/// `附件` or `附件2` alone on its line.
fn annex_head(line: &str) -> Option<Option<u32>> {
    let rest = line.strip_prefix("附件").or_else(|| line.strip_prefix("附表"))?;
    let rest = rest.trim().trim_end_matches(['：', ':']);
    if rest.is_empty() {
        return Some(None);
    }
    small_number(rest).map(Some)
}

/// `附件：1.名册`, `附件2：名册`, `附：名册`.
fn note(here: &Here<'_>) -> Option<Named> {
    let rest = here.line.strip_prefix("附件").or_else(|| here.line.strip_prefix('附'))?;
    let (head, title) = rest.split_once(['：', ':'])?;
    let own = if head.trim().is_empty() { None } else { Some(small_number(head)?) };
    let (number, title) = numbered(title);
    let number = own.or(number);
    (number.is_some() || !title.trim().is_empty()).then(|| here.named(number, title))
}

/// The next line of the list.
fn going_on(here: &Here<'_>, next: Option<u32>) -> Option<Named> {
    let (number, title) = numbered(here.line);
    (number.is_some() && number == next && !title.is_empty() && title.chars().count() <= 80)
        .then(|| here.named(number, title))
}

/// The number before a title, and the title: `1.名册`, `附件1：名册`, `（一）名册`.
fn numbered(text: &str) -> (Option<u32>, &str) {
    let text = text.trim();
    let rest = text.strip_prefix("附件").unwrap_or(text).trim_start_matches([' ', '（', '(']);
    let is_numeral = |c: char| c.is_ascii_digit() || "０１２３４５６７８９一二三四五六七八九十".contains(c);
    let length = rest.find(|c| !is_numeral(c)).unwrap_or(rest.len());
    let (numeral, title) = rest.split_at(length);
    let signs = |c: char| ".．、：:）)-_—".contains(c) || c.is_whitespace();
    let is_marked = title.is_empty() || title.starts_with(signs) || text.starts_with("附件");
    match small_number(numeral).filter(|_| is_marked) {
        Some(number) => (Some(number), title.trim_start_matches(signs)),
        None => (None, text),
    }
}

/// 见附件, 详见附件2, （附件3）: but not the annexes of other documents.
fn references(here: &Here<'_>, named: &mut Vec<Named>) {
    for (at, word) in here.line.match_indices("附件") {
        let before = here.line[..at].trim_end_matches(['（', '(', ' ', '“']);
        if before.ends_with(['》', '号', '的', '各', '款', '条']) {
            continue;
        }
        let rest = &here.line[at + word.len()..];
        let is_numeral =
            |c: char| c.is_ascii_digit() || "０１２３４５６７８９一二三四五六七八九十".contains(c);
        let length = rest.find(|c| !is_numeral(c)).unwrap_or(rest.len());
        let number = small_number(&rest[..length]).filter(|number| (1..=50).contains(number));
        let is_pointed_at = before.ends_with('见');
        if number.is_none() && !is_pointed_at {
            continue;
        }
        let from = here.start + at;
        let range = from..from + word.len() + if number.is_some() { length } else { 0 };
        named.push(Named { number, title: String::new(), block: here.block, range });
    }
}

/// One of each number; a title wins over a bare reference, and 见附件 without a number over nothing only.
fn merge(named: Vec<Named>) -> Vec<Named> {
    let has_others = named.iter().any(|item| item.number.is_some() || !item.title.is_empty());
    let mut merged: Vec<Named> = Vec::new();
    for item in named {
        if item.number.is_none() && item.title.is_empty() && (has_others || !merged.is_empty()) {
            continue;
        }
        match merged.iter_mut().find(|known| item.number.is_some() && known.number == item.number) {
            Some(known) if known.title.is_empty() => *known = item,
            Some(_) => {}
            None => merged.push(item),
        }
    }
    merged
}

/// What a file hides, and that its text cannot be read.
pub(super) fn hidden(file: &FileText) -> Vec<Finding> {
    let hidden = file.hidden.iter().map(|hidden| {
        let code = if hidden.is_metadata { Code::AuthorMetadata } else { Code::HiddenContent };
        let excerpt = if hidden.excerpt.is_empty() { &hidden.what } else { &hidden.excerpt };
        Finding::new(code, Place::attachment("", &hidden.at), excerpt)
            .detail(Detail::Value(hidden.what.clone()))
            .mend(hidden.cleaning.map(Mend::CleanFile))
    });
    let unread = file.fault.as_ref().map(|fault| {
        Finding::new(Code::UnreadableFile, Place::attachment("", ""), fault)
            .detail(Detail::Value(fault.clone()))
    });
    hidden.chain(unread).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Cleaning, Hidden, Text};
    use super::*;

    fn found(body: &str, files: &[&str]) -> Vec<String> {
        let body = Text::of_lines(body);
        let files: Vec<String> = files.iter().map(|name| (*name).to_owned()).collect();
        let long = "正文".repeat(60);
        let mut body = body;
        body.blocks.insert(0, super::super::Block { kind: super::super::BlockKind::Paragraph, text: long });
        let record = Record { attachments: &files, ..Record::of("关于防火的通知", &body) };
        let say = |finding: Finding| match finding.detail {
            Detail::Value(name) => format!("缺{name}"),
            _ => format!("多{}", finding.excerpt),
        };
        attachments(&record).into_iter().map(say).collect()
    }

    #[test]
    fn attachments_named_and_missing_are_told_by_their_names() {
        assert_eq!(found("附件：1.防火名册\n2.责任分工表", &["防火名册.docx"]), ["缺责任分工表"]);
        assert_eq!(found("附件：防火名册", &[]), ["缺防火名册"]);
        assert_eq!(
            found("具体安排见附件2。", &["附件1.xlsx"]),
            Vec::<String>::new(),
            "the file may be the one meant"
        );
        assert_eq!(found("具体安排见附件2，名册见附件1。", &["附件1.xlsx"]), ["缺附件2"]);
        assert_eq!(found("具体安排详见附件。", &[]), ["缺附件"]);
        assert_eq!(found("附件1：甲\n附件2：乙\n附件3：丙", &["附件2 乙.pdf", "附件3.pdf"]), ["缺甲"]);
        assert_eq!(found("附件：\n1.甲表\n2.乙表", &[]), ["缺甲表", "缺乙表"]);
    }

    #[test]
    fn files_that_are_there_under_any_fitting_name_are_not_missed() {
        assert_eq!(
            found("附件：1.防火名册\n2.责任分工表", &["附件1.docx", "附件2：分工表.xlsx"]),
            Vec::<String>::new()
        );
        assert_eq!(
            found("附件：1.防火名册\n2.责任分工表", &["P0201903.docx", "P0201904.docx"]),
            Vec::<String>::new()
        );
        assert_eq!(found("附件：1.防火名册\n2.责任分工表", &["附件.zip"]), Vec::<String>::new());
        assert_eq!(
            found("附件：2018年防火期责任分工一览表", &["2018年防火责任分工一览表.xls"]),
            Vec::<String>::new()
        );
    }

    #[test]
    fn annexes_printed_in_the_body_and_those_of_others_are_not_missed() {
        assert_eq!(found("附件：1.甲\n2.乙\n附件1\n甲的内容\n附件2\n乙的内容", &[]), Vec::<String>::new());
        assert_eq!(found("附件：防火名册\n附件\n名册的内容", &[]), Vec::<String>::new());
        assert_eq!(
            found("按《条例》附件1和国发〔2018〕5号附件2执行，提交各附件。", &[]),
            Vec::<String>::new()
        );
        assert_eq!(found("没有提到文件。", &[]), Vec::<String>::new());
    }

    #[test]
    fn a_file_nobody_names_is_told_unless_it_is_the_document_itself() {
        assert_eq!(found("现将有关事项通知如下。", &["张三的草稿.docx"]), ["多张三的草稿.docx"]);
        assert_eq!(found("现将有关事项通知如下。", &["关于防火的通知.pdf"]), Vec::<String>::new());
        assert_eq!(found("附件：防火名册", &["防火名册.docx", "草稿.docx"]), ["多草稿.docx"]);
    }

    #[test]
    fn what_files_hide_is_told_with_its_weight() {
        let hidden = |is_metadata, what: &str| Hidden {
            is_metadata,
            cleaning: is_metadata.then_some(Cleaning::Metadata),
            what: what.to_owned(),
            at: String::new(),
            excerpt: String::new(),
        };
        let file = FileText {
            hidden: vec![hidden(false, "批注3处"), hidden(true, "作者")],
            fault: Some("文件设有打开密码".to_owned()),
            ..FileText::default()
        };
        let codes: Vec<Code> = super::hidden(&file).into_iter().map(|finding| finding.code).collect();
        assert_eq!(codes, [Code::HiddenContent, Code::AuthorMetadata, Code::UnreadableFile]);
    }
}
