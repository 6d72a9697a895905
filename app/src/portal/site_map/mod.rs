//! The site map for people (`/site-map`) and for search engines (`/sitemap.xml`, `/robots.txt`).

use askama::Template;
use axum::{
    http::header,
    response::{IntoResponse, Response},
};

use super::{
    cache::LISTS,
    page::{ColumnTags, Link, SiteMapBranch, SiteMapPage},
    queries,
    rows::column_href,
    visit::{Rendered, Visit},
};
use crate::{
    column::{self, Column},
    cx::date_of,
    error::Result,
};

/// Addresses in one file, as the protocol of site maps allows at the most.
const MOST: i64 = 50_000;

/// `/site-map`.
pub async fn show(visit: Visit) -> Response {
    let columns = visit.read(|tx, cx| column::queries::all(tx, &cx.site_id)).await;
    let page = columns.and_then(|columns| {
        let mut layout = visit.layout("站点地图", "/site-map");
        layout.column = Some(ColumnTags {
            name: "站点地图".to_owned(),
            description: format!("{}的全部栏目", visit.host.face.name),
            keywords: "站点地图,栏目".to_owned(),
            kind: "站点地图".to_owned(),
        });
        let tops = columns.iter().filter(|column| column.parent_id.is_none());
        let branches = tops.map(|top| branch(&columns, top)).collect();
        Rendered::kept(&SiteMapPage { layout, branches }, vec![LISTS.to_owned()])
    });
    visit.answer(page)
}

fn link(column: &Column) -> Link {
    Link::new(&column.name, column_href(&column.code))
}

/// A column with everything below it in one list: people look for a name, not for a level.
fn branch(columns: &[Column], top: &Column) -> SiteMapBranch {
    let below = column::with_descendants(columns, &top.id);
    let below = columns.iter().filter(|column| column.id != top.id && below.contains(&column.id));
    SiteMapBranch { link: link(top), children: below.map(link).collect() }
}

#[derive(Template)]
#[template(path = "portal/site_map/site_map.xml")]
struct SiteMapXml {
    /// Address and day of the last change.
    pages: Vec<(String, Option<String>)>,
}

/// `/sitemap.xml`.
pub async fn xml(visit: Visit) -> Response {
    let pages = addresses(&visit).await;
    match pages.map(|pages| SiteMapXml { pages }.render()) {
        Ok(Ok(xml)) => ([(header::CONTENT_TYPE, "application/xml; charset=utf-8")], xml).into_response(),
        Ok(Err(error)) => visit.answer(Err(crate::error::Error::Unexpected(error.into()))),
        Err(error) => visit.answer(Err(error)),
    }
}

async fn addresses(visit: &Visit) -> Result<Vec<(String, Option<String>)>> {
    let base = visit.host.face.base_url.clone();
    visit
        .read(move |tx, cx| {
            let columns = column::queries::all(tx, &cx.site_id)?;
            let documents = queries::numbers(tx, &cx.site_id, 0, MOST - columns.len() as i64 - 1)?;
            let mut pages = vec![(format!("{base}/"), None)];
            pages.extend(columns.iter().map(|column| (format!("{base}{}", column_href(&column.code)), None)));
            pages.extend(documents.into_iter().map(|(number, live_at)| {
                (format!("{base}{}", super::rows::record_href(number)), Some(date_of(live_at)))
            }));
            Ok(pages)
        })
        .await
}

/// `/robots.txt`: everything but searches, which cost and repeat.
pub async fn robots(visit: Visit) -> Response {
    let base = &visit.host.face.base_url;
    format!("User-agent: *\nDisallow: /search\nDisallow: /reading-mode\n\nSitemap: {base}/sitemap.xml\n")
        .into_response()
}
