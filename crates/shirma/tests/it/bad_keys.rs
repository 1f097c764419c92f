//! Bad set-ups of the keys (security.md P6): the program does not start, says in Russian what to do, and not a byte of the
//! data folder is another one. And the good ones of each source, so that a refusal is told from a source that never works.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::json;
use shirma_store::{Engine, Error, params};

use crate::records::Records;
use crate::support::canary::files_below;
use crate::support::house::{House, signal};
use crate::support::patience::{LONGEST, wait_up_to};
use crate::support::stand_in::{Reply, StandIn};

const SERVE: [&str; 5] = ["serve", "--data", "data", "--listen", "127.0.0.1:0"];
const PASSPHRASE: &str = "[keys]\nsource = \"passphrase\"\n";
const KEY: &str = "00112233445566778899aabbccddeeff102132435465768798a9bacbdcedfe0f";
const TOKEN: &str = "keyserver-token";

/// One bad set-up: what is done to a house that lived, how it is started, and words of the refusal.
struct Case {
    name: &'static str,
    /// Settings in the place of the ones it lived with.
    settings: Option<String>,
    secrets: Option<String>,
    variables: Vec<(&'static str, String)>,
    spoil: Box<dyn Fn(&House)>,
    says: &'static [&'static str],
}

impl Case {
    fn new(name: &'static str, says: &'static [&'static str], spoil: impl Fn(&House) + 'static) -> Case {
        Case {
            name,
            settings: None,
            secrets: None,
            variables: Vec::new(),
            spoil: Box::new(spoil),
            says,
        }
    }

    fn settings(mut self, text: &str) -> Case {
        self.settings = Some(text.to_owned());
        self
    }

    fn secrets(mut self, text: &str) -> Case {
        self.secrets = Some(text.to_owned());
        self
    }

    fn variable(mut self, name: &'static str, value: impl Into<String>) -> Case {
        self.variables.push((name, value.into()));
        self
    }
}

fn key_file(house: &House) -> PathBuf {
    house.data().join("keys/root.key")
}

fn lay(path: &Path, bytes: impl AsRef<[u8]>, mode: u32) {
    let _none = fs::remove_file(path);
    fs::write(path, bytes).expect("a file is written");
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("our own file");
}

fn lose_keys(house: &House) {
    for path in files_below(&house.data()) {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        if name.is_some_and(|name| name.starts_with("keys.db")) {
            fs::remove_file(path).expect("the key database is lost");
        }
    }
}

/// Changes the key store as somebody does who holds its file.
fn in_key_store(house: &House, sql: &'static str) {
    let records = Records::of(house);
    let keys = records.vault().keys().clone();
    let changed = keys.write_blocking(move |tx| -> Result<u64, Error> { tx.execute(sql, params![]) });
    assert!(changed.expect("the statement runs") > 0, "{sql}");
}

fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = files_below(folder).into_iter();
    files
        .map(|path| (path.clone(), fs::read(&path).unwrap_or_default()))
        .collect()
}

/// Runs to the end; one that serves instead is ended and told.
fn ends(mut command: Command) -> Output {
    let child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = child.expect("the program starts");
    let ended = wait_up_to(LONGEST, || child.try_wait().expect("our own child"));
    if ended.is_none() {
        child.kill().expect("our own child");
    }
    let output = child.wait_with_output().expect("our own child");
    assert!(
        ended.is_some(),
        "it serves: {}",
        String::from_utf8_lossy(&output.stdout)
    );
    output
}

fn furnish(house: &House, settings: Option<&str>, secrets: Option<&str>) {
    if let Some(settings) = settings {
        fs::write(house.folder().join("shirma.toml"), settings).expect("the settings are written");
    }
    if let Some(secrets) = secrets {
        lay(&house.folder().join("shirma.secrets.toml"), secrets, 0o600);
    }
}

fn refuses(lived_in: &House, case: &Case) {
    let house = lived_in.twin();
    (case.spoil)(&house);
    furnish(&house, case.settings.as_deref(), case.secrets.as_deref());
    let before = contents(&house.data());
    let mut command = house.command(&SERVE);
    for (name, value) in &case.variables {
        command.env(name, value.replace("HERE", &house.folder().display().to_string()));
    }
    let outcome = ends(command);
    let said = String::from_utf8_lossy(&outcome.stderr).into_owned();
    assert!(!outcome.status.success(), "{}: it started: {said}", case.name);
    for words in case.says {
        assert!(said.contains(words), "{}: «{words}» not in: {said}", case.name);
    }
    assert!(
        !said.contains(KEY) && !said.contains(TOKEN),
        "{}: a secret is told",
        case.name
    );
    let after = contents(&house.data());
    for (path, bytes) in &after {
        assert_eq!(
            before.get(path),
            Some(bytes),
            "{}: {} was changed",
            case.name,
            path.display()
        );
    }
    assert_eq!(before.len(), after.len(), "{}: a file is gone", case.name);
}

fn lived_in(settings: &str, secrets: &str) -> House {
    let mut house = House::furnished(Engine::Sqlite, settings, secrets);
    assert!(house.stop().success());
    house
}

fn broken_files() -> Vec<Case> {
    let spoiled = |name, says, bytes: Vec<u8>, mode| {
        Case::new(name, says, move |house: &House| lay(&key_file(house), &bytes, mode))
    };
    vec![
        Case::new(
            "no key file",
            &["файла нет", "keys.file", "restore-root"],
            |house| {
                fs::remove_file(key_file(house)).expect("the key is lost");
            },
        ),
        spoiled("an empty key file", &["в файле не ключ", "из копии"], Vec::new(), 0o600),
        spoiled("a short key", &["в файле не ключ"], vec![7, 8, 9], 0o600),
        spoiled("a placeholder", &["заготовка"], vec![0; 32], 0o600),
        spoiled("another key", &["ключ не от этих данных"], (1..33).collect(), 0o600),
        Case::new(
            "a mistyped key",
            &["не сходится контрольная строка"],
            |house| {
                let text = fs::read_to_string(key_file(house)).expect("a key");
                let other = if text.starts_with('0') { "1" } else { "0" };
                lay(&key_file(house), format!("{other}{}", &text[1..]), 0o600);
            },
        ),
        Case::new("a key others can read", &["chmod 600"], |house| {
            fs::set_permissions(key_file(house), fs::Permissions::from_mode(0o644)).expect("our own file");
        }),
        Case::new("a folder for a key", &["это не файл"], |house| {
            fs::remove_file(key_file(house)).expect("the key is lost");
            fs::create_dir(key_file(house)).expect("a folder");
        }),
        Case::new("data without keys", &["базы ключей нет", "из копии"], lose_keys),
        Case::new(
            "a damaged key of clients",
            &["general/1", "испорчена"],
            |house| {
                in_key_store(
                    house,
                    "update keyring set wrapped = (select wrapped from keyring where id = 'medical/1') where id = 'general/1'",
                );
            },
        ),
        Case::new("a key of clients is gone", &["нет ключа general"], |house| {
            in_key_store(house, "delete from keyring where id = 'general/1'");
        }),
        Case::new("two keys in force", &["испорчена"], |house| {
            in_key_store(
                house,
                "insert into keyring select 'audit/2', purpose, 2, state, parent, wrapped from keyring where id = 'audit/1'",
            );
        }),
    ]
}

#[test]
fn broken_keys_start_nothing_and_change_nothing() {
    let house = lived_in("", "");
    for case in broken_files() {
        refuses(&house, &case);
    }
}

#[test]
fn keys_of_another_installation_are_told_from_ones_own() {
    let (house, other) = (lived_in("", ""), lived_in("", ""));
    let theirs = other.data();
    let case = Case::new(
        "keys and root key of others",
        &["от других данных", "из копии"],
        move |house| {
            lose_keys(house);
            for name in ["keys.db", "keys/root.key"] {
                fs::copy(theirs.join(name), house.data().join(name)).expect("a copy");
            }
            lay(&house.data().join("keys.db.lock"), "", 0o600);
        },
    );
    refuses(&house, &case);
}

#[test]
fn key_of_another_user_is_refused() {
    let house = lived_in("", "");
    // Only the administrator can give a file away.
    let give = |house: &House| std::os::unix::fs::chown(key_file(house), Some(65_534), None);
    if give(&house).is_err() {
        eprintln!("SKIPPED: giving a file to another user needs the administrator");
        return;
    }
    let case = Case::new(
        "a key of somebody else",
        &["другому пользователю"],
        move |house| {
            give(house).expect("it was possible a moment ago");
        },
    );
    refuses(&house, &case);
}

#[test]
fn wrong_passphrases_start_nothing() {
    let house = lived_in(PASSPHRASE, "[keys]\npassphrase = \"шесть тихих слов\"\n");
    let cases = [
        Case::new("another passphrase", &["ключ не от этих данных"], |_| {})
            .secrets("[keys]\npassphrase = \"шесть тихих снов\"\n"),
        Case::new("a short passphrase", &["короче 10 знаков"], |_| {}).secrets("[keys]\npassphrase = \"слово\"\n"),
        Case::new("no passphrase", &["keys.passphrase"], |_| {}).secrets(""),
    ];
    cases.iter().for_each(|case| refuses(&house, case));
}

#[test]
fn key_from_the_environment_is_for_trials_only() {
    const ENV: &str = "[keys]\nsource = \"env\"\n";
    let trial = format!("environment = \"development\"\n{ENV}");
    let house = House::prepared(Engine::Sqlite, &trial, "");
    let start = |key: &str| {
        let mut command = house.command(&SERVE);
        command.env("SHIRMA_ROOT_KEY", key);
        command
    };
    let said = serves(start(KEY));
    assert!(
        said.contains("Внимание") && said.contains("SHIRMA_ROOT_KEY") && !said.contains(KEY),
        "{said}"
    );
    let cases = [
        Case::new("a variable at work", &["только для разработки"], |_| {})
            .settings(ENV)
            .variable("SHIRMA_ROOT_KEY", KEY),
        Case::new("no variable", &["SHIRMA_ROOT_KEY нет"], |_| {}),
        Case::new("an empty variable", &["записан с ошибкой"], |_| {}).variable("SHIRMA_ROOT_KEY", ""),
        Case::new("a mistyped variable", &["записан с ошибкой"], |_| {}).variable("SHIRMA_ROOT_KEY", &KEY[1..]),
        Case::new("a placeholder", &["заготовка"], |_| {}).variable("SHIRMA_ROOT_KEY", "0".repeat(64)),
        Case::new("another key", &["ключ не от этих данных"], |_| {})
            .variable("SHIRMA_ROOT_KEY", KEY.replace("0011", "1100")),
    ];
    cases.iter().for_each(|case| refuses(&house, case));
    serves(start(KEY));
}

#[test]
fn systemd_hands_over_a_credential_and_nothing_else_does() {
    const CREDENTIAL: &str = "[keys]\nsource = \"credential\"\ncredential = \"shirma-root\"\n";
    let house = House::prepared(Engine::Sqlite, CREDENTIAL, "");
    let directory = house.folder().join("credentials");
    fs::create_dir(&directory).expect("a folder");
    lay(&directory.join("shirma-root"), (1..33).collect::<Vec<u8>>(), 0o400);
    let start = || {
        let mut command = house.command(&SERVE);
        command.env("CREDENTIALS_DIRECTORY", &directory);
        command
    };
    serves(start());
    let given = |name, says: &'static [&'static str], bytes: Vec<u8>, mode| {
        Case::new(name, says, move |house: &House| {
            fs::create_dir(house.folder().join("credentials")).expect("a folder");
            lay(&house.folder().join("credentials/shirma-root"), &bytes, mode);
        })
        .variable("CREDENTIALS_DIRECTORY", "HERE/credentials")
    };
    let right: Vec<u8> = (1..33).collect();
    let cases = [
        Case::new("not started by systemd", &["systemctl start"], |_| {}),
        Case::new("no credential", &["файла нет"], |_| {}).variable("CREDENTIALS_DIRECTORY", "HERE/credentials"),
        given("a credential everybody reads", &["chmod 600"], right, 0o444),
        given(
            "another credential",
            &["ключ не от этих данных"],
            (2..34).collect(),
            0o400,
        ),
        given("an empty credential", &["в файле не ключ"], Vec::new(), 0o400),
        Case::new("a path for a name", &["keys.credential"], |_| {})
            .settings("[keys]\nsource = \"credential\"\ncredential = \"../root\"\n"),
    ];
    cases.iter().for_each(|case| refuses(&house, case));
    serves(start());
}

/// A transit engine: what it wraps is the plain text backwards.
fn key_server() -> StandIn {
    StandIn::start(|seen| {
        if seen.header("x-vault-token") != Some(TOKEN) {
            return Reply::json(403, &json!({"errors": ["permission denied"]}));
        }
        let turned = |text: &str| text.chars().rev().collect::<String>();
        let word = |name: &str| seen.json()[name].as_str().unwrap_or_default().to_owned();
        match (seen.method.as_str(), seen.place()) {
            ("POST", "/v1/transit/encrypt/shirma") => Reply::json(
                200,
                &json!({"data": {"ciphertext": format!("vault:v1:{}", turned(&word("plaintext")))}}),
            ),
            ("POST", "/v1/transit/decrypt/shirma") => {
                let plain = turned(word("ciphertext").trim_start_matches("vault:v1:"));
                Reply::json(200, &json!({"data": {"plaintext": plain}}))
            }
            _ => Reply::json(404, &json!({"errors": []})),
        }
    })
}

#[test]
fn key_server_unwraps_the_key_or_nothing_starts() {
    let server = key_server();
    let settings =
        |url: &str, key: &str| format!("[keys]\nsource = \"vault\"\nvault_url = \"{url}\"\nvault_key = \"{key}\"\n");
    let secrets = |token: &str| format!("[keys]\nvault_token = \"{token}\"\n");
    let house = House::prepared(Engine::Sqlite, &settings(&server.url(), "shirma"), &secrets(TOKEN));
    serves(house.command(&SERVE));
    let wrapped = fs::read_to_string(house.data().join("keys/root.wrapped")).expect("the wrapped key is kept");
    assert!(wrapped.starts_with("vault:v1:"));
    assert!(!key_file(&house).exists(), "the key itself is nowhere");
    serves(house.command(&SERVE));
    let lay_wrapped =
        |text: &'static str| move |house: &House| lay(&house.data().join("keys/root.wrapped"), text, 0o600);
    let silent = StandIn::start(|_| Reply::Dropped);
    let garbled = StandIn::start(|_| Reply::bytes(200, "{\"data\": 7}"));
    let cases = [
        Case::new("nobody at the address", &["не отвечает"], |_| {})
            .settings(&settings("http://127.0.0.1:9", "shirma")),
        Case::new("a server that says nothing", &["не отвечает"], |_| {}).settings(&settings(&silent.url(), "shirma")),
        Case::new("an answer of another kind", &["не разобрать"], |_| {}).settings(&settings(&garbled.url(), "shirma")),
        Case::new("a wrong token", &["403", "vault_token"], |_| {}).secrets(&secrets("other")),
        Case::new("no token", &["keys.vault_token"], |_| {}).secrets(""),
        Case::new("another key of the server", &["404"], |_| {}).settings(&settings(&server.url(), "other")),
        Case::new("clear text to the internet", &["Сервер ключей"], |_| {})
            .settings(&settings("http://1.1.1.1", "shirma")),
        Case::new(
            "the wrapped key is lost",
            &["нет файла", "из копии"],
            |house| {
                fs::remove_file(house.data().join("keys/root.wrapped")).expect("it is lost");
            },
        ),
        Case::new(
            "something else in its place",
            &["не завёрнутый ключ"],
            lay_wrapped("hello"),
        ),
        Case::new(
            "an altered wrapped key",
            &["Сервер ключей"],
            lay_wrapped("vault:v1:!!!"),
        ),
    ];
    cases.iter().for_each(|case| refuses(&house, case));
    serves(house.command(&SERVE));
}

/// Starts, waits until it listens, ends it in order; gives what it said to the owner.
fn serves(mut command: Command) -> String {
    use std::io::{BufRead as _, BufReader, Read as _};
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let mut line = String::new();
    let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
    out.read_line(&mut line).expect("what it says");
    if !line.is_empty() {
        signal(&child, "TERM");
    }
    let mut said = String::new();
    child
        .stderr
        .take()
        .expect("a pipe")
        .read_to_string(&mut said)
        .expect("what it says");
    let status = child.wait().expect("our own child");
    assert!(
        line.contains("Ширма работает") && status.success(),
        "{status}: {line}{said}"
    );
    said
}
