//! Why a file was not read or written, in a sentence people can act on.
//!
//! It does NOT tell the inside of the file, so that a message may be shown and logged.

use thiserror::Error;

/// A file could not be read, or a table not be written.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OfficeError {
    /// A format that is not read here.
    #[error("不支持读取{kind}。请用办公软件另存为新格式（docx、xlsx、pdf）后再上传")]
    Unsupported {
        /// What it is, in words of people.
        kind: &'static str,
    },
    /// The content is not what was asked for.
    #[error("文件内容不是{expected}。请核对文件后重新上传")]
    NotThis {
        /// What was expected.
        expected: &'static str,
    },
    /// Protected by a password.
    #[error("文件设有打开密码，无法读取。请取消密码后重新上传")]
    Encrypted,
    /// Broken in one of its parts.
    #[error("文件已损坏（{part}：{reason}）。请用办公软件打开并另存后重新上传")]
    Damaged {
        /// The part of the package, or the place.
        part: String,
        /// What is wrong with it.
        reason: String,
    },
    /// More than the limits permit.
    #[error("文件超过上限：{what}超过 {limit}。请拆分文件后重新上传")]
    TooLarge {
        /// What is too large.
        what: &'static str,
        /// The limit.
        limit: u64,
    },
    /// Nested deeper than any honest file.
    #[error("文件结构嵌套超过 {limit} 层，已停止读取。请核对文件来源")]
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// The reader itself failed on this file.
    #[error("读取文件时遇到无法处理的内容，已停止。请用办公软件另存后重新上传")]
    Failed,
}

impl OfficeError {
    pub(crate) fn damaged(part: &str, reason: impl ToString) -> OfficeError {
        OfficeError::Damaged { part: part.to_owned(), reason: reason.to_string() }
    }
}
