//! Bodies for Telegram, and what its answers mean.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::channels::call::by_status;
use crate::contract::{Button, Outgoing, SendError, Sent};

/// The updates we use; others are not sent to us.
pub(super) const UPDATES: [&str; 4] = ["message", "edited_message", "callback_query", "my_chat_member"];
/// Deliveries at once: one small machine answers them in milliseconds, and order per chat is kept by the service.
const CONNECTIONS_MAX: u32 = 4;

#[derive(Deserialize)]
struct Answer {
    ok: bool,
    error_code: Option<u16>,
    #[serde(default)]
    description: String,
    parameters: Option<Parameters>,
    result: Option<Value>,
}

#[derive(Deserialize)]
struct Parameters {
    retry_after: Option<u64>,
    migrate_to_chat_id: Option<i64>,
}

/// Body of `sendMessage`.
///
/// Telegram shows either buttons under the message or a keyboard below, never both. A contact button needs the keyboard: then
/// callback buttons become words that the client sends as a message, and links are added to the text.
pub fn encode_message(message: &Outgoing) -> Value {
    let chat = message
        .chat
        .parse::<i64>()
        .map_or_else(|_| json!(message.chat), |id| json!(id));
    let mut text = message.text.clone();
    let mut body = json!({ "chat_id": chat });
    let asks_contact = message
        .buttons
        .iter()
        .flatten()
        .any(|button| matches!(button, Button::Contact { .. }));
    if asks_contact {
        body["reply_markup"] = keyboard(&message.buttons, &mut text);
    } else if message.buttons.iter().any(|row| !row.is_empty()) {
        body["reply_markup"] = inline_keyboard(&message.buttons);
    }
    body["text"] = json!(text);
    body
}

fn inline_keyboard(rows: &[Vec<Button>]) -> Value {
    let button = |button: &Button| match button {
        Button::Callback { text, payload, .. } => Some(json!({ "text": text, "callback_data": payload })),
        Button::Link { text, url } => Some(json!({ "text": text, "url": url })),
        Button::Contact { .. } => None,
    };
    let rows: Vec<Vec<Value>> = rows.iter().map(|row| row.iter().filter_map(button).collect()).collect();
    json!({ "inline_keyboard": without_empty(rows) })
}

fn keyboard(rows: &[Vec<Button>], message: &mut String) -> Value {
    let mut button = |button: &Button| match button {
        Button::Contact { text } => Some(json!({ "text": text, "request_contact": true })),
        Button::Callback { text, .. } => Some(json!({ "text": text })),
        Button::Link { text, url } => {
            message.push_str(&format!("\n{text}: {url}"));
            None
        }
    };
    let rows: Vec<Vec<Value>> = rows
        .iter()
        .map(|row| row.iter().filter_map(&mut button).collect())
        .collect();
    json!({ "keyboard": without_empty(rows), "resize_keyboard": true, "one_time_keyboard": true })
}

fn without_empty(mut rows: Vec<Vec<Value>>) -> Vec<Vec<Value>> {
    rows.retain(|row| !row.is_empty());
    rows
}

/// Body of `setWebhook` with our full address and secret.
pub fn encode_webhook(url: &str, secret: &str) -> Value {
    json!({
        "url": url,
        "secret_token": secret,
        "max_connections": CONNECTIONS_MAX,
        "allowed_updates": UPDATES,
        "drop_pending_updates": false,
    })
}

/// Body of `deleteWebhook`; what waits there comes by polling.
pub(super) fn encode_webhook_removal() -> Value {
    json!({ "drop_pending_updates": false })
}

/// Body of `answerCallbackQuery`.
pub(super) fn encode_acknowledgement(callback_id: &str) -> Value {
    json!({ "callback_query_id": callback_id })
}

/// The sent message in the answer to `sendMessage`; `None` when the answer is a refusal or unreadable.
pub fn sent(body: &[u8]) -> Option<Sent> {
    let answer = read(body).filter(|answer| answer.ok)?;
    let id = answer.result?.get("message_id")?.as_i64()?;
    Some(Sent {
        message_id: Some(id.to_string()),
    })
}

/// Whether the answer says yes.
pub(super) fn is_ok(body: &[u8]) -> bool {
    read(body).is_some_and(|answer| answer.ok)
}

/// Whether a button press is too old to be acknowledged: nothing is left to do then.
pub(super) fn is_press_forgotten(body: &[u8]) -> bool {
    read(body).is_some_and(|answer| !answer.ok && answer.description.contains("query is too old"))
}

/// What a refusal means.
///
/// Only an answer in Telegram's own form may blame the client or the token: the page of a proxy or of a provider
/// that blocks the service must not make us think that everyone has left.
pub fn classify(status: u16, retry_after_ms: Option<u64>, body: &[u8]) -> SendError {
    let Some(answer) = read(body).filter(|answer| !answer.ok) else {
        return match by_status(status, retry_after_ms) {
            SendError::Refused { .. } => SendError::Later {
                after_ms: retry_after_ms,
            },
            other => other,
        };
    };
    let says = |words: &str| answer.description.to_lowercase().contains(words);
    let parameters = answer.parameters.as_ref();
    match answer.error_code.unwrap_or(status) {
        429 => {
            let told_ms = parameters
                .and_then(|given| given.retry_after)
                .and_then(|seconds| seconds.checked_mul(1000));
            SendError::Later {
                after_ms: told_ms.or(retry_after_ms),
            }
        }
        401 | 404 => SendError::BadToken,
        403 => SendError::Blocked,
        409 if says("webhook is active") => SendError::WebhookActive,
        409 if says("other getupdates") => SendError::SecondPoller,
        409 => SendError::Later {
            after_ms: retry_after_ms,
        },
        400 if says("chat not found") || says("user not found") || says("peer_id_invalid") => SendError::BadRecipient,
        400 if parameters.is_some_and(|given| given.migrate_to_chat_id.is_some()) => SendError::BadRecipient,
        code => by_status(code, retry_after_ms),
    }
}

fn read(body: &[u8]) -> Option<Answer> {
    serde_json::from_slice(body).ok()
}
