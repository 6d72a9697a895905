//! Submitted forms of the desk: nothing of them is looked at before their token was.

use std::sync::Arc;

use axum::{
    extract::{FromRequest, FromRequestParts, Request},
    http::HeaderMap,
    response::Response,
};
use kit_web::forms::Form;
use serde::de::DeserializeOwned;

use super::officer::Officer;
use crate::app::App;

/// Name of the field and of the header that carry the token.
pub const FIELD: &str = "csrf";
/// Header that scripts send the token in.
pub const HEADER: &str = "x-csrf-token";
/// Largest JSON body: a long record with its tables.
const MAX_JSON: usize = 4 << 20;

/// A form that this session was shown.
pub struct DeskForm {
    /// Who sent it.
    pub officer: Officer,
    /// Its fields.
    pub form: Form,
}

impl FromRequest<Arc<App>> for DeskForm {
    type Rejection = Response;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<DeskForm, Response> {
        let (mut parts, body) = request.into_parts();
        let officer = Officer::from_request_parts(&mut parts, app).await?;
        let form = Form::from_request(Request::from_parts(parts, body), app).await?;
        if officer.accepts(form.raw(FIELD).unwrap_or_default()) {
            Ok(DeskForm { officer, form })
        } else {
            Err(officer.stale_form())
        }
    }
}

/// JSON that a script of this session sent, with the token in a header.
pub struct DeskJson<T> {
    /// Who sent it.
    pub officer: Officer,
    /// What was sent.
    pub value: T,
}

impl<T: DeserializeOwned> FromRequest<Arc<App>> for DeskJson<T> {
    type Rejection = Response;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<DeskJson<T>, Response> {
        let (mut parts, body) = request.into_parts();
        let officer = Officer::from_request_parts(&mut parts, app).await?;
        if !officer.accepts(token(&parts.headers)) {
            return Err(officer.stale_json());
        }
        let bytes = axum::body::to_bytes(body, MAX_JSON).await.map_err(|_| officer.too_large_json())?;
        match serde_json::from_slice(&bytes) {
            Ok(value) => Ok(DeskJson { officer, value }),
            Err(error) => Err(officer.bad_json(&error.to_string())),
        }
    }
}

/// The token in a request's header.
pub fn token(headers: &HeaderMap) -> &str {
    headers.get(HEADER).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Whether a browser says that another site's page sent the request: a second lock behind the token.
pub fn is_from_elsewhere(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_some_and(|from| from == "cross-site")
}
