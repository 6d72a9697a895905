//! The home of the desk (首页): what waits for me, what is due, what came back.

use askama::Template;
use axum::response::Response;

use super::{officer::Officer, page::Layout};

#[derive(Template)]
#[template(path = "desk/home/home.html")]
struct HomePage {
    layout: Layout,
    name: String,
}

/// `/desk`.
pub async fn show(officer: Officer) -> Response {
    let page = HomePage { layout: officer.layout("首页"), name: officer.account.name.clone() };
    officer.answer(officer.page(&page))
}
