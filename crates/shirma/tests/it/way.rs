//! The way of one message, from the first word to the restored answer, and where its values never come.

use shirma_store::Engine;

use crate::engines::on_both_engines;
use crate::records::Records;
use crate::street::{CONSENT_QUESTION, Street, buttons, payload_of, words};
use crate::support::canary::{Canary, Hit, sweep_bytes};
use crate::support::http::Request;
use crate::support::model::{Says, last_turn, tokens_of};
use crate::updates::Person;

const CLIENT: Person = Person {
    id: 7_003_331_942,
    first: "Евпраксия",
    last: "Канарейкина",
    username: "evpraksia_tweet",
};

on_both_engines! {
    a_client_reads_his_own_name_in_an_answer_of_a_model_that_never_saw_it,
}

fn canaries() -> Vec<Canary> {
    vec![
        Canary::words("Евпракси"),
        Canary::words("Канарейкин"),
        Canary::words("evpraksia"),
        Canary::words("pochta.kanareyki@primer.example"),
        Canary::words("Варсонофи"),
        Canary::phone("+7 900 111-22-42"),
        Canary::phone(&CLIENT.id.to_string()),
    ]
}

fn a_client_reads_his_own_name_in_an_answer_of_a_model_that_never_saw_it(engine: Engine) {
    let mut street = Street::with_model(engine);
    street.writes(&CLIENT, "/start");
    let question = street.hears(&CLIENT, 1);
    assert!(words(&question).starts_with(CONSENT_QUESTION), "{question}");
    consent_is_asked_fairly(&street, &question);
    street.hears(&CLIENT, 2);
    street.presses(&CLIENT, &payload_of(&question, "Даю согласие"));
    assert!(words(&street.hears(&CLIENT, 3)).contains("согласие записано"));
    street.telegram.wait_for_sent("answerCallbackQuery", 1);
    assert!(
        street.model.received().is_empty(),
        "before the consent nothing went to the model"
    );

    street
        .model
        .script(Says::Words("Спасибо, уточним и ответим здесь.".into()));
    let story = "Меня зовут Евпраксия Канарейкина, телефон 8 (900) 111-22-42, почта pochta.kanareyki@primer.example. \
                 Можно ли прийти с собакой Жужей и братом Варсонофием?";
    assert_eq!(street.asks(&CLIENT, story), "Спасибо, уточним и ответим здесь.");
    let asked = street.model.wait_for_questions(1).remove(0);
    let seen = last_turn(&asked);
    assert!(
        seen.contains("Можно ли прийти с собакой") && tokens_of(&seen).len() >= 4,
        "{seen}"
    );

    let name = tokens_of(&seen).remove(0);
    assert!(
        asked.to_string().contains(&format!("Клиент: {name}")),
        "the model is told how the client is called"
    );
    street.model.script(Says::Words(format!(
        "Для {name} всё приготовим и передадим {name} ответ."
    )));
    let heard = street.asks(&CLIENT, "Передайте, пожалуйста, чтобы про собаку не забыли");
    assert_eq!(
        heard,
        "Для Евпраксии Канарейкиной всё приготовим и передадим Евпраксии Канарейкиной ответ."
    );

    assert_eq!(street.house.sweep(&canaries()), [], "while the program runs");
    street.stop_and_verify();
    values_stand_nowhere_but_at_the_messenger(&street);
    the_journal_tells_every_step(&Records::of(&street.house));
}

/// Two buttons alike in all but words, and the address of a document that is there (152-FZ art. 9 (1)).
fn consent_is_asked_fairly(street: &Street, question: &serde_json::Value) {
    let buttons = buttons(question);
    let labels: Vec<&str> = buttons.iter().flatten().map(|(words, _)| words.as_str()).collect();
    assert_eq!(labels, ["Даю согласие (версия 1)", "Не даю согласия"]);
    assert!(
        buttons.iter().all(|row| row.len() == 1),
        "each in a row of its own, so of one width"
    );
    let keyboard = question["reply_markup"]["inline_keyboard"].as_array().expect("buttons");
    let keys = |row: &serde_json::Value| {
        row[0]
            .as_object()
            .map(|button| button.keys().cloned().collect::<Vec<_>>())
    };
    assert_eq!(keys(&keyboard[0]), keys(&keyboard[1]), "nothing sets one of them off");
    let address = words(question)
        .split_whitespace()
        .find(|word| word.contains("://"))
        .expect("an address");
    let path = &address[address.find("/consent/").expect("the address of the document")..];
    let page = street.house.call(&Request::get(path));
    assert_eq!(page.status, 200, "{path}");
    assert!(page.text().contains("огласие"), "{}", page.text());
}

fn values_stand_nowhere_but_at_the_messenger(street: &Street) {
    let canaries = canaries();
    let mut hits: Vec<Hit> = street.house.sweep(&canaries);
    for question in street.model.received() {
        hits.extend(sweep_bytes("what the model got", &question, &canaries));
    }
    assert_eq!(hits, []);
    assert_ne!(
        street.house.sweep(&[Canary::words("message.sent")]),
        [],
        "the sweep looks where the rows lie"
    );
    let answer = street.sent_to(&CLIENT).pop().expect("answers").to_string();
    let seen = sweep_bytes("Telegram", answer.as_bytes(), &canaries);
    assert!(
        seen.iter().any(|hit| hit.value == "Канарейкин"),
        "the messenger is where the name comes back: {answer}"
    );
}

fn the_journal_tells_every_step(records: &Records) {
    for act in [
        "subject.create",
        "consent.ask",
        "consent.grant",
        "message.in",
        "text.mask",
        "model.ask",
        "message.out",
        "message.sent",
    ] {
        assert_ne!(records.told(act), 0, "no leaf tells {act}");
    }
}
