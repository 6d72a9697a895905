//! What was saved before (保存记录): the steps of an edition's history, each to look at and to go back to.

use askama::Template;
use axum::response::Response;
use kit_text::diff;
use rules::permission::Act;

use super::{open, queries};
use crate::{
    cx::minute_of,
    desk::{form::DeskForm, officer::Officer, page::Layout},
    draft,
    error::{Error, Result},
    id::EditionId,
    portal::{page::Link, visit::Address},
};

#[derive(Template)]
#[template(path = "desk/editor/history.html")]
struct HistoryPage {
    layout: Layout,
    edition_id: String,
    title: String,
    version: i64,
    is_draft: bool,
    steps: Vec<Row>,
}

struct Row {
    version: i64,
    who: String,
    when: String,
    is_now: bool,
}

/// `GET /desk/editions/{id}/history`.
pub async fn list(Address(id): Address<String>, officer: Officer) -> Response {
    let made = async {
        let opened = officer.open(&id, Act::ReadDrafts).await?;
        let (edition_id, version) = (opened.edition.id.clone(), opened.edition.version);
        let steps = officer
            .read(move |tx, cx| {
                let steps = draft::queries::steps(tx, &cx.site_id, &edition_id)?;
                steps
                    .into_iter()
                    .map(|step| {
                        Ok(Row {
                            who: who(tx, cx, &step.login)?,
                            when: minute_of(step.saved_at),
                            is_now: step.version == version,
                            version: step.version,
                        })
                    })
                    .collect::<Result<Vec<_>>>()
            })
            .await?;
        let mut layout = officer.layout("保存记录");
        layout.crumbs = crumbs(&id);
        let is_draft = opened.is_draft();
        officer.page(&HistoryPage {
            layout,
            edition_id: id,
            title: opened.edition.content.title,
            version,
            is_draft,
            steps,
        })
    };
    officer.answer(made.await)
}

fn who(tx: &mut kit_db::Tx<'_>, cx: &crate::cx::Cx, login: &str) -> Result<String> {
    if login.is_empty() {
        Ok("此前的内容".to_owned())
    } else {
        Ok(queries::name_of(tx, &cx.site_id, login)?)
    }
}

fn crumbs(id: &str) -> Vec<Link> {
    vec![Link::new("信息", "/desk/documents"), Link::new("编辑", format!("/desk/editions/{id}/edit"))]
}

#[derive(Template)]
#[template(path = "desk/editor/step.html")]
struct StepPage {
    layout: Layout,
    edition_id: String,
    version: i64,
    step: i64,
    who: String,
    when: String,
    is_draft: bool,
    title: (String, String),
    pieces: Vec<Piece>,
}

/// A piece of the comparison of a step with the text as it is now.
enum Piece {
    Same(String),
    Added(String),
    Removed(String),
}

/// `GET /desk/editions/{id}/history/{version}`: what has changed since.
pub async fn show(Address((id, step)): Address<(String, i64)>, officer: Officer) -> Response {
    let made = async {
        let opened = officer.open(&id, Act::ReadDrafts).await?;
        let edition_id = opened.edition.id.clone();
        let (kept, who) = officer
            .read(move |tx, cx| {
                let kept =
                    draft::queries::step(tx, &cx.site_id, &edition_id, step)?.ok_or(Error::NotFound)?;
                let who = who(tx, cx, &kept.login)?;
                Ok((kept, who))
            })
            .await?;
        let mut layout = officer.layout("保存的内容");
        layout.crumbs = crumbs(&id);
        layout.crumbs.push(Link::new("保存记录", format!("/desk/editions/{id}/history")));
        let then = kit_text::html::to_text(&kept.content.body_html);
        let blocks = diff::compare(&then, &opened.edition.content.body_text);
        officer.page(&StepPage {
            layout,
            edition_id: id,
            version: opened.edition.version,
            step,
            who,
            when: minute_of(kept.saved_at),
            is_draft: opened.is_draft(),
            title: (kept.content.title, opened.edition.content.title),
            pieces: blocks.into_iter().flat_map(pieces).collect(),
        })
    };
    officer.answer(made.await)
}

fn pieces(block: diff::DiffBlock) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = match block {
        diff::DiffBlock::Same { paragraphs } => vec![Piece::Same(paragraphs.join("\n"))],
        diff::DiffBlock::Added { text } => vec![Piece::Added(text)],
        diff::DiffBlock::Removed { text } => vec![Piece::Removed(text)],
        diff::DiffBlock::Changed { pieces } => pieces
            .into_iter()
            .map(|piece| match piece.kind {
                diff::PieceKind::Same => Piece::Same(piece.text),
                diff::PieceKind::Inserted => Piece::Added(piece.text),
                diff::PieceKind::Deleted => Piece::Removed(piece.text),
            })
            .collect(),
    };
    pieces.push(Piece::Same("\n".to_owned()));
    pieces
}

/// `POST /desk/editions/{id}/history`: goes back to a step.
pub async fn restore(Address(id): Address<String>, sent: DeskForm) -> Response {
    let DeskForm { officer, form } = sent;
    let number = |name: &str| form.raw(name).and_then(|text| text.parse::<i64>().ok());
    let (Some(base), Some(step)) = (number("version"), number("step")) else {
        return officer.answer(Err(Error::NotFound));
    };
    let (grants, edition_id) = (officer.grants.clone(), EditionId(id.clone()));
    let made = officer.act(move |tx, cx| {
        let opened = open(tx, cx, &grants, &edition_id, Act::Draft)?;
        draft::actions::restore(tx, cx, &opened.edition, base, step)
    });
    let path = format!("/desk/editions/{id}/edit");
    officer
        .answer(made.await.map(|_| officer.go(&path, "已恢复到所选的保存内容，恢复前的内容仍在保存记录中")))
}
