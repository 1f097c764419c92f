//! The pseudonyms of one dialog and which of them may come back to the client.
//!
//! What staff wrote about somebody else is masked for the assistant too, but its tokens are withheld: an answer that
//! carries one is held for a person and never restored (security.md §3).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use shirma_pii::{Conversation, Detector, Label, Masking, Speaker, TokenView};

/// Tokens and their values, sealed as one.
#[derive(Default, Clone, Serialize, Deserialize)]
pub struct Tokens {
    /// Token ↔ value.
    pub conversation: Conversation,
    /// Tokens whose values the client has never said himself.
    withheld: BTreeSet<String>,
}

impl Tokens {
    /// Masks words of the client: whatever he says himself he may read again.
    pub fn mask_client(&mut self, detector: &Detector, text: &str) -> Masking {
        let masking = self.conversation.mask_said_by(detector, text, Speaker::Client);
        for entity in &masking.entities {
            let part = |view: TokenView<'_>| view.token == entity.token && is_part(&text[entity.range.clone()], &view);
            if !self.conversation.tokens().any(part) {
                self.withheld.remove(&entity.token);
            }
        }
        masking
    }

    /// Masks words of our side: values new to the dialog are withheld from answers.
    pub fn mask_ours(&mut self, detector: &Detector, text: &str) -> Masking {
        let known: BTreeSet<String> = self.conversation.tokens().map(|view| view.token.to_owned()).collect();
        let masking = self.conversation.mask_said_by(detector, text, Speaker::Staff);
        for entity in masking.entities.iter().filter(|entity| !known.contains(&entity.token)) {
            self.withheld.insert(entity.token.clone());
        }
        masking
    }

    /// Whether the value behind a token may go to the client.
    pub fn may_return(&self, token: &str) -> bool {
        !self.withheld.contains(token)
    }
}

/// Whether `said` is a part only of the name a token stands for: «Пётр» of «Пётр Примеров».
fn is_part(said: &str, view: &TokenView<'_>) -> bool {
    view.label == Label::Person && said.split_whitespace().count() < view.value.split_whitespace().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_only_staff_named_is_withheld_until_the_client_says_it() {
        let detector = Detector::new();
        let mut tokens = Tokens::default();
        let own = tokens.mask_client(&detector, "Меня зовут Анна Тестова").entities[0]
            .token
            .clone();
        let other = tokens
            .mask_ours(&detector, "Перенесите клиента Петра Примерова")
            .entities[0]
            .token
            .clone();
        assert!(tokens.may_return(&own));
        assert!(!tokens.may_return(&other));
        assert!(tokens.may_return(&tokens.clone().mask_ours(&detector, "Анна Тестова, ждём вас").entities[0].token));
        // A part of the name is not all of it.
        tokens.mask_client(&detector, "Пётр придёт сам");
        assert!(!tokens.may_return(&other));
        tokens.mask_client(&detector, "Это мой муж, Пётр Примеров");
        assert!(tokens.may_return(&other));
    }
}
