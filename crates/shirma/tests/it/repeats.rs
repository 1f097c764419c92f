//! One event, one effect: deliveries again, edits, removals, groups, clients who left, a messenger that asks to wait.

use std::time::Duration;

use serde_json::{Value, json};

use shirma_store::Engine;

use crate::engines::on_both_engines;
use crate::records::{Line, Records};
use crate::street::{Street, words};
use crate::support::patience::wait_for;
use crate::support::stand_in::{Reply, Seen};
use crate::updates::{Person, fresh_number, max, telegram};

const CLIENT: Person = Person {
    id: 7_000_000_401,
    first: "Глафира",
    last: "Образцова",
    username: "",
};

on_both_engines! {
    an_update_delivered_five_times_is_one_message_with_one_answer,
    an_edited_message_changes_its_words_and_gets_no_second_answer,
    a_removed_message_leaves_its_place_without_its_words,
    a_group_makes_no_client_and_hears_nothing,
    a_client_who_blocked_the_bot_is_left_alone,
    a_refusal_because_of_a_block_drops_what_waits_behind_it,
    a_messenger_that_asks_to_wait_is_obeyed_and_gets_the_message_once,
    a_lost_answer_is_sent_once_more_and_marked,
}
/// Asked at the end of a test: once it is answered, everything before it in this chat is done.
const LAST_QUESTION: &str = "Какой у вас адрес?";

fn refusal(code: u16, description: &str) -> Reply {
    Reply::json(
        code,
        &json!({"ok": false, "error_code": code, "description": description}),
    )
}

fn of_client(records: &Records) -> Vec<Line> {
    records
        .lines()
        .into_iter()
        .filter(|line| line.author == "client")
        .collect()
}

fn texts(sent: &[Value]) -> Vec<&str> {
    sent.iter().map(words).collect()
}

fn an_update_delivered_five_times_is_one_message_with_one_answer(engine: Engine) {
    let mut street = Street::with_rules(engine);
    let update = telegram::text(&CLIENT, 11, "Сколько стоит педикюр?");
    for _ in 0..5 {
        assert_eq!(street.hook_telegram(&update).status, 200);
    }
    let mut other_number = update.clone();
    other_number["update_id"] = json!(fresh_number());
    assert_eq!(
        street.hook_telegram(&other_number).status,
        200,
        "the same message under another number"
    );
    let mut other_body = update;
    other_body["message"]["text"] = json!("Сколько стоит маникюр?");
    assert_eq!(
        street.hook_telegram(&other_body).status,
        200,
        "another body under the same number"
    );
    street.hears(&CLIENT, 2);
    assert!(street.asks(&CLIENT, LAST_QUESTION).contains("Примерная"));
    assert_eq!(
        street.sent_to(&CLIENT).len(),
        3,
        "{:?}",
        texts(&street.sent_to(&CLIENT))
    );
    street.stop_and_verify();
    let records = Records::of(&street.house);
    let said: Vec<Option<String>> = of_client(&records).into_iter().map(|line| line.text).collect();
    assert_eq!(
        said,
        [
            Some("Сколько стоит педикюр?".to_owned()),
            Some(LAST_QUESTION.to_owned())
        ]
    );
    assert_eq!(records.told("event.conflict"), 1);
}

fn an_edited_message_changes_its_words_and_gets_no_second_answer(engine: Engine) {
    let mut street = Street::with_rules(engine);
    assert_eq!(
        street
            .hook_telegram(&telegram::text(&CLIENT, 21, "Сколько стоит педикюр?"))
            .status,
        200
    );
    street.hears(&CLIENT, 2);
    assert_eq!(
        street
            .hook_telegram(&telegram::edited(&CLIENT, 21, "Сколько стоит маникюр?"))
            .status,
        200
    );
    street.asks(&CLIENT, LAST_QUESTION);
    assert_eq!(
        street.sent_to(&CLIENT).len(),
        3,
        "{:?}",
        texts(&street.sent_to(&CLIENT))
    );
    street.stop_and_verify();
    let said = of_client(&Records::of(&street.house));
    assert_eq!(
        (said[0].text.as_deref(), said[0].is_edited),
        (Some("Сколько стоит маникюр?"), true)
    );
    assert_eq!(said.len(), 2);
}

fn a_removed_message_leaves_its_place_without_its_words(engine: Engine) {
    let mut street = Street::with_rules(engine);
    assert_eq!(
        street
            .hook_max(&max::text(&CLIENT, "mid.gone", "Сколько стоит педикюр?"))
            .status,
        200
    );
    street.max.wait_for_sent("POST /messages", 2);
    assert_eq!(street.hook_max(&max::removed(&CLIENT, "mid.gone")).status, 200);
    assert_eq!(
        street.hook_max(&max::text(&CLIENT, "mid.last", LAST_QUESTION)).status,
        200
    );
    street.max.wait_for_sent("POST /messages", 3);
    street.stop_and_verify();
    let said = of_client(&Records::of(&street.house));
    assert_eq!(said.len(), 2);
    assert!(
        said[0].is_removed && said[0].text.is_none() && said[0].masked.is_none(),
        "{:?}",
        said[0]
    );
}

fn a_group_makes_no_client_and_hears_nothing(engine: Engine) {
    let mut street = Street::with_rules(engine);
    let update = telegram::in_group(&Person::nobody(7_000_000_402), 31, "Кто знает, сколько стоит педикюр?");
    assert_eq!(street.hook_telegram(&update).status, 200);
    street.asks(&CLIENT, LAST_QUESTION);
    street.hears(&CLIENT, 2);
    street.stop_and_verify();
    assert_eq!(
        street.telegram.sent("sendMessage").len(),
        2,
        "only the client was written to"
    );
    let records = Records::of(&street.house);
    assert_eq!(records.count("select count(*) from subject"), 1);
    assert_eq!(
        records.words("select state from inbox order by id"),
        ["ignored", "done"]
    );
}

fn a_client_who_blocked_the_bot_is_left_alone(engine: Engine) {
    let mut street = Street::with_rules(engine);
    street.asks(&CLIENT, "Сколько стоит педикюр?");
    street.hears(&CLIENT, 2);
    assert_eq!(
        street.hook_telegram(&telegram::membership(&CLIENT, "kicked")).status,
        200
    );
    street.writes(&CLIENT, "Сколько стоит маникюр?");
    // Of another client, whose answer comes after.
    let other = Person::nobody(7_000_000_403);
    street.writes(&other, LAST_QUESTION);
    street.hears(&other, 2);
    assert_eq!(
        street.hook_telegram(&telegram::membership(&CLIENT, "member")).status,
        200
    );
    let back = street.asks(&CLIENT, LAST_QUESTION);
    assert!(back.contains("Примерная"), "{back}");
    assert_eq!(
        street.sent_to(&CLIENT).len(),
        3,
        "{:?}",
        texts(&street.sent_to(&CLIENT))
    );
    street.stop_and_verify();
    let records = Records::of(&street.house);
    assert_eq!(
        records.words("select distinct last_error from outbox where state = 'failed'"),
        ["blocked"]
    );
    assert_eq!(
        records.count("select count(*) from identity where state = 'blocked'"),
        0
    );
}

fn a_refusal_because_of_a_block_drops_what_waits_behind_it(engine: Engine) {
    let mut street = Street::with_rules(engine);
    street
        .telegram
        .script("sendMessage", refusal(403, "Forbidden: bot was blocked by the user"));
    street.writes(&CLIENT, "Сколько стоит педикюр?");
    street.hears(&CLIENT, 1);
    let other = Person::nobody(7_000_000_404);
    street.writes(&other, LAST_QUESTION);
    street.hears(&other, 2);
    street.stop_and_verify();
    assert_eq!(
        street.sent_to(&CLIENT).len(),
        1,
        "the second of two waiting messages was not tried"
    );
    let records = Records::of(&street.house);
    assert_eq!(
        records.count("select count(*) from identity where state = 'blocked'"),
        1
    );
    assert_eq!(records.count("select count(*) from outbox where state = 'failed'"), 2);
    assert_eq!(
        records.count("select count(*) from message where delivery = 'failed'"),
        2
    );
}

fn a_messenger_that_asks_to_wait_is_obeyed_and_gets_the_message_once(engine: Engine) {
    let mut street = Street::with_rules(engine);
    let wait = json!({"ok": false, "error_code": 429, "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1}});
    street
        .telegram
        .script("sendMessage", Reply::json(429, &wait).with_header("Retry-After", "1"));
    street.writes(&CLIENT, "Сколько стоит педикюр?");
    street.hears(&CLIENT, 3);
    street.stop_and_verify();
    let calls: Vec<Seen> = street
        .telegram
        .calls()
        .into_iter()
        .filter(|seen| seen.place().ends_with("/sendMessage"))
        .collect();
    assert!(
        calls[1].at - calls[0].at >= Duration::from_secs(1),
        "tried again too early"
    );
    let sent: Vec<Value> = calls.iter().map(Seen::json).collect();
    assert_eq!(sent.len(), 3);
    assert_eq!(
        words(&sent[0]),
        words(&sent[1]),
        "order is kept: the refused one comes first again"
    );
    assert_ne!(words(&sent[1]), words(&sent[2]));
    assert_eq!(
        Records::of(&street.house).count("select count(*) from outbox where state = 'sent'"),
        2
    );
}

fn a_lost_answer_is_sent_once_more_and_marked(engine: Engine) {
    let mut street = Street::with_rules(engine);
    street.telegram.script("sendMessage", Reply::Dropped);
    street.writes(&CLIENT, "Сколько стоит педикюр?");
    wait_for("the message after the lost answer", || {
        (street.sent_to(&CLIENT).len() == 3).then_some(())
    });
    street.stop_and_verify();
    let records = Records::of(&street.house);
    let flagged = "select count(*) from outbox where state = 'sent' and possible_duplicate";
    assert_eq!(records.count(flagged), 1);
    assert_eq!(records.count("select count(*) from outbox where state = 'sent'"), 2);
}
