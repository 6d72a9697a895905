//! The future of an answer: small where the answer is already there.
//!
//! It decides nothing; the front has.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::Answer;

/// An answer that is ready or on its way; small, because hyper moves it about for every request.
pub enum Answering {
    /// From memory; taken when polled.
    Ready(Option<Answer>),
    /// From the router.
    Later(Pin<Box<dyn Future<Output = Answer> + Send>>),
}

impl Future for Answering {
    type Output = Answer;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Answer> {
        match self.get_mut() {
            Answering::Ready(answer) => {
                Poll::Ready(answer.take().expect("a future is not polled again once it is ready"))
            }
            Answering::Later(answer) => answer.as_mut().poll(context),
        }
    }
}
