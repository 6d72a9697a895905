//! One door for all kinds of files.

use super::{Hidden, photo, sheets};
use crate::kind::{FileKind, kind_of};
use crate::{Limits, OfficeError, docx, pdf, slides};

/// What a file hides. Plain text hides nothing.
///
/// # Errors
/// The file is of no kind that is read here, damaged, protected, or larger than the limits.
pub fn find(name: &str, bytes: &[u8], limits: &Limits) -> Result<Vec<Hidden>, OfficeError> {
    if photo::is_picture(bytes) {
        return Ok(photo::findings(bytes, limits).into_list().into_iter().map(|one| one.hidden).collect());
    }
    let findings = match kind_of(name, bytes, limits)? {
        FileKind::Docx => docx::read_everything(bytes, limits, false)?.findings,
        FileKind::Xlsx => sheets::find(bytes, limits)?,
        FileKind::Pptx => slides::read(bytes, limits)?.1,
        FileKind::Pdf => pdf::findings(bytes, limits)?,
        FileKind::Odf => return Err(OfficeError::Unsupported { kind: "OpenDocument 文件" }),
        FileKind::Text => Vec::new(),
    };
    Ok(findings.into_iter().map(|finding| finding.hidden).collect())
}
