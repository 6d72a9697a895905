//! What can go wrong in the database, in the few kinds that callers tell apart. It words nothing for users.

/// An error of the database or of its border.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// A unique constraint refused the row; `what` is the constraint's name or its columns.
    #[error("unique constraint violated: {what}")]
    Unique {
        /// PostgreSQL's constraint name, or SQLite's list of columns.
        what: String,
    },
    /// The transaction lost a race and may be run again (SQLSTATE class 40, SQLite busy).
    #[error("serialization failure: {0}")]
    Serialization(String),
    /// A query that must give one row gave another number.
    #[error("expected one row, got {got}: {sql}")]
    RowCount {
        /// Rows given.
        got: usize,
        /// The statement.
        sql: &'static str,
    },
    /// A cell does not hold what the reader expects.
    #[error("column {column}: expected {expected}")]
    Column {
        /// Name of the column asked for.
        column: String,
        /// What was expected there.
        expected: &'static str,
    },
    /// The work panicked; its transaction was rolled back.
    #[error("the unit of work panicked: {0}")]
    Panicked(String),
    /// The database was closed while the work waited.
    #[error("the database is closed")]
    Closed,
    /// A migration cannot be applied.
    #[error("migration {number}: {reason}")]
    Migration {
        /// Number of the migration.
        number: u32,
        /// Why.
        reason: String,
    },
    /// The database cannot be reached or opened.
    #[error("cannot open the database: {0}")]
    Open(String),
    /// Anything else the driver reports.
    #[error("{message}\n  in: {sql}")]
    Driver {
        /// The driver's message.
        message: String,
        /// The statement, where one was running.
        sql: String,
    },
}

impl DbError {
    pub(crate) fn column(column: &str, expected: &'static str) -> DbError {
        DbError::Column { column: column.to_owned(), expected }
    }

    /// Whether running the same work again may succeed.
    pub fn is_serialization(&self) -> bool {
        matches!(self, DbError::Serialization(_))
    }

    /// Whether a unique constraint whose name or columns contain `part` refused the row.
    pub fn is_unique(&self, part: &str) -> bool {
        matches!(self, DbError::Unique { what } if what.contains(part))
    }
}
