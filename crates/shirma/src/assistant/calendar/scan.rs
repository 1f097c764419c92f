//! One walk over the tokens of a message: day and time atoms with the way they were said.

use std::ops::Range;

use jiff::civil::{Date, DateTime};

use super::atom::{DaySaid, TimeAtom};
use super::hours::Hours;
use super::lexer::{Kind, Token};
use super::lexicon::{COUNTED, Lex};
use super::{day, time};

/// What the assistant has just asked for: a bare «18» or «28» means something only then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Expect {
    /// Nothing of the calendar.
    #[default]
    Nothing,
    /// The day.
    Day,
    /// The time.
    Time,
}

/// The message with its surroundings.
pub(super) struct Scan<'a> {
    pub(super) source: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) now: DateTime,
    pub(super) today: Date,
    pub(super) hours: &'a Hours,
    pub(super) expect: Expect,
}

/// What the walk found.
#[derive(Default)]
pub(super) struct Found {
    pub(super) days: Vec<DaySaid>,
    /// With the index of the token and whether «или» or «и» stands before.
    pub(super) times: Vec<(TimeAtom, usize, bool)>,
    /// Token ranges that were understood.
    pub(super) used: Vec<Range<usize>>,
}

/// Days from `earlier` to `later`.
pub(super) fn days_between(earlier: Date, later: Date) -> i32 {
    earlier.until(later).map_or(i32::MAX, |span| span.get_days())
}

/// Walks from left to right; at each token a day is tried first, then a time.
pub(super) fn walk(scan: &Scan<'_>) -> Found {
    let mut found = Found::default();
    let mut at = 0;
    let mut after_atom = false;
    while at < scan.tokens.len() {
        if let Some((atom, length)) = day::day_at(scan, at) {
            let said = scan.said(atom, at, length, found.days.last());
            found.days.push(said);
            found.used.push(scan.with_preposition(at)..at + length);
            at += length;
            after_atom = true;
        } else if let Some((atom, length)) = time::time_at(scan, at, after_atom) {
            let joined = scan.joined(at);
            found.times.push((atom, at, joined));
            found.used.push(at..at + length);
            at += length;
            after_atom = true;
        } else {
            // Neither a comma nor a conjunction parts «завтра, 18» and «в 15 или 16».
            after_atom &= matches!(scan.tokens[at].kind, Kind::Comma | Kind::Word(Lex::Or | Lex::And));
            at += 1;
        }
    }
    found
}

impl Scan<'_> {
    pub(super) fn kind(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    pub(super) fn lex(&self, at: usize) -> Option<Lex> {
        match self.kind(at)? {
            Kind::Word(lex) => Some(lex),
            _ => None,
        }
    }

    pub(super) fn text(&self, at: usize) -> Option<&str> {
        self.tokens.get(at).map(|token| token.text.as_str())
    }

    /// A number in digits or words, ordinal or not, with its length.
    pub(super) fn number(&self, at: usize) -> Option<(u32, usize)> {
        if let Some((tens, 1)) = self.cardinal(at)
            && let Some(Lex::Ordinal(ones @ 1..=9)) = self.lex(at + 1)
            && matches!(tens, 20 | 30)
        {
            return Some((tens + u32::from(ones), 2));
        }
        match self.lex(at) {
            Some(Lex::Ordinal(number)) => Some((u32::from(number), 1)),
            _ => self.cardinal(at),
        }
    }

    /// A number in digits or in words that count.
    pub(super) fn cardinal(&self, at: usize) -> Option<(u32, usize)> {
        match self.kind(at)? {
            Kind::Number(number, 1..=2) => Some((number, 1)),
            Kind::Word(Lex::Number(tens @ (20 | 30 | 40 | 50))) => match self.lex(at + 1) {
                Some(Lex::Number(ones @ 1..=9)) => Some((u32::from(tens + ones), 2)),
                _ => Some((u32::from(tens), 1)),
            },
            Kind::Word(Lex::Number(number)) => Some((u32::from(number), 1)),
            _ => None,
        }
    }

    /// Whether token `at` is written onto the one before, at most with a hyphen between.
    pub(super) fn glued(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).and_then(|index| self.tokens.get(index)) else {
            return false;
        };
        let Some(token) = self.tokens.get(at) else { return false };
        !self.source[before.at.end..token.at.start].contains(char::is_whitespace)
    }

    /// Whether token `at` makes the number before it a count of something else.
    pub(super) fn counted(&self, at: usize) -> bool {
        match self.kind(at) {
            Some(Kind::Word(Lex::Minute | Lex::DayUnit | Lex::Week | Lex::MonthUnit | Lex::Year | Lex::Month(_))) => {
                true
            }
            Some(Kind::Word(Lex::OfMonth)) => true,
            Some(Kind::Other) => self.text(at).is_some_and(|word| {
                COUNTED.iter().any(|counted| word.starts_with(counted))
                    || word == "р"
                    || (matches!(word, "го" | "ое" | "му" | "е" | "ого" | "й" | "х") && self.glued(at))
            }),
            Some(Kind::Break) => self.text(at) == Some("%"),
            _ => false,
        }
    }

    /// Whether nothing else in the message could be meant.
    pub(super) fn is_alone(&self, at: usize, length: usize) -> bool {
        self.tokens.iter().enumerate().all(|(index, token)| {
            (at..at + length).contains(&index)
                || matches!(
                    token.kind,
                    Kind::Other
                        | Kind::Comma
                        | Kind::Break
                        | Kind::Word(
                            Lex::In | Lex::On | Lex::To | Lex::And | Lex::But | Lex::Rather | Lex::Filler | Lex::Around
                        )
                )
        }) && !self.counted(at + length)
    }

    /// Whether a day is named somewhere, so that «15.30» beside it is a time.
    fn day_is_named(&self) -> bool {
        self.tokens.iter().any(|token| {
            matches!(
                token.kind,
                Kind::Word(Lex::Day(_) | Lex::Weekday(_) | Lex::Month(_) | Lex::OfMonth) | Kind::Full(..)
            )
        })
    }

    /// Whether `15.30` at this place reads as a time.
    pub(super) fn dot_is_time(&self, at: usize) -> bool {
        let Some(Kind::Dot(hour, minute)) = self.kind(at) else {
            return false;
        };
        if hour > 23 || minute > 59 {
            return false;
        }
        let is_date = (1..=31).contains(&hour) && (1..=12).contains(&minute);
        let preposition = at.checked_sub(1).and_then(|before| self.lex(before));
        let time_preposition = matches!(preposition, Some(Lex::In | Lex::To | Lex::Until | Lex::After));
        !is_date || self.day_is_named() || (time_preposition && minute % 5 == 0)
    }

    /// Whether «или», «и» or a comma joins token `at` (or its preposition) to what stands before.
    fn joined(&self, at: usize) -> bool {
        let before = self.with_preposition(at).checked_sub(1);
        before.is_some_and(|index| matches!(self.kind(index), Some(Kind::Word(Lex::Or | Lex::And))))
    }

    /// The index of the preposition right before `at`, or `at`.
    pub(super) fn with_preposition(&self, at: usize) -> usize {
        let mut first = at;
        while let Some(before) = first.checked_sub(1)
            && matches!(
                self.lex(before),
                Some(Lex::In | Lex::On | Lex::To | Lex::From | Lex::Until | Lex::By | Lex::After)
            )
        {
            first = before;
        }
        first
    }

    fn said(&self, atom: super::atom::DayAtom, at: usize, length: usize, previous: Option<&DaySaid>) -> DaySaid {
        let first = self.with_preposition(at);
        let preposition = if first < at {
            self.lex(first)
        } else {
            self.lex(at).filter(|lex| *lex == Lex::From)
        };
        let comma = first
            .checked_sub(1)
            .is_some_and(|before| self.kind(before) == Some(Kind::Comma));
        let joined = self.joined(at);
        let denied_before = first.checked_sub(1).and_then(|before| self.lex(before));
        let denied = matches!(denied_before, Some(Lex::Not | Lex::Except));
        let inherits = joined && previous.is_some_and(|previous| previous.negated) && !self.turned(previous, at);
        DaySaid {
            atom,
            negated: denied || inherits || self.impossible(at + length),
            after_from: preposition == Some(Lex::From),
            after_on: matches!(preposition, Some(Lex::On | Lex::In)),
            joined: joined || (comma && previous.is_some()),
            at,
        }
    }

    /// Whether «а», «но» or «лучше» stands between the previous day and this one.
    fn turned(&self, previous: Option<&DaySaid>, at: usize) -> bool {
        let from = previous.map_or(0, |previous| previous.at);
        (from..at).any(|index| matches!(self.lex(index), Some(Lex::But | Lex::Rather)))
    }

    /// «… не могу», «… я не смогу», «… никак» right after a day.
    fn impossible(&self, at: usize) -> bool {
        let at = if self.text(at) == Some("я") { at + 1 } else { at };
        let denied = self.lex(at) == Some(Lex::Not) && self.lex(at + 1) == Some(Lex::Able);
        denied || matches!(self.text(at), Some("никак" | "занят" | "занята"))
    }
}
