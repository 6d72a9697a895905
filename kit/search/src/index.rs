//! The index on disk: entries in, positions kept, keys out. It is a derivative that may be thrown away
//! at any time; it never holds the only copy of anything. Querying is in [`crate::Query`].

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tantivy::collector::DocSetCollector;
use tantivy::columnar::StrColumn;
use tantivy::indexer::IndexWriterOptions;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, IndexReader, IndexWriter, Searcher, Term};

use crate::cut::Cutter;
use crate::dictionary::Dictionary;
use crate::error::{SearchError, guarded};
use crate::layout::{KEY, Layout, Payload, SEPARATOR, entry_id};
use crate::open::{self, Opened};
use crate::{Applied, Change, Refused, Setup};

/// Memory for new entries before they go to disk: the least the library takes.
const WRITER_BYTES: usize = 15_000_000;
const MAX_GROUP: usize = 200;

/// An open index. Shared between threads by reference; several processes may have the same one open.
pub struct Index {
    pub(crate) engine: tantivy::Index,
    pub(crate) layout: Layout,
    pub(crate) cutter: Arc<Cutter>,
    reader: IndexReader,
    /// Which commit the reader shows, told by its file.
    seen: Mutex<Option<Stamp>>,
    writer: Mutex<Option<IndexWriter>>,
    opened: Opened,
    fresh: Payload,
    meta: PathBuf,
}

/// Tells one commit's `meta.json` from another's without reading it.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Stamp(std::time::SystemTime, u64, u64);

impl Index {
    /// Opens the index in `dir`, creating it where there is none. An index that is damaged or was made by
    /// another version or setup is set aside and begun anew: [`Index::opened`] says so, and every
    /// [`Index::position`] is 0, so the caller feeds it again.
    pub fn open(dir: &Path, setup: &Setup) -> Result<Self, SearchError> {
        let layout = Layout::new(setup);
        let fresh = Payload::new(setup);
        let cutter = Arc::new(Cutter::new(&setup.words));
        let (engine, reader, opened) = open::open(dir, &layout, &fresh, &cutter)?;
        Ok(Self {
            engine,
            layout,
            cutter,
            reader,
            seen: Mutex::new(None),
            writer: Mutex::new(None),
            opened,
            fresh,
            meta: dir.join("meta.json"),
        })
    }

    /// The dictionary by which texts are cut.
    pub fn dictionary(&self) -> Dictionary {
        Dictionary(self.cutter.clone())
    }

    /// How the index was found when it was opened.
    pub fn opened(&self) -> &Opened {
        &self.opened
    }

    /// Applies a batch to one group and remembers `position` in the same commit: after a crash both are
    /// there or neither. A batch of an earlier position than the stored one is left alone, a batch of the
    /// same position is applied again (repairs). Returns [`SearchError::Locked`] at once if another process
    /// writes. The writer is kept for the next batch: call [`Index::rest`] when there is none.
    pub fn apply(&self, group: &str, changes: Vec<Change>, position: u64) -> Result<Applied, SearchError> {
        check_group(group)?;
        self.commit(|index, writer, payload| {
            let mut applied = Applied::default();
            if payload.positions.get(group).is_some_and(|stored| *stored > position) {
                applied.overtaken = true;
                return Ok(applied);
            }
            for change in changes {
                index.write(writer, group, change, &mut applied)?;
            }
            payload.positions.insert(group.to_owned(), position);
            Ok(applied)
        })
    }

    /// Takes everything of a group out and forgets its position.
    pub fn clear_group(&self, group: &str) -> Result<(), SearchError> {
        check_group(group)?;
        self.commit(|index, writer, payload| {
            writer.delete_term(Term::from_field_text(index.layout.group, group));
            payload.positions.remove(group);
            Ok(())
        })
    }

    /// The last position applied to a group, by whichever process; 0 if none.
    pub fn position(&self, group: &str) -> Result<u64, SearchError> {
        Ok(self.payload()?.positions.get(group).copied().unwrap_or(0))
    }

    /// Every key of a group, in no order: for comparing the index with its source.
    pub fn keys(&self, group: &str) -> Result<Vec<String>, SearchError> {
        guarded(|| {
            let searcher = self.searcher()?;
            let term = Term::from_field_text(self.layout.group, group);
            let query = TermQuery::new(term, IndexRecordOption::Basic);
            let addresses = searcher.search(&query, &DocSetCollector)?;
            KeyColumns::new(&searcher).all(addresses)
        })
    }

    /// Finishes merging, gives the writer's memory back and lets other processes write.
    pub fn rest(&self) -> Result<(), SearchError> {
        match self.hold_writer().take() {
            Some(writer) => Ok(writer.wait_merging_threads()?),
            None => Ok(()),
        }
    }

    /// The newest committed state, of whichever process. Looks at one file's stamp and reopens only
    /// after a commit.
    pub(crate) fn searcher(&self) -> Result<Searcher, SearchError> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let stamp = self.stamp()?;
        if *seen != Some(stamp) {
            self.reader.reload()?;
            *seen = Some(stamp);
        }
        Ok(self.reader.searcher())
    }

    fn stamp(&self) -> Result<Stamp, SearchError> {
        use std::os::unix::fs::MetadataExt;
        let meta = std::fs::metadata(&self.meta)?;
        Ok(Stamp(meta.modified()?, meta.ino(), meta.len()))
    }

    fn payload(&self) -> Result<Payload, SearchError> {
        let metas = guarded(|| Ok(self.engine.load_metas()?))?;
        Ok(open::payload(&metas)?.unwrap_or_else(|| self.fresh.clone()))
    }

    fn hold_writer(&self) -> MutexGuard<'_, Option<IndexWriter>> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs `work` and commits. If anything fails the writer is dropped, and with it what was not committed.
    fn commit<T>(
        &self,
        work: impl FnOnce(&Self, &mut IndexWriter, &mut Payload) -> Result<T, SearchError>,
    ) -> Result<T, SearchError> {
        let mut held = self.hold_writer();
        let mut writer = match held.take() {
            Some(writer) => writer,
            None => self.engine.writer_with_options(writer_options())?,
        };
        // Read only now: while we hold the writer's lock nobody else can commit.
        let mut payload = self.payload()?;
        let result = guarded(|| {
            let result = work(self, &mut writer, &mut payload)?;
            let text = serde_json::to_string(&payload).expect("a map of numbers has a text form");
            let mut prepared = writer.prepare_commit()?;
            prepared.set_payload(&text);
            prepared.commit()?;
            Ok(result)
        });
        if result.is_ok() {
            *held = Some(writer);
        }
        result
    }

    fn write(
        &self,
        writer: &mut IndexWriter,
        group: &str,
        change: Change,
        applied: &mut Applied,
    ) -> Result<(), SearchError> {
        let id = |key: &str| Term::from_field_text(self.layout.id, &entry_id(group, key));
        match change {
            Change::Remove { key } => {
                writer.delete_term(id(&key));
                applied.n_removed += 1;
            }
            Change::Put(entry) => {
                if let Some(reason) = entry.fault(&self.layout.facets) {
                    applied.refused.push(Refused { key: entry.key, reason });
                    return Ok(());
                }
                writer.delete_term(id(&entry.key));
                writer.add_document(self.layout.document(group, &entry))?;
                applied.n_put += 1;
            }
        }
        Ok(())
    }
}

/// One thread that cuts, one that merges: the machine has other work.
pub(crate) fn writer_options() -> IndexWriterOptions {
    IndexWriterOptions::builder()
        .memory_budget_per_thread(WRITER_BYTES)
        .num_worker_threads(1)
        .num_merge_threads(1)
        .build()
}

pub(crate) fn check_group(group: &str) -> Result<(), SearchError> {
    let bad = group.is_empty() || group.len() > MAX_GROUP || group.contains(SEPARATOR);
    if bad { Err(SearchError::BadGroup(group.to_owned())) } else { Ok(()) }
}

/// Reads keys of hits, opening each segment's column once.
pub(crate) struct KeyColumns<'a> {
    searcher: &'a Searcher,
    columns: Vec<Option<StrColumn>>,
}

impl<'a> KeyColumns<'a> {
    pub(crate) fn new(searcher: &'a Searcher) -> Self {
        Self { searcher, columns: vec![None; searcher.segment_readers().len()] }
    }

    pub(crate) fn key(&mut self, address: DocAddress) -> Result<String, SearchError> {
        let column = self.column(address.segment_ord)?;
        let ord = column.ords().first(address.doc_id).ok_or_else(no_key)?;
        let mut key = String::new();
        column.ord_to_str(ord, &mut key)?;
        Ok(key)
    }

    /// Many keys, in no order: one pass over each segment's dictionary.
    fn all(mut self, addresses: impl IntoIterator<Item = DocAddress>) -> Result<Vec<String>, SearchError> {
        let mut ords = vec![Vec::new(); self.columns.len()];
        for address in addresses {
            let column = self.column(address.segment_ord)?;
            let ord = column.ords().first(address.doc_id).ok_or_else(no_key)?;
            ords[address.segment_ord as usize].push(ord);
        }
        let mut keys = Vec::new();
        for (segment, mut ords) in (0..).zip(ords) {
            if ords.is_empty() {
                continue;
            }
            ords.sort_unstable();
            self.column(segment)?.dictionary().sorted_ords_to_term_cb(&ords, |bytes| {
                keys.push(String::from_utf8_lossy(bytes).into_owned());
            })?;
        }
        Ok(keys)
    }

    fn column(&mut self, segment: u32) -> Result<&StrColumn, SearchError> {
        let slot = &mut self.columns[segment as usize];
        if slot.is_none() {
            *slot = self.searcher.segment_reader(segment).fast_fields().str(KEY)?;
        }
        slot.as_ref().ok_or_else(no_key)
    }
}

fn no_key() -> SearchError {
    SearchError::Damaged("an entry without a key".to_owned())
}
