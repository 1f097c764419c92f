//! The root key on paper: printed, asked back, and brought back from the sheet when the file is lost.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::Stdio;

use shirma_store::Engine;

use crate::records::Records;
use crate::support::house::House;

/// Runs the command that prints the sheet and answers its two questions from the sheet, or wrongly.
fn check_sheet(house: &House, rightly: bool) -> (Vec<String>, bool) {
    let mut command = house.command(&["keys", "recovery", "--data", "data"]);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let mut typed = child.stdin.take().expect("a pipe");
    let asked = BufReader::new(child.stderr.take().expect("a pipe"));
    let mut printed = BufReader::new(child.stdout.take().expect("a pipe"));
    let mut words = Vec::new();
    while words.len() < shirma_vault::SHEET_WORDS {
        let mut line = String::new();
        assert!(
            printed.read_line(&mut line).expect("the sheet") > 0,
            "the sheet ends early"
        );
        let of_five = |word: &&str| word.chars().count() == 5 && word.chars().all(char::is_lowercase);
        if line.trim_start().starts_with(|first: char| first.is_ascii_digit()) {
            words.extend(line.split_whitespace().filter(of_five).map(str::to_owned));
        }
    }
    for line in asked.lines().map_while(Result::ok) {
        let Some((_, number)) = line.split_once("слово № ") else {
            continue;
        };
        let number: usize = number.trim_end_matches(':').parse().expect("a number");
        let word = if rightly {
            words[number - 1].as_str()
        } else {
            "барам"
        };
        // After a wrong word nobody reads on.
        let _gone = writeln!(typed, "{word}");
    }
    let mut rest = String::new();
    printed.read_to_string(&mut rest).expect("the rest of the sheet");
    (words, child.wait().expect("our own child").success())
}

fn restore(house: &House, words: &str) -> (bool, String) {
    let mut command = house.command(&["keys", "restore-root", "--data", "data"]);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    // A program that refuses at once does not read.
    let _unread = child.stdin.take().expect("a pipe").write_all(words.as_bytes());
    let outcome = child.wait_with_output().expect("our own child");
    (
        outcome.status.success(),
        String::from_utf8_lossy(&outcome.stderr).into_owned(),
    )
}

fn doctor_says(house: &House) -> String {
    let outcome = house.run(&["doctor", "--data", "data"]);
    String::from_utf8_lossy(&outcome.stdout).into_owned()
}

#[test]
fn a_lost_key_comes_back_from_the_sheet_and_a_wrong_word_is_named() {
    let mut house = House::fresh(Engine::Sqlite);
    assert!(
        house.said().contains("shirma keys recovery"),
        "the first start points to the sheet"
    );
    assert!(house.stop().success());
    assert!(doctor_says(&house).contains("не сверен"));
    let (_, passed) = check_sheet(&house, false);
    assert!(
        !passed && doctor_says(&house).contains("не сверен"),
        "wrong words check nothing"
    );
    let (words, passed) = check_sheet(&house, true);
    assert!(passed && doctor_says(&house).contains("лист восстановления ключа сверен"));

    let sheet = words.join(" ");
    let (done, said) = restore(&house, &sheet);
    assert!(!done && said.contains("уже есть"), "{said}");
    let key = house.data().join("keys/root.key");
    let kept = fs::read(&key).expect("a key");
    fs::remove_file(&key).expect("the key is lost");
    let mut slip = words.clone();
    slip[6] = slip[6].chars().rev().collect();
    if slip[6] == words[6] {
        slip[6] = "ааааа".to_owned();
    }
    let (done, said) = restore(&house, &slip.join(" "));
    assert!(
        !done && (said.contains("№ 7") || said.contains("вместе")) && !key.exists(),
        "{said}"
    );
    let (done, said) = restore(&house, &words[1..].join(" "));
    assert!(!done && said.contains("Слов 22") && !key.exists(), "{said}");

    let mut other = House::fresh(Engine::Sqlite);
    assert!(other.stop().success());
    let (foreign, _) = check_sheet(&other, true);
    let (done, said) = restore(&house, &foreign.join("\n"));
    assert!(!done && said.contains("не от этих данных") && !key.exists(), "{said}");

    let (done, said) = restore(&house, &sheet);
    assert!(done, "{said}");
    assert_eq!(fs::read(&key).expect("a key"), kept);
    house.start();
    assert!(house.stop().success());
    assert_eq!(Records::of(&house).told("vault.recovery"), 2);

    // Another root key makes the sheet a piece of paper.
    assert!(
        house
            .run(&["keys", "rotate", "root", "--data", "data"])
            .status
            .success()
    );
    assert!(doctor_says(&house).contains("не сверен"));
}

#[test]
fn a_passphrase_is_its_own_sheet() {
    let mut house = House::furnished(
        Engine::Sqlite,
        "[keys]\nsource = \"passphrase\"\n",
        "[keys]\npassphrase = \"шесть тихих слов\"\n",
    );
    assert!(house.stop().success());
    let outcome = house.run(&["keys", "recovery", "--data", "data"]);
    let said = String::from_utf8_lossy(&outcome.stdout).into_owned();
    assert!(
        outcome.status.success() && said.contains("ваш пароль") && !said.contains("тихих"),
        "{said}"
    );
}
