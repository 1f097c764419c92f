//! What a client says his name is stands on his card; the name of anybody else does not.

use shirma_store::Engine;

use crate::people::{dialog_of, settle};
use crate::records::Records;
use crate::support::house::House;
use crate::support::http::{Request, Visitor};
use crate::support::patience::wait_for;

const NOBODY: &str = "Новый клиент";

/// The name over the dialog.
fn title(owner: &mut Visitor, place: &str) -> String {
    let page = owner.call(Request::get(place)).text();
    let title = page
        .split("<div class=\"thread-title\">")
        .nth(1)
        .and_then(|rest| rest.split("<h1>").nth(1));
    title
        .and_then(|rest| rest.split("</h1>").next())
        .expect("a title")
        .to_owned()
}

/// Writes on and waits until the dialog says this.
fn goes_on(client: &mut Visitor, owner: &mut Visitor, place: &str, (words, once): (&str, &str), answer: &str) {
    let fields = [("text", words), ("once", once)];
    assert_eq!(client.call(Request::form("/chat/demo/messages", &fields)).status, 303);
    wait_for(answer, || {
        owner.call(Request::get(place)).text().contains(answer).then_some(())
    });
}

#[test]
fn a_client_who_says_his_name_is_called_by_it_at_the_desk() {
    for words in [
        "Добрый день! Меня зовут Агафья Тестова",
        "Агафья Тестова, хочу записаться",
    ] {
        let house = House::fresh(Engine::Sqlite);
        let mut owner = settle(&house, &house.sign_in_path());
        let (_client, place) = dialog_of(&house, &mut owner, words);
        assert_eq!(title(&mut owner, &place), "Агафья Тестова", "{words}");
    }
}

#[test]
fn the_name_of_a_mother_or_a_master_is_not_the_clients() {
    for words in [
        "Запишите маму Анну Тестову",
        "Её зовут Анна",
        "Можно к Ольге на завтра?",
    ] {
        let house = House::fresh(Engine::Sqlite);
        let mut owner = settle(&house, &house.sign_in_path());
        let (_client, place) = dialog_of(&house, &mut owner, words);
        assert_eq!(title(&mut owner, &place), NOBODY, "{words}");
    }
}

#[test]
fn the_answer_to_our_question_is_the_name_and_the_master_is_understood() {
    let mut house = House::fresh(Engine::Sqlite);
    let mut owner = settle(&house, &house.sign_in_path());
    let wish = "Запишите меня к Ольге на педикюр завтра в 12:00";
    let (mut client, place) = dialog_of(&house, &mut owner, wish);
    wait_for("the question", || {
        owner
            .call(Request::get(&place))
            .text()
            .contains("Как вас зовут?")
            .then_some(())
    });
    assert_eq!(title(&mut owner, &place), NOBODY);
    goes_on(
        &mut client,
        &mut owner,
        &place,
        ("Агафья", "name"),
        "По какому телефону",
    );
    assert_eq!(title(&mut owner, &place), "Агафья");
    goes_on(&mut client, &mut owner, &place, ("8 900 000-00-11", "phone"), "Ольга");

    // A name proven before stays the first one.
    assert!(house.stop().success());
    let records = Records::of(&house);
    assert_eq!(
        records.words("select standing from subject_field where kind = 'name'"),
        ["claimed"]
    );
    let clear = "select count(*) from subject_field where cast(value_ct as text) like '%Агафья%'";
    assert_eq!(records.count(clear), 0, "the name is sealed");
    let store = records.store().clone();
    let proven =
        store.write_blocking(|tx| tx.execute("update subject_field set standing = 'proven' where kind = 'name'", &[]));
    assert_eq!(proven.expect("a statement"), 1);
    drop((records, store));
    house.start();
    let mut owner = owner.elsewhere(house.address());
    let mut client = client.elsewhere(house.address());
    let fields = [("text", "Меня зовут Феодосия"), ("once", "other")];
    client.call(Request::form("/chat/demo/messages", &fields));
    wait_for("the words at the desk", || {
        owner
            .call(Request::get(&place))
            .text()
            .contains("Феодосия")
            .then_some(())
    });
    assert_eq!(title(&mut owner, &place), "Агафья");
}
