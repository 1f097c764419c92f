//! One card a person: a phone proven twice joins two accounts, anything less is a hint for a human.

use shirma_store::Engine;

use crate::engines::on_both_engines;
use crate::records::Records;
use crate::street::{MAX_TOKEN, Street, words};
use crate::updates::{Person, fresh_number, max, telegram};

const PHONE: &str = "+7 900 777-66-01";
const PHONE_DIGITS: &str = "79007776601";

const IN_TELEGRAM: Person = Person {
    id: 7_000_000_501,
    first: "Ульяна",
    last: "Примерова",
    username: "",
};
const IN_MAX: Person = Person {
    id: 81_000_501,
    first: "Ульяна",
    last: "Примерова",
    username: "",
};

on_both_engines! {
    a_phone_proven_in_both_messengers_makes_one_client_of_two_accounts,
    two_names_for_one_proven_phone_are_a_hint_and_nothing_is_joined,
    a_typed_phone_is_a_claim_and_only_hints_at_its_owner,
    somebody_elses_card_proves_nothing,
}
const NAMESAKE: Person = Person {
    id: 81_000_502,
    first: "Кирилл",
    last: "Образцов",
    username: "",
};

/// Both accounts share their own card with one and the same number.
fn both_prove(engine: Engine, other: &Person) -> Records {
    let mut street = Street::with_rules(engine);
    assert_eq!(
        street.hook_telegram(&telegram::contact(&IN_TELEGRAM, 41, PHONE)).status,
        200
    );
    let thanks = street.hears(&IN_TELEGRAM, 2);
    assert!(words(&thanks).contains("Спасибо, записали"), "{thanks}");
    assert_eq!(
        street
            .hook_max(&max::contact(other, "mid.card", PHONE_DIGITS, MAX_TOKEN))
            .status,
        200
    );
    street.max.wait_for_sent("POST /messages", 1);
    street.stop_and_verify();
    Records::of(&street.house)
}

fn a_phone_proven_in_both_messengers_makes_one_client_of_two_accounts(engine: Engine) {
    let records = both_prove(engine, &IN_MAX);
    let states = records.words("select state from subject order by code");
    assert_eq!(states, ["active", "merged"]);
    let joined = "select count(*) from subject one join subject other on one.merged_into = other.id";
    assert_eq!(records.count(joined), 1);
    assert_eq!(records.count("select count(*) from same_person_hint"), 0);
    assert_eq!(records.told("subject.merge"), 1, "the joining is told in the journal");
}

fn two_names_for_one_proven_phone_are_a_hint_and_nothing_is_joined(engine: Engine) {
    let records = both_prove(engine, &NAMESAKE);
    assert_eq!(
        records.count("select count(*) from subject where merged_into is not null"),
        0
    );
    assert_eq!(
        records.words("select reason || ' ' || state from same_person_hint"),
        ["phone open"]
    );
}

fn a_typed_phone_is_a_claim_and_only_hints_at_its_owner(engine: Engine) {
    let mut street = Street::with_rules(engine);
    assert_eq!(
        street.hook_telegram(&telegram::contact(&IN_TELEGRAM, 51, PHONE)).status,
        200
    );
    street.hears(&IN_TELEGRAM, 2);
    let typed = "Мой номер 8 (900) 777-66-01, какой у вас адрес?";
    assert_eq!(street.hook_max(&max::text(&IN_MAX, "mid.typed", typed)).status, 200);
    street.max.wait_for_sent("POST /messages", 1);
    street.stop_and_verify();
    let records = Records::of(&street.house);
    assert_eq!(
        records.count("select count(*) from subject where merged_into is not null"),
        0
    );
    assert_eq!(
        records.words("select reason || ' ' || state from same_person_hint"),
        ["phone open"]
    );
    let standings = "select standing from blind_index where kind = 'phone' order by standing";
    assert_eq!(records.words(standings), ["claimed", "proven"]);
}

fn somebody_elses_card_proves_nothing(engine: Engine) {
    let mut street = Street::with_rules(engine);
    let mut forwarded = telegram::contact(&IN_TELEGRAM, fresh_number(), PHONE);
    forwarded["message"]["contact"]["user_id"] = serde_json::json!(1);
    assert_eq!(street.hook_telegram(&forwarded).status, 200);
    street.hears(&IN_TELEGRAM, 2);
    let unsigned = max::contact(&IN_MAX, "mid.unsigned", PHONE_DIGITS, "another-token");
    assert_eq!(street.hook_max(&unsigned).status, 200);
    street.max.wait_for_sent("POST /messages", 1);
    street.stop_and_verify();
    let records = Records::of(&street.house);
    assert_eq!(
        records.count("select count(*) from subject_field where standing = 'proven'"),
        0
    );
    assert_eq!(
        records.count("select count(*) from subject where merged_into is not null"),
        0
    );
}
