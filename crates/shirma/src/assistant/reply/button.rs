//! Buttons of ours that were pressed: payloads are read like any input, an unknown or old one is said to be stale.

use jiff::civil::Date;

use super::super::answer::{Answer, Asked};
use super::super::booking::{Form, Question};
use super::super::calendar::{Clock, DayWish, Part, Reading, TimeKind, TimeWish, part_of_day};
use super::super::offer::Named;
use super::super::{HandOver, Reply, Told, WishKind, why, words};
use super::{Turn, from_answer, say};

impl Turn<'_> {
    /// A button of ours was pressed.
    pub(super) fn pressed(&mut self, payload: &str) -> Reply {
        let (kind, value) = payload.split_once(':').unwrap_or((payload, ""));
        match kind {
            "faq" => match self.base.faq_by_key(value) {
                Some(entry) => self.beside_form(entry.answer.clone(), why::FAQ_BUTTON),
                None => self.stale(),
            },
            "price" => match self.base.service_by_key(value) {
                Some(service) => self.beside_form(words::service_line(service), why::PRICE),
                None => self.stale(),
            },
            "other" => self.hand_over(HandOver::Doubt, why::UNKNOWN),
            "drop" => {
                self.memory.form = None;
                self.memory.aside = None;
                say(words::DROPPED, why::DROPPED)
            }
            "resume" => self.take_up(),
            _ => self.pressed_in_form(kind, value),
        }
    }

    pub(super) fn pressed_in_form(&mut self, kind: &str, value: &str) -> Reply {
        let service = if kind == "svc" {
            self.base.service_by_key(value)
        } else {
            None
        };
        let form = match self.memory.form.take() {
            Some(form) => Some(form),
            // A service button under an older message begins anew.
            None => service.map(|_| Form::new(WishKind::Book)),
        };
        let Some(mut form) = form else { return self.stale() };
        let mut reading = Reading::default();
        match kind {
            "yes" if form.open == Some(Question::Confirm) => return self.finish(form),
            "change" if value.is_empty() => return self.ask_change(form),
            "change" if value == "service" => {
                form.service = None;
                form.choices.clear();
            }
            "change" => {
                form.day = None;
                form.time = None;
                form.half = None;
            }
            "phone" => form.phone = Some(Told::Declined),
            "svc" => match service {
                Some(service) => form.service = Some(service.name.clone()),
                None => return self.stale(),
            },
            "day" => {
                reading.day = value
                    .parse::<Date>()
                    .ok()
                    .filter(|date| *date >= self.now.date())
                    .map(DayWish::one)
            }
            "part" => {
                let part = Part::ALL.into_iter().find(|part| part.as_str() == value);
                let day = form.day.and_then(|day| day.single());
                let open = day
                    .and_then(|date| self.base.hours.on(date))
                    .unwrap_or_else(|| self.base.hours.usual());
                reading.time = part.map(|part| part_of_day(part, open));
            }
            "at" => {
                let at = |clock| TimeWish {
                    kind: TimeKind::At,
                    from: clock,
                    to: clock,
                };
                reading.time = Clock::parse(value).map(at);
            }
            _ => {
                self.memory.form = Some(form);
                return self.stale();
            }
        }
        if kind == "change" {
            form.open = None;
            form.asked
                .retain(|question| !matches!(question, Question::Service | Question::Day | Question::Time));
        }
        let named = Named::default();
        let asked = Asked {
            base: self.base,
            masked: "",
            words: &[],
            reading: &reading,
            named: &named,
            now: self.now,
        };
        let filled = self.fill(&mut form, &asked);
        self.ask_next(form, filled.trouble, None)
    }

    /// A pressed answer while a form is open: the answer, then the open question.
    pub(super) fn beside_form(&mut self, text: String, why: &'static str) -> Reply {
        let answer = Answer {
            text,
            why,
            buttons: Vec::new(),
            sure: true,
        };
        match self.memory.form.take() {
            Some(form) => self.answer_beside(form, answer),
            None => from_answer(answer),
        }
    }

    pub(super) fn stale(&mut self) -> Reply {
        say(
            "Эта кнопка уже не действует. Напишите, что вас интересует.",
            why::STALE_BUTTON,
        )
    }
}
