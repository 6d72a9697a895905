//! Changing the own password; the only page besides the way out while a password given by somebody else must be changed.

use askama::Template;
use axum::response::Response;
use kit_web::forms::{Form, FormErrors};

use crate::{
    desk::{form::DeskForm, officer::Officer, page::Layout},
    error::Result,
    staff::{actions, password, queries},
    words,
};

#[derive(Template)]
#[template(path = "desk/account/password.html")]
struct PasswordPage {
    layout: Layout,
    login: String,
    must_change: bool,
    errors: FormErrors,
}

fn page(officer: &Officer, errors: FormErrors) -> PasswordPage {
    PasswordPage {
        layout: officer.layout("更改口令").under(&[("首页", "/desk"), ("我的账号", "/desk/account")]),
        login: officer.account.login.clone(),
        must_change: officer.account.must_change_password,
        errors,
    }
}

/// `/desk/account/password`.
pub async fn show(officer: Officer) -> Response {
    officer.answer(officer.page(&page(&officer, FormErrors::default())))
}

/// `POST /desk/account/password`.
pub async fn submit(DeskForm { officer, form }: DeskForm) -> Response {
    let done = change(&officer, &form).await;
    officer.answer(done.and_then(|errors| {
        if errors.is_empty() {
            return Ok(officer.go("/desk/account", "口令已更改，其他设备上的登录已全部退出"));
        }
        officer.page_with_mistakes(&page(&officer, errors))
    }))
}

async fn change(officer: &Officer, form: &Form) -> Result<FormErrors> {
    let app = &officer.visit.app;
    let (old, new) = (form.raw("old").unwrap_or_default(), form.raw("new").unwrap_or_default());
    let mut errors = FormErrors::default();
    if !password::verify(app, old, Some(&officer.account.password_hash)).await? {
        errors.add("old", "当前口令不正确");
    }
    if new != form.raw("again").unwrap_or_default() {
        errors.add("again", "两次输入的新口令不一致");
    }
    if let Err(refusal) = rules::password::check(new, &officer.account.login) {
        errors.add("new", words::password(refusal));
    } else if errors.is_empty() && is_recent(officer, new).await? {
        errors.add("new", words::password(rules::password::PasswordRefusal::Recent));
    }
    if errors.is_empty() {
        let phc = password::hash(app, new).await?;
        let (id, kept) = (officer.account.id.clone(), officer.session.hash.clone());
        officer.act(move |tx, cx| actions::set_password(tx, cx, &id, &phc, false, Some(&kept))).await?;
    }
    Ok(errors)
}

async fn is_recent(officer: &Officer, new: &str) -> Result<bool> {
    let id = officer.account.id.clone();
    let mut hashes = vec![officer.account.password_hash.clone()];
    hashes.extend(officer.read(move |tx, cx| Ok(queries::old_passwords(tx, &cx.site_id, &id)?)).await?);
    let new = new.to_owned();
    let checked = tokio::task::spawn_blocking(move || actions::is_recent(&new, &hashes)).await;
    checked.map_err(|error| crate::app::task_failed(&error))?
}
