//! The journal against hands that know SQL: an altered, missing or re-ordered entry is found by `audit verify`.

use std::fs;
use std::path::Path;
use std::process::Output;

use shirma::opening::DATA;
use shirma_store::{Error, Store, Target, params};

use crate::street::Street;
use crate::support::house::House;
use crate::updates::Person;

/// What `audit verify` answers when an entry was altered, lost or moved.
const ALTERED: i32 = 2;

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).expect("a new folder");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

fn verify(house: &House, data: &str) -> Output {
    house.run(&["audit", "verify", "--data", data])
}

/// Verifies a copy of the data after these statements.
fn verdict_after(house: &House, name: &str, statements: &'static [&'static str]) -> Output {
    let folder = house.folder().join(name);
    copy(&house.data(), &folder);
    let target = Target::Sqlite {
        path: folder.join("data.db"),
    };
    let store = Store::open(&target, &DATA).expect("the copy opens");
    let changed = store.write_blocking(move |tx| -> Result<(), Error> {
        statements
            .iter()
            .try_for_each(|sql| tx.execute(*sql, params![]).map(|_| ()))
    });
    changed.unwrap_or_else(|error| panic!("{name}: {error}"));
    drop(store);
    verify(house, name)
}

#[test]
fn an_entry_altered_deleted_or_moved_is_found() {
    let mut street = Street::with_rules();
    let client = Person::nobody(7_000_000_701);
    street.writes(&client, "Сколько стоит педикюр?");
    street.hears(&client, 2);
    assert!(street.house.stop().success());
    let whole = verify(&street.house, "data");
    assert_eq!(
        whole.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&whole.stdout)
    );

    let cases: [(&str, &'static [&'static str]); 5] = [
        (
            "one-byte",
            &[
                "drop trigger audit_leaf_update",
                "update audit_leaf set body = cast(replace(cast(body as text), 'message.in', 'message.ib') as blob)
                 where cast(body as text) like '%\"message.in\"%'",
            ],
        ),
        (
            "one-lost",
            &["drop trigger audit_leaf_delete", "delete from audit_leaf where seq = 5"],
        ),
        (
            "two-swapped",
            &[
                "drop trigger audit_leaf_update",
                "update audit_leaf set seq = -1 where seq = 4",
                "update audit_leaf set seq = 4 where seq = 5",
                "update audit_leaf set seq = 5 where seq = -1",
            ],
        ),
        (
            "hash-too",
            &[
                "drop trigger audit_leaf_update",
                "update audit_leaf set body = (select body from audit_leaf where seq = 3),
                   hash = (select hash from audit_leaf where seq = 3) where seq = 4",
            ],
        ),
        (
            "tail-lost",
            &[
                "drop trigger audit_leaf_delete",
                "delete from audit_leaf where seq = (select max(seq) from audit_leaf)",
            ],
        ),
    ];
    for (name, statements) in cases {
        let found = verdict_after(&street.house, name, statements);
        let said = String::from_utf8_lossy(&found.stdout).into_owned();
        assert_eq!(found.status.code(), Some(ALTERED), "{name}: {said}");
        assert!(said.contains("Журнал нарушен"), "{name}: {said}");
    }
}
