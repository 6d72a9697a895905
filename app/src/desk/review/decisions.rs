//! The decisions that the page of a case sends. After each the browser goes on to a page of its own, so that neither
//! reloading nor going back decides again; what is refused comes back with everything that was typed.

use axum::response::Response;
use kit_web::forms::{Form, FormErrors};
use rules::review::{Gate, Step};

use super::{
    case_page::{self, actor},
    form,
};
use crate::{
    cx::instant_of,
    desk::{editor::saving, form::DeskForm, officer::Officer},
    error::{Error, Refusal, Result},
    id::{CaseId, EditionId},
    portal::visit::Address,
    review::{
        Outcome, Remark,
        actions::{self, Judgement},
        dossier::Dossier,
        emergency, secrecy,
    },
    words,
};

/// `POST /desk/editions/{edition_id}/submit`
pub async fn submit(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    // The editor's own button sends the whole form: what stands in it is kept before anybody is asked to look.
    if form.raw("version").is_some() {
        match saving::save_form(&officer, &id, &form).await {
            Ok(None) => {}
            Ok(Some(page)) => return officer.answer(Ok(page)),
            Err(error) => return officer.answer(Err(error)),
        }
    }
    let (actor, note) = (actor(&officer), form.text("note"));
    let edition_id = EditionId(id);
    let made = officer.act(move |tx, cx| actions::submit(tx, cx, &actor, &edition_id, &note)).await;
    officer.answer(
        made.map(|(case, outcome)| officer.go(&format!("/desk/reviews/{}", case.0), said(outcome, "已送审"))),
    )
}

/// `POST /desk/reviews/{case_id}/approve`: a round, or the signature.
pub async fn approve(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    let made = match form::step(&form) {
        Ok(step) => {
            let judgement = judgement(&form, step, Remark::new(&form.text("note")));
            let (actor, case_id) = (actor(&officer), CaseId(id.clone()));
            let signs = step.gate == Gate::SignOff;
            let work = officer.act(move |tx, cx| actions::approve(tx, cx, &actor, &case_id, &judgement));
            work.await.map(|outcome| said(outcome, if signs { "已签发" } else { "已审核通过" }))
        }
        Err(error) => Err(error),
    };
    finish(officer, id, form, "note", made).await
}

/// `POST /desk/reviews/{case_id}/return`
pub async fn return_to(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    let made = send_back(&officer, &id, &form).await;
    finish(officer, id, form, "reason", made).await
}

async fn send_back(officer: &Officer, id: &str, form: &Form) -> Result<&'static str> {
    let step = form::step(form)?;
    let (actor, case_id, form) = (actor(officer), CaseId(id.to_owned()), form.clone());
    let work = officer.act(move |tx, cx| {
        // The places are read from the text that was shown; one that was changed since is not returned anyway.
        let snapshot = Dossier::find(tx, cx, &case_id)?.now;
        let judgement = judgement(&form, step, form::remark(&form, &snapshot));
        actions::return_to(tx, cx, &actor, &case_id, &judgement, form::return_to(&form))
    });
    work.await.map(|outcome| said(outcome, "已退回"))
}

fn judgement(form: &Form, step: Step, remark: Remark) -> Judgement {
    Judgement { step, seen: form.text("content"), remark }
}

/// `POST /desk/reviews/{case_id}/secrecy`
pub async fn secrecy(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    let (actor, case_id, seen) = (actor(&officer), CaseId(id.clone()), form.text("content"));
    let filled = form::secrecy(&form);
    let passes = form.raw("verdict") == Some("pass");
    let work = officer.act(move |tx, cx| {
        if passes {
            secrecy::pass(tx, cx, &actor, &case_id, &seen, &filled)
        } else {
            secrecy::refuse(tx, cx, &actor, &case_id, &seen, &filled)
        }
    });
    let done = if passes { "保密审查已通过" } else { "已作出保密审查不通过的结论" };
    let made = work.await.map(|outcome| said(outcome, done));
    finish(officer, id, form, "opinion", made).await
}

/// `POST /desk/reviews/{case_id}/recall`
pub async fn recall(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    let (actor, case_id, reason) = (actor(&officer), CaseId(id.clone()), form.text("recall_reason"));
    let work = officer.act(move |tx, cx| actions::recall(tx, cx, &actor, &case_id, &reason));
    let made = work.await.map(|outcome| said(outcome, "已撤回送审，可以继续修改"));
    finish(officer, id, form, "recall_reason", made).await
}

/// `POST /desk/reviews/{case_id}/publish`
pub async fn publish(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    let (actor, case_id, seen) = (actor(&officer), CaseId(id.clone()), form.text("content"));
    let work = officer.act(move |tx, cx| actions::publish(tx, cx, &actor, &case_id, &seen));
    let made = work.await.map(|outcome| said(outcome, "已发布"));
    finish(officer, id, form, "decide", made).await
}

/// `POST /desk/reviews/{case_id}/schedule`
pub async fn schedule(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    let made = set_time(&officer, &id, &form).await;
    finish(officer, id, form, "day", made).await
}

async fn set_time(officer: &Officer, id: &str, form: &Form) -> Result<&'static str> {
    let moment = instant_of(&format!("{} {}", form.text("day"), form.text("time")));
    let unreadable = || Error::from(Refusal::Invalid("请填写定时发布的日期和时间".to_owned()));
    let publish_at = moment.ok_or_else(unreadable)?;
    let (actor, case_id, seen) = (actor(officer), CaseId(id.to_owned()), form.text("content"));
    let work = officer.act(move |tx, cx| actions::schedule(tx, cx, &actor, &case_id, &seen, publish_at));
    work.await.map(|outcome| said(outcome, "已定时发布"))
}

/// `POST /desk/reviews/{case_id}/unschedule`
pub async fn unschedule(Address(id): Address<String>, DeskForm { officer, form }: DeskForm) -> Response {
    let (actor, case_id) = (actor(&officer), CaseId(id.clone()));
    let work = officer.act(move |tx, cx| actions::unschedule(tx, cx, &actor, &case_id));
    let made = work.await.map(|outcome| said(outcome, "已取消定时"));
    finish(officer, id, form, "decide", made).await
}

/// `POST /desk/reviews/{case_id}/afterwards`
pub async fn review_afterwards(
    Address(id): Address<String>,
    DeskForm { officer, form }: DeskForm,
) -> Response {
    let (actor, case_id, opinion) = (actor(&officer), CaseId(id.clone()), form.text("afterwards"));
    let upheld = form.raw("verdict") == Some("uphold");
    let work =
        officer.act(move |tx, cx| emergency::review_afterwards(tx, cx, &actor, &case_id, upheld, &opinion));
    let made = work.await.map(|outcome| said(outcome, "已作出事后审查结论"));
    finish(officer, id, form, "afterwards", made).await
}

/// What the next page says of an act.
pub fn said(outcome: Outcome, done: &'static str) -> &'static str {
    match outcome {
        Outcome::Done => done,
        Outcome::Repeated => "您已经办理过，没有重复办理",
        Outcome::TextChanged => "内容在您查看之后有改动，没有办理；请重新查看后再办理",
    }
}

/// On to the page of the case, or the same page with the refusal beside the field and everything that was typed.
async fn finish(
    officer: Officer,
    id: String,
    form: Form,
    field: &str,
    made: Result<&'static str>,
) -> Response {
    let answer = match made {
        Ok(said) => Ok(officer.go(&format!("/desk/reviews/{id}"), said)),
        Err(Error::Refused(refusal)) => {
            let mut errors = FormErrors::default();
            errors.add(field, words::refusal(&refusal));
            case_page::again(&officer, CaseId(id), form, errors).await
        }
        Err(error) => Err(error),
    };
    officer.answer(answer)
}
