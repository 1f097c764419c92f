//! Long polling: what waits at the messenger comes in order, once, and a restart goes on where it stopped.

use shirma_store::Engine;

use crate::engines::on_both_engines;
use crate::records::Records;
use crate::street::{Plan, Street, words};
use crate::support::patience::wait_for;
use crate::updates::{Person, max, telegram};

const CLIENT: Person = Person {
    id: 7_000_000_601,
    first: "Лукерья",
    last: "Тестова",
    username: "",
};

on_both_engines! {
    what_waits_in_both_messengers_is_fetched_once_also_after_a_restart,
}

/// Texts of all messages sent in MAX.
fn said_in_max(street: &Street) -> Vec<String> {
    let calls = street.max.calls().into_iter();
    let sent = calls.filter(|seen| seen.method == "POST" && seen.place() == "/messages");
    sent.map(|seen| words(&seen.json()).to_owned()).collect()
}

fn what_waits_in_both_messengers_is_fetched_once_also_after_a_restart(engine: Engine) {
    let mut street = Street::open(
        engine,
        Plan {
            poll: true,
            ..Plan::default()
        },
    );
    let first = telegram::text(&CLIENT, 61, "Сколько стоит педикюр?");
    street.telegram.push_update(first.clone());
    street
        .max
        .push_update(max::text(&CLIENT, "mid.poll.1", "Сколько стоит педикюр?"));
    street.hears(&CLIENT, 2);
    street.max.wait_for_sent("POST /messages", 2);
    wait_for("the page to be confirmed", || {
        let next = first["update_id"].as_i64().map(|id| (id + 1).to_string());
        let confirmed = street
            .telegram
            .calls()
            .into_iter()
            .any(|seen| seen.query("offset") == next.as_deref());
        confirmed.then_some(())
    });
    assert!(street.house.stop().success());

    let before = street.telegram.calls().len();
    street
        .telegram
        .push_update(telegram::text(&CLIENT, 62, "Какой у вас адрес?"));
    street
        .max
        .push_update(max::text(&CLIENT, "mid.poll.2", "Какой у вас адрес?"));
    street.house.start();
    assert!(words(&street.hears(&CLIENT, 3)).contains("Примерная"));
    street.max.wait_for_sent("POST /messages", 3);
    let calls = street.telegram.calls().split_off(before);
    let resumed = calls
        .iter()
        .find(|seen| seen.place().ends_with("/getUpdates"))
        .expect("it asks again");
    assert!(
        resumed.query("offset").is_some(),
        "the place in the queue survived: {}",
        resumed.path
    );

    street.kill();
    street
        .telegram
        .push_update(telegram::text(&CLIENT, 63, "Во сколько вы закрываетесь?"));
    street.house.start();
    wait_for("the hours", || {
        street
            .sent_to(&CLIENT)
            .last()
            .is_some_and(|sent| words(sent).contains("21"))
            .then_some(())
    });
    street.stop_and_verify();
    // What was being sent at the kill may have gone out once more, in its place.
    let mut said: Vec<String> = street
        .sent_to(&CLIENT)
        .iter()
        .map(|sent| words(sent).to_owned())
        .collect();
    said.dedup();
    assert_eq!(said.len(), 4, "consent and three answers: {said:?}");
    let mut said = said_in_max(&street);
    said.dedup();
    assert_eq!(said.len(), 3, "{said:?}");
    let records = Records::of(&street.house);
    assert_eq!(records.count("select count(*) from inbox"), 5);
    assert_eq!(records.count("select count(*) from message where author = 'client'"), 5);
    assert_eq!(records.count("select count(*) from poll_cursor"), 2);
}
