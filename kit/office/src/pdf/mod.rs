//! PDF files: their words page by page, and what they hide.
//!
//! It does NOT render, and reads no pictures: a scanned page has no words.

mod cmap;
mod font;
mod hidden;
mod lexer;
mod page;
#[cfg(test)]
mod tests;

use crate::hidden::{Finding, Findings};
use crate::{Limits, OfficeError};
use lopdf::{DecompressError, Document, LoadOptions, ObjectId};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The words of each page.
pub(crate) fn pages(bytes: &[u8], limits: &Limits) -> Result<Vec<String>, OfficeError> {
    guarded(|| {
        let document = open(bytes, limits)?;
        let mut reader = page::Reader::new(&document, limits.total_bytes as usize, limits.text_bytes);
        page_ids(&document, limits)?.into_iter().map(|id| reader.page(id)).collect()
    })
}

/// What the file hides.
pub(crate) fn findings(bytes: &[u8], limits: &Limits) -> Result<Vec<Finding>, OfficeError> {
    guarded(|| {
        let document = open(bytes, limits)?;
        let mut findings = Findings::new(limits);
        hidden::tell(&document, &page_ids(&document, limits)?, &mut findings);
        Ok(findings.into_list())
    })
}

/// The reader of others' making may fail on a crafted file; that is the file's fault, not ours.
fn guarded<T>(work: impl FnOnce() -> Result<T, OfficeError>) -> Result<T, OfficeError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(OfficeError::Failed))
}

fn open(bytes: &[u8], limits: &Limits) -> Result<Document, OfficeError> {
    let options = LoadOptions { max_decompressed_size: Some(share(bytes, limits)), ..LoadOptions::default() };
    let document = Document::load_mem_with_options(bytes, options).map_err(|error| match error {
        lopdf::Error::InvalidPassword => OfficeError::Encrypted,
        lopdf::Error::Decompress(DecompressError::MemoryLimitExceeded { limit }) => {
            OfficeError::TooLarge { what: "解压后字节数", limit: limit as u64 }
        }
        error => OfficeError::damaged("PDF", error),
    })?;
    match document.is_encrypted() && document.encryption_state.is_none() {
        true => Err(OfficeError::Encrypted),
        false => Ok(document),
    }
}

/// What one of the streams that are unpacked while opening may become. They are unpacked one by one, so that many small
/// bombs would cost as much time as a large one.
fn share(bytes: &[u8], limits: &Limits) -> usize {
    let n = bytes.windows(6).filter(|window| window == b"stream").count() as u64 / 2;
    (limits.total_bytes * 4 / n.max(1)).clamp(1 << 20, limits.part_bytes) as usize
}

fn page_ids(document: &Document, limits: &Limits) -> Result<Vec<ObjectId>, OfficeError> {
    let ids: Vec<ObjectId> = document.page_iter().take(limits.pages + 1).collect();
    match ids.len() > limits.pages {
        true => Err(OfficeError::TooLarge { what: "页数", limit: limits.pages as u64 }),
        false => Ok(ids),
    }
}
