//! Shirma beside the clients others wrote: `cargo xtask peers` makes a Python environment and calls this.
//!
//! Lives through a whole conversation in both messengers, writes down what the program sent and what it read of each
//! fixture, and hands that to `tests/peers/check.py` with the addresses of our stand-ins. There aiogram and maxapi read the
//! same bodies, judge our calls by their own models and talk to the stand-ins. The exit code is the script's.
#![expect(
    clippy::disallowed_methods,
    reason = "starts the script, which is no part of the product"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};
use clap::Parser;
use serde_json::{Value, json};
use shirma::channels::{max, telegram};
use shirma::contract::Event;
use shirma_store::Engine;
use shirma_vault::SecretString;

use street::{Plan, Street, buttons, payload_of, words};
use support::expect::actual;
use support::house::House;
use support::max::Max;
use support::stand_in::Seen;
use support::telegram::Telegram;
use updates::Person;

#[expect(dead_code, reason = "a part of what the whole-program tests use")]
#[path = "../tests/it/records.rs"]
mod records;
#[expect(dead_code, reason = "a part of what the whole-program tests use")]
#[path = "../tests/it/street.rs"]
mod street;
#[expect(dead_code, reason = "a part of what the whole-program tests stand on")]
#[path = "../tests/support/mod.rs"]
mod support;
#[expect(dead_code, reason = "a part of what the whole-program tests use")]
#[path = "../tests/it/updates.rs"]
mod updates;

/// The token by which the fixtures of MAX sign shared contacts.
const FIXTURE_TOKEN: &str = "max-test-token-0001";
const CLIENT: Person = Person {
    id: 7_000_000_950,
    first: "Агафья",
    last: "Тестова",
    username: "agafya",
};

/// Compares with official clients.
#[derive(Parser)]
struct Call {
    /// The Python that has them
    #[arg(long)]
    python: PathBuf,
}

fn main() -> Result<ExitCode> {
    let call = Call::parse();
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let (telegram, max) = (Telegram::start(), Max::start());
    for update in telegram_updates() {
        telegram.push_update(update);
    }
    for update in max_updates() {
        max.push_update(update);
    }
    let (telegram_calls, max_calls) = conversation();
    let exchange = json!({
        "telegram": {"url": telegram.url(), "calls": telegram_calls, "read": read_telegram(&tests)?},
        "max": {"url": max.url(), "calls": max_calls, "read": read_max(&tests)?},
    });
    let folder = tempfile::tempdir().context("no temporary folder")?;
    let file = folder.path().join("exchange.json");
    fs::write(&file, exchange.to_string()).context("the exchange cannot be written")?;
    let status = Command::new(&call.python)
        .arg(tests.join("peers/check.py"))
        .arg(&file)
        .status()
        .with_context(|| format!("cannot start {}", call.python.display()))?;
    let code = status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1);
    Ok(ExitCode::from(code))
}

/// Everything our test clients do in Telegram.
fn telegram_updates() -> Vec<Value> {
    use updates::telegram::{contact, edited, in_group, membership, press, text};
    vec![
        text(&CLIENT, 1, "Сколько стоит педикюр?"),
        edited(&CLIENT, 1, "Сколько стоит маникюр?"),
        press(&CLIENT, "consent:assistant:1:yes"),
        contact(&CLIENT, 2, "+7 900 777-66-01"),
        in_group(&CLIENT, 3, "Кто знает?"),
        membership(&CLIENT, "kicked"),
        membership(&CLIENT, "member"),
    ]
}

/// Everything our test clients do in MAX.
fn max_updates() -> Vec<Value> {
    use updates::max::{contact, removed, text};
    vec![
        text(&CLIENT, "mid.peer.1", "Сколько стоит педикюр?"),
        contact(&CLIENT, "mid.peer.2", "79007776601", street::MAX_TOKEN),
        removed(&CLIENT, "mid.peer.1"),
    ]
}

/// What the program says to both messengers in a conversation with all it can say.
fn conversation() -> (Vec<Value>, Vec<Value>) {
    let (mut telegram, mut max) = (Vec::new(), Vec::new());
    let street = Street::with_rules(Engine::Sqlite);
    street.consents(&CLIENT);
    street.asks(&CLIENT, "Какой у вас адрес?");
    book(&street);
    for update in max_updates().iter().take(2) {
        assert_eq!(street.hook_max(update).status, 200);
    }
    street.max.wait_for_sent("POST /messages", 2);
    let pressed = include_str!("../tests/fixtures/max/message_callback.json");
    let pressed: Value = serde_json::from_str(pressed).expect("our own fixture");
    assert_eq!(street.hook_max(&pressed).status, 200);
    street.max.wait_for_sent("POST /answers", 1);
    telegram.extend(street.telegram.calls());
    max.extend(street.max.calls());

    let polling = Street::open(
        Engine::Sqlite,
        Plan {
            poll: true,
            ..Plan::default()
        },
    );
    polling.max.wait_for_sent("GET /updates", 1);
    polling.telegram.wait_for_sent("getUpdates", 1);
    telegram.extend(polling.telegram.calls());
    max.extend(polling.max.calls());

    let (one, other) = (Telegram::start(), Max::start());
    let settings = format!(
        "public_url = \"https://primer.example\"\n[[telegram]]\nname = \"main\"\nbase_url = \"{}\"\n\
         [[max]]\nname = \"main\"\nbase_url = \"{}\"\n",
        one.url(),
        other.url()
    );
    let secrets = "[telegram.main]\ntoken = \"7100000001:peer\"\nwebhook_secret = \"peer-secret\"\n\
                   [max.main]\ntoken = \"peer\"\nwebhook_secret = \"peer-secret\"\n";
    let _registered = House::furnished(Engine::Sqlite, &settings, secrets);
    one.wait_for_sent("setWebhook", 1);
    other.wait_for_sent("POST /subscriptions", 1);
    telegram.extend(one.calls());
    max.extend(other.calls());
    (
        telegram.iter().map(call_of).collect(),
        max.iter().map(call_of).collect(),
    )
}

/// Goes through the booking form up to the request for a contact and past it.
fn book(street: &Street) {
    /// The form has fewer questions.
    const MOST_TURNS: usize = 6;
    let mut heard = street.sent_to(&CLIENT).len();
    street.writes(&CLIENT, "Запишите меня на педикюр завтра в 15:00");
    for _ in 0..MOST_TURNS {
        heard += 1;
        let last = street.hears(&CLIENT, heard);
        let labels: Vec<String> = buttons(&last).concat().into_iter().map(|(label, _)| label).collect();
        if words(&last).starts_with("Передаю администратору:") {
            return;
        } else if labels.iter().any(|label| label == "Да") {
            street.presses(&CLIENT, &payload_of(&last, "Да"));
        } else {
            street.writes(&CLIENT, "Ответьте здесь");
        }
    }
}

fn call_of(seen: &Seen) -> Value {
    let query = seen.path.split_once('?').map_or("", |(_, query)| query);
    json!({"method": seen.method, "place": seen.place(), "query": query, "body": seen.json()})
}

fn read_telegram(tests: &Path) -> Result<Vec<Value>> {
    read(tests, "telegram", |body| telegram::parse(body).ok())
}

fn read_max(tests: &Path) -> Result<Vec<Value>> {
    let token = SecretString::new(FIXTURE_TOKEN);
    read(tests, "max", |body| max::parse(body, &token).ok())
}

/// Each webhook body of the fixtures and of our test clients with what our adapter read in it.
fn read(tests: &Path, provider: &str, parse: impl Fn(&[u8]) -> Option<Vec<Event>>) -> Result<Vec<Value>> {
    let folder = tests.join("fixtures").join(provider);
    let mut bodies = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !name.ends_with(".request.json") && !name.ends_with(".response.json") {
            bodies.push((name, fs::read(&path)?));
        }
    }
    bodies.sort();
    let own = if provider == "max" {
        max_updates()
    } else {
        telegram_updates()
    };
    let own = own.iter().enumerate();
    bodies.extend(own.map(|(index, update)| (format!("own update {index}"), update.to_string().into_bytes())));
    let line = |(name, body): (String, Vec<u8>)| {
        let events = parse(&body).with_context(|| format!("our own adapter cannot read {name}"))?;
        let body: Value = serde_json::from_slice(&body)?;
        Ok(json!({"name": name, "body": body, "events": events.iter().map(told).collect::<Vec<_>>()}))
    };
    bodies.into_iter().map(line).collect()
}

/// What was read of an event, by the keys that fixtures use.
fn told(event: &Event) -> Value {
    const KEYS: [&str; 10] = [
        "kind",
        "chat_id",
        "sender_id",
        "sender_name",
        "message_id",
        "text",
        "phone",
        "callback_id",
        "button_payload",
        "start_payload",
    ];
    let pairs = KEYS.map(|key| (key.to_owned(), actual(event, key).unwrap_or_default()));
    Value::Object(pairs.into_iter().collect())
}
