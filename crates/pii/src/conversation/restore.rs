//! Tokens back into values: exactly what stood there for a text nobody changed, the right case for a new sentence.

use super::entry::Entry;
use super::token::{self, Found};
use super::{Conversation, TokenView, token::TokenKind};
use crate::decline::{case_between, decline};
use crate::label::Label;

/// Characters of masked text on each side by which a place is recognised.
const WINDOW_CHARS: usize = 24;
/// Characters to the left of a token that may decide its grammatical case.
pub(super) const LEFT_CHARS: usize = 96;
/// The same to the right; a stream waits for them.
pub(super) const RIGHT_CHARS: usize = 48;

/// A text with values put back.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Restoration {
    /// The text with values.
    pub text: String,
    /// Canonical spellings of the tokens that were replaced by values.
    pub restored: Vec<String>,
    /// What looks like a token and is none of this conversation, as written.
    pub foreign: Vec<String>,
    /// Canonical spellings of the tokens that were not allowed.
    pub refused: Vec<String>,
}

impl Restoration {
    /// Of the tokens an answer was expected to hold, those it does not: a model that dropped the address it was asked
    /// to repeat.
    pub fn absent<'e>(&self, expected: &[&'e str]) -> Vec<&'e str> {
        let has = |token: &str| self.restored.iter().chain(&self.refused).any(|known| known == token);
        expected.iter().copied().filter(|token| !has(token)).collect()
    }
}

impl std::fmt::Debug for Restoration {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Restoration")
            .field("restored", &self.restored)
            .field("foreign", &self.foreign.len())
            .field("refused", &self.refused)
            .finish_non_exhaustive()
    }
}

/// FNV-1a.
fn hash(seed: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(seed, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;

/// Hashes of the surroundings of ascending places of one masked text, which may have lost its beginning.
pub(super) struct Surroundings {
    hashed: usize,
    prefix: u64,
}

impl Surroundings {
    pub(super) fn new() -> Self {
        Self {
            hashed: 0,
            prefix: SEED,
        }
    }

    /// Keys of the place `start..end`, the surest first: by everything before it, and by the nearest characters only.
    pub(super) fn keys(&mut self, text: &str, start: usize, end: usize) -> [u64; 2] {
        self.pass(text, start);
        let right = first_chars(&text[end..], WINDOW_CHARS).as_bytes();
        let left = last_chars(&text[..start], WINDOW_CHARS).as_bytes();
        let right = hash(SEED, right);
        [
            hash(self.prefix ^ 1, &right.to_le_bytes()),
            hash(hash(SEED ^ 2, left), &right.to_le_bytes()),
        ]
    }

    fn pass(&mut self, text: &str, to: usize) {
        self.prefix = hash(self.prefix, &text.as_bytes()[self.hashed..to]);
        self.hashed = to;
    }

    /// The first bytes of the text are about to be dropped.
    pub(super) fn forget(&mut self, text: &str, bytes: usize) {
        if self.hashed < bytes {
            self.pass(text, bytes);
        }
        self.hashed -= bytes;
    }
}

fn first_chars(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or(text, |(end, _)| &text[..end])
}

fn last_chars(text: &str, count: usize) -> &str {
    text.char_indices()
        .rev()
        .nth(count.saturating_sub(1))
        .map_or(text, |(start, _)| &text[start..])
}

/// What stands in place of one token.
pub(super) fn value_at(entry: &Entry, text: &str, found: &Found, context: &mut Surroundings) -> (String, usize) {
    if found.exact {
        for key in context.keys(text, found.range.start, found.range.end) {
            if let Some(surface) = entry
                .occurrences
                .get(&key)
                .and_then(|place| entry.surfaces.get(*place as usize))
            {
                return (surface.clone(), found.range.end);
            }
        }
    }
    if entry.kind != TokenKind::Data(Label::Person) {
        return (
            entry.value.clone(),
            if entry.kind == TokenKind::Text {
                found.range.end
            } else {
                found.glued_end
            },
        );
    }
    let left = last_chars(&text[..found.range.start], LEFT_CHARS);
    let right = first_chars(&text[found.glued_end..], RIGHT_CHARS);
    let asked = case_between(left, right, entry.gender);
    // Whoever bent the token knew the case; the sentence only settles endings that mean several.
    let case = match found.hint {
        [likeliest, ..] if !found.hint.contains(&asked) => *likeliest,
        _ => asked,
    };
    (decline(&entry.value, entry.gender, case), found.glued_end)
}

/// Restores a whole text.
pub(super) fn restore(
    conversation: &Conversation,
    text: &str,
    allowed: &dyn Fn(&TokenView<'_>) -> bool,
    otherwise: &str,
) -> Restoration {
    let mut restoration = Restoration {
        text: String::with_capacity(text.len()),
        ..Restoration::default()
    };
    let mut context = Surroundings::new();
    let mut at = 0;
    for found in token::scan(text) {
        if found.range.start < at {
            continue;
        }
        restoration.text.push_str(&text[at..found.range.start]);
        at = found.range.end;
        let Some(entry) = conversation.entry_of(found.kind, found.number) else {
            restoration.foreign.push(text[found.range.clone()].to_owned());
            restoration.text.push_str(&text[found.range]);
            continue;
        };
        if entry.view().is_some_and(|view| !allowed(&view)) {
            restoration.refused.push(entry.token.clone());
            restoration.text.push_str(otherwise);
            at = found.glued_end;
            continue;
        }
        let (value, end) = value_at(entry, text, &found, &mut context);
        restoration.text.push_str(&value);
        restoration.restored.push(entry.token.clone());
        at = end;
    }
    restoration.text.push_str(&text[at..]);
    restoration
}
