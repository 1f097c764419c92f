//! Weighing the pieces: which day and time the client means, or what must be asked.
//!
//! A slip of the client is never turned silently into a booking: a past date, a weekday that does not fit its date and an
//! hour that fits both halves of the day come out as [`Unclear`].

use jiff::ToSpan;
use jiff::civil::Date;

use super::atom::{DayAtom, DaySaid, Days, HalfOfDay, Part, RawClock, TimeAtom, Which};
use super::hours::{Clock, Span};
use super::lexicon::Lex;
use super::scan::{Found, Scan, days_between};
use super::{DayWish, TimeKind, TimeWish, Unclear};

/// «Любой день», «в будни»: two weeks ahead.
const OPEN_WISH_DAYS: i64 = 13;
/// Only exclusions were said: a week, so that each weekday is one date.
const EXCLUSION_DAYS: i64 = 6;

/// The day, the time and what is unclear.
pub(super) fn combine(
    scan: &Scan<'_>,
    found: &Found,
    last_time: Option<Clock>,
) -> (Option<DayWish>, Option<TimeWish>, Option<Unclear>) {
    let turn = (0..scan.tokens.len())
        .filter(|at| scan.lex(*at) == Some(Lex::Rather))
        .max();
    let times = after_turn(&found.times, turn, |(_, at, _)| *at);
    let days = after_turn(&found.days, turn, |said| said.at);
    let starts = times.iter().find_map(|(atom, _, _)| starts_at(scan, atom));
    let fixed = times.iter().any(|(atom, _, _)| matches!(atom, TimeAtom::Fixed(_)));
    let (mut day, mut unclear) = weigh_days(scan, &days, starts);
    if day.is_none() && fixed {
        day = Some(DayWish::one(scan.today));
    }
    let single = day.as_ref().and_then(DayWish::single);
    let span = single
        .and_then(|date| scan.hours.on(date))
        .unwrap_or_else(|| scan.hours.usual());
    let not_before = (single == Some(scan.today)).then(|| Clock::of(scan.now));
    let (time, half) = weigh_times(&times, &Within { span, not_before }, last_time);
    unclear = unclear.or(half);
    (day, time, unclear)
}

/// «Завтра, нет, лучше в субботу»: what stands after the turn replaces what stood before it.
fn after_turn<T: Copy>(said: &[T], turn: Option<usize>, at: impl Fn(&T) -> usize) -> Vec<T> {
    let Some(turn) = turn else { return said.to_vec() };
    let after: Vec<T> = said.iter().filter(|one| at(one) > turn).copied().collect();
    if after.is_empty() { said.to_vec() } else { after }
}

/// The earliest minute a time may mean, to decide whether «в среду» can still be today.
fn starts_at(scan: &Scan<'_>, atom: &TimeAtom) -> Option<Clock> {
    let within = Within {
        span: scan.hours.on(scan.today).unwrap_or_else(|| scan.hours.usual()),
        not_before: None,
    };
    match atom {
        TimeAtom::At(raw) | TimeAtom::Around(raw) => resolve(raw, None, &within).ok(),
        TimeAtom::Before(raw) => resolve_end(raw, &within, within.span.from),
        TimeAtom::Between(_, raw) => resolve_end(raw, &within, within.span.from),
        TimeAtom::Part(part) => Some(part_span(*part, within.span).to),
        TimeAtom::After(_) | TimeAtom::Fixed(_) | TimeAtom::Any | TimeAtom::Same => None,
    }
}

fn weigh_days(scan: &Scan<'_>, said: &[DaySaid], starts: Option<Clock>) -> (Option<DayWish>, Option<Unclear>) {
    let leaves = said
        .iter()
        .any(|one| one.after_on && said.iter().any(|other| other.after_from && other.at < one.at));
    let positive: Vec<&DaySaid> = said
        .iter()
        .filter(|one| !(one.negated || leaves && one.after_from))
        .collect();
    let excluded = said
        .iter()
        .filter(|one| one.negated)
        .fold(Days::NONE, |set, one| set.and(days_of(scan, one.atom)));
    let past = positive.iter().find_map(|one| match one.atom {
        DayAtom::Past(date) => Some(date),
        _ => None,
    });
    let positive: Vec<&DaySaid> = positive
        .into_iter()
        .filter(|one| !matches!(one.atom, DayAtom::Past(_)))
        .collect();
    if positive.is_empty() {
        if let Some(date) = past {
            return (None, Some(Unclear::Past { date }));
        }
        if excluded.is_empty() {
            return (None, None);
        }
        let wish = ahead(scan, EXCLUSION_DAYS).only(Days::ALL.without(excluded));
        return (Some(wish), None);
    }
    match refine(scan, &positive, starts) {
        Ok(wish) => (Some(wish.only(wish.days.without(excluded))), None),
        Err(unclear) => (None, Some(unclear)),
    }
}

/// Which weekdays an excluded atom takes out.
fn days_of(scan: &Scan<'_>, atom: DayAtom) -> Days {
    match atom {
        DayAtom::Weekday(day, _) => Days::one(day),
        DayAtom::Only(days) => days,
        DayAtom::Point(date) | DayAtom::WeekAway(date) => Days::one(date.weekday().to_monday_one_offset()),
        DayAtom::Number(day) => scan
            .nearest_number(day)
            .map_or(Days::NONE, |date| Days::one(date.weekday().to_monday_one_offset())),
        DayAtom::Range(..) | DayAtom::AnyDay | DayAtom::Past(_) => Days::NONE,
    }
}

/// The positive atoms together.
fn refine(scan: &Scan<'_>, said: &[&DaySaid], starts: Option<Clock>) -> Result<DayWish, Unclear> {
    let range = said.iter().find_map(|one| match one.atom {
        DayAtom::Range(from, to) => Some((from, to)),
        _ => None,
    });
    let weekdays = said.iter().fold(Days::NONE, |set, one| match one.atom {
        DayAtom::Weekday(day, _) => set.and(Days::one(day)),
        DayAtom::Only(days) => set.and(days),
        _ => set,
    });
    let week_away = said.iter().find_map(|one| match one.atom {
        DayAtom::WeekAway(date) => Some(date),
        _ => None,
    });
    let week_of = week_away.filter(|_| !weekdays.is_empty()).and_then(week);
    if let Some((from, to)) = range.or(week_of) {
        let days = if weekdays.is_empty() { Days::ALL } else { weekdays };
        return DayWish { from, to, days }.narrowed().ok_or(Unclear::Past { date: to });
    }
    let mut dates: Vec<Date> = Vec::new();
    for one in said {
        let date = match one.atom {
            DayAtom::Point(date) | DayAtom::WeekAway(date) => Some(date),
            DayAtom::Number(day) => scan.nearest_number(day),
            DayAtom::Weekday(day, which) => weekday(scan, day, which, starts),
            DayAtom::Only(_) | DayAtom::AnyDay | DayAtom::Range(..) | DayAtom::Past(_) => None,
        };
        let Some(date) = date else { continue };
        // «27 ноября в четверг»: a weekday beside a date must be its own.
        let named = |atom: DayAtom| matches!(atom, DayAtom::Point(_) | DayAtom::Number(_));
        let is_weekday = matches!(one.atom, DayAtom::Weekday(..));
        let rival = said.iter().any(|other| named(other.atom)) && is_weekday && !one.joined;
        if rival && let Some(sure) = said.iter().find(|other| named(other.atom)) {
            let sure = match sure.atom {
                DayAtom::Number(day) => scan.nearest_number(day),
                DayAtom::Point(date) => Some(date),
                _ => None,
            };
            if let Some(sure) = sure.filter(|sure| !days_of(scan, one.atom).holds(sure.weekday())) {
                return Err(Unclear::WrongWeekday { date: sure });
            }
            continue;
        }
        dates.push(date);
    }
    dates.sort_unstable();
    if let (Some(from), Some(to)) = (dates.first().copied(), dates.last().copied()) {
        let days = dates.iter().fold(Days::NONE, |set, date| {
            set.and(Days::one(date.weekday().to_monday_one_offset()))
        });
        let days = if from == to { Days::ALL } else { days };
        return Ok(DayWish { from, to, days });
    }
    if weekdays == Days::WEEKEND {
        let saturday = scan
            .coming(6)
            .filter(|_| scan.today.weekday().to_monday_one_offset() != 7);
        let from = saturday.unwrap_or(scan.today);
        let to = scan.coming(7).unwrap_or(from);
        return Ok(DayWish {
            from,
            to: to.max(from),
            days: Days::ALL,
        });
    }
    let days = if weekdays.is_empty() { Days::ALL } else { weekdays };
    Ok(DayWish {
        days,
        ..ahead(scan, OPEN_WISH_DAYS)
    })
}

/// Today and `days` more.
fn ahead(scan: &Scan<'_>, days: i64) -> DayWish {
    let to = scan.today.checked_add(days.days()).unwrap_or(scan.today);
    DayWish {
        from: scan.today,
        to,
        days: Days::ALL,
    }
}

fn week(date: Date) -> Option<(Date, Date)> {
    let monday = date
        .checked_sub(i64::from(date.weekday().to_monday_zero_offset()).days())
        .ok()?;
    Some((monday, monday.checked_add(6.days()).ok()?))
}

/// «В среду» said on Wednesday is today while a visit can still begin, else in seven days.
fn weekday(scan: &Scan<'_>, day: i8, which: Which, starts: Option<Clock>) -> Option<Date> {
    if which == Which::Next {
        return scan.monday().checked_add((6 + i64::from(day)).days()).ok();
    }
    let date = scan.coming(day)?;
    let over = starts.is_some_and(|starts| starts <= Clock::of(scan.now)) || !scan.hours.opens_again_today(scan.now);
    if date == scan.today && over && which == Which::Any {
        date.checked_add(7.days()).ok()
    } else {
        Some(date)
    }
}

/// The hours a time must lie in.
struct Within {
    span: Span,
    /// Now, when the day is today.
    not_before: Option<Clock>,
}

type Said = (TimeAtom, usize, bool);

fn weigh_times(times: &[Said], within: &Within, last_time: Option<Clock>) -> (Option<TimeWish>, Option<Unclear>) {
    let part = times.iter().rev().find_map(|(atom, _, _)| match atom {
        TimeAtom::Part(part) => Some(*part),
        _ => None,
    });
    let precise: Vec<&Said> = times
        .iter()
        .filter(|(atom, _, _)| !matches!(atom, TimeAtom::Part(_)))
        .collect();
    let Some((atom, _, joined)) = precise.last() else {
        let two_parts = times.len() > 1 && times.iter().any(|(_, _, joined)| *joined);
        let wish = part
            .filter(|_| !two_parts)
            .map(|part| TimeWish::of(TimeKind::Part(part), part_span(part, within.span)));
        return (wish, None);
    };
    let earlier = precise.len().checked_sub(2).map(|index| precise[index].0);
    let bounds = match (earlier, atom) {
        (Some(TimeAtom::After(from)), TimeAtom::Before(to)) => Some(TimeAtom::Between(from, *to)),
        (Some(TimeAtom::At(from)), TimeAtom::At(to)) if *joined => Some(TimeAtom::Between(from, *to)),
        _ => None,
    };
    match read_time(&bounds.unwrap_or(*atom), part, within, last_time) {
        Ok(wish) => (wish, None),
        Err(unclear) => (None, Some(unclear)),
    }
}

fn read_time(
    atom: &TimeAtom,
    part: Option<Part>,
    within: &Within,
    last_time: Option<Clock>,
) -> Result<Option<TimeWish>, Unclear> {
    let at = |kind, from| Some(TimeWish { kind, from, to: from });
    Ok(match atom {
        TimeAtom::At(raw) => at(TimeKind::At, resolve(raw, part, within)?),
        TimeAtom::Around(raw) => at(TimeKind::Around, resolve(raw, part, within)?),
        TimeAtom::After(raw) => {
            let from = resolve(raw, part, within)?;
            Some(TimeWish {
                kind: TimeKind::After,
                from,
                to: within.span.to.max(from),
            })
        }
        TimeAtom::Before(raw) => {
            let from = part.map_or(within.span.from, |part| part_span(part, within.span).from);
            resolve_end(raw, within, from).map(|to| TimeWish {
                kind: TimeKind::Before,
                from: from.min(to),
                to,
            })
        }
        TimeAtom::Between(first, last) => {
            let first = RawClock {
                half: first.half.or(last.half.filter(|_| first.hour < last.hour)),
                ..*first
            };
            let from = resolve(&first, part, within)?;
            resolve_end(last, within, from).map(|to| TimeWish {
                kind: TimeKind::Between,
                from,
                to,
            })
        }
        TimeAtom::Fixed(clock) => at(TimeKind::At, *clock),
        TimeAtom::Same => last_time.and_then(|clock| at(TimeKind::At, clock)),
        TimeAtom::Any => Some(TimeWish::of(TimeKind::Any, within.span)),
        TimeAtom::Part(part) => Some(TimeWish::of(TimeKind::Part(*part), part_span(*part, within.span))),
    })
}

/// The minute a spoken hour means: the one inside working hours; if both are, it must be asked.
fn resolve(raw: &RawClock, part: Option<Part>, within: &Within) -> Result<Clock, Unclear> {
    let candidates = candidates(raw);
    let Some(first) = candidates.first().copied() else {
        return Err(Unclear::Nonsense);
    };
    let Some(second) = candidates.get(1).copied() else {
        return Ok(first);
    };
    if let Some(part) = part {
        let named = part_span(
            part,
            Span {
                from: Clock::default(),
                to: Clock::END,
            },
        );
        let fitting: Vec<Clock> = candidates.iter().copied().filter(|clock| named.holds(*clock)).collect();
        if let [only] = fitting.as_slice() {
            return Ok(*only);
        }
    }
    let open = |clock: &Clock| within.span.holds(*clock);
    let later = |clock: &Clock| within.not_before.is_none_or(|now| *clock > now);
    match (open(&first), open(&second)) {
        (true, false) => Ok(first),
        (false, true) => Ok(second),
        (false, false) => Ok(first),
        (true, true) => match (later(&first), later(&second)) {
            (true, false) => Ok(first),
            (false, true) => Ok(second),
            _ => Err(Unclear::Half {
                early: first,
                late: second,
            }),
        },
    }
}

/// The end of a span: the candidate after `from` and not after closing.
fn resolve_end(raw: &RawClock, within: &Within, from: Clock) -> Option<Clock> {
    let candidates = candidates(raw);
    let fitting = candidates
        .iter()
        .copied()
        .find(|clock| *clock > from && *clock <= within.span.to);
    fitting.or_else(|| candidates.into_iter().find(|clock| *clock > from))
}

/// The minutes of the day a spoken hour may mean, earliest first.
fn candidates(raw: &RawClock) -> Vec<Clock> {
    let clock = |hour: u32| Clock::new(hour, raw.minute);
    let hours: &[u32] = match (raw.half, raw.hour) {
        (None, 0 | 13..=24) => &[raw.hour],
        (None, 12) => &[12],
        (None, hour) => &[hour, hour + 12],
        (Some(HalfOfDay::Morning), hour) => &[hour],
        (Some(HalfOfDay::Day | HalfOfDay::Evening), hour @ 1..=11)
            if hour < 10 || raw.half == Some(HalfOfDay::Evening) =>
        {
            &[hour + 12]
        }
        (Some(HalfOfDay::Day | HalfOfDay::Evening), hour) => &[hour],
        (Some(HalfOfDay::Night), 12) => &[0],
        (Some(HalfOfDay::Night), hour @ 9..=11) => &[hour + 12],
        (Some(HalfOfDay::Night), hour) => &[hour],
    };
    hours.iter().copied().filter_map(clock).collect()
}

/// The minutes a named part of the day covers, cut to the working hours where they meet.
pub(super) fn part_span(part: Part, open: Span) -> Span {
    let hour = |hour: u32| Clock::new(hour, 0).unwrap_or(Clock::END);
    let (from, to) = match part {
        Part::Morning => (open.from, hour(12)),
        Part::BeforeLunch | Part::FirstHalf => (open.from, hour(13)),
        Part::Lunch => (hour(12), hour(14)),
        Part::AfterLunch => (hour(13), hour(17)),
        Part::Afternoon => (hour(12), hour(17)),
        Part::TowardsEvening => (hour(16), hour(19)),
        Part::Evening => (hour(18), open.to),
        Part::SecondHalf => (hour(13), open.to),
        Part::Opening => (open.from, open.from.plus(60)),
        Part::Closing => (open.to.plus(-60), open.to),
    };
    let cut = Span {
        from: from.max(open.from),
        to: to.min(open.to),
    };
    if cut.from < cut.to {
        cut
    } else {
        Span { from, to: to.max(from) }
    }
}

impl DayWish {
    /// One date.
    pub fn one(date: Date) -> DayWish {
        DayWish {
            from: date,
            to: date,
            days: Days::ALL,
        }
    }

    /// The date, when it is one.
    pub fn single(&self) -> Option<Date> {
        (self.from == self.to).then_some(self.from)
    }

    /// The dates wished, at most `limit`.
    pub fn dates(&self, limit: usize) -> Vec<Date> {
        let span = usize::try_from(days_between(self.from, self.to)).unwrap_or(0);
        self.from
            .series(1.day())
            .take(span + 1)
            .filter(|date| self.days.holds(date.weekday()))
            .take(limit)
            .collect()
    }

    fn only(self, days: Days) -> DayWish {
        DayWish { days, ..self }.narrowed().unwrap_or(self)
    }

    /// The same wish with its ends on wished days; `None` when no day is left.
    fn narrowed(self) -> Option<DayWish> {
        let dates = self.dates(usize::MAX);
        let (from, to) = (*dates.first()?, *dates.last()?);
        let days = if from == to { Days::ALL } else { self.days };
        Some(DayWish { from, to, days })
    }
}

impl TimeWish {
    fn of(kind: TimeKind, span: Span) -> TimeWish {
        TimeWish {
            kind,
            from: span.from,
            to: span.to,
        }
    }
}
