//! Reading an uploaded file. Killed or stopped at any point, the next try finds what is there and goes on; the file is
//! removed when the run has ended.

use std::{path::Path, sync::Arc};

use super::{Ending, NewRun, What, actions, actions::Payload, place, queries};
use crate::{
    app::App,
    error::{Error, Result},
    export::bring_back::{self, Places},
    import::{
        Failure, documents, page,
        pages::{self, Reader},
        pipeline::{self, Options, Outcome, ReadLine},
    },
    job::JobRun,
    site,
};

/// Reads the file of a run to its end, or as far as it is told to.
pub async fn read_file(app: &Arc<App>, job: &JobRun) -> Result<()> {
    let id = job.payload::<Payload>()?.run;
    let site_id = job.site_id();
    let (site, run) = app
        .db
        .read(move |tx| {
            let site = site::queries::by_id(tx, &site_id)?.ok_or(Error::NotFound)?;
            Ok::<_, Error>((queries::find(tx, &site_id, &id)?.ok_or(Error::NotFound)?.asked, site))
        })
        .await
        .map(|(run, site)| (site, run))?;
    job.note(&run.file_name);
    let file = place(&app.config.data, &site.id, &run.id).join(&run.file_name);
    let outcome = match read(app, job, &site, (&run, &file)).await {
        Err(Error::Refused(refusal)) => unreadable(&run, &crate::words::refusal(&refusal)),
        other => other?,
    };
    if outcome.stopped && !job.is_cancelled() {
        return Ok(());
    }
    let ending = match &outcome {
        Outcome { stopped: true, .. } => Ending::Cancelled,
        Outcome { broken: true, .. } => Ending::Broken,
        _ => Ending::Whole,
    };
    let folder = place(&app.config.data, &site.id, &run.id);
    end(app, job, run, (ending, outcome)).await?;
    // What cannot be removed is only in the way; the run has ended.
    if let Err(error) = tokio::fs::remove_dir_all(&folder).await {
        tracing::warn!(folder = %folder.display(), %error, "an imported file could not be removed");
    }
    Ok(())
}

async fn end(app: &Arc<App>, job: &JobRun, run: NewRun, (ending, outcome): (Ending, Outcome)) -> Result<()> {
    let work = move |tx: &mut kit_db::Tx<'_>, cx: &crate::cx::Cx| {
        actions::end(tx, cx, &run, ending, &outcome.summary)
    };
    // A cancelled job is ended by its worker, as cancelled.
    if ending == Ending::Cancelled { app.act(job.cx(app), work).await } else { job.finish(app, work).await }
}

async fn read(
    app: &Arc<App>,
    job: &JobRun,
    site: &site::Site,
    (run, file): (&NewRun, &Path),
) -> Result<Outcome> {
    let options =
        Options { publish: run.publishes, column: run.column_code.clone(), actor: Some(job.cx(app).actor) };
    let on = |at, all| {
        job.advance(at, all);
        job.goes_on()
    };
    let lines = async |read_line: ReadLine| pipeline::run(app, site, (file, read_line), &options, on).await;
    match run.what {
        What::Pages => lines(pages::read_line).await,
        What::Documents => lines(documents::read_line).await,
        What::Records => bring_back::run(app, site, Places { file, files: None }, on).await,
        What::Page => {
            let reader = Reader::new(app.reference, &run.file_name);
            match page::read(&reader, file, run.page_address.as_deref()) {
                Ok(incoming) => pipeline::run_one(app, site, incoming, &options).await,
                Err(failure) => Ok(unreadable(run, &failure.sentence)),
            }
        }
    }
}

fn unreadable(run: &NewRun, sentence: &str) -> Outcome {
    let mut outcome = Outcome { broken: true, ..Outcome::default() };
    outcome.summary.note(Failure::new("unreadable_file", &run.file_name, sentence));
    outcome
}
