//! P11: every role × every route × an own and a foreign thing, from one table; walks over ids; what the server never sends to
//! those who see no contacts; honey clients, quotas, two people; and P7: no value without its leaf.

use std::collections::BTreeMap;

use shirma::access::Role;
use shirma::desk::guard::{Gate, Names};
use shirma::desk::routes::ROUTES;
use shirma_store::{Engine, params};

use crate::desk::field;
use crate::engines::on_both_engines;
use crate::records::Records;
use crate::staffed::{Staffed, csrf_of};
use crate::support::http::{Request, Response};

on_both_engines! {
    every_role_meets_every_route_as_the_table_says,
    a_walk_over_ids_finds_nothing_that_is_not_ones_own,
    who_sees_no_contacts_is_never_sent_one,
    a_specialist_meets_a_client_from_the_moment_he_is_handed_over,
    a_quota_ends_reveals_and_rings,
    a_honey_client_rings_for_whoever_touches_him,
    a_list_of_clients_leaves_the_house_by_two_people_once,
    a_value_is_not_shown_when_its_leaf_cannot_be_written,
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

/// Pieces of the clients' phone that only its full form holds.
const DIGITS: [&str; 3] = ["147-25-83", "1472583", "9001472583"];
const MAIL: &str = "kanareika.rights@example.ru";
const MAIL_NAME: &str = "kanareika";
const SURNAME: &str = "Канарейкин";
fn shows_contact(text: &str) -> bool {
    DIGITS.iter().any(|digits| text.contains(digits)) || text.contains(MAIL_NAME)
}

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
}

fn a_quota_ends_reveals_and_rings(engine: Engine) {
    let mut staffed = Staffed::open(engine);
    let [_, own] = staffed.with_two_clients();
    let mut news = staffed.person(Role::Owner).listen("/desk/live");
    let ask = format!("{}/reveal/phone", own.1);
    for _shown in 0..30 {
        let shown = staffed.post(Role::Administrator, &ask, &[("reason", "call_back")]);
        assert!(shown.status == 200 && shown.text().contains("147-25-83"));
    }
    for _refused in 0..3 {
        let refused = staffed.post(Role::Administrator, &ask, &[("reason", "call_back")]);
        assert_eq!(refused.status, 422);
        assert!(!shows_contact(&refused.text()));
    }
    news.next_that(|event| event.name == "alarm");
    let alarms = staffed.get(Role::Owner, "/desk/alarms").text();
    assert_eq!(alarms.matches("<h2>Слишком много показов данных").count(), 1);
    assert!(alarms.contains("aria-label=\"новых тревог: 1\""), "the badge");
    // The owner is never stopped, and never without a leaf.
    for _shown in 0..33 {
        let shown = staffed.post(Role::Owner, &ask, &[("reason", "call_back")]);
        assert_eq!(shown.status, 200);
    }
    staffed.house.stop();
    let records = Records::of(&staffed.house);
    let leaves = records.rows("select body from audit_leaf order by seq", |row| row.get::<Vec<u8>>(0));
    let reveals: Vec<String> = leaves
        .iter()
        .map(|body| String::from_utf8_lossy(body).into_owned())
        .filter(|body| body.contains("subject.reveal"))
        .collect();
    assert_eq!(reveals.iter().filter(|body| body.contains("\"ok\"")).count(), 63);
    assert_eq!(reveals.iter().filter(|body| body.contains("\"deny\"")).count(), 1);
}

fn a_honey_client_rings_for_whoever_touches_him(engine: Engine) {
    let mut staffed = Staffed::open(engine);
    let honey = [("name", "Пётр Примеров"), ("phone", "+7 900 000-00-99")];
    let planted = staffed.post(Role::Owner, "/desk/honey", &honey);
    let card = planted.header("location").expect("a card").to_owned();
    assert!(staffed.get(Role::Owner, &card).text().contains("Больше не приманка"));
    let count = |staffed: &mut Staffed| {
        staffed
            .get(Role::DataOfficer, "/desk/alarms")
            .text()
            .matches("<h2>Открыли клиента-приманку")
            .count()
    };
    assert_eq!(count(&mut staffed), 0, "the owner may look at his trap");
    let page = staffed.get(Role::Administrator, &card).text();
    assert!(
        page.contains("Пётр Примеров") && !page.contains("риманк"),
        "he looks like any other"
    );
    assert_eq!(count(&mut staffed), 1);
    staffed.get(Role::Administrator, &card);
    assert_eq!(count(&mut staffed), 1, "the same one does not ring twice");
    staffed.post(Role::Manager, "/desk/clients", &[("find", "Примеров")]);
    assert_eq!(count(&mut staffed), 2, "a search finds him");
    let page = staffed.get(Role::Owner, "/desk/alarms").text();
    let seen = page
        .split("action=\"/desk/alarms/")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    let seen = format!("/desk/alarms/{}", seen.expect("an alarm"));
    assert_eq!(staffed.post(Role::Owner, &seen, &[]).status, 303);
    assert_eq!(staffed.post(Role::Owner, &seen, &[]).status, 404, "seen once");
    let shown = staffed.post(
        Role::Administrator,
        &format!("{card}/reveal/phone"),
        &[("reason", "call_back")],
    );
    assert_eq!(shown.status, 200);
    assert!(count(&mut staffed) >= 2);
}

fn a_list_of_clients_leaves_the_house_by_two_people_once(engine: Engine) {
    let mut staffed = Staffed::open(engine);
    staffed.with_two_clients();
    let fetch = "/desk/requests/export/fetch";
    assert_eq!(staffed.post(Role::Owner, fetch, &[]).status, 409, "nobody has approved");
    assert_eq!(staffed.post(Role::Owner, "/desk/requests/export", &[]).status, 303);
    let page = staffed.get(Role::Manager, "/desk/requests").text();
    let approve = page.split("action=\"/desk/requests/").find_map(|rest| {
        let id = rest.split('"').next()?.strip_suffix("/approve")?;
        Some(format!("/desk/requests/{id}/approve"))
    });
    let approve = approve.unwrap_or_else(|| panic!("nothing to approve in {page}"));
    assert_eq!(
        staffed.post(Role::Owner, &approve, &[]).status,
        409,
        "one person is not two"
    );
    assert_eq!(staffed.post(Role::Administrator, &approve, &[]).status, 403);
    assert_eq!(staffed.post(Role::Manager, &approve, &[]).status, 303);
    assert_eq!(
        staffed.post(Role::Manager, fetch, &[]).status,
        409,
        "whoever approved did not ask"
    );
    let sheet = staffed.post(Role::Owner, fetch, &[]);
    assert_eq!(sheet.status, 200);
    let kept = sheet.header("content-disposition").unwrap_or_default();
    assert!(kept.starts_with("attachment"), "{kept}");
    let text = sheet.text();
    assert_eq!(text.lines().count(), 3, "{text}");
    assert!(
        text.contains("79001472583") && text.contains(MAIL) && text.contains("К-0002"),
        "{text}"
    );
    assert_eq!(staffed.post(Role::Owner, fetch, &[]).status, 409, "once");
    let journal = staffed.get(Role::Owner, "/desk/journal?filter=staff").text();
    for words in [
        "Попросил второго человека",
        "Разрешил вторым",
        "Использовал разрешение двоих",
        "Выгрузил клиентов",
    ] {
        assert!(journal.contains(words), "{words}");
    }
    // The right is looked at again when it is done.
    staffed.post(Role::Manager, "/desk/requests/export", &[]);
    let page = staffed.get(Role::Owner, "/desk/requests").text();
    let id = page
        .split("id=\"approve-")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("a request")
        .to_owned();
    assert_eq!(
        staffed
            .post(Role::Owner, &format!("/desk/requests/{id}/approve"), &[])
            .status,
        303
    );
    staffed.restarted(|house| {
        let down = Records::of(house);
        let done = down.store().write_blocking(|tx| {
            tx.execute(
                "update staff set role = 'administrator' where role = 'manager'",
                params![],
            )
        });
        assert_eq!(done.expect("a role"), 1);
    });
    assert_eq!(staffed.post(Role::Manager, fetch, &[]).status, 403);
}

fn a_value_is_not_shown_when_its_leaf_cannot_be_written(engine: Engine) {
    let mut staffed = Staffed::open(engine);
    let [_, own] = staffed.with_two_clients();
    let ask = format!("{}/reveal/phone", own.1);
    let trap: &[&str] = match engine {
        Engine::Sqlite => &["create trigger no_reveals before insert on audit_leaf
              when instr(cast(new.body as text), 'subject.reveal') > 0
              begin select raise(abort, 'no room'); end"],
        Engine::Postgres => &[
            "create function no_reveals() returns trigger language plpgsql as $$ begin
               if position('subject.reveal' in convert_from(new.body, 'UTF8')) > 0 then raise exception 'no room'; end if;
               return new; end $$",
            "create trigger no_reveals before insert on audit_leaf for each row execute function no_reveals()",
        ],
    };
    staffed.restarted(|house| {
        let records = Records::of(house);
        let laid = records.store().write_blocking(move |tx| {
            for statement in trap {
                tx.execute(*statement, params![])?;
            }
            Ok::<_, shirma_store::Error>(())
        });
        laid.expect("a journal that takes no reveals");
    });
    for role in [Role::Owner, Role::Administrator] {
        let refused = staffed.post(role, &ask, &[("reason", "call_back")]);
        assert_eq!(refused.status, 503, "{role:?}");
        assert!(!shows_contact(&refused.text()));
        let worded = [("reason", "other"), ("words", "вернуть забытый зонт")];
        let refused = staffed.post(role, &ask, &worded);
        assert_eq!((refused.status, shows_contact(&refused.text())), (503, false));
    }
    staffed.house.stop();
    let kept = Records::of(&staffed.house).count("select count(*) from audit_detail");
    assert_eq!(kept, 0, "no words without their leaf");
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
    staffed.house.start();
    for (_, person) in &mut staffed.people {
        *person = person.elsewhere(staffed.house.address());
    }
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
