//! Typeset documents: a typst source and its data in, a tagged PDF out. It knows nothing of what the document says, has
//! no network and no clock of its own.
//!
//! Sources, pictures and data are given in memory as [`Sources`]; a source reads its data with `json("data.json")`. Fonts
//! come from the folders of [`Fonts`], which is made once per process, looks into its folders at the first document and
//! keeps in memory only the files whose letters were used. The same sources, fonts and [`Options`] give the same bytes.
//!
//! The file is written as PDF/A-2a and PDF/UA-1, for archives and for readers who hear it. Where a document breaks a rule
//! of the two, it is written as plain tagged PDF and [`Pdf::complaints`] says why. It does NOT read files of its own accord.

mod error;
mod fonts;
mod sources;
#[cfg(test)]
mod tests;
mod world;

pub use error::{Fault, PdfError};
pub use fonts::Fonts;
pub use sources::Sources;

use jiff::Zoned;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use world::Desk;

/// Compilations after which a remembered part that nobody asked for is forgotten.
const REMEMBERED_FOR: usize = 8;

/// Forgets what was worked out for earlier documents, so that the next one is typeset from the start: for measuring.
pub fn forget_documents() {
    typst::comemo::evict(0);
}

/// What does not stand in the source.
#[derive(Debug, Clone)]
pub struct Options {
    /// The moment of writing, and `today` of the source.
    pub written: Zoned,
    /// The program that wrote it.
    pub creator: String,
    /// What makes the document the same one when it is written again.
    pub identity: String,
}

/// A finished document.
#[derive(Debug, Clone)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// Its pages.
    pub n_pages: usize,
    /// Why it is not PDF/A-2a and PDF/UA-1; empty when it is.
    pub complaints: Vec<Fault>,
}

/// Typesets the main source.
///
/// # Errors
/// [`PdfError::Source`] with the lines at fault, [`PdfError::NoFonts`] when there is no font at all.
pub fn compile(fonts: &Fonts, sources: &Sources, options: &Options) -> Result<Pdf, PdfError> {
    if fonts.is_empty() {
        return Err(PdfError::NoFonts { folders: fonts.folders().to_vec() });
    }
    let desk = Desk::new(fonts, sources, day(&options.written));
    let document = typst::compile::<PagedDocument>(&desk).output.map_err(|list| desk.faults(&list));
    let written = document.and_then(|document| write(&desk, &document, options));
    typst::comemo::evict(REMEMBERED_FOR);
    written.map_err(PdfError::Source)
}

/// Writes it by the strict rules, or by none where it breaks them.
fn write(desk: &Desk<'_>, document: &PagedDocument, options: &Options) -> Result<Pdf, Vec<Fault>> {
    let n_pages = document.pages().len();
    let strict = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
        .expect("both standards are extensions of PDF 1.7");
    let complaints = match typst_pdf::pdf(document, &pdf_options(options, strict)) {
        Ok(bytes) => return Ok(Pdf { bytes, n_pages, complaints: Vec::new() }),
        Err(list) => desk.faults(&list),
    };
    match typst_pdf::pdf(document, &pdf_options(options, PdfStandards::default())) {
        Ok(bytes) => Ok(Pdf { bytes, n_pages, complaints }),
        Err(list) => Err(desk.faults(&list)),
    }
}

fn pdf_options(options: &Options, standards: PdfStandards) -> PdfOptions {
    PdfOptions {
        ident: Smart::Custom(options.identity.clone()),
        creator: Smart::Custom(Some(options.creator.clone())),
        timestamp: timestamp(&options.written),
        standards,
        ..PdfOptions::default()
    }
}

fn timestamp(written: &Zoned) -> Option<Timestamp> {
    let part = |value: i8| u8::try_from(value).ok();
    let moment = Datetime::from_ymd_hms(
        written.year().into(),
        part(written.month())?,
        part(written.day())?,
        part(written.hour())?,
        part(written.minute())?,
        part(written.second())?,
    )?;
    Timestamp::new_local(moment, written.offset().seconds() / 60)
}

fn day(written: &Zoned) -> Option<Datetime> {
    let part = |value: i8| u8::try_from(value).ok();
    Datetime::from_ymd(written.year().into(), part(written.month())?, part(written.day())?)
}
