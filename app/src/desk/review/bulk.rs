//! Several decisions at once. Every record is decided on by itself, in a transaction of its own, exactly as on its own
//! page; what was refused is listed with the reason.

use askama::Template;
use axum::response::Response;
use kit_web::forms::Form;

use super::{case_page::actor, decisions::said, form};
use crate::{
    desk::{form::DeskForm, officer::Officer, page::Layout},
    error::{Error, Result},
    id::CaseId,
    review::{
        Outcome, Remark,
        actions::{self, Judgement},
        dossier::Dossier,
    },
    words,
};

/// More at once are no longer decisions.
const MOST: usize = 50;

#[derive(Template)]
#[template(path = "desk/review/bulk.html")]
struct BulkPage {
    layout: Layout,
    done: Vec<BulkLine>,
    refused: Vec<BulkLine>,
}

/// What became of one record.
struct BulkLine {
    href: String,
    title: String,
    sentence: String,
}

/// `POST /desk/reviews/bulk`
pub async fn decide(DeskForm { officer, form }: DeskForm) -> Response {
    let ids: Vec<CaseId> = form.all("case").map(|id| CaseId(id.to_owned())).collect();
    if ids.is_empty() {
        return officer.answer(Ok(officer.go("/desk/reviews", "请先选择要办理的信息")));
    }
    let publishes = form.raw("act") == Some("publish");
    let (mut done, mut refused) = (Vec::new(), Vec::new());
    for id in ids.into_iter().take(MOST) {
        match one(&officer, &form, &id, publishes).await {
            Ok((title, outcome)) => {
                let line = line(&id, title, said(outcome, if publishes { "已发布" } else { "已通过" }));
                if outcome == Outcome::TextChanged { refused.push(line) } else { done.push(line) }
            }
            Err(Error::Unexpected(error)) => return officer.answer(Err(Error::Unexpected(error))),
            Err(error) => {
                // Of a record that the person may not decide on, not even the title is told.
                let known = matches!(error, Error::Refused(_) | Error::Conflict);
                let title = if known { title(&officer, &id).await } else { Err(Error::NotFound) };
                let title = title.unwrap_or_else(|_| "（没有找到）".to_owned());
                refused.push(line(&id, title, &sentence(error)));
            }
        }
    }
    let layout = officer.layout("批量办理结果").under(&[("首页", "/desk"), ("审核", "/desk/reviews")]);
    officer.answer(officer.page(&BulkPage { layout, done, refused }))
}

async fn one(officer: &Officer, form: &Form, id: &CaseId, publishes: bool) -> Result<(String, Outcome)> {
    let (actor, case_id) = (actor(officer), id.clone());
    let field = |name: &str| form.text(&format!("{name}-{}", id.0));
    let (seen, at, party) = (field("content"), field("at"), field("party"));
    let gate = form::gate(&at).ok_or(Error::NotFound)?;
    let step = rules::review::Step { gate, party: party.parse().map_err(|_| Error::NotFound)? };
    officer
        .act(move |tx, cx| {
            let outcome = if publishes {
                actions::publish(tx, cx, &actor, &case_id, &seen)?
            } else {
                let judgement = Judgement { step, seen: seen.clone(), remark: Remark::default() };
                actions::approve(tx, cx, &actor, &case_id, &judgement)?
            };
            Ok((Dossier::find(tx, cx, &case_id)?.edition.content.title, outcome))
        })
        .await
}

async fn title(officer: &Officer, id: &CaseId) -> Result<String> {
    let id = id.clone();
    officer.read(move |tx, cx| Ok(Dossier::find(tx, cx, &id)?.edition.content.title)).await
}

fn line(id: &CaseId, title: String, sentence: &str) -> BulkLine {
    BulkLine { href: format!("/desk/reviews/{}", id.0), title, sentence: sentence.to_owned() }
}

fn sentence(error: Error) -> String {
    match error {
        Error::Refused(refusal) => words::refusal(&refusal),
        Error::Forbidden => "您的岗位没有这项权限".to_owned(),
        other => other.to_string(),
    }
}
