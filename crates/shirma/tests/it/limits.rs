//! Limits of the web surface (security.md §9): headers, slow connections, depth, packed bodies, floods. Nothing of it leaves
//! a trace in the data, and a client is served as before.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::json;
use shirma_store::Engine;

use crate::records::Records;
use crate::street::{Street, TELEGRAM_SECRET, telegram_hook};
use crate::support::http::Request;
use crate::updates::Person;

const CLIENT: Person = Person {
    id: 700_000_701,
    first: "Раиса",
    last: "Канарейкина",
    username: "raisa",
};

/// Longer than the program waits for a header, and shorter than the next test should have to.
const HEADER_WAIT: Duration = Duration::from_secs(20);

/// Sends these bytes as they are and gives all that comes back until the other side closes; panics if it does not in time.
fn exchange(street: &Street, bytes: &[u8]) -> String {
    #[expect(clippy::disallowed_methods, reason = "what is sent here no client would send")]
    let mut stream = TcpStream::connect(street.house.address()).expect("the port is open");
    stream.set_read_timeout(Some(HEADER_WAIT)).expect("a time limit");
    stream.write_all(bytes).expect("sent");
    let mut answer = Vec::new();
    if let Err(error) = stream.read_to_end(&mut answer) {
        let gave_up = matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut);
        assert!(!gave_up, "the connection is held");
    }
    String::from_utf8_lossy(&answer).into_owned()
}

fn nested(depth: usize) -> String {
    format!(
        "{{\"update_id\":1,\"extra\":{}{}}}",
        "[".repeat(depth),
        "]".repeat(depth)
    )
}

fn hook(body: impl Into<Vec<u8>>) -> Request {
    Request::post("/hooks/telegram/salon", "application/json", body)
        .header("X-Telegram-Bot-Api-Secret-Token", TELEGRAM_SECRET)
}

#[test]
fn headers_have_a_size_and_a_time() {
    let street = Street::with_rules(Engine::Sqlite);
    let large = format!(
        "GET /healthz HTTP/1.1\r\nHost: a\r\nX-Long: {}\r\n\r\n",
        "a".repeat(17 * 1024)
    );
    let answer = exchange(&street, large.as_bytes());
    assert!(answer.starts_with("HTTP/1.1 431"), "{answer}");
    let answer = exchange(&street, b"GET /healthz HTTP/1.1\r\nHost: a\r\nX-Slow: ");
    assert!(!answer.contains("200"), "{answer}");
    assert_eq!(street.house.call(&Request::get("/healthz")).status, 200);
}

#[test]
fn deep_and_packed_bodies_are_refused_and_leave_nothing() {
    let mut street = Street::with_rules(Engine::Sqlite);
    assert_eq!(
        street.house.call(&hook(nested(63))).status,
        200,
        "deep enough for anybody"
    );
    assert_eq!(street.house.call(&hook(nested(64))).status, 400);
    let site = |body: String| Request::post("/hooks/site/demo", "application/json", body);
    let answer = street.house.call(&site(nested(64)));
    assert_eq!(answer.status, 400);
    // A packed body is bytes like any others: nobody unpacks it.
    let packed: Vec<u8> = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]
        .into_iter()
        .chain([0; 500])
        .collect();
    for encoding in ["gzip", "br", "deflate", "zstd"] {
        let status = street
            .house
            .call(&hook(packed.clone()).header("Content-Encoding", encoding))
            .status;
        assert_eq!(status, 400, "{encoding}");
    }
    street.stop_and_verify();
    assert_eq!(Records::of(&street.house).count("select count(*) from message"), 0);
}

#[test]
fn a_flood_of_one_messenger_is_told_to_come_again_and_nothing_is_lost() {
    let street = Street::with_rules(Engine::Sqlite);
    // Bodies that cost nothing to refuse, so that the flood is faster than the pace even on a slow machine.
    let flood = hook(nested(64));
    let overrun = (0..20_000)
        .map(|_| street.house.call(&flood))
        .find(|answer| answer.status != 400);
    let overrun = overrun.expect("a flood meets its limit");
    assert_eq!(overrun.status, 503);
    assert_eq!(overrun.header("retry-after"), Some("5"));
    // What was refused then comes again, as messengers do, and is taken.
    let update = telegram_hook(&json!({"update_id": 1, "some_new_kind": {}}));
    let taken = (0..100).any(|_| {
        std::thread::sleep(Duration::from_millis(100));
        street.house.call(&update).status == 200
    });
    assert!(taken, "the flood is over and the door is still shut");
    street.writes(&CLIENT, "Здравствуйте");
    street.hears(&CLIENT, 2);
}
