//! What is done beside the requests: files are read, the keys of live texts follow the change feed, and every night
//! everything that is live is looked through. Each may be cut off at any point.

use std::{collections::HashSet, sync::Arc};

use kit_db::Tx;
use rules::sensitive;

use super::{LiveFinding, Subject, actions, files, near, queries, shown::Shown};
use crate::{
    app::{App, task_failed},
    attachment::{self, FileToRead},
    change_feed,
    cx::Cx,
    document::{self, LiveDocument},
    error::{Error, Result},
    id::SiteId,
    job::JobRun,
};

/// Records looked through in one transaction.
const BATCH: i64 = 50;

/// Reads the file of a job.
///
/// # Errors
/// When the store or the database fails; the queue tries again.
pub async fn read_file(app: &Arc<App>, job: &JobRun) -> Result<()> {
    let file: FileToRead = job.payload()?;
    read_one(app, &job.site_id(), file).await
}

async fn read_one(app: &Arc<App>, site_id: &SiteId, file: FileToRead) -> Result<()> {
    let FileToRead { sha256, name } = file;
    let (site, hash) = (site_id.clone(), sha256.clone());
    let is_read = move |tx: &mut Tx<'_>| Ok::<_, Error>(queries::is_file_read(tx, &site, &hash)?);
    if app.db.read(is_read).await? {
        return Ok(());
    }
    let mut stored = app.files.open_stored(site_id, &sha256)?;
    let read = tokio::task::spawn_blocking(move || files::read(&mut stored, &name)).await;
    let read = read.map_err(|error| task_failed(&error))??;
    let keep = move |tx: &mut Tx<'_>, cx: &Cx| Ok(queries::insert_file(tx, cx, &sha256, &read)?);
    app.act(app.cx(site_id, "check"), keep).await
}

/// Lets the keys of live texts follow the change feed of a site.
///
/// # Errors
/// When the database fails; the next round goes on where this one stopped.
pub async fn follow(app: &Arc<App>, site_id: &SiteId) -> Result<()> {
    let (site, from) = (site_id.clone(), site_id.clone());
    let is_behind = app
        .db
        .read(move |tx| {
            let at = queries::keys_position(tx, &site)?;
            Ok::<_, Error>(at < change_feed::head(tx, &site)?)
        })
        .await?;
    while is_behind && app.act(app.cx(&from, "check"), near::follow).await? {}
    Ok(())
}

/// The nightly look: files nobody has read, then every live record.
///
/// # Errors
/// When the database fails; what was found so far stays.
pub async fn nightly(app: &Arc<App>, job: &JobRun) -> Result<()> {
    let progress = |done, total| {
        job.advance(done, total);
        job.goes_on()
    };
    look_over(app, &job.site_id(), progress).await
}

/// Looks through everything live; `goes_on` hears how many records of how many are done.
///
/// # Errors
/// As [`nightly`].
pub async fn look_over(app: &Arc<App>, site_id: &SiteId, goes_on: impl Fn(u64, u64) -> bool) -> Result<()> {
    read_missing(app, site_id).await?;
    let begun_at = app.clock.now();
    let site = site_id.clone();
    let total = app.db.read(move |tx| Ok::<_, Error>(document::queries::count_live(tx, &site)?)).await?;
    let (mut after, mut done) = (0, 0);
    loop {
        // Looking takes its time and is done on a snapshot: nobody who writes waits for it.
        let cx = app.cx(site_id, "check");
        let looked_at = app.db.read(move |tx| look_at_batch(tx, &cx, after)).await?;
        let Some(last) = looked_at.last().map(|(record, _)| record.public_number) else { break };
        done += looked_at.len() as u64;
        after = last;
        app.act(app.cx(site_id, "check"), move |tx, cx| keep(tx, cx, &looked_at)).await?;
        if !goes_on(done, total) {
            return Ok(());
        }
    }
    let forget = move |tx: &mut Tx<'_>, cx: &Cx| Ok(queries::delete_live_before(tx, &cx.site_id, begun_at)?);
    app.act(app.cx(site_id, "check"), forget).await
}

/// Files that came in without a job of their own.
async fn read_missing(app: &Arc<App>, site_id: &SiteId) -> Result<()> {
    let site = site_id.clone();
    let missing = app.db.read(move |tx| {
        let read: HashSet<String> = queries::files_read(tx, &site)?.into_iter().collect();
        let stored = attachment::queries::stored(tx, &site)?;
        Ok::<_, Error>(stored.into_iter().filter(|(sha256, _)| !read.contains(sha256)).collect::<Vec<_>>())
    });
    for (sha256, name) in missing.await? {
        let shown = sha256.clone();
        // A file that the store has lost must not keep the rest from being looked at.
        if let Err(error) = read_one(app, site_id, FileToRead { sha256, name }).await {
            tracing::error!(file = shown, %error, "an attached file could not be read");
        }
    }
    Ok(())
}

/// A record and what was found in it.
type LookedAt = (LiveDocument, Vec<LiveFinding>);

/// Looks through the next records.
fn look_at_batch(tx: &mut Tx<'_>, cx: &Cx, after: i64) -> Result<Vec<LookedAt>> {
    let records = document::queries::live_after(tx, &cx.site_id, after, BATCH)?;
    records.into_iter().map(|record| look_at(tx, cx, record)).collect()
}

fn look_at(tx: &mut Tx<'_>, cx: &Cx, record: LiveDocument) -> Result<LookedAt> {
    let subject = Subject {
        document_id: Some(&record.document_id),
        edition_id: Some(&record.edition_id),
        content_type: &record.content_type,
        content: &record.content,
    };
    let found = actions::findings_of(tx, cx, &subject)?;
    let kept = found.iter().map(|shown| live_finding(cx, &record, shown)).collect();
    Ok((record, kept))
}

fn keep(tx: &mut Tx<'_>, cx: &Cx, looked_at: &[LookedAt]) -> Result<()> {
    for (record, found) in looked_at {
        queries::replace_live(tx, cx, &record.document_id, found)?;
    }
    Ok(())
}

fn live_finding(cx: &Cx, record: &LiveDocument, shown: &Shown) -> LiveFinding {
    LiveFinding {
        document_id: record.document_id.clone(),
        title: record.content.title.clone(),
        public_number: record.public_number,
        code: shown.code.word().to_owned(),
        weight: shown.weight.word().to_owned(),
        // The list must not become a second place that tells what the record should not tell.
        sentence: sensitive::mask_all(&shown.sentence),
        place: shown.place.words.clone(),
        excerpt: kit_text::width::truncate_chars(&sensitive::mask_all(&shown.excerpt), 80),
        fingerprint: shown.fingerprint.clone(),
        justified: shown.justified.clone(),
        column_id: record.column_id.clone(),
        organ_id: record.content.issuing_organ_id.clone(),
        found_at: cx.at,
    }
}
