//! Days and times as people write them: «завтра после шести», «в пт ближе к вечеру», «28-го в два часа дня».
//!
//! A message is cut into tokens (`lexer`), each with the meaning the closed dictionary gives it (`lexicon`, with typing
//! errors), walked once (`scan`, `day`, `time`) into pieces (`atom`), and the pieces are weighed (`combine`).
//! Everything is relative to the local moment of the message and to working hours. What cannot be decided comes out as
//! [`Unclear`] and is asked; nothing is booked from here without being spoken back (`speak`).

mod atom;
mod combine;
mod day;
mod hours;
mod lexer;
mod lexicon;
mod scan;
mod speak;
mod time;

use std::ops::Range;

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

pub use atom::{Days, Part};
pub use hours::{Clock, Hours, Span};
pub use scan::Expect;
pub use speak::{speak_date, speak_day, speak_time, speak_when, week_words, weekday_locative};

/// Which day or days are wished.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayWish {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Of the days between, only these.
    pub days: Days,
}

/// Which time is wished.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeWish {
    /// How exact it is.
    pub kind: TimeKind,
    /// Earliest beginning.
    pub from: Clock,
    /// Latest beginning, or the same as `from`.
    pub to: Clock,
}

/// How exact a time is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeKind {
    /// «в 18».
    At,
    /// «часов в 11».
    Around,
    /// «после шести».
    After,
    /// «до 12».
    Before,
    /// «с 16 до 18».
    Between,
    /// «вечером».
    Part(Part),
    /// «в любое время».
    Any,
}

/// What must be asked back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unclear {
    /// Morning or evening?
    Half {
        /// The earlier of the two.
        early: Clock,
        /// The later.
        late: Clock,
    },
    /// The day has been.
    Past {
        /// That day.
        date: Date,
    },
    /// The weekday said is not that of the date said.
    WrongWeekday {
        /// The date said.
        date: Date,
    },
    /// There is no such time.
    Nonsense,
}

/// What a message says of day and time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// The day, if said.
    pub day: Option<DayWish>,
    /// The time, if said.
    pub time: Option<TimeWish>,
    /// What must be asked back.
    pub unclear: Option<Unclear>,
    /// The words that said it, from the first to the last.
    pub words: String,
    /// Where these words stand, in bytes of the message.
    pub used: Vec<Range<usize>>,
}

impl Reading {
    /// Whether the message says nothing of day and time.
    pub fn is_empty(&self) -> bool {
        self.day.is_none() && self.time.is_none() && self.unclear.is_none()
    }
}

/// What surrounds a message.
#[derive(Debug, Clone, Copy)]
pub struct Moment<'a> {
    /// Local time of the business.
    pub now: DateTime,
    /// Working hours.
    pub hours: &'a Hours,
    /// What has just been asked.
    pub expect: Expect,
    /// The time of the last visit spoken of, for «в это же время».
    pub last_time: Option<Clock>,
}

/// Reads day and time out of a message.
pub fn understand(text: &str, moment: &Moment<'_>) -> Reading {
    let tokens = lexer::cut(text);
    let scan = scan::Scan {
        source: text,
        tokens: &tokens,
        now: moment.now,
        today: moment.now.date(),
        hours: moment.hours,
        expect: moment.expect,
    };
    let found = scan::walk(&scan);
    let (day, time, unclear) = combine::combine(&scan, &found, moment.last_time);
    let place = |tokens_used: &Range<usize>| {
        let first = tokens.get(tokens_used.start).map_or(0, |token| token.at.start);
        let last = tokens
            .get(tokens_used.end.saturating_sub(1))
            .map_or(first, |token| token.at.end);
        first..last
    };
    let used: Vec<Range<usize>> = found.used.iter().map(place).collect();
    let words = match (used.iter().map(|at| at.start).min(), used.iter().map(|at| at.end).max()) {
        (Some(first), Some(last)) => text[first..last].to_owned(),
        _ => String::new(),
    };
    Reading {
        day,
        time,
        unclear,
        words,
        used,
    }
}

/// The span of a named part of the day on a day with these hours.
pub fn part_of_day(part: Part, open: Span) -> TimeWish {
    let span = combine::part_span(part, open);
    TimeWish {
        kind: TimeKind::Part(part),
        from: span.from,
        to: span.to,
    }
}

#[cfg(test)]
mod tests;
