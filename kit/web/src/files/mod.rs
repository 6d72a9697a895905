//! A file from disk as an answer: streamed, resumable, named, and harmless in a browser.
//!
//! It does not decide who may have the file nor where it lies.

mod disposition;
mod range;

use std::io::{self, SeekFrom};
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::body::Body;
use bytes::{Bytes, BytesMut};
use http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue, X_CONTENT_TYPE_OPTIONS,
};
use http::{Method, Response, StatusCode};
use http_body::{Frame, SizeHint};
use tokio::fs::File;
use tokio::io::{AsyncRead, AsyncSeekExt, ReadBuf};

pub use self::disposition::content_disposition;
use self::range::{Wanted, wanted};
use crate::page::has_it;

/// A file as the product knows it.
#[derive(Clone, Copy, Debug)]
pub struct FileAnswer<'a> {
    /// Where it lies; from the product, never from a request.
    pub path: &'a Path,
    /// The name the reader sees; any text.
    pub name: &'a str,
    /// The media type found when the file was taken in.
    pub media_type: &'a str,
    /// A strong entity tag with its quotes, such as `"sha256…"`.
    pub etag: &'a HeaderValue,
    /// How long browsers may keep it.
    pub cache_control: &'a HeaderValue,
}

/// Types a browser may show inside our site: none of them can run script of its own.
const SHOWN_INLINE: [&str; 7] =
    ["application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp", "text/plain", "audio/mpeg"];

impl FileAnswer<'_> {
    /// Answers a GET or HEAD with the file, a part of it, 304 or 416.
    ///
    /// Fails if the file cannot be opened; the product says 404 or reports it.
    pub async fn answer(&self, method: &Method, request: &HeaderMap) -> io::Result<Response<Body>> {
        let mut file = File::open(self.path).await?;
        let metadata = file.metadata().await?;
        if !metadata.is_file() {
            return Err(io::ErrorKind::NotFound.into());
        }
        let length = metadata.len();
        let mut response = Response::new(Body::empty());
        *response.headers_mut() = self.headers();
        if has_it(request, self.etag) {
            response.headers_mut().remove(CONTENT_TYPE);
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            return Ok(response);
        }
        let (start, n) = match wanted(request, self.etag, length) {
            Wanted::Whole => (0, length),
            Wanted::Part { start, end } => {
                *response.status_mut() = StatusCode::PARTIAL_CONTENT;
                let range = format!("bytes {start}-{end}/{length}");
                set(response.headers_mut(), range);
                (start, end - start + 1)
            }
            Wanted::Nothing => {
                *response.status_mut() = StatusCode::RANGE_NOT_SATISFIABLE;
                set(response.headers_mut(), format!("bytes */{length}"));
                return Ok(response);
            }
        };
        response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(n));
        if method != Method::HEAD {
            file.seek(SeekFrom::Start(start)).await?;
            *response.body_mut() = Body::new(FileBody { file, left: n, buffer: BytesMut::new() });
        }
        Ok(response)
    }

    fn headers(&self) -> HeaderMap {
        let bare = self.media_type.split(';').next().unwrap_or_default().trim();
        let bare = bare.to_ascii_lowercase();
        let inline = SHOWN_INLINE.contains(&bare.as_str());
        let media_type = match bare.as_str() {
            "text/plain" => HeaderValue::from_static("text/plain; charset=utf-8"),
            // Whatever could run script is not even named for what it is.
            _ if !inline && is_active(&bare) => HeaderValue::from_static("application/octet-stream"),
            other => {
                HeaderValue::from_str(other).unwrap_or(HeaderValue::from_static("application/octet-stream"))
            }
        };
        HeaderMap::from_iter([
            (CONTENT_TYPE, media_type),
            (CONTENT_DISPOSITION, content_disposition(self.name, inline)),
            (CONTENT_SECURITY_POLICY, sandbox(&bare)),
            (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
            (ACCEPT_RANGES, HeaderValue::from_static("bytes")),
            (ETAG, self.etag.clone()),
            (CACHE_CONTROL, self.cache_control.clone()),
        ])
    }
}

/// Browsers' own PDF viewers do not start inside a sandbox, and PDF has no access to the page.
fn sandbox(media_type: &str) -> HeaderValue {
    match media_type {
        "application/pdf" => {
            HeaderValue::from_static("default-src 'none'; object-src 'self'; style-src 'unsafe-inline'")
        }
        _ => HeaderValue::from_static("sandbox; default-src 'none'"),
    }
}

fn is_active(media_type: &str) -> bool {
    media_type.contains("html")
        || media_type.contains("xml")
        || media_type.contains("svg")
        || media_type.contains("script")
}

fn set(headers: &mut HeaderMap, range: String) {
    let value = HeaderValue::from_str(&range).expect("digits and a slash are valid in a header");
    headers.insert(CONTENT_RANGE, value);
}

/// Exactly `left` bytes of a file, a piece at a time.
struct FileBody {
    file: File,
    left: u64,
    buffer: BytesMut,
}

const PIECE: usize = 128 << 10;

impl http_body::Body for FileBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let this = self.get_mut();
        if this.left == 0 {
            return Poll::Ready(None);
        }
        let piece = this.left.min(PIECE as u64) as usize;
        this.buffer.resize(piece, 0);
        let mut into = ReadBuf::new(&mut this.buffer);
        ready!(Pin::new(&mut this.file).poll_read(context, &mut into))?;
        let n = into.filled().len();
        if n == 0 {
            // Shorter than announced: the client must notice, so the connection breaks.
            return Poll::Ready(Some(Err(io::ErrorKind::UnexpectedEof.into())));
        }
        this.left -= n as u64;
        Poll::Ready(Some(Ok(Frame::data(this.buffer.split_to(n).freeze()))))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

#[cfg(test)]
mod tests;
