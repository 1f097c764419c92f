//! What the tokens of a conversation stand for.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::token::{self, TokenKind};
use super::{Conversation, Speaker, TokenView};
use crate::canonical::{canonical_email, canonical_phone};
use crate::label::{Gender, Label};
use crate::shadow::Shadow;

/// What a token stands for.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Entry {
    pub(super) kind: TokenKind,
    pub(super) token: String,
    /// The value for new sentences: nominative of a name, the first spelling of anything else.
    pub(super) value: String,
    /// Index of the person, for names.
    pub(super) person: Option<usize>,
    pub(super) gender: Option<Gender>,
    /// Spellings met in texts.
    pub(super) surfaces: Vec<String>,
    /// Hash of the masked surroundings → spelling.
    pub(super) occurrences: BTreeMap<u64, u32>,
}

impl Conversation {
    pub(super) fn entry_by_key(&mut self, key: String, kind: TokenKind, value: &str) -> usize {
        if let Some(entry) = self.index.get(&key) {
            return *entry;
        }
        let entry = self.push_entry(kind, value, None, None);
        self.index.insert(key, entry);
        entry
    }

    pub(super) fn push_entry(
        &mut self,
        kind: TokenKind,
        value: &str,
        person: Option<usize>,
        gender: Option<Gender>,
    ) -> usize {
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

    pub(super) fn entry_for(
        &mut self,
        text: &str,
        range: &Range<usize>,
        label: Label,
        speaker: Option<Speaker>,
    ) -> usize {
        let surface = &text[range.clone()];
        if label != Label::Person {
            return self.entry_by_key(canonical_key(label, surface), TokenKind::Data(label), surface);
        }
        self.entry_of_mention(text, range, speaker)
    }

    pub(super) fn entry_of(&self, kind: TokenKind, number: u32) -> Option<&Entry> {
        self.entries
            .get(number.checked_sub(1)? as usize)
            .filter(|entry| entry.kind == kind)
    }
}

impl Entry {
    pub(super) fn view(&self) -> Option<TokenView<'_>> {
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

/// One key for all spellings of a value.
pub(super) fn canonical_key(label: Label, surface: &str) -> String {
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
