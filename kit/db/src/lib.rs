//! One thin facade over SQLite and the PostgreSQL protocol: plain SQL in the dialect both share, a unit of work as a
//! plain closure, migrations, and throw-away databases for tests.
//!
//! A unit passed to [`Db::write`] may run twice: on PostgreSQL after a serialization failure, on SQLite when one is
//! injected by a test. It therefore must change nothing outside its [`Tx`]. This crate knows no table of anybody.

mod error;
mod migrate;
mod postgres;
mod sqlite;
pub mod testing;
mod tx;
mod value;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use tokio::{runtime::Handle, sync::oneshot, task::spawn_blocking};

pub use error::DbError;
pub use migrate::{Migration, migrate, schema};
pub use tx::{Sql, Tx};
pub use value::{FromValue, Row, Value};

use crate::{
    postgres::{PostgresDb, PostgresTx},
    sqlite::{SqliteDb, SqliteTx},
    tx::Inner,
};

/// How often a unit that lost a race is run again before its error is given to the caller.
const RETRIES: u32 = 30;

/// A database: an embedded SQLite file or a server that speaks PostgreSQL.
#[derive(Clone)]
pub struct Db {
    kind: Kind,
    /// Lost races still to be made up, for tests of the retry path.
    injected: Arc<AtomicU32>,
}

#[derive(Clone)]
enum Kind {
    Sqlite(Arc<SqliteDb>),
    Postgres(Arc<PostgresDb>),
}

impl Db {
    /// Opens `sqlite:PATH` (the file is made when missing) or `postgres://…`.
    ///
    /// # Errors
    /// [`DbError::Open`] with the reason; for PostgreSQL the first connection is made by the first unit of work.
    pub fn open(url: &str) -> Result<Db, DbError> {
        let kind = if let Some(path) = url.strip_prefix("sqlite:") {
            Kind::Sqlite(Arc::new(SqliteDb::open(Path::new(path))?))
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Kind::Postgres(Arc::new(PostgresDb::open(url)?))
        } else {
            return Err(DbError::Open(format!("unknown kind of database address: {url}")));
        };
        Ok(Db { kind, injected: Arc::default() })
    }

    /// Makes the next `times` units of work lose a race, each once, so that tests see them run again.
    pub fn inject_lost_races(&self, times: u32) {
        self.injected.store(times, Ordering::SeqCst);
    }

    /// Runs `work` in a transaction that is durable when this returns `Ok`. `work` may run more than once.
    ///
    /// # Errors
    /// What `work` returns, or [`DbError`] when the transaction cannot begin or commit; nothing is changed then.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        match &self.kind {
            Kind::Sqlite(db) => write_sqlite(db, self.injected.clone(), work).await,
            Kind::Postgres(db) => {
                let (db, injected, handle) = (db.clone(), self.injected.clone(), Handle::current());
                joined(spawn_blocking(move || write_postgres(&db, &handle, &injected, work)).await)
            }
        }
    }

    /// Runs `work` on a consistent read-only snapshot.
    ///
    /// # Errors
    /// What `work` returns, or [`DbError`] when the snapshot cannot be taken.
    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        match &self.kind {
            Kind::Sqlite(db) => {
                let permit = db.permits.clone().acquire_owned().await.map_err(|_| DbError::Closed)?;
                let db = db.clone();
                joined(
                    spawn_blocking(move || {
                        let _permit = permit;
                        db.read(|connection| work(&mut Tx::new(Inner::Sqlite(SqliteTx(connection)))))?
                    })
                    .await,
                )
            }
            Kind::Postgres(db) => {
                let (db, handle) = (db.clone(), Handle::current());
                joined(spawn_blocking(move || read_postgres(&db, &handle, work)).await)
            }
        }
    }
}

async fn write_sqlite<T, E, F>(db: &SqliteDb, injected: Arc<AtomicU32>, mut work: F) -> Result<T, E>
where
    F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    T: Send + 'static,
    E: From<DbError> + Send + 'static,
{
    let (answer, answered) = oneshot::channel();
    db.queue(Box::new(move |connection| {
        let mut unit =
            |connection: &rusqlite::Connection| work(&mut Tx::new(Inner::Sqlite(SqliteTx(connection))));
        // The writer thread is alone, so no race is ever lost here; an injected one shows that the unit can run twice.
        if take_one(&injected) {
            let lost = |connection: &rusqlite::Connection| {
                unit(connection)?;
                Err::<T, E>(DbError::Serialization("injected".into()).into())
            };
            drop(sqlite::in_savepoint(connection, lost));
        }
        let result = sqlite::in_savepoint(connection, unit);
        Box::new(move |committed| {
            // A caller that went away needs no answer.
            let _ = answer.send(committed.map_err(E::from).and(result));
        })
    }))?;
    answered.await.map_err(|_| E::from(DbError::Closed))?
}

enum Attempt<T, E> {
    Done(Result<T, E>),
    LostRace,
}

fn write_postgres<T, E, F>(
    db: &PostgresDb,
    handle: &Handle,
    injected: &AtomicU32,
    mut work: F,
) -> Result<T, E>
where
    F: FnMut(&mut Tx<'_>) -> Result<T, E>,
    E: From<DbError>,
{
    let client = db.client(handle)?;
    for attempt in 0..RETRIES {
        let tx = PostgresTx { client: &client, handle };
        match attempt_postgres(tx, injected, &mut work)? {
            Attempt::Done(result) => return result,
            Attempt::LostRace => std::thread::sleep(backoff(attempt)),
        }
    }
    Err(DbError::Serialization(format!("lost {RETRIES} races in a row")).into())
}

fn attempt_postgres<T, E, F>(
    tx: PostgresTx<'_>,
    injected: &AtomicU32,
    work: &mut F,
) -> Result<Attempt<T, E>, DbError>
where
    F: FnMut(&mut Tx<'_>) -> Result<T, E>,
    E: From<DbError>,
{
    let control = PostgresTx { client: tx.client, handle: tx.handle };
    control.control("begin isolation level serializable")?;
    let mut tx = Tx::new(Inner::Postgres(tx));
    let result = caught(|| work(&mut tx));
    if tx.lost_race || take_one(injected) {
        control.control("rollback")?;
        return Ok(Attempt::LostRace);
    }
    if result.is_err() {
        control.control("rollback")?;
        return Ok(Attempt::Done(result));
    }
    match control.control("commit") {
        Ok(()) => Ok(Attempt::Done(result)),
        Err(error) if error.is_serialization() => Ok(Attempt::LostRace),
        Err(error) => Err(error),
    }
}

fn read_postgres<T, E, F>(db: &PostgresDb, handle: &Handle, work: F) -> Result<T, E>
where
    F: FnOnce(&mut Tx<'_>) -> Result<T, E>,
    E: From<DbError>,
{
    let client = db.client(handle)?;
    let control = PostgresTx { client: &client, handle };
    control.control("begin isolation level repeatable read read only")?;
    let result = caught(|| work(&mut Tx::new(Inner::Postgres(PostgresTx { client: &client, handle }))));
    control.control("rollback")?;
    result
}

/// Doubles from 1 ms to 64 ms, so that many writers of one row thin out.
fn backoff(attempt: u32) -> Duration {
    Duration::from_millis(1 << attempt.min(6))
}

fn take_one(injected: &AtomicU32) -> bool {
    injected.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok()
}

fn caught<T, E: From<DbError>>(work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|panic| Err(DbError::Panicked(sqlite::panic_text(panic.as_ref())).into()))
}

fn joined<T, E: From<DbError>>(result: Result<Result<T, E>, tokio::task::JoinError>) -> Result<T, E> {
    result.unwrap_or_else(|error| Err(DbError::Panicked(error.to_string()).into()))
}

impl Db {
    /// Runs one administrative statement outside any transaction (`create database` of a test).
    pub(crate) async fn batch(&self, text: String) -> Result<(), DbError> {
        match &self.kind {
            Kind::Sqlite(_) => self.write(move |tx| tx.execute_text(&text)).await,
            Kind::Postgres(db) => {
                let (db, handle) = (db.clone(), Handle::current());
                joined(
                    spawn_blocking(move || {
                        let client = db.client(&handle)?;
                        PostgresTx { client: &client, handle: &handle }.control(&text)
                    })
                    .await,
                )
            }
        }
    }
}
