//! Reading a part of the log. One filter leads, with an index behind it; the others are looked at row by row, and only so
//! many rows are looked at for a page, so that a page costs the same in a log of any length.

use kit_db::Tx;

use crate::{
    audit::{
        Entry,
        queries::{self, Lead},
    },
    cx::{Cx, instant_of},
    desk::list::State,
    error::Result,
};

/// Rows read at once.
const BATCH: i64 = 500;
/// Rows looked at for one page at most.
const LOOKED_AT: i64 = 5_000;
/// A day, milliseconds.
const DAY: i64 = 24 * 60 * 60 * 1_000;

/// What is looked for.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    actor: Option<String>,
    action: Option<String>,
    object: Option<String>,
    address: Option<String>,
    from: Option<i64>,
    to: Option<i64>,
    before: Option<i64>,
}

/// A part of the log.
pub struct Part {
    /// The rows, the newest first.
    pub entries: Vec<Entry>,
    /// Where the next part begins, where there may be more.
    pub next: Option<i64>,
}

impl Wanted {
    /// What the address of the page asks for.
    pub fn of(state: &State) -> Wanted {
        let day = |name: &str| state.day(name).and_then(|day| instant_of(&day));
        Wanted {
            actor: state.optional("actor"),
            action: state.optional("action"),
            object: state.optional("object"),
            address: state.optional("address"),
            from: day("from"),
            to: day("to").map(|at| at + DAY),
            before: state.text("before").parse().ok(),
        }
    }

    fn lead(&self) -> Lead {
        let lead = |kind: fn(String) -> Lead, value: &Option<String>| value.clone().map(kind);
        lead(Lead::Object, &self.object)
            .or_else(|| lead(Lead::Actor, &self.actor))
            .or_else(|| lead(Lead::Address, &self.address))
            .or_else(|| lead(Lead::Action, &self.action))
            .unwrap_or(Lead::All)
    }

    fn fits(&self, entry: &Entry) -> bool {
        let is = |wanted: &Option<String>, value: &str| wanted.as_ref().is_none_or(|wanted| wanted == value);
        is(&self.actor, &entry.actor)
            && is(&self.action, &entry.action)
            && is(&self.object, &entry.object_id)
            && is(&self.address, &entry.address)
            && self.from.is_none_or(|from| entry.at >= from)
            && self.to.is_none_or(|to| entry.at < to)
    }

    /// Up to `limit` rows; `bounded` stops after so many rows looked at, for a page.
    pub fn read(&self, tx: &mut Tx<'_>, cx: &Cx, limit: usize, bounded: bool) -> Result<Part> {
        let lead = self.lead();
        let floor = self.from.map(|at| queries::first_at(tx, &cx.site_id, at)).transpose()?.unwrap_or(0);
        let end = self.to.map(|at| queries::first_at(tx, &cx.site_id, at)).transpose()?.unwrap_or(i64::MAX);
        let mut position = self.before.unwrap_or(i64::MAX).min(end);
        let (mut entries, mut looked_at) = (Vec::new(), 0);
        loop {
            let batch = queries::before(tx, &cx.site_id, &lead, (floor, position), BATCH)?;
            let is_last = (batch.len() as i64) < BATCH;
            looked_at += batch.len() as i64;
            for entry in batch {
                position = entry.position;
                if self.fits(&entry) {
                    entries.push(entry);
                    if entries.len() == limit {
                        return Ok(Part { entries, next: Some(position).filter(|position| *position > 1) });
                    }
                }
            }
            if is_last {
                return Ok(Part { entries, next: None });
            }
            if bounded && looked_at >= LOOKED_AT {
                return Ok(Part { entries, next: Some(position) });
            }
        }
    }
}
