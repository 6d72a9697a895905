//! Serves one kept page of 30 KB through the front, for load tools to compare with other servers.
//!
//! `page_bench [--port N] [--workers N] [--dump FILE]`: with `--dump` it writes the page's bytes
//! (and FILE.br, the packed form) and ends, so that both servers send the same. It prints the
//! address it listens on. It is no product: one page, no data, no shutdown.

use std::net::Ipv4Addr;
use std::sync::Arc;

use axum::extract::Extension;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use http::HeaderValue;
use kit_web::assets::Assets;
use kit_web::encoding;
use kit_web::front::{Cacheable, Front, FrontSettings};
use kit_web::page::Effort;
use kit_web::page_cache::{CacheKey, PageCache};
use kit_web::security::SecurityHeaders;
use kit_web::serve::{Limits, serve};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// 30 KB of list page whose Brotli form has about 4 KB, as real ones do.
fn page() -> String {
    let mut page = String::from("<!doctype html><html lang=\"zh-CN\"><title>演示数据</title><ul>\n");
    // A small generator of fixed numbers, so that the rows differ as real titles do.
    let mut state: u32 = 2018;
    while page.len() < 30 * 1024 {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let (number, day, name) = (state >> 12, (state >> 8) % 28 + 1, state >> 4);
        page.push_str(&format!(
            "<li class=\"row\"><a href=\"/items/{number}\">演示数据第{name}号通知</a>\
             <time datetime=\"2018-03-{day:02}\">2018-03-{day:02}</time></li>\n"
        ));
    }
    page.push_str("</ul></html>\n");
    page
}

async fn answer() -> Response {
    let mark = Cacheable { tags: vec!["lists".into()] };
    (Extension(mark), Html(page())).into_response()
}

fn front() -> Front {
    let policy = "default-src 'self'; frame-ancestors 'self'; base-uri 'self'; form-action 'self'";
    let security = SecurityHeaders::new(HeaderValue::from_static(policy));
    let files = [("site.css".to_owned(), std::borrow::Cow::Borrowed(&b"p { margin: 0 }"[..]))];
    let assets = Arc::new(Assets::new("/assets/", &security, files));
    let router = axum::Router::new().route("/page", get(answer));
    let tenant: Arc<str> = "a".into();
    Front::new(
        Arc::new(PageCache::with_budget(64 << 20)),
        assets,
        router,
        FrontSettings::new(security),
        move |parts| {
            let path = parts.uri.path_and_query()?.as_str();
            Some(CacheKey::new(tenant.clone(), path, 0))
        },
    )
}

fn option(name: &str) -> Option<String> {
    let mut arguments = std::env::args().skip_while(|argument| argument != name);
    arguments.next()?;
    arguments.next()
}

fn main() -> std::io::Result<()> {
    if let Some(file) = option("--dump") {
        std::fs::write(&file, page())?;
        return std::fs::write(file + ".br", encoding::brotli(page().as_bytes(), Effort::PAGE.brotli));
    }
    let number = |name: &str, or: u16| option(name).and_then(|n| n.parse().ok()).unwrap_or(or);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(number("--workers", 1).into())
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let address = (Ipv4Addr::LOCALHOST, number("--port", 0));
        let listener = tokio::net::TcpListener::bind(address).await?;
        println!("http://{}/page", listener.local_addr()?);
        let forever = std::future::pending();
        serve(listener, front(), Limits::default(), forever).await.map(|_| ())
    })
}
