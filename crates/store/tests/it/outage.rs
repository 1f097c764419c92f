//! A server that goes away, and comes back.

use std::io::{Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::thread;

use shirma_store::cluster::{self, Cluster, Durability};
use shirma_store::{Error, Store, Target, Tx};

use crate::place::{Place, SCHEMA};

fn increment(tx: &mut Tx<'_>) -> Result<u64, Error> {
    tx.execute("update counter set value = value + 1 where id = 1", &[])
}

fn count(store: &Store) -> Option<i64> {
    let value = "select value from counter where id = 1";
    store
        .read_blocking(move |tx| tx.one(value, &[], |row| row.get::<i64>(0)))
        .unwrap()
}

/// Ends the connection the transaction runs on, as a restart of the server would.
fn cut(tx: &mut Tx<'_>) -> Result<(), Error> {
    let pid = tx.one("select pg_backend_pid()", &[], |row| row.get::<i64>(0))?;
    let pid = pid.unwrap_or_default();
    cluster::shared().run(&format!("select pg_terminate_backend({pid}, 5000)"));
    Ok(())
}

#[test]
fn connections_that_ended_while_idle_are_made_again() {
    let place = Place::postgres();
    let store = place.open();
    for round in 1..=3 {
        let pid = "select pg_backend_pid()";
        let ask = move |tx: &mut Tx<'_>| tx.one(pid, &[], |row| row.get::<i64>(0));
        for _ in 0..8 {
            let pids = [store.write_blocking(ask).unwrap(), store.read_blocking(ask).unwrap()];
            for pid in pids.into_iter().flatten() {
                cluster::shared().run(&format!("select pg_terminate_backend({pid}, 5000)"));
            }
        }
        store.write_blocking(increment).unwrap();
        assert_eq!(count(&store), Some(round));
    }
}

#[test]
fn connection_lost_between_transactions_is_made_again() {
    let store = Place::postgres().open();
    for _ in 0..2 {
        let ended: Result<(), Error> = store.write_blocking(|tx| {
            cut(tx)?;
            Err(Error::TooManyRows)
        });
        assert_eq!(ended, Err(Error::TooManyRows));
    }
    for _ in 0..4 {
        store.write_blocking(increment).unwrap();
    }
    assert_eq!(count(&store), Some(4));
}

#[test]
fn connection_lost_inside_a_transaction_rolls_it_back() {
    let store = Place::postgres().open();
    let lost: Result<u64, Error> = store.write_blocking(|tx| {
        increment(tx)?;
        cut(tx)?;
        increment(tx)
    });
    assert_eq!(lost, Err(Error::Disconnected));
    assert_eq!(count(&store), Some(0));
}

#[test]
fn lost_reader_comes_back() {
    let store = Place::postgres().open();
    for _ in 0..8 {
        let _ = store.read_blocking(cut);
        assert_eq!(count(&store), Some(0));
    }
}

#[test]
fn server_that_is_not_there_is_unreachable() {
    let folder = tempfile::tempdir().unwrap();
    let target = Target::Postgres {
        url: format!("host='{}' user=shirma password=sesame", folder.path().display()),
        schema: "test".into(),
    };
    let refused = Store::open(&target, &SCHEMA).unwrap_err();
    assert_eq!(refused, Error::Unreachable { code: None });
    assert!(refused.is_retryable());
}

#[test]
fn lock_held_by_another_program_makes_the_store_busy() {
    let place = Place::postgres();
    let (store, other) = (place.open(), place.open());
    let busy = store.write_blocking(move |tx| {
        increment(tx)?;
        Ok::<_, Error>(other.write_blocking(increment))
    });
    assert_eq!(busy, Ok(Err(Error::Busy)));
    assert_eq!(count(&store), Some(1));
}

/// Where the wire between program and server breaks at `commit`.
const WHOLE: u8 = 0;
const BEFORE_THE_SERVER: u8 = 1;
const AFTER_THE_SERVER: u8 = 2;

/// A socket that passes everything on, until it is told to break at the next `commit`.
struct Wire {
    folder: tempfile::TempDir,
    breaks: Arc<AtomicU8>,
}

impl Wire {
    fn to(server: PathBuf) -> Wire {
        let folder = tempfile::tempdir().unwrap();
        let listener = UnixListener::bind(folder.path().join(".s.PGSQL.5432")).unwrap();
        let breaks = Arc::new(AtomicU8::new(WHOLE));
        let shared = Arc::clone(&breaks);
        thread::spawn(move || {
            for client in listener.incoming() {
                let (client, breaks) = (client.unwrap(), Arc::clone(&shared));
                let server = UnixStream::connect(server.join(".s.PGSQL.5432")).unwrap();
                let (answers, back) = (server.try_clone().unwrap(), client.try_clone().unwrap());
                thread::spawn(move || pass_answers(answers, back));
                thread::spawn(move || pass_questions(client, server, &breaks));
            }
        });
        Wire { folder, breaks }
    }

    fn url(&self) -> String {
        format!("host='{}' user=shirma dbname=postgres", self.folder.path().display())
    }
}

fn pass_answers(mut server: UnixStream, mut client: UnixStream) {
    let _ = std::io::copy(&mut server, &mut client);
    let _ = client.shutdown(std::net::Shutdown::Both);
}

fn pass_questions(mut client: UnixStream, mut server: UnixStream, breaks: &AtomicU8) {
    let mut bytes = [0; 4096];
    while let Ok(length @ 1..) = client.read(&mut bytes) {
        let is_commit = bytes[..length].windows(7).any(|window| window == b"commit\0");
        let mode = if is_commit {
            breaks.swap(WHOLE, Ordering::SeqCst)
        } else {
            WHOLE
        };
        if mode != WHOLE {
            client.shutdown(std::net::Shutdown::Both).unwrap();
        }
        if mode == BEFORE_THE_SERVER || server.write_all(&bytes[..length]).is_err() {
            break;
        }
    }
    let _ = server.shutdown(std::net::Shutdown::Write);
}

#[test]
fn connection_lost_during_commit_leaves_the_outcome_unknown() {
    let Target::Postgres { schema, .. } = cluster::shared().fresh() else {
        panic!()
    };
    let wire = Wire::to(cluster::shared().folder().to_owned());
    let store = Store::open(
        &Target::Postgres {
            url: wire.url(),
            schema,
        },
        &SCHEMA,
    )
    .unwrap();
    for (breaks, added) in [(BEFORE_THE_SERVER, 0), (AFTER_THE_SERVER, 1)] {
        let before = count(&store).unwrap();
        let unknown = store.write_blocking({
            let breaks_now = Arc::clone(&wire.breaks);
            move |tx| {
                let changed = increment(tx)?;
                breaks_now.store(breaks, Ordering::SeqCst);
                Ok::<_, Error>(changed)
            }
        });
        assert_eq!(unknown, Err(Error::Unknown));
        // The writers' lock is free only after the server has dealt with the broken connection.
        store.write_blocking(increment).unwrap();
        assert_eq!(count(&store), Some(before + added + 1));
    }
}

#[test]
fn stopped_server_leaves_no_process_and_no_file() {
    let cluster = Cluster::start(&std::env::temp_dir(), Durability::None);
    let folder = cluster.folder().to_owned();
    let pid = server_pid(&folder);
    assert!(Path::new("/proc").join(&pid).exists());
    drop(cluster);
    assert!(!folder.exists());
    assert!(!Path::new("/proc").join(pid).exists());
}

fn server_pid(folder: &Path) -> String {
    let file = std::fs::read_to_string(folder.join("data/postmaster.pid")).unwrap();
    file.lines().next().unwrap().to_owned()
}
