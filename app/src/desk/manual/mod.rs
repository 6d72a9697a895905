//! The manual (使用手册) inside the desk: the pages of `docs/manual`, which go into the binary with their pictures.

mod markdown;
#[cfg(test)]
mod tests;

use askama::Template;
use axum::{
    extract::Path,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use rust_embed::RustEmbed;

use super::{officer::Officer, page::Layout};
use crate::error::{Error, Result};

#[derive(RustEmbed)]
#[folder = "../docs/manual/"]
#[include = "*.md"]
#[include = "pictures/*.png"]
struct ManualFiles;

/// The page that leads to all others.
const INDEX: &str = "README";

#[derive(Template)]
#[template(path = "desk/manual/manual.html")]
struct ManualPage {
    layout: Layout,
    text: String,
    headings: Vec<markdown::Heading>,
}

/// `/desk/manual`.
pub async fn index(officer: Officer) -> Response {
    let made = show(&officer, INDEX);
    officer.answer(made)
}

/// `/desk/manual/{page}`.
pub async fn page(officer: Officer, Path(page): Path<String>) -> Response {
    let made = show(&officer, &page);
    officer.answer(made)
}

/// `/desk/manual/pictures/{name}`.
pub async fn picture(officer: Officer, Path(name): Path<String>) -> Response {
    let Some(file) = ManualFiles::get(&format!("pictures/{name}")) else {
        return officer.answer(Err(Error::NotFound));
    };
    let kind = (header::CONTENT_TYPE, HeaderValue::from_static("image/png"));
    officer.answer(Ok(([kind], file.data.into_owned()).into_response()))
}

fn show(officer: &Officer, name: &str) -> Result<Response> {
    let page = read(name).ok_or(Error::NotFound)?;
    let mut layout = officer.layout(page.title);
    if name != INDEX {
        layout = layout.under(&[("使用手册", "/desk/manual")]);
    }
    officer.page(&ManualPage { layout, text: page.html, headings: page.headings })
}

/// A page of the manual by the name of its file.
fn read(name: &str) -> Option<markdown::Page> {
    let file = ManualFiles::get(&format!("{name}.md"))?;
    Some(markdown::page(&String::from_utf8_lossy(&file.data), &|path| ManualFiles::get(path).is_some()))
}
