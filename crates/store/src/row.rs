//! A row of either engine, read by number or by name into the types of [`FromValue`].

use crate::Error;
use crate::value::Value;

/// One row of a result, valid inside the closure it is given to.
pub struct Row<'a>(pub(crate) &'a dyn Cells);

/// What an engine's row can do.
pub(crate) trait Cells {
    /// Number of the column called `name`.
    fn position(&self, name: &str) -> Option<usize>;
    /// Content of a column; `None` when it does not exist or has a type outside [`Value`].
    fn cell(&self, position: usize) -> Option<Value<'_>>;
}

impl Row<'_> {
    /// The column as `T`; fails when there is no such column or its type is another.
    pub fn get<T: FromValue>(&self, column: impl ColumnIndex) -> Result<T, Error> {
        column
            .position(self)
            .and_then(|position| self.0.cell(position))
            .and_then(T::from_value)
            .ok_or_else(|| Error::Column { column: column.label() })
    }
}

/// A column by number (`usize`, from 0) or by name (`&'static str`).
pub trait ColumnIndex: Copy {
    #[doc(hidden)]
    fn position(self, row: &Row<'_>) -> Option<usize>;
    #[doc(hidden)]
    fn label(self) -> String;
}

impl ColumnIndex for usize {
    fn position(self, _row: &Row<'_>) -> Option<usize> {
        Some(self)
    }

    fn label(self) -> String {
        self.to_string()
    }
}

impl ColumnIndex for &'static str {
    fn position(self, row: &Row<'_>) -> Option<usize> {
        row.0.position(self)
    }

    fn label(self) -> String {
        self.to_owned()
    }
}

/// A type that can be read from a column. Ids and enums of the product implement it once.
pub trait FromValue: Sized {
    /// The value as `Self`; `None` when the type or the content does not fit.
    fn from_value(value: Value<'_>) -> Option<Self>;
}

impl FromValue for i64 {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Int(number) => Some(number),
            _ => None,
        }
    }
}

/// SQLite keeps a boolean as 0 or 1.
impl FromValue for bool {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Bool(answer) => Some(answer),
            Value::Int(0) => Some(false),
            Value::Int(1) => Some(true),
            _ => None,
        }
    }
}

impl FromValue for String {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Text(text) => Some(text.to_owned()),
            _ => None,
        }
    }
}

impl FromValue for Vec<u8> {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Blob(bytes) => Some(bytes.to_vec()),
            _ => None,
        }
    }
}

impl<const N: usize> FromValue for [u8; N] {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Blob(bytes) => bytes.try_into().ok(),
            _ => None,
        }
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            value => T::from_value(value).map(Some),
        }
    }
}
