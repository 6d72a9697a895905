//! A visit: one request to one site, and how it is answered. It finds the site by the host name, knows the reader's
//! reading mode, and turns a page or an error into an answer. What a page shows is the business of its own module.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{FromRequestParts, Path, State},
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::{Html, IntoResponse, Response},
};
use kit_db::Tx;
use kit_web::{cookie, front::Cacheable};
use serde::de::DeserializeOwned;

use super::{
    faces::Host,
    page::{ErrorKind, ErrorPage, Layout, Link},
};
use crate::{
    app::App,
    cx::Cx,
    error::{Error, Result},
};

/// Name of the cookie that remembers the reading mode.
pub const SENIOR_COOKIE: &str = "senior";

/// One request to one site.
pub struct Visit {
    /// The product.
    pub app: Arc<App>,
    /// The site asked for.
    pub host: Arc<Host>,
    /// Whether the reader wants large type and a simple layout.
    pub senior: bool,
    /// Path and query as asked.
    pub path: String,
}

/// A rendered page and what it depends on.
pub struct Rendered {
    html: String,
    status: StatusCode,
    tags: Option<Vec<String>>,
}

impl Rendered {
    /// A page that may be kept until one of `tags` is purged.
    pub fn kept(page: &impl Template, tags: Vec<String>) -> Result<Rendered> {
        Ok(Rendered { html: render(page)?, status: StatusCode::OK, tags: Some(tags) })
    }

    /// A page made for this request alone.
    pub fn once(page: &impl Template) -> Result<Rendered> {
        Ok(Rendered { html: render(page)?, status: StatusCode::OK, tags: None })
    }
}

fn render(page: &impl Template) -> Result<String> {
    page.render().map_err(|error| Error::Unexpected(error.into()))
}

impl Visit {
    /// The layout of a page of this site.
    pub fn layout(&self, title: impl Into<String>, path: impl Into<String>) -> Layout {
        let mut layout = Layout::new(self.host.face.clone(), super::faces::asset_links(), title, path);
        layout.senior = self.senior;
        layout
    }

    /// The circumstances of reading: the site and the moment.
    pub fn cx(&self) -> Cx {
        self.app.cx(&self.host.site.id, "portal")
    }

    /// Reads from the database with the site at hand.
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        F: FnOnce(&mut Tx<'_>, &Cx) -> Result<T> + Send + 'static,
        T: Send + 'static,
    {
        let cx = self.cx();
        self.app.db.read(move |tx| work(tx, &cx)).await
    }

    /// The answer to this visit: the page, or the error page with the site's face.
    pub fn answer(&self, page: Result<Rendered>) -> Response {
        match page {
            Ok(page) => respond(page),
            Err(error) => self.error(error),
        }
    }

    fn error(&self, error: Error) -> Response {
        match error {
            // What may not be seen is not told from what is not there.
            Error::NotFound | Error::Forbidden => {
                self.error_page(ErrorKind::NotFound, String::new(), Vec::new())
            }
            Error::Refused(refusal) => {
                self.error_page(ErrorKind::BadRequest, crate::words::refusal(&refusal), Vec::new())
            }
            error => self.broken(&error),
        }
    }

    /// An error page of a kind.
    pub fn error_page(&self, kind: ErrorKind, detail: String, nearby: Vec<Link>) -> Response {
        let mut layout = self.layout(kind.title(), self.path.clone());
        layout.noindex = true;
        let page = ErrorPage { layout, kind, detail, request_number: None, nearby };
        self.error_response(&page)
    }

    /// The number lets an administrator find the chain of causes in the log; the reader sees nothing of it.
    fn broken(&self, error: &Error) -> Response {
        let number = self.cx().new_id();
        tracing::error!(request = number, path = self.path, %error, "a page could not be made");
        let mut layout = self.layout(ErrorKind::Broken.title(), self.path.clone());
        layout.noindex = true;
        let page = ErrorPage {
            layout,
            kind: ErrorKind::Broken,
            detail: String::new(),
            request_number: Some(number),
            nearby: Vec::new(),
        };
        self.error_response(&page)
    }

    fn error_response(&self, page: &ErrorPage) -> Response {
        let status = StatusCode::from_u16(page.kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        match page.render() {
            Ok(html) => respond(Rendered { html, status, tags: None }),
            Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    }
}

fn respond(page: Rendered) -> Response {
    let mut response = (page.status, Html(page.html)).into_response();
    match page.tags {
        Some(tags) => {
            response.extensions_mut().insert(Cacheable { tags });
        }
        None => {
            let no_store = header::HeaderValue::from_static("no-store");
            response.headers_mut().insert(header::CACHE_CONTROL, no_store);
        }
    }
    response
}

/// The host name of a request, without its port, in lower case.
pub fn host_name(headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, port)| {
        if port.bytes().all(|byte| byte.is_ascii_digit()) { name } else { host }
    });
    name.trim_end_matches('.').to_ascii_lowercase()
}

/// Whether the reader chose the senior mode.
pub fn is_senior(headers: &HeaderMap) -> bool {
    cookie::read(headers, SENIOR_COOKIE) == Some("1")
}

/// The parts of an address. What cannot be read (a number that is none) is not found, like all else that is not there.
pub struct Address<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<Arc<App>> for Address<T> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Address<T>, Response> {
        if let Ok(Path(value)) = Path::from_request_parts(parts, app).await {
            return Ok(Address(value));
        }
        let visit = Visit::from_request_parts(parts, app).await?;
        Err(visit.answer(Err(Error::NotFound)))
    }
}

impl FromRequestParts<Arc<App>> for Visit {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Visit, Response> {
        let State(app) =
            State::<Arc<App>>::from_request_parts(parts, app).await.map_err(IntoResponse::into_response)?;
        let Some(host) = app.faces.find(&host_name(&parts.headers)) else {
            return Err((StatusCode::MISDIRECTED_REQUEST, "没有站点使用这个域名。").into_response());
        };
        let path = parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
        Ok(Visit { senior: is_senior(&parts.headers), app, host, path })
    }
}
