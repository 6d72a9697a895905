//! Connections: accepting them up to a limit, giving slow and silent ones up, and ending all of
//! them in good order when the program is told to stop.
//!
//! It speaks plain HTTP/1.1 (TLS is the proxy's), makes no runtime and prints nothing.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{Instant, Sleep};

use crate::front::Front;

/// What a client may take of us.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// A request's head must arrive within this; also how long a connection may idle.
    pub header_time: Duration,
    /// Each next piece of a request's body must arrive within this.
    pub body_pause: Duration,
    /// Bytes of a request's head; more gives 431.
    pub header_bytes: usize,
    /// Connections at a time; further ones wait in the listener's backlog.
    pub connections: usize,
    /// How long running requests may go on after the stop.
    pub drain: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            header_time: Duration::from_secs(15),
            body_pause: Duration::from_secs(30),
            header_bytes: 16 << 10,
            connections: 4096,
            drain: Duration::from_secs(10),
        }
    }
}

/// Whether the stop was in good order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// Every request under way was answered.
    Drained,
    /// Some were cut off when the time for draining was over.
    CutOff,
}

/// Serves until `stop` is ready. Fails only if the listener itself fails for good.
pub async fn serve(
    listener: TcpListener,
    front: Front,
    limits: Limits,
    stop: impl Future<Output = ()>,
) -> io::Result<Stopped> {
    let graceful = GracefulShutdown::new();
    let seats = Arc::new(Semaphore::new(limits.connections));
    let protocol = protocol(&limits);
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = tokio::select! {
            biased;
            () = &mut stop => break,
            accepted = accept(&listener, &seats) => accepted,
        };
        let (stream, peer, seat) = accepted?;
        let connection = connection(&protocol, stream, peer, front.clone(), limits.body_pause);
        let watched = graceful.watch(connection);
        tokio::spawn(async move {
            // A client that breaks off is everyday life, not an event.
            let _ = watched.await;
            drop(seat);
        });
    }
    drop(listener);
    let drained = tokio::time::timeout(limits.drain, graceful.shutdown()).await;
    Ok(if drained.is_ok() { Stopped::Drained } else { Stopped::CutOff })
}

fn protocol(limits: &Limits) -> http1::Builder {
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(limits.header_time)
        .max_header_size(limits.header_bytes)
        .half_close(false);
    // Not `pipeline_flush`: it makes hyper copy every body behind its head before writing.
    builder
}

type Seat = tokio::sync::OwnedSemaphorePermit;

async fn accept(listener: &TcpListener, seats: &Arc<Semaphore>) -> io::Result<(TcpStream, SocketAddr, Seat)> {
    let seat = seats.clone().acquire_owned().await.map_err(io::Error::other)?;
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                stream.set_nodelay(true)?;
                return Ok((stream, peer, seat));
            }
            // Out of descriptors or a client gone before we came: others still want service.
            Err(error) if is_passing(&error) => tokio::time::sleep(PAUSE).await,
            Err(error) => return Err(error),
        }
    }
}

/// Between two tries to accept when the system has run out of something.
const PAUSE: Duration = Duration::from_millis(50);

fn is_passing(error: &io::Error) -> bool {
    // EMFILE and ENFILE have no kind of their own.
    matches!(error.raw_os_error(), Some(23 | 24))
        || matches!(
            error.kind(),
            io::ErrorKind::ConnectionAborted
                | io::ErrorKind::ConnectionReset
                | io::ErrorKind::ConnectionRefused
                | io::ErrorKind::Interrupted
                | io::ErrorKind::OutOfMemory
        )
}

fn connection(
    protocol: &http1::Builder,
    stream: TcpStream,
    peer: SocketAddr,
    front: Front,
    body_pause: Duration,
) -> impl hyper_util::server::graceful::GracefulConnection<Error = hyper::Error> + use<> {
    let service = service_fn(move |request: http::Request<Incoming>| {
        let front = front.clone();
        async move {
            let request = request.map(|body| PatientBody { body, pause: body_pause, alarm: None });
            Ok::<_, Infallible>(front.answer(peer, request).await)
        }
    });
    protocol.serve_connection(TokioIo::new(stream), service)
}

/// A request body that gives up when the client sends nothing for too long.
struct PatientBody {
    body: Incoming,
    pause: Duration,
    alarm: Option<Pin<Box<Sleep>>>,
}

impl Body for PatientBody {
    type Data = Bytes;
    type Error = axum::BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) {
            self.alarm = None;
            return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
        }
        let pause = self.pause;
        let alarm =
            self.alarm.get_or_insert_with(|| Box::pin(tokio::time::sleep_until(Instant::now() + pause)));
        ready!(alarm.as_mut().poll(context));
        Poll::Ready(Some(Err(io::Error::from(io::ErrorKind::TimedOut).into())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests;
