//! What an import did: the counts that are printed and written with `--json`. It decides nothing.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Failure, Finding};

/// Most failures kept one by one; the counts go on.
const KEPT_FAILURES: usize = 1_000;

/// The counts. `read = imported + unchanged + skipped + failed`; `needs_review` and `published` are parts of what was imported.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Records met in the file, broken ones included.
    pub read: u64,
    /// Taken in, new or with changed content.
    pub imported: u64,
    /// Here already with the same content.
    pub unchanged: u64,
    /// Of the imported: drafts on the review list.
    pub needs_review: u64,
    /// Rows that are no records (repeated headings).
    pub skipped: u64,
    /// Could not be taken in.
    pub failed: u64,
    /// Made live, those of an earlier import included.
    pub published: u64,
    /// Why records are on the review list, were passed over or failed, by code.
    pub reasons: BTreeMap<String, u64>,
    /// What was noted of records that need no review, by code.
    pub remarks: BTreeMap<String, u64>,
    /// What failed, where, and the mend.
    pub failures: Vec<Failure>,
}

/// What became of one record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    /// Nothing had changed.
    pub unchanged: bool,
    /// It went live in this run.
    pub published: bool,
    /// Why it is on the review list.
    pub reasons: Vec<Finding>,
    /// What was noted.
    pub remarks: Vec<Finding>,
}

impl Summary {
    /// Counts a record that was taken in or was there already.
    pub fn count(&mut self, taken: &Taken) {
        self.read += 1;
        self.published += u64::from(taken.published);
        if taken.unchanged {
            self.unchanged += 1;
            return;
        }
        self.imported += 1;
        self.needs_review += u64::from(!taken.reasons.is_empty());
        for reason in &taken.reasons {
            *self.reasons.entry(reason.code.clone()).or_default() += 1;
        }
        for remark in &taken.remarks {
            *self.remarks.entry(remark.code.clone()).or_default() += 1;
        }
    }

    /// Counts a record that could not be taken in.
    pub fn fail(&mut self, failure: Failure) {
        self.read += 1;
        self.failed += 1;
        self.note(failure);
    }

    /// Counts a row that is no record.
    pub fn skip(&mut self, failure: Failure) {
        self.read += 1;
        self.skipped += 1;
        self.note(failure);
    }

    /// Notes what is no row of its own: the archive broke.
    pub fn note(&mut self, failure: Failure) {
        *self.reasons.entry(failure.code.clone()).or_default() += 1;
        if self.failures.len() < KEPT_FAILURES {
            self.failures.push(failure);
        }
    }

    /// The sentences printed at the end.
    pub fn sentences(&self) -> String {
        let mut text = format!(
            "读取 {} 条：导入 {} 条（其中待核对 {} 条），未变化 {} 条，跳过 {} 条，失败 {} 条；发布 {} 条。",
            self.read,
            self.imported,
            self.needs_review,
            self.unchanged,
            self.skipped,
            self.failed,
            self.published
        );
        for (code, count) in &self.reasons {
            text.push_str(&format!("\n  {code}：{count}"));
        }
        for failure in self.failures.iter().take(20) {
            text.push_str(&format!("\n  {}：{}", failure.place, failure.sentence));
        }
        if self.failures.len() > 20 {
            text.push_str("\n  ……其余见 --json 文件");
        }
        text
    }
}
