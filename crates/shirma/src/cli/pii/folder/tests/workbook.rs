//! Workbooks: written by one library, read by another.

use std::io::{Cursor, Read};

use calamine::{Data, Ods, Reader, Xlsx};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Formula, Note, Url, Workbook};

use super::archive::packed;
use super::*;

/// The cells of a copy, by sheet.
pub(super) fn cells(bytes: &[u8]) -> Vec<(String, Vec<Vec<String>>)> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let names = book.sheet_names();
    names
        .into_iter()
        .map(|name| {
            let range = book.worksheet_range(&name).expect("a sheet");
            let rows = range.rows().map(|row| row.iter().map(ToString::to_string).collect());
            (name, rows.collect())
        })
        .collect()
}

/// Everything that stands in the parts of an archive.
pub(super) fn unpacked(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    (0..archive.len())
        .map(|index| {
            let mut part = archive.by_index(index).expect("a part");
            let mut inside = Vec::new();
            part.read_to_end(&mut inside).expect("bytes");
            (part.name().expect("name").into_owned(), inside)
        })
        .collect()
}

fn copy_of_book(book: &mut Workbook) -> Vec<u8> {
    let bytes = book.save_to_buffer().expect("workbook");
    let house = House::with(&[("base.xlsx", &bytes)]);
    let (report, well) = house.run();
    assert!(well && report.contains("Книг: 1"), "{report}");
    house.bytes("base.xlsx")
}

#[test]
fn cells_are_covered_by_column_below_the_name_of_the_table() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Анна Ким").expect("name");
    sheet.write(0, 0, "База клиентов").expect("cell");
    for (column, text) in ["Фамилия", "Телефон", "Рождение", "Визит", "Сумма", "Был", "Счёт №"]
        .iter()
        .enumerate()
    {
        sheet.write(2, column as u16, *text).expect("cell");
    }
    let date = Format::new().set_num_format("dd.mm.yyyy");
    let born = ExcelDateTime::from_ymd(1990, 2, 1).expect("date");
    let came = ExcelDateTime::from_ymd(2026, 11, 12)
        .expect("date")
        .and_hms(10, 30, 0)
        .expect("time");
    sheet.write(3, 0, "Жмых").expect("cell");
    sheet.write(3, 1, 89_000_000_011_i64).expect("cell");
    sheet.write_with_format(3, 2, &born, &date).expect("cell");
    sheet.write_with_format(3, 3, &came, &date).expect("cell");
    sheet.write(3, 4, 2500.5).expect("cell");
    sheet.write(3, 5, true).expect("cell");
    sheet.write(3, 6, 1_234_567_890_123_i64).expect("cell");
    book.add_worksheet()
        .set_name("Анна  Ким")
        .expect("name")
        .write(0, 0, "пусто")
        .expect("cell");
    let made = cells(&copy_of_book(&mut book));
    assert_eq!((made[0].0.as_str(), made[1].0.as_str()), ("Клиент", "Клиент (2)"));
    assert_eq!(made[0].1[0][0], "База клиентов");
    let row = &made[0].1[3];
    assert_eq!(row[..3], ["[Клиент-1]", "[Телефон-2]", "[ДатаРождения-3]"]);
    assert_eq!(row[4..], ["2500.5", "true", "1234567890123"]);
    let copy = copy_of_book(&mut book);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(copy.as_slice())).expect("a workbook");
    let range = book.worksheet_range("Клиент").expect("a sheet");
    assert!(
        matches!(range.get_value((3, 3)), Some(Data::DateTime(at)) if at.to_ymd_hms_milli() == (2026, 11, 12, 10, 30, 0, 0))
    );
    assert!(matches!(range.get_value((3, 6)), Some(Data::String(_))));
}

#[test]
fn nothing_but_values_gets_into_the_copy() {
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_author("Жмых"));
    book.define_name("Шнырь", "=Sheet1!$A$1").expect("name");
    let sheet = book.add_worksheet();
    let (red, plain) = (Format::new().set_bold(), Format::new());
    sheet
        .write_rich_string(0, 0, &[(&plain, "звоните 8 900 "), (&red, "000-00"), (&plain, "-01")])
        .expect("cell");
    sheet
        .write_formula(1, 0, Formula::new("=CONCAT(\"Жмых\",\"\")").set_result("Это Анна Ким"))
        .expect("cell");
    sheet
        .insert_note(2, 0, &Note::new("Жмых").set_author("Шнырь"))
        .expect("note");
    sheet
        .write_url(
            3,
            0,
            Url::new("https://vk.com/zhmyh").set_text("ссылка").set_tip("Жмых"),
        )
        .expect("link");
    sheet.set_header("&CЖмых");
    let copy = copy_of_book(&mut book);
    for (name, part) in unpacked(&copy) {
        let part = String::from_utf8_lossy(&part).into_owned();
        for value in ["Жмых", "Шнырь", "Анна", "zhmyh", "8 900"] {
            assert!(!part.contains(value), "{value} in {name}");
        }
    }
    let rows = &cells(&copy)[0].1;
    assert_eq!(rows[0][0], "звоните [Телефон-1]");
    assert_eq!(rows[1][0], "Это [Клиент-2]");
    assert_eq!(rows[3][0], "ссылка");
}

const OPEN_DOCUMENT: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="Анна Ким"><table:table-row><table:table-cell office:value-type="string"><text:p>Фамилия</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>Телефон</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell office:value-type="string"><text:p>Жмых</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="89000000011"><text:p>89000000011</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"#;

fn open_document(content: &str) -> Vec<u8> {
    packed(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        (
            "META-INF/manifest.xml",
            b"<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>",
        ),
        ("content.xml", content.as_bytes()),
    ])
}

#[test]
fn an_open_document_becomes_an_xlsx() {
    let bytes = open_document(OPEN_DOCUMENT);
    assert!(Ods::new(Cursor::new(bytes.as_slice())).is_ok());
    let house = House::with(&[("base.ods", &bytes), ("base.csv", b"a;b")]);
    let (report, well) = house.run();
    assert!(well, "{report}");
    let made = cells(&house.bytes("base.xlsx"));
    assert_eq!(made[0].0, "Клиент");
    assert_eq!(made[0].1[1], ["[Клиент-1]", "[Телефон-2]"]);
}

#[test]
fn bombs_are_named_and_the_rest_goes_on() {
    let wide = OPEN_DOCUMENT.replace(
        "<table:table-row><table:table-cell ",
        "<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell table:number-columns-repeated=\"16000\" ",
    );
    let zeros = vec![b' '; 260 * 1024 * 1024];
    let mut far = Workbook::new();
    let sheet = far.add_worksheet();
    sheet.write(0, 0, "Это Анна Ким").expect("cell");
    sheet.write(1_048_575, 16_383, "Это Анна Ким").expect("cell");
    let house = House::with(&[
        ("wide.ods", &open_document(&wide)),
        ("zeros.xlsx", &packed(&[("xl/workbook.xml", &zeros)])),
        ("far.xlsx", &far.save_to_buffer().expect("workbook")),
        ("good.txt", b"x"),
    ]);
    let (report, well) = house.run();
    assert!(
        !well && report.contains("Готово: 2. ") && report.contains("Не вышло: 2."),
        "{report}"
    );
    for name in ["wide.ods", "zeros.xlsx"] {
        assert!(report.contains(&format!("{name}: в книге больше")), "{report}");
    }
    // Corners far apart are two cells, not a field of them.
    assert!(house.path("out/in/far.xlsx").exists());
}

#[test]
fn a_text_longer_than_a_cell_does_not_break_the_copy() {
    let mut book = Workbook::new();
    let long: String = "Анна Ким, ".repeat(3200);
    book.add_worksheet().write(0, 0, long.as_str()).expect("cell");
    let made = cells(&copy_of_book(&mut book));
    assert!(made[0].1[0][0].starts_with("[Клиент-1], ") && !made[0].1[0][0].contains("Анна"));
}

#[test]
fn a_sheet_that_cannot_be_read_is_not_left_out_silently() {
    let mut book = Workbook::new();
    book.add_worksheet().write(0, 0, "Это Анна Ким").expect("a cell");
    book.add_worksheet().write(0, 0, "второй лист").expect("a cell");
    let parts = unpacked(&book.save_to_buffer().expect("workbook"));
    let rest: Vec<(&str, &[u8])> = parts
        .iter()
        .filter(|(name, _)| name != "xl/worksheets/sheet2.xml")
        .map(|(name, inside)| (name.as_str(), inside.as_slice()))
        .collect();
    let house = House::with(&[("base.xlsx", &packed(&rest))]);
    let (report, well) = house.run();
    assert!(!well && report.contains("base.xlsx"), "{report}");
    assert!(!house.path("out/in/base.xlsx").exists());
}

#[test]
fn a_sheet_of_a_chart_breaks_no_workbook() {
    let mut book = Workbook::new();
    book.add_worksheet().write(0, 0, 12).expect("a cell");
    let mut chart = rust_xlsxwriter::Chart::new(rust_xlsxwriter::ChartType::Line);
    chart.add_series().set_values(("Sheet1", 0, 0, 0, 0));
    book.add_chartsheet().insert_chart(0, 0, &chart).expect("a chart");
    assert_eq!(cells(&copy_of_book(&mut book)).len(), 1);
}
