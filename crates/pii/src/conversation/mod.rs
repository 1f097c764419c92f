//! The pseudonyms of one conversation: real values on one side, tokens on the other.
//!
//! A token stands for a value of one label, or for a person under any form of the name. Numbers grow one by one and
//! say nothing of the value. What people typed to look like a token becomes a token of its own, so nobody can make
//! the restorer put a foreign value somewhere.

mod acquaintance;
mod agreement;
mod asked;
mod completion;
mod contrast;
mod description;
#[cfg(test)]
mod dialogue_tests;
mod diminutive;
mod echo;
mod entry;
mod evidence;
mod given;
mod hindsight;
mod introduction;
mod kinship;
mod marked;
mod masking;
mod mention;
mod neighbour;
mod occupation;
mod parts;
mod people;
mod person;
mod place;
mod question;
mod rank;
mod reading;
mod resolve;
mod restore;
mod role;
mod stream;
pub(crate) mod token;
pub(crate) mod weights;
mod word;
mod writer;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

pub use masking::{Entity, Masking};
pub use restore::Restoration;
pub use stream::{HELD_CHARS_MAX, StreamRestorer};

use crate::label::{Gender, Label};
use crate::policy::{Action, Policy};
use acquaintance::Acquaintance;
use entry::{Entry, canonical_key};
pub(crate) use given::short_names;
use person::Person;
use token::TokenKind;

/// Who wrote a message; helps to tell namesakes apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speaker {
    /// The person the business serves.
    Client,
    /// An employee or a bot of the business.
    Staff,
}

/// The pseudonym map of one conversation. Holds real values; `Debug` hides them.
///
/// Messages come one by one, and whom a name means is decided when its message comes, by what was said before: the
/// full name and its forms, the side that speaks, roles and relations beside it. A token once given stays valid and is
/// never given to another. Where a later message tells that two tokens are one person, the names that follow get one of
/// them, and both restore.
///
/// ```
/// use shirma_pii::{Conversation, Detector};
/// let mut conversation = Conversation::default();
/// let masking = conversation.mask(&Detector::new(), "Запишите Анну, 8 900 000-00-01");
/// assert_eq!(masking.text, "Запишите [Клиент-1], [Телефон-2]");
/// assert_eq!(conversation.restore("Передам [Клиент-1].").text, "Передам Анне.");
/// ```
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Conversation {
    /// Token `n` is entry `n - 1`.
    entries: Vec<Entry>,
    people: Vec<Person>,
    /// Label and canonical value → entry.
    index: BTreeMap<String, usize>,
    messages: u32,
    /// Folded names met so far.
    heard: BTreeSet<String>,
    /// Occupation spoken of last with no name beside, as a stem, and the number of the message.
    #[serde(default)]
    topic: Option<(String, u32)>,
    /// What the last message without names described, as stems.
    #[serde(default)]
    described: BTreeSet<String>,
    /// A client has said something.
    #[serde(default)]
    client_heard: bool,
    /// Mentions of people so far.
    #[serde(default)]
    heard_people: u32,
    /// Who writes for each side.
    #[serde(default)]
    writers: writer::Writers,
    /// What the last message of the business asked for.
    #[serde(default)]
    expected: asked::Expected,
    /// People the last message with names spoke of, in order.
    #[serde(default)]
    previous: Vec<usize>,
    /// People the last message offered to choose from.
    #[serde(default)]
    offered: hindsight::Offered,
    /// People whose names the last message asked for.
    #[serde(default)]
    asked_about: Vec<usize>,
    /// Whom to compare a mention with.
    #[serde(skip)]
    acquaintance: Acquaintance,
    /// The names of the current message.
    #[serde(skip)]
    names: people::Names,
    /// What each sign weighs.
    #[serde(skip)]
    weights: weights::Weights,
}

impl std::fmt::Debug for Conversation {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Conversation")
            .field("tokens", &self.entries.len())
            .field("people", &self.people.len())
            .finish_non_exhaustive()
    }
}

/// One token of a conversation. `Debug` hides the value.
#[derive(Clone, Copy)]
pub struct TokenView<'a> {
    /// The token as written into masked texts.
    pub token: &'a str,
    /// What it stands for.
    pub label: Label,
    /// Number of the person in this conversation; two tokens share it where a later message told that they are one.
    pub subject: Option<u32>,
    /// The real value: nominative of a name, first spelling of anything else.
    pub value: &'a str,
    /// The token is the person, not something that belongs to a person.
    pub is_subject_self: bool,
}

impl std::fmt::Debug for TokenView<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("TokenView")
            .field("token", &self.token)
            .field("subject", &self.subject)
            .finish_non_exhaustive()
    }
}

impl Conversation {
    /// The token of a value known beforehand: a name from a messenger profile, an employee. Later mentions of the
    /// same value or person get the same token.
    pub fn introduce(&mut self, value: &str, label: Label, gender: Option<Gender>) -> String {
        if label != Label::Person {
            let entry = self.entry_by_key(canonical_key(label, value), TokenKind::Data(label), value);
            return self.entries[entry].token.clone();
        }
        let entry = self.entry_of_introduced(value, gender);
        self.entries[entry].gender = gender.or(self.entries[entry].gender);
        self.entries[entry].token.clone()
    }

    /// What a value known to be of `label` becomes under a policy: a cell of a column «Телефон», the sender of a
    /// message. A token restores to the first spelling met. Two names are one person only if they are the same words: in a
    /// list of clients «Анна» is not yet «Анна Ким», and a letter more may be somebody else.
    pub fn mask_value(&mut self, value: &str, label: Label, policy: &Policy) -> String {
        let trimmed = value.trim();
        if trimmed.is_empty() || policy.action(label) == Action::Keep {
            return value.to_owned();
        }
        policy.substitute(label, trimmed).unwrap_or_else(|| match label {
            Label::Person => {
                let entry = self.entry_of_listed(trimmed);
                self.entries[entry].token.clone()
            }
            label => self.introduce(trimmed, label, None),
        })
    }

    /// All tokens that stand for data, in order of their numbers.
    pub fn tokens(&self) -> impl Iterator<Item = TokenView<'_>> {
        self.entries.iter().filter_map(Entry::view)
    }

    /// Puts the real values back.
    pub fn restore(&self, text: &str) -> Restoration {
        restore::restore(self, text, &|_| true, "")
    }

    /// Puts back the values of tokens that `allowed` lets through; the others become `otherwise` and are reported.
    pub fn restore_where(&self, text: &str, allowed: impl Fn(&TokenView<'_>) -> bool, otherwise: &str) -> Restoration {
        restore::restore(self, text, &allowed, otherwise)
    }

    /// Puts values back in a text that arrives in pieces.
    pub fn restorer(&self) -> StreamRestorer<'_> {
        StreamRestorer::new(self)
    }

    /// Every spelling of every value, for checks that nothing slipped through.
    pub fn surfaces(&self) -> BTreeSet<&str> {
        self.entries
            .iter()
            .flat_map(|entry| entry.surfaces.iter().map(String::as_str).chain([entry.value.as_str()]))
            .collect()
    }
}
