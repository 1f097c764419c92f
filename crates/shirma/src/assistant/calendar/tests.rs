//! What phrases mean: the shared set, our own set and the rules of `product-ux.md` §9 one by one.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};

use super::*;

/// Phrase, date or `-`, time or `-`, kind: the starting set of forty.
const SHARED: &str = include_str!("phrases_shared.tsv");
/// Phrase, first day, last day, time kind and times: our own.
const OWN: &str = include_str!("phrases.tsv");

fn everyday(from: &str) -> Hours {
    Hours::new([Span::parse(from); 7], BTreeMap::new())
}

/// Wednesday 25 November 2026, 13:20; every day 9:00–21:00.
fn read(text: &str) -> Reading {
    read_with(text, &everyday("9:00-21:00"), Expect::Nothing)
}

fn read_with(text: &str, hours: &Hours, expect: Expect) -> Reading {
    let now = date(2026, 11, 25).at(13, 20, 0, 0);
    understand(
        text,
        &Moment {
            now,
            hours,
            expect,
            last_time: Clock::new(17, 30),
        },
    )
}

fn day(year: i16, month: i8, day: i8) -> Option<DayWish> {
    Some(DayWish::one(date(year, month, day)))
}

#[test]
fn the_shared_phrases_are_understood() {
    let mut wrong = Vec::new();
    let rows: Vec<&str> = SHARED
        .lines()
        .filter(|line| !line.starts_with('#') && !line.starts_with("phrase"))
        .collect();
    assert_eq!(rows.len(), 40);
    for row in rows {
        let fields: Vec<&str> = row.split('\t').collect();
        let got = read(fields[0]);
        let expected: Date = fields[1].parse().expect("a date");
        let day_fits = got.day.is_some_and(|wish| wish.from == expected);
        let time_fits = match (fields[2], got.time) {
            ("-", None) => true,
            ("-", Some(time)) => matches!(time.kind, TimeKind::Part(_)),
            (time, Some(wish)) => {
                let clock = Clock::parse(time).expect("a time");
                if wish.kind == TimeKind::Before {
                    wish.to == clock
                } else {
                    wish.from == clock
                }
            }
            (_, None) => false,
        };
        if !day_fits || !time_fits || got.unclear.is_some() {
            wrong.push(format!("{row}\n    {got:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// One word a reading: `26.11`, `30.11..06.12`, `30.11..06.12/12345`, `-`.
fn day_words(wish: Option<DayWish>) -> String {
    let short = |date: Date| format!("{:02}.{:02}", date.day(), date.month());
    match wish {
        None => "-".to_owned(),
        Some(wish) if wish.single().is_some() => short(wish.from),
        Some(wish) => {
            let days: String = wish.days.iter().map(|day| day.to_string()).collect();
            let days = if wish.days == Days::ALL {
                String::new()
            } else {
                format!("/{days}")
            };
            format!("{}..{}{days}", short(wish.from), short(wish.to))
        }
    }
}

/// `at 18:00`, `after 18:00`, `part evening`, `ask 7:00 19:00`, `-`.
fn time_words(reading: &Reading) -> String {
    match (&reading.unclear, reading.time) {
        (Some(Unclear::Half { early, late }), _) => format!("ask {early} {late}"),
        (Some(Unclear::Past { .. }), _) => "past".to_owned(),
        (Some(Unclear::WrongWeekday { .. }), _) => "weekday".to_owned(),
        (Some(Unclear::Nonsense), _) => "nonsense".to_owned(),
        (None, None) => "-".to_owned(),
        (None, Some(time)) => match time.kind {
            TimeKind::At => format!("at {}", time.from),
            TimeKind::Around => format!("around {}", time.from),
            TimeKind::After => format!("after {}", time.from),
            TimeKind::Before => format!("before {}", time.to),
            TimeKind::Between => format!("between {} {}", time.from, time.to),
            TimeKind::Part(part) => format!("part {}", part.as_str()),
            TimeKind::Any => "any".to_owned(),
        },
    }
}

#[test]
fn our_own_phrases_are_understood() {
    let mut wrong = Vec::new();
    let rows: Vec<&str> = OWN
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    assert!(rows.len() >= 100, "only {} phrases", rows.len());
    for row in rows {
        let fields: Vec<&str> = row.split('\t').collect();
        assert_eq!(fields.len(), 3, "{row}");
        let got = read(fields[0]);
        let got = (day_words(got.day), time_words(&got));
        if (got.0.as_str(), got.1.as_str()) != (fields[1], fields[2]) {
            wrong.push(format!("{row}\n    got {} | {}", got.0, got.1));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_weekday_is_today_only_while_a_visit_can_begin() {
    let hours = everyday("9:00-21:00");
    let late = date(2026, 11, 25).at(21, 5, 0, 0);
    let moment = Moment {
        now: late,
        hours: &hours,
        expect: Expect::Nothing,
        last_time: None,
    };
    assert_eq!(understand("в среду", &moment).day, day(2026, 12, 2));
    assert_eq!(read("в среду").day, day(2026, 11, 25));
    assert_eq!(read("в среду в 10").day, day(2026, 12, 2));
    assert_eq!(read("в среду в 19").day, day(2026, 11, 25));
}

#[test]
fn an_hour_that_fits_both_halves_of_the_day_is_asked() {
    let round = Hours::new([Span::parse("0:00-24:00"); 7], BTreeMap::new());
    let got = read_with("завтра в 7", &round, Expect::Nothing);
    assert_eq!(
        got.unclear,
        Some(Unclear::Half {
            early: Clock::new(7, 0).expect("said"),
            late: Clock::new(19, 0).expect("said")
        })
    );
    assert_eq!(
        read_with("завтра в 7 вечера", &round, Expect::Nothing)
            .time
            .expect("said")
            .from,
        Clock::new(19, 0).expect("said")
    );
    assert_eq!(
        read_with("завтра утром в 7", &round, Expect::Nothing)
            .time
            .expect("said")
            .from,
        Clock::new(7, 0).expect("said")
    );
    // Today one of the two has been.
    assert_eq!(
        read_with("сегодня в 7", &round, Expect::Nothing)
            .time
            .expect("said")
            .from,
        Clock::new(19, 0).expect("said")
    );
}

#[test]
fn a_bare_number_means_something_only_when_asked_for() {
    let hours = everyday("9:00-21:00");
    let time = |text| {
        read_with(text, &hours, Expect::Time)
            .time
            .map(|time| time.from.to_string())
    };
    assert_eq!(time("18").as_deref(), Some("18:00"));
    assert_eq!(time("давайте шесть").as_deref(), Some("18:00"));
    assert_eq!(time("18 человек"), None);
    assert_eq!(read_with("28", &hours, Expect::Day).day, day(2026, 11, 28));
    assert!(read("28").is_empty() && read("18").is_empty());
}

#[test]
fn birth_dates_and_ages_are_no_visits() {
    for text in [
        "08.12.1985",
        "83 года",
        "мне 45 лет",
        "родилась 3 мая 1990 года",
        "15.03.87",
    ] {
        assert!(read(text).is_empty(), "{text}: {:?}", read(text));
    }
}

#[test]
fn the_words_that_named_the_time_are_kept() {
    assert_eq!(
        read("Здравствуйте, можно завтра после шести, пожалуйста").words,
        "завтра после шести"
    );
    assert_eq!(read("Здравствуйте").words, "");
}

#[test]
fn wishes_are_spoken_with_weekday_date_and_time() {
    let today = date(2026, 11, 25);
    for (text, spoken) in [
        ("в пятницу в 18", "пт, 27 ноября, 18:00"),
        ("завтра после шести", "чт, 26 ноября, после 18:00"),
        (
            "на следующей неделе утром",
            "с пн, 30 ноября, по вс, 6 декабря, утром (9:00–12:00)",
        ),
        ("в выходные до 12", "сб, 28 ноября или вс, 29 ноября, до 12:00"),
        ("завтра часов в 11", "чт, 26 ноября, около 11:00"),
        ("завтра с 16 до 18", "чт, 26 ноября, с 16:00 до 18:00"),
        (
            "в любой день кроме среды",
            "с чт, 26 ноября, по вт, 8 декабря, кроме ср",
        ),
        ("в будни", "с ср, 25 ноября, по вт, 8 декабря, по будням"),
    ] {
        let got = read(text);
        assert_eq!(speak_when(got.day.as_ref(), got.time.as_ref(), today), spoken, "{text}");
    }
}

#[test]
fn a_week_is_spoken_in_groups() {
    let day = Span::parse("9-21");
    let week = [day, day, day, day, day, Span::parse("10-19"), None];
    assert_eq!(
        week_words(&Hours::new(week, BTreeMap::new())),
        "пн–пт 9:00–21:00, сб 10:00–19:00, вс выходной"
    );
    assert_eq!(week_words(&everyday("9-21")), "ежедневно 9:00–21:00");
}

proptest::proptest! {
    #[test]
    fn no_text_breaks_the_reader(text in "\\PC{0,80}") {
        let _ = read(&text);
    }

    #[test]
    fn calendar_words_in_any_order_never_give_a_past_day_or_a_turned_span(
        words in proptest::collection::vec(proptest::sample::select(vec![
            "завтра", "не", "в", "на", "с", "до", "после", "через", "2", "18", "31", "декабря", "среду", "пятницу", "неделе",
            "следующей", "той", "15.30", "15.12", "час", "часа", "дня", "вечера", "вечером", "или", "кроме", "лучше", "-",
            "16-18", "без", "четверти", "пять", "половине", "восьмого", "числа", "начале", "конце", "выходные", "любой", "день",
        ]), 0..9),
    ) {
        let text = words.join(" ");
        let got = read(&text);
        if let Some(wish) = got.day {
            proptest::prop_assert!(wish.from >= date(2026, 11, 25), "{text}: {wish:?}");
            proptest::prop_assert!(wish.from <= wish.to, "{text}: {wish:?}");
        }
        if let Some(time) = got.time {
            proptest::prop_assert!(time.from <= time.to, "{text}: {time:?}");
        }
    }
}
