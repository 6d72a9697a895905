//! The page of a column (栏目): what it is for, who answers for it, its columns and its records. `/columns/{code}`.

use axum::{
    extract::{Path, Query, rejection::QueryRejection},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use super::{
    cache::column_tag,
    page::{ColumnPage, ColumnTags, Link, Paging},
    queries::{self, Listed},
    rows::{PER_PAGE, column_href, crumbs, rows},
    visit::{Rendered, Visit},
};
use crate::{
    column::{self, Column, with_descendants},
    error::{Error, Result},
    organ::{self, Organ},
};

/// Which page of a list.
#[derive(Default, Deserialize)]
pub struct PageNumber {
    page: Option<u32>,
}

impl PageNumber {
    /// 1 for the first.
    pub fn number(&self) -> u32 {
        self.page.unwrap_or(1).clamp(1, 10_000)
    }
}

struct Shown {
    column: Column,
    columns: Vec<Column>,
    owner: Option<Organ>,
    listed: Vec<Listed>,
    total: u64,
}

/// `/columns/{code}`.
pub async fn show(
    visit: Visit,
    Path(code): Path<String>,
    query: Result<Query<PageNumber>, QueryRejection>,
) -> Response {
    let page = query.map_or(1, |Query(query)| query.number());
    let rendered = read(&visit, code.clone(), page).await.and_then(|shown| column_page(&visit, &shown, page));
    match rendered {
        Err(Error::NotFound) => match moved(&visit, code).await {
            Some(response) => response,
            None => visit.answer(Err(Error::NotFound)),
        },
        rendered => visit.answer(rendered),
    }
}

/// A redirect to the column that took over the records of a closed one.
async fn moved(visit: &Visit, code: String) -> Option<Response> {
    let target = visit.read(move |tx, cx| Ok(column::queries::moved_to(tx, &cx.site_id, &code)?)).await;
    let location = HeaderValue::from_str(&column_href(&target.ok().flatten()?)).ok()?;
    Some((StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, location)]).into_response())
}

async fn read(visit: &Visit, code: String, page: u32) -> Result<Shown> {
    visit
        .read(move |tx, cx| {
            let columns = column::queries::all(tx, &cx.site_id)?;
            let column = columns.iter().find(|column| column.code == code).cloned().ok_or(Error::NotFound)?;
            let offset = i64::from(page - 1) * i64::from(PER_PAGE);
            let listed = queries::in_column(tx, &cx.site_id, &column.id, i64::from(PER_PAGE), offset)?;
            let counts = queries::counts_by_column(tx, &cx.site_id)?;
            let total = count_below(&columns, &column, &counts);
            let organs = organ::queries::all(tx, &cx.site_id)?;
            let owner = organs.into_iter().find(|organ| Some(&organ.id) == column.owner_id.as_ref());
            Ok(Shown { column, columns, owner, listed, total })
        })
        .await
}

/// Public records of a column and of those below it.
pub fn count_below(columns: &[Column], column: &Column, counts: &[(crate::id::ColumnId, i64)]) -> u64 {
    let below = with_descendants(columns, &column.id);
    let own = counts.iter().filter(|(id, _)| below.contains(id)).map(|(_, n)| n.unsigned_abs());
    own.sum()
}

fn column_page(visit: &Visit, shown: &Shown, page: u32) -> Result<Rendered> {
    let column = &shown.column;
    let href = column_href(&column.code);
    let address = |page: u32| if page == 1 { href.clone() } else { format!("{href}?page={page}") };
    let mut layout = visit.layout(&column.name, address(page));
    layout.crumbs = crumbs(&shown.columns, &column.id);
    layout.crumbs.pop();
    layout.column = Some(tags(visit, column));
    layout.feed = Some(Link::new(format!("订阅{}", column.name), format!("{href}/feed.atom")));
    let page = ColumnPage {
        layout,
        description: column.description.clone(),
        owner: shown
            .owner
            .as_ref()
            .map(|owner| Link::new(&owner.name, format!("/institutions/{}", owner.code))),
        siblings: links(&shown.columns, |other| other.parent_id == column.parent_id),
        children: links(&shown.columns, |other| other.parent_id.as_ref() == Some(&column.id)),
        rows: rows(&shown.listed),
        paging: Paging::new(shown.total, PER_PAGE, page, address),
    };
    Rendered::kept(&page, vec![column_tag(&column.id)])
}

fn links(columns: &[Column], wanted: impl Fn(&Column) -> bool) -> Vec<Link> {
    let wanted = columns.iter().filter(|column| wanted(column));
    wanted.map(|column| Link::new(&column.name, column_href(&column.code))).collect()
}

/// 栏目标签 of a column (《网页设计规范》); what the site left empty is filled with the name.
pub fn tags(visit: &Visit, column: &Column) -> ColumnTags {
    let kind = visit.app.reference.column_types.get(&column.column_type);
    let or_name = |text: String| if text.is_empty() { column.name.clone() } else { text };
    ColumnTags {
        name: column.name.clone(),
        description: or_name(column.description.clone()),
        keywords: or_name(column.keywords.join(",")),
        kind: kind.map_or_else(|| column.column_type.clone(), |kind| kind.name.clone()),
    }
}
