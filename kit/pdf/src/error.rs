//! Why a document could not be typeset, for those who write its source.

use std::fmt;
use std::path::PathBuf;

use thiserror::Error;

/// A document could not be made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PdfError {
    /// The source, its data or its pictures are at fault.
    #[error("排版失败：{}", one_line(.0))]
    Source(Vec<Fault>),
    /// Not one font was found.
    #[error(
        "没有找到任何字体，无法排版（查找过：{}）。请安装中文字体，例如 apt-get install fonts-noto-cjk",
        list(folders)
    )]
    NoFonts {
        /// Where fonts were looked for.
        folders: Vec<PathBuf>,
    },
}

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file's name among the sources; empty where no place is known.
    pub file: String,
    /// The line, from 1; 0 where none is known.
    pub line: usize,
    /// What is wrong, in the words of the typesetter.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.file.is_empty(), self.line) {
            (true, _) => f.write_str(&self.message),
            (false, 0) => write!(f, "{}：{}", self.file, self.message),
            (false, line) => write!(f, "{} 第 {line} 行：{}", self.file, self.message),
        }
    }
}

fn one_line(faults: &[Fault]) -> String {
    faults.iter().map(Fault::to_string).collect::<Vec<_>>().join("；")
}

fn list(folders: &[PathBuf]) -> String {
    folders.iter().map(|folder| folder.display().to_string()).collect::<Vec<_>>().join("、")
}
