//! People as the tests let them in and act for them over HTTP: coming in by a link or a password, sending a page's form,
//! a client who writes.

use std::process::Output;

use crate::support::house::House;
use crate::support::http::{Request, Response, Visitor};
use crate::support::patience::wait_for;

pub(crate) const PASSWORD: &str = "синий чайник летит";

/// An address of the table with something in its places.
pub(crate) fn address_of(path: &str) -> String {
    path.replace("{name}", "shirma.css")
        .replace("{site}", "demo")
        .replace("{token}", "none")
        .replace('{', "1")
        .replace('}', "")
}

/// Value of the hidden field a page's forms carry.
pub(crate) fn field<'a>(page: &'a str, name: &str) -> &'a str {
    let mark = format!("name=\"{name}\" value=\"");
    page.split(&mark)
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap_or_else(|| panic!("no {name} in {page}"))
}

pub(crate) fn is_redirect(answer: &Response, place: Option<&str>) -> bool {
    answer.status == 303 && answer.header("location") == place
}

/// Comes in by a link and sets a password.
pub(crate) fn settle(house: &House, link: &str) -> Visitor {
    let mut person = Visitor::new(house.address());
    assert!(is_redirect(&person.call(Request::form(link, &[])), Some("/password")));
    let form = person.call(Request::get("/password")).text();
    let (csrf, login) = (field(&form, "csrf").to_owned(), login_of(&form));
    let fields = [
        ("csrf", csrf.as_str()),
        ("login", login.as_str()),
        ("password", PASSWORD),
        ("again", PASSWORD),
    ];
    // The second step is offered and put off.
    assert!(is_redirect(
        &person.call(Request::form("/password", &fields)),
        Some("/second-factor?next")
    ));
    person
}

fn login_of(page: &str) -> String {
    let rest = page.split("name=\"login\"").nth(1).expect("a field for the name");
    rest.split("value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("a name")
        .to_owned()
}

/// A client writes into the chat page; gives the visitor and the dialog's address at the desk.
pub(crate) fn dialog_of(house: &House, owner: &mut Visitor, words: &str) -> (Visitor, String) {
    let mut client = Visitor::new(house.address());
    let sent = client.call(Request::form(
        "/chat/demo/messages",
        &[("text", words), ("once", "first")],
    ));
    assert!(is_redirect(&sent, Some("/chat/demo")), "{}", sent.status);
    let place = wait_for("the dialog at the desk", || {
        ["waiting", "assistant"].iter().find_map(|tab| {
            let page = owner.call(Request::get(format!("/desk/dialogs?tab={tab}"))).text();
            let rest = page.split("href=\"/desk/dialogs/").nth(1)?;
            Some(format!("/desk/dialogs/{}", rest.split('?').next()?))
        })
    });
    (client, place)
}

/// Name and password of one who has settled.
pub(crate) fn credentials(login: &str) -> Request {
    Request::form("/sign-in", &[("login", login), ("password", PASSWORD)])
}

/// The link a command of the program prints.
pub(crate) fn link_in(told: &Output) -> String {
    let said = String::from_utf8_lossy(&[&told.stdout[..], &told.stderr].concat()).into_owned();
    let link = said
        .split_whitespace()
        .find_map(|word| word.find("/sign-in/").map(|at| word[at..].to_owned()));
    link.unwrap_or_else(|| panic!("no link in {said}"))
}

/// The code the forms of this person carry.
pub(crate) fn csrf_of(person: &mut Visitor) -> String {
    field(&person.call(Request::get("/desk/keys")).text(), "csrf").to_owned()
}

/// Sends a form of the desk.
pub(crate) fn post(person: &mut Visitor, path: &str, fields: &[(&str, &str)]) -> Response {
    let csrf = csrf_of(person);
    let mut all = vec![("csrf", csrf.as_str())];
    all.extend_from_slice(fields);
    person.call(Request::form(path, &all))
}
