//! The words of a file with the place of each, for looking through them: what is seen and what is hidden alike.
//!
//! It does NOT keep how the words looked.

use crate::hidden::{Finding, HiddenKind, find_in_sheets};
use crate::kind::{FileKind, kind_of};
use crate::sheet::column_letters;
use crate::workbook::{Met, Workbook};
use crate::{Limits, OfficeError, docx, pdf, slides};

/// Some words and where they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// In words of people: `第3段`, `Sheet1!B2`, `第2页`, `第5行`, `页眉`, `第1段 批注`.
    pub place: String,
    /// The words.
    pub text: String,
}

/// All words of a file: DOCX with tables, headers, footers, notes, remarks, deleted and hidden text; every cell of an
/// XLSX, hidden ones too; slides and notes of a PPTX; pages of a PDF; lines of a CSV or a text.
///
/// # Errors
/// The file is of no kind that is read here, damaged, protected, or larger than the limits.
pub fn extract(name: &str, bytes: &[u8], limits: &Limits) -> Result<Vec<Piece>, OfficeError> {
    let mut pieces = Pieces { list: Vec::new(), left: limits.text_bytes, most: limits.text_bytes };
    match kind_of(name, bytes, limits)? {
        FileKind::Docx => from_docx(bytes, limits, &mut pieces)?,
        FileKind::Xlsx => from_xlsx(bytes, limits, &mut pieces)?,
        FileKind::Pptx => from_pptx(bytes, limits, &mut pieces)?,
        FileKind::Pdf => from_pdf(bytes, limits, &mut pieces)?,
        FileKind::Odf => return Err(OfficeError::Unsupported { kind: "OpenDocument 文件" }),
        FileKind::Text => from_text(bytes, &mut pieces)?,
    }
    Ok(pieces.list)
}

struct Pieces {
    list: Vec<Piece>,
    left: usize,
    most: usize,
}

impl Pieces {
    fn add(&mut self, place: String, text: String) -> Result<(), OfficeError> {
        if text.trim().is_empty() {
            return Ok(());
        }
        let size = place.len() + text.len();
        let too_large = OfficeError::TooLarge { what: "文字字节数", limit: self.most as u64 };
        self.left = self.left.checked_sub(size).ok_or(too_large)?;
        self.list.push(Piece { place, text });
        Ok(())
    }

    /// Findings whose words stand nowhere else.
    fn add_findings(&mut self, findings: Vec<Finding>, kinds: &[HiddenKind]) -> Result<(), OfficeError> {
        for finding in findings.into_iter().filter(|finding| kinds.contains(&finding.hidden.kind)) {
            let place = format!("{} {}", finding.hidden.place, finding.hidden.kind.label());
            self.add(place, finding.text)?;
        }
        Ok(())
    }
}

fn from_docx(bytes: &[u8], limits: &Limits, pieces: &mut Pieces) -> Result<(), OfficeError> {
    let everything = docx::read_everything(bytes, limits, false)?;
    for (place, paragraph) in everything.places.into_iter().zip(everything.document.paragraphs) {
        pieces.add(place, paragraph.text)?;
    }
    for (place, text) in everything.margins {
        pieces.add(place, text)?;
    }
    let unseen = [HiddenKind::Comment, HiddenKind::Deletion, HiddenKind::HiddenText, HiddenKind::HiddenRow];
    pieces.add_findings(everything.findings, &unseen)
}

fn from_xlsx(bytes: &[u8], limits: &Limits, pieces: &mut Pieces) -> Result<(), OfficeError> {
    let mut workbook = Workbook::open(bytes, limits)?;
    for sheet in 0..workbook.sheets.len() {
        let name = workbook.sheets[sheet].name.clone();
        workbook.walk(sheet, |met| {
            if let Met::Cell { row, column, text } = met {
                pieces.add(format!("{name}!{}{}", column_letters(column), row + 1), text)?;
            }
            Ok(true)
        })?;
    }
    pieces.add_findings(find_in_sheets(bytes, limits)?, &[HiddenKind::Comment])
}

fn from_pptx(bytes: &[u8], limits: &Limits, pieces: &mut Pieces) -> Result<(), OfficeError> {
    let (slides, findings) = slides::read(bytes, limits)?;
    for (i, slide) in slides.into_iter().enumerate() {
        pieces.add(format!("第{}页", i + 1), slide.text)?;
    }
    pieces.add_findings(findings, &[HiddenKind::Notes, HiddenKind::Comment])
}

fn from_pdf(bytes: &[u8], limits: &Limits, pieces: &mut Pieces) -> Result<(), OfficeError> {
    for (i, text) in pdf::pages(bytes, limits)?.into_iter().enumerate() {
        pieces.add(format!("第{}页", i + 1), text)?;
    }
    pieces.add_findings(pdf::findings(bytes, limits)?, &[HiddenKind::Annotation])
}

fn from_text(bytes: &[u8], pieces: &mut Pieces) -> Result<(), OfficeError> {
    let not_text = |_| OfficeError::NotThis { expected: "文字" };
    let (text, _) = kit_text::lines::decode_text(bytes).map_err(not_text)?;
    for (i, line) in text.lines().enumerate() {
        pieces.add(format!("第{}行", i + 1), line.to_owned())?;
    }
    Ok(())
}
