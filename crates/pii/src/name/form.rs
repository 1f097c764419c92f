//! Readings of one word as a part of a name: dictionary form, gender, cases. Works backwards from endings, so any
//! case of any known name is found without a list of forms.

use crate::label::Gender;
use crate::lexicon::{NameEntry, NamePrefix, WordEntry, bits};

use super::affection;
use super::derived;

/// Cases as a set of bits.
pub(crate) mod cases {
    pub(crate) const NOM: u8 = 1;
    pub(crate) const GEN: u8 = 2;
    pub(crate) const DAT: u8 = 4;
    pub(crate) const ACC: u8 = 8;
    pub(crate) const INS: u8 = 16;
    pub(crate) const LOC: u8 = 32;
    pub(crate) const ANY: u8 = 63;
}
use cases::{ACC, ANY, DAT, GEN, INS, LOC, NOM};

/// What part of a name a reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Given,
    Patronymic,
    Surname,
}

/// One way to read a word as a part of a name.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reading {
    pub(crate) kind: Kind,
    /// Folded dictionary form.
    pub(crate) lemma: String,
    pub(crate) gender: Gender,
    pub(crate) cases: u8,
    pub(crate) plural: bool,
    /// Binary logarithm of the frequency in registers.
    pub(crate) count: u64,
    pub(crate) diminutive: bool,
    /// Told by its suffix, not by a lexicon.
    pub(crate) guessed: bool,
}

use Gender::{Female as F, Male as M};

/// Ending of a form, ending of its dictionary form, gender of the declension, cases.
type Rule = (&'static str, &'static str, Gender, u8);

/// Endings of given names; masculine names in -а follow the feminine rows.
const GIVEN: &[Rule] = &[
    ("ы", "а", F, GEN),
    ("и", "а", F, GEN),
    ("е", "а", F, DAT | LOC),
    ("у", "а", F, ACC),
    ("ой", "а", F, INS),
    ("ою", "а", F, INS),
    ("ей", "а", F, INS),
    ("и", "я", F, GEN | DAT | LOC),
    ("е", "я", F, DAT | LOC),
    ("ю", "я", F, ACC),
    ("ей", "я", F, INS),
    ("ею", "я", F, INS),
    ("ией", "ия", F, INS),
    ("и", "ь", F, GEN | DAT | LOC),
    ("ью", "ь", F, INS),
    ("а", "", M, GEN | ACC),
    ("у", "", M, DAT),
    ("ом", "", M, INS),
    ("ем", "", M, INS),
    ("е", "", M, LOC),
    ("я", "й", M, GEN | ACC),
    ("ю", "й", M, DAT),
    ("ем", "й", M, INS),
    ("е", "й", M, LOC),
    ("ии", "ий", M, LOC),
    ("я", "ь", M, GEN | ACC),
    ("ю", "ь", M, DAT),
    ("ем", "ь", M, INS),
    ("е", "ь", M, LOC),
    ("ька", "ек", M, GEN | ACC),
    ("ьку", "ек", M, DAT),
    ("ьком", "ек", M, INS),
    ("ьке", "ек", M, LOC),
    ("ка", "ок", M, GEN | ACC),
    ("ку", "ок", M, DAT),
    ("ком", "ок", M, INS),
    ("ке", "ок", M, LOC),
];

/// Endings of surnames beyond those of given names.
const SURNAME: &[Rule] = &[
    ("ым", "", M, INS),
    ("ой", "а", F, GEN | DAT | INS | LOC),
    ("ою", "а", F, INS),
    ("ого", "ий", M, GEN | ACC),
    ("ому", "ий", M, DAT),
    ("им", "ий", M, INS),
    ("ом", "ий", M, LOC),
    ("ого", "ый", M, GEN | ACC),
    ("ому", "ый", M, DAT),
    ("ым", "ый", M, INS),
    ("ом", "ый", M, LOC),
    ("ого", "ой", M, GEN | ACC),
    ("ому", "ой", M, DAT),
    ("ым", "ой", M, INS),
    ("ом", "ой", M, LOC),
    ("им", "ой", M, INS),
    ("его", "ий", M, GEN | ACC),
    ("ему", "ий", M, DAT),
    ("ем", "ий", M, LOC),
    ("ой", "ая", F, GEN | DAT | INS | LOC),
    ("ую", "ая", F, ACC),
    ("ей", "ая", F, GEN | DAT | INS | LOC),
    ("ца", "ец", M, GEN | ACC),
    ("цу", "ец", M, DAT),
    ("цом", "ец", M, INS),
    ("цем", "ец", M, INS),
    ("це", "ец", M, LOC),
    ("ья", "ей", M, GEN | ACC),
    ("ью", "ей", M, DAT),
    ("ьем", "ей", M, INS),
    ("ье", "ей", M, LOC),
    ("ха", "х", M, GEN | ACC),
    ("йца", "яц", M, GEN | ACC),
    ("йцу", "яц", M, DAT),
];

/// Plural endings of surnames: «Ивановы», «Ивановых», «Мельниченко».
const PLURAL: &[Rule] = &[
    ("ы", "", M, NOM),
    ("ых", "", M, GEN | ACC | LOC),
    ("ым", "", M, DAT),
    ("ыми", "", M, INS),
    ("ие", "ий", M, NOM),
    ("их", "ий", M, GEN | ACC | LOC),
    ("им", "ий", M, DAT),
    ("ими", "ий", M, INS),
];

/// Irregular forms of given names.
const IRREGULAR: &[(&str, &str, u8)] = &[
    ("льва", "лев", GEN | ACC),
    ("льву", "лев", DAT),
    ("львом", "лев", INS),
    ("льве", "лев", LOC),
    ("павла", "павел", GEN | ACC),
    ("павлу", "павел", DAT),
    ("павлом", "павел", INS),
    ("павле", "павел", LOC),
    ("любови", "любовь", GEN | DAT | LOC),
    ("любовью", "любовь", INS),
    ("петра", "петр", GEN | ACC),
    ("петру", "петр", DAT),
    ("петром", "петр", INS),
    ("петре", "петр", LOC),
    ("любашу", "любаша", ACC),
];

/// Colloquial patronymics and clipped given names that no rule makes.
const COLLOQUIAL: &[(&str, &str, Kind, Gender)] = &[
    ("саныч", "александрович", Kind::Patronymic, M),
    ("сан", "александр", Kind::Given, M),
    ("палыч", "павлович", Kind::Patronymic, M),
    ("михалыч", "михайлович", Kind::Patronymic, M),
    ("николаич", "николаевич", Kind::Patronymic, M),
    ("иваныч", "иванович", Kind::Patronymic, M),
    ("степаныч", "степанович", Kind::Patronymic, M),
    ("марь", "мария", Kind::Given, F),
    ("иванна", "ивановна", Kind::Patronymic, F),
    ("пална", "павловна", Kind::Patronymic, F),
    ("санна", "александровна", Kind::Patronymic, F),
    ("михална", "михайловна", Kind::Patronymic, F),
    ("николавна", "николаевна", Kind::Patronymic, F),
    ("андревна", "андреевна", Kind::Patronymic, F),
    ("сергевна", "сергеевна", Kind::Patronymic, F),
    ("алексевна", "алексеевна", Kind::Patronymic, F),
    ("ильич", "ильич", Kind::Patronymic, M),
    ("кузьмич", "кузьмич", Kind::Patronymic, M),
    ("фомич", "фомич", Kind::Patronymic, M),
    ("лукич", "лукич", Kind::Patronymic, M),
];

/// All readings of a folded Cyrillic word.
pub(crate) fn readings(word: &str) -> Vec<Reading> {
    let mut found = Vec::new();
    let length = word.chars().count();
    if !(2..=24).contains(&length) {
        return found;
    }
    let letters = word.chars().count();
    let shared = if letters > 6 { letters - 4 } else { 2 };
    let beginning = word.char_indices().nth(shared).map_or(word, |(end, _)| &word[..end]);
    let prefix = NamePrefix::walk(beginning);
    if let Some(prefix) = &prefix {
        look_up(&mut found, prefix, word, None, NOM, false);
    }
    for &(form, lemma, cases) in IRREGULAR {
        if form == word
            && let Some(whole) = NamePrefix::walk(lemma)
        {
            look_up(&mut found, &whole, lemma, None, cases, false);
        }
    }
    for &(form, lemma, kind, gender) in COLLOQUIAL {
        if form == word {
            push(
                &mut found,
                Reading {
                    kind,
                    lemma: lemma.to_owned(),
                    gender,
                    cases: NOM,
                    plural: false,
                    count: 6,
                    diminutive: false,
                    guessed: false,
                },
            );
        }
    }
    let mut lemma = String::with_capacity(word.len() + 4);
    for (rules, plural) in [(GIVEN, false), (SURNAME, false), (PLURAL, true)] {
        let Some(prefix) = &prefix else { break };
        for (ending, base, gender, cases) in rules {
            let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.len() >= 4) else {
                continue;
            };
            if !fits_rule(stem, ending, base) {
                continue;
            }
            lemma.clear();
            lemma.push_str(stem);
            lemma.push_str(base);
            look_up(
                &mut found,
                prefix,
                &lemma,
                Some((*gender, !base.ends_with(['а', 'я']))),
                *cases,
                plural,
            );
        }
    }
    let everyday = prefix.is_none() || WordEntry::look_up(word).lower_count() >= 3;
    for vowel in ['а', 'я'].into_iter().filter(|_| !everyday) {
        // «Катюш!», «Наташ, привет»
        if length >= 3 && word.ends_with(|last: char| !"аеиоуыэюяйьъ".contains(last))
            || vowel == 'я' && length >= 3 && word.ends_with('ь')
        {
            let stem = word.strip_suffix('ь').unwrap_or(word);
            let form = format!("{stem}{vowel}");
            if let Some(entry) = NameEntry::look_up(&form).filter(|entry| {
                (entry.given_count() >= 5 || entry.has(bits::DIMINUTIVE_FEMALE | bits::DIMINUTIVE_MALE))
                    && entry.has(bits::GIVEN_FEMALE | bits::GIVEN_MALE)
            }) && NameEntry::look_up(word).is_none_or(|own| own.given_count() < 5)
            {
                let gender = if entry.has(bits::GIVEN_FEMALE) { F } else { M };
                push(
                    &mut found,
                    Reading {
                        kind: Kind::Given,
                        lemma: form,
                        gender,
                        cases: NOM,
                        plural: false,
                        count: 4,
                        diminutive: true,
                        guessed: false,
                    },
                );
            }
        }
    }
    if let Some(reading) = patronymic_by_suffix(word)
        && !found
            .iter()
            .any(|known| known.kind == Kind::Patronymic && known.cases == reading.cases)
    {
        push(&mut found, reading);
    }
    if found.is_empty() {
        found.extend(affection::reading(word).or_else(|| derived::reading(word)));
    }
    found
}

/// Spelling rules: «ы» never follows к, г, х; «и» of a hard stem always does.
fn fits_rule(stem: &str, ending: &str, base: &str) -> bool {
    let Some(last) = stem.chars().next_back() else {
        return false;
    };
    let velar = matches!(last, 'г' | 'к' | 'х');
    let hushing = matches!(last, 'ж' | 'ш' | 'ч' | 'щ' | 'ц');
    let vowel = "аеиоуыэюя".contains(last);
    match (ending, base) {
        ("ы", "а") => !velar,
        ("и", "а") => velar || hushing,
        ("ей", "а") => hushing,
        ("ем", "") => hushing,
        ("ым", "") => stem.ends_with("ов") || stem.ends_with("ев") || stem.ends_with("ин") || stem.ends_with("ын"),
        ("ы" | "ых" | "ыми", "") => {
            stem.ends_with("ов") || stem.ends_with("ев") || stem.ends_with("ин") || stem.ends_with("ын")
        }
        ("е" | "у" | "а" | "ом", "") => !vowel && last != 'й' && last != 'ь',
        _ => true,
    }
}

fn push(found: &mut Vec<Reading>, reading: Reading) {
    if let Some(same) = found.iter_mut().find(|known| {
        known.kind == reading.kind
            && known.lemma == reading.lemma
            && known.gender == reading.gender
            && known.plural == reading.plural
    }) {
        same.cases |= reading.cases;
    } else {
        found.push(reading);
    }
}

/// Adds readings of `lemma` that a lexicon knows. `declension`: gender of the rule that led here and whether the
/// dictionary form it made must be of that gender; `None` for the dictionary form itself.
fn look_up(
    found: &mut Vec<Reading>,
    prefix: &NamePrefix<'_>,
    lemma: &str,
    declension: Option<(Gender, bool)>,
    cases: u8,
    plural: bool,
) {
    let Some(entry) = prefix.look_up(lemma) else { return };
    let fits = |gender: Gender| declension.is_none_or(|(rule, strict)| !strict || rule == gender);
    let undeclined = |gender: Gender| declension.is_none() && is_indeclinable(lemma, gender);
    if !plural {
        let other = entry.has(bits::GIVEN_OTHER) && !entry.has(bits::GIVEN_MALE | bits::GIVEN_FEMALE);
        for (flag, diminutive, gender) in [
            (bits::GIVEN_MALE, bits::DIMINUTIVE_MALE, M),
            (bits::GIVEN_FEMALE, bits::DIMINUTIVE_FEMALE, F),
        ] {
            let guessed_gender = if lemma.ends_with(['а', 'я']) { F } else { M };
            if (entry.has(flag) || other && guessed_gender == gender) && fits(gender) {
                let cases = if undeclined(gender) { ANY } else { cases };
                push(
                    found,
                    Reading {
                        kind: Kind::Given,
                        lemma: lemma.to_owned(),
                        gender,
                        cases,
                        plural,
                        count: entry.given_count(),
                        diminutive: entry.has(diminutive),
                        guessed: false,
                    },
                );
            }
        }
        for (flag, gender) in [(bits::PATRONYMIC_MALE, M), (bits::PATRONYMIC_FEMALE, F)] {
            if entry.has(flag) && fits(gender) {
                push(
                    found,
                    Reading {
                        kind: Kind::Patronymic,
                        lemma: lemma.to_owned(),
                        gender,
                        cases,
                        plural,
                        count: 6,
                        diminutive: false,
                        guessed: false,
                    },
                );
            }
        }
    }
    let other = entry.has(bits::SURNAME_OTHER) && !entry.has(bits::SURNAME_MALE | bits::SURNAME_FEMALE);
    let feminine = ["ова", "ева", "ина", "ына", "ая"]
        .iter()
        .any(|tail| lemma.ends_with(tail));
    let masculine = ["ов", "ев", "ин", "ын", "ий", "ый", "ой"]
        .iter()
        .any(|tail| lemma.ends_with(tail));
    for (flag, gender) in [(bits::SURNAME_MALE, M), (bits::SURNAME_FEMALE, F)] {
        let shaped = match gender {
            M => !feminine,
            F => !masculine,
        };
        if (entry.has(flag)
            || (other || entry.has(bits::SURNAME_MALE | bits::SURNAME_FEMALE))
                && shaped
                && (other || !masculine && !feminine))
            && fits(gender)
        {
            let cases = if undeclined(gender) { ANY } else { cases };
            push(
                found,
                Reading {
                    kind: Kind::Surname,
                    lemma: lemma.to_owned(),
                    gender,
                    cases,
                    plural,
                    count: entry.surname_count(),
                    diminutive: false,
                    guessed: false,
                },
            );
        }
    }
}

fn is_indeclinable(lemma: &str, gender: Gender) -> bool {
    lemma.ends_with(['о', 'е', 'и', 'у', 'ю', 'ы', 'э'])
        || lemma.ends_with("ых")
        || lemma.ends_with("их")
        || gender == F && !lemma.ends_with(['а', 'я', 'ь'])
}

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
fn patronymic_by_suffix(word: &str) -> Option<Reading> {
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
        let Some(stem) = word.strip_suffix(ending) else {
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
        let Some(stem) = word.strip_suffix(ending) else {
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

/// Suffixes of surnames, with the cases their forms may stand in.
pub(crate) fn surname_by_suffix(word: &str) -> Option<Reading> {
    const SUFFIXES: &[(&str, Gender, u8)] = &[
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
    if word.chars().count() < 5 {
        return None;
    }
    SUFFIXES
        .iter()
        .filter(|(suffix, ..)| word.ends_with(suffix))
        .max_by_key(|(suffix, ..)| suffix.len())
        .map(|(_, gender, cases)| Reading {
            kind: Kind::Surname,
            lemma: word.to_owned(),
            gender: *gender,
            cases: *cases,
            plural: false,
            count: 0,
            diminutive: false,
            guessed: true,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has(word: &str, kind: Kind, lemma: &str, case: u8) -> bool {
        let found = readings(word);
        found
            .iter()
            .any(|reading| reading.kind == kind && reading.lemma == lemma && reading.cases & case != 0)
            || {
                println!("{word} {found:?}");
                false
            }
    }

    #[test]
    fn oblique_forms_lead_to_the_dictionary_form() {
        assert!(has("зульхизе", Kind::Given, "зульхиза", DAT));
        assert!(has("льва", Kind::Given, "лев", GEN));
        assert!(has("ахметовой", Kind::Surname, "ахметова", DAT));
        assert!(has("кравца", Kind::Surname, "кравец", GEN));
        assert!(has("катюш", Kind::Given, "катюша", NOM));
        assert!(has("рахматулловну", Kind::Patronymic, "рахматулловна", ACC));
    }

    #[test]
    fn a_plain_word_has_no_reading() {
        assert!(readings("запишите").is_empty());
    }
}
