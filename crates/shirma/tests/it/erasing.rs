//! Erased is unreadable (security.md P4): by search for bytes, with older copies, and against whatever comes late.

use std::fs;

use shirma::erasure::PLAN;
use shirma::identifier::SubjectId;
use shirma::vault::{Error as VaultError, cell};
use shirma_store::{Engine, Error, params};

use crate::engines::on_both_engines;
use crate::records::Records;
use crate::street::Street;
use crate::support::canary::{Canary, files_below};
use crate::support::house::House;
use crate::updates::{Person, telegram};

on_both_engines! {
    erased_person_is_nowhere_and_everybody_else_is_whole,
    every_table_that_names_a_person_is_in_the_plan,
    the_list_of_the_erased_outlives_the_secret_that_signed_it,
}

const GOES: Person = Person {
    id: 700_000_901,
    first: "Аделаида",
    last: "Стираемова",
    username: "adelaida",
};
const STAYS: Person = Person {
    id: 700_000_902,
    first: "Варфоломей",
    last: "Остаёмов",
    username: "varfolomey",
};
const PHONE: &str = "+7 900 901-90-01";

/// Two clients talked; the program is stopped. Gives the person who goes.
fn two_talked(engine: Engine) -> (Street, SubjectId) {
    let mut street = Street::with_rules(engine);
    street.hook_telegram(&telegram::contact(&GOES, 51, PHONE));
    street.hears(&GOES, 2);
    street.asks(
        &GOES,
        "Меня зовут Аделаида Стираемова, запишите на маникюр завтра в 15:00",
    );
    street.asks(&STAYS, "Сколько стоит маникюр?");
    street.stop_and_verify();
    let records = Records::of(&street.house);
    let goes = records.rows("select id from subject order by code", |row| row.get::<i64>(0))[0];
    (street, SubjectId(goes))
}

/// The wrapped keys of a person, as they lie in the key store.
fn wrapped_keys(house: &House, subject: SubjectId) -> Vec<Vec<u8>> {
    let keys = Records::of(house).vault().keys().clone();
    let found = keys.read_blocking(move |tx| -> Result<Vec<Vec<u8>>, Error> {
        let sql = "select wrapped from subject_key where subject = $1";
        tx.many(sql, params![subject.0], |row| row.get(0))
    });
    found.expect("the key store is read")
}

/// How many files of the house hold the bytes.
fn files_with(house: &House, bytes: &[u8]) -> Vec<String> {
    let mut paths = files_below(house.folder());
    paths.extend(house.database_files());
    let holds = |path: &std::path::PathBuf| {
        let file = fs::read(path).unwrap_or_default();
        file.windows(bytes.len()).any(|window| window == bytes)
    };
    paths
        .iter()
        .filter(|path| holds(path))
        .map(|path| path.display().to_string())
        .collect()
}

fn erase(house: &House, code: &str) -> String {
    let outcome = house.run(&["erase", code, "--reason", "withdrawal", "--data", "data"]);
    let (out, err) = (
        String::from_utf8_lossy(&outcome.stdout),
        String::from_utf8_lossy(&outcome.stderr),
    );
    assert!(outcome.status.success(), "{out}{err}");
    out.into_owned()
}

fn erased_person_is_nowhere_and_everybody_else_is_whole(engine: Engine) {
    let (mut street, goes) = two_talked(engine);
    let keys = wrapped_keys(&street.house, goes);
    assert_eq!(keys.len(), 1);
    assert!(
        !files_with(&street.house, &keys[0]).is_empty(),
        "the search finds what is there"
    );

    let certificate = erase(&street.house, "К-0001");
    for words in ["К-0001", "отзыв согласия", "переписка — ", "имя, телефон, почта — "]
    {
        assert!(certificate.contains(words), "«{words}» not in:\n{certificate}");
    }
    let canaries = [
        Canary::words(GOES.first),
        Canary::words(GOES.last),
        Canary::words("700000901"),
        Canary::phone(PHONE),
    ];
    assert_eq!(files_with(&street.house, &keys[0]), Vec::<String>::new());
    let hits = street.house.sweep(&canaries);
    assert!(hits.is_empty(), "{hits:?}");
    for canary in &canaries {
        let Canary::Words(text) = canary else { continue };
        assert!(!certificate.contains(text.as_str()), "{certificate}");
    }
    let again = street
        .house
        .run(&["erase", "К-0001", "--reason", "request", "--data", "data"]);
    assert!(!again.status.success() && String::from_utf8_lossy(&again.stderr).contains("уже стёрт"));

    // He writes again: a new person, asked anew; the other one goes on as before.
    street.house.start();
    let heard = street.sent_to(&GOES).len();
    street.hook_telegram(&telegram::edited(&GOES, 51, "опоздавшая правка"));
    street.writes(&GOES, "Здравствуйте, я снова тут");
    street.hears(&GOES, heard + 1);
    street.asks(&STAYS, "А педикюр?");
    street.stop_and_verify();
    let records = Records::of(&street.house);
    assert_eq!(
        records.rows("select code, state from subject order by code", |row| {
            Ok((row.get::<i64>(0)?, row.get::<String>(1)?))
        }),
        [
            (1, "erased".to_owned()),
            (2, "active".to_owned()),
            (3, "active".to_owned())
        ]
    );
    assert_eq!((records.told("subject.freeze"), records.told("subject.erase")), (1, 1));
    let texts: Vec<String> = records.lines().into_iter().filter_map(|line| line.text).collect();
    assert!(texts.iter().any(|text| text == "Сколько стоит маникюр?"), "{texts:?}");
    assert!(!texts.iter().any(|text| text.contains("Аделаида")), "{texts:?}");
}

#[test]
fn older_data_open_everybody_but_the_erased() {
    let (street, goes) = two_talked(Engine::Sqlite);
    let before = street.house.twin();
    erase(&street.house, "К-0001");
    // The data of before, the keys of now.
    let mut mixed = street.house.twin();
    fs::copy(before.data().join("data.db"), mixed.data().join("data.db")).expect("the older data");
    let records = Records::of(&mixed);
    let vault = records.vault().clone();
    let opened = records.rows(
        "select id, subject, text_ct from message where text_ct is not null",
        move |row| {
            let (id, subject) = (row.get::<i64>(0)?, SubjectId(row.get(1)?));
            let text = vault.open(cell("message", "text_ct", id, subject), &row.get::<Vec<u8>>(2)?);
            Ok((subject, text))
        },
    );
    assert!(opened.iter().any(|(subject, _)| *subject == goes) && opened.iter().any(|(subject, _)| *subject != goes));
    for (subject, text) in &opened {
        assert_eq!(matches!(text, Err(VaultError::NoKey)), *subject == goes, "{subject:?}");
        assert_eq!(text.is_ok(), *subject != goes, "{subject:?}");
    }
    drop(records);
    closes_at_the_start(&mut mixed, goes);
}

#[test]
fn an_older_pair_is_closed_by_the_list_before_anybody_is_let_in() {
    let (street, goes) = two_talked(Engine::Sqlite);
    let mut before = street.house.twin();
    erase(&street.house, "К-0001");
    fs::copy(
        street.house.data().join("erasures.log"),
        before.data().join("erasures.log"),
    )
    .expect("the newer list");
    let keys = wrapped_keys(&before, goes);
    assert!(!keys.is_empty());
    closes_at_the_start(&mut before, goes);
    assert_eq!(files_with(&before, &keys[0]), Vec::<String>::new());
}

#[test]
fn a_foreign_line_erases_nobody_and_stops_the_start() {
    let (street, goes) = two_talked(Engine::Sqlite);
    let line = format!("{} 1 withdrawal 1795420800000 {}\n", goes.0, "ab".repeat(32));
    fs::write(street.house.data().join("erasures.log"), line).expect("a list");
    let outcome = street
        .house
        .run(&["serve", "--data", "data", "--listen", "127.0.0.1:0"]);
    let said = String::from_utf8_lossy(&outcome.stderr).into_owned();
    assert!(!outcome.status.success() && said.contains("erasures.log"), "{said}");
    assert!(!wrapped_keys(&street.house, goes).is_empty(), "he is there as before");
}

fn closes_at_the_start(house: &mut House, goes: SubjectId) {
    house.start();
    assert!(house.said().contains("стёртые клиенты: 1"), "{}", house.said());
    assert!(house.stop().success());
    assert!(wrapped_keys(house, goes).is_empty());
    let records = Records::of(house);
    let left = records.rows("select subject from message", |row| row.get::<i64>(0));
    assert!(!left.is_empty() && !left.contains(&goes.0));
    assert_eq!(records.count("select count(*) from subject where state = 'erased'"), 1);
    assert_eq!(records.told("subject.erase"), 1);
}

/// Columns by which a table knows a person.
const NAMING: [&str; 7] = [
    "subject",
    "first_subject",
    "second_subject",
    "merged_into",
    "dialog",
    "identity",
    "message",
];

fn every_table_that_names_a_person_is_in_the_plan(engine: Engine) {
    let mut house = House::fresh(engine);
    assert!(house.stop().success());
    let records = Records::of(&house);
    let sql = match engine {
        Engine::Sqlite => {
            "select m.name, p.name from sqlite_master m join pragma_table_info(m.name) p where m.type = 'table'"
        }
        Engine::Postgres => {
            "select table_name::text, column_name::text from information_schema.columns where table_schema = current_schema()"
        }
    };
    let columns = records.rows(sql, |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?)));
    assert!(columns.len() > 100, "the schema is read: {}", columns.len());
    let mut naming: Vec<&str> = columns
        .iter()
        .filter(|(_, column)| NAMING.contains(&column.as_str()))
        .map(|(table, _)| table.as_str())
        .collect();
    naming.sort_unstable();
    naming.dedup();
    assert!(naming.contains(&"message") && naming.contains(&"visitor"), "{naming:?}");
    for table in naming {
        assert!(
            PLAN.iter().any(|line| line.table == table),
            "«{table}» names a person: say in erasure/plan.rs what becomes of it"
        );
    }
}

fn the_list_of_the_erased_outlives_the_secret_that_signed_it(engine: Engine) {
    let mut street = Street::with_rules(engine);
    street.asks(&GOES, "Сколько стоит маникюр?");
    street.stop_and_verify();
    erase(&street.house, "К-0001");
    let rotated = street.house.run(&["keys", "rotate", "derivation", "--data", "data"]);
    let said = String::from_utf8_lossy(&rotated.stdout).into_owned();
    assert!(
        said.contains("прежний больше не нужен"),
        "the former secret is destroyed: {said}"
    );
    street.house.start();
    street.stop_and_verify();
}
