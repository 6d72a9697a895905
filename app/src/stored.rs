//! Stored words read back: days and codes of closed lists. A row that breaks our own rules is an error that names the column and
//! what stands in it; nothing is guessed.

use jiff::civil::Date;
use kit_db::Row;

use crate::error::{Error, Result};

/// A day.
///
/// # Errors
/// Unexpected, when the column holds no day.
pub fn day(row: &Row, column: &'static str) -> Result<Date> {
    read(column, &row.get::<String>(column)?)
}

/// A day that may be missing.
///
/// # Errors
/// As [`day`].
pub fn optional_day(row: &Row, column: &'static str) -> Result<Option<Date>> {
    row.get::<Option<String>>(column)?.map(|text| read(column, &text)).transpose()
}

fn read(column: &str, text: &str) -> Result<Date> {
    text.parse().map_err(|_| Error::Unexpected(anyhow::anyhow!("{column} is no day: {text:?}")))
}

/// A value of a closed list.
///
/// # Errors
/// Unexpected, when the list does not have the code.
pub fn coded<T>(row: &Row, column: &'static str, from_code: impl Fn(&str) -> Option<T>) -> Result<T> {
    let code: String = row.get(column)?;
    from_code(&code).ok_or_else(|| unknown(column, &code))
}

/// A value that may be missing.
///
/// # Errors
/// As [`coded`].
pub fn optional_coded<T>(
    row: &Row,
    column: &'static str,
    from_code: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>> {
    let code: Option<String> = row.get(column)?;
    code.map(|code| from_code(&code).ok_or_else(|| unknown(column, &code))).transpose()
}

fn unknown(column: &str, code: &str) -> Error {
    Error::Unexpected(anyhow::anyhow!("{column} is {code:?}"))
}

/// A day as it is kept.
pub fn kept(day: Option<Date>) -> Option<String> {
    day.map(|day| day.to_string())
}
