//! A browser for tests: it talks to the front in the same process, keeps cookies, follows
//! redirects and finds elements. No socket, no script, no style.
//!
//! It does not time anything and is not part of a release.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use axum::body::Body;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, COOKIE, HOST, HeaderName, HeaderValue, LOCATION, SET_COOKIE};
use http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use scraper::{Html, Selector};

use crate::front::Front;

/// A reader with a cookie jar, looking at one host.
pub struct Browser {
    front: Front,
    host: String,
    peer: SocketAddr,
    cookies: BTreeMap<String, String>,
    headers: HeaderMap,
}

/// How many redirects in a row are a loop.
const MAX_REDIRECTS: usize = 8;

impl Browser {
    /// A new reader of `host`.
    pub fn new(front: Front, host: &str) -> Browser {
        let peer = SocketAddr::from(([127, 0, 0, 1], 50_000));
        let (cookies, headers) = (BTreeMap::new(), HeaderMap::new());
        Browser { front, host: host.to_owned(), peer, cookies, headers }
    }

    /// Sends this header with every request.
    pub fn with_header(mut self, name: HeaderName, value: &str) -> Browser {
        self.headers.insert(name, value.parse().expect("a test gives valid header values"));
        self
    }

    /// Comes from this address.
    pub fn from_address(mut self, peer: SocketAddr) -> Browser {
        self.peer = peer;
        self
    }

    /// The value of a cookie in the jar.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    /// Puts a cookie into the jar.
    pub fn set_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    /// Opens an address and follows redirects.
    pub async fn get(&mut self, address: &str) -> Reply {
        let reply = self.send(Method::GET, address, Bytes::new(), &[]).await;
        self.follow(reply).await
    }

    /// Sends a form and follows redirects.
    pub async fn post(&mut self, address: &str, fields: &[(&str, &str)]) -> Reply {
        let form = [(CONTENT_TYPE, "application/x-www-form-urlencoded")];
        let reply = self.send(Method::POST, address, encode(fields), &form).await;
        self.follow(reply).await
    }

    /// One request, no redirects followed.
    pub async fn send(
        &mut self,
        method: Method,
        address: &str,
        body: impl Into<Bytes>,
        headers: &[(HeaderName, &str)],
    ) -> Reply {
        let mut request = Request::new(Body::from(body.into()));
        *request.method_mut() = method;
        *request.uri_mut() = address.parse().expect("a test gives addresses that can be parsed");
        *request.headers_mut() = self.request_headers(headers);
        let (parts, body) = self.front.answer(self.peer, request).await.into_parts();
        self.keep_cookies(&parts.headers);
        let body = body.collect().await.expect("the answer's body breaks off").to_bytes();
        Reply { address: address.to_owned(), status: parts.status, headers: parts.headers, body }
    }

    async fn follow(&mut self, mut reply: Reply) -> Reply {
        for _ in 0..MAX_REDIRECTS {
            let Some(target) = reply.redirect().map(str::to_owned) else {
                return reply;
            };
            assert!(target.starts_with('/'), "redirect to another host: {target}");
            reply = self.send(Method::GET, &target, Bytes::new(), &[]).await;
        }
        panic!("redirected in a loop, last to {}", reply.address);
    }

    fn request_headers(&self, more: &[(HeaderName, &str)]) -> HeaderMap {
        let mut all = self.headers.clone();
        let host = HeaderValue::from_str(&self.host).expect("a test gives a valid host");
        all.insert(HOST, host);
        if !self.cookies.is_empty() {
            let pairs: Vec<String> =
                self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            let line = HeaderValue::from_str(&pairs.join("; ")).expect("kept cookies are valid");
            all.insert(COOKIE, line);
        }
        for (name, value) in more {
            all.append(name, value.parse().expect("a test gives valid header values"));
        }
        all
    }

    fn keep_cookies(&mut self, headers: &HeaderMap) {
        for line in headers.get_all(SET_COOKIE) {
            let line = line.to_str().expect("Set-Cookie is ASCII");
            let (pair, attributes) = line.split_once(';').unwrap_or((line, ""));
            let (name, value) = pair.split_once('=').expect("Set-Cookie has a name");
            if attributes.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

fn encode(fields: &[(&str, &str)]) -> Bytes {
    let part = |text| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let pairs: Vec<String> =
        fields.iter().map(|(name, value)| format!("{}={}", part(name), part(value))).collect();
    pairs.join("&").into()
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Reply {
    address: String,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

/// An element found on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its text, spaces run together.
    pub text: String,
    /// Its HTML with itself.
    pub html: String,
    attributes: BTreeMap<String, String>,
}

impl Found {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }
}

impl Reply {
    /// The address that was asked last.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The status.
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// A header's value as text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// All headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The bytes.
    pub fn bytes(&self) -> &Bytes {
        &self.body
    }

    /// Where it redirects to.
    pub fn redirect(&self) -> Option<&str> {
        if self.status.is_redirection() { self.header(LOCATION.as_str()) } else { None }
    }

    /// The body as sent.
    ///
    /// # Panics
    /// If it is not UTF-8 (compressed, a picture).
    pub fn html(&self) -> &str {
        std::str::from_utf8(&self.body).expect("the body is not UTF-8 text")
    }

    /// The visible text of the page, spaces run together.
    pub fn text(&self) -> String {
        let page = Html::parse_document(self.html());
        let hidden = ["script", "style", "template", "head"];
        let words = page.tree.nodes().filter_map(|node| {
            let text = node.value().as_text()?;
            let concealed = node
                .ancestors()
                .any(|above| above.value().as_element().is_some_and(|e| hidden.contains(&e.name())));
            (!concealed).then(|| text.to_string())
        });
        run_together(words)
    }

    /// All elements a CSS selector finds.
    ///
    /// # Panics
    /// If the selector is none.
    pub fn select(&self, selector: &str) -> Vec<Found> {
        let parsed =
            Selector::parse(selector).unwrap_or_else(|error| panic!("{selector} is no selector: {error}"));
        let page = Html::parse_document(self.html());
        page.select(&parsed)
            .map(|element| Found {
                text: run_together(element.text().map(str::to_owned)),
                html: element.html(),
                attributes: element
                    .value()
                    .attrs()
                    .map(|(name, value)| (name.to_owned(), value.to_owned()))
                    .collect(),
            })
            .collect()
    }

    /// The one element a CSS selector finds.
    ///
    /// # Panics
    /// If there is none or more than one.
    pub fn one(&self, selector: &str) -> Found {
        let mut found = self.select(selector);
        assert_eq!(found.len(), 1, "{selector} on {}:\n{}", self.address, self.html());
        found.remove(0)
    }
}

fn run_together(parts: impl Iterator<Item = String>) -> String {
    let joined: Vec<String> = parts.collect();
    joined.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}
