//! The last look at the very bytes that leave for a model. It fails closed.

use serde_json::Value;
use shirma_pii::{Conversation, Detector};

use super::inspect::is_public;

/// The body held something it must not hold, or is no JSON at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the body holds a raw value")]
pub struct Withheld;

/// Keys of a request whose texts are written by us and never by a client.
const OWN_KEYS: [&str; 4] = ["model", "role", "type", "stop"];

/// Searches every text of a JSON body for raw values. Values and public facts of the business may pass.
///
/// # Errors
/// [`Withheld`].
pub fn egress_filter(detector: &Detector, public: &[String], body: &[u8]) -> Result<(), Withheld> {
    let json: Value = serde_json::from_slice(body).map_err(|_| Withheld)?;
    walk(detector, public, &json)
}

fn walk(detector: &Detector, public: &[String], value: &Value) -> Result<(), Withheld> {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(()),
        Value::String(text) => look(detector, public, text),
        Value::Array(items) => items.iter().try_for_each(|item| walk(detector, public, item)),
        Value::Object(members) => members
            .iter()
            .filter(|(key, _)| !OWN_KEYS.contains(&key.as_str()))
            .try_for_each(|(_, member)| walk(detector, public, member)),
    }
}

/// Tokens are masked once more by an empty conversation, as look-alikes, so that what is left is text.
fn look(detector: &Detector, public: &[String], text: &str) -> Result<(), Withheld> {
    let masking = Conversation::default().mask(detector, text);
    if masking.entities.iter().any(|entity| {
        !text
            .get(entity.range.clone())
            .is_none_or(|value| is_public(value, public))
    }) {
        return Err(Withheld);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_raw_value_anywhere_in_the_body_withholds_it() {
        let detector = Detector::new();
        let public = vec!["+7 351 000-00-01".to_owned()];
        let pass = |body: Value| egress_filter(&detector, &public, body.to_string().as_bytes());
        let masked = serde_json::json!({"model": "m", "messages": [
            {"role": "system", "content": "Наш телефон +7 351 000-00-01"},
            {"role": "user", "content": "Меня зовут [Клиент-1], телефон [Телефон-2]"}]});
        assert_eq!(pass(masked), Ok(()));
        for raw in [
            "телефон 8 900 000-00-11",
            "пишите anna@example.com",
            "карта 4111 1111 1111 1111",
        ] {
            let body = serde_json::json!({"messages": [{"role": "user", "content": [{"type": "text", "text": raw}]}]});
            assert_eq!(pass(body), Err(Withheld), "{raw}");
        }
        assert_eq!(egress_filter(&detector, &public, b"not json"), Err(Withheld));
    }
}
