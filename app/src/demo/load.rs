//! Loading a demonstration site: files into the store, then everything else in one transaction.

use std::{collections::HashMap, io::Cursor, sync::Arc};

use anyhow::{Context, anyhow};
use kit_db::Tx;
use rust_embed::RustEmbed;

use super::{LaterEdition, Record, registers::Registers};
use crate::{
    app::App,
    attachment::{self, StoredFile},
    column::{self, ColumnFile},
    cx::{Cx, instant_of},
    document::{self, ChangeReason, Content, NewDocument},
    error::{Error, Result},
    id::{ColumnId, DocumentId, SiteId},
    organ::{self, OrganFile},
    publishing::{self, actions::Link},
    site::{self, Profile},
};

#[derive(RustEmbed)]
#[folder = "../demo/"]
#[include = "*/*.toml"]
#[include = "*/*.jsonl"]
#[include = "report/*.svg"]
#[include = "*/files/*"]
#[include = "*/registers/*"]
struct DemoFiles;

/// The demonstration sites, the folder names of `demo/`.
pub const SITES: [&str; 2] = ["songling", "forest-district"];

/// A demonstration site as its files give it.
#[derive(Clone)]
struct Folder {
    name: &'static str,
    profile: Profile,
    organs: Arc<OrganFile>,
    columns: Arc<ColumnFile>,
    records: Arc<Vec<Record>>,
    registers: Registers,
}

/// How much of a site is loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// Organs, columns and records, but no registers: for stories of records.
    #[cfg(test)]
    Records,
}

/// Loads a whole site unless one of its code is there; gives the number of records loaded.
///
/// # Errors
/// When a file of `demo/` is broken: it names the file and the record.
pub async fn load(
    app: &Arc<App>,
    name: &'static str,
    progress: Arc<dyn Fn(u64, u64) + Send + Sync>,
) -> anyhow::Result<usize> {
    load_part(app, name, Part::Whole, progress).await
}

/// Loads a part of a site unless one of its code is there; gives the number of records loaded.
///
/// # Errors
/// As [`load`].
pub async fn load_part(
    app: &Arc<App>,
    name: &'static str,
    part: Part,
    progress: Arc<dyn Fn(u64, u64) + Send + Sync>,
) -> anyhow::Result<usize> {
    let folder = read(name, part)?;
    let code = folder.profile.code.clone();
    if app.db.read(move |tx| site::queries::by_code(tx, &code)).await?.is_some() {
        return Ok(0);
    }
    let nobody = SiteId(String::new());
    let mut cx = app.cx(&nobody, "demo");
    cx.site_id = SiteId(cx.new_id());
    let files = Arc::new(store_files(app, &cx.site_id, &folder)?);
    let n_records = folder.records.len();
    let work = move |tx: &mut Tx<'_>, cx: &Cx| {
        let loading =
            Loading { folder: &folder, files: &files, columns: HashMap::new(), documents: HashMap::new() };
        loading.run(tx, cx, progress.as_ref())
    };
    app.act(cx, work).await?;
    Ok(n_records)
}

fn read(name: &'static str, part: Part) -> anyhow::Result<Folder> {
    let toml = |file: &str| text(&format!("{name}/{file}"));
    let profile: Profile =
        toml::from_str(&toml("site.toml")?).with_context(|| format!("demo/{name}/site.toml"))?;
    let organs = toml::from_str(&toml("organs.toml")?).with_context(|| format!("demo/{name}/organs.toml"))?;
    let columns =
        toml::from_str(&toml("columns.toml")?).with_context(|| format!("demo/{name}/columns.toml"))?;
    let lines = toml("records.jsonl")?;
    let record = |(index, line): (usize, &str)| {
        serde_json::from_str(line).with_context(|| format!("demo/{name}/records.jsonl 第 {} 行", index + 1))
    };
    let records: anyhow::Result<Vec<Record>> = lines.lines().enumerate().map(record).collect();
    Ok(Folder {
        name,
        profile,
        organs: Arc::new(organs),
        columns: Arc::new(columns),
        records: Arc::new(records?),
        registers: if part == Part::Whole { Registers::read(name)? } else { Registers::default() },
    })
}

/// A text file of `demo/`.
pub(super) fn text(path: &str) -> anyhow::Result<String> {
    let file = DemoFiles::get(path).ok_or_else(|| anyhow!("缺少 demo/{path}"))?;
    String::from_utf8(file.data.into_owned()).with_context(|| format!("demo/{path}"))
}

/// A text file of `demo/`; none where there is no such file.
pub(super) fn text_if_any(path: &str) -> anyhow::Result<Option<String>> {
    DemoFiles::get(path).map(|_| text(path)).transpose()
}

/// The code of the site that a folder of `demo/` describes.
///
/// # Errors
/// When its file is missing or broken.
pub fn code_of(name: &str) -> anyhow::Result<String> {
    let path = format!("{name}/site.toml");
    let profile: Profile = toml::from_str(&text(&path)?).with_context(|| format!("demo/{path}"))?;
    Ok(profile.code)
}

fn store_files(app: &App, site_id: &SiteId, folder: &Folder) -> anyhow::Result<HashMap<String, StoredFile>> {
    let mut stored = HashMap::new();
    for attached in folder.records.iter().flat_map(|record| &record.attachments) {
        if stored.contains_key(&attached.file) {
            continue;
        }
        let path = format!("{}/files/{}", folder.name, attached.file);
        let file = DemoFiles::get(&path).ok_or_else(|| anyhow!("缺少 demo/{path}"))?;
        let kept = app.files.store(site_id, &attached.name, &mut Cursor::new(file.data))?;
        stored.insert(attached.file.clone(), kept);
    }
    Ok(stored)
}

struct Loading<'a> {
    folder: &'a Folder,
    files: &'a HashMap<String, StoredFile>,
    columns: HashMap<String, ColumnId>,
    documents: HashMap<String, DocumentId>,
}

/// What happens to a record, in the order of time.
enum Event<'a> {
    Make,
    Correct(&'a LaterEdition),
    Withdraw { reason: &'a str },
}

impl<'a> Loading<'a> {
    fn run(mut self, tx: &mut Tx<'_>, cx: &Cx, progress: &(dyn Fn(u64, u64) + Send + Sync)) -> Result<()> {
        site::actions::create(tx, cx, &self.folder.profile)?;
        for organ in &self.folder.organs.organs {
            organ::actions::create(tx, cx, organ)?;
        }
        let column_ids = column::actions::add_file(tx, cx, &self.folder.columns)?;
        let codes = self.folder.columns.columns.iter().map(|column| column.code.clone());
        self.columns = codes.zip(column_ids).collect();
        let events = self.events(cx);
        let steps = (events.len() + self.folder.registers.steps()) as u64;
        for (done, (at, record, event)) in (1..).zip(&events) {
            let cx = Cx { at: *at, actor: "demo".to_owned(), ..cx.clone() };
            self.happen(tx, &cx, record, event).map_err(|error| named(record, error))?;
            progress(done, steps);
        }
        self.link_all(tx, cx)?;
        for change in &self.folder.organs.changes {
            organ::actions::change(tx, cx, change)?;
        }
        let told = |done: usize| progress((events.len() + done) as u64, steps);
        self.folder.registers.clone().take(tx, cx, &self.documents, &told)
    }

    fn events(&self, cx: &Cx) -> Vec<(i64, &'a Record, Event<'a>)> {
        let moment = |text: &str| instant_of(text).unwrap_or(cx.at);
        let mut events = Vec::new();
        for record in self.folder.records.iter() {
            let first = record.published_at.as_deref().map_or(cx.at, moment);
            events.push((first, record, Event::Make));
            events.extend(
                record
                    .editions
                    .iter()
                    .map(|later| (moment(&later.published_at), record, Event::Correct(later))),
            );
            let back = record.withdrawn.as_ref();
            events.extend(
                back.map(|back| (moment(&back.at), record, Event::Withdraw { reason: &back.reason })),
            );
        }
        events.sort_by_key(|(at, ..)| *at);
        events
    }

    fn happen(&mut self, tx: &mut Tx<'_>, cx: &Cx, record: &Record, event: &Event<'_>) -> Result<()> {
        match event {
            Event::Make => self.make(tx, cx, record),
            Event::Correct(later) => self.correct(tx, cx, record, later),
            Event::Withdraw { reason } => {
                let reason = ChangeReason { code: "other", note: reason };
                publishing::actions::withdraw(tx, cx, self.document(&record.key)?, reason)
            }
        }
    }

    fn make(&mut self, tx: &mut Tx<'_>, cx: &Cx, record: &Record) -> Result<()> {
        let column_id = self.columns.get(&record.column).cloned();
        let new = NewDocument {
            content_type: record.content_type.clone(),
            column_id: column_id.ok_or_else(|| anyhow!("没有栏目 {}", record.column))?,
            content: self.content(record)?,
        };
        let (document_id, edition_id) = document::actions::create(tx, cx, &new)?;
        for attached in &record.attachments {
            let file = self.files.get(&attached.file).ok_or(Error::NotFound)?;
            attachment::actions::attach(tx, cx, &edition_id, &attached.name, file)?;
        }
        self.documents.insert(record.key.clone(), document_id);
        match record.state.as_deref() {
            Some("scheduled") => {
                let at = record.publish_at.as_deref().and_then(instant_of).unwrap_or(i64::MAX / 2);
                publishing::actions::schedule(tx, cx, &edition_id, at)
            }
            // What is not proactive is registered and never published (domain rule 46).
            None if record.disclosure_class == "proactive" => {
                publishing::actions::publish(tx, cx, &edition_id).map(drop)
            }
            _ => Ok(()),
        }
    }

    fn content(&self, record: &Record) -> Result<Content> {
        let organ = self.folder.organs.organs.iter().find(|organ| organ.code == record.organ);
        let body_html = body(record, &record.body);
        Ok(Content {
            title: record.title.clone(),
            document_number: record.document_number.clone(),
            issuing_organ: organ.ok_or_else(|| anyhow!("没有机构 {}", record.organ))?.name.clone(),
            written_on: record.written_on.clone(),
            in_force_on: record.in_force_on.clone(),
            expires_on: record.expires_on.clone(),
            subject_category: record.subject_category.clone(),
            genre: record.genre.clone(),
            disclosure_class: record.disclosure_class.clone(),
            disclosure_reason: record.disclosure_reason.clone(),
            summary: record.summary.clone(),
            keywords: record.keywords.clone(),
            source: record.source.clone(),
            body_text: kit_text::html::to_text(&body_html),
            body_html,
            ..Content::default()
        })
    }

    fn correct(&self, tx: &mut Tx<'_>, cx: &Cx, record: &Record, later: &LaterEdition) -> Result<()> {
        let document_id = self.document(&record.key)?;
        let newest =
            document::queries::newest_edition(tx, &cx.site_id, document_id)?.ok_or(Error::NotFound)?;
        let mut content = newest.content;
        let set = |place: &mut String, value: &Option<String>| {
            if let Some(value) = value {
                place.clone_from(value);
            }
        };
        set(&mut content.title, &later.title);
        set(&mut content.summary, &later.summary);
        if let Some(body) = &later.body {
            content.body_html = self::body(record, body);
            content.body_text = kit_text::html::to_text(&content.body_html);
        }
        content.document_number = later.document_number.clone().or(content.document_number);
        content.written_on = later.written_on.clone().or(content.written_on);
        content.expires_on = later.expires_on.clone().or(content.expires_on);
        let reason = ChangeReason { code: "other", note: &later.change_reason };
        publishing::actions::correct(tx, cx, document_id, &content, reason).map(drop)
    }

    fn link_all(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<()> {
        for record in self.folder.records.iter() {
            let from = self.document(&record.key)?;
            for repealed in &record.repeals {
                let on = record.in_force_on.as_ref().or(record.written_on.as_ref());
                let on = on.cloned().unwrap_or_else(|| cx.today());
                publishing::actions::repeal(tx, cx, from, self.document(repealed)?, &on)
                    .map_err(|error| named(record, error))?;
            }
            for (kind, others) in [("interprets", &record.interprets), ("relates", &record.relates)] {
                for other in others {
                    let link = Link { kind, to: self.document(other)?, effective_on: None };
                    publishing::actions::link(tx, cx, from, link)?;
                }
            }
        }
        Ok(())
    }

    fn document(&self, key: &str) -> Result<&DocumentId> {
        self.documents.get(key).ok_or_else(|| anyhow!("没有记录 {key}").into())
    }
}

/// The body as safe HTML; a picture is named by the attachment it is.
fn body(record: &Record, html: &str) -> String {
    let named = record.attachments.iter().fold(html.to_owned(), |html, attached| {
        let name = percent_encoding::utf8_percent_encode(&attached.name, percent_encoding::NON_ALPHANUMERIC);
        html.replace(&format!("src=\"{}\"", attached.file), &format!("src=\"{name}\""))
    });
    kit_text::html::clean(&named).into_string()
}

fn named(record: &Record, error: Error) -> Error {
    match error {
        Error::Refused(_) => Error::Unexpected(anyhow!("演示记录 {}：{error}", record.key)),
        error => error,
    }
}
