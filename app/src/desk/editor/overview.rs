//! A document at a glance: where it stands, its versions, and what can be done with it now.

use askama::Template;
use axum::response::Response;
use rules::permission::Act;

use super::{open, open_document, queries};
use crate::{
    cx::minute_of,
    desk::{form::DeskForm, officer::Officer, page::Layout},
    document, draft,
    error::{Error, Result},
    id::{DocumentId, EditionId},
    portal::{page::Link, visit::Address},
    words,
};

#[derive(Template)]
#[template(path = "desk/editor/overview.html")]
struct OverviewPage {
    layout: Layout,
    document_id: String,
    title: String,
    kind: String,
    column: String,
    index_number: String,
    state: &'static str,
    public_href: Option<String>,
    first_published: Option<String>,
    /// Who wrote the newest edition.
    writers: String,
    editions: Vec<Row>,
    /// The draft that can be edited.
    draft: Option<DraftRow>,
    may_correct: bool,
}

struct Row {
    number: i64,
    state: &'static str,
    who: String,
    made: String,
    note: String,
    live: String,
}

struct DraftRow {
    edition_id: String,
    may_edit: bool,
    may_delete: bool,
}

/// `GET /desk/documents/{id}`.
pub async fn show(Address(id): Address<String>, officer: Officer) -> Response {
    let made = page(&officer, id).await;
    officer.answer(made.and_then(|page| officer.page(&page)))
}

async fn page(officer: &Officer, id: String) -> Result<OverviewPage> {
    let (grants, document_id) = (officer.grants.clone(), DocumentId(id.clone()));
    let login = officer.account.login.clone();
    let (document, column, editions, writers, may_draft) = officer
        .read(move |tx, cx| {
            let (document, column) = open_document(tx, cx, &grants, &document_id, Act::ReadDrafts)?;
            let may_draft = open_document(tx, cx, &grants, &document_id, Act::Draft).is_ok();
            let editions = queries::editions(tx, &cx.site_id, &document_id)?;
            let named = editions.into_iter().map(|edition| {
                let who = queries::name_of(tx, &cx.site_id, &edition.created_by)?;
                Ok((edition, who))
            });
            let editions = named.collect::<Result<Vec<_>>>()?;
            let newest = editions.first().map(|(edition, _)| edition.edition_id.clone()).ok_or(Error::NotFound)?;
            let logins = draft::queries::writers(tx, &cx.site_id, &newest)?;
            let names = logins.iter().map(|login| queries::name_of(tx, &cx.site_id, login));
            let writers = names.collect::<Result<Vec<_>, _>>()?.join("、");
            Ok((document, column, editions, writers, may_draft))
        })
        .await?;
    let newest = editions.first().map(|(edition, _)| edition.clone()).ok_or(Error::NotFound)?;
    let draft = (newest.state == "draft").then(|| DraftRow {
        edition_id: newest.edition_id.0.clone(),
        may_edit: may_draft,
        may_delete: may_draft && newest.created_by == login,
    });
    let kind = officer.visit.app.reference.content_type(&document.content_type);
    let mut layout = officer.layout(&newest.title);
    layout.crumbs = vec![Link::new("信息", "/desk/documents")];
    let is_live = document.state == "live";
    Ok(OverviewPage {
        layout,
        document_id: id,
        title: newest.title.clone(),
        kind: kind.map(|kind| kind.name.clone()).unwrap_or_default(),
        column: column.map(|column| column.name).unwrap_or_default(),
        index_number: document.index_number.clone().unwrap_or_else(|| "发布时编号".to_owned()),
        state: words::document_state(&document.state),
        public_href: document.public_number.filter(|_| is_live).map(|number| format!("/documents/{number}")),
        first_published: document.first_published_at.map(minute_of),
        writers,
        may_correct: may_draft && is_live && !editions.iter().any(|(edition, _)| is_open(&edition.state)),
        editions: editions.into_iter().map(|(edition, who)| row(edition, who)).collect(),
        draft,
    })
}

fn is_open(state: &str) -> bool {
    matches!(state, "draft" | "scheduled")
}

fn row(edition: queries::EditionLine, who: String) -> Row {
    Row {
        number: edition.number,
        state: words::edition_state(&edition.state),
        who,
        made: minute_of(edition.created_at),
        note: edition.change_note.unwrap_or_default(),
        live: edition.live_at.map(minute_of).unwrap_or_default(),
    }
}

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
