//! The first sheet of a file as rows of text, for imports.
//!
//! It does NOT keep types: numbers and days are text as a person would write them.

use super::csv::Records;
use crate::kind::{FileKind, kind_of};
use crate::workbook::{Met, Visibility, Workbook};
use crate::{Limits, OfficeError};

/// What is read here.
const TABLE: &str = "表格（xlsx、csv）";

/// The rows of the first visible sheet of an XLSX, or of a CSV (UTF-8, UTF-16 or GB18030). Row `i` of the result is
/// row `i + 1` of the file, so that a fault can be told by its number; rows without anything are empty vectors.
///
/// # Errors
/// The content is no table, or larger than the limits.
pub fn read(name: &str, bytes: &[u8], limits: &Limits) -> Result<Vec<Vec<String>>, OfficeError> {
    match kind_of(name, bytes, limits) {
        Ok(FileKind::Xlsx) => read_xlsx(bytes, limits),
        Ok(FileKind::Text) => read_csv(bytes, limits),
        // Of no use is a list of other kinds that are not taken here either.
        Ok(_) | Err(OfficeError::NotThis { .. }) => Err(OfficeError::NotThis { expected: TABLE }),
        Err(error) => Err(error),
    }
}

fn read_xlsx(bytes: &[u8], limits: &Limits) -> Result<Vec<Vec<String>>, OfficeError> {
    let mut workbook = Workbook::open(bytes, limits)?;
    let Some(first) = workbook.sheets.iter().position(|sheet| sheet.visibility == Visibility::Shown) else {
        return Ok(Vec::new());
    };
    let mut rows: Vec<Vec<String>> = Vec::new();
    // A cell far out makes a long row of empty ones: they count too.
    let (mut cells_left, mut text_left) = (limits.cells, limits.text_bytes);
    workbook.walk(first, |met| {
        let Met::Cell { row, column, text } = met else {
            return Ok(true);
        };
        if rows.len() <= row {
            rows.resize_with(row + 1, Vec::new);
        }
        let added = (column + 1).saturating_sub(rows[row].len());
        cells_left = cells_left
            .checked_sub(added)
            .ok_or(OfficeError::TooLarge { what: "单元格数", limit: limits.cells as u64 })?;
        text_left = text_left
            .checked_sub(text.len())
            .ok_or(OfficeError::TooLarge { what: "文字字节数", limit: limits.text_bytes as u64 })?;
        if added > 0 {
            rows[row].resize(column + 1, String::new());
        }
        rows[row][column] = text;
        Ok(true)
    })?;
    Ok(rows)
}

fn read_csv(bytes: &[u8], limits: &Limits) -> Result<Vec<Vec<String>>, OfficeError> {
    let not_text = |_| OfficeError::NotThis { expected: TABLE };
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
