//! Given names with an ending of affection that no lexicon holds: «Неллечка», «давидиком», «Камильчик», «Гузелька».
//!
//! The ending is taken off and the rest has to begin a known given name. Words of the language are left alone.

use crate::label::Gender;
use crate::lexicon::{NameEntry, NamePrefix, WordEntry, bits};

use super::form::cases::{ACC, DAT, GEN, INS, LOC, NOM};
use super::form::{Kind, Reading, without};

/// Endings of affection before a final «а», longer ones first; men bear them too («Илюша»).
const BEFORE_A: [&str; 19] = [
    "уленьк",
    "усеньк",
    "ечк",
    "очк",
    "еньк",
    "оньк",
    "уньк",
    "юньк",
    "ушк",
    "юшк",
    "инк",
    "онк",
    "уш",
    "юш",
    "ул",
    "юл",
    "ус",
    "юс",
    "к",
];
/// Their cases.
const CASES_OF_A: [(&str, u8); 8] = [
    ("а", NOM),
    ("и", GEN),
    ("ы", GEN),
    ("е", DAT | LOC),
    ("у", ACC),
    ("ой", INS),
    ("ою", INS),
    ("ей", INS),
];
/// Masculine endings of affection, longer ones first.
const MASCULINE: [&str; 5] = ["чик", "енок", "ик", "ок", "ек"];
/// Their cases.
const CASES_OF_MASCULINE: [(&str, u8); 5] = [("", NOM), ("а", GEN | ACC), ("у", DAT), ("ом", INS), ("е", LOC)];
/// What the name may end in.
const COMPLETIONS: [&str; 10] = ["а", "я", "", "ь", "и", "ия", "й", "ья", "ий", "ей"];
/// A shorter rest begins too many names.
const REST_LETTERS_MIN: usize = 3;
/// Rarer names are noise of registers.
const COUNT_MIN: u64 = 6;

/// The name behind an ending of affection. `word` is folded and known to no lexicon as a name; `entry` is what the
/// lexicon of words says of it.
pub(super) fn reading(word: &str, entry: WordEntry) -> Option<Reading> {
    if word.chars().count() < REST_LETTERS_MIN + 1 || entry.is_common() || entry.is_place() || entry.lower_count() > 0 {
        return None;
    }
    undressed(word, &BEFORE_A, &CASES_OF_A).or_else(|| undressed(word, &MASCULINE, &CASES_OF_MASCULINE))
}

fn undressed(word: &str, endings: &[&str], cases: &[(&str, u8)]) -> Option<Reading> {
    cases.iter().find_map(|(case_ending, cases)| {
        let body = without(word, case_ending)?;
        endings.iter().find_map(|ending| {
            let rest = without(body, ending)?;
            let (lemma, entry) = whole(rest)?;
            Some(Reading {
                kind: Kind::Given,
                gender: if entry.has(bits::GIVEN_FEMALE | bits::DIMINUTIVE_FEMALE) {
                    Gender::Female
                } else {
                    Gender::Male
                },
                lemma,
                cases: *cases,
                plural: false,
                count: entry.given_count().min(COUNT_MIN),
                diminutive: true,
                guessed: false,
            })
        })
    })
}

/// The first known given name that begins with `rest` and ends in nothing but a usual ending.
fn whole(rest: &str) -> Option<(String, NameEntry)> {
    if rest.chars().count() < REST_LETTERS_MIN {
        return None;
    }
    let prefix = NamePrefix::walk(rest)?;
    COMPLETIONS.iter().find_map(|completion| {
        let entry = prefix.look_up_ending(completion)?;
        let is_given = entry.has(bits::GIVEN_FEMALE | bits::GIVEN_MALE)
            && (entry.given_count() >= COUNT_MIN || entry.has(bits::DIMINUTIVE_FEMALE | bits::DIMINUTIVE_MALE));
        is_given.then(|| (format!("{rest}{completion}"), entry))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ending_of_affection_is_taken_off() {
        for (word, name) in [
            ("неллечке", "нелла"),
            ("давидиком", "давид"),
            ("камильчик", "камиль"),
            ("гузелька", "гузель"),
            ("эльвирочку", "эльвира"),
        ] {
            assert_eq!(
                reading(word, WordEntry::look_up(word))
                    .map(|reading| reading.lemma)
                    .as_deref(),
                Some(name),
                "{word}"
            );
        }
    }

    #[test]
    fn words_of_the_language_are_no_names() {
        for word in ["столик", "ложечка", "мастерок", "капсулечка", "телефончик"]
        {
            assert_eq!(reading(word, WordEntry::look_up(word)), None, "{word}");
        }
    }
}
