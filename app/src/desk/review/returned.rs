//! What a returned text came back with, shown to whoever mends it beside the text: who returned it, why, and the places.

use kit_db::Tx;
use rules::review::{Deed, Stage};

use super::{
    history,
    names::{self, Names},
};
use crate::{
    cx::Cx,
    error::Result,
    id::EditionId,
    review::{Mark, queries, way},
};

/// Why a text is with its authors again.
pub struct Returned {
    /// Address of its case.
    pub href: String,
    /// 从机关审核退回给…
    pub what: String,
    /// Who.
    pub who: String,
    /// When.
    pub at: String,
    /// Why.
    pub reason: String,
    /// Places in the text.
    pub marks: Vec<Mark>,
}

/// What the edition came back with; none where it is not with its authors because somebody returned it.
pub fn of_edition(tx: &mut Tx<'_>, cx: &Cx, id: &EditionId) -> Result<Option<Returned>> {
    let case = queries::case_of_edition(tx, &cx.site_id, id)?;
    let Some(case) = case.filter(|case| case.stage == Stage::Returned) else { return Ok(None) };
    let entries = queries::entries(tx, &cx.site_id, &case.id)?;
    let last =
        entries.into_iter().rev().find(|row| matches!(row.entry.deed, Deed::Returned(..) | Deed::Refused(_)));
    let Some(row) = last else { return Ok(None) };
    let (names, way) = (Names::read(tx, cx)?, way::of_text(&case.way)?);
    Ok(Some(Returned {
        href: format!("/desk/reviews/{}", case.id.0),
        what: history::what(&names, &way, &row.entry.deed),
        who: history::who(&names, &row),
        at: names::moment(row.at),
        reason: row.remark.reason,
        marks: row.remark.marks,
    }))
}
