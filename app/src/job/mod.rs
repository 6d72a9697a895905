//! Background jobs (后台任务): imports, letters, nightly work. This feature names the kinds and lets an administrator look
//! after the queue; how a queue works is `kit/jobs`, which function does which kind stands in `work.rs`.
//!
//! A job is asked for in the transaction of the act that needs it. Its function may run more than once, so it takes up
//! what is there, as everything beside the requests does.

pub mod actions;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use kit_db::Tx;
use kit_jobs::{Run, Word};
use serde::de::DeserializeOwned;

use crate::{
    app::App,
    cx::Cx,
    error::{Error, Result},
    id::{JobId, SiteId},
};

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Reads a file that staff uploaded.
    Import,
    /// Sends an officer what came for him or her in one e-mail.
    Letter,
    /// Reads the inside of an attached file.
    ReadFile,
    /// Looks through everything that is live.
    Check,
    /// Removes what ended or was read long ago.
    Sweep,
}

impl Kind {
    /// Every kind, in the order of the administrator's list.
    pub const ALL: [Kind; 5] = [Kind::Import, Kind::Letter, Kind::ReadFile, Kind::Check, Kind::Sweep];

    /// The word in the table; never changed once rows have it.
    pub fn code(self) -> &'static str {
        match self {
            Kind::Import => "import",
            Kind::Letter => "letter",
            Kind::ReadFile => "read_file",
            Kind::Check => "check",
            Kind::Sweep => "sweep",
        }
    }

    /// What the administrator reads.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Import => "批量导入",
            Kind::Letter => "发送邮件提醒",
            Kind::ReadFile => "读取附件",
            Kind::Check => "检查已发布的信息",
            Kind::Sweep => "清理过期的任务和消息",
        }
    }

    /// The kind of a word; none for one that an older or newer version wrote.
    pub fn of(code: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The minute of the day in Beijing at which every site does it once a day.
    pub fn daily_at(self) -> Option<u16> {
        match self {
            Kind::Check => Some(2 * 60),
            Kind::Sweep => Some(3 * 60 + 30),
            Kind::Import | Kind::Letter | Kind::ReadFile => None,
        }
    }
}

/// A job in the hands of its function.
#[derive(Clone)]
pub struct JobRun(Arc<Run>);

impl JobRun {
    /// The job that a worker has taken.
    pub fn new(run: Arc<Run>) -> JobRun {
        JobRun(run)
    }

    /// Its id.
    pub fn id(&self) -> JobId {
        JobId(self.0.job().id.clone())
    }

    /// Whose it is.
    pub fn site_id(&self) -> SiteId {
        SiteId(self.0.job().tenant.clone())
    }

    /// The circumstances of what it does now: on its site, in the name of whoever asked for it.
    pub fn cx(&self, app: &App) -> Cx {
        app.cx(&self.site_id(), &self.0.job().created_by)
    }

    /// What it was told.
    ///
    /// # Errors
    /// Refused when it is of another version's shape: trying again would not help.
    pub fn payload<T: DeserializeOwned>(&self) -> Result<T> {
        let read = serde_json::from_str(&self.0.job().payload);
        read.map_err(|error| actions::refused(format!("任务参数无法识别：{error}")))
    }

    /// Says how far it has come; written down about once a second.
    pub fn advance(&self, done: u64, total: u64) {
        let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        self.0.advance(number(done), number(total));
    }

    /// Says in Chinese what is being done.
    pub fn note(&self, note: &str) {
        self.0.note(note);
    }

    /// Whether to go on: asked between two pieces of work. If not, the function leaves the rest and returns `Ok`.
    pub fn goes_on(&self) -> bool {
        self.0.word() == Word::GoOn
    }

    /// Whether somebody called it off, rather than the process ending.
    pub fn is_cancelled(&self) -> bool {
        self.0.word() == Word::Cancelled
    }

    /// Does the last piece of work and ends the job in one transaction: what it does happens once, whatever dies.
    ///
    /// # Errors
    /// What `work` returns; Conflict when another process has taken the job over.
    pub async fn finish<T, F>(&self, app: &Arc<App>, mut work: F) -> Result<T>
    where
        F: FnMut(&mut Tx<'_>, &Cx) -> Result<T> + Send + 'static,
        T: Send + 'static,
    {
        let run = self.0.clone();
        let once = move |tx: &mut Tx<'_>, cx: &Cx| {
            let value = work(tx, cx)?;
            if run.settle(tx, cx.at)? { Ok(value) } else { Err(Error::Conflict) }
        };
        let value = app.act(self.cx(app), once).await?;
        self.0.has_settled();
        Ok(value)
    }
}
