//! Values that cross the border between Rust and SQL: text, 64-bit integers, booleans, bytes, null.
//!
//! The set is the part that SQLite and PostgreSQL share; dates, money and enums are text or integers by
//! convention of the caller. This module does not know any statement.

use std::sync::Arc;

use crate::DbError;

/// One parameter or one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// SQL null.
    Null,
    /// A text.
    Text(String),
    /// A 64-bit integer; also what SQLite gives for a boolean.
    Int(i64),
    /// A boolean.
    Bool(bool),
    /// A byte string.
    Bytes(Vec<u8>),
}

macro_rules! value_from {
    ($($from:ty => |$v:ident| $to:expr;)*) => {$(
        impl From<$from> for Value {
            fn from($v: $from) -> Value { $to }
        }
    )*};
}

value_from! {
    &str => |v| Value::Text(v.to_owned());
    String => |v| Value::Text(v);
    &String => |v| Value::Text(v.clone());
    i64 => |v| Value::Int(v);
    bool => |v| Value::Bool(v);
    Vec<u8> => |v| Value::Bytes(v);
    &[u8] => |v| Value::Bytes(v.to_vec());
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Value {
        value.map_or(Value::Null, Into::into)
    }
}

impl<T> From<&Option<T>> for Value
where
    T: Clone + Into<Value>,
{
    fn from(value: &Option<T>) -> Value {
        value.clone().map_or(Value::Null, Into::into)
    }
}

/// A Rust type that can be read from one cell.
pub trait FromValue: Sized {
    /// Reads the cell, or gives the name of what was expected.
    fn from_value(value: Value) -> Result<Self, &'static str>;
}

impl FromValue for String {
    fn from_value(value: Value) -> Result<Self, &'static str> {
        match value {
            Value::Text(text) => Ok(text),
            _ => Err("text"),
        }
    }
}

impl FromValue for i64 {
    fn from_value(value: Value) -> Result<Self, &'static str> {
        match value {
            Value::Int(number) => Ok(number),
            _ => Err("integer"),
        }
    }
}

impl FromValue for bool {
    fn from_value(value: Value) -> Result<Self, &'static str> {
        match value {
            Value::Bool(flag) => Ok(flag),
            // SQLite stores booleans as 0 and 1.
            Value::Int(0) => Ok(false),
            Value::Int(1) => Ok(true),
            _ => Err("boolean"),
        }
    }
}

impl FromValue for Vec<u8> {
    fn from_value(value: Value) -> Result<Self, &'static str> {
        match value {
            Value::Bytes(bytes) => Ok(bytes),
            _ => Err("bytes"),
        }
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: Value) -> Result<Self, &'static str> {
        match value {
            Value::Null => Ok(None),
            value => T::from_value(value).map(Some),
        }
    }
}

/// One row of an answer; cells are read by column name.
#[derive(Debug, Clone)]
pub struct Row {
    pub(crate) names: Arc<[String]>,
    pub(crate) values: Vec<Value>,
}

impl Row {
    /// The cell of column `name` as `T`.
    ///
    /// # Errors
    /// When the answer has no such column or the cell holds another type.
    pub fn get<T: FromValue>(&self, name: &str) -> Result<T, DbError> {
        let index = self.names.iter().position(|known| known == name);
        let value = index.and_then(|index| self.values.get(index)).cloned();
        let value = value.ok_or_else(|| DbError::column(name, "a column of that name"))?;
        T::from_value(value).map_err(|expected| DbError::column(name, expected))
    }
}
