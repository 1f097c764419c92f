//! Copies of files of every kind: what becomes of them, what stays, what happens to broken ones.

mod archive;
mod chat;
mod json;
mod page;
mod place;
mod promise;
mod resume;
mod table;
mod workbook;

use std::path::PathBuf;

use super::*;

/// A folder with sources in `in`, copies in `out`, maps in `maps`.
struct House {
    folder: tempfile::TempDir,
}

impl House {
    fn with(files: &[(&str, &[u8])]) -> House {
        let folder = tempfile::tempdir().expect("folder");
        for (name, bytes) in files {
            let path = folder.path().join("in").join(name);
            fs::create_dir_all(path.parent().expect("parent")).expect("folder");
            fs::write(path, bytes).expect("written");
        }
        House { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&self) -> (String, bool) {
        self.run_over(&["in"])
    }

    fn run_over(&self, paths: &[&str]) -> (String, bool) {
        let arguments = MaskArguments {
            paths: paths.iter().map(|path| self.path(path)).collect(),
            out: Some(self.path("out")),
            map: Some(self.path("maps")),
            ..MaskArguments::default()
        };
        let mut errors = Vec::new();
        let code = run(&arguments, &Search::default(), &mut errors).expect("runs");
        let well = format!("{code:?}") == format!("{:?}", ExitCode::SUCCESS);
        (String::from_utf8(errors).expect("text"), well)
    }

    fn copy(&self, name: &str) -> String {
        String::from_utf8(self.bytes(name)).expect("text")
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.path("out").join("in").join(name)).expect("a copy")
    }
}

/// The copy of one file.
fn copy_of(name: &str, bytes: &[u8]) -> String {
    let house = House::with(&[(name, bytes)]);
    let (report, well) = house.run();
    assert!(well, "{report}");
    house.copy(name)
}

#[test]
fn files_of_all_kinds_become_copies_and_sources_stay() {
    let csv = "\u{feff}\"ID\";\"Имя\";\"Телефон\";\"Заметка\"\r\n\"1\";\"Редкоимя\";\"89000000011\";\"просит \"\"тихо\"\", анна@mail.example\"\r\n";
    let house = House::with(&[
        ("note.txt", "Это Анна Ким".as_bytes()),
        ("old.txt", b"\xdd\xf2\xee \xc0\xed\xed\xe0 \xca\xe8\xec"),
        ("deep/base.csv", csv.as_bytes()),
        ("lines.jsonl", "{\"text\":\"Это Анна Ким\"}\n".as_bytes()),
        ("photo.PNG", b"\x89PNG\x00"),
        ("scan.png", b"\x89PNG\x00"),
        ("чат.Анна Ким", b"x"),
    ]);
    let (report, well) = house.run();
    assert!(well && report.contains("Готово: 4."), "{report}");
    assert!(report.contains("без вида: 1") && report.contains(".png: 2"), "{report}");
    assert!(report.contains("имя") && !report.contains("Анна"), "{report}");
    assert_eq!(house.copy("note.txt"), "Это [Клиент-1]");
    assert_eq!(house.copy("old.txt"), "Это [Клиент-1]");
    assert_eq!(house.copy("lines.jsonl"), "{\"text\":\"Это [Клиент-1]\"}\n");
    assert_eq!(
        fs::read(house.path("in/deep/base.csv")).expect("source"),
        csv.as_bytes()
    );
    let map = super::super::map::read_map(&house.path("maps/in/note.txt.map.json")).expect("a map");
    assert_eq!(map[PLAIN_DIALOGUE].restore("[Клиент-1]").text, "Анна Ким");
}

#[test]
fn a_broken_file_is_named_and_the_others_are_done() {
    let broken = ["a.json", "b.xlsx", "d.txt", "e.zip", "f.xls", "g.ods"];
    let mut files: Vec<(&str, &[u8])> = broken
        .iter()
        .map(|name| (*name, b"\x00{\"text\": 482017".as_slice()))
        .collect();
    files.push(("c.txt", "Это Анна Ким".as_bytes()));
    let house = House::with(&files);
    let (report, well) = house.run();
    assert!(
        !well && report.contains(&format!("Не вышло: {}", broken.len())),
        "{report}"
    );
    for name in broken {
        assert!(report.contains(name), "{report}");
        assert!(!house.path("out/in").join(name).exists());
    }
    assert!(!report.contains("482017"));
    assert_eq!(house.copy("c.txt"), "Это [Клиент-1]");
}

#[test]
fn a_long_text_is_masked_piece_by_piece_to_its_end() {
    let text = "Обычная строка без имён.\n".repeat(4000)
        + "Это Анна Ким\n"
        + &"и ещё слова ".repeat(8000)
        + "тел. 8 900 000-00-01";
    let copy = copy_of("long.txt", text.as_bytes());
    assert!(copy.contains("Это [Клиент-1]\n") && copy.ends_with("тел. [Телефон-2]"));
    assert_eq!(copy.lines().count(), text.lines().count());
}
