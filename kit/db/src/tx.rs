//! A running transaction: statements in, rows out, the same on both databases. It opens and commits nothing itself.

use crate::{DbError, Row, Value, postgres::PostgresTx, sqlite::SqliteTx};

/// A statement written in the source, in the dialect both databases share. Only [`sql!`](crate::sql) makes one, from
/// a literal, so a statement can never be put together from what a user typed.
#[derive(Debug, Clone, Copy)]
pub struct Sql(&'static str);

impl Sql {
    /// Used by the macro [`sql!`](crate::sql) alone.
    #[doc(hidden)]
    pub const fn from_literal(text: &'static str) -> Sql {
        Sql(text)
    }

    /// The statement's text.
    pub const fn text(self) -> &'static str {
        self.0
    }
}

/// Marks a literal as a statement: `sql!("select name from t where id = $1")`.
#[macro_export]
macro_rules! sql {
    ($text:literal) => {
        $crate::Sql::from_literal($text)
    };
}

/// Parameters of a statement, each converted to a [`Value`].
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => {
        &[$($crate::Value::from($value)),*]
    };
}

pub(crate) enum Inner<'a> {
    Sqlite(SqliteTx<'a>),
    Postgres(PostgresTx<'a>),
}

/// A transaction, or the read-only snapshot of a read.
pub struct Tx<'a> {
    pub(crate) inner: Inner<'a>,
    /// Set when a statement lost a race: the whole unit is then run again whatever error the work returns.
    pub(crate) lost_race: bool,
}

impl<'a> Tx<'a> {
    pub(crate) fn new(inner: Inner<'a>) -> Tx<'a> {
        Tx { inner, lost_race: false }
    }

    /// All rows of a query.
    ///
    /// # Errors
    /// Whatever the database reports.
    pub fn query(&mut self, sql: Sql, params: &[Value]) -> Result<Vec<Row>, DbError> {
        let result = match &mut self.inner {
            Inner::Sqlite(tx) => tx.query(sql.0, params),
            Inner::Postgres(tx) => tx.query(sql.0, params),
        };
        self.note(result)
    }

    /// The first row, or none.
    ///
    /// # Errors
    /// Whatever the database reports.
    pub fn query_opt(&mut self, sql: Sql, params: &[Value]) -> Result<Option<Row>, DbError> {
        Ok(self.query(sql, params)?.into_iter().next())
    }

    /// The one row of a query that must give exactly one.
    ///
    /// # Errors
    /// [`DbError::RowCount`] for any other number of rows.
    pub fn query_one(&mut self, sql: Sql, params: &[Value]) -> Result<Row, DbError> {
        let mut rows = self.query(sql, params)?;
        match (rows.len(), rows.pop()) {
            (1, Some(row)) => Ok(row),
            (got, _) => Err(DbError::RowCount { got, sql: sql.0 }),
        }
    }

    /// Runs a statement and gives the number of rows it changed.
    ///
    /// # Errors
    /// Whatever the database reports.
    pub fn execute(&mut self, sql: Sql, params: &[Value]) -> Result<u64, DbError> {
        let result = match &mut self.inner {
            Inner::Sqlite(tx) => tx.execute(sql.0, params),
            Inner::Postgres(tx) => tx.execute(sql.0, params),
        };
        self.note(result)
    }

    /// Runs a statement read from a migration file or a test's scan of the sources, without parameters.
    pub(crate) fn execute_text(&mut self, text: &str) -> Result<(), DbError> {
        let result = match &mut self.inner {
            Inner::Sqlite(tx) => tx.execute_text(text),
            Inner::Postgres(tx) => tx.execute_text(text),
        };
        self.note(result)
    }

    /// Prepares `text` without running it: the check that a statement fits the schema.
    ///
    /// # Errors
    /// What the database says about the statement.
    pub fn prepare_only(&mut self, text: &str) -> Result<(), DbError> {
        match &mut self.inner {
            Inner::Sqlite(tx) => tx.prepare_only(text),
            Inner::Postgres(tx) => tx.prepare_only(text),
        }
    }

    fn note<T>(&mut self, result: Result<T, DbError>) -> Result<T, DbError> {
        if let Err(error) = &result {
            self.lost_race |= error.is_serialization();
        }
        result
    }
}
