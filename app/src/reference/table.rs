//! A list of reference rows that keeps its order and finds a row by code.
//!
//! It holds rows; it does not read files and does not know what a code means.

use std::collections::HashMap;

/// A row with a code that never changes.
pub trait Coded {
    /// The code, unique within its table.
    fn code(&self) -> &str;
}

/// Rows in the order of their file.
#[derive(Debug, Clone)]
pub struct Table<T> {
    rows: Vec<T>,
    places: HashMap<String, usize>,
}

impl<T: Coded> Table<T> {
    /// Builds the table; the first code that occurs twice is the error.
    pub fn new(rows: Vec<T>) -> Result<Self, String> {
        let mut places = HashMap::with_capacity(rows.len());
        for (place, row) in rows.iter().enumerate() {
            if places.insert(row.code().to_owned(), place).is_some() {
                return Err(row.code().to_owned());
            }
        }
        Ok(Self { rows, places })
    }

    /// The row with a code.
    pub fn get(&self, code: &str) -> Option<&T> {
        self.places.get(code).map(|place| &self.rows[*place])
    }

    /// Whether a row has the code.
    pub fn contains(&self, code: &str) -> bool {
        self.places.contains_key(code)
    }

    /// All rows in order.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.rows.iter()
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

impl<'a, T: Coded> IntoIterator for &'a Table<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
