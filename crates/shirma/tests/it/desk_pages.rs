//! Every page and button of the desk over a house with something in it: no statement that one of the engines refuses.

use shirma_store::Engine;

use crate::engines::on_both_engines;
use crate::people::{dialog_of, field, settle};
use crate::support::house::House;
use crate::support::http::Request;

on_both_engines! {
    every_page_of_the_owner_opens,
    a_dialog_is_taken_given_back_and_closed,
    a_client_is_found_by_what_is_known_of_him,
}

fn every_page_of_the_owner_opens(engine: Engine) {
    let house = House::fresh(engine);
    let mut owner = settle(&house, &house.sign_in_path());
    let (_client, place) = dialog_of(&house, &mut owner, "Это Анна Тестова, номер 8 900 000-00-11");
    let pages = [
        "/desk/keys",
        "/desk/dialogs?tab=waiting&shown=100",
        "/desk/dialogs?tab=mine",
        "/desk/dialogs?tab=nobodys",
        "/desk/dialogs?tab=assistant",
        "/desk/dialogs?tab=closed",
        "/desk/clients",
        "/desk/clients?before=1000",
        "/desk/journal",
        "/desk/journal?before=5",
        "/desk/consents",
        "/password",
        "/chat/demo",
        "/chat/demo/thread",
    ];
    let own = [place.clone(), format!("{place}?before=2"), format!("{place}?tab=mine")];
    for page in pages.iter().copied().chain(own.iter().map(String::as_str)) {
        assert_eq!(owner.call(Request::get(page)).status, 200, "{page}");
    }
    let journal = owner.call(Request::get("/desk/journal")).text();
    let filters: Vec<&str> = journal
        .split("/desk/journal?filter=")
        .skip(1)
        .filter_map(|rest| rest.split(['"', '&']).next())
        .collect();
    assert!(filters.len() >= 3, "{filters:?}");
    for filter in filters {
        for page in [
            format!("/desk/journal?filter={filter}"),
            format!("/desk/journal?filter={filter}&before=5"),
        ] {
            assert_eq!(owner.call(Request::get(&page)).status, 200, "{page}");
        }
    }
}

/// How a dialog is said to have ended.
const OUTCOME: &str = "answered";

fn a_dialog_is_taken_given_back_and_closed(engine: Engine) {
    let house = House::fresh(engine);
    let mut owner = settle(&house, &house.sign_in_path());
    let (_client, place) = dialog_of(&house, &mut owner, "Позовите администратора");
    let page = owner.call(Request::get(&place)).text();
    let csrf = field(&page, "csrf").to_owned();
    for (act, tab) in [
        ("take", "mine"),
        ("give-back", "assistant"),
        ("take", "mine"),
        ("close", "closed"),
    ] {
        let done = owner.call(Request::form(
            format!("{place}/{act}"),
            &[("csrf", &csrf), ("outcome", OUTCOME)],
        ));
        assert_eq!(done.status, 303, "{act}");
        let list = owner.call(Request::get(format!("/desk/dialogs?tab={tab}"))).text();
        assert!(list.contains(&place), "after {act} it is under {tab}");
    }
}

fn a_client_is_found_by_what_is_known_of_him(engine: Engine) {
    let house = House::fresh(engine);
    let mut owner = settle(&house, &house.sign_in_path());
    let (_client, _place) = dialog_of(&house, &mut owner, "Это Анна Тестова, номер 8 900 000-00-11");
    let page = owner.call(Request::get("/desk/clients")).text();
    let csrf = field(&page, "csrf").to_owned();
    for (asked, is_found) in [
        ("К-0001", true),
        ("+7 900 000-00-11", true),
        ("К-0999", false),
        ("+7 900 000-00-99", false),
    ] {
        let answer = owner.call(Request::form("/desk/clients", &[("csrf", &csrf), ("find", asked)]));
        let goes_to_card = answer
            .header("location")
            .is_some_and(|place| place.starts_with("/desk/clients/"));
        let found = goes_to_card || answer.text().contains("href=\"/desk/clients/");
        assert!(answer.status < 400 && found == is_found, "{asked}: {}", answer.status);
    }
}
