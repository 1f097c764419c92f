//! Masking one message of a dialogue, putting a prompt together, restoring an answer.

use shirma_pii::{Detector, Label, Masking};

use super::text::{Cleared, Masked};
use crate::contract::{Prompt, Speaker, Turn};
use crate::dialog::{PastTurn, Tokens};

/// What stands for a value that this client may not read.
const NEUTRAL_WORD: &str = "…";

/// A message after masking.
pub struct MaskedMessage {
    /// With tokens.
    pub text: String,
    /// Labels found, for the journal: no values.
    pub labels: Vec<&'static str>,
    /// Phones found, as typed: claims for the card.
    pub phones: Vec<String>,
    /// E-mails found, as typed: claims for the card.
    pub emails: Vec<String>,
    /// Reveals a state of health.
    pub health: bool,
}

/// Replaces every value found in a client's message by the tokens of its dialog.
pub fn mask(detector: &Detector, tokens: &mut Tokens, text: &str) -> MaskedMessage {
    summary(tokens.mask_client(detector, text), text)
}

/// The same for words of our own side, whose new tokens never come back to the client.
pub fn mask_ours(detector: &Detector, tokens: &mut Tokens, text: &str) -> MaskedMessage {
    summary(tokens.mask_ours(detector, text), text)
}

fn summary(masking: Masking, text: &str) -> MaskedMessage {
    let typed = |label: Label, canonical: fn(&str) -> Option<String>| -> Vec<String> {
        let found = masking.entities.iter().filter(|entity| entity.label == label);
        found
            .filter_map(|entity| text.get(entity.range.clone()))
            .filter_map(canonical)
            .collect()
    };
    MaskedMessage {
        labels: masking.entities.iter().map(|entity| entity.label.as_str()).collect(),
        phones: typed(Label::Phone, shirma_pii::canonical_phone),
        emails: typed(Label::Email, shirma_pii::canonical_email),
        health: masking.flags.health,
        text: masking.text,
    }
}

/// What a model is asked: public facts of the business and the dialogue as it was masked when it was recorded.
///
/// `client_token` tells the model what to call the client.
pub fn prompt(instructions: &str, client_token: Option<&str>, turns: &[PastTurn]) -> Prompt {
    let mut instructions = instructions.to_owned();
    if let Some(token) = client_token {
        instructions.push_str("\nКлиент: ");
        instructions.push_str(token);
    }
    let turns = turns.iter().map(|turn| Turn {
        speaker: if turn.by_client {
            Speaker::Client
        } else {
            Speaker::Business
        },
        text: Masked::new(turn.masked.clone()),
    });
    Prompt {
        instructions: Cleared::new(instructions),
        turns: turns.collect(),
    }
}

/// A held answer as a person at the desk reads it.
pub struct Draft {
    /// With the values this client may read.
    pub shown: String,
    /// With codes, cleaned of signs nobody sees.
    pub masked: String,
    /// Every code in it stands for such a value.
    pub is_whole: bool,
}

/// Reads a held answer.
pub fn read_draft(tokens: &Tokens, text: &str) -> Draft {
    let masked: String = text
        .chars()
        .filter(|letter| !letter.is_control() || *letter == '\n')
        .collect();
    let masked = masked.trim().to_owned();
    let restored = tokens
        .conversation
        .restore_where(&masked, |view| tokens.may_return(view.token), NEUTRAL_WORD);
    Draft {
        is_whole: restored.foreign.is_empty() && restored.refused.is_empty(),
        shown: restored.text.trim().to_owned(),
        masked,
    }
}

/// Whether words a person typed carry what looks like a code: nothing would be put in its place.
pub fn carries_codes(tokens: &Tokens, text: &str) -> bool {
    let read = tokens.conversation.restore_where(text, |_| false, NEUTRAL_WORD);
    !read.foreign.is_empty() || !read.refused.is_empty()
}

/// Puts the values back: the last step before a channel, in memory only.
///
/// A token that may not come back to this client becomes a neutral word; `inspect` has kept such answers from coming here.
pub fn restore(tokens: &Tokens, text: &str) -> String {
    tokens
        .conversation
        .restore_where(text, |view| tokens.may_return(view.token), NEUTRAL_WORD)
        .text
}
