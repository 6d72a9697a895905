//! Marks of secrecy (密级标志) and of internal papers. A system open to the Internet may not hold what bears them
//! (《保守国家秘密法》 Arts. 31, 35). Words of the law in running prose (国家秘密, 商业秘密, 绝密、机密、秘密三级) are no marks:
//! a mark stands by itself, or has its star.

use super::record::Spot;
use super::signs::{before, is_han};
use super::{BlockKind, Code, FileText, Finding, Place, Record};

const LEVELS: [&str; 3] = ["绝密", "机密", "秘密"];
const STARS: [char; 4] = ['★', '☆', '✩', '✭'];

/// Pieces at a file's beginning in which a level alone is a mark.
const HEAD_PIECES: usize = 6;

/// Words of which a line consists that marks an internal paper; one of the first group must be among them.
const INTERNAL: [&str; 16] = [
    "内部资料",
    "内部文件",
    "内部材料",
    "内部使用",
    "内部参考",
    "内部参阅",
    "内部刊物",
    "内部传阅",
    "内部发行",
    "涉密文件",
    "涉密资料",
    "工作秘密",
    "此件不公开",
    "此件不予公开",
    "此件依申请公开",
    "此件不得公开",
];
const BESIDE: [&str; 20] = [
    "仅供",
    "供",
    "注意",
    "妥善",
    "保存",
    "保管",
    "保密",
    "严禁",
    "请勿",
    "不得",
    "禁止",
    "外传",
    "外泄",
    "翻印",
    "复制",
    "扩散",
    "转发",
    "上网",
    "未经许可",
    "公开",
];
/// Lines that are such marks without any of the words above.
const WHOLE: [&str; 8] = [
    "严禁外传",
    "不得外传",
    "请勿外传",
    "禁止外传",
    "公开属性不予公开",
    "公开属性依申请公开",
    "信息公开选项不予公开",
    "信息公开选项依申请公开",
];

/// Every mark in what the officer writes and in the names of files.
pub(super) fn secrecy(record: &Record<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (spot, text) in record.texts() {
        // A cell that only says 机密 is a value of its table.
        let is_cell = matches!(spot, Spot::Block(block) if matches!(record.body.blocks[block].kind, BlockKind::Cell(_)));
        marks(spot, text, !is_cell, &mut findings);
    }
    findings.extend(file_names(record));
    findings
}

/// Every mark in a file; a level alone is one only at its beginning.
pub(super) fn of_file(file: &FileText) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, (spot, text)) in file.texts().enumerate() {
        marks(spot, text, at < HEAD_PIECES, &mut findings);
    }
    findings
}

fn marks(spot: Spot<'_>, text: &str, alone: bool, findings: &mut Vec<Finding>) {
    starred(spot, text, findings);
    for line in text.split('\n') {
        let from = line.as_ptr() as usize - text.as_ptr() as usize;
        let mark = line_mark(line, alone);
        findings
            .extend(mark.map(|code| Finding::new(code, spot.place(&(from..from + line.len())), line.trim())));
    }
}

/// 机密★20年, and 绝密★启用前 of examination papers, which lose their secrecy with the examination.
fn starred(spot: Spot<'_>, text: &str, findings: &mut Vec<Finding>) {
    for (star, sign) in text.match_indices(STARS) {
        let head = text[..star].trim_end();
        let Some(level) = LEVELS.iter().find(|level| head.ends_with(**level)) else { continue };
        let from = head.len() - level.len();
        // 国家秘密★ is prose with an ornament; 密级：机密★ is a mark.
        if before(text, from).next().is_some_and(is_han) {
            continue;
        }
        let behind = &text[star + sign.len()..];
        let code =
            if behind.trim_start().starts_with("启用前") { Code::InternalMark } else { Code::SecrecyMark };
        let range = from..star + sign.len() + period(behind);
        findings.push(Finding::new(code, spot.place(&range), &text[range.clone()]));
    }
}

/// Bytes of a period of secrecy at the beginning of a text: 20年, 长期, 六个月.
fn period(text: &str) -> usize {
    let length =
        text.chars().take_while(|c| c.is_numeric() || "一二三四五六七八九十长期年个月日启用前 ".contains(*c));
    let length: usize = length.take(8).map(char::len_utf8).sum();
    text[..length].trim_end().len()
}

/// Whether a whole line is a mark.
fn line_mark(line: &str, alone: bool) -> Option<Code> {
    // A mark is short; the look at its words costs nothing for prose.
    if line.len() > 120 {
        return None;
    }
    let words: String = line.chars().filter(|c| c.is_alphanumeric() || STARS.contains(c)).collect();
    if words.contains(STARS) {
        return None;
    }
    let level_of =
        |text: &str| LEVELS.iter().find_map(|level| text.strip_prefix(level)).is_some_and(is_period);
    let labelled = words.strip_prefix("密级").is_some_and(level_of);
    if labelled || (alone && level_of(&words)) {
        return Some(Code::SecrecyMark);
    }
    is_internal(&words).then_some(Code::InternalMark)
}

/// Nothing, or a period of secrecy.
fn is_period(text: &str) -> bool {
    text.is_empty() || (period(text) == text.len() && text.ends_with(['年', '月', '日', '期']))
}

fn is_internal(words: &str) -> bool {
    if WHOLE.contains(&words) {
        return true;
    }
    let Some(mark) = INTERNAL.iter().find(|mark| words.contains(**mark)) else { return false };
    let mut rest = words.replacen(mark, "", 1);
    for word in INTERNAL.iter().chain(&BESIDE) {
        rest = rest.replace(word, "");
    }
    rest.is_empty()
}

/// 【机密】 and （内部资料） in the name of a file.
fn file_names(record: &Record<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for name in record.attachments {
        let marks = name.split(['【', '】', '（', '）', '(', ')', '[', ']', '〔', '〕', '_', '-', ' ', '.']);
        let code = marks.filter(|mark| !mark.is_empty()).find_map(|mark| line_mark(mark, true));
        findings.extend(code.map(|code| Finding::new(code, Place::attachment(name, ""), name)));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::{Cell, Piece, Text};
    use super::*;

    fn codes(line: &str) -> Vec<Code> {
        let body = Text::of_lines(line);
        secrecy(&Record::of("", &body)).into_iter().map(|finding| finding.code).collect()
    }

    #[test]
    fn marks_of_secrecy_are_found_in_the_ways_they_are_printed() {
        for line in [
            "机密★20年",
            "绝密 ★ 长期",
            "000001 秘密★5年 特急",
            "秘密★",
            "密级：机密★10年",
            "机　密",
            "秘密 10年",
            "密级：秘密",
            "（机密）",
            "【绝密】",
            "机密★六个月",
        ] {
            assert_eq!(codes(line), [Code::SecrecyMark], "{line}");
        }
    }

    #[test]
    fn words_of_the_law_in_prose_are_no_marks() {
        for line in [
            "保守国家秘密，维护国家安全。",
            "国家秘密的密级分为绝密、机密、秘密三级。",
            "商业秘密",
            "（一）绝密级国家秘密；",
            "不得泄露在履行职责中知悉的商业秘密和工作秘密。",
            "内部资料管理办法",
            "企业内部文件的管理",
            "机密性、完整性和可用性",
            "★★★",
            "公开",
            "国家秘密★",
            "保密",
            "内部使用的系统应当备份",
            "内部控制",
            "加强内部资料保管",
            "秘密举报",
        ] {
            assert_eq!(codes(line), [], "{line}");
        }
    }

    #[test]
    fn marks_of_internal_papers_are_lines_of_their_own() {
        for line in [
            "内部资料",
            "内部资料 注意保存",
            "（内部文件，不得外传）",
            "仅供内部参考",
            "此件不公开",
            "（此件依申请公开）",
            "严禁外传",
            "信息公开选项：不予公开",
            "绝密★启用前",
        ] {
            assert_eq!(codes(line), [Code::InternalMark], "{line}");
        }
        assert_eq!(codes("（此件公开发布）"), []);
    }

    #[test]
    fn a_level_in_a_table_is_a_value_and_at_the_head_of_a_file_a_mark() {
        let mut body = Text::of_lines("机密");
        let cell = Cell { table: 0, row: 1, column: 1, n_rows: 1, n_columns: 1, is_head: false };
        body.blocks[0].kind = BlockKind::Cell(cell);
        assert_eq!(secrecy(&Record::of("", &body)), []);
        let piece = |at: usize, text: &str| Piece { at: format!("第{at}段"), text: text.to_owned() };
        let mut pieces: Vec<Piece> = (1..=9).map(|at| piece(at, "正文")).collect();
        pieces[0].text = "秘密".to_owned();
        pieces[8].text = "秘密".to_owned();
        let file = FileText { pieces, ..FileText::default() };
        assert_eq!(of_file(&file).len(), 1);
        let (empty, names) = (Text::default(), ["办法.docx".to_owned(), "【内部资料】名册.xls".to_owned()]);
        let record = Record { attachments: &names, ..Record::of("", &empty) };
        let found: Vec<Code> = secrecy(&record).into_iter().map(|finding| finding.code).collect();
        assert_eq!(found, [Code::InternalMark]);
    }
}
