//! Whatever arrives, reading it ends with events or a refusal.

use std::sync::LazyLock;

use proptest::prelude::*;
use serde_json::Value;
use shirma::channels::site::Site;
use shirma::channels::site::form::{Post, Rules, decide};
use shirma::channels::{max, telegram};
use shirma::contract::{Channel, Refusal};
use shirma_vault::SecretString;

use crate::corpus;

/// All bodies of the three channels.
static BODIES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let all = ["telegram", "max", "site_form"].into_iter().flat_map(corpus::of);
    all.map(|fixture| fixture.body).collect()
});

fn read_everywhere(body: &[u8]) {
    let token = SecretString::new("max-test-token-0001");
    let _ = telegram::parse(body);
    let _ = telegram::page(body, Some("1"));
    let _ = telegram::sent(body);
    let _ = telegram::classify(400, None, body);
    let _ = max::parse(body, &token);
    let _ = max::page(body, None);
    let _ = max::sent(body);
    let _ = max::classify(400, None, body);
    let _ = Site::new("form").parse(body);
    for content_type in ["application/json", "application/x-www-form-urlencoded"] {
        let rules = Rules {
            name: "form".to_owned(),
            origins: Vec::new(),
            minimum_fill_ms: 0,
            consent_required: false,
            consent_text_version: String::new(),
        };
        let _ = decide(
            0,
            &rules,
            &Post {
                content_type: Some(content_type),
                origin: None,
                body,
            },
            &|_| [0; 32],
        );
    }
}

/// Any JSON made of the names that the services use, so that it gets past the first check.
fn any_json() -> impl Strategy<Value = Value> {
    let names = prop::sample::select(vec![
        "update_id",
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
        "chat",
        "from",
        "id",
        "type",
        "text",
        "contact",
        "photo",
        "update_type",
        "timestamp",
        "body",
        "recipient",
        "sender",
        "link",
        "attachments",
        "payload",
        "callback",
        "user",
        "user_id",
        "vcf_info",
        "result",
        "ok",
        "updates",
        "marker",
        "name",
        "started_ms",
        "consent",
    ]);
    let words = prop::sample::select(vec![
        "message_created",
        "bot_started",
        "private",
        "dialog",
        "contact",
        "/start",
        "",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        words.prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 48, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(names.clone().prop_map(str::to_owned), inner, 0..8)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_survived(body in prop::collection::vec(any::<u8>(), 0..400)) {
        read_everywhere(&body);
    }

    #[test]
    fn any_json_is_survived(body in any_json()) {
        read_everywhere(body.to_string().as_bytes());
    }

    #[test]
    fn broken_fixtures_are_survived(at in any::<prop::sample::Index>(), cut in any::<prop::sample::Index>(), byte: u8) {
        let mut body = BODIES[at.index(BODIES.len())].clone();
        let place = cut.index(body.len());
        body[place] = byte;
        read_everywhere(&body);
        read_everywhere(&body[..place]);
    }
}

#[test]
fn body_of_another_service_is_unreadable() {
    let token = SecretString::new("token");
    let refused = |name: &str, refusal: Option<Refusal>| assert_eq!(refusal, Some(Refusal::Unreadable), "{name}");
    for body in [
        &b""[..],
        b"{}",
        b"[]",
        b"null",
        b"hello",
        br#"{"update_id":"5"}"#,
        br#"{"update_type":5}"#,
    ] {
        refused("telegram", telegram::parse(body).err());
        refused("max", max::parse(body, &token).err());
        refused("site", Site::new("form").parse(body).err());
    }
    refused(
        "telegram",
        telegram::parse(br#"{"update_id":5,"message":{"text":"no chat"}}"#).err(),
    );
    refused("max", max::parse(br#"{"update_type":"message_created"}"#, &token).err());
}
