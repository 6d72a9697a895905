//! Open statistics for readers and programs: the page with charts, the same numbers as JSON and CSV, and the description of
//! the JSON. `/statistics`.

use axum::{
    body::Bytes,
    extract::{Query, rejection::QueryRejection},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use kit_web::front::Cacheable;
use serde::Deserialize;

use super::{
    cache::LISTS,
    page::{ColumnTags, Link, StatisticsPage},
    visit::{Rendered, Visit},
};
use crate::{
    chart::ChartView,
    error::{Error, Result},
    statistics::{self, Asked, Statistics, files},
};

/// What is asked for: `?year=2018`, `?year=all`, or nothing for the newest year.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    year: Option<String>,
}

impl Wanted {
    fn asked(&self) -> Result<Asked> {
        match self.year.as_deref() {
            None => Ok(Asked::Newest),
            Some("all") => Ok(Asked::All),
            Some(text) => text.parse().map(Asked::Year).map_err(|_| Error::NotFound),
        }
    }
}

type Asking = std::result::Result<Query<Wanted>, QueryRejection>;

async fn read(visit: &Visit, wanted: Asking) -> Result<Statistics> {
    let asked = wanted.map_err(|_| Error::NotFound)?.0.asked()?;
    visit.read(move |tx, cx| statistics::read(tx, cx, asked)).await
}

/// `/statistics`.
pub async fn show(visit: Visit, wanted: Asking) -> Response {
    let page = read(&visit, wanted).await.and_then(|statistics| page(&visit, &statistics));
    visit.answer(page)
}

/// `/statistics.json`.
pub async fn json(visit: Visit, wanted: Asking) -> Response {
    let file = read(&visit, wanted).await.and_then(|statistics| Ok(files::json(&statistics)?));
    kept_file(&visit, file, "application/json; charset=utf-8")
}

/// `/statistics.csv`.
pub async fn csv(visit: Visit, wanted: Asking) -> Response {
    let file = read(&visit, wanted).await.and_then(|statistics| Ok(files::csv(&statistics)?));
    kept_file(&visit, file, "text/csv; charset=utf-8")
}

/// `/statistics.schema.json`.
pub async fn schema(visit: Visit) -> Response {
    kept_file(&visit, Ok(files::SCHEMA.into()), "application/schema+json; charset=utf-8")
}

/// A file that is kept in memory until something public changes.
fn kept_file(visit: &Visit, file: Result<Vec<u8>>, kind: &'static str) -> Response {
    match file {
        Ok(bytes) => {
            let kind = HeaderValue::from_static(kind);
            let mut response = ([(header::CONTENT_TYPE, kind)], Bytes::from(bytes)).into_response();
            response.extensions_mut().insert(Cacheable { tags: vec![LISTS.to_owned()] });
            response
        }
        Err(error) => visit.answer(Err(error)),
    }
}

fn page(visit: &Visit, statistics: &Statistics) -> Result<Rendered> {
    let name = &visit.host.face.name;
    let newest = statistics.years().first().copied();
    let query = match statistics.year {
        year if year == newest => String::new(),
        Some(year) => format!("?year={year}"),
        None => "?year=all".to_owned(),
    };
    let mut layout = visit.layout("公开统计", format!("/statistics{query}"));
    layout.column = Some(ColumnTags {
        name: "公开统计".to_owned(),
        description: format!("{name}发布信息的数量和及时性"),
        keywords: "政府信息公开,统计,开放数据".to_owned(),
        kind: "信息公开统计".to_owned(),
    });
    let page = StatisticsPage { query, years: years(statistics), ..StatisticsPage::new(layout, statistics) };
    Rendered::kept(&page, vec![LISTS.to_owned()])
}

/// The way to each year, the shown one marked by an empty address.
fn years(statistics: &Statistics) -> Vec<Link> {
    let newest = statistics.years().first().copied();
    let link = |year: i16| {
        let href = match Some(year) {
            year if year == statistics.year => String::new(),
            year if year == newest => "/statistics".to_owned(),
            _ => format!("/statistics?year={year}"),
        };
        Link::new(format!("{year}年"), href)
    };
    let mut links: Vec<Link> = statistics.years().into_iter().map(link).collect();
    let all = if statistics.year.is_none() { String::new() } else { "/statistics?year=all".to_owned() };
    if links.len() > 1 {
        links.push(Link::new("历年", all));
    }
    links
}

impl StatisticsPage {
    /// The charts of the statistics.
    pub fn new(layout: super::page::Layout, statistics: &Statistics) -> StatisticsPage {
        StatisticsPage {
            layout,
            query: String::new(),
            years: Vec::new(),
            period: statistics.period_name(),
            as_of: super::rows::day(&statistics.as_of),
            total: statistics.total,
            organs: statistics.by_organ.iter().filter(|organ| !organ.code.is_empty()).count(),
            on_time: statistics.timeliness.on_time_text(),
            median_days: statistics.timeliness.median_days,
            undated: statistics.timeliness.undated,
            days: statistics.chart_of_days().as_ref().map(ChartView::new),
            over_time: ChartView::new(&statistics.chart_over_time()),
            delay: ChartView::new(&statistics.chart_of_delay()),
            organs_chart: ChartView::new(&statistics.chart_of_organs()),
            columns_chart: ChartView::new(&statistics.chart_of_columns()),
            kinds_chart: ChartView::new(&statistics.chart_of_content_types()),
            organ_rows: statistics.by_organ.iter().map(|organ| (organ.name.clone(), organ.count)).collect(),
            column_rows: statistics
                .by_column
                .iter()
                .filter(|column| column.count > 0)
                .map(|column| (column.path.clone(), column.count))
                .collect(),
        }
    }
}
