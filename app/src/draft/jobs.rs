//! What happens at night: uploads that nobody goes on with are given up, and old steps of histories dropped.

use kit_db::Tx;

use super::queries;
use crate::{attachment::files::Files, cx::Cx, error::Result};

const DAY: i64 = 24 * 3_600_000;
/// Days after which an upload is given up.
const UPLOAD_DAYS: i64 = 7;
/// Days for which steps are kept.
const STEP_DAYS: i64 = 180;

/// Drops the rows; gives the uploads whose files [`remove_parts`] may then remove.
pub fn tidy_up(tx: &mut Tx<'_>, cx: &Cx) -> Result<Vec<String>> {
    queries::drop_old_steps(tx, &cx.site_id, cx.at - STEP_DAYS * DAY)?;
    Ok(queries::drop_old_uploads(tx, &cx.site_id, cx.at - UPLOAD_DAYS * DAY)?)
}

/// Removes what had arrived of uploads.
pub fn remove_parts(files: &Files, uploads: &[String]) -> Result<()> {
    for id in uploads {
        files.remove_part(id)?;
    }
    Ok(())
}
