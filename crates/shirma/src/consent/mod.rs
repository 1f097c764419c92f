//! Consent: asked apart from everything else, given or refused by a button, proven by a receipt, withdrawn by a sentence
//! (152-FZ art. 9, as in force since 01.09.2025).
//!
//! What consent is for here: letting a language model work on the dialogue. Booking and answering by the rules need none
//! (art. 6 (1) 5): a refusal changes who answers, not whether. An operator whose own model stands on the contract with the
//! client asks no consent at all, and yet a no that was said is heeded.

pub mod document;
mod rows;

pub use rows::{Act, NewReceipt, Published, asked, body_of, publish, standing, write_receipt};

/// Where a person stands towards one purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Never answered.
    Unknown,
    /// Said yes.
    Granted,
    /// Said no.
    Refused,
    /// Said yes and took it back.
    Withdrawn,
}

/// The payload of the two consent buttons: `consent:<purpose>:<version>:yes|no`.
pub fn button_payload(purpose: document::Purpose, version: i64, yes: bool) -> String {
    format!(
        "consent:{}:{version}:{}",
        purpose.as_str(),
        if yes { "yes" } else { "no" }
    )
}

/// Reads the payload of a consent button.
pub fn read_button(payload: &str) -> Option<(document::Purpose, i64, bool)> {
    let mut words = payload.split(':');
    let (Some("consent"), Some(purpose), Some(version), Some(answer), None) =
        (words.next(), words.next(), words.next(), words.next(), words.next())
    else {
        return None;
    };
    let purpose = document::Purpose::from_name(purpose)?;
    let version = version.parse().ok()?;
    match answer {
        "yes" => Some((purpose, version, true)),
        "no" => Some((purpose, version, false)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_button_payload_reads_back_and_fits_a_messenger() {
        let payload = button_payload(document::Purpose::Assistant, 12, true);
        assert!(payload.len() <= 64);
        assert_eq!(read_button(&payload), Some((document::Purpose::Assistant, 12, true)));
        for foreign in [
            "consent:assistant:1",
            "consent:assistant:1:maybe",
            "appt:42:yes",
            "consent:x:1:yes",
            "consent:assistant:1:yes:",
        ] {
            assert_eq!(read_button(foreign), None, "{foreign}");
        }
    }
}
