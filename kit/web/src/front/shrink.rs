//! Quick compression of text answers that are not kept: staff pages, search results, errors.
//!
//! It leaves alone streams, files with ranges, and what the handler has encoded itself.

use axum::body::Body;
use bytes::Bytes;
use http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG,
    HeaderMap, HeaderValue,
};
use http::{Response, StatusCode};
use http_body::Body as _;
use http_body_util::BodyExt;

use crate::encoding::{self, Encoding};
use crate::page::add_vary;

const SMALLEST: u64 = 1024;
/// Larger texts are sent as they are rather than held in memory.
const LARGEST: u64 = 4 << 20;
const GZIP_LEVEL: u32 = 1;
const BROTLI_QUALITY: i32 = 3;

/// Compresses the answer if that is worth while and the client wants it.
///
/// Fails only if the handler's body breaks off; nothing has been sent then.
pub(super) async fn shrink(
    response: Response<Body>,
    wanted: Encoding,
) -> Result<Response<Body>, axum::Error> {
    if !is_worth_it(&response) {
        return Ok(response);
    }
    let (mut parts, body) = response.into_parts();
    add_vary(&mut parts.headers, "Accept-Encoding");
    let Some(coding) = wanted.header() else {
        return Ok(Response::from_parts(parts, body));
    };
    let packed = pack(body.collect().await?.to_bytes(), wanted);
    parts.headers.insert(CONTENT_LENGTH, HeaderValue::from(packed.len()));
    parts.headers.insert(CONTENT_ENCODING, coding);
    weaken_tag(&mut parts.headers);
    Ok(Response::from_parts(parts, Body::from(packed)))
}

fn is_worth_it(response: &Response<Body>) -> bool {
    let headers = response.headers();
    let fixed = [CONTENT_ENCODING, ACCEPT_RANGES, CONTENT_DISPOSITION];
    let no_transform = headers
        .get(CACHE_CONTROL)
        .is_some_and(|value| value.as_bytes().windows(12).any(|part| part == b"no-transform"));
    response.status() != StatusCode::PARTIAL_CONTENT
        && !fixed.iter().any(|name| headers.contains_key(name))
        && !no_transform
        && encoding::is_compressible(headers.get(CONTENT_TYPE))
        && response.body().size_hint().exact().is_some_and(|n| (SMALLEST..=LARGEST).contains(&n))
}

fn pack(bytes: Bytes, wanted: Encoding) -> Bytes {
    match wanted {
        Encoding::Identity => bytes,
        Encoding::Gzip => encoding::gzip(&bytes, GZIP_LEVEL),
        Encoding::Brotli => encoding::brotli(&bytes, BROTLI_QUALITY),
    }
}

/// A strong tag named the plain bytes; the packed ones are only equivalent to them.
fn weaken_tag(headers: &mut HeaderMap) {
    let Some(tag) = headers.get(ETAG).filter(|tag| !tag.as_bytes().starts_with(b"W/")) else {
        return;
    };
    if let Ok(weak) = HeaderValue::from_bytes(&[b"W/", tag.as_bytes()].concat()) {
        headers.insert(ETAG, weak);
    }
}
