//! The booking form: service → day and time → name → phone, then one summary to confirm.
//!
//! Any message may fill several slots; a later word corrects an earlier one. What comes out is a wish that a person
//! confirms: the assistant never says that a visit is booked.

mod ask;
mod fill;

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

pub(super) use ask::{Next, ask, buttons_of};
pub(super) use fill::{Brought, Filled, Trouble, fill};

use super::base::Base;
use super::calendar::{Clock, DayWish, TimeWish, speak_when};
use super::{Wish, WishKind, words};

/// The same question is asked at most so many times, then a person is called.
pub(super) const MAX_ASKED: usize = 2;
/// A form is set aside after a day of silence.
pub(super) const IDLE_MS: i64 = 24 * 60 * 60 * 1000;

/// The question that stands open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// Which service.
    Service,
    /// Which day.
    Day,
    /// Which time.
    Time,
    /// Morning or evening.
    Half,
    /// The name.
    Name,
    /// The phone.
    Phone,
    /// Is everything right.
    Confirm,
    /// What to change.
    Change,
    /// Shall we go on with a form set aside.
    Resume,
}

/// A value of the client in the form: never the value itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// As a token.
    Token(String),
    /// Said in words that were not recognised: a person reads the dialogue.
    InDialog,
    /// The client does not want to say.
    Declined,
}

/// A half-filled wish.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// A new visit, or another time for one that stands.
    pub kind: WishKind,
    /// Name of the service as in the base.
    pub service: Option<String>,
    /// Services that fit equally; buttons offer them.
    pub choices: Vec<String>,
    /// First name of the specialist.
    pub staff: Option<String>,
    /// Day or days.
    pub day: Option<DayWish>,
    /// Time.
    pub time: Option<TimeWish>,
    /// Two times that one hour may mean.
    pub half: Option<(Clock, Clock)>,
    /// The client's name.
    pub name: Option<Told>,
    /// The client's phone.
    pub phone: Option<Told>,
    /// The client's masked words that named the time.
    pub words: String,
    /// The open question.
    pub open: Option<Question>,
    /// Questions asked so far, in order.
    pub asked: Vec<Question>,
    /// Last change, in milliseconds since 1970.
    pub touched_at_ms: i64,
}

impl Form {
    /// An empty form.
    pub(super) fn new(kind: WishKind) -> Form {
        Form {
            kind,
            service: None,
            choices: Vec::new(),
            staff: None,
            day: None,
            time: None,
            half: None,
            name: None,
            phone: None,
            words: String::new(),
            open: None,
            asked: Vec::new(),
            touched_at_ms: 0,
        }
    }

    /// How often a question was asked.
    pub(super) fn times_asked(&self, question: Question) -> usize {
        self.asked.iter().filter(|asked| **asked == question).count()
    }

    /// The first slot that is still empty.
    pub(super) fn missing(&self, base: &Base) -> Question {
        let books = self.kind == WishKind::Book;
        if books && self.service.is_none() && !base.services.is_empty() {
            Question::Service
        } else if self.day.is_none() {
            // The day first: an hour alone is often settled by the hours of that day.
            Question::Day
        } else if self.half.is_some() {
            Question::Half
        } else if self.time.is_none() {
            Question::Time
        } else if books && self.name.is_none() {
            Question::Name
        } else if books && self.phone.is_none() {
            Question::Phone
        } else {
            Question::Confirm
        }
    }

    /// Days that have passed while the form lay aside are forgotten.
    pub(super) fn forget_past(&mut self, now: DateTime) {
        if self.day.is_some_and(|day| day.to < now.date()) {
            self.day = None;
        }
    }

    /// «Маникюр, Ольга, пт, 27 ноября, 18:00».
    pub(super) fn summary(&self, today: Date) -> String {
        let when = speak_when(self.day.as_ref(), self.time.as_ref(), today);
        let parts = [self.service.clone(), self.staff.clone(), Some(when)];
        let said: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        let said = said.join(", ");
        match self.kind {
            WishKind::Move => format!("Перенести запись на: {said}"),
            WishKind::Book | WishKind::Cancel => words::capital(&said),
        }
    }

    /// The finished wish.
    pub(super) fn wish(&self, today: Date) -> Wish {
        let token = |told: &Option<Told>| match told {
            Some(Told::Token(token)) => Some(token.clone()),
            Some(Told::InDialog | Told::Declined) | None => None,
        };
        Wish {
            kind: self.kind,
            service: self.service.clone(),
            staff: self.staff.clone(),
            day: self.day,
            time: self.time,
            name: token(&self.name),
            phone: token(&self.phone),
            summary: self.summary(today),
            words: self.words.clone(),
        }
    }
}
