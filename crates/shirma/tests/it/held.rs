//! An answer that a check held: a person sends it, changes it or discards it, and the client reads it once or never.

use shirma_store::Engine;

use crate::engines::on_both_engines;
use crate::people::{field, settle};
use crate::records::Records;
use crate::street::{Street, words};
use crate::support::http::{Request, Response, Visitor};
use crate::support::model::Says;
use crate::updates::Person;

on_both_engines! {
    a_held_answer_goes_out_as_it_stands_once_and_with_the_name_restored,
    a_held_answer_is_changed_before_it_goes_out_or_not_sent_at_all,
}

const WHO: Person = Person {
    id: 7_000_000_901,
    first: "Агафья",
    last: "Тестова",
    username: "",
};
/// Said by the model, held for the number in it.
const DRAFT: &str = "[Клиент-1], лимонад есть, звоните +7 900 555-44-33";
const RESTORED: &str = "Агафья Тестова, лимонад есть, звоните +7 900 555-44-33";

/// A held answer as the desk shows it.
struct Held {
    owner: Visitor,
    csrf: String,
    place: String,
    text: String,
}

impl Held {
    /// The client asks, the model says this, the owner opens the dialog.
    fn after(street: &Street, draft: &str) -> Held {
        let mut owner = settle(&street.house, &street.house.sign_in_path());
        street.consents(&WHO);
        street.model.script(Says::Words(draft.to_owned()));
        street.asks(&WHO, "Подскажите, есть ли у вас лимонад?");
        let list = owner.call(Request::get("/desk/dialogs?tab=waiting")).text();
        let dialog = list
            .split("href=\"/desk/dialogs/")
            .nth(1)
            .and_then(|rest| rest.split('?').next());
        let page = owner
            .call(Request::get(format!("/desk/dialogs/{}", dialog.expect("a dialog"))))
            .text();
        let form = page
            .split("class=\"held-draft\" action=\"")
            .nth(1)
            .expect("a form of the draft");
        let place = form.split("/send\"").next().expect("its address").to_owned();
        let text = form.split("<textarea").nth(1).and_then(|rest| rest.split('>').nth(1));
        let text = text
            .and_then(|rest| rest.split('<').next())
            .expect("its words")
            .to_owned();
        Held {
            csrf: field(&page, "csrf").to_owned(),
            owner,
            place,
            text,
        }
    }

    fn sends(&mut self, text: &str) -> Response {
        let fields = [("csrf", self.csrf.as_str()), ("text", text)];
        self.owner.call(Request::form(format!("{}/send", self.place), &fields))
    }

    fn discards(&mut self) -> Response {
        let fields = [("csrf", self.csrf.as_str())];
        self.owner
            .call(Request::form(format!("{}/discard", self.place), &fields))
    }
}

fn acts(records: &Records) -> Vec<String> {
    let act = |leaf: String| Some(leaf.split("\"act\":\"").nth(1)?.split('"').next()?.to_owned());
    records
        .leaves()
        .into_iter()
        .filter_map(act)
        .filter(|act| act.starts_with("draft."))
        .collect()
}

fn a_held_answer_goes_out_as_it_stands_once_and_with_the_name_restored(engine: Engine) {
    let mut street = Street::with_model(engine);
    let mut held = Held::after(&street, DRAFT);
    assert_eq!(held.text, RESTORED);
    let heard = street.sent_to(&WHO).len();
    assert_eq!(held.sends(RESTORED).status, 303);
    assert_eq!(words(&street.hears(&WHO, heard + 1)), RESTORED);
    let again = held.sends(RESTORED);
    assert_eq!(again.status, 409);
    assert!(again.text().contains("уже отправили или отклонили"));
    assert_eq!(held.discards().status, 409);

    street.stop_and_verify();
    assert_eq!(street.sent_to(&WHO).len(), heard + 1, "it went out once");
    let records = Records::of(&street.house);
    let lines = records.lines();
    let draft = lines
        .iter()
        .find(|line| line.author == "model")
        .expect("the draft stays");
    assert_eq!(draft.delivery.as_deref(), Some("released"));
    let sent = lines.last().expect("a message");
    assert_eq!(
        (sent.author.as_str(), sent.delivery.as_deref()),
        ("staff", Some("sent"))
    );
    assert_eq!(
        (sent.masked.as_deref(), sent.text.as_deref()),
        (Some(DRAFT), Some(RESTORED))
    );
    assert_eq!(acts(&records), ["draft.send"]);
    assert_eq!(records.words("select state from dialog"), ["staff"]);
}

fn a_held_answer_is_changed_before_it_goes_out_or_not_sent_at_all(engine: Engine) {
    let mut street = Street::with_model(engine);
    let mut held = Held::after(&street, "[Клиент-999], лимонад есть");
    let heard = street.sent_to(&WHO).len();
    let shown = held.text.clone();
    for bad in [shown.as_str(), "[Клиент-999], лимонад кончился"] {
        let refused = held.sends(bad);
        assert_eq!(refused.status, 422, "{bad}");
        assert!(refused.text().contains("есть код"), "{bad}");
    }
    assert_eq!(held.sends(" \n ").status, 422);
    assert_eq!(held.sends("Лимонад есть, ждём вас").status, 303);
    assert_eq!(words(&street.hears(&WHO, heard + 1)), "Лимонад есть, ждём вас");
    street.stop_and_verify();
    assert_eq!(acts(&Records::of(&street.house)), ["draft.send"]);

    let mut street = Street::with_model(engine);
    let mut held = Held::after(&street, DRAFT);
    let heard = street.sent_to(&WHO).len();
    assert_eq!(held.discards().status, 303);
    assert_eq!(held.sends(RESTORED).status, 409);
    street.stop_and_verify();
    assert_eq!(street.sent_to(&WHO).len(), heard);
    let records = Records::of(&street.house);
    let draft = "select delivery from message where author = 'model'";
    assert_eq!(records.words(draft), ["discarded"]);
    assert_eq!(acts(&records), ["draft.discard"]);
}
