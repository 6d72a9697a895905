//! Styles, scripts and icons under addresses that contain the hash of their content, so that a
//! browser may keep them for a year.
//!
//! It does not rewrite addresses inside the files: those refer to plain names, which are served
//! too, but must be asked for again each time.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderMap, HeaderValue};
use sha2::{Digest, Sha256};

use crate::page::{Effort, Page};
use crate::security::SecurityHeaders;

/// All assets of a product, by address.
#[derive(Default)]
pub struct Assets {
    prefix: &'static str,
    by_path: HashMap<Box<str>, Asset>,
    addresses: HashMap<Box<str>, Box<str>>,
}

struct Asset {
    bytes: Bytes,
    headers: HeaderMap,
    /// Compressed at the first request: a start stays quick and unused files cost nothing.
    page: OnceLock<Page>,
}

const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");

impl Assets {
    /// Takes files as (name, bytes); `prefix` is the path they live under, such as `/assets/`.
    pub fn new(
        prefix: &'static str,
        security: &SecurityHeaders,
        files: impl IntoIterator<Item = (String, Cow<'static, [u8]>)>,
    ) -> Assets {
        let mut assets = Assets { prefix, ..Assets::default() };
        for (name, bytes) in files {
            let bytes = match bytes {
                Cow::Borrowed(bytes) => Bytes::from_static(bytes),
                Cow::Owned(bytes) => Bytes::from(bytes),
            };
            let hashed = format!("{prefix}{}", hashed_name(&name, &bytes));
            assets.add(hashed.clone(), &name, bytes.clone(), FOREVER, security);
            assets.add(format!("{prefix}{name}"), &name, bytes, ASK_AGAIN, security);
            assets.addresses.insert(name.into(), hashed.into());
        }
        assets
    }

    /// The address to put into pages, such as `/assets/site.3f2a91bc04d7.css`.
    pub fn address(&self, name: &str) -> Option<&str> {
        self.addresses.get(name).map(|address| &**address)
    }

    /// All names with their addresses.
    pub fn addresses(&self) -> impl Iterator<Item = (&str, &str)> {
        self.addresses.iter().map(|(name, address)| (&**name, &**address))
    }

    /// The asset at a path.
    pub fn find(&self, path: &str) -> Option<&Page> {
        if self.by_path.is_empty() || !path.starts_with(self.prefix) {
            return None;
        }
        let asset = self.by_path.get(path)?;
        let prepare = || Page::new(&asset.headers, asset.bytes.clone(), Effort::ASSET);
        Some(asset.page.get_or_init(prepare))
    }

    fn add(
        &mut self,
        path: String,
        name: &str,
        bytes: Bytes,
        cache_control: HeaderValue,
        security: &SecurityHeaders,
    ) {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type(name)));
        headers.insert(CACHE_CONTROL, cache_control);
        security.apply(&mut headers);
        self.by_path.insert(path.into(), Asset { bytes, headers, page: OnceLock::new() });
    }
}

/// `css/site.css` → `css/site.3f2a91bc04d7.css`.
fn hashed_name(name: &str, bytes: &[u8]) -> String {
    let hash: String = Sha256::digest(bytes)[..6].iter().map(|b| format!("{b:02x}")).collect();
    let file_at = name.rfind('/').map_or(0, |slash| slash + 1);
    match name[file_at..].rfind('.') {
        Some(dot) if dot > 0 => {
            let (stem, extension) = name.split_at(file_at + dot);
            format!("{stem}.{hash}{extension}")
        }
        _ => format!("{name}.{hash}"),
    }
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::Method;
    use http::header::{CONTENT_ENCODING, X_CONTENT_TYPE_OPTIONS};

    fn assets() -> Assets {
        let security = SecurityHeaders::new(HeaderValue::from_static("default-src 'self'"));
        let css: &'static [u8] = b"p { margin: 0 }\n".repeat(100).leak();
        Assets::new(
            "/assets/",
            &security,
            [
                ("css/site.css".to_owned(), Cow::Borrowed(css)),
                ("logo.png".to_owned(), Cow::Owned(vec![137, 80, 78, 71])),
                ("LICENSE".to_owned(), Cow::Borrowed(&b"text"[..])),
            ],
        )
    }

    #[test]
    fn a_hashed_address_is_kept_for_a_year_and_the_plain_one_is_asked_again() {
        let assets = assets();
        let address = assets.address("css/site.css").unwrap();
        assert!(address.starts_with("/assets/css/site.") && address.ends_with(".css"));
        assert_eq!(address.len(), "/assets/css/site..css".len() + 12);
        let mut wish = HeaderMap::new();
        wish.insert(http::header::ACCEPT_ENCODING, HeaderValue::from_static("br"));
        let answer = assets.find(address).unwrap().answer(&Method::GET, &wish);
        assert_eq!(answer.headers()[CACHE_CONTROL], "public, max-age=31536000, immutable");
        assert_eq!(answer.headers()[CONTENT_ENCODING], "br");
        assert_eq!(answer.headers()[X_CONTENT_TYPE_OPTIONS], "nosniff");
        let plain = assets.find("/assets/css/site.css").unwrap();
        let answer = plain.answer(&Method::GET, &HeaderMap::new());
        assert_eq!(answer.headers()[CACHE_CONTROL], "no-cache");
    }

    #[test]
    fn names_without_extension_and_unknown_paths_are_handled() {
        let assets = assets();
        assert!(assets.address("LICENSE").unwrap().starts_with("/assets/LICENSE."));
        assert!(assets.find("/assets/other.css").is_none() && assets.find("/logo.png").is_none());
        assert!(assets.address("other.css").is_none());
        assert_eq!(assets.addresses().count(), 3);
        assert!(hashed_name("a.b/c", b"").starts_with("a.b/c."));
    }
}
