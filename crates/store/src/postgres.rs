//! PostgreSQL through the blocking client: connections that come back after a restart of the server.
//!
//! # Why writers run one after another
//!
//! A write transaction first takes an advisory lock that belongs to the schema, then works at `read committed`.
//! Each statement then sees everything that was committed before the lock was granted and nothing else changes: the
//! transactions are serial, as on SQLite, and a closure tested on one engine means the same on the other. Without
//! the lock, a closure that reads a row and writes it back would lose updates at `read committed`, and at
//! `serializable` every caller would need a retry loop around a closure that can run only once. What it costs is
//! parallel commits; nearly every write appends to the journal, whose head row lets only one transaction pass
//! anyway. `for update skip locked` is allowed and not needed.

use std::collections::HashMap;
use std::path::Path;
use std::time::Duration;

use postgres::config::Host;
use postgres::{Client, Config, NoTls, Statement};
use sha2::{Digest, Sha256};

use crate::Error;
use crate::driver::{Driver, EachRow, Mode};
use crate::row::Row;
use crate::sql::Sql;
use crate::target::Engine;
use crate::value::Value;
use crate::wire_types::{self, Cell};

/// Connections that write. Two, because only one works at a time: the other begins while the first one's commit
/// waits for the disk.
const WRITERS: usize = 2;
/// Connections that read.
const READERS: usize = 4;
/// Oldest supported major version: the oldest one its makers still mend.
const OLDEST_VERSION: u32 = 14;
/// Waiting for a server that does not answer.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// Silence after which the system asks whether the other side is still there.
const KEEPALIVE_IDLE: Duration = Duration::from_secs(30);
/// Sent bytes unacknowledged for so long end the connection.
const UNACKNOWLEDGED_LIMIT: Duration = Duration::from_secs(20);

/// What every connection sets. `lock_timeout` is as long as SQLite's busy timeout; `statement_timeout` is far above
/// any statement of the product; `idle_in_transaction_session_timeout` frees the writers' lock when a program is
/// stopped inside a transaction.
const SESSION: &str = "
    set synchronous_commit = on;
    set lock_timeout = '5s';
    set statement_timeout = '30s';
    set idle_in_transaction_session_timeout = '10s';
    set client_min_messages = warning;
    set standard_conforming_strings = on;
    set timezone = 'UTC';
";

/// One connection, or the intention to make one.
pub(crate) struct Postgres {
    config: Config,
    /// Checked by [`is_plain_name`], so it may stand in SQL.
    schema: String,
    client: Option<Client>,
    statements: HashMap<&'static str, Statement>,
}

/// Connects, creates the schema when it is missing, and prepares the writing connections; never empty.
pub(crate) fn open_writers(url: &str, schema: &str) -> Result<Vec<Postgres>, Error> {
    let mut writers = closed_connections(url, schema, WRITERS)?;
    let first = &mut writers[0];
    examine(first.connected()?)?;
    // Under the writers' lock: two programs that start together would both find the schema missing.
    first.begin(Mode::Write)?;
    match first.create_schema() {
        Ok(()) => first.commit()?,
        Err(error) => {
            first.roll_back();
            return Err(error);
        }
    }
    Ok(writers)
}

/// Whether the schema holds a store's tables. Changes nothing.
pub(crate) fn is_there(url: &str, schema: &str) -> Result<bool, Error> {
    let mut connections = closed_connections(url, schema, 1)?;
    let client = connections[0].connected()?;
    examine(client)?;
    let found = client.query_opt(
        "select 1 from pg_tables where schemaname = $1 and tablename = 'schema_migration'",
        &[&schema],
    );
    Ok(found.map_err(|error| wire_types::classify(&error))?.is_some())
}

/// The reading connections; each connects when it is first needed.
pub(crate) fn open_readers(url: &str, schema: &str) -> Result<Vec<Postgres>, Error> {
    closed_connections(url, schema, READERS)
}

fn closed_connections(url: &str, schema: &str, count: usize) -> Result<Vec<Postgres>, Error> {
    if !is_plain_name(schema) {
        return Err(Error::Unsupported {
            what: "the name of the schema must consist of a-z, 0-9 and _",
        });
    }
    let mut config: Config = url.parse().map_err(|_| Error::Unsupported {
        what: "the address of the database cannot be read",
    })?;
    if !is_local(&config) {
        return Err(Error::Unsupported {
            what: "the database is on another machine and the connection would not be encrypted; use a tunnel",
        });
    }
    config
        .application_name("shirma")
        .connect_timeout(CONNECT_TIMEOUT)
        .keepalives_idle(KEEPALIVE_IDLE)
        .tcp_user_timeout(UNACKNOWLEDGED_LIMIT);
    let connection = |_| Postgres {
        config: config.clone(),
        schema: schema.to_owned(),
        client: None,
        statements: HashMap::new(),
    };
    Ok((0..count).map(connection).collect())
}

fn is_plain_name(name: &str) -> bool {
    name.len() <= 63
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
}

fn is_local(config: &Config) -> bool {
    let by_name = config.get_hosts().iter().all(|host| match host {
        Host::Tcp(name) => {
            name == "localhost"
                || name
                    .parse::<std::net::IpAddr>()
                    .is_ok_and(|address| address.is_loopback())
        }
        #[cfg(unix)]
        Host::Unix(_) => true,
    });
    by_name && config.get_hostaddrs().iter().all(std::net::IpAddr::is_loopback)
}

/// Refuses a server that cannot keep what the store promises.
fn examine(client: &mut Client) -> Result<(), Error> {
    let mut show = |name: &str| -> Result<String, Error> {
        let row = client
            .query_one("select current_setting($1)", &[&name])
            .map_err(|error| wire_types::classify(&error))?;
        row.try_get(0).map_err(|error| wire_types::classify(&error))
    };
    let version: u32 = show("server_version_num")?.parse().unwrap_or(0);
    if version / 10_000 < OLDEST_VERSION {
        return Err(Error::Unsupported {
            what: "PostgreSQL 14 or newer is needed",
        });
    }
    if show("server_encoding")? != "UTF8" {
        return Err(Error::Unsupported {
            what: "the database must have the encoding UTF8",
        });
    }
    for setting in ["fsync", "full_page_writes"] {
        if show(setting)? != "on" {
            tracing::warn!(setting, "off in PostgreSQL: a power cut can destroy the database");
        }
    }
    Ok(())
}

impl Postgres {
    fn connected(&mut self) -> Result<&mut Client, Error> {
        if self.client.as_ref().is_none_or(Client::is_closed) {
            self.statements.clear();
            self.client = None;
            let mut client = self.config.connect(NoTls).map_err(|error| Error::Unreachable {
                code: error.code().map(|code| code.code().to_owned()),
            })?;
            let session = format!("{SESSION} set search_path = \"{}\";", self.schema);
            client
                .batch_execute(&session)
                .map_err(|error| wire_types::classify(&error))?;
            self.client = Some(client);
        }
        self.client.as_mut().ok_or(Error::Disconnected)
    }

    fn create_schema(&mut self) -> Result<(), Error> {
        let schema = self.schema.clone();
        // Asked first, because a login with few rights may use a schema it could not create.
        let found = self
            .client()?
            .query_opt("select 1 from pg_namespace where nspname = $1", &[&schema]);
        match found.map_err(|error| self.failed(&error))? {
            Some(_) => Ok(()),
            None => self.batch(&format!("create schema \"{schema}\"")),
        }
    }

    /// The connection of the running transaction: a new one would have lost it.
    fn client(&mut self) -> Result<&mut Client, Error> {
        self.client.as_mut().ok_or(Error::Disconnected)
    }

    fn statement(&mut self, sql: &'static str) -> Result<Statement, Error> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self
            .client()?
            .prepare(sql)
            .map_err(|error| wire_types::classify(&error))?;
        self.statements.insert(sql, statement.clone());
        Ok(statement)
    }

    /// Gives the driver's error its name and forgets statements that another program's migration made stale.
    fn failed(&mut self, error: &postgres::Error) -> Error {
        let error = wire_types::classify(error);
        if error == Error::Serialization {
            self.statements.clear();
        }
        error
    }
}

impl Driver for Postgres {
    fn engine(&self) -> Engine {
        Engine::Postgres
    }

    fn begin(&mut self, mode: Mode) -> Result<(), Error> {
        let begin = match mode {
            Mode::Read => "begin isolation level repeatable read read only".to_owned(),
            Mode::Write => format!(
                "begin isolation level read committed; select pg_advisory_xact_lock({})",
                writers_lock(&self.schema)
            ),
        };
        let mut outcome = self.begin_with(&begin);
        // The server may have been restarted since the last transaction. Nothing has been done yet: once more.
        if outcome == Err(Error::Disconnected) {
            self.client = None;
            outcome = self.begin_with(&begin);
        }
        if outcome.is_err() {
            self.roll_back();
        }
        outcome
    }

    fn commit(&mut self) -> Result<(), Error> {
        let outcome = self.client()?.batch_execute("commit");
        outcome.map_err(|error| {
            let certain = wire_types::certainly_rolled_back(&error);
            let error = self.failed(&error);
            self.client = None;
            if certain { error } else { Error::Unknown }
        })
    }

    fn roll_back(&mut self) {
        let rolled_back = match self.client.as_mut() {
            Some(client) => client.batch_execute("rollback").is_ok(),
            None => true,
        };
        // The server rolls back what a lost connection leaves behind.
        if !rolled_back {
            self.client = None;
        }
    }

    fn execute(&mut self, sql: Sql, params: &[Value<'_>]) -> Result<u64, Error> {
        let statement = self.statement(sql.postgres)?;
        let adapted = wire_types::adapt(params, statement.params())?;
        let params = wire_types::borrowed(&adapted);
        let outcome = self.client()?.execute(&statement, &params);
        outcome.map_err(|error| self.failed(&error))
    }

    fn query(&mut self, sql: Sql, params: &[Value<'_>], each: EachRow<'_>) -> Result<(), Error> {
        let statement = self.statement(sql.postgres)?;
        let adapted = wire_types::adapt(params, statement.params())?;
        let params = wire_types::borrowed(&adapted);
        let outcome = self.client()?.query(&statement, &params);
        let rows = outcome.map_err(|error| self.failed(&error))?;
        rows.iter().try_for_each(|row| each(&Row(row)))
    }

    fn batch(&mut self, sql: &str) -> Result<(), Error> {
        let outcome = self.client()?.batch_execute(sql);
        outcome.map_err(|error| self.failed(&error))
    }

    fn checkpoint(&mut self) -> Result<bool, Error> {
        Ok(true)
    }

    fn scrub(&mut self, table: &str) -> Result<bool, Error> {
        let outcome = self.connected()?.batch_execute(&format!("vacuum full {table}"));
        outcome.map_err(|error| self.failed(&error))?;
        Ok(true)
    }

    fn check(&mut self) -> Result<(), Error> {
        let outcome = self.connected()?.batch_execute("select 1");
        outcome.map_err(|error| self.failed(&error))
    }

    fn snapshot(&mut self, _path: &Path) -> Result<(), Error> {
        Err(Error::Unsupported {
            what: "a PostgreSQL database is copied with pg_dump",
        })
    }
}

impl Postgres {
    fn begin_with(&mut self, begin: &str) -> Result<(), Error> {
        let outcome = self.connected()?.batch_execute(begin);
        outcome.map_err(|error| self.failed(&error))
    }
}

/// Number of the advisory lock of a schema: the same in every program that uses it.
fn writers_lock(schema: &str) -> i64 {
    let digest = Sha256::digest(format!("shirma writers {schema}"));
    let mut number = [0; 8];
    number.copy_from_slice(&digest[..8]);
    i64::from_be_bytes(number)
}

impl crate::row::Cells for postgres::Row {
    fn position(&self, name: &str) -> Option<usize> {
        self.columns()
            .iter()
            .position(|column| column.name().eq_ignore_ascii_case(name))
    }

    fn cell(&self, position: usize) -> Option<Value<'_>> {
        self.try_get::<_, Cell<'_>>(position).ok().map(|cell| cell.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn server_on_another_machine_is_refused_without_encryption() {
        for url in [
            "postgres://a@db.example/x",
            "host=10.0.0.5 user=a",
            "host=localhost,db user=a",
        ] {
            assert!(
                matches!(open_readers(url, "data"), Err(Error::Unsupported { .. })),
                "{url}"
            );
        }
        for url in [
            "postgres://a@127.0.0.1:5433/x",
            "host=/run/postgresql user=a",
            "host=::1 user=a",
        ] {
            assert!(open_readers(url, "data").is_ok(), "{url}");
        }
    }

    #[test]
    fn schema_name_cannot_carry_sql() {
        for name in ["", "Data", "a\"b", "a b", "1a", "данные"] {
            assert!(open_readers("host=localhost user=a", name).is_err(), "{name}");
        }
    }
}
