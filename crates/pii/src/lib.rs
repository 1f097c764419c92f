//! Finds, masks and restores personal data in Russian chat.
//!
//! A pure library: no file, socket, clock or chance; nothing leaves the process. [`Detector`] finds, [`Conversation`]
//! replaces what was found with tokens and puts it back, [`fill`] and [`decline`] put names into the case a sentence
//! asks for.
//!
//! # A message there and back
//!
//! ```
//! use shirma_pii::{Conversation, Detector};
//! let detector = Detector::new();
//! let mut conversation = Conversation::default();
//! let masking = conversation.mask(&detector, "Это Анна Ким, почта anna@example.ru");
//! assert_eq!(masking.text, "Это [Клиент-1], почта [Почта-2]");
//! assert_eq!(conversation.restore(&masking.text).text, "Это Анна Ким, почта anna@example.ru");
//! ```
//!
//! # An answer written with tokens
//!
//! Whoever answers sees tokens only and may bend them: other case, spaces, brackets, an ending. Names are restored in
//! the case the new sentence asks for, or the one the bent token says.
//!
//! ```
//! use shirma_pii::{Conversation, Detector};
//! let mut conversation = Conversation::default();
//! conversation.mask(&Detector::new(), "Это Анна Ким, 8 900 000-00-01");
//! let answer = conversation.restore("Передам [Клиенту-1], перезвоним на [ телефон 2 ]. А [Клиент-7] придёт?");
//! assert_eq!(answer.text, "Передам Анне Ким, перезвоним на 8 900 000-00-01. А [Клиент-7] придёт?");
//! assert_eq!(answer.foreign, ["[Клиент-7]"]);
//! assert_eq!(answer.absent(&["[Клиент-1]", "[Телефон-2]"]), Vec::<&str>::new());
//! ```
//!
//! [`Conversation::restorer`] does the same with an answer that arrives in pieces.
//!
//! # People
//!
//! In one conversation a full name, a diminutive, a surname in any case are one person and one token. Say who writes,
//! and namesakes among clients and staff stay apart.
//!
//! ```
//! use shirma_pii::{Conversation, Detector, Speaker};
//! let (detector, mut conversation) = (Detector::new(), Conversation::default());
//! conversation.mask_said_by(&detector, "Добрый день! Как вас зовут?", Speaker::Staff);
//! let said = conversation.mask_said_by(&detector, "Анна, хочу к Анне Крыловой", Speaker::Client);
//! assert_eq!(said.text, "[Клиент-1], хочу к [Клиент-2]");
//! let said = conversation.mask_said_by(&detector, "К Крыловой можно в пятницу", Speaker::Staff);
//! assert_eq!(said.text, "К [Клиент-2] можно в пятницу");
//! ```
//!
//! # What becomes of each kind of data
//!
//! A [`Policy`] says for each [`Label`] whether a token stands for it, its last characters, nothing, something less exact
//! or the value. [`Flags`] tell when a text is on somebody's health.
//!
//! # Numbers of your own
//!
//! A [`Recognizer`] is data: a pattern, words beside, check digits. It can stand in a configuration file and finds numbers
//! that no built-in recognizer knows: of contracts, season tickets, staff.
//!
//! # When not to use it
//!
//! - **As anonymisation.** A masked text is still about the same people; who holds the [`Conversation`] can undo it.
//! - **Where nothing may slip through.** A name nobody would take for one, a scan, a voice record pass. Count leaks on
//!   your own texts first, and give the people you know to [`Detector::with_known`].
//! - **For other languages.** Russian with Latin insertions only; identifiers are those of Russia.
//! - **As storage.** A [`Conversation`] holds values in clear; seal what you keep of it.
//!
//! Work grows with the length of a text. No input panics; `fuzz/` holds targets for cargo-fuzz.

#![forbid(unsafe_code)]

mod canonical;
mod checksum;
mod conversation;
mod cue;
mod decline;
mod detector;
mod finding;
mod hash;
mod health;
mod known;
mod label;
#[doc(hidden)]
pub mod lexicon;
mod lore;
mod name;
mod numbers;
pub mod offset;
mod policy;
mod reading;
mod recognizer;
mod shadow;
mod stems;
#[doc(hidden)]
pub mod training;
mod translit;
mod view;
mod words;

pub use canonical::{canonical_email, canonical_phone};
pub use conversation::{
    Conversation, Entity, HELD_CHARS_MAX, Masking, Restoration, Speaker, StreamRestorer, TokenView,
};
pub use decline::{FillError, GAP, decline, fill, given_name, guess_gender};
pub use detector::{Detector, KnownPerson};
pub use finding::{Detection, Evidence, Finding, Flags};
pub use label::{Case, Gender, Label, UnknownLabel};
pub use policy::{Action, Policy};
pub use recognizer::{Checksum, RECOGNIZERS_MAX, Recognizer, RecognizerError};
