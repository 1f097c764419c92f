//! The trained tagger of names: a linear-chain model over words that weighs the rules' verdict with everything around.
//!
//! Features of each word are hashed into one table (`feature.rs`); the table was trained by `cargo xtask train` on the
//! corpus in `data/corpus` and is read in place (`weight.rs`); `decode.rs` picks the best chain of tags. The rules of
//! `score/` stay: what they say is the strongest feature of all.

mod cell;
mod decode;
mod feature;
mod spelling;
mod weight;

use crate::finding::Evidence;
use crate::label::Label;
use crate::view::Claims;
use crate::words::{Capitals, Kind, Words};

use super::Person;
use super::form::{self, Reading};
use super::score::Mark;

use cell::Cell;
pub use decode::{TAGS, decode, only_outside};
pub(crate) use spelling::Spelling;
pub use weight::{BUCKETS, Weights};

/// A shorter part of a name says too little when it stands alone.
const ECHO_LETTERS_MIN: u32 = 4;
/// The same where no capital tells it from a word.
const LOWER_ECHO_LETTERS_MIN: u32 = 5;
/// Tag of a word outside of any name.
pub const OUTSIDE: usize = 0;
/// Tag of the first word of a name.
pub const BEGIN: usize = 1;
/// Tag of a further word of a name.
pub const INSIDE: usize = 2;

/// What training learns from one word: its features, none where it cannot be a name; the tag the rules give it.
pub(super) fn features(
    words: &Words<'_>,
    marks: &[Mark<'_>],
    ruled: &[Person],
    claims: Option<&Claims>,
) -> Vec<(Vec<u32>, usize)> {
    let cells = cell::cells(words, marks, ruled, claims);
    (0..words.len())
        .map(|index| {
            let mut found = Vec::new();
            if cells[index].may_be_name {
                feature::each(words, &cells, index, |bucket| found.push(bucket));
            }
            (found, cells[index].rule as usize)
        })
        .collect()
}

/// Names of the text as the model reads it. `ruled` are the names the rules found.
pub(super) fn people(words: &Words<'_>, marks: &[Mark<'_>], ruled: &[Person], claims: Option<&Claims>) -> Vec<Person> {
    if words.len() == 0 {
        return Vec::new();
    }
    let weights = Weights::embedded();
    let cells = cell::cells(words, marks, ruled, claims);
    let scores: Vec<[i32; TAGS]> = (0..words.len())
        .map(|index| {
            if !cells[index].may_be_name {
                return only_outside();
            }
            let mut sum = weights.start(cells[index].rule as usize);
            feature::each(words, &cells, index, |bucket| weights.add(bucket, &mut sum));
            sum
        })
        .collect();
    let mut tags = decode(&scores, weights);
    join_full_names(words, &cells, &mut tags);
    take_in_surnames(words, &cells, marks, &mut tags);
    repeat_full_names(words, &cells, &mut tags);
    spans(words, &tags, ruled)
}

/// Two names side by side that the rules read as one agreeing full name are one.
fn join_full_names(words: &Words<'_>, cells: &[Cell], tags: &mut [usize]) {
    for index in 1..tags.len() {
        let apart = tags[index] == BEGIN && tags[index - 1] != OUTSIDE;
        if apart && cells[index].rule == INSIDE as u32 && matches!(words.gap(index), " " | "-") {
            tags[index] = INSIDE;
        }
    }
}

/// «Анна Тестова»: a capitalised word with the ending of a surname right behind a given name is one, however usual its
/// stem.
fn take_in_surnames(words: &Words<'_>, cells: &[Cell], marks: &[Mark<'_>], tags: &mut [usize]) {
    for index in 1..tags.len() {
        let behind = tags[index - 1] == BEGIN && tags[index] == OUTSIDE && words.gap(index) == " ";
        let capital = |at: usize| words.all[at].capitals == Capitals::First;
        if !behind || !capital(index) || !capital(index - 1) || !cells[index].may_be_name || cells[index].quoted {
            continue;
        }
        let given = |reading: &&Reading| reading.kind == form::Kind::Given;
        let surname = form::surname_by_suffix(words.text(index));
        let agrees = surname.is_some_and(|surname| {
            marks[index - 1]
                .readings
                .iter()
                .filter(given)
                .any(|name| name.cases & surname.cases != 0 && name.gender == surname.gender)
        });
        if agrees {
            tags[index] = INSIDE;
        }
    }
}

/// A part of a full name found in the text is a name wherever else it stands: with a capital, or, in a text without
/// any, if it is no word.
fn repeat_full_names(words: &Words<'_>, cells: &[Cell], tags: &mut [usize]) {
    let part_of_full =
        |index: usize| tags[index] == INSIDE || tags[index] == BEGIN && tags.get(index + 1) == Some(&INSIDE);
    let known: std::collections::BTreeSet<u32> = (0..tags.len())
        .filter(|index| part_of_full(*index) && cells[*index].length >= ECHO_LETTERS_MIN)
        .map(|index| cells[index].stem)
        .collect();
    if known.is_empty() {
        return;
    }
    for index in 0..tags.len() {
        let cell = &cells[index];
        let alone = tags[index] == OUTSIDE && (index == 0 || tags[index - 1] == OUTSIDE);
        let written = words.all[index].capitals == Capitals::First
            || cell.caseless && cell.length >= LOWER_ECHO_LETTERS_MIN && words.entry(index).lower_count() == 0;
        if alone
            && written
            && !cell.quoted
            && !cell.everyday
            && cell.may_be_name
            && cell.length >= ECHO_LETTERS_MIN
            && known.contains(&cell.stem)
        {
            tags[index] = BEGIN;
        }
    }
}

fn spans(words: &Words<'_>, tags: &[usize], ruled: &[Person]) -> Vec<Person> {
    let mut people = Vec::new();
    let mut index = 0;
    while index < words.len() {
        if tags[index] == OUTSIDE {
            index += 1;
            continue;
        }
        let first = index;
        let mut last = index;
        while last + 1 < words.len() && tags[last + 1] == INSIDE && is_inner_gap(words.gap(last + 1)) {
            last += 1;
        }
        let (start, mut end) = (words.all[first].start, words.all[last].end);
        // The dot of a closing initial belongs to the name.
        if last > first && is_initial(words, last) && words.gap(last + 1).starts_with('.') {
            end += 1;
        }
        index = last + 1;
        // A lone letter names nobody.
        if first == last && is_initial(words, first) {
            continue;
        }
        let agreed = ruled.iter().find(|person| person.start < end && start < person.end);
        people.push(Person {
            start,
            end,
            confidence: agreed.map_or(0.7, |person| person.confidence.max(0.8)),
            evidence: agreed.map_or(Evidence::Model, |person| person.evidence),
        });
    }
    people
}

fn is_initial(words: &Words<'_>, index: usize) -> bool {
    let word = words.all[index];
    word.kind != Kind::Digits && words.lore(index).length == 1
}

/// What may stand between the words of one name.
fn is_inner_gap(gap: &str) -> bool {
    gap.len() <= 3 && !gap.contains(['\n', ',', ';', ':', '!', '?', '(', ')', '/'])
}

/// Whether a claim of another label covers the word.
fn taken(words: &Words<'_>, claims: Option<&Claims>, index: usize) -> Option<Label> {
    let word = words.all[index];
    claims?.at(word.start).map(|claim| claim.label)
}
