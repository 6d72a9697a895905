//! What can be wrong with a reference file, said in Chinese with file and line.
//!
//! These errors stop the program at its start; nothing is repaired or skipped.

use thiserror::Error;

/// An error in one file under `reference/`.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("reference/{file} 第 {line} 行：{problem}")]
pub struct ReferenceError {
    /// Path below `reference/`.
    pub file: String,
    /// Line, counted from one.
    pub line: usize,
    /// What is wrong there.
    pub problem: Problem,
}

/// What is wrong at a place.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Problem {
    /// The file does not exist.
    #[error("缺少这个文件，请补上")]
    Missing,
    /// Not TOML, or a property is missing, unknown or of another kind.
    #[error("读不懂：{message}。请对照同一文件中的其他条目改正")]
    Unreadable {
        /// What the parser says.
        message: String,
    },
    /// Two rows share a code.
    #[error("代码“{code}”出现两次，请改掉其中一个")]
    DuplicateCode {
        /// The code.
        code: String,
    },
    /// A code points to nothing.
    #[error("{property} 写的“{code}”在 {target} 中没有，请改正或者在那里补上")]
    UnknownCode {
        /// The property that holds it.
        property: &'static str,
        /// The code.
        code: String,
        /// The file in which it should stand.
        target: &'static str,
    },
    /// A content type's file is not named after its code.
    #[error("文件名应当与代码“{code}”一致")]
    FileName {
        /// The code inside.
        code: String,
    },
    /// The same head field twice in one content type.
    #[error("著录项“{field}”出现两次，请删去一个")]
    DuplicateField {
        /// The field.
        field: String,
    },
    /// A column stands before its parent.
    #[error("栏目“{code}”应当排在上级栏目“{parent}”之后")]
    ParentLater {
        /// The column.
        code: String,
        /// Its parent.
        parent: String,
    },
    /// A list that must name something is empty.
    #[error("“{code}”的 {property} 不能为空")]
    Empty {
        /// The row.
        code: String,
        /// The property.
        property: &'static str,
    },
    /// A colour fails the contrast rule.
    #[error("颜色“{code}”不合格：{message}")]
    Colour {
        /// The theme.
        code: String,
        /// The refusal.
        message: String,
    },
    /// The holiday notices contradict each other, or a date is none.
    #[error("工作日历有误：{message}")]
    Calendar {
        /// What is wrong.
        message: String,
    },
}
