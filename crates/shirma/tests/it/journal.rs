//! The journal against hands that know SQL: an altered, missing or re-ordered entry is found by `audit verify`.

use std::process::Output;

use shirma_store::Engine;

use crate::engines::on_both_engines;
use crate::records::Records;
use crate::street::Street;
use crate::support::house::House;
use crate::updates::Person;

on_both_engines! {
    an_entry_altered_deleted_or_moved_is_found,
}

/// What `audit verify` answers when an entry was altered, lost or moved.
const ALTERED: i32 = 2;

/// The triggers that refuse changes: whoever owns the database can drop them.
const SQLITE_GUARDS: [&str; 2] = ["drop trigger audit_leaf_update", "drop trigger audit_leaf_delete"];
const POSTGRES_GUARDS: [&str; 1] = ["drop trigger audit_leaf_keep on audit_leaf"];

const SWAPPED: &[&str] = &[
    "update audit_leaf set seq = -1 where seq = 4",
    "update audit_leaf set seq = 4 where seq = 5",
    "update audit_leaf set seq = 5 where seq = -1",
];
const COPIED: &[&str] = &[
    "update audit_leaf set body = (select body from audit_leaf where seq = 3),
    hash = (select hash from audit_leaf where seq = 3) where seq = 4",
];
const ONE_LOST: &[&str] = &["delete from audit_leaf where seq = 5"];
const TAIL_LOST: &[&str] = &["delete from audit_leaf where seq = (select max(seq) from audit_leaf)"];
const ALL_LOST: &[&str] = &["delete from audit_leaf"];

const TAMPERINGS: [Tampering; 6] = [
    Tampering {
        name: "one byte of one entry",
        sqlite: &[
            "update audit_leaf set body = cast(replace(cast(body as text), 'message.in', 'message.ib') as blob)
            where cast(body as text) like '%\"message.in\"%'",
        ],
        postgres: &["update audit_leaf
            set body = convert_to(replace(convert_from(body, 'UTF8'), 'message.in', 'message.ib'), 'UTF8')
            where convert_from(body, 'UTF8') like '%\"message.in\"%'"],
    },
    Tampering::alike("one entry lost", ONE_LOST),
    Tampering::alike("two entries swapped", SWAPPED),
    Tampering::alike("another entry with its hash", COPIED),
    Tampering::alike("the last entry lost", TAIL_LOST),
    Tampering::alike("all entries lost", ALL_LOST),
];

/// What somebody does to the entries: the guards he takes away first, and his statements.
struct Tampering {
    name: &'static str,
    sqlite: &'static [&'static str],
    postgres: &'static [&'static str],
}

impl Tampering {
    const fn alike(name: &'static str, statements: &'static [&'static str]) -> Tampering {
        Tampering {
            name,
            sqlite: statements,
            postgres: statements,
        }
    }
}

fn verify(house: &House) -> Output {
    house.run(&["audit", "verify", "--data", "data"])
}

/// Verifies a copy of everything after the tampering.
fn verdict_after(house: &House, engine: Engine, tampering: &Tampering) -> Output {
    let (guard, statements) = match engine {
        Engine::Sqlite => (&SQLITE_GUARDS[..], tampering.sqlite),
        Engine::Postgres => (&POSTGRES_GUARDS[..], tampering.postgres),
    };
    let twin = house.twin();
    let changed = Records::of(&twin).change(&[guard, statements].concat());
    changed.unwrap_or_else(|error| panic!("{}: {error}", tampering.name));
    verify(&twin)
}

fn an_entry_altered_deleted_or_moved_is_found(engine: Engine) {
    let mut street = Street::with_rules(engine);
    let client = Person::nobody(7_000_000_701);
    street.writes(&client, "Сколько стоит педикюр?");
    street.hears(&client, 2);
    assert!(street.house.stop().success());
    let whole = verify(&street.house);
    assert_eq!(
        whole.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&whole.stdout)
    );
    for tampering in &TAMPERINGS {
        let found = verdict_after(&street.house, engine, tampering);
        let said = String::from_utf8_lossy(&found.stdout).into_owned();
        assert_eq!(found.status.code(), Some(ALTERED), "{}: {said}", tampering.name);
        assert!(said.contains("Журнал нарушен"), "{}: {said}", tampering.name);
    }
}
