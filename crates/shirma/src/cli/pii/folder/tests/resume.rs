//! A run that was stopped, and runs after it.

use super::*;

#[test]
fn a_second_run_goes_on_where_the_first_ended() {
    let house = House::with(&[
        ("a.txt", "Это Анна Ким".as_bytes()),
        ("b.txt", "Это Пётр Ким".as_bytes()),
        ("Чат с Анна Ким.txt", "Это Анна Ким".as_bytes()),
    ]);
    house.run();
    fs::remove_file(house.path("out/in/b.txt")).expect("removed");
    let (report, _) = house.run();
    assert!(report.contains("Готово: 1. Было готово раньше: 2."), "{report}");
    fs::write(house.path("in/a.txt"), "Это Инна Ким, 8 900 000-00-01").expect("changed");
    let (report, _) = house.run();
    assert!(report.contains("Готово: 1. Было готово раньше: 2."), "{report}");
    let (report, _) = house.run();
    assert!(report.contains("Готово: 0. Было готово раньше: 3."), "{report}");
}

#[test]
fn a_run_stopped_while_writing_leaves_nothing_that_hinders_the_next() {
    let house = House::with(&[
        ("a.txt", "Это Анна Ким".as_bytes()),
        ("b.txt", "Это Пётр Ким".as_bytes()),
    ]);
    house.run();
    // As if the power had gone while the second copy and its line were being written.
    let list = house.path("out/.shirma-done");
    let text = fs::read_to_string(&list).expect("list");
    let cut = text.trim_end().rfind('\n').expect("lines") + 10;
    fs::write(&list, &text[..cut]).expect("cut");
    let half = text[cut..].trim_end().rsplit('/').next().expect("name").to_owned();
    fs::remove_file(house.path("out/in").join(&half)).expect("removed");
    fs::write(house.path("out/in").join(half + ".part"), "Это").expect("half a copy");
    let (report, well) = house.run();
    assert!(well && report.contains("Готово: 1. Было готово раньше: 1."), "{report}");
    let (report, _) = house.run();
    assert!(report.contains("Готово: 0. Было готово раньше: 2."), "{report}");
    assert!(
        !fs::read_dir(house.path("out/in"))
            .expect("out")
            .any(|entry| { entry.expect("entry").file_name().to_string_lossy().ends_with(".part") })
    );
}

#[test]
fn a_new_file_never_passes_for_a_finished_one() {
    let house = House::with(&[("Чат с Пётр Ким.txt", "Это Пётр Ким".as_bytes())]);
    house.run();
    assert_eq!(house.copy("Чат с Клиент.txt"), "Это [Клиент-1]");
    // It is first by name, so it takes the place of the older copy; it is as long and as old as the older file.
    let older = fs::metadata(house.path("in/Чат с Пётр Ким.txt")).expect("source");
    fs::write(house.path("in/Чат с Анна Ким.txt"), "Тут Анна Ким").expect("new");
    let newer = fs::File::options()
        .write(true)
        .open(house.path("in/Чат с Анна Ким.txt"))
        .expect("new");
    newer.set_modified(older.modified().expect("time")).expect("set");
    let (report, _) = house.run();
    assert!(report.contains("Готово: 2."), "{report}");
    assert_eq!(house.copy("Чат с Клиент.txt"), "Тут [Клиент-2]");
    assert!(house.copy("Чат с Клиент (2).txt").starts_with("Это [Клиент-"));
}

#[test]
fn another_policy_makes_the_copies_anew() {
    let house = House::with(&[("a.txt", "карта 2200 0000 0000 0004".as_bytes())]);
    house.run();
    let arguments = MaskArguments {
        paths: vec![house.path("in")],
        out: Some(house.path("out")),
        policy: Some("salon".to_owned()),
        ..MaskArguments::default()
    };
    run(&arguments, &Search::default(), &mut Vec::new()).expect("runs");
    assert_eq!(house.copy("a.txt"), "карта ••••0004");
}
