//! Finds, masks and restores personal data in Russian chat.
//!
//! A pure library: no file, socket, clock or chance. [`Detector`] finds, [`Conversation`] replaces what was found with
//! tokens and puts it back, [`fill`] and [`decline`] put names into the case a sentence asks for.
//!
//! ```
//! use shirma_pii::{Conversation, Detector};
//! let detector = Detector::new();
//! let mut conversation = Conversation::default();
//! let masking = conversation.mask(&detector, "Это Анна Ким, почта anna@example.ru");
//! assert_eq!(masking.text, "Это [Клиент-1], почта [Почта-2]");
//! assert_eq!(conversation.restore(&masking.text).text, "Это Анна Ким, почта anna@example.ru");
//! ```

mod canonical;
mod checksum;
mod conversation;
mod cue;
mod decline;
mod detector;
mod finding;
mod health;
mod known;
mod label;
#[doc(hidden)]
pub mod lexicon;
mod name;
mod numbers;
pub mod offset;
mod policy;
mod recognizer;
mod shadow;
mod stems;
mod view;
mod words;

pub use canonical::{canonical_email, canonical_phone};
pub use conversation::{
    Conversation, Entity, HELD_CHARS_MAX, Masking, Restoration, Speaker, StreamRestorer, TokenView,
};
pub use decline::{FillError, GAP, decline, fill, guess_gender};
pub use detector::{Detector, KnownPerson};
pub use finding::{Detection, Evidence, Finding, Flags};
pub use label::{Case, Gender, Label, UnknownLabel};
pub use policy::{Action, Policy};
