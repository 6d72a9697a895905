//! The front as a browser meets it, and the race between rendering and purging.

use std::borrow::Cow;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::extract::Extension;
use axum::response::{Html, IntoResponse, Redirect};
use axum::routing::{get, post};
use http::HeaderName;
use http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_TYPE, HOST, IF_NONE_MATCH, LOCATION, VARY, X_CONTENT_TYPE_OPTIONS,
};
use tokio::sync::Semaphore;

use super::*;
use crate::forms::{Form, FormErrors};
use crate::test_browser::{Browser, Reply};
use crate::{cookie, local_path};

/// What the handlers of the small test product share.
struct Shop {
    renders: AtomicUsize,
    /// Data of `/item`.
    text: Mutex<String>,
    /// A rendering waits here after it has read its data.
    gate: Semaphore,
    begun: Semaphore,
}

impl Shop {
    fn open() -> Arc<Shop> {
        Arc::new(Shop {
            renders: AtomicUsize::new(0),
            text: Mutex::new("first".into()),
            gate: Semaphore::new(Semaphore::MAX_PERMITS),
            begun: Semaphore::new(0),
        })
    }

    /// A shop whose renderings wait to be let through.
    fn gated() -> Arc<Shop> {
        let shop = Shop::open();
        shop.gate.forget_permits(Semaphore::MAX_PERMITS);
        shop
    }

    fn renders(&self) -> usize {
        self.renders.load(Ordering::SeqCst)
    }
}

fn marked(body: String, tags: &[&str]) -> Response<Body> {
    let tags = tags.iter().map(|tag| tag.to_string()).collect();
    (Extension(Cacheable { tags }), Html(body)).into_response()
}

async fn item(Extension(shop): Extension<Arc<Shop>>, Extension(key): Extension<CacheKey>) -> Response<Body> {
    let text = shop.text.lock().unwrap().clone();
    shop.renders.fetch_add(1, Ordering::SeqCst);
    shop.begun.add_permits(1);
    shop.gate.acquire().await.unwrap().forget();
    marked(format!("<p>{text} {}</p>{}", key.variant, " ".repeat(2000)), &["item"])
}

async fn unkept(Extension(shop): Extension<Arc<Shop>>) -> Response<Body> {
    shop.renders.fetch_add(1, Ordering::SeqCst);
    Html(format!("<p>{}</p>", "long ".repeat(1000))).into_response()
}

async fn with_cookie(Extension(shop): Extension<Arc<Shop>>) -> Response<Body> {
    shop.renders.fetch_add(1, Ordering::SeqCst);
    let mut response = marked("mine".into(), &[]);
    response.headers_mut().insert(SET_COOKIE, HeaderValue::from_static("session=1"));
    response
}

async fn save(form: Form) -> Response<Body> {
    let mut errors = FormErrors::default();
    let title = form.required("title", "请填写标题。", &mut errors);
    match errors.or(title) {
        Ok(title) => {
            let cookie = cookie::Cookie {
                name: "title",
                value: &title,
                path: "/",
                lives: None,
                same_site: cookie::SameSite::Lax,
                secure: false,
            };
            let target = form.text("return");
            let target = if local_path::is_local_path(&target) { target } else { "/".into() };
            ([(SET_COOKIE, cookie.header().unwrap())], Redirect::to(&target)).into_response()
        }
        Err(errors) => {
            let list: String = errors.iter().map(|(f, s)| format!("<li id={f}>{s}</li>")).collect();
            (StatusCode::UNPROCESSABLE_ENTITY, Html(format!("<ul>{list}</ul>"))).into_response()
        }
    }
}

async fn hello(headers: HeaderMap) -> Html<String> {
    Html(format!("<h1>你好 {}</h1>", cookie::read(&headers, "title").unwrap_or_default()))
}

async fn panics() -> &'static str {
    panic!("演示数据")
}

fn front(shop: &Arc<Shop>) -> Front {
    let router = Router::new()
        .route("/", get(hello))
        .route("/item", get(item))
        .route("/unkept", get(unkept))
        .route("/with-cookie", get(with_cookie))
        .route("/save", post(save))
        .route("/panics", get(panics))
        .layer(Extension(shop.clone()));
    let security = SecurityHeaders::new(HeaderValue::from_static("default-src 'self'"));
    let files = [("a.css".to_owned(), Cow::Borrowed(&b"p {}"[..]))];
    let assets = Arc::new(Assets::new("/assets/", &security, files));
    let mut settings = FrontSettings::new(security);
    settings.max_request_body = 4096;
    Front::new(Arc::new(PageCache::with_budget(1 << 20)), assets, router, settings, |parts| {
        let path = parts.uri.path_and_query()?.as_str();
        let large = cookie::read(&parts.headers, "large").is_some();
        let kept = ["/item", "/unkept", "/with-cookie", "/panics"].contains(&path);
        kept.then(|| CacheKey::new("a".into(), path, large.into()))
    })
}

fn browser(shop: &Arc<Shop>) -> Browser {
    Browser::new(front(shop), "example.test")
}

async fn ask(browser: &mut Browser, method: Method, path: &str, headers: &[(HeaderName, &str)]) -> Reply {
    browser.send(method, path, "", headers).await
}

#[tokio::test]
async fn a_kept_page_is_rendered_once_until_it_is_purged() {
    let shop = Shop::open();
    let front = front(&shop);
    let mut browser = Browser::new(front.clone(), "example.test");
    for _ in 0..3 {
        assert_eq!(browser.get("/item").await.text(), "first 0");
    }
    assert_eq!(shop.renders(), 1);
    *shop.text.lock().unwrap() = "second".into();
    assert_eq!(front.cache().purge("a", ["item"]), 1);
    assert_eq!(browser.get("/item").await.text(), "second 0");
    browser.set_cookie("large", "1");
    assert_eq!(browser.get("/item").await.text(), "second 1");
    assert_eq!(browser.get("/item").await.header("vary"), Some("Cookie, Accept-Encoding"));
    assert_eq!(shop.renders(), 3);
}

#[tokio::test]
async fn first_and_later_answers_are_the_same_for_every_coding_and_head() {
    for (method, coding) in [
        (Method::GET, "br"),
        (Method::GET, "gzip"),
        (Method::GET, "identity"),
        (Method::HEAD, "br"),
        (Method::HEAD, "identity"),
    ] {
        let mut browser = browser(&Shop::open());
        let wish = [(ACCEPT_ENCODING, coding)];
        let first = ask(&mut browser, method.clone(), "/item", &wish).await;
        let later = ask(&mut browser, method.clone(), "/item", &wish).await;
        assert_eq!((first.status(), first.headers()), (200, later.headers()), "{method} {coding}");
        assert_eq!(first.bytes(), later.bytes());
        assert_eq!(first.bytes().is_empty(), method == Method::HEAD);
        let encoding = first.header("content-encoding").unwrap_or("identity");
        assert_eq!(encoding, coding);
        assert!(first.header("content-length").unwrap().parse::<usize>().unwrap() > 0);
    }
}

#[tokio::test]
async fn a_conditional_or_partial_first_request_still_keeps_the_whole_page() {
    let shop = Shop::open();
    let mut browser = browser(&shop);
    let odd = [(RANGE, "bytes=0-1"), (IF_NONE_MATCH, "\"other\"")];
    assert_eq!(ask(&mut browser, Method::HEAD, "/item", &odd).await.status(), 200);
    let page = browser.get("/item").await;
    assert_eq!((page.status(), page.text()), (200, "first 0".into()));
    let known = [(IF_NONE_MATCH, page.header("etag").unwrap())];
    let again = ask(&mut browser, Method::GET, "/item", &known).await;
    assert_eq!((again.status(), again.bytes().len(), shop.renders()), (304, 0, 1));
}

#[tokio::test]
async fn unmarked_answers_and_answers_with_cookies_are_never_kept() {
    let shop = Shop::open();
    let front = front(&shop);
    let mut browser = Browser::new(front.clone(), "example.test");
    for path in ["/unkept", "/unkept", "/with-cookie", "/with-cookie"] {
        assert_eq!(browser.get(path).await.status(), 200);
    }
    assert_eq!((shop.renders(), front.cache().figures().pages), (4, 0));
    let head = ask(&mut browser, Method::HEAD, "/unkept", &[]).await;
    assert_eq!((head.status(), head.bytes().len()), (200, 0));
    assert_eq!(head.header("content-length"), Some("5007"));
}

#[tokio::test]
async fn text_that_is_not_kept_is_compressed_and_short_text_is_not() {
    let mut browser = browser(&Shop::open());
    for (coding, sent) in [("br", Some("br")), ("gzip", Some("gzip")), ("identity", None)] {
        let page = ask(&mut browser, Method::GET, "/unkept", &[(ACCEPT_ENCODING, coding)]).await;
        assert_eq!(page.header("content-encoding"), sent);
        assert_eq!(page.header("vary"), Some("Accept-Encoding"));
        assert_eq!(page.bytes().len() < 1000, sent.is_some());
    }
    let short = ask(&mut browser, Method::GET, "/", &[(ACCEPT_ENCODING, "br")]).await;
    assert_eq!(short.header("content-encoding"), None);
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let mut browser = browser(&Shop::open());
    for path in ["/", "/item", "/item", "/unkept", "/none", "/assets/a.css", "/panics", "/a//b"] {
        let reply = ask(&mut browser, Method::GET, path, &[]).await;
        assert_eq!(reply.header("content-security-policy"), Some("default-src 'self'"), "{path}");
        assert_eq!(reply.headers()[X_CONTENT_TYPE_OPTIONS], "nosniff");
        for name in ["referrer-policy", "permissions-policy", "x-frame-options"] {
            assert!(reply.header(name).is_some(), "{name} on {path}");
        }
    }
}

#[tokio::test]
async fn hostile_requests_get_a_plain_400() {
    let mut browser = browser(&Shop::open());
    let long = format!("/{}", "a".repeat(5000));
    for path in ["/%00", "/a%ff", "/../x", "/%2e%2e/x", "//x", "/a%2fb", "/?q=%ff", &long] {
        let reply = ask(&mut browser, Method::GET, path, &[]).await;
        assert_eq!(reply.status(), 400, "{path:.30}");
        assert_eq!(reply.headers()[CONTENT_TYPE], "text/plain; charset=utf-8");
        assert_eq!(reply.headers()[CACHE_CONTROL], "no-store");
    }
    let two_hosts = ask(&mut browser, Method::GET, "/", &[(HOST, "other.test")]).await;
    assert_eq!(two_hosts.status(), 400);
}

#[tokio::test]
async fn a_panicking_handler_is_a_500_and_leaves_no_flight_behind() {
    let mut browser = browser(&Shop::open());
    for _ in 0..2 {
        assert_eq!(browser.get("/panics").await.status(), 500);
    }
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused() {
    let mut browser = browser(&Shop::open());
    let reply = browser.post("/save", &[("title", &"a".repeat(5000))]).await;
    assert_eq!(reply.status(), 413);
    assert_eq!(browser.send(Method::POST, "/save", "title=a", &[]).await.status(), 415);
}

#[test]
fn only_a_path_that_takes_uploads_takes_larger_bodies() {
    let mut settings =
        FrontSettings::new(SecurityHeaders::new(HeaderValue::from_static("default-src 'self'")));
    settings.uploads = vec![("/upload", 1 << 30)];
    assert_eq!((settings.body_limit("/upload"), settings.body_limit("/upload/x")), (1 << 30, 10 << 20));
}

#[tokio::test]
async fn a_form_keeps_its_mistakes_and_a_good_one_leads_back_with_a_cookie() {
    let mut browser = browser(&Shop::open());
    let wrong = browser.post("/save", &[("title", " ")]).await;
    assert_eq!((wrong.status(), wrong.one("li#title").text), (422, "请填写标题。".into()));
    let home = browser.post("/save", &[("title", "reader"), ("return", "//evil.test")]).await;
    assert_eq!((home.address(), home.status()), ("/", 200));
    assert_eq!(home.one("h1").text, "你好 reader");
    assert_eq!(browser.cookie("title"), Some("reader"));
}

#[tokio::test]
async fn redirects_are_seen_when_not_followed() {
    let mut browser = browser(&Shop::open());
    let form = [(CONTENT_TYPE, "application/x-www-form-urlencoded")];
    let reply = browser.send(Method::POST, "/save", "title=a&return=%2Fitem", &form).await;
    assert_eq!((reply.status(), reply.redirect()), (303, Some("/item")));
    assert_eq!(reply.headers()[LOCATION], "/item");
    assert!(reply.headers().get(VARY).is_none());
}

/// A reader in a task of its own.
fn reading(front: &Front) -> tokio::task::JoinHandle<String> {
    let mut browser = Browser::new(front.clone(), "example.test");
    tokio::spawn(async move { browser.get("/item").await.text() })
}

#[tokio::test]
async fn a_burst_renders_once() {
    let shop = Shop::gated();
    let front = front(&shop);
    let readers: Vec<_> = (0..50).map(|_| reading(&front)).collect();
    shop.begun.acquire().await.unwrap().forget();
    tokio::task::yield_now().await;
    shop.gate.add_permits(50);
    for reader in readers {
        assert_eq!(reader.await.unwrap(), "first 0");
    }
    assert_eq!(shop.renders(), 1);
}

#[tokio::test]
async fn whoever_asks_after_a_purge_never_gets_the_page_rendered_before_it() {
    let shop = Shop::gated();
    let front = front(&shop);
    let early = reading(&front);
    // The early rendering has read the old data and is held.
    shop.begun.acquire().await.unwrap().forget();
    *shop.text.lock().unwrap() = "second".into();
    front.cache().purge("a", ["item"]);
    let late: Vec<_> = (0..10).map(|_| reading(&front)).collect();
    tokio::task::yield_now().await;
    shop.gate.add_permits(100);
    assert_eq!(early.await.unwrap(), "first 0");
    for reader in late {
        assert_eq!(reader.await.unwrap(), "second 0");
    }
    assert_eq!(shop.renders(), 2);
    assert_eq!(reading(&front).await.unwrap(), "second 0");
}

#[tokio::test]
async fn if_the_client_who_renders_goes_away_the_next_one_renders() {
    let shop = Shop::gated();
    let front = front(&shop);
    let first = reading(&front);
    shop.begun.acquire().await.unwrap().forget();
    let second = reading(&front);
    tokio::task::yield_now().await;
    first.abort();
    assert!(first.await.unwrap_err().is_cancelled());
    shop.begun.acquire().await.unwrap().forget();
    shop.gate.add_permits(1);
    assert_eq!(second.await.unwrap(), "first 0");
    assert_eq!(shop.renders(), 2);
}

#[tokio::test]
async fn readers_and_purges_in_any_order_never_show_older_data_than_the_last_purge() {
    let shop = Shop::open();
    let front = front(&shop);
    let mut readers = Vec::new();
    for round in 0..200usize {
        *shop.text.lock().unwrap() = format!("{round:03}");
        front.cache().purge("a", ["item"]);
        for _ in 0..round % 4 {
            let reader = reading(&front);
            readers.push((round, reader));
            tokio::task::yield_now().await;
        }
    }
    for (asked_in, reader) in readers {
        let text = reader.await.unwrap();
        let seen: usize = text.split(' ').next().unwrap().parse().unwrap();
        assert!(seen >= asked_in, "asked in round {asked_in}, saw {seen}");
    }
}
