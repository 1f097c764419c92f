//! The next question of the form, with its buttons.

use jiff::civil::DateTime;

use super::{Form, MAX_ASKED, Question, Trouble};
use crate::assistant::base::Base;
use crate::assistant::calendar::{Part, speak_date, weekday_locative};
use crate::assistant::{WishKind, words};
use crate::contract::Button;

/// Services on buttons; the rest can be typed.
const MAX_SERVICE_BUTTONS: usize = 8;
/// Days on buttons.
const DAY_BUTTONS: usize = 3;

/// What to say next.
pub(in crate::assistant) enum Next {
    /// A question.
    Question {
        /// The words.
        text: String,
        /// Rows of buttons.
        buttons: Vec<Vec<Button>>,
    },
    /// The question was asked often enough: a person goes on.
    GiveUp,
}

/// Asks for the first empty slot. `trouble` explains first why what was said cannot stand.
pub(in crate::assistant) fn ask(form: &mut Form, base: &Base, trouble: Option<Trouble>, now: DateTime) -> Next {
    let question = match trouble {
        Some(Trouble::ClosedTime(..) | Trouble::PastTime) if form.day.is_some() => Question::Time,
        Some(Trouble::ClosedDay(_) | Trouble::PastDay(_) | Trouble::WrongWeekday(_)) => Question::Day,
        _ => form.missing(base),
    };
    // A new summary may be shown as often as the client changes something.
    if question != Question::Confirm && form.times_asked(question) >= MAX_ASKED {
        return Next::GiveUp;
    }
    let again = form.open == Some(question) && trouble.is_none();
    form.open = Some(question);
    form.asked.push(question);
    let asked = words_of(form, base, question, again, now);
    let text = match trouble.map(|trouble| trouble_words(trouble, base, now)) {
        Some(trouble) => format!("{trouble} {asked}"),
        None => asked,
    };
    Next::Question {
        text,
        buttons: buttons_of(form, base, question, now),
    }
}

fn words_of(form: &Form, base: &Base, question: Question, again: bool, now: DateTime) -> String {
    match question {
        Question::Service if again => words::ASK_SERVICE_AGAIN.to_owned(),
        Question::Service => words::ASK_SERVICE.to_owned(),
        Question::Day => {
            let what = match (form.kind, form.service.as_ref()) {
                (WishKind::Move, _) => "На какой день и время перенести?".to_owned(),
                (_, Some(service)) => format!("{service}: на какой день и время вас записать?"),
                (_, None) => "На какой день и время вас записать?".to_owned(),
            };
            if again {
                format!("{} Напишите, например, «завтра после 18».", words::ASK_AGAIN)
            } else {
                what
            }
        }
        Question::Time => {
            let day = form.day.and_then(|day| day.single());
            let hours = day.and_then(|date| base.hours.on(date));
            match (day, hours) {
                (Some(date), Some(span)) => format!(
                    "{}, работаем с {} до {}. В какое время вам удобно?",
                    words::capital(&speak_date(date, now.date())),
                    span.from,
                    span.to
                ),
                _ => "В какое время вам удобно?".to_owned(),
            }
        }
        Question::Half => match form.half {
            Some((early, late)) => format!("В {early} или в {late}?"),
            None => "Утром или вечером?".to_owned(),
        },
        Question::Name => words::ASK_NAME.to_owned(),
        Question::Phone => words::ASK_PHONE.to_owned(),
        Question::Confirm => format!("{}. Всё верно?", form.summary(now.date())),
        Question::Change => words::ASK_CHANGE.to_owned(),
        Question::Resume => match form.service.as_ref() {
            Some(service) => format!("Продолжим запись на: {}?", words::small(service)),
            None => "Продолжим запись?".to_owned(),
        },
    }
}

fn trouble_words(trouble: Trouble, base: &Base, now: DateTime) -> String {
    match trouble {
        Trouble::ClosedDay(date) => words::closed_day(date, now),
        Trouble::ClosedTime(clock, day) => words::outside_hours(clock, base, day),
        Trouble::PastDay(date) => words::past_day(date, now),
        Trouble::PastTime => "Это время сегодня уже прошло.".to_owned(),
        Trouble::WrongWeekday(date) => words::wrong_weekday(date, now),
        Trouble::Nonsense => words::ASK_AGAIN.to_owned(),
    }
}

/// The buttons under a question. Payloads are short and parsed by `reply`.
pub(in crate::assistant) fn buttons_of(
    form: &Form,
    base: &Base,
    question: Question,
    now: DateTime,
) -> Vec<Vec<Button>> {
    match question {
        Question::Service => service_buttons(form, base),
        Question::Day => {
            let days = base.hours.next_days(now, DAY_BUTTONS);
            days.into_iter()
                .map(|date| {
                    let name = if date == now.date() {
                        "Сегодня".to_owned()
                    } else if words::is_tomorrow(date, now) {
                        "Завтра".to_owned()
                    } else {
                        words::capital(weekday_locative(date))
                    };
                    words::button(&name, &format!("day:{date}"))
                })
                .map(|button| vec![button])
                .collect()
        }
        Question::Time => vec![
            [
                ("Утром", Part::Morning),
                ("Днём", Part::Afternoon),
                ("Вечером", Part::Evening),
            ]
            .into_iter()
            .map(|(name, part)| words::button(name, &format!("part:{}", part.as_str())))
            .collect(),
        ],
        Question::Half => form.half.map_or_else(Vec::new, |(early, late)| {
            let at =
                |clock: crate::assistant::calendar::Clock| words::button(&clock.to_string(), &format!("at:{clock}"));
            vec![vec![at(early), at(late)]]
        }),
        Question::Name => Vec::new(),
        Question::Phone => vec![
            vec![Button::Contact {
                text: words::SHARE_PHONE.to_owned(),
            }],
            vec![words::button(words::NO_PHONE, "phone:no")],
        ],
        Question::Confirm => vec![vec![
            words::button(words::YES, "yes"),
            words::button(words::CHANGE, "change"),
        ]],
        Question::Change => {
            let mut rows = Vec::new();
            if form.kind == WishKind::Book && !base.services.is_empty() {
                rows.push(vec![words::button(words::CHANGE_SERVICE, "change:service")]);
            }
            rows.push(vec![words::button(words::CHANGE_TIME, "change:time")]);
            rows.push(vec![words::button(words::CANCEL_FORM, "drop")]);
            rows
        }
        Question::Resume => vec![vec![
            words::button(words::YES, "resume"),
            words::button(words::NO, "drop"),
        ]],
    }
}

fn service_buttons(form: &Form, base: &Base) -> Vec<Vec<Button>> {
    let offered = |name: &String| form.choices.is_empty() || form.choices.contains(name);
    base.services
        .iter()
        .filter(|service| offered(&service.name))
        .take(MAX_SERVICE_BUTTONS)
        .map(|service| vec![words::button(&service.name, &format!("svc:{}", service.key()))])
        .collect()
}
