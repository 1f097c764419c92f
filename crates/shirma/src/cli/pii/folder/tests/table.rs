//! Tables of text.

use super::*;

#[test]
fn cells_are_covered_by_column_and_signs_stay() {
    let csv = "\u{feff}\"ID\";\"Имя\";\"Телефон\";\"Заметка\"\r\n\"1\";\"Редкоимя\";\"89000000011\";\"просит \"\"тихо\"\", анна@mail.example\"\r\n";
    assert_eq!(
        copy_of("base.csv", csv.as_bytes()),
        "\u{feff}\"ID\";\"Имя\";\"Телефон\";\"Заметка\"\r\n\"1\";\"[Клиент-1]\";\"[Телефон-2]\";\"просит \"\"тихо\"\", [Почта-3]\"\r\n"
    );
}

#[test]
fn a_heading_below_the_name_of_the_table_is_found_and_read_as_text() {
    let csv = "База Анны Ким,,\n,,\n№,Фамилия,Телефон Анны Ким\n1,Жмых,12-34\n";
    assert_eq!(
        copy_of("base.csv", csv.as_bytes()),
        "База [Клиент-2],,\n,,\n№,Фамилия,Телефон [Клиент-2]\n1,[Клиент-1],[Телефон-3]\n"
    );
}

#[test]
fn values_without_a_heading_do_not_pass_for_one() {
    let csv = "Анна Ким;anna@mail.example;тел. 8 900 000-00-01\nПётр Ким;petr@mail.example;тел. 8 900 000-00-02\n";
    let copy = copy_of("base.csv", csv.as_bytes());
    for value in ["Анна", "anna", "900", "Пётр"] {
        assert!(!copy.contains(value), "{copy}");
    }
}

#[test]
fn a_note_above_speaks_of_somebody_below() {
    let csv = "Заметка;Фамилия;Телефон\nпридёт с Пупырёк;Иванов;1\nда;Пупырёк;2\n";
    assert!(!copy_of("base.csv", csv.as_bytes()).contains("Пупырёк"));
}

#[test]
fn equal_values_have_one_code_however_far_apart() {
    let csv = "Имя;Телефон\nАнна;1\n".to_owned() + &"Пётр;2\n".repeat(30) + "Анна;1\n";
    let copy = copy_of("base.csv", csv.as_bytes());
    assert!(
        copy.starts_with("Имя;Телефон\n[Клиент-1];[Телефон-3]\n[Клиент-2];[Телефон-4]\n"),
        "{copy}"
    );
    assert_eq!(
        (copy.matches("[Клиент-1]").count(), copy.matches("[Клиент-2]").count()),
        (2, 30)
    );
}

#[test]
fn a_table_in_old_letters_gets_the_mark_of_the_new_ones() {
    let csv = super::page::windows_1251("Имя;Телефон\nАнна;12\n");
    assert_eq!(
        copy_of("base.csv", &csv),
        "\u{feff}Имя;Телефон\n[Клиент-1];[Телефон-2]\n"
    );
}
