//! Kills at any moment under a stream of events: what was acknowledged is there once and was answered (P16, P17).

use std::collections::BTreeMap;

use shirma_store::Engine;

use crate::engines::on_both_engines;
use crate::records::Records;
use crate::street::{Street, telegram_hook, words};
use crate::support::http::call;
use crate::support::patience::wait_for;
use crate::updates::{Person, telegram};

on_both_engines! {
    kills_lose_and_double_nothing,
}

/// On SQLite; on a server, whose part in a crash is small, fewer.
const KILLS: usize = 50;
const KILLS_ON_A_SERVER: usize = 10;
const EVENTS_BETWEEN_KILLS: usize = 4;

fn client(number: usize) -> Person {
    Person::nobody(710_000_000 + (number % 10) as i64)
}

fn kills_lose_and_double_nothing(engine: Engine) {
    let kills = match engine {
        Engine::Sqlite => KILLS,
        Engine::Postgres => KILLS_ON_A_SERVER,
    };
    let mut street = Street::with_rules(engine);
    let mut acknowledged = Vec::new();
    let mut number = 0;
    for kill in 0..kills {
        for _ in 0..EVENTS_BETWEEN_KILLS {
            number += 1;
            let update = telegram::text(
                &client(number),
                number as i64,
                &format!("Здравствуйте, вопрос {number}"),
            );
            let answer = call(street.house.address(), &telegram_hook(&update));
            if matches!(answer, Ok(response) if response.status == 200) {
                acknowledged.push(number);
            }
            // Some kills come right after an acknowledgement, some in the middle of the work it began.
            if kill % 3 == 0 {
                break;
            }
        }
        street.kill();
        street.house.start();
    }
    assert!(
        acknowledged.len() > kills,
        "the stream came through: {}",
        acknowledged.len()
    );
    // Everything waiting is done once the program lives; leases of the killed ones have run out.
    wait_for("the last client is answered", || {
        (!street.sent_to(&client(number)).is_empty()).then_some(())
    });
    street.stop_and_verify();
    let records = Records::of(&street.house);
    let mut kept: BTreeMap<String, usize> = BTreeMap::new();
    for line in records.lines().iter().filter(|line| line.author == "client") {
        *kept.entry(line.text.clone().expect("words")).or_default() += 1;
    }
    let unread = records.count("select count(*) from inbox where state = 'accepted'");
    let read = acknowledged
        .iter()
        .filter(|number| kept.get(&format!("Здравствуйте, вопрос {number}")) == Some(&1));
    assert!(kept.values().all(|count| *count == 1), "an event was doubled: {kept:?}");
    assert_eq!(
        read.count() + usize::try_from(unread).expect("a count"),
        acknowledged.len(),
        "an event was lost"
    );
    assert_eq!(records.count("select count(*) from job where state = 'dead'"), 0);
    let answered = records.count(
        "select count(*) from (select message from outbox where class = 'reply' group by message having count(*) > 1) twice",
    );
    assert_eq!(answered, 0, "an answer stands twice in the outbox");
    let possible =
        usize::try_from(records.count("select count(*) from outbox where possible_duplicate")).expect("a count");
    let mut heard: BTreeMap<(i64, String), usize> = BTreeMap::new();
    for number in 0..10 {
        for sent in street.sent_to(&client(number)) {
            *heard.entry((client(number).id, words(&sent).to_owned())).or_default() += 1;
        }
    }
    assert!(!heard.is_empty() && possible <= kills, "{possible} doubtful sendings");
}
