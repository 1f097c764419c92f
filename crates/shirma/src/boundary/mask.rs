//! Masking one message of a dialogue, putting a prompt together, restoring an answer.

use shirma_pii::{Detector, Label, Masking, TokenView};

use super::text::{Cleared, Masked};
use crate::contract::{Prompt, Speaker, Turn};
use crate::dialog::{PastTurn, Tokens};
use crate::subject::NameFound;

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
    /// Names found: which of them is the client's own, `subject::own_name` says.
    pub names: Vec<NameFound>,
    /// Reveals a state of health.
    pub health: bool,
}

/// Replaces every value found in a client's message by the tokens of its dialog.
pub fn mask(detector: &Detector, tokens: &mut Tokens, text: &str) -> MaskedMessage {
    let masking = tokens.mask_client(detector, text);
    summary(tokens, masking, text)
}

/// The same for words of our own side, whose new tokens never come back to the client.
pub fn mask_ours(detector: &Detector, tokens: &mut Tokens, text: &str) -> MaskedMessage {
    let masking = tokens.mask_ours(detector, text);
    summary(tokens, masking, text)
}

fn summary(tokens: &Tokens, masking: Masking, text: &str) -> MaskedMessage {
    let typed = |label: Label, canonical: fn(&str) -> Option<String>| -> Vec<String> {
        let found = masking.entities.iter().filter(|entity| entity.label == label);
        found
            .filter_map(|entity| text.get(entity.range.clone()))
            .filter_map(canonical)
            .collect()
    };
    let nominative = |token: &str| {
        tokens
            .conversation
            .tokens()
            .find(|view| view.token == token)
            .map(|view| view.value.to_owned())
    };
    let names = masking
        .entities
        .iter()
        .filter(|entity| entity.label == Label::Person)
        .filter_map(|entity| {
            Some(NameFound {
                range: entity.range.clone(),
                nominative: nominative(&entity.token)?,
            })
        });
    MaskedMessage {
        names: names.collect(),
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

/// The words as the rules of the house hear them: «к Ольге» with the name of one who works here.
///
/// The rules are inside the wall and the names of staff stand in the owner's own directory. A model gets the code all the
/// same (`pii-labels.md`: employees are people too): by the name alone nobody can tell a client Ольга from a master Ольга.
/// The client's own token is never opened.
pub fn with_staff(tokens: &Tokens, masked: &str, staff: &[String], client_token: Option<&str>) -> String {
    let same = |one: &str, other: &str| one.to_lowercase().replace('ё', "е") == other.to_lowercase().replace('ё', "е");
    // The client may have two tokens: taken for two people, and found to be one.
    let client = tokens
        .conversation
        .tokens()
        .find(|view| Some(view.token) == client_token)
        .and_then(|view| view.subject);
    let is_client =
        |view: &TokenView<'_>| Some(view.token) == client_token || client.is_some() && view.subject == client;
    let works_here = |view: &TokenView<'_>| {
        view.label == Label::Person && !is_client(view) && staff.iter().any(|name| same(name, view.value))
    };
    let mut words = masked.to_owned();
    let here: Vec<&str> = tokens
        .conversation
        .tokens()
        .filter(works_here)
        .map(|view| view.token)
        .collect();
    for token in here {
        let opened = tokens
            .conversation
            .restore_where(token, |view| view.token == token, token)
            .text;
        words = words.replace(token, &opened);
    }
    words
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_hear_who_of_the_house_is_meant_and_nobody_else() {
        let detector = Detector::new();
        let staff = ["Ольга".to_owned(), "Марина".to_owned()];
        let mut tokens = Tokens::default();
        let masked = mask(
            &detector,
            &mut tokens,
            "Меня зовут Анна Ким, запишите к Ольге, можно с мамой Ириной",
        )
        .text;
        let own = "[Клиент-1]";
        assert!(masked.starts_with(&format!("Меня зовут {own}")), "{masked}");
        let heard = with_staff(&tokens, &masked, &staff, Some(own));
        assert!(
            heard.contains("Ольг") && !heard.contains("Анна") && !heard.contains("Ирин"),
            "{heard}"
        );

        let mut tokens = Tokens::default();
        let masked = mask(&detector, &mut tokens, "Меня зовут Марина").text;
        assert_eq!(
            with_staff(&tokens, &masked, &staff, Some(own)),
            masked,
            "a client with the name of a master"
        );
    }

    #[test]
    fn a_client_taken_for_two_is_opened_under_neither_token() {
        let (detector, mut tokens) = (Detector::new(), Tokens::default());
        let [own, _, other, _] = [
            "Госпожа Голубева просится на среду",
            "поставлю",
            "Анастасия сегодня одна?",
            "записала: Голубева Анастасия, 12:00",
        ]
        .map(|text| {
            let entities = tokens.mask_ours(&detector, text).entities;
            entities.first().map_or(String::new(), |entity| entity.token.clone())
        });
        let subjects: Vec<_> = tokens.conversation.tokens().map(|view| view.subject).collect();
        assert!(
            own != other && subjects[0].is_some() && subjects == [subjects[0]; 2],
            "one person, two tokens"
        );
        let staff = ["Анастасия".to_owned()];
        assert_eq!(with_staff(&tokens, &other, &staff, Some(&own)), other);
    }
}
