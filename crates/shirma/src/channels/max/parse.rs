//! Updates of MAX into events.
//!
//! Updates carry no number of their own, so the key is made of what they speak about. A press is known by its callback id *and*
//! time: the id names the keyboard, and a client may press twice. New kinds appear every year and give no event.

use serde::Deserialize;
use serde_json::Value;
use shirma_vault::SecretString;

use super::contact::Card;
use crate::channels::event::{full_name, group, json, key, start_payload, words};
use crate::contract::{Attachment, Event, EventKind, Refusal, Sender};

#[derive(Deserialize)]
struct MessageUpdate {
    timestamp: Option<i64>,
    message: Message,
}

#[derive(Deserialize)]
struct PressUpdate {
    timestamp: Option<i64>,
    callback: Press,
    message: Option<Message>,
}

/// `bot_started`, `bot_stopped`, `message_removed`.
#[derive(Deserialize)]
struct ChatUpdate {
    timestamp: Option<i64>,
    chat_id: Option<i64>,
    user: Option<User>,
    user_id: Option<i64>,
    message_id: Option<String>,
    payload: Option<String>,
}

#[derive(Deserialize)]
struct Press {
    timestamp: Option<i64>,
    callback_id: String,
    payload: Option<String>,
    user: User,
}

#[derive(Deserialize)]
struct Message {
    sender: Option<User>,
    recipient: Recipient,
    timestamp: Option<i64>,
    link: Option<Link>,
    body: Option<Body>,
}

#[derive(Deserialize)]
pub(super) struct User {
    pub(super) user_id: i64,
    pub(super) first_name: Option<String>,
    pub(super) last_name: Option<String>,
    username: Option<String>,
    #[serde(default)]
    is_bot: bool,
}

#[derive(Deserialize)]
struct Recipient {
    chat_id: Option<i64>,
    chat_type: Option<String>,
}

#[derive(Deserialize)]
struct Link {
    #[serde(rename = "type")]
    kind: Option<String>,
    message: Option<Body>,
}

#[derive(Deserialize)]
struct Body {
    mid: Option<String>,
    text: Option<String>,
    attachments: Option<Vec<Part>>,
}

#[derive(Deserialize)]
struct Part {
    #[serde(rename = "type")]
    kind: String,
    payload: Option<Value>,
    filename: Option<String>,
    size: Option<u64>,
    latitude: Option<f64>,
    longitude: Option<f64>,
}

/// Reads one update; `token` proves shared contacts.
///
/// # Errors
/// [`Refusal::Unreadable`] when the body is not an update, or a kind we use is not built as documented.
pub fn parse(body: &[u8], token: &SecretString) -> Result<Vec<Event>, Refusal> {
    let update = json(body)?;
    let kind = update
        .get("update_type")
        .and_then(Value::as_str)
        .ok_or(Refusal::Unreadable)?
        .to_owned();
    match kind.as_str() {
        "message_created" => Ok(read_message(typed(update)?, token)),
        "message_edited" => Ok(read_edit(typed(update)?)),
        "message_callback" => Ok(vec![read_press(typed(update)?)]),
        "message_removed" => Ok(vec![read_removal(typed(update)?)]),
        "bot_started" => {
            let mut update: ChatUpdate = typed(update)?;
            let payload = words(update.payload.take());
            Ok(vec![in_chat(&kind, update, EventKind::Start { payload, text: None })])
        }
        "bot_stopped" => Ok(vec![in_chat(&kind, typed(update)?, EventKind::BotBlocked)]),
        _ => Ok(Vec::new()),
    }
}

fn typed<T: serde::de::DeserializeOwned>(update: Value) -> Result<T, Refusal> {
    serde_json::from_value(update).map_err(|_| Refusal::Unreadable)
}

fn read_message(update: MessageUpdate, token: &SecretString) -> Vec<Event> {
    let MessageUpdate { timestamp, message } = update;
    let at_ms = message.timestamp.or(timestamp);
    let chat = message.recipient.chat();
    let mid = message.body.as_ref().and_then(|body| body.mid.clone());
    let key = match &mid {
        Some(mid) => key(&[mid]),
        None => key(&["message_created", chat.as_deref().unwrap_or_default(), &number(at_ms)]),
    };
    if message.recipient.is_group() {
        return vec![group(key, None, at_ms)];
    }
    let Message { sender, link, body, .. } = message;
    let from = sender.as_ref();
    let kinds = match Content::of(body, link) {
        content if from.is_some_and(|from| from.is_bot) => vec![EventKind::Echo { text: content.text }],
        content => content.kinds(from, token),
    };
    let event = |(index, kind): (usize, EventKind)| Event {
        key: if index == 0 {
            key.clone()
        } else {
            format!("{key}:{index}")
        },
        provider_event_id: None,
        chat: chat.clone(),
        sender: from.map(User::sender).unwrap_or_default(),
        message_id: mid.clone(),
        at_ms,
        kind,
    };
    kinds.into_iter().enumerate().map(event).collect()
}

fn read_edit(update: MessageUpdate) -> Vec<Event> {
    let MessageUpdate { timestamp, message } = update;
    let at_ms = timestamp.or(message.timestamp);
    let mid = message.body.as_ref().and_then(|body| body.mid.clone());
    // The same message may be edited again: the time tells the edits apart.
    let key = key(&["message_edited", mid.as_deref().unwrap_or_default(), &number(at_ms)]);
    if message.recipient.is_group() {
        return vec![group(key, None, at_ms)];
    }
    if message.sender.as_ref().is_some_and(|sender| sender.is_bot) {
        return Vec::new();
    }
    vec![Event {
        key,
        provider_event_id: None,
        chat: message.recipient.chat(),
        sender: message.sender.as_ref().map(User::sender).unwrap_or_default(),
        message_id: mid,
        at_ms,
        kind: EventKind::MessageEdited {
            text: Content::of(message.body, message.link).text,
        },
    }]
}

fn read_press(update: PressUpdate) -> Event {
    let PressUpdate {
        timestamp,
        callback,
        message,
    } = update;
    let at_ms = callback.timestamp.or(timestamp);
    let key = key(&["message_callback", &callback.callback_id, &number(at_ms)]);
    if message.as_ref().is_some_and(|message| message.recipient.is_group()) {
        return group(key, None, at_ms);
    }
    Event {
        key,
        provider_event_id: None,
        chat: message.as_ref().and_then(|message| message.recipient.chat()),
        sender: callback.user.sender(),
        message_id: message.and_then(|message| message.body?.mid),
        at_ms,
        kind: EventKind::Button {
            callback_id: callback.callback_id,
            payload: words(callback.payload),
        },
    }
}

fn read_removal(mut update: ChatUpdate) -> Event {
    let mid = update.message_id.take();
    let key = key(&[
        "message_removed",
        mid.as_deref().unwrap_or_default(),
        &number(update.timestamp),
    ]);
    Event {
        key,
        message_id: mid,
        ..in_chat("message_removed", update, EventKind::MessageRemoved)
    }
}

fn in_chat(name: &str, update: ChatUpdate, kind: EventKind) -> Event {
    let chat = update.chat_id.map(|id| id.to_string());
    let by_id = Sender {
        id: update.user_id.map(|id| id.to_string()),
        ..Sender::default()
    };
    Event {
        key: key(&[name, chat.as_deref().unwrap_or_default(), &number(update.timestamp)]),
        provider_event_id: None,
        chat,
        sender: update.user.as_ref().map_or(by_id, User::sender),
        message_id: update.message_id,
        at_ms: update.timestamp,
        kind,
    }
}

fn number(at_ms: Option<i64>) -> String {
    at_ms.map(|at_ms| at_ms.to_string()).unwrap_or_default()
}

/// What a message says, with what was forwarded in it.
struct Content {
    text: Option<String>,
    attachments: Vec<Attachment>,
    /// The card and whether it was forwarded.
    contact: Option<(Card, bool)>,
}

impl Content {
    fn of(body: Option<Body>, link: Option<Link>) -> Content {
        let mut content = Content {
            text: None,
            attachments: Vec::new(),
            contact: None,
        };
        if let Some(body) = body {
            content.add(body, false);
        }
        // A reply quotes what was said before; a forward is what the client says now.
        let forwarded = link
            .filter(|link| link.kind.as_deref() == Some("forward"))
            .and_then(|link| link.message);
        if let Some(forwarded) = forwarded {
            content.add(forwarded, true);
        }
        content
    }

    fn add(&mut self, body: Body, forwarded: bool) {
        self.text = match (self.text.take(), words(body.text)) {
            (Some(own), Some(more)) => Some(format!("{own}\n{more}")),
            (own, more) => own.or(more),
        };
        for mut part in body.attachments.into_iter().flatten() {
            let card = if part.kind == "contact" && self.contact.is_none() {
                part.payload
                    .take()
                    .and_then(|payload| serde_json::from_value(payload).ok())
            } else {
                None
            };
            match card {
                Some(card) => self.contact = Some((card, forwarded)),
                None => self.attachments.extend(part.attachment()),
            }
        }
    }

    /// A card is one event; words beside it are another.
    fn kinds(self, sender: Option<&User>, token: &SecretString) -> Vec<EventKind> {
        let Content {
            text,
            attachments,
            contact,
        } = self;
        let mut kinds = Vec::new();
        if let Some((card, forwarded)) = contact {
            kinds.push(card.read(sender, forwarded, token));
        }
        if let Some(payload) = text.as_deref().and_then(start_payload) {
            kinds.push(EventKind::Start { payload, text });
        } else if kinds.is_empty() || text.is_some() || !attachments.is_empty() {
            kinds.push(EventKind::Message {
                text,
                attachments,
                form: None,
            });
        }
        kinds
    }
}

impl Part {
    fn attachment(self) -> Option<Attachment> {
        let kind = match self.kind.as_str() {
            "inline_keyboard" | "reply_keyboard" => return None,
            "image" | "video" | "audio" | "sticker" | "location" | "contact" => self.kind.as_str(),
            "file" => "document",
            _ => "other",
        };
        let of_payload = |name: &str| Some(self.payload.as_ref()?.get(name)?.as_str()?.to_owned());
        let place = self
            .latitude
            .zip(self.longitude)
            .map(|(latitude, longitude)| format!("geo:{latitude},{longitude}"));
        Some(Attachment {
            kind: kind.to_owned(),
            reference: place.or_else(|| of_payload("url")).or_else(|| of_payload("token")),
            file_name: words(self.filename.clone()),
            size_bytes: self.size,
        })
    }
}

impl Recipient {
    fn chat(&self) -> Option<String> {
        self.chat_id.map(|id| id.to_string())
    }

    fn is_group(&self) -> bool {
        matches!(self.chat_type.as_deref(), Some("chat" | "channel"))
    }
}

impl User {
    fn sender(&self) -> Sender {
        Sender {
            id: Some(self.user_id.to_string()),
            name: full_name(self.first_name.as_deref(), self.last_name.as_deref()),
            username: words(self.username.clone()),
        }
    }
}
