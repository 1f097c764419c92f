//! Bodies for MAX, and what its answers mean.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::channels::call::by_status;
use crate::contract::{Button, Outgoing, SendError, Sent, Tone};

/// The updates we use; others are not sent to us.
const UPDATES: [&str; 6] = [
    "message_created",
    "message_callback",
    "message_edited",
    "message_removed",
    "bot_started",
    "bot_stopped",
];

#[derive(Deserialize)]
struct Refusal {
    code: String,
    #[serde(default)]
    message: String,
}

/// Body of `POST /messages`.
pub fn encode_message(message: &Outgoing) -> Value {
    let mut body = json!({ "text": message.text, "notify": true });
    let rows: Vec<Vec<Value>> = message
        .buttons
        .iter()
        .filter(|row| !row.is_empty())
        .map(|row| row.iter().map(button).collect())
        .collect();
    if !rows.is_empty() {
        body["attachments"] = json!([{ "type": "inline_keyboard", "payload": { "buttons": rows } }]);
    }
    body
}

fn button(button: &Button) -> Value {
    match button {
        Button::Callback { text, payload, tone } => {
            json!({ "type": "callback", "text": text, "payload": payload, "intent": intent(*tone) })
        }
        Button::Link { text, url } => json!({ "type": "link", "text": text, "url": url }),
        Button::Contact { text } => json!({ "type": "request_contact", "text": text }),
    }
}

fn intent(tone: Tone) -> &'static str {
    match tone {
        Tone::Neutral => "default",
        Tone::Positive => "positive",
        Tone::Negative => "negative",
    }
}

/// Body of `POST /subscriptions` with our full address and secret.
pub fn encode_subscription(url: &str, secret: &str) -> Value {
    json!({ "url": url, "update_types": UPDATES, "secret": secret })
}

/// Body of `POST /answers`: words shown for a moment.
pub fn encode_answer(notification: &str) -> Value {
    json!({ "notification": notification })
}

/// The sent message in the answer to `POST /messages`.
pub fn sent(body: &[u8]) -> Option<Sent> {
    let answer: Value = serde_json::from_slice(body).ok()?;
    let mid = answer.get("message")?.get("body")?.get("mid")?.as_str()?;
    Some(Sent {
        message_id: Some(mid.to_owned()),
    })
}

/// Whether the answer says yes.
pub(super) fn is_ok(body: &[u8]) -> bool {
    let answer: Option<Value> = serde_json::from_slice(body).ok();
    answer.is_some_and(|answer| answer.get("success").and_then(Value::as_bool) == Some(true))
}

/// The addresses in the answer to `GET /subscriptions`.
pub(super) fn subscribed(body: &[u8]) -> Option<Vec<String>> {
    let answer: Value = serde_json::from_slice(body).ok()?;
    let list = answer.get("subscriptions")?.as_array()?;
    Some(
        list.iter()
            .filter_map(|item| Some(item.get("url")?.as_str()?.to_owned()))
            .collect(),
    )
}

/// What a refusal means.
///
/// Only an answer in the service's own form may blame the client or the token: a page of someone in between must not
/// make us think that everyone has left.
pub fn classify(status: u16, retry_after_ms: Option<u64>, body: &[u8]) -> SendError {
    let Some(refusal) = serde_json::from_slice::<Refusal>(body).ok() else {
        return match by_status(status, retry_after_ms) {
            SendError::Refused { .. } => SendError::Later {
                after_ms: retry_after_ms,
            },
            other => other,
        };
    };
    match status {
        // A file is still being worked on: the same call succeeds in a moment.
        400 if refusal.code == "attachment.not.ready" => SendError::Later {
            after_ms: retry_after_ms,
        },
        400 if refusal.code.contains("chat") && refusal.message.contains("not.found") => SendError::BadRecipient,
        401 => SendError::BadToken,
        403 => SendError::Blocked,
        404 => SendError::BadRecipient,
        other => by_status(other, retry_after_ms),
    }
}

/// A value of a query.
pub(super) fn percent_encode(value: &str) -> String {
    let mut encoded = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}
