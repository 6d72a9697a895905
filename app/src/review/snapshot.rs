//! What an edition says at a moment, with everything that a reviewer judges, and the digest that names it.

use kit_db::Tx;
use rules::review::Fingerprint;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::queries;
use crate::{
    attachment,
    cx::Cx,
    document::{self, Content, Document, Edition},
    error::Result,
};

/// Everything that is judged. A change of any of it is a change of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Kind of content.
    pub content_type: String,
    /// Where it is to be published.
    pub column_id: String,
    /// Why it replaces the live version, where it does.
    pub change_reason: Option<String>,
    /// What it changes, for readers.
    pub change_note: Option<String>,
    /// Fields and body.
    pub content: Content,
    /// Its files in their order.
    pub files: Vec<File>,
}

/// A file of an edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Name shown to readers.
    pub name: String,
    /// Digest of its bytes.
    pub sha256: String,
    /// Bytes.
    pub size: i64,
}

impl Snapshot {
    /// What an edition says now.
    pub fn take(tx: &mut Tx<'_>, cx: &Cx, document: &Document, edition: &Edition) -> Result<Snapshot> {
        let files = attachment::queries::of_edition(tx, &cx.site_id, &edition.id)?;
        let file = |kept: attachment::Attachment| File {
            name: kept.name,
            sha256: kept.file.sha256,
            size: kept.file.size,
        };
        let reason = document::queries::change_reason(tx, &cx.site_id, &edition.id)?;
        let (change_reason, change_note) = reason;
        Ok(Snapshot {
            content_type: document.content_type.clone(),
            column_id: document.column_id.0.clone(),
            change_reason,
            change_note,
            content: edition.content.clone(),
            files: files.into_iter().map(file).collect(),
        })
    }

    /// The digest of it: equal for equal content, and for nothing else that anybody could find.
    pub fn fingerprint(&self) -> Result<Fingerprint> {
        let digest = Sha256::digest(serde_json::to_vec(self)?);
        Ok(Fingerprint(digest.iter().map(|byte| format!("{byte:02x}")).collect()))
    }

    /// Keeps it under its digest, so that it can be compared with later ones.
    pub fn keep(&self, tx: &mut Tx<'_>, cx: &Cx, edition: &Edition) -> Result<Fingerprint> {
        let fingerprint = self.fingerprint()?;
        queries::keep_snapshot(tx, cx, &fingerprint, &edition.id, &serde_json::to_string(self)?)?;
        Ok(fingerprint)
    }

    /// The body's paragraphs, as marks count them.
    pub fn paragraphs(&self) -> Vec<&str> {
        self.content.body_text.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
    }
}

/// What was kept under a digest.
pub fn kept(tx: &mut Tx<'_>, cx: &Cx, fingerprint: &Fingerprint) -> Result<Option<Snapshot>> {
    let text = queries::snapshot(tx, &cx.site_id, fingerprint)?;
    Ok(text.map(|text| serde_json::from_str(&text)).transpose()?)
}
