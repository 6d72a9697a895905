//! A finished answer kept in memory: its bytes plain, gzipped and brotlied, its headers prepared,
//! so that serving it is a choice and a clone.
//!
//! It does not know where it is kept or when it stops being true; `page_cache` does.

use bytes::Bytes;
use http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, ETAG, HeaderMap, HeaderValue, IF_NONE_MATCH, VARY,
};
use http::{Method, Response, StatusCode};
use http_body_util::Full;
use sha2::{Digest, Sha256};

use crate::encoding::{self, Encoding};

/// How hard to compress what is kept.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// 1 … 9.
    pub gzip: u32,
    /// 0 … 11.
    pub brotli: i32,
}

impl Effort {
    /// For pages that change during the day: a few milliseconds for 30 KB.
    pub const PAGE: Effort = Effort { gzip: 6, brotli: 5 };
    /// For assets that change with a release.
    pub const ASSET: Effort = Effort { gzip: 9, brotli: 9 };
}

/// Below this many bytes a packed form saves no packet.
const WORTH_PACKING: usize = 512;

/// One way of sending the page.
#[derive(Debug)]
struct Form {
    body: Bytes,
    headers: HeaderMap,
    not_modified: HeaderMap,
    etag: HeaderValue,
}

/// A whole response (status 200) in up to three codings.
#[derive(Debug)]
pub struct Page {
    identity: Form,
    gzip: Option<Form>,
    brotli: Option<Form>,
}

impl Page {
    /// Prepares a page from the headers it is sent with and its plain bytes.
    ///
    /// Each coding has its own strong entity tag, made from the very bytes sent (RFC 9110 §8.8.3):
    /// a byte-range or a comparison can never mix two codings.
    pub fn new(headers: &HeaderMap, body: Bytes, effort: Effort) -> Page {
        let packable =
            body.len() >= WORTH_PACKING && encoding::is_compressible(headers.get(http::header::CONTENT_TYPE));
        let smaller = |packed: Bytes| (packed.len() < body.len()).then_some(packed);
        let gzip = packable.then(|| encoding::gzip(&body, effort.gzip)).and_then(smaller);
        let brotli = packable.then(|| encoding::brotli(&body, effort.brotli)).and_then(smaller);
        let varies = gzip.is_some() || brotli.is_some();
        let form = |bytes, coding| Form::new(headers, bytes, coding, varies);
        Page {
            gzip: gzip.map(|bytes| form(bytes, Encoding::Gzip)),
            brotli: brotli.map(|bytes| form(bytes, Encoding::Brotli)),
            identity: form(body, Encoding::Identity),
        }
    }

    /// Bytes it occupies, headers estimated.
    pub fn weight(&self) -> usize {
        let of = |form: &Option<Form>| form.as_ref().map_or(0, Form::weight);
        self.identity.weight() + of(&self.gzip) + of(&self.brotli)
    }

    /// The plain bytes.
    pub fn body(&self) -> &Bytes {
        &self.identity.body
    }

    /// The answer for this request: the coding it wants, 304 if it has it, no body for HEAD.
    pub fn answer(&self, method: &Method, request: &HeaderMap) -> Response<Full<Bytes>> {
        let form = self.form(encoding::negotiate(request));
        if has_it(request, &form.etag) {
            let mut response = Response::new(Full::default());
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            *response.headers_mut() = form.not_modified.clone();
            return response;
        }
        let body = if method == Method::HEAD { Bytes::new() } else { form.body.clone() };
        let mut response = Response::new(Full::new(body));
        *response.headers_mut() = form.headers.clone();
        response
    }

    fn form(&self, wanted: Encoding) -> &Form {
        let packed = match wanted {
            Encoding::Identity => None,
            Encoding::Gzip => self.gzip.as_ref(),
            Encoding::Brotli => self.brotli.as_ref(),
        };
        packed.unwrap_or(&self.identity)
    }
}

impl Form {
    fn new(base: &HeaderMap, body: Bytes, coding: Encoding, varies: bool) -> Form {
        let etag = entity_tag(&body);
        let mut headers = base.clone();
        headers.insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
        headers.insert(ETAG, etag.clone());
        if let Some(value) = coding.header() {
            headers.insert(CONTENT_ENCODING, value);
        }
        if varies {
            add_vary(&mut headers, "Accept-Encoding");
        }
        let not_modified = [ETAG, CACHE_CONTROL, VARY]
            .into_iter()
            .filter_map(|name| headers.get(&name).cloned().map(|value| (name, value)))
            .collect();
        Form { body, headers, not_modified, etag }
    }

    fn weight(&self) -> usize {
        self.body.len() + (self.headers.len() + self.not_modified.len()) * 96
    }
}

/// A strong entity tag: half a SHA-256 of the bytes.
pub fn entity_tag(bytes: &[u8]) -> HeaderValue {
    let digest = Sha256::digest(bytes);
    let mut text = String::with_capacity(34);
    text.push('"');
    for byte in &digest[..16] {
        text.push_str(&format!("{byte:02x}"));
    }
    text.push('"');
    HeaderValue::from_str(&text).expect("hexadecimal digits are valid in a header")
}

/// Adds a name to `Vary`, once, into a single line.
pub fn add_vary(headers: &mut HeaderMap, name: &str) {
    let mut names: Vec<String> = headers
        .get_all(VARY)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|text| text.split(',').map(|part| part.trim().to_owned()))
        .filter(|part| !part.is_empty())
        .collect();
    if !names.iter().any(|known| known.eq_ignore_ascii_case(name) || known == "*") {
        names.push(name.to_owned());
    }
    if let Ok(value) = HeaderValue::from_str(&names.join(", ")) {
        headers.insert(VARY, value);
    }
}

/// Whether `If-None-Match` names this tag; compared weakly, as RFC 9110 §13.1.2 wants.
pub fn has_it(request: &HeaderMap, etag: &HeaderValue) -> bool {
    let bare = etag.as_bytes().strip_prefix(b"W/").unwrap_or(etag.as_bytes());
    request.get_all(IF_NONE_MATCH).iter().any(|value| {
        // Our tags hold no comma, so splitting inside somebody else's quoted tag does no harm.
        value.as_bytes().split(|byte| *byte == b',').any(|candidate| {
            let candidate = candidate.trim_ascii();
            candidate == b"*" || candidate.strip_prefix(b"W/").unwrap_or(candidate) == bare
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::header::{ACCEPT_ENCODING, CONTENT_TYPE};

    fn page() -> Page {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        headers.insert(VARY, HeaderValue::from_static("Cookie"));
        Page::new(&headers, Bytes::from("<p>演示数据</p>".repeat(200)), Effort::PAGE)
    }

    fn asking(coding: &'static str, known: Option<HeaderValue>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(coding));
        if let Some(tag) = known {
            headers.insert(IF_NONE_MATCH, tag);
        }
        headers
    }

    #[test]
    fn each_coding_has_its_own_tag_length_and_vary() {
        let page = page();
        let mut tags = Vec::new();
        for (asked, sent) in [("identity", None), ("gzip", Some("gzip")), ("br", Some("br"))] {
            let answer = page.answer(&Method::GET, &asking(asked, None));
            let headers = answer.headers();
            assert_eq!(headers.get(CONTENT_ENCODING).map(|v| v.to_str().unwrap()), sent);
            assert_eq!(headers[VARY], "Cookie, Accept-Encoding");
            assert_eq!(headers.get_all(VARY).iter().count(), 1);
            tags.push(headers[ETAG].clone());
        }
        assert!(tags[0] != tags[1] && tags[1] != tags[2] && tags[0] != tags[2]);
    }

    #[test]
    fn a_known_tag_gives_304_only_for_the_same_coding() {
        let page = page();
        let tag = page.answer(&Method::GET, &asking("br", None)).headers()[ETAG].clone();
        let same = page.answer(&Method::GET, &asking("br", Some(tag.clone())));
        assert_eq!(same.status(), StatusCode::NOT_MODIFIED);
        assert!(same.headers().get(CONTENT_LENGTH).is_none());
        assert_eq!(same.headers()[VARY], "Cookie, Accept-Encoding");
        let other = page.answer(&Method::GET, &asking("gzip", Some(tag.clone())));
        assert_eq!(other.status(), StatusCode::OK);
        let weak = HeaderValue::from_str(&format!("\"x\", W/{}", tag.to_str().unwrap())).unwrap();
        let listed = page.answer(&Method::GET, &asking("br", Some(weak)));
        assert_eq!(listed.status(), StatusCode::NOT_MODIFIED);
        let star = page.answer(&Method::GET, &asking("br", Some(HeaderValue::from_static("*"))));
        assert_eq!(star.status(), StatusCode::NOT_MODIFIED);
    }

    #[test]
    fn head_keeps_the_length_and_sends_no_body() {
        use http_body::Body;
        let answer = page().answer(&Method::HEAD, &asking("identity", None));
        assert_eq!(answer.headers()[CONTENT_LENGTH], page().body().len().to_string().as_str());
        assert!(answer.body().is_end_stream());
    }

    #[test]
    fn a_picture_is_kept_once_and_does_not_vary() {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("image/png"));
        let page = Page::new(&headers, Bytes::from(vec![7; 4000]), Effort::PAGE);
        let answer = page.answer(&Method::GET, &asking("br", None));
        assert!(answer.headers().get(VARY).is_none());
        assert!(answer.headers().get(CONTENT_ENCODING).is_none());
    }
}
