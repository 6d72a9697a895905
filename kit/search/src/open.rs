//! Opens an index folder, or sets it aside and begins anew. It never tries to mend a damaged index:
//! what is derived is made again.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::directory::{Directory, INDEX_WRITER_LOCK, MmapDirectory};
use tantivy::{IndexMeta, IndexReader, ReloadPolicy};

use crate::cut::Cutter;
use crate::error::{SearchError, guarded};
use crate::layout::{Layout, Payload, register};

/// How an index was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opened {
    /// There was none; it is empty.
    Created,
    /// It was there and fits.
    Found,
    /// It was there but could not be used; it is empty now.
    Emptied {
        /// What was wrong with it.
        reason: String,
        /// Where the old files are (one old copy is kept).
        aside: PathBuf,
    },
}

type Engine = (tantivy::Index, IndexReader);

pub(crate) fn open(
    dir: &Path,
    layout: &Layout,
    fresh: &Payload,
    cutter: &Arc<Cutter>,
) -> Result<(tantivy::Index, IndexReader, Opened), SearchError> {
    std::fs::create_dir_all(dir)?;
    let mut opened = Opened::Found;
    if !dir.join("meta.json").exists() {
        opened = Opened::Created;
        create(dir, layout)?;
    }
    let reason = match guarded(|| existing(dir, layout, fresh, cutter)) {
        Ok((engine, reader)) => return Ok((engine, reader, opened)),
        Err(SearchError::Folder(error)) => return Err(error.into()),
        Err(error) => error.to_string(),
    };
    let aside = set_aside(dir)?;
    create(dir, layout)?;
    let (engine, reader) = existing(dir, layout, fresh, cutter)?;
    Ok((engine, reader, Opened::Emptied { reason, aside }))
}

fn create(dir: &Path, layout: &Layout) -> Result<(), SearchError> {
    match tantivy::Index::create_in_dir(dir, layout.schema.clone()) {
        // Another process was quicker: its index is opened like any other.
        Ok(_) | Err(tantivy::TantivyError::IndexAlreadyExists) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Opens and checks; every error here means "begin anew".
fn existing(
    dir: &Path,
    layout: &Layout,
    fresh: &Payload,
    cutter: &Arc<Cutter>,
) -> Result<Engine, SearchError> {
    let engine = tantivy::Index::open(MmapDirectory::open(dir).map_err(tantivy::TantivyError::from)?)?;
    if engine.schema() != layout.schema {
        return Err(SearchError::Damaged("made with other fields".to_owned()));
    }
    let stored = payload(&engine.load_metas()?)?;
    if stored.is_some_and(|stored| !stored.fits(fresh)) {
        return Err(SearchError::Damaged("made by another version or with other words".to_owned()));
    }
    register(&engine, cutter);
    let reader = engine
        .reader_builder()
        .reload_policy(ReloadPolicy::Manual)
        .doc_store_cache_num_blocks(0)
        .try_into()?;
    Ok((engine, reader))
}

/// What the last commit said beside its segments; nothing before the first commit.
pub(crate) fn payload(metas: &IndexMeta) -> Result<Option<Payload>, SearchError> {
    let Some(text) = &metas.payload else {
        return Ok(None);
    };
    serde_json::from_str(text)
        .map(Some)
        .map_err(|error| SearchError::Damaged(format!("note of the last commit: {error}")))
}

/// Moves the folder away, unless somebody is writing in it. One older copy is replaced.
fn set_aside(dir: &Path) -> Result<PathBuf, SearchError> {
    let directory = MmapDirectory::open(dir).map_err(tantivy::TantivyError::from)?;
    let _lock = directory.acquire_lock(&INDEX_WRITER_LOCK).map_err(|_| SearchError::Locked)?;
    let mut name = dir.file_name().unwrap_or_default().to_owned();
    name.push(".aside");
    let aside = dir.with_file_name(name);
    if aside.exists() {
        std::fs::remove_dir_all(&aside)?;
    }
    std::fs::rename(dir, &aside)?;
    std::fs::create_dir_all(dir)?;
    Ok(aside)
}
