//! The search index as a consumer of the change feed: what is live is in it, what is not is out.
//!
//! The index keeps its cursor in the same commit as its content, so a crash can never leave the two apart. It is a
//! derivative: what a search finds is looked up in the database again before anything is shown.

#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use kit_db::Tx;
use kit_search::{Change, Entry, SearchError, Setup};

use crate::{
    app::{App, task_failed},
    change_feed, column,
    error::Result,
    id::{ColumnId, DocumentId, SiteId},
    portal::queries::{Live, live_by_id},
};

/// Changes taken into one commit of the index.
const BATCH: i64 = 400;

/// Facets by which lists and searches filter.
pub const FACETS: [&str; 7] = ["organ", "column", "subject", "genre", "year", "validity", "content_type"];

/// How the index is made: its facets, and words of our field that the dictionary lacks.
pub fn setup() -> Setup {
    let words = [
        "依申请公开",
        "主动公开",
        "规范性文件",
        "政策解读",
        "新型农村合作医疗",
        "低保",
        "预决算",
        "管护区",
        "镇场",
    ];
    Setup {
        words: words.iter().map(|word| ((*word).to_owned(), 1_000)).collect(),
        facets: FACETS.iter().map(|name| (*name).to_owned()).collect(),
    }
}

/// How far a run brought the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Followed {
    /// Up to the head of the feed; so many documents were written.
    ToTheHead(usize),
    /// Another process is writing the index and will follow the feed itself.
    Elsewhere,
}

/// Brings the index of one site up to the head of the feed. `progress` hears how many changes are done.
pub async fn follow(app: &Arc<App>, site_id: &SiteId, progress: impl Fn(u64)) -> Result<Followed> {
    let mut n_written = 0;
    loop {
        let (app, site_id) = (app.clone(), site_id.clone());
        match follow_once(&app, &site_id).await? {
            Step::Head => return Ok(Followed::ToTheHead(n_written)),
            Step::Elsewhere => return Ok(Followed::Elsewhere),
            Step::Applied { changes, written } => {
                n_written += written;
                progress(changes);
            }
        }
    }
}

enum Step {
    Head,
    Elsewhere,
    Applied { changes: u64, written: usize },
}

async fn follow_once(app: &Arc<App>, site_id: &SiteId) -> Result<Step> {
    let from = app.index.position(&site_id.0).map_err(anyhow::Error::from)?;
    let site = site_id.clone();
    let batch = app.db.read(move |tx| read_batch(tx, &site, i64::try_from(from).unwrap_or(i64::MAX))).await?;
    let Some((changes, position)) = batch else { return Ok(Step::Head) };
    let (app, group, written) = (app.clone(), site_id.0.clone(), changes.len());
    let position = u64::try_from(position).unwrap_or_default();
    let applied = tokio::task::spawn_blocking(move || app.index.apply(&group, changes, position));
    match applied.await.map_err(|error| task_failed(&error))? {
        Ok(_) => Ok(Step::Applied { changes: position.saturating_sub(from), written }),
        Err(SearchError::Locked) => Ok(Step::Elsewhere),
        Err(error) => Err(anyhow::Error::from(error).into()),
    }
}

fn read_batch(tx: &mut Tx<'_>, site_id: &SiteId, from: i64) -> Result<Option<(Vec<Change>, i64)>> {
    let rows = change_feed::after(tx, site_id, from, BATCH)?;
    let Some(position) = rows.last().map(|change| change.position) else { return Ok(None) };
    let documents: BTreeSet<DocumentId> = rows.into_iter().filter_map(|change| change.document_id).collect();
    let parents = column::queries::parents(tx, site_id)?;
    let mut changes = Vec::with_capacity(documents.len());
    for id in documents {
        changes.push(match live_by_id(tx, site_id, &id)? {
            Some(live) => Change::Put(entry(&live, &parents)),
            None => Change::Remove { key: id.0 },
        });
    }
    Ok(Some((changes, position)))
}

/// What is found of a document, and under which filters.
fn entry(live: &Live, parents: &HashMap<ColumnId, ColumnId>) -> Entry {
    let listed = &live.listed;
    let mut exact = vec![live.index_number.clone()];
    exact.extend(listed.document_number.clone());
    let text = format!("{}\n{}\n{}", listed.summary, live.keywords.join(" "), live.body_text);
    Entry {
        key: listed.document_id.0.clone(),
        title: listed.title.clone(),
        text,
        exact,
        facets: facets(live, parents),
        day: day(&listed.listed_on),
        boost: None,
    }
}

fn facets(live: &Live, parents: &HashMap<ColumnId, ColumnId>) -> Vec<(String, String)> {
    let listed = &live.listed;
    let mut facets = Vec::new();
    let mut add = |name: &str, value: &str| facets.push((name.to_owned(), value.to_owned()));
    if let Some(organ) = &listed.issuing_organ_id {
        add("organ", &organ.0);
    }
    let mut column = Some(&listed.column_id);
    for _ in 0..16 {
        let Some(id) = column else { break };
        add("column", &id.0);
        column = parents.get(id);
    }
    if let Some(subject) = &live.subject_category {
        add("subject", subject.split(['/', '\\']).next().unwrap_or(subject));
    }
    if let Some(genre) = &live.genre {
        add("genre", genre);
    }
    add("year", listed.listed_on.get(..4).unwrap_or_default());
    add("validity", &listed.validity);
    add("content_type", &listed.content_type);
    facets
}

/// Days since 1970-01-01; 0 for what is no date.
fn day(date: &str) -> i64 {
    let epoch = jiff::civil::date(1970, 1, 1);
    let date: Option<jiff::civil::Date> = date.parse().ok();
    date.and_then(|date| epoch.until(date).ok()).map_or(0, |span| i64::from(span.get_days()))
}
