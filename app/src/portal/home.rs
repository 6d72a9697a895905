//! The home page: search, the statutory row, the six key areas, what is new, how open this year was. `/`.

use axum::response::Response;
use kit_db::Tx;

use super::{
    cache::LISTS,
    column::count_below,
    page::{ColumnTags, HomePage, KeyAreaEntry, Link, Openness, StatutoryEntry},
    queries::{self, Listed},
    rows::{row, rows},
    visit::{Rendered, Visit},
};
use crate::{
    column::{self, Column},
    cx::Cx,
    error::Result,
    id::ColumnId,
    reference::{ContentType, Reference},
    statistics,
};

/// Lines in each block of the home page.
const LINES: i64 = 6;

struct Shown {
    columns: Vec<Column>,
    counts: Vec<(ColumnId, i64)>,
    in_force: u64,
    documents: Vec<Listed>,
    interpretations: Vec<Listed>,
    notices: Vec<Listed>,
    areas: Vec<Option<Listed>>,
    openness: Option<Openness>,
}

/// `/`.
pub async fn show(visit: Visit) -> Response {
    let page = visit.read(read).await.and_then(|shown| home_page(&visit, &shown));
    visit.answer(page)
}

fn read(tx: &mut Tx<'_>, cx: &Cx) -> Result<Shown> {
    let columns = column::queries::all(tx, &cx.site_id)?;
    let validity = queries::counts_by_validity(tx, &cx.site_id)?;
    let in_force = validity.iter().find(|(code, _)| code == "in_force").map_or(0, |(_, n)| n.unsigned_abs());
    let areas: Result<Vec<_>> =
        cx.reference.key_areas.iter().map(|area| newest_of_area(tx, cx, &columns, &area.code)).collect();
    Ok(Shown {
        in_force,
        documents: newest_of(tx, cx, |kind| kind.has_validity)?,
        interpretations: newest_of(tx, cx, |kind| kind.counts_as_interpretation)?,
        notices: newest_of(tx, cx, is_notice)?,
        areas: areas?,
        openness: openness(tx, cx)?,
        counts: queries::counts_by_column(tx, &cx.site_id)?,
        columns,
    })
}

/// What is neither a document with validity nor an interpretation nor statutory standing matter: news and notices.
fn is_notice(kind: &ContentType) -> bool {
    kind.is_current_affairs
}

fn newest_of(tx: &mut Tx<'_>, cx: &Cx, wanted: impl Fn(&ContentType) -> bool) -> Result<Vec<Listed>> {
    let mut listed = Vec::new();
    for kind in cx.reference.content_types.iter().filter(|kind| wanted(kind)) {
        listed.extend(queries::of_content_type(tx, &cx.site_id, &kind.code, LINES)?);
    }
    listed.sort_by(|a, b| (&b.listed_on, b.public_number).cmp(&(&a.listed_on, a.public_number)));
    listed.truncate(LINES as usize);
    Ok(listed)
}

fn newest_of_area(tx: &mut Tx<'_>, cx: &Cx, columns: &[Column], area: &str) -> Result<Option<Listed>> {
    let mut newest: Option<Listed> = None;
    for column in columns.iter().filter(|column| column.key_area.as_deref() == Some(area)) {
        let first = queries::in_column(tx, &cx.site_id, &column.id, 1, 0)?.into_iter().next();
        let later = |listed: &Listed| newest.as_ref().is_none_or(|known| listed.listed_on > known.listed_on);
        if first.as_ref().is_some_and(later) {
            newest = first;
        }
    }
    Ok(newest)
}

/// Published by month of this year, and how much of it within twenty working days of being written (Art. 26). None
/// while the year has nothing to show.
fn openness(tx: &mut Tx<'_>, cx: &Cx) -> Result<Option<Openness>> {
    let counted = statistics::this_year(tx, cx)?;
    Ok(counted.map(|(year, months)| Openness { year, months, answered: None }))
}

fn home_page(visit: &Visit, shown: &Shown) -> Result<Rendered> {
    let name = &visit.host.face.name;
    let mut layout = visit.layout("", "/");
    layout.column = Some(ColumnTags {
        name: name.clone(),
        description: visit.host.face.tagline.clone(),
        keywords: format!("{name},政府信息公开,公开目录"),
        kind: "首页".to_owned(),
    });
    let total: i64 = shown.counts.iter().map(|(_, n)| n).sum();
    let page = HomePage {
        layout,
        suggestions: ["规范性文件", "财政预算", "社会保障", "政府采购"].map(suggestion).to_vec(),
        total: total.unsigned_abs(),
        in_force: shown.in_force,
        statutory: statutory(),
        key_areas: key_areas(visit.app.reference, shown),
        documents: rows(&shown.documents),
        documents_href: more_href(&shown.columns, &shown.documents),
        interpretations: rows(&shown.interpretations),
        interpretations_href: more_href(&shown.columns, &shown.interpretations),
        notices: rows(&shown.notices),
        notices_href: more_href(&shown.columns, &shown.notices),
        columns: top_columns(&shown.columns),
        openness: shown.openness.clone(),
    };
    Rendered::kept(&page, vec![LISTS.to_owned()])
}

/// Where the rest of a block stands: the top column of its newest record.
fn more_href(columns: &[Column], listed: &[Listed]) -> String {
    let top =
        listed.first().and_then(|newest| column::path(columns, &newest.column_id).first().copied().cloned());
    top.map_or_else(|| "/catalogue".to_owned(), |top| super::rows::column_href(&top.code))
}

fn top_columns(columns: &[Column]) -> Vec<Link> {
    let tops = columns.iter().filter(|column| column.parent_id.is_none());
    tops.map(|column| Link::new(&column.name, super::rows::column_href(&column.code))).collect()
}

fn suggestion(word: &str) -> Link {
    let asked = super::catalogue::Asked { text: word.to_owned(), ..Default::default() };
    Link::new(word, asked.href("/search"))
}

/// The four entrances every platform must have (国办公开办函〔2019〕61号).
fn statutory() -> Vec<StatutoryEntry> {
    let entries = [
        ("政府信息公开指南", "/disclosure-guide", "怎样查找、怎样申请、找谁办理"),
        ("法定主动公开内容", "/statutory-items", "条例第二十条规定的十五项"),
        ("政府信息公开年报", "/annual-reports", "历年工作年度报告"),
        ("依申请公开", "/apply", "二十个工作日内答复"),
    ];
    let entry = |(text, href, note): (&str, &str, &str)| StatutoryEntry {
        link: Link::new(text, href),
        note: note.to_owned(),
    };
    entries.map(entry).to_vec()
}

fn key_areas(reference: &Reference, shown: &Shown) -> Vec<KeyAreaEntry> {
    let entry = |(area, latest): (&crate::reference::KeyArea, &Option<Listed>)| KeyAreaEntry {
        link: Link::new(&area.name, format!("/key-areas/{}", area.code)),
        description: area.description.clone(),
        count: area_count(&shown.columns, &shown.counts, &area.code),
        latest: latest.as_ref().map(row),
    };
    reference.key_areas.iter().zip(&shown.areas).map(entry).collect()
}

/// Public records of a key area: those of its columns, a column below another one of the same area counted once.
pub fn area_count(columns: &[Column], counts: &[(ColumnId, i64)], area: &str) -> u64 {
    let of_area = |column: &&Column| column.key_area.as_deref() == Some(area);
    let is_top = |column: &&Column| {
        let above = columns.iter().find(|other| Some(&other.id) == column.parent_id.as_ref());
        above.is_none_or(|above| above.key_area.as_deref() != Some(area))
    };
    columns.iter().filter(of_area).filter(is_top).map(|column| count_below(columns, column, counts)).sum()
}
