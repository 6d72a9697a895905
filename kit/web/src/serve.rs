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
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{Instant, Sleep};

use self::watched::{Activity, InHand, Watched};
use crate::front::{Answering, Front};

mod watched;

/// What a client may take of us.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// A connection on which for this long (at most twice as long) no request was completed or in
    /// hand and nothing could be sent is given up: slow heads, idlers, readers who stop reading. A
    /// body that a handler streams must therefore move.
    pub silence: Duration,
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
            silence: Duration::from_secs(15),
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
        let activity = Arc::new(Activity::default());
        let socket = Watched::new(stream, activity.clone());
        let service = Service { front: front.clone(), peer, activity: activity.clone(), limits };
        let connection = graceful.watch(protocol.serve_connection(socket, service));
        let silent = activity.silent_for(limits.silence);
        tokio::spawn(async move {
            // A client that breaks off is everyday life, not an event.
            tokio::select! { biased; _ = connection => (), () = silent => () }
            drop(seat);
        });
    }
    drop(listener);
    let drained = tokio::time::timeout(limits.drain, graceful.shutdown()).await;
    Ok(if drained.is_ok() { Stopped::Drained } else { Stopped::CutOff })
}

fn protocol(limits: &Limits) -> http1::Builder {
    let mut builder = http1::Builder::new();
    // No timer of hyper's: `Activity` watches more for less. Not `pipeline_flush` either: it makes
    // hyper copy every body behind its head before writing.
    builder.max_header_size(limits.header_bytes).half_close(false);
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

/// The front as hyper calls it, for one connection.
struct Service {
    front: Front,
    peer: SocketAddr,
    activity: Arc<Activity>,
    limits: Limits,
}

impl hyper::service::Service<http::Request<Incoming>> for Service {
    type Response = crate::front::Answer;
    type Error = Infallible;
    type Future = InHandAnswer;

    fn call(&self, request: http::Request<Incoming>) -> Self::Future {
        let pause = self.limits.body_pause;
        let request = request.map(|body| PatientBody { body, pause, alarm: None });
        InHandAnswer { _in_hand: self.activity.begin(), answer: self.front.answer(self.peer, request) }
    }
}

/// An answer to come, during which the connection counts as busy.
struct InHandAnswer {
    answer: Answering,
    _in_hand: InHand,
}

impl Future for InHandAnswer {
    type Output = Result<crate::front::Answer, Infallible>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.get_mut().answer).poll(context).map(Ok)
    }
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
