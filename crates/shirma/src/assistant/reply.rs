//! One message → one answer, from the rules above everything down to «не знаю».
//!
//! The order is the promise: danger, opt-out, rights of the client, loops, files, a person, health, buttons, the open
//! form, intents, frequent questions, hand-over. Each step either answers or lets the message fall through.

use jiff::ZonedDateTime;
use jiff::civil::{Date, DateTime};

use super::answer::{self, Answer, Asked};
use super::base::{Base, BusinessKind};
use super::booking::{self, Filled, Form, IDLE_MS, MAX_ASKED, Next, Question, Trouble};
use super::calendar::{Clock, DayWish, Expect, Moment, Part, Reading, TimeKind, TimeWish, part_of_day, understand};
use super::service::{self, Named};
use super::{HandOver, Heard, Memory, Reply, Want, Wish, WishKind, intent, loops, safety, text, why, words};
use crate::consent::document;
use crate::contract::Button;

/// Messages in a row that may stay without an understood answer before the dialogue is a person's.
const MAX_MISSES: u8 = 2;

/// Answers one message. `now` is the moment of the message; its zone is replaced by that of the business.
pub fn reply(base: &Base, memory: &Memory, heard: &Heard<'_>, now: ZonedDateTime) -> Reply {
    let now = now.with_time_zone(base.zone.clone());
    let heard_words = text::words(heard.masked);
    let mut turn = Turn {
        base,
        heard,
        words: &heard_words,
        now: now.datetime(),
        now_ms: now.timestamp().as_millisecond(),
        memory: memory.clone(),
    };
    let mut reply = turn.answer(&now);
    reply.memory = turn.memory;
    reply.memory.heard_at_ms = now.timestamp().as_millisecond();
    if reply.hand_over == Some(HandOver::Doubt) {
        reply.memory.misses = reply.memory.misses.saturating_add(1);
    } else if reply.confident {
        reply.memory.misses = 0;
    }
    if let Some(text) = &mut reply.text {
        if heard.first_contact && reply.why != why::EMERGENCY {
            *text = format!("{}\n\n{text}", document::assistant_speaks());
        }
        reply.memory.note_answer(now.timestamp(), loops::WINDOW_MS);
    }
    reply
}

/// One message being answered.
struct Turn<'a> {
    base: &'a Base,
    heard: &'a Heard<'a>,
    words: &'a [String],
    now: DateTime,
    now_ms: i64,
    memory: Memory,
}

impl Turn<'_> {
    fn answer(&mut self, now: &ZonedDateTime) -> Reply {
        if let Some(reply) = self.above_everything() {
            return reply;
        }
        if loops::spoke_too_much(&self.memory, now.timestamp()) {
            return Reply {
                hand_over: Some(HandOver::Loop),
                ..silence(why::LOOP)
            };
        }
        if self.heard.button.is_none() && loops::is_repeat(&mut self.memory, self.heard.masked, now.timestamp()) {
            return silence(why::REPEAT);
        }
        if self.heard.attachments {
            return self.hand_over(HandOver::Attachment, why::ATTACHMENT);
        }
        if let Some((reason, why)) = safety::for_a_person(self.words, self.base.amount_limit) {
            return self.hand_over(reason, why);
        }
        self.set_old_form_aside();
        if let Some(payload) = self.heard.button {
            return self.pressed(payload);
        }
        if self.words.is_empty() && !self.heard.masked.contains('[') {
            return silence(why::ACKNOWLEDGED);
        }
        let reading = self.read();
        let named = service::named(self.base, self.words);
        let base = self.base;
        let asked = Asked {
            base,
            masked: self.heard.masked,
            words: self.words,
            reading: &reading,
            named: &named,
            now: self.now,
        };
        if let Some(reply) = self.sensitive(&asked) {
            return reply;
        }
        if let Some(form) = self.memory.form.take() {
            return self.go_on(form, &asked);
        }
        if self.memory.aside.is_some()
            && let Some(reply) = self.resume(&asked)
        {
            return reply;
        }
        self.fresh(&asked)
    }

    /// Danger, opt-out and rights come before anything else, also in a loop and in the middle of a form.
    fn above_everything(&mut self) -> Option<Reply> {
        let heard = self.words;
        if safety::is_emergency(heard) {
            self.memory.form = None;
            let reply = say(words::EMERGENCY, why::EMERGENCY);
            return Some(Reply {
                hand_over: Some(HandOver::Emergency),
                ..reply
            });
        }
        if safety::is_stop(heard) {
            self.memory.stopped = true;
            return Some(Reply {
                wants: Some(Want::StopMessages),
                ..say(words::STOPPED, why::STOP)
            });
        }
        if safety::is_start(heard) && self.memory.stopped {
            self.memory.stopped = false;
            return Some(Reply {
                wants: Some(Want::StartMessages),
                ..say(words::STARTED, why::START)
            });
        }
        let how = safety::asks_how(heard);
        if safety::is_erasure(heard) && !how {
            self.memory.form = None;
            self.memory.aside = None;
            return Some(Reply {
                wants: Some(Want::Erasure),
                ..say(words::ERASED, why::ERASURE)
            });
        }
        if safety::is_withdrawal(heard) && !how {
            self.memory.form = None;
            return Some(Reply {
                wants: Some(Want::Withdrawal),
                ..say(document::after_withdrawal(), why::WITHDRAWAL)
            });
        }
        let asks_rights = safety::is_withdrawal(heard) || safety::is_erasure(heard);
        asks_rights.then(|| say(words::WITHDRAWAL_HOW, why::WITHDRAWAL_HOW))
    }

    /// Health and law: the owner's own answer word for word, or a person. Never a model.
    fn sensitive(&mut self, asked: &Asked<'_>) -> Option<Reply> {
        if self.heard.health || safety::is_health(self.words) {
            let own = if self.base.kind == BusinessKind::Clinic {
                None
            } else {
                answer::about_health(asked)
            };
            return Some(match own {
                Some(answer) => from_answer(answer),
                None => self.hand_over(HandOver::Health, why::HEALTH),
            });
        }
        if safety::is_legal_question(self.words) {
            let own = answer::frequent(asked).filter(|answer| answer.sure);
            return Some(match own {
                Some(answer) => from_answer(answer),
                None => self.hand_over(HandOver::Legal, why::LEGAL),
            });
        }
        None
    }

    /// No form is open.
    fn fresh(&mut self, asked: &Asked<'_>) -> Reply {
        let heard = self.words;
        if intent::is_greeting(heard) {
            return say(words::greeting(self.base), why::GREETING);
        }
        if intent::is_thanks(heard) {
            return say(words::THANKS, why::THANKS);
        }
        if intent::is_acknowledged(heard) {
            return silence(why::ACKNOWLEDGED);
        }
        let how = safety::asks_how(heard);
        if intent::wants_move(heard) && !how {
            return self.begin(WishKind::Move, asked);
        }
        if intent::wants_cancel(heard) && !how {
            return self.cancel(asked);
        }
        let fact = answer::fact(asked);
        if self.starts_booking(asked, fact.is_some()) {
            return self.begin(WishKind::Book, asked);
        }
        if let Some(answer) = fact {
            return from_answer(answer);
        }
        if let Some(answer) = answer::frequent(asked) {
            return self.answered_or_missed(answer);
        }
        self.unknown()
    }

    /// An explicit wish to come, a service with a time, or a message that is nothing but a service or a time.
    fn starts_booking(&self, asked: &Asked<'_>, is_question: bool) -> bool {
        if self.base.kind == BusinessKind::Shop {
            return false;
        }
        let knows_service = !asked.named.services.is_empty();
        let knows_time = asked.reading.day.is_some() || asked.reading.time.is_some();
        let foreign = asked.foreign_words();
        if is_question {
            // «Сколько стоит маникюр? Запишите на завтра»: the question is answered inside the form.
            return intent::wants_booking(self.words) && knows_service && knows_time;
        }
        if intent::wants_booking(self.words) {
            // «Есть ли у вас вакансии»: a wish for something the price list does not name is no visit.
            let sure_answer = answer::frequent(asked).is_some_and(|answer| answer.sure);
            return knows_service || knows_time || (foreign == 0 && !sure_answer);
        }
        (knows_service && (knows_time || foreign == 0)) || (knows_time && foreign == 0)
    }

    fn begin(&mut self, kind: WishKind, asked: &Asked<'_>) -> Reply {
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

    fn cancel(&mut self, asked: &Asked<'_>) -> Reply {
        let mut form = Form::new(WishKind::Cancel);
        form.day = asked.reading.day;
        form.time = asked.reading.time;
        let when = super::calendar::speak_when(form.day.as_ref(), form.time.as_ref(), self.now.date());
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
    fn go_on(&mut self, mut form: Form, asked: &Asked<'_>) -> Reply {
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
    fn answer_beside(&mut self, mut form: Form, answer: Answer) -> Reply {
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

    fn ask_next(&mut self, mut form: Form, trouble: Option<Trouble>, side: Option<String>) -> Reply {
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

    fn ask_change(&mut self, mut form: Form) -> Reply {
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
    fn finish(&mut self, form: Form) -> Reply {
        let wish = form.wish(self.now.date());
        self.memory.last_time = form.time.filter(|time| time.kind == TimeKind::At).map(|time| time.from);
        let promise = words::will_answer("Подтвердим", &self.base.hours, self.now);
        let text = format!("Передаю администратору: {}. {promise}", words::small(&wish.summary));
        Reply {
            wish: Some(wish),
            ..say(text, why::WISHED)
        }
    }

    fn set_old_form_aside(&mut self) {
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
    fn resume(&mut self, asked: &Asked<'_>) -> Option<Reply> {
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

    fn take_up(&mut self) -> Reply {
        match self.memory.aside.take() {
            Some(mut form) => {
                form.open = None;
                form.asked.clear();
                self.ask_next(form, None, None)
            }
            None => self.stale(),
        }
    }

    /// A button of ours was pressed.
    fn pressed(&mut self, payload: &str) -> Reply {
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

    fn pressed_in_form(&mut self, kind: &str, value: &str) -> Reply {
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
            "phone" => form.phone = Some(super::Told::Declined),
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
    fn beside_form(&mut self, text: String, why: &'static str) -> Reply {
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

    fn fill(&self, form: &mut Form, asked: &Asked<'_>) -> Filled {
        let brought = booking::Brought {
            heard: self.heard,
            words: asked.words,
            reading: asked.reading,
            named: asked.named,
        };
        booking::fill(form, self.base, &brought, self.now)
    }

    fn keep(&mut self, mut form: Form) {
        form.touched_at_ms = self.now_ms;
        self.memory.form = Some(form);
    }

    fn read(&self) -> Reading {
        let open = self.memory.form.as_ref().and_then(|form| form.open);
        let expect = match open {
            Some(Question::Day) => Expect::Day,
            Some(Question::Time | Question::Half) => Expect::Time,
            Some(
                Question::Service
                | Question::Name
                | Question::Phone
                | Question::Confirm
                | Question::Change
                | Question::Resume,
            )
            | None => Expect::Nothing,
        };
        let moment = Moment {
            now: self.now,
            hours: &self.base.hours,
            expect,
            last_time: self.memory.last_time,
        };
        understand(self.heard.masked, &moment)
    }

    fn answered_or_missed(&mut self, answer: Answer) -> Reply {
        // Offers twice in a row are two failures: a person goes on.
        if !answer.sure && self.memory.misses + 1 >= MAX_MISSES {
            return self.unknown();
        }
        if !answer.sure {
            self.memory.misses += 1;
        }
        from_answer(answer)
    }

    fn unknown(&mut self) -> Reply {
        Reply {
            confident: false,
            ..self.hand_over(HandOver::Doubt, why::UNKNOWN)
        }
    }

    fn stale(&mut self) -> Reply {
        say(
            "Эта кнопка уже не действует. Напишите, что вас интересует.",
            why::STALE_BUTTON,
        )
    }

    fn hand_over(&self, reason: HandOver, why: &'static str) -> Reply {
        Reply {
            hand_over: Some(reason),
            ..say(words::hand_over(&self.base.hours, self.now), why)
        }
    }
}

fn from_answer(answer: Answer) -> Reply {
    Reply {
        buttons: answer.buttons,
        confident: answer.sure,
        ..say(answer.text, answer.why)
    }
}

fn say(text: impl Into<String>, why: &'static str) -> Reply {
    Reply {
        text: Some(text.into()),
        buttons: Vec::<Vec<Button>>::new(),
        memory: Memory::default(),
        hand_over: None,
        wish: None,
        wants: None,
        why,
        confident: true,
    }
}

fn silence(why: &'static str) -> Reply {
    Reply {
        text: None,
        ..say(String::new(), why)
    }
}
