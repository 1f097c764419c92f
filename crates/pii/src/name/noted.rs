//! Names in a note: in quotation marks before an hour, «"Шамиль", 17:00», and owners of what a client has, «Машина запись».

use std::sync::LazyLock;

use crate::stems::Stems;
use crate::view::Claims;
use crate::words::{Capitals, Kind as WordKind, Words};

use super::Person;
use super::derived;
use super::form::{self, Kind};
use super::slot::{add, may_name, readings};

/// What belongs to a client.
static BELONGINGS: LazyLock<Stems> = LazyLock::new(|| {
    Stems::new(
        "запись записи очередь карточка карточку карточки карта карты анкета анкету мама маме маму мамы подруга подругу \
         подруге сестра сестре сестру дочь дочка дочки дочке муж мужа мужу сын сына сыну телефон номер место мастер абонемент \
         сертификат ногти брови ресницы ключи машина машину тачка тачку заказ посылка посылку анализы результаты прием папа папе папу брат брату бабушка бабушке дед деду тетя",
    )
});
/// Binary logarithm of how usual a quoted name is at least.
const QUOTED_COUNT_MIN: u64 = 5;
/// How far behind a quoted word is said that it is a name.
const SAID_REACH: usize = 5;

/// Adds such names.
pub(super) fn complete(words: &Words<'_>, claims: Option<&Claims>, people: &mut Vec<Person>) {
    for index in 0..words.len() {
        if words.gap(index) == "\n"
            && let Some(line) = next_line(words, people, index)
        {
            people[line].end = words.all[index].end;
        }
        if words.all[index].kind == WordKind::Cyrillic && (is_quoted_name(words, index) || is_owner(words, index)) {
            add(words, claims, people, index, index);
        }
    }
}

/// «Клиент: Ольга⏎Смирнова»: which name goes on with the lone surname or patronymic of the next line.
fn next_line(words: &Words<'_>, people: &[Person], index: usize) -> Option<usize> {
    let word = words.all[index];
    let alone = words.gap(index) == "\n" && (index + 1 == words.len() || words.gap(index + 1).contains('\n'));
    if !alone
        || word.capitals != Capitals::First
        || people
            .iter()
            .any(|person| person.start < word.end && word.start < person.end)
    {
        return None;
    }
    let part = readings(words, index)
        .iter()
        .any(|reading| reading.kind == Kind::Patronymic || reading.kind == Kind::Surname && !reading.guessed)
        || form::surname_by_suffix(words.text(index)).is_some();
    people.iter().position(|person| part && person.end + 1 == word.start)
}

/// «"Шамиль", 17:00», «"Марго" это не ник, а имя».
fn is_quoted_name(words: &Words<'_>, index: usize) -> bool {
    let (opening, closing) = (words.gap(index), words.gap(index + 1));
    if !opening.ends_with(['«', '"']) || !closing.starts_with(['»', '"']) {
        return false;
    }
    let hour = words
        .all
        .get(index + 1)
        .is_some_and(|next| next.kind == WordKind::Digits)
        && closing.chars().skip(1).all(|sign| matches!(sign, ' ' | ',' | '-'))
        && matches!(words.gap(index + 2), ":" | ".");
    let said = (index + 1..(index + 1 + SAID_REACH).min(words.len()))
        .take_while(|at| !words.gap(*at).contains(['.', '!', '?', '\n']))
        .any(|at| matches!(words.text(at), "имя" | "зовут"));
    let outside = index.checked_sub(1).is_some_and(|before| {
        opening.len() <= 3 && (words.lore(before).parts.is_thing() || words.lore(before).parts.is_pet())
    });
    let writes = index > 0
        && matches!(
            words.text(index - 1),
            "пишет" | "пишут" | "подписана" | "подписан" | "админ"
        );
    (hour || said || writes)
        && !outside
        && may_name(words, index)
        && readings(words, index)
            .iter()
            .any(|reading| reading.kind == Kind::Given && reading.count >= QUOTED_COUNT_MIN)
}

/// «Машина запись», «катины ногти».
fn is_owner(words: &Words<'_>, index: usize) -> bool {
    if words.gap(index + 1) != " " || !BELONGINGS.has(words.text(index + 1)) {
        return false;
    }
    let text = words.text(index);
    let shaped = ["ина", "ин", "ины", "ину", "иной", "ино"]
        .iter()
        .any(|tail| text.ends_with(tail));
    shaped
        && if text.starts_with("машин") {
            !words.text(index + 1).starts_with("машин")
                && !matches!(words.text(index + 1), "ключи" | "номер" | "место" | "мастер" | "заказ" | "запись" if text != "машина")
        } else {
            (derived::owner(text).is_some() || is_short_owner(text))
                && words.entry(index).lower_count() < OWNER_SAID_OFTEN
        }
}

/// «олин», «ирина»: owners whose stem has two letters.
fn is_short_owner(word: &str) -> bool {
    ["олин", "янин", "анин", "ирин", "асин"].iter().any(|stem| {
        word.strip_prefix(stem)
            .is_some_and(|tail| matches!(tail, "" | "ы" | "у" | "ой" | "ого"))
    })
}

/// Binary logarithm of how often a word is met in dialogues to belong to nobody.
const OWNER_SAID_OFTEN: u64 = 4;
