//! A dialog: all messages of one person in one channel, who leads it now, and what is said in it.
//!
//! ```text
//!            hand-over                    staff writes or takes
//! assistant ───────────▶ waiting ───────────────────▶ staff
//!     ▲                     │                            │
//!     │      give back      │          close             ▼
//!     └─────────────────────┴──────────────────────── closed ──(client writes)──▶ assistant
//! ```
//!
//! Twelve hours after staff last wrote, the assistant may lead again. Each arrow: `docs/state/dialog.md`.

mod desk_acts;
mod held;
mod rows;
mod tokens;

pub use desk_acts::{MAX_REPLY_CHARS, Outcome, StaffAct, act, reply_as_staff};
pub use held::{HeldAct, HeldError, settle_held};
pub use rows::{
    DialogRow, EditedMessage, HeardMessage, NewMessage, PastTurn, append, by_ext_id, edit, heard, is_first_answer,
    last_said_by_us, last_turns, load, memory, of_identity, open, remove, save_memory, save_tokens, set_lead,
    staff_wrote, tokens, touch_answered, touch_client, touch_pressed,
};
pub use tokens::Tokens;

/// Who leads a dialog.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lead {
    /// The assistant answers.
    Assistant,
    /// A person is awaited.
    Waiting,
    /// A person answers; the assistant is silent.
    Staff,
    /// Done; the next message of the client opens it again.
    Closed,
}

impl Lead {
    /// As the table names it.
    pub fn as_str(self) -> &'static str {
        match self {
            Lead::Assistant => "assistant",
            Lead::Waiting => "waiting",
            Lead::Staff => "staff",
            Lead::Closed => "closed",
        }
    }

    /// The lead with this name.
    pub fn from_name(name: &str) -> Option<Lead> {
        [Lead::Assistant, Lead::Waiting, Lead::Staff, Lead::Closed]
            .into_iter()
            .find(|lead| lead.as_str() == name)
    }
}

/// Who wrote a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Author {
    /// The client.
    Client,
    /// The rules of the house.
    Assistant,
    /// A language model, checked and restored.
    Model,
    /// A member of staff here.
    Staff,
    /// Our side from elsewhere, told by an echo.
    Elsewhere,
    /// The program itself: the consent question.
    System,
}

impl Author {
    /// As the table names it.
    pub fn as_str(self) -> &'static str {
        match self {
            Author::Client => "client",
            Author::Assistant => "assistant",
            Author::Model => "model",
            Author::Staff => "staff",
            Author::Elsewhere => "elsewhere",
            Author::System => "system",
        }
    }

    /// Whether it came from outside.
    pub fn direction(self) -> &'static str {
        match self {
            Author::Client => "in",
            Author::Assistant | Author::Model | Author::Staff | Author::Elsewhere | Author::System => "out",
        }
    }
}

/// After a person wrote, the assistant stays silent this long unless the dialog is closed (`product-ux.md` §9).
pub const STAFF_HOLDS_MS: i64 = 12 * crate::clock::HOUR_MS;

/// Whether the assistant may answer now.
pub fn assistant_may_speak(lead: Lead, staff_wrote_at_ms: Option<i64>, now_ms: i64) -> bool {
    match lead {
        Lead::Assistant | Lead::Closed => true,
        Lead::Waiting => false,
        Lead::Staff => staff_wrote_at_ms.is_some_and(|at_ms| now_ms - at_ms >= STAFF_HOLDS_MS),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_assistant_is_silent_while_a_person_leads() {
        assert!(assistant_may_speak(Lead::Assistant, None, 0));
        assert!(assistant_may_speak(Lead::Closed, Some(0), 1));
        assert!(!assistant_may_speak(Lead::Waiting, None, i64::MAX));
        assert!(!assistant_may_speak(Lead::Staff, Some(0), STAFF_HOLDS_MS - 1));
        assert!(assistant_may_speak(Lead::Staff, Some(0), STAFF_HOLDS_MS));
        assert!(!assistant_may_speak(Lead::Staff, None, i64::MAX));
    }
}
