//! Surnames told by their suffixes.

use std::sync::LazyLock;

use Gender::{Female as F, Male as M};

use crate::label::Gender;

use super::cases::{ACC, ANY, DAT, GEN, INS, LOC, NOM};
use super::ending::ByLastLetter;
use super::{Kind, Reading};

/// A surname told by its suffix.
pub(crate) fn surname_by_suffix(word: &str) -> Option<Reading> {
    surname_suffix(word).map(|suffix| shaped_surname(word, suffix))
}

pub(super) fn shaped_surname(word: &str, (gender, cases): (Gender, u8)) -> Reading {
    Reading {
        kind: Kind::Surname,
        lemma: word.to_owned(),
        gender,
        cases,
        plural: false,
        count: 0,
        diminutive: false,
        guessed: true,
    }
}

/// Gender and cases told by the suffix of a surname.
pub(super) fn surname_suffix(word: &str) -> Option<(Gender, u8)> {
    word.chars().nth(LETTERS_MIN - 1)?;
    BY_LAST_LETTER
        .of(word)
        .iter()
        .filter(|(suffix, ..)| word.ends_with(suffix))
        .max_by_key(|(suffix, ..)| suffix.len())
        .map(|(_, gender, cases)| (*gender, *cases))
}

/// A shorter word has no suffix.
const LETTERS_MIN: usize = 5;

type Row = (&'static str, Gender, u8);

static BY_LAST_LETTER: LazyLock<ByLastLetter<Row>> =
    LazyLock::new(|| ByLastLetter::new(SUFFIXES.iter().copied(), |row| row.0));

const SUFFIXES: &[Row] = &[
    ("ов", M, NOM),
    ("ев", M, NOM),
    ("ин", M, NOM),
    ("ын", M, NOM),
    ("ова", F, NOM),
    ("ева", F, NOM),
    ("ина", F, NOM),
    ("ына", F, NOM),
    ("овой", F, GEN | DAT | INS | LOC),
    ("евой", F, GEN | DAT | INS | LOC),
    ("иной", F, GEN | DAT | INS | LOC),
    ("ову", F, ACC),
    ("еву", F, ACC),
    ("ину", F, ACC),
    ("овым", M, INS),
    ("евым", M, INS),
    ("иным", M, INS),
    ("ове", M, LOC),
    ("еве", M, LOC),
    ("ский", M, NOM),
    ("цкий", M, NOM),
    ("ская", F, NOM),
    ("цкая", F, NOM),
    ("енко", M, ANY),
    ("енко", F, ANY),
    ("ян", M, NOM),
    ("ян", F, ANY),
    ("янц", M, NOM),
    ("швили", M, ANY),
    ("дзе", M, ANY),
    ("ских", M, ANY),
    ("цких", M, ANY),
    ("чук", M, NOM),
    ("чук", F, ANY),
    ("щук", M, NOM),
    ("юк", M, NOM),
    ("заде", M, ANY),
    ("шин", M, NOM),
    ("штейн", M, NOM),
    ("берг", M, NOM),
    ("ман", M, NOM),
    ("яна", M, GEN | ACC),
    ("яну", M, DAT),
    ("ых", M, ANY),
    ("ского", M, GEN | ACC),
    ("скому", M, DAT),
    ("ским", M, INS),
    ("цкого", M, GEN | ACC),
    ("цкому", M, DAT),
    ("цким", M, INS),
    ("ской", F, GEN | DAT | INS | LOC),
    ("скую", F, ACC),
    ("цкой", F, GEN | DAT | INS | LOC),
    ("цкую", F, ACC),
];
