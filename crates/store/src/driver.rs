//! What the store asks of an engine: one connection that runs one transaction at a time.

use crate::Error;
use crate::row::Row;
use crate::sql::Sql;
use crate::target::Engine;
use crate::value::Value;

/// What a transaction may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// A snapshot that cannot write.
    Read,
    /// The only writer of the store until it ends.
    Write,
}

/// Receives the rows of a statement one by one; an error ends the statement.
pub(crate) type EachRow<'f> = &'f mut dyn FnMut(&Row<'_>) -> Result<(), Error>;

/// One connection. Owned by one thread; never used on a thread of an async runtime.
pub(crate) trait Driver: Send {
    fn engine(&self) -> Engine;
    fn begin(&mut self, mode: Mode) -> Result<(), Error>;
    /// Ends the transaction for good: on an error it is rolled back, except for [`Error::Unknown`].
    fn commit(&mut self) -> Result<(), Error>;
    fn roll_back(&mut self);
    fn execute(&mut self, sql: Sql, params: &[Value<'_>]) -> Result<u64, Error>;
    fn query(&mut self, sql: Sql, params: &[Value<'_>], each: EachRow<'_>) -> Result<(), Error>;
    /// Runs several statements without parameters, already in the words of the engine.
    fn batch(&mut self, sql: &str) -> Result<(), Error>;
    /// Outside a transaction: empties the write-ahead log into the database file. False when a reader was in the way.
    fn checkpoint(&mut self) -> Result<bool, Error>;
    /// Outside a transaction: rewrites a table so that its file holds no deleted rows; `false` when readers were in the way.
    fn scrub(&mut self, table: &str) -> Result<bool, Error>;
    /// Outside a transaction: reads everything and compares it with itself.
    fn check(&mut self) -> Result<(), Error>;
    /// Outside a transaction: writes a compact copy without remnants of deleted rows to a new file.
    fn snapshot(&mut self, path: &std::path::Path) -> Result<(), Error>;
}
