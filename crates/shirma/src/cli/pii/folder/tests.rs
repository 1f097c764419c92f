//! Copies of files of every kind: what becomes of them, what stays, what happens to broken ones.

use std::path::PathBuf;

use super::*;

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
        let arguments = MaskArguments {
            paths: vec![self.path("in")],
            out: Some(self.path("out")),
            map: Some(self.path("maps")),
            ..MaskArguments::default()
        };
        let mut errors = Vec::new();
        let code = run(&arguments, &Detector::new(), &mut errors).expect("runs");
        let well = format!("{code:?}") == format!("{:?}", ExitCode::SUCCESS);
        (String::from_utf8(errors).expect("text"), well)
    }

    fn copy(&self, name: &str) -> String {
        fs::read_to_string(self.path("out").join("in").join(name)).expect("a copy")
    }
}

#[test]
fn files_of_all_kinds_become_copies_and_sources_stay() {
    let csv = "\u{feff}\"ID\";\"Имя\";\"Телефон\";\"Заметка\"\r\n\"1\";\"Редкоимя\";\"89000000011\";\"просит \"\"тихо\"\", анна@mail.example\"\r\n";
    let telegram = r#"{"name":"Анна Ким","messages":[{"id":1,"from":"Анна Ким","from_id":"user900","text":["звоните ",{"type":"phone","text":"8 900 000-00-01"}]}]}"#;
    let chat = "12.11.2026, 09:58 - Анна Ким: Здравствуйте!\n12.11.2026, 10:05 - Студия: Ждём,\nАнна\n";
    let house = House::with(&[
        ("note.txt", "Это Анна Ким".as_bytes()),
        ("old.txt", b"\xdd\xf2\xee \xc0\xed\xed\xe0 \xca\xe8\xec"),
        ("deep/base.csv", csv.as_bytes()),
        ("result.json", telegram.as_bytes()),
        ("lines.jsonl", "{\"text\":\"Это Анна Ким\"}\n".as_bytes()),
        ("chat.txt", chat.as_bytes()),
        ("photo.png", b"\x89PNG\x00"),
    ]);
    let (report, well) = house.run();
    assert!(
        well && report.contains("Готово: 6") && report.contains("Другого вида: 1"),
        "{report}"
    );
    assert!(report.contains("имя") && !report.contains("Анна"));
    assert_eq!(house.copy("note.txt"), "Это [Клиент-1]");
    assert_eq!(house.copy("old.txt"), "Это [Клиент-1]");
    assert_eq!(
        house.copy("deep/base.csv"),
        "\u{feff}\"ID\";\"Имя\";\"Телефон\";\"Заметка\"\r\n\"1\";\"[Клиент-1]\";\"[Телефон-2]\";\"просит \"\"тихо\"\", [Почта-3]\"\r\n"
    );
    let made: serde_json::Value = serde_json::from_str(&house.copy("result.json")).expect("json");
    assert_eq!(made["messages"][0]["from"], made["name"]);
    assert!(
        !made.to_string().contains("Анна") && !made.to_string().contains("900"),
        "{made}"
    );
    assert_eq!(house.copy("lines.jsonl"), "{\"text\":\"Это [Клиент-1]\"}\n");
    assert!(
        house
            .copy("chat.txt")
            .starts_with("12.11.2026, 09:58 - [Клиент-1]: Здравствуйте!\n")
    );
    assert!(!house.copy("chat.txt").contains("Анна"));
    assert_eq!(
        fs::read(house.path("in/deep/base.csv")).expect("source"),
        csv.as_bytes()
    );
    let map = super::super::map::read_map(&house.path("maps/in/note.txt.map.json")).expect("a map");
    assert_eq!(map[PLAIN_DIALOGUE].restore("[Клиент-1]").text, "Анна Ким");
}

#[test]
fn a_broken_file_is_named_and_the_others_are_done() {
    let house = House::with(&[
        ("a.json", b"{\"text\": 482017"),
        ("b.xlsx", b"no workbook"),
        ("c.txt", "Это Анна Ким".as_bytes()),
        ("d.txt", b"\x00\x01\x02"),
    ]);
    let (report, well) = house.run();
    assert!(!well);
    for name in ["a.json", "b.xlsx", "d.txt"] {
        assert!(report.contains(name), "{report}");
        assert!(!house.path("out/in").join(name).exists());
    }
    assert!(!report.contains("482017"));
    assert_eq!(house.copy("c.txt"), "Это [Клиент-1]");
}

#[test]
fn a_second_run_goes_on_where_the_first_ended() {
    let house = House::with(&[
        ("a.txt", "Это Анна Ким".as_bytes()),
        ("b.txt", "Это Пётр Ким".as_bytes()),
    ]);
    house.run();
    fs::remove_file(house.path("out/in/b.txt")).expect("removed");
    let (report, _) = house.run();
    assert!(report.contains("Готово: 1. Было готово раньше: 1."), "{report}");
    fs::write(house.path("in/a.txt"), "Это Инна Ким, 8 900 000-00-01").expect("changed");
    let (report, _) = house.run();
    assert!(report.contains("Готово: 1. Было готово раньше: 1."), "{report}");
}

#[test]
fn copies_never_lie_among_the_sources() {
    let house = House::with(&[("a.txt", b"x")]);
    let arguments = MaskArguments {
        paths: vec![house.path("in")],
        out: Some(house.path("in")),
        ..MaskArguments::default()
    };
    assert!(run(&arguments, &Detector::new(), &mut Vec::new()).is_err());
}

#[test]
fn cells_of_a_workbook_are_masked_and_the_rest_is_copied() {
    use std::io::{Cursor, Read};
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("[Content_Types].xml", "<Types/>"),
        ("docProps/core.xml", "<p><dc:creator>Анна Ким</dc:creator></p>"),
        (
            "xl/sharedStrings.xml",
            "<sst><si><t>Анна Ким</t></si><si><t xml:space=\"preserve\">пиши: a&amp;b </t></si></sst>",
        ),
        (
            "xl/worksheets/sheet1.xml",
            "<row><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\"><v>89000000011</v></c><c r=\"C1\"><v>2500</v></c></row>",
        ),
    ] {
        writer
            .start_file(name, zip::write::SimpleFileOptions::default())
            .expect("part");
        writer.write_all(text.as_bytes()).expect("written");
    }
    let bytes = writer.finish().expect("workbook").into_inner();
    let house = House::with(&[("base.xlsx", &bytes)]);
    let (report, well) = house.run();
    assert!(well, "{report}");
    let made = fs::read(house.path("out/in/base.xlsx")).expect("a copy");
    let mut archive = zip::ZipArchive::new(Cursor::new(made)).expect("a workbook");
    let mut part = |name: &str| {
        let mut text = String::new();
        archive
            .by_name(name)
            .expect("part")
            .read_to_string(&mut text)
            .expect("text");
        text
    };
    assert_eq!(part("[Content_Types].xml"), "<Types/>");
    assert_eq!(part("docProps/core.xml"), "<p><dc:creator></dc:creator></p>");
    assert!(
        part("xl/sharedStrings.xml").contains("<t>[Клиент-1]</t>") && part("xl/sharedStrings.xml").contains("a&amp;b ")
    );
    assert_eq!(
        part("xl/worksheets/sheet1.xml"),
        "<row><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"str\"><v>[Телефон-2]</v></c><c r=\"C1\"><v>2500</v></c></row>"
    );
}
