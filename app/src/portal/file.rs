//! Downloads of attachments: public exactly when a public version of the record carries the file. The address is made
//! of the record's number and the file's hash, so it stays the same through every correction that keeps the file.

use axum::{
    http::{HeaderMap, HeaderValue, Method},
    response::{IntoResponse, Response},
};
use kit_web::files::FileAnswer;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::{
    queries::{self, PublicFile},
    visit::{Address, Visit},
};
use crate::error::{Error, Result};

/// Characters of the hash in an address: enough that no two files of a record share them.
const HASH_CHARS: usize = 16;

/// The address of a file.
pub fn address(public_number: i64, file: &PublicFile) -> String {
    let hash = file.sha256.get(..HASH_CHARS).unwrap_or(&file.sha256);
    let name = utf8_percent_encode(&file.name, NON_ALPHANUMERIC);
    format!("/documents/{public_number}/files/{hash}/{name}")
}

/// `/documents/{number}/files/{hash}/{name}`; the name is for the reader and may be any.
pub async fn download(
    visit: Visit,
    method: Method,
    headers: HeaderMap,
    Address((number, hash, _name)): Address<(i64, String, String)>,
) -> Response {
    let found = visit
        .read(move |tx, cx| queries::file_by_address(tx, &cx.site_id, number, &hash)?.ok_or(Error::NotFound));
    match found.await {
        Ok(file) => {
            let answer = send(&visit, &file, &method, &headers).await;
            answer.unwrap_or_else(|error| visit.answer(Err(error)))
        }
        Err(error) => visit.answer(Err(error)),
    }
}

async fn send(visit: &Visit, file: &PublicFile, method: &Method, headers: &HeaderMap) -> Result<Response> {
    let place = visit.app.files.place(&visit.host.site.id, &file.sha256);
    let etag = HeaderValue::from_str(&format!("\"{}\"", file.sha256)).map_err(anyhow::Error::from)?;
    // Browsers ask each time: a file that was withdrawn must not be shown from a cache.
    let cache_control = HeaderValue::from_static("no-cache");
    let answer = FileAnswer {
        path: &place,
        name: &file.name,
        media_type: &file.media_type,
        etag: &etag,
        cache_control: &cache_control,
    };
    Ok(answer.answer(method, headers).await?.into_response())
}
