//! Russian words of the desk that are not fixed in a template: plural forms, states, masks, names of acts.

use super::fault::Refusal;
use super::rows::{JournalFilter, Tab};
use crate::access::{PasswordError, Role};
use crate::contract::ChannelKind;
use crate::dialog::Outcome;
use crate::subject::Reason;

/// A wait too short to count.
pub const LESS_THAN_A_MINUTE: &str = "меньше минуты";
/// In place of the words of a message its writer took back.
pub const MESSAGE_GONE: &str = "сообщение удалено";
/// Author of a message our side wrote outside this program.
pub const STAFF_ELSEWHERE: &str = "Сотрудник, с телефона";
/// A colleague nobody knows any more.
pub const SOMEBODY: &str = "Сотрудник";

/// In place of the words of a button that is not kept any more.
pub const PRESSED: &str = "нажата кнопка";

/// The form of a noun that goes with a number: 1 запись, 2 записи, 5 записей.
pub fn plural<'a>(number: i64, one: &'a str, few: &'a str, many: &'a str) -> &'a str {
    let (tens, units) = (number.unsigned_abs() % 100, number.unsigned_abs() % 10);
    match (tens, units) {
        (11..=14, _) => many,
        (_, 1) => one,
        (_, 2..=4) => few,
        (_, _) => many,
    }
}

/// A number with its noun.
pub fn count(number: i64, one: &str, few: &str, many: &str) -> String {
    format!("{} {}", grouped(number), plural(number, one, few, many))
}

/// A number in groups of three: 12 345.
pub fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut grouped = String::from(if number < 0 { "−" } else { "" });
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            grouped.push('\u{a0}');
        }
        grouped.push(digit);
    }
    grouped
}

/// «2 дня».
pub fn days(number: i64) -> String {
    count(number, "день", "дня", "дней")
}

/// A phone in full as people write it: «+7 900 000-00-11».
pub fn spelled_phone(phone: &str) -> String {
    let digits: Vec<char> = phone.chars().filter(char::is_ascii_digit).collect();
    match digits.as_slice() {
        ['7' | '8', rest @ ..] if rest.len() == 10 => {
            let part = |from: usize, to: usize| rest[from..to].iter().collect::<String>();
            format!("+7 {} {}-{}-{}", part(0, 3), part(3, 6), part(6, 8), part(8, 10))
        }
        _ => phone.to_owned(),
    }
}

/// One or two capitals for the circle in a list; none gives `?`.
pub fn initials(name: &str) -> String {
    let letters: String = name
        .split_whitespace()
        .filter_map(|word| word.chars().find(|letter| letter.is_alphabetic()))
        .take(2)
        .flat_map(char::to_uppercase)
        .collect();
    if letters.is_empty() { "?".to_owned() } else { letters }
}

/// The channel as clients call it.
pub fn channel(name: &str) -> &'static str {
    match ChannelKind::from_name(name) {
        Some(ChannelKind::Site) => "Сайт",
        Some(ChannelKind::Max) => "MAX",
        Some(ChannelKind::Telegram) => "Telegram",
        None => "Канал",
    }
}

/// The role as screens call it.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Owner => "Владелец",
        Role::Manager => "Управляющий",
        Role::Administrator => "Администратор",
        Role::Master => "Мастер",
        Role::Doctor => "Врач",
        Role::DataOfficer => "Ответственный за данные",
        Role::Auditor => "Проверяющий",
    }
}

/// Who leads the dialog now.
pub fn dialog_state(state: &str) -> &'static str {
    match state {
        "assistant" => "У помощника",
        "waiting" => "Ждёт сотрудника",
        "staff" => "У сотрудника",
        "closed" => "Закрыт",
        _ => "Неизвестно",
    }
}

/// Why the assistant called a person.
pub fn hand_over(reason: &str) -> &'static str {
    match reason {
        "asked" => "Клиент попросил человека",
        "anger" => "Клиент недоволен",
        "doubt" => "Помощник не уверен в ответе",
        "form" => "Пришла заявка",
        "held" => "Ответ помощника задержан проверкой",
        "failed" => "Помощник не смог ответить",
        "health" => "Вопрос о здоровье",
        "emergency" => "Похоже на неотложный случай",
        _ => "Нужен сотрудник",
    }
}

/// Where an answer is: the sign and its words.
pub fn delivery(state: &str) -> (&'static str, &'static str) {
    match state {
        "queued" => ("clock", "отправляется"),
        "sent" | "local" => ("check", "отправлено"),
        "delivered" => ("checks", "доставлено"),
        "read" => ("checks", "прочитано"),
        "failed" => ("alert", "не ушло"),
        _ => ("clock", "ожидает"),
    }
}

/// What became of an answer that was held; nothing for any other.
pub fn settled(state: &str) -> Option<&'static str> {
    match state {
        "released" => Some("Черновик: ответ отправил сотрудник"),
        "discarded" => Some("Черновик отклонён, клиент его не видел"),
        _ => None,
    }
}

/// What came with a message.
pub fn attachment(kind: &str) -> &'static str {
    match kind {
        "image" => "Фотография",
        "voice" => "Голосовое сообщение",
        "audio" => "Звукозапись",
        "video" => "Видео",
        "document" => "Файл",
        "sticker" => "Наклейка",
        "location" => "Место на карте",
        "contact" => "Карточка контакта",
        _ => "Вложение",
    }
}

/// Kind of an enquiry.
pub fn enquiry_kind(kind: &str) -> &'static str {
    match kind {
        "booking" => "Запись",
        "question" => "Вопрос",
        "call_back" => "Перезвонить",
        _ => "Обращение",
    }
}

/// Outcome of an enquiry.
pub fn enquiry_state(state: &str) -> &'static str {
    match state {
        "open" => "открыто",
        "booked" => "записан",
        "refused" => "отказ",
        "answered" => "справка",
        "spam" => "спам",
        _ => "неизвестно",
    }
}

/// Why two cards may be one person.
pub fn hint_reason(reason: &str) -> &'static str {
    match reason {
        "phone" => "совпал телефон",
        "email" => "совпала почта",
        _ => "есть совпадение",
    }
}

/// What the consent is for.
pub fn consent_purpose(purpose: &str) -> &'static str {
    match purpose {
        "assistant" => "Ответы помощника",
        "site_form" => "Форма на сайте",
        _ => "Обработка данных",
    }
}

/// Where a person stands towards a purpose.
pub fn consent_state(state: &str) -> &'static str {
    match state {
        "granted" => "получено",
        "refused" => "отказ",
        "withdrawn" => "отозвано",
        _ => "нет",
    }
}

/// The sign beside it.
pub fn consent_icon(state: &str) -> &'static str {
    match state {
        "granted" => "tick",
        "refused" | "withdrawn" => "cross",
        _ => "minus",
    }
}

/// A tab over the list of dialogs.
pub fn tab(tab: Tab) -> &'static str {
    match tab {
        Tab::Waiting => "Ждут ответа",
        Tab::Mine => "Мои",
        Tab::Nobodys => "Без ответственного",
        Tab::Assistant => "У помощника",
        Tab::Closed => "Закрыты",
    }
}

/// A filter of the journal.
pub fn journal_filter(filter: JournalFilter) -> &'static str {
    match filter {
        JournalFilter::All => "Все",
        JournalFilter::Staff => "Сотрудники",
        JournalFilter::Reveals => "Показы данных",
        JournalFilter::Consents => "Согласия",
        JournalFilter::Refusals => "Отказы и сбои",
    }
}

/// How a dialog may end.
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Booked => "Записан",
        Outcome::Answered => "Справка",
        Outcome::Refused => "Отказ",
        Outcome::Spam => "Спам",
    }
}

/// What is wrong with a new password or name.
pub fn password_problem(error: &PasswordError) -> &'static str {
    match error {
        PasswordError::TooShort => "Пароль короткий: нужно не меньше 10 знаков.",
        PasswordError::TooLong => "Пароль слишком длинный: хватит одной фразы.",
        PasswordError::Common => "Такой пароль подбирают первым. Придумайте другой, например фразу из трёх слов.",
        PasswordError::Differ => "Пароли не совпали. Введите один и тот же дважды.",
        PasswordError::Login => {
            "Имя для входа: буквы одного алфавита, цифры, точка, дефис или подчёркивание, не длиннее 40 знаков."
        }
        PasswordError::LoginTaken => "Это имя для входа уже занято. Выберите другое.",
        PasswordError::Fault(_) => "Сохранить не получилось. Повторите через минуту.",
    }
}

/// Somebody has this name for signing in, also one who was disabled.
pub const LOGIN_TAKEN_BY_ANYBODY: &str =
    "Это имя для входа занято, отключённые сотрудники его тоже держат. Выберите другое.";

/// «7 резервных кодов».
pub fn recovery_codes(left: i64) -> String {
    count(left, "резервный код", "резервных кода", "резервных кодов")
}

/// The second step of signing in is nobody's duty.
pub const PUT_OFF_AT_WILL: &str = "сколько угодно";

/// How long it may be put off.
pub fn put_off(days_left: i64) -> String {
    format!("ещё {}", days(days_left))
}

/// What a screen reader says of the picture for an authenticator app.
pub const PICTURE_OF_SECRET: &str = "QR-код для приложения с кодами";
/// What a screen reader says of the picture of a link.
pub const PICTURE_OF_LINK: &str = "QR-код со ссылкой для входа";

/// What is wrong with an answer a person typed.
pub fn reply_problem(is_empty: bool) -> &'static str {
    if is_empty {
        "Напишите ответ: поле пустое."
    } else {
        "Сообщение длиннее 4000 знаков. Разделите его на два."
    }
}

/// «Другое» needs words.
pub const REASON_NEEDS_WORDS: &str = "Напишите причину: не короче 10 знаков.";
/// The held answer is not there any more.
pub const DRAFT_SETTLED: &str = "Этот черновик уже отправили или отклонили.";
/// A code was left in words for a client.
pub const DRAFT_HAS_CODE: &str =
    "В тексте есть код или скрытые знаки «•••»: клиент получил бы их такими. Перепишите это место и отправьте.";
/// Too many values shown within an hour or a day.
pub const REVEALED_TOO_MUCH: &str = "Показано слишком много данных: не больше 30 за час и 150 за день. Подождите или обратитесь к владельцу, он уже знает.";
/// Nothing to show.
pub const NOTHING_TO_REVEAL: &str = "Таких данных в карточке нет.";

/// What happened and what to do.
pub fn refusal(refusal: &Refusal) -> (&'static str, &'static str) {
    match refusal {
        Refusal::NotFound => (
            "Здесь ничего нет",
            "Возможно, ссылка старая или в ней опечатка. Начните с главной страницы.",
        ),
        Refusal::Denied => (
            "Этот раздел закрыт для вашей роли",
            "Если он нужен для работы, попросите владельца открыть его.",
        ),
        Refusal::SignedOut => ("Нужно войти", "Войдите с именем и паролем или по ссылке."),
        Refusal::Foreign => (
            "Страница устарела",
            "Вернитесь назад, обновите страницу и повторите. Ничего не изменилось.",
        ),
        Refusal::Unreadable => (
            "Форма заполнена не полностью",
            "Вернитесь назад и проверьте поля. Ничего не изменилось.",
        ),
        Refusal::TooLarge => (
            "Слишком много текста",
            "Сократите его и отправьте снова. Ничего не изменилось.",
        ),
        Refusal::Broken(_) | Refusal::Unwritten => (
            "Сейчас не получилось",
            "Повторите через минуту. Если не помогло, позвоните тому, кто настраивал программу, и назовите код.",
        ),
    }
}

/// Number of codes in a text.
pub fn codes(number: i64) -> String {
    match number {
        0 => "личных данных не нашлось".to_owned(),
        number => format!("{} вместо личных данных", count(number, "код", "кода", "кодов")),
    }
}

/// Number of clients found.
pub fn found(number: i64) -> String {
    match number {
        0 => "Никого не нашлось".to_owned(),
        number => format!(
            "{} {}",
            plural(number, "Найден", "Найдены", "Найдено"),
            count(number, "клиент", "клиента", "клиентов")
        ),
    }
}

/// Why a value is shown.
pub fn reveal_reason(reason: Reason) -> &'static str {
    match reason {
        Reason::CallBack => "Перезвонить",
        Reason::ConfirmVisit => "Подтвердить запись",
        Reason::Deliver => "Доставка",
        Reason::Complaint => "Жалоба",
        Reason::SubjectAsked => "Запрос самого клиента",
        Reason::LegalDuty => "Требование закона",
        Reason::Other => "Другое",
    }
}

/// Name of a field of the card.
pub fn field(name: &str) -> &str {
    match name {
        "name" => "имя",
        "phone" => "телефон",
        "email" => "почта",
        "until" => "срок",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_noun_takes_the_form_of_its_number() {
        let cases = [
            (0, "записей"),
            (1, "запись"),
            (2, "записи"),
            (4, "записи"),
            (5, "записей"),
            (11, "записей"),
            (14, "записей"),
            (21, "запись"),
            (22, "записи"),
            (111, "записей"),
            (1_001, "запись"),
            (-3, "записи"),
        ];
        for (number, expected) in cases {
            assert_eq!(plural(number, "запись", "записи", "записей"), expected, "{number}");
        }
    }

    #[test]
    fn big_numbers_are_grouped() {
        assert_eq!(grouped(7), "7");
        assert_eq!(grouped(12_345), "12\u{a0}345");
        assert_eq!(grouped(-1_000_000), "−1\u{a0}000\u{a0}000");
    }

    #[test]
    fn a_phone_is_spelled_as_people_write_it() {
        assert_eq!(spelled_phone("+79000000011"), "+7 900 000-00-11");
        assert_eq!(spelled_phone("+375290000022"), "+375290000022");
    }

    #[test]
    fn initials_are_letters() {
        assert_eq!(initials("анна Ким Тестова"), "АК");
        assert_eq!(initials("«Анна»"), "А");
        assert_eq!(initials("🙂"), "?");
        assert_eq!(initials(""), "?");
    }
}
