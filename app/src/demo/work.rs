//! Work of the demonstration in every stage (演示在办工作): drafts, texts in review, returned, late, signed, a correction and
//! a withdrawal on their way, an import with unsure pages. Everything happens through the actions that staff use, as the
//! persons of `demo/staff`, at moments counted back from the loading. It is added once, to demonstration sites only.

use std::{collections::BTreeMap, sync::Arc};

use anyhow::{Context, anyhow};
use jiff::{ToSpan, civil::Date};
use kit_db::Tx;
use serde::Deserialize;

use super::{load, staff, work_step::Handling};
use crate::{
    app::App,
    column,
    cx::{Cx, civil_of, instant_of},
    document::{self, Content, NewDocument},
    draft,
    error::{Error, Result},
    id::{DocumentId, EditionId},
    intake::{self, NewRun, What},
    organ,
    review::{self, way::RoundSetting},
    site::Site,
};

/// Who brings the old pages in.
const IMPORTER: &str = "gongkai";
/// The name that the imported file bears.
const IMPORTED: &str = "旧网站页面（演示）.jsonl";

/// Where its pages go.
const IMPORTED_INTO: &str = "other-documents";

/// What a file of `demo/work` holds.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rounds: Rounds,
    #[serde(rename = "record")]
    records: Vec<Record>,
}

/// The rounds of review that the site sets.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rounds {
    site: Vec<RoundSetting>,
    #[serde(rename = "column")]
    columns: Vec<ColumnRounds>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnRounds {
    code: String,
    rounds: Vec<RoundSetting>,
}

/// A record with what happened to it so far.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Record {
    /// Name, for messages.
    pub key: String,
    column: String,
    content_type: String,
    organ: String,
    begun: Moment,
    title: String,
    #[serde(default)]
    document_number: Option<String>,
    subject_category: String,
    genre: String,
    keywords: Vec<String>,
    #[serde(default)]
    summary: String,
    /// Working days since it was formed.
    written: u32,
    body: String,
    #[serde(default)]
    step: Vec<Step>,
}

/// Who did something, and when.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Moment {
    by: String,
    days: u32,
    at: String,
}

/// A step of a record's way.
#[derive(Debug, Clone, Deserialize)]
struct Step {
    by: String,
    days: u32,
    at: String,
    #[serde(flatten)]
    deed: Handling,
}

/// A record on its way.
#[derive(Debug, Clone)]
pub(super) struct Standing {
    /// The document.
    pub document_id: DocumentId,
    /// The edition that is being written or reviewed.
    pub edition_id: EditionId,
    /// The day it was formed.
    pub written_on: Date,
}

/// Adds the work that a demonstration site lacks; gives the number of records.
///
/// # Errors
/// When the file is broken, or names a person, organ or column that the site does not have.
pub async fn load(app: &Arc<App>, name: &str) -> anyhow::Result<usize> {
    let Some(site) = staff::demonstration(app, name).await? else { return Ok(0) };
    let path = format!("work/{name}.toml");
    let Some(text) = load::text_if_any(&path)? else { return Ok(0) };
    let file: File = toml::from_str(&text).with_context(|| format!("demo/{path}"))?;
    let site_id = site.id.clone();
    if app.db.read(move |tx| review::queries::has_cases(tx, &site_id)).await? {
        return Ok(0);
    }
    let run = store_import(app, &site, name).await?;
    let n_records = file.records.len();
    app.act(app.cx(&site.id, "demo"), move |tx, cx| add(tx, cx, &file, run.as_ref())).await?;
    Ok(n_records)
}

fn add(tx: &mut Tx<'_>, cx: &Cx, file: &File, run: Option<&NewRun>) -> Result<()> {
    set_rounds(tx, cx, &file.rounds)?;
    let mut standing: BTreeMap<&str, Standing> = BTreeMap::new();
    for (at, by, record, deed) in events(cx, file) {
        let cx = Cx { at, actor: by.to_owned(), ..cx.clone() };
        let happened = match (deed, standing.get_mut(record.key.as_str())) {
            (None, _) => begin(tx, &cx, record).map(|begun| drop(standing.insert(&record.key, begun))),
            (Some(deed), Some(known)) => deed.happen(tx, &cx, known),
            (Some(_), None) => Err(anyhow!("写成之前就有了步骤").into()),
        };
        happened.map_err(|error| named(&record.key, error))?;
    }
    // What the clock of a running desk would do by itself: tell of late steps.
    for case_id in review::jobs::due(tx, cx)?.late {
        review::jobs::escalate(tx, cx, &case_id)?;
    }
    match run {
        Some(run) => intake::actions::start(tx, &Cx { actor: IMPORTER.to_owned(), ..cx.clone() }, run),
        None => Ok(()),
    }
}

/// Everything that happened, in the order of time; what happened at the same moment stays in the order of the file.
fn events<'a>(cx: &Cx, file: &'a File) -> Vec<(i64, &'a str, &'a Record, Option<&'a Handling>)> {
    let mut events = Vec::new();
    for record in &file.records {
        let begun = &record.begun;
        events.push((moment(cx, begun.days, &begun.at), begun.by.as_str(), record, None));
        let step =
            |step: &'a Step| (moment(cx, step.days, &step.at), step.by.as_str(), record, Some(&step.deed));
        events.extend(record.step.iter().map(step));
    }
    events.sort_by_key(|(at, ..)| *at);
    events
}

/// A time of day some working days ago, never later than now.
fn moment(cx: &Cx, days: u32, at: &str) -> i64 {
    instant_of(&format!("{} {at}", working_day_before(cx, days))).map_or(cx.at, |then| then.min(cx.at))
}

/// The working day that lies so many working days before today.
fn working_day_before(cx: &Cx, days: u32) -> Date {
    let calendar = cx.calendar();
    let mut day = civil_of(cx.at);
    for _ in 0..days {
        day -= 1.day();
        while !calendar.is_working_day(day) {
            day -= 1.day();
        }
    }
    day
}

fn set_rounds(tx: &mut Tx<'_>, cx: &Cx, rounds: &Rounds) -> Result<()> {
    let setting = review::way::Setting { rounds: rounds.site.clone(), ..review::way::setting(tx, cx)? };
    review::way::set(tx, cx, &setting)?;
    for own in &rounds.columns {
        let column = column::queries::by_code(tx, &cx.site_id, &own.code)?;
        let column = column.ok_or_else(|| anyhow!("没有栏目 {}", own.code))?;
        review::way::set_rounds(tx, cx, &column.id, Some(&own.rounds))?;
    }
    Ok(())
}

fn begin(tx: &mut Tx<'_>, cx: &Cx, record: &Record) -> Result<Standing> {
    let column = column::queries::by_code(tx, &cx.site_id, &record.column)?;
    let organ = organ::queries::by_code(tx, &cx.site_id, &record.organ)?;
    let organ = organ.ok_or_else(|| anyhow!("没有机构 {}", record.organ))?;
    let written_on = working_day_before(cx, record.written - record.begun.days.min(record.written));
    let body_html = body(&record.body, written_on);
    let content = Content {
        title: record.title.clone(),
        document_number: record.document_number.as_deref().map(|number| dated(number, written_on)),
        issuing_organ: organ.name,
        issuing_organ_id: Some(organ.id.clone()),
        written_on: Some(written_on.to_string()),
        subject_category: Some(record.subject_category.clone()),
        genre: Some(record.genre.clone()),
        disclosure_class: "proactive".to_owned(),
        summary: record.summary.clone(),
        keywords: record.keywords.clone(),
        body_text: kit_text::html::to_text(&body_html),
        body_html,
        ..Content::default()
    };
    let new = NewDocument {
        content_type: record.content_type.clone(),
        column_id: column.ok_or_else(|| anyhow!("没有栏目 {}", record.column))?.id,
        content,
    };
    let (document_id, edition_id) = document::actions::create(tx, cx, &new)?;
    draft::actions::begin(tx, cx, &edition_id)?;
    Ok(Standing { document_id, edition_id, written_on })
}

/// A body of the file as safe HTML.
pub(super) fn body(text: &str, written_on: Date) -> String {
    kit_text::html::clean(&dated(text, written_on)).into_string()
}

fn dated(text: &str, written_on: Date) -> String {
    let year = written_on.year().to_string();
    text.trim().replace("{year}", &year).replace("{written}", &crate::words::date(&written_on.to_string()))
}

/// Puts the file of old pages where an uploaded one would lie; none where the site has no such file.
async fn store_import(app: &Arc<App>, site: &Site, name: &str) -> anyhow::Result<Option<NewRun>> {
    let Some(lines) = load::text_if_any(&format!("work/{name}.jsonl"))? else { return Ok(None) };
    let cx = app.cx(&site.id, IMPORTER);
    let id = cx.new_id();
    let by = app.db.write(move |tx| staff::account(tx, &cx, IMPORTER)).await?;
    let folder = intake::place(&app.config.data, &site.id, &id);
    tokio::fs::create_dir_all(&folder).await?;
    tokio::fs::write(folder.join(IMPORTED), &lines).await?;
    Ok(Some(NewRun {
        id,
        what: What::Pages,
        file_name: IMPORTED.to_owned(),
        size: i64::try_from(lines.len())?,
        page_address: None,
        column_code: Some(IMPORTED_INTO.to_owned()),
        publishes: false,
        by: by.id,
        by_name: by.name,
    }))
}

fn named(key: &str, error: Error) -> Error {
    match error {
        Error::Refused(refusal) => anyhow!("演示工作 {key}：{}", crate::words::refusal(&refusal)).into(),
        Error::Unexpected(error) => error.context(format!("演示工作 {key}")).into(),
        error => anyhow!("演示工作 {key}：{error}").into(),
    }
}
