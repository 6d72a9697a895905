//! What can go wrong while reading, each with its place and what to do about it.
//!
//! It does NOT decide whether an import goes on: the caller does.

use super::Charset;
use std::path::PathBuf;
use thiserror::Error;

/// The file as a whole cannot be read (further).
#[derive(Debug, Error)]
pub enum ReadError {
    /// Missing, not permitted.
    #[error("打不开文件 {}：{source}。请核对路径和读取权限", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// A folder or a device.
    #[error("{} 不是普通文件。请指定一个文件", path.display())]
    NotAFile {
        /// The path.
        path: PathBuf,
    },
    /// The disk or network failed in the middle.
    #[error("{} 读到第 {line} 行、第 {position} 字节处失败：{source}。请检查磁盘或网络后重试", path.display())]
    Failed {
        /// The file.
        path: PathBuf,
        /// The line that could not be completed.
        line: u64,
        /// Byte of the stored file.
        position: u64,
        /// The system's reason.
        source: std::io::Error,
    },
    /// The archive ends too early. Lines before the break were delivered.
    #[error("{}：第 {} 行后压缩包在第 {position} 字节处中断（文件不完整），此前各行已读出。请重新下载该文件", path.display(), line.saturating_sub(1))]
    Truncated {
        /// The file.
        path: PathBuf,
        /// The line that could not be completed.
        line: u64,
        /// Byte of the stored file.
        position: u64,
    },
    /// The archive's content does not fit its checksum.
    #[error("{}：压缩包在第 {position} 字节处校验不符（读到第 {line} 行），内容可能已损坏。请重新下载该文件，并核对已导入的内容", path.display())]
    Checksum {
        /// The file.
        path: PathBuf,
        /// The line reached.
        line: u64,
        /// Byte of the stored file.
        position: u64,
    },
    /// The packed bytes make no sense.
    #[error("{}：第 {} 行后压缩包在第 {position} 字节处损坏，此前各行已读出。请重新下载该文件", path.display(), line.saturating_sub(1))]
    Corrupt {
        /// The file.
        path: PathBuf,
        /// The line that could not be completed.
        line: u64,
        /// Byte of the stored file.
        position: u64,
    },
    /// Something that is no archive follows the archive.
    #[error("{}：压缩包结束后，从第 {position} 字节起还有多余内容。压缩包内的 {} 行已读出；请核对文件是否拼接有误", path.display(), line.saturating_sub(1))]
    TrailingGarbage {
        /// The file.
        path: PathBuf,
        /// One more than the lines delivered.
        line: u64,
        /// Byte of the stored file where the rest starts.
        position: u64,
    },
    /// The content is larger than permitted.
    #[error("{}：内容超过上限 {limit} 字节，在第 {line} 行停止读取。请把文件拆小，或由管理员调高上限", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The line reached.
        line: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// The archive unpacks to a suspicious multiple of its size.
    #[error("{}：压缩比超过 {limit}:1，疑似“压缩炸弹”，在第 {line} 行停止读取。请核对文件来源，确属正常的请先解压再导入", path.display())]
    Bomb {
        /// The file.
        path: PathBuf,
        /// The line reached.
        line: u64,
        /// The permitted ratio.
        limit: u64,
    },
    /// No encoding we know fits.
    #[error("{}：第 {position} 字节起不是可识别的文字（试过 UTF-8、UTF-16、GB18030）。请另存为 UTF-8 文本后再导入", path.display())]
    Undecodable {
        /// The file.
        path: PathBuf,
        /// Byte of the unpacked content.
        position: u64,
    },
}

impl ReadError {
    /// Names the line at which the trouble came.
    pub(super) fn at_line(mut self, number: u64) -> ReadError {
        use ReadError::{Bomb, Checksum, Corrupt, Failed, TooLarge, TrailingGarbage, Truncated};
        match &mut self {
            Failed { line, .. }
            | Truncated { line, .. }
            | Checksum { line, .. }
            | Corrupt { line, .. }
            | TrailingGarbage { line, .. }
            | TooLarge { line, .. }
            | Bomb { line, .. } => *line = number,
            ReadError::Open { .. } | ReadError::NotAFile { .. } | ReadError::Undecodable { .. } => {}
        }
        self
    }
}

/// One line cannot be used, or reading ended early.
#[derive(Debug, Error)]
pub enum LineError {
    /// Longer than the limit; it was skipped without holding it.
    #[error(
        "第 {number} 行（自第 {byte_offset} 字节起）长 {length} 字节，超过每行上限 {limit} 字节，已跳过。请检查是否缺少换行"
    )]
    TooLong {
        /// The line.
        number: u64,
        /// Where it starts in the unpacked file.
        byte_offset: u64,
        /// Its length in bytes.
        length: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// The bytes are no text in the file's encoding.
    #[error(
        "第 {number} 行在第 {byte_offset} 字节处不是有效的 {charset} 文字，已跳过。请修正该行的编码后重新导入该行"
    )]
    BrokenEncoding {
        /// The line.
        number: u64,
        /// The first bad byte in the unpacked file.
        byte_offset: u64,
        /// The encoding the file was read in.
        charset: Charset,
    },
    /// Nothing further can be read; the iteration ends after this.
    #[error(transparent)]
    Stopped(#[from] ReadError),
}

impl LineError {
    /// Whether the iteration ends with this error.
    pub fn is_final(&self) -> bool {
        matches!(self, LineError::Stopped(_))
    }
}
