//! The promise over a list: a value in any place of any kind of file occurs nowhere among the copies, neither in
//! contents nor in names, archives unpacked.

use rust_xlsxwriter::{Formula, Note, Workbook};

use super::archive::packed;
use super::page::windows_1251;
use super::workbook::unpacked;
use super::*;

/// Values, each a different one so that a leak names its place.
const CANARIES: &[(&str, &str)] = &[
    ("cell", "Жмыхина"),
    ("cell of text", "Пугачёва Алла"),
    ("formula", "Кузнецова Инна"),
    ("note", "Шнырёва"),
    ("sheet", "Громова Ольга"),
    ("picture of a sheet", "Бубликова"),
    ("csv", "Хмырёва"),
    ("file", "Соколова Вера"),
    ("folder", "Орлова Нина"),
    ("attribute", "Скрягина"),
    ("script", "Тяпкина"),
    ("sender of a page", "Пупырина"),
    ("sender of VK", "Зайкина"),
    ("field of JSON", "79000000077"),
    ("field of a person", "Лапшина Дарья"),
    ("from of JSON", "Бякина"),
    ("link of JSON", "79000000078"),
    ("member", "Белова Мария"),
    ("archive", "Козлова Ирина"),
    ("chat", "Кракозябра"),
    ("event", "Шишкина"),
    ("number", "79000000079"),
    ("left alone", "Рыбкина Анна"),
];

fn value(place: &str) -> &'static str {
    CANARIES
        .iter()
        .find(|(known, _)| *known == place)
        .map(|(_, value)| *value)
        .expect("a place")
}

fn book() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name(value("sheet")).expect("name");
    sheet.write(0, 0, "Фамилия").expect("cell");
    sheet.write(0, 1, "Телефон").expect("cell");
    sheet.write(0, 2, "Заметка").expect("cell");
    sheet.write(1, 0, value("cell")).expect("cell");
    sheet.write(1, 1, 89_000_000_011_i64).expect("cell");
    sheet
        .write(1, 2, format!("Это {}", value("cell of text")))
        .expect("cell");
    sheet
        .write_formula(2, 2, Formula::new("=A1").set_result(value("formula")))
        .expect("cell");
    sheet
        .insert_note(1, 0, &Note::new(value("note")).set_author(value("note")))
        .expect("note");
    sheet.set_header(format!("&L{}", value("picture of a sheet")));
    sheet.set_footer(format!("&L{}", value("picture of a sheet")));
    book.save_to_buffer().expect("workbook")
}

fn sources() -> Vec<(String, Vec<u8>)> {
    let v = value;
    let file = |name: String, text: String| (name, text.into_bytes());
    vec![
        (format!("{}/base.xlsx", v("folder")), book()),
        file(
            "base.csv".into(),
            format!("Фамилия;Телефон;Итого\n{};12-34;{}\n", v("csv"), v("number")),
        ),
        file(format!("{}.txt", v("file").replace(' ', "_")), "x".to_owned()),
        file(
            "messages.html".into(),
            format!(
                "<div id='{a}' data-name='{a}' class='{a} message'><a href='https://{a}' title='{a}'>x</a><script>{s}</script><!-- {s} --><div class='from_name'>{n}</div><img alt='{a}' src='{a}'></div>",
                a = v("attribute"),
                s = v("script"),
                n = v("sender of a page")
            ),
        ),
        (
            "messages0.html".into(),
            windows_1251(&format!(
                "<div class='message'><div class='message__header'><a href='https://vk.com/{n}'>{n}</a>, 12 ноя 2026 в 10:00</div><div>да</div></div>",
                n = v("sender of VK")
            )),
        ),
        file(
            "result.json".into(),
            format!(
                "{{\"messages\":[{{\"from\":\"{}\",\"text\":[\"x\",{{\"type\":\"text_link\",\"text\":\"y\",\"href\":\"tel:{}\"}}]}}],\"+{}\":1,\"{}\":{{\"n\":1}}}}",
                v("from of JSON"),
                v("link of JSON"),
                v("field of JSON"),
                v("field of a person")
            ),
        ),
        (
            format!("WhatsApp Chat - {}.zip", v("archive")),
            packed(&[
                (&format!("{}.txt", v("member")), b"x"),
                (&format!("{}/a.csv", v("member")), b"x"),
                ("base.xlsx", &book()),
                (
                    "_chat.txt",
                    format!(
                        "[12.11.2026, 09:58:11] {c}: да\n[12.11.2026, 09:58:12] {c} добавил(а) {e}\n",
                        c = v("chat"),
                        e = v("event")
                    )
                    .as_bytes(),
                ),
            ]),
        ),
        file(format!("Скан {}.jpg", v("left alone")), v("left alone").to_owned()),
    ]
}

/// All files under a folder with their names as they stand there.
fn all_under(folder: &Path, found: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).expect("folder") {
        let path = entry.expect("entry").path();
        if path.is_dir() {
            found.push((path.display().to_string(), Vec::new()));
            all_under(&path, found);
            continue;
        }
        let bytes = fs::read(&path).expect("a copy");
        if bytes.starts_with(b"PK") {
            found.extend(unpacked(&bytes));
        }
        found.push((path.display().to_string(), bytes));
    }
}

#[test]
fn no_value_occurs_anywhere_among_the_copies() {
    let sources = sources();
    let files: Vec<(&str, &[u8])> = sources
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect();
    let house = House::with(&files);
    let (report, well) = house.run();
    assert!(well && report.contains("Готово: 10."), "{report}");
    let mut found = Vec::new();
    all_under(&house.path("out"), &mut found);
    found.push(("the report".to_owned(), report.into_bytes()));
    for (place, value) in CANARIES {
        for word in value.split(' ') {
            let old = windows_1251(word);
            for (name, bytes) in &found {
                let inside = [word.as_bytes(), old.as_slice()]
                    .iter()
                    .any(|value| bytes.windows(value.len()).any(|window| window == *value));
                assert!(!name.contains(word) && !inside, "{place} stands in {name}");
            }
        }
    }
}
