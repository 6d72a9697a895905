//! The front: what stands between the socket and the router. Kept pages and assets are answered
//! here, without the router; its answers get the security headers, are compressed, and are kept
//! where the handler says so.
//!
//! It does not know which addresses may be kept nor what they depend on: the product's `classify`
//! and the `Cacheable` mark on its answers say so.

mod answering;
mod flight;
mod guard;
mod plain;
mod shrink;

use std::net::SocketAddr;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::task::Poll;

use axum::Router;
use axum::body::Body;
use bytes::Bytes;
use http::header::{
    CACHE_CONTROL, CONNECTION, CONTENT_ENCODING, CONTENT_LENGTH, DATE, ETAG, HeaderMap, HeaderValue,
    IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, IF_UNMODIFIED_SINCE, RANGE, SET_COOKIE,
    TRANSFER_ENCODING,
};
use http::request::Parts;
use http::{Method, Request, Response, StatusCode};
use http_body::Body as _;
use http_body_util::{BodyExt, Either, Full, Limited};
use tower::ServiceExt;

pub use self::answering::Answering;
use self::flight::{End, Flight, Flights, Role};
pub use self::plain::plain;
use crate::assets::Assets;
use crate::encoding;
use crate::page::{Effort, Page, add_vary};
use crate::page_cache::{CacheKey, NotKept, PageCache};
use crate::security::SecurityHeaders;

/// What the front sends: bytes from memory, or whatever the router produces.
pub type FrontBody = Either<Full<Bytes>, Body>;

/// An answer of the front.
pub type Answer = Response<FrontBody>;

/// Put into an answer's extensions by a handler: keep this page until one of its tags is purged.
///
/// The page may depend on the `CacheKey` (found in the request's extensions) and on data under
/// these tags, on nothing else: no cookie, no session, no other header.
#[derive(Clone, Debug, Default)]
pub struct Cacheable {
    /// What the page shows, such as `item:12` or `lists`.
    pub tags: Vec<String>,
}

/// In the request's extensions: the address at the other end of the connection.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

/// Says which requests may be answered from the cache and under which key; `None` goes straight to
/// the router. To keep strangers from filling the cache it should accept known paths and known
/// query parameters in one order only. It may run for any GET or HEAD, before the router.
pub type Classify = dyn Fn(&Parts) -> Option<CacheKey> + Send + Sync;

/// How the front behaves.
#[derive(Clone, Debug)]
pub struct FrontSettings {
    /// Headers on every answer.
    pub security: SecurityHeaders,
    /// `Cache-Control` of kept pages whose handler gave none.
    pub page_cache_control: HeaderValue,
    /// Whether a cookie chooses the key's variant; then caches on the way must know it.
    pub varies_by_cookie: bool,
    /// Larger request bodies are refused with 413. Axum's extractors have their own, lower limit.
    pub max_request_body: usize,
    /// Paths to which larger bodies may be sent, each with its own limit: uploads that a handler streams away.
    pub uploads: Vec<(&'static str, usize)>,
    /// Larger answers are sent but not kept.
    pub max_kept_body: usize,
}

impl FrontSettings {
    /// Browsers ask again each time (and get 304); bodies up to 10 MB; pages up to 1 MB are kept.
    pub fn new(security: SecurityHeaders) -> Self {
        FrontSettings {
            security,
            page_cache_control: HeaderValue::from_static("no-cache"),
            varies_by_cookie: true,
            max_request_body: 10 << 20,
            uploads: Vec::new(),
            max_kept_body: 1 << 20,
        }
    }
}

impl FrontSettings {
    /// Bytes that may be sent to a path.
    fn body_limit(&self, path: &str) -> usize {
        let upload = self.uploads.iter().find(|(known, _)| *known == path);
        upload.map_or(self.max_request_body, |(_, limit)| *limit)
    }
}

/// The front; cheap to clone.
#[derive(Clone)]
pub struct Front {
    shared: Arc<Shared>,
}

struct Shared {
    cache: Arc<PageCache>,
    assets: Arc<Assets>,
    router: Router,
    classify: Box<Classify>,
    settings: FrontSettings,
    flights: Flights,
}

/// A burst that keeps losing against purges stops waiting for one another after so many turns.
const MAX_TURNS: usize = 8;

impl Front {
    /// Puts cache and assets ahead of a router.
    pub fn new(
        cache: Arc<PageCache>,
        assets: Arc<Assets>,
        router: Router,
        settings: FrontSettings,
        classify: impl Fn(&Parts) -> Option<CacheKey> + Send + Sync + 'static,
    ) -> Front {
        let classify: Box<Classify> = Box::new(classify);
        let flights = Flights::default();
        Front { shared: Arc::new(Shared { cache, assets, router, classify, settings, flights }) }
    }

    /// The cache behind this front.
    pub fn cache(&self) -> &PageCache {
        &self.shared.cache
    }

    /// Answers one request that came over a connection from `peer`.
    ///
    /// What is in memory is answered at once; only the way to the router needs a future of its own.
    pub fn answer<B>(&self, peer: SocketAddr, request: Request<B>) -> Answering
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<axum::BoxError>,
    {
        let (parts, body) = request.into_parts();
        let key = match self.shared.at_once(&parts) {
            AtOnce::Answer(answer) => return Answering::Ready(Some(answer)),
            AtOnce::Render(key) => key,
            AtOnce::Pass => {
                let shared = self.shared.clone();
                return Answering::Later(Box::pin(async move { shared.pass(peer, parts, body).await }));
            }
        };
        let shared = self.shared.clone();
        Answering::Later(Box::pin(async move { shared.render(key, peer, parts).await }))
    }
}

/// What can be said without the router.
enum AtOnce {
    Answer(Answer),
    Render(CacheKey),
    Pass,
}

impl Shared {
    fn at_once(&self, parts: &Parts) -> AtOnce {
        if !guard::is_sound(parts) {
            return AtOnce::Answer(self.plain(StatusCode::BAD_REQUEST));
        }
        if parts.method != Method::GET && parts.method != Method::HEAD {
            return AtOnce::Pass;
        }
        if let Some(page) = self.assets.find(parts.uri.path()) {
            return AtOnce::Answer(kept(page, parts));
        }
        let Some(key) = (self.classify)(parts) else {
            return AtOnce::Pass;
        };
        match self.cache.get(&key) {
            Some(page) => AtOnce::Answer(kept(&page, parts)),
            None => AtOnce::Render(key),
        }
    }

    fn plain(&self, status: StatusCode) -> Answer {
        let mut response = plain(status);
        self.settings.security.apply(response.headers_mut());
        response.map(Either::Left)
    }

    /// To the router and back, for what is not kept.
    async fn pass<B>(&self, peer: SocketAddr, mut parts: Parts, body: B) -> Answer
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<axum::BoxError>,
    {
        let limit = self.settings.body_limit(parts.uri.path());
        if body.size_hint().lower() > limit as u64 {
            return self.plain(StatusCode::PAYLOAD_TOO_LARGE);
        }
        parts.extensions.insert(Peer(peer));
        let wanted = encoding::negotiate(&parts.headers);
        let body = Body::new(Limited::new(body, limit));
        match self.route(Request::from_parts(parts, body)).await {
            Some(response) => self.finish(response, wanted).await,
            None => self.plain(StatusCode::INTERNAL_SERVER_ERROR),
        }
    }

    /// A page that may be kept: rendered once for all who ask meanwhile.
    async fn render(&self, key: CacheKey, peer: SocketAddr, parts: Parts) -> Answer {
        for _ in 0..MAX_TURNS {
            let role = self.flights.join(&key);
            // Looked up after joining: the rendering before ours may just have been kept.
            if let Some(page) = self.cache.get(&key) {
                return kept(&page, &parts);
            }
            match role {
                Role::Lead(flight) => return self.lead(Some(flight), key, peer, parts).await,
                Role::Wait(receiver) => {
                    if flight::landed(receiver).await == End::NotKept {
                        break;
                    }
                }
            }
        }
        self.lead(None, key, peer, parts).await
    }

    /// Renders through the router and keeps the answer if the handler allows it.
    async fn lead(&self, flight: Option<Flight>, key: CacheKey, peer: SocketAddr, parts: Parts) -> Answer {
        // Before any data is read: a purge from here on makes the page unfit to be kept.
        let ticket = self.cache.ticket();
        let request = whole_page_request(&parts, &key, peer);
        let Some(mut response) = self.route(request).await else {
            return self.plain(StatusCode::INTERNAL_SERVER_ERROR);
        };
        let mark = response.extensions_mut().remove::<Cacheable>();
        let Some(mark) = mark.filter(|_| self.may_keep(&response)) else {
            land(flight, End::NotKept);
            let finished = self.finish(response, encoding::negotiate(&parts.headers)).await;
            return without_body_for_head(&parts.method, finished);
        };
        let Some(page) = self.prepare(response).await else {
            return self.plain(StatusCode::INTERNAL_SERVER_ERROR);
        };
        let end = match self.cache.store(ticket, key, page.clone(), &mark.tags) {
            Err(NotKept::TooLarge) => End::NotKept,
            Ok(()) | Err(NotKept::Outdated) => End::LookAgain,
        };
        land(flight, end);
        kept(&page, &parts)
    }

    /// Only whole, plain, public answers of known size are kept.
    fn may_keep(&self, response: &Response<Body>) -> bool {
        let headers = response.headers();
        let size = response.body().size_hint().exact();
        response.status() == StatusCode::OK
            && !headers.contains_key(SET_COOKIE)
            && !headers.contains_key(CONTENT_ENCODING)
            && size.is_some_and(|size| size <= self.settings.max_kept_body as u64)
    }

    async fn prepare(&self, response: Response<Body>) -> Option<Arc<Page>> {
        let (mut parts, body) = response.into_parts();
        let body = body.collect().await.ok()?.to_bytes();
        for name in [CONTENT_LENGTH, TRANSFER_ENCODING, CONNECTION, DATE, ETAG] {
            parts.headers.remove(name);
        }
        let default = &self.settings.page_cache_control;
        parts.headers.entry(CACHE_CONTROL).or_insert_with(|| default.clone());
        if self.settings.varies_by_cookie {
            add_vary(&mut parts.headers, "Cookie");
        }
        self.settings.security.apply(&mut parts.headers);
        // Milliseconds of work: not on a thread that serves others.
        let prepared = tokio::task::spawn_blocking(move || Page::new(&parts.headers, body, Effort::PAGE));
        prepared.await.ok().map(Arc::new)
    }

    /// Security headers and compression for an answer that is not kept.
    async fn finish(&self, response: Response<Body>, wanted: encoding::Encoding) -> Answer {
        let Ok(mut response) = shrink::shrink(response, wanted).await else {
            return self.plain(StatusCode::INTERNAL_SERVER_ERROR);
        };
        self.settings.security.apply(response.headers_mut());
        response.map(Either::Right)
    }

    /// The router's answer, or nothing if the handler panicked: one request fails, not the
    /// connection with whatever else it carries.
    async fn route(&self, request: Request<Body>) -> Option<Response<Body>> {
        let mut answering = Box::pin(self.router.clone().oneshot(request));
        let guarded = std::future::poll_fn(|context| {
            let polled = AssertUnwindSafe(|| answering.as_mut().poll(context));
            match std::panic::catch_unwind(polled) {
                Ok(Poll::Pending) => Poll::Pending,
                Ok(Poll::Ready(Ok(response))) => Poll::Ready(Some(response)),
                Err(_) => Poll::Ready(None),
            }
        });
        let answer = guarded.await;
        if answer.is_none() {
            tracing::error!("a handler panicked");
        }
        answer
    }
}

/// The request the handler sees for a page to be kept: a GET for the whole of it.
///
/// axum would drop the body of a HEAD, and a handler that obeyed a condition or a range would
/// have only a part of the page kept for everybody.
fn whole_page_request(parts: &Parts, key: &CacheKey, peer: SocketAddr) -> Request<Body> {
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = parts.uri.clone();
    *request.version_mut() = parts.version;
    *request.headers_mut() = parts.headers.clone();
    for name in [IF_NONE_MATCH, IF_MODIFIED_SINCE, IF_MATCH, IF_UNMODIFIED_SINCE, IF_RANGE, RANGE] {
        request.headers_mut().remove(name);
    }
    request.extensions_mut().insert(key.clone());
    request.extensions_mut().insert(Peer(peer));
    request
}

fn kept(page: &Page, parts: &Parts) -> Answer {
    page.answer(&parts.method, &parts.headers).map(Either::Left)
}

fn land(flight: Option<Flight>, end: End) {
    if let Some(flight) = flight {
        flight.land(end);
    }
}

/// HEAD was asked as GET: its answer keeps the length and loses the body.
fn without_body_for_head(method: &Method, answer: Answer) -> Answer {
    if method != Method::HEAD {
        return answer;
    }
    let length = answer.body().size_hint().exact();
    let mut answer = answer.map(|_| Either::Left(Full::default()));
    set_length(answer.headers_mut(), length);
    answer
}

fn set_length(headers: &mut HeaderMap, length: Option<u64>) {
    if let Some(length) = length {
        headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    }
}

#[cfg(test)]
mod tests;
