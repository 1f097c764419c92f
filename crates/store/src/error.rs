//! What can go wrong in a store. No variant carries a value of a row: names of tables and rules, numbers, codes only.

use std::path::PathBuf;

/// The kind of rule a row broke, other than uniqueness.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// The row it refers to does not exist, or is still referred to.
    ForeignKey,
    /// A column that must have a value got none.
    NotNull,
    /// A `check` of the table.
    Check,
    /// The value has another type than the column.
    DataType,
}

/// The error of this crate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A row with the same key exists.
    #[error("a row with this key exists in table `{table}`")]
    UniqueViolation {
        /// Table whose key it is.
        table: String,
    },
    /// A row broke a rule of its table.
    #[error("a row breaks a rule of the store: {rule:?}")]
    RuleViolation {
        /// Which kind of rule.
        rule: Rule,
    },
    /// A trigger refused the statement: the row may never be changed or deleted.
    #[error("the store refuses to change a row that is append-only")]
    AppendOnly,
    /// A write inside a read transaction.
    #[error("a read transaction tried to write")]
    ReadOnly,
    /// Another transaction held a lock too long, or a statement ran too long. Try again later.
    #[error("the store is busy")]
    Busy,
    /// The engine could not order concurrent transactions. Rolled back; run the whole closure again.
    #[error("concurrent transactions collided")]
    Serialization,
    /// The disk or the quota is full. Rolled back.
    #[error("the disk of the store is full")]
    Full,
    /// Reading or writing the disk failed.
    #[error("the disk of the store failed")]
    Io,
    /// The stored bytes are not what the engine or the journal wrote.
    #[error("the store is damaged")]
    Corrupt,
    /// An earlier [`Error::Io`] or [`Error::Corrupt`] ended writing until the program starts again and checks.
    #[error("the store stopped writing after a failure of its disk")]
    Stopped,
    /// The connection ended during `commit`: the transaction may or may not have happened. Look it up by its key.
    #[error("the outcome of the transaction is unknown")]
    Unknown,
    /// The connection ended inside the transaction, before `commit`. Rolled back.
    #[error("the connection to the store was lost")]
    Disconnected,
    /// The server cannot be reached or refused the login.
    #[error("the store cannot be reached{}", code.as_ref().map(|code| format!(" (code {code})")).unwrap_or_default())]
    Unreachable {
        /// SQLSTATE, when a server answered at all.
        code: Option<String>,
    },
    /// The store has been closed.
    #[error("the store is closed")]
    Closed,
    /// The closure of the transaction panicked. Rolled back.
    #[error("the transaction panicked")]
    Panicked,
    /// The closure said `Ok` after one of its statements had failed. Rolled back.
    #[error("a statement of the transaction had failed")]
    Aborted,
    /// Another running program holds the database.
    #[error("the database is in use by another running copy ({})", path.display())]
    InUse {
        /// The lock file.
        path: PathBuf,
    },
    /// The database file or its lock file cannot be opened or created.
    #[error("the database {} cannot be opened", path.display())]
    CannotOpen {
        /// The file.
        path: PathBuf,
    },
    /// The database was written by a newer program.
    #[error("the database has schema version {found} of `{track}`, this program knows {known}")]
    NewerSchema {
        /// Whose tables.
        track: String,
        /// Highest version in the database.
        found: u32,
        /// Highest version in the program.
        known: u32,
    },
    /// A migration that was applied differs from the one in the program.
    #[error("migration {version} of `{track}` was applied in another form")]
    ChangedMigration {
        /// Whose tables.
        track: String,
        /// Its number.
        version: u32,
    },
    /// The migrations of the program are not numbered 1, 2, 3, or the database lacks one in the middle.
    #[error("migration {version} of `{track}` is out of order")]
    MigrationOrder {
        /// Whose tables.
        track: String,
        /// Its number.
        version: u32,
    },
    /// The database belongs to another schema, for example keys opened as data.
    #[error("the database holds `{found}`, not `{expected}`")]
    WrongSchema {
        /// Name in the database.
        found: String,
        /// Name in the program.
        expected: &'static str,
    },
    /// The engine lacks something the store relies on.
    #[error("the database engine does not fit: {what}")]
    Unsupported {
        /// What is missing, and how to get it.
        what: &'static str,
    },
    /// A parameter has another type than its place in the SQL, holds NUL, or the number of parameters is wrong.
    #[error("parameter {position} does not fit the statement")]
    Parameter {
        /// Number of the parameter, from 1; one more than given when one is missing.
        position: usize,
    },
    /// A column has another type than was asked for, or does not exist.
    #[error("column {column} is missing or has another type")]
    Column {
        /// Name or number from 0.
        column: String,
    },
    /// A statement that may return one row returned more.
    #[error("the statement found more than one row")]
    TooManyRows,
    /// The statement may not be used inside a transaction of the store (`commit`, `pragma`, `attach` …).
    #[error("`{word}` may not be used inside a transaction")]
    Forbidden {
        /// The first word of the statement.
        word: &'static str,
    },
    /// The statement is wrong: a mistake in the program.
    #[error("the statement is wrong (code {code}): {message}")]
    Statement {
        /// SQLSTATE or SQLite's extended code.
        code: String,
        /// What the engine says about the text of the statement; empty when that could hold values.
        message: String,
    },
    /// The leaf cannot be written to the journal.
    #[error("the journal refuses the leaf")]
    Leaf(#[source] shirma_audit::Error),
    /// A checkpoint does not fit the journal: it covers more leaves than exist, or fewer than an earlier one.
    #[error("a checkpoint over {size} leaves does not fit the journal")]
    Checkpoint {
        /// Leaves it covers.
        size: u64,
    },
}

impl Error {
    /// True when the transaction certainly did not happen and running it again may succeed.
    pub fn is_retryable(&self) -> bool {
        matches!(
            self,
            Error::Busy | Error::Serialization | Error::Disconnected | Error::Unreachable { .. }
        )
    }

    /// True when the disk can no longer be trusted.
    pub(crate) fn is_damage(&self) -> bool {
        matches!(self, Error::Io | Error::Corrupt)
    }
}
