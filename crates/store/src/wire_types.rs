//! PostgreSQL's types and codes in the words of the store.

use postgres::error::{DbError, SqlState};
use postgres::types::{FromSql, ToSql, Type};

use crate::value::Value;
use crate::{Error, Rule};

/// SQLSTATE that the journal's triggers raise (`journal.rs`).
const APPEND_ONLY: &str = "SH001";

/// A parameter in the Rust type its place in the statement wants.
pub(crate) type Adapted<'a> = Box<dyn ToSql + Sync + 'a>;

/// Fits values to the types of a prepared statement; the driver would refuse an `i64` for an `integer`.
pub(crate) fn adapt<'a>(values: &[Value<'a>], types: &[Type]) -> Result<Vec<Adapted<'a>>, Error> {
    if values.len() != types.len() {
        return Err(Error::Parameter {
            position: values.len().min(types.len()) + 1,
        });
    }
    let pairs = values.iter().zip(types).enumerate();
    pairs
        .map(|(index, (value, wanted))| adapt_one(*value, wanted).ok_or(Error::Parameter { position: index + 1 }))
        .collect()
}

/// The form the driver takes parameters in.
pub(crate) fn borrowed<'b>(adapted: &'b [Adapted<'_>]) -> Vec<&'b (dyn ToSql + Sync)> {
    adapted
        .iter()
        .map(|param| param.as_ref() as &(dyn ToSql + Sync))
        .collect()
}

fn adapt_one<'a>(value: Value<'a>, wanted: &Type) -> Option<Adapted<'a>> {
    Some(match (wanted, value) {
        (&Type::INT8, Value::Int(number)) => Box::new(number),
        (&Type::INT4, Value::Int(number)) => Box::new(i32::try_from(number).ok()?),
        (&Type::INT2, Value::Int(number)) => Box::new(i16::try_from(number).ok()?),
        (&Type::BOOL, Value::Bool(answer)) => Box::new(answer),
        (&Type::BYTEA, Value::Blob(bytes)) => Box::new(bytes),
        (wanted, Value::Text(text)) if <&str as ToSql>::accepts(wanted) => Box::new(text),
        (&Type::INT8, Value::Null) => Box::new(None::<i64>),
        (&Type::INT4, Value::Null) => Box::new(None::<i32>),
        (&Type::INT2, Value::Null) => Box::new(None::<i16>),
        (&Type::BOOL, Value::Null) => Box::new(None::<bool>),
        (&Type::BYTEA, Value::Null) => Box::new(None::<&[u8]>),
        (wanted, Value::Null) if <&str as ToSql>::accepts(wanted) => Box::new(None::<&str>),
        (_, Value::Null | Value::Int(_) | Value::Bool(_) | Value::Text(_) | Value::Blob(_)) => {
            return None;
        }
    })
}

/// A column's content; fails for types outside [`Value`].
pub(crate) struct Cell<'a>(pub(crate) Value<'a>);

type DecodeError = Box<dyn std::error::Error + Sync + Send>;

impl<'a> FromSql<'a> for Cell<'a> {
    fn from_sql(kind: &Type, raw: &'a [u8]) -> Result<Self, DecodeError> {
        let value = match *kind {
            Type::INT8 => Value::Int(i64::from_sql(kind, raw)?),
            Type::INT4 => Value::Int(i32::from_sql(kind, raw)?.into()),
            Type::INT2 => Value::Int(i16::from_sql(kind, raw)?.into()),
            Type::BOOL => Value::Bool(bool::from_sql(kind, raw)?),
            Type::BYTEA => Value::Blob(raw),
            Type::NUMERIC => Value::Int(whole_number(raw).ok_or("not a whole number of 64 bits")?),
            _ if <&str as FromSql>::accepts(kind) => Value::Text(std::str::from_utf8(raw)?),
            _ => return Err("a type outside the common dialect".into()),
        };
        Ok(Cell(value))
    }

    fn from_sql_null(_kind: &Type) -> Result<Self, DecodeError> {
        Ok(Cell(Value::Null))
    }

    fn accepts(_kind: &Type) -> bool {
        true
    }
}

/// `sum(bigint)` is `numeric` here and an integer in SQLite: four 16-bit fields (digits, weight, sign, scale), then
/// digits to base 10,000, the first one worth 10,000^weight.
fn whole_number(raw: &[u8]) -> Option<i64> {
    const NEGATIVE: i64 = 0x4000;
    let mut fields = raw.chunks_exact(2).map(|pair| i16::from_be_bytes([pair[0], pair[1]]));
    let (_count, weight, sign, _scale) = (fields.next()?, fields.next()?, fields.next()?, fields.next()?);
    let sign = match i64::from(sign) {
        0 => 1,
        NEGATIVE => -1,
        _ => return None,
    };
    let mut exponent = i32::from(weight);
    let mut total: i128 = 0;
    for digit in fields {
        match u32::try_from(exponent) {
            Ok(exponent) => {
                let worth = 10_000i128.checked_pow(exponent)?;
                total = total.checked_add(i128::from(digit).checked_mul(worth)?)?;
            }
            Err(_) if digit == 0 => {}
            Err(_) => return None,
        }
        exponent -= 1;
    }
    i64::try_from(total * i128::from(sign)).ok()
}

/// The store's name for an error of the driver.
pub(crate) fn classify(error: &postgres::Error) -> Error {
    match error.as_db_error() {
        Some(error) => classify_answer(error),
        // Without an answer of the server only the connection can have failed: parameters are fitted beforehand.
        None => Error::Disconnected,
    }
}

/// Whether an error of `commit` says that nothing happened. Anything else, a lost connection above all, leaves it open.
pub(crate) fn certainly_rolled_back(error: &postgres::Error) -> bool {
    // Classes: 23 broken rule checked at the end, 25 and 40 rolled back.
    error
        .code()
        .is_some_and(|code| ["23", "25", "40"].contains(&&code.code()[..2]))
}

fn classify_answer(error: &DbError) -> Error {
    let rule = |rule| Error::RuleViolation { rule };
    match error.code() {
        &SqlState::UNIQUE_VIOLATION => Error::UniqueViolation {
            table: error.table().unwrap_or_default().to_owned(),
        },
        &SqlState::FOREIGN_KEY_VIOLATION => rule(Rule::ForeignKey),
        &SqlState::NOT_NULL_VIOLATION => rule(Rule::NotNull),
        &SqlState::CHECK_VIOLATION => rule(Rule::Check),
        &SqlState::NUMERIC_VALUE_OUT_OF_RANGE | &SqlState::DATATYPE_MISMATCH => rule(Rule::DataType),
        &SqlState::READ_ONLY_SQL_TRANSACTION => Error::ReadOnly,
        &SqlState::LOCK_NOT_AVAILABLE | &SqlState::QUERY_CANCELED => Error::Busy,
        // The last two: another program's migration made a prepared statement stale.
        &SqlState::T_R_SERIALIZATION_FAILURE
        | &SqlState::T_R_DEADLOCK_DETECTED
        | &SqlState::FEATURE_NOT_SUPPORTED
        | &SqlState::INVALID_SQL_STATEMENT_NAME => Error::Serialization,
        &SqlState::DISK_FULL => Error::Full,
        &SqlState::IO_ERROR => Error::Io,
        &SqlState::DATA_CORRUPTED | &SqlState::INDEX_CORRUPTED => Error::Corrupt,
        &SqlState::ADMIN_SHUTDOWN
        | &SqlState::CRASH_SHUTDOWN
        | &SqlState::CANNOT_CONNECT_NOW
        | &SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT => Error::Disconnected,
        code if code.code() == APPEND_ONLY => Error::AppendOnly,
        code => Error::Statement {
            code: code.code().to_owned(),
            // Class 42 speaks of the statement's text, which holds no values; others may quote them.
            message: if code.code().starts_with("42") {
                error.message().to_owned()
            } else {
                String::new()
            },
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numeric(weight: i16, sign: u16, digits: &[i16]) -> Vec<u8> {
        let mut raw = Vec::new();
        raw.extend((digits.len() as i16).to_be_bytes());
        raw.extend(weight.to_be_bytes());
        raw.extend(sign.to_be_bytes());
        raw.extend(0i16.to_be_bytes());
        digits.iter().for_each(|digit| raw.extend(digit.to_be_bytes()));
        raw
    }

    #[test]
    fn sums_are_read_as_whole_numbers() {
        assert_eq!(whole_number(&numeric(0, 0, &[])), Some(0));
        assert_eq!(whole_number(&numeric(1, 0, &[1, 2345])), Some(12_345));
        assert_eq!(whole_number(&numeric(1, 0x4000, &[3])), Some(-30_000));
        assert_eq!(
            whole_number(&numeric(4, 0x4000, &[922, 3372, 368, 5477, 5808])),
            Some(i64::MIN)
        );
    }

    #[test]
    fn what_is_no_whole_number_of_64_bits_is_refused() {
        assert_eq!(whole_number(&numeric(4, 0, &[922, 3372, 368, 5477, 5808])), None);
        assert_eq!(whole_number(&numeric(0, 0, &[1, 5000])), None);
        assert_eq!(whole_number(&numeric(0, 0xC000, &[])), None);
        assert_eq!(whole_number(&numeric(i16::MAX, 0, &[1])), None);
        assert_eq!(whole_number(&[0, 1]), None);
    }

    #[test]
    fn parameter_of_another_type_is_named_by_its_number() {
        let types = [Type::INT8, Type::INT4];
        assert!(adapt(&[Value::Int(1), Value::Null], &types).is_ok());
        let too_large = adapt(&[Value::Int(1), Value::Int(i64::MAX)], &types);
        assert_eq!(too_large.err(), Some(Error::Parameter { position: 2 }));
        let text = adapt(&[Value::Text("1"), Value::Int(1)], &types);
        assert_eq!(text.err(), Some(Error::Parameter { position: 1 }));
        let missing = adapt(&[Value::Int(1)], &types);
        assert_eq!(missing.err(), Some(Error::Parameter { position: 2 }));
    }
}
