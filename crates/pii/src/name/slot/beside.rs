//! Names told by the one beside them: «миннегуль апа», «вишня ольга», «эльбрус магомедович», «сан саныч».

use crate::name::Person;
use crate::name::context;
use crate::name::form::{self, Kind, Reading};
use crate::words::{Capitals, Words};

use super::{GIVEN_USUAL, SURNAME_USUAL, begins_clause, is_unheard, may_name, readings};

/// «эльбрус», «магомедович»: a lone name and the patronymic right behind it are one.
pub(super) fn join_patronymics(words: &Words<'_>, people: &mut Vec<Person>) {
    people.sort_by_key(|person| person.start);
    people.dedup_by(|next, person| {
        let (first, before) = (words.index_at(next.start), words.index_at(person.end - 1));
        let father = |index: usize| {
            readings(words, index)
                .iter()
                .any(|reading| reading.kind == Kind::Patronymic)
        };
        let joins = first == before + 1
            && words.gap(first) == " "
            && father(first)
            && !father(before)
            && words.all[before].start == person.start
            && words.all[before].capitals == words.all[first].capitals;
        if joins {
            person.end = next.end;
        }
        joins
    });
}

/// «Анна Тестова»: a capitalised word with the ending of a surname right behind a lone given name it agrees with.
pub(super) fn surname_behind(words: &Words<'_>, person: &Person) -> Option<usize> {
    let first = words.index_at(person.start);
    let surname = first + 1;
    let capital = |index: usize| {
        words
            .all
            .get(index)
            .is_some_and(|word| word.capitals == Capitals::First)
    };
    if !capital(first) || !capital(surname) || words.gap(surname) != " " || words.all[first].end != person.end {
        return None;
    }
    let shaped = form::surname_by_suffix(words.text(surname))?;
    readings(words, first)
        .iter()
        .any(|given| given.kind == Kind::Given && given.cases & shaped.cases != 0 && given.gender == shaped.gender)
        .then_some(surname)
}

/// «миннегуль апа»: who is called so with respect.
pub(super) fn elder(words: &Words<'_>, index: usize) -> Option<usize> {
    let before = index.checked_sub(1)?;
    let entry = words.entry(before);
    (words.gap(index) == " " && may_name(words, before) && !entry.is_common() && entry.lower_count() <= SELDOM)
        .then_some(before)
}

/// Binary logarithm of how often a word is met in dialogues to be a rare one.
const SELDOM: u64 = 2;

/// «вишня ольга», «бабу ирину львовну»: a word that is a surname too, right before a given name it agrees with.
pub(super) fn surname_before(words: &Words<'_>, first: usize) -> Option<usize> {
    let surname = first.checked_sub(1)?;
    if first >= words.len()
        || words.gap(first) != " "
        || !may_name(words, surname)
        || words.lore(surname).parts.is_thing()
    {
        return None;
    }
    let capital = words.all[surname].capitals == Capitals::First;
    let alike = words.all[surname].capitals == words.all[first].capitals;
    let of_place = surname > 0 && matches!(words.text(surname - 1), "имени" | "им" | "академика" | "героя");
    let father = readings(words, first)
        .iter()
        .any(|reading| reading.kind == Kind::Patronymic && !reading.guessed);
    if !alike || of_place {
        return None;
    }
    // «Правда Анатольевич»: whatever stands before a patronymic.
    if father && (begins_clause(words, surname) && capital || is_unheard(words, surname)) {
        return Some(surname);
    }
    let starts = begins_clause(words, surname)
        || surname > 0 && (words.lore(surname - 1).parts.frame.is_some() || context::asked(words, surname).1 > 0.0);
    let everyday = words.entry(surname).lower_count() >= EVERYDAY;
    let adjective = ["ая", "яя", "ый", "ий", "ой", "ое", "ую", "юю", "ого", "его", "ому"]
        .iter()
        .any(|tail| words.text(surname).ends_with(tail));
    if !starts || everyday || adjective && !capital {
        return None;
    }
    let given = |reading: &&Reading| reading.kind == Kind::Given && reading.usual() >= GIVEN_USUAL;
    let agrees = readings(words, surname)
        .iter()
        .filter(|one| one.kind == Kind::Surname && !one.guessed && one.count >= SURNAME_USUAL)
        .any(|one| {
            readings(words, first)
                .iter()
                .filter(given)
                .any(|other| one.cases & other.cases != 0 && one.gender == other.gender)
        });
    agrees.then_some(surname)
}

/// «сан саныч»: the beginning of a given name before its patronymic, which begins alike.
pub(super) fn clipped_before(words: &Words<'_>, index: usize) -> Option<usize> {
    let before = index.checked_sub(1)?;
    let clipped = [
        "сан",
        "пал",
        "ван",
        "мих",
        "вас",
        "ник",
        "сер",
        "анд",
        "алекс",
        "степ",
        "вал",
        "вит",
        "юр",
        "дим",
        "бор",
        "вик",
    ]
    .contains(&words.text(before));
    (clipped && words.gap(index) == " ").then_some(before)
}

/// Binary logarithm of how often a word is met in dialogues to be no surname in small letters.
pub(super) const EVERYDAY: u64 = 9;
