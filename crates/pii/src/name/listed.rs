//! Names told by their neighbours in a list: «Кваме, Анна и Фату», «уларбек, чынгыз и жыпар».

use crate::view::Claims;
use crate::words::{Capitals, Words};

use super::Person;
use super::form::Kind;
use super::form::cases::NOM;
use super::slot::{add, is_unheard, may_name, readings};

/// Adds words that stand in one row with two people, or close a row of capitalised ones.
pub(super) fn complete(words: &Words<'_>, claims: Option<&Claims>, people: &mut Vec<Person>) {
    if people.is_empty() {
        return;
    }
    let mut spans: Vec<(usize, usize)> = people
        .iter()
        .map(|person| (words.index_at(person.start), words.index_at(person.end - 1)))
        .collect();
    spans.sort_unstable();
    let ends_at = |last: usize| spans.iter().any(|span| span.1 == last);
    let begins_at = |first: usize| spans.iter().any(|span| span.0 == first);
    let mut found = Vec::new();
    for (first, last) in spans.iter().copied() {
        let after = next_item(words, last);
        let before = previous_item(words, first);
        if let Some((item, and)) = after {
            let closed = before.is_some_and(|(other, _)| ends_at(other))
                || next_item(words, item).is_some_and(|(other, _)| begins_at(other));
            if !begins_at(item) && is_likely(words, item, closed, and) {
                found.push(item);
            }
        }
        if let Some((item, and)) = before {
            let opens = words.begins_sentence(item) || !matches!(words.gap(item), " ");
            let closed = after.is_some_and(|(other, _)| begins_at(other));
            if !ends_at(item) && (opens || closed) && is_likely(words, item, closed, and) {
                found.push(item);
            }
        }
    }
    for item in found {
        add(words, claims, people, item, item);
    }
}

/// The item behind the one that ends at word `last`, and whether «и» stands before it.
fn next_item(words: &Words<'_>, last: usize) -> Option<(usize, bool)> {
    let next = last + 1;
    if next < words.len() && words.gap(next) == ", " && !matches!(words.text(next), "и" | "или") {
        return Some((next, false));
    }
    let and = matches!(words.text(next), "и" | "или") && words.gap(next) == " " && words.gap(next + 1) == " ";
    (and && next + 1 < words.len()).then_some((next + 1, true))
}

/// The same before the item that begins at word `first`.
fn previous_item(words: &Words<'_>, first: usize) -> Option<(usize, bool)> {
    let before = first.checked_sub(1)?;
    if words.gap(first) == ", " {
        return Some((before, false));
    }
    let and = matches!(words.text(before), "и" | "или") && words.gap(first) == " " && words.gap(before) == " ";
    before.checked_sub(1).filter(|_| and).map(|item| (item, true))
}

/// Whether word `index` may be a name; `closed` between or beside two people, `and` joined by «и» to one.
fn is_likely(words: &Words<'_>, index: usize, closed: bool, and: bool) -> bool {
    let item = words.gap(index + 1) != " " || next_item(words, index).is_some() || !closed;
    if !may_name(words, index) || !item {
        return false;
    }
    let capital = words.all[index].capitals == Capitals::First;
    let entry = words.entry(index);
    if is_unheard(words, index) {
        return capital && and || closed;
    }
    let known = readings(words, index).iter().any(|reading| match reading.kind {
        Kind::Given => reading.count >= GIVEN_COUNT_MIN,
        Kind::Surname => !reading.guessed && reading.count >= SURNAME_COUNT_MIN,
        Kind::Patronymic => true,
    });
    let usual = readings(words, index)
        .iter()
        .any(|reading| reading.kind == Kind::Given && reading.cases & NOM != 0 && reading.usual() >= GIVEN_USUAL);
    if and && usual && capital {
        return true;
    }
    closed && known && (capital || entry.lower_count() < EVERYDAY && !entry.is_common())
}

/// Binary logarithms of how usual a name in a list is at least.
const GIVEN_COUNT_MIN: u64 = 2;
const SURNAME_COUNT_MIN: u64 = 3;
const GIVEN_USUAL: u64 = 6;
/// Binary logarithm of how often a word is met in dialogues to be no name in small letters.
const EVERYDAY: u64 = 6;
