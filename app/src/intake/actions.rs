//! Asking for a run, and ending it.

use kit_db::Tx;
use serde::{Deserialize, Serialize};

use super::{Ending, NewRun, What, queries};
use crate::{
    audit::{self, Act},
    column,
    cx::Cx,
    error::{Refusal, Result},
    import::summary::Summary,
    job::{
        self,
        actions::{When, enqueue},
    },
    notify::{self, Message},
};

/// What the job is told.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Payload {
    /// Id of the run.
    pub run: String,
}

/// Asks for a run; its file lies in its place already.
///
/// # Errors
/// Refused when there is no column of that code, or records are to go into one.
pub fn start(tx: &mut Tx<'_>, cx: &Cx, new: &NewRun) -> Result<()> {
    if let Some(code) = &new.column_code {
        if new.what == What::Records {
            let sentence = "导出的记录自带栏目，不能另外指定";
            return Err(Refusal::Invalid(sentence.to_owned()).into());
        }
        if column::queries::by_code(tx, &cx.site_id, code)?.is_none() {
            return Err(Refusal::Unknown { what: "栏目", code: code.clone() }.into());
        }
    }
    let job = enqueue(tx, cx, job::Kind::Import, &Payload { run: new.id.clone() }, When::default())?;
    queries::insert(tx, cx, new, &job)?;
    let act =
        Act { action: "import.start", object_kind: "import", object_id: &new.id, detail: &new.file_name };
    audit::actions::record(tx, cx, act)
}

/// Ends a run with its counts and tells the person who asked for it.
pub(super) fn end(tx: &mut Tx<'_>, cx: &Cx, run: &NewRun, ending: Ending, summary: &Summary) -> Result<()> {
    queries::end(tx, cx, &run.id, ending, &serde_json::to_string(summary)?)?;
    let text = format!(
        "导入“{}”{}：导入 {} 条，待核对 {} 条，失败 {} 条",
        run.file_name,
        ending.name(),
        summary.imported,
        summary.needs_review,
        summary.failed
    );
    let href = format!("/desk/admin/imports/{}", run.id);
    notify::actions::tell(tx, cx, &run.by, Message { kind: notify::Kind::System, text: &text, href: &href })
}
