//! Every sentence the assistant says (`product-ux.md` §2): «вы», verbs, «2 200 ₽», «пт, 27 ноября, 18:00».

use jiff::civil::DateTime;

use super::base::{Base, Price, Service};
use super::calendar::{Clock, Hours, speak_date, week_words, weekday_locative};
use super::text::plural;
use crate::contract::{Button, Tone};

pub(super) const EMERGENCY: &str = "Если состояние тяжёлое, звоните 103 или 112.";
pub(super) const STOPPED: &str = "Больше не пишем. Чтобы вернуть: СТАРТ";
pub(super) const STARTED: &str = "Снова будем писать о ваших записях. Чтобы остановить: СТОП";
pub(super) const WITHDRAWAL_HOW: &str = "Напишите сюда: «Отзываю согласие». Чтобы мы удалили данные, напишите: \
    «Удалите мои данные». Ответим, что сделано, в течение 30 дней.";
pub(super) const ERASED: &str = "Приняли просьбу удалить ваши данные. Сделаем это в течение 30 дней и напишем, что \
    удалено, что обязаны хранить по закону и до какого дня.";
pub(super) const BOT: &str = "Да, вам отвечает помощник, это программа. Ваше имя и телефон она не видит. Чтобы ответил человек, напишите \
    «администратор».";
pub(super) const CONTACT_NOTED: &str =
    "Спасибо, записали. Чем помочь? Напишите услугу, день и время или задайте вопрос.";
pub(super) const THANKS: &str = "Пожалуйста. Если появятся вопросы, пишите сюда.";
pub(super) const DROPPED: &str = "Хорошо, не записываем. Понадобится, напишите сюда.";
pub(super) const DID_YOU_MEAN: &str = "Вы спрашиваете про…?";
pub(super) const NONE_OF_THESE: &str = "Другое";
pub(super) const PRICE_ON_REQUEST: &str = "цену назовёт администратор";
pub(super) const ASK_SERVICE: &str = "На какую услугу вас записать?";
pub(super) const ASK_SERVICE_AGAIN: &str = "Не нашли такую услугу. Выберите из списка или напишите иначе.";
pub(super) const ASK_NAME: &str = "Как вас зовут?";
pub(super) const ASK_PHONE: &str = "По какому телефону подтвердить запись? Можно не оставлять, тогда ответим здесь.";
pub(super) const ASK_CHANGE: &str = "Что изменить? Выберите или сразу напишите, как нужно.";
pub(super) const ASK_AGAIN: &str = "Не поняли вас.";
pub(super) const SHARE_PHONE: &str = "Отправить мой номер";
pub(super) const NO_PHONE: &str = "Ответьте здесь";
pub(super) const YES: &str = "Да";
pub(super) const CHANGE: &str = "Изменить";
pub(super) const CHANGE_SERVICE: &str = "Услугу";
pub(super) const CHANGE_TIME: &str = "День и время";
pub(super) const CANCEL_FORM: &str = "Не записывать";
pub(super) const NO: &str = "Нет";

pub(super) fn greeting(base: &Base) -> String {
    let can_book = if base.services.is_empty() {
        ""
    } else {
        ", запишем"
    };
    format!(
        "Здравствуйте. Это {}. Подскажем цены, часы и адрес{can_book}. Что вас интересует?",
        base.name
    )
}

/// «Передаю администратору. Ответим сегодня до 20:00.», by real hours.
pub(super) fn hand_over(hours: &Hours, now: DateTime) -> String {
    format!("Передаю администратору. {}", will_answer("Ответим", hours, now))
}

/// «Ответим сегодня до 21:00.» / «Ответим завтра после 9:00.»
pub(super) fn will_answer(verb: &str, hours: &Hours, now: DateTime) -> String {
    if let Some(span) = hours.on(now.date()).filter(|_| hours.is_open(now)) {
        return format!("{verb} сегодня до {}.", span.to);
    }
    let Some((date, span)) = hours.next_opening(now) else {
        return format!("{verb} здесь.");
    };
    let day = if date == now.date() {
        "сегодня".to_owned()
    } else if is_tomorrow(date, now) {
        "завтра".to_owned()
    } else {
        format!("{},", speak_date(date, now.date()))
    };
    format!("{verb} {day} после {}.", span.from)
}

/// Whether the date is the day after the date of `now`.
pub(super) fn is_tomorrow(date: jiff::civil::Date, now: DateTime) -> bool {
    now.date().tomorrow().is_ok_and(|tomorrow| tomorrow == date)
}

/// «Маникюр: 2 200 ₽, 1 час 30 минут»
pub(super) fn service_line(service: &Service) -> String {
    let price = service.price.map_or_else(|| PRICE_ON_REQUEST.to_owned(), price);
    match service.minutes {
        Some(minutes) => format!("{}: {price}, {}", service.name, duration(minutes)),
        None => format!("{}: {price}", service.name),
    }
}

pub(super) fn price(price: Price) -> String {
    match price {
        Price::Exact(roubles) => format!("{} ₽", grouped(roubles)),
        Price::From(roubles) => format!("от {} ₽", grouped(roubles)),
        Price::Range(low, high) => format!("{}–{} ₽", grouped(low), grouped(high)),
    }
}

/// 2200 → «2 200».
fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    grouped
}

/// «1 час 30 минут».
pub(super) fn duration(minutes: u32) -> String {
    let (hours, rest) = (minutes / 60, minutes % 60);
    let hours_words = format!("{hours} {}", plural(hours, "час", "часа", "часов"));
    let rest_words = format!("{rest} {}", plural(rest, "минута", "минуты", "минут"));
    match (hours, rest) {
        (0, _) => rest_words,
        (_, 0) => hours_words,
        _ => format!("{hours_words} {rest_words}"),
    }
}

/// The hours of one day: «В вс, 29 ноября, работаем с 10:00 до 19:00.»
pub(super) fn hours_on(base: &Base, date: jiff::civil::Date, now: DateTime) -> String {
    let day = if date == now.date() {
        "Сегодня".to_owned()
    } else {
        format!("{}, {},", capital(weekday_locative(date)), short_date(date, now))
    };
    match base.hours.on(date) {
        Some(span) => format!("{day} работаем с {} до {}.", span.from, span.to),
        None => format!("{day} не работаем."),
    }
}

/// «27 ноября» without the weekday that stands before it.
fn short_date(date: jiff::civil::Date, now: DateTime) -> String {
    let spoken = speak_date(date, now.date());
    spoken
        .split_once(", ")
        .map_or(spoken.clone(), |(_, rest)| rest.to_owned())
}

/// The week, with today and the special days of the next month.
pub(super) fn hours_of_week(base: &Base, now: DateTime) -> String {
    const SHOWN_SPECIAL_DAYS: usize = 3;
    const SPECIAL_AHEAD_DAYS: i32 = 31;
    let today = now.date();
    let mut said = format!("Работаем: {}.", week_words(&base.hours));
    if base.hours.is_open(now)
        && let Some(span) = base.hours.on(today)
    {
        said.push_str(&format!(" Сегодня до {}.", span.to));
    }
    let near = |date: jiff::civil::Date| {
        today
            .until(date)
            .is_ok_and(|span| span.get_days() <= SPECIAL_AHEAD_DAYS)
    };
    for (date, span) in base
        .hours
        .special_from(today)
        .filter(|(date, _)| near(*date))
        .take(SHOWN_SPECIAL_DAYS)
    {
        let hours = span.map_or_else(
            || "не работаем".to_owned(),
            |span| format!("с {} до {}", span.from, span.to),
        );
        said.push_str(&format!(" {}: {hours}.", capital(&speak_date(date, today))));
    }
    said
}

pub(super) fn closed_day(date: jiff::civil::Date, now: DateTime) -> String {
    format!(
        "{}, {}, мы не работаем.",
        capital(weekday_locative(date)),
        short_date(date, now)
    )
}

pub(super) fn outside_hours(clock: Clock, base: &Base, day: Option<jiff::civil::Date>) -> String {
    let span = day
        .and_then(|date| base.hours.on(date))
        .unwrap_or_else(|| base.hours.usual());
    format!("В {clock} мы закрыты: работаем с {} до {}.", span.from, span.to)
}

pub(super) fn past_day(date: jiff::civil::Date, now: DateTime) -> String {
    format!("{} уже прошло.", capital(&speak_date(date, now.date())))
}

pub(super) fn wrong_weekday(date: jiff::civil::Date, now: DateTime) -> String {
    format!("{} — это {}.", capital(&short_date(date, now)), weekday_name(date))
}

fn weekday_name(date: jiff::civil::Date) -> &'static str {
    match date.weekday().to_monday_one_offset() {
        1 => "понедельник",
        2 => "вторник",
        3 => "среда",
        4 => "четверг",
        5 => "пятница",
        6 => "суббота",
        _ => "воскресенье",
    }
}

/// The first letter large.
pub(super) fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

/// The first letter small, unless the whole word is an abbreviation.
pub(super) fn small(words: &str) -> String {
    let mut chars = words.chars();
    let Some(first) = chars.next() else {
        return String::new();
    };
    if chars.clone().next().is_some_and(char::is_uppercase) {
        return words.to_owned();
    }
    first.to_lowercase().chain(chars).collect()
}

/// A button that comes back with a payload.
pub(super) fn button(text: &str, payload: &str) -> Button {
    Button::Callback {
        text: text.to_owned(),
        payload: payload.to_owned(),
        tone: Tone::Neutral,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn prices_and_durations_are_spoken_as_people_read_them() {
        assert_eq!(price(Price::Exact(2200)), "2 200 ₽");
        assert_eq!(price(Price::From(900)), "от 900 ₽");
        assert_eq!(price(Price::Range(1500, 1_250_000)), "1 500–1 250 000 ₽");
        assert_eq!(
            [45, 60, 90, 121, 300].map(duration),
            ["45 минут", "1 час", "1 час 30 минут", "2 часа 1 минута", "5 часов"]
        );
    }

    #[test]
    fn a_hand_over_promises_real_hours() {
        let base = Base::sample();
        let at = |day, hour| hand_over(&base.hours, date(2026, 11, day).at(hour, 0, 0, 0));
        assert_eq!(at(25, 13), "Передаю администратору. Ответим сегодня до 21:00.");
        assert_eq!(at(25, 7), "Передаю администратору. Ответим сегодня после 9:00.");
        assert_eq!(at(25, 22), "Передаю администратору. Ответим завтра после 9:00.");
        let new_year = hand_over(&base.hours, date(2026, 12, 31).at(16, 0, 0, 0));
        assert_eq!(new_year, "Передаю администратору. Ответим вс, 3 января, после 10:00.");
    }

    #[test]
    fn the_week_is_said_with_special_days() {
        let base = Base::sample();
        let said = hours_of_week(&base, date(2026, 12, 30).at(12, 0, 0, 0));
        assert!(
            said.contains("пн–сб 9:00–21:00, вс 10:00–19:00. Сегодня до 21:00."),
            "{said}"
        );
        assert!(
            said.contains("Чт, 31 декабря: с 9:00 до 15:00.") && said.contains("Пт, 1 января: не работаем."),
            "{said}"
        );
    }

    #[test]
    fn sentences_keep_the_house_rules() {
        for said in [ERASED, BOT, THANKS, DROPPED, ASK_PHONE, ASK_CHANGE, STOPPED, STARTED] {
            assert!(
                !said.contains('!') && !said.contains("просто") && !said.contains("  "),
                "{said}"
            );
        }
    }
}
