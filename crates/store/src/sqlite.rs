//! SQLite: one connection that writes, a few that only read, and the pragmas durability depends on.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, Statement, ffi};

use crate::driver::{Driver, EachRow, Mode};
use crate::lock::{self, Lock};
use crate::row::{Cells, Row};
use crate::sql::Sql;
use crate::target::Engine;
use crate::value::Value;
use crate::{Error, Rule};

/// Connections that read. More than the two cores of a small machine need, so that a slow report blocks nobody.
const READERS: usize = 4;
/// Oldest SQLite with the fix of the write-ahead log's reset race (3.51.3), as `major * 1_000_000 + minor * 1_000 + patch`.
const OLDEST_VERSION: i32 = 3_051_003;
/// How long a statement waits for a lock. Only a foreign program can hold one.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// Prepared statements kept for each connection: more than the product has.
const STATEMENT_CACHE: usize = 256;

/// What every connection sets. `synchronous = FULL`: a commit that returned survives a power cut (with `NORMAL` it
/// need not). `recursive_triggers`: else `insert or replace` would delete journal rows past their triggers.
/// `case_sensitive_like`: as in PostgreSQL. Temporary files stay in memory.
const PRAGMAS: &str = "
    pragma synchronous = full;
    pragma fullfsync = on;
    pragma checkpoint_fullfsync = on;
    pragma secure_delete = on;
    pragma foreign_keys = on;
    pragma recursive_triggers = on;
    pragma trusted_schema = off;
    pragma cell_size_check = on;
    pragma case_sensitive_like = on;
    pragma mmap_size = 0;
    pragma temp_store = memory;
";

/// What the pragmas must read back as: an engine built without one of them would ignore it silently.
const REQUIRED: [(&str, i64); 5] = [
    ("synchronous", 2),
    ("secure_delete", 1),
    ("foreign_keys", 1),
    ("recursive_triggers", 1),
    ("trusted_schema", 0),
];

/// One connection to a database file.
pub(crate) struct Sqlite {
    connection: Connection,
    /// Released when the last connection is closed.
    _lock: Arc<Lock>,
}

/// Takes the lock of the file and opens the connection that writes.
pub(crate) fn open_writer(path: &Path) -> Result<Sqlite, Error> {
    if rusqlite::version_number() < OLDEST_VERSION {
        return Err(Error::Unsupported {
            what: "SQLite 3.51.3 or newer is needed",
        });
    }
    let lock = Arc::new(lock::take(path)?);
    lock::private_file(path).map_err(|_| Error::CannotOpen { path: path.to_owned() })?;
    let writer = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE, lock)?;
    let journal_mode: String = writer
        .connection
        .query_row("pragma journal_mode = wal", [], |row| row.get(0))
        .map_err(|error| classify(&error))?;
    if journal_mode != "wal" {
        return Err(Error::Unsupported {
            what: "the write-ahead log does not work in this folder; is it on another machine?",
        });
    }
    Ok(writer)
}

/// Opens the connections that read the same file as `writer`.
pub(crate) fn open_readers(path: &Path, writer: &Sqlite) -> Result<Vec<Sqlite>, Error> {
    (0..READERS)
        .map(|_| {
            let lock = Arc::clone(&writer._lock);
            let reader = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY, lock)?;
            reader
                .connection
                .pragma_update(None, "query_only", true)
                .map_err(|error| classify(&error))?;
            Ok(reader)
        })
        .collect()
}

fn connect(path: &Path, access: OpenFlags, lock: Arc<Lock>) -> Result<Sqlite, Error> {
    let flags = access | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection =
        Connection::open_with_flags(path, flags).map_err(|_| Error::CannotOpen { path: path.to_owned() })?;
    configure(&connection).map_err(|error| classify(&error))?;
    for (name, wanted) in REQUIRED {
        let found: i64 = connection
            .pragma_query_value(None, name, |row| row.get(0))
            .map_err(|error| classify(&error))?;
        if found != wanted {
            return Err(Error::Unsupported {
                what: "a pragma the store relies on has no effect",
            });
        }
    }
    Ok(Sqlite {
        connection,
        _lock: lock,
    })
}

fn configure(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_prepared_statement_cache_capacity(STATEMENT_CACHE);
    // The schema cannot be rewritten by SQL, and "x" is a name, never a text: as in PostgreSQL.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    connection.execute_batch(PRAGMAS)
}

impl Driver for Sqlite {
    fn engine(&self) -> Engine {
        Engine::Sqlite
    }

    fn begin(&mut self, mode: Mode) -> Result<(), Error> {
        self.batch(match mode {
            Mode::Read => "begin deferred",
            Mode::Write => "begin immediate",
        })
    }

    fn commit(&mut self) -> Result<(), Error> {
        let outcome = self.batch("commit");
        if outcome.is_err() {
            self.roll_back();
        }
        // The log may hold the transaction although its sync failed, and a later start would replay it.
        outcome.map_err(|error| match error {
            Error::Io => Error::Unknown,
            error => error,
        })
    }

    fn roll_back(&mut self) {
        // Some errors have rolled back already; a failure leaves the transaction to be discarded with the connection.
        if !self.connection.is_autocommit() && self.batch("rollback").is_err() {
            tracing::error!("SQLite could not roll back");
        }
    }

    fn execute(&mut self, sql: Sql, params: &[Value<'_>]) -> Result<u64, Error> {
        let mut statement = self
            .connection
            .prepare_cached(sql.sqlite)
            .map_err(|error| classify(&error))?;
        bind(&mut statement, params)?;
        let changed = statement.raw_execute().map_err(|error| classify(&error))?;
        Ok(changed as u64)
    }

    fn query(&mut self, sql: Sql, params: &[Value<'_>], each: EachRow<'_>) -> Result<(), Error> {
        let mut statement = self
            .connection
            .prepare_cached(sql.sqlite)
            .map_err(|error| classify(&error))?;
        bind(&mut statement, params)?;
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next().map_err(|error| classify(&error))? {
            each(&Row(row))?;
        }
        Ok(())
    }

    fn batch(&mut self, sql: &str) -> Result<(), Error> {
        self.connection.execute_batch(sql).map_err(|error| classify(&error))
    }

    fn checkpoint(&mut self) -> Result<bool, Error> {
        let busy: i64 = self
            .connection
            .query_row("pragma wal_checkpoint(truncate)", [], |row| row.get(0))
            .map_err(|error| classify(&error))?;
        Ok(busy == 0)
    }

    fn scrub(&mut self, _table: &str) -> Result<bool, Error> {
        // `secure_delete` has overwritten the rows; what is left of them stands in the log.
        self.checkpoint()
    }

    fn check(&mut self) -> Result<(), Error> {
        let verdict: String = self
            .connection
            .query_row("pragma quick_check(1)", [], |row| row.get(0))
            .map_err(|error| classify(&error))?;
        if verdict == "ok" { Ok(()) } else { Err(Error::Corrupt) }
    }

    fn snapshot(&mut self, path: &Path) -> Result<(), Error> {
        let cannot_open = |_| Error::CannotOpen { path: path.to_owned() };
        // The copy gets the rights of the file that is there; SQLite refuses one that is not empty.
        let file = lock::private_file(path).map_err(cannot_open)?;
        let name = path
            .to_str()
            .ok_or_else(|| Error::CannotOpen { path: path.to_owned() })?;
        self.connection
            .execute("vacuum into ?1", [name])
            .map_err(|error| classify(&error))?;
        // `vacuum into` leaves the sync to us.
        file.sync_all().map_err(|_| Error::Io)
    }
}

/// Binds `$1` to the first value and so on. SQLite numbers parameters by appearance, so each goes by its name.
fn bind(statement: &mut Statement<'_>, params: &[Value<'_>]) -> Result<(), Error> {
    let mut highest = 0;
    for index in 1..=statement.parameter_count() {
        let position = statement
            .parameter_name(index)
            .and_then(|name| name.strip_prefix('$')?.parse::<usize>().ok())
            .filter(|&position| position > 0)
            .ok_or(Error::Parameter { position: index })?;
        let value = params.get(position - 1).ok_or(Error::Parameter { position })?;
        statement
            .raw_bind_parameter(index, ToSqlOutput::Borrowed(borrowed(*value)))
            .map_err(|error| classify(&error))?;
        highest = highest.max(position);
    }
    if highest == params.len() {
        Ok(())
    } else {
        Err(Error::Parameter { position: highest + 1 })
    }
}

fn borrowed(value: Value<'_>) -> ValueRef<'_> {
    match value {
        Value::Null => ValueRef::Null,
        Value::Int(number) => ValueRef::Integer(number),
        Value::Bool(answer) => ValueRef::Integer(answer.into()),
        Value::Text(text) => ValueRef::Text(text.as_bytes()),
        Value::Blob(bytes) => ValueRef::Blob(bytes),
    }
}

impl Cells for rusqlite::Row<'_> {
    fn position(&self, name: &str) -> Option<usize> {
        self.as_ref().column_index(name).ok()
    }

    fn cell(&self, position: usize) -> Option<Value<'_>> {
        match self.get_ref(position).ok()? {
            ValueRef::Null => Some(Value::Null),
            ValueRef::Integer(number) => Some(Value::Int(number)),
            ValueRef::Text(bytes) => std::str::from_utf8(bytes).ok().map(Value::Text),
            ValueRef::Blob(bytes) => Some(Value::Blob(bytes)),
            ValueRef::Real(_) => None,
        }
    }
}

fn classify(error: &rusqlite::Error) -> Error {
    let (code, message) = match error {
        rusqlite::Error::SqliteFailure(error, message) => (error.extended_code, message.as_deref().unwrap_or_default()),
        rusqlite::Error::SqlInputError { error, msg, .. } => (error.extended_code, msg.as_str()),
        rusqlite::Error::ExecuteReturnedResults => (0, "`execute` ran a statement that gives rows"),
        _ => (0, ""),
    };
    match code {
        ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID => {
            Error::UniqueViolation {
                table: table_of(message),
            }
        }
        ffi::SQLITE_CONSTRAINT_FOREIGNKEY => Error::RuleViolation { rule: Rule::ForeignKey },
        ffi::SQLITE_CONSTRAINT_NOTNULL => Error::RuleViolation { rule: Rule::NotNull },
        ffi::SQLITE_CONSTRAINT_CHECK => Error::RuleViolation { rule: Rule::Check },
        ffi::SQLITE_CONSTRAINT_DATATYPE => Error::RuleViolation { rule: Rule::DataType },
        ffi::SQLITE_CONSTRAINT_TRIGGER => Error::AppendOnly,
        ffi::SQLITE_BUSY_SNAPSHOT => Error::Serialization,
        _ => classify_primary(code, message),
    }
}

fn classify_primary(code: i32, message: &str) -> Error {
    // The low byte of an extended code is the primary one.
    match code & 0xff {
        ffi::SQLITE_BUSY | ffi::SQLITE_LOCKED | ffi::SQLITE_INTERRUPT => Error::Busy,
        ffi::SQLITE_READONLY => Error::ReadOnly,
        ffi::SQLITE_IOERR | ffi::SQLITE_CANTOPEN => Error::Io,
        ffi::SQLITE_CORRUPT | ffi::SQLITE_NOTADB => Error::Corrupt,
        ffi::SQLITE_FULL => Error::Full,
        // Messages of this code speak of the statement's text, which holds no values: those are parameters.
        0 | ffi::SQLITE_ERROR => Error::Statement {
            code: code.to_string(),
            message: message.to_owned(),
        },
        _ => Error::Statement {
            code: code.to_string(),
            message: String::new(),
        },
    }
}

/// `UNIQUE constraint failed: subject.code` → `subject`.
fn table_of(message: &str) -> String {
    let columns = message.split_once(": ").map_or("", |(_, columns)| columns);
    columns.split_once('.').map_or("", |(table, _)| table).to_owned()
}
