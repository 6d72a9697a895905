//! The first sheet of a file as rows of text, for imports.
//!
//! It does NOT keep types: numbers and days are text as a person would write them.

use super::csv::Records;
use crate::{Limits, OfficeError};

/// The rows of a CSV (UTF-8, UTF-16 or GB18030); row `i` of the result is row `i + 1` of
/// the file, so that a fault can be told by its number. Empty rows in between are empty vectors.
///
/// # Errors
/// The content is no table, or larger than the limits.
pub fn read(_name: &str, bytes: &[u8], limits: &Limits) -> Result<Vec<Vec<String>>, OfficeError> {
    read_csv(bytes, limits)
}

fn read_csv(bytes: &[u8], limits: &Limits) -> Result<Vec<Vec<String>>, OfficeError> {
    let not_text = |_| OfficeError::NotThis { expected: "表格（xlsx、csv）" };
    let (text, _) = kit_text::lines::decode_text(bytes).map_err(not_text)?;
    let mut rows = Vec::new();
    let mut n_cells = 0;
    for record in Records::new(&text) {
        n_cells += record.len();
        rows.push(record);
        if rows.len() > limits.rows {
            return Err(OfficeError::TooLarge { what: "行数", limit: limits.rows as u64 });
        }
        if n_cells > limits.cells {
            return Err(OfficeError::TooLarge { what: "单元格数", limit: limits.cells as u64 });
        }
    }
    Ok(rows)
}
