//! The headers that are the same on every answer, prepared once.
//!
//! It does not write a content security policy: the product gives its own, and a handler that
//! sets one of these headers itself (a sandbox for an uploaded file) is not overruled.

use http::header::{
    CONTENT_SECURITY_POLICY, HeaderMap, HeaderName, HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};

const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");

/// Security headers as a ready map.
#[derive(Clone, Debug)]
pub struct SecurityHeaders(HeaderMap);

impl SecurityHeaders {
    /// The usual strict set around the product's content security policy.
    ///
    /// The policy should say `frame-ancestors` as well; `X-Frame-Options` is for older browsers.
    pub fn new(content_security_policy: HeaderValue) -> Self {
        let mut map = HeaderMap::with_capacity(8);
        map.insert(CONTENT_SECURITY_POLICY, content_security_policy);
        map.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        map.insert(X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
        map.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
        map.insert(
            PERMISSIONS_POLICY,
            HeaderValue::from_static("camera=(), microphone=(), geolocation=(), payment=()"),
        );
        SecurityHeaders(map)
    }

    /// Adds or replaces one header (`Strict-Transport-Security` behind TLS, for instance).
    pub fn with(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.insert(name, value);
        self
    }

    /// Puts the headers on an answer, leaving those the handler has set.
    pub fn apply(&self, headers: &mut HeaderMap) {
        for (name, value) in &self.0 {
            headers.entry(name).or_insert_with(|| value.clone());
        }
    }
}
