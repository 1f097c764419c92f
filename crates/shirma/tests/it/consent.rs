//! Consent decides who answers, never whether: before it, without it and after it was taken back.

use shirma_store::Engine;

use crate::engines::on_both_engines;
use crate::records::Records;
use crate::street::{HAND_OVER, Street, buttons, payload_of, words};
use crate::support::model::Says;
use crate::support::patience::wait_for;
use crate::updates::Person;

const SILENT: Person = Person {
    id: 7_000_000_201,
    first: "Марфа",
    last: "Примерова",
    username: "",
};
const REFUSING: Person = Person {
    id: 7_000_000_202,
    first: "Фёкла",
    last: "Образцова",
    username: "",
};

on_both_engines! {
    a_yes_leaves_nobody_waiting,
    without_consent_the_model_is_never_asked_and_the_client_is_answered_all_the_same,
    consent_taken_back_silences_the_model_and_starts_the_clock_of_the_request,
    a_button_of_a_text_nobody_published_gives_no_consent,
}

fn without_consent_the_model_is_never_asked_and_the_client_is_answered_all_the_same(engine: Engine) {
    let mut street = Street::with_model(engine);
    street.writes(&SILENT, "Сколько стоит педикюр?");
    assert!(
        words(&street.hears(&SILENT, 2))
            .replace('\u{a0}', " ")
            .contains("2 600 ₽"),
        "{}",
        street.hears(&SILENT, 2)
    );
    assert!(
        street.asks(&SILENT, "А во сколько вы закрываетесь?").contains("21"),
        "the hours"
    );
    assert!(
        street
            .asks(&SILENT, "Можно ли прийти с верблюдом и арфой?")
            .starts_with(HAND_OVER)
    );
    assert_eq!(street.sent_to(&SILENT).len(), 4, "the question of consent is put once");

    street.refuses(&REFUSING);
    assert!(words(&street.hears(&REFUSING, 3)).contains("модель в переписке не участвует"));
    let booked = book(&street, &REFUSING, "Запишите меня на педикюр завтра в 15:00");
    assert!(booked.contains("педикюр"), "{booked}");

    street.stop_and_verify();
    assert!(street.model.received().is_empty());
    let records = Records::of(&street.house);
    assert_eq!(
        records.words("select kind || ' ' || basis || ' ' || state from enquiry"),
        ["booking contract open"]
    );
    assert_eq!(records.words("select act from consent_receipt"), ["refused"]);
}

/// Goes through the booking form with the shortest answers; gives the words that end it.
fn book(street: &Street, who: &Person, wish: &str) -> String {
    /// The form has fewer questions.
    const MOST_TURNS: usize = 5;
    let mut heard = street.sent_to(who).len();
    street.writes(who, wish);
    for _ in 0..MOST_TURNS {
        heard += 1;
        let last = street.hears(who, heard);
        let said = words(&last).to_owned();
        if said.starts_with("Передаю администратору:") {
            return said;
        }
        let offered: Vec<String> = buttons(&last).concat().into_iter().map(|(label, _)| label).collect();
        if offered.iter().any(|label| label == "Да") {
            street.presses(who, &payload_of(&last, "Да"));
        } else if said.contains("телефон") {
            street.writes(who, "Ответьте здесь");
        } else {
            panic!("nobody expected the question {last}");
        }
    }
    panic!("the form does not end: {:?}", street.sent_to(who));
}

fn consent_taken_back_silences_the_model_and_starts_the_clock_of_the_request(engine: Engine) {
    let mut street = Street::with_model(engine);
    street.consents(&SILENT);
    street.model.script(Says::Words("Да, для гостей есть чай.".into()));
    assert_eq!(
        street.asks(&SILENT, "Угощаете ли гостей чаем?"),
        "Да, для гостей есть чай."
    );
    assert!(
        street
            .asks(&SILENT, "Отзываю согласие")
            .starts_with("Приняли отзыв согласия")
    );
    assert!(
        street
            .asks(&SILENT, "Угощаете ли гостей кофием?")
            .starts_with(HAND_OVER)
    );

    street.stop_and_verify();
    assert_eq!(
        street.model.received().len(),
        1,
        "only the question between consent and withdrawal"
    );
    let records = Records::of(&street.house);
    assert_eq!(
        records.words("select act from consent_receipt order by at, id"),
        ["granted", "withdrawn"]
    );
    assert_eq!(
        records.words("select kind || ' ' || state from subject_request"),
        ["withdrawal open"]
    );
    let clock = "select count(*) from subject_request where due_on > '2026-01-01' and length(due_on) = 10";
    assert_eq!(records.count(clock), 1);
    let evidence = "select count(*) from consent_receipt r join consent_document d on d.id = r.document
                    where r.channel = 'telegram' and r.ext_id is not null and length(d.sha256) = 64
                      and r.answered_ct is not null";
    assert_eq!(records.count(evidence), 2);
}

fn a_button_of_a_text_nobody_published_gives_no_consent(engine: Engine) {
    let mut street = Street::with_model(engine);
    street.writes(&SILENT, "/start");
    street.hears(&SILENT, 2);
    street.presses(&SILENT, "consent:assistant:99:yes");
    street.presses(&SILENT, "consent:assistant:1:perhaps");
    wait_for("both presses to be acknowledged", || {
        (street.telegram.sent("answerCallbackQuery").len() == 2).then_some(())
    });
    // The button nobody knows gets an answer of its own.
    street.hears(&SILENT, 3);
    assert!(street.asks(&SILENT, "Угощаете ли гостей чаем?").starts_with(HAND_OVER));
    street.stop_and_verify();
    assert!(street.model.received().is_empty());
    assert_eq!(
        Records::of(&street.house).count("select count(*) from consent_receipt"),
        0
    );
}

fn a_yes_leaves_nobody_waiting(engine: Engine) {
    let mut street = Street::with_rules(engine);
    street.consents(&SILENT);
    street.stop_and_verify();
    let records = Records::of(&street.house);
    let waiting = records.count("select count(*) from dialog where unanswered_since is not null");
    assert_eq!(waiting, 0, "a button pressed is nothing to answer");
}
