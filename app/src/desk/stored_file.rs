//! A file of the store on its way to a reader of the desk. Who may have it was decided before.

use axum::{
    http::{HeaderMap, HeaderValue, Method},
    response::{IntoResponse, Response},
};
use kit_web::files::FileAnswer;

use crate::{error::Result, portal::visit::Visit};

/// The reader's browser may keep it and asks each time whether it still may.
pub const ASKED_AGAIN: HeaderValue = HeaderValue::from_static("private, no-cache");
/// Nothing of it stays with the reader: who opens a link once may sit at a foreign machine.
pub const NEVER_KEPT: HeaderValue = HeaderValue::from_static("no-store");

/// A file as it is sent.
pub struct Sent<'a> {
    /// Its name for whoever saves it.
    pub name: &'a str,
    /// Its place in the store.
    pub sha256: &'a str,
    /// Its type.
    pub media_type: &'a str,
    /// [`ASKED_AGAIN`] or [`NEVER_KEPT`].
    pub cache: HeaderValue,
}

impl Sent<'_> {
    /// Answers a request for it.
    ///
    /// # Errors
    /// When the store does not have it.
    pub async fn answer(&self, visit: &Visit, method: &Method, headers: &HeaderMap) -> Result<Response> {
        let etag = HeaderValue::from_str(&format!("\"{}\"", self.sha256)).map_err(anyhow::Error::from)?;
        let answer = FileAnswer {
            path: &visit.app.files.place(&visit.host.site.id, self.sha256),
            name: self.name,
            media_type: self.media_type,
            etag: &etag,
            cache_control: &self.cache,
        };
        Ok(answer.answer(method, headers).await?.into_response())
    }
}
