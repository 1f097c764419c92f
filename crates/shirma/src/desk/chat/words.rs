//! Words of the chat page that are not fixed in its template.

/// Too many messages.
pub(super) const TOO_FAST: &str = "Слишком много сообщений подряд. Подождите минуту и напишите снова.";
/// Nothing or too much was written.
pub(super) const TEXT: &str = "Сообщение пустое или длиннее 4096 знаков. Сократите его и отправьте снова.";
/// It could not be kept.
pub(super) const BROKEN: &str = "Сообщение не принято: сбой у нас. Отправьте его ещё раз через минуту.";
/// Title of a chat page without its own.
pub(super) const TITLE: &str = "Написать нам";

/// Who wrote a message, as its client sees it; nothing for his own and for the program's.
pub(super) fn author(author: &str) -> &'static str {
    match author {
        "assistant" | "model" => "Помощник",
        "staff" | "elsewhere" => "Сотрудник",
        _ => "",
    }
}
