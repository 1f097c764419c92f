//! What came in, kept before it is understood: the raw bytes sealed with the key of their day, and a job to read them.
//!
//! A `2xx` goes out only after this is committed. The same event again changes nothing; the same key with another body
//! keeps the first and is told.

mod rows;

pub use rows::{Kept, KeptEvent, RawEvent, is_known, keep, keep_poll_cursor, mark, payload, poll_cursor};
pub(crate) use rows::{forget, forgotten_key, is_day_read, is_forgotten};

/// What became of an accepted event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InboxState {
    /// Not read yet.
    Accepted,
    /// Read, with its effects.
    Done,
    /// Nothing in it concerns us.
    Ignored,
    /// It could not be read.
    Failed,
}

impl InboxState {
    /// As the table names it.
    pub fn as_str(self) -> &'static str {
        match self {
            InboxState::Accepted => "accepted",
            InboxState::Done => "done",
            InboxState::Ignored => "ignored",
            InboxState::Failed => "failed",
        }
    }
}
