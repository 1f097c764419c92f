//! Small readings that several channels share: names, commands, keys.

use serde_json::Value;
use shirma_vault::{hex, sha256};

use crate::contract::{Event, EventKind, Refusal, Sender};

/// Longest idempotency key the inbox takes, in characters.
const KEY_CHARS_MAX: usize = 200;

/// The body as JSON.
pub(super) fn json(body: &[u8]) -> Result<Value, Refusal> {
    serde_json::from_slice(body).map_err(|_| Refusal::Unreadable)
}

/// A key within the limit: too long ones (no service sends them) are replaced by their digest.
pub(super) fn key(parts: &[&str]) -> String {
    let key = parts.join(":");
    if key.chars().count() <= KEY_CHARS_MAX {
        return key;
    }
    hex(&sha256(key.as_bytes()))
}

/// The words, unless there are none.
pub(super) fn words(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

/// Given name and surname as one.
pub(super) fn full_name(first: Option<&str>, last: Option<&str>) -> Option<String> {
    let parts: Vec<&str> = [first, last]
        .into_iter()
        .flatten()
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// What follows `/start`, when the text is that command: `Some(None)` for the bare one.
pub(super) fn start_payload(text: &str) -> Option<Option<String>> {
    let rest = text.strip_prefix("/start")?;
    // In groups and menus the command carries the bot's name: `/start@salon_bot`.
    let rest = match rest.strip_prefix('@') {
        Some(named) => named.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_'),
        None => rest,
    };
    if !rest.is_empty() && !rest.starts_with(char::is_whitespace) {
        return None;
    }
    let payload = rest.trim();
    Some((!payload.is_empty()).then(|| payload.to_owned()))
}

/// Something from a group or channel: nobody's name is kept.
pub(super) fn group(key: String, provider_event_id: Option<String>, at_ms: Option<i64>) -> Event {
    Event {
        key,
        provider_event_id,
        chat: None,
        sender: Sender::default(),
        message_id: None,
        at_ms,
        kind: EventKind::GroupMessage,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn start_is_a_command_and_not_a_beginning_of_a_word() {
        assert_eq!(start_payload("/start"), Some(None));
        assert_eq!(start_payload("/start "), Some(None));
        assert_eq!(start_payload("/start site_7f3a"), Some(Some("site_7f3a".into())));
        assert_eq!(start_payload("/start@salon_bot site"), Some(Some("site".into())));
        assert_eq!(start_payload("/started"), None);
        assert_eq!(start_payload("please /start"), None);
    }

    #[test]
    fn long_keys_become_short_and_stay_different() {
        let (one, other) = ("x".repeat(300), "y".repeat(300));
        assert_eq!(key(&["a", "b"]), "a:b");
        assert!(key(&[&one]).len() <= KEY_CHARS_MAX);
        assert_ne!(key(&[&one]), key(&[&other]));
    }

    #[test]
    fn name_is_what_is_shown_of_it() {
        assert_eq!(
            full_name(Some(" Анна "), Some("Тестова")).as_deref(),
            Some("Анна Тестова")
        );
        assert_eq!(full_name(Some("Анна"), None).as_deref(), Some("Анна"));
        assert_eq!(full_name(Some(""), None), None);
    }
}
