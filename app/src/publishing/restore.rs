//! Bringing back a record that this product exported: its numbers, its first publication and its states stand again as
//! they were, which nothing else may set. It is audited as what it is, and the counters are raised so that no number
//! brought back is ever given to another record (国办秘函〔2009〕6号).

use kit_db::Tx;

use super::queries;
use crate::{
    audit::{self, Act},
    change_feed, counter,
    cx::Cx,
    document,
    error::{Refusal, Result},
    id::{ColumnId, DocumentId, EditionId},
};

/// The standing of a document.
#[derive(Debug, Clone)]
pub struct Standing {
    /// `draft`, `live` or `withdrawn`.
    pub state: String,
    /// 索引号 given.
    pub index_number: Option<String>,
    /// Number in public addresses.
    pub public_number: Option<i64>,
    /// Milliseconds UTC.
    pub first_published_at: Option<i64>,
    /// Date in lists.
    pub listed_on: Option<String>,
    /// Stored word of validity.
    pub validity: String,
    /// Day on which it changes.
    pub validity_changes_on: Option<String>,
    /// Day of repeal.
    pub repealed_on: Option<String>,
    /// Moment, code and sentence of a withdrawal.
    pub withdrawn: Option<(i64, String, String)>,
    /// Milliseconds UTC.
    pub created_at: i64,
}

/// The standing of an edition.
#[derive(Debug, Clone)]
pub struct EditionStanding {
    /// State.
    pub state: String,
    /// Code of the reason of a change.
    pub change_reason: Option<String>,
    /// What was changed.
    pub change_note: Option<String>,
    /// Milliseconds UTC.
    pub publish_at: Option<i64>,
    /// Milliseconds UTC.
    pub live_at: Option<i64>,
    /// Milliseconds UTC.
    pub ended_at: Option<i64>,
    /// Milliseconds UTC.
    pub created_at: i64,
    /// Who made it.
    pub created_by: String,
}

/// Gives a document made by `document::actions::restore` its standing again.
///
/// # Errors
/// Refused when another record has one of its numbers.
pub fn restore(
    tx: &mut Tx<'_>,
    cx: &Cx,
    place: (&DocumentId, &ColumnId),
    standing: &Standing,
    editions: &[(EditionId, EditionStanding)],
) -> Result<()> {
    let (document_id, column_id) = place;
    refuse_taken_numbers(tx, cx, standing)?;
    for (edition_id, edition) in editions {
        queries::restore_edition(tx, cx, edition_id, edition)?;
    }
    let live = editions.iter().find(|(_, edition)| edition.state == "live").map(|(id, _)| id);
    queries::restore_document(tx, cx, document_id, standing, live)?;
    if let Some(number) = standing.public_number {
        counter::queries::raise_to(tx, &cx.site_id, "public_number", number)?;
    }
    change_feed::append(tx, cx, change_feed::Kind::Document, Some(document_id), Some(column_id))?;
    let detail = serde_json::json!({
        "state": standing.state,
        "index_number": standing.index_number,
        "public_number": standing.public_number,
        "first_published_at": standing.first_published_at,
    });
    let detail = detail.to_string();
    let act = Act {
        action: "document.restore",
        object_kind: "document",
        object_id: &document_id.0,
        detail: &detail,
    };
    audit::actions::record(tx, cx, act)
}

fn refuse_taken_numbers(tx: &mut Tx<'_>, cx: &Cx, standing: &Standing) -> Result<()> {
    if let Some(number) = &standing.index_number
        && queries::index_number_taken(tx, cx, number)?
    {
        let sentence = format!("索引号“{number}”已被本站另一条记录使用。请导入空站点");
        return Err(Refusal::Invalid(sentence).into());
    }
    if let Some(number) = standing.public_number
        && document::queries::by_public_number(tx, &cx.site_id, number)?.is_some()
    {
        let sentence = format!("公开编号 {number} 已被本站另一条记录使用。请导入空站点");
        return Err(Refusal::Invalid(sentence).into());
    }
    Ok(())
}
