//! Validity (时效) as it is stored for lists: computed by `rules::validity`, kept beside the day on which the answer
//! changes, so that lists select by stored words and a nightly job changes them. The rule itself is not here.

use kit_db::Tx;
use rules::validity::{Validity, ValidityFacts, changes_on, parse_printed_validity, validity};

use super::{actions::date, queries};
use crate::{
    change_feed,
    cx::{Cx, civil_of},
    error::Result,
    id::DocumentId,
};

/// The word stored for a validity.
pub fn code(validity: Validity) -> &'static str {
    match validity {
        Validity::NotYetInForce => "not_yet_in_force",
        Validity::InForce => "in_force",
        Validity::Amended => "amended",
        Validity::Expired => "expired",
        Validity::Repealed => "repealed",
        Validity::Unstated => "unstated",
    }
}

/// Computes and stores the validity of a document as it stands today.
pub fn refresh(tx: &mut Tx<'_>, cx: &Cx, document_id: &DocumentId) -> Result<()> {
    let Some(dates) = queries::validity_dates(tx, cx, document_id)? else { return Ok(()) };
    let facts = ValidityFacts {
        in_force_on: dates.in_force_on.as_deref().and_then(date),
        expires_on: dates.expires_on.as_deref().and_then(date),
        repealed_on: dates.repealed_on.as_deref().and_then(date),
        amended_on: dates.amended_on.as_deref().and_then(date),
        declared: dates.declared.as_deref().and_then(parse_printed_validity),
    };
    let today = civil_of(cx.at);
    let changes_on = changes_on(&facts, today).map(|day| day.to_string());
    queries::set_validity(tx, cx, document_id, code(validity(&facts, today)), changes_on.as_deref())?;
    Ok(())
}

/// Brings every document of the site up to date whose answer has changed since it was stored; gives how many.
pub fn refresh_due(tx: &mut Tx<'_>, cx: &Cx) -> Result<usize> {
    let due = queries::validity_due(tx, cx)?;
    for (document_id, column_id) in &due {
        refresh(tx, cx, document_id)?;
        change_feed::append(tx, cx, change_feed::Kind::Document, Some(document_id), Some(column_id))?;
    }
    Ok(due.len())
}
