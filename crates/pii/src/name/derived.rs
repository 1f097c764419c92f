//! Words made of names that no lexicon holds: what belongs to somebody, «олеськина прядь», and a given name fused with its
//! patronymic, «марьванна», «сансаныч».

use crate::label::Gender;
use crate::lexicon::{NameEntry, NamePrefix, WordEntry, bits};

use super::affection;
use super::form::cases::{ACC, ANY, DAT, GEN, INS, LOC, NOM};
use super::form::{Kind, Reading, without};

/// Endings of what belongs to somebody, longer ones first.
const POSSESSIVE: [&str; 12] = [
    "иному",
    "иного",
    "иными",
    "иной",
    "иным",
    "иных",
    "ином",
    "ину",
    "ина",
    "ины",
    "ино",
    "ин",
];
/// Shorter beginnings belong to too many names.
const OWNER_LETTERS_MIN: usize = 3;
/// Rarer names are noise of registers.
const COUNT_MIN: u64 = 6;

/// Patronymics as they are said, without the ending of their case.
const SAID_OF_WOMEN: [&str; 12] = [
    "иванн",
    "ванн",
    "палн",
    "санн",
    "михалн",
    "николавн",
    "андревн",
    "сергевн",
    "алексевн",
    "петровн",
    "викторн",
    "владимирн",
];
const SAID_OF_MEN: [&str; 12] = [
    "саныч",
    "палыч",
    "михалыч",
    "иваныч",
    "ваныч",
    "николаич",
    "сергеич",
    "андреич",
    "алексеич",
    "степаныч",
    "петрович",
    "василич",
];
const CASES_OF_WOMEN: [(&str, u8); 5] = [("а", NOM), ("ы", GEN), ("е", DAT | LOC), ("у", ACC), ("ой", INS)];
const CASES_OF_MEN: [(&str, u8); 5] = [("", NOM), ("а", GEN | ACC), ("у", DAT), ("ем", INS), ("е", LOC)];
/// What may stand before a patronymic fused to it.
const CLIPPED_LETTERS: std::ops::RangeInclusive<usize> = 2..=6;

/// The name a word is made of. `word` is folded and known to no lexicon as a name; `entry` is what the lexicon of words
/// says of it.
pub(super) fn reading(word: &str, entry: WordEntry) -> Option<Reading> {
    if entry.is_common() || entry.is_place() || entry.lower_count() > 0 {
        return None;
    }
    owner(word).or_else(|| fused(word))
}

/// «олеськина», «витькиному»: the name of the owner.
pub(super) fn owner(word: &str) -> Option<Reading> {
    POSSESSIVE.iter().find_map(|ending| {
        let stem = without(word, ending)?;
        if stem.chars().count() < OWNER_LETTERS_MIN {
            return None;
        }
        ["а", "я"].iter().find_map(|vowel| {
            let name = format!("{stem}{vowel}");
            let known = NameEntry::look_up(&name).filter(|entry| {
                entry.has(bits::DIMINUTIVE_FEMALE | bits::DIMINUTIVE_MALE)
                    || entry.has(bits::GIVEN_FEMALE) && entry.given_count() >= COUNT_MIN
            });
            let gender = match known {
                Some(entry) if entry.has(bits::GIVEN_MALE) && !entry.has(bits::GIVEN_FEMALE) => Gender::Male,
                Some(_) => Gender::Female,
                None => affection::reading(&name, WordEntry::look_up(&name))?.gender,
            };
            Some(Reading {
                kind: Kind::Given,
                lemma: name,
                gender,
                cases: ANY,
                plural: false,
                count: COUNT_MIN,
                diminutive: true,
                guessed: false,
            })
        })
    })
}

/// «марьванна», «сансанычу»: a clipped given name and a patronymic in one word.
fn fused(word: &str) -> Option<Reading> {
    let said = |tails: &[&str], cases: &[(&str, u8)], gender: Gender| {
        cases.iter().find_map(|(ending, cases)| {
            let body = without(word, ending)?;
            let given = tails.iter().find_map(|tail| without(body, tail))?;
            let begins = CLIPPED_LETTERS.contains(&given.chars().count()) && NamePrefix::walk(given).is_some();
            begins.then(|| Reading {
                kind: Kind::Patronymic,
                lemma: word.to_owned(),
                gender,
                cases: *cases,
                plural: false,
                count: COUNT_MIN,
                diminutive: false,
                guessed: false,
            })
        })
    };
    said(&SAID_OF_WOMEN, &CASES_OF_WOMEN, Gender::Female).or_else(|| said(&SAID_OF_MEN, &CASES_OF_MEN, Gender::Male))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_inside_words_are_found() {
        for (word, kind) in [
            ("олеськина", Kind::Given),
            ("витькиному", Kind::Given),
            ("ксюшкиных", Kind::Given),
            ("марьванна", Kind::Patronymic),
            ("марьванне", Kind::Patronymic),
            ("сансанычу", Kind::Patronymic),
        ] {
            let reading = reading(word, WordEntry::look_up(word));
            assert_eq!(reading.map(|reading| reading.kind), Some(kind), "{word}");
        }
    }

    #[test]
    fn words_of_the_language_are_made_of_no_names() {
        for word in ["машинный", "ванна", "осина", "вагину", "резинкина"] {
            assert_eq!(reading(word, WordEntry::look_up(word)), None, "{word}");
        }
    }
}
