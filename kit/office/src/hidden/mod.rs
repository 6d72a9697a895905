//! What a file tells that its pages do not show: comments, tracked changes, hidden text, rows, sheets and slides,
//! names of people and firms, embedded files, programs, the place where a photograph was taken.
//!
//! It does NOT judge whether it matters, and it finds no text that is merely white or very small.

mod find;
mod package;
mod photo;
mod sheets;
mod strip;
#[cfg(test)]
mod tests;

pub use find::find;
pub(crate) use package::package_findings;
pub(crate) use sheets::find as find_in_sheets;
pub use strip::{Strip, can_strip, strip_metadata};

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HiddenKind {
    /// A remark of a reviewer.
    Comment,
    /// Text added while changes were tracked.
    Insertion,
    /// Text deleted while changes were tracked; it is still in the file.
    Deletion,
    /// A format changed while changes were tracked.
    FormatChange,
    /// Text marked as hidden.
    HiddenText,
    /// A row that is not shown.
    HiddenRow,
    /// A column that is not shown.
    HiddenColumn,
    /// A sheet that is not shown.
    HiddenSheet,
    /// A sheet that only a program shows again.
    VeryHiddenSheet,
    /// A slide that is skipped.
    HiddenSlide,
    /// A speaker's notes.
    Notes,
    /// A link to another file or to an address that the file loads from.
    ExternalLink,
    /// Author, last editor, company and the like.
    Metadata,
    /// A property somebody or some program added.
    CustomProperty,
    /// Another file inside.
    EmbeddedObject,
    /// A program inside.
    Macro,
    /// A remark on a page.
    Annotation,
    /// A layer that is not shown.
    HiddenLayer,
    /// Where a photograph was taken.
    PlaceOfCapture,
}

impl HiddenKind {
    /// The word for people.
    pub fn label(self) -> &'static str {
        match self {
            HiddenKind::Comment => "批注",
            HiddenKind::Insertion => "修订：插入",
            HiddenKind::Deletion => "修订：删除",
            HiddenKind::FormatChange => "修订：格式",
            HiddenKind::HiddenText => "隐藏文字",
            HiddenKind::HiddenRow => "隐藏行",
            HiddenKind::HiddenColumn => "隐藏列",
            HiddenKind::HiddenSheet => "隐藏工作表",
            HiddenKind::VeryHiddenSheet => "深度隐藏工作表",
            HiddenKind::HiddenSlide => "隐藏幻灯片",
            HiddenKind::Notes => "演讲者备注",
            HiddenKind::ExternalLink => "外部链接",
            HiddenKind::Metadata => "作者信息",
            HiddenKind::CustomProperty => "自定义属性",
            HiddenKind::EmbeddedObject => "嵌入文件",
            HiddenKind::Macro => "宏或脚本",
            HiddenKind::Annotation => "页面注释",
            HiddenKind::HiddenLayer => "隐藏图层",
            HiddenKind::PlaceOfCapture => "拍摄地点",
        }
    }
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hidden {
    /// What it is.
    pub kind: HiddenKind,
    /// Where it is, in words of people: `第3段`, `Sheet1 第5行`, `第2页`.
    pub place: String,
    /// What it says, cut short.
    pub detail: String,
}

/// A finding with the whole of its text, for searching in it.
#[derive(Debug, Clone)]
pub(crate) struct Finding {
    pub(crate) hidden: Hidden,
    pub(crate) text: String,
}

/// Findings up to a limit.
#[derive(Debug)]
pub(crate) struct Findings {
    list: Vec<Finding>,
    most: usize,
    text_left: usize,
}

impl Findings {
    pub(crate) fn new(limits: &crate::Limits) -> Findings {
        Findings { list: Vec::new(), most: limits.findings, text_left: limits.text_bytes }
    }

    /// Adds a finding; what comes after the limit is not kept.
    pub(crate) fn add(&mut self, kind: HiddenKind, place: impl Into<String>, text: impl Into<String>) {
        let text = text.into();
        if self.list.len() >= self.most || text.len() > self.text_left {
            return;
        }
        self.text_left -= text.len();
        let detail = short(&text);
        self.list.push(Finding { hidden: Hidden { kind, place: place.into(), detail }, text });
    }

    pub(crate) fn into_list(self) -> Vec<Finding> {
        self.list
    }
}

/// Characters of a detail.
const DETAIL_CHARS: usize = 60;

/// One line, cut after [`DETAIL_CHARS`] characters.
fn short(text: &str) -> String {
    let mut line = String::new();
    for (i, word) in text.split_whitespace().take(DETAIL_CHARS).enumerate() {
        if i > 0 {
            line.push(' ');
        }
        line.push_str(word);
        if line.len() > DETAIL_CHARS * 4 {
            break;
        }
    }
    match line.char_indices().nth(DETAIL_CHARS) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}
