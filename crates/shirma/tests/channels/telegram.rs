//! Telegram: bodies read, written and refused.

use serde_json::{Value, json};
use shirma::channels::telegram::{classify, encode_message, encode_webhook, page, parse, poll_path, sent};
use shirma::contract::{Button, Event, EventKind, Outgoing, SendError, Tone};

use crate::corpus;

/// The message that a golden request was made of.
fn decode(request: &Value) -> Outgoing {
    let markup = &request["reply_markup"];
    let rows = markup["inline_keyboard"].as_array().or(markup["keyboard"].as_array());
    let button = |button: &Value| {
        let text = button["text"].as_str().expect("words").to_owned();
        match button["callback_data"].as_str() {
            Some(payload) => Button::Callback {
                text,
                payload: payload.to_owned(),
                tone: Tone::Neutral,
            },
            None => Button::Contact { text },
        }
    };
    let row = |row: &Value| row.as_array().expect("a row").iter().map(button).collect();
    Outgoing {
        chat: request["chat_id"].to_string(),
        text: request["text"].as_str().expect("words").to_owned(),
        buttons: rows.map(|rows| rows.iter().map(row).collect()).unwrap_or_default(),
        idem_key: "key".to_owned(),
    }
}

fn read(update: &Value) -> Vec<Event> {
    parse(update.to_string().as_bytes()).expect("an update")
}

fn message(more: Value) -> Value {
    let mut message =
        json!({ "message_id": 1, "date": 2, "chat": { "id": 7, "type": "private" }, "from": { "id": 7 } });
    message
        .as_object_mut()
        .expect("an object")
        .extend(more.as_object().expect("an object").clone());
    json!({ "update_id": 5, "message": message })
}

#[test]
fn every_webhook_of_the_fixtures_is_understood() {
    let mut count = 0;
    for fixture in corpus::of("telegram")
        .iter()
        .filter(|fixture| fixture.role == "webhook")
    {
        let events = parse(&fixture.body).expect(&fixture.file);
        assert!(
            events
                .iter()
                .all(|event| Some(&event.key) == event.provider_event_id.as_ref())
        );
        fixture.check(&events);
        count += 1;
    }
    assert!(count >= 10, "{count}");
}

#[test]
fn page_of_a_poll_gives_webhook_bodies_and_the_next_cursor() {
    let fixture = corpus::one("telegram", "getUpdates.response.json");
    let page = page(&fixture.body, Some("900100020")).expect("a page");
    let events: Vec<Event> = page
        .updates
        .iter()
        .flat_map(|update| parse(update).expect("an update"))
        .collect();
    fixture.check(&events);
    assert_eq!(
        page.cursor,
        fixture.expect["next_offset"].as_i64().map(|offset| offset.to_string())
    );
    assert!(
        fixture.path.ends_with(&poll_path(Some("900100020"))),
        "{}",
        poll_path(Some("900100020"))
    );
}

#[test]
fn empty_page_keeps_the_cursor() {
    let page = page(br#"{"ok":true,"result":[]}"#, Some("12")).expect("a page");
    assert_eq!((page.cursor.as_deref(), page.updates.len()), (Some("12"), 0));
}

#[test]
fn golden_requests_are_reproduced() {
    for name in [
        "sendMessage_inline.request.json",
        "sendMessage_request_contact.request.json",
    ] {
        let request = corpus::one("telegram", name).json();
        assert_eq!(encode_message(&decode(&request)), request, "{name}");
    }
    let request = corpus::one("telegram", "setWebhook.request.json").json();
    let word = |name: &str| request[name].as_str().expect("a word").to_owned();
    assert_eq!(encode_webhook(&word("url"), &word("secret_token")), request);
}

#[test]
fn every_refusal_of_the_fixtures_is_understood() {
    let fixtures = corpus::of("telegram");
    let errors: Vec<_> = fixtures.iter().filter(|fixture| fixture.role == "error").collect();
    assert!(errors.len() >= 6);
    for fixture in errors {
        assert_eq!(sent(&fixture.body), None, "{}", fixture.file);
        corpus::check_refusal(
            fixture,
            &classify(fixture.status, fixture.retry_after_ms(), &fixture.body),
        );
    }
}

#[test]
fn sent_message_gives_its_id() {
    let fixture = corpus::one("telegram", "sendMessage.response.json");
    let id = sent(&fixture.body).expect("sent").message_id;
    assert_eq!(id.as_deref(), fixture.expect["message_id"].as_str());
}

#[test]
fn page_of_a_stranger_blames_neither_client_nor_token() {
    for status in [401, 403, 404, 407, 451, 502] {
        let error = classify(status, None, b"<html>blocked</html>");
        assert_eq!(error, SendError::Later { after_ms: None }, "{status}");
    }
    assert_eq!(classify(200, None, b"<html>"), SendError::Unknown);
}

#[test]
fn refusals_beyond_the_fixtures() {
    let says = |status, words: &str| {
        classify(
            status,
            None,
            json!({ "ok": false, "description": words }).to_string().as_bytes(),
        )
    };
    assert_eq!(says(403, "Forbidden: user is deactivated"), SendError::Blocked);
    assert_eq!(
        says(400, "Bad Request: message text is empty"),
        SendError::Refused { status: 400 }
    );
    assert_eq!(says(404, "Not Found"), SendError::BadToken);
    assert_eq!(says(500, "Internal Server Error"), SendError::Later { after_ms: None });
    let moved =
        json!({ "ok": false, "error_code": 400, "description": "x", "parameters": { "migrate_to_chat_id": -5 } });
    assert_eq!(
        classify(400, None, moved.to_string().as_bytes()),
        SendError::BadRecipient
    );
}

#[test]
fn groups_and_channels_make_no_client() {
    for kind in ["group", "supergroup", "channel"] {
        let events = read(&message(
            json!({ "chat": { "id": -100, "type": kind }, "text": "Анна Тестова" }),
        ));
        assert_eq!(events.len(), 1);
        assert!(matches!(events[0].kind, EventKind::GroupMessage), "{kind}");
        assert!(events[0].chat.is_none() && events[0].sender.id.is_none(), "{kind}");
    }
}

#[test]
fn bots_are_echoes_and_are_never_answered() {
    let events = read(&message(
        json!({ "from": { "id": 9, "is_bot": true }, "text": "Ждём вас" }),
    ));
    assert!(matches!(&events[0].kind, EventKind::Echo { text: Some(text) } if text == "Ждём вас"));
}

#[test]
fn contact_of_another_person_is_a_claim() {
    for contact in [
        json!({ "phone_number": "79000000009", "first_name": "Пётр", "user_id": 8 }),
        json!({ "phone_number": "79000000009", "first_name": "Пётр" }),
    ] {
        let events = read(&message(json!({ "contact": contact })));
        let EventKind::ContactShared { is_sender, name, .. } = &events[0].kind else {
            panic!("a contact")
        };
        assert_eq!((*is_sender, name.as_deref()), (false, Some("Пётр")));
    }
}

#[test]
fn kinds_nobody_knows_yet_are_accepted_and_ignored() {
    for kind in ["message_reaction", "business_message", "poll", "something_of_2030"] {
        let mut update = json!({ "update_id": 5 });
        update[kind] = json!({ "id": 1 });
        assert!(read(&update).is_empty(), "{kind}");
    }
}

#[test]
fn strange_content_is_noted_and_service_notes_are_not() {
    let attachments = |more: Value| match read(&message(more)).pop().map(|event| event.kind) {
        Some(EventKind::Message { attachments, .. }) => attachments.into_iter().map(|one| one.kind).collect(),
        _ => Vec::new(),
    };
    assert_eq!(attachments(json!({ "poll": { "id": "1" } })), ["other"]);
    assert_eq!(attachments(json!({ "pinned_message": {} })), [""; 0]);
    let file = json!({ "file_id": "f" });
    assert_eq!(attachments(json!({ "animation": file, "document": file })), ["video"]);
    assert_eq!(
        attachments(json!({ "venue": {}, "location": { "latitude": 55.1, "longitude": 61.4 } })),
        ["location"]
    );
    assert_eq!(attachments(json!({ "video_note": file })), ["video"]);
}

#[test]
fn client_who_comes_back_is_seen() {
    let mut update = corpus::one("telegram", "my_chat_member_blocked.json").json();
    update["my_chat_member"]["new_chat_member"]["status"] = json!("member");
    assert!(matches!(read(&update)[0].kind, EventKind::BotUnblocked));
    update["my_chat_member"]["chat"]["type"] = json!("group");
    assert!(read(&update).is_empty());
}

#[test]
fn contact_button_turns_the_others_into_words() {
    let message = Outgoing {
        chat: "@salon".to_owned(),
        text: "Как удобнее?".to_owned(),
        buttons: vec![
            vec![Button::Callback {
                text: "Позже".to_owned(),
                payload: "later".to_owned(),
                tone: Tone::Negative,
            }],
            vec![Button::Link {
                text: "Цены".to_owned(),
                url: "https://primer-salon.example".to_owned(),
            }],
            vec![Button::Contact {
                text: "Отправить номер".to_owned(),
            }],
        ],
        idem_key: "key".to_owned(),
    };
    let body = encode_message(&message);
    assert_eq!(body["chat_id"], "@salon");
    assert_eq!(body["text"], "Как удобнее?\nЦены: https://primer-salon.example");
    let rows = json!([[{ "text": "Позже" }], [{ "text": "Отправить номер", "request_contact": true }]]);
    assert_eq!(body["reply_markup"]["keyboard"], rows);
}
