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
    /// When the assistant answered lately, in milliseconds since 1970, oldest first.
    pub answered_at_ms: Vec<i64>,
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

impl Memory {
    /// Notes that an answer goes out now; old times are forgotten.
    pub(super) fn note_answer(&mut self, now: Timestamp, keep_ms: i64) {
        let now = now.as_millisecond();
        self.answered_at_ms.retain(|at| now - *at < keep_ms);
        self.answered_at_ms.push(now);
    }
}
