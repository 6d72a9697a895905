//! First passwords: made here, shown once, to be changed at the first sign-in. Nobody can read them again.

use askama::Template;
use axum::response::Response;

use crate::{
    desk::{officer::Officer, page::Layout},
    error::{Error, Result},
    id::AccountId,
    staff::{password, queries},
};

#[derive(Template)]
#[template(path = "desk/administration/staff/first_password.html")]
struct FirstPasswordPage {
    layout: Layout,
    path: String,
    login: String,
    name: String,
    password: String,
}

/// A first password and its hash.
pub(super) async fn make(officer: &Officer) -> Result<(String, String)> {
    let app = &officer.visit.app;
    let password = password::first(&app.ids);
    let phc = password::hash(app, &password).await?;
    Ok((password, phc))
}

/// The only page on which a first password stands.
pub(super) async fn show(officer: &Officer, id: &AccountId, password: &str) -> Result<Response> {
    let of = id.clone();
    let account = officer.read(move |tx, cx| queries::account(tx, &cx.site_id, &of)).await?;
    let account = account.ok_or(Error::NotFound)?;
    let page = FirstPasswordPage {
        layout: officer.layout("首次口令").under(&[("首页", "/desk"), ("人员", "/desk/admin/staff")]),
        path: format!("/desk/admin/staff/{}", id.0),
        login: account.login,
        name: account.name,
        password: password.to_owned(),
    };
    officer.page(&page)
}
