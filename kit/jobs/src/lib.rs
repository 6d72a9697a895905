//! Work that goes on beside the requests, kept in a table of the caller's database: it is enqueued in the transaction of
//! the act that asks for it, taken by one worker at a time under a lease, tried again with growing pauses when it fails,
//! and kept with its error when it has failed too often.
//!
//! A lease that ends without word from its owner is taken over. Each taking is a *turn*; whoever holds an older turn
//! changes nothing any more, so work that settles its job in the transaction of its effect ([`Run::settle`]) has its
//! effect once however many workers die. Clock and chance are parameters, kinds are the caller's words, payloads the
//! caller's JSON. This crate starts no task and knows nobody's tables but `job` and `job_daily`.

mod backoff;
mod daily;
mod queries;
mod queue;
mod row;
mod run;
mod worker;

pub use backoff::Backoff;
pub use daily::{Daily, Moment, enqueue_daily};
pub use queue::{Filter, NewJob, Page, cancel, count, delete, enqueue, find, list, retry, sweep};
pub use row::{Job, Progress, State};
pub use run::{Ended, Run, Word};
pub use worker::{Terms, Worker};
