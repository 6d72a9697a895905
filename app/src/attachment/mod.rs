//! Attachments (附件): files of an edition. They are streamed to the file store, hashed and sniffed on the way, private
//! until the edition is live, and public under an address made of the document's number and the file's hash.
//!
//! A file is stored once a site whatever number of editions carries it. What is inside a file is
//! not read here: a job is asked for.

pub mod actions;
pub mod files;
pub mod queries;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

/// A file that lies in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFile {
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// Bytes.
    pub size: i64,
    /// Media type by content.
    pub media_type: String,
}

/// A file whose inside is to be read, by a job.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FileToRead {
    /// Its hash.
    pub sha256: String,
    /// A name it bears; the ending tells how to read it.
    pub name: String,
}

/// A file as an edition carries it.
#[derive(Debug, Clone)]
pub struct Attachment {
    /// Identity.
    pub id: String,
    /// Name shown to readers.
    pub name: String,
    /// The stored file.
    pub file: StoredFile,
}
