//! Labels of secrets that are several words, «кодовое слово», «три цифры сзади», and secrets that are words themselves:
//! «пароль: ромашка», «кодовое слово Ласточка».

use std::ops::Range;
use std::sync::LazyLock;

use crate::cue::{Cue, cue_at};
use crate::stems::Stems;
use crate::view::View;
use crate::words::Kind;

/// Words that make another kind of code of «код»: «штрих-код», «промо код».
static OTHER_CODES: LazyLock<Stems> = LazyLock::new(|| Stems::new("штрих промо qr куар бар баркод генетическ"));
/// Sides of a bank card and messages where digits stand.
static SECRET_PLACES: LazyLock<Stems> =
    LazyLock::new(|| Stems::new("сзади оборот обрат задн смс sms сообщен пуш cvv cvc подпис"));
/// What a wireless network is called.
static NETWORKS: LazyLock<Stems> = LazyLock::new(|| Stems::new("сети wi вай безопасн"));
/// Words that speak of a password and are none.
static ABOUT: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "верный правильн есть тот прежн стар нов забы пришл дай спрос смен сброс восстан скаж ниже выше внутри прост \
         слож обязател одноразов от для на у и не по спасиб кажд личн общ тут там здесь где как что когда будет был \
         нужен нужн придум введит вводит ввест остал сохран действ секрет wifi админ admin вайф google гугл gmail \
         mail apple icloud window steam vk вк telegram instagram сбер госуслуг whatsapp android iphone айфон яндекс \
         yandex онлайн online пин код логин login банк карт телефон приложен кабинет сайт доступ вход",
    )
});

/// Whether a word speaks of a password and is none.
pub(super) fn is_about(word: &str) -> bool {
    ABOUT.begins(word)
}

/// Longest way from «пароль» to a word after a colon, in words.
const FILLERS_MAX: usize = 4;
/// How far before «ключ» its network may be named.
const NETWORK_REACH: usize = 6;
/// Letters of a password that is a word.
pub(super) const WORD_CHARS_MIN: usize = 4;

/// Whether word `index` announces a secret.
pub(super) fn is_label(view: &View<'_>, index: usize) -> bool {
    let words = &view.words;
    if cue_at(view, index) == Some(Cue::Secret) {
        return index == 0 || !OTHER_CODES.has(words.text(index - 1));
    }
    is_code_word(view, index)
        || is_message(view, index)
        || is_digits_of_place(view, index)
        || is_network_key(view, index)
}

/// The second word of «кодовое слово», «секретная фраза».
fn is_code_word(view: &View<'_>, index: usize) -> bool {
    let Some(before) = index.checked_sub(1) else {
        return false;
    };
    let (kind, word) = (view.words.text(before), view.words.text(index));
    (word.starts_with("слов") || word.starts_with("фраз"))
        && ["кодов", "секретн", "контрольн", "парольн"]
            .iter()
            .any(|stem| kind.starts_with(stem))
}

/// «из смс 60418», «в смс написано 60418».
fn is_message(view: &View<'_>, index: usize) -> bool {
    let words = &view.words;
    let digits = |next: usize| {
        words
            .all
            .get(next)
            .is_some_and(|next| next.kind == Kind::Digits && MESSAGE_DIGITS.contains(&(next.end - next.start)))
            && matches!(words.gap(next), " " | ": " | " - ")
    };
    let told = ["написан", "пришл", "был", "стоит", "код"];
    matches!(words.text(index), "смс" | "смски" | "смске" | "sms")
        && index > 0
        && matches!(words.text(index - 1), "из" | "в")
        && (digits(index + 1) || digits(index + 2) && told.iter().any(|stem| words.text(index + 1).starts_with(stem)))
}

/// Digits of a code that comes by message.
const MESSAGE_DIGITS: std::ops::RangeInclusive<usize> = 4..=6;

/// The last word of «три цифры сзади», «цифры с обратной стороны карты», «цифры из смс».
fn is_digits_of_place(view: &View<'_>, index: usize) -> bool {
    let words = &view.words;
    let digits_told = words
        .before(index, 4)
        .any(|word| word.starts_with("цифр") || word.starts_with("циферк") || matches!(word, "числа" | "число"));
    digits_told && SECRET_PLACES.begins(words.text(index))
}

/// «ключ сети», «ключ от вайфая».
fn is_network_key(view: &View<'_>, index: usize) -> bool {
    matches!(view.words.text(index), "ключ" | "key")
        && ((1..=2).any(|step| NETWORKS.begins(view.words.text(index + step)))
            || view
                .words
                .before(index, NETWORK_REACH)
                .any(|word| NETWORKS.begins(word)))
}

/// The word that is the secret announced at word `label`.
pub(super) fn value(view: &View<'_>, label: usize) -> Option<Range<usize>> {
    let words = &view.words;
    let text = words.text(label);
    if is_code_word(view, label) {
        let next = label + 1;
        let bank = ["банк", "карт", "у", "мо", "для", "в"]
            .iter()
            .any(|stem| words.text(next).starts_with(stem));
        let told = !bank || is_marked(view, next);
        let found = word_at(view, next).filter(|_| told && !words.gap(next).contains(['?', '.', ',', '\n']));
        return found.or_else(|| told_far(view, label));
    }
    let opens = ["парол", "пороль", "парль", "пасс", "pass", "pwd", "кодов"]
        .iter()
        .any(|stem| text.starts_with(stem));
    if !opens {
        return None;
    }
    for index in label + 1..words.len().min(label + 1 + FILLERS_MAX) {
        let gap = words.gap(index);
        if gap.contains(['\n', '?', '!', ';', ',']) || gap.contains(". ") {
            return None;
        }
        if is_marked(view, index) {
            return word_at(view, index).filter(|range| is_closed(view, range));
        }
        // «пароль sirenka»: a word in other letters.
        if words.all[index].kind == Kind::Latin
            && words.all[label].kind == Kind::Cyrillic
            && !ABOUT.begins(words.text(index))
        {
            return word_at(view, index).filter(|range| is_closed(view, range));
        }
    }
    None
}

/// «Кодовое слово по моему договору — черёмуха»: a sign leads to the word some words later.
fn told_far(view: &View<'_>, label: usize) -> Option<Range<usize>> {
    let words = &view.words;
    (label + 2..words.len().min(label + 2 + FAR_WORDS_MAX))
        .take_while(|index| {
            !words.gap(*index).contains(['\n', '?', '!', ';', ',']) && !words.gap(*index).contains(". ")
        })
        .find(|index| is_marked(view, *index))
        .and_then(|index| word_at(view, index))
        .filter(|range| is_closed(view, range))
}

/// Words between «кодовое слово» and the sign before it.
const FAR_WORDS_MAX: usize = 5;

/// A colon, a quote or a dash stands right before word `index`.
fn is_marked(view: &View<'_>, index: usize) -> bool {
    let gap = view.words.gap(index);
    gap.trim_end().ends_with([':', '=', '«', '"', '\'']) || gap == " - "
}

/// The word at `index` if it may be a password.
fn word_at(view: &View<'_>, index: usize) -> Option<Range<usize>> {
    let word = view.words.all.get(index)?;
    let text = view.words.text(index);
    let fits = word.kind != Kind::Digits && text.chars().count() >= WORD_CHARS_MIN && !ABOUT.begins(text);
    let range = word.start..word.end;
    (fits && view.stands_alone(&range) && !goes_on(&view.text()[word.end..])
        || fits && view.text()[word.end..].trim_start_matches('.').is_empty())
    .then_some(range)
}

/// The word is the first part of an address or of a longer name.
fn goes_on(rest: &str) -> bool {
    rest.starts_with(['@', '_', '/'])
        || rest
            .strip_prefix('.')
            .is_some_and(|tail| tail.starts_with(char::is_alphanumeric))
}

/// Whether the clause ends after the range.
fn is_closed(view: &View<'_>, range: &Range<usize>) -> bool {
    let rest = view.text()[range.end..].trim_start_matches(' ');
    rest.is_empty() || rest.starts_with(['.', ',', ';', '\n', '!', ')', '»', '"', '\'', '('])
}
