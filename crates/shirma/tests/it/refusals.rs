//! Set-ups that must not start: a sentence in Russian, a code that is not 0, not a byte changed.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use shirma_store::Engine;

use crate::support::canary::files_below;
use crate::support::house::House;

/// A house that ran once and was stopped.
fn lived_in() -> House {
    let mut house = House::fresh(Engine::Sqlite);
    assert!(house.stop().success());
    house
}

fn contents(folder: &Path) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let files = files_below(folder)
        .into_iter()
        .filter(|path| !path.ends_with("data.db-shm"));
    files
        .map(|path| (path.clone(), fs::read(&path).expect("a file")))
        .collect()
}

/// The program refuses to start and says one of these words.
fn refuses(house: &House, expected: &str) {
    let before = contents(&house.data());
    let outcome = house.run(&["serve", "--data", "data", "--listen", "127.0.0.1:0"]);
    let said = String::from_utf8_lossy(&outcome.stderr).into_owned();
    assert!(!outcome.status.success(), "it started: {said}");
    assert!(said.contains(expected), "{said}");
    let databases = |files: Vec<(std::path::PathBuf, Vec<u8>)>| -> Vec<_> {
        files
            .into_iter()
            .filter(|(path, _)| path.extension().is_some_and(|end| end == "key"))
            .collect()
    };
    assert_eq!(
        databases(before),
        databases(contents(&house.data())),
        "a key was changed"
    );
}

#[test]
fn a_wrong_key_opens_nothing() {
    let (house, other) = (lived_in(), lived_in());
    fs::copy(other.data().join("keys/root.key"), house.data().join("keys/root.key")).expect("the key is swapped");
    refuses(&house, "ключ не от этих данных");
}

#[test]
fn a_key_others_can_read_is_refused() {
    let house = lived_in();
    let key = house.data().join("keys/root.key");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).expect("the mode changes");
    refuses(&house, "chmod 600");
}

#[test]
fn data_without_their_keys_never_get_a_new_key() {
    let house = lived_in();
    for path in files_below(&house.data()) {
        if path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with("keys.db"))
        {
            fs::remove_file(path).expect("the key database is lost");
        }
    }
    refuses(&house, "базы ключей нет");
}

#[test]
fn an_unknown_setting_names_the_nearest_one() {
    let house = House::prepared(Engine::Sqlite, "lissten = \"127.0.0.1:0\"\n", "");
    let outcome = house.run(&["serve", "--data", "data"]);
    let said = String::from_utf8_lossy(&outcome.stderr).into_owned();
    assert!(
        !outcome.status.success() && said.contains("listen") && said.contains("строка 1"),
        "{said}"
    );
    assert!(!house.data().exists(), "nothing was made");
}

#[test]
fn a_second_copy_on_the_same_data_is_refused() {
    let house = House::fresh(Engine::Sqlite);
    let outcome = house.run(&["serve", "--data", "data", "--listen", "127.0.0.1:0"]);
    let said = String::from_utf8_lossy(&outcome.stderr).into_owned();
    assert!(!outcome.status.success() && said.contains("уже открыты"), "{said}");
}
