//! Answers out of the owner's base: hours, address, prices, durations, frequent questions. Nothing is made up here.

use super::base::Base;
use super::calendar::Reading;
use super::offer::Named;
use super::search::Found;
use super::{intent, text, why, words};
use crate::contract::Button;
use jiff::civil::DateTime;

/// Prices listed at once.
const MAX_LISTED: usize = 10;

/// One answer.
pub(super) struct Answer {
    pub(super) text: String,
    pub(super) why: &'static str,
    pub(super) buttons: Vec<Vec<Button>>,
    /// `false`: only a guess that the client may confirm with a button.
    pub(super) sure: bool,
}

/// What a question is asked with.
pub(super) struct Asked<'a> {
    pub(super) base: &'a Base,
    pub(super) masked: &'a str,
    pub(super) words: &'a [String],
    pub(super) reading: &'a Reading,
    pub(super) named: &'a Named<'a>,
    pub(super) now: DateTime,
}

impl Asked<'_> {
    /// Words that say something of the subject beyond calendar, service and the question itself.
    pub(super) fn foreign_words(&self) -> usize {
        let mut rest = self.masked.to_owned();
        for at in self.reading.used.iter().rev() {
            rest.replace_range(at.clone(), &" ".repeat(at.len()));
        }
        text::words(&rest)
            .iter()
            .filter(|word| !intent::is_neutral(word) && !self.named.stems.contains(&text::stem(word)))
            .count()
    }
}

/// The answer to a plain question about the business, if it is one.
pub(super) fn fact(asked: &Asked<'_>) -> Option<Answer> {
    let Asked { base, words: heard, .. } = asked;
    if intent::asks_who(heard) {
        return Some(sure(words::BOT.to_owned(), why::BOT));
    }
    if intent::asks_duration(heard) {
        return duration(asked);
    }
    if intent::asks_price(heard) {
        return price(asked);
    }
    if intent::asks_hours(heard, asked.foreign_words() == 0) && !intent::wants_booking(heard) {
        let day = asked.reading.day.and_then(|day| day.single());
        let said = day.map_or_else(
            || words::hours_of_week(base, asked.now),
            |date| words::hours_on(base, date, asked.now),
        );
        return Some(sure(said, why::HOURS));
    }
    if intent::asks_address(heard) {
        let address = base.address.as_ref()?;
        let directions = base
            .directions
            .as_ref()
            .map(|words| format!(" {words}"))
            .unwrap_or_default();
        return Some(sure(format!("{}, {address}.{directions}", base.city), why::ADDRESS));
    }
    None
}

fn price(asked: &Asked<'_>) -> Option<Answer> {
    let services = &asked.named.services;
    let foreign = asked.foreign_words();
    if services.is_empty() {
        // «Какие у вас цены?» lists all; a price of something unknown is not guessed.
        let all = &asked.base.services;
        return (foreign == 0 && !all.is_empty()).then(|| {
            let mut lines: Vec<String> = all.iter().take(MAX_LISTED).map(words::service_line).collect();
            if all.len() > MAX_LISTED {
                lines.push("Остальные цены подскажем, напишите услугу.".to_owned());
            }
            sure(lines.join("\n"), why::PRICE)
        });
    }
    if foreign > 0 {
        let rows = services
            .iter()
            .take(3)
            .map(|service| vec![words::button(&service.name, &format!("price:{}", service.key()))]);
        let buttons = rows.chain([other_button()]).collect();
        return Some(Answer {
            text: words::DID_YOU_MEAN.to_owned(),
            why: why::SERVICE_OFFER,
            buttons,
            sure: false,
        });
    }
    let lines: Vec<String> = services
        .iter()
        .take(MAX_LISTED)
        .map(|service| words::service_line(service))
        .collect();
    Some(sure(lines.join("\n"), why::PRICE))
}

fn duration(asked: &Asked<'_>) -> Option<Answer> {
    let known = asked
        .named
        .services
        .iter()
        .filter_map(|service| Some((&service.name, service.minutes?)));
    let lines: Vec<String> = known
        .map(|(name, minutes)| format!("{name}: {}", words::duration(minutes)))
        .take(MAX_LISTED)
        .collect();
    (!lines.is_empty() && asked.foreign_words() == 0).then(|| sure(lines.join("\n"), why::DURATION))
}

/// The answer of a frequent question, or up to three offers.
pub(super) fn frequent(asked: &Asked<'_>) -> Option<Answer> {
    match asked.base.search().find(asked.masked) {
        Found::Answer(entry) => Some(sure(asked.base.faq[entry].answer.clone(), why::FAQ)),
        Found::Offer(entries) => {
            let rows = entries.into_iter().map(|entry| {
                let entry = &asked.base.faq[entry];
                vec![words::button(&entry.questions[0], &format!("faq:{}", entry.key()))]
            });
            let buttons = rows.chain([other_button()]).collect();
            Some(Answer {
                text: words::DID_YOU_MEAN.to_owned(),
                why: why::FAQ_OFFER,
                buttons,
                sure: false,
            })
        }
        Found::Nothing => None,
    }
}

/// The owner's own answer to a question of health, word for word; nothing else may be said of health.
pub(super) fn about_health(asked: &Asked<'_>) -> Option<Answer> {
    match asked.base.search().find(asked.masked) {
        Found::Answer(entry) if asked.base.faq[entry].health => {
            Some(sure(asked.base.faq[entry].answer.clone(), why::FAQ))
        }
        Found::Answer(_) | Found::Offer(_) | Found::Nothing => None,
    }
}

fn other_button() -> Vec<Button> {
    vec![words::button(words::NONE_OF_THESE, "other")]
}

fn sure(text: String, why: &'static str) -> Answer {
    Answer {
        text,
        why,
        buttons: Vec::new(),
        sure: true,
    }
}
