//! Patronymics told by their suffixes.

use Gender::{Female as F, Male as M};

use crate::label::Gender;

use super::cases::{ACC, DAT, GEN, INS, LOC, NOM};
use super::ending::{COLLOQUIAL, without};
use super::{Kind, Reading};

/// Gender of a folded nominative patronymic told by its suffix, also «оглы» and «кызы».
pub(crate) fn patronymic_gender(word: &str) -> Option<Gender> {
    if let Some((_, _, Kind::Patronymic, gender)) = COLLOQUIAL.iter().find(|row| row.0 == word).copied() {
        return Some(gender);
    }
    let long = word.chars().count() >= 6;
    if ["оглы", "углы", "улы", "угли"].contains(&word) {
        return Some(M);
    }
    if ["кызы", "кизи", "гызы"].contains(&word) {
        return Some(F);
    }
    if long && ["ович", "евич", "ьич"].iter().any(|tail| word.ends_with(tail)) {
        return Some(M);
    }
    if long
        && ["овна", "евна", "ична", "инична"]
            .iter()
            .any(|tail| word.ends_with(tail))
    {
        return Some(F);
    }
    None
}

/// A patronymic no lexicon knows, «Рахматулловна», in any case.
pub(super) fn patronymic_by_suffix(word: &str) -> Option<Reading> {
    const MALE: &[(&str, u8)] = &[
        ("", NOM),
        ("а", GEN | ACC),
        ("у", DAT),
        ("ем", INS),
        ("ом", INS),
        ("е", LOC),
    ];
    const FEMALE: &[(&str, u8)] = &[("а", NOM), ("ы", GEN), ("е", DAT | LOC), ("у", ACC), ("ой", INS)];
    if word.chars().count() < 7 {
        return None;
    }
    for &(ending, cases) in MALE {
        let Some(stem) = without(word, ending) else {
            continue;
        };
        if (stem.ends_with("ович") || stem.ends_with("евич")) && stem.chars().count() >= 7 {
            return Some(Reading {
                kind: Kind::Patronymic,
                lemma: stem.to_owned(),
                gender: M,
                cases,
                plural: false,
                count: 3,
                diminutive: false,
                guessed: true,
            });
        }
    }
    for &(ending, cases) in FEMALE {
        let Some(stem) = without(word, ending) else {
            continue;
        };
        if (stem.ends_with("овн") || stem.ends_with("евн")) && stem.chars().count() >= 6 {
            return Some(Reading {
                kind: Kind::Patronymic,
                lemma: format!("{stem}а"),
                gender: F,
                cases,
                plural: false,
                count: 3,
                diminutive: false,
                guessed: true,
            });
        }
    }
    None
}
