//! What was acknowledged stays; what was destroyed is gone; one program a file.

use shirma_store::{Error, Store, Target, params};

use crate::place::{Place, SCHEMA, on_both_engines};

on_both_engines! {
    committed_rows_survive_reopening,
    healthy_store_passes_its_check,
}

const INSERT: &str = "insert into item (id, body) values ($1, $2)";

fn add(store: &Store, id: i64) {
    store
        .write_blocking(move |tx| tx.execute(INSERT, params![id, b"held"]))
        .unwrap();
}

fn ids(store: &Store) -> Vec<i64> {
    store
        .read_blocking(|tx| tx.many("select id from item order by id", &[], |row| row.get(0)))
        .unwrap()
}

fn now<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(future)
}

fn committed_rows_survive_reopening(place: &Place) {
    for round in 0..3 {
        let store = place.open();
        assert_eq!(ids(&store), (0..round).collect::<Vec<_>>());
        add(&store, round);
        if round == 1 {
            now(store.close());
        }
    }
}

fn healthy_store_passes_its_check(place: &Place) {
    let store = place.open();
    add(&store, 1);
    now(store.check()).unwrap();
    now(store.checkpoint()).unwrap();
}

/// What the files hold at an instant is what a killed program leaves behind.
fn image_of(place: &Place) -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.db");
    std::fs::copy(place.path(), &path).unwrap();
    let wal = |path: &std::path::Path| format!("{}-wal", path.display());
    std::fs::copy(wal(place.path()), wal(&path)).unwrap();
    let store = Store::open(&Target::Sqlite { path }, &SCHEMA).unwrap();
    (folder, store)
}

#[test]
fn killed_program_loses_nothing_it_acknowledged_and_keeps_nothing_else() {
    let place = Place::sqlite();
    let store = place.open();
    let (_acknowledged, after_commit) = {
        add(&store, 1);
        image_of(&place)
    };
    assert_eq!(ids(&after_commit), [1]);

    // More than the page cache, so that unfinished pages are in the file.
    let path = place.path().to_owned();
    let inside = store.write_blocking(move |tx| {
        let body = vec![7; 8 << 20];
        tx.execute(INSERT, params![2i64, &body])?;
        tx.execute(INSERT, params![3i64, &body])?;
        let place = Place::at(path);
        let (_unfinished, killed_inside) = image_of(&place);
        Ok::<_, Error>(ids(&killed_inside))
    });
    assert_eq!(inside, Ok(vec![1]));
    assert_eq!(ids(&store), [1, 2, 3]);
}

#[test]
fn second_copy_of_the_program_is_refused() {
    let place = Place::sqlite();
    let store = place.open();
    let second = Store::open(&place.target, &SCHEMA).err();
    assert!(matches!(second, Some(Error::InUse { .. })), "{second:?}");
    let clone = store.clone();
    drop(store);
    assert!(Store::open(&place.target, &SCHEMA).is_err(), "a clone still holds it");
    drop(clone);
    assert!(Store::open(&place.target, &SCHEMA).is_ok());
}

#[test]
fn closed_store_lets_the_next_program_in_although_clones_live() {
    let place = Place::sqlite();
    let store = place.open();
    now(store.close());
    assert!(Store::open(&place.target, &SCHEMA).is_ok());
}

#[test]
fn destroyed_bytes_are_in_no_file_after_a_checkpoint() {
    let secret = b"wrapped key of a person who asked to be forgotten";
    let place = Place::sqlite();
    let store = place.open();
    store
        .write_blocking(move |tx| tx.execute(INSERT, params![1i64, secret]))
        .unwrap();
    now(store.checkpoint()).unwrap();
    assert!(is_anywhere(&place, secret), "the search must be able to find it");
    store
        .write_blocking(|tx| tx.execute("delete from item where id = 1", &[]))
        .unwrap();
    now(store.checkpoint()).unwrap();
    assert!(!is_anywhere(&place, secret));
}

fn is_anywhere(place: &Place, bytes: &[u8]) -> bool {
    let folder = place.path().parent().unwrap();
    std::fs::read_dir(folder).unwrap().any(|file| {
        let content = std::fs::read(file.unwrap().path()).unwrap();
        content.windows(bytes.len()).any(|window| window == bytes)
    })
}

#[test]
fn checkpoint_says_when_a_reader_is_in_the_way() {
    let place = Place::sqlite();
    let store = place.open();
    let writer = store.clone();
    let held = store.read_blocking(move |tx| {
        tx.many("select id from item", &[], |row| row.get::<i64>(0))?;
        add(&writer, 1);
        Ok::<_, Error>(now(writer.checkpoint()))
    });
    assert_eq!(held, Ok(Err(Error::Busy)));
    now(store.checkpoint()).unwrap();
}

#[test]
fn snapshot_is_a_whole_database_without_deleted_rows() {
    let place = Place::sqlite();
    let store = place.open();
    (0..100).for_each(|id| add(&store, id));
    store
        .write_blocking(|tx| tx.execute("delete from item where id >= 10", &[]))
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("copy.db");
    now(store.snapshot(path.clone())).unwrap();
    let again = now(store.snapshot(path.clone()));
    assert!(again.is_err(), "a file that is there is not overwritten");
    let copy = Store::open(&Target::Sqlite { path }, &SCHEMA).unwrap();
    assert_eq!(ids(&copy), (0..10).collect::<Vec<_>>());
    now(copy.check()).unwrap();
}

#[test]
fn damaged_file_is_noticed() {
    let place = Place::sqlite();
    let store = place.open();
    (0..200).for_each(|id| add(&store, id));
    now(store.close());
    let mut bytes = std::fs::read(place.path()).unwrap();
    // Everything but the first pages, which hold the schema.
    bytes[8 * 4096..].fill(0x5A);
    std::fs::write(place.path(), bytes).unwrap();
    let noticed = match Store::open(&place.target, &SCHEMA) {
        Ok(store) => now(store.check()).err(),
        Err(error) => Some(error),
    };
    assert_eq!(noticed, Some(Error::Corrupt));
}

#[cfg(unix)]
#[test]
fn files_of_the_store_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::sqlite();
    let store = place.open();
    add(&store, 1);
    now(store.snapshot(place.path().with_extension("copy"))).unwrap();
    let folder = place.path().parent().unwrap();
    for file in std::fs::read_dir(folder).unwrap() {
        let file = file.unwrap();
        let mode = file.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{:?} is open to others", file.file_name());
    }
}
