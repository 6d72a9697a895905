//! Bringing files in from the desk (批量导入): an uploaded file becomes a background job with progress, and a row that
//! remembers who asked, for what, and what came of it. How lines are read is `import` and `export`; what they are unsure of
//! goes to the review list as with the command.

pub mod actions;
pub mod jobs;
pub mod queries;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use crate::{
    id::{AccountId, JobId, SiteId},
    import::summary::Summary,
};

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Pages as text, one `{url, title, excerpt}` a line.
    Pages,
    /// Archives of documents and laws, pages with HTML.
    Documents,
    /// One page, text or HTML.
    Page,
    /// Records that `export records` wrote.
    Records,
}

impl What {
    /// Every kind, in the order of the form.
    pub const ALL: [What; 4] = [What::Pages, What::Documents, What::Page, What::Records];

    /// The word in the table and in forms.
    pub fn code(self) -> &'static str {
        match self {
            What::Pages => "pages",
            What::Documents => "documents",
            What::Page => "page",
            What::Records => "records",
        }
    }

    /// What staff read.
    pub fn name(self) -> &'static str {
        match self {
            What::Pages => "网页文字（每行一个网址、标题、正文）",
            What::Documents => "文件库、法规库或带 HTML 的网页",
            What::Page => "一个网页文件（文本或 HTML）",
            What::Records => "本系统导出的记录",
        }
    }

    /// The kind of a word.
    pub fn of(code: &str) -> Option<What> {
        What::ALL.into_iter().find(|what| what.code() == code)
    }
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The file was read to its end.
    Whole,
    /// The file broke, or nothing could be read.
    Broken,
    /// Somebody called it off.
    Cancelled,
}

impl Ending {
    /// The word in the table.
    pub fn code(self) -> &'static str {
        match self {
            Ending::Whole => "whole",
            Ending::Broken => "broken",
            Ending::Cancelled => "cancelled",
        }
    }

    /// What staff read.
    pub fn name(self) -> &'static str {
        match self {
            Ending::Whole => "已完成",
            Ending::Broken => "文件有误",
            Ending::Cancelled => "已取消",
        }
    }

    /// The ending of a word.
    pub fn of(code: &str) -> Option<Ending> {
        [Ending::Whole, Ending::Broken, Ending::Cancelled].into_iter().find(|ending| ending.code() == code)
    }
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct NewRun {
    /// Id under which the file lies.
    pub id: String,
    /// What the file holds.
    pub what: What,
    /// Its name, for messages.
    pub file_name: String,
    /// Its size, bytes.
    pub size: i64,
    /// Address of the page, for one page.
    pub page_address: Option<String>,
    /// Code of the column for everything.
    pub column_code: Option<String>,
    /// Make live what is sure.
    pub publishes: bool,
    /// Who asks.
    pub by: AccountId,
    /// That person's name.
    pub by_name: String,
}

/// A run as it stands.
#[derive(Debug, Clone)]
pub struct Run {
    /// What was asked for.
    pub asked: NewRun,
    /// The job that does it.
    pub job: JobId,
    /// When it was asked for, milliseconds UTC.
    pub started_at: i64,
    /// When it ended.
    pub ended_at: Option<i64>,
    /// How it ended.
    pub ending: Option<Ending>,
    /// The counts, once it has ended.
    pub summary: Option<Summary>,
}

/// Where the uploaded file of a run lies until it has been read.
pub fn place(data: &Path, site_id: &SiteId, run: &str) -> PathBuf {
    data.join("imports").join(&site_id.0).join(run)
}

/// A file's own name without the folders that some browsers send along.
pub fn plain_name(sent: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = last.chars().filter(|c| !c.is_control()).take(120).collect();
    if matches!(name.trim(), "" | "." | "..") { "导入文件".to_owned() } else { name.trim().to_owned() }
}
