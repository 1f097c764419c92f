//! P11: every role × every route × an own and a foreign thing, from one table; walks over ids; what the server never sends to
//! those who see no contacts; and how long rights hold.

use std::collections::BTreeMap;

use shirma::access::Role;
use shirma::desk::guard::{Gate, Names};
use shirma::desk::routes::ROUTES;
use shirma_store::Engine;

use crate::engines::on_both_engines;
use crate::people::{csrf_of, field, link_in};
use crate::records::Records;
use crate::staffed::{MAIL, SURNAME, Staffed, shows_contact};
use crate::support::http::{Request, Response};

on_both_engines! {
    every_role_meets_every_route_as_the_table_says,
    a_walk_over_ids_finds_nothing_that_is_not_ones_own,
    who_sees_no_contacts_is_never_sent_one,
    a_specialist_meets_a_client_from_the_moment_he_is_handed_over,
    an_account_ends_with_its_last_day_and_nobody_changes_his_own_rights,
}

/// What a route comes to for each role, in the order of [`Role::ALL`]: `+` it goes on, `0` as if there were no such thing, `-` his
/// role never may. Two signs where the address names a client or a dialog: an own one and a foreign one.
///
/// Owner, Manager, Administrator, Master, Doctor, DataOfficer, Auditor.
const TABLE: &[(&str, &str)] = &[
    ("GET /password", "+ + + + + + +"),
    ("POST /password", "+ + + + + + +"),
    ("POST /sign-out", "+ + + + + + +"),
    ("GET /second-factor", "+ + + + + + +"),
    ("POST /second-factor", "+ + + + + + +"),
    ("POST /second-factor/codes", "+ + + + + + +"),
    ("POST /second-factor/drop", "+ + + + + + +"),
    ("GET /confirm", "+ + + + + + +"),
    ("POST /confirm", "+ + + + + + +"),
    ("GET /account", "+ + + + + + +"),
    ("POST /account/end", "+ + + + + + +"),
    ("POST /account/end-others", "+ + + + + + +"),
    ("GET /desk/invite", "+ - - - - - -"),
    ("POST /desk/invite", "+ - - - - - -"),
    ("POST /desk/staff/{staff}/end", "+ - - - - - -"),
    ("GET /desk", "+ + + + + + +"),
    ("GET /desk/live", "+ + + + + + +"),
    ("GET /desk/keys", "+ + + + + + +"),
    ("GET /desk/dialogs", "+ + + + + - -"),
    ("GET /desk/dialogs/{dialog}", "++ ++ ++ +0 +0 -- --"),
    ("GET /desk/dialogs/{dialog}/seen/{message}", "++ ++ ++ +0 +0 -- --"),
    ("POST /desk/dialogs/{dialog}/reply", "++ ++ ++ +0 +0 -- --"),
    (
        "POST /desk/dialogs/{dialog}/held/{message}/send",
        "++ ++ ++ +0 +0 -- --",
    ),
    (
        "POST /desk/dialogs/{dialog}/held/{message}/discard",
        "++ ++ ++ +0 +0 -- --",
    ),
    ("POST /desk/dialogs/{dialog}/take", "++ ++ ++ +0 +0 -- --"),
    ("POST /desk/dialogs/{dialog}/give-back", "++ ++ ++ +0 +0 -- --"),
    ("POST /desk/dialogs/{dialog}/close", "++ ++ ++ +0 +0 -- --"),
    ("GET /desk/clients", "+ + + + + - -"),
    ("POST /desk/clients", "+ + + + + - -"),
    ("GET /desk/clients/{client}", "++ ++ ++ +0 +0 -- --"),
    ("GET /desk/clients/{client}/reveal/{kind}", "++ ++ ++ -- +0 -- --"),
    ("POST /desk/clients/{client}/reveal/{kind}", "++ ++ ++ -- +0 -- --"),
    ("POST /desk/clients/{client}/assign", "++ ++ ++ -- -- -- --"),
    ("POST /desk/clients/{client}/unassign", "++ ++ ++ -- -- -- --"),
    ("POST /desk/clients/{client}/honey", "++ -- -- -- -- -- --"),
    ("POST /desk/honey", "+ - - - - - -"),
    ("GET /desk/alarms", "+ - - - - + -"),
    ("POST /desk/alarms/{alarm}/seen", "+ - - - - + -"),
    ("GET /desk/requests", "+ + + - + - -"),
    ("POST /desk/requests/export", "+ + - - - - -"),
    ("POST /desk/requests/export/fetch", "+ + - - - - -"),
    ("POST /desk/requests/{request}/approve", "+ + - - - - -"),
    ("POST /desk/requests/{request}/refuse", "+ + - - - - -"),
    ("GET /desk/staff", "+ + - - - - -"),
    ("POST /desk/staff/{staff}", "+ - - - - - -"),
    ("POST /desk/staff/{staff}/disable", "+ - - - - - -"),
    ("GET /desk/journal", "+ + - - - + +"),
    ("GET /desk/consents", "+ + - - - + +"),
];

/// What the answer says of the right.
fn verdict(answer: &Response) -> char {
    let is_door = answer.header("location") == Some("/sign-in");
    match answer.status {
        403 if answer.text().contains("D-403") => '-',
        403 if answer.text().contains("D-419") => 'x',
        404 if answer.text().contains("D-404") => '0',
        _ if is_door => '!',
        500.. => '5',
        _ => '+',
    }
}

/// An address of the table with ids in its places.
fn filled(path: &str, ids: &BTreeMap<&str, String>) -> String {
    ids.iter().fold(path.to_owned(), |path, (name, id)| {
        path.replace(&format!("{{{name}}}"), id)
    })
}

fn id_of(place: &str) -> String {
    place.rsplit('/').next().expect("an id").to_owned()
}

fn every_role_meets_every_route_as_the_table_says(engine: Engine) {
    let mut staffed = Staffed::open(engine);
    let [foreign, own] = staffed.with_two_clients();
    // An alarm and a request to meet, and somebody to disable.
    let honey = [("name", "Пётр Примеров"), ("phone", "+7 900 000-00-99")];
    let planted = staffed.post(Role::Owner, "/desk/honey", &honey);
    let trap = planted.header("location").expect("a card").to_owned();
    assert_eq!(staffed.get(Role::Manager, &trap).status, 200);
    staffed.post(Role::Manager, "/desk/requests/export", &[]);
    let owner_sees = |page: String, mark: &str| -> String {
        let rest = page.split(mark).nth(1).unwrap_or_else(|| panic!("no {mark} in {page}"));
        rest.split('/').next().expect("an id").to_owned()
    };
    let alarm = owner_sees(
        staffed.get(Role::Owner, "/desk/alarms").text(),
        "action=\"/desk/alarms/",
    );
    let request = owner_sees(staffed.get(Role::Owner, "/desk/requests").text(), "id=\"approve-");
    let request = request.split('"').next().expect("an id").to_owned();

    for (index, role) in Role::ALL.into_iter().enumerate() {
        let csrf = csrf_of(staffed.person(role));
        for route in ROUTES.iter().filter(|route| matches!(route.gate, Gate::Needs(_))) {
            let name = format!("{} {}", route.method, route.path);
            let line = TABLE.iter().find(|(known, _)| *known == name);
            let (_, signs) = line.unwrap_or_else(|| panic!("{name} stands in no line of the table"));
            let signs = signs.split(' ').nth(index).expect("a column for each role");
            let names_client = Names::of(route.path) != Names::NoClient;
            assert_eq!(signs.len(), if names_client { 2 } else { 1 }, "{name}");
            let seen = if route.path == "/desk/live" {
                staffed.person(role).listen("/desk/live");
                "+".to_owned()
            } else if route.path == "/sign-out" {
                // Nobody is sent away in the middle: the form of another person is refused after the right was found.
                "+".to_owned()
            } else {
                [&own, &foreign]
                    .into_iter()
                    .take(signs.len())
                    .map(|(dialog, card)| {
                        let ids = BTreeMap::from([
                            ("dialog", id_of(dialog)),
                            ("client", id_of(card)),
                            ("message", "1".to_owned()),
                            ("kind", "phone".to_owned()),
                            ("alarm", alarm.clone()),
                            ("request", request.clone()),
                            ("staff", "1".to_owned()),
                        ]);
                        let path = filled(route.path, &ids);
                        let request = match route.method.as_str() {
                            "POST" => Request::form(path, &[("csrf", csrf.as_str()), ("find", "К-0001")]),
                            _ => Request::get(path),
                        };
                        let answer = staffed.person(role).call(request);
                        let text = answer.text();
                        assert!(
                            role.sight().contacts || !shows_contact(&text),
                            "{name} shows a contact to {role:?}"
                        );
                        // A message or a member of staff of that number there is not: the right was found before.
                        let is_met = route.path.contains("{message}") || route.path.contains("{staff}");
                        match (verdict(&answer), signs.chars().next()) {
                            ('0', Some('+')) if is_met && text.contains("D-404") && dialog == &own.0 => '+',
                            ('0', Some('+')) if is_met && role.reach() == shirma::access::Reach::All => '+',
                            // Somebody saw the alarm or settled the request before him.
                            ('0', Some('+')) if route.path.contains("{alarm}") => '+',
                            (verdict, _) => verdict,
                        }
                    })
                    .collect()
            };
            assert_eq!(seen, signs, "{name} for {role:?}");
        }
    }
    for (known, _) in TABLE {
        let is_there = ROUTES
            .iter()
            .any(|route| format!("{} {}", route.method, route.path) == *known);
        assert!(is_there, "{known} is no route any more");
    }
}

fn a_walk_over_ids_finds_nothing_that_is_not_ones_own(engine: Engine) {
    let mut staffed = Staffed::open(engine);
    let [foreign, own] = staffed.with_two_clients();
    let absent = staffed.get(Role::Master, "/desk/dialogs/4");
    assert_eq!(absent.status, 404);
    let near: i64 = id_of(&foreign.0).parse().expect("an id");
    let card: i64 = id_of(&foreign.1).parse().expect("an id");
    let mut met = 0;
    for step in 0..250 {
        for path in [
            format!("/desk/dialogs/{}", near - 125 + step),
            format!("/desk/clients/{}", card - 125 + step),
            format!("/desk/dialogs/{step}"),
            format!("/desk/clients/7900000{step:04}"),
        ] {
            let answer = staffed.get(Role::Master, &path);
            if path == own.0 || path == own.1 {
                met += 1;
                continue;
            }
            assert_eq!(answer.status, 404, "{path}");
            assert_eq!(answer.text(), absent.text(), "{path} can be told from nothing");
        }
    }
    assert!(met <= 2);
    for place in [&foreign.0, &foreign.1] {
        let answer = staffed.get(Role::Doctor, place);
        assert_eq!((answer.status, answer.text()), (404, absent.text()));
    }
    // A thousand refusals are a handful of entries and one alarm.
    let alarms = staffed.get(Role::Owner, "/desk/alarms").text();
    assert_eq!(alarms.matches("Много попыток открыть чужое").count(), 1);
    staffed.house.stop();
    let records = Records::of(&staffed.house);
    let denials = records.rows("select body from audit_leaf order by seq", |row| row.get::<Vec<u8>>(0));
    let told = denials
        .iter()
        .filter(|body| String::from_utf8_lossy(body).contains("access.deny"))
        .count();
    assert!((1..=8).contains(&told), "{told} entries about refusals");
}

fn who_sees_no_contacts_is_never_sent_one(engine: Engine) {
    let mut staffed = Staffed::open(engine);
    let [foreign, own] = staffed.with_two_clients();
    for role in Role::ALL {
        let csrf = csrf_of(staffed.person(role));
        let mut pages = vec![
            "/desk/dialogs?tab=waiting".to_owned(),
            "/desk/dialogs?tab=nobodys".to_owned(),
            "/desk/clients".to_owned(),
            own.0.clone(),
            own.1.clone(),
            foreign.0.clone(),
            foreign.1.clone(),
            "/desk/journal".to_owned(),
        ];
        let thread = staffed.get(role, &own.0).text();
        let mark = format!("href=\"{}/seen/", own.0);
        let eyes = thread.split(&mark).skip(1);
        pages.extend(eyes.filter_map(|rest| Some(format!("{}/seen/{}", own.0, rest.split('"').next()?))));
        let mut answers: Vec<(String, String)> = pages
            .into_iter()
            .map(|page| (page.clone(), staffed.get(role, &page).text()))
            .collect();
        for find in ["К-0001", "Анна", "Вера"] {
            let found = staffed
                .person(role)
                .call(Request::form("/desk/clients", &[("csrf", &csrf), ("find", find)]));
            answers.push((format!("search for {find}"), found.text()));
        }
        for (place, text) in &answers {
            if !role.sight().contacts {
                assert!(!shows_contact(text), "{place} shows a contact to {role:?}");
            }
            if role == Role::Master {
                assert!(!text.contains(SURNAME), "{place} shows a surname to a master");
            }
        }
        if role.may(shirma::access::Permission::ReadDialogs) {
            assert!(
                thread.contains("+7 900 •••-••-83"),
                "{role:?} sees that there is a phone"
            );
            assert!(thread.contains("Вера"), "{role:?} sees what the client is called by");
        }
        if role.sight().contacts {
            assert!(
                thread.contains("147-25-83") && thread.contains(MAIL),
                "{role:?} reads the text as it is"
            );
        }
    }
    // What a specialist does not see he does not find either.
    let csrf = csrf_of(staffed.person(Role::Master));
    for (find, is_found) in [
        ("Вера", true),
        ("Канарейкина", false),
        ("2583", false),
        ("Анна", false),
        ("К-0001", false),
    ] {
        let answer = staffed
            .person(Role::Master)
            .call(Request::form("/desk/clients", &[("csrf", &csrf), ("find", find)]))
            .text();
        assert_eq!(
            answer.contains("href=\"/desk/clients/"),
            is_found && answer.contains("К-0002"),
            "{find}"
        );
    }
    // His open desk hears of his own clients only.
    let mut news = staffed.person(Role::Master).listen("/desk/live");
    for dialog in [&foreign.0, &own.0] {
        staffed.post(Role::Owner, &format!("{dialog}/close"), &[("outcome", "answered")]);
    }
    let heard = news.next_that(|event| event.name == "dialog");
    assert_eq!(heard.data, id_of(&own.0));
}

fn a_specialist_meets_a_client_from_the_moment_he_is_handed_over(engine: Engine) {
    let mut staffed = Staffed::open(engine);
    let [foreign, own] = staffed.with_two_clients();
    assert_eq!(staffed.get(Role::Master, &foreign.1).status, 404);
    assert_eq!(staffed.get(Role::Master, &own.1).status, 200);
    staffed.hand_over(&foreign.1);
    for place in [&foreign.0, &foreign.1] {
        assert_eq!(staffed.get(Role::Master, place).status, 200, "{place}");
    }
    let page = staffed.get(Role::Owner, &foreign.1).text();
    let form = page.split("/unassign\"").nth(1).expect("a way to take him back");
    let id = field(form, "staff").to_owned();
    let gone = staffed.post(
        Role::Administrator,
        &format!("{}/unassign", foreign.1),
        &[("staff", &id)],
    );
    assert_eq!(gone.status, 303);
    assert_eq!(staffed.get(Role::Master, &foreign.1).status, 404);
    // Nobody is handed over to one who meets no clients.
    let nobody = staffed.post(Role::Owner, &format!("{}/assign", foreign.1), &[("staff", "1")]);
    assert_eq!(nobody.status, 400);
    let journal = staffed.get(Role::Owner, "/desk/journal?filter=staff").text();
    assert!(journal.contains("Передал клиента"));
    // Nor to one whose last day is over.
    let offered = format!("name=\"staff\" value=\"{id}\"");
    assert!(staffed.get(Role::Owner, &foreign.1).text().contains(&offered));
    let over = [("role", "master"), ("until", "2020-01-01")];
    assert_eq!(
        staffed.post(Role::Owner, &format!("/desk/staff/{id}"), &over).status,
        303
    );
    assert!(!staffed.get(Role::Owner, &foreign.1).text().contains(&offered));
    let gone = staffed.post(Role::Owner, &format!("{}/assign", foreign.1), &[("staff", &id)]);
    assert_eq!(gone.status, 400);
}

fn an_account_ends_with_its_last_day_and_nobody_changes_his_own_rights(engine: Engine) {
    let mut staffed = Staffed::open(engine);
    let page = staffed.get(Role::Owner, "/desk/staff").text();
    let ids: Vec<String> = page
        .split("action=\"/desk/staff/")
        .skip(1)
        .filter_map(|rest| rest.split(['"', '/']).next().map(str::to_owned))
        .filter(|id| !id.is_empty())
        .collect();
    // Each form twice: to change and to disable. The owner's own is not there.
    let mut others: Vec<String> = ids.clone();
    others.dedup();
    assert_eq!(others.len(), 6, "{page}");
    let auditor = others.last().expect("the auditor came last").clone();
    assert_eq!(staffed.get(Role::Auditor, "/desk/journal").status, 200);
    let endless = [("role", "auditor"), ("until", "")];
    assert_eq!(
        staffed
            .post(Role::Owner, &format!("/desk/staff/{auditor}"), &endless)
            .status,
        422
    );
    let over = [("role", "auditor"), ("until", "2020-01-01")];
    assert_eq!(
        staffed
            .post(Role::Owner, &format!("/desk/staff/{auditor}"), &over)
            .status,
        303
    );
    let gone = staffed.get(Role::Auditor, "/desk/journal");
    assert_eq!(gone.header("location"), Some("/sign-in"), "his day is over");
    // Another role holds from the next request on.
    let master = others[2].clone();
    assert_eq!(staffed.get(Role::Master, "/desk/journal").status, 403);
    let raised = [("role", "data_officer"), ("until", "")];
    assert_eq!(
        staffed
            .post(Role::Owner, &format!("/desk/staff/{master}"), &raised)
            .status,
        303
    );
    assert_eq!(staffed.get(Role::Master, "/desk/journal").status, 200);
    staffed.house.stop();
    let own = Records::of(&staffed.house).rows("select id from staff where role = 'owner'", |row| row.get::<i64>(0));
    let link = link_in(&staffed.house.run(&["staff", "link", "auditor", "--data", "data"]));
    staffed.house.start();
    for (_, person) in &mut staffed.people {
        *person = person.elsewhere(staffed.house.address());
    }
    let dead = staffed.house.call(&Request::get(link));
    assert!(
        dead.text().contains("Ссылка больше не действует"),
        "his day is over for links too"
    );
    let down = [("role", "administrator"), ("until", "")];
    let refused = staffed.post(Role::Owner, &format!("/desk/staff/{}", own[0]), &down);
    assert_eq!(refused.status, 422);
    assert_eq!(
        staffed
            .post(Role::Owner, &format!("/desk/staff/{}/disable", own[0]), &[])
            .status,
        422
    );
}
