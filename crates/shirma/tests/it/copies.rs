//! Copies of the journal's checkpoints with others, and what a start does with a database that was put back.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;

use serde_json::json;
use shirma_store::Engine;

use crate::engines::on_both_engines;
use crate::records::Records;
use crate::support::house::House;
use crate::support::patience::wait_for;
use crate::support::telegram::Telegram;

on_both_engines! {
    each_checkpoint_is_copied_and_a_folder_that_comes_back_gets_the_newest,
    the_owner_gets_a_message_that_verifies,
    a_database_put_back_does_not_start_until_a_person_says_why,
    a_damaged_edge_does_not_start,
}

const SERVE: &[&str] = &["serve", "--data", "data", "--listen", "127.0.0.1:0"];
const ACCEPT: &[&str] = &["--accept-rollback", "восстановили базу из копии после сбоя диска"];
const FOLDER: &str = "[journal]\nanchor_folders = [\"anchors\"]\n";

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn verify(house: &House, anchors: &str) -> (Option<i32>, String) {
    let output = house.run(&["audit", "verify", "--data", "data", "--anchors", anchors]);
    (
        output.status.code(),
        String::from_utf8_lossy(&output.stdout).into_owned(),
    )
}

fn each_checkpoint_is_copied_and_a_folder_that_comes_back_gets_the_newest(engine: Engine) {
    let mut house = House::prepared(engine, FOLDER, "");
    let folder = house.folder().join("anchors");
    house.start();
    assert!(house.stop().success());
    assert!(!folder.exists(), "a share that is not mounted must not become a folder");
    let tried = |outcome: &str| {
        let outcomes = Records::of(&house).words("select outcome from anchor_delivery order by at");
        outcomes.iter().filter(|one| *one == outcome).count()
    };
    assert!(tried("away") > 0 && tried("ok") == 0);
    fs::create_dir(&folder).expect("the share is back");
    for starts in 1..=2 {
        house.start();
        wait_for("a copy of the start's checkpoint", || {
            (names(&folder).len() == 2 * starts - 1).then_some(())
        });
        assert!(house.stop().success());
        assert_eq!(
            names(&folder).len(),
            2 * starts,
            "one of the start, one of the end: {:?}",
            names(&folder)
        );
    }
    assert!(
        names(&folder).iter().all(|name| name.ends_with(".note")),
        "{:?}",
        names(&folder)
    );
    let (code, said) = verify(&house, "anchors");
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("у других: 4"), "{said}");
}

fn the_owner_gets_a_message_that_verifies(engine: Engine) {
    let telegram = Telegram::start();
    let settings = format!(
        "[journal]\nowner_channel = \"telegram/salon\"\nowner_chat = \"7000000999\"\n\
         [[telegram]]\nname = \"salon\"\nlisten = \"poll\"\nbase_url = \"{}\"\n",
        telegram.url()
    );
    let mut house = House::furnished(
        engine,
        &settings,
        "[telegram.salon]\ntoken = \"7100000001:street-telegram-token\"\n",
    );
    let sent = telegram.wait_for_sent("sendMessage", 1);
    assert_eq!(sent[0]["chat_id"], json!(7_000_000_999_i64));
    let text = sent[0]["text"].as_str().expect("words");
    assert!(text.contains("Отметка журнала") && text.contains("shirma/"), "{text}");
    assert!(house.stop().success());
    let folder = house.folder().join("saved");
    fs::create_dir(&folder).expect("a new folder");
    fs::write(folder.join("message.txt"), text).expect("the owner saves it");
    let (code, said) = verify(&house, "saved");
    assert_eq!(code, Some(0), "{said}");
    let origin = text.lines().find(|line| line.starts_with("shirma/")).expect("the note");
    let other_size = text.replace(&format!("{origin}\n"), &format!("{origin}\n9"));
    fs::write(folder.join("message.txt"), other_size).expect("changed");
    assert_eq!(verify(&house, "saved").0, Some(5), "another size than was signed");
    let kept = Records::of(&house).words("select kind || ' ' || place || ' ' || outcome from anchor_delivery");
    assert_eq!(kept, ["message telegram/salon ok"]);
    assert_eq!(
        Records::of(&house).count("select count(*) from outbox"),
        0,
        "it is no client's message"
    );
}

/// A house whose database is older than its copies.
fn put_back(engine: Engine) -> House {
    let mut house = House::prepared(engine, FOLDER, "");
    fs::create_dir(house.folder().join("anchors")).expect("a new folder");
    house.start();
    assert!(house.stop().success());
    let older = house.twin();
    for _ in 0..2 {
        house.start();
        assert!(house.stop().success());
    }
    fs::create_dir(older.folder().join("anchors")).expect("a new folder");
    for name in names(&house.folder().join("anchors")) {
        fs::copy(
            house.folder().join("anchors").join(&name),
            older.folder().join("anchors").join(&name),
        )
        .expect("a copy");
    }
    fs::copy(house.data().join("journal.note"), older.data().join("journal.note")).expect("a copy");
    older
}

fn a_database_put_back_does_not_start_until_a_person_says_why(engine: Engine) {
    let mut house = put_back(engine);
    let before = Records::of(&house).leaves();
    for arguments in [
        SERVE,
        &["staff", "list", "--data", "data"],
        &[SERVE, &["--accept-rollback", "так"]].concat(),
    ] {
        let refused = house.run(arguments);
        assert_eq!(
            refused.status.code(),
            Some(3),
            "{}",
            String::from_utf8_lossy(&refused.stderr)
        );
    }
    let said = String::from_utf8_lossy(&house.run(SERVE).stderr).into_owned();
    assert!(
        said.contains("--accept-rollback") && said.contains("вернули в прежнее состояние"),
        "{said}"
    );
    assert_eq!(Records::of(&house).leaves(), before, "a refused start writes nothing");

    let mut command = house.command(&[SERVE, ACCEPT].concat());
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("piped"))
        .read_line(&mut line)
        .expect("one line");
    child.kill().expect("our own child");
    child.wait().expect("our own child");
    assert!(line.contains("Ширма работает"), "{line}");

    let records = Records::of(&house);
    assert_eq!(records.told("audit.accept_rollback"), 1);
    let leaf = records
        .leaves()
        .into_iter()
        .find(|leaf| leaf.contains("accept_rollback"))
        .expect("told");
    assert!(
        leaf.contains("\"n\":4") && !leaf.contains("\"dc\":null"),
        "four entries are gone: {leaf}"
    );
    assert_eq!(
        records.count("select count(*) from audit_note"),
        1,
        "the reason is sealed beside the leaf"
    );
    drop(records);
    house.start();
    assert!(
        house.stop().success(),
        "what was accepted once does not stop the next start"
    );
    assert_eq!(
        verify(&house, "anchors").0,
        Some(3),
        "an outside check still tells of it"
    );
}

fn a_damaged_edge_does_not_start(engine: Engine) {
    const DAMAGES: [&str; 6] = [
        "update audit_head set root = (select hash from audit_leaf where seq = 0)",
        "update audit_head set size = size + 1",
        "update audit_head set frontier = (select hash from audit_leaf where seq = 0)",
        "delete from audit_leaf where seq = (select max(seq) from audit_leaf)",
        "update audit_node set hash = (select hash from audit_leaf where seq = 0) where place = 0 and level = (select max(level) from audit_node)",
        "update audit_checkpoint set note = (select note from audit_checkpoint order by id limit 1)
         where id = (select max(id) from audit_checkpoint)",
    ];
    let mut house = House::fresh(engine);
    assert!(house.stop().success());
    for damage in DAMAGES {
        let twin = house.twin();
        let guards: &[&'static str] = match engine {
            Engine::Sqlite => &[
                "drop trigger audit_leaf_delete",
                "drop trigger audit_node_update",
                "drop trigger audit_checkpoint_update",
            ],
            Engine::Postgres => &[
                "drop trigger audit_leaf_keep on audit_leaf",
                "drop trigger audit_node_keep on audit_node",
                "drop trigger audit_checkpoint_keep on audit_checkpoint",
            ],
        };
        Records::of(&twin)
            .change(&[guards, &[damage]].concat())
            .unwrap_or_else(|error| panic!("{damage}: {error}"));
        let refused = twin.run(SERVE);
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert_eq!(refused.status.code(), Some(2), "{damage}: {said}");
        assert!(said.contains("Журнал повреждён"), "{damage}: {said}");
    }
}
