//! The forms of correction, withdrawal and repeal, each with the reasons that the reference data knows and what readers
//! will see of it.

use askama::Template;
use axum::response::Response;
use kit_web::forms::{Form, FormErrors};
use rules::permission::Act;

use super::{may, queries, see};
use crate::{
    attachment,
    desk::{form::DeskForm, officer::Officer, page::Layout, review::case_page::actor},
    document::{self, Document, Edition},
    error::{Error, Refusal, Result},
    id::{DocumentId, EditionId},
    portal::visit::Address,
    reference::{CorrectionReason, WithdrawReason},
    standing::{Grounds, actions},
    words,
};

/// The record a form is about.
struct Subject {
    document: Document,
    newest: Edition,
    files: Vec<attachment::Attachment>,
}

#[derive(Template)]
#[template(path = "desk/record/correct.html")]
struct CorrectPage {
    layout: Layout,
    id: String,
    reasons: Vec<CorrectionReason>,
    files: Vec<(String, String)>,
    typed: Form,
    errors: FormErrors,
}

#[derive(Template)]
#[template(path = "desk/record/withdraw.html")]
struct WithdrawPage {
    layout: Layout,
    id: String,
    reasons: Vec<WithdrawReason>,
    may_at_once: bool,
    typed: Form,
    errors: FormErrors,
}

#[derive(Template)]
#[template(path = "desk/record/repeal.html")]
struct RepealPage {
    layout: Layout,
    id: String,
    typed: Form,
    errors: FormErrors,
}

/// `/desk/documents/{document_id}/correct`
pub async fn correct(officer: Officer, Address(id): Address<String>) -> Response {
    let made = correct_page(&officer, id, Form::default(), FormErrors::default()).await;
    officer.answer(made.and_then(|page| officer.page(&page)))
}

async fn correct_page(officer: &Officer, id: String, typed: Form, errors: FormErrors) -> Result<CorrectPage> {
    let subject = subject(officer, &id, Act::Draft).await?;
    let files = subject.files.into_iter().map(|file| (file.file.sha256, file.name));
    Ok(CorrectPage {
        layout: layout(officer, "更正", &id, &subject.newest),
        reasons: officer.cx().reference.correction_reasons.iter().cloned().collect(),
        files: files.collect(),
        id,
        typed,
        errors,
    })
}

/// `POST /desk/documents/{document_id}/correct`
pub async fn open_correction(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    let (actor, document_id, grounds) = (actor(&officer), DocumentId(id.clone()), grounds(&form));
    let dropped: Vec<String> = form.all("drop").map(str::to_owned).collect();
    let work =
        officer.act(move |tx, cx| actions::open_correction(tx, cx, &actor, &document_id, &grounds, &dropped));
    let answer = match work.await {
        Ok(EditionId(edition)) => {
            let said = "已建立更正稿；现行版本继续公开，直到更正稿发布";
            Ok(officer.go(&format!("/desk/editions/{edition}/edit"), said))
        }
        Err(Error::Refused(refusal)) => {
            let errors = mistake("note", &refusal);
            correct_page(&officer, id, form, errors).await.and_then(|page| officer.page_with_mistakes(&page))
        }
        Err(error) => Err(error),
    };
    officer.answer(answer)
}

/// `/desk/documents/{document_id}/withdraw`
pub async fn withdraw(officer: Officer, Address(id): Address<String>) -> Response {
    let made = withdraw_page(&officer, id, Form::default(), FormErrors::default()).await;
    officer.answer(made.and_then(|page| officer.page(&page)))
}

async fn withdraw_page(
    officer: &Officer,
    id: String,
    typed: Form,
    errors: FormErrors,
) -> Result<WithdrawPage> {
    let subject = subject(officer, &id, Act::RequestWithdrawal).await?;
    Ok(WithdrawPage {
        layout: layout(officer, "撤回", &id, &subject.newest),
        reasons: officer.cx().reference.withdraw_reasons.iter().cloned().collect(),
        may_at_once: may(officer, Act::WithdrawEmergency, &subject.document),
        id,
        typed,
        errors,
    })
}

/// `POST /desk/documents/{document_id}/withdraw`
pub async fn ask_withdrawal(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    let (actor, document_id, grounds) = (actor(&officer), DocumentId(id.clone()), grounds(&form));
    let at_once = form.raw("act") == Some("at_once");
    let work = officer.act(move |tx, cx| {
        if at_once {
            actions::withdraw_emergency(tx, cx, &actor, &document_id, &grounds)
        } else {
            actions::request_withdrawal(tx, cx, &actor, &document_id, &grounds)
        }
    });
    let said = if at_once {
        "已紧急撤回，须由其他人事后审查"
    } else {
        "已提出撤回申请，等待第二人确认"
    };
    let answer = match work.await {
        Ok(_) => Ok(officer.go(&format!("/desk/documents/{id}"), said)),
        Err(Error::Refused(refusal)) => {
            let errors = mistake("note", &refusal);
            withdraw_page(&officer, id, form, errors).await.and_then(|page| officer.page_with_mistakes(&page))
        }
        Err(error) => Err(error),
    };
    officer.answer(answer)
}

/// `/desk/documents/{document_id}/repeal`
pub async fn repeal(officer: Officer, Address(id): Address<String>) -> Response {
    let made = repeal_page(&officer, id, Form::default(), FormErrors::default()).await;
    officer.answer(made.and_then(|page| officer.page(&page)))
}

async fn repeal_page(officer: &Officer, id: String, typed: Form, errors: FormErrors) -> Result<RepealPage> {
    let subject = subject(officer, &id, Act::RequestWithdrawal).await?;
    Ok(RepealPage { layout: layout(officer, "废止", &id, &subject.newest), id, typed, errors })
}

/// `POST /desk/documents/{document_id}/repeal`
pub async fn ask_repeal(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    let (actor, document_id, grounds) = (actor(&officer), DocumentId(id.clone()), grounds(&form));
    let (by, on) = (form.text("by"), form.text("on"));
    let work = officer.act(move |tx, cx| {
        let found = queries::live_by_numbers(tx, cx, &by, by.parse().ok())?;
        let repealing = match found.as_slice() {
            [(only, _)] => only.clone(),
            [] => return Err(Refusal::Unknown { what: "公开中的文件", code: by.clone() }.into()),
            _ => {
                let sentence = format!("“{by}”对应不止一份文件，请改填索引号");
                return Err(Refusal::Invalid(sentence).into());
            }
        };
        actions::request_repeal(tx, cx, &actor, &document_id, (&repealing, &on), &grounds)
    });
    let answer = match work.await {
        Ok(_) => Ok(officer.go(&format!("/desk/documents/{id}"), "已提出废止申请，等待第二人确认")),
        Err(Error::Refused(refusal)) => {
            let errors = mistake("by", &refusal);
            repeal_page(&officer, id, form, errors).await.and_then(|page| officer.page_with_mistakes(&page))
        }
        Err(error) => Err(error),
    };
    officer.answer(answer)
}

async fn subject(officer: &Officer, id: &str, act: Act) -> Result<Subject> {
    let id = DocumentId(id.to_owned());
    let read = officer.read(move |tx, cx| {
        let document = document::actions::find(tx, cx, &id)?;
        let newest = document::queries::newest_edition(tx, &cx.site_id, &id)?.ok_or(Error::NotFound)?;
        let files = attachment::queries::of_edition(tx, &cx.site_id, &newest.id)?;
        Ok(Subject { document, newest, files })
    });
    let subject = read.await?;
    see(officer, &subject.document)?;
    if may(officer, act, &subject.document) { Ok(subject) } else { Err(Error::Forbidden) }
}

fn layout(officer: &Officer, title: &str, id: &str, newest: &Edition) -> Layout {
    let way = format!("/desk/documents/{id}");
    let crumbs =
        [("首页", "/desk"), ("信息", "/desk/documents"), (newest.content.title.as_str(), way.as_str())];
    officer.layout(title).under(&crumbs)
}

fn grounds(form: &Form) -> Grounds {
    Grounds { reason: form.text("reason"), note: form.text("note"), told: form.text("told") }
}

fn mistake(field: &str, refusal: &Refusal) -> FormErrors {
    let mut errors = FormErrors::default();
    errors.add(field, words::refusal(refusal));
    errors
}
