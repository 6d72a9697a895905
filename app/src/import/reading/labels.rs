//! The label names of metadata heads, read from `reference/head_labels.toml`: which spelling fills which field.
//! It does not look at pages; finding labels in a line is `pairs`.

use std::collections::HashMap;

use serde::Deserialize;

/// What a printed label means to us (domain: the core metadata of a disclosure record).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// 索引号
    IndexNumber,
    /// 文号 / 发文字号
    DocumentNumber,
    /// 标题 / 名称
    Title,
    /// 发布机构 / 发文机关
    IssuingOrgan,
    /// 责任部门
    ResponsibleOrgan,
    /// 来源
    Source,
    /// 成文日期
    WrittenOn,
    /// 发布日期
    PublishedOn,
    /// 生效日期
    InForceOn,
    /// 废止日期
    RepealedOn,
    /// 失效日期
    ExpiresOn,
    /// 有效性 / 时效
    Validity,
    /// 主题分类
    SubjectCategory,
    /// 体裁分类
    Genre,
    /// 公开方式 / 公开属性
    DisclosureClass,
    /// 内容概述
    Summary,
    /// 主题词 / 关键词
    Keywords,
    /// A head label we keep as printed without a field of our own (公开范围, 载体类型 …).
    Other,
    /// Furniture of the line under a title (浏览次数, 字体 …).
    Noise,
}

impl Field {
    /// Whether the field belongs to a head and not merely to the line of date and source under a title.
    pub(super) fn is_core(self) -> bool {
        use Field::*;
        !matches!(self, IssuingOrgan | PublishedOn | Source | Other | Noise)
    }

    /// Whether the value is a civil date.
    pub(super) fn is_date(self) -> bool {
        use Field::*;
        matches!(self, WrittenOn | PublishedOn | InForceOn | RepealedOn | ExpiresOn)
    }

    /// Whether the value is free prose in which words that look like labels may stand.
    pub(super) fn is_prose(self) -> bool {
        matches!(self, Field::Title | Field::Summary)
    }
}

/// One known spelling: its field, its place in the order of precedence, and whether it is head-specific.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Known {
    pub field: Field,
    pub rank: usize,
    pub strong: bool,
}

/// All label spellings, the furniture of pages and the marks of clones.
#[derive(Debug, Clone)]
pub struct HeadLabels {
    by_first: HashMap<char, Vec<(Vec<char>, Known)>>,
    fold: HashMap<char, char>,
    pub(super) furniture: Furniture,
    pub(super) clone: CloneMarks,
}

/// Lines that stand around a text and are no part of it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Furniture {
    pub lines: Vec<String>,
    pub starts: Vec<String>,
    pub endings: Vec<String>,
}

/// Words by which hijacked and reworded copies are known.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CloneMarks {
    pub gambling: Vec<String>,
    pub reworded: Vec<String>,
}

/// Why a label file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LabelError {
    /// Not the expected TOML; the inner error names line and column.
    #[error("页头标签表无法读取：{0}")]
    Syntax(#[from] toml::de::Error),
    /// A spelling stands under two fields, so nobody could say which one it fills.
    #[error("页头标签表中“{0}”重复出现，请只保留一处")]
    Twice(String),
    /// The folding table must be pairs of characters.
    #[error("页头标签表的繁简对照第 {0} 行字数不是双数")]
    OddFold(usize),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    field: Vec<Group>,
    fold: Fold,
    furniture: Furniture,
    clone: CloneMarks,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    name: Field,
    #[serde(default)]
    labels: Vec<String>,
    #[serde(default)]
    weak: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fold {
    pairs: Vec<String>,
}

impl HeadLabels {
    /// Reads the label file (TOML text).
    pub fn parse(text: &str) -> Result<HeadLabels, LabelError> {
        let file: File = toml::from_str(text)?;
        let mut fold = HashMap::new();
        for (row, pairs) in file.fold.pairs.iter().enumerate() {
            let chars: Vec<char> = pairs.chars().collect();
            if !chars.len().is_multiple_of(2) {
                return Err(LabelError::OddFold(row + 1));
            }
            fold.extend(chars.chunks(2).map(|two| (two[0], two[1])));
        }
        let mut labels =
            HeadLabels { by_first: HashMap::new(), fold, furniture: file.furniture, clone: file.clone };
        for group in file.field {
            let strong = group.labels.iter().map(|label| (label, true));
            let all = strong.chain(group.weak.iter().map(|label| (label, false)));
            for (rank, (label, strong)) in all.enumerate() {
                labels.add(label, Known { field: group.name, rank, strong })?;
            }
        }
        for list in labels.by_first.values_mut() {
            list.sort_by_key(|(chars, _)| std::cmp::Reverse(chars.len()));
        }
        Ok(labels)
    }

    fn add(&mut self, label: &str, known: Known) -> Result<(), LabelError> {
        let chars: Vec<char> = label.chars().collect();
        let Some(first) = chars.first() else {
            return Ok(());
        };
        let list = self.by_first.entry(*first).or_default();
        if list.iter().any(|(other, _)| *other == chars) {
            return Err(LabelError::Twice(label.to_owned()));
        }
        list.push((chars, known));
        Ok(())
    }

    /// The simplified, half-width form of a character, for comparing; one character in, one out.
    pub(super) fn fold_char(&self, c: char) -> char {
        match c {
            '\u{3000}' | '\u{a0}' | '\t' | '\u{feff}' | '\u{2000}'..='\u{200f}' | '\u{202f}' => ' ',
            '【' | '〖' => '[',
            '】' | '〗' => ']',
            '︰' | '∶' | '﹕' => ':',
            '│' | '┃' => '|',
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            _ if c.is_ascii() => c,
            _ => self.fold.get(&c).copied().unwrap_or(c),
        }
    }

    /// Whether a character is a traditional form whose simplified form differs.
    pub(super) fn is_traditional(&self, c: char) -> bool {
        self.fold.contains_key(&c)
    }

    /// The longest known label that begins at `at` (folded characters). Blanks between its characters are skipped
    /// (索 引 号), and so are the readings a faulty converter leaves behind (發(fā)布). Gives the position after it.
    pub(super) fn match_at(&self, folded: &[char], at: usize) -> Option<(usize, Known)> {
        let list = self.by_first.get(folded.get(at)?)?;
        list.iter().find_map(|(label, known)| {
            let mut end = at + 1;
            for wanted in &label[1..] {
                end = skip_inside(folded, end);
                if folded.get(end) != Some(wanted) {
                    return None;
                }
                end += 1;
            }
            Some((skip_reading(folded, end), *known))
        })
    }

    /// Known labels that end with `tail`: what a damaged label may have been.
    pub(super) fn ending_with(&self, tail: &[char]) -> impl Iterator<Item = Known> {
        self.by_first
            .values()
            .flatten()
            .filter(move |(label, known)| known.strong && label.len() > tail.len() && label.ends_with(tail))
            .map(|(_, known)| *known)
    }
}

fn skip_inside(folded: &[char], at: usize) -> usize {
    let mut end = skip_reading(folded, at);
    while folded.get(end) == Some(&' ') && end < at + 16 {
        end += 1;
    }
    end
}

/// Skips `(fā)`: brackets that hold nothing but a Latin reading.
pub(super) fn skip_reading(folded: &[char], at: usize) -> usize {
    if folded.get(at) != Some(&'(') {
        return at;
    }
    let inner = folded[at + 1..].iter().take(9).take_while(|c| is_latin(**c)).count();
    if inner > 0 && folded.get(at + 1 + inner) == Some(&')') { at + inner + 2 } else { at }
}

/// Latin letters with or without tone marks.
pub(super) fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || ('\u{c0}'..='\u{24f}').contains(&c)
}
