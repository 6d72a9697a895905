//! The senior mode (适老化): a choice of the reader, kept in a cookie, made by a plain link so that it works without
//! scripts.

use std::time::Duration;

use axum::{
    extract::Query,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use kit_web::{
    cookie::{Cookie, SameSite},
    local_path::is_local_path,
};
use serde::Deserialize;

use super::visit::{SENIOR_COOKIE, Visit};

/// The choice and where to go on.
#[derive(Deserialize)]
pub struct Choice {
    #[serde(default)]
    senior: String,
    #[serde(default, rename = "return")]
    back: String,
}

/// `/reading-mode?senior=1&return=/…`.
pub async fn choose(visit: Visit, Query(choice): Query<Choice>) -> Response {
    let back = if is_local_path(&choice.back) { choice.back.as_str() } else { "/" };
    let senior = choice.senior == "1";
    let cookie = Cookie {
        name: SENIOR_COOKIE,
        value: if senior { "1" } else { "0" },
        path: "/",
        lives: Some(Duration::from_secs(365 * 24 * 3600)),
        same_site: SameSite::Lax,
        secure: visit.host.face.base_url.starts_with("https"),
    };
    let mut response = StatusCode::SEE_OTHER.into_response();
    let headers = response.headers_mut();
    let location = HeaderValue::from_str(back).unwrap_or_else(|_| HeaderValue::from_static("/"));
    headers.insert(header::LOCATION, location);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(cookie) = cookie.header() {
        headers.insert(header::SET_COOKIE, cookie);
    }
    response
}
