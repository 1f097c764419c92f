//! What is said of the time: «в 15.30», «полседьмого», «после шести», «с 16 до 18», «вечером», «через час».

use super::atom::{HalfOfDay, Part, RawClock, TimeAtom};
use super::hours::Clock;
use super::lexer::Kind;
use super::lexicon::Lex;
use super::scan::Scan;

/// A time atom at token `at` and its length. `after_atom`: a day or a part of the day stands right before.
pub(super) fn time_at(scan: &Scan<'_>, at: usize, after_atom: bool) -> Option<(TimeAtom, usize)> {
    in_a_while(scan, at)
        .or_else(|| between(scan, at))
        .or_else(|| around_words(scan, at))
        .or_else(|| part_of_day(scan, at))
        .or_else(|| after_preposition(scan, at))
        .or_else(|| bare(scan, at, after_atom))
}

/// «через час», «через полтора часа», «минут через двадцать».
fn in_a_while(scan: &Scan<'_>, at: usize) -> Option<(TimeAtom, usize)> {
    let (minutes, length) = if scan.lex(at) == Some(Lex::Through) {
        let (minutes, length) = duration(scan, at + 1)?;
        (minutes, length + 1)
    } else if scan.lex(at + 1) == Some(Lex::Through) {
        let (count, length) = scan.cardinal(at + 2)?;
        match scan.lex(at)? {
            Lex::Hour | Lex::HourOne => (count * 60, length + 2),
            Lex::Minute => (count, length + 2),
            _ => return None,
        }
    } else {
        return None;
    };
    let clock = Clock::of(scan.now).plus(i32::try_from(minutes).ok()?);
    (clock < Clock::END).then_some((TimeAtom::Fixed(clock), length))
}

fn duration(scan: &Scan<'_>, at: usize) -> Option<(u32, usize)> {
    match scan.lex(at) {
        Some(Lex::HourOne) => return Some((60, 1)),
        Some(Lex::HalfHour) => return Some((30, 1)),
        Some(Lex::Half) if matches!(scan.lex(at + 1), Some(Lex::Hour)) => return Some((30, 2)),
        Some(Lex::OneAndHalf) if matches!(scan.lex(at + 1), Some(Lex::Hour)) => return Some((90, 2)),
        _ => {}
    }
    let (count, length) = scan.cardinal(at)?;
    match scan.lex(at + length)? {
        Lex::Hour | Lex::HourOne => Some((count * 60, length + 1)),
        Lex::Minute => Some((count, length + 1)),
        _ => None,
    }
}

/// «с 16 до 18», «между 10 и 12», «16-18», `9:00–18:00`.
fn between(scan: &Scan<'_>, at: usize) -> Option<(TimeAtom, usize)> {
    match scan.kind(at)? {
        Kind::ClockRange(from, to) => {
            let raw = |(hour, minute): (u32, u32)| valid(hour, minute);
            return Some((TimeAtom::Between(raw(from)?, raw(to)?), 1));
        }
        Kind::Dash(from, to, _) if !dash_is_time(scan, at) && from < to && to <= 24 => {
            if scan.counted(at + 1) {
                return None;
            }
            let half = half_of_day(scan, at + 1);
            let to = RawClock { half, ..valid(to, 0)? };
            return Some((
                TimeAtom::Between(valid(from, 0)?, to),
                if half.is_some() { 2 } else { 1 },
            ));
        }
        _ => {}
    }
    let opener = scan.lex(at)?;
    if !matches!(opener, Lex::From | Lex::Between) {
        return None;
    }
    let (from, first) = clock(scan, at + 1, true)?;
    let middle = at + 1 + first;
    let joins = match scan.lex(middle)? {
        Lex::Until | Lex::By => opener == Lex::From,
        Lex::And => opener == Lex::Between,
        _ => false,
    };
    if !joins {
        return None;
    }
    let (to, last) = clock(scan, middle + 1, true)?;
    Some((TimeAtom::Between(from, to), middle + 1 + last - at))
}

/// «в любое время», «весь день», «в это же время», «не раньше 18», «часов в 11», «ближе к пяти».
fn around_words(scan: &Scan<'_>, at: usize) -> Option<(TimeAtom, usize)> {
    let after = |from: usize, make: fn(RawClock) -> TimeAtom| {
        let (raw, length) = clock(scan, from, true)?;
        Some((make(raw), from + length - at))
    };
    // «где-то в 16».
    if scan.text(at) == Some("где") && scan.text(at + 1) == Some("то") && scan.glued(at + 1) {
        let skip = usize::from(matches!(scan.lex(at + 2), Some(Lex::In | Lex::To | Lex::On)));
        return after(at + 2 + skip, TimeAtom::Around);
    }
    match (scan.lex(at)?, scan.lex(at + 1)) {
        (Lex::Any, Some(Lex::Time)) | (Lex::Whole, Some(Lex::DayUnit)) => Some((TimeAtom::Any, 2)),
        (Lex::This | Lex::That, Some(Lex::Same)) if scan.lex(at + 2) == Some(Lex::Time) => Some((TimeAtom::Same, 3)),
        (Lex::Not, Some(Lex::Earlier)) => after(at + 2, TimeAtom::After),
        (Lex::Not, Some(Lex::Later)) => after(at + 2, TimeAtom::Before),
        (Lex::Earlier, _) => after(at + 1, TimeAtom::Before),
        (Lex::Later, _) => after(at + 1, TimeAtom::After),
        (Lex::Hour, Some(Lex::In | Lex::To | Lex::On)) => after(at + 2, TimeAtom::Around),
        (Lex::Hour, Some(Lex::After)) => after(at + 2, TimeAtom::After),
        (Lex::Around, Some(Lex::In | Lex::To | Lex::On)) => after(at + 2, TimeAtom::Around),
        (Lex::Around, _) => after(at + 1, TimeAtom::Around),
        (Lex::Closer, Some(Lex::To)) => after(at + 2, TimeAtom::Around),
        _ => None,
    }
}

/// «утром», «с утра», «до обеда», «ближе к вечеру», «в первой половине дня», «после работы».
fn part_of_day(scan: &Scan<'_>, at: usize) -> Option<(TimeAtom, usize)> {
    let part = |part: Part, length: usize| Some((TimeAtom::Part(part), length));
    let next = scan.lex(at + 1);
    match (scan.lex(at)?, next) {
        (Lex::From, Some(Lex::MorningOf)) => part(Part::Morning, 2),
        (Lex::From, Some(Lex::Filler)) if scan.lex(at + 2) == Some(Lex::MorningOf) => part(Part::Morning, 3),
        (Lex::From, Some(Lex::Lunch)) => part(Part::SecondHalf, 2),
        (Lex::Until, Some(Lex::Lunch)) => part(Part::BeforeLunch, 2),
        (Lex::Until, Some(Lex::EveningOf)) => Some((TimeAtom::Before(valid(18, 0)?), 2)),
        (Lex::In | Lex::To, Some(Lex::Lunch)) => part(Part::Lunch, 2),
        (Lex::After, Some(Lex::Lunch)) => part(Part::AfterLunch, 2),
        (Lex::After, Some(Lex::Work)) => part(Part::Evening, 2),
        (Lex::To | Lex::After, Some(Lex::Opening)) => part(Part::Opening, 2),
        (Lex::To | Lex::Until, Some(Lex::Closing)) => part(Part::Closing, 2),
        (Lex::Closer, Some(Lex::To)) => match scan.lex(at + 2)? {
            Lex::TowardsEvening => part(Part::TowardsEvening, 3),
            Lex::Lunch => part(Part::Lunch, 3),
            Lex::Closing => part(Part::Closing, 3),
            _ => None,
        },
        (Lex::To, Some(Lex::TowardsEvening)) => part(Part::TowardsEvening, 2),
        (Lex::To, Some(Lex::Evening)) => part(Part::TowardsEvening, 2),
        (Lex::Ordinal(half @ 1..=2), Some(Lex::Half)) => {
            let length = if scan.lex(at + 2) == Some(Lex::DayOf) { 3 } else { 2 };
            part(if half == 1 { Part::FirstHalf } else { Part::SecondHalf }, length)
        }
        (Lex::Morning, _) => part(Part::Morning, 1),
        (Lex::Afternoon, _) => part(Part::Afternoon, 1),
        (Lex::Evening, _) => part(Part::Evening, 1),
        (Lex::TowardsEvening, _) => part(Part::TowardsEvening, 1),
        (Lex::Lunch, _) => part(Part::Lunch, 1),
        (Lex::Closing, _) => part(Part::Closing, 1),
        _ => None,
    }
}

/// «в 18», «к пяти», «после шести», «до 12», «с 16».
fn after_preposition(scan: &Scan<'_>, at: usize) -> Option<(TimeAtom, usize)> {
    let make = match scan.lex(at)? {
        Lex::In | Lex::On | Lex::To => TimeAtom::At,
        Lex::After | Lex::From => TimeAtom::After,
        Lex::Until => TimeAtom::Before,
        Lex::By => TimeAtom::Before,
        _ => return None,
    };
    let (skip, make): (usize, fn(RawClock) -> TimeAtom) = match scan.lex(at + 1) {
        Some(Lex::Filler) => (2, make),
        Some(Lex::Around) => (2, TimeAtom::Around),
        // «часам к пяти» is seen by `around_words`; «к часам пяти» means the same.
        Some(Lex::Hour) => (2, TimeAtom::Around),
        _ => (1, make),
    };
    let (raw, length) = clock(scan, at + skip, true)?;
    Some((make(raw), skip + length))
}

/// «18:00», «7 вечера», «полседьмого», and a bare number where one is awaited.
fn bare(scan: &Scan<'_>, at: usize, after_atom: bool) -> Option<(TimeAtom, usize)> {
    if let Some((raw, length)) = clock(scan, at, false) {
        return Some((TimeAtom::At(raw), length));
    }
    let (hour, length) = scan.cardinal(at)?;
    let awaited = after_atom || (scan.expect == super::scan::Expect::Time && scan.is_alone(at, length));
    if !awaited || scan.counted(at + length) {
        return None;
    }
    let (raw, length) = clock(scan, at, true)?;
    (hour <= 24).then_some((TimeAtom::At(raw), length))
}

/// An hour at token `at`. Without a preposition only what can be nothing else.
fn clock(scan: &Scan<'_>, at: usize, preposition: bool) -> Option<(RawClock, usize)> {
    let (raw, length) = written(scan, at, preposition)
        .or_else(|| spoken_fraction(scan, at))
        .or_else(|| hour_with_words(scan, at, preposition))?;
    match half_of_day(scan, at + length) {
        Some(half) if raw.half.is_none() => Some((
            RawClock {
                half: Some(half),
                ..raw
            },
            length + 1,
        )),
        _ => Some((raw, length)),
    }
}

/// `15:30`, `15.30`, `17-00`, `1500`.
fn written(scan: &Scan<'_>, at: usize, preposition: bool) -> Option<(RawClock, usize)> {
    let raw = match scan.kind(at)? {
        Kind::Colon(hour, minute) => valid(hour, minute)?,
        Kind::Dot(hour, minute) if scan.dot_is_time(at) => valid(hour, minute)?,
        Kind::Dash(hour, minute, _) if dash_is_time(scan, at) => valid(hour, minute)?,
        Kind::Number(number, 3..=4) if preposition && !scan.counted(at + 1) => {
            // «на 1500»: five-minute times of a waking day, so that sums and years stay out.
            let (hour, minute) = (number / 100, number % 100);
            if !(6..=23).contains(&hour) || minute % 5 != 0 {
                return None;
            }
            valid(hour, minute)?
        }
        _ => return None,
    };
    let length = if matches!(scan.lex(at + 1), Some(Lex::Hour)) {
        2
    } else {
        1
    };
    Some((raw, length))
}

/// `17-00` is a time, `16-18` a range: minutes come in quarters, and a later second number may be an hour.
fn dash_is_time(scan: &Scan<'_>, at: usize) -> bool {
    let Some(Kind::Dash(hour, minute, digits)) = scan.kind(at) else {
        return false;
    };
    let preposition = at.checked_sub(1).and_then(|before| scan.lex(before));
    let pointed = matches!(preposition, Some(Lex::In | Lex::To | Lex::Until | Lex::After));
    digits == 2
        && hour <= 23
        && minute <= 59
        && minute % 5 == 0
        && (minute == 0 || minute > 24 || pointed || minute < hour)
}

/// «полседьмого», «в половине восьмого», «четверть шестого», «без четверти пять», «без десяти 5».
fn spoken_fraction(scan: &Scan<'_>, at: usize) -> Option<(RawClock, usize)> {
    let before = |hour: u32, minute: u32| valid(if hour == 1 { 12 } else { hour - 1 }, minute);
    match scan.lex(at)? {
        Lex::HalfTo(hour) => Some((before(u32::from(hour), 30)?, 1)),
        Lex::Half => match scan.lex(at + 1)? {
            Lex::Ordinal(hour @ 1..=12) => Some((before(u32::from(hour), 30)?, 2)),
            _ => None,
        },
        Lex::Quarter => match scan.lex(at + 1)? {
            Lex::Ordinal(hour @ 1..=12) => Some((before(u32::from(hour), 15)?, 2)),
            _ => None,
        },
        Lex::Without => {
            let (missing, length) = match scan.lex(at + 1) {
                Some(Lex::Quarter) => (15, 1),
                _ => scan.cardinal(at + 1)?,
            };
            let minutes_word = usize::from(scan.lex(at + 1 + length) == Some(Lex::Minute));
            let hour_at = at + 1 + length + minutes_word;
            let (hour, hour_length) = match scan.lex(hour_at) {
                Some(Lex::HourOne) => (1, 1),
                _ => scan.cardinal(hour_at)?,
            };
            if !(1..=30).contains(&missing) || !(1..=24).contains(&hour) {
                return None;
            }
            Some((before(hour, 60 - missing)?, hour_at + hour_length - at))
        }
        Lex::Noon => Some((
            RawClock {
                hour: 12,
                minute: 0,
                half: Some(HalfOfDay::Day),
            },
            1,
        )),
        _ => None,
    }
}

/// «18 часов», «семь тридцать», «шесть с половиной», «час дня», «18».
fn hour_with_words(scan: &Scan<'_>, at: usize, preposition: bool) -> Option<(RawClock, usize)> {
    if scan.lex(at) == Some(Lex::HourOne) {
        let said = preposition || half_of_day(scan, at + 1).is_some();
        return said.then_some((valid(1, 0)?, 1));
    }
    let (hour, mut length) = scan.cardinal(at)?;
    if hour > 24 {
        return None;
    }
    let mut strong = preposition;
    let mut minute = 0;
    if matches!(scan.lex(at + length), Some(Lex::Hour | Lex::HourOne)) {
        // «18 часов» is a time; «2 часа» without a preposition is how long.
        strong |= hour >= 13 || half_of_day(scan, at + length + 1).is_some();
        length += 1;
        if let Some((minutes, more)) = scan.cardinal(at + length)
            && scan.lex(at + length + more) == Some(Lex::Minute)
        {
            minute = minutes;
            length += more + 1;
        }
    } else if scan.lex(at + length) == Some(Lex::From) && scan.lex(at + length + 1) == Some(Lex::Half) {
        minute = 30;
        length += 2;
    } else if let Some((minutes @ 5..=59, more)) = scan.cardinal(at + length)
        && preposition
        && !scan.counted(at + length + more)
        && !matches!(scan.lex(at + length + more), Some(Lex::Hour | Lex::HourOne))
        && minutes % 5 == 0
    {
        minute = minutes;
        length += more;
    }
    strong |= half_of_day(scan, at + length).is_some();
    if !strong || scan.counted(at + length) {
        return None;
    }
    Some((valid(hour, minute)?, length))
}

fn half_of_day(scan: &Scan<'_>, at: usize) -> Option<HalfOfDay> {
    match scan.lex(at)? {
        Lex::MorningOf => Some(HalfOfDay::Morning),
        Lex::DayOf => Some(HalfOfDay::Day),
        Lex::EveningOf => Some(HalfOfDay::Evening),
        Lex::NightOf => Some(HalfOfDay::Night),
        _ => None,
    }
}

fn valid(hour: u32, minute: u32) -> Option<RawClock> {
    Clock::new(hour, minute).map(|_| RawClock {
        hour,
        minute,
        half: None,
    })
}
