//! The second step of signing in, the proof before dangerous acts, and the list of devices, over HTTP: what a person does
//! and what a guesser tries at once.

use std::sync::Barrier;

use shirma::clock::{Clock as _, SystemClock};
use shirma_store::Engine;
use shirma_vault::{SecretString, code_now};

use crate::engines::on_both_engines;
use crate::people::{PASSWORD, credentials, field, is_redirect, post, settle};
use crate::records::Records;
use crate::support::house::House;
use crate::support::http::{Request, Response, Visitor};
use crate::support::patience::wait_for;

on_both_engines! {
    a_code_is_asked_after_the_password_and_is_good_once,
    a_recovery_code_lets_in_once_and_tells_the_owner,
    fifty_guesses_at_once_are_counted_before_they_are_compared,
    the_same_code_at_once_lets_one_in,
    an_old_session_proves_itself_before_a_dangerous_act,
    a_device_is_sent_out_at_its_next_request,
    the_second_step_is_put_off_a_week_and_no_longer,
    an_invitation_lets_in_once_and_only_an_owner_gives_it,
}

/// Guesses made at the same moment.
const GUESSES: usize = 50;
const PASSWORD_TRIES: &str = "select failures from staff";
const CODE_TRIES: &str = "select failures from second_factor";

fn now_ms() -> i64 {
    SystemClock.now_ms()
}

/// What an app is given: the secret in the page's groups.
fn secret_of(page: &str) -> SecretString {
    let shown = page
        .split("class=\"typed\"><code>")
        .nth(1)
        .and_then(|rest| rest.split('<').next());
    SecretString::new(shown.expect("a secret to type").replace(' ', ""))
}

/// Sets the second step up; gives the secret of the app and the recovery codes.
fn equip(person: &mut Visitor) -> (SecretString, Vec<String>) {
    let page = person.call(Request::get("/second-factor")).text();
    let secret = secret_of(&page);
    // The step before this one holds too, and leaves the present one for the sign-in that comes next.
    let code = code_now(&secret, now_ms() - 30_000).expect("a code");
    let csrf = field(&page, "csrf").to_owned();
    let done = person.call(Request::form("/second-factor", &[("csrf", &csrf), ("code", &code)]));
    assert_eq!(done.status, 200, "{}", done.text());
    let text = done.text();
    let codes: Vec<String> = text
        .split("<li><code>")
        .skip(1)
        .filter_map(|rest| rest.split('<').next().map(str::to_owned))
        .collect();
    assert_eq!(codes.len(), 8);
    (secret, codes)
}

fn enter(house: &House, login: &str) -> (Visitor, String) {
    let mut person = Visitor::new(house.address());
    let half = person.call(credentials(login));
    assert_eq!(half.status, 200, "a code is asked");
    assert!(half.header("set-cookie").is_none(), "half a sign-in is no session");
    let step = field(&half.text(), "step").to_owned();
    (person, step)
}

fn with_code(person: &mut Visitor, step: &str, code: &str) -> Response {
    person.call(Request::form("/sign-in/code", &[("step", step), ("code", code)]))
}

fn a_code_is_asked_after_the_password_and_is_good_once(engine: Engine) {
    let house = House::fresh(engine);
    let mut owner = settle(&house, &house.sign_in_path());
    let (secret, _codes) = equip(&mut owner);
    let (mut person, step) = enter(&house, "owner");
    assert!(is_redirect(
        &person.call(Request::get("/desk/dialogs")),
        Some("/sign-in")
    ));
    let code = code_now(&secret, now_ms()).expect("a code");
    assert!(is_redirect(
        &with_code(&mut person, &step, &code),
        Some("/second-factor?next")
    ));
    assert_eq!(person.call(Request::get("/desk/dialogs")).status, 200);
    // The same code, within its half minute: for another sign-in, and for a proof.
    let (mut thief, step) = enter(&house, "owner");
    assert_eq!(with_code(&mut thief, &step, &code).status, 403);
    assert!(is_redirect(
        &thief.call(Request::get("/desk/dialogs")),
        Some("/sign-in")
    ));
    let proof = post(&mut person, "/confirm", &[("proof", &code)]);
    assert_eq!(proof.status, 403);
    // A half-done sign-in of somebody else's making opens nothing.
    assert!(is_redirect(
        &with_code(&mut thief, "no-such-step", &code),
        Some("/sign-in")
    ));
}

fn a_recovery_code_lets_in_once_and_tells_the_owner(engine: Engine) {
    let house = House::fresh(engine);
    let mut owner = settle(&house, &house.sign_in_path());
    let (_secret, codes) = equip(&mut owner);
    let (mut person, step) = enter(&house, "owner");
    let typed = codes[3].to_lowercase().replace('-', " ");
    assert!(is_redirect(
        &with_code(&mut person, &step, &typed),
        Some("/second-factor?next")
    ));
    let page = person.call(Request::get("/second-factor")).text();
    assert!(page.contains("7 резервных кодов"), "{page}");
    let journal = person.call(Request::get("/desk/journal?filter=staff")).text();
    assert!(journal.contains("Вошёл по резервному коду"), "{journal}");
    let (mut thief, step) = enter(&house, "owner");
    assert_eq!(with_code(&mut thief, &step, &codes[3]).status, 403);
    // New ones make the old ones worthless.
    let renewed = post(&mut person, "/second-factor/codes", &[]);
    assert_eq!(renewed.status, 200);
    assert!(!renewed.text().contains(&codes[0]));
    wait_for("a second comparison, after the rest", || {
        with_code(&mut thief, &step, &codes[0]);
        let journal = person.call(Request::get("/desk/journal?filter=staff")).text();
        (journal.matches("Не смог войти").count() >= 2).then_some(())
    });
    assert!(is_redirect(&thief.call(Request::get("/desk")), Some("/sign-in")));
}

/// Everybody at once; gives the answers.
fn at_once(requests: Vec<Request>, house: &House) -> Vec<Response> {
    let (barrier, address) = (Barrier::new(requests.len()), house.address());
    std::thread::scope(|scope| {
        let ask = |request| {
            let barrier = &barrier;
            scope.spawn(move || {
                barrier.wait();
                Visitor::new(address).call(request)
            })
        };
        let asking: Vec<_> = requests.into_iter().map(ask).collect();
        asking.into_iter().map(|one| one.join().expect("an answer")).collect()
    })
}

/// Not let in: refused, or not answered in time by a busy machine.
fn is_refused(answer: &Response) -> bool {
    [403, 408].contains(&answer.status) && answer.header("set-cookie").is_none()
}

fn fifty_guesses_at_once_are_counted_before_they_are_compared(engine: Engine) {
    let mut house = House::fresh(engine);
    let mut owner = settle(&house, &house.sign_in_path());
    let (_secret, _codes) = equip(&mut owner);
    let (_person, step) = enter(&house, "owner");
    let passwords = (0..GUESSES).map(|number| {
        let guess = format!("не тот пароль {number}");
        Request::form("/sign-in", &[("login", "owner"), ("password", &guess)])
    });
    let answers = at_once(passwords.collect(), &house);
    assert!(answers.iter().all(is_refused));
    let codes = (0..GUESSES).map(|number| {
        let guess = format!("{number:06}");
        Request::form("/sign-in/code", &[("step", &step), ("code", &guess)])
    });
    assert!(at_once(codes.collect(), &house).iter().all(is_refused));
    house.kill();

    // Each guess that was compared left an entry; none of them was compared before it was counted.
    let records = Records::of(&house);
    let failed = |code: bool| {
        let leaves = records.leaves();
        let refused = leaves.iter().filter(|leaf| leaf.contains("\"staff.sign_in_fail\""));
        refused.filter(|leaf| leaf.contains("\"code\"") == code).count() as i64
    };
    for (table, counting, compared) in [
        ("staff", PASSWORD_TRIES, failed(false)),
        ("second_factor", CODE_TRIES, failed(true)),
    ] {
        let counted = records.count(counting);
        assert!(counted >= compared, "{table}: {compared} compared, {counted} counted");
        assert!(compared >= 1, "{table}: the first guess is compared");
        // One rest is a second long: fifty at once are not fifty tries.
        assert!(compared < 10, "{table}: {compared} guesses were compared");
    }
    let before = (records.count(PASSWORD_TRIES), records.count(CODE_TRIES));
    drop(records);
    house.start();
    house.kill();
    let records = Records::of(&house);
    let after = (records.count(PASSWORD_TRIES), records.count(CODE_TRIES));
    assert_eq!(after, before, "a kill forgets no guess");
}

fn the_same_code_at_once_lets_one_in(engine: Engine) {
    let house = House::fresh(engine);
    let mut owner = settle(&house, &house.sign_in_path());
    let (secret, _codes) = equip(&mut owner);
    let steps: Vec<String> = (0..8).map(|_| enter(&house, "owner").1).collect();
    let code = code_now(&secret, now_ms()).expect("a code");
    let tries = steps
        .iter()
        .map(|step| Request::form("/sign-in/code", &[("step", step), ("code", &code)]));
    let answers = at_once(tries.collect(), &house);
    let opened = answers.iter().filter(|answer| answer.header("set-cookie").is_some());
    assert_eq!(opened.count(), 1);
}

/// Ages what was proven, as minutes would.
fn age_proofs(house: &mut House) {
    assert!(house.stop().success());
    let records = Records::of(house);
    records
        .change(&["update session set elevated_until = 1"])
        .expect("the proofs age");
    drop(records);
    house.start();
}

fn an_old_session_proves_itself_before_a_dangerous_act(engine: Engine) {
    let mut house = House::fresh(engine);
    let owner = settle(&house, &house.sign_in_path());
    age_proofs(&mut house);
    let mut owner = owner.elsewhere(house.address());
    assert!(is_redirect(
        &owner.call(Request::get("/desk/invite")),
        Some("/confirm?back=/desk/invite")
    ));
    assert!(is_redirect(
        &owner.call(Request::get("/password")),
        Some("/confirm?back=/password")
    ));
    let page = owner.call(Request::get("/desk/dialogs")).text();
    let csrf = field(&page, "csrf").to_owned();
    let sent = owner.call(Request::form("/desk/staff/1/end", &[("csrf", &csrf)]));
    assert!(
        is_redirect(&sent, Some("/confirm?back=/desk")),
        "a form without a page of its own"
    );
    let wrong = post(
        &mut owner,
        "/confirm",
        &[("proof", "не тот пароль"), ("back", "/desk/invite")],
    );
    assert_eq!(wrong.status, 403);
    let former = owner.elsewhere(house.address());
    wait_for("the end of the rest after a failure", || {
        let proof = [("csrf", csrf.as_str()), ("proof", PASSWORD), ("back", "/desk/invite")];
        let answer = owner.call(Request::form("/confirm", &proof));
        is_redirect(&answer, Some("/desk/invite")).then_some(())
    });
    assert_eq!(owner.call(Request::get("/desk/invite")).status, 200);
    // A new secret: the former one, which may have been copied, opens nothing. Forms opened before still go.
    let mut former = former;
    assert!(is_redirect(
        &former.call(Request::get("/desk/dialogs")),
        Some("/sign-in")
    ));
    let out = owner.call(Request::form("/sign-out", &[("csrf", &csrf)]));
    assert_eq!(out.status, 303);
    // Nobody is led out of the house.
    let mut again = Visitor::new(house.address());
    let back = again.call(credentials("owner"));
    assert_eq!(back.status, 303);
    let page = again.call(Request::get("/confirm?back=https://evil.example/")).text();
    assert!(!page.contains("evil.example"));
}

fn a_device_is_sent_out_at_its_next_request(engine: Engine) {
    let house = House::fresh(engine);
    let mut owner = settle(&house, &house.sign_in_path());
    let mut tablet = Visitor::new(house.address());
    let entered = credentials("owner").header(
        "User-Agent",
        "Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Safari/604.1",
    );
    assert_eq!(tablet.call(entered).status, 303);
    let page = owner.call(Request::get("/account")).text();
    assert!(page.contains("Safari, iPad") && !page.contains("18.5"), "{page}");
    assert_eq!(page.matches("это устройство").count(), 1);
    let session = field(&page, "session").to_owned();
    assert_eq!(tablet.call(Request::get("/desk/dialogs")).status, 200);
    assert_eq!(post(&mut owner, "/account/end", &[("session", &session)]).status, 303);
    assert!(is_redirect(
        &tablet.call(Request::get("/desk/dialogs")),
        Some("/sign-in")
    ));
    assert_eq!(owner.call(Request::get("/desk/dialogs")).status, 200);
    // All the others at once.
    let mut others: Vec<Visitor> = (0..2).map(|_| Visitor::new(house.address())).collect();
    for other in &mut others {
        let entered = credentials("owner");
        assert_eq!(other.call(entered).status, 303);
    }
    assert_eq!(post(&mut owner, "/account/end-others", &[]).status, 303);
    for other in &mut others {
        assert!(is_redirect(
            &other.call(Request::get("/desk/dialogs")),
            Some("/sign-in")
        ));
    }
    assert_eq!(owner.call(Request::get("/desk/dialogs")).status, 200);
}

fn the_second_step_is_put_off_a_week_and_no_longer(engine: Engine) {
    let mut house = House::fresh(engine);
    let owner = settle(&house, &house.sign_in_path());
    assert!(house.stop().success());
    let records = Records::of(&house);
    records
        .change(&["update staff set factor_due_at = 1"])
        .expect("a week passes");
    drop(records);
    house.start();
    let mut owner = owner.elsewhere(house.address());
    assert!(is_redirect(
        &owner.call(Request::get("/desk/dialogs")),
        Some("/second-factor")
    ));
    let page = owner.call(Request::get("/second-factor")).text();
    assert!(!page.contains("Позже"), "{page}");
    equip(&mut owner);
    assert_eq!(owner.call(Request::get("/desk/dialogs")).status, 200);
    // Lost telephone, lost codes: the one at the machine takes it away, and the sessions end.
    assert!(house.stop().success());
    assert!(
        house
            .run(&["staff", "reset", "owner", "--data", "data"])
            .status
            .success()
    );
    house.start();
    let mut again = owner.elsewhere(house.address());
    assert!(is_redirect(
        &again.call(Request::get("/desk/dialogs")),
        Some("/sign-in")
    ));
    let entered = again.call(credentials("owner"));
    assert!(is_redirect(&entered, Some("/second-factor?next")));
}

fn an_invitation_lets_in_once_and_only_an_owner_gives_it(engine: Engine) {
    let house = House::fresh(engine);
    let mut owner = settle(&house, &house.sign_in_path());
    let invite = |login: &'static str| {
        [
            ("login", login),
            ("name", "Ольга"),
            ("role", "administrator"),
            ("life", "hour"),
        ]
    };
    let made = post(&mut owner, "/desk/invite", &invite("olga"));
    assert_eq!(made.status, 200, "{}", made.text());
    let text = made.text();
    assert!(text.contains("<svg class=\"qr\""));
    let at = text.find("/sign-in/").expect("a link");
    let link = text[at..].split('<').next().expect("its end").to_owned();
    assert_eq!(post(&mut owner, "/desk/invite", &invite("olga")).status, 422);
    assert_eq!(post(&mut owner, "/desk/invite", &invite("a b")).status, 422);
    let mut olga = settle(&house, &link);
    assert_eq!(olga.call(Request::get("/desk/invite")).status, 403);
    assert_eq!(
        Visitor::new(house.address()).call(Request::form(&link, &[])).status,
        403
    );
    // The owner sends her out; she is out at her next request.
    let page = owner.call(Request::get("/account")).text();
    let place = page
        .split("action=\"/desk/staff/")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    let place = format!("/desk/staff/{}", place.expect("a way to end her sessions"));
    assert_eq!(post(&mut olga, &place, &[]).status, 403);
    assert_eq!(post(&mut owner, &place, &[]).status, 303);
    assert!(is_redirect(&olga.call(Request::get("/desk/dialogs")), Some("/sign-in")));
}
