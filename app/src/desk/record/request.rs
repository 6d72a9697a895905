//! `POST /desk/requests/{request_id}`: a second person decides on a request, or its asker takes it back.

use axum::response::Response;
use kit_web::forms::FormErrors;
use rules::standing::RequestEvent;

use super::overview;
use crate::{
    desk::{form::DeskForm, review::case_page::actor},
    error::{Error, Result},
    id::RequestId,
    portal::visit::Address,
    standing::{actions, queries},
    words,
};

/// `POST /desk/requests/{request_id}`
pub async fn decide(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    let made = match event(form.raw("act")) {
        Ok((event, done)) => {
            let (actor, id, opinion) = (actor(&officer), RequestId(id.clone()), form.text("opinion"));
            let work = officer.act(move |tx, cx| actions::decide(tx, cx, &actor, &id, event, &opinion));
            work.await.map(|request| (request.document_id, done))
        }
        Err(error) => Err(error),
    };
    let answer = match made {
        Ok((document, done)) => Ok(officer.go(&format!("/desk/documents/{}", document.0), done)),
        Err(Error::Refused(refusal)) => {
            let mut errors = FormErrors::default();
            errors.add("requests", words::refusal(&refusal));
            let id = RequestId(id);
            let found = officer.read(move |tx, cx| queries::find(tx, &cx.site_id, &id)).await;
            match found.and_then(|request| request.ok_or(Error::NotFound)) {
                Ok(request) => overview::again(&officer, request.document_id, errors).await,
                Err(error) => Err(error),
            }
        }
        Err(error) => Err(error),
    };
    officer.answer(answer)
}

fn event(act: Option<&str>) -> Result<(RequestEvent, &'static str)> {
    match act {
        Some("confirm") => Ok((RequestEvent::Confirm, "已确认并办理")),
        Some("refuse") => Ok((RequestEvent::Refuse, "已作出不同意的决定")),
        Some("take_back") => Ok((RequestEvent::TakeBack, "已收回申请")),
        Some("uphold") => Ok((RequestEvent::Uphold, "已作出事后审查结论")),
        Some("object") => Ok((RequestEvent::Object, "已作出事后审查结论，请重新发布")),
        _ => Err(Error::NotFound),
    }
}
