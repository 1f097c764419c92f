//! A model that fails, lies or mumbles: the client reads a right answer or that a person takes over, never anything else.

use std::time::Duration;

use shirma_store::Engine;

use crate::engines::on_both_engines;
use crate::records::{Line, Records};
use crate::street::{HAND_OVER, MODEL_TIMEOUT_MS, Street};
use crate::support::canary::{Canary, sweep_bytes};
use crate::support::model::Says;
use crate::updates::Person;

on_both_engines! {
    a_model_that_fails_leaves_the_client_to_a_person,
    an_answer_with_anything_foreign_in_it_is_held_for_a_person,
    a_mangled_token_of_this_conversation_still_becomes_the_name,
    a_token_the_model_inflects_becomes_the_name_in_that_case,
    a_question_of_health_never_reaches_a_model,
}

const QUESTION: &str = "Подскажите, есть ли у вас лимонад?";
const NAME: &str = "Агафья Тестова";

/// Who asks in the n-th case.
fn person(case: usize) -> Person {
    Person {
        id: 7_000_000_300 + case as i64,
        first: "Агафья",
        last: "Тестова",
        username: "",
    }
}

/// One client after another: consent, one question, one scripted thing of the model; gives what each heard.
fn ask_all(street: &Street, cases: &[Says]) -> Vec<String> {
    let ask = |(case, says): (usize, &Says)| {
        let who = person(case);
        street.consents(&who);
        street.model.script(says.clone());
        street.asks(&who, QUESTION)
    };
    cases.iter().enumerate().map(ask).collect()
}

fn words(text: &str) -> Says {
    Says::Words(text.to_owned())
}

fn completion_without_words() -> Says {
    Says::Body(br#"{"choices":[{"index":0,"message":{"role":"assistant","content":null}}]}"#.to_vec())
}

fn a_model_that_fails_leaves_the_client_to_a_person(engine: Engine) {
    let cases = [
        Says::Status(500),
        Says::Status(429),
        Says::Late(Duration::from_millis(MODEL_TIMEOUT_MS * 2), "Лимонад есть.".into()),
        Says::Body(b"<html>502 Bad Gateway</html>".to_vec()),
        Says::Body(b"{\"choices\":[]}".to_vec()),
        completion_without_words(),
        Says::Nothing,
        words(&"Лимонад есть. ".repeat(1_000)),
        words("<think>Клиент хочет лимонада"),
        words("НЕ_ЗНАЮ"),
    ];
    let mut street = Street::with_model(engine);
    for (heard, case) in ask_all(&street, &cases).iter().zip(&cases) {
        assert!(heard.starts_with(HAND_OVER), "after {case:?} the client read {heard}");
    }
    street.stop_and_verify();
    let records = Records::of(&street.house);
    assert_eq!(
        records.count("select count(*) from dialog where state = 'waiting'"),
        cases.len() as i64
    );
    assert_eq!(records.count("select count(*) from message where author = 'model'"), 0);
    assert_eq!(
        records.told("model.fail"),
        cases.len() - 1,
        "«не знаю» is no failure, all else is told in the journal"
    );
}

fn an_answer_with_anything_foreign_in_it_is_held_for_a_person(engine: Engine) {
    let cases = [
        (words("[Клиент-999], лимонад есть"), "foreign_token"),
        (words("Звоните [Телефон-77], подскажут"), "foreign_token"),
        (words("Звоните +7 900 555-44-33"), "raw_value"),
        (words("Пишите на chuzhaya.pochta@example.com"), "raw_value"),
        (words("Лимонад принесёт Харитон Подколзин, спросите его"), "raw_value"),
        (words("Смотрите https://zloy.example/limonad"), "link"),
        (words("Смотрите [меню](http://zloy.example)"), "link"),
    ];
    let mut street = Street::with_model(engine);
    let scripts: Vec<Says> = cases.iter().map(|(says, _)| says.clone()).collect();
    for (heard, case) in ask_all(&street, &scripts).iter().zip(&cases) {
        assert!(heard.starts_with(HAND_OVER), "after {case:?} the client read {heard}");
    }
    let foreign = ["-999", "-77", "chuzhaya", "Подколзин", "zloy"].map(Canary::words);
    let foreign = [&foreign[..], &[Canary::phone("+7 900 555-44-33")]].concat();
    for call in street.telegram.calls() {
        assert_eq!(sweep_bytes("what went to Telegram", &call.bytes, &foreign), []);
    }
    street.stop_and_verify();
    let records = Records::of(&street.house);
    let held: Vec<Line> = records
        .lines()
        .into_iter()
        .filter(|line| line.author == "model")
        .collect();
    let why: Vec<(&str, &str)> = held
        .iter()
        .map(|line| {
            (
                line.delivery.as_deref().unwrap_or_default(),
                line.note.as_deref().unwrap_or_default(),
            )
        })
        .collect();
    let wanted: Vec<(&str, &str)> = cases.iter().map(|(_, why)| ("held", *why)).collect();
    assert_eq!(why, wanted);
    assert_eq!(
        records.count("select count(*) from dialog where state = 'waiting' and hand_over_reason = 'held'"),
        cases.len() as i64
    );
    let queued = "select count(*) from outbox o join message m on m.id = o.message where m.author = 'model'";
    assert_eq!(records.count(queued), 0, "nothing held was ever put up for sending");
}

fn a_mangled_token_of_this_conversation_still_becomes_the_name(engine: Engine) {
    let cases = [
        "Лимонад есть, [Клиент-1]",
        "Лимонад есть, [ Клиент - 1 ]",
        "Лимонад есть, [клиент-1]",
        "Лимонад есть, [КЛИЕНТ-1]",
        r"Лимонад есть, \[Клиент-1\]",
        "Лимонад есть, **[Клиент-1]**",
        "Лимонад есть, [Клиент\u{2011}1]",
    ];
    let street = Street::with_model(engine);
    let scripts = cases.map(words);
    for (heard, case) in ask_all(&street, &scripts).iter().zip(&cases) {
        let plain = heard.replace('*', "");
        assert_eq!(plain, format!("Лимонад есть, {NAME}"), "after {case}");
    }
}

fn a_token_the_model_inflects_becomes_the_name_in_that_case(engine: Engine) {
    let cases = [
        ("Передадим лимонад [Клиенту-1] с радостью", "Агафье Тестовой"),
        ("Лимонад ждёт [Клиента-1] у входа", "Агафью Тестову"),
        ("Лимонад для [Клиент-1] готов", "Агафьи Тестовой"),
    ];
    let street = Street::with_model(engine);
    let scripts = cases.map(|(answer, _)| words(answer));
    for (heard, (answer, name)) in ask_all(&street, &scripts).iter().zip(cases) {
        assert!(heard.contains(name), "after {answer} the client read {heard}");
    }
}

fn a_question_of_health_never_reaches_a_model(engine: Engine) {
    let street = Street::with_model(engine);
    let questions = [
        "У меня аллергия на краску, что посоветуете?",
        "Я беременна, можно краситься?",
        "У меня диабет, можно ли мне педикюр?",
    ];
    for (case, question) in questions.into_iter().enumerate() {
        let who = person(case);
        street.consents(&who);
        street.asks(&who, question);
    }
    assert_eq!(street.model.received().len(), 0, "a model was asked about health");
}
