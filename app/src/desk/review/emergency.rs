//! The page of an emergency publication: what it leaves out, what the second person answers for, and what comes after.

use askama::Template;
use axum::response::Response;
use kit_web::forms::{Form, FormErrors};

use super::{
    case_page::{self, CaseView, Gathered, MASK_ROWS, actor},
    decisions::said,
    form,
};
use crate::{
    desk::{form::DeskForm, officer::Officer, page::Layout},
    error::{Error, Result},
    id::CaseId,
    portal::visit::Address,
    reference::SecrecyBasis,
    review::emergency,
    words,
};

#[derive(Template)]
#[template(path = "desk/review/emergency.html")]
struct EmergencyPage {
    layout: Layout,
    view: CaseView,
    bases: Vec<SecrecyBasis>,
    mask_rows: Vec<usize>,
    typed: Form,
    errors: FormErrors,
}

impl EmergencyPage {
    /// Whether a box was ticked in what was sent.
    fn is_chosen(&self, field: &str, value: &str) -> bool {
        self.typed.all(field).any(|sent| sent == value)
    }
}

/// `/desk/reviews/{case_id}/emergency`
pub async fn show(officer: Officer, Address(id): Address<String>) -> Response {
    let made = page(&officer, id, Form::default(), FormErrors::default()).await;
    officer.answer(made.and_then(|page| officer.page(&page)))
}

async fn page(officer: &Officer, id: String, typed: Form, errors: FormErrors) -> Result<EmergencyPage> {
    let actor = actor(officer);
    let case_id = CaseId(id);
    let gathered = officer.read(move |tx, cx| case_page::gather(tx, cx, &actor, &case_id)).await?;
    let Gathered { view, powers, .. } = gathered;
    if !powers.may_publish_emergency {
        return Err(Error::Forbidden);
    }
    let way = format!("/desk/reviews/{}", view.id);
    Ok(EmergencyPage {
        layout: officer.layout("紧急发布").under(&[
            ("首页", "/desk"),
            ("审核", "/desk/reviews"),
            (&view.sheet.title, &way),
        ]),
        bases: officer.cx().reference.secrecy_bases.iter().filter(|basis| !basis.refuses).cloned().collect(),
        mask_rows: (1..=MASK_ROWS).collect(),
        typed,
        errors,
        view,
    })
}

/// `POST /desk/reviews/{case_id}/emergency`
pub async fn publish(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    let (actor, case_id) = (actor(&officer), CaseId(id.clone()));
    let (seen, reason, filled) = (form.text("content"), form.text("urgency"), form::secrecy(&form));
    let work =
        officer.act(move |tx, cx| emergency::publish(tx, cx, &actor, &case_id, (&seen, &reason), &filled));
    let answer = match work.await {
        Ok(outcome) => {
            Ok(officer.go(&format!("/desk/reviews/{id}"), said(outcome, "已紧急发布，须由其他人事后审查")))
        }
        Err(Error::Refused(refusal)) => {
            let mut errors = FormErrors::default();
            errors.add("urgency", words::refusal(&refusal));
            page(&officer, id, form, errors).await.and_then(|page| officer.page_with_mistakes(&page))
        }
        Err(error) => Err(error),
    };
    officer.answer(answer)
}
