//! What clients do in a messenger, as the messenger tells it: bodies of Telegram and MAX updates.

use std::sync::atomic::{AtomicI64, Ordering};

use serde_json::{Value, json};
use shirma_vault::hmac_sha256;

/// Updates of Telegram and moments of MAX are told apart by this number; one for the whole binary.
static NEXT: AtomicI64 = AtomicI64::new(900_100_001);

/// A number that no update had before.
pub(crate) fn fresh_number() -> i64 {
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// A client as a messenger shows him.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Person {
    pub(crate) id: i64,
    pub(crate) first: &'static str,
    pub(crate) last: &'static str,
    pub(crate) username: &'static str,
}

impl Person {
    /// Somebody whose name does not matter.
    pub(crate) fn nobody(id: i64) -> Person {
        Person {
            id,
            first: "",
            last: "",
            username: "",
        }
    }

    fn in_telegram(&self) -> Value {
        json!({"id": self.id, "is_bot": false, "first_name": self.first, "last_name": self.last,
            "username": self.username, "language_code": "ru"})
    }

    fn chat(&self) -> Value {
        json!({"id": self.id, "first_name": self.first, "last_name": self.last, "type": "private"})
    }

    fn in_max(&self) -> Value {
        json!({"user_id": self.id, "first_name": self.first, "last_name": self.last, "username": null, "is_bot": false,
            "last_activity_time": 1_795_420_795_000_i64})
    }
}

/// Bodies of Telegram updates.
pub(crate) mod telegram {
    use super::{Person, Value, fresh_number, json};

    fn update(kind: &str, content: Value) -> Value {
        json!({"update_id": fresh_number(), kind: content})
    }

    pub(crate) fn text(from: &Person, message: i64, text: &str) -> Value {
        update(
            "message",
            json!({"message_id": message, "from": from.in_telegram(), "chat": from.chat(), "date": 1_795_420_800,
                "text": text}),
        )
    }

    pub(crate) fn edited(from: &Person, message: i64, text: &str) -> Value {
        update(
            "edited_message",
            json!({"message_id": message, "from": from.in_telegram(), "chat": from.chat(), "date": 1_795_420_800,
                "edit_date": 1_795_420_900, "text": text}),
        )
    }

    pub(crate) fn in_group(from: &Person, message: i64, text: &str) -> Value {
        update(
            "message",
            json!({"message_id": message, "from": from.in_telegram(), "date": 1_795_420_800, "text": text,
                "chat": {"id": -1_001_234_567_890_i64, "title": "Соседи", "type": "supergroup"}}),
        )
    }

    pub(crate) fn press(from: &Person, payload: &str) -> Value {
        let number = fresh_number();
        update(
            "callback_query",
            json!({"id": format!("press-{number}"), "from": from.in_telegram(), "chat_instance": "1", "data": payload,
                "message": {"message_id": number, "chat": from.chat(), "date": 1_795_420_800, "text": "…"}}),
        )
    }

    /// The writer's own card, shared by the button.
    pub(crate) fn contact(from: &Person, message: i64, phone: &str) -> Value {
        update(
            "message",
            json!({"message_id": message, "from": from.in_telegram(), "chat": from.chat(), "date": 1_795_420_800,
                "contact": {"phone_number": phone, "first_name": from.first, "last_name": from.last, "user_id": from.id}}),
        )
    }

    /// Whether the client takes messages: `kicked` or `member`.
    pub(crate) fn membership(from: &Person, status: &str) -> Value {
        let bot = json!({"id": 7_100_000_001_i64, "is_bot": true, "first_name": "Салон"});
        update(
            "my_chat_member",
            json!({"chat": from.chat(), "from": from.in_telegram(), "date": 1_795_421_200,
                "old_chat_member": {"user": bot, "status": "member"},
                "new_chat_member": {"user": bot, "status": status, "until_date": 0}}),
        )
    }
}

/// Bodies of MAX updates.
pub(crate) mod max {
    use super::{Person, Value, fresh_number, hmac_sha256, json};

    fn recipient(from: &Person) -> Value {
        json!({"chat_id": from.id + 1_000, "chat_type": "dialog", "user_id": 90_000_001})
    }

    fn message(kind: &str, from: &Person, body: Value) -> Value {
        let at_ms = 1_795_420_800_000 + fresh_number();
        json!({"update_type": kind, "timestamp": at_ms, "user_locale": "ru",
            "message": {"recipient": recipient(from), "timestamp": at_ms, "body": body, "sender": from.in_max()}})
    }

    pub(crate) fn text(from: &Person, mid: &str, text: &str) -> Value {
        message("message_created", from, json!({"mid": mid, "seq": 1, "text": text}))
    }

    pub(crate) fn removed(from: &Person, mid: &str) -> Value {
        json!({"update_type": "message_removed", "timestamp": 1_795_420_800_000 + fresh_number(), "message_id": mid,
            "chat_id": from.id + 1_000, "user_id": from.id})
    }

    /// The writer's own card as the service signs it with the bot's token.
    pub(crate) fn contact(from: &Person, mid: &str, phone_digits: &str, bot_token: &str) -> Value {
        let card = format!(
            "BEGIN:VCARD\r\nVERSION:3.0\r\nTEL;TYPE=cell:{phone_digits}\r\nFN:{} {}\r\nEND:VCARD\r\n",
            from.first, from.last
        );
        let hash = shirma_vault::hex(&hmac_sha256(bot_token.as_bytes(), card.as_bytes()));
        let payload = json!({"vcf_info": card, "hash": hash, "max_info": from.in_max()});
        message(
            "message_created",
            from,
            json!({"mid": mid, "seq": 1, "text": null, "attachments": [{"type": "contact", "payload": payload}]}),
        )
    }
}
