//! Places in which only a name stands: «зовут май», «по фамилии гроза», «приходил мороз», «бронь на волка».
//!
//! What the word means otherwise does not matter there, so the tagger, which weighs it, often leaves such names. Each place
//! is found by its anchor (`frame.rs`). Runs after the tagger and adds what it left.

mod beside;
mod booked;
mod deed;
mod said;

use crate::finding::Evidence;
use crate::lexicon::{Sense, WordEntry};
use crate::view::Claims;
use crate::words::{Capitals, Kind as WordKind, Words};

use super::Person;
use super::form::Reading;
use super::frame::{Frame, is_human};

use beside::{clipped_before, elder, join_patronymics, surname_before, surname_behind};
use booked::{booked, owner};
use deed::{comer, doer};
use said::{called, doubted, greeter, hailed, named, speaking, titled};

/// Binary logarithms of how usual a name has to be.
pub(super) const GIVEN_USUAL: u64 = 6;
const GIVEN_KNOWN: u64 = 3;
const SURNAME_USUAL: u64 = 4;
const SURNAME_KNOWN: u64 = 2;
/// A word no lexicon knows has so many letters at least to be a name.
const UNKNOWN_LETTERS_MIN: usize = 4;

/// Adds people who stand where only people do.
pub(super) fn complete(words: &Words<'_>, claims: Option<&Claims>, people: &mut Vec<Person>) {
    for index in 0..words.len() {
        let Some(frame) = words.lore(index).parts.frame else {
            continue;
        };
        let found = match frame {
            Frame::Called => called(words, index),
            Frame::Named => named(words, index),
            Frame::Speaking => speaking(words, index),
            Frame::Deed | Frame::Doing => doer(words, index, frame),
            Frame::Title => titled(words, index),
            Frame::Booked => booked(words, index),
            Frame::Elder => elder(words, index),
            Frame::For => comer(words, index),
            Frame::Greeting => greeter(words, index),
            Frame::Hey => hailed(words, index),
            Frame::Which => doubted(words, index),
            Frame::Of(cases) => owner(words, index, cases),
            Frame::Fathered => {
                let clipped = clipped_before(words, index).unwrap_or(index);
                add(words, claims, people, clipped, index);
                None
            }
        };
        if let Some(found) = found {
            add(words, claims, people, found, found);
        }
    }
    join_patronymics(words, people);
    for index in 0..people.len() {
        if let Some(surname) = surname_behind(words, &people[index])
            && is_free(words, claims, people, surname)
        {
            people[index].end = words.all[surname].end;
        }
    }
    let mut at = 0;
    while at < people.len() {
        let first = words.index_at(people[at].start);
        if let Some(surname) = surname_before(words, first) {
            add(words, claims, people, surname, surname);
        }
        at += 1;
    }
}

/// Whether nothing has been found in word `index`.
fn is_free(words: &Words<'_>, claims: Option<&Claims>, people: &[Person], index: usize) -> bool {
    let (start, end) = (words.all[index].start, words.all[index].end);
    claims.is_none_or(|claims| claims.is_free(&(start..end)))
        && !people.iter().any(|person| person.start < end && start < person.end)
}

/// Adds the name in words `first..=last`, or joins it with the one beside it.
pub(super) fn add(words: &Words<'_>, claims: Option<&Claims>, people: &mut Vec<Person>, first: usize, last: usize) {
    let (start, end) = (words.all[first].start, words.all[last].end);
    let is_free = claims.is_none_or(|claims| claims.is_free(&(start..end)));
    if !is_free {
        return;
    }
    if let Some(other) = people
        .iter_mut()
        .find(|person| person.start < end && start < person.end)
    {
        if start <= other.start && other.end <= end {
            (other.start, other.end) = (start, end);
        }
        return;
    }
    let is_beside = |person: &Person| words.gap(last + 1) == " " && person.start == end + 1;
    match people.iter().position(is_beside) {
        Some(beside) => people[beside].start = start,
        None => people.push(Person {
            start,
            end,
            confidence: 0.7,
            evidence: Evidence::Context,
        }),
    }
}

pub(super) fn readings<'w>(words: &'w Words<'_>, index: usize) -> &'w [Reading] {
    &words.forms(index).readings
}

/// Whether a word may name somebody at all: no role, no beast, no goods.
pub(super) fn may_name(words: &Words<'_>, index: usize) -> bool {
    if index >= words.len() || !may_be_called(words, index) {
        return false;
    }
    let parts = words.lore(index).parts;
    !parts.is_pet()
        && (!parts.blocked
            || words
                .name(index)
                .is_some_and(|name| name.surname_count() >= SURNAME_USUAL || name.given_count() >= GIVEN_USUAL))
        && parts.frame.is_none()
}

/// A word of no lexicon: a name of a far people, or a slip of the finger.
pub(super) fn is_unheard(words: &Words<'_>, index: usize) -> bool {
    let text = words.text(index);
    words.lore(index).length >= UNKNOWN_LETTERS_MIN
        && words.entry(index) == WordEntry::NONE
        && words.lore(index).sense == Sense::NONE
        && readings(words, index).is_empty()
        && text.contains(['а', 'е', 'и', 'о', 'у', 'ы', 'э', 'ю', 'я'])
        && matches!(words.all[index].capitals, Capitals::None | Capitals::First)
}

/// Words a clause begins with before who does something.
fn is_opening(word: &str) -> bool {
    matches!(
        word,
        "и" | "а"
            | "но"
            | "пусть"
            | "что"
            | "когда"
            | "если"
            | "потом"
            | "тут"
            | "там"
            | "вчера"
            | "сегодня"
            | "завтра"
            | "как"
            | "чтобы"
            | "раз"
            | "пускай"
            | "хотя"
            | "вот"
            | "мне"
            | "вам"
            | "нам"
            | "утром"
            | "вечером"
            | "его"
            | "ее"
    )
}

fn begins_clause(words: &Words<'_>, index: usize) -> bool {
    words.begins_sentence(index)
        || words.gap(index).contains([',', ':', '"', '«', '.', '('])
        || words.gap(index).contains(" -")
        || index > 0 && is_opening(words.text(index - 1))
}

/// As [`may_name`], for names that goods bear too.
fn may_be_called(words: &Words<'_>, index: usize) -> bool {
    words.all[index].kind == WordKind::Cyrillic
        && words.lore(index).length >= 3
        && !words.lore(index).parts.is_role()
        && !is_human(words.text(index))
}
