//! Issuing and withdrawing one-time links. The address is shown once, on the answer to the form, and kept nowhere.

use askama::Template;
use axum::response::Response;
use kit_web::forms::FormErrors;

use super::{
    case_page::{self, actor},
    form,
};
use crate::{
    desk::{form::DeskForm, page::Layout},
    error::Error,
    id::CaseId,
    portal::visit::Address,
    review::{links, way},
    words,
};

#[derive(Template)]
#[template(path = "desk/review/issued_link.html")]
struct IssuedPage {
    layout: Layout,
    case_id: String,
    holder: String,
    address: String,
    hours: u32,
}

/// `POST /desk/reviews/{case_id}/links`
pub async fn issue(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    let made = match form::step(&form) {
        Ok(step) => {
            let (actor, case_id, holder) = (actor(&officer), CaseId(id.clone()), form.text("holder"));
            let work = officer.act(move |tx, cx| {
                let token = links::issue(tx, cx, &actor, &case_id, step, &holder)?;
                Ok((token, way::setting(tx, cx)?.link_hours))
            });
            work.await
        }
        Err(error) => Err(error),
    };
    let answer = match made {
        Ok((token, hours)) => {
            let base = &officer.visit.host.face.base_url;
            let way = format!("/desk/reviews/{id}");
            officer.page(&IssuedPage {
                layout: officer.layout("一次性链接").under(&[
                    ("首页", "/desk"),
                    ("审核", "/desk/reviews"),
                    ("办理", &way),
                ]),
                case_id: id,
                holder: form.text("holder"),
                address: format!("{base}/approve/{token}"),
                hours,
            })
        }
        Err(Error::Refused(refusal)) => {
            let mut errors = FormErrors::default();
            errors.add("holder", words::refusal(&refusal));
            case_page::again(&officer, CaseId(id), form, errors).await
        }
        Err(error) => Err(error),
    };
    officer.answer(answer)
}

/// `POST /desk/reviews/{case_id}/links/withdraw`
pub async fn withdraw(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    let (actor, case_id, mark) = (actor(&officer), CaseId(id.clone()), form.text("mark"));
    let work = officer.act(move |tx, cx| links::withdraw(tx, cx, &actor, &case_id, &mark));
    let made = work.await;
    officer.answer(made.map(|()| officer.go(&format!("/desk/reviews/{id}"), "链接已作废")))
}
