//! One store over SQLite and PostgreSQL: transactions as synchronous closures, migrations, the journal's tables.
//!
//! The only crate that names a driver. A transaction is a closure that cannot await, so nothing slow happens inside:
//!
//! ```
//! use shirma_store::{Error, Migration, Schema, Store, Target, params};
//!
//! const SCHEMA: Schema = Schema {
//!     name: "till",
//!     migrations: &[Migration { version: 1, name: "coin", sql: "create table coin (id bigint primary key, worth bigint not null);" }],
//!     audit: false,
//! };
//! # let folder = tempfile::tempdir().unwrap();
//! let store = Store::open(&Target::Sqlite { path: folder.path().join("till.db") }, &SCHEMA)?;
//! store.write_blocking(|tx| tx.execute("insert into coin (id, worth) values ($1, $2)", params![1i64, 10i64]))?;
//! let worth = store.read_blocking(|tx| tx.one("select worth from coin where id = $1", params![1i64], |row| row.get::<i64>(0)))?;
//! assert_eq!(worth, Some(10));
//! # Ok::<(), Error>(())
//! ```
//!
//! # What a transaction promises, on both engines
//!
//! * **One writer at a time.** Write transactions of a store run strictly one after another, also when several
//!   programs share one PostgreSQL: SQLite by `BEGIN IMMEDIATE` on the one writer thread, PostgreSQL by an advisory
//!   lock taken before the first statement (see `postgres.rs`). Reading a row and writing it back loses no update,
//!   there are no deadlocks, and [`Error::Serialization`] is left to rare cases.
//! * **All or nothing.** `Ok` commits and is durable when the call returns; `Err` and a panic roll back. After a
//!   failed statement nothing of the transaction can be committed, even if the closure swallows the error.
//! * **A read is a snapshot** and cannot write.
//!
//! # The common dialect
//!
//! SQL is written once, as a `&'static str` (text made at run time does not compile): `$1` parameters, `on conflict`,
//! `returning`, row-value comparison for paging, `cast(sum(x) as bigint)`, `limit`. Where the engines cannot agree,
//! [`Sql::by_engine`] takes one text for each. Types are `bigint`, `text`, `bytea`, `boolean` and
//! `bigserial primary key`; text compares byte by byte, `like` minds the case, NUL in text is refused.

mod driver;
mod error;
mod journal;
mod lock;
mod maintenance;
mod migrate;
mod pool;
mod postgres;
mod row;
mod sql;
mod sqlite;
mod store;
mod target;
mod tx;
mod value;
mod wire_types;

#[cfg(feature = "testing")]
pub mod cluster;

pub use error::{Error, Rule};
pub use journal::{Head, KeptCheckpoint, KeptLeaf};
pub use migrate::{Migration, Schema};
pub use row::{ColumnIndex, FromValue, Row};
pub use sql::Sql;
pub use store::{READ_QUEUE, Store, WRITE_QUEUE};
pub use target::{Engine, Target};
pub use tx::Tx;
pub use value::Value;
