//! What goes on beside the requests: the change feed is followed, scheduled editions go live, validity turns over at
//! midnight. Every step may be cut off at any point and is taken up again from the database.

use std::{sync::Arc, time::Duration};

use kit_db::{DbError, Tx};

use crate::{
    app::App,
    check,
    cx::{Cx, date_of},
    draft,
    error::Result,
    publishing::jobs,
    review,
    search::{self, Followed},
    site::Site,
};

/// Pause between two looks at the feed; with several processes also how old a page of another one's change may be.
const PAUSE: Duration = Duration::from_millis(200);

/// Reads all sites and lets the page cache follow each.
pub async fn refresh_sites(app: &Arc<App>) -> Result<Vec<Site>, DbError> {
    let sites = app.faces.refresh(&app.db, &app.config.default_site).await?;
    for site in &sites {
        follow_calendar(app, site).await?;
        app.pages.follow(&app.db, &site.id).await?;
    }
    Ok(sites)
}

/// Lets the working calendar of a site follow its notices, whichever process changed them. Pages that were made by the one
/// before go: they may have been made after the change was told and before this process knew of it.
async fn follow_calendar(app: &Arc<App>, site: &Site) -> Result<(), DbError> {
    let (calendars, site_id) = (app.calendars.clone(), site.id.clone());
    let followed = app.db.read(move |tx| Ok::<_, DbError>(calendars.follow(tx, &site_id))).await?;
    match followed {
        Ok(true) => app.pages.forget(&site.id),
        Ok(false) => {}
        Err(error) => tracing::error!(site = site.id.0, %error, "the working calendar could not be read"),
    }
    Ok(())
}

/// Goes on until the task is aborted.
pub async fn run(app: Arc<App>) {
    let (mut tidied, mut minded) = (String::new(), 0);
    loop {
        if let Err(error) = round(&app).await {
            tracing::error!(%error, "a background round failed and will be tried again");
        }
        let today = date_of(app.clock.now());
        if tidied != today {
            if let Err(error) = tidy_up(&app).await {
                tracing::error!(%error, "what drafts left behind could not be tidied up");
            }
            tidied = today;
        }
        let minute = app.clock.now() / 60_000;
        if minded != minute {
            if let Err(error) = mind_chairs(&app).await {
                tracing::error!(%error, "cases could not be given to those who hold the roles now");
            }
            minded = minute;
        }
        app.press.rest();
        tokio::time::sleep(PAUSE).await;
    }
}

/// Once a day: uploads that broke off and old steps of drafts go.
pub async fn tidy_up(app: &Arc<App>) -> Result<()> {
    for site in refresh_sites(app).await? {
        let uploads = app.act(app.cx(&site.id, "schedule"), draft::jobs::tidy_up).await?;
        draft::jobs::remove_parts(&app.files, &uploads)?;
    }
    Ok(())
}

/// Once a minute: cases that waited for somebody who left, or for a chair that was filled meanwhile, wait for whoever
/// holds the role now.
pub async fn mind_chairs(app: &Arc<App>) -> Result<()> {
    for site in refresh_sites(app).await? {
        if let Err(error) = mind_chairs_of(app, &site).await {
            tracing::error!(site = site.id.0, %error, "nobody knows which cases wait for an empty chair");
        }
    }
    Ok(())
}

/// Settles the cases of a site, each in a transaction of its own; one that cannot be settled holds up no other.
async fn mind_chairs_of(app: &Arc<App>, site: &Site) -> Result<()> {
    let cx = app.cx(&site.id, "schedule");
    let unsettled = {
        let cx = cx.clone();
        app.db.read(move |tx| review::jobs::unsettled(tx, &cx)).await?
    };
    for case_id in unsettled {
        let shown = case_id.clone();
        let work = move |tx: &mut Tx<'_>, cx: &Cx| review::jobs::settle(tx, cx, &case_id);
        if let Err(error) = app.act(cx.clone(), work).await {
            tracing::error!(case = shown.0, %error, "a case could not be given to those who hold the role now");
        }
    }
    Ok(())
}

/// One look at everything: due work, page cache, keys of like texts, search index.
pub async fn round(app: &Arc<App>) -> Result<()> {
    app.pages.turn_day(&date_of(app.clock.now())).await;
    let mut wrote = false;
    for site in refresh_sites(app).await? {
        do_due(app, &site).await?;
        check::jobs::follow(app, &site.id).await?;
        wrote |= search::follow(app, &site.id, |_| ()).await? != Followed::ToTheHead(0);
    }
    if wrote {
        rest(app).await?;
    }
    Ok(())
}

/// Does what is due on one site, each edition in a transaction of its own; one that fails is told to the log and tried
/// again in the next round.
async fn do_due(app: &Arc<App>, site: &Site) -> Result<()> {
    let cx = app.cx(&site.id, "schedule");
    do_reviews(app, site).await?;
    let due = {
        let cx = cx.clone();
        app.db.read(move |tx| jobs::due(tx, &cx)).await?
    };
    for edition_id in due.editions {
        let shown = edition_id.clone();
        let work = move |tx: &mut Tx<'_>, cx: &Cx| review::jobs::publish_due(tx, cx, &edition_id);
        if let Err(error) = app.act(cx.clone(), work).await {
            tracing::error!(edition = shown.0, %error, "a scheduled edition could not be published");
        }
    }
    if due.validity {
        app.act(cx, jobs::revalue_due).await?;
    }
    Ok(())
}

/// Lets cases follow texts that were changed, and tells others of steps that are late.
async fn do_reviews(app: &Arc<App>, site: &Site) -> Result<()> {
    let cx = app.cx(&site.id, "schedule");
    let due = {
        let cx = cx.clone();
        app.db.read(move |tx| review::jobs::due(tx, &cx)).await?
    };
    for case_id in due.outdated {
        let shown = case_id.clone();
        let work = move |tx: &mut Tx<'_>, cx: &Cx| review::jobs::follow(tx, cx, &case_id);
        if let Err(error) = app.act(cx.clone(), work).await {
            tracing::error!(case = shown.0, %error, "a case could not follow its edition");
        }
    }
    for case_id in due.late {
        let shown = case_id.clone();
        let work = move |tx: &mut Tx<'_>, cx: &Cx| review::jobs::escalate(tx, cx, &case_id);
        if let Err(error) = app.act(cx.clone(), work).await {
            tracing::error!(case = shown.0, %error, "nobody could be told of a late step");
        }
    }
    Ok(())
}

/// Gives the index writer's memory back and lets other processes write.
async fn rest(app: &Arc<App>) -> Result<()> {
    let app = app.clone();
    let rested = tokio::task::spawn_blocking(move || app.index.rest()).await;
    rested.map_err(|error| crate::app::task_failed(&error))?.map_err(anyhow::Error::from)?;
    Ok(())
}
