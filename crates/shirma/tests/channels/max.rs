//! MAX: bodies read, written and refused.

use serde_json::{Value, json};
use shirma::channels::max::{
    classify, encode_answer, encode_message, encode_subscription, page, parse, poll_path, sent,
};
use shirma::contract::{Button, Event, EventKind, Outgoing, SendError, Tone};
use shirma_vault::SecretString;

use crate::corpus;

fn read(update: &Value) -> Vec<Event> {
    parse(update.to_string().as_bytes(), &token()).expect("an update")
}

/// The word that signs contacts in the fixtures.
fn token() -> SecretString {
    SecretString::new("max-test-token-0001")
}

fn fixture(name: &str) -> Value {
    corpus::one("max", name).json()
}

/// The message that a golden request was made of.
fn decode(request: &Value) -> Outgoing {
    let word = |value: &Value| value.as_str().expect("a word").to_owned();
    let button = |button: &Value| match button["type"].as_str() {
        Some("callback") => Button::Callback {
            text: word(&button["text"]),
            payload: word(&button["payload"]),
            tone: match button["intent"].as_str() {
                Some("positive") => Tone::Positive,
                Some("negative") => Tone::Negative,
                _ => Tone::Neutral,
            },
        },
        Some("link") => Button::Link {
            text: word(&button["text"]),
            url: word(&button["url"]),
        },
        _ => Button::Contact {
            text: word(&button["text"]),
        },
    };
    let rows = request["attachments"][0]["payload"]["buttons"].as_array();
    let row = |row: &Value| row.as_array().expect("a row").iter().map(button).collect();
    Outgoing {
        chat: "210000001".to_owned(),
        text: word(&request["text"]),
        buttons: rows.map(|rows| rows.iter().map(row).collect()).unwrap_or_default(),
        idem_key: "key".to_owned(),
    }
}

#[test]
fn every_webhook_of_the_fixtures_is_understood() {
    let mut keys = std::collections::BTreeSet::new();
    for fixture in corpus::of("max").iter().filter(|fixture| fixture.role == "webhook") {
        let events = parse(&fixture.body, &token()).expect(&fixture.file);
        fixture.check(&events);
        for event in events {
            assert!(keys.insert(event.key), "{}: the key was there", fixture.file);
        }
    }
    assert!(keys.len() >= 9, "{}", keys.len());
}

#[test]
fn page_of_a_poll_gives_webhook_bodies_and_the_next_cursor() {
    let fixture = corpus::one("max", "updates.response.json");
    let page = page(&fixture.body, Some("500000000")).expect("a page");
    let events: Vec<Event> = page
        .updates
        .iter()
        .flat_map(|update| parse(update, &token()).expect("an update"))
        .collect();
    fixture.check(&events);
    assert_eq!(
        page.cursor,
        fixture.expect["next_marker"].as_i64().map(|marker| marker.to_string())
    );
    assert_eq!(poll_path(Some("500000000")), fixture.path);
    assert_eq!(poll_path(None), "/updates?limit=100&timeout=30");
}

#[test]
fn golden_requests_are_reproduced() {
    let request = fixture("messages_send.request.json");
    assert_eq!(encode_message(&decode(&request)), request);
    let request = fixture("answers.request.json");
    assert_eq!(encode_answer(request["notification"].as_str().expect("words")), request);
    let request = fixture("subscriptions.request.json");
    let word = |name: &str| request[name].as_str().expect("a word").to_owned();
    assert_eq!(encode_subscription(&word("url"), &word("secret")), request);
}

#[test]
fn plain_message_has_no_attachments() {
    let message = Outgoing {
        chat: "1".into(),
        text: "Да".into(),
        buttons: vec![vec![]],
        idem_key: "key".into(),
    };
    assert_eq!(encode_message(&message), json!({ "text": "Да", "notify": true }));
}

#[test]
fn every_refusal_of_the_fixtures_is_understood() {
    let fixtures = corpus::of("max");
    let errors: Vec<_> = fixtures.iter().filter(|fixture| fixture.role == "error").collect();
    assert!(errors.len() >= 4);
    for fixture in errors {
        corpus::check_refusal(
            fixture,
            &classify(fixture.status, fixture.retry_after_ms(), &fixture.body),
        );
    }
}

#[test]
fn page_of_a_stranger_blames_neither_client_nor_token() {
    for status in [401, 403, 404, 451, 503] {
        assert_eq!(
            classify(status, None, b"<html>"),
            SendError::Later { after_ms: None },
            "{status}"
        );
    }
}

#[test]
fn sent_message_gives_its_id() {
    let fixture = corpus::one("max", "messages_send.response.json");
    assert_eq!(
        sent(&fixture.body).expect("sent").message_id.as_deref(),
        fixture.expect["message_id"].as_str()
    );
}

#[test]
fn forwarded_words_are_the_clients_words_and_quoted_ones_are_not() {
    let mut update = fixture("message_created_text.json");
    update["message"]["body"]["text"] = Value::Null;
    update["message"]["link"] = json!({ "type": "forward", "message": { "mid": "mid.1", "text": "пересланное" } });
    let text = |update: &Value| match read(update).pop().map(|event| event.kind) {
        Some(EventKind::Message { text, .. }) => text,
        _ => None,
    };
    assert_eq!(text(&update).as_deref(), Some("пересланное"));
    update["message"]["body"]["text"] = json!("смотрите");
    assert_eq!(text(&update).as_deref(), Some("смотрите\nпересланное"));
    update["message"]["link"]["type"] = json!("reply");
    assert_eq!(text(&update).as_deref(), Some("смотрите"));
}

#[test]
fn contact_that_was_forwarded_or_changed_is_a_claim() {
    let proven = |update: &Value| matches!(read(update)[0].kind, EventKind::ContactShared { is_sender: true, .. });
    let signed = fixture("message_created_contact.json");
    assert!(proven(&signed));
    let mut other = signed.clone();
    let card = signed["message"]["body"]["attachments"][0]["payload"]["vcf_info"]
        .as_str()
        .expect("a card");
    other["message"]["body"]["attachments"][0]["payload"]["vcf_info"] = card.replace("0002", "0003").into();
    assert!(!proven(&other));
    let mut forwarded = signed.clone();
    forwarded["message"]["link"] = json!({ "type": "forward", "message": signed["message"]["body"] });
    forwarded["message"]["body"] = json!({ "mid": "mid.9" });
    assert!(!proven(&forwarded));
    let mut unsigned = signed;
    unsigned["message"]["body"]["attachments"][0]["payload"]["hash"] = Value::Null;
    assert!(!proven(&unsigned));
}

#[test]
fn words_beside_a_contact_are_kept_as_a_second_event() {
    let mut update = fixture("message_created_contact.json");
    update["message"]["body"]["text"] = json!("звоните после 18");
    let events = read(&update);
    let kinds: Vec<&str> = events.iter().map(|event| event.kind.name()).collect();
    assert_eq!(kinds, ["contact_shared", "message"]);
    assert_ne!(events[0].key, events[1].key);
}

#[test]
fn second_press_and_second_edit_are_events_of_their_own() {
    for name in ["message_callback.json", "message_edited.json"] {
        let first = fixture(name);
        let mut second = first.clone();
        second["timestamp"] = json!(1_795_420_999_000_i64);
        if name == "message_callback.json" {
            second["callback"]["timestamp"] = json!(1_795_420_999_000_i64);
        }
        assert_eq!(read(&first)[0].key, read(&first)[0].key);
        assert_ne!(read(&first)[0].key, read(&second)[0].key, "{name}");
    }
}

#[test]
fn groups_bots_and_unknown_kinds_make_no_client() {
    for kind in ["chat", "channel"] {
        for name in [
            "message_created_text.json",
            "message_edited.json",
            "message_callback.json",
        ] {
            let mut update = fixture(name);
            update["message"]["recipient"]["chat_type"] = json!(kind);
            let events = read(&update);
            assert!(matches!(events[0].kind, EventKind::GroupMessage), "{name} {kind}");
            assert!(events[0].chat.is_none() && events[0].sender.id.is_none());
        }
    }
    let mut update = fixture("message_created_text.json");
    update["message"]["sender"]["is_bot"] = json!(true);
    assert!(matches!(read(&update)[0].kind, EventKind::Echo { .. }));
    for kind in ["dialog_cleared", "comment_created", "bot_added"] {
        assert!(
            read(&json!({ "update_type": kind, "payload": { "x": 1 }, "message": 5 })).is_empty(),
            "{kind}"
        );
    }
}

#[test]
fn start_typed_as_a_command_is_a_start() {
    let mut update = fixture("message_created_text.json");
    update["message"]["body"]["text"] = json!("/start site");
    let EventKind::Start { payload, .. } = &read(&update)[0].kind else {
        panic!("a start")
    };
    assert_eq!(payload.as_deref(), Some("site"));
}

#[test]
fn files_and_places_are_noted() {
    let mut update = fixture("message_created_image.json");
    update["message"]["body"]["attachments"] = json!([
        { "type": "file", "payload": { "url": "https://f.example/1", "token": "t" }, "filename": "анализы.pdf", "size": 5 },
        { "type": "location", "latitude": 55.1, "longitude": 61.4 },
        { "type": "share", "payload": { "url": "https://s.example" } },
        { "type": "inline_keyboard", "payload": {} },
    ]);
    let EventKind::Message { attachments, .. } = &read(&update)[0].kind else {
        panic!("a message")
    };
    let kinds: Vec<&str> = attachments.iter().map(|one| one.kind.as_str()).collect();
    assert_eq!(kinds, ["document", "location", "other"]);
    assert_eq!(attachments[0].file_name.as_deref(), Some("анализы.pdf"));
    assert_eq!(attachments[0].reference.as_deref(), Some("https://f.example/1"));
    assert_eq!(attachments[1].reference.as_deref(), Some("geo:55.1,61.4"));
}
