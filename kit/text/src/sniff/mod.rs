//! What a file is by its content, whether its name says the same, and what is refused outright.
//!
//! It does NOT scan for viruses and does not open documents further than their table of contents.

mod container;
#[cfg(test)]
mod tests;
mod text;

use thiserror::Error;

/// A file's type by content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sniffed {
    /// The media type to serve it with.
    pub media_type: &'static str,
    /// Whether the name's extension is one of the type's; a name without extension does not match.
    pub extension_matches: bool,
    /// Whether a browser may show it in the page's origin; anything else is offered for download.
    pub inline: bool,
    /// The extension a file of this type should have, without the dot; empty where nothing is known.
    pub extension: &'static str,
}

/// Why a file is not taken as an attachment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Refusal {
    /// Nothing in it.
    #[error("文件是空的（0 字节）。请检查原文件后重新上传")]
    Empty,
    /// A program, or an archive that is one.
    #[error("不能上传程序文件。请改传文档、表格、图片或压缩包")]
    Executable,
    /// A script by its content or its name.
    #[error("不能上传脚本文件。请把内容另存为文档（如 PDF、DOCX）后上传")]
    Script,
    /// A web page.
    #[error("不能上传网页文件作为附件。请把内容粘贴到正文，或另存为 PDF 后上传")]
    Html,
    /// A vector picture that may carry scripts.
    #[error("不能上传 SVG 图片（可能带有脚本）。请另存为 PNG 后上传")]
    Svg,
    /// An office document with macros.
    #[error("文档带有宏程序，不能上传。请另存为不含宏的格式（DOCX、XLSX、PPTX）后上传")]
    Macro,
}

/// Media type, its extensions (the usual one first), shown inline.
type Kind = (&'static str, &'static [&'static str], bool);

const KINDS: &[Kind] = &[
    ("application/pdf", &["pdf"], true),
    ("image/png", &["png"], true),
    ("image/jpeg", &["jpg", "jpeg"], true),
    ("image/gif", &["gif"], true),
    ("image/webp", &["webp"], true),
    ("image/bmp", &["bmp"], false),
    ("image/tiff", &["tif", "tiff"], false),
    ("audio/mpeg", &["mp3"], true),
    ("audio/x-wav", &["wav"], false),
    ("video/mp4", &["mp4", "m4v"], true),
    ("text/plain", &["txt", "text", "md", "log"], true),
    ("text/csv", &["csv"], false),
    ("application/json", &["json", "jsonl"], false),
    ("application/xml", &["xml"], false),
    ("application/rtf", &["rtf"], false),
    ("application/ofd", &["ofd"], false),
    (container::DOCX, &["docx"], false),
    (container::XLSX, &["xlsx"], false),
    (container::PPTX, &["pptx"], false),
    (container::ODT, &["odt"], false),
    (container::ODS, &["ods"], false),
    (container::ODP, &["odp"], false),
    ("application/msword", &["doc", "wps", "dot"], false),
    ("application/vnd.ms-excel", &["xls", "et"], false),
    ("application/vnd.ms-powerpoint", &["ppt", "dps"], false),
    ("application/x-ole-storage", &[], false),
    ("application/zip", &["zip"], false),
    ("application/vnd.rar", &["rar"], false),
    ("application/x-7z-compressed", &["7z"], false),
    ("application/gzip", &["gz", "tgz"], false),
    ("application/octet-stream", &[], false),
];

/// Extensions that make a system run the file, whatever is in it.
const RUNNABLE: &[&str] = &[
    "exe", "dll", "com", "scr", "msi", "msp", "pif", "cpl", "sys", "jar", "apk", "app", "deb", "rpm", "dmg",
    "iso", "class", "so",
];
const SCRIPTS: &[&str] = &[
    "js", "mjs", "vbs", "vbe", "jse", "wsf", "wsh", "ps1", "psm1", "bat", "cmd", "sh", "bash", "py", "pl",
    "rb", "php", "phtml", "jsp", "jspx", "asp", "aspx", "hta", "lnk", "reg", "inf", "url", "scf",
];
const PAGES: &[&str] = &["html", "htm", "xhtml", "shtml", "mht", "mhtml", "xht"];
const MACROS: &[&str] = &["docm", "dotm", "xlsm", "xltm", "xlsb", "pptm", "ppsm", "potm", "xla", "xlam"];

/// Tells a file's type from all its bytes and compares it with its name.
///
/// # Errors
/// The file is of a kind that must not be attached; the sentence says what to do instead.
pub fn sniff(bytes: &[u8], file_name: &str) -> Result<Sniffed, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    let extension = extension(file_name);
    refuse_by_name(&extension)?;
    let media_type = by_content(bytes, &extension)?;
    let (media_type, extensions, inline) = kind(media_type);
    Ok(Sniffed {
        media_type,
        extension_matches: extensions.contains(&extension.as_str()),
        inline,
        extension: extensions.first().copied().unwrap_or(""),
    })
}

/// Whether a stored media type may be shown inside the page's origin.
pub fn is_inline(media_type: &str) -> bool {
    KINDS.iter().any(|(name, _, inline)| *name == media_type && *inline)
}

/// What follows the last dot, in lower case; blanks and dots that some systems ignore do not hide it.
pub fn extension(file_name: &str) -> String {
    let name = file_name.trim_end_matches(|c: char| c == '.' || c.is_whitespace() || c.is_control());
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    match name.rsplit_once('.') {
        Some((_, extension)) => extension.trim().to_ascii_lowercase(),
        None => String::new(),
    }
}

fn refuse_by_name(extension: &str) -> Result<(), Refusal> {
    let lists = [
        (RUNNABLE, Refusal::Executable),
        (SCRIPTS, Refusal::Script),
        (PAGES, Refusal::Html),
        (&["svg", "svgz"], Refusal::Svg),
        (MACROS, Refusal::Macro),
    ];
    let found = lists.into_iter().find(|(list, _)| list.contains(&extension));
    found.map_or(Ok(()), |(_, refusal)| Err(refusal))
}

fn by_content(bytes: &[u8], extension: &str) -> Result<&'static str, Refusal> {
    if is_program(bytes) {
        return Err(Refusal::Executable);
    }
    if bytes.starts_with(b"PK") {
        return container::zip_type(bytes);
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        return container::ole_type(bytes);
    }
    // Some producers write a few bytes before the header; readers accept it within 1,024 bytes.
    if bytes[..bytes.len().min(1024)].windows(5).any(|window| window == b"%PDF-") {
        return Ok("application/pdf");
    }
    if bytes.starts_with(br"{\rtf") {
        return Ok("application/rtf");
    }
    // Markup before `infer`, which knows only its plainest forms.
    if let Some(text) = text::text_type(bytes, extension)? {
        return Ok(text);
    }
    Ok(infer::get(bytes).map_or("application/octet-stream", |found| match found.mime_type() {
        known if KINDS.iter().any(|(name, ..)| *name == known) => kind(known).0,
        _ => "application/octet-stream",
    }))
}

/// Windows, Linux, macOS, Java, Android, WebAssembly.
fn is_program(bytes: &[u8]) -> bool {
    const MAGICS: &[&[u8]] = &[
        b"\x7fELF",
        b"\xfe\xed\xfa\xce",
        b"\xfe\xed\xfa\xcf",
        b"\xce\xfa\xed\xfe",
        b"\xcf\xfa\xed\xfe",
        b"\xca\xfe\xba\xbe",
        b"dex\n",
        b"\0asm",
        b"!<arch>",
    ];
    // "MZ" alone also begins honest texts: ask for the header it points to, or for bytes no text has.
    let windows = bytes.starts_with(b"MZ") && bytes[..bytes.len().min(256)].contains(&0);
    windows || MAGICS.iter().any(|magic| bytes.starts_with(magic))
}

fn kind(media_type: &str) -> Kind {
    let found = KINDS.iter().find(|(name, ..)| *name == media_type);
    found.copied().unwrap_or(("application/octet-stream", &[], false))
}
