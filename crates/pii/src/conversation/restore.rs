//! Tokens back into values: exactly what stood there for a text nobody changed, the right case for a new sentence.

use std::collections::VecDeque;

use super::token::{self, Found, TOKEN_CHARS_MAX};
use super::{Conversation, Entry, TokenView, token::TokenKind};
use crate::decline::{case_between, decline};
use crate::label::Label;

/// Characters of masked text on each side by which a place is recognised.
const WINDOW_CHARS: usize = 24;
/// Characters to the left and right of a token that may decide its grammatical case.
const SENTENCE_CHARS: usize = 96;

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

/// Hashes of the surroundings of ascending places of one masked text.
pub(super) struct Context<'a> {
    text: &'a str,
    hashed: usize,
    prefix: u64,
}

impl<'a> Context<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            hashed: 0,
            prefix: SEED,
        }
    }

    /// Keys of the place `start..end`, the surest first: by everything before it, and by the nearest characters only.
    pub(super) fn keys(&mut self, start: usize, end: usize) -> [u64; 2] {
        self.prefix = hash(self.prefix, &self.text.as_bytes()[self.hashed..start]);
        self.hashed = start;
        let right = first_chars(&self.text[end..], WINDOW_CHARS).as_bytes();
        let left = last_chars(&self.text[..start], WINDOW_CHARS).as_bytes();
        let right = hash(SEED, right);
        [
            hash(self.prefix ^ 1, &right.to_le_bytes()),
            hash(hash(SEED ^ 2, left), &right.to_le_bytes()),
        ]
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
fn value_at(entry: &Entry, text: &str, found: &Found, context: &mut Context<'_>) -> (String, usize) {
    if found.exact {
        for key in context.keys(found.range.start, found.range.end) {
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
    let left = last_chars(&text[..found.range.start], SENTENCE_CHARS);
    let right = first_chars(&text[found.glued_end..], SENTENCE_CHARS);
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
    let mut context = Context::new(text);
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

/// Restores a text that arrives in pieces cut anywhere; never gives out a part of a token. What it gives out in all
/// equals what [`Conversation::restore`] makes of the whole.
pub struct StreamRestorer<'a> {
    conversation: &'a Conversation,
    /// Everything received.
    text: String,
    /// Bytes of the restored text given out so far.
    given: usize,
    /// Borders of `text` in characters, newest last, to know how much must be held back.
    borders: VecDeque<usize>,
}

/// What must be seen to the right of a place before it can be given out.
const HELD_CHARS: usize = TOKEN_CHARS_MAX + SENTENCE_CHARS;

impl<'a> StreamRestorer<'a> {
    pub(super) fn new(conversation: &'a Conversation) -> Self {
        Self {
            conversation,
            text: String::new(),
            given: 0,
            borders: VecDeque::new(),
        }
    }

    /// Takes the next piece and gives out what is certain by now.
    pub fn push(&mut self, piece: &str) -> String {
        for (at, _) in piece.char_indices() {
            self.borders.push_back(self.text.len() + at);
        }
        self.text.push_str(piece);
        while self.borders.len() > HELD_CHARS {
            self.borders.pop_front();
        }
        if self.borders.len() < HELD_CHARS {
            return String::new();
        }
        let certain = self.borders.front().copied().unwrap_or_default();
        self.give(certain)
    }

    /// Gives out the rest.
    pub fn finish(mut self) -> String {
        let end = self.text.len();
        self.give(end)
    }

    /// Restores everything and gives out the part that comes from before byte `certain` of the received text.
    fn give(&mut self, certain: usize) -> String {
        let mut restored = String::new();
        let mut context = Context::new(&self.text);
        let mut at = 0;
        for found in token::scan(&self.text) {
            if found.range.start >= certain {
                break;
            }
            if found.range.start < at {
                continue;
            }
            restored.push_str(&self.text[at..found.range.start]);
            at = found.range.end;
            match self.conversation.entry_of(found.kind, found.number) {
                Some(entry) => {
                    let (value, end) = value_at(entry, &self.text, &found, &mut context);
                    restored.push_str(&value);
                    at = end;
                }
                None => restored.push_str(&self.text[found.range]),
            }
        }
        if at < certain {
            restored.push_str(&self.text[at..certain]);
        }
        let fresh = restored.get(self.given..).unwrap_or_default().to_owned();
        self.given = self.given.max(restored.len());
        fresh
    }
}
