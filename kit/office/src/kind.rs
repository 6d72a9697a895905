//! Which kind of file something is, told from its bytes.
//!
//! It does NOT judge whether the file may be stored; the name only helps where bytes say nothing.

use crate::package::Package;
use crate::{Limits, OfficeError};

/// The kinds that are read here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileKind {
    Docx,
    Xlsx,
    Pptx,
    /// OpenDocument: text, sheets and slides alike.
    Odf,
    Pdf,
    /// Plain text, comma-separated values.
    Text,
}

/// The kind of a file, or why it is none that is read here.
///
/// # Errors
/// Old binary formats, protected files, and what is no office file at all.
pub(crate) fn kind_of(name: &str, bytes: &[u8], limits: &Limits) -> Result<FileKind, OfficeError> {
    if bytes.len() as u64 > limits.file_bytes {
        return Err(OfficeError::TooLarge { what: "文件字节数", limit: limits.file_bytes });
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return package_kind(bytes, limits);
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        return Err(compound_file(bytes));
    }
    if bytes[..bytes.len().min(1024)].windows(5).any(|window| window == b"%PDF-") {
        return Ok(FileKind::Pdf);
    }
    if bytes.starts_with(br"{\rtf") {
        return Err(OfficeError::Unsupported { kind: "RTF 文档" });
    }
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    let is_text = ["txt", "csv", "tsv", "text", "md", "log"].contains(&extension.as_str());
    if is_text || !bytes[..bytes.len().min(4096)].contains(&0) {
        return Ok(FileKind::Text);
    }
    Err(OfficeError::NotThis { expected: "办公文件（docx、xlsx、pptx、pdf、csv、txt）" })
}

fn package_kind(bytes: &[u8], limits: &Limits) -> Result<FileKind, OfficeError> {
    let mut package = Package::open(bytes, limits)?;
    let main = package.main_part("")?;
    let begins = |folder: &str| main.to_lowercase().starts_with(folder);
    let has = |part: &str| package.has(part);
    Ok(match () {
        () if main.ends_with(".bin") => return Err(OfficeError::Unsupported { kind: "xlsb 表格" }),
        () if begins("word/") || has("word/document.xml") => FileKind::Docx,
        () if begins("xl/") || has("xl/workbook.xml") => FileKind::Xlsx,
        () if begins("ppt/") || has("ppt/presentation.xml") => FileKind::Pptx,
        () if has("mimetype") && has("content.xml") => FileKind::Odf,
        () if has("OFD.xml") => return Err(OfficeError::Unsupported { kind: "OFD 版式文件" }),
        () => {
            return Err(OfficeError::NotThis {
                expected: "办公文件（docx、xlsx、pptx、pdf、csv、txt）"
            });
        }
    })
}

/// A compound file is an old binary format, or a new one behind a password.
fn compound_file(bytes: &[u8]) -> OfficeError {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|window| window == wide)
    };
    if has("EncryptedPackage") {
        return OfficeError::Encrypted;
    }
    let kind = match () {
        () if has("WordDocument") => "旧版 doc 文档",
        () if has("Workbook") => "旧版 xls 表格",
        () if has("PowerPoint Document") => "旧版 ppt 演示文稿",
        () => "旧版办公文件",
    };
    OfficeError::Unsupported { kind }
}
