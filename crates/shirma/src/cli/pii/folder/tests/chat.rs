//! Chats saved by WhatsApp.

use super::*;

#[test]
fn senders_and_messages_of_android_are_masked() {
    let chat = "12.11.2026, 09:58 - Сообщения и звонки защищены сквозным шифрованием.\n\
                12.11.2026, 09:58 - Анна Ким: Здравствуйте!\n\
                12.11.2026, 10:05 - Студия: Ждём,\nАнна\n\
                12.11.2026, 10:06 - Анна Ким: <Без медиафайлов>\n";
    assert_eq!(
        copy_of("chat.txt", chat.as_bytes()),
        "12.11.2026, 09:58 - Сообщения и звонки защищены сквозным шифрованием.\n\
         12.11.2026, 09:58 - [Клиент-1]: Здравствуйте!\n\
         12.11.2026, 10:05 - [Клиент-2]: Ждём,\n[Клиент-1]\n\
         12.11.2026, 10:06 - [Клиент-1]: <Без медиафайлов>\n"
    );
}

#[test]
fn english_and_bracketed_stamps_and_marks_are_read() {
    for (line, copy) in [
        (
            "1/2/26, 9:58\u{202f}AM - Zhmyh: hi",
            "1/2/26, 9:58\u{202f}AM - [Клиент-1]: hi",
        ),
        ("11/12/26, 9:58 AM - Zhmyh: hi", "11/12/26, 9:58 AM - [Клиент-1]: hi"),
        (
            "[12.11.2026, 09:58:11] ~ Жмых: \u{200e}да",
            "[12.11.2026, 09:58:11] ~ [Клиент-1]: \u{200e}да",
        ),
        (
            "\u{200e}[12.11.2026, 09:58:11] ~\u{a0}Жмых: да",
            "\u{200e}[12.11.2026, 09:58:11] ~\u{a0}[Клиент-1]: да",
        ),
        (
            "12.11.2026, 09:58 - +7 900 000-00-12: да",
            "12.11.2026, 09:58 - [Телефон-1]: да",
        ),
        ("2026-11-12, 09:58 - Жмых: да", "2026-11-12, 09:58 - [Клиент-1]: да"),
    ] {
        assert_eq!(copy_of("chat.txt", line.as_bytes()), copy);
    }
}

#[test]
fn what_the_messenger_says_itself_is_masked() {
    let stamp = "12.11.2026, 09:58 - ";
    for (said, copy) in [
        (
            "Жмых добавил(а) Шнырь и +7 900 000-00-12",
            "[Клиент-1] добавил(а) [Клиент-2] и [Телефон-3]",
        ),
        ("Вы добавили Шнырь", "Вы добавили [Клиент-1]"),
        ("Анна Ким добавила +7 900 000-00-12", "[Клиент-1] добавила [Телефон-2]"),
        ("Жмых покинул группу", "[Клиент-1] покинул группу"),
        (
            "~ Жмых joined using this group's invite link",
            "[Клиент-1] joined using this group's invite link",
        ),
        ("Вы создали группу", "Вы создали группу"),
    ] {
        assert_eq!(
            copy_of("chat.txt", format!("{stamp}{said}\n").as_bytes()),
            format!("{stamp}{copy}\n")
        );
    }
}

#[test]
fn who_writes_is_known_in_lines_of_the_messenger() {
    let chat = "12.11.2026, 09:58 - Код безопасности с Шнырь Жмых другой.\n12.11.2026, 09:58 - Шнырь Жмых: да\n";
    assert!(!copy_of("chat.txt", chat.as_bytes()).contains("Жмых"));
}

#[test]
fn somebody_is_spoken_of_before_they_write() {
    let chat = "12.11.2026, 09:58 - Студия: Кракозябра, ждём\n12.11.2026, 09:58 - Кракозябра: да\n";
    assert!(!copy_of("chat.txt", chat.as_bytes()).contains("Кракозябра"));
    let page = "<div class='message'><div class='from_name'>Студия</div><div class='text'>Кракозябра, ждём</div></div><div class='message'><div class='from_name'>Кракозябра</div></div>";
    assert!(!copy_of("chat.html", page.as_bytes()).contains("Кракозябра"));
    let json = r#"{"messages":[{"from":"Студия","text":"Кракозябра, ждём"},{"from":"Кракозябра","text":"да"}]}"#;
    assert!(!copy_of("chat.json", json.as_bytes()).contains("Кракозябра"));
}

#[test]
fn the_log_of_a_program_is_no_chat() {
    let log = "2026-11-12 10:00:00 - INFO: started\n2026-11-12 10:00:01 - INFO: клиент Анна Ким\n";
    assert_eq!(copy_of("x.log", log.as_bytes()), log.replace("Анна Ким", "[Клиент-1]"));
}

#[test]
fn a_line_of_thousands_of_names_is_read_to_its_end() {
    let chat = format!(
        "12.11.2026, 09:58 - Жмых: да\n12.11.2026, 09:58 - Вы добавили {}\n",
        "Жмых, ".repeat(5_000)
    );
    assert!(copy_of("chat.txt", chat.as_bytes()).ends_with('\n'));
}
