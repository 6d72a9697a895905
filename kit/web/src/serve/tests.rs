//! Real sockets: limits on heads, bodies, time and connections, and the stop in good order.

use std::net::Ipv4Addr;

use axum::Router;
use axum::routing::{get, post};
use http::HeaderValue;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinHandle;

use super::*;
use crate::assets::Assets;
use crate::front::FrontSettings;
use crate::page_cache::PageCache;
use crate::security::SecurityHeaders;

struct Running {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    server: JoinHandle<io::Result<Stopped>>,
    /// `/slow` answers when this is notified; `entered` tells that it is being handled.
    release: Arc<Notify>,
    entered: Arc<Notify>,
}

/// More than the sockets' buffers on both sides hold.
const BIG: usize = 64 << 20;

async fn running(limits: Limits) -> Running {
    let (release, entered) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (wait, tell) = (release.clone(), entered.clone());
    let slow = move || async move {
        tell.notify_one();
        wait.notified().await;
        "slow"
    };
    let router = Router::new()
        .route("/", get(async || "hello"))
        .route("/slow", get(slow))
        .route("/big", get(async || vec![b'a'; BIG]))
        .route("/echo", post(async |body: Bytes| body));
    let security = SecurityHeaders::new(HeaderValue::from_static("default-src 'self'"));
    let cache = Arc::new(PageCache::with_budget(1 << 20));
    let mut settings = FrontSettings::new(security);
    settings.max_request_body = 1000;
    let front = Front::new(cache, Arc::new(Assets::default()), router, settings, |_| None);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let server = tokio::spawn(serve(listener, front, limits, async {
        let _ = stopped.await;
    }));
    Running { address, stop, server, release, entered }
}

impl Running {
    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    /// Sends the bytes and reads until the server closes.
    async fn exchange(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect().await;
        stream.write_all(bytes).await.unwrap();
        until_closed(&mut stream).await
    }
}

async fn until_closed(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    // A reset after the answer is a close as well.
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8(answer).unwrap()
}

fn short() -> Limits {
    Limits {
        silence: Duration::from_millis(100),
        body_pause: Duration::from_millis(100),
        drain: Duration::from_millis(100),
        ..Limits::default()
    }
}

#[tokio::test]
async fn a_request_is_answered_and_the_stop_is_in_order() {
    let running = running(Limits::default()).await;
    let answer = running.exchange(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.ends_with("hello"), "{answer}");
    assert!(answer.contains("\r\ndate: ") && answer.contains("nosniff"));
    running.stop.send(()).unwrap();
    assert_eq!(running.server.await.unwrap().unwrap(), Stopped::Drained);
}

#[tokio::test]
async fn a_head_that_never_ends_and_an_idle_connection_are_given_up() {
    let running = running(short()).await;
    let slow_head = running.exchange(b"GET / HTTP/1.1\r\nHost: a\r\nX-").await;
    assert!(!slow_head.contains("200 OK"), "{slow_head}");
    assert_eq!(running.exchange(b"").await, "");
    let idle = running.exchange(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert!(idle.ends_with("hello"), "answered, then closed for idling: {idle}");
}

#[tokio::test]
async fn a_reader_who_stops_reading_is_given_up() {
    let running = running(Limits { connections: 1, ..short() }).await;
    let mut first = running.connect().await;
    first.write_all(b"GET /big HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
    // The only seat becomes free although the first client neither reads nor leaves.
    let second = running.exchange(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await;
    assert!(second.ends_with("hello"), "{second}");
    assert!(until_closed(&mut first).await.len() < BIG);
}

#[tokio::test]
async fn a_body_that_stops_coming_is_given_up_and_a_large_one_refused() {
    let running = running(short()).await;
    let head = |length: usize| format!("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: {length}\r\n\r\n");
    let stalled = running.exchange(format!("{}abc", head(10)).as_bytes()).await;
    assert!(stalled.starts_with("HTTP/1.1 4"), "{stalled}");
    let large = running.exchange(head(1001).as_bytes()).await;
    assert!(large.starts_with("HTTP/1.1 413"), "{large}");
    let chunk = format!("400\r\n{}\r\n0\r\n\r\n", "a".repeat(1024));
    let chunked = "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n".to_owned();
    let large = running.exchange((chunked + &chunk).as_bytes()).await;
    assert!(large.starts_with("HTTP/1.1 413"), "{large}");
}

#[tokio::test]
async fn malformed_and_oversized_heads_are_refused() {
    let running = running(short()).await;
    let huge = format!("GET / HTTP/1.1\r\nHost: a\r\nX: {}\r\n\r\n", "a".repeat(40_000));
    let answer = running.exchange(huge.as_bytes()).await;
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431"), "{answer}");
    let smuggled: [&[u8]; 4] = [
        b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        b"GET / HTTP/1.1\r\nHost : a\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, x\r\n\r\n0\r\n\r\n",
    ];
    for bytes in smuggled {
        let answer = running.exchange(bytes).await;
        // The close may overtake the answer while we are still sending.
        let refused = answer.is_empty() || answer.starts_with("HTTP/1.1 400");
        assert!(refused, "{:?}: {answer}", std::str::from_utf8(bytes));
    }
}

#[tokio::test]
async fn connections_over_the_limit_wait_until_one_is_free() {
    let running = running(Limits { connections: 1, ..Limits::default() }).await;
    let mut first = running.connect().await;
    first.write_all(b"GET /slow HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await.unwrap();
    running.entered.notified().await;
    let mut second = running.connect().await;
    second.write_all(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await.unwrap();
    let waited = tokio::time::timeout(Duration::from_millis(50), second.readable()).await.is_err();
    assert!(waited, "the second connection was served beside the first");
    running.release.notify_one();
    assert!(until_closed(&mut first).await.ends_with("slow"));
    assert!(until_closed(&mut second).await.ends_with("hello"));
}

#[tokio::test]
async fn a_request_under_way_is_finished_before_the_stop() {
    let running = running(Limits::default()).await;
    let mut stream = running.connect().await;
    stream.write_all(b"GET /slow HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
    running.entered.notified().await;
    running.stop.send(()).unwrap();
    running.release.notify_one();
    assert!(until_closed(&mut stream).await.ends_with("slow"));
    assert_eq!(running.server.await.unwrap().unwrap(), Stopped::Drained);
}

#[tokio::test]
async fn a_request_that_takes_too_long_after_the_stop_is_cut_off() {
    let running = running(short()).await;
    let mut stream = running.connect().await;
    stream.write_all(b"GET /slow HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
    running.entered.notified().await;
    running.stop.send(()).unwrap();
    assert_eq!(running.server.await.unwrap().unwrap(), Stopped::CutOff);
    assert!(TcpStream::connect(running.address).await.is_err());
}
