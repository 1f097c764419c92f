//! Filling the form from one message: service, specialist, day and time, name, phone, in any number and order.

use jiff::civil::DateTime;

use super::{Form, Question, Told};
use crate::assistant::base::Base;
use crate::assistant::calendar::{Clock, Reading, TimeKind, Unclear};
use crate::assistant::offer::Named;
use crate::assistant::{Heard, WishKind, safety, text};

/// Longest answer to «Как вас зовут?» that is taken for a name the engine did not recognise.
const MAX_NAME_WORDS: usize = 3;
/// Longest piece of the client's words kept for the person.
const MAX_WORDS_CHARS: usize = 120;

/// What one message did to the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::assistant) struct Filled {
    /// At least one slot changed.
    pub(in crate::assistant) any: bool,
    /// What was said cannot stand.
    pub(in crate::assistant) trouble: Option<Trouble>,
}

/// Why a day or time that was said cannot stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::assistant) enum Trouble {
    /// The business is closed on that day.
    ClosedDay(jiff::civil::Date),
    /// The business is closed at that time.
    ClosedTime(Clock, Option<jiff::civil::Date>),
    /// The day has been.
    PastDay(jiff::civil::Date),
    /// The time of today has been.
    PastTime,
    /// The weekday is not that of the date.
    WrongWeekday(jiff::civil::Date),
    /// Not understood.
    Nonsense,
}

/// What a message brings to the form.
pub(in crate::assistant) struct Brought<'a> {
    pub(in crate::assistant) heard: &'a Heard<'a>,
    pub(in crate::assistant) words: &'a [String],
    pub(in crate::assistant) reading: &'a Reading,
    pub(in crate::assistant) named: &'a Named<'a>,
}

/// Takes from the message whatever fits an empty or corrected slot.
pub(in crate::assistant) fn fill(form: &mut Form, base: &Base, brought: &Brought<'_>, now: DateTime) -> Filled {
    let before = (
        form.service.clone(),
        form.choices.clone(),
        form.staff.clone(),
        form.name.clone(),
        form.phone.clone(),
    );
    fill_service(form, brought);
    fill_staff(form, base, brought.words);
    fill_person(form, brought);
    let time = fill_time(form, base, brought.reading, now);
    let after = (
        form.service.clone(),
        form.choices.clone(),
        form.staff.clone(),
        form.name.clone(),
        form.phone.clone(),
    );
    Filled {
        any: before != after || time.any,
        trouble: time.trouble,
    }
}

fn fill_service(form: &mut Form, brought: &Brought<'_>) {
    if form.kind != WishKind::Book {
        return;
    }
    if let Some(service) = brought.named.one() {
        form.service = Some(service.name.clone());
        form.choices.clear();
    } else if !brought.named.services.is_empty() {
        let names: Vec<String> = brought
            .named
            .services
            .iter()
            .map(|service| service.name.clone())
            .collect();
        // «На маникюр» after «маникюр с покрытием» changes nothing.
        if form.service.as_ref().is_none_or(|known| !names.contains(known)) {
            form.service = None;
            form.choices = names;
        }
    }
}

fn fill_staff(form: &mut Form, base: &Base, words: &[String]) {
    let stems: Vec<String> = words.iter().map(|word| text::stem(word)).collect();
    let found = base.staff.iter().find(|name| {
        let own: Vec<String> = text::words(name).iter().map(|word| text::stem(word)).collect();
        !own.is_empty() && own.iter().all(|stem| stems.contains(stem))
    });
    if let Some(name) = found {
        form.staff = Some(name.clone());
    }
}

fn fill_person(form: &mut Form, brought: &Brought<'_>) {
    let heard = brought.heard;
    let names = text::tokens(heard.masked, "Клиент");
    let phones = text::tokens(heard.masked, "Телефон");
    match (names.first(), heard.client_token) {
        // What he says to «Как вас зовут?» goes before what the channel shows.
        (Some(name), _) if form.open == Some(Question::Name) => form.name = Some(Told::Token((*name).to_owned())),
        (_, Some(known)) if form.name.is_none() => form.name = Some(Told::Token(known.to_owned())),
        (Some(name), None) if form.name.is_none() => form.name = Some(Told::Token((*name).to_owned())),
        _ => {}
    }
    match (phones.first(), heard.phone_token) {
        (Some(phone), _) => form.phone = Some(Told::Token((*phone).to_owned())),
        (None, Some(known)) if form.phone.is_none() => form.phone = Some(Told::Token(known.to_owned())),
        _ => {}
    }
    let refuses = safety::is_refusal(brought.words) || text::has(brought.words, "здесь|тут|сюда|чат*");
    if form.open == Some(Question::Phone) && form.phone.is_none() && refuses {
        form.phone = Some(Told::Declined);
    }
    let silent = brought.reading.is_empty() && brought.named.services.is_empty();
    if form.open == Some(Question::Name) && form.name.is_none() && silent {
        let short = (1..=MAX_NAME_WORDS).contains(&brought.words.len()) && !heard.masked.contains('?');
        if safety::is_refusal(brought.words) {
            form.name = Some(Told::Declined);
        } else if short
            && !brought
                .words
                .iter()
                .all(|word| crate::assistant::intent::is_neutral(word))
        {
            form.name = Some(Told::InDialog);
        }
    }
}

fn fill_time(form: &mut Form, base: &Base, reading: &Reading, now: DateTime) -> Filled {
    let none = Filled {
        any: false,
        trouble: None,
    };
    let failed = |trouble| Filled {
        any: false,
        trouble: Some(trouble),
    };
    if reading.is_empty() {
        return none;
    }
    if !reading.words.is_empty() {
        form.words = reading.words.chars().take(MAX_WORDS_CHARS).collect();
    }
    match reading.unclear {
        Some(Unclear::Past { date }) => return failed(Trouble::PastDay(date)),
        Some(Unclear::WrongWeekday { date }) => return failed(Trouble::WrongWeekday(date)),
        Some(Unclear::Nonsense) => return failed(Trouble::Nonsense),
        Some(Unclear::Half { early, late }) => {
            form.half = Some((early, late));
            form.time = None;
        }
        None => {}
    }
    if let Some(day) = reading.day {
        if let Some(date) = day.single()
            && base.hours.on(date).is_none()
        {
            form.day = None;
            return failed(Trouble::ClosedDay(date));
        }
        form.day = Some(day);
    }
    if let Some(time) = reading.time {
        form.time = Some(time);
        form.half = None;
    }
    let trouble = check_time(form, base, now);
    if trouble.is_some() {
        form.time = None;
    }
    Filled {
        any: trouble.is_none(),
        trouble,
    }
}

/// Whether the exact time of the form lies in working hours and ahead.
fn check_time(form: &Form, base: &Base, now: DateTime) -> Option<Trouble> {
    let time = form.time?;
    let date = form.day.and_then(|day| day.single());
    let open = date
        .and_then(|date| base.hours.on(date))
        .unwrap_or_else(|| base.hours.usual());
    if matches!(time.kind, TimeKind::At | TimeKind::Around) && !open.holds(time.from) {
        return Some(Trouble::ClosedTime(time.from, date));
    }
    if time.kind == TimeKind::After && time.from >= open.to {
        return Some(Trouble::ClosedTime(time.from, date));
    }
    if matches!(time.kind, TimeKind::Before) && time.to <= open.from {
        return Some(Trouble::ClosedTime(time.to, date));
    }
    let over = match time.kind {
        TimeKind::At | TimeKind::Around => time.from,
        TimeKind::Before | TimeKind::Between | TimeKind::Part(_) | TimeKind::After | TimeKind::Any => time.to,
    };
    (date == Some(now.date()) && over <= Clock::of(now)).then_some(Trouble::PastTime)
}
