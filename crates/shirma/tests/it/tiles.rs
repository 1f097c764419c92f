//! The journal for outsiders: exported as tiles and checked by a script that knows nothing of ours.

use std::fs;
use std::process::Output;
use std::thread;

use shirma::audit;
use shirma_audit::Object;
use shirma_store::{Engine, Error};
use shirma_vault::KeyPurpose;

use crate::engines::on_both_engines;
use crate::records::Records;
use crate::support::canary::files_below;
use crate::support::house::House;
use crate::support::python;

on_both_engines! {
    writers_side_by_side_leave_a_journal_without_gaps_that_outsiders_confirm,
    an_altered_entry_is_refused_by_both_checkers,
    a_key_kept_elsewhere_vouches_for_its_successor,
    a_folder_with_another_journal_is_left_as_it_is,
}

/// Writers of P8 and what each of them appends.
const WRITERS: i64 = 8;
const APPENDS: i64 = 1_000;

fn export(house: &House) -> Output {
    house.run(&["audit", "export", "--data", "data", "--tiles", "tiles"])
}

fn outsider(house: &House, more: &[&str]) -> (Option<i32>, String) {
    let output = python::run(&python::journal_checker(), &[&["tiles"], more].concat(), house.folder());
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    (output.status.code(), said)
}

/// A house that ran once.
fn lived_in(engine: Engine) -> House {
    let mut house = House::fresh(engine);
    assert!(house.stop().success());
    house
}

fn append(records: &Records, who: i64, count: i64) {
    for number in 0..count {
        let object = Object::new("subject", (who * APPENDS + number).to_string());
        let leaf = audit::leaf(1_795_420_800_000 + number, audit::system(), audit::SUBJECT_READ, object);
        let done: Result<u64, Error> = records.store().write_blocking(move |tx| tx.append(&leaf));
        done.expect("the entry is kept");
    }
}

fn writers_side_by_side_leave_a_journal_without_gaps_that_outsiders_confirm(engine: Engine) {
    let house = lived_in(engine);
    let records = Records::of(&house);
    let before = records.leaves().len() as i64;
    thread::scope(|scope| {
        for who in 0..WRITERS {
            let records = &records;
            scope.spawn(move || append(records, who, APPENDS));
        }
    });
    let expected = before + WRITERS * APPENDS;
    assert_eq!(records.count("select count(*) from audit_leaf"), expected);
    assert_eq!(
        records.count("select max(seq) - min(seq) + 1 from audit_leaf"),
        expected,
        "no gap"
    );
    drop(records);
    let verified = house.run(&["audit", "verify", "--data", "data"]);
    assert_eq!(
        verified.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&verified.stdout)
    );
    assert!(export(&house).status.success());
    let (code, said) = outsider(&house, &[]);
    assert_eq!(code, Some(0), "{said}");
    // The check itself is the last entry.
    assert!(said.contains(&format!("fine: {} entries", expected + 1)), "{said}");
    let root = said.rsplit(' ').next().expect("a root").trim().to_owned();
    let ours = house.run(&["audit", "verify", "--data", "data"]);
    assert!(
        String::from_utf8_lossy(&ours.stdout).contains(&root),
        "both compute one root"
    );
}

fn a_key_kept_elsewhere_vouches_for_its_successor(engine: Engine) {
    let house = lived_in(engine);
    assert!(export(&house).status.success());
    let kept = fs::read_to_string(house.folder().join("tiles/key")).expect("the key");
    // An exchange that broke off before it signed anything, and another one after it.
    let half = Records::of(&house).vault().begin_rotation(KeyPurpose::Audit);
    assert_eq!(half.expect("a new version"), 2);
    assert!(
        house
            .run(&["keys", "rotate", "audit", "--data", "data"])
            .status
            .success()
    );
    let ours = house.run(&["audit", "verify", "--data", "data", "--pub", kept.trim()]);
    let said = String::from_utf8_lossy(&ours.stdout).into_owned();
    assert_eq!(ours.status.code(), Some(0), "{said}");
    assert_eq!(house.run(&["audit", "verify", "--data", "data"]).status.code(), Some(0));
}

fn an_altered_entry_is_refused_by_both_checkers(engine: Engine) {
    let house = lived_in(engine);
    append(&Records::of(&house), 0, 600);
    assert!(export(&house).status.success());
    let first = files_below(&house.folder().join("tiles"));
    assert_eq!(outsider(&house, &[]).0, Some(0));
    // A second export adds what is new and touches nothing else.
    append(&Records::of(&house), 1, 20);
    assert!(export(&house).status.success());
    assert!(first.iter().all(|path| path.is_file()));
    let key = fs::read_to_string(house.folder().join("tiles/key")).expect("the key");
    assert_eq!(outsider(&house, &["--key", key.trim(), "tiles/checkpoint"]).0, Some(0));
    let verified = house.run(&["audit", "verify", "--data", "data", "--pub", key.trim()]);
    assert_eq!(
        verified.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&verified.stdout)
    );

    let bundle = house.folder().join("tiles/tile/entries/001");
    let whole = fs::read(&bundle).expect("a bundle");
    let mut bytes = whole.clone();
    let place = bytes.len() - 20;
    bytes[place] ^= 1;
    fs::write(&bundle, &bytes).expect("altered");
    let (code, said) = outsider(&house, &[]);
    assert_eq!((code, said.contains("entry 511")), (Some(2), true), "{said}");
    fs::write(&bundle, &whole).expect("mended");
    let checkpoint = fs::read_to_string(house.folder().join("tiles/checkpoint")).expect("the checkpoint");
    fs::write(
        house.folder().join("tiles/checkpoint"),
        checkpoint.replacen('\n', "\n1", 1),
    )
    .expect("altered");
    assert_eq!(outsider(&house, &[]).0, Some(5));

    let altered: &[&'static str] = match engine {
        Engine::Sqlite => &[
            "drop trigger audit_leaf_update",
            "update audit_leaf set body = cast(replace(cast(body as text), 'subject.read', 'subject.reab') as blob) where seq = 511",
        ],
        Engine::Postgres => &[
            "drop trigger audit_leaf_keep on audit_leaf",
            "update audit_leaf set body = convert_to(replace(convert_from(body, 'UTF8'), 'subject.read', 'subject.reab'), 'UTF8') where seq = 511",
        ],
    };
    Records::of(&house).change(altered).expect("altered");
    let ours = house.run(&["audit", "verify", "--data", "data"]);
    let said = String::from_utf8_lossy(&ours.stdout).into_owned();
    assert_eq!((ours.status.code(), said.contains("№ 511 ")), (Some(2), true), "{said}");
}

fn a_folder_with_another_journal_is_left_as_it_is(engine: Engine) {
    let (house, other) = (lived_in(engine), lived_in(engine));
    assert!(export(&house).status.success());
    let contents = || -> Vec<Vec<u8>> {
        let files = files_below(&house.folder().join("tiles"));
        files.iter().map(|path| fs::read(path).expect("a file")).collect()
    };
    let before = contents();
    let foreign = house.folder().join("tiles").display().to_string();
    let refused = other.run(&["audit", "export", "--data", "data", "--tiles", &foreign]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("от другого журнала"));
    fs::remove_file(house.folder().join("tiles/checkpoint")).expect("removed");
    let refused = other.run(&["audit", "export", "--data", "data", "--tiles", &foreign]);
    assert_eq!(refused.status.code(), Some(1), "tiles alone tell it too");
    assert!(export(&house).status.success(), "an export that broke off goes on");
    assert_eq!(contents(), before);
}
