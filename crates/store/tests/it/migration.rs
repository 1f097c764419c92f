//! Migrations: in order, once, whole or not at all, and never over somebody else's tables.

use std::thread;

use shirma_store::{Error, Migration, Schema, Store, Target, cluster};

use crate::place::{Place, on_both_engines};

on_both_engines! {
    asking_whether_a_store_is_there_makes_none,
    steps_are_applied_once_and_in_order,
    changed_step_is_refused,
    line_endings_do_not_change_a_step,
    newer_database_is_refused_and_left_alone,
    numbers_must_have_no_gap,
    step_that_fails_in_the_middle_leaves_nothing,
    other_schema_is_refused,
    journal_is_made_only_when_asked_for,
}

const FIRST: Migration = Migration {
    version: 1,
    name: "shelf",
    sql: "create table shelf (id bigint primary key);\ninsert into shelf (id) values (1);",
};
const SECOND: Migration = Migration {
    version: 2,
    name: "label",
    sql: "alter table shelf add column label text not null default 'new';",
};

const fn schema(migrations: &'static [Migration]) -> Schema {
    Schema {
        name: "shop",
        migrations,
        audit: false,
    }
}

const ONE: Schema = schema(&[FIRST]);
const TWO: Schema = schema(&[FIRST, SECOND]);

fn asking_whether_a_store_is_there_makes_none(place: &Place) {
    assert_eq!(Store::is_there(&place.target), Ok(false));
    assert_eq!(Store::is_there(&place.target), Ok(false));
    drop(place.open());
    assert_eq!(Store::is_there(&place.target), Ok(true));
}

fn open(place: &Place, schema: &Schema) -> Result<Store, Error> {
    Store::open(&place.target, schema)
}

fn labels(store: &Store) -> Result<Vec<String>, Error> {
    store.read_blocking(|tx| tx.many("select label from shelf", &[], |row| row.get(0)))
}

fn steps_are_applied_once_and_in_order(place: &Place) {
    drop(open(place, &ONE).unwrap());
    for _ in 0..2 {
        assert_eq!(labels(&open(place, &TWO).unwrap()).unwrap(), ["new"]);
    }
}

fn changed_step_is_refused(place: &Place) {
    drop(open(place, &TWO).unwrap());
    const EDITED: Schema = schema(&[
        Migration {
            sql: "create table shelf (id bigint primary key, width bigint);",
            ..FIRST
        },
        SECOND,
    ]);
    let refused = open(place, &EDITED).err();
    assert_eq!(
        refused,
        Some(Error::ChangedMigration {
            track: "shop".into(),
            version: 1
        })
    );
}

fn line_endings_do_not_change_a_step(place: &Place) {
    drop(open(place, &ONE).unwrap());
    const OTHER_ENDINGS: Schema = schema(&[Migration {
        sql: "create table shelf (id bigint primary key);\r\ninsert into shelf (id) values (1);",
        ..FIRST
    }]);
    assert!(open(place, &OTHER_ENDINGS).is_ok());
}

fn newer_database_is_refused_and_left_alone(place: &Place) {
    drop(open(place, &TWO).unwrap());
    let refused = open(place, &ONE).err();
    let newer = Error::NewerSchema {
        track: "shop".into(),
        found: 2,
        known: 1,
    };
    assert_eq!(refused, Some(newer));
    assert_eq!(labels(&open(place, &TWO).unwrap()).unwrap(), ["new"]);
}

fn numbers_must_have_no_gap(place: &Place) {
    const GAP: Schema = schema(&[FIRST, Migration { version: 3, ..SECOND }]);
    let refused = open(place, &GAP).err();
    assert_eq!(
        refused,
        Some(Error::MigrationOrder {
            track: "shop".into(),
            version: 3
        })
    );
}

fn step_that_fails_in_the_middle_leaves_nothing(place: &Place) {
    const BROKEN: Schema = schema(&[
        FIRST,
        Migration {
            version: 2,
            name: "label",
            sql: "alter table shelf add column label text; insert into shelf (id) values (2); insert into shelf (id) values (1);",
        },
    ]);
    let failed = open(place, &BROKEN).err();
    assert_eq!(failed, Some(Error::UniqueViolation { table: "shelf".into() }));
    let store = open(place, &TWO).unwrap();
    assert_eq!(labels(&store).unwrap(), ["new"], "row 2 must be gone");
}

fn other_schema_is_refused(place: &Place) {
    drop(open(place, &ONE).unwrap());
    const KEYS: Schema = Schema { name: "keys", ..ONE };
    let refused = open(place, &KEYS).err();
    assert_eq!(
        refused,
        Some(Error::WrongSchema {
            found: "shop".into(),
            expected: "keys"
        })
    );
}

fn journal_is_made_only_when_asked_for(place: &Place) {
    let store = open(place, &ONE).unwrap();
    let none = store.read_blocking(|tx| tx.audit_head());
    assert!(matches!(none, Err(Error::Statement { .. })));
    drop(store);
    const WITH_JOURNAL: Schema = Schema { audit: true, ..ONE };
    let store = open(place, &WITH_JOURNAL).unwrap();
    assert_eq!(store.read_blocking(|tx| tx.audit_head()).unwrap().size, 0);
}

/// Long enough to be caught at work.
macro_rules! long_step {
    ($rows:literal) => {
        Migration {
            version: 2,
            name: "many",
            sql: concat!(
                "alter table shelf add column label text not null default 'new';
                with recursive number (n) as (select 2 union all select n + 1 from number where n < ",
                $rows,
                ") insert into shelf (id) select n from number;"
            ),
        }
    };
}

#[test]
fn program_killed_inside_a_step_starts_again_from_before_it() {
    const LONG: Schema = schema(&[FIRST, long_step!("1000000")]);
    let place = Place::sqlite();
    drop(open(&place, &ONE).unwrap());
    let beside = |ending: &str| format!("{}{ending}", place.path().display());
    // What the files hold while the step runs is what a killed program leaves behind.
    let image = tempfile::tempdir().unwrap();
    let copy = image.path().join("test.db");
    thread::scope(|scope| {
        let running = scope.spawn(|| open(&place, &LONG).map(drop));
        while std::fs::metadata(beside("-wal")).map_or(0, |file| file.len()) < 1 << 20 {
            assert!(!running.is_finished(), "the step must be long enough to be caught");
            thread::yield_now();
        }
        std::fs::copy(place.path(), &copy).unwrap();
        std::fs::copy(beside("-wal"), format!("{}-wal", copy.display())).unwrap();
        running.join().unwrap().unwrap();
    });
    let after = Store::open(&Target::Sqlite { path: copy }, &TWO).unwrap();
    assert_eq!(labels(&after).unwrap(), ["new"]);
}

#[test]
fn server_that_loses_the_program_inside_a_step_starts_again_from_before_it() {
    const LONG: Schema = schema(&[FIRST, long_step!("5000000 /* five million shelves */")]);
    let place = Place::postgres();
    drop(open(&place, &ONE).unwrap());
    let cluster = cluster::shared();
    let stop = "select pg_terminate_backend(pid) from pg_stat_activity
                where query like '%five million shelves%' and pid <> pg_backend_pid()";
    thread::scope(|scope| {
        let running = scope.spawn(|| open(&place, &LONG).err());
        while cluster.run(stop).is_empty() {
            assert!(!running.is_finished(), "the step must be long enough to be caught");
        }
        assert_eq!(running.join().unwrap(), Some(Error::Disconnected));
    });
    assert_eq!(labels(&open(&place, &TWO).unwrap()).unwrap(), ["new"]);
}

#[test]
fn programs_may_start_together() {
    for _ in 0..5 {
        let place = Place::postgres();
        thread::scope(|scope| {
            let all: Vec<_> = (0..4).map(|_| scope.spawn(|| open(&place, &TWO).map(drop))).collect();
            for one in all {
                assert_eq!(one.join().unwrap(), Ok(()));
            }
        });
    }
}
