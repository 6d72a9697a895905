//! What is done to a report: a section written, a blank explained, submitted, given back, signed and published, corrected.

use axum::{http::StatusCode, response::Response};
use rules::{permission::Act, report::Declared};

use super::{
    href, may_sign, organ_of, readable,
    report::{Typed, again},
    writable,
};
use crate::{
    annual_report::{actions, release},
    desk::{form::DeskForm, officer::Officer},
    error::{Error, Result},
    portal::visit::Address,
};

fn version(form: &kit_web::forms::Form) -> i64 {
    form.text("version").parse().unwrap_or_default()
}

/// What is said where somebody else wrote the same section meanwhile.
const OVERTAKEN: &str =
    "这一部分刚刚被其他人修改，您写的还没有保存：上面是现在的正文，下面是您写的，请合并后再保存";

/// `POST /desk/annual-reports/{id}/sections/{code}`. What cannot be kept comes back with what was typed.
pub async fn write(Address((id, code)): Address<(String, String)>, sent: DeskForm) -> Response {
    let DeskForm { officer, form } = sent;
    let (text, version) = (form.raw("text").unwrap_or_default().to_owned(), version(&form));
    officer.answer(written(&officer, &id, (&code, version), text).await)
}

async fn written(
    officer: &Officer,
    id: &str,
    (code, version): (&str, i64),
    text: String,
) -> Result<Response> {
    let report = writable(officer, id).await?;
    let (report_id, section, sent) = (report.id, code.to_owned(), text.clone());
    let work =
        officer.act(move |tx, cx| actions::save_section(tx, cx, (&report_id, version), &section, &sent));
    let (trouble, status) = match work.await {
        Ok(_) => {
            let place = format!("{}#section-{code}", href(id));
            return Ok(officer.go(&place, "已保存，引用的统计数已更新"));
        }
        Err(Error::Conflict) => (OVERTAKEN.to_owned(), StatusCode::CONFLICT),
        Err(Error::Refused(refusal)) => (crate::words::refusal(&refusal), StatusCode::UNPROCESSABLE_ENTITY),
        Err(error) => return Err(error),
    };
    let report = readable(officer, id).await?;
    again(officer, report, Typed { code: code.to_owned(), text, trouble }, status).await
}

/// `POST /desk/annual-reports/{id}/declare`
pub async fn declare(Address(id): Address<String>, sent: DeskForm) -> Response {
    let DeskForm { officer, form } = sent;
    let (figure, version) = (form.text("figure"), version(&form));
    let declared = match form.text("declared").as_str() {
        "zero" => Some(Declared::Zero),
        "not_applicable" => Some(Declared::NotApplicable),
        _ => None,
    };
    let made = match writable(&officer, &id).await {
        Ok(report) => {
            let place = format!("{}#figures", href(&id));
            let work =
                officer.act(move |tx, cx| actions::declare(tx, cx, (&report.id, version), &figure, declared));
            work.await.map(|_| officer.go(&place, "已记下"))
        }
        Err(error) => Err(error),
    };
    officer.answer(made)
}

/// `POST /desk/annual-reports/{id}/submit`
pub async fn submit(Address(id): Address<String>, sent: DeskForm) -> Response {
    let DeskForm { officer, form } = sent;
    let version = version(&form);
    let made = match writable(&officer, &id).await {
        Ok(report) => {
            let work = officer.act(move |tx, cx| actions::submit(tx, cx, &report.id, version));
            work.await.map(|()| officer.go(&href(&id), "已提交签发"))
        }
        Err(error) => Err(error),
    };
    officer.answer(made)
}

/// `POST /desk/annual-reports/{id}/take-back`: by the writer or by the signer.
pub async fn take_back(Address(id): Address<String>, sent: DeskForm) -> Response {
    let DeskForm { officer, form } = sent;
    let reason = form.text("reason");
    let made = match readable(&officer, &id).await {
        Ok(report) => take_back_with(&officer, &report, reason).await,
        Err(error) => Err(error),
    };
    officer.answer(made.map(|()| officer.go(&href(&id), "已退回编写")))
}

async fn take_back_with(
    officer: &Officer,
    report: &crate::annual_report::Report,
    reason: String,
) -> Result<()> {
    if !officer.may(Act::WriteReport, organ_of(report).as_ref()) && !may_sign(officer, report).await? {
        return Err(Error::Forbidden);
    }
    let id = report.id.clone();
    officer.act(move |tx, cx| actions::take_back(tx, cx, &id, &reason)).await
}

/// `POST /desk/annual-reports/{id}/sign`: signed and published. If the files cannot be made, the report is signed and can
/// be published from its page.
pub async fn sign(Address(id): Address<String>, sent: DeskForm) -> Response {
    let DeskForm { officer, form } = sent;
    let made = signed(&officer, &id, version(&form)).await;
    officer.answer(made.map(|()| officer.go(&href(&id), "已签发并公开")))
}

async fn signed(officer: &Officer, id: &str, version: i64) -> Result<()> {
    let report = readable(officer, id).await?;
    if !may_sign(officer, &report).await? {
        return Err(Error::Forbidden);
    }
    let base_url = officer.visit.host.face.base_url.clone();
    release::sign(&officer.visit.app, officer.cx(), (id, version), base_url).await
}

/// `POST /desk/annual-reports/{id}/publish`: where publication failed after signing.
pub async fn publish(Address(id): Address<String>, sent: DeskForm) -> Response {
    let DeskForm { officer, .. } = sent;
    let made = published(&officer, &id).await;
    officer.answer(made.map(|()| officer.go(&href(&id), "已公开")))
}

async fn published(officer: &Officer, id: &str) -> Result<()> {
    let report = readable(officer, id).await?;
    if !may_sign(officer, &report).await? {
        return Err(Error::Forbidden);
    }
    release::publish(&officer.visit.app, officer.cx(), id).await
}

/// `POST /desk/annual-reports/{id}/correct`
pub async fn correct(Address(id): Address<String>, sent: DeskForm) -> Response {
    let DeskForm { officer, form } = sent;
    let reason = form.text("reason");
    let made = match writable(&officer, &id).await {
        Ok(report) => {
            let work = officer.act(move |tx, cx| actions::correct(tx, cx, &report.id, &reason));
            work.await.map(|next| officer.go(&href(&next), "已开始更正，原年报在更正签发前仍然有效"))
        }
        Err(error) => Err(error),
    };
    officer.answer(made)
}
