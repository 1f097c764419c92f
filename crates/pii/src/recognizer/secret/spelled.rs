//! Passwords right behind their word: spelled by mouth («солнышко маленькими, потом семь четыре»), a word that closes the
//! clause, some words behind a colon, groups of letters.

use std::ops::Range;
use std::sync::LazyLock;

use crate::recognizer::quantity;
use crate::stems::Stems;
use crate::view::View;
use crate::words::Kind;

use super::phrase::{FILLERS, after_fillers, is_verb};
use super::word;

/// Words that spell: signs, sizes and alphabets.
pub(super) static SPELLING: LazyLock<Stems> = LazyLock::new(|| {
    let own = "собак собач точк тире дефис подчерк нижн решет звезд слэш слеш пробел восклиц вопросит плюс доллар процент \
     амперс единиц нулей двоек троек двойк тройк четверк пятерк шестерк семерк восьмерк девятк нуля нули четверок \
     пятерок шестерок семерок восьмерок девяток единичк нолик";
    Stems::of_lines(TYPING.iter().chain([own]))
});
/// Words of sizes and alphabets alone.
static TYPING: LazyLock<Stems> =
    LazyLock::new(|| Stems::new("больш маленьк заглавн прописн строчн капс английск латин русск букв раскладк слитно"));
/// Names of letters.
static LETTERS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "бэ вэ гэ дэ жэ зэ ка эль эм эн пэ эр эс тэ эф ха цэ че ша ща е э ю я би си ди джи эйч джей кей кью ар ти ви икс игрек зет зэт \
         дабл эй ай а и о у",
    )
});
/// Words that join the parts of a spelled password.
static JOINS: LazyLock<Stems> = LazyLock::new(|| Stems::new("потом затем дальше далее и с через знак все вместе"));
/// Where a spelled password ends for sure.
static ENDS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "поняли понял записали записал успели да ок или в на к от до за у для номер кабинет не что как когда если а но я вы мы ты он она \
         слово все можно нужно надо есть где приду буду подскажите скажите",
    )
});
/// What passwords are for and what is done about them.
static DOINGS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "сотруд клиент гост мастер врач админ стойк ресепш телефон компьют ноут планшет роутер касс сейф систем \
         программ страниц аккаунт учет профил инст сбер банк карт почт сайт прилож кабинет мессендж запис журнал \
         файл архив скоро потом позже завтра сегодня утром вечером вчера опять снова пожалуйста спасибо здравств \
         поможет помогите подход работ требу символ цифр букв знак смс чек квит стене двер доск визит бумаг листоч \
         конверт минут час день лично сам человек взлом украл слетел экран блокир сигнал охран терминал интернет \
         сервис салон клиник магазин ником нельзя секрет",
    )
});

/// Spelled words at most, and unknown ones among them.
const SPELLED_MAX: usize = 20;
const UNKNOWN_MAX: usize = 3;
/// Words of a password behind a colon.
const PHRASE_WORDS: std::ops::RangeInclusive<usize> = 2..=5;

/// The password announced at word `label`.
pub(super) fn value(view: &View<'_>, label: usize) -> Option<Range<usize>> {
    spelled(view, label)
        .or_else(|| same_length(view, label))
        .or_else(|| bare_word(view, label))
        .or_else(|| marked_phrase(view, label))
}

/// «солнышко маленькими английскими потом собака потом семь четыре».
fn spelled(view: &View<'_>, label: usize) -> Option<Range<usize>> {
    let words = &view.words;
    let first = after_fillers(view, label);
    if words.all.get(first)?.kind != Kind::Cyrillic
        || word::is_about(words.text(first)) && !LETTERS.has(words.text(first))
    {
        return None;
    }
    let marked = words.gap(first).trim_end().ends_with([':', '-', '«', '"', '=']);
    if words.gap(first).contains(['.', ',', '?', '!', ';']) && !marked {
        return None;
    }
    let code = matches!(words.text(label), "код" | "пин");
    let (mut last, mut signs, mut matter, mut unknown) = (None, 0, 0, 0);
    for index in first..words.len().min(first + SPELLED_MAX) {
        let gap = words.gap(index);
        if index > first && !matches!(gap, " " | ", " | "-" | " - ") {
            break;
        }
        let word = words.text(index);
        if words.all[index].kind == Kind::Latin {
            break;
        }
        let number = words.lore(index).is_numeral;
        if SPELLING.begins(word) || number {
            last = Some(index);
            signs += 1;
            matter += usize::from(number);
        } else if words.all[index].kind == Kind::Digits || LETTERS.has(word) {
            last = Some(index);
            matter += 1;
        } else if ENDS.has(word) {
            break;
        } else if !JOINS.has(word) {
            unknown += 1;
            matter += 1;
            if unknown > UNKNOWN_MAX || code {
                break;
            }
        }
    }
    let mut last = last.filter(|last| *last > first)?;
    // «маникюр один два три с маленькой»: how it is typed is said last.
    while last > first + 1 && (TYPING.begins(words.text(last)) || matches!(words.text(last), "с" | "и")) {
        last -= 1;
    }
    let spelled = (first..=last).any(|index| SPELLING.begins(words.text(index)));
    let letters = (first..=last).filter(|index| LETTERS.has(words.text(*index))).count();
    let range = words.all[first].start..words.all[last].end;
    (signs > 0
        && matter > 0
        && (spelled || letters >= 2 || unknown > 0 && !code && last - first <= 6)
        && !quantity::is_measured(view, &range))
    .then_some(range)
}

/// «abcd efgh ijkl mnop»: a password made by a program in groups.
fn same_length(view: &View<'_>, label: usize) -> Option<Range<usize>> {
    let words = &view.words;
    let first = after_fillers(view, label);
    (first..words.len().min(first + 3)).find_map(|first| {
        let length = words.text(first).len();
        let mut after = first;
        while after < words.len()
            && words.all[after].kind == Kind::Latin
            && words.text(after).len() == length
            && (after == first || words.gap(after) == " ")
        {
            after += 1;
        }
        (after - first >= 4 && length >= 3).then(|| words.all[first].start..words.all[after - 1].end)
    })
}

/// «пароль ромашка», «пасс от вайфая кофейник»: a word that closes the clause and is no word of passwords.
fn bare_word(view: &View<'_>, label: usize) -> Option<Range<usize>> {
    let words = &view.words;
    if matches!(words.text(label), "код" | "пин" | "паролем" | "паролей" | "пароли") {
        return None;
    }
    let first = after_fillers(view, label);
    let word = words.all.get(first)?;
    let text = words.text(first);
    let gap = words.gap(first + 1);
    let closed = first + 1 == words.len() || gap.contains([',', '.', '\n', '!', ')', ';']);
    // «пароль sirenka подойдёт?»
    let latin = word.kind == Kind::Latin
        && text.len() > word::WORD_CHARS_MIN
        && !word::is_about(text)
        && words.gap(first) == " "
        && gap.starts_with([' ', '?']);
    if latin && words.text(label).starts_with("п") {
        return Some(word.start..word.end);
    }
    let fits = word.kind == Kind::Cyrillic
        && text.chars().count() >= word::WORD_CHARS_MIN
        && !word::is_about(text)
        && !is_verb(text)
        && !text.ends_with("ый")
        && !text.ends_with("ая")
        && !text.ends_with("ла")
        && !ENDS.has(text)
        && !FILLERS.has(text)
        && !DOINGS.begins(text)
        && !words.lore(first).is_numeral;
    let plain = words.gap(first) == " " || words.gap(first).trim_end().ends_with([':', '-']);
    let asked =
        (first + 1..words.len().min(first + 4)).any(|index| words.gap(index).contains('?')) || gap.contains('?');
    (closed && fits && plain && !asked).then_some(word.start..word.end)
}

/// «пароль: три кота и пёс»: some words behind a colon to the end of the clause.
fn marked_phrase(view: &View<'_>, label: usize) -> Option<Range<usize>> {
    let words = &view.words;
    let first = label + 1;
    if !words.text(label).starts_with("парол") || !words.gap(first).trim_end().ends_with(':') {
        return None;
    }
    let mut after = first;
    while after < words.len() && (after == first || words.gap(after) == " ") && words.all[after].kind != Kind::Digits {
        after += 1;
    }
    let text = words.text(first);
    let told = word::is_about(text) || is_verb(text) || DOINGS.begins(text) || ENDS.has(text);
    let asked = words.gap(after).contains('?');
    (PHRASE_WORDS.contains(&after.saturating_sub(first)) && !told && !asked)
        .then(|| words.all[first].start..words.all[after - 1].end)
}
