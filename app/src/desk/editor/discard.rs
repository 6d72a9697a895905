//! Giving up a draft or a correction that nobody will finish: its drafter does it, or the disclosure office, since a
//! correction that was left lying keeps the next one from being opened. What is lost is shown first.

use askama::Template;
use axum::response::Response;
use kit_db::Tx;
use rules::permission::Act;

use super::{Opened, open, queries};
use crate::{
    attachment,
    cx::{Cx, minute_of},
    desk::{form::DeskForm, officer::Officer, page::Layout},
    document,
    error::{Error, Result},
    id::{DocumentId, EditionId},
    portal::{page::Link, visit::Address},
    review,
    staff::{self, Grant},
};

#[derive(Template)]
#[template(path = "desk/editor/discard.html")]
struct DiscardPage {
    layout: Layout,
    edition_id: String,
    document_id: String,
    /// Whether readers go on seeing an edition before it.
    is_correction: bool,
    title: String,
    begun: String,
    n_characters: usize,
    files: Vec<String>,
}

/// Whether somebody who may draft here may also give up what `created_by` began.
pub fn may_discard(grants: &[Grant], login: &str, created_by: &str) -> bool {
    created_by == login || staff::organs(grants, Act::Draft).is_none()
}

/// An edition that the asker may give up, with who began it and when.
fn find(tx: &mut Tx<'_>, cx: &Cx, grants: &[Grant], id: &EditionId) -> Result<(Opened, String)> {
    let opened = open(tx, cx, grants, id, Act::Draft)?;
    let created_by = queries::created_by(tx, &cx.site_id, id)?.unwrap_or_default();
    if !may_discard(grants, &cx.actor, &created_by) {
        return Err(Error::Forbidden);
    }
    if !opened.is_draft() {
        return Err(Error::Conflict);
    }
    Ok((opened, created_by))
}

/// `GET /desk/editions/{id}/delete`: what would be lost.
pub async fn show(Address(id): Address<String>, officer: Officer) -> Response {
    let made = page(&officer, id).await;
    officer.answer(made.and_then(|page| officer.page(&page)))
}

async fn page(officer: &Officer, id: String) -> Result<DiscardPage> {
    let (grants, edition_id) = (officer.grants.clone(), EditionId(id.clone()));
    let read = officer.read(move |tx, cx| {
        let (opened, created_by) = find(tx, cx, &grants, &edition_id)?;
        review::actions::check_not_under_way(tx, cx, &edition_id)?;
        let files = attachment::queries::of_edition(tx, &cx.site_id, &edition_id)?;
        let by = queries::name_of(tx, &cx.site_id, &created_by)?;
        let at = queries::created_at(tx, &cx.site_id, &edition_id)?.map(minute_of).unwrap_or_default();
        Ok((opened, files, format!("{by}　{at}")))
    });
    let (opened, files, begun) = read.await?;
    let mut layout = officer.layout("放弃草稿");
    let record = format!("/desk/documents/{}", opened.document.id.0);
    layout.crumbs =
        vec![Link::new("信息", "/desk/documents"), Link::new(&opened.edition.content.title, record)];
    Ok(DiscardPage {
        layout,
        edition_id: id,
        document_id: opened.document.id.0,
        is_correction: opened.document.state != "draft",
        title: opened.edition.content.title,
        begun,
        n_characters: opened.edition.content.body_text.chars().filter(|c| !c.is_whitespace()).count(),
        files: files.into_iter().map(|file| file.name).collect(),
    })
}

/// `POST /desk/editions/{id}/delete`
pub async fn delete(Address(id): Address<String>, sent: DeskForm) -> Response {
    let DeskForm { officer, .. } = sent;
    let (grants, edition_id) = (officer.grants.clone(), EditionId(id));
    let made = officer.act(move |tx, cx| {
        let (opened, _) = find(tx, cx, &grants, &edition_id)?;
        review::actions::discard(tx, cx, &edition_id)?;
        left(tx, cx, &opened.document.id)
    });
    officer.answer(made.await.map(|left| {
        let path =
            left.map_or_else(|| "/desk/documents".to_owned(), |id| format!("/desk/documents/{}", id.0));
        officer.go(&path, "已删除草稿")
    }))
}

/// The document, where another edition of it is left.
fn left(tx: &mut Tx<'_>, cx: &Cx, id: &DocumentId) -> Result<Option<DocumentId>> {
    Ok(document::queries::by_id(tx, &cx.site_id, id)?.map(|document| document.id))
}
