//! A signed report becomes public: a record of the catalogue with its own index number, and its other forms as downloads. The
//! numbers are given when it is signed, so that the files bear them; the files are made outside the database; then the
//! edition goes live through `publishing` like every other. From the signature on the record is kept by the report: nobody
//! changes it as a record.

use std::{io::Cursor, sync::Arc};

use kit_db::Tx;

use super::{
    Report, actions, body,
    build::{self, Given, Made},
    document::{ReportDocument, ReportState},
    form::Pictures,
    output::{self, Form},
    picture, queries, withdrawal,
};
use crate::{
    app::App,
    attachment::{self, StoredFile},
    column,
    cx::Cx,
    document::{self, ChangeReason, Content, Keeper, NewDocument},
    error::{Error, Refusal, Result},
    id::{ColumnId, DocumentId, EditionId},
    publishing, words,
};

/// Why a corrected report replaces the one before, and one that was withdrawn: codes of `reference/correction_reasons.toml`.
const CORRECTION: &str = "figures";
const AFTER_WITHDRAWAL: &str = "other";

/// What is said where the files of a report cannot be made.
const UNPRINTABLE: &str =
    "年报的文件无法生成，没有签发：请退回编写，下载 PDF 核对，打不开的图片请删除后重新添加";

/// A report as it was signed, with its record.
pub struct Signed {
    /// The record.
    pub document_id: DocumentId,
    /// The edition of the record that holds the report.
    pub edition_id: EditionId,
    /// The report with every figure resolved.
    pub frozen: ReportDocument,
}

/// Makes the record of a report that is being signed, as a draft with its numbers; gives it with the report as it is frozen.
///
/// # Errors
/// Refused where no column takes annual reports, or an earlier correction of the record is open.
pub fn record(tx: &mut Tx<'_>, cx: &Cx, made: &Made<'_>, base_url: &str) -> Result<Signed> {
    let report = made.report;
    let (document_id, edition_id) = match &report.document_id {
        None => {
            let new = NewDocument {
                content_type: content_type(cx)?,
                column_id: column_of(tx, cx)?,
                content: content(&made.document(cx)?),
            };
            document::actions::create(tx, cx, &new)?
        }
        Some(id) => {
            let id = DocumentId(id.clone());
            let code = if withdrawal::of(tx, cx, report)?.is_some() { AFTER_WITHDRAWAL } else { CORRECTION };
            let reason = ChangeReason { code, note: &report.correction_reason };
            document::actions::let_go(tx, cx, &id)?;
            give_up_unpublished(tx, cx, report)?;
            let edition_id = publishing::actions::open_correction(tx, cx, &id, reason)?;
            (id, edition_id)
        }
    };
    let numbers = publishing::actions::reserve(tx, cx, &document_id)?;
    let given = Given {
        index_number: numbers.index_number,
        published_on: cx.today(),
        address: format!("{base_url}/documents/{}", numbers.public_number),
    };
    let frozen = made.frozen(cx, &given)?;
    document::actions::edit_draft(tx, cx, &edition_id, &content(&frozen))?;
    document::actions::keep(tx, cx, &document_id, &keeper(report))?;
    Ok(Signed { document_id, edition_id, frozen })
}

/// Gives up the draft of the signed report before this one, where the record was withdrawn before it could go public.
fn give_up_unpublished(tx: &mut Tx<'_>, cx: &Cx, report: &Report) -> Result<()> {
    let Some(edition_id) = queries::unpublished_edition(tx, &cx.site_id, report)? else { return Ok(()) };
    attachment::actions::detach_all(tx, cx, &edition_id)?;
    document::actions::delete_draft(tx, cx, &edition_id)
}

fn keeper(report: &Report) -> Keeper {
    Keeper { object_kind: "report".to_owned(), object_id: report.id.clone() }
}

fn content(document: &ReportDocument) -> Content {
    Content {
        title: document.title.clone(),
        issuing_organ: document.organ_name.clone(),
        disclosure_class: "proactive".to_owned(),
        summary: format!(
            "统计期限自{}起至{}止。",
            words::date(&document.period.0),
            words::date(&document.period.1)
        ),
        keywords: vec!["政府信息公开".to_owned(), "年度报告".to_owned(), document.year.to_string()],
        body_html: body::html(document),
        body_text: body::text(document),
        ..Content::default()
    }
}

fn content_type(cx: &Cx) -> Result<String> {
    let found = cx.reference.content_types.iter().find(|kind| kind.is_annual_report);
    let missing = || anyhow::anyhow!("reference/content_types has no annual report");
    found.map(|kind| kind.code.clone()).ok_or_else(|| Error::Unexpected(missing()))
}

/// The column for annual reports: the one that takes this content type by name, else the one of the type's own kind.
fn column_of(tx: &mut Tx<'_>, cx: &Cx) -> Result<ColumnId> {
    let code = content_type(cx)?;
    let columns = column::queries::all(tx, &cx.site_id)?;
    let takes = columns.iter().find(|column| column.content_types.contains(&code));
    let found = takes.or_else(|| columns.iter().find(|column| column.column_type == code));
    let refusal =
        || Refusal::Invalid("本站没有年度报告栏目：请在“栏目”中增加一个内容类型为年度报告的栏目".to_owned());
    found.map(|column| column.id.clone()).ok_or_else(|| refusal().into())
}

/// Signs a report that still has version `version` and publishes it. Its files are made once before: a signature cannot be
/// taken back, and a report whose files cannot be made would never become public.
///
/// # Errors
/// Refused where the files cannot be made; else as [`actions::sign`] and [`publish`].
pub async fn sign(app: &Arc<App>, cx: Cx, (id, version): (&str, i64), base_url: String) -> Result<()> {
    check_files(app, &cx, id).await?;
    let report_id = id.to_owned();
    app.act(cx.clone(), move |tx, cx| actions::sign(tx, cx, (&report_id, version), &base_url)).await?;
    publish(app, cx, id).await
}

/// Makes the files of a report as it is and keeps none.
async fn check_files(app: &Arc<App>, cx: &Cx, id: &str) -> Result<()> {
    let (report_id, reading) = (id.to_owned(), cx.clone());
    let read = move |tx: &mut Tx<'_>| {
        let report = actions::find(tx, &reading, &report_id)?;
        build::document(tx, &reading, &report)
    };
    let document = app.db.read(read).await?;
    let (app, site_id, at) = (app.clone(), cx.site_id.clone(), cx.at);
    let making = tokio::task::spawn_blocking(move || {
        output::check_fonts(&app.press)?;
        let pictures = picture::read(&app.files, &site_id, &document)?;
        downloads(&app, (&document, &pictures), at).map(drop)
    });
    match making.await.map_err(|error| crate::app::task_failed(&error))? {
        Err(Error::Unexpected(error)) => {
            tracing::error!(report = id, %error, "the files of a report that is to be signed cannot be made");
            Err(Refusal::Invalid(UNPRINTABLE.to_owned()).into())
        }
        made => made,
    }
}

/// The downloads of a report with its pictures.
fn downloads(app: &App, report: (&ReportDocument, &Pictures), at: i64) -> Result<Vec<(Form, Vec<u8>)>> {
    let render = |form| Ok((form, output::render(form, report, &app.press, at)?));
    Form::DOWNLOADS.into_iter().map(render).collect()
}

/// Publishes a signed report: makes its files, attaches them, makes the edition live. Done again after a failure, it goes on
/// where it stopped.
///
/// # Errors
/// Refused when the report is not signed, or the one that it corrects was withdrawn since it was handed to the signer; as
/// the database and the file store.
pub async fn publish(app: &Arc<App>, cx: Cx, id: &str) -> Result<()> {
    let report_id = id.to_owned();
    let reading = cx.clone();
    let report = app.db.read(move |tx| actions::find(tx, &reading, &report_id)).await?;
    let Some(frozen) = report.frozen.clone() else {
        return Err(Refusal::Invalid("年报还没有签发，不能公开".to_owned()).into());
    };
    let files = store(app, &cx, frozen).await?;
    app.act(cx, move |tx, cx| publish_with(tx, cx, &report, &files)).await
}

/// The files of a report in the store, with their names: its forms, then the pictures that its page shows.
async fn store(app: &Arc<App>, cx: &Cx, frozen: ReportDocument) -> Result<Vec<(String, StoredFile)>> {
    let (app, site_id, at) = (app.clone(), cx.site_id.clone(), cx.at);
    let making = tokio::task::spawn_blocking(move || {
        let mut stored = Vec::new();
        let pictures = picture::read(&app.files, &site_id, &frozen)?;
        for (form, bytes) in downloads(&app, (&frozen, &pictures), at)? {
            let name = format!("{}.{}", frozen.title, form.extension());
            let file = app.files.store(&site_id, &name, &mut Cursor::new(bytes))?;
            stored.push((name, file));
        }
        stored.extend(picture_files(&frozen, &pictures)?);
        Ok(stored)
    });
    making.await.map_err(|error| crate::app::task_failed(&error))?
}

/// The pictures of a report as files of its record; they lie in the store already.
fn picture_files(frozen: &ReportDocument, pictures: &Pictures) -> Result<Vec<(String, StoredFile)>> {
    let file = |shown: picture::ShownPicture<'_>| {
        let size = pictures.get(shown.sha256).map_or(0, |picture| picture.bytes.len());
        let file = StoredFile {
            sha256: shown.sha256.to_owned(),
            size: i64::try_from(size).map_err(anyhow::Error::from)?,
            media_type: shown.media_type.to_owned(),
        };
        Ok((shown.file_name(), file))
    };
    picture::shown(frozen).into_iter().map(file).collect()
}

fn publish_with(tx: &mut Tx<'_>, cx: &Cx, report: &Report, files: &[(String, StoredFile)]) -> Result<()> {
    let report = actions::find(tx, cx, &report.id)?;
    let document_id = DocumentId(report.document_id.clone().ok_or(Error::NotFound)?);
    let edition_id = EditionId(report.edition_id.clone().ok_or(Error::NotFound)?);
    let frozen = report.frozen.as_ref().ok_or(Error::NotFound)?;
    if report.published_at.is_some() {
        return Err(Refusal::Invalid("年报已经公开".to_owned()).into());
    }
    if report.state != ReportState::Frozen {
        return Err(Refusal::Invalid("这一版年报已被更正，不能公开".to_owned()).into());
    }
    withdrawal::check_known(tx, cx, &report, "请办理更正，删去不应公开的内容后重新提交签发")?;
    document::actions::let_go(tx, cx, &document_id)?;
    // What is published is what was signed, whatever became of the draft meanwhile.
    document::actions::edit_draft(tx, cx, &edition_id, &content(frozen))?;
    attach(tx, cx, &edition_id, files)?;
    publishing::actions::publish(tx, cx, &edition_id)?;
    document::actions::keep(tx, cx, &document_id, &keeper(&report))?;
    queries::set_published(tx, cx, &report.id)?;
    let act = crate::audit::Act {
        action: "report.publish",
        object_kind: "report",
        object_id: &report.id,
        detail: &report.title,
    };
    crate::audit::actions::record(tx, cx, act)
}

/// Puts the new files in the place of those that a correction took over.
fn attach(tx: &mut Tx<'_>, cx: &Cx, edition_id: &EditionId, files: &[(String, StoredFile)]) -> Result<()> {
    for old in attachment::queries::of_edition(tx, &cx.site_id, edition_id)? {
        attachment::actions::detach(tx, cx, edition_id, &old.id)?;
    }
    for (name, file) in files {
        attachment::actions::attach(tx, cx, edition_id, name, file)?;
    }
    Ok(())
}
