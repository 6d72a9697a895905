//! One rendering per page at a time: the first asks the router, the others wait for its end.
//!
//! It carries no page: those who waited look in the cache, so that a page which a purge has
//! overtaken never reaches somebody who asked after the purge.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use crate::page_cache::CacheKey;

/// How a rendering ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// Kept, overtaken by a purge or given up: look in the cache, else render.
    LookAgain,
    /// Such an answer is not kept: waiting for another one is useless.
    NotKept,
}

type Flying = Mutex<HashMap<CacheKey, watch::Receiver<Option<End>>>>;

/// The renderings under way.
#[derive(Clone, Default)]
pub(super) struct Flights(Arc<Flying>);

/// The part one request plays.
pub(super) enum Role {
    Lead(Flight),
    Wait(watch::Receiver<Option<End>>),
}

/// The right and duty to render; dropping it (the client went away) wakes the others.
pub(super) struct Flight {
    flights: Flights,
    key: CacheKey,
    end: watch::Sender<Option<End>>,
}

impl Flights {
    /// Becomes the one who renders, or learns whom to wait for.
    pub(super) fn join(&self, key: &CacheKey) -> Role {
        let mut flying = self.lock();
        if let Some(receiver) = flying.get(key) {
            return Role::Wait(receiver.clone());
        }
        let (end, receiver) = watch::channel(None);
        flying.insert(key.clone(), receiver);
        Role::Lead(Flight { flights: self.clone(), key: key.clone(), end })
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<CacheKey, watch::Receiver<Option<End>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Flight {
    pub(super) fn land(self, end: End) {
        self.end.send_replace(Some(end));
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        // Off the list first: whoever is woken by the sender going must find no dead flight.
        self.flights.lock().remove(&self.key);
    }
}

/// Waits for the end; a rendering that was given up counts as `LookAgain`.
pub(super) async fn landed(mut receiver: watch::Receiver<Option<End>>) -> End {
    match receiver.wait_for(Option::is_some).await {
        Ok(end) => end.unwrap_or(End::LookAgain),
        Err(_) => End::LookAgain,
    }
}
