//! One message → one answer, from the rules above everything down to «не знаю».
//!
//! The order is the promise: danger, opt-out, rights of the client, loops, files, a person, health, buttons, the open
//! form, intents, frequent questions, hand-over. Each step either answers or lets the message fall through.

mod button;
mod form;

use jiff::ZonedDateTime;
use jiff::civil::DateTime;

use super::answer::{self, Answer, Asked};
use super::base::{Base, BusinessKind};
use super::booking::Question;
use super::calendar::{Expect, Moment, Reading, understand};
use super::{HandOver, Heard, Memory, Reply, Want, WishKind, intent, loops, offer, safety, text, why, words};
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
    let above = turn.above_everything();
    let is_free = above.is_none();
    let mut reply = above.unwrap_or_else(|| turn.answer(&now));
    // A doubt goes to a person or a model by itself; what is certain may go round in circles.
    let print = reply.text.as_deref().filter(|_| reply.confident).map(loops::print);
    if is_free && reply.text.is_some() && loops::is_endless(&turn.memory, print, now.timestamp()) {
        reply = Reply {
            hand_over: Some(HandOver::Loop),
            ..silence(why::LOOP)
        };
    }
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
        reply.memory.note_answer(print, now.timestamp(), loops::WINDOW_MS);
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
        let named = offer::named(self.base, self.words);
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
            return Reply {
                sensitive: true,
                ..reply
            };
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
        if heard.is_empty() && is_contact(self.heard.masked) {
            return say(words::CONTACT_NOTED, why::CONTACT);
        }
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
            // «Записаться к определённому мастеру»: words that name neither service nor time are a question first.
            return knows_service || knows_time || foreign == 0;
        }
        (knows_service && (knows_time || foreign == 0)) || (knows_time && foreign == 0)
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

    fn hand_over(&self, reason: HandOver, why: &'static str) -> Reply {
        Reply {
            hand_over: Some(reason),
            ..say(words::hand_over(&self.base.hours, self.now), why)
        }
    }
}

/// Whether a message without words of its own is how to call or reach the client.
fn is_contact(masked: &str) -> bool {
    ["Клиент", "Телефон", "Почта"]
        .iter()
        .any(|kind| !text::tokens(masked, kind).is_empty())
}

fn from_answer(answer: Answer) -> Reply {
    Reply {
        buttons: answer.buttons,
        confident: answer.sure,
        sensitive: false,
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
        sensitive: false,
    }
}

fn silence(why: &'static str) -> Reply {
    Reply {
        text: None,
        ..say(String::new(), why)
    }
}

#[cfg(test)]
mod pace_tests;
#[cfg(test)]
mod tests;
