//! The file store: a folder in which each file lies under the hash of its bytes, a folder for each site.
//!
//! A file is written beside its place, synced, then renamed: what has the name of a hash is whole. Nothing is ever
//! overwritten. Who may read a file is decided by the database, not by its place.

use std::{
    fs::{self, File},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use super::StoredFile;
use crate::{
    error::{Refusal, Result},
    id::SiteId,
};

/// Bytes held at once while a file streams through.
const CHUNK: usize = 64 * 1024;
/// Up to here a whole file is looked at to tell its type; beyond it, its first part.
const SNIFFED_WHOLE: u64 = 64 << 20;
const SNIFFED_PART: u64 = 1 << 20;

/// A folder of files.
#[derive(Debug, Clone)]
pub struct Files {
    root: PathBuf,
}

impl Files {
    /// The store in `root`, which is made when missing.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn open(root: &Path) -> io::Result<Files> {
        fs::create_dir_all(root.join("incoming"))?;
        Ok(Files { root: root.to_owned() })
    }

    /// Streams `input` into the store.
    ///
    /// # Errors
    /// Refused when the content is of a kind that is not accepted; nothing is kept then.
    pub fn store(&self, site_id: &SiteId, name: &str, input: &mut dyn Read) -> Result<StoredFile> {
        let mut incoming = tempfile::NamedTempFile::new_in(self.root.join("incoming"))?;
        let (sha256, size) = copy_hashing(input, incoming.as_file_mut())?;
        let media_type = sniff(incoming.as_file_mut(), size, name)?;
        incoming.as_file().sync_all()?;
        let place = self.place(site_id, &sha256);
        if !place.exists() {
            keep(incoming, &place)?;
        }
        Ok(StoredFile { sha256, size: i64::try_from(size).unwrap_or(i64::MAX), media_type })
    }

    /// Opens a stored file.
    ///
    /// # Errors
    /// When it is not there.
    pub fn open_stored(&self, site_id: &SiteId, sha256: &str) -> io::Result<File> {
        File::open(self.place(site_id, sha256))
    }

    /// Where the parts of an upload gather.
    pub fn part_place(&self, upload_id: &str) -> PathBuf {
        self.root.join("incoming").join(format!("{upload_id}.part"))
    }

    /// Writes a part of an upload at its place in the file and syncs it: what is counted afterwards is on disk.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub fn write_part(&self, upload_id: &str, from: u64, bytes: &[u8]) -> io::Result<()> {
        let place = self.part_place(upload_id);
        let is_new = !place.exists();
        let mut file = File::options().create(true).truncate(false).write(true).open(&place)?;
        file.seek(SeekFrom::Start(from))?;
        file.write_all(bytes)?;
        file.sync_data()?;
        if is_new {
            File::open(self.root.join("incoming"))?.sync_all()?;
        }
        Ok(())
    }

    /// Removes what has arrived of an upload; nothing there is fine.
    ///
    /// # Errors
    /// When the file is there and cannot be removed.
    pub fn remove_part(&self, upload_id: &str) -> io::Result<()> {
        match fs::remove_file(self.part_place(upload_id)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Where a file of that hash lies.
    pub fn place(&self, site_id: &SiteId, sha256: &str) -> PathBuf {
        let prefix = sha256.get(..2).unwrap_or("00");
        self.root.join(&site_id.0).join(prefix).join(sha256)
    }
}

fn copy_hashing(input: &mut dyn Read, output: &mut File) -> io::Result<(String, u64)> {
    let mut digest = Sha256::new();
    let mut chunk = vec![0; CHUNK];
    let mut size = 0;
    loop {
        let n = input.read(&mut chunk)?;
        if n == 0 {
            break;
        }
        digest.update(&chunk[..n]);
        output.write_all(&chunk[..n])?;
        size += n as u64;
    }
    let sha256 = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok((sha256, size))
}

fn sniff(file: &mut File, size: u64, name: &str) -> Result<String> {
    file.rewind()?;
    let looked_at = if size <= SNIFFED_WHOLE { size } else { SNIFFED_PART };
    let mut bytes = Vec::new();
    file.take(looked_at).read_to_end(&mut bytes)?;
    let sniffed = kit_text::sniff::sniff(&bytes, name)
        .map_err(|refusal| Refusal::Attachment(format!("附件“{name}”：{refusal}")))?;
    Ok(sniffed.media_type.to_owned())
}

/// Renames the file into its place and syncs the folder, so that the name survives a power cut too.
fn keep(incoming: tempfile::NamedTempFile, place: &Path) -> Result<()> {
    let folder = place.parent().unwrap_or(place);
    fs::create_dir_all(folder)?;
    incoming.persist(place).map_err(|error| error.error)?;
    File::open(folder)?.sync_all()?;
    Ok(())
}
