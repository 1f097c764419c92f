//! Minutes of a day and the working hours of the business.
//!
//! A wall-clock minute is enough for bookings: no seconds, no zones. `24:00` is allowed as a closing time.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

/// How far ahead an opening is looked for: a business closed for two months answers «передаю» without a time.
const OPENING_SEARCH_DAYS: i32 = 60;

/// A minute of the day, 0 to 1440. Shown as `9:00`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Clock(u16);

impl Clock {
    /// Midnight at the end of the day.
    pub const END: Clock = Clock(1440);

    /// Hour and minute; `None` when there is no such time. `24:00` exists.
    pub fn new(hour: u32, minute: u32) -> Option<Clock> {
        let minutes = hour.checked_mul(60)?.checked_add(minute)?;
        if minute > 59 || minutes > 1440 {
            return None;
        }
        u16::try_from(minutes).ok().map(Clock)
    }

    /// The time of day of a moment, rounded down to the minute.
    pub fn of(moment: DateTime) -> Clock {
        let minutes = i32::from(moment.hour()) * 60 + i32::from(moment.minute());
        Clock(u16::try_from(minutes).unwrap_or(0))
    }

    /// Reads `9:00`, `09.30` or `9`.
    pub fn parse(text: &str) -> Option<Clock> {
        let text = text.trim();
        match text.split_once([':', '.']) {
            Some((hour, minute)) if minute.len() == 2 => Clock::new(hour.parse().ok()?, minute.parse().ok()?),
            Some(_) => None,
            None => Clock::new(text.parse().ok()?, 0),
        }
    }

    /// Minutes since midnight.
    pub fn minutes(self) -> u16 {
        self.0
    }

    /// The time `minutes` later, at most the end of the day; negative goes back, at least midnight.
    pub fn plus(self, minutes: i32) -> Clock {
        let sum = (i32::from(self.0) + minutes).clamp(0, 1440);
        Clock(u16::try_from(sum).unwrap_or(0))
    }
}

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{:02}", self.0 / 60, self.0 % 60)
    }
}

/// From one minute to a later one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// First minute.
    pub from: Clock,
    /// The minute after the last.
    pub to: Clock,
}

impl Span {
    /// Reads `9:00–21:00`; dashes of any kind. `None` unless the end is later than the beginning.
    pub fn parse(text: &str) -> Option<Span> {
        let (from, to) = text.split_once(['-', '–', '—'])?;
        let span = Span {
            from: Clock::parse(from)?,
            to: Clock::parse(to)?,
        };
        (span.from < span.to).then_some(span)
    }

    /// Whether a visit may begin at this minute.
    pub fn holds(self, clock: Clock) -> bool {
        self.from <= clock && clock < self.to
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}–{}", self.from, self.to)
    }
}

/// Working hours: a week and the days that differ from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hours {
    week: [Option<Span>; 7],
    special: BTreeMap<Date, Option<Span>>,
}

impl Hours {
    /// Hours of Monday to Sunday; `None` is a day off. `special` overrides single dates.
    pub fn new(week: [Option<Span>; 7], special: BTreeMap<Date, Option<Span>>) -> Hours {
        Hours { week, special }
    }

    /// The hours of one date, `None` when closed.
    pub fn on(&self, date: Date) -> Option<Span> {
        match self.special.get(&date) {
            Some(hours) => *hours,
            None => self.week[usize::from(date.weekday().to_monday_zero_offset().unsigned_abs())],
        }
    }

    /// Monday to Sunday.
    pub fn week(&self) -> &[Option<Span>; 7] {
        &self.week
    }

    /// Days that differ from the week, from `first` on.
    pub fn special_from(&self, first: Date) -> impl Iterator<Item = (Date, Option<Span>)> + '_ {
        self.special.range(first..).map(|(date, hours)| (*date, *hours))
    }

    /// Earliest opening and latest closing of the week; a whole day when the business never opens.
    pub fn usual(&self) -> Span {
        let open = self.week.iter().flatten();
        let from = open.clone().map(|span| span.from).min();
        let to = open.map(|span| span.to).max();
        match (from, to) {
            (Some(from), Some(to)) => Span { from, to },
            _ => Span {
                from: Clock(0),
                to: Clock::END,
            },
        }
    }

    /// Whether the business is open at this moment.
    pub fn is_open(&self, now: DateTime) -> bool {
        self.on(now.date()).is_some_and(|span| span.holds(Clock::of(now)))
    }

    /// Whether a visit could still begin today.
    pub fn opens_again_today(&self, now: DateTime) -> bool {
        self.on(now.date()).is_some_and(|span| Clock::of(now) < span.to)
    }

    /// The next opening strictly after `now`, if there is one within two months.
    pub fn next_opening(&self, now: DateTime) -> Option<(Date, Span)> {
        let mut date = now.date();
        for _ in 0..OPENING_SEARCH_DAYS {
            if let Some(span) = self.on(date)
                && (date > now.date() || Clock::of(now) < span.from)
            {
                return Some((date, span));
            }
            date = date.tomorrow().ok()?;
        }
        None
    }

    /// The next `count` dates, from today, on which a visit could begin.
    pub fn next_days(&self, now: DateTime, count: usize) -> Vec<Date> {
        let mut days = Vec::new();
        let mut date = now.date();
        for _ in 0..OPENING_SEARCH_DAYS {
            let open = if date == now.date() {
                self.opens_again_today(now)
            } else {
                self.on(date).is_some()
            };
            if open {
                days.push(date);
            }
            let Ok(next) = date.tomorrow() else { break };
            if days.len() >= count {
                break;
            }
            date = next;
        }
        days
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn hours() -> Hours {
        let day = Span::parse("9:00–21:00");
        let mut special = BTreeMap::new();
        special.insert(date(2026, 12, 31), Span::parse("9:00-15:00"));
        special.insert(date(2027, 1, 1), None);
        Hours::new([day, day, day, day, day, Span::parse("10–19"), None], special)
    }

    #[test]
    fn times_are_read_with_colon_dot_or_bare_hour() {
        assert_eq!(
            Clock::parse("9:05").map(|clock| clock.to_string()).as_deref(),
            Some("9:05")
        );
        assert_eq!(Clock::parse("18.30"), Clock::new(18, 30));
        assert_eq!(Clock::parse("7"), Clock::new(7, 0));
        for wrong in ["", "25", "9:5", "9:60", "24:01", "девять", "99999999999"] {
            assert_eq!(Clock::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_span_that_ends_before_it_begins_is_refused() {
        assert!(Span::parse("21:00-9:00").is_none());
        assert!(Span::parse("9:00").is_none());
        assert!(Span::parse("0:00-24:00").is_some());
    }

    #[test]
    fn a_special_day_overrides_the_week() {
        let hours = hours();
        assert_eq!(hours.on(date(2026, 12, 31)), Span::parse("9-15"));
        assert_eq!(hours.on(date(2027, 1, 1)), None);
        assert_eq!(hours.on(date(2026, 11, 28)), Span::parse("10-19"));
        assert_eq!(hours.on(date(2026, 11, 29)), None);
    }

    #[test]
    fn the_next_opening_skips_days_off() {
        let hours = hours();
        let evening = date(2026, 11, 28).at(20, 0, 0, 0);
        assert_eq!(
            hours.next_opening(evening).map(|(day, _)| day),
            Some(date(2026, 11, 30))
        );
        let dawn = date(2026, 11, 30).at(7, 0, 0, 0);
        assert_eq!(hours.next_opening(dawn).map(|(day, _)| day), Some(date(2026, 11, 30)));
        assert!(!hours.is_open(dawn) && hours.is_open(date(2026, 11, 30).at(9, 0, 0, 0)));
    }

    #[test]
    fn a_business_that_never_opens_has_no_next_opening() {
        let hours = Hours::new([None; 7], BTreeMap::new());
        assert_eq!(hours.next_opening(date(2026, 11, 28).at(20, 0, 0, 0)), None);
        assert!(hours.next_days(date(2026, 11, 28).at(20, 0, 0, 0), 3).is_empty());
    }
}
