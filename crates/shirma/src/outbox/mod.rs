//! What goes out: written in the transaction that decided it, sent afterwards, once (security.md §11.3).
//!
//! A row found in `sending` after a crash is ambiguous: a reply is sent once more and marked as a possible duplicate.
//! The text waits with tokens; values come back in memory at the moment of sending.

mod rows;
mod send;

pub use rows::{NewOutgoing, drop_for_dialog, put, reclaim};
pub use send::{SEND_LEASE_MS, send_next};

use crate::contract::Button;

/// What is lost when a row is not sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// An answer to a client.
    Reply,
    /// "The button press was seen".
    Acknowledge,
}

impl Class {
    /// As the table names it.
    pub fn as_str(self) -> &'static str {
        match self {
            Class::Reply => "reply",
            Class::Acknowledge => "acknowledge",
        }
    }

    fn from_name(name: &str) -> Option<Class> {
        [Class::Reply, Class::Acknowledge]
            .into_iter()
            .find(|class| class.as_str() == name)
    }
}

/// A waiting body, sealed as JSON.
#[derive(serde::Serialize, serde::Deserialize)]
struct Body {
    /// With tokens, or as typed by a person when `literal`.
    text: String,
    literal: bool,
    buttons: Vec<Vec<Button>>,
}
