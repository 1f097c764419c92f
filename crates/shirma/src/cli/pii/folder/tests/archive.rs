//! Archives, such as a chat saved by WhatsApp.

use std::io::Cursor;

use super::*;

/// An archive of these files.
pub(super) fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(*name, options).expect("member");
        writer.write_all(bytes).expect("written");
    }
    writer.finish().expect("archive").into_inner()
}

#[test]
fn a_chat_in_an_archive_becomes_a_folder() {
    let chat = "12.11.2026, 09:58 - Анна Ким: Здравствуйте!\n";
    let zip = packed(&[
        ("_chat.txt", chat.as_bytes()),
        ("0001-PHOTO.jpg", b"x"),
        ("files/Иванова_Анна.csv", "Имя;Телефон\nЖмых;12\n".as_bytes()),
        ("inner.zip", b"PK"),
        ("broken.json", b"{"),
        ("__MACOSX/._chat.txt", b"\x00"),
    ]);
    let house = House::with(&[("WhatsApp Chat - Анна.zip", &zip)]);
    let (report, well) = house.run();
    assert!(!well && report.contains("broken.json: это не JSON"), "{report}");
    assert!(
        report.contains("Готово: 2.") && report.contains(".jpg: 1") && report.contains(".zip: 1"),
        "{report}"
    );
    let folder = "WhatsApp Chat - Клиент";
    assert_eq!(
        house.copy(&format!("{folder}/_chat.txt")),
        "12.11.2026, 09:58 - [Клиент-1]: Здравствуйте!\n"
    );
    assert_eq!(
        house.copy(&format!("{folder}/files/Клиент.csv")),
        "Имя;Телефон\n[Клиент-1];[Телефон-2]\n"
    );
    let (report, _) = house.run();
    assert!(report.contains("Готово: 0. Было готово раньше: 2."), "{report}");
}

#[test]
fn paths_in_an_archive_never_leave_its_folder() {
    let zip = packed(&[
        ("../../up.txt", b"1"),
        ("/etc/root.txt", b"2"),
        ("a\\..\\..\\back.txt", b"3"),
        ("..", b"4"),
        ("./same.txt", b"5"),
        ("same.txt", b"6"),
    ]);
    let house = House::with(&[("x.zip", &zip)]);
    let (report, _) = house.run();
    assert!(report.contains("Готово: 5."), "{report}");
    for (name, text) in [
        ("up.txt", "1"),
        ("etc/root.txt", "2"),
        ("a/back.txt", "3"),
        ("same.txt", "5"),
        ("same (2).txt", "6"),
    ] {
        assert_eq!(house.copy(&format!("x/{name}")), text);
    }
    let beside = fs::read_dir(house.path("out")).expect("out").count();
    assert_eq!(beside, 2, "the folder of copies and the list");
}

#[test]
fn a_bomb_is_named_and_not_unpacked() {
    let zip = packed(&[("zeros.txt", &vec![b'0'; 80 * 1024 * 1024]), ("good.txt", b"x")]);
    assert!(zip.len() < 1024 * 1024);
    let house = House::with(&[("x.zip", &zip)]);
    let (report, well) = house.run();
    assert!(!well && report.contains("zeros.txt: больше 64 МБ"), "{report}");
    assert_eq!(house.copy("x/good.txt"), "x");
}

#[test]
fn a_file_larger_than_its_archive_says_is_broken() {
    let mut zip = packed(&[("a.txt", &[b'0'; 5000]), ("b.txt", b"x")]);
    // The size of the first file in the list at the end.
    let list = zip
        .windows(4)
        .position(|window| window == b"PK\x01\x02")
        .expect("a list");
    zip[list + 24..list + 28].copy_from_slice(&10_u32.to_le_bytes());
    let house = House::with(&[("x.zip", &zip)]);
    let (report, well) = house.run();
    assert!(!well && report.contains("a.txt: это не архив"), "{report}");
    assert_eq!(house.copy("x/b.txt"), "x");
}
