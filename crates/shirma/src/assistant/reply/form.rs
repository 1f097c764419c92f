//! The booking form inside the answer: begin, go on, answer beside it, confirm, set aside and take up again.

use super::super::answer::{self, Answer, Asked};
use super::super::booking::{self, Filled, Form, IDLE_MS, MAX_ASKED, Next, Question, Trouble};
use super::super::calendar::{TimeKind, speak_when};
use super::super::{HandOver, Reply, Wish, WishKind, intent, safety, why, words};
use super::{Turn, say, silence};

impl Turn<'_> {
    pub(super) fn begin(&mut self, kind: WishKind, asked: &Asked<'_>) -> Reply {
        self.memory.aside = None;
        let form = Form::new(kind);
        let side = match answer::fact(asked) {
            Some(answer) if answer.sure => Some(answer.text),
            _ => None,
        };
        let mut form = form;
        let filled = self.fill(&mut form, asked);
        self.ask_next(form, filled.trouble, side)
    }

    pub(super) fn cancel(&mut self, asked: &Asked<'_>) -> Reply {
        let mut form = Form::new(WishKind::Cancel);
        form.day = asked.reading.day;
        form.time = asked.reading.time;
        let when = speak_when(form.day.as_ref(), form.time.as_ref(), self.now.date());
        let when = if when.is_empty() { when } else { format!(": {when}") };
        let summary = format!("Отменить запись{when}");
        let wish = Wish {
            summary: summary.clone(),
            words: asked.reading.words.clone(),
            ..form.wish(self.now.date())
        };
        let promise = words::will_answer("Ответим", &self.base.hours, self.now);
        let reply = say(
            format!("Передаю администратору: {}. {promise}", words::small(&summary)),
            why::CANCEL,
        );
        Reply {
            hand_over: Some(HandOver::Asked),
            wish: Some(wish),
            ..reply
        }
    }

    /// A form is open: first what the message says to it, then questions beside it.
    pub(super) fn go_on(&mut self, mut form: Form, asked: &Asked<'_>) -> Reply {
        let heard = self.words;
        let how = safety::asks_how(heard);
        if form.open == Some(Question::Confirm) && intent::is_yes(heard) {
            return self.finish(form);
        }
        if intent::changed_mind(heard) && !how && asked.reading.is_empty() {
            return say(words::DROPPED, why::DROPPED);
        }
        if intent::wants_cancel(heard) && !how {
            return self.cancel(asked);
        }
        let fact = answer::fact(asked);
        let before = form.clone();
        let asks_hours = fact.as_ref().is_some_and(|answer| answer.why == why::HOURS);
        let filled = if asks_hours {
            Filled {
                any: false,
                trouble: None,
            }
        } else {
            self.fill(&mut form, asked)
        };
        if form.open == Some(Question::Confirm) && intent::is_no(heard) && form == before {
            form.open = Some(Question::Change);
            return self.ask_change(form);
        }
        if filled.any || filled.trouble.is_some() {
            let side = fact.filter(|answer| answer.sure).map(|answer| answer.text);
            return self.ask_next(form, filled.trouble, side);
        }
        if let Some(answer) = fact.or_else(|| answer::frequent(asked)).filter(|answer| answer.sure) {
            return self.answer_beside(form, answer);
        }
        if intent::is_thanks(heard) || intent::is_greeting(heard) {
            return self.answer_beside(
                form,
                Answer {
                    text: String::new(),
                    why: why::BOOKING,
                    buttons: Vec::new(),
                    sure: true,
                },
            );
        }
        self.ask_next(form, None, None)
    }

    /// Answers a question in the middle of the form and repeats the open question, once.
    pub(super) fn answer_beside(&mut self, mut form: Form, answer: Answer) -> Reply {
        let mut text = answer.text;
        let mut buttons = Vec::new();
        let open = form.open.unwrap_or_else(|| form.missing(self.base));
        if form.times_asked(open) < MAX_ASKED || text.is_empty() {
            form.open = None;
            if let Next::Question {
                text: question,
                buttons: under,
            } = booking::ask(&mut form, self.base, None, self.now)
            {
                text = if text.is_empty() {
                    question
                } else {
                    format!("{text}\n\n{question}")
                };
                buttons = under;
            }
        }
        if text.is_empty() {
            self.memory.form = Some(form);
            return silence(answer.why);
        }
        self.keep(form);
        Reply {
            buttons,
            ..say(text, answer.why)
        }
    }

    pub(super) fn ask_next(&mut self, mut form: Form, trouble: Option<Trouble>, side: Option<String>) -> Reply {
        match booking::ask(&mut form, self.base, trouble, self.now) {
            Next::Question { text, buttons } => {
                let why = if form.open == Some(Question::Confirm) {
                    why::SUMMARY
                } else {
                    why::BOOKING
                };
                let text = side.map_or(text.clone(), |side| format!("{side}\n\n{text}"));
                self.keep(form);
                Reply {
                    buttons,
                    ..say(text, why)
                }
            }
            // What was gathered goes to the person with the hand-over.
            Next::GiveUp => {
                let wish = form.wish(self.now.date());
                let known = wish.service.is_some() || wish.day.is_some();
                let reply = self.hand_over(HandOver::Doubt, why::ASKED_TWICE);
                Reply {
                    wish: known.then_some(wish),
                    ..reply
                }
            }
        }
    }

    pub(super) fn ask_change(&mut self, mut form: Form) -> Reply {
        if form.times_asked(Question::Change) >= MAX_ASKED {
            return self.hand_over(HandOver::Doubt, why::ASKED_TWICE);
        }
        form.open = Some(Question::Change);
        form.asked.push(Question::Change);
        let buttons = booking::buttons_of(&form, self.base, Question::Change, self.now);
        self.keep(form);
        Reply {
            buttons,
            ..say(words::ASK_CHANGE, why::BOOKING)
        }
    }

    /// The client said yes: a person confirms, nothing is booked yet.
    pub(super) fn finish(&mut self, form: Form) -> Reply {
        let wish = form.wish(self.now.date());
        self.memory.last_time = form.time.filter(|time| time.kind == TimeKind::At).map(|time| time.from);
        let promise = words::will_answer("Подтвердим", &self.base.hours, self.now);
        let text = format!("Передаю администратору: {}. {promise}", words::small(&wish.summary));
        Reply {
            wish: Some(wish),
            ..say(text, why::WISHED)
        }
    }

    pub(super) fn set_old_form_aside(&mut self) {
        let idle = |form: &Form| self.now_ms - form.touched_at_ms >= IDLE_MS;
        if self.memory.form.as_ref().is_some_and(idle) {
            let mut form = self.memory.form.take();
            if let Some(form) = &mut form {
                form.forget_past(self.now);
                form.open = Some(Question::Resume);
                form.asked.clear();
                form.touched_at_ms = self.now_ms;
            }
            self.memory.aside = form;
        }
    }

    /// A form lies aside: the next message begins with «Продолжим запись на …?», unless it says what it wants.
    pub(super) fn resume(&mut self, asked: &Asked<'_>) -> Option<Reply> {
        let form = self.memory.aside.clone()?;
        let was_asked = form.times_asked(Question::Resume) > 0;
        if was_asked && intent::is_yes(self.words) {
            return Some(self.take_up());
        }
        if was_asked && (intent::is_no(self.words) || intent::changed_mind(self.words)) {
            self.memory.aside = None;
            return Some(say(words::DROPPED, why::DROPPED));
        }
        if was_asked
            || self.starts_booking(asked, false)
            || intent::wants_move(self.words)
            || intent::wants_cancel(self.words)
        {
            self.memory.aside = None;
            return None;
        }
        let mut form = form;
        form.asked.push(Question::Resume);
        let answer = answer::fact(asked)
            .or_else(|| answer::frequent(asked))
            .filter(|answer| answer.sure);
        let question = match form.service.as_ref() {
            Some(service) => format!("Продолжим запись: {}?", words::small(service)),
            None => "Продолжим запись?".to_owned(),
        };
        let text = answer.map_or(question.clone(), |answer| format!("{}\n\n{question}", answer.text));
        let buttons = booking::buttons_of(&form, self.base, Question::Resume, self.now);
        self.memory.aside = Some(form);
        Some(Reply {
            buttons,
            ..say(text, why::RESUME)
        })
    }

    pub(super) fn take_up(&mut self) -> Reply {
        match self.memory.aside.take() {
            Some(mut form) => {
                form.open = None;
                form.asked.clear();
                self.ask_next(form, None, None)
            }
            None => self.stale(),
        }
    }

    pub(super) fn fill(&self, form: &mut Form, asked: &Asked<'_>) -> Filled {
        let brought = booking::Brought {
            heard: self.heard,
            words: asked.words,
            reading: asked.reading,
            named: asked.named,
        };
        booking::fill(form, self.base, &brought, self.now)
    }

    pub(super) fn keep(&mut self, mut form: Form) {
        form.touched_at_ms = self.now_ms;
        self.memory.form = Some(form);
    }
}
