//! The pages that the law asks for by name: key areas, the statutory items (Arts. 20, 21), the disclosure guide
//! (Art. 12), annual reports (Art. 49), and how to apply (Art. 29).

use axum::{
    extract::{Path, Query, rejection::QueryRejection},
    response::Response,
};
use kit_db::Tx;

use super::{
    cache::LISTS,
    column::{PageNumber, count_below},
    faces,
    home::area_count,
    page::{
        AnnualReportEntry, AnnualReportsPage, ApplyPage, ColumnTags, DisclosureGuidePage, KeyAreaEntry,
        KeyAreaPage, KeyAreasPage, Layout, Link, Paging, StatutoryItemEntry, StatutoryItemsPage,
    },
    queries::{self, Listed},
    record,
    rows::{PER_PAGE, column_href, record_href, row, rows},
    visit::{Rendered, Visit},
};
use crate::{
    column::{self, Column},
    cx::Cx,
    error::{Error, Result},
    id::ColumnId,
    organ::{self, Organ},
    reference::{ContentType, StatutoryItem, StatutoryLevel},
};

struct Tree {
    columns: Vec<Column>,
    counts: Vec<(ColumnId, i64)>,
    organs: Vec<Organ>,
}

fn read_tree(tx: &mut Tx<'_>, cx: &Cx) -> Result<Tree> {
    Ok(Tree {
        columns: column::queries::all(tx, &cx.site_id)?,
        counts: queries::counts_by_column(tx, &cx.site_id)?,
        organs: organ::queries::all(tx, &cx.site_id)?,
    })
}

fn layout(visit: &Visit, title: &str, path: &str, kind: &str) -> Layout {
    let mut layout = visit.layout(title, path);
    layout.column = Some(ColumnTags {
        name: title.to_owned(),
        description: format!("{}{title}", visit.host.face.name),
        keywords: format!("{title},政府信息公开"),
        kind: kind.to_owned(),
    });
    layout
}

/// `/key-areas`.
pub async fn key_areas(visit: Visit) -> Response {
    let tree = visit.read(read_tree).await;
    let page = tree.and_then(|tree| {
        let areas = visit.app.reference.key_areas.iter().map(|area| KeyAreaEntry {
            link: Link::new(&area.name, format!("/key-areas/{}", area.code)),
            description: area.description.clone(),
            count: area_count(&tree.columns, &tree.counts, &area.code),
            latest: None,
        });
        let page = KeyAreasPage {
            layout: layout(&visit, "重点领域信息公开", "/key-areas", "信息公开目录"),
            key_areas: areas.collect(),
        };
        Rendered::kept(&page, vec![LISTS.to_owned()])
    });
    visit.answer(page)
}

/// `/key-areas/{code}`.
pub async fn key_area(
    visit: Visit,
    Path(code): Path<String>,
    query: Result<Query<PageNumber>, QueryRejection>,
) -> Response {
    let page = query.map_or(1, |Query(query)| query.number());
    let rendered = key_area_page(&visit, code, page).await;
    visit.answer(rendered)
}

async fn key_area_page(visit: &Visit, code: String, page: u32) -> Result<Rendered> {
    let area = visit.app.reference.key_areas.get(&code).ok_or(Error::NotFound)?;
    let tree = visit.read(read_tree).await?;
    let listed = {
        let code = code.clone();
        let offset = i64::from(page - 1) * i64::from(PER_PAGE);
        visit
            .read(move |tx, cx| {
                Ok(queries::in_key_area(tx, &cx.site_id, &code, i64::from(PER_PAGE), offset)?)
            })
            .await?
    };
    let href = format!("/key-areas/{code}");
    let address = |page: u32| if page == 1 { href.clone() } else { format!("{href}?page={page}") };
    let mut layout = layout(visit, &area.name, &address(page), "信息公开目录");
    layout.crumbs = vec![Link::new("重点领域", "/key-areas")];
    let link = |area: &crate::reference::KeyArea| Link::new(&area.name, format!("/key-areas/{}", area.code));
    let of_area = tree.columns.iter().filter(|column| column.key_area.as_deref() == Some(code.as_str()));
    let page = KeyAreaPage {
        layout,
        description: area.description.clone(),
        areas: visit.app.reference.key_areas.iter().map(link).collect(),
        columns: of_area.map(|column| Link::new(&column.name, column_href(&column.code))).collect(),
        rows: rows(&listed),
        paging: Paging::new(area_count(&tree.columns, &tree.counts, &code), PER_PAGE, page, address),
    };
    Rendered::kept(&page, vec![LISTS.to_owned()])
}

/// `/statutory-items`.
pub async fn statutory_items(visit: Visit) -> Response {
    let page = visit.read(read_tree).await.and_then(|tree| {
        // Every item that binds a county-level government, with or without a column: a gap must be seen (domain rule 59).
        let shown = |item: &&StatutoryItem| item.binds(StatutoryLevel::County);
        let items = visit.app.reference.statutory_items.iter().filter(shown).enumerate();
        let page = StatutoryItemsPage {
            layout: layout(&visit, "法定主动公开内容", "/statutory-items", "信息公开目录"),
            items: items.map(|(index, item)| statutory_item(&tree, index, item)).collect(),
        };
        Rendered::kept(&page, vec![LISTS.to_owned()])
    });
    visit.answer(page)
}

fn statutory_item(tree: &Tree, index: usize, item: &StatutoryItem) -> StatutoryItemEntry {
    let mut columns = tree.columns.iter().filter(|column| column.statutory_items.contains(&item.code));
    let column = columns.next();
    let owner = column
        .and_then(|column| tree.organs.iter().find(|organ| Some(&organ.id) == column.owner_id.as_ref()));
    StatutoryItemEntry {
        number: u32::try_from(index + 1).unwrap_or(u32::MAX),
        text: item.content.clone(),
        column: column.map(|column| Link::new(&column.name, column_href(&column.code))),
        owner: owner.map(|owner| Link::new(&owner.name, format!("/institutions/{}", owner.code))),
        count: column.map_or(0, |column| count_below(&tree.columns, column, &tree.counts)),
    }
}

/// `/disclosure-guide`.
pub async fn disclosure_guide(visit: Visit) -> Response {
    let page = guide_page(&visit).await;
    visit.answer(page)
}

async fn guide_page(visit: &Visit) -> Result<Rendered> {
    let guides = newest_of(visit, |kind| kind.is_disclosure_guide).await?;
    let guide = match guides.first() {
        Some(first) => Some(record::whole(visit, first.public_number).await?),
        None => None,
    };
    let others = guides.iter().skip(1).map(|guide| Link::new(&guide.title, record_href(guide.public_number)));
    let page = DisclosureGuidePage {
        layout: layout(visit, "政府信息公开指南", "/disclosure-guide", "信息公开指南"),
        guide: guide.map(|guide| record::body(visit, &guide)),
        contact: faces::contact(&visit.host.site),
        others: others.collect(),
    };
    Rendered::kept(&page, vec![LISTS.to_owned()])
}

/// `/annual-reports`.
pub async fn annual_reports(visit: Visit) -> Response {
    let page = reports_page(&visit).await;
    visit.answer(page)
}

async fn reports_page(visit: &Visit) -> Result<Rendered> {
    let reports = newest_of(visit, |kind| kind.is_annual_report).await?;
    let top = visit.read(|tx, cx| organ::queries::all(tx, &cx.site_id)).await?;
    let is_government = |listed: &Listed| {
        let organ = top.iter().find(|organ| Some(&organ.id) == listed.issuing_organ_id.as_ref());
        organ.is_some_and(|organ| {
            visit
                .app
                .reference
                .organ_kinds
                .get(&organ.kind)
                .is_some_and(|kind| kind.speaks_for_the_government)
        })
    };
    let mut years: Vec<AnnualReportEntry> = Vec::new();
    for report in &reports {
        let year = reported_year(report);
        if years.iter().all(|entry| entry.year != year) {
            years.push(AnnualReportEntry { year, government: None, units: Vec::new() });
        }
        let Some(entry) = years.iter_mut().find(|entry| entry.year == year) else { continue };
        if is_government(report) && entry.government.is_none() {
            entry.government = Some(row(report));
        } else {
            entry.units.push(row(report));
        }
    }
    years.sort_by_key(|entry| std::cmp::Reverse(entry.year));
    let page = AnnualReportsPage {
        layout: layout(visit, "政府信息公开年报", "/annual-reports", "信息公开年报"),
        years,
    };
    Rendered::kept(&page, vec![LISTS.to_owned()])
}

/// The year a report is on: the one its title names, else the year before its publication (Art. 49).
fn reported_year(report: &Listed) -> i16 {
    let digits: Vec<char> = report.title.chars().filter(char::is_ascii_digit).take(4).collect();
    let named: Option<i16> =
        digits.iter().collect::<String>().parse().ok().filter(|year| (1990..2200).contains(year));
    named.unwrap_or_else(|| super::rows::day(&report.listed_on).0.year() - 1)
}

/// `/apply`.
pub async fn apply(visit: Visit) -> Response {
    let page = ApplyPage {
        layout: layout(&visit, "依申请公开", "/apply", "依申请公开"),
        contact: faces::contact(&visit.host.site),
        forms: Vec::new(),
        envelope_note: "邮寄的，请在信封上注明“政府信息公开申请”。".to_owned(),
    };
    visit.answer(Rendered::kept(&page, vec![LISTS.to_owned()]))
}

/// Every live record of the wanted kinds, the newest first.
async fn newest_of(visit: &Visit, wanted: fn(&ContentType) -> bool) -> Result<Vec<Listed>> {
    visit
        .read(move |tx, cx| {
            let mut listed = Vec::new();
            for kind in cx.reference.content_types.iter().filter(|kind| wanted(kind)) {
                listed.extend(queries::of_content_type(tx, &cx.site_id, &kind.code, 500)?);
            }
            Ok(listed)
        })
        .await
}
