//! The pseudonyms of one conversation: real values on one side, tokens on the other.
//!
//! A token stands for a value of one label, or for a person under any form of the name. Numbers grow one by one and
//! say nothing of the value. What people typed to look like a token becomes a token of its own, so nobody can make
//! the restorer put a foreign value somewhere.

mod acquaintance;
mod agreement;
mod asked;
#[cfg(test)]
mod dialogue_tests;
mod given;
mod introduction;
mod marked;
mod mention;
mod neighbour;
mod occupation;
mod people;
mod person;
mod rank;
mod reading;
mod resolve;
mod restore;
mod role;
mod stream;
pub(crate) mod token;
mod word;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::{Deserialize, Serialize};

pub use restore::Restoration;
pub use stream::{HELD_CHARS_MAX, StreamRestorer};

use crate::canonical::{canonical_email, canonical_phone};
use crate::detector::Detector;
use crate::finding::Flags;
use crate::label::{Gender, Label};
use crate::policy::{Action, Policy};
use crate::shadow::Shadow;
use acquaintance::Acquaintance;
pub(crate) use given::short_names;
use person::Person;
use restore::Surroundings;
use token::TokenKind;

/// Who wrote a message; helps to tell namesakes apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speaker {
    /// The person the business serves.
    Client,
    /// An employee or a bot of the business.
    Staff,
}

/// What a token stands for.
#[derive(Clone, Serialize, Deserialize)]
struct Entry {
    kind: TokenKind,
    token: String,
    /// The value for new sentences: nominative of a name, the first spelling of anything else.
    value: String,
    /// Index of the person, for names.
    person: Option<usize>,
    gender: Option<Gender>,
    /// Spellings met in texts.
    surfaces: Vec<String>,
    /// Hash of the masked surroundings → spelling.
    occurrences: BTreeMap<u64, u32>,
}

/// The pseudonym map of one conversation. Holds real values; `Debug` hides them.
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
    /// A client has said something.
    #[serde(default)]
    client_heard: bool,
    /// Mentions of people so far.
    #[serde(default)]
    heard_people: u32,
    /// What the last message of the business asked for.
    #[serde(default)]
    expected: asked::Expected,
    /// People whose names the last message asked for.
    #[serde(default)]
    asked_about: Vec<usize>,
    /// Whom to compare a mention with.
    #[serde(skip)]
    acquaintance: Acquaintance,
    /// The names of the current message.
    #[serde(skip)]
    names: people::Names,
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

/// A place of the original text that was replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Bytes of the original text, on character borders.
    pub range: Range<usize>,
    /// What was there.
    pub label: Label,
    /// What stands there now.
    pub token: String,
    /// Number of the person in this conversation, from 1; `None` if the value is nobody's in particular.
    pub subject: Option<u32>,
}

/// A masked text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Masking {
    /// The text with tokens.
    pub text: String,
    /// What was replaced, in order.
    pub entities: Vec<Entity>,
    /// Flags of the original text.
    pub flags: Flags,
}

/// One token of a conversation. `Debug` hides the value.
#[derive(Clone, Copy)]
pub struct TokenView<'a> {
    /// The token as written into masked texts.
    pub token: &'a str,
    /// What it stands for.
    pub label: Label,
    /// Number of the person in this conversation.
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

/// A place to be replaced.
struct Replacement {
    range: Range<usize>,
    with: With,
}

/// What stands in a place from now on.
enum With {
    /// The token of an entry.
    Entry(usize),
    /// Something that is never restored.
    Text(String),
}

impl Conversation {
    /// Replaces everything personal in `text` with tokens.
    pub fn mask(&mut self, detector: &Detector, text: &str) -> Masking {
        self.mask_under(detector, text, None, &Policy::default())
    }

    /// The same for a message whose writer is known.
    pub fn mask_said_by(&mut self, detector: &Detector, text: &str, speaker: Speaker) -> Masking {
        self.mask_under(detector, text, Some(speaker), &Policy::default())
    }

    /// The same with a policy that says what becomes of each label. What is not replaced by a token is lost: it is
    /// not kept and not restored.
    pub fn mask_under(
        &mut self,
        detector: &Detector,
        text: &str,
        speaker: Option<Speaker>,
        policy: &Policy,
    ) -> Masking {
        let mut detection = detector.detect_after(text, &self.heard);
        self.add_answer(text, speaker, &mut detection.findings);
        let people = detection
            .findings
            .iter()
            .filter(|finding| finding.label == Label::Person);
        self.begin_message(people.map(|finding| finding.range.clone()).collect());
        let forged: Vec<Range<usize>> = token::scan(text).into_iter().map(|found| found.range).collect();
        let mut replacements = Vec::new();
        let mut entities = Vec::new();
        let mut forged = forged.into_iter().peekable();
        for finding in detection.findings {
            while let Some(range) = forged.next_if(|range| range.end <= finding.range.start) {
                replacements.push(self.neutralise(text, range));
            }
            if forged.peek().is_some_and(|range| range.start < finding.range.end) {
                // Data inside something that looks like a token: both go as one piece of text.
                let mut range = forged.next().unwrap_or_default();
                range = range.start.min(finding.range.start)..range.end.max(finding.range.end);
                while let Some(next) = forged.next_if(|next| next.start < range.end) {
                    range.end = range.end.max(next.end);
                }
                let covered = replacements
                    .last()
                    .is_some_and(|last: &Replacement| last.range.end > range.start);
                if !covered {
                    replacements.push(self.neutralise(text, range));
                }
                continue;
            }
            if replacements
                .last()
                .is_some_and(|last: &Replacement| last.range.end > finding.range.start)
            {
                continue;
            }
            if policy.action(finding.label) == Action::Keep {
                continue;
            }
            if let Some(substitute) = policy.substitute(finding.label, &text[finding.range.clone()]) {
                entities.push(Entity {
                    range: finding.range.clone(),
                    label: finding.label,
                    token: substitute.clone(),
                    subject: None,
                });
                replacements.push(Replacement {
                    range: finding.range,
                    with: With::Text(substitute),
                });
                continue;
            }
            let entry = self.entry_for(text, &finding.range, finding.label, speaker);
            let subject = self.entries[entry].person.map(|person| person as u32 + 1);
            entities.push(Entity {
                range: finding.range.clone(),
                label: finding.label,
                token: self.entries[entry].token.clone(),
                subject,
            });
            replacements.push(Replacement {
                range: finding.range,
                with: With::Entry(entry),
            });
        }
        for range in forged {
            if replacements
                .last()
                .is_none_or(|last: &Replacement| last.range.end <= range.start)
            {
                replacements.push(self.neutralise(text, range));
            }
        }
        self.end_message(text, speaker);
        let masked = self.write(text, &replacements);
        self.remember(text, &masked, &replacements);
        if self.restore(&masked).text != without_substituted(text, &replacements) {
            // Surroundings that make a token unreadable: the whole text goes as one piece, nothing is lost or leaked.
            let whole = vec![self.neutralise(text, 0..text.len())];
            let masked = self.write(text, &whole);
            self.remember(text, &masked, &whole);
            return Masking {
                text: masked,
                entities,
                flags: detection.flags,
            };
        }
        Masking {
            text: masked,
            entities,
            flags: detection.flags,
        }
    }

    /// A token of its own for text that looks like a token.
    fn neutralise(&mut self, text: &str, range: Range<usize>) -> Replacement {
        let surface = &text[range.clone()];
        let key = format!("{}\u{0}{surface}", token::TEXT_WORD);
        let entry = self.entry_by_key(key, TokenKind::Text, surface);
        Replacement {
            range,
            with: With::Entry(entry),
        }
    }

    fn entry_by_key(&mut self, key: String, kind: TokenKind, value: &str) -> usize {
        if let Some(entry) = self.index.get(&key) {
            return *entry;
        }
        let entry = self.push_entry(kind, value, None, None);
        self.index.insert(key, entry);
        entry
    }

    fn push_entry(&mut self, kind: TokenKind, value: &str, person: Option<usize>, gender: Option<Gender>) -> usize {
        let number = self.entries.len() as u32 + 1;
        self.entries.push(Entry {
            kind,
            token: token::spelling(kind, number),
            value: value.to_owned(),
            person,
            gender,
            surfaces: Vec::new(),
            occurrences: BTreeMap::new(),
        });
        self.entries.len() - 1
    }

    fn entry_for(&mut self, text: &str, range: &Range<usize>, label: Label, speaker: Option<Speaker>) -> usize {
        let surface = &text[range.clone()];
        if label != Label::Person {
            return self.entry_by_key(canonical_key(label, surface), TokenKind::Data(label), surface);
        }
        self.entry_of_mention(text, range, speaker)
    }

    fn write(&self, text: &str, replacements: &[Replacement]) -> String {
        let mut masked = String::with_capacity(text.len());
        let mut at = 0;
        for replacement in replacements {
            masked.push_str(&text[at..replacement.range.start]);
            masked.push_str(match &replacement.with {
                With::Entry(entry) => &self.entries[*entry].token,
                With::Text(substitute) => substitute,
            });
            at = replacement.range.end;
        }
        masked.push_str(&text[at..]);
        masked
    }

    /// Keeps the spelling of each replaced place under the hash of its masked surroundings.
    fn remember(&mut self, text: &str, masked: &str, replacements: &[Replacement]) {
        let mut context = Surroundings::new();
        let mut shift: isize = 0;
        for replacement in replacements {
            let surface = &text[replacement.range.clone()];
            let entry = match &replacement.with {
                With::Entry(entry) => &mut self.entries[*entry],
                With::Text(substitute) => {
                    shift += substitute.len() as isize - replacement.range.len() as isize;
                    continue;
                }
            };
            let start = (replacement.range.start as isize + shift) as usize;
            let end = start + entry.token.len();
            shift += entry.token.len() as isize - replacement.range.len() as isize;
            let place = entry
                .surfaces
                .iter()
                .position(|known| known == surface)
                .unwrap_or_else(|| {
                    entry.surfaces.push(surface.to_owned());
                    entry.surfaces.len() - 1
                });
            for key in context.keys(masked, start, end) {
                entry.occurrences.insert(key, place as u32);
            }
        }
    }

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
    /// message. A token restores to the first spelling met.
    pub fn mask_value(&mut self, value: &str, label: Label, policy: &Policy) -> String {
        let trimmed = value.trim();
        if trimmed.is_empty() || policy.action(label) == Action::Keep {
            return value.to_owned();
        }
        policy
            .substitute(label, trimmed)
            .unwrap_or_else(|| self.introduce(trimmed, label, None))
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

    fn entry_of(&self, kind: TokenKind, number: u32) -> Option<&Entry> {
        self.entries
            .get(number.checked_sub(1)? as usize)
            .filter(|entry| entry.kind == kind)
    }

    /// Every spelling of every value, for checks that nothing slipped through.
    pub fn surfaces(&self) -> BTreeSet<&str> {
        self.entries
            .iter()
            .flat_map(|entry| entry.surfaces.iter().map(String::as_str).chain([entry.value.as_str()]))
            .collect()
    }
}

impl Entry {
    fn view(&self) -> Option<TokenView<'_>> {
        match self.kind {
            TokenKind::Data(label) => Some(TokenView {
                token: &self.token,
                label,
                subject: self.person.map(|person| person as u32 + 1),
                value: &self.value,
                is_subject_self: label == Label::Person,
            }),
            TokenKind::Text => None,
        }
    }
}

/// The text as restoring can give it back: with the substitutes that stand for good.
fn without_substituted(text: &str, replacements: &[Replacement]) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    for replacement in replacements {
        if let With::Text(substitute) = &replacement.with {
            kept.push_str(&text[at..replacement.range.start]);
            kept.push_str(substitute);
            at = replacement.range.end;
        }
    }
    kept.push_str(&text[at..]);
    kept
}

/// One key for all spellings of a value.
fn canonical_key(label: Label, surface: &str) -> String {
    let canonical = match label {
        Label::Phone => canonical_phone(surface),
        Label::Email => canonical_email(surface),
        _ => None,
    };
    let canonical = canonical.unwrap_or_else(|| {
        if label == Label::Secret {
            return surface.to_owned();
        }
        Shadow::new(surface)
            .text()
            .chars()
            .filter(|sign| sign.is_alphanumeric())
            .map(|sign| crate::shadow::to_latin(sign).unwrap_or(sign))
            .collect()
    });
    format!("{}\u{0}{canonical}", label.as_str())
}
