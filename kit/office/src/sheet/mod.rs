//! Tables for people who work in Excel or WPS: written as XLSX or CSV, read back for imports.
//!
//! ```
//! use kit_office::sheet::{Cell, Column, Kind, Table, to_csv};
//!
//! let table = Table {
//!     title: "名单".to_owned(),
//!     columns: vec![Column::new("名称", Kind::Text), Column::new("件数", Kind::Integer)],
//!     rows: vec![vec![Cell::from("甲"), Cell::from(3)]],
//! };
//! assert_eq!(to_csv(table).unwrap(), "\u{feff}名称,件数\r\n甲,3\r\n".as_bytes());
//! ```
//!
//! It does NOT compute formulas, and it keeps no colours, merged cells or charts.

mod book;
mod csv;
mod name;
mod read;
#[cfg(test)]
mod tests;
mod xlsx;

pub use book::to_xlsx_book;
pub(crate) use name::{cell_place, column_letters};
pub use read::read;

use crate::OfficeError;
use jiff::civil::Date;

/// What the cells of a column are; decides their format and the column's width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words, and numbers that are names (identity numbers, postcodes).
    Text,
    /// Counted.
    Integer,
    /// Measured.
    Decimal,
    /// Days.
    Date,
}

/// One column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The words in the head.
    pub name: String,
    /// What its cells are.
    pub kind: Kind,
}

impl Column {
    /// A column from its head and kind.
    pub fn new(name: impl Into<String>, kind: Kind) -> Column {
        Column { name: name.into(), kind }
    }
}

/// One value.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Stays text whatever it looks like.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number; one that is not finite is written as an empty cell.
    Decimal(f64),
    /// A day.
    Date(Date),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::Text(text)
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Cell {
        Cell::Integer(number)
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Cell {
        Cell::Decimal(number)
    }
}

impl From<Date> for Cell {
    fn from(day: Date) -> Cell {
        Cell::Date(day)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Cell {
        value.map_or(Cell::Empty, Into::into)
    }
}

/// A whole table; its rows may come one by one.
#[derive(Debug, Clone)]
pub struct Table<R> {
    /// Becomes the sheet's name.
    pub title: String,
    /// The head.
    pub columns: Vec<Column>,
    /// The body.
    pub rows: R,
}

/// The two formats written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Excel 2007 and later, WPS.
    Xlsx,
    /// Comma-separated, UTF-8 with a byte-order mark, lines ended by CR LF.
    Csv,
}

impl Format {
    /// The media type of the answer.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Format::Csv => "text/csv; charset=utf-8",
        }
    }

    /// The end of the file's name, without a dot.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Xlsx => "xlsx",
            Format::Csv => "csv",
        }
    }
}

/// Writes a table row by row, for rows that come from a cursor.
pub struct Writer(Inner);

enum Inner {
    Xlsx(Box<xlsx::Workbook>),
    Csv(String),
}

impl Writer {
    /// Begins a table: the head is written, its cells stay in view while the body scrolls (XLSX).
    ///
    /// # Errors
    /// More columns than a sheet has.
    pub fn new(format: Format, title: &str, columns: Vec<Column>) -> Result<Writer, OfficeError> {
        Ok(Writer(match format {
            Format::Xlsx => Inner::Xlsx(Box::new(xlsx::Workbook::new(title, columns)?)),
            Format::Csv => {
                let mut text = String::from("\u{feff}");
                csv::write_row(&mut text, columns.into_iter().map(|column| Cell::Text(column.name)));
                Inner::Csv(text)
            }
        }))
    }

    /// Adds a row; what goes beyond the head is written without a format.
    ///
    /// # Errors
    /// More rows than a sheet has.
    pub fn push(&mut self, row: Vec<Cell>) -> Result<(), OfficeError> {
        match &mut self.0 {
            Inner::Xlsx(workbook) => workbook.push(row),
            Inner::Csv(text) => {
                csv::write_row(text, row);
                Ok(())
            }
        }
    }

    /// The finished file.
    ///
    /// # Errors
    /// The file would be larger than its format permits.
    pub fn finish(self) -> Result<Vec<u8>, OfficeError> {
        match self.0 {
            Inner::Xlsx(workbook) => workbook.finish(),
            Inner::Csv(text) => Ok(text.into_bytes()),
        }
    }
}

/// A table in the format asked for.
///
/// # Errors
/// More rows or columns than a sheet has.
pub fn write<R>(format: Format, table: Table<R>) -> Result<Vec<u8>, OfficeError>
where
    R: IntoIterator<Item = Vec<Cell>>,
{
    let mut writer = Writer::new(format, &table.title, table.columns)?;
    for row in table.rows {
        writer.push(row)?;
    }
    writer.finish()
}

/// A table as XLSX: head in view and filtered, widths by content, strings as strings.
///
/// # Errors
/// More rows or columns than a sheet has.
pub fn to_xlsx<R>(table: Table<R>) -> Result<Vec<u8>, OfficeError>
where
    R: IntoIterator<Item = Vec<Cell>>,
{
    write(Format::Xlsx, table)
}

/// A table as CSV; text that a spreadsheet would run as a formula gets an apostrophe before it.
///
/// # Errors
/// None today; the same signature as [`to_xlsx`].
pub fn to_csv<R>(table: Table<R>) -> Result<Vec<u8>, OfficeError>
where
    R: IntoIterator<Item = Vec<Cell>>,
{
    write(Format::Csv, table)
}
