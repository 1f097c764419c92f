//! JSON and exports in it.

use super::*;
use serde_json::Value;

fn made(text: &str) -> Value {
    serde_json::from_str(&copy_of("x.json", text.as_bytes())).expect("json")
}

#[test]
fn a_chat_of_telegram_is_masked_in_all_its_fields() {
    let made = made(
        r#"{"name":"Анна Ким","messages":[{"id":1,"from":"Анна Ким","from_id":"user900","text":["звоните ",{"type":"phone","text":"8 900 000-00-01"}]}]}"#,
    );
    assert_eq!(made["messages"][0]["from"], made["name"]);
    assert!(
        !made.to_string().contains("Анна") && !made.to_string().contains("900"),
        "{made}"
    );
    assert_eq!(made["messages"][0]["text"], "звоните [Телефон-3]");
}

#[test]
fn a_value_cut_by_marks_is_seen_whole() {
    let made = made(
        r#"{"text":["мой номер 8 900 ",{"type":"bold","text":"000-00"},"-01"],"text_entities":[{"type":"plain","text":"мой номер 8 900 "},{"type":"bold","text":"000-00"},{"type":"plain","text":"-01"}]}"#,
    );
    assert_eq!(made["text"], "мой номер [Телефон-1]");
    assert_eq!(
        made["text_entities"],
        serde_json::json!([{"type": "plain", "text": "мой номер [Телефон-1]"}])
    );
}

#[test]
fn names_of_fields_that_are_values_are_masked() {
    assert_eq!(
        copy_of(
            "x.jsonl",
            r#"{"+79000000001":{"sum":1},"Анна Ким":2,"first_name":"Жмых","Соколова":3,"date_unixtime":"1793503200"}"#
                .as_bytes()
        ),
        "{\"[Телефон-2]\":{\"sum\":1},\"[Клиент-3]\":2,\"first_name\":\"[Клиент-1]\",\"[Клиент-4]\":3,\"date_unixtime\":\"1793503200\"}\n"
    );
}

#[test]
fn long_numbers_that_are_phones_are_masked_and_others_stay_exact() {
    assert_eq!(
        copy_of("x.jsonl", r#"{"a":89000000001,"big":123456789012345678901234567890,"sum":1.10,"phone":79000000001,"id":1234567890123}"#.as_bytes()),
        "{\"a\":\"[Телефон-1]\",\"big\":123456789012345678901234567890,\"sum\":1.10,\"phone\":\"[Телефон-1]\",\"id\":1234567890123}\n"
    );
}

#[test]
fn fields_that_become_equal_and_repeated_ones_are_all_kept() {
    let text = r#"{"a":1,"a":2,"Анна Ким":3,"Анне Ким":4}"#;
    let copy = copy_of("x.jsonl", text.as_bytes());
    assert_eq!(copy.matches(':').count(), 4);
    assert!(
        copy.contains("\"a (2)\":2") && copy.contains("\"[Клиент-1] (2)\":4"),
        "{copy}"
    );
}

#[test]
fn letters_written_by_bytes_are_read() {
    let made = made(
        r#"{"participants":[{"name":"\u00d0\u0090\u00d0\u00bd\u00d0\u00bd\u00d0\u00b0"}],"messages":[{"sender_name":"\u00d0\u0090\u00d0\u00bd\u00d0\u00bd\u00d0\u00b0","content":"\u00d0\u00b4\u00d0\u00b0"}]}"#,
    );
    assert_eq!(made["messages"][0]["content"], "да");
    assert_eq!(made["messages"][0]["sender_name"], "[Клиент-1]");
}

#[test]
fn json_too_deep_to_be_an_export_is_named_and_not_cut() {
    let deep = "[".repeat(100) + &"]".repeat(100);
    let house = House::with(&[("deep.json", deep.as_bytes())]);
    let (report, well) = house.run();
    assert!(!well && report.contains("слишком глубоко"), "{report}");
}
