//! Whatever comes in at the door: a clear refusal or sane handling, no panic, no growth, nothing personal in the answer.

use serde_json::json;

use shirma_store::Engine;

use crate::records::Records;
use crate::street::{Street, TELEGRAM_SECRET, telegram_hook, words};
use crate::support::canary::{Canary, sweep_bytes};
use crate::support::http::Request;
use crate::updates::{Person, telegram};

const CLIENT: Person = Person {
    id: 700_000_701,
    first: "Раиса",
    last: "Канарейкина",
    username: "raisa",
};
/// Bodies thrown at the program; each is refused or ignored.
const JUNK: usize = 10_000;
/// Growth of memory allowed meanwhile (security.md P15).
const GROWTH_BYTES: u64 = 50 * 1024 * 1024;

#[test]
fn every_kind_of_wrong_request_has_its_refusal_and_leaves_nothing() {
    let mut street = Street::with_rules(Engine::Sqlite);
    let right = telegram::text(&CLIENT, 1, "Меня зовут Раиса Канарейкина");
    let hook = |body: Vec<u8>| {
        Request::post("/hooks/telegram/salon", "application/json", body)
            .header("X-Telegram-Bot-Api-Secret-Token", TELEGRAM_SECRET)
    };
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let cases = [
        (Request::json("/hooks/telegram/salon", &right), 403),
        (
            Request::json("/hooks/telegram/salon", &right).header("X-Telegram-Bot-Api-Secret-Token", "wrong"),
            403,
        ),
        (
            Request::json("/hooks/telegram/other", &right).header("X-Telegram-Bot-Api-Secret-Token", TELEGRAM_SECRET),
            404,
        ),
        (Request::json("/hooks/pigeon/salon", &right), 404),
        (hook(b"{\"update_id\": ".to_vec()), 400),
        (hook(deep.into_bytes()), 400),
        (hook(vec![b' '; 2 * 1024 * 1024]), 413),
        (
            Request::post("/hooks/site/demo", "application/json", vec![b'x'; 64 * 1024]),
            400,
        ),
        (
            Request::json(
                "/hooks/site/demo",
                &json!({"name": "Раиса Канарейкина", "started_ms": 9000}),
            ),
            422,
        ),
        (Request::json("/hooks/site/nobody", &json!({})), 404),
    ];
    let canaries = [Canary::words("Канарейкин")];
    for (request, status) in &cases {
        let response = street.house.call(request);
        assert_eq!(response.status, *status, "{}", response.text());
        assert_eq!(sweep_bytes("the answer", response.text().as_bytes(), &canaries), []);
    }
    street.stop_and_verify();
    assert_eq!(sweep_bytes("the log", street.house.said().as_bytes(), &canaries), []);
    let records = Records::of(&street.house);
    assert_eq!(records.count("select count(*) from inbox"), 0);
    assert_eq!(records.count("select count(*) from subject"), 0);
}

#[test]
fn strange_texts_are_kept_and_answered_like_others() {
    let mut street = Street::with_rules(Engine::Sqlite);
    let texts = [
        "🙂🙂🙂".to_owned(),
        "\u{0}\u{1}\u{7f}звонок\u{202e}авонз".replace('\u{0}', ""),
        "з\u{200b}д\u{200d}р\u{ad}авствуйте".to_owned(),
        "а".repeat(200_000),
    ];
    for (index, text) in texts.iter().enumerate() {
        let client = Person::nobody(700_000_800 + index as i64);
        street.writes(&client, text);
        // A smile alone asks for no answer; words in any dress do.
        if index > 0 {
            assert!(!words(&street.hears(&client, 2)).is_empty(), "{index}");
        }
    }
    street.stop_and_verify();
    let said = street.house.said();
    assert!(!said.contains("panic"), "{said}");
    assert_eq!(
        Records::of(&street.house).count("select count(*) from message where author = 'client'"),
        4
    );
}

#[test]
fn ten_thousand_junk_requests_neither_stop_nor_swell_the_program() {
    let street = Street::with_rules(Engine::Sqlite);
    street.writes(&CLIENT, "Здравствуйте");
    street.hears(&CLIENT, 2);
    let before = street.house.resident_bytes();
    let mut seed: u64 = 0x5eed;
    for number in 0..JUNK {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let body: Vec<u8> = (0..seed % 300)
            .map(|index| (seed >> (index % 56)) as u8 ^ index as u8)
            .collect();
        let request = match number % 4 {
            0 => Request::post("/hooks/telegram/salon", "application/json", body),
            1 => telegram_hook(&json!({"update_id": number, "some_new_kind": {"n": seed}})),
            2 => Request::post("/hooks/site/demo", "application/x-www-form-urlencoded", body),
            _ => Request::post(format!("/hooks/{seed}/x"), "text/plain", body),
        };
        let status = street.house.call(&request).status;
        assert!(status < 500, "request {number}: {status}");
    }
    let grown = street.house.resident_bytes().saturating_sub(before);
    assert!(grown <= GROWTH_BYTES, "grew by {grown} bytes");
    assert!(!street.house.said().contains("panic"));
    assert!(
        !street.asks(&CLIENT, "Сколько стоит стрижка?").is_empty(),
        "clients are still served"
    );
}
