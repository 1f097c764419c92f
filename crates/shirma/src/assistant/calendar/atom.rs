//! The pieces a message about time is made of, before they are weighed against each other.

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use super::hours::Clock;

/// Which week a weekday belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    /// Not said.
    Any,
    /// «в эту».
    This,
    /// «в следующую».
    Next,
}

/// Something said of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DayAtom {
    /// One date.
    Point(Date),
    /// A weekday of some week, Monday is 1.
    Weekday(i8, Which),
    /// A day of the nearest month that has it.
    Number(i8),
    /// From date to date; a weekday beside it picks a day.
    Range(Date, Date),
    /// A date a number of weeks away: a weekday beside it moves within that week.
    WeekAway(Date),
    /// Only these days of the week.
    Only(Days),
    /// Any day at all.
    AnyDay,
    /// A date that has been.
    Past(Date),
}

/// A day atom and how it was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct DaySaid {
    pub(super) atom: DayAtom,
    /// «не», «кроме».
    pub(super) negated: bool,
    /// «с», «от»: what is left when moving.
    pub(super) after_from: bool,
    /// «на», «в».
    pub(super) after_on: bool,
    /// Joined to the one before by «или», «и» or a comma.
    pub(super) joined: bool,
    /// Token index.
    pub(super) at: usize,
}

/// An hour as said: the half of the day may be open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RawClock {
    pub(super) hour: u32,
    pub(super) minute: u32,
    /// «утра», «вечера», if said.
    pub(super) half: Option<HalfOfDay>,
}

/// Which half of the day was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HalfOfDay {
    /// утра.
    Morning,
    /// дня.
    Day,
    /// вечера.
    Evening,
    /// ночи.
    Night,
}

/// A part of the day with its own name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Opening to 12.
    Morning,
    /// Opening to 13.
    BeforeLunch,
    /// 12 to 14.
    Lunch,
    /// 13 to 17.
    AfterLunch,
    /// 12 to 17.
    Afternoon,
    /// 16 to 19.
    TowardsEvening,
    /// 18 to closing.
    Evening,
    /// Opening to 13.
    FirstHalf,
    /// 13 to closing.
    SecondHalf,
    /// The first hour.
    Opening,
    /// The last hour.
    Closing,
}

impl Part {
    /// All parts.
    pub const ALL: [Part; 11] = [
        Part::Morning,
        Part::BeforeLunch,
        Part::Lunch,
        Part::AfterLunch,
        Part::Afternoon,
        Part::TowardsEvening,
        Part::Evening,
        Part::FirstHalf,
        Part::SecondHalf,
        Part::Opening,
        Part::Closing,
    ];

    /// The name in button payloads.
    pub fn as_str(self) -> &'static str {
        match self {
            Part::Morning => "morning",
            Part::BeforeLunch => "before_lunch",
            Part::Lunch => "lunch",
            Part::AfterLunch => "after_lunch",
            Part::Afternoon => "afternoon",
            Part::TowardsEvening => "towards_evening",
            Part::Evening => "evening",
            Part::FirstHalf => "first_half",
            Part::SecondHalf => "second_half",
            Part::Opening => "opening",
            Part::Closing => "closing",
        }
    }
}

/// Something said of the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TimeAtom {
    /// «в 18».
    At(RawClock),
    /// «часов в 11».
    Around(RawClock),
    /// «после шести».
    After(RawClock),
    /// «до 12».
    Before(RawClock),
    /// «с 16 до 18».
    Between(RawClock, RawClock),
    /// «вечером».
    Part(Part),
    /// «через час»: already a minute of the day.
    Fixed(Clock),
    /// «в любое время».
    Any,
    /// «в это же время».
    Same,
}

/// Days of the week as a set; the value of nothing excluded is [`Days::ALL`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Days(u8);

impl Days {
    /// All seven.
    pub const ALL: Days = Days(0b111_1111);
    /// Monday to Friday.
    pub const WORKDAYS: Days = Days(0b001_1111);
    /// Saturday and Sunday.
    pub const WEEKEND: Days = Days(0b110_0000);
    /// None.
    pub const NONE: Days = Days(0);

    /// Only this one; Monday is 1.
    pub fn one(monday_one: i8) -> Days {
        Days(1 << (monday_one - 1).clamp(0, 6))
    }

    /// Both sets.
    pub fn and(self, other: Days) -> Days {
        Days(self.0 | other.0)
    }

    /// In both sets.
    pub fn within(self, other: Days) -> Days {
        Days(self.0 & other.0)
    }

    /// Without the others.
    pub fn without(self, other: Days) -> Days {
        Days(self.0 & !other.0)
    }

    /// Whether the set holds this day.
    pub fn holds(self, weekday: Weekday) -> bool {
        self.0 & Days::one(weekday.to_monday_one_offset()).0 != 0
    }

    /// Whether the set holds no day.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The days of the set, Monday is 1.
    pub fn iter(self) -> impl Iterator<Item = i8> {
        (1..=7).filter(move |day| self.0 & Days::one(*day).0 != 0)
    }
}
