//! Tokens back into values in a text that arrives in pieces.
//!
//! Plain text goes out at once. What may become a token waits until it is one or is none, and a name waits for the
//! words that decide its case; neither ever waits for more than [`HELD_CHARS_MAX`] characters. Work and memory grow
//! with what waits, not with what has passed.

use super::Conversation;
use super::restore::{LEFT_CHARS, RIGHT_CHARS, Surroundings, value_at};
use super::token::{self, Step, TOKEN_CHARS_MAX};

/// Most characters that are ever held back: the longest token, its glued ending and the words after it.
pub const HELD_CHARS_MAX: usize = TOKEN_CHARS_MAX + 4 + RIGHT_CHARS;
/// Longest character in bytes.
const CHAR_BYTES: usize = 4;
/// Passed text is dropped when it is this many times longer than what is still looked at.
const PASSED_TIMES: usize = 8;

/// Restores a text that arrives in pieces cut anywhere; never gives out a part of a token. What it gives out in all
/// equals what [`Conversation::restore`] makes of the whole.
///
/// ```
/// use shirma_pii::{Conversation, Detector};
/// let mut conversation = Conversation::default();
/// conversation.mask(&Detector::new(), "Это Анна Ким");
/// let mut restorer = conversation.restorer();
/// let mut said = restorer.push("Здравствуйте, [Кли");
/// assert_eq!(said, "Здравствуйте, ");
/// said += &restorer.push("ент-1]!");
/// said += &restorer.finish();
/// assert_eq!(said, "Здравствуйте, Анна Ким!");
/// assert_eq!(restorer.restored(), ["[Клиент-1]"]);
/// ```
pub struct StreamRestorer<'a> {
    conversation: &'a Conversation,
    /// What was received lately.
    text: String,
    /// Up to here it was given out.
    at: usize,
    previous: Option<char>,
    surroundings: Surroundings,
    restored: Vec<String>,
    foreign: Vec<String>,
}

impl std::fmt::Debug for StreamRestorer<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("StreamRestorer")
            .field("held_bytes", &(self.text.len() - self.at))
            .finish_non_exhaustive()
    }
}

impl<'a> StreamRestorer<'a> {
    pub(super) fn new(conversation: &'a Conversation) -> Self {
        Self {
            conversation,
            text: String::new(),
            at: 0,
            previous: None,
            surroundings: Surroundings::new(),
            restored: Vec::new(),
            foreign: Vec::new(),
        }
    }

    /// Takes the next piece and gives out what is certain by now.
    pub fn push(&mut self, piece: &str) -> String {
        self.text.push_str(piece);
        let given = self.give(false);
        self.drop_passed();
        given
    }

    /// Gives out the rest. What is pushed afterwards begins a new text.
    pub fn finish(&mut self) -> String {
        let given = self.give(true);
        self.text.clear();
        self.at = 0;
        self.previous = None;
        self.surroundings = Surroundings::new();
        given
    }

    /// Canonical spellings of the tokens replaced so far.
    pub fn restored(&self) -> &[String] {
        &self.restored
    }

    /// What looked like a token so far and is none of this conversation, as written.
    pub fn foreign(&self) -> &[String] {
        &self.foreign
    }

    fn give(&mut self, ended: bool) -> String {
        let mut given = String::with_capacity(self.text.len() - self.at);
        while self.at < self.text.len() {
            if !ended
                && self.is_near_end(self.at, TOKEN_CHARS_MAX)
                && token::is_undecided(&self.text, self.at, self.previous)
            {
                break;
            }
            match token::step(&self.text, self.at, self.previous) {
                Step::Plain(character) => {
                    given.push(character);
                    self.previous = Some(character);
                    self.at += character.len_utf8();
                }
                Step::Token(found) => {
                    if !ended
                        && self.is_near_end(found.glued_end, RIGHT_CHARS)
                        && self.text[found.glued_end..].chars().nth(RIGHT_CHARS - 1).is_none()
                    {
                        break;
                    }
                    let conversation = self.conversation;
                    let Some(entry) = conversation.entry_of(found.kind, found.number) else {
                        let written = &self.text[found.range.clone()];
                        self.foreign.push(written.to_owned());
                        given.push_str(written);
                        self.pass_to(found.range.end);
                        continue;
                    };
                    let (value, end) = value_at(entry, &self.text, &found, &mut self.surroundings);
                    given.push_str(&value);
                    self.restored.push(entry.token.clone());
                    self.pass_to(end);
                }
            }
        }
        given
    }

    fn pass_to(&mut self, end: usize) {
        self.at = end;
        self.previous = self.text[..end].chars().next_back();
    }

    /// Whether fewer than `characters` may stand after byte `at`; counting bytes is quick and never says no wrongly.
    fn is_near_end(&self, at: usize, characters: usize) -> bool {
        self.text.len() - at <= characters * CHAR_BYTES
    }

    fn drop_passed(&mut self) {
        let kept = LEFT_CHARS * CHAR_BYTES;
        if self.at < kept * PASSED_TIMES {
            return;
        }
        let mut border = self.at - kept;
        while !self.text.is_char_boundary(border) {
            border -= 1;
        }
        self.surroundings.forget(&self.text, border);
        self.text.drain(..border);
        self.at -= border;
    }
}
