//! Search at the desk: what is public, through the index, and what is being written, among the texts of my organs.
//! `/desk/search?q=…`.

use std::collections::HashMap;

use askama::Template;
use axum::{extract::Query, response::Response};
use jiff::civil::Date;
use kit_db::Tx;
use kit_search::Query as IndexQuery;
use rules::permission::Act;

use super::{
    home::{
        drafts::{self, DraftLine},
        queries::{self, Published},
    },
    officer::Officer,
    page::Layout,
    review::names::Names,
};
use crate::{
    app::task_failed,
    column,
    cx::Cx,
    document,
    error::Result,
    id::{DocumentId, OrganId},
    portal::page::Day,
};

/// Public records shown.
const SHOWN: usize = 30;

#[derive(Template)]
#[template(path = "desk/search/search.html")]
struct SearchPage {
    layout: Layout,
    text: String,
    drafts: Vec<DraftLine>,
    records: Vec<RecordLine>,
    total: usize,
    columns: Vec<(String, String)>,
    /// Whether records are opened at the desk; who only supervises reads what is public.
    reads: bool,
}

struct RecordLine {
    document_id: String,
    public_number: i64,
    title: String,
    document_number: Option<String>,
    organ: String,
    listed_on: Option<Day>,
}

/// The search page.
pub async fn show(officer: Officer, Query(query): Query<HashMap<String, String>>) -> Response {
    let text = query.get("q").map(|text| text.trim().chars().take(100).collect()).unwrap_or_default();
    let made = page(&officer, text).await;
    officer.answer(made)
}

async fn page(officer: &Officer, text: String) -> Result<Response> {
    let layout =
        officer.layout(if text.is_empty() { "搜索".to_owned() } else { format!("搜索“{text}”") });
    let reads = officer.may(Act::ReadDrafts, None);
    let layout = layout.under(&[("首页", "/desk")]);
    if text.is_empty() || !(officer.may(Act::ReadDrafts, None) || officer.may(Act::Supervise, None)) {
        let (drafts, records, columns) = Default::default();
        return officer.page(&SearchPage { layout, text, drafts, records, total: 0, columns, reads });
    }
    let (keys, total) = hits(officer, &text).await?;
    let organs = officer.organs(Act::ReadDrafts);
    let words = text.clone();
    let (drafts, records, columns) = officer
        .read(move |tx, cx| {
            let drafts = open(tx, cx, &words, organs.as_deref())?;
            let names = Names::read(tx, cx)?;
            let named = |mut line: DraftLine| {
                line.created_by = names.person(&line.created_by);
                line
            };
            let drafts = drafts.into_iter().map(|edition| named(drafts::line(cx, edition))).collect();
            Ok((drafts, records(tx, cx, keys)?, columns(tx, cx, &words)?))
        })
        .await?;
    officer.page(&SearchPage { layout, text, drafts, records, total, columns, reads })
}

async fn hits(officer: &Officer, text: &str) -> Result<(Vec<DocumentId>, usize)> {
    let app = officer.visit.app.clone();
    let mut query = IndexQuery::new(&officer.visit.host.site.id.0, text);
    query.limit = SHOWN;
    let search = tokio::task::spawn_blocking(move || app.index.search(&query));
    let hits = search.await.map_err(|error| task_failed(&error))?.map_err(anyhow::Error::from)?;
    Ok((hits.hits.into_iter().map(|hit| DocumentId(hit.key)).collect(), hits.total))
}

/// Texts being written whose title or 文号 holds the words, of the organs that may be read.
fn open(
    tx: &mut Tx<'_>,
    cx: &Cx,
    text: &str,
    organs: Option<&[OrganId]>,
) -> Result<Vec<queries::OpenEdition>> {
    let mut found = queries::find_open(tx, &cx.site_id, &pattern(text))?;
    if let Some(organs) = organs {
        let mut kept = Vec::new();
        for edition in found {
            let document = document::queries::by_id(tx, &cx.site_id, &edition.document_id)?;
            let organ = document.and_then(|document| document.responsible_organ_id);
            if organ.is_some_and(|organ| organs.contains(&organ)) {
                kept.push(edition);
            }
        }
        found = kept;
    }
    Ok(found)
}

/// A `like` pattern that finds the text itself: its own `%`, `_` and `\` mean nothing.
fn pattern(text: &str) -> String {
    let mut pattern = String::from("%");
    for letter in text.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

fn records(tx: &mut Tx<'_>, cx: &Cx, keys: Vec<DocumentId>) -> Result<Vec<RecordLine>> {
    let mut records = Vec::new();
    for key in keys {
        // The index may lag: what is not live any more is left out.
        records.extend(queries::live(tx, &cx.site_id, &key)?.map(record));
    }
    Ok(records)
}

fn record(published: Published) -> RecordLine {
    RecordLine {
        document_id: published.document_id.0,
        public_number: published.public_number,
        title: published.title,
        document_number: published.document_number,
        organ: published.issuing_organ,
        listed_on: published.listed_on.parse::<Date>().ok().map(Day),
    }
}

/// Columns whose name holds the words: code and name.
fn columns(tx: &mut Tx<'_>, cx: &Cx, text: &str) -> Result<Vec<(String, String)>> {
    let columns = column::queries::all(tx, &cx.site_id)?;
    Ok(columns.into_iter().filter(|c| c.name.contains(text)).map(|c| (c.code, c.name)).collect())
}

#[cfg(test)]
mod tests {
    use super::pattern;

    #[test]
    fn signs_of_the_pattern_language_stand_for_themselves() {
        assert_eq!(pattern("100%_a\\b"), "%100\\%\\_a\\\\b%");
    }
}
