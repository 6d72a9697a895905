//! The short plain-text answers the front gives itself, where no page of the product can.
//!
//! It does not say what was wrong in detail: whoever sends such requests needs no help.

use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use http::{Response, StatusCode};
use http_body_util::Full;

/// The sentence for a status.
fn sentence(status: StatusCode) -> &'static str {
    match status {
        StatusCode::BAD_REQUEST => "请求的地址或格式不正确。",
        StatusCode::PAYLOAD_TOO_LARGE => "提交的内容过大。",
        StatusCode::TOO_MANY_REQUESTS => "请求过于频繁，请稍后再试。",
        StatusCode::SERVICE_UNAVAILABLE => "系统繁忙，请稍后再试。",
        _ => "系统出现错误，请稍后再试。",
    }
}

/// A plain-text answer in Chinese, never cached by anybody.
pub fn plain(status: StatusCode) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::from(sentence(status)));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
