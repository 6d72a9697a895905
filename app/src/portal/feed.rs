//! Atom feeds (RFC 4287): the newest records of the site and of each column. What is not public is not in them, because
//! they read the same view as the pages.

use askama::Template;
use axum::{
    extract::Path,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use kit_web::front::Cacheable;

use super::{
    cache::{LISTS, column_tag},
    queries::{self, Listed},
    rows::{moment, record_href},
    visit::Visit,
};
use crate::{
    column,
    error::{Error, Result},
};

/// Entries of a feed.
const ENTRIES: i64 = 30;

#[derive(Template)]
#[template(path = "portal/feed.xml")]
struct Feed {
    id: String,
    title: String,
    page: String,
    updated: String,
    author: String,
    entries: Vec<Entry>,
}

struct Entry {
    href: String,
    title: String,
    updated: String,
    organ: String,
    summary: String,
}

/// `/feeds/latest.atom`.
pub async fn latest(visit: Visit) -> Response {
    let listed = visit.read(|tx, cx| Ok(queries::newest(tx, &cx.site_id, ENTRIES)?)).await;
    let title = visit.host.face.name.clone();
    respond(
        &visit,
        listed.map(|listed| (title, "/".to_owned(), listed)),
        "/feeds/latest.atom",
        LISTS.to_owned(),
    )
}

/// `/columns/{code}/feed.atom`.
pub async fn of_column(visit: Visit, Path(code): Path<String>) -> Response {
    let path = format!("/columns/{code}/feed.atom");
    let read = visit.read(move |tx, cx| {
        let column = column::queries::by_code(tx, &cx.site_id, &code)?.ok_or(Error::NotFound)?;
        let listed = queries::in_column(tx, &cx.site_id, &column.id, ENTRIES, 0)?;
        Ok((column, listed))
    });
    match read.await {
        Ok((column, listed)) => {
            let title = format!("{} - {}", column.name, visit.host.face.name);
            let page = super::rows::column_href(&column.code);
            respond(&visit, Ok((title, page, listed)), &path, column_tag(&column.id))
        }
        Err(error) => visit.answer(Err(error)),
    }
}

fn respond(visit: &Visit, read: Result<(String, String, Vec<Listed>)>, path: &str, tag: String) -> Response {
    let feed = read.map(|(title, page, listed)| feed(visit, &title, &page, path, &listed));
    match feed.and_then(|feed| feed.render().map_err(|error| Error::Unexpected(error.into()))) {
        Ok(xml) => {
            let kind = HeaderValue::from_static("application/atom+xml; charset=utf-8");
            let mut response = ([(header::CONTENT_TYPE, kind)], xml).into_response();
            response.extensions_mut().insert(Cacheable { tags: vec![tag] });
            response
        }
        Err(error) => visit.answer(Err(error)),
    }
}

fn feed(visit: &Visit, title: &str, page: &str, path: &str, listed: &[Listed]) -> Feed {
    let base = &visit.host.face.base_url;
    let newest = listed.iter().map(|line| line.first_published_at).max().unwrap_or_default();
    let entry = |line: &Listed| Entry {
        href: format!("{base}{}", record_href(line.public_number)),
        title: line.title.clone(),
        updated: stamp(line.first_published_at),
        organ: line.issuing_organ.clone(),
        summary: line.summary.clone(),
    };
    Feed {
        id: format!("{base}{path}"),
        title: title.to_owned(),
        page: format!("{base}{page}"),
        updated: stamp(newest),
        author: visit.host.face.name.clone(),
        entries: listed.iter().map(entry).collect(),
    }
}

/// RFC 3339 in Beijing time.
fn stamp(at: i64) -> String {
    moment(at).0.strftime("%Y-%m-%dT%H:%M:%S+08:00").to_string()
}
