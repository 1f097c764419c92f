//! Who is spoken to, and whose name is the speaker's own: «Анна, ждём вас», «меня зовут ⟦⟧», a signature.

use std::ops::Range;
use std::sync::LazyLock;

use super::Speaker;
use super::asked::Expected;
use super::mention::words_of;
use super::role::REACH;
use crate::stems::Stems;

/// Beginnings of words of greeting, after which somebody is called by name.
pub(super) static GREETING: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "добр здравств здраст привет день вечер утро уважаем спасибо да нет дорог ок хорошо извините простите алло \
         ой ну ладно отлично понял поняла принято доброго дня салам",
    )
});
static INTRODUCTION: LazyLock<Stems> =
    LazyLock::new(|| Stems::new("зовут имя фио name zovut фамилия фамилию представлюсь"));
/// As one speaks to a client.
pub(super) fn is_polite(text: &str) -> bool {
    static POLITE: LazyLock<Stems> =
        LazyLock::new(|| Stems::new("здравствуйте добрый доброе доброго вы вас вам ваш ваша ваше ваши вашу"));
    words_of(text).iter().any(|word| POLITE.has(word))
}

/// Colleagues speak among themselves.
pub(super) fn says_among_staff(text: &str) -> bool {
    text.trim_start_matches(['(', ' ', '*', '[']).starts_with("для своих") || text.contains("внутренн")
}

/// «да, ⟦⟧.» is a whole answer.
pub(super) fn confirms(words: &[String], right: &str) -> bool {
    let ends = right.trim_start_matches([')', '(']).trim().is_empty() || right.starts_with('.');
    ends && matches!(words, [word] if matches!(word.as_str(), "да" | "нет" | "ага" | "верно" | "именно"))
}

/// «⟦⟧, верно?»
pub(super) fn asks_whether(right: &str) -> bool {
    let clause = right.trim_start_matches([',', ' ']);
    [
        "верно?",
        "так?",
        "правильно?",
        "да?",
        "все верно?",
        "всё верно?",
        "наверное",
        "кажется",
        "вроде",
        "видимо",
        "по-моему",
        "скорее",
    ]
    .iter()
    .any(|question| clause.starts_with(question))
}

/// «меня зовут ⟦⟧», «это ⟦⟧, регистратура», said by the business.
pub(super) fn introduces_staff(words: &[String], right: &str) -> bool {
    let last = words.last().map(String::as_str).unwrap_or_default();
    let with_you = matches!(words, [.., with, you] if with == "с" && you == "вами" || with == "на" && you == "связи");
    (matches!(last, "зовут" | "уважением") || with_you || last == "это" && words.len() <= 3) && !asks(right)
}

/// The speaker says the name is their own.
pub(super) fn is_own(
    text: &str,
    range: &Range<usize>,
    words: &[String],
    speaker: Option<Speaker>,
    expected: Expected,
) -> bool {
    let right = &text[range.end..];
    let near: Vec<&str> = words.iter().rev().take(REACH).map(String::as_str).collect();
    let last = near.first().copied().unwrap_or_default();
    let after = right.trim_start();
    if expected == Expected::OwnName && speaker == Some(Speaker::Client) && !asks(right) {
        let opens = words.iter().all(|word| GREETING.begins(word) || INTRODUCTION.has(word));
        let first_line = !text[..range.start].trim().contains('\n');
        let whole = after.is_empty() || after.starts_with([',', '.', '\n', ';']);
        if opens && first_line && whole && !matches!(last, "спасибо") {
            return true;
        }
    }
    near.iter().any(|word| INTRODUCTION.has(word) || *word == "уважением")
        || last == "я" && (!text[..range.start].trim_end().ends_with(',') || near.get(1) == Some(&"это"))
        || after.starts_with("меня зовут")
        || after.starts_with("зовут") && !near.contains(&"ее") && !near.contains(&"его")
        || after.starts_with("на связи")
        || after.starts_with("беспокоит")
        || last == "это" && speaker == Some(Speaker::Client) && opens_with_greeting(words) && !asks(right)
}

/// A full name as a signature, or after «запишите:».
pub(super) fn signs(text: &str, range: &Range<usize>, words: &[String]) -> bool {
    let ends = text[range.end..].trim_matches([' ', '.', '\n']).is_empty();
    let surface = &text[range.clone()];
    let full = surface.split_whitespace().count() > 1;
    let before = text[..range.start].trim_end();
    let starts = before.is_empty() || before.ends_with(['.', '!', '\n', ')']) || text[..range.start].ends_with('\n');
    let booked = words
        .last()
        .is_some_and(|word| word.starts_with("запиш") || word == "запись" || word == "оформите");
    let introduces = words.iter().all(|word| GREETING.begins(word))
        && surface.split_whitespace().count() > 1
        && text[range.end..].starts_with([',', '.', '\n'])
        && !crate::decline::is_given_and_patronymic(surface);
    let with_phone = text[range.end..]
        .trim_start_matches([',', ' ', '.'])
        .starts_with(['+', '8', '7', '9']);
    introduces
        || full && booked && before.ends_with(':') && with_phone
        || ends && full && (starts && words.is_empty() && !before.is_empty() || booked && before.ends_with([',', ':']))
}

fn opens_with_greeting(words: &[String]) -> bool {
    words[..words.len() - 1].iter().all(|word| GREETING.begins(word))
}

/// The sentence goes on as a question or with «который»: nobody introduces oneself so.
pub(super) fn asks(right: &str) -> bool {
    let end = right.find(['.', '!', '?', '\n']).unwrap_or(right.len());
    right[end..].starts_with('?') || right.trim_start_matches([' ', ',']).starts_with("котор")
}
