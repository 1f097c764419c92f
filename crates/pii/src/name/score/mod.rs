//! How much each word looks like a part of a person's name.
//!
//! What the word says by itself (`word.rs`), what speaks for a person around it (`favour.rs`) and what against one
//! (`against.rs`, `street.rs`) are points that add up.

mod against;
mod favour;
mod street;
mod word;

use std::borrow::Cow;

use crate::lore::Lore;
use crate::view::Claims;
use crate::words::{Capitals, Kind as WordKind, Words};

use super::Heard;
use super::context::{self, Parts};
use super::form::Reading;
use super::form::cases::NOM;

use against::against;
use favour::favour;
use word::lexical;

/// Words at or above this score are names by themselves.
pub(super) const SEED: f32 = 2.0;

/// The verdict on one word.
#[derive(Debug, Default)]
pub(super) struct Mark<'w> {
    pub(super) readings: Cow<'w, [Reading]>,
    pub(super) score: f32,
    /// A lexicon knows the word as a name and not as anything else.
    pub(super) sure: bool,
    /// The words around decided.
    pub(super) by_context: bool,
    /// May join a name beside it.
    pub(super) joinable: bool,
    /// A single capital letter that may be an initial.
    pub(super) initial: bool,
    pub(super) common: bool,
    /// The words around say that it names no person: an animal, a discoverer, goods.
    pub(super) denied: bool,
    /// Heard before in the conversation.
    pub(super) recalled: bool,
    /// No lexicon reads it as a name: asking again is in vain.
    pub(super) unreadable: bool,
}

/// Scores all words.
pub(super) fn marks<'w>(words: &'w Words<'_>, claims: Option<&Claims>, heard: &Heard) -> Vec<Mark<'w>> {
    let caseless = !words
        .all
        .iter()
        .any(|word| word.kind == WordKind::Cyrillic && word.capitals != Capitals::None);
    let shouted = words.len() > 2
        && words
            .all
            .iter()
            .filter(|word| word.kind == WordKind::Cyrillic)
            .all(|word| word.capitals == Capitals::All || word.end - word.start <= 2);
    let mut marks: Vec<Mark<'w>> = Vec::with_capacity(words.len());
    for index in 0..words.len() {
        let word = words.all[index];
        let taken = claims.is_some_and(|claims| !claims.is_free(&(word.start..word.end)));
        marks.push(if taken || word.kind != WordKind::Cyrillic {
            Mark::default()
        } else {
            lexical(words, index, caseless, shouted)
        });
    }
    let slots = (0..words.len()).filter(|index| is_slot(words, *index)).count();
    for index in 0..words.len() {
        if slots >= 2 && is_slot(words, index) && has_case(&marks[index], NOM) {
            marks[index].score += 5.8;
        }
        if !marks[index].readings.is_empty() {
            let against = against(words, index, &marks);
            let favour = favour(words, index, &marks, claims);
            marks[index].denied = against <= -4.5;
            marks[index].score += against + favour;
            marks[index].by_context = favour >= 1.4;
            recall(words, index, &mut marks[index], heard);
        }
    }
    echo(words, &mut marks);
    marks
}

/// A name met once in the text is a name again where a person is asked for: «зима на 11 … тел у зимы».
fn echo(words: &Words<'_>, marks: &mut [Mark<'_>]) {
    let lemmas: Vec<String> = marks
        .iter()
        .filter(|mark| mark.score >= SEED)
        .flat_map(|mark| mark.readings.iter().map(|reading| reading.lemma.clone()))
        .collect();
    if lemmas.is_empty() {
        return;
    }
    for (index, mark) in marks.iter_mut().enumerate() {
        let (cases, weight) = context::asked(words, index);
        let known = mark
            .readings
            .iter()
            .any(|reading| reading.cases & cases != 0 && lemmas.contains(&reading.lemma));
        if known && weight > 0.5 && mark.score < SEED && mark.score > -2.5 {
            mark.score = SEED;
        }
    }
}

/// A name already heard in the conversation needs less to be one again.
fn recall(words: &Words<'_>, index: usize, mark: &mut Mark<'_>, heard: &Heard) {
    if heard.is_empty() || mark.denied || !mark.readings.iter().any(|reading| heard.contains(&reading.lemma)) {
        return;
    }
    let capital = words.all[index].capitals != Capitals::None;
    let (cases, weight) = context::asked(words, index);
    let asked = weight > 0.5 && has_case(mark, cases);
    if capital || asked || !mark.common {
        mark.score = mark.score.max(SEED + 0.5);
        mark.by_context = true;
        mark.recalled = true;
    } else {
        mark.score += 1.0;
    }
}

/// What the word before is to a name; nothing before the first.
fn parts_left_of(words: &Words<'_>, index: usize) -> Parts {
    index
        .checked_sub(1)
        .map_or(Lore::nothing(), |before| words.lore(before))
        .parts
}

fn has_case(mark: &Mark<'_>, case: u8) -> bool {
    mark.readings.iter().any(|reading| reading.cases & case != 0)
}

/// A word of a timetable: «мороз на 10 зима на 11».
fn is_slot(words: &Words<'_>, index: usize) -> bool {
    words.text(index + 1) == "на"
        && words.all[index].kind == WordKind::Cyrillic
        && words.lore(index).length >= 3
        && words.gap(index + 1) == " "
        && words.gap(index + 2) == " "
        && is_hour(words, index + 2)
}

/// «мороз на 10», «Исаева на 12:00».
fn is_hour(words: &Words<'_>, index: usize) -> bool {
    let text = words.text(index);
    index < words.len()
        && (words.all[index].kind == WordKind::Digits && text.len() <= 2 || crate::numbers::is_number_word(text))
}
