//! A new account: login, name, contact; the first password is shown once.

use askama::Template;
use axum::response::Response;
use kit_web::forms::{Form, FormErrors};
use rules::permission::Act;

use super::first_password;
use crate::{
    desk::{form::DeskForm, officer::Officer, page::Layout},
    error::{Error, Result},
    staff::{NewAccount, actions},
    words,
};

#[derive(Template)]
#[template(path = "desk/administration/staff/new.html")]
struct NewPage {
    layout: Layout,
    login: String,
    name: String,
    email: String,
    phone: String,
    errors: FormErrors,
}

fn page(officer: &Officer, form: &Form, errors: FormErrors) -> NewPage {
    NewPage {
        layout: officer.layout("新增账号").under(&[("首页", "/desk"), ("人员", "/desk/admin/staff")]),
        login: form.text("login"),
        name: form.text("name"),
        email: form.text("email"),
        phone: form.text("phone"),
        errors,
    }
}

/// `/desk/admin/staff/new`.
pub async fn show(officer: Officer) -> Response {
    let made = officer.require(Act::ManageAccount, None);
    let page = page(&officer, &Form::default(), FormErrors::default());
    officer.answer(made.and_then(|()| officer.page(&page)))
}

/// `POST /desk/admin/staff/new`.
pub async fn submit(DeskForm { officer, form }: DeskForm) -> Response {
    let made = create(&officer, &form).await;
    officer.answer(made)
}

async fn create(officer: &Officer, form: &Form) -> Result<Response> {
    officer.require(Act::ManageAccount, None)?;
    let mut errors = FormErrors::default();
    let login = form.required("login", "请填写登录名", &mut errors);
    let name = form.required("name", "请填写姓名", &mut errors);
    let email = form.text("email");
    if !email.is_empty() && !email.contains('@') {
        errors.add("email", "电子邮箱应含有 @");
    }
    if !errors.is_empty() {
        return officer.page_with_mistakes(&page(officer, form, errors));
    }
    let (password, password_hash) = first_password::make(officer).await?;
    let phone = form.text("phone");
    let new = NewAccount { login, name, email, phone, password_hash, must_change_password: true };
    match officer.act(move |tx, cx| actions::create(tx, cx, &new)).await {
        Ok(id) => first_password::show(officer, &id, &password).await,
        Err(Error::Refused(refusal)) => {
            errors.add("login", words::refusal(&refusal));
            officer.page_with_mistakes(&page(officer, form, errors))
        }
        Err(error) => Err(error),
    }
}
