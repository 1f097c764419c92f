//! A house in which somebody of each role works, and clients who are handed over there.

use shirma::access::Role;
use shirma_store::Engine;

use crate::people::{credentials, dialog_of, link_in, post, settle};
use crate::support::house::House;
use crate::support::http::{Request, Response, Visitor};
use crate::support::patience::wait_for;

/// Words of a client with all of it.
const WORDS: &str = "Меня зовут Анна Канарейкина, мой номер 8 900 147-25-83, почта kanareika.rights@example.ru, позовите администратора";

/// Pieces of the clients' phone that only its full form holds.
const DIGITS: [&str; 3] = ["147-25-83", "1472583", "9001472583"];
pub(crate) const MAIL: &str = "kanareika.rights@example.ru";
const MAIL_NAME: &str = "kanareika";
pub(crate) const SURNAME: &str = "Канарейкин";

/// Whether a page shows a phone or an e-mail of theirs in full.
pub(crate) fn shows_contact(text: &str) -> bool {
    DIGITS.iter().any(|digits| text.contains(digits)) || text.contains(MAIL_NAME)
}

/// A house with somebody of each role in it.
pub(crate) struct Staffed {
    pub(crate) house: House,
    pub(crate) people: Vec<(Role, Visitor)>,
}

impl Staffed {
    pub(crate) fn open(engine: Engine) -> Staffed {
        let mut house = House::fresh(engine);
        let owner = house.sign_in_path();
        settle(&house, &owner);
        house.stop();
        let mut links = Vec::new();
        for role in Role::ALL.into_iter().filter(|role| *role != Role::Owner) {
            links.push((role, add(&house, role)));
        }
        house.start();
        let mut owner = Visitor::new(house.address());
        assert_eq!(owner.call(credentials("owner")).status, 303);
        let mut people = vec![(Role::Owner, owner)];
        for (role, link) in links {
            people.push((role, settle(&house, &link)));
        }
        Staffed { house, people }
    }

    pub(crate) fn person(&mut self, role: Role) -> &mut Visitor {
        let found = self.people.iter_mut().find(|(other, _)| *other == role);
        &mut found.expect("somebody of each role").1
    }

    /// The program starts anew; whoever was in stays in.
    pub(crate) fn restarted(&mut self, between: impl FnOnce(&House)) {
        self.house.stop();
        between(&self.house);
        self.house.start();
        for (_, person) in &mut self.people {
            *person = person.elsewhere(self.house.address());
        }
    }

    pub(crate) fn post(&mut self, role: Role, path: &str, fields: &[(&str, &str)]) -> Response {
        post(self.person(role), path, fields)
    }

    pub(crate) fn get(&mut self, role: Role, path: &str) -> Response {
        self.person(role).call(Request::get(path))
    }

    /// Two clients, the second handed over to both specialists. Gives their dialogs and cards: foreign, own.
    pub(crate) fn with_two_clients(&mut self) -> [(String, String); 2] {
        let owner = 0;
        let first = dialog_of(&self.house, &mut self.people[owner].1, WORDS);
        let foreign = place_of(&mut self.people[owner].1, &first.1);
        let known = foreign.0.clone();
        let mut client = Visitor::new(self.house.address());
        let words = WORDS.replace("Анна Канарейкина", "Вера Канарейкина");
        let sent = client.call(Request::form(
            "/chat/demo/messages",
            &[("text", &words), ("once", "second")],
        ));
        assert_eq!(sent.header("location"), Some("/chat/demo"));
        let dialog = wait_for("the second dialog", || {
            ["waiting", "assistant"].into_iter().find_map(|tab| {
                let page = self.people[owner]
                    .1
                    .call(Request::get(format!("/desk/dialogs?tab={tab}")));
                let page = page.text();
                let all = page.split("id=\"d").skip(1);
                let ids = all.filter_map(|rest| rest.split('"').next()?.parse::<i64>().ok());
                let mut places = ids.map(|id| format!("/desk/dialogs/{id}"));
                places.find(|place| *place != known)
            })
        });
        let own = place_of(&mut self.people[owner].1, &dialog);
        self.hand_over(&own.1);
        [foreign, own]
    }

    pub(crate) fn hand_over(&mut self, card: &str) {
        let page = self.get(Role::Owner, card).text();
        let ids: Vec<String> = page
            .split("<button type=\"submit\" name=\"staff\" value=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next().map(str::to_owned))
            .collect();
        assert_eq!(ids.len(), 2, "a master and a doctor");
        for id in ids {
            let done = self.post(Role::Owner, &format!("{card}/assign"), &[("staff", &id)]);
            assert_eq!(done.status, 303);
        }
    }
}

fn add(house: &House, role: Role) -> String {
    let mut arguments = vec![
        "staff",
        "add",
        role.as_str(),
        "--role",
        role.as_str(),
        "--name",
        role.as_str(),
    ];
    if role == Role::Auditor {
        arguments.extend(["--until", "2099-12-31"]);
    }
    arguments.extend(["--config", "shirma.toml", "--data", "data"]);
    link_in(&house.run(&arguments))
}

/// The dialog and the card beside it.
fn place_of(owner: &mut Visitor, dialog: &str) -> (String, String) {
    let card = wait_for("the phone on the card", || {
        let page = owner.call(Request::get(dialog)).text();
        let mut all = page.split("href=\"/desk/clients/").skip(1);
        all.find_map(|rest| {
            let place = rest.split('"').next()?.strip_suffix("/reveal/phone")?;
            Some(format!("/desk/clients/{place}"))
        })
    });
    (dialog.to_owned(), card)
}
