//! One page from a file, text or HTML. Without an address the file's name stands for it.

use std::path::Path;

use super::{
    Failure, Finding, Incoming, hash_of,
    pages::{Reader, with_page},
    reading,
};

/// The largest page.
const LIMIT: u64 = 64 << 20;

/// Reads the file.
///
/// # Errors
/// It cannot be opened, is too large or is no text.
pub fn read(reader: &Reader, path: &Path, url: Option<&str>) -> Result<Incoming, Failure> {
    let file = kit_text::lines::read_text_file(path, LIMIT)
        .map_err(|error| Failure::new("unreadable_file", &reader.file, error.to_string()))?;
    let url = url.unwrap_or_default();
    let page = if is_html(&file.text) {
        reading::read_html(url, "", &file.text, &reader.labels)
    } else {
        reading::read_text(url, "", &file.text, &reader.labels)
    };
    let address = if url.is_empty() { format!("urn:file:{}", reader.file) } else { url.to_owned() };
    let mut named = Incoming {
        place: reader.file.clone(),
        address,
        origin: "page",
        content_hash: hash_of(&[url, &file.text]),
        ..Incoming::default()
    };
    if file.n_replaced > 0 {
        let sentence =
            format!("文件中有 {} 处不是有效的 {} 文字，请对照原页改正。", file.n_replaced, file.charset);
        named.reasons.push(Finding::new("undecodable", sentence));
    }
    Ok(with_page(named, page, reader, ""))
}

fn is_html(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(2_000).collect::<String>().to_ascii_lowercase();
    start.starts_with('<') || start.contains("<html") || start.contains("<body") || start.contains("<table")
}
