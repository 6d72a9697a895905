//! SQLite: one writer thread that commits queued units of work together, and a pool of read-only connections.
//!
//! Group commit is what makes durable writes fast: each unit runs in its own savepoint, one `commit` makes the whole
//! batch durable, and only then does any caller hear of success. It knows no schema.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, mpsc},
    thread,
    time::Duration,
};

use rusqlite::{
    CachedStatement, Connection, ErrorCode, OpenFlags,
    types::{ToSqlOutput, ValueRef},
};
use tokio::sync::Semaphore;

use crate::{DbError, Row, Value};

/// Units taken into one commit at the most; bounds how long the first of them waits.
const BATCH: usize = 256;
/// Read-only connections; each has a page cache of its own.
const READERS: usize = 6;
/// How long a second process waits for the write lock of the first.
const BUSY: Duration = Duration::from_secs(30);

/// What a unit leaves to be done once its batch is committed, or has failed to commit.
pub(crate) type Finish = Box<dyn FnOnce(Result<(), DbError>) + Send>;
/// Work for the writer thread; runs inside a savepoint of its own making.
pub(crate) type Unit = Box<dyn FnOnce(&Connection) -> Finish + Send>;

pub(crate) struct SqliteDb {
    writer: mpsc::Sender<Unit>,
    readers: Mutex<Vec<Connection>>,
    pub(crate) permits: Arc<Semaphore>,
    path: PathBuf,
}

impl SqliteDb {
    pub(crate) fn open(path: &Path) -> Result<SqliteDb, DbError> {
        let connection = open_writer(path)?;
        let (writer, units) = mpsc::channel();
        thread::Builder::new()
            .name("sqlite-writer".into())
            .spawn(move || write_loop(&connection, &units))
            .map_err(|error| DbError::Open(error.to_string()))?;
        Ok(SqliteDb {
            writer,
            readers: Mutex::new(Vec::new()),
            permits: Arc::new(Semaphore::new(READERS)),
            path: path.to_owned(),
        })
    }

    pub(crate) fn queue(&self, unit: Unit) -> Result<(), DbError> {
        self.writer.send(unit).map_err(|_| DbError::Closed)
    }

    /// Runs `work` on a read-only snapshot; the caller holds a permit.
    pub(crate) fn read<T>(&self, work: impl FnOnce(&Connection) -> T) -> Result<T, DbError> {
        let idle = self.readers.lock().ok().and_then(|mut idle| idle.pop());
        let connection = match idle {
            Some(connection) => connection,
            None => open_reader(&self.path)?,
        };
        run(&connection, "begin")?;
        let result = work(&connection);
        run(&connection, "commit")?;
        if let Ok(mut idle) = self.readers.lock() {
            idle.push(connection);
        }
        Ok(result)
    }
}

fn open_writer(path: &Path) -> Result<Connection, DbError> {
    let connection = Connection::open(path).map_err(|e| open_error(path, &e))?;
    configure(&connection).map_err(|e| open_error(path, &e))?;
    connection
        .execute_batch("pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;")
        .map_err(|e| open_error(path, &e))?;
    Ok(connection)
}

fn open_reader(path: &Path) -> Result<Connection, DbError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(|e| open_error(path, &e))?;
    configure(&connection).map_err(|e| open_error(path, &e))?;
    Ok(connection)
}

fn configure(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(128);
    connection.execute_batch("pragma cache_size = -1024; pragma temp_store = memory;")
}

fn open_error(path: &Path, error: &rusqlite::Error) -> DbError {
    DbError::Open(format!("{}: {error}", path.display()))
}

fn write_loop(connection: &Connection, units: &mpsc::Receiver<Unit>) {
    while let Ok(first) = units.recv() {
        if let Err(error) = run(connection, "begin immediate") {
            // The unit never ran: run it outside so that its caller hears the reason.
            refuse(first, &error);
            continue;
        }
        let mut finish = vec![first(connection)];
        while finish.len() < BATCH {
            let Ok(unit) = units.try_recv() else { break };
            finish.push(unit(connection));
        }
        let committed = run(connection, "commit").map_err(|error| error.to_string());
        if committed.is_err() {
            let _ = run(connection, "rollback");
        }
        for done in finish {
            done(committed.clone().map_err(DbError::Open));
        }
    }
}

/// Tells the caller of a unit that could not start. Every statement of the unit would fail the same way, so it is
/// dropped: its answer channel closes and the caller reads [`DbError::Closed`].
fn refuse(unit: Unit, error: &DbError) {
    tracing::error!(%error, "the write transaction could not begin");
    drop(unit);
}

/// Runs `work` in a savepoint: released when it succeeds, rolled back when it fails or panics.
pub(crate) fn in_savepoint<T, E: From<DbError>>(
    connection: &Connection,
    work: impl FnOnce(&Connection) -> Result<T, E>,
) -> Result<T, E> {
    run(connection, "savepoint unit")?;
    match catch_unwind(AssertUnwindSafe(|| work(connection))) {
        Ok(Ok(value)) => {
            run(connection, "release unit")?;
            Ok(value)
        }
        Ok(Err(error)) => {
            roll_back(connection)?;
            Err(error)
        }
        Err(panic) => {
            roll_back(connection)?;
            Err(DbError::Panicked(panic_text(panic.as_ref())).into())
        }
    }
}

fn roll_back(connection: &Connection) -> Result<(), DbError> {
    run(connection, "rollback to unit")?;
    run(connection, "release unit")
}

pub(crate) fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(ToString::to_string);
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}

fn run(connection: &Connection, sql: &str) -> Result<(), DbError> {
    let mut statement = connection.prepare_cached(sql).map_err(|e| error(&e, sql))?;
    statement.execute([]).map_err(|e| error(&e, sql))?;
    Ok(())
}

/// A transaction or snapshot on one connection.
pub(crate) struct SqliteTx<'a>(pub(crate) &'a Connection);

impl SqliteTx<'_> {
    fn prepared(&self, sql: &str, params: &[Value]) -> Result<CachedStatement<'_>, DbError> {
        let mut statement = self.0.prepare_cached(sql).map_err(|e| error(&e, sql))?;
        // `$2` is a name to SQLite, numbered by where it first stands; the digits say which value is meant.
        for place in 1..=statement.parameter_count() {
            let number = statement.parameter_name(place).and_then(|name| name[1..].parse::<usize>().ok());
            let value = number.and_then(|number| params.get(number.wrapping_sub(1)));
            let value = value.ok_or_else(|| missing(place, sql))?;
            statement.raw_bind_parameter(place, Parameter(value)).map_err(|e| error(&e, sql))?;
        }
        Ok(statement)
    }

    pub(crate) fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, DbError> {
        let mut statement = self.prepared(sql, params)?;
        let names: Arc<[String]> = statement.column_names().map(str::to_owned).collect();
        let mut rows = statement.raw_query();
        let mut answer = Vec::new();
        while let Some(row) = rows.next().map_err(|e| error(&e, sql))? {
            let values = (0..names.len()).map(|index| cell(row, index)).collect::<Result<_, _>>();
            let values = values.map_err(|e| error(&e, sql))?;
            answer.push(Row { names: names.clone(), values });
        }
        Ok(answer)
    }

    pub(crate) fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, DbError> {
        let mut statement = self.prepared(sql, params)?;
        let changed = statement.raw_execute().map_err(|e| error(&e, sql))?;
        Ok(changed as u64)
    }

    pub(crate) fn execute_text(&mut self, text: &str) -> Result<(), DbError> {
        self.0.execute_batch(text).map_err(|e| error(&e, text))
    }

    pub(crate) fn prepare_only(&mut self, text: &str) -> Result<(), DbError> {
        self.0.prepare(text).map(drop).map_err(|e| error(&e, text))
    }
}

struct Parameter<'a>(&'a Value);

impl rusqlite::ToSql for Parameter<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self.0 {
            Value::Null => ValueRef::Null,
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Int(number) => ValueRef::Integer(*number),
            Value::Bool(flag) => ValueRef::Integer(i64::from(*flag)),
            Value::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

fn cell(row: &rusqlite::Row<'_>, index: usize) -> rusqlite::Result<Value> {
    Ok(match row.get_ref(index)? {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Int(number),
        // No column of ours is a real number; an average is rounded by its query.
        ValueRef::Real(number) => Value::Int(number as i64),
        ValueRef::Text(bytes) => Value::Text(String::from_utf8_lossy(bytes).into_owned()),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
    })
}

fn missing(place: usize, sql: &str) -> DbError {
    DbError::Driver { message: format!("parameter {place} has no value"), sql: sql.to_owned() }
}

fn error(error: &rusqlite::Error, sql: &str) -> DbError {
    let message = error.to_string();
    match error.sqlite_error_code() {
        Some(ErrorCode::ConstraintViolation) if message.contains("UNIQUE") => {
            DbError::Unique { what: message.replace("UNIQUE constraint failed: ", "") }
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => DbError::Serialization(message),
        _ => DbError::Driver { message, sql: sql.to_owned() },
    }
}
