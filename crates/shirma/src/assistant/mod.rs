//! The assistant without an outside model: rules, a booking form and a search over the owner's own answers.
//!
//! [`reply`] is pure: the owner's base, what it remembers of the dialogue, what was heard and the moment go in, a
//! [`Reply`] with the next memory comes out. It reads no clock, no file, no database. Words come in masked
//! (`[Клиент-1]`, `[Телефон-2]`); its answers may hold the same tokens, `boundary` restores them later.
//! Order of steps and rules above everything: `product-ux.md` §9.

pub mod calendar;

mod answer;
mod base;
mod booking;
mod instructions;
mod intent;
mod loops;
mod memory;
mod offer;
mod reply;
mod safety;
mod search;
mod text;
mod why;
mod words;

pub use base::{Base, BaseError, BusinessKind, Faq, Price, QuietHours, SAMPLE, Service};
pub use booking::{Form, Question, Told};
pub use instructions::{DONT_KNOW, instructions};
pub use memory::Memory;
pub use reply::reply;
pub use search::{Found, Search};
pub use why::why_words;

use serde::{Deserialize, Serialize};

use crate::contract::Button;
use calendar::{DayWish, TimeWish};

/// «Передаю администратору. Ответим сегодня до 21:00.», by the real hours of the business.
pub fn hand_over_words(base: &Base, now: jiff::ZonedDateTime) -> String {
    words::hand_over(&base.hours, now.with_time_zone(base.zone.clone()).datetime())
}

/// What came from the client, masked.
#[derive(Debug, Clone, Copy, Default)]
pub struct Heard<'a> {
    /// The words with tokens. May be empty when a button was pressed or a file came.
    pub masked: &'a str,
    /// The token of the client's own name, if it is known.
    pub client_token: Option<&'a str>,
    /// The token of the client's own phone, if it is known.
    pub phone_token: Option<&'a str>,
    /// Something came along that the assistant cannot read.
    pub attachments: bool,
    /// The payload of a pressed button.
    pub button: Option<&'a str>,
    /// Nothing was answered in this dialogue yet: the answer begins with «Отвечает помощник».
    pub first_contact: bool,
    /// The engine found that the message speaks of somebody's health.
    pub health: bool,
}

/// What the assistant decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// What to say; `None` is silence on purpose.
    pub text: Option<String>,
    /// Rows of buttons under it.
    pub buttons: Vec<Vec<Button>>,
    /// What to remember; give it back with the next message.
    pub memory: Memory,
    /// A person is needed.
    pub hand_over: Option<HandOver>,
    /// A wish is complete and waits for a person to confirm it. Nothing is booked yet.
    pub wish: Option<Wish>,
    /// The client wants something of his rights.
    pub wants: Option<Want>,
    /// «Почему так ответил»: a key for the journal, in words by [`why_words`].
    pub why: &'static str,
    /// `false`: a model may do better; `text` is what to say without one.
    pub confident: bool,
    /// Health or law: no model is asked, whatever stands in the other fields.
    pub sensitive: bool,
}

impl Reply {
    /// The client only said that he has read: nobody owes him anything.
    pub fn is_settled(&self) -> bool {
        self.text.is_none() && self.why == why::ACKNOWLEDGED
    }
}

/// Why a person is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HandOver {
    /// The client asked for a person, or for something only a person can do.
    Asked,
    /// Anger or a complaint.
    Anger,
    /// The assistant does not know or did not understand twice.
    Doubt,
    /// A question of health.
    Health,
    /// Life may be in danger: loud notice, no model call.
    Emergency,
    /// Refund, or a sum above the owner's limit.
    Money,
    /// A file or voice that it cannot read.
    Attachment,
    /// A question of law, or a child writes.
    Legal,
    /// Too many answers in a short time: perhaps two programs talk to each other.
    Loop,
}

impl HandOver {
    /// The name in the journal and on screens' addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            HandOver::Asked => "asked",
            HandOver::Anger => "anger",
            HandOver::Doubt => "doubt",
            HandOver::Health => "health",
            HandOver::Emergency => "emergency",
            HandOver::Money => "money",
            HandOver::Attachment => "attachment",
            HandOver::Legal => "legal",
            HandOver::Loop => "loop",
        }
    }
}

/// What the client wants of his rights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Want {
    /// «Отзываю согласие».
    Withdrawal,
    /// «Удалите мои данные».
    Erasure,
    /// «Стоп»: no more messages that start by themselves.
    StopMessages,
    /// «Старт»: they may start again.
    StartMessages,
}

/// A finished wish that a person confirms, changes or declines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// What is wished.
    pub kind: WishKind,
    /// Name of the service as in the base.
    pub service: Option<String>,
    /// First name of the specialist as in the base.
    pub staff: Option<String>,
    /// Which day or days.
    pub day: Option<DayWish>,
    /// Which time, with its exactness.
    pub time: Option<TimeWish>,
    /// The client's name as a token; `None`: see the dialogue.
    pub name: Option<String>,
    /// The client's phone as a token; `None`: not given.
    pub phone: Option<String>,
    /// One line for a person: «Маникюр, пт, 27 ноября, 18:00».
    pub summary: String,
    /// The client's own masked words that named the time.
    pub words: String,
}

/// What kind of wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WishKind {
    /// A new visit.
    Book,
    /// Another day or time for a visit that stands.
    Move,
    /// A visit to cancel.
    Cancel,
}
