//! A connection with a watch on it: whether anything happened since the watch last came by.
//!
//! One rare look per connection instead of a timer set and cleared at every request. It covers
//! what hyper's own timer covers (heads that never end, idle connections) and also readers who
//! stop reading; it does not watch request bodies.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// What has happened on a connection. Only its own task and one timer look at it.
#[derive(Default)]
pub(super) struct Activity {
    /// Requests begun and bytes written, together: all that matters is whether it moves.
    progress: AtomicU64,
    in_hand: AtomicUsize,
}

/// While it lives, a request is in hand and the connection is not given up.
pub(super) struct InHand(Arc<Activity>);

impl Activity {
    pub(super) fn begin(self: &Arc<Self>) -> InHand {
        self.progress.fetch_add(1, Ordering::Relaxed);
        self.in_hand.fetch_add(1, Ordering::Relaxed);
        InHand(self.clone())
    }

    /// Ready when for one whole pause no request began or was in hand and no byte was written:
    /// after between one and two pauses of silence.
    pub(super) async fn silent_for(self: Arc<Self>, pause: Duration) {
        let mut seen = u64::MAX;
        loop {
            let now = self.progress.load(Ordering::Relaxed);
            if now == seen && self.in_hand.load(Ordering::Relaxed) == 0 {
                return;
            }
            seen = now;
            tokio::time::sleep(pause).await;
        }
    }
}

impl Drop for InHand {
    fn drop(&mut self) {
        self.0.in_hand.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A socket that notes what is written.
pub(super) struct Watched {
    socket: TokioIo<TcpStream>,
    activity: Arc<Activity>,
}

impl Watched {
    pub(super) fn new(stream: TcpStream, activity: Arc<Activity>) -> Self {
        Watched { socket: TokioIo::new(stream), activity }
    }

    fn socket(self: Pin<&mut Self>) -> Pin<&mut TokioIo<TcpStream>> {
        Pin::new(&mut self.get_mut().socket)
    }

    fn note(&self, written: &Poll<std::io::Result<usize>>) {
        if let Poll::Ready(Ok(n)) = written {
            self.activity.progress.fetch_add(*n as u64, Ordering::Relaxed);
        }
    }
}

impl Read for Watched {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: ReadBufCursor<'_>,
    ) -> Poll<std::io::Result<()>> {
        self.socket().poll_read(context, into)
    }
}

impl Write for Watched {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        let written = self.as_mut().socket().poll_write(context, bytes);
        self.note(&written);
        written
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[std::io::IoSlice<'_>],
    ) -> Poll<std::io::Result<usize>> {
        // A lone piece (a 304, say) goes the cheaper way through the kernel.
        if let [piece] = pieces {
            return self.poll_write(context, piece);
        }
        let written = self.as_mut().socket().poll_write_vectored(context, pieces);
        self.note(&written);
        written
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        self.socket().poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        self.socket().poll_shutdown(context)
    }
}
