//! Updates of Telegram into events.
//!
//! One update holds one thing. Kinds we do not use (business messages, reactions, kinds not invented yet) give no event.
//! Only private chats make clients.

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::channels::event::{full_name, group, json, start_payload, words};
use crate::contract::{Attachment, Event, EventKind, Refusal, Sender};

/// Keys of service notes that Telegram itself puts into a private chat: nobody said anything.
const SERVICE_NOTES: [&str; 8] = [
    "pinned_message",
    "message_auto_delete_timer_changed",
    "write_access_allowed",
    "connected_website",
    "chat_background_set",
    "proximity_alert_triggered",
    "boost_added",
    "refunded_payment",
];

#[derive(Deserialize)]
struct Update {
    update_id: i64,
    message: Option<Message>,
    edited_message: Option<Message>,
    callback_query: Option<CallbackQuery>,
    my_chat_member: Option<Membership>,
}

#[derive(Deserialize)]
struct Message {
    message_id: i64,
    from: Option<User>,
    chat: Chat,
    date: Option<i64>,
    edit_date: Option<i64>,
    text: Option<String>,
    caption: Option<String>,
    contact: Option<Contact>,
    photo: Option<Vec<File>>,
    voice: Option<File>,
    audio: Option<File>,
    video: Option<File>,
    video_note: Option<File>,
    animation: Option<File>,
    document: Option<File>,
    sticker: Option<File>,
    location: Option<Location>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Deserialize)]
struct User {
    id: i64,
    #[serde(default)]
    is_bot: bool,
    first_name: Option<String>,
    last_name: Option<String>,
    username: Option<String>,
}

#[derive(Deserialize)]
struct Chat {
    id: i64,
    #[serde(rename = "type")]
    kind: String,
}

#[derive(Deserialize)]
struct Contact {
    phone_number: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
    user_id: Option<i64>,
}

#[derive(Deserialize)]
struct File {
    file_id: Option<String>,
    file_name: Option<String>,
    file_size: Option<u64>,
}

#[derive(Deserialize)]
struct Location {
    latitude: f64,
    longitude: f64,
}

#[derive(Deserialize)]
struct CallbackQuery {
    id: String,
    from: User,
    message: Option<Pressed>,
    data: Option<String>,
}

/// The message under the button; it may be too old to be shown whole.
#[derive(Deserialize)]
struct Pressed {
    message_id: i64,
    chat: Chat,
}

#[derive(Deserialize)]
struct Membership {
    chat: Chat,
    from: User,
    date: Option<i64>,
    new_chat_member: Member,
}

#[derive(Deserialize)]
struct Member {
    status: String,
}

/// Reads one update.
///
/// # Errors
/// [`Refusal::Unreadable`] when the body is not an update, or a kind we use is not built as documented.
pub fn parse(body: &[u8]) -> Result<Vec<Event>, Refusal> {
    let update: Update = serde_json::from_value(json(body)?).map_err(|_| Refusal::Unreadable)?;
    let id = update.update_id;
    let event = if let Some(message) = update.message {
        read_message(id, message)
    } else if let Some(message) = update.edited_message {
        read_edit(id, message)
    } else if let Some(press) = update.callback_query {
        Some(read_press(id, press))
    } else if let Some(membership) = update.my_chat_member {
        read_membership(id, &membership)
    } else {
        None
    };
    Ok(event.into_iter().collect())
}

fn read_message(update: i64, mut message: Message) -> Option<Event> {
    let at_ms = millis(message.date);
    if !message.chat.is_private() {
        return Some(group(update.to_string(), Some(update.to_string()), at_ms));
    }
    let kind = if message.from.as_ref().is_some_and(|from| from.is_bot) {
        EventKind::Echo { text: message.words() }
    } else if let Some(contact) = message.contact.take() {
        read_contact(contact, message.from.as_ref())
    } else {
        read_words(&mut message)?
    };
    Some(in_chat(
        update,
        message.chat.id,
        message.from.as_ref(),
        Some(message.message_id),
        at_ms,
        kind,
    ))
}

fn read_contact(contact: Contact, from: Option<&User>) -> EventKind {
    // The number is proven only when the card is the writer's own: channels.md §0.7.
    let is_sender = from.is_some_and(|from| contact.user_id == Some(from.id));
    let name = full_name(contact.first_name.as_deref(), contact.last_name.as_deref());
    EventKind::ContactShared {
        phone: words(contact.phone_number),
        is_sender,
        name,
    }
}

fn read_words(message: &mut Message) -> Option<EventKind> {
    let text = message.words();
    if let Some(command) = text.as_deref().and_then(start_payload) {
        return Some(EventKind::Start { payload: command, text });
    }
    let mut attachments = message.attachments();
    if text.is_none() && attachments.is_empty() {
        if SERVICE_NOTES.iter().any(|note| message.rest.contains_key(*note)) {
            return None;
        }
        // A poll, a story, a kind not invented yet: a person must see that something came.
        attachments.push(noted("other", None));
    }
    Some(EventKind::Message {
        text,
        attachments,
        form: None,
    })
}

fn read_edit(update: i64, mut message: Message) -> Option<Event> {
    let at_ms = millis(message.edit_date.or(message.date));
    if !message.chat.is_private() {
        return Some(group(update.to_string(), Some(update.to_string()), at_ms));
    }
    if message.from.as_ref().is_some_and(|from| from.is_bot) {
        return None;
    }
    let kind = EventKind::MessageEdited { text: message.words() };
    Some(in_chat(
        update,
        message.chat.id,
        message.from.as_ref(),
        Some(message.message_id),
        at_ms,
        kind,
    ))
}

fn read_press(update: i64, press: CallbackQuery) -> Event {
    let chat = press.message.as_ref().map(|message| &message.chat);
    if chat.is_some_and(|chat| !chat.is_private()) {
        return group(update.to_string(), Some(update.to_string()), None);
    }
    Event {
        key: update.to_string(),
        provider_event_id: Some(update.to_string()),
        chat: chat.map(|chat| chat.id.to_string()),
        message_id: press.message.as_ref().map(|message| message.message_id.to_string()),
        sender: press.from.sender(),
        at_ms: None,
        kind: EventKind::Button {
            callback_id: press.id,
            payload: words(press.data),
        },
    }
}

fn read_membership(update: i64, membership: &Membership) -> Option<Event> {
    let kind = match membership.new_chat_member.status.as_str() {
        "kicked" => EventKind::BotBlocked,
        "member" => EventKind::BotUnblocked,
        _ => return None,
    };
    if !membership.chat.is_private() {
        return None;
    }
    Some(in_chat(
        update,
        membership.chat.id,
        Some(&membership.from),
        None,
        millis(membership.date),
        kind,
    ))
}

fn in_chat(
    update: i64,
    chat: i64,
    from: Option<&User>,
    message: Option<i64>,
    at_ms: Option<i64>,
    kind: EventKind,
) -> Event {
    Event {
        key: update.to_string(),
        provider_event_id: Some(update.to_string()),
        chat: Some(chat.to_string()),
        sender: from.map(User::sender).unwrap_or_default(),
        message_id: message.map(|id| id.to_string()),
        at_ms,
        kind,
    }
}

fn millis(seconds: Option<i64>) -> Option<i64> {
    seconds?.checked_mul(1000)
}

impl Chat {
    fn is_private(&self) -> bool {
        self.kind == "private"
    }
}

impl User {
    fn sender(&self) -> Sender {
        Sender {
            id: Some(self.id.to_string()),
            name: full_name(self.first_name.as_deref(), self.last_name.as_deref()),
            username: words(self.username.clone()),
        }
    }
}

impl Message {
    fn words(&mut self) -> Option<String> {
        words(self.text.take()).or_else(|| words(self.caption.take()))
    }

    fn attachments(&mut self) -> Vec<Attachment> {
        // Sizes of one picture, smallest first.
        let photo = self.photo.take().and_then(|mut sizes| sizes.pop());
        // An animation comes a second time as a document.
        let document = if self.animation.is_some() {
            None
        } else {
            self.document.take()
        };
        let files = [
            ("image", photo),
            ("voice", self.voice.take()),
            ("audio", self.audio.take()),
            ("video", self.video.take()),
            ("video", self.video_note.take()),
            ("video", self.animation.take()),
            ("document", document),
            ("sticker", self.sticker.take()),
        ];
        let mut found: Vec<Attachment> = files
            .into_iter()
            .filter_map(|(kind, file)| file.map(|file| file.attachment(kind)))
            .collect();
        if let Some(place) = self.location.take() {
            found.push(noted(
                "location",
                Some(format!("geo:{},{}", place.latitude, place.longitude)),
            ));
        }
        found
    }
}

impl File {
    fn attachment(self, kind: &str) -> Attachment {
        Attachment {
            kind: kind.to_owned(),
            file_name: words(self.file_name),
            reference: self.file_id,
            size_bytes: self.file_size,
        }
    }
}

fn noted(kind: &str, reference: Option<String>) -> Attachment {
    Attachment {
        kind: kind.to_owned(),
        file_name: None,
        reference,
        size_bytes: None,
    }
}
