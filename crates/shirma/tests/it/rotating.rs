//! Exchanging keys loses nothing (security.md P5): under load, with kills at any moment, and with a restart after each half step.

use std::collections::BTreeMap;
use std::fs;

use shirma::identifier::SubjectId;
use shirma_store::{Engine, Error, params};
use shirma_vault::{KeyPurpose, KeyState, Section};

use crate::engines::on_both_engines;
use crate::records::Records;
use crate::street::{Street, telegram_hook};
use crate::support::http::call;
use crate::updates::{Person, fresh_number, telegram};

on_both_engines! {
    keys_exchanged_under_load_with_kills_open_everything,
}

const CLIENTS: i64 = 6;
/// People who never write: enough for several transactions of wrapping anew.
const SILENT: i64 = 350;
/// First id of those people, far from the ids of real ones.
const FIRST_SILENT: i64 = 1_000;

fn client(number: i64) -> Person {
    Person::nobody(720_000_000 + number % CLIENTS)
}

/// What is done between a kill and the next start: one half step of an exchange that the kill broke off.
type HalfStep = Box<dyn Fn(&Records)>;

fn half_steps() -> Vec<HalfStep> {
    let begin = |purpose: KeyPurpose| -> HalfStep {
        Box::new(move |records: &Records| assert!(records.vault().begin_rotation(purpose).expect("a new version") > 1))
    };
    vec![
        begin(KeyPurpose::General),
        Box::new(|records| assert!(records.vault().rewrap_some(Section::General).is_ok())),
        begin(KeyPurpose::Medical),
        begin(KeyPurpose::Installation),
        begin(KeyPurpose::Audit),
        begin(KeyPurpose::Derivation),
        begin(KeyPurpose::General),
        Box::new(|_| {}),
    ]
}

fn keys_exchanged_under_load_with_kills_open_everything(engine: Engine) {
    let mut street = Street::with_rules(engine);
    for number in 0..CLIENTS {
        street.asks(
            &client(number),
            &format!("Здравствуйте, вопрос {number}, мой телефон 8 900 720-00-0{number}"),
        );
    }
    street.kill();
    let added = street
        .house
        .run(&["staff", "add", "olga", "--name", "Ольга Сменщикова", "--data", "data"]);
    assert!(added.status.success());
    let records = Records::of(&street.house);
    for number in 0..SILENT {
        records
            .vault()
            .create_subject_key(SubjectId(FIRST_SILENT + number))
            .expect("a key");
    }
    drop(records);
    let mut number = CLIENTS;
    for half_step in half_steps() {
        half_step(&Records::of(&street.house));
        street.house.start();
        // Each turn is killed a little later in the work that the start went on with.
        for _ in 0..number % 5 {
            number += 1;
            let update = telegram::text(&client(number), fresh_number(), &format!("Вопрос {number}"));
            let _may_be_cut_off = call(street.house.address(), &telegram_hook(&update));
        }
        number += 1;
        street.kill();
    }
    street.house.start();
    for number in 0..CLIENTS {
        street.writes(&client(number), "И последний вопрос");
    }
    let mut barriers = 0;
    loop {
        // Somebody new is answered; by then what waited before him is read, or the next turn will see it.
        street.asks(&Person::nobody(721_000_000 + barriers), "Здравствуйте");
        barriers += 1;
        street.stop_and_verify();
        let records = Records::of(&street.house);
        let unread = records.count("select count(*) from inbox where state = 'accepted'");
        if unread == 0 && records.vault().retiring().is_empty() {
            break;
        }
        assert!(
            barriers < 10,
            "{unread} unread, {:?} retiring",
            records.vault().retiring()
        );
        drop(records);
        street.house.start();
    }
    holds_everything(&street, CLIENTS + barriers);
}

fn holds_everything(street: &Street, people: i64) {
    let records = Records::of(&street.house);
    let ring = records.vault().keyring();
    let mut active: BTreeMap<&str, u32> = BTreeMap::new();
    for row in ring.rows() {
        match row.state {
            KeyState::Active => drop(active.insert(row.purpose.as_str(), row.version)),
            KeyState::DecryptOnly => assert_eq!(row.purpose, KeyPurpose::Audit, "{row:?} still waits"),
            KeyState::Destroyed => assert!(row.wrapped.is_empty()),
        }
    }
    let expected = [
        ("audit", 2),
        ("check", 1),
        ("derivation", 2),
        ("general", 3),
        ("installation", 2),
        ("medical", 2),
    ];
    assert_eq!(active.into_iter().collect::<Vec<_>>(), expected);
    let versions = records
        .vault()
        .keys()
        .read_blocking(|tx| -> Result<Vec<(i64, i64)>, Error> {
            let sql = "select parent_version, count(*) from subject_key group by parent_version";
            tx.many(sql, params![], |row| Ok((row.get(0)?, row.get(1)?)))
        });
    let versions = versions.expect("the key store is read");
    assert_eq!(versions.len(), 1, "{versions:?}");
    assert!(versions[0].0 == 3 && versions[0].1 >= SILENT + people, "{versions:?}");
    // Every message opens, every account is known as the one it was, every name of staff opens.
    assert!(records.lines().iter().filter(|line| line.author == "client").count() >= 2 * CLIENTS as usize);
    assert_eq!(records.count("select count(*) from subject"), people);
    assert_eq!(
        records.count("select count(*) from identity where blind_version < 2"),
        0
    );
    assert_eq!(
        records.count("select count(*) from blind_index where blind_version < 2"),
        0
    );
    let vault = records.vault().clone();
    let names = records.rows("select id, name_ct from staff where name_ct is not null", move |row| {
        let cell = shirma::vault::house_cell("staff", "name_ct", row.get(0)?);
        Ok(vault
            .open(cell, &row.get::<Vec<u8>>(1)?)
            .map(|name| name.expose().clone()))
    });
    assert!(
        names
            .iter()
            .any(|name| name.as_deref().ok() == Some("Ольга Сменщикова"))
    );
    // Told before it is done: a kill in between tells it twice, never not at all.
    assert!(records.told("vault.retire") >= 5);
}

#[test]
fn root_key_exchanged_by_the_command_opens_alone() {
    let mut street = Street::with_rules(Engine::Sqlite);
    street.asks(&client(0), "Здравствуйте");
    street.stop_and_verify();
    let key = street.house.data().join("keys/root.key");
    let former = fs::read(&key).expect("a key");
    let outcome = street.house.run(&["keys", "rotate", "root", "--data", "data"]);
    assert!(outcome.status.success(), "{}", String::from_utf8_lossy(&outcome.stderr));
    let fresh = fs::read(&key).expect("a key");
    assert_ne!(former, fresh);
    street.house.start();
    street.asks(&client(1), "Здравствуйте");
    street.stop_and_verify();
    assert_eq!(Records::of(&street.house).told("vault.rotate"), 1);

    // Killed between the two stores: the ring is the new key's, the file still the former one's.
    let next = key.with_extension("key.new");
    fs::write(&key, &former).expect("the former key is back");
    write_private(&next, &fresh);
    street.house.start();
    street.asks(&client(2), "Здравствуйте");
    street.stop_and_verify();
    assert_eq!(fs::read(&key).expect("a key"), fresh, "the new key took its place");
    assert!(!next.exists());

    // Killed before: the new key lies there, and nothing hangs on it.
    write_private(&next, &former);
    street.house.start();
    street.stop_and_verify();
    assert_eq!(fs::read(&key).expect("a key"), fresh);
    assert!(!next.exists(), "a key of nothing is taken away");
    // With the former key alone nothing opens.
    fs::write(&key, &former).expect("the former key is back");
    let outcome = street
        .house
        .run(&["serve", "--data", "data", "--listen", "127.0.0.1:0"]);
    assert!(String::from_utf8_lossy(&outcome.stderr).contains("ключ не от этих данных"));
}

fn write_private(path: &std::path::Path, bytes: &[u8]) {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    let file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path);
    file.expect("a new file").write_all(bytes).expect("a key is written");
}
