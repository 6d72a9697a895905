//! The page cache as a consumer of the change feed: it takes out the pages that show what changed.
//!
//! Its cursor lives in memory like the pages themselves: a process that starts has no pages and begins at the head of
//! the feed. It renders nothing.

use std::{collections::HashMap, sync::Arc};

use kit_db::{Db, DbError, Tx};
use kit_web::page_cache::PageCache;
use tokio::sync::Mutex;

use super::queries;
use crate::{
    change_feed::{self, Change, Kind},
    column,
    id::{ColumnId, DocumentId, SiteId},
};

/// Changes read at once.
const BATCH: i64 = 500;

/// Pages of the site that list documents: home, catalogue, site map, feeds.
pub const LISTS: &str = "lists";

/// Rendered pages and how far the feed has been followed for each site.
pub struct Pages {
    /// The pages, shared with the front of the server.
    pub cache: Arc<PageCache>,
    cursors: Mutex<HashMap<SiteId, i64>>,
    day: Mutex<String>,
}

/// The tag of every page that shows a document.
pub fn document_tag(id: &DocumentId) -> String {
    format!("document:{}", id.0)
}

/// The tag of every page that lists a column.
pub fn column_tag(id: &ColumnId) -> String {
    format!("column:{}", id.0)
}

impl Pages {
    /// A cache of at most `bytes`.
    pub fn with_budget(bytes: usize) -> Pages {
        Pages {
            cache: Arc::new(PageCache::with_budget(bytes)),
            cursors: Mutex::default(),
            day: Mutex::default(),
        }
    }

    /// Takes everything out when a new day has begun: what pages say of today (ended organs, the year's chart) would be
    /// a day old.
    pub async fn turn_day(&self, today: &str) {
        let mut day = self.day.lock().await;
        if *day != today {
            self.cache.purge_all();
            today.clone_into(&mut day);
        }
    }

    /// Takes out every page of a site.
    pub fn forget(&self, site_id: &SiteId) {
        self.cache.purge_tenant(&site_id.0);
    }

    /// Takes out what changed on the site since the last look. When this returns, no page from before the newest
    /// committed change is served any more.
    pub async fn follow(&self, db: &Db, site_id: &SiteId) -> Result<(), DbError> {
        let mut cursors = self.cursors.lock().await;
        let start = cursors.get(site_id).copied();
        let (mut changes, position) = {
            let site_id = site_id.clone();
            db.read(move |tx| read(tx, &site_id, start)).await?
        };
        if start.is_none() {
            // A site seen for the first time: whatever was rendered before is of unknown age.
            self.cache.purge_tenant(&site_id.0);
            changes.clear();
        }
        for tags in changes {
            match tags {
                Stale::Everything => self.cache.purge_tenant(&site_id.0),
                Stale::Tags(tags) => self.cache.purge(&site_id.0, &tags),
            };
        }
        cursors.insert(site_id.clone(), position);
        Ok(())
    }
}

enum Stale {
    Everything,
    Tags(Vec<String>),
}

fn read(tx: &mut Tx<'_>, site_id: &SiteId, start: Option<i64>) -> Result<(Vec<Stale>, i64), DbError> {
    let Some(mut position) = start else { return Ok((Vec::new(), change_feed::head(tx, site_id)?)) };
    let mut changes: Vec<Change> = Vec::new();
    loop {
        let page = change_feed::after(tx, site_id, position, BATCH)?;
        let Some(last) = page.last() else { break };
        position = last.position;
        changes.extend(page);
    }
    if changes.is_empty() {
        return Ok((Vec::new(), position));
    }
    let parents = column::queries::parents(tx, site_id)?;
    let mut taken_out = Vec::with_capacity(changes.len());
    for change in &changes {
        let neighbours = match &change.document_id {
            Some(id) => queries::neighbours(tx, site_id, id)?,
            None => Vec::new(),
        };
        taken_out.push(stale(change, &parents, &neighbours));
    }
    Ok((taken_out, position))
}

/// A document stands on its own page, on those of the documents it is linked with (which did not show it while it was
/// not public), on those of its column and the columns above, and in the lists of the site; columns, organs and the site
/// itself stand on every page.
fn stale(change: &Change, parents: &HashMap<ColumnId, ColumnId>, neighbours: &[DocumentId]) -> Stale {
    if change.kind != Kind::Document {
        return Stale::Everything;
    }
    let mut tags = vec![LISTS.to_owned()];
    tags.extend(change.document_id.iter().chain(neighbours).map(document_tag));
    let mut next = change.column_id.as_ref();
    // The tree is a handful of levels deep; the bound keeps a broken row from looping.
    for _ in 0..16 {
        let Some(column) = next else { break };
        tags.push(column_tag(column));
        next = parents.get(column);
    }
    Stale::Tags(tags)
}
