//! The desk as its people meet it over HTTP: coming in, rights, forms of strangers, answering, showing a phone.

use shirma::access::{self, SignIn};
use shirma::audit::erase_details;
use shirma::desk::guard::Gate;
use shirma::desk::routes::ROUTES;
use shirma::identifier::SubjectId;
use shirma_store::Engine;

use crate::engines::on_both_engines;
use crate::people::{PASSWORD, address_of, credentials, dialog_of, field, is_redirect, link_in, settle};
use crate::records::Records;
use crate::support::house::House;
use crate::support::http::{Request, Visitor};
use crate::support::patience::wait_for;

on_both_engines! {
    nobody_passes_a_door_without_a_session_and_no_stranger_sends_a_form,
    a_link_lets_in_once_and_a_look_at_it_does_not_count,
    a_password_opens_the_desk_until_signing_out,
    an_administrator_sees_no_journal_and_a_disabled_one_nothing,
    a_person_answers_once_however_often_the_form_is_sent,
    a_phone_is_masked_until_a_reason_is_given,
    the_eye_shows_what_the_assistant_saw,
    an_open_desk_hears_of_a_message_at_once,
    anybody_can_check_the_hash_of_a_consent_text,
    a_chat_page_remembers_its_visitor_and_no_other,
    too_long_and_too_many_chat_messages_are_refused_in_words,
    another_reason_is_kept_beside_the_journal_and_not_in_it,
    a_check_of_the_journal_is_told_on_its_page,
    a_program_told_to_stop_ends_the_streams_of_open_pages,
    an_address_that_tries_many_names_is_sent_away_and_nobody_else_is,
}

const SIGN_IN: Option<&str> = Some("/sign-in");

fn nobody_passes_a_door_without_a_session_and_no_stranger_sends_a_form(engine: Engine) {
    let house = House::fresh(engine);
    for route in ROUTES {
        let path = address_of(route.path);
        let own = format!("http://{}", house.address());
        let plain = Request::new(route.method.as_str(), path.as_str());
        let is_form = route.method == "POST";
        let asked = if is_form {
            plain.clone().header("Origin", own)
        } else {
            plain.clone()
        };
        let answer = house.call(&asked);
        match route.gate {
            Gate::Needs(_) => assert!(is_redirect(&answer, SIGN_IN), "{path}: {}", answer.status),
            Gate::Public => assert!(answer.status < 500 && answer.status != 405, "{path}: {}", answer.status),
        }
        if is_form {
            for foreign in [
                plain.clone(),
                plain.clone().header("Origin", "null"),
                plain.clone().header("Origin", "https://evil.example"),
                plain.clone().header("Sec-Fetch-Site", "cross-site"),
            ] {
                assert_eq!(house.call(&foreign).status, 403, "{path}");
            }
        }
        let policy = answer.header("content-security-policy").unwrap_or_default();
        assert!(
            policy.contains("default-src 'none'") && policy.contains("script-src 'self'"),
            "{path}: {policy}"
        );
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert!(
            route.path.starts_with("/assets") || answer.header("cache-control") == Some("no-store"),
            "{path}"
        );
    }
    let stream = Request::get("/desk/live").header("Accept", "text/event-stream");
    assert_eq!(house.call(&stream).status, 401);
}

fn a_link_lets_in_once_and_a_look_at_it_does_not_count(engine: Engine) {
    let house = House::fresh(engine);
    let link = house.sign_in_path();
    for _preview in 0..3 {
        assert_eq!(house.call(&Request::get(&link)).status, 200);
    }
    let mut owner = settle(&house, &link);
    assert_eq!(owner.call(Request::get("/desk/dialogs")).status, 200);
    let mut late = Visitor::new(house.address());
    assert_eq!(late.call(Request::form(&link, &[])).status, 403);
    assert!(is_redirect(&late.call(Request::get("/desk")), SIGN_IN));
}

fn a_password_opens_the_desk_until_signing_out(engine: Engine) {
    let house = House::fresh(engine);
    settle(&house, &house.sign_in_path());
    let mut owner = Visitor::new(house.address());
    let enter = |password: &str, login: &str| Request::form("/sign-in", &[("login", login), ("password", password)]);
    let unknown = owner.call(enter("что-то другое", "nobody"));
    let wrong = owner.call(enter("что-то другое", "owner"));
    assert_eq!((unknown.status, wrong.status), (403, 403));
    assert_eq!(unknown.text(), wrong.text(), "the answer does not tell who works here");
    let opened = wait_for("the end of the rest after a failure", || {
        let answer = owner.call(enter(PASSWORD, " Owner "));
        (answer.status == 303).then_some(answer)
    });
    let cookie = opened.header("set-cookie").unwrap_or_default();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
    let page = owner.call(Request::get("/desk/dialogs"));
    assert_eq!(page.status, 200);
    assert_eq!(
        owner.call(Request::form("/sign-out", &[])).status,
        403,
        "a form without its code"
    );
    assert_eq!(
        owner
            .call(Request::form("/sign-out", &[("csrf", &"0".repeat(64))]))
            .status,
        403
    );
    let page = page.text();
    assert_eq!(
        owner
            .call(Request::form("/sign-out", &[("csrf", field(&page, "csrf"))]))
            .status,
        303
    );
    assert!(is_redirect(&owner.call(Request::get("/desk/dialogs")), SIGN_IN));
}

fn an_administrator_sees_no_journal_and_a_disabled_one_nothing(engine: Engine) {
    let mut house = House::fresh(engine);
    let owner_link = house.sign_in_path();
    settle(&house, &owner_link);
    house.stop();
    let added = house.run(&[
        "staff",
        "add",
        "olga",
        "--name",
        "Ольга",
        "--config",
        "shirma.toml",
        "--data",
        "data",
    ]);
    house.start();
    let mut olga = settle(&house, &link_in(&added));
    for (place, status) in [
        ("/desk/dialogs", 200),
        ("/desk/clients", 200),
        ("/desk/journal", 403),
        ("/desk/consents", 403),
    ] {
        assert_eq!(olga.call(Request::get(place)).status, status, "{place}");
    }
    let page = olga.call(Request::get("/desk/clients")).text();
    assert!(page.contains("Ольга") && !page.contains("/desk/journal"));
    house.stop();
    let gone = house.run(&["staff", "disable", "olga", "--config", "shirma.toml", "--data", "data"]);
    assert!(gone.status.success());
    house.start();
    let mut later = Visitor::new(house.address());
    let tried = later.call(credentials("olga"));
    assert_eq!(tried.status, 403);
}

fn a_person_answers_once_however_often_the_form_is_sent(engine: Engine) {
    let house = House::fresh(engine);
    let mut owner = settle(&house, &house.sign_in_path());
    let (mut client, place) = dialog_of(&house, &mut owner, "Здравствуйте, позовите администратора");
    let mut news = client.listen("/chat/demo/events");
    let page = owner.call(Request::get(&place)).text();
    let reply = |csrf: &str| {
        let fields = [
            ("csrf", csrf),
            ("text", "Добрый день, это Ольга <b>"),
            ("once", "answer-1"),
        ];
        Request::form(format!("{place}/reply"), &fields)
    };
    for _repeat in 0..3 {
        assert_eq!(owner.call(reply(field(&page, "csrf"))).status, 303);
    }
    news.next_that(|event| event.name == "changed");
    let heard = wait_for("the answer in the chat", || {
        let thread = client.call(Request::get("/chat/demo/thread")).text();
        thread.contains("это Ольга").then_some(thread)
    });
    assert_eq!(heard.matches("это Ольга").count(), 1);
    assert!(heard.contains("Ольга &#60;b&#62;"));
    let page = owner.call(Request::get(&place)).text();
    assert_eq!(
        page.matches("это Ольга").count(),
        page.matches("это Ольга &#60;b&#62;").count()
    );
    assert!(page.contains("У сотрудника"));
    let empty = Request::form(
        format!("{place}/reply"),
        &[("csrf", field(&page, "csrf")), ("text", " \n"), ("once", "2")],
    );
    assert_eq!(owner.call(empty).status, 422);
}

fn a_phone_is_masked_until_a_reason_is_given(engine: Engine) {
    let house = House::fresh(engine);
    let mut owner = settle(&house, &house.sign_in_path());
    let (_client, place) = dialog_of(&house, &mut owner, "Перезвоните, мой номер 8 900 000-00-11");
    let page = owner.call(Request::get(&place)).text();
    assert!(page.contains("+7 900 •••-••-11"), "the card masks");
    let ask = page
        .split("href=\"/desk/clients/")
        .find_map(|rest| rest.split('"').next().filter(|at| at.contains("/reveal/")));
    let ask = format!("/desk/clients/{}", ask.expect("a way to see the phone"));
    let question = owner.call(Request::get(&ask)).text();
    assert!(!question.contains("9000000011"));
    let csrf = field(&question, "csrf").to_owned();
    let short = [("csrf", csrf.as_str()), ("reason", "other"), ("words", "надо")];
    let refused = owner.call(Request::form(&ask, &short));
    assert_eq!(refused.status, 422);
    assert!(!refused.text().contains("000-00-11"));
    assert!(refused.text().contains("Напишите причину"));
    let blank = [("csrf", csrf.as_str()), ("reason", "other"), ("words", "            ")];
    assert_eq!(owner.call(Request::form(&ask, &blank)).status, 422);
    let shown = owner.call(Request::form(&ask, &[("csrf", csrf.as_str()), ("reason", "call_back")]));
    assert_eq!(shown.status, 200);
    assert!(shown.text().contains("+7 900 000-00-11"));
    let journal = owner.call(Request::get("/desk/journal?filter=reveals")).text();
    assert_eq!(journal.matches("Открыл данные").count(), 1);
    assert!(journal.contains("К-0001") && journal.contains("перезвонить"));
    assert!(!journal.contains("000-00-11"));
}

fn the_eye_shows_what_the_assistant_saw(engine: Engine) {
    let house = House::fresh(engine);
    let mut owner = settle(&house, &house.sign_in_path());
    let (_client, place) = dialog_of(&house, &mut owner, "Меня зовут Анна Тестова, номер 8 900 000-00-11");
    let page = owner.call(Request::get(&place)).text();
    let eye = page
        .split(&format!("href=\"{place}/seen/"))
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    let shown = owner
        .call(Request::get(format!("{place}/seen/{}", eye.expect("an eye"))))
        .text();
    let (real, masked) = shown.split_once("Помощник увидел").expect("two sides");
    assert!(real.contains("<mark class=\"real\">8 900 000-00-11</mark>"), "{real}");
    assert!(
        masked.contains("<mark class=\"code\">[") && !masked.contains("000-00-11"),
        "{masked}"
    );
    assert_eq!(owner.call(Request::get(format!("{place}/seen/1"))).status, 404);
    assert_eq!(owner.call(Request::get("/desk/dialogs/1")).status, 404);
}

fn an_open_desk_hears_of_a_message_at_once(engine: Engine) {
    let house = House::fresh(engine);
    let mut owner = settle(&house, &house.sign_in_path());
    let mut news = owner.listen("/desk/live");
    let (_client, place) = dialog_of(&house, &mut owner, "Добрый день \u{202e}задом наперёд");
    let dialog = place.rsplit('/').next().expect("an id").to_owned();
    news.next_that(|event| event.name == "dialog" && event.data == dialog);
    let page = owner.call(Request::get(&place)).text();
    assert!(page.contains("задом наперёд") && !page.contains('\u{202e}'));
}

fn anybody_can_check_the_hash_of_a_consent_text(engine: Engine) {
    let house = House::fresh(engine);
    let page = house.call(&Request::get("/consent/assistant/v1"));
    assert_eq!(page.status, 200);
    let text = house.call(&Request::get("/consent/assistant/v1.txt"));
    let hash = shirma_vault::hex(&shirma_vault::sha256(&text.body));
    assert!(page.text().contains(&hash));
    for nothing in [
        "/consent/assistant/v99",
        "/consent/other/v1",
        "/consent/assistant/1",
        "/consent/assistant/vx.txt",
    ] {
        assert_eq!(house.call(&Request::get(nothing)).status, 404, "{nothing}");
    }
}

fn a_chat_page_remembers_its_visitor_and_no_other(engine: Engine) {
    let house = House::fresh(engine);
    let mut owner = settle(&house, &house.sign_in_path());
    let (mut client, _place) = dialog_of(&house, &mut owner, "Моё первое слово");
    let own = wait_for("his own words", || {
        let thread = client.call(Request::get("/chat/demo/thread")).text();
        thread.contains("Моё первое слово").then_some(thread)
    });
    assert!(own.contains("Моё первое слово"));
    let mut other = Visitor::new(house.address());
    assert!(
        !other
            .call(Request::get("/chat/demo/thread"))
            .text()
            .contains("Моё первое слово")
    );
    assert_eq!(other.call(Request::get("/chat/demo/events")).status, 204);
    assert_eq!(other.call(Request::get("/chat/unknown")).status, 404);
    // In a frame the token goes in a header.
    let framed = Request::form("/chat/demo/messages", &[("text", "Из рамки"), ("once", "a")])
        .header("Accept", "application/json");
    let token = Visitor::new(house.address()).call(framed).json()["visitor"]
        .as_str()
        .expect("a token")
        .to_owned();
    wait_for("the words from the frame", || {
        let asked = Request::get("/chat/demo/thread").header("X-Visitor", token.as_str());
        house.call(&asked).text().contains("Из рамки").then_some(())
    });
}

fn too_long_and_too_many_chat_messages_are_refused_in_words(engine: Engine) {
    let house = House::fresh(engine);
    let mut client = Visitor::new(house.address());
    let long = "я".repeat(4_097);
    let refused = client.call(Request::form(
        "/chat/demo/messages",
        &[("text", long.as_str()), ("once", "a")],
    ));
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("длиннее 4096"));
    let huge = "a".repeat(200_000);
    let refused = client.call(Request::form(
        "/chat/demo/messages",
        &[("text", huge.as_str()), ("once", "a")],
    ));
    assert_eq!(refused.status, 413);
    let statuses: Vec<u16> = (0..60)
        .map(|number| {
            let once = format!("m{number}");
            client
                .call(Request::form(
                    "/chat/demo/messages",
                    &[("text", "и ещё"), ("once", once.as_str())],
                ))
                .status
        })
        .collect();
    assert!(statuses.contains(&429) && statuses[0] == 303, "{statuses:?}");
}

fn another_reason_is_kept_beside_the_journal_and_not_in_it(engine: Engine) {
    const WHY: &str = "вернуть забытый зонтик";
    let mut house = House::fresh(engine);
    let mut owner = settle(&house, &house.sign_in_path());
    let (_client, place) = dialog_of(&house, &mut owner, "Перезвоните, мой номер 8 900 000-00-11");
    let page = owner.call(Request::get(&place)).text();
    let ask = page
        .split("href=\"/desk/clients/")
        .find_map(|rest| rest.split('"').next().filter(|at| at.contains("/reveal/")));
    let ask = format!("/desk/clients/{}", ask.expect("a way to see the phone"));
    let csrf = field(&owner.call(Request::get(&ask)).text(), "csrf").to_owned();
    let other = [("csrf", csrf.as_str()), ("reason", "other"), ("words", WHY)];
    assert_eq!(owner.call(Request::form(&ask, &other)).status, 200);
    assert!(owner.call(Request::get("/desk/journal")).text().contains(WHY));
    assert!(house.stop().success());

    let records = Records::of(&house);
    let mut leaves = records.leaves().into_iter();
    let leaf = leaves
        .find(|leaf| leaf.contains("\"other\""))
        .expect("a leaf of the look");
    assert!(!leaf.contains("зонтик") && !leaf.contains("\"dc\":null"), "{leaf}");
    assert_eq!(records.count("select count(*) from audit_detail"), 1);
    let kept = records.rows("select detail_ct from audit_detail", |row| row.get::<Vec<u8>>(0));
    assert!(!String::from_utf8_lossy(&kept[0]).contains("зонтик"));
    let about = SubjectId(records.count("select subject from audit_detail"));
    // Erased, the words are gone and the journal stands.
    let erased = records.write(move |tx| erase_details(tx, about));
    assert_eq!(erased.expect("the words go"), 1);
    drop(records);
    house.start();
    assert!(!owner_again(&house, &owner).contains(WHY));
    assert!(house.stop().success());
    assert!(house.run(&["audit", "verify", "--data", "data"]).status.success());
}

/// The journal page of somebody who signed in before the program was started anew.
fn owner_again(house: &House, owner: &Visitor) -> String {
    let page = owner.elsewhere(house.address()).call(Request::get("/desk/journal"));
    assert_eq!(page.status, 200);
    page.text()
}

fn a_check_of_the_journal_is_told_on_its_page(engine: Engine) {
    let mut house = House::fresh(engine);
    let mut owner = settle(&house, &house.sign_in_path());
    let before = owner.call(Request::get("/desk/journal")).text();
    assert!(before.contains("ещё не было") && !before.contains("всё цело"));
    assert!(house.stop().success());
    assert_eq!(house.run(&["audit", "verify", "--data", "data"]).status.code(), Some(0));
    house.start();
    let after = owner_again(&house, &owner);
    assert!(
        after.contains("всё цело") && after.contains("Проверил журнал"),
        "{after}"
    );
}

fn a_program_told_to_stop_ends_the_streams_of_open_pages(engine: Engine) {
    let mut house = House::fresh(engine);
    let mut owner = settle(&house, &house.sign_in_path());
    let (client, _place) = dialog_of(&house, &mut owner, "Добрый день");
    let desk = owner.listen("/desk/live");
    let chat = client.listen("/chat/demo/events");
    assert!(house.stop().success());
    assert!(desk.ends_in_order(), "the desk was cut off");
    assert!(chat.ends_in_order(), "the chat page was cut off");
}

fn an_address_that_tries_many_names_is_sent_away_and_nobody_else_is(engine: Engine) {
    let mut house = House::fresh(engine);
    assert!(house.stop().success());
    let (mut settings, secrets) =
        shirma::settings::load(Some(&house.folder().join("shirma.toml"))).expect("the settings");
    settings.data = house.data();
    let app = shirma::opening::open(settings, &secrets).expect("the house opens");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let tries = |from: &str, count: usize| {
        let from: std::net::IpAddr = from.parse().expect("an address");
        let app = app.clone();
        async move {
            let mut sent_away = 0;
            for number in 0..count {
                let password = shirma_vault::SecretString::new(format!("password {number}"));
                let came = access::sign_in(&app, from, &format!("name{number}"), password, "").await;
                sent_away += usize::from(matches!(came, Ok(SignIn::TooOften { wait_ms }) if wait_ms > 0));
            }
            sent_away
        }
    };
    runtime.expect("a runtime").block_on(async {
        // Twice the limit and one more: also when the minute turns meanwhile.
        assert!(tries("192.0.2.7", 25).await > 0);
        assert_eq!(tries("192.0.2.8", 2).await, 0);
        assert_eq!(
            tries("127.0.0.1", 25).await,
            0,
            "a proxy on this machine stands for everybody"
        );
    });
}
