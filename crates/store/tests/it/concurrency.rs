//! Many at once: writers lose nothing, readers are not held up.

use std::sync::mpsc;
use std::thread;

use shirma_store::{Error, Store, Tx, params};

use crate::place::{Place, SCHEMA, on_both_engines};

on_both_engines! {
    eight_writers_lose_no_update,
    reader_does_not_wait_for_the_writer,
    rows_leased_by_eight_workers_are_each_taken_once,
}

const WRITERS: usize = 8;
const ROUNDS: usize = 100;

/// Reads and writes back in two statements: the pattern that loses updates when writers overlap.
fn increment(tx: &mut Tx<'_>) -> Result<u64, Error> {
    let value = tx.one("select value from counter where id = 1", &[], |row| row.get::<i64>(0))?;
    tx.execute(
        "update counter set value = $1 where id = 1",
        params![value.unwrap_or(0) + 1],
    )
}

fn count(store: &Store) -> Option<i64> {
    store
        .read_blocking(|tx| tx.one("select value from counter where id = 1", &[], |row| row.get(0)))
        .unwrap()
}

fn increment_from_threads(stores: &[Store]) {
    thread::scope(|scope| {
        for number in 0..WRITERS {
            let store = &stores[number % stores.len()];
            scope.spawn(move || {
                for _ in 0..ROUNDS {
                    store.write_blocking(increment).unwrap();
                }
            });
        }
    });
}

fn eight_writers_lose_no_update(place: &Place) {
    let store = place.open();
    increment_from_threads(std::slice::from_ref(&store));
    assert_eq!(count(&store), Some((WRITERS * ROUNDS) as i64));
}

/// Two programs share a server; a file has one program only.
#[test]
fn writers_of_two_programs_lose_no_update() {
    let place = Place::postgres();
    let stores = [place.open(), Store::open(&place.target, &SCHEMA).unwrap()];
    increment_from_threads(&stores);
    assert_eq!(count(&stores[0]), Some((WRITERS * ROUNDS) as i64));
}

fn reader_does_not_wait_for_the_writer(place: &Place) {
    let store = place.open();
    let (inside, is_inside) = mpsc::channel();
    let (go_on, may_go_on) = mpsc::channel::<()>();
    thread::scope(|scope| {
        let writer = store.clone();
        scope.spawn(move || {
            writer
                .write_blocking(move |tx| {
                    increment(tx)?;
                    inside.send(()).unwrap();
                    may_go_on.recv().unwrap();
                    Ok::<_, Error>(())
                })
                .unwrap();
        });
        is_inside.recv().unwrap();
        assert_eq!(count(&store), Some(0), "the writer has not committed");
        go_on.send(()).unwrap();
    });
    assert_eq!(count(&store), Some(1));
}

fn rows_leased_by_eight_workers_are_each_taken_once(place: &Place) {
    let store = place.open();
    store
        .write_blocking(|tx| {
            for id in 0..200i64 {
                tx.execute("insert into item (id, done) values ($1, $2)", params![id, false])?;
            }
            Ok::<_, Error>(())
        })
        .unwrap();
    let lease = |tx: &mut Tx<'_>| {
        tx.one(
            "update item set done = $1 where id = (select id from item where done = $2 order by id limit 1) returning id",
            params![true, false],
            |row| row.get::<i64>(0),
        )
    };
    let mut taken: Vec<i64> = thread::scope(|scope| {
        let workers: Vec<_> = (0..WRITERS)
            .map(|_| scope.spawn(|| std::iter::from_fn(|| store.write_blocking(lease).unwrap()).collect::<Vec<_>>()))
            .collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    taken.sort_unstable();
    assert_eq!(taken, (0..200).collect::<Vec<i64>>());
}
