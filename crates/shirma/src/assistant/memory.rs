//! What the assistant remembers of one dialogue between two messages: sealed by the caller, tokens instead of values.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::booking::Form;

/// State of one dialogue. Unknown and missing keys are forgiven, so that an upgrade keeps open dialogues.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    /// The booking form being filled.
    pub form: Option<Form>,
    /// A form set aside after a day of silence.
    pub aside: Option<Form>,
    /// What the assistant said lately, oldest first.
    pub said: Vec<Said>,
    /// Fingerprint and time of the client's last words: a repeat within a minute is not answered.
    pub last_heard: Option<(u64, i64)>,
    /// The time of day of the last visit spoken of: «в это же время».
    pub last_time: Option<super::calendar::Clock>,
    /// Messages in a row that were not understood.
    pub misses: u8,
    /// The client said «стоп».
    pub stopped: bool,
    /// When the client was last active, in milliseconds since 1970.
    pub heard_at_ms: i64,
}

/// One answer of the assistant: no words, only what tells it from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Fingerprint of a certain answer; a doubtful one has none.
    pub print: Option<u64>,
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
}

impl Memory {
    /// Notes that an answer goes out now; old ones are forgotten.
    pub(super) fn note_answer(&mut self, print: Option<u64>, now: Timestamp, keep_ms: i64) {
        let at_ms = now.as_millisecond();
        self.said.retain(|said| at_ms - said.at_ms < keep_ms);
        self.said.push(Said { print, at_ms });
    }
}
