//! Giving up a draft.

use axum::response::Response;
use rules::permission::Act;

use super::{open, queries};
use crate::{desk::form::DeskForm, document, draft, error::Error, id::EditionId, portal::visit::Address};

/// `POST /desk/editions/{id}/delete`: gives up one's own draft.
pub async fn delete(Address(id): Address<String>, sent: DeskForm) -> Response {
    let DeskForm { officer, .. } = sent;
    let (grants, edition_id) = (officer.grants.clone(), EditionId(id));
    let made = officer.act(move |tx, cx| {
        open(tx, cx, &grants, &edition_id, Act::Draft)?;
        if queries::created_by(tx, &cx.site_id, &edition_id)?.as_deref() != Some(cx.actor.as_str()) {
            return Err(Error::Forbidden);
        }
        let document_id = document::actions::find_edition(tx, cx, &edition_id)?.document_id;
        draft::actions::delete(tx, cx, &edition_id)?;
        Ok(document::queries::by_id(tx, &cx.site_id, &document_id)?.map(|document| document.id.0))
    });
    officer.answer(made.await.map(|left| {
        let path = left.map_or_else(|| "/desk/documents".to_owned(), |id| format!("/desk/documents/{id}"));
        officer.go(&path, "已删除草稿")
    }))
}
