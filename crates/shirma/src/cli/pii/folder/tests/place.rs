//! Names and places of copies.

use super::*;

#[test]
fn names_of_files_and_folders_hold_nobody() {
    let house = House::with(&[
        ("Чат WhatsApp с Анна Ким.txt", b"x".as_slice()),
        ("Чат WhatsApp с Жмых.txt", b"x"),
        ("Иванова_Анна/Договор Петров Пётр.txt", b"x"),
    ]);
    let (report, well) = house.run();
    assert!(well, "{report}");
    for name in [
        "Чат WhatsApp с Клиент.txt",
        "Чат WhatsApp с Клиент (2).txt",
        "Клиент/Договор Клиент.txt",
    ] {
        assert!(house.path("out/in").join(name).exists(), "{name}");
        assert!(
            house.path("maps/in").join(format!("{name}.map.json")).exists(),
            "{name}"
        );
    }
    let list = fs::read_to_string(house.path("out/.shirma-done")).expect("list");
    for value in ["Анна", "Жмых", "Иванова", "Петров"] {
        assert!(!list.contains(value), "{list}");
    }
}

#[test]
fn two_paths_of_one_name_both_become_copies() {
    let house = House::with(&[
        ("a/base/x.txt", b"one".as_slice()),
        ("b/base/x.txt", b"two"),
        ("c/x.txt", b"three"),
    ]);
    let (report, _) = house.run_over(&["in/a/base", "in/b/base", "in/c/x.txt", "in/a/base/x.txt", "in/c/x.txt"]);
    assert!(report.contains("Готово: 3."), "{report}");
    for (name, text) in [("base/x.txt", "one"), ("base (2)/x.txt", "two"), ("x.txt", "three")] {
        assert_eq!(fs::read_to_string(house.path("out").join(name)).expect("a copy"), text);
    }
}

#[test]
fn one_file_is_enough() {
    let house = House::with(&[("Анна Ким.txt", "Это Анна Ким".as_bytes())]);
    house.run_over(&["in/Анна Ким.txt"]);
    let copy = fs::read_to_string(house.path("out/Клиент.txt")).expect("a copy");
    assert_eq!(copy, "Это [Клиент-1]");
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_and_counted() {
    let house = House::with(&[("a.txt", b"x".as_slice()), ("../other/b.txt", b"y")]);
    std::os::unix::fs::symlink(house.path("other"), house.path("in/link")).expect("link");
    std::os::unix::fs::symlink(house.path("other/b.txt"), house.path("in/b.txt")).expect("link");
    let (report, _) = house.run();
    assert!(
        report.contains("Готово: 1.") && report.contains("не ходили: 2"),
        "{report}"
    );
}

#[cfg(unix)]
#[test]
fn a_link_among_the_copies_does_not_lead_to_the_sources() {
    let house = House::with(&[("deep/a.txt", "Это Анна Ким".as_bytes())]);
    fs::create_dir_all(house.path("out")).expect("out");
    std::os::unix::fs::symlink(house.path("in"), house.path("out/in")).expect("link");
    let (_, well) = house.run();
    assert!(!well);
    assert_eq!(
        fs::read_to_string(house.path("in/deep/a.txt")).expect("source"),
        "Это Анна Ким"
    );
    assert_eq!(fs::read_dir(house.path("in/deep")).expect("folder").count(), 1);
}

#[test]
fn copies_maps_and_sources_lie_apart() {
    let house = House::with(&[("deep/a.txt", "Это Анна Ким".as_bytes())]);
    let refused = |out: &str, map: Option<&str>| {
        let arguments = MaskArguments {
            paths: vec![house.path("in/deep")],
            out: Some(house.path(out)),
            map: map.map(|map| house.path(map)),
            ..MaskArguments::default()
        };
        run(&arguments, &Search::default(), &mut Vec::new()).is_err()
    };
    // Beside the folder the copy would stand where the source does.
    assert!(refused("in/deep", None) && refused("in", None) && refused("", None));
    assert!(refused("out", Some("out")) && refused("out", Some("out/maps")));
    assert!(refused("out", Some("in")) && refused("out", Some("in/deep")));
    // Inside it copies and maps are no sources themselves.
    for _ in 0..2 {
        assert!(!refused("in/deep/out", Some("in/deep/maps")));
    }
    assert_eq!(fs::read_dir(house.path("in/deep/out/deep")).expect("copies").count(), 1);
}

#[test]
fn traces_of_programs_are_left_alone() {
    let house = House::with(&[
        ("~$base.xlsx", b"\x04".as_slice()),
        ("._a.txt", b"\x00"),
        ("a.txt", b"x"),
    ]);
    let (report, well) = house.run();
    assert!(well && report.contains("Готово: 1."), "{report}");
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_read_is_named_and_the_rest_goes_on() {
    use std::os::unix::fs::PermissionsExt;
    let house = House::with(&[("shut/a.txt", b"x".as_slice()), ("b.txt", b"y")]);
    let shut = house.path("in/shut");
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o000)).expect("shut");
    let readable = fs::read_dir(&shut).is_ok();
    let (report, well) = house.run();
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o755)).expect("open");
    // A superuser reads everything.
    assert!(
        readable || !well && report.contains("shut: не читается: нет прав"),
        "{report}"
    );
    assert_eq!(house.copy("b.txt"), "y");
}
