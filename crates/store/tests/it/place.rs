//! A place for a store of either engine, gone with the test.

use shirma_store::{Migration, Schema, Store, Target, cluster};
use tempfile::TempDir;

/// The tables of most tests.
pub(crate) const SCHEMA: Schema = Schema {
    name: "test",
    migrations: &[Migration {
        version: 1,
        name: "tables",
        sql: "create table item (
                id bigint primary key,
                name text unique,
                body bytea,
                done boolean
            );
            create table part (
                id bigserial primary key,
                item bigint not null references item (id),
                amount bigint not null check (amount >= 0)
            );
            create table counter (id bigint primary key, value bigint not null);
            insert into counter (id, value) values (1, 0);",
    }],
    audit: true,
};

pub(crate) struct Place {
    pub(crate) target: Target,
    _folder: Option<TempDir>,
}

impl Place {
    pub(crate) fn sqlite() -> Place {
        let folder = tempfile::tempdir().unwrap();
        Place {
            target: Target::Sqlite {
                path: folder.path().join("test.db"),
            },
            _folder: Some(folder),
        }
    }

    /// A file that somebody else removes.
    pub(crate) fn at(path: std::path::PathBuf) -> Place {
        Place {
            target: Target::Sqlite { path },
            _folder: None,
        }
    }

    pub(crate) fn postgres() -> Place {
        Place {
            target: cluster::shared().fresh(),
            _folder: None,
        }
    }

    /// The file of a SQLite place.
    pub(crate) fn path(&self) -> &std::path::Path {
        match &self.target {
            Target::Sqlite { path } => path,
            Target::Postgres { .. } => panic!("a server has no file"),
        }
    }

    pub(crate) fn open(&self) -> Store {
        Store::open(&self.target, &SCHEMA).unwrap()
    }
}

/// Makes a `#[test]` of each function for each engine.
macro_rules! on_both_engines {
    ($($name:ident),* $(,)?) => {
        mod sqlite {
            $(#[test] fn $name() { super::$name(&crate::place::Place::sqlite()); })*
        }
        mod postgres {
            $(#[test] fn $name() { super::$name(&crate::place::Place::postgres()); })*
        }
    };
}
pub(crate) use on_both_engines;
