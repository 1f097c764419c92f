//! The commands beside the server: what `doctor`, `staff` and `audit verify` say and with which code they end.

use std::fs;
use std::process::Output;

use shirma_store::Engine;

use crate::engines::on_both_engines;
use crate::people::settle;
use crate::support::house::House;
use crate::support::http::Request;

on_both_engines! {
    the_commands_work_on_a_house,
    a_lost_link_is_made_anew,
    commands_on_an_empty_place_make_nothing,
}

fn run(house: &House, command: &[&str]) -> (Option<i32>, String) {
    let Output { status, stdout, stderr } = house.run(&[command, &["--data", "data"]].concat());
    (
        status.code(),
        String::from_utf8_lossy(&[stdout, stderr].concat()).into_owned(),
    )
}

fn the_commands_work_on_a_house(engine: Engine) {
    let mut house = House::fresh(engine);
    // A file is for one program; a server lets them look while it runs.
    if engine == Engine::Sqlite {
        assert!(house.stop().success());
    }
    let (code, said) = run(&house, &["doctor"]);
    assert_eq!(code, Some(0), "{said}");
    for line in ["настройки читаются", "базы открываются, ключ подходит", "журнал цел"]
    {
        assert!(said.contains(&format!("✓ {line}")), "{said}");
    }
    let (code, said) = run(&house, &["audit", "verify"]);
    assert!(code == Some(0) && said.starts_with("Журнал цел."), "{said}");

    let (code, said) = run(&house, &["staff", "add", "vera", "--role", "manager"]);
    assert!(code == Some(0) && said.contains("/sign-in/"), "{said}");
    let (code, said) = run(&house, &["staff", "add", "vera"]);
    assert!(code == Some(1) && said.contains("занято"), "{said}");
    // An owner for a time does not do in his place.
    let guest = ["staff", "add", "guest", "--role", "owner", "--until", "2099-12-31"];
    assert_eq!(run(&house, &guest).0, Some(0));
    let (code, said) = run(&house, &["staff", "disable", "owner"]);
    assert!(code == Some(1) && said.contains("единственный владелец"), "{said}");
    let (code, said) = run(&house, &["staff", "add", "boris", "--role", "king"]);
    assert!(
        code == Some(1) && said.contains("owner, manager, administrator"),
        "{said}"
    );
    assert_eq!(run(&house, &["staff", "disable", "vera"]).0, Some(0));
    let (code, said) = run(&house, &["staff", "disable", "nobody"]);
    assert!(code == Some(1) && said.contains("shirma staff list"), "{said}");
    let (code, said) = run(&house, &["staff", "list"]);
    assert!(code == Some(0) && said.contains("vera\tmanager\tотключён"), "{said}");
    assert!(!said.contains("boris"), "{said}");
}

fn a_lost_link_is_made_anew(engine: Engine) {
    let mut house = House::fresh(engine);
    let first = house.sign_in_path();
    let open = |house: &House, path: &str| !house.call(&Request::get(path)).text().contains("больше не действует");
    settle(&house, &first);
    if engine == Engine::Sqlite {
        assert!(house.stop().success());
    }
    assert_eq!(run(&house, &["staff", "add", "vera"]).0, Some(0));
    assert_eq!(run(&house, &["staff", "add", "boris"]).0, Some(0));
    let (code, said) = run(&house, &["staff", "link", "nobody"]);
    assert!(code == Some(1) && said.contains("shirma staff list"), "{said}");
    let link = |login: &str| {
        let (code, said) = run(&house, &["staff", "link", login]);
        assert_eq!(code, Some(0), "{said}");
        format!("/sign-in/{}", said.split_once("/sign-in/").expect("a link").1.trim())
    };
    let (earlier, later) = (link("Vera"), link("vera"));
    assert_eq!(run(&house, &["staff", "disable", "boris"]).0, Some(0));
    let (code, said) = run(&house, &["staff", "link", "boris"]);
    assert!(code == Some(1) && said.contains("отключён"), "{said}");
    if engine == Engine::Sqlite {
        house.start();
    }
    assert!(open(&house, &later));
    assert!(!open(&house, &earlier), "a newer link ends the one before");
    assert!(!open(&house, &first), "it has been used");
    settle(&house, &later);
}

fn commands_on_an_empty_place_make_nothing(engine: Engine) {
    let house = House::prepared(engine, "", "");
    let (code, said) = run(&house, &["doctor"]);
    assert!(code == Some(0) && said.contains("данных ещё нет"), "{said}");
    for command in [&["audit", "verify"][..], &["staff", "list"]] {
        let (code, said) = run(&house, command);
        assert!(
            code == Some(1) && said.contains("нет") && said.contains("--data"),
            "{said}"
        );
    }
    assert!(!house.data().exists());
}

#[test]
fn doctor_names_what_is_wrong_and_ends_with_one() {
    let token = "[telegram.main]\ntoken = \"7100000001:wrong\"\n";
    for (settings, secrets, said_wanted) in [
        ("[[telegram]]\nname = \"main\"\n", "", "[telegram.main]"),
        ("[[telegram]]\nname = \"main\"\n", token, "webhook_secret"),
        (
            "[[telegram]]\nname = \"main\"\nlisten = \"poll\"\n",
            "[telegram.main]\ntoken = \"не токен\"\n",
            "не похож на токен",
        ),
        ("[[telegram]]\nname = 5\n", "", "нужен текст в кавычках"),
        ("lissten = \"x\"\n", "", "«listen»"),
        ("[assistant]\nmod = \"rules\"\n", "", "«mode»"),
        ("[storage]\nengine = \"postgres\"\n", "", "storage.data_url"),
        (
            "[storage]\nengine = \"postgres\"\n",
            "[storage]\ndata_url = \"host=/nowhere user=a\"\nkeys_url = \"host=/nowhere user=a\"\n",
            "PostgreSQL",
        ),
    ] {
        let house = House::prepared(Engine::Sqlite, settings, secrets);
        let (code, said) = run(&house, &["doctor"]);
        assert!(
            code == Some(1) && said.contains('✗') && said.contains(said_wanted),
            "{said}"
        );
        assert!(!said.contains("7100000001"), "a secret is not told: {said}");
        fs::read_dir(house.data()).expect_err("nothing was made");
    }
}
