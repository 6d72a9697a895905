//! The books of the page cache: which page bears which tag, what was purged when, who is next to
//! be evicted. Everything here happens under one lock and never on the path of a hit.
//!
//! It holds no page, only keys and serial numbers.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;

use super::CacheKey;

/// The purge counter at the moment a rendering began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket(u64);

/// What a purge covers.
#[derive(Debug)]
pub(super) enum Scope {
    Tag(Box<str>, Box<str>),
    Tenant(Box<str>),
    Everything,
}

impl Scope {
    fn covers(&self, tenant: &str, tags: &[String]) -> bool {
        match self {
            Scope::Everything => true,
            Scope::Tenant(of) => **of == *tenant,
            Scope::Tag(of, tag) => **of == *tenant && tags.iter().any(|mine| **mine == **tag),
        }
    }
}

struct Entry {
    key: CacheKey,
    weight: usize,
    tags: Box<[Arc<str>]>,
}

/// The pages of one tenant by tag.
#[derive(Default)]
struct TenantIndex {
    serials: HashSet<u64>,
    by_tag: HashMap<Arc<str>, HashSet<u64>>,
}

/// Purges remembered for renderings under way; older tickets are refused without looking.
const REMEMBERED_PURGES: usize = 8192;

#[derive(Default)]
pub(super) struct Ledger {
    epoch: u64,
    /// Purges with the epoch they began, oldest first.
    purges: VecDeque<(u64, Scope)>,
    /// Tickets below this are too old to be judged.
    floor: u64,
    next_serial: u64,
    entries: HashMap<u64, Entry>,
    tenants: HashMap<Arc<str>, TenantIndex>,
    /// Clock order; numbers of pages already gone are skipped when they come up.
    line: VecDeque<u64>,
    bytes: usize,
}

impl Ledger {
    pub(super) fn ticket(&self) -> Ticket {
        Ticket(self.epoch)
    }

    pub(super) fn pages(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Nothing left in the index: what tests ask after the last page is gone.
    #[cfg(test)]
    pub(super) fn tenants_are_empty(&self) -> bool {
        self.tenants.is_empty()
    }

    /// Whether a purge since the ticket covers a page with these tags; in doubt, yes.
    pub(super) fn outdated(&self, ticket: Ticket, tenant: &str, tags: &[String]) -> bool {
        ticket.0 < self.floor
            || self
                .purges
                .iter()
                .rev()
                .take_while(|(epoch, _)| *epoch > ticket.0)
                .any(|(_, scope)| scope.covers(tenant, tags))
    }

    /// Books a page in and gives it its serial number.
    pub(super) fn enter(&mut self, key: CacheKey, weight: usize, tags: &[String]) -> u64 {
        self.next_serial += 1;
        let serial = self.next_serial;
        let index = self.tenants.entry(key.tenant.clone()).or_default();
        index.serials.insert(serial);
        let tags = tags.iter().map(|tag| index.bear(tag, serial)).collect();
        self.entries.insert(serial, Entry { key, weight, tags });
        self.bytes += weight;
        self.line.push_back(serial);
        if self.line.len() > self.entries.len() * 2 + 1024 {
            self.line.retain(|serial| self.entries.contains_key(serial));
        }
        serial
    }

    /// Books a page out.
    pub(super) fn leave(&mut self, serial: u64) -> Option<CacheKey> {
        let entry = self.entries.remove(&serial)?;
        self.bytes -= entry.weight;
        if let Some(index) = self.tenants.get_mut(&entry.key.tenant) {
            index.forget(serial, &entry.tags);
            if index.serials.is_empty() {
                self.tenants.remove(&entry.key.tenant);
            }
        }
        Some(entry.key)
    }

    /// Records a purge and books out what it covers.
    pub(super) fn purge(&mut self, scope: Scope) -> Vec<(u64, CacheKey)> {
        self.epoch += 1;
        let covered: Vec<u64> = match &scope {
            Scope::Everything => self.entries.keys().copied().collect(),
            Scope::Tenant(tenant) => self.of_tenant(tenant, |index| Some(&index.serials)),
            Scope::Tag(tenant, tag) => self.of_tenant(tenant, |index| index.by_tag.get(&**tag)),
        };
        self.purges.push_back((self.epoch, scope));
        if self.purges.len() > REMEMBERED_PURGES
            && let Some((epoch, _)) = self.purges.pop_front()
        {
            self.floor = epoch;
        }
        covered.into_iter().filter_map(|serial| self.leave(serial).map(|key| (serial, key))).collect()
    }

    /// The page the clock hand points at.
    pub(super) fn next_in_line(&mut self) -> Option<(u64, CacheKey)> {
        while let Some(serial) = self.line.pop_front() {
            if let Some(entry) = self.entries.get(&serial) {
                return Some((serial, entry.key.clone()));
            }
        }
        None
    }

    /// Sends a page that was read lately to the end of the line.
    pub(super) fn requeue(&mut self, serial: u64) {
        self.line.push_back(serial);
    }

    fn of_tenant<'a>(
        &'a self,
        tenant: &str,
        pick: impl Fn(&'a TenantIndex) -> Option<&'a HashSet<u64>>,
    ) -> Vec<u64> {
        self.tenants
            .get(tenant)
            .and_then(pick)
            .map(|serials| serials.iter().copied().collect())
            .unwrap_or_default()
    }
}

impl TenantIndex {
    /// Enters a serial under a tag; the tag's text is shared between pages.
    fn bear(&mut self, tag: &str, serial: u64) -> Arc<str> {
        let tag: Arc<str> = match self.by_tag.get_key_value(tag) {
            Some((known, _)) => known.clone(),
            None => tag.into(),
        };
        self.by_tag.entry(tag.clone()).or_default().insert(serial);
        tag
    }

    fn forget(&mut self, serial: u64, tags: &[Arc<str>]) {
        self.serials.remove(&serial);
        for tag in tags {
            if let Some(bearers) = self.by_tag.get_mut(tag) {
                bearers.remove(&serial);
                if bearers.is_empty() {
                    self.by_tag.remove(tag);
                }
            }
        }
    }
}
