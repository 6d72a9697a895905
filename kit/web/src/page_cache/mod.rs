//! Whole responses in memory, each with the tags it was made from, so that a change takes out
//! exactly the pages that show it.
//!
//! The one promise: after a purge has returned, no page rendered from older data is served,
//! neither one already kept nor one that was still being rendered. It does not render pages and
//! does not expire them by time.

mod ledger;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

pub use self::ledger::Ticket;
use self::ledger::{Ledger, Scope};
use crate::page::Page;

/// What distinguishes one kept page from another.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CacheKey {
    /// The group of hosts that share pages.
    pub tenant: Arc<str>,
    /// Path and query in the one form the product accepts.
    pub path: Box<str>,
    /// A presentation chosen by the reader, such as large print.
    pub variant: u8,
}

impl CacheKey {
    /// A key for a path and query in one presentation.
    pub fn new(tenant: Arc<str>, path: impl Into<Box<str>>, variant: u8) -> Self {
        CacheKey { tenant, path: path.into(), variant }
    }
}

/// Why a page was not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotKept {
    /// A purge that covers the page happened after its ticket was taken.
    #[error("the page was rendered before a purge that covers it")]
    Outdated,
    /// The page is more than a sixteenth of the whole budget.
    #[error("the page is too large for the cache")]
    TooLarge,
}

/// Figures for the status page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CacheFigures {
    /// Pages kept now.
    pub pages: usize,
    /// Bytes they occupy.
    pub bytes: usize,
    /// Look-ups answered.
    pub hits: u64,
    /// Look-ups that found nothing.
    pub misses: u64,
}

struct Slot {
    serial: u64,
    page: Arc<Page>,
    /// Set by readers, cleared by the clock hand: a second chance before eviction.
    touched: AtomicBool,
}

#[derive(Default)]
struct Shard {
    slots: RwLock<HashMap<CacheKey, Slot>>,
    hits: AtomicU64,
    misses: AtomicU64,
}

const SHARDS: usize = 32;

/// The cache. Readers take one shared lock of a thirty-second part; writers queue on the ledger.
pub struct PageCache {
    shards: [Shard; SHARDS],
    ledger: Mutex<Ledger>,
    budget: usize,
}

impl PageCache {
    /// A cache that keeps at most `budget` bytes of pages.
    pub fn with_budget(budget: usize) -> Self {
        PageCache {
            shards: std::array::from_fn(|_| Shard::default()),
            ledger: Mutex::new(Ledger::default()),
            budget,
        }
    }

    /// The kept page, if any.
    pub fn get(&self, key: &CacheKey) -> Option<Arc<Page>> {
        let shard = self.shard(key);
        let slots = shard.slots.read().unwrap_or_else(PoisonError::into_inner);
        let Some(slot) = slots.get(key) else {
            shard.misses.fetch_add(1, Ordering::Relaxed);
            return None;
        };
        // Written only when it changes, so that readers of a hot page do not fight over its line.
        if !slot.touched.load(Ordering::Relaxed) {
            slot.touched.store(true, Ordering::Relaxed);
        }
        shard.hits.fetch_add(1, Ordering::Relaxed);
        Some(slot.page.clone())
    }

    /// Taken BEFORE the data of a page is read; `store` compares it with the purges since.
    pub fn ticket(&self) -> Ticket {
        self.ledger().ticket()
    }

    /// Keeps a page unless a purge that covers it happened after `ticket` was taken.
    pub fn store(
        &self,
        ticket: Ticket,
        key: CacheKey,
        page: Arc<Page>,
        tags: &[String],
    ) -> Result<(), NotKept> {
        let weight = page.weight() + key.path.len() + 256;
        if weight > self.budget / 16 {
            return Err(NotKept::TooLarge);
        }
        let mut ledger = self.ledger();
        if ledger.outdated(ticket, &key.tenant, tags) {
            return Err(NotKept::Outdated);
        }
        // The slot is written while the ledger is held: a purge comes wholly before or after.
        let serial = ledger.enter(key.clone(), weight, tags);
        let slot = Slot { serial, page, touched: AtomicBool::new(false) };
        let replaced = self.write(&key).insert(key, slot);
        if let Some(old) = replaced {
            ledger.leave(old.serial);
        }
        self.evict(&mut ledger);
        Ok(())
    }

    /// Takes out the tenant's pages with any of these tags; how many they were.
    ///
    /// Costs what it takes out, not what it leaves.
    pub fn purge<T: AsRef<str>>(&self, tenant: &str, tags: impl IntoIterator<Item = T>) -> usize {
        let mut ledger = self.ledger();
        tags.into_iter()
            .map(|tag| self.remove(&mut ledger, Scope::Tag(tenant.into(), tag.as_ref().into())))
            .sum()
    }

    /// Takes out everything of one tenant.
    pub fn purge_tenant(&self, tenant: &str) -> usize {
        self.remove(&mut self.ledger(), Scope::Tenant(tenant.into()))
    }

    /// Takes out everything.
    pub fn purge_all(&self) -> usize {
        self.remove(&mut self.ledger(), Scope::Everything)
    }

    /// Figures for the status page.
    pub fn figures(&self) -> CacheFigures {
        let ledger = self.ledger();
        let sum = |of: fn(&Shard) -> &AtomicU64| {
            self.shards.iter().map(|shard| of(shard).load(Ordering::Relaxed)).sum()
        };
        CacheFigures {
            pages: ledger.pages(),
            bytes: ledger.bytes(),
            hits: sum(|shard| &shard.hits),
            misses: sum(|shard| &shard.misses),
        }
    }

    fn remove(&self, ledger: &mut Ledger, scope: Scope) -> usize {
        let gone = ledger.purge(scope);
        for (serial, key) in &gone {
            let mut slots = self.write(key);
            if slots.get(key).is_some_and(|slot| slot.serial == *serial) {
                slots.remove(key);
            }
        }
        gone.len()
    }

    /// Clock with a second chance: the hand passes pages read since it last came by.
    fn evict(&self, ledger: &mut Ledger) {
        while ledger.bytes() > self.budget {
            let Some((serial, key)) = ledger.next_in_line() else {
                return;
            };
            let mut slots = self.write(&key);
            let spare = slots.get(&key).is_some_and(|slot| slot.touched.swap(false, Ordering::Relaxed));
            if spare {
                ledger.requeue(serial);
            } else {
                slots.remove(&key);
                ledger.leave(serial);
            }
        }
    }

    /// Spread by the last bytes of the path, where addresses differ; nobody gains from crowding one
    /// shard, and the map inside has its own keyed hash.
    fn shard(&self, key: &CacheKey) -> &Shard {
        let mix = |sum: u32, byte: &u8| sum.wrapping_mul(31).wrapping_add(u32::from(*byte));
        let tail = key.path.as_bytes().iter().rev().take(6).fold(0, mix);
        &self.shards[tail as usize % SHARDS]
    }

    fn write(&self, key: &CacheKey) -> std::sync::RwLockWriteGuard<'_, HashMap<CacheKey, Slot>> {
        self.shard(key).slots.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
