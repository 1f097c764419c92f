//! Whole dialogues with the sample salon: Wednesday 25 November 2026, 13:20 in Chelyabinsk.

use std::sync::LazyLock;

use jiff::civil::date;

use super::*;
use crate::assistant::{Want, Wish};
use crate::contract::Button;

/// Parsed once: fitting the thresholds takes a moment without optimisation.
static SALON: LazyLock<Base> = LazyLock::new(Base::sample);

/// A dialogue that goes on.
pub(super) struct Talk {
    pub(super) base: Base,
    pub(super) memory: Memory,
    pub(super) now: ZonedDateTime,
}

impl Talk {
    pub(super) fn new() -> Talk {
        let base = SALON.clone();
        let now = date(2026, 11, 25)
            .at(13, 20, 0, 0)
            .to_zoned_datetime(base.zone.clone())
            .expect("a moment");
        Talk {
            base,
            memory: Memory::default(),
            now,
        }
    }

    fn of_kind(kind: &str) -> Talk {
        let text = crate::assistant::SAMPLE.replace("kind = \"salon\"", &format!("kind = \"{kind}\""));
        Talk {
            base: Base::parse(&text).expect("read"),
            ..Talk::new()
        }
    }

    /// A minute passes, then the client says this.
    fn hears(&mut self, heard: &Heard<'_>) -> Reply {
        self.wait_minutes(2);
        let reply = reply(&self.base, &self.memory, heard, self.now.clone());
        let sealed = serde_json::to_string(&reply.memory).expect("memory is JSON");
        self.memory = serde_json::from_str(&sealed).expect("memory reads back");
        assert_eq!(self.memory, reply.memory);
        assert_ne!(
            crate::assistant::why_words(reply.why),
            reply.why,
            "{} has no words",
            reply.why
        );
        for button in reply.buttons.iter().flatten() {
            if let Button::Callback { payload, .. } = button {
                assert!(payload.len() <= 64, "{payload}");
            }
        }
        reply
    }

    pub(super) fn says(&mut self, text: &str) -> Reply {
        self.hears(&Heard {
            masked: text,
            ..Heard::default()
        })
    }

    pub(super) fn text(&mut self, text: &str) -> String {
        self.says(text).text.unwrap_or_default()
    }

    fn presses(&mut self, payload: &str) -> Reply {
        self.hears(&Heard {
            button: Some(payload),
            ..Heard::default()
        })
    }

    fn wait_minutes(&mut self, minutes: i64) {
        self.now = self
            .now
            .checked_add(jiff::SignedDuration::from_mins(minutes))
            .expect("a moment");
    }
}

fn payloads(reply: &Reply) -> Vec<String> {
    let payload = |button: &Button| match button {
        Button::Callback { payload, .. } => Some(payload.clone()),
        Button::Contact { .. } | Button::Link { .. } => None,
    };
    reply.buttons.iter().flatten().filter_map(payload).collect()
}

fn first(text: &str) -> Reply {
    Talk::new().says(text)
}

/// Says this ten seconds after the last message.
pub(super) fn talk_fast(talk: &mut Talk, text: &str) -> Reply {
    talk.now = talk
        .now
        .checked_add(jiff::SignedDuration::from_secs(10))
        .expect("a moment");
    let reply = reply(
        &talk.base,
        &talk.memory,
        &Heard {
            masked: text,
            ..Heard::default()
        },
        talk.now.clone(),
    );
    talk.memory = reply.memory.clone();
    reply
}

#[test]
fn a_visit_is_wished_step_by_step() {
    let mut talk = Talk::new();
    assert_eq!(
        talk.text("Здравствуйте, хочу записаться"),
        "На какую услугу вас записать?"
    );
    assert_eq!(talk.text("педикюр"), "Педикюр: на какой день и время вас записать?");
    assert_eq!(
        talk.text("в пятницу"),
        "Пт, 27 ноября, работаем с 9:00 до 21:00. В какое время вам удобно?"
    );
    assert_eq!(talk.text("18"), "Как вас зовут?");
    let phone = talk.says("[Клиент-1]");
    assert!(phone.text.expect("a question").starts_with("По какому телефону"));
    assert!(matches!(phone.buttons[0][0], Button::Contact { .. }));
    let summary = talk.says("[Телефон-1]");
    assert_eq!(
        summary.text.as_deref(),
        Some("Педикюр, пт, 27 ноября, 18:00. Всё верно?")
    );
    assert_eq!(payloads(&summary), ["yes", "change"]);
    assert!(summary.wish.is_none());
    let done = talk.says("да");
    let wish = done.wish.expect("a wish");
    assert_eq!((wish.kind, wish.service.as_deref()), (WishKind::Book, Some("Педикюр")));
    assert_eq!(
        (wish.name.as_deref(), wish.phone.as_deref()),
        (Some("[Клиент-1]"), Some("[Телефон-1]"))
    );
    assert_eq!(wish.summary, "Педикюр, пт, 27 ноября, 18:00");
    assert_eq!(
        done.text.as_deref(),
        Some("Передаю администратору: педикюр, пт, 27 ноября, 18:00. Подтвердим сегодня до 21:00.")
    );
    assert!(done.memory.form.is_none() && done.hand_over.is_none());
}

#[test]
fn one_message_may_fill_every_slot() {
    let mut talk = Talk::new();
    let reply = talk.says("Я [Клиент-1], маникюр с покрытием в пт после 6, [Телефон-1]");
    assert_eq!(
        reply.text.as_deref(),
        Some("Маникюр с покрытием, пт, 27 ноября, после 18:00. Всё верно?")
    );
    assert!(talk.presses("yes").wish.is_some());
}

#[test]
fn what_the_channel_knows_is_not_asked() {
    let mut talk = Talk::new();
    let heard = Heard {
        masked: "запишите на педикюр завтра в 12",
        client_token: Some("[Клиент-7]"),
        phone_token: Some("[Телефон-7]"),
        ..Heard::default()
    };
    let reply = talk.hears(&heard);
    assert_eq!(reply.text.as_deref(), Some("Педикюр, чт, 26 ноября, 12:00. Всё верно?"));
    let wish = talk.says("верно").wish.expect("a wish");
    assert_eq!(
        (wish.name.as_deref(), wish.phone.as_deref()),
        (Some("[Клиент-7]"), Some("[Телефон-7]"))
    );
}

#[test]
fn a_slot_filled_earlier_is_corrected() {
    let mut talk = Talk::new();
    talk.says("Я [Клиент-1], педикюр завтра в 12, [Телефон-1]");
    assert_eq!(
        talk.text("нет, лучше в субботу"),
        "Педикюр, сб, 28 ноября, 12:00. Всё верно?"
    );
    assert_eq!(talk.text("и в 15:30"), "Педикюр, сб, 28 ноября, 15:30. Всё верно?");
    assert_eq!(
        talk.text("нет"),
        "Что изменить? Выберите или сразу напишите, как нужно."
    );
    let asked = talk.presses("change:service");
    assert_eq!(asked.text.as_deref(), Some("На какую услугу вас записать?"));
    assert_eq!(
        talk.text("мужская стрижка"),
        "Мужская стрижка, сб, 28 ноября, 15:30. Всё верно?"
    );
}

#[test]
fn a_question_in_the_middle_is_answered_and_the_open_one_repeated_once() {
    let mut talk = Talk::new();
    talk.says("запишите на педикюр");
    let reply = talk.text("а парковка у вас есть?");
    assert_eq!(
        reply,
        "Бесплатная парковка во дворе, въезд под арку справа от вывески.\n\nПедикюр: на какой день и время вас записать?"
    );
    assert_eq!(
        talk.text("сколько стоит педикюр?").lines().next(),
        Some("Педикюр: 2 600 ₽, 1 час 30 минут")
    );
    let third = talk.text("а есть ли СБП?");
    assert!(
        third.starts_with("Принимаем карты") && !third.contains("на какой день"),
        "{third}"
    );
    assert_eq!(talk.text("завтра в 12"), "Как вас зовут?");
}

#[test]
fn the_same_question_is_asked_twice_then_a_person_is_called() {
    let mut talk = Talk::new();
    assert_eq!(talk.text("хочу записаться"), "На какую услугу вас записать?");
    assert!(talk.text("ну такое, с блёстками").starts_with("Не нашли такую услугу."));
    let reply = talk.says("как у соседки было");
    assert_eq!((reply.hand_over, reply.why), (Some(HandOver::Doubt), "asked_twice"));
    assert_eq!(
        reply.text.as_deref(),
        Some("Передаю администратору. Ответим сегодня до 21:00.")
    );
    assert!(reply.memory.form.is_none());
}

#[test]
fn what_was_gathered_goes_along_when_a_person_is_called() {
    let mut talk = Talk::new();
    talk.says("запишите на педикюр");
    talk.says("когда получится у подруги");
    let reply = talk.says("ну вы поняли, когда она сможет");
    let wish = reply.wish.expect("what is known");
    assert_eq!((wish.service.as_deref(), wish.day), (Some("Педикюр"), None));
    assert_eq!(reply.hand_over, Some(HandOver::Doubt));
}

#[test]
fn closed_days_closed_hours_and_past_times_are_explained() {
    let mut talk = Talk::new();
    talk.says("запишите на педикюр");
    assert_eq!(
        talk.text("1 января"),
        "В пятницу, 1 января, мы не работаем. Педикюр: на какой день и время вас записать?"
    );
    let late = talk.text("в воскресенье в 20:30");
    assert!(
        late.starts_with("В 20:30 мы закрыты: работаем с 10:00 до 19:00."),
        "{late}"
    );
    assert_eq!(talk.text("тогда в 12"), "Как вас зовут?");

    let mut talk = Talk::new();
    talk.says("запишите на педикюр");
    assert!(talk.text("сегодня в 11").starts_with("Это время сегодня уже прошло."));
    let mut talk = Talk::new();
    talk.says("запишите на педикюр");
    assert!(talk.text("в четверг 27 ноября").starts_with("27 ноября — это пятница."));
    let mut talk = Talk::new();
    talk.says("запишите на педикюр");
    assert!(talk.text("20 ноября").starts_with("Пт, 20 ноября уже прошло."));
}

#[test]
fn an_unclear_half_of_the_day_is_asked_with_two_buttons() {
    let text = crate::assistant::SAMPLE.replace("\"9:00–21:00\"", "\"6:00–23:00\"");
    let mut talk = Talk {
        base: Base::parse(&text).expect("read"),
        ..Talk::new()
    };
    let reply = talk.says("запишите на педикюр завтра в 7");
    assert_eq!(reply.text.as_deref(), Some("В 7:00 или в 19:00?"));
    assert_eq!(payloads(&reply), ["at:7:00", "at:19:00"]);
    assert_eq!(talk.presses("at:19:00").text.as_deref(), Some("Как вас зовут?"));
}

#[test]
fn buttons_fill_the_form_as_words_do() {
    let mut talk = Talk::new();
    let services = talk.says("запишите на маникюр");
    assert_eq!(payloads(&services).len(), 2);
    let days = talk.presses(&payloads(&services)[0]);
    assert_eq!(payloads(&days), ["day:2026-11-25", "day:2026-11-26", "day:2026-11-27"]);
    let times = talk.presses("day:2026-11-27");
    assert_eq!(payloads(&times), ["part:morning", "part:afternoon", "part:evening"]);
    assert_eq!(talk.presses("part:evening").text.as_deref(), Some("Как вас зовут?"));
    talk.says("[Клиент-1]");
    let summary = talk.presses("phone:no");
    assert_eq!(
        summary.text.as_deref(),
        Some("Маникюр с покрытием, пт, 27 ноября, вечером (18:00–21:00). Всё верно?")
    );
    assert_eq!(talk.presses("yes").wish.expect("a wish").phone, None);
}

#[test]
fn old_and_forged_buttons_do_no_harm() {
    for payload in [
        "yes",
        "day:2026-11-27",
        "faq:0",
        "svc:x",
        "price:",
        "at:99",
        "",
        "day:",
        "::::",
        "resume",
    ] {
        let reply = Talk::new().presses(payload);
        assert_eq!((reply.why, reply.wish), ("stale_button", None), "{payload}");
    }
    let mut talk = Talk::new();
    talk.says("запишите на педикюр");
    assert!(
        talk.presses("day:2020-01-01")
            .text
            .expect("a question")
            .starts_with("Не поняли вас.")
    );
}

#[test]
fn a_name_that_was_not_recognised_is_left_to_the_person() {
    let mut talk = Talk::new();
    talk.says("запишите на педикюр завтра в 12");
    assert!(talk.text("Аэлита").starts_with("По какому телефону"));
    assert!(talk.text("не хочу оставлять").ends_with("Всё верно?"));
    let wish = talk.says("да").wish.expect("a wish");
    assert_eq!((wish.name, wish.phone), (None, None));
}

#[test]
fn a_client_may_change_his_mind() {
    let mut talk = Talk::new();
    talk.says("запишите на педикюр завтра в 12");
    let reply = talk.says("передумала, не надо");
    assert_eq!(
        (reply.why, reply.wish.is_none(), reply.memory.form.is_none()),
        ("dropped", true, true)
    );
}

#[test]
fn a_form_idle_for_a_day_is_offered_again() {
    let mut talk = Talk::new();
    talk.says("запишите на педикюр в субботу");
    talk.wait_minutes(25 * 60);
    let reply = talk.says("Здравствуйте");
    assert_eq!(reply.text.as_deref(), Some("Продолжим запись: педикюр?"));
    assert!(talk.text("да").starts_with("Сб, 28 ноября, работаем"));

    let mut talk = Talk::new();
    talk.says("запишите на педикюр завтра");
    talk.wait_minutes(60 * 60);
    assert!(
        talk.text("до скольки вы работаете?")
            .ends_with("Продолжим запись: педикюр?")
    );
    // The day has passed meanwhile.
    assert_eq!(
        talk.presses("resume").text.as_deref(),
        Some("Педикюр: на какой день и время вас записать?")
    );
}

#[test]
fn moving_and_cancelling_go_to_a_person_as_wishes() {
    let mut talk = Talk::new();
    assert_eq!(
        talk.text("можно перенести запись с четверга на пятницу в 15?"),
        "Перенести запись на: пт, 27 ноября, 15:00. Всё верно?"
    );
    let wish = talk.says("да").wish.expect("a wish");
    assert_eq!(
        (wish.kind, wish.summary.as_str()),
        (WishKind::Move, "Перенести запись на: пт, 27 ноября, 15:00")
    );

    let reply = first("отмените, пожалуйста, запись на завтра");
    assert_eq!(reply.hand_over, Some(HandOver::Asked));
    let wish: Wish = reply.wish.expect("a wish");
    assert_eq!(
        (wish.kind, wish.summary.as_str()),
        (WishKind::Cancel, "Отменить запись: чт, 26 ноября")
    );
    assert_eq!(first("как отменить запись?").why, "faq");
}

#[test]
fn plain_questions_are_answered_from_the_base() {
    for (question, why, expected) in [
        ("сколько стоит педикюр", "price", "Педикюр: 2 600 ₽, 1 час 30 минут"),
        ("почем мужская стрижка?", "price", "Мужская стрижка: 1 100 ₽, 45 минут"),
        ("сколько по времени педикюр", "duration", "Педикюр: 1 час 30 минут"),
        ("до скольки работаете?", "hours", "Сегодня до 21:00."),
        (
            "работаете в воскресенье?",
            "hours",
            "В воскресенье, 29 ноября, работаем с 10:00 до 19:00.",
        ),
        ("вы открыты 1 января?", "hours", "В пятницу, 1 января, не работаем."),
        ("где вы находитесь?", "address", "Челябинск, ул. Примерная, 1"),
        ("как до вас доехать", "address", "Остановка «Площадь»"),
        ("ты бот?", "bot", "это программа"),
        ("Здравствуйте!", "greeting", "Это Салон «Пример»."),
        ("спасибо большое", "thanks", "Пожалуйста."),
        ("есть ли парковка", "faq", "Бесплатная парковка"),
        ("стерильные ли инструменты", "faq", "Инструменты проходят"),
    ] {
        let reply = first(question);
        let text = reply.text.expect("an answer");
        assert!(
            reply.why == why && text.contains(expected),
            "{question}: {} {text}",
            reply.why
        );
        assert!(reply.confident && reply.hand_over.is_none(), "{question}");
    }
    assert_eq!(first("сколько стоит маникюр").text.expect("prices").lines().count(), 2);
    assert_eq!(first("ок").text, None);
}

#[test]
fn a_price_that_is_not_in_the_base_is_never_named() {
    for question in [
        "сколько стоит нарастить ресницы",
        "цена татуажа бровей",
        "почём пирсинг",
        "сколько стоит стрижка собаки",
    ] {
        let reply = first(question);
        let text = reply.text.expect("words");
        assert!(!text.contains('₽') && !reply.confident, "{question}: {text}");
    }
}

#[test]
fn what_is_not_in_the_base_goes_to_a_person_and_may_be_tried_by_a_model() {
    for question in [
        "кто президент",
        "есть ли у вас вай фай",
        "какая погода завтра",
        "доставку делаете?",
    ] {
        let reply = first(question);
        assert!(!reply.confident, "{question}: {:?}", reply.text);
        assert_eq!(reply.wants, None);
    }
    let reply = first("есть ли у вас бассейн");
    assert_eq!((reply.hand_over, reply.why), (Some(HandOver::Doubt), "unknown"));
    assert_eq!(
        reply.text.as_deref(),
        Some("Передаю администратору. Ответим сегодня до 21:00.")
    );
}

#[test]
fn danger_gets_the_fixed_words_before_anything_else() {
    let mut talk = Talk::new();
    talk.says("запишите на педикюр");
    let reply = talk.hears(&Heard {
        masked: "после краски отёк лица, не могу дышать",
        attachments: true,
        first_contact: true,
        ..Heard::default()
    });
    assert_eq!(
        reply.text.as_deref(),
        Some("Если состояние тяжёлое, звоните 103 или 112.")
    );
    assert_eq!((reply.hand_over, reply.confident), (Some(HandOver::Emergency), true));
    assert!(reply.memory.form.is_none() && reply.buttons.is_empty());
}

#[test]
fn stop_start_and_rights_are_heard() {
    let mut talk = Talk::new();
    let stopped = talk.says("СТОП!");
    assert_eq!(
        (stopped.wants, stopped.text.as_deref()),
        (Some(Want::StopMessages), Some("Больше не пишем. Чтобы вернуть: СТАРТ"))
    );
    assert_eq!(talk.says("старт").wants, Some(Want::StartMessages));
    assert_eq!(first("старт").wants, None);
    assert_eq!(first("отзываю согласие").wants, Some(Want::Withdrawal));
    assert_eq!(first("Удалите, пожалуйста, мои данные").wants, Some(Want::Erasure));
    let how = first("как отозвать согласие?");
    assert_eq!((how.wants, how.why), (None, "withdrawal_how"));
    let inside = first("больше не пишите мне ваши акции");
    assert_eq!((inside.wants, inside.hand_over), (None, Some(HandOver::Asked)));
}

#[test]
fn another_bot_is_not_answered_twice() {
    let mut talk = Talk::new();
    assert!(talk_fast(&mut talk, "Ваше обращение принято, ожидайте").text.is_some());
    assert_eq!(talk_fast(&mut talk, "Ваше обращение принято, ожидайте").text, None);
}

#[test]
fn a_person_is_called_in_the_middle_of_a_form() {
    for (text, reason) in [
        ("позовите администратора", HandOver::Asked),
        ("вы мне нахамили вчера", HandOver::Anger),
        ("верните деньги", HandOver::Money),
        ("подам на вас в суд", HandOver::Legal),
        ("мне 12 лет, можно?", HandOver::Legal),
    ] {
        let mut talk = Talk::new();
        talk.says("запишите на педикюр");
        let reply = talk.says(text);
        assert_eq!((reply.hand_over, reply.confident), (Some(reason), true), "{text}");
    }
    let file = Talk::new().hears(&Heard {
        masked: "можно такой?",
        attachments: true,
        ..Heard::default()
    });
    assert_eq!(file.hand_over, Some(HandOver::Attachment));
}

#[test]
fn health_is_answered_word_for_word_or_not_at_all() {
    let own = first("можно ли делать процедуры беременным");
    assert_eq!(
        (own.why, own.sensitive),
        ("faq", true),
        "no model, though the owner has an answer"
    );
    assert!(
        own.text
            .expect("the owner's words")
            .starts_with("Маникюр и стрижку делаем.")
    );
    let other = first("у меня аллергия на лак, что делать");
    assert_eq!((other.hand_over, other.confident), (Some(HandOver::Health), true));
    // The engine's own judgement counts as much as our words.
    let heard = Heard {
        masked: "есть ли парковка",
        health: true,
        ..Heard::default()
    };
    assert_eq!(Talk::new().hears(&heard).hand_over, Some(HandOver::Health));
    // A clinic never answers by itself, whatever its base says.
    assert_eq!(
        Talk::of_kind("clinic")
            .says("можно ли делать процедуры беременным")
            .hand_over,
        Some(HandOver::Health)
    );
}

#[test]
fn who_only_says_that_he_has_read_waits_for_nothing() {
    assert!(first("ок").is_settled());
    assert!(!first("сколько стоит педикюр").is_settled() && !first("позовите человека").is_settled());
}

#[test]
fn questions_of_data_are_answered_word_for_word_or_by_a_person() {
    let own = first("как вы храните мои персональные данные");
    assert_eq!((own.why, own.sensitive), ("faq", true));
    assert!(!first("сколько стоит педикюр").sensitive);
    assert_eq!(
        first("обрабатываете ли данные за границей").hand_over,
        Some(HandOver::Legal)
    );
}

#[test]
fn the_first_answer_says_who_speaks() {
    let heard = Heard {
        masked: "сколько стоит педикюр",
        first_contact: true,
        ..Heard::default()
    };
    let text = Talk::new().hears(&heard).text.expect("an answer");
    assert_eq!(text, "Отвечает помощник.\n\nПедикюр: 2 600 ₽, 1 час 30 минут");
    assert!(
        !first("сколько стоит педикюр")
            .text
            .expect("an answer")
            .contains("Отвечает помощник")
    );
}

#[test]
fn a_shop_takes_no_bookings() {
    let reply = Talk::of_kind("shop").says("запишите меня на завтра");
    assert!(reply.memory.form.is_none() && reply.hand_over.is_some());
}

#[test]
fn two_vague_questions_in_a_row_go_to_a_person() {
    let more = "[[faq]]\nquestions = [\"Есть ли сауна с бассейном?\"]\nanswer = \"Да.\"\n\
        [[faq]]\nquestions = [\"Есть ли сауна без бассейна?\"]\nanswer = \"Нет.\"\n";
    let mut talk = Talk {
        base: Base::parse(&format!("{more}{}", crate::assistant::SAMPLE)).expect("read"),
        ..Talk::new()
    };
    let offered = talk.says("а сауна?");
    assert_eq!(
        (offered.why, offered.hand_over, offered.confident),
        ("faq_offer", None, false)
    );
    assert_eq!(offered.buttons.len(), 3);
    assert_eq!(talk.says("сауна, говорю").hand_over, Some(HandOver::Doubt));

    talk.memory = Memory::default();
    let buttons = payloads(&talk.says("а сауна?"));
    assert_eq!(talk.presses(&buttons[0]).text.as_deref(), Some("Да."));
    assert_eq!(talk.presses("other").hand_over, Some(HandOver::Doubt));
}

#[test]
fn a_specialist_is_passed_on_by_name() {
    let mut talk = Talk::new();
    talk.says("хочу к Ольге на педикюр завтра в 12, я [Клиент-1], [Телефон-1]");
    assert_eq!(talk.says("да").wish.expect("a wish").staff.as_deref(), Some("Ольга"));
}

#[test]
fn no_answer_ever_says_that_a_visit_is_booked() {
    let mut talk = Talk::new();
    for text in [
        "запишите на педикюр завтра в 12",
        "[Клиент-1]",
        "[Телефон-1]",
        "да",
        "я записана?",
    ] {
        let said = talk.text(text).to_lowercase();
        for promise in ["записали", "вы записаны", "записана", "ждём вас", "забронировали"]
        {
            assert!(!said.contains(promise), "{said}");
        }
    }
}

#[test]
fn night_messages_are_answered_with_the_real_opening() {
    let mut talk = Talk::new();
    talk.wait_minutes(10 * 60);
    assert_eq!(
        talk.text("позовите человека"),
        "Передаю администратору. Ответим завтра после 9:00."
    );
}

#[test]
fn an_older_memory_is_still_read() {
    let memory: Memory = serde_json::from_str(r#"{"misses":1,"of_a_newer_version":true}"#).expect("read");
    assert_eq!(memory.misses, 1);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(96))]

    #[test]
    fn no_dialogue_breaks_the_assistant(
        messages in proptest::collection::vec(proptest::prop_oneof![
            "\\PC{0,60}",
            proptest::sample::select(vec![
                "запишите на педикюр", "завтра в 12", "да", "нет", "[Клиент-1]", "[Телефон-1]", "сколько стоит", "в пятницу",
                "передумала", "перенести на субботу", "а парковка?", "18", "маникюр", "спасибо", "лучше в 15",
            ]).prop_map(str::to_owned),
        ], 1..8),
        payload in "[a-z]{0,6}:?[0-9a-f:-]{0,12}",
    ) {
        let mut talk = Talk::new();
        for message in &messages {
            let reply = talk_fast(&mut talk, message);
            proptest::prop_assert!(reply.text.as_ref().is_none_or(|text| !text.trim().is_empty()));
        }
        talk.presses(&payload);
    }
}

use proptest::strategy::Strategy as _;
