//! What a refused post says to the author of the page: which field, what is wrong, what to write instead.

pub(super) fn wrong_kind() -> String {
    "Тип содержимого не подходит: отправьте application/json или обычную форму (application/x-www-form-urlencoded)."
        .to_owned()
}

pub(super) fn too_large(limit_bytes: usize) -> String {
    format!("Запрос больше {limit_bytes} байт: сократите сообщение, файлы форма не принимает.")
}

pub(super) fn not_json() -> String {
    "Тело запроса не читается как JSON: нужен один объект с полями формы, кодировка UTF-8.".to_owned()
}

pub(super) fn not_utf8() -> String {
    "Поля формы не в UTF-8: добавьте на страницу meta charset=\"utf-8\" или accept-charset у формы.".to_owned()
}

pub(super) fn not_plain(field: &str) -> String {
    format!("Поле {field} должно быть строкой.")
}

pub(super) fn too_long(field: &str, limit_chars: usize) -> String {
    format!("Поле {field} длиннее {limit_chars} знаков: сократите его.")
}

pub(super) fn no_started() -> String {
    "Нет поля started_ms: передайте, сколько миллисекунд прошло от открытия формы до отправки.".to_owned()
}

pub(crate) fn needs_consent() -> &'static str {
    "Отметьте согласие на обработку данных."
}

pub(crate) fn no_contact() -> &'static str {
    "Напишите телефон, почту или вопрос."
}

pub(crate) fn too_often() -> &'static str {
    "Слишком много сообщений подряд. Попробуйте позже."
}
