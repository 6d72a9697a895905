//! Records that `export records` wrote, brought back with their numbers, states, versions, files and links.
//!
//! A record that is there already is compared, never overwritten. HTML is cleaned again: a file may have been edited on
//! the way. Links come last, when both ends are there.

use std::{
    collections::HashMap,
    io::{Cursor, Read},
    path::Path,
    sync::Arc,
};

use base64::{Engine, engine::general_purpose::STANDARD};
use kit_db::Tx;
use kit_text::lines::{Limits, LineReader};

use super::{
    AttachedFile, ColumnStep, LinkTo, OtherEdition, Record, Restore, Times,
    records::{Exporter, FilesTo},
};
use crate::{
    app::App,
    attachment::{self, StoredFile},
    column::{self, NewColumn},
    cx::Cx,
    document::{self, Content, NewDocument},
    error::{Error, Refusal, Result},
    id::{ColumnId, DocumentId},
    import::{
        self, Failure, hash_of,
        pipeline::{Outcome, file_name, unreadable},
        queries::SourceRow,
        summary::Taken,
    },
    publishing::{
        actions::Link,
        restore::{EditionStanding, Standing},
    },
    site::Site,
};

/// Records of one unit of work.
const BATCH: usize = 50;
const BATCH_BYTES: usize = 8 << 20;

/// Where the lines and the files are.
#[derive(Clone, Copy)]
pub struct Places<'a> {
    /// The lines.
    pub file: &'a Path,
    /// A folder of files named by their hash.
    pub files: Option<&'a Path>,
}

/// A record ready to be written.
struct Ready {
    place: String,
    record: Record,
    restore: Restore,
    column_id: ColumnId,
    files: HashMap<String, StoredFile>,
}

/// What is done when all records are there.
struct Later {
    place: String,
    id: String,
    links: Vec<LinkTo>,
    /// Hash of the line for a record that was there before.
    before: Option<String>,
}

/// Imports the records. `progress` hears bytes read and bytes in all, and says whether to go on; links are made by a run
/// that comes to the end.
///
/// # Errors
/// Refused when the file cannot be opened; unexpected when the database fails.
pub async fn run(
    app: &Arc<App>,
    site: &Site,
    places: Places<'_>,
    progress: impl Fn(u64, u64) -> bool,
) -> Result<Outcome> {
    let mut lines = LineReader::open(places.file, Limits::default()).map_err(unreadable)?;
    let name = file_name(&places.file.to_path_buf());
    let mut import = BringingBack {
        app,
        site,
        places,
        columns: HashMap::new(),
        later: Vec::new(),
        outcome: Outcome::default(),
    };
    let (mut batch, mut bytes) = (Vec::new(), 0);
    while let Some(line) = lines.next() {
        let line = match line {
            Ok(line) if line.text.trim().is_empty() => continue,
            Ok(line) => line,
            Err(error) => {
                import.broken_line(&name, &error);
                continue;
            }
        };
        bytes += line.text.len();
        match import.prepare(&line.text, format!("{name} 第 {} 行", line.number)).await? {
            Ok(Some(ready)) => batch.push(ready),
            Ok(None) => {}
            Err(failure) => import.outcome.summary.fail(failure),
        }
        if batch.len() >= BATCH || bytes >= BATCH_BYTES {
            import.write(Arc::new(std::mem::take(&mut batch))).await?;
            bytes = 0;
            if !progress(lines.bytes_read(), lines.total_bytes()) {
                import.outcome.stopped = true;
                return Ok(import.outcome);
            }
        }
    }
    import.write(Arc::new(batch)).await?;
    import.finish().await?;
    Ok(import.outcome)
}

struct BringingBack<'a> {
    app: &'a Arc<App>,
    site: &'a Site,
    places: Places<'a>,
    columns: HashMap<String, ColumnId>,
    later: Vec<Later>,
    outcome: Outcome,
}

impl BringingBack<'_> {
    fn broken_line(&mut self, name: &str, error: &kit_text::lines::LineError) {
        if error.is_final() {
            self.outcome.broken = true;
            self.outcome.summary.note(Failure::new("broken_file", name, error.to_string()));
        } else {
            self.outcome.summary.fail(Failure::new("broken_line", name, error.to_string()));
        }
    }

    fn cx(&self) -> Cx {
        self.app.cx(&self.site.id, "import")
    }

    /// A record that is not there yet with its files stored; none for one that is.
    async fn prepare(&mut self, text: &str, place: String) -> Result<Result<Option<Ready>, Failure>> {
        let mut record: Record = match serde_json::from_str(text) {
            Ok(record) => record,
            Err(error) => return Ok(Err(broken_record(&place, &error))),
        };
        let Some(mut restore) = record.restore.take() else {
            let sentence = "缺少字段 restore，不是由 export records 导出的记录。请重新导出后导入";
            return Ok(Err(Failure::new("field_missing", &place, sentence)));
        };
        let id = DocumentId(restore.id.clone());
        let site_id = self.site.id.clone();
        let known = self.app.db.read(move |tx| document::queries::by_id(tx, &site_id, &id)).await?.is_some();
        let links = std::mem::take(&mut restore.links);
        let files = if known { Ok(HashMap::new()) } else { self.store(&restore, &place) };
        let files = match files {
            Ok(files) => files,
            Err(failure) => return Ok(Err(failure)),
        };
        drop_contents(&mut restore);
        restore.links.clone_from(&links);
        let before = known.then(|| line_hash(&record, &restore)).transpose()?;
        restore.links.clear();
        self.later.push(Later { place: place.clone(), id: restore.id.clone(), links, before });
        if known {
            return Ok(Ok(None));
        }
        let column_id = self.column(&restore.column_path).await?;
        let Some(column_id) = column_id else {
            let sentence = "字段 restore.column_path 为空，不知道放入哪个栏目。请重新导出后导入";
            return Ok(Err(Failure::new("field_missing", &place, sentence)));
        };
        Ok(Ok(Some(Ready { place, record, restore, column_id, files })))
    }

    /// Puts the record's files into the store and checks that they are what the line says.
    fn store(&self, restore: &Restore, place: &str) -> Result<HashMap<String, StoredFile>, Failure> {
        let others = restore.editions.iter().flat_map(|edition| &edition.attachments);
        let mut stored = HashMap::new();
        for file in restore.attachments.iter().chain(others) {
            if stored.contains_key(&file.sha256) {
                continue;
            }
            let kept = self.store_one(file).map_err(|sentence| {
                Failure::new("attachment", place, format!("附件“{}”{sentence}", file.name))
            })?;
            stored.insert(file.sha256.clone(), kept);
        }
        Ok(stored)
    }

    fn store_one(&self, file: &AttachedFile) -> Result<StoredFile, String> {
        let mut input: Box<dyn Read> = match (&file.content, self.places.files) {
            (Some(content), _) => {
                let bytes =
                    STANDARD.decode(content).map_err(|_| "的内容不是有效的 Base64。请重新导出".to_owned())?;
                Box::new(Cursor::new(bytes))
            }
            (None, Some(folder)) => {
                let plain =
                    file.sha256.len() == 64 && file.sha256.bytes().all(|byte| byte.is_ascii_hexdigit());
                let path = folder.join(if plain { file.sha256.as_str() } else { "-" });
                Box::new(
                    std::fs::File::open(&path)
                        .map_err(|error| format!("读不到（{}：{error}）。请补齐附件目录", path.display()))?,
                )
            }
            (None, None) => return Err("没有随行内容。请加 --files 指定导出时的附件目录".to_owned()),
        };
        let kept = self
            .app
            .files
            .store(&self.site.id, &file.name, &mut input)
            .map_err(|error| format!("：{error}"))?;
        if kept.sha256 != file.sha256 || kept.size != file.size {
            return Err("与记录的摘要不符，可能已损坏。请重新导出".to_owned());
        }
        Ok(kept)
    }

    /// The column at the end of a path; the missing ones on the way are made.
    async fn column(&mut self, path: &[ColumnStep]) -> Result<Option<ColumnId>> {
        let Some(last) = path.last() else { return Ok(None) };
        if let Some(id) = self.columns.get(&last.code) {
            return Ok(Some(id.clone()));
        }
        let steps = path.to_vec();
        let work = move |tx: &mut Tx<'_>, cx: &Cx| make_columns(tx, cx, &steps);
        let id = self.app.act(self.cx(), work).await?;
        if let Some(id) = &id {
            self.columns.insert(last.code.clone(), id.clone());
        }
        Ok(id)
    }

    async fn write(&mut self, batch: Arc<Vec<Ready>>) -> Result<()> {
        if batch.is_empty() {
            return Ok(());
        }
        if self.unit(batch.clone(), 0..batch.len()).await.is_ok() {
            batch.iter().for_each(|ready| self.count(ready));
            return Ok(());
        }
        for at in 0..batch.len() {
            match self.unit(batch.clone(), at..at + 1).await {
                Ok(()) => self.count(&batch[at]),
                Err(error) => {
                    let code = if matches!(error, Error::Refused(_)) { "refused" } else { "unexpected" };
                    self.outcome.summary.fail(Failure::new(code, &batch[at].place, error.to_string()));
                    self.later.retain(|later| later.id != batch[at].restore.id);
                }
            }
        }
        Ok(())
    }

    fn count(&mut self, ready: &Ready) {
        let reasons = ready.record.review_reasons.clone();
        let published = ready.record.state == "live";
        self.outcome.summary.count(&Taken { published, reasons, ..Taken::default() });
    }

    async fn unit(&self, batch: Arc<Vec<Ready>>, range: std::ops::Range<usize>) -> Result<()> {
        let work = move |tx: &mut Tx<'_>, cx: &Cx| {
            batch[range.clone()].iter().try_for_each(|ready| bring_back(tx, cx, ready))
        };
        self.app.act(self.cx(), work).await
    }

    /// Links, then the comparison of what was there before.
    async fn finish(&mut self) -> Result<()> {
        for later in std::mem::take(&mut self.later) {
            if !later.links.is_empty() {
                self.link(&later).await?;
            }
            if let Some(before) = &later.before {
                let same = self.hash_now(&later.id).await?.as_ref() == Some(before);
                if same {
                    self.outcome.summary.count(&Taken { unchanged: true, ..Taken::default() });
                } else {
                    let sentence = "本站已有这条记录，内容与文件中的不同，未改动。请导入空站点，或在本站修改";
                    self.outcome.summary.fail(Failure::new("record_differs", &later.place, sentence));
                }
            }
        }
        Ok(())
    }

    async fn link(&mut self, later: &Later) -> Result<()> {
        let (id, links) = (DocumentId(later.id.clone()), later.links.clone());
        let work = move |tx: &mut Tx<'_>, cx: &Cx| link_all(tx, cx, &id, &links);
        for missing in self.app.act(self.cx(), work).await? {
            let sentence = format!("所关联的记录 {missing} 不在本站，关联未建立。请连同该记录一起导入");
            self.outcome.summary.note(Failure::new("link_target_missing", &later.place, sentence));
        }
        Ok(())
    }

    async fn hash_now(&self, id: &str) -> Result<Option<String>> {
        let (site_id, files, id) = (self.site.id.clone(), self.app.files.clone(), id.to_owned());
        let record = self
            .app
            .db
            .read(move |tx| Exporter::new(tx, &site_id, files, FilesTo::Nowhere)?.one(tx, &id))
            .await?;
        record
            .and_then(|mut record| record.restore.take().map(|restore| line_hash(&record, &restore)))
            .transpose()
    }
}

fn broken_record(place: &str, error: &serde_json::Error) -> Failure {
    if error.is_data() {
        let sentence = format!("字段不对（{error}）。请重新导出，或改正该字段后导入");
        return Failure::new("field_type", place, sentence);
    }
    let sentence = format!("这一行不是完整的 JSON（第 {} 个字符附近）。请重新导出后导入", error.column());
    Failure::new("broken_line", place, sentence)
}

fn line_hash(record: &Record, restore: &Restore) -> Result<String> {
    Ok(hash_of(&[&serde_json::to_string(record)?, &serde_json::to_string(restore)?]))
}

/// The bytes are in the store now.
fn drop_contents(restore: &mut Restore) {
    let others = restore.editions.iter_mut().flat_map(|edition| &mut edition.attachments);
    restore.attachments.iter_mut().chain(others).for_each(|file| file.content = None);
}

fn make_columns(tx: &mut Tx<'_>, cx: &Cx, path: &[ColumnStep]) -> Result<Option<ColumnId>> {
    let mut above: Option<(String, ColumnId)> = None;
    for step in path {
        let id = match column::queries::by_code(tx, &cx.site_id, &step.code)? {
            Some(column) => column.id,
            None if cx.reference.standard_columns.contains(&step.code) => make_standard(tx, cx, &step.code)?,
            None => {
                let parent = above.as_ref().map(|(code, _)| code.clone());
                let new = new_column(&step.code, &step.name, &step.column_type, parent);
                column::actions::create(tx, cx, &new)?
            }
        };
        above = Some((step.code.clone(), id));
    }
    Ok(above.map(|(_, id)| id))
}

/// A standard column the site lacks, under the standard ones above it.
fn make_standard(tx: &mut Tx<'_>, cx: &Cx, code: &str) -> Result<ColumnId> {
    let unknown = || Refusal::Unknown { what: "栏目", code: code.to_owned() };
    let standard = cx.reference.standard_columns.get(code).ok_or_else(unknown)?;
    if let Some(parent) = &standard.parent
        && column::queries::by_code(tx, &cx.site_id, parent)?.is_none()
    {
        make_standard(tx, cx, parent)?;
    }
    let mut new = new_column(code, &standard.name, &standard.column_type, standard.parent.clone());
    new.content_types.clone_from(&standard.content_types);
    new.statutory_items.clone_from(&standard.statutory_items);
    new.key_area.clone_from(&standard.key_area);
    column::actions::create(tx, cx, &new)
}

fn new_column(code: &str, name: &str, column_type: &str, parent: Option<String>) -> NewColumn {
    NewColumn {
        code: code.to_owned(),
        name: name.to_owned(),
        parent,
        column_type: column_type.to_owned(),
        owner: None,
        update_interval_days: None,
        description: String::new(),
        keywords: Vec::new(),
        key_area: None,
        statutory_items: Vec::new(),
        content_types: Vec::new(),
        sort: 1_000,
    }
}

fn bring_back(tx: &mut Tx<'_>, cx: &Cx, ready: &Ready) -> Result<()> {
    let (record, restore) = (&ready.record, &ready.restore);
    let id = DocumentId(restore.id.clone());
    let new = NewDocument {
        content_type: restore.content_type.clone(),
        column_id: ready.column_id.clone(),
        content: Content::default(),
    };
    let mut all: Vec<OtherEdition> = restore.editions.clone();
    all.push(OtherEdition {
        times: restore.edition.times.clone(),
        content: shown_content(record, restore),
        attachments: restore.attachments.clone(),
    });
    all.sort_by_key(|edition| edition.times.number);
    let contents: Vec<(i64, Content)> =
        all.iter().map(|edition| (edition.times.number, safe(edition.content.clone()))).collect();
    let edition_ids = document::actions::restore(tx, cx, &id, &new, &contents)?;
    for (edition_id, edition) in edition_ids.iter().zip(&all) {
        for file in &edition.attachments {
            let stored = ready.files.get(&file.sha256).ok_or(Error::NotFound)?;
            attachment::actions::attach(tx, cx, edition_id, &file.name, stored)?;
        }
    }
    let standings = all.iter().map(|edition| edition_standing(&edition.times));
    let editions: Vec<_> = edition_ids.into_iter().zip(standings).collect();
    crate::publishing::restore::restore(
        tx,
        cx,
        (&id, &ready.column_id),
        &standing(record, restore),
        &editions,
    )?;
    put_source(tx, cx, &id, record, restore)
}

/// Markup of our own makes survives cleaning as it is; anything else in it does not.
fn safe(mut content: Content) -> Content {
    content.body_html = kit_text::html::clean(&content.body_html).into_string();
    content
}

fn shown_content(record: &Record, restore: &Restore) -> Content {
    let tail = &restore.edition;
    Content {
        title: record.title.clone(),
        printed_index_number: tail.printed_index_number.clone(),
        document_number: record.document_number.clone(),
        issuing_organ: record.issuing_organ.clone(),
        issuing_organ_id: None,
        written_on: record.written_on.clone(),
        published_on: tail.published_on.clone(),
        in_force_on: tail.in_force_on.clone(),
        expires_on: tail.expires_on.clone(),
        declared_validity: tail.declared_validity.clone(),
        subject_category: record.subject_category.clone(),
        genre: tail.genre.clone(),
        disclosure_class: tail.disclosure_class.clone(),
        disclosure_reason: tail.disclosure_reason.clone(),
        summary: record.summary.clone(),
        keywords: record.keywords.clone(),
        source: tail.source.clone(),
        body_html: tail.body_html.clone(),
        body_text: record.body.clone(),
    }
}

fn standing(record: &Record, restore: &Restore) -> Standing {
    let back = restore.withdrawn.as_ref();
    Standing {
        // A document whose first edition waits for its hour is a draft itself.
        state: if record.state == "scheduled" { "draft".to_owned() } else { record.state.clone() },
        index_number: restore.index_number.clone(),
        public_number: restore.public_number,
        first_published_at: restore.first_published_at,
        listed_on: restore.listed_on.clone(),
        validity: restore.validity.clone(),
        validity_changes_on: restore.validity_changes_on.clone(),
        repealed_on: restore.repealed_on.clone(),
        withdrawn: back.map(|back| (back.at, back.reason.clone(), back.note.clone())),
        created_at: restore.created_at,
    }
}

fn edition_standing(times: &Times) -> EditionStanding {
    EditionStanding {
        state: times.state.clone(),
        change_reason: times.change_reason.clone(),
        change_note: times.change_note.clone(),
        publish_at: times.publish_at,
        live_at: times.live_at,
        ended_at: times.ended_at,
        created_at: times.created_at,
        created_by: times.created_by.clone(),
    }
}

fn put_source(tx: &mut Tx<'_>, cx: &Cx, id: &DocumentId, record: &Record, restore: &Restore) -> Result<()> {
    let (Some(address), Some(tail)) = (&record.source_url, &restore.import) else { return Ok(()) };
    let row = SourceRow {
        origin: tail.origin.clone(),
        content_hash: tail.content_hash.clone(),
        printed: serde_json::to_string(&record.printed)?,
        review_state: tail.review_state.clone(),
        reasons: serde_json::to_string(&record.review_reasons)?,
        remarks: serde_json::to_string(&tail.remarks)?,
        imported_at: tail.imported_at,
    };
    import::actions::restore_source(tx, cx, address, id, &row)
}

/// Makes the links that are missing; gives the ids of targets that are not there.
fn link_all(tx: &mut Tx<'_>, cx: &Cx, id: &DocumentId, links: &[LinkTo]) -> Result<Vec<String>> {
    let known = super::queries::links(tx, &cx.site_id, id)?;
    let mut missing = Vec::new();
    for link in links.iter().filter(|link| !known.contains(link)) {
        let to = DocumentId(link.to.clone());
        if document::queries::by_id(tx, &cx.site_id, &to)?.is_none() {
            missing.push(link.to.clone());
            continue;
        }
        let link = Link { kind: &link.kind, to: &to, effective_on: link.effective_on.as_deref() };
        crate::publishing::actions::link(tx, cx, id, link)?;
    }
    Ok(missing)
}
