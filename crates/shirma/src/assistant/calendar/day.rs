//! What is said of the day: «в следующую среду», «28-го», «3 декабря», «через неделю», «в будни».
//!
//! Each function looks at one place of the message and gives a day atom with how many tokens it took.

use jiff::ToSpan;
use jiff::civil::Date;

use super::atom::{DayAtom, Days, Which};
use super::lexer::Kind;
use super::lexicon::Lex;
use super::scan::{Expect, Scan, days_between};

/// A date this many days ago or less is a slip, not a wish for next year.
const RECENT_PAST_DAYS: i32 = 60;

/// A day atom at token `at` and its length.
pub(super) fn day_at(scan: &Scan<'_>, at: usize) -> Option<(DayAtom, usize)> {
    full_date(scan, at)
        .or_else(|| date_range(scan, at))
        .or_else(|| day_and_month(scan, at))
        .or_else(|| part_of_period(scan, at))
        .or_else(|| away(scan, at))
        .or_else(|| which_day(scan, at))
        .or_else(|| weekday_range(scan, at))
        .or_else(|| plain_word(scan, at))
        .or_else(|| number_of_month(scan, at))
        .or_else(|| dotted(scan, at))
}

/// `27.11.2026`, `5/12`.
fn full_date(scan: &Scan<'_>, at: usize) -> Option<(DayAtom, usize)> {
    let Kind::Full(day, month, year) = scan.kind(at)? else {
        return None;
    };
    if year == 0 {
        return Some((scan.day_of_year(day, month)?, 1));
    }
    let year = if year < 100 { year + 2000 } else { year };
    Some((scan.dated(year, month, day)?, 1))
}

/// «с 3 по 7 декабря», «3-7 декабря», «с 28 ноября по 2 декабря».
fn date_range(scan: &Scan<'_>, at: usize) -> Option<(DayAtom, usize)> {
    if let Some(Kind::Dash(first, last, _)) = scan.kind(at)
        && let Some(Lex::Month(month)) = scan.lex(at + 1)
    {
        return Some((scan.range_of_dates((first, month), (last, month))?, 2));
    }
    if scan.lex(at) != Some(Lex::From) {
        return None;
    }
    let (first, first_length) = scan.number(at + 1)?;
    let mut next = at + 1 + first_length;
    let first_month = match scan.lex(next) {
        Some(Lex::Month(month)) => {
            next += 1;
            Some(month)
        }
        _ => None,
    };
    if !matches!(scan.lex(next), Some(Lex::By | Lex::Until)) {
        return None;
    }
    let (last, last_length) = scan.number(next + 1)?;
    next += 1 + last_length;
    match scan.lex(next) {
        Some(Lex::Month(month)) => {
            let range = scan.range_of_dates((first, first_month.unwrap_or(month)), (last, month))?;
            Some((range, next + 1 - at))
        }
        Some(Lex::OfMonth) if first_month.is_none() => {
            let from = scan.nearest_number(i8::try_from(first).ok()?)?;
            let to = with_day(from, last)?;
            (from <= to).then_some((DayAtom::Range(from, to), next + 1 - at))
        }
        _ => None,
    }
}

/// «3 декабря», «двадцать восьмого ноября 2026 года».
fn day_and_month(scan: &Scan<'_>, at: usize) -> Option<(DayAtom, usize)> {
    let (day, length) = scan.number(at)?;
    let Some(Lex::Month(month)) = scan.lex(at + length) else {
        return None;
    };
    let month = u32::try_from(month).ok()?;
    let mut end = at + length + 1;
    let mut atom = scan.day_of_year(day, month)?;
    if let Some(Kind::Number(year, 4)) = scan.kind(end)
        && (1900..2200).contains(&year)
    {
        atom = scan.dated(year, month, day)?;
        end += 1;
        if scan.lex(end) == Some(Lex::Year) {
            end += 1;
        }
    }
    Some((atom, end - at))
}

/// «в начале декабря», «в конце следующей недели», «в декабре», «в следующем месяце».
fn part_of_period(scan: &Scan<'_>, at: usize) -> Option<(DayAtom, usize)> {
    let part = scan.lex(at)?;
    if matches!(part, Lex::In | Lex::On) {
        // «в декабре»: the whole month, when no number stands before it.
        if let Some(Lex::Month(month)) = scan.lex(at + 1) {
            let (from, to) = scan.month(month)?;
            return Some((DayAtom::Range(from, to), 2));
        }
    }
    let period_at = if matches!(part, Lex::Start | Lex::Middle | Lex::End) {
        at + 1
    } else {
        at
    };
    let next = scan.lex(period_at) == Some(Lex::Next);
    let named = next || matches!(scan.lex(period_at), Some(Lex::This | Lex::That));
    let unit_at = if named { period_at + 1 } else { period_at };
    let (from, to, thirds) = match scan.lex(unit_at)? {
        Lex::Month(month) if period_at > at => scan.month(month).map(|(from, to)| (from, to, true))?,
        Lex::MonthUnit if period_at > at || next => {
            let first = scan.today.first_of_month();
            let first = if next {
                first.checked_add(1.month()).ok()?
            } else {
                first
            };
            (first, first.last_of_month(), true)
        }
        Lex::Week if period_at > at => {
            let ahead = if next || scan.lex(period_at) == Some(Lex::That) {
                7
            } else {
                0
            };
            let monday = scan.monday().checked_add(i64::from(ahead).days()).ok()?;
            (monday, monday.checked_add(6.days()).ok()?, false)
        }
        _ => return None,
    };
    let piece = |first: i8, last: i8| {
        let from_day = from.checked_add(i64::from(first).days()).ok()?;
        let to_day = from.checked_add(i64::from(last).days()).ok()?;
        Some((from_day, to_day.min(to)))
    };
    let (from, to) = match (part, thirds) {
        (Lex::Start, true) => piece(0, 9)?,
        (Lex::Middle, true) => piece(10, 19)?,
        (Lex::End, true) => piece(20, 30)?,
        (Lex::Start, false) => piece(0, 1)?,
        (Lex::Middle, false) => piece(1, 3)?,
        (Lex::End, false) => piece(3, 4)?,
        _ => (from, to),
    };
    Some((scan.not_before_today(from, to), unit_at + 1 - at))
}

/// «через неделю», «через два дня», «недели через две».
fn away(scan: &Scan<'_>, at: usize) -> Option<(DayAtom, usize)> {
    let (count, unit, end) = if scan.lex(at) == Some(Lex::Through) {
        match scan.number(at + 1) {
            Some((count, length)) => (count, scan.lex(at + 1 + length)?, at + 2 + length),
            None => (1, scan.lex(at + 1)?, at + 2),
        }
    } else if scan.lex(at + 1) == Some(Lex::Through) {
        let (count, length) = scan.number(at + 2)?;
        (count, scan.lex(at)?, at + 2 + length)
    } else {
        return None;
    };
    let count = i64::from(count);
    let atom = match unit {
        // «через день» skips one.
        Lex::DayUnit if end == at + 2 => DayAtom::Point(scan.today.checked_add(2.days()).ok()?),
        Lex::DayUnit | Lex::DayOf => DayAtom::Point(scan.today.checked_add(count.min(400).days()).ok()?),
        Lex::Week => DayAtom::WeekAway(scan.today.checked_add(count.min(60).weeks()).ok()?),
        Lex::MonthUnit => DayAtom::Point(scan.today.checked_add(count.min(12).months()).ok()?),
        _ => return None,
    };
    Some((atom, end - at))
}

/// «на следующей неделе», «в эту пятницу», «в ближайшие выходные», «на той неделе».
fn which_day(scan: &Scan<'_>, at: usize) -> Option<(DayAtom, usize)> {
    let which = scan.lex(at)?;
    if !matches!(which, Lex::Next | Lex::This | Lex::That | Lex::Nearest) {
        return None;
    }
    let ahead = matches!(which, Lex::Next | Lex::That);
    let monday = scan
        .monday()
        .checked_add(if ahead { 7.days() } else { 0.days() })
        .ok()?;
    let atom = match scan.lex(at + 1)? {
        Lex::Week => scan.not_before_today(monday, monday.checked_add(6.days()).ok()?),
        Lex::Weekend => {
            let saturday = monday.checked_add(5.days()).ok()?;
            scan.not_before_today(saturday, saturday.tomorrow().ok()?)
        }
        Lex::Weekday(day) if which == Lex::Nearest => DayAtom::Weekday(day, Which::Any),
        Lex::Weekday(day) => DayAtom::Weekday(day, if ahead { Which::Next } else { Which::This }),
        // «на следующий день»: tomorrow.
        Lex::DayUnit if which == Lex::Next => DayAtom::Point(scan.today.tomorrow().ok()?),
        _ => return None,
    };
    Some((atom, 2))
}

/// «с понедельника по среду».
fn weekday_range(scan: &Scan<'_>, at: usize) -> Option<(DayAtom, usize)> {
    if scan.lex(at) != Some(Lex::From) {
        return None;
    }
    let Some(Lex::Weekday(first)) = scan.lex(at + 1) else {
        return None;
    };
    if !matches!(scan.lex(at + 2), Some(Lex::By | Lex::Until)) {
        return None;
    }
    let Some(Lex::Weekday(last)) = scan.lex(at + 3) else {
        return None;
    };
    let from = scan.coming(first)?;
    let to = from.checked_add(i64::from((last - first).rem_euclid(7)).days()).ok()?;
    Some((DayAtom::Range(from, to), 4))
}

/// «завтра», «в среду», «на выходных», «по будням», «любой день».
fn plain_word(scan: &Scan<'_>, at: usize) -> Option<(DayAtom, usize)> {
    let atom = match scan.lex(at)? {
        Lex::Day(ahead) => DayAtom::Point(scan.today.checked_add(i64::from(ahead).days()).ok()?),
        // «после завтра», written apart.
        Lex::After if scan.lex(at + 1) == Some(Lex::Day(1)) => {
            return Some((DayAtom::Point(scan.today.checked_add(2.days()).ok()?), 2));
        }
        Lex::Past => DayAtom::Past(scan.today.yesterday().ok()?),
        Lex::Weekday(day) => DayAtom::Weekday(day, Which::Any),
        Lex::Weekend => DayAtom::Only(Days::WEEKEND),
        Lex::Workdays => {
            let length = if scan.lex(at + 1) == Some(Lex::DayUnit) { 2 } else { 1 };
            return Some((DayAtom::Only(Days::WORKDAYS), length));
        }
        Lex::Working if scan.lex(at + 1) == Some(Lex::DayUnit) => {
            return Some((DayAtom::Only(Days::WORKDAYS), 2));
        }
        Lex::Any if scan.lex(at + 1) == Some(Lex::DayUnit) => return Some((DayAtom::AnyDay, 2)),
        _ => return None,
    };
    Some((atom, 1))
}

/// «28-го», «1-го числа», «двадцать восьмого».
fn number_of_month(scan: &Scan<'_>, at: usize) -> Option<(DayAtom, usize)> {
    let (day, length) = scan.number(at)?;
    let day = i8::try_from(day).ok().filter(|day| (1..=31).contains(day))?;
    let ending = matches!(scan.text(at + length), Some("го" | "ое" | "му" | "е" | "ого")) && scan.glued(at + length);
    let length = if ending { length + 1 } else { length };
    if scan.lex(at + length) == Some(Lex::OfMonth) {
        return Some((DayAtom::Number(day), length + 1));
    }
    let spoken = matches!(scan.lex(at + length - 1), Some(Lex::Ordinal(_)));
    let compound = spoken && length == 2;
    let after_on = spoken && at > 0 && matches!(scan.lex(at - 1), Some(Lex::On | Lex::To));
    let asked = scan.expect == Expect::Day && scan.is_alone(at, length);
    // «пятница 27»: a number that is no hour names the day.
    let beside_weekday =
        at > 0 && matches!(scan.lex(at - 1), Some(Lex::Weekday(_))) && day > 23 && !scan.counted(at + length);
    (ending || compound || after_on || asked || beside_weekday).then_some((DayAtom::Number(day), length))
}

/// `15.12`: a date, unless it reads as a time here.
fn dotted(scan: &Scan<'_>, at: usize) -> Option<(DayAtom, usize)> {
    let Kind::Dot(day, month) = scan.kind(at)? else {
        return None;
    };
    if scan.dot_is_time(at) {
        return None;
    }
    Some((scan.day_of_year(day, month)?, 1))
}

/// The date of the same month with another day.
fn with_day(date: Date, day: u32) -> Option<Date> {
    Date::new(date.year(), date.month(), i8::try_from(day).ok()?).ok()
}

impl Scan<'_> {
    /// Monday of the present week.
    pub(super) fn monday(&self) -> Date {
        let back = i64::from(self.today.weekday().to_monday_zero_offset());
        self.today.checked_sub(back.days()).unwrap_or(self.today)
    }

    /// The nearest date with this weekday, today included.
    pub(super) fn coming(&self, weekday: i8) -> Option<Date> {
        let ahead = (weekday - self.today.weekday().to_monday_one_offset()).rem_euclid(7);
        self.today.checked_add(i64::from(ahead).days()).ok()
    }

    /// The nearest date with this day number, today included.
    pub(super) fn nearest_number(&self, day: i8) -> Option<Date> {
        let mut first = self.today.first_of_month();
        for _ in 0..4 {
            if let Ok(date) = Date::new(first.year(), first.month(), day)
                && date >= self.today
            {
                return Some(date);
            }
            first = first.checked_add(1.month()).ok()?;
        }
        None
    }

    /// A day and month without a year: the nearest one ahead, or a slip when it has just been.
    fn day_of_year(&self, day: u32, month: u32) -> Option<DayAtom> {
        let (day, month) = (i8::try_from(day).ok()?, i8::try_from(month).ok()?);
        let year = self.today.year();
        // 29 February may be four years away; a visit never is.
        let this = Date::new(year, month, day).ok();
        match this {
            Some(date) if date >= self.today => Some(DayAtom::Point(date)),
            Some(date) if days_between(date, self.today) <= RECENT_PAST_DAYS => Some(DayAtom::Past(date)),
            _ => Date::new(year + 1, month, day).ok().map(DayAtom::Point),
        }
    }

    /// A date with its year: years far away are no visits.
    fn dated(&self, year: u32, month: u32, day: u32) -> Option<DayAtom> {
        let date = Date::new(
            i16::try_from(year).ok()?,
            i8::try_from(month).ok()?,
            i8::try_from(day).ok()?,
        )
        .ok()?;
        if date >= self.today {
            return (date.year() <= self.today.year() + 1).then_some(DayAtom::Point(date));
        }
        (days_between(date, self.today) <= RECENT_PAST_DAYS).then_some(DayAtom::Past(date))
    }

    fn range_of_dates(&self, first: (u32, i8), last: (u32, i8)) -> Option<DayAtom> {
        let from = self.day_of_year(first.0, u32::try_from(first.1).ok()?)?;
        let to = self.day_of_year(last.0, u32::try_from(last.1).ok()?)?;
        match (from, to) {
            (DayAtom::Point(from), DayAtom::Point(to)) if from <= to => Some(DayAtom::Range(from, to)),
            (DayAtom::Past(_), DayAtom::Point(to)) => Some(DayAtom::Range(self.today, to)),
            _ => None,
        }
    }

    /// The whole of a month: the nearest one that is not over.
    fn month(&self, month: i8) -> Option<(Date, Date)> {
        let year = if month < self.today.month() {
            self.today.year() + 1
        } else {
            self.today.year()
        };
        let first = Date::new(year, month, 1).ok()?;
        Some((first, first.last_of_month()))
    }

    /// A range whose past days are cut off.
    fn not_before_today(&self, from: Date, to: Date) -> DayAtom {
        if to < self.today {
            DayAtom::Past(to)
        } else {
            DayAtom::Range(from.max(self.today), to)
        }
    }
}
