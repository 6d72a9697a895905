//! A file through the readers into the database: one thread reads and parses, the database's writer takes in batches.
//!
//! A batch is one unit of work. When something unexpected happens in it, its records are taken in one by one, so that
//! one bad record takes no other with it. Killed at any point, the next run finds what is there and goes on.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use kit_text::lines::{Limits, Line, LineReader};
use tokio::sync::mpsc;

use super::{
    Failure, Finding, Incoming, actions,
    pages::Reader,
    summary::{Summary, Taken},
};
use crate::{
    app::{App, task_failed},
    column,
    cx::Cx,
    error::{Error, Refusal, Result},
    id::ColumnId,
    site::Site,
};

/// Records of one unit of work, and bytes after which a unit is full before that.
const BATCH: usize = 50;
const BATCH_BYTES: usize = 4 << 20;
/// Batches read ahead of the writer.
const AHEAD: usize = 3;

/// What became of a line.
pub enum Parsed {
    /// A record.
    Record(Box<Incoming>),
    /// Cannot be used; the rest goes on.
    Failed(Failure),
    /// No record.
    Skipped(Failure),
    /// Nothing further can be used.
    Stop(Failure),
}

/// How a line is read.
pub type ReadLine = fn(&Reader, &Line) -> Parsed;

/// What was asked for.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Make live what is sure.
    pub publish: bool,
    /// Code of the column for everything; else each goes where its content type belongs.
    pub column: Option<String>,
    /// Login of whoever brings it; none for the command.
    pub actor: Option<String>,
}

/// What an import came to.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The counts.
    pub summary: Summary,
    /// The archive broke or nothing could be read.
    pub broken: bool,
    /// It was told to stop; the rest of the file was not looked at.
    pub stopped: bool,
}

struct Batch {
    parsed: Vec<Parsed>,
    /// Bytes of the file read so far, and all.
    at: (u64, u64),
}

/// Imports a file of lines. `progress` hears bytes read and bytes in all, and says whether to go on.
///
/// # Errors
/// Refused when the file cannot be opened or the column does not exist.
pub async fn run(
    app: &Arc<App>,
    site: &Site,
    file: (&Path, ReadLine),
    options: &Options,
    progress: impl Fn(u64, u64) -> bool,
) -> Result<Outcome> {
    let columns = Columns::load(app, site, options).await?;
    let (path, read_line) = file;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let reader = Reader::new(app.reference, &name);
    let lines = LineReader::open(path, Limits::default()).map_err(unreadable)?;
    let (sender, mut batches) = mpsc::channel(AHEAD);
    let reading = tokio::task::spawn_blocking(move || read_all(lines, &reader, read_line, &sender));
    let mut writer = Writer { app, site, columns, options, outcome: Outcome::default() };
    while let Some(Batch { parsed, at }) = batches.recv().await {
        writer.take(parsed).await?;
        if !progress(at.0, at.1) {
            writer.outcome.stopped = true;
            break;
        }
    }
    // The reader ends when it finds nobody who takes its next batch.
    drop(batches);
    reading.await.map_err(|error| task_failed(&error))?;
    Ok(writer.outcome)
}

/// Takes in one record that was read already.
///
/// # Errors
/// The column does not exist.
pub async fn run_one(app: &Arc<App>, site: &Site, incoming: Incoming, options: &Options) -> Result<Outcome> {
    let columns = Columns::load(app, site, options).await?;
    let mut writer = Writer { app, site, columns, options, outcome: Outcome::default() };
    writer.take(vec![Parsed::Record(Box::new(incoming))]).await?;
    Ok(writer.outcome)
}

fn read_all(mut lines: LineReader, reader: &Reader, read_line: ReadLine, sender: &mpsc::Sender<Batch>) {
    let mut seen = Seen::default();
    let (mut parsed, mut bytes) = (Vec::new(), 0);
    while let Some(line) = lines.next() {
        let mut item = match &line {
            Ok(line) if line.text.trim().is_empty() => continue,
            Ok(line) => read_line(reader, line),
            Err(error) if error.is_final() => {
                Parsed::Stop(Failure::new("broken_file", &reader.file, error.to_string()))
            }
            Err(error) => Parsed::Failed(Failure::new("broken_line", &reader.file, error.to_string())),
        };
        if let Parsed::Record(incoming) = &mut item {
            seen.tell_apart(incoming);
        }
        bytes += line.as_ref().map_or(0, |line| line.text.len());
        let stop = matches!(item, Parsed::Stop(_));
        parsed.push(item);
        if parsed.len() >= BATCH || bytes >= BATCH_BYTES {
            let batch =
                Batch { parsed: std::mem::take(&mut parsed), at: (lines.bytes_read(), lines.total_bytes()) };
            bytes = 0;
            if sender.blocking_send(batch).is_err() {
                return;
            }
        }
        if stop {
            break;
        }
    }
    // The writer that went away has its own error.
    let _ = sender.blocking_send(Batch { parsed, at: (lines.total_bytes(), lines.total_bytes()) });
}

/// Addresses met in this file, with the contents met under each.
#[derive(Default)]
struct Seen(HashMap<String, Vec<String>>);

impl Seen {
    /// A second record under an address of the same file gets a name of its own, the same in every run, so that neither
    /// takes the other's place.
    fn tell_apart(&mut self, incoming: &mut Incoming) {
        let hashes = self.0.entry(incoming.address.clone()).or_default();
        let known = hashes.iter().position(|hash| *hash == incoming.content_hash);
        let n = known.unwrap_or_else(|| {
            hashes.push(incoming.content_hash.clone());
            hashes.len() - 1
        });
        if n == 0 {
            return;
        }
        let sentence = format!("同一文件中有 {} 条记录使用同一地址，内容不同。", n + 1);
        let finding = Finding::new("repeated_address", sentence);
        let list = if incoming.repeats_are_expected { &mut incoming.remarks } else { &mut incoming.reasons };
        list.push(finding);
        incoming.address = format!("{}#{}", incoming.address, n + 1);
    }
}

/// Where records go, by their content type.
struct Columns {
    fixed: Option<ColumnId>,
    by_type: HashMap<String, ColumnId>,
}

impl Columns {
    async fn load(app: &Arc<App>, site: &Site, options: &Options) -> Result<Columns> {
        let site_id = site.id.clone();
        let all = app.db.read(move |tx| column::queries::all(tx, &site_id)).await?;
        let fixed = match &options.column {
            None => None,
            Some(code) => {
                let found = all.iter().find(|column| column.code == *code);
                let unknown = || Refusal::Unknown { what: "栏目", code: code.clone() };
                Some(found.ok_or_else(unknown)?.id.clone())
            }
        };
        let mut by_type = HashMap::new();
        // A column that names a type first is its home; one that names it later only takes it too.
        for place in 0..all.iter().map(|column| column.content_types.len()).max().unwrap_or_default() {
            for column in &all {
                if let Some(code) = column.content_types.get(place) {
                    by_type.entry(code.clone()).or_insert_with(|| column.id.clone());
                }
            }
        }
        Ok(Columns { fixed, by_type })
    }

    fn of(&self, content_type: &str) -> Option<&ColumnId> {
        self.fixed.as_ref().or_else(|| self.by_type.get(content_type))
    }
}

struct Writer<'a> {
    app: &'a Arc<App>,
    site: &'a Site,
    columns: Columns,
    options: &'a Options,
    outcome: Outcome,
}

/// A record with the column it goes to.
type Placed = (Box<Incoming>, ColumnId);

impl Writer<'_> {
    async fn take(&mut self, parsed: Vec<Parsed>) -> Result<()> {
        let mut placed = Vec::with_capacity(parsed.len());
        let mut stopped = false;
        for item in parsed {
            match item {
                Parsed::Record(incoming) => match self.columns.of(&incoming.content_type).cloned() {
                    Some(column_id) => placed.push((incoming, column_id)),
                    None => self.outcome.summary.fail(no_column(self.app, &incoming)),
                },
                Parsed::Failed(failure) => self.outcome.summary.fail(failure),
                Parsed::Skipped(failure) => self.outcome.summary.skip(failure),
                Parsed::Stop(failure) => {
                    stopped = true;
                    self.outcome.summary.note(failure);
                }
            }
        }
        self.outcome.broken |= stopped;
        if placed.is_empty() { Ok(()) } else { self.write(Arc::new(placed)).await }
    }

    async fn write(&mut self, placed: Arc<Vec<Placed>>) -> Result<()> {
        if let Ok(all) = self.unit(placed.clone(), 0..placed.len()).await {
            all.iter().for_each(|taken| self.outcome.summary.count(taken));
            return Ok(());
        }
        for at in 0..placed.len() {
            match self.unit(placed.clone(), at..at + 1).await {
                Ok(taken) => taken.iter().for_each(|taken| self.outcome.summary.count(taken)),
                Err(error) => {
                    let code = if matches!(error, Error::Refused(_)) { "refused" } else { "unexpected" };
                    self.outcome.summary.fail(Failure::new(code, &placed[at].0.place, error.to_string()));
                }
            }
        }
        Ok(())
    }

    async fn unit(&self, placed: Arc<Vec<Placed>>, range: std::ops::Range<usize>) -> Result<Vec<Taken>> {
        let publish = self.options.publish;
        let actor = self.options.actor.as_deref().unwrap_or("import");
        let work = move |tx: &mut kit_db::Tx<'_>, cx: &Cx| {
            let one = |(incoming, column_id): &Placed| actions::take_in(tx, cx, incoming, column_id, publish);
            placed[range.clone()].iter().map(one).collect()
        };
        self.app.act(self.app.cx(&self.site.id, actor), work).await
    }
}

fn no_column(app: &App, incoming: &Incoming) -> Failure {
    let kind = app.reference.content_type(&incoming.content_type);
    let name = kind.map_or(incoming.content_type.as_str(), |kind| kind.name.as_str());
    let sentence =
        format!("没有收“{name}”的栏目。请先增加这样的栏目，或在导入时指定放入哪个栏目（命令行为 --column）");
    Failure::new("no_column", &incoming.place, sentence)
}

/// A file that cannot be opened, with the reader's own sentence.
pub fn unreadable(error: kit_text::lines::ReadError) -> Error {
    Refusal::Invalid(error.to_string()).into()
}

/// The name of a file, for messages.
pub fn file_name(path: &PathBuf) -> String {
    Path::new(path).file_name().unwrap_or_default().to_string_lossy().into_owned()
}
