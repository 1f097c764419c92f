//! Compares an event with the `expect` object of a fixture: absent key = not checked, `null` = must be empty.
//!
//! Used by every test that feeds fixtures, whichever way they travel. Timestamps of fixtures are in seconds.

use serde_json::Value;
use shirma::contract::{Event, EventKind};

/// What differs, one line each; empty when the event is as expected. An unknown key of `expect` is a difference too.
pub(crate) fn mismatches(event: &Event, expect: &Value) -> Vec<String> {
    let Some(expect) = expect.as_object() else {
        return vec!["the expectation is not an object".to_owned()];
    };
    let mut found = Vec::new();
    for (key, wanted) in expect {
        let Some(actual) = actual(event, key) else {
            found.push(format!("{key}: nobody knows how to check it"));
            continue;
        };
        let (actual, wanted) = match key.as_str() {
            "phone" => (digits(&actual), digits(wanted)),
            _ => (actual, wanted.clone()),
        };
        if actual != wanted {
            found.push(format!("{key}: {actual}, expected {wanted}"));
        }
    }
    found
}

/// The event's value for a key of `expect`; `None` for keys that are not known.
pub(crate) fn actual(event: &Event, key: &str) -> Option<Value> {
    let kind = &event.kind;
    let value = match key {
        "kind" => kind.name().into(),
        "chat_id" => event.chat.clone().into(),
        "sender_id" => event.sender.id.clone().into(),
        "sender_name" => event.sender.name.clone().into(),
        "username" => event.sender.username.clone().into(),
        "message_id" => event.message_id.clone().into(),
        "provider_event_id" => event.provider_event_id.clone().into(),
        "timestamp" => event.at_ms.map(|at_ms| at_ms / 1000).into(),
        "text" => text(kind).into(),
        "attachments" => attachments(kind),
        "file_name" => file_name(kind).into(),
        "phone" => phone(kind).into(),
        "contact_is_sender" => match kind {
            EventKind::ContactShared { is_sender, .. } => (*is_sender).into(),
            _ => Value::Null,
        },
        "callback_id" => match kind {
            EventKind::Button { callback_id, .. } => callback_id.clone().into(),
            _ => Value::Null,
        },
        "button_payload" => match kind {
            EventKind::Button { payload, .. } => payload.clone().into(),
            _ => Value::Null,
        },
        "start_payload" => match kind {
            EventKind::Start { payload, .. } => payload.clone().into(),
            _ => Value::Null,
        },
        "consent" => match kind {
            EventKind::Message { form: Some(form), .. } => form.consent.into(),
            _ => Value::Null,
        },
        _ => return None,
    };
    Some(value)
}

fn text(kind: &EventKind) -> Option<String> {
    match kind {
        EventKind::Message { text, .. }
        | EventKind::MessageEdited { text }
        | EventKind::Start { text, .. }
        | EventKind::Echo { text } => text.clone(),
        _ => None,
    }
}

fn attachments(kind: &EventKind) -> Value {
    match kind {
        EventKind::Message { attachments, .. } => attachments.iter().map(|one| Value::from(one.kind.clone())).collect(),
        _ => Value::Null,
    }
}

fn file_name(kind: &EventKind) -> Option<String> {
    match kind {
        EventKind::Message { attachments, .. } => attachments.iter().find_map(|one| one.file_name.clone()),
        _ => None,
    }
}

fn phone(kind: &EventKind) -> Option<String> {
    match kind {
        EventKind::ContactShared { phone, .. } => phone.clone(),
        EventKind::Message { form: Some(form), .. } => form.phone.clone(),
        _ => None,
    }
}

/// Digits only, with the Russian trunk `8` read as `7`, so that all ways to write one number are equal.
fn digits(phone: &Value) -> Value {
    let Some(phone) = phone.as_str() else {
        return phone.clone();
    };
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    match digits.strip_prefix('8') {
        Some(rest) if digits.len() == 11 => format!("7{rest}").into(),
        _ => digits.into(),
    }
}
