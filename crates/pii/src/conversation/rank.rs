//! How likely the readings of the words of a name are together: one gender, one case, each part once.

use crate::label::Gender;
use crate::name::form::{Kind, Reading, cases};

/// What it weighs that one word is a family: «Лёвы» is a boy.
const PLURAL: i64 = 24;

/// The gender on which the unambiguous parts agree.
pub(super) fn agreed_gender(all: &[Vec<Reading>], asked: u8) -> Option<Gender> {
    let mut best: Option<(u64, Gender)> = None;
    for readings in all {
        let weight = |gender: Gender| {
            readings
                .iter()
                .filter(|reading| reading.gender == gender)
                .map(|reading| {
                    reading.count
                        + 1
                        + if reading.kind == Kind::Patronymic { 20 } else { 0 }
                        + if reading.cases & asked != 0 { 6 } else { 0 }
                })
                .max()
                .unwrap_or(0)
        };
        let (male, female) = (weight(Gender::Male), weight(Gender::Female));
        let margin = male.abs_diff(female);
        if margin > 2 && best.is_none_or(|(known, _)| margin > known) {
            best = Some((margin, if male > female { Gender::Male } else { Gender::Female }));
        }
    }
    best.map(|(_, gender)| gender)
}

/// The cases all parts can stand in together, preferring the asked one, then the nominative.
pub(super) fn agreed_case(all: &[Vec<Reading>], gender: Option<Gender>, asked: u8) -> u8 {
    let mut common = cases::ANY;
    for readings in all.iter().filter(|readings| !readings.is_empty()) {
        let own = readings
            .iter()
            .filter(|reading| gender.is_none_or(|gender| reading.gender == gender))
            .fold(0, |set, reading| set | reading.cases);
        if own & common != 0 {
            common &= own;
        }
    }
    if common & asked != 0 {
        common & asked
    } else if common & cases::NOM != 0 {
        cases::NOM
    } else {
        common
    }
}

pub(super) fn choose(
    readings: &[Reading],
    taken: (bool, bool, bool),
    gender: Option<Gender>,
    case: u8,
    words: usize,
    index: usize,
) -> Option<&Reading> {
    readings
        .iter()
        .max_by_key(|reading| rank(reading, taken, gender, case, words, index))
}

/// How likely a reading is for word `index` of `words` when these parts of the name are taken already.
pub(super) fn rank(
    reading: &Reading,
    taken: (bool, bool, bool),
    gender: Option<Gender>,
    case: u8,
    words: usize,
    index: usize,
) -> i64 {
    let mut rank = reading.count as i64;
    if reading.cases & case != 0 {
        rank += 12;
    }
    if gender == Some(reading.gender) {
        rank += 8;
    }
    if reading.guessed {
        rank -= 3;
    }
    if reading.plural && words == 1 {
        rank -= PLURAL;
    }
    rank += match reading.kind {
        Kind::Given if taken.0 => -30,
        Kind::Given => 4 + if words == 1 { 4 } else { 0 },
        Kind::Patronymic if taken.1 || index == 0 && words > 1 => -10,
        Kind::Patronymic => 10,
        Kind::Surname if taken.2 => -30,
        Kind::Surname => i64::from(words > 1),
    };
    rank
}
