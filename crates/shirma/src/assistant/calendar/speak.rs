//! Days, times and working hours in Russian: «пт, 27 ноября, 18:00».

use jiff::civil::Date;

use super::atom::{Days, Part};
use super::hours::{Hours, Span};
use super::scan::days_between;
use super::{DayWish, TimeKind, TimeWish};

const SHORT_DAYS: [&str; 7] = ["пн", "вт", "ср", "чт", "пт", "сб", "вс"];
const DAYS_LOCATIVE: [&str; 7] = [
    "в понедельник",
    "во вторник",
    "в среду",
    "в четверг",
    "в пятницу",
    "в субботу",
    "в воскресенье",
];
const MONTHS: [&str; 12] = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
];
/// Dates farther than this are spoken with their year.
const YEAR_FROM_DAYS: i32 = 300;
/// Up to so many single dates are listed one by one.
const LISTED_DATES: usize = 3;

/// «пт, 27 ноября»; with the year when it is far away.
pub fn speak_date(date: Date, today: Date) -> String {
    let weekday = SHORT_DAYS[index(date.weekday().to_monday_zero_offset())];
    let month = MONTHS[index(date.month() - 1)];
    let far = days_between(today, date).abs() > YEAR_FROM_DAYS;
    let year = if far {
        format!(" {} года", date.year())
    } else {
        String::new()
    };
    format!("{weekday}, {} {month}{year}", date.day())
}

/// «в пятницу».
pub fn weekday_locative(date: Date) -> &'static str {
    DAYS_LOCATIVE[index(date.weekday().to_monday_zero_offset())]
}

/// The day or days of a wish: «пт, 27 ноября», «с пн, 30 ноября, по вс, 6 декабря».
pub fn speak_day(wish: &DayWish, today: Date) -> String {
    if let Some(date) = wish.single() {
        return speak_date(date, today);
    }
    let dates = wish.dates(LISTED_DATES + 1);
    if dates.len() <= LISTED_DATES && !dates.is_empty() {
        let spoken: Vec<String> = dates.iter().map(|date| speak_date(*date, today)).collect();
        return spoken.join(" или ");
    }
    let range = format!("с {}, по {}", speak_date(wish.from, today), speak_date(wish.to, today));
    if wish.days == Days::ALL {
        return range;
    }
    let excluded = Days::ALL.without(wish.days);
    if wish.days == Days::WORKDAYS {
        return format!("{range}, по будням");
    }
    if excluded.iter().count() <= 2 {
        return format!("{range}, кроме {}", short_days(excluded));
    }
    format!("{range}, только {}", short_days(wish.days))
}

fn short_days(days: Days) -> String {
    let names: Vec<&str> = days.iter().map(|day| SHORT_DAYS[index(day - 1)]).collect();
    names.join(", ")
}

/// The time of a wish: «18:00», «после 18:00», «вечером (18:00–21:00)».
pub fn speak_time(wish: &TimeWish) -> String {
    match wish.kind {
        TimeKind::At => wish.from.to_string(),
        TimeKind::Around => format!("около {}", wish.from),
        TimeKind::After => format!("после {}", wish.from),
        TimeKind::Before => format!("до {}", wish.to),
        TimeKind::Between => format!("с {} до {}", wish.from, wish.to),
        TimeKind::Part(part) => format!("{} ({}–{})", part_words(part), wish.from, wish.to),
        TimeKind::Any => "в любое время".to_owned(),
    }
}

/// Day and time together.
pub fn speak_when(day: Option<&DayWish>, time: Option<&TimeWish>, today: Date) -> String {
    let spoken = [day.map(|day| speak_day(day, today)), time.map(speak_time)];
    spoken.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn part_words(part: Part) -> &'static str {
    match part {
        Part::Morning => "утром",
        Part::BeforeLunch => "до обеда",
        Part::Lunch => "в обед",
        Part::AfterLunch => "после обеда",
        Part::Afternoon => "днём",
        Part::TowardsEvening => "ближе к вечеру",
        Part::Evening => "вечером",
        Part::FirstHalf => "в первой половине дня",
        Part::SecondHalf => "во второй половине дня",
        Part::Opening => "к открытию",
        Part::Closing => "перед закрытием",
    }
}

/// The week in few words: «пн–пт 9:00–21:00, сб–вс 10:00–19:00».
pub fn week_words(hours: &Hours) -> String {
    let mut groups: Vec<(usize, usize, Option<Span>)> = Vec::new();
    for (day, span) in hours.week().iter().enumerate() {
        match groups.last_mut() {
            Some((_, last, known)) if known == span => *last = day,
            _ => groups.push((day, day, *span)),
        }
    }
    if let [(_, _, span)] = groups.as_slice() {
        return span.map_or_else(|| "закрыто".to_owned(), |span| format!("ежедневно {span}"));
    }
    let words: Vec<String> = groups
        .into_iter()
        .map(|(first, last, span)| {
            let days = if first == last {
                SHORT_DAYS[first].to_owned()
            } else {
                format!("{}–{}", SHORT_DAYS[first], SHORT_DAYS[last])
            };
            match span {
                Some(span) => format!("{days} {span}"),
                None if first == last => format!("{days} выходной"),
                None => format!("{days} выходные"),
            }
        })
        .collect();
    words.join(", ")
}

/// A small non-negative calendar number as an index.
fn index(number: i8) -> usize {
    usize::try_from(number).unwrap_or(0)
}
