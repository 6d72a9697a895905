//! Near-duplicates among what is live: keys of every live text in a table, kept by following the change feed, asked with
//! the keys of what is being written.

use kit_db::Tx;
use rules::check::Similar;

use super::{Subject, likeness::Triples, queries};
use crate::{change_feed, cx::Cx, document, error::Result, id::DocumentId};

/// From here on two texts are nearly the same.
const NEARLY: u8 = 90;
/// Candidates whose texts are compared.
const MOST: i64 = 4;
/// Changes followed in one transaction.
const BATCH: i64 = 100;

/// The live record that is most like the subject, when it is nearly the same.
pub fn similar(tx: &mut Tx<'_>, cx: &Cx, subject: &Subject<'_>) -> Result<Option<Similar>> {
    let own = Triples::of(&subject.content.body_text);
    let Some(keys) = own.keys() else { return Ok(None) };
    let mut best: Option<Similar> = None;
    for id in queries::with_keys(tx, &cx.site_id, &keys, subject.document_id, MOST)? {
        let Some(content) = document::queries::live_content(tx, &cx.site_id, &id)? else { continue };
        let percent = own.likeness(&Triples::of(&content.body_text));
        if percent >= NEARLY && best.as_ref().is_none_or(|best| best.percent < percent) {
            best = Some(Similar { title: content.title, percent });
        }
    }
    Ok(best)
}

/// Brings the keys up to the next changes of the feed; gives whether there were any.
pub fn follow(tx: &mut Tx<'_>, cx: &Cx) -> Result<bool> {
    let from = queries::keys_position(tx, &cx.site_id)?;
    let changes = change_feed::after(tx, &cx.site_id, from, BATCH)?;
    let Some(position) = changes.last().map(|change| change.position) else { return Ok(false) };
    let mut documents: Vec<DocumentId> =
        changes.into_iter().filter_map(|change| change.document_id).collect();
    documents.sort();
    documents.dedup();
    for id in documents {
        keep(tx, cx, &id)?;
    }
    queries::set_keys_position(tx, &cx.site_id, position)?;
    Ok(true)
}

/// Writes down the keys of a document as it is live now, or takes them out.
fn keep(tx: &mut Tx<'_>, cx: &Cx, id: &DocumentId) -> Result<()> {
    queries::delete_keys(tx, &cx.site_id, id)?;
    let content = document::queries::live_content(tx, &cx.site_id, id)?;
    let keys = content.and_then(|content| Triples::of(&content.body_text).keys());
    for key in keys.into_iter().flatten() {
        queries::insert_key(tx, &cx.site_id, key, id)?;
    }
    Ok(())
}
